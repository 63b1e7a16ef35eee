"""What every action does: raise the one data revision, and leave one line in the log."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, inspect, update
from sqlmodel import Session, SQLModel

from app.models.tables import DATA_REVISION

_RAISE = (
    update(DATA_REVISION).values(number=DATA_REVISION.c.number + 1, made_at=bindparam("moment")).returning(DATA_REVISION.c.number)
)
log = logging.getLogger("sijill.actions")


class RefusedAction(Exception):
    """An action that cannot be carried out. The message says what, where and what to do; nothing was changed."""


def now() -> str:
    """This moment in UTC, as the register writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stored(session: Session, row: SQLModel) -> int:
    """Stores a new row and gives the id that it got."""
    session.add(row)
    session.flush()
    (found,) = inspect(row, raiseerr=True).identity
    return int(found)


def add_row(session: Session, table: Table, row: Mapping[str, Any]) -> int:
    """Stores a new row and gives the id that it got."""
    key = session.connection().execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def raise_revision(session: Session, act: str, **details: Any) -> int:
    """The number of the revision that this action makes; logs the act."""
    number = session.connection().execute(_RAISE, {"moment": now()}).scalar_one()
    log.info("revision %d: %s %s", number, act, " ".join(f"{key}={value}" for key, value in details.items()))
    return number
