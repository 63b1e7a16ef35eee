"""Who is logged in where. None of it is what the register says: it raises no revision."""

import hashlib
import logging
import secrets
from datetime import timedelta

from sqlalchemy import Engine, delete, func, insert, or_, select, update

from app.actions.revision import RefusedAction, add_row, now
from app.clock import ago
from app.db import transaction
from app.models.tables import EDITOR, FAILED_LOGIN, LOGIN

WINDOW = timedelta(minutes=15)
MOST_FROM, MOST_FOR, MOST_BOTH = 20, 50, 5
"""Failed attempts within the window: from one address, for one account, and for one account from one address. The second is
wide, or anybody could keep an editor out."""
KEPT = timedelta(days=60)
"""Logins are over long before (see app/queries/editors.py); so old ones are thrown away."""
log = logging.getLogger("sijill.actions")


class TooManyAttempts(Exception):
    """Too many attempts to log in failed: who asks has to wait."""


def attempt(engine: Engine, *, name: str, address: str) -> int:
    """Keeps an attempt to log in as failed before it is checked, so that many at once are counted too. Returns its number.

    Raises TooManyAttempts.
    """
    with transaction(engine) as session:
        rows = session.connection()
        rows.execute(delete(FAILED_LOGIN).where(FAILED_LOGIN.c.at < ago(WINDOW)))
        ours, theirs = FAILED_LOGIN.c.address == address, FAILED_LOGIN.c.name == name
        counted = select(func.count().filter(ours), func.count().filter(theirs), func.count().filter(ours & theirs))
        of_address, of_name, of_both = rows.execute(counted.select_from(FAILED_LOGIN).where(or_(ours, theirs))).one()
        if of_address >= MOST_FROM or of_name >= MOST_FOR or of_both >= MOST_BOTH:
            log.warning("too many attempts to log in as %r from %s", name, address)
            raise TooManyAttempts
        return add_row(session, FAILED_LOGIN, {"name": name, "address": address, "at": now()})


def begin(engine: Engine, *, editor_id: int, checked: str, attempt: int) -> str:
    """Logs an editor in whose attempt has succeeded. Returns what the cookie holds.

    A password that somebody else made is used up by it. Raises RefusedAction where the hash that was `checked` is the account's
    no more, or the account was ended meanwhile.
    """
    token = secrets.token_urlsafe(32)
    with transaction(engine) as session:
        rows = session.connection()
        still = (EDITOR.c.id == editor_id) & (EDITOR.c.password_hash == checked) & EDITOR.c.disabled_at.is_(None)
        if rows.execute(select(EDITOR.c.id).where(still)).one_or_none() is None:
            raise RefusedAction("the password was changed meanwhile")
        rows.execute(delete(FAILED_LOGIN).where(FAILED_LOGIN.c.id == attempt))
        rows.execute(delete(LOGIN).where(LOGIN.c.begun_at < ago(KEPT)))
        rows.execute(insert(LOGIN), {"token_hash": hash_of(token), "editor_id": editor_id, "begun_at": now(), "seen_at": now()})
        made = (EDITOR.c.id == editor_id) & EDITOR.c.must_change
        rows.execute(update(EDITOR).where(made).values(password_hash=None))
    log.info("editor %d logged in", editor_id)
    return token


def succeed(engine: Engine, *, attempt: int) -> None:
    """Takes an attempt back that has succeeded: it counts against nobody."""
    with transaction(engine) as session:
        session.connection().execute(delete(FAILED_LOGIN).where(FAILED_LOGIN.c.id == attempt))


def see(engine: Engine, *, token_hash: str) -> None:
    """Notes that a login is in use."""
    with transaction(engine) as session:
        session.connection().execute(update(LOGIN).where(LOGIN.c.token_hash == token_hash).values(seen_at=now()))


def end(engine: Engine, *, token_hash: str) -> None:
    """Logs one browser out."""
    with transaction(engine) as session:
        session.connection().execute(delete(LOGIN).where(LOGIN.c.token_hash == token_hash))


def end_all(engine: Engine, *, editor_id: int) -> None:
    """Logs an editor out everywhere."""
    with transaction(engine) as session:
        session.connection().execute(delete(LOGIN).where(LOGIN.c.editor_id == editor_id))


def hash_of(token: str) -> str:
    """What is kept of a cookie's token: who reads the database cannot log in with it."""
    return hashlib.sha256(token.encode()).hexdigest()
