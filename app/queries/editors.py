"""Reads accounts and logins: for the desk alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, func, select

from app.clock import ago
from app.db import AnyRow
from app.models.tables import EDITOR, LOGIN

IDLE, LONGEST = timedelta(hours=12), timedelta(days=30)
"""A login ends so long after the last page that was asked for, and so long after it began."""
STEP = timedelta(minutes=5)
"""How exactly it is known when a login was last seen."""


@dataclass(frozen=True, slots=True)
class Account:
    """An editor who may log in. `must_change`: only to choose a password."""

    id: int
    name: str
    display_name: str
    role: str
    must_change: bool
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """An account in one browser; `stale` where it was last seen so long ago that it is to be noted anew."""

    account: Account
    token_hash: str
    stale: bool


_ACCOUNT = (EDITOR.c.id, EDITOR.c.name, EDITOR.c.display_name, EDITOR.c.role, EDITOR.c.must_change, EDITOR.c.password_hash)
_MAY = EDITOR.c.disabled_at.is_(None) & EDITOR.c.role.in_(("editor", "admin"))


def account(connection: Connection, name: str) -> Account | None:
    """The account with this name, if it may log in."""
    found = connection.execute(select(*_ACCOUNT).where(EDITOR.c.name == name, _MAY)).one_or_none()
    return Account(*found) if found else None


def logged_in(connection: Connection, token_hash: str) -> LoggedIn | None:
    """Whose login has this token hash; None where it is over, or its account was ended."""
    lasts = (LOGIN.c.seen_at >= ago(IDLE)) & (LOGIN.c.begun_at >= ago(LONGEST))
    statement = select(*_ACCOUNT, LOGIN.c.seen_at).join(LOGIN, LOGIN.c.editor_id == EDITOR.c.id)
    found = connection.execute(statement.where(LOGIN.c.token_hash == token_hash, lasts, _MAY)).one_or_none()
    if found is None:
        return None
    *columns, seen_at = found
    return LoggedIn(Account(*columns), token_hash, stale=seen_at < ago(STEP))


def accounts(connection: Connection) -> Sequence[AnyRow]:
    """All accounts: name, display name, role, whether a password is still to be chosen, when it was ended, when last seen."""
    seen = select(func.max(LOGIN.c.seen_at)).where(LOGIN.c.editor_id == EDITOR.c.id).scalar_subquery()
    return connection.execute(
        select(
            EDITOR.c.name, EDITOR.c.display_name, EDITOR.c.role, EDITOR.c.must_change, EDITOR.c.disabled_at, seen.label("seen_at")
        )
        .where(EDITOR.c.role != "compiler")
        .order_by(EDITOR.c.disabled_at.is_not(None), EDITOR.c.name)
    ).all()
