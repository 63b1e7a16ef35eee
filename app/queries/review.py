"""Reads what needs a person: incidents that may be one attack, and decided mentions that no rule finds any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from app.db import AnyRow
from app.models.tables import BASE, INCIDENT, MENTION, TWIN


@dataclass(frozen=True, slots=True)
class TwinPair:
    """Two incidents that may be one attack, by their public ids, the older first; base and first day of the older."""

    one: str
    other: str
    base: str
    day: date | None


def twins(connection: Connection, public_id: str | None = None) -> list[TwinPair]:
    """The suggested twins, the latest first; of one incident where it is named."""
    other = INCIDENT.alias()
    rows = (
        select(INCIDENT.c.public_id, other.c.public_id, BASE.c.short_en, INCIDENT.c.date_start)
        .select_from(TWIN)
        .join(INCIDENT, INCIDENT.c.id == TWIN.c.incident_id)
        .join(other, other.c.id == TWIN.c.other_id)
        .join(BASE, BASE.c.id == INCIDENT.c.base_id)
        .order_by(INCIDENT.c.date_start.desc(), INCIDENT.c.id, other.c.id)
    )
    if public_id is not None:
        rows = rows.where(or_(INCIDENT.c.public_id == public_id, other.c.public_id == public_id))
    return [TwinPair(*row) for row in connection.execute(rows)]


def lost(connection: Connection) -> Sequence[AnyRow]:
    """The mentions that a person linked and that nothing overlaps any more: public id, report and quote."""
    return connection.execute(
        select(INCIDENT.c.public_id, MENTION.c.report_id, MENTION.c.quote)
        .join(INCIDENT, INCIDENT.c.id == MENTION.c.incident_id)
        .where(MENTION.c.lost)
        .order_by(MENTION.c.id)
    ).all()
