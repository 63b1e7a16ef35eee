"""What every action does: raise the one data revision, keep the act and what it changed, and leave one line in the log."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, inspect, update
from sqlmodel import Session, SQLModel

from app.clock import stamped
from app.models.tables import ACT, CHANGE, DATA_REVISION

_RAISE = (
    update(DATA_REVISION).values(number=DATA_REVISION.c.number + 1, made_at=bindparam("moment")).returning(DATA_REVISION.c.number)
)
_KEEP, _CHANGES = insert(ACT), insert(CHANGE)
log = logging.getLogger("sijill.actions")


class RefusedAction(Exception):
    """An action that cannot be carried out. The message says what, where and what to do; nothing was changed."""


def now() -> str:
    """This moment in UTC, as the register writes it."""
    return stamped(datetime.now(UTC))


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


def raise_revision(
    session: Session,
    act: str,
    *,
    editor_id: int | None = None,
    reason: str = "",
    undoes: int | None = None,
    token: str | None = None,
    job_id: int | None = None,
    **details: Any,
) -> int:
    """The number of the revision that this act makes; keeps the act, and logs it."""
    number = _next(session, kind=act, editor_id=editor_id, reason=reason, undoes=undoes, token=token, job_id=job_id)
    log.info("revision %d: %s %s", number, act, " ".join(f"{key}={_one_line(value)}" for key, value in details.items()))
    return number


def trial_revision(session: Session, act: str) -> int:
    """The number of a revision that will be rolled back: nothing has happened, and nothing is logged."""
    return _next(session, kind=act, editor_id=None, reason="", undoes=None, token=None, job_id=None)


def _next(session: Session, **act: Any) -> int:
    moment = now()
    number = int(session.connection().execute(_RAISE, {"moment": moment}).scalar_one())
    session.connection().execute(_KEEP, {"revision": number, **act, "made_at": moment})
    return number


def _one_line(value: object) -> str:
    """What stands in the log for something that somebody may have typed: never a line of its own."""
    return str(value).encode("unicode_escape").decode()[:200]


Changed = Mapping[str, tuple[object, object]]
"""For each field what it held before and after: nothing is None or empty."""


def keep_changes(
    session: Session, revision: int, subject: str, subject_id: int, changed: Changed, *, stood: bool = False
) -> None:
    """Keeps what an act changed in the fields of something; of fields that hold the same as before nothing."""
    texts = {field: (as_kept(before), as_kept(after)) for field, (before, after) in changed.items()}
    row = {"revision": revision, "subject": subject, "subject_id": subject_id, "stood": stood}
    rows = [row | {"field": field, "before": old, "after": new} for field, (old, new) in texts.items() if old != new]
    if rows:
        session.connection().execute(_CHANGES, rows)


def as_kept(value: object) -> str | None:
    """A value as a change keeps it."""
    return None if value is None or value == "" else str(value)
