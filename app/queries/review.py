"""Reads what speaks for and against incidents' being one attack, and mentions' telling of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from app.models.tables import BASE, INCIDENT, TWIN
from app.queries.neighbourhood import Neighbourhood
from app.queries.published import COUNTED, counts
from app.reconcile.clustering import Sighting
from app.reconcile.weighing import Face, Reasons, agreement


@dataclass(frozen=True, slots=True)
class TwinPair:
    """Two incidents that may be one attack: public ids, the older first, base and first day of the older, and why (not)."""

    one: str
    other: str
    base: str
    day: date | None
    reasons: Reasons


def twins(connection: Connection, public_id: str | None = None) -> list[TwinPair]:
    """The suggested twins, the latest first; of one incident where it is named."""
    other = INCIDENT.alias()
    rows = (
        select(TWIN, INCIDENT.c.public_id, other.c.public_id.label("other"), BASE.c.short_en, INCIDENT.c.date_start)
        .join(INCIDENT, INCIDENT.c.id == TWIN.c.incident_id)
        .join(other, other.c.id == TWIN.c.other_id)
        .join(BASE, BASE.c.id == INCIDENT.c.base_id)
        .where(COUNTED, counts(other.c.review_status))
        .order_by(INCIDENT.c.date_start.desc(), INCIDENT.c.id, other.c.id)
    )
    if public_id is not None:
        rows = rows.where(or_(INCIDENT.c.public_id == public_id, other.c.public_id == public_id))
    pairs = connection.execute(rows).all()
    told = Neighbourhood(connection).of({one for row in pairs for one in (row.incident_id, row.other_id)})
    return [
        TwinPair(
            row.public_id,
            row.other,
            row.short_en,
            row.date_start,
            agreement(_faces(told[row.incident_id]), _faces(told[row.other_id])),
        )
        for row in pairs
    ]


def links(connection: Connection, incident_id: int) -> Mapping[int, Reasons]:
    """For each mention of an incident what speaks for and against its being one attack with the others."""
    told = Neighbourhood(connection).of([incident_id])[incident_id]
    return {one.id: agreement([one.face], _faces(other for other in told if other is not one)) for one in told}


def _faces(sightings: Iterable[Sighting]) -> set[Face]:
    return {sighting.face for sighting in sightings}
