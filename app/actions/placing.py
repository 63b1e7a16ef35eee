"""Finds the incident that each mention of a new report tells of: gathers what could fit, and asks `reconcile`."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import Session

from app.actions.revision import RefusedAction
from app.extract import values
from app.models.tables import BASE, CLAIM, INCIDENT, MENTION
from app.reconcile import LONGEST_AGREEING, Sighting, place

WINDOW = LONGEST_AGREEING + timedelta(days=4)
"""Mentions further apart than this cannot agree, alternative days included."""


def place_mentions(session: Session, kind: str, mentions: Sequence[values.Mention]) -> list[tuple[int | None, str]]:
    """For each mention of a report of this kind its incident (None: a new one) and who says so, machine or compiled."""
    if kind == "compilation":
        return [(None, "compiled")] * len(mentions)
    if any(mention.tells_of for mention in mentions):
        return [(_told_of(session, mention), "compiled") for mention in mentions]
    sites = _sites(session)
    arrivals = [_arrival(mention, sites) for mention in mentions]
    held: dict[int, list[Sighting]] = {}
    for arrival in arrivals:
        held |= _held(session, arrival, sites)
    return [(incident, "machine") for incident in place(arrivals, held)]


def _told_of(session: Session, mention: values.Mention) -> int:
    found = (
        session.connection().execute(select(MENTION.c.incident_id).where(MENTION.c.ref == mention.tells_of)).scalar_one_or_none()
    )
    if found is None:
        raise RefusedAction(f"{mention.ref}: no compiled mention is called {mention.tells_of!r}")
    return found


def _sites(session: Session) -> dict[str, str]:
    """Each base's slug, and that of the base at the top of its family: where it is looked for."""
    rows = session.connection().execute(select(BASE.c.slug, BASE.c.id, BASE.c.parent_id)).all()
    slugs = {row.id: row.slug for row in rows}
    return {row.slug: slugs.get(row.parent_id, row.slug) for row in rows}


def _arrival(mention: values.Mention, sites: dict[str, str]) -> Sighting:
    base = mention.value("base") or "unspecified"
    start = mention.value("date_start")
    end = mention.value("date_end")
    return Sighting(
        site=sites.get(base, base),
        base=base,
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        time_of_day=mention.value("time_of_day"),
        weapon=mention.value("weapon"),
    )


def _held(session: Session, arrival: Sighting, sites: dict[str, str]) -> dict[int, list[Sighting]]:
    """The incidents of the arrival's site about its days: each as settled, and with the other days that were weighed for it."""
    if arrival.start is None:
        return {}
    family = [slug for slug, site in sites.items() if site == arrival.site]
    rows = session.connection().execute(
        select(INCIDENT.c.id, BASE.c.slug, INCIDENT.c.date_start, INCIDENT.c.date_end, INCIDENT.c.time_of_day, INCIDENT.c.weapon)
        .join(BASE, BASE.c.id == INCIDENT.c.base_id)
        .where(
            BASE.c.slug.in_(family),
            INCIDENT.c.review_status.not_in(("merged", "withdrawn")),
            INCIDENT.c.date_start <= (arrival.end or arrival.start) + WINDOW,
            INCIDENT.c.date_end >= arrival.start - WINDOW,
        )
    )
    return {
        row.id: [
            Sighting(
                arrival.site, row.slug, row.date_start, row.date_end, _other_days(session, row.id), row.time_of_day, row.weapon
            )
        ]
        for row in rows
    }


def _other_days(session: Session, incident_id: int) -> tuple[date, ...]:
    rows = session.connection().execute(
        select(CLAIM.c.value)
        .join(MENTION, MENTION.c.id == CLAIM.c.mention_id)
        .where(MENTION.c.incident_id == incident_id, CLAIM.c.field == "date_start", CLAIM.c.alternative)
    )
    return tuple(date.fromisoformat(value) for value in rows.scalars())
