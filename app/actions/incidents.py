"""Makes incidents, and settles them from their mentions, corrections and decisions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session

from app import fields
from app.actions.revision import RefusedAction, add_row, now
from app.actions.search_text import search_text
from app.models.tables import ACTOR, BASE, CLAIM, CORRECTION, INCIDENT, INCIDENT_ORIGIN, MENTION, REPORT, SOURCE
from app.reconcile.grading import Witness, grade
from app.reconcile.settling import Said, settle

COLUMN_OF = {
    "base": "base_id",
    "claimed_by": "claimed_by_id",
    "attributed_to": "attributed_to_id",
    "attributed_by": "attributed_by_id",
}
"""Fields whose value is a slug, and the column that holds the id behind it."""


def new_incident(session: Session, *, base_id: int, revision: int) -> int:
    """Makes an empty incident with the next public id, which is never used again. Returns its id."""
    row = {"public_id": "SJ-0000", "base_id": base_id, "updated_at": now(), "revision": revision}
    incident_id = add_row(session, INCIDENT, row)
    named = update(INCIDENT).where(INCIDENT.c.id == incident_id).values(public_id=f"SJ-{incident_id:04d}")
    session.connection().execute(named)
    return incident_id


def resettle(session: Session, incident_ids: Iterable[int], revision: int) -> None:
    """Settles each incident anew from its mentions, corrections and decisions, and stamps it with the revision."""
    for incident_id in sorted(set(incident_ids)):
        _resettle_one(session, incident_id, revision)


def _resettle_one(session: Session, incident_id: int, revision: int) -> None:
    rows = session.connection()
    said, origins = _heard(session, incident_id)
    corrected = select(CORRECTION.c.field, CORRECTION.c.value).where(CORRECTION.c.incident_id == incident_id)
    corrections: dict[str, str | None] = dict(rows.execute(corrected.order_by(CORRECTION.c.id)).all())
    by_hand = corrections.pop("grading", None)
    settled = {COLUMN_OF.get(field, field): _typed(session, field, value) for field, value in settle(said, corrections).items()}
    status = rows.execute(select(INCIDENT.c.review_status).where(INCIDENT.c.id == incident_id)).scalar_one()
    settled["grading"], settled["grading_reason"] = grade(
        rejected=status == "rejected",
        disputed=any(one.field == "status" and one.value == "disputed" for one in said),
        support=None if _is_told_by_others(said) else next((one.value for one in said if one.field == "support"), None),
        witnesses=origins.values(),
    )
    if by_hand and status != "rejected":
        settled["grading"], settled["grading_reason"] = by_hand, "editor"
    rows.execute(delete(INCIDENT_ORIGIN).where(INCIDENT_ORIGIN.c.incident_id == incident_id))
    if origins:
        rows.execute(insert(INCIDENT_ORIGIN), [{"incident_id": incident_id, "source_id": source_id} for source_id in origins])
    settled["number_of_reports"] = _count_reports(session, incident_id)
    settled |= {"updated_at": now(), "revision": revision}
    rows.execute(update(INCIDENT).where(INCIDENT.c.id == incident_id).values(settled))
    rows.execute(update(INCIDENT).where(INCIDENT.c.id == incident_id).values(search_text=search_text(session, incident_id)))


def _heard(session: Session, incident_id: int) -> tuple[list[Said], Mapping[int, Witness]]:
    """The claims of an incident's mentions, those of the latest report last, and its origins by their ids."""
    rows = session.connection().execute(
        select(CLAIM.c.field, CLAIM.c.value, CLAIM.c.basis, CLAIM.c.alternative, MENTION.c.id)
        .join(MENTION, MENTION.c.id == CLAIM.c.mention_id)
        .join(REPORT, REPORT.c.id == MENTION.c.report_id)
        .where(MENTION.c.incident_id == incident_id)
        .order_by(REPORT.c.published_date, MENTION.c.id, CLAIM.c.id)
    )
    order: dict[int, int] = {}
    said = [
        Said(field, value, basis == "quote", alternative, order.setdefault(mention_id, len(order)))
        for field, value, basis, alternative, mention_id in rows
    ]
    chosen = select(SOURCE.c.id, SOURCE.c.slug, SOURCE.c.speaks_for)
    named = {one.value for one in said if one.field == "origin"}
    found = {
        row.id: Witness(row.slug, row.speaks_for) for row in session.connection().execute(chosen.where(SOURCE.c.slug.in_(named)))
    }
    by_slug = {witness.slug: witness for witness in found.values()}
    quoting: dict[int, set[Witness]] = defaultdict(set)
    for one in said:
        if one.field == "origin" and one.value in by_slug:
            quoting[one.order].add(by_slug[one.value])
    return [replace(one, witnesses=frozenset(quoting[one.order])) for one in said], found


def _typed(session: Session, field: str, value: str | None) -> Any:
    """A settled value as its column holds it. Raises RefusedAction for a slug that nothing bears."""
    if field in COLUMN_OF:
        table = {"base": BASE, "attributed_by": SOURCE}.get(field, ACTOR)
        named = select(table.c.id).where(table.c.slug == value)
        found = session.connection().execute(named).scalar_one_or_none() if value is not None else None
        if value is not None and found is None:
            raise RefusedAction(f"{field}: nothing is called {value!r}")
        return found
    if field in ("date_start", "date_end"):
        return fields.iso_day(value) if value else None
    if field.endswith(("_low", "_high", "_best")):
        return int(value) if value is not None else None
    if field in ("weapon", "outcome", "date_precision"):
        return value or "unknown"
    return value if field == "time_of_day" else value or ""


def _is_told_by_others(said: Iterable[Said]) -> bool:
    """Whether a report that was read quotes somebody who speaks for no side: more than the compilation knew when it judged."""
    return any(
        one.field == "origin"
        and one.quoted
        and any(witness.slug == one.value and not witness.speaks_for for witness in one.witnesses)
        for one in said
    )


def _count_reports(session: Session, incident_id: int) -> int:
    """How many pages tell of it: a page and its retelling in the register's own words are one, the compilation is none."""
    told = select(MENTION.c.report_id).where(MENTION.c.incident_id == incident_id)
    page = func.coalesce(func.nullif(REPORT.c.url, ""), REPORT.c.id)
    counted = select(func.count(page.distinct())).where(REPORT.c.id.in_(told), REPORT.c.kind != "compilation")
    return int(session.connection().execute(counted).scalar_one())
