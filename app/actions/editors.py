"""Accounts: brings editors into the register, and says who may still come in. What ends an account ends its logins."""

import re

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlmodel import Session

from app.actions.acts import editor_named
from app.actions.revision import RefusedAction, keep_changes, now, raise_revision
from app.db import AnyRow, transaction
from app.models.tables import EDITOR, LOGIN

ROLES = ("editor", "admin")
NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
LONGEST_NAME = 100
"""Characters of a display name."""
FIRST = "admin"
"""The name of the first account of a register."""


def add_compiler(engine: Engine, *, name: str, display_name: str) -> None:
    """Adds the hand that a compilation's decisions are signed with, unless it is there. It has no password and cannot log in."""
    with transaction(engine) as session:
        if _found(session, name) is None:
            row = {"name": name, "display_name": display_name, "role": "compiler", "must_change": False}
            session.connection().execute(insert(EDITOR), row)
            raise_revision(session, "add_compiler", name=name)


def add_editor(
    engine: Engine, *, name: str, display_name: str, role: str, password_hash: str, must_change: bool, admin: str | None
) -> None:
    """Adds an account. Raises RefusedAction.

    `must_change`: the password was made by somebody else, and is good for one login. `admin` is who does it, or None for who has
    the command line.
    """
    _check(role, display_name)
    if not NAME.fullmatch(name):
        raise RefusedAction(f"{name[:40]!r} cannot be the name of an account: 2 to 32 small Latin letters, digits, . _ and -")
    with transaction(engine) as session:
        by = _admin(session, admin)
        if _found(session, name) is not None:
            raise RefusedAction(f"there is an account {name!r} already")
        row = {"name": name, "display_name": display_name or name, "role": role}
        secret = {"password_hash": password_hash, "must_change": must_change}
        session.connection().execute(insert(EDITOR), row | secret)
        revision = raise_revision(session, "add_editor", editor_id=by, name=name, role=role)
        keep_changes(session, revision, "editor", _one(session, name).id, {"name": (None, name), "role": (None, role)})


def add_first_editor(engine: Engine, *, password_hash: str) -> str | None:
    """Adds an account for the first administrator, or gives it another one-time password, as long as nobody has chosen one.

    Returns its name; None where somebody has, and nothing was done.
    """
    with transaction(engine) as session:
        chosen = select(func.count()).select_from(EDITOR).where(EDITOR.c.role.in_(ROLES), EDITOR.c.must_change.is_(False))
        if session.connection().execute(chosen).scalar_one():
            return None
        secret = {"password_hash": password_hash, "must_change": True, "disabled_at": None}
        if _found(session, FIRST) is None:
            row = {"name": FIRST, "display_name": FIRST, "role": "admin"}
            session.connection().execute(insert(EDITOR), row | secret)
            raise_revision(session, "add_editor", name=FIRST, role="admin")
        else:
            session.connection().execute(update(EDITOR).where(EDITOR.c.name == FIRST).values(secret))
        return FIRST


def set_password(
    engine: Engine, *, name: str, password_hash: str, must_change: bool, admin: str | None, keep: str | None = None
) -> None:
    """Gives an account another password, and ends all its logins but the one with the token hash `keep`. Raises RefusedAction.

    `admin` is who does it where it is not the account itself, or None.
    """
    with transaction(engine) as session:
        by = _admin(session, admin)
        found = _account(session, name)
        new = {"password_hash": password_hash, "must_change": must_change}
        session.connection().execute(update(EDITOR).where(EDITOR.c.id == found.id).values(new))
        session.connection().execute(delete(LOGIN).where(LOGIN.c.editor_id == found.id, LOGIN.c.token_hash != (keep or "")))
        raise_revision(session, "set_password", editor_id=by or found.id, name=name)


def disable(engine: Engine, *, name: str, admin: str | None) -> None:
    """Ends an account: it cannot log in any more, and is logged out now. What it did stays. Raises RefusedAction."""
    with transaction(engine) as session:
        by = _admin(session, admin)
        found = _account(session, name)
        _change(session, found, "disable_editor", by, disabled_at=now())
        session.connection().execute(delete(LOGIN).where(LOGIN.c.editor_id == found.id))


def enable(engine: Engine, *, name: str, admin: str | None) -> None:
    """Lets an account that was ended log in again. Raises RefusedAction."""
    with transaction(engine) as session:
        _change(session, _account(session, name), "enable_editor", _admin(session, admin), disabled_at=None)


def change_account(engine: Engine, *, name: str, display_name: str, role: str, admin: str | None) -> None:
    """Gives an account another display name or role. Raises RefusedAction."""
    _check(role, display_name)
    if not display_name:
        raise RefusedAction("an account has a display name")
    with transaction(engine) as session:
        _change(session, _account(session, name), "change_editor", _admin(session, admin), display_name=display_name, role=role)


def _check(role: str, display_name: str) -> None:
    if role not in ROLES:
        raise RefusedAction(f"{role!r} is no role; known are {', '.join(ROLES)}")
    if len(display_name) > LONGEST_NAME:
        raise RefusedAction(f"a display name has at most {LONGEST_NAME} characters; this one has {len(display_name)}")


def _change(session: Session, account: AnyRow, kind: str, by: int | None, **to: str | None) -> None:
    session.connection().execute(update(EDITOR).where(EDITOR.c.id == account.id).values(to))
    left = select(func.count()).select_from(EDITOR).where(EDITOR.c.role == "admin", EDITOR.c.disabled_at.is_(None))
    if account.role == "admin" and session.connection().execute(left).scalar_one() == 0:
        raise RefusedAction(f"{account.name} is the last administrator: make somebody else one first")
    revision = raise_revision(session, kind, editor_id=by, name=account.name)
    keep_changes(session, revision, "editor", account.id, {field: (account._mapping[field], new) for field, new in to.items()})


def _admin(session: Session, name: str | None) -> int | None:
    return None if name is None else editor_named(session, name, admin=True)


def _account(session: Session, name: str) -> AnyRow:
    found = _found(session, name)
    if found is None or found.role not in ROLES:
        raise RefusedAction(f"there is no account {name[:40]!r}")
    return found


def _one(session: Session, name: str) -> AnyRow:
    return session.connection().execute(select(EDITOR).where(EDITOR.c.name == name)).one()


def _found(session: Session, name: str) -> AnyRow | None:
    return session.connection().execute(select(EDITOR).where(EDITOR.c.name == name)).one_or_none()
