"""Finds the incident that each mention of a new report tells of: gathers what could fit, and asks `reconcile`."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from app.actions.revision import RefusedAction
from app.extract import values
from app.models import Base, Claim, Incident, Mention, Report
from app.reconcile import LONGEST_AGREEING, Sighting, place

WINDOW = LONGEST_AGREEING + timedelta(days=4)
"""Mentions further apart than this can not agree, alternative days included."""


def place_mentions(session: Session, report: Report, mentions: Sequence[values.Mention]) -> list[tuple[int | None, str]]:
    """For each mention its incident (None: a new one) and who says so, machine or compiled."""
    if report.kind == "compilation":
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
        session.connection().execute(select(Mention.incident_id).where(col(Mention.ref) == mention.tells_of)).scalar_one_or_none()
    )
    if found is None:
        raise RefusedAction(f"{mention.ref}: no compiled mention is called {mention.tells_of!r}")
    return found


def _sites(session: Session) -> dict[str, str]:
    """Each base's slug, and that of the base at the top of its family: where it is looked for."""
    rows = session.connection().execute(select(Base.slug, Base.id, Base.parent_id)).all()
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
        select(Incident.id, Base.slug, Incident.date_start, Incident.date_end, Incident.time_of_day, Incident.weapon)
        .join(Base, col(Base.id) == Incident.base_id)
        .where(
            col(Base.slug).in_(family),
            col(Incident.review_status).not_in(("merged", "withdrawn")),
            col(Incident.date_start) <= (arrival.end or arrival.start) + WINDOW,
            col(Incident.date_end) >= arrival.start - WINDOW,
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
        select(Claim.value)
        .join(Mention, col(Mention.id) == Claim.mention_id)
        .where(col(Mention.incident_id) == incident_id, col(Claim.field) == "date_start", col(Claim.alternative))
    )
    return tuple(date.fromisoformat(value) for value in rows.scalars())
