"""Finds the incident that each mention of a new report tells of: gathers what could fit, and asks `reconcile`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import Session

from app.actions.revision import RefusedAction
from app.extract import values
from app.fields import UNSPECIFIED
from app.models import Report
from app.models.tables import BASE, CLAIM, INCIDENT, MENTION
from app.reconcile import LONGEST_AGREEING, Sighting, place

WINDOW = LONGEST_AGREEING + timedelta(days=4)
"""Mentions further apart than this cannot agree, alternative days included."""


def place_mentions(session: Session, report: Report, mentions: Sequence[values.Mention]) -> list[tuple[int | None, str]]:
    """For each mention of a report its incident (None: a new one) and who says so, machine or compiled."""
    if report.kind == "compilation":
        return [(None, "compiled")] * len(mentions)
    if any(mention.tells_of for mention in mentions):
        return [(_told_of(session, mention), "compiled") for mention in mentions]
    sites = _sites(session)
    arrivals = [_arrival(mention, sites) for mention in mentions]
    held: dict[int, list[Sighting]] = {}
    for arrival in arrivals:
        held |= _held(session, arrival, sites)
    copied = _told_by_original(session, report)
    return [
        (incident or copied.get(mention.anchor.start if mention.anchor else -1), "machine")
        for mention, incident in zip(mentions, place(arrivals, held), strict=True)
    ]


def _told_of(session: Session, mention: values.Mention) -> int:
    named = select(MENTION.c.incident_id).where(MENTION.c.ref == mention.tells_of).order_by(MENTION.c.id)
    found = session.connection().execute(named).scalars().first()
    if found is None:
        raise RefusedAction(f"{mention.ref}: no compiled mention is called {mention.tells_of!r}")
    return found


def _told_by_original(session: Session, report: Report) -> dict[int, int]:
    """Where the same text of another publisher is there: its mentions' incidents, by where their evidence begins."""
    if report.copy_of_id is None:
        return {}
    of_original = select(MENTION.c.span_start, MENTION.c.incident_id).where(MENTION.c.report_id == report.copy_of_id)
    return dict(session.connection().execute(of_original).all())


def _sites(session: Session) -> dict[str, str]:
    """Each base's slug, and that of the base at the top of its family: where it is looked for."""
    rows = session.connection().execute(select(BASE.c.slug, BASE.c.id, BASE.c.parent_id)).all()
    slugs = {row.id: row.slug for row in rows}
    return {row.slug: slugs.get(row.parent_id, row.slug) for row in rows}


def _arrival(mention: values.Mention, sites: dict[str, str]) -> Sighting:
    base = mention.value("base") or UNSPECIFIED
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
    found = session.connection().execute(
        select(INCIDENT.c.id, BASE.c.slug, INCIDENT.c.date_start, INCIDENT.c.date_end, INCIDENT.c.time_of_day, INCIDENT.c.weapon)
        .join(BASE, BASE.c.id == INCIDENT.c.base_id)
        .where(
            BASE.c.slug.in_(family),
            INCIDENT.c.review_status.not_in(("merged", "withdrawn")),
            INCIDENT.c.date_start <= (arrival.end or arrival.start) + WINDOW,
            INCIDENT.c.date_end >= arrival.start - WINDOW,
        )
    )
    rows = found.all()
    other_days = _other_days(session, [row.id for row in rows])
    return {
        row.id: [
            Sighting(
                site=arrival.site,
                base=row.slug,
                start=row.date_start,
                end=row.date_end,
                alternatives=tuple(other_days[row.id]),
                time_of_day=row.time_of_day,
                weapon=row.weapon,
            )
        ]
        for row in rows
    }


def _other_days(session: Session, incident_ids: Sequence[int]) -> Mapping[int, list[date]]:
    """For each incident the other days that were stated for it too, and weighed."""
    rows = session.connection().execute(
        select(MENTION.c.incident_id, CLAIM.c.value)
        .join(CLAIM, CLAIM.c.mention_id == MENTION.c.id)
        .where(MENTION.c.incident_id.in_(incident_ids), CLAIM.c.field == "date_start", CLAIM.c.alternative)
    )
    found: Mapping[int, list[date]] = defaultdict(list)
    for incident_id, value in rows:
        found[incident_id].append(date.fromisoformat(value))
    return found
