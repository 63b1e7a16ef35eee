"""Which incidents those who ask are shown: all of them, or only those that editors have accepted."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, or_, select, true

from app.fields import COUNTED_STATUSES
from app.models.tables import INCIDENT, MENTION

DECIDED = ("accepted", "rejected")
"""The review statuses that an editor has given."""
_counted: ContextVar[tuple[str, ...]] = ContextVar("counted", default=COUNTED_STATUSES)
# Asked for when a statement is run: one that stands ready made shows each reader what is for that reader.
_STATUSES: BindParameter[tuple[str, ...]] = bindparam("counted", callable_=_counted.get, expanding=True)


def counts(status: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an incident with this review status counts."""
    return status.in_(_STATUSES)


COUNTED = counts(INCIDENT.c.review_status)
"""What every count is of."""
_SURVIVOR = INCIDENT.alias()


@contextmanager
def reviewed_alone() -> Iterator[None]:
    """Within it only accepted incidents count, and nothing tells of one that no editor has decided on."""
    former = _counted.set(("accepted",))
    try:
        yield
    finally:
        _counted.reset(former)


def counted() -> tuple[str, ...]:
    """The review statuses that count."""
    return _counted.get()


def counts_all() -> bool:
    """Whether incidents that nobody has reviewed count too."""
    return _counted.get() == COUNTED_STATUSES


def shown() -> ColumnElement[bool]:
    """Whether an incident has a page for those who ask: one that was rejected has, since a person decided so.

    One that was merged away is shown where the one that it leads to is.
    """
    if counts_all():
        return true()
    leads_on = exists().where(_SURVIVOR.c.id == INCIDENT.c.merged_into_id, _SURVIVOR.c.review_status.in_(DECIDED))
    return or_(INCIDENT.c.review_status.in_(DECIDED), leads_on)


def told() -> ColumnElement[bool]:
    """Whether what a mention says may be shown: its incident is."""
    return true() if counts_all() else MENTION.c.incident_id.in_(select(INCIDENT.c.id).where(shown()))
