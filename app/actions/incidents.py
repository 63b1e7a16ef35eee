"""Settles incidents from their mentions, and carries out corrections and decisions."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app import fields
from app.actions.revision import RefusedAction, now, raise_revision, stored
from app.actions.search_text import search_text
from app.db import transaction
from app.models import Correction, Decision, Incident
from app.models.tables import ACTOR, BASE, CLAIM, CORRECTION, DECISION, EDITOR, INCIDENT, INCIDENT_ORIGIN, MENTION, REPORT, SOURCE
from app.reconcile import Said, Witness, grade, settle

COLUMN_OF = {
    "base": "base_id",
    "claimed_by": "claimed_by_id",
    "attributed_to": "attributed_to_id",
    "attributed_by": "attributed_by_id",
}
"""Fields whose value is a slug, and the column that holds the id behind it."""


def new_incident(session: Session, *, base_id: int, revision: int) -> int:
    """Makes an empty incident with the next public id, which is never used again. Returns its id."""
    incident = Incident(public_id="SJ-0000", base_id=base_id, updated_at=now(), revision=revision)
    incident_id = stored(session, incident)
    incident.public_id = f"SJ-{incident_id:04d}"
    session.flush()
    return incident_id


def resettle(session: Session, incident_ids: Iterable[int], revision: int) -> None:
    """Settles each incident anew from its mentions, corrections and decisions, and stamps it with the revision."""
    for incident_id in sorted(set(incident_ids)):
        _resettle_one(session, incident_id, revision)


def _resettle_one(session: Session, incident_id: int, revision: int) -> None:
    incident = session.get_one(Incident, incident_id)
    said = _claims(session, incident_id)
    corrections = dict(
        session.connection()
        .execute(
            select(CORRECTION.c.field, CORRECTION.c.value)
            .where(CORRECTION.c.incident_id == incident_id)
            .order_by(CORRECTION.c.id)
        )
        .all()
    )
    for field, value in settle(said, corrections).items():
        setattr(incident, COLUMN_OF.get(field, field), _typed(session, field, value))
    origins = _settle_origins(session, incident_id, said)
    incident.grading, incident.grading_reason = grade(
        rejected=incident.review_status == "rejected",
        disputed=any(one.field == "status" and one.value == "disputed" for one in said),
        support=None if _is_told_by_others(said, origins) else next((one.value for one in said if one.field == "support"), None),
        witnesses=origins,
    )
    incident.number_of_reports = _count_reports(session, incident_id)
    incident.search_text = search_text(session, incident)
    incident.updated_at, incident.revision = now(), revision
    session.add(incident)
    session.flush()


def _claims(session: Session, incident_id: int) -> list[Said]:
    """The claims of an incident's mentions, those of the latest report last."""
    rows = session.connection().execute(
        select(CLAIM.c.field, CLAIM.c.value, CLAIM.c.basis, CLAIM.c.alternative, MENTION.c.id)
        .join(MENTION, MENTION.c.id == CLAIM.c.mention_id)
        .join(REPORT, REPORT.c.id == MENTION.c.report_id)
        .where(MENTION.c.incident_id == incident_id)
        .order_by(REPORT.c.published_date, MENTION.c.id, CLAIM.c.id)
    )
    order: dict[int, int] = {}
    return [
        Said(field, value, basis == "quote", alternative, order.setdefault(mention_id, len(order)))
        for field, value, basis, alternative, mention_id in rows
    ]


def _typed(session: Session, field: str, value: str | None) -> Any:
    """A settled value as its column holds it. Raises RefusedAction for a slug that nothing bears."""
    if field in COLUMN_OF:
        table = {"base": BASE, "attributed_by": SOURCE}.get(field, ACTOR)
        found = session.connection().execute(select(table.c.id).where(table.c.slug == value)).scalar_one_or_none()
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


def _settle_origins(session: Session, incident_id: int, said: Iterable[Said]) -> list[Witness]:
    slugs = {one.value for one in said if one.field == "origin"}
    chosen = select(SOURCE.c.id, SOURCE.c.slug, SOURCE.c.speaks_for).where(SOURCE.c.slug.in_(slugs))
    rows = session.connection().execute(chosen).all()
    session.connection().execute(delete(INCIDENT_ORIGIN).where(INCIDENT_ORIGIN.c.incident_id == incident_id))
    if rows:
        session.connection().execute(insert(INCIDENT_ORIGIN), [{"incident_id": incident_id, "source_id": row.id} for row in rows])
    return [Witness(row.slug, row.speaks_for) for row in rows]


def _is_told_by_others(said: Iterable[Said], origins: Iterable[Witness]) -> bool:
    """Whether a report that was read quotes somebody who speaks for no side: more than the compilation knew when it judged."""
    quoted = {one.value for one in said if one.field == "origin" and one.quoted}
    return any(origin.slug in quoted and not origin.speaks_for for origin in origins)


def _count_reports(session: Session, incident_id: int) -> int:
    """How many pages tell of it: a page and its retelling in the register's own words are one, the compilation is none."""
    rows = session.connection().execute(
        select(REPORT.c.id, REPORT.c.url)
        .join(MENTION, MENTION.c.report_id == REPORT.c.id)
        .where(MENTION.c.incident_id == incident_id, REPORT.c.kind != "compilation")
    )
    return len({url or report_id for report_id, url in rows})


def correct(engine: Engine, *, incident: str, values: Mapping[str, str | None], reason: str, editor: str) -> None:
    """Records an editor's values for fields of the incident with this public id; None is unknown. Raises RefusedAction."""
    if unknown := values.keys() - set(fields.INCIDENT_FIELDS):
        raise RefusedAction(f"an incident has no field {min(unknown)!r}")
    if not reason:
        raise RefusedAction("a correction needs its reason")
    try:
        with transaction(engine) as session:
            found, made_by = _incident(session, incident), _editor(session, editor)
            revision = raise_revision(session, "correct", incident=incident, fields=",".join(sorted(values)))
            session.add_all(
                Correction(incident_id=found, field=field, value=value, reason=reason, editor_id=made_by, made_at=now())
                for field, value in values.items()
            )
            session.flush()
            resettle(session, [found], revision)
    except (IntegrityError, OverflowError, ValueError) as error:
        given = ", ".join(f"{field} = {value!r}" for field, value in values.items())
        raise RefusedAction(f"{incident} cannot have {given[:200]}: {getattr(error, 'orig', error)}") from error


def reject(engine: Engine, *, incident: str, reason: str, editor: str) -> None:
    """Takes the incident out of every count, for a reason that is shown. Raises RefusedAction."""
    with transaction(engine) as session:
        found = _incident(session, incident)
        revision = raise_revision(session, "reject", incident=incident)
        _reject(session, found, reason=reason, editor=editor, revision=revision)


def reject_compiled(engine: Engine, *, reasons: Mapping[str, str], editor: str) -> None:
    """Rejects the incidents that these compiled mentions (by ref) tell of; one that was decided on stays as it is."""
    with transaction(engine) as session:
        undecided = session.connection().execute(
            select(MENTION.c.ref, MENTION.c.incident_id)
            .outerjoin(DECISION, DECISION.c.incident_id == MENTION.c.incident_id)
            .where(MENTION.c.ref.in_(list(reasons)), DECISION.c.id.is_(None))
        )
        if found := list(undecided.all()):
            revision = raise_revision(session, "reject compiled", incidents=len(found))
            for ref, incident_id in found:
                _reject(session, incident_id, reason=reasons[str(ref)], editor=editor, revision=revision)


def _reject(session: Session, incident_id: int, *, reason: str, editor: str, revision: int) -> None:
    if not reason:
        raise RefusedAction("a rejection needs its reason")
    session.add(
        Decision(kind="reject", incident_id=incident_id, reason=reason, editor_id=_editor(session, editor), made_at=now())
    )
    incident = session.get_one(Incident, incident_id)
    incident.review_status, incident.rejected_because = "rejected", reason
    session.flush()
    resettle(session, [incident_id], revision)


def _incident(session: Session, public_id: str) -> int:
    found = session.connection().execute(select(INCIDENT.c.id).where(INCIDENT.c.public_id == public_id)).scalar_one_or_none()
    if found is None:
        raise RefusedAction(f"there is no incident {public_id!r}")
    return found


def _editor(session: Session, name: str) -> int:
    found = session.connection().execute(select(EDITOR.c.id).where(EDITOR.c.name == name)).scalar_one_or_none()
    if found is None:
        raise RefusedAction(f"there is no editor {name!r}")
    return found
