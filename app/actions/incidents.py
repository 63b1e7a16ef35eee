"""Makes incidents, and settles them from their mentions, corrections and decisions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update
from sqlmodel import Session

from app import fields
from app.actions.revision import RefusedAction, add_row, keep_changes, now
from app.actions.words import write_incidents
from app.db import AnyRow
from app.models.tables import ACTOR, BASE, CLAIM, CORRECTION, INCIDENT, INCIDENT_ORIGIN, MENTION, REPORT, SOURCE
from app.queries.neighbourhood import STANDS, telling_of
from app.reconcile.grading import Witness, grade
from app.reconcile.settling import Said, in_order, settle

NAMED = {
    "base": ("base_id", BASE),
    "claimed_by": ("claimed_by_id", ACTOR),
    "attributed_to": ("attributed_to_id", ACTOR),
    "attributed_by": ("attributed_by_id", SOURCE),
}
"""Fields whose value is a slug: the column that holds the id behind it, and the table that the slug is of."""

# Statements that every report needs stand here ready made: to build one takes longer than to run it.
_ONE: BindParameter[int] = bindparam("incident")
_SLUGS: BindParameter[list[str]] = bindparam("slugs", expanding=True)
_NAME = update(INCIDENT).where(INCIDENT.c.id == _ONE).values(public_id=bindparam("name"))
_CLAIMS = (
    select(CLAIM.c.mention_id, CLAIM.c.field, CLAIM.c.value, CLAIM.c.basis, CLAIM.c.alternative, CLAIM.c.quote)
    .join(MENTION, MENTION.c.id == CLAIM.c.mention_id)
    .where(MENTION.c.incident_id == _ONE)
    .order_by(MENTION.c.id, CLAIM.c.id)
)
_TOLD = (
    select(MENTION.c.id.label("mention"), MENTION.c.position, MENTION.c.base_as_written, MENTION.c.stated, MENTION.c.quote)
    .add_columns(MENTION.c.report_id)
    .add_columns(REPORT.c.id, REPORT.c.kind, REPORT.c.url, REPORT.c.title, REPORT.c.text_hash, REPORT.c.published_date)
    .add_columns(SOURCE.c.name_en, SOURCE.c.name_ar)
    .join(REPORT, REPORT.c.id == MENTION.c.report_id)
    .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
    .where(MENTION.c.incident_id == _ONE)
)
_CORRECTIONS = select(CORRECTION.c.field, CORRECTION.c.value).where(CORRECTION.c.incident_id == _ONE, STANDS)
_ORIGINS = select(SOURCE).where(SOURCE.c.slug.in_(_SLUGS))
_FORGET_ORIGINS = delete(INCIDENT_ORIGIN).where(INCIDENT_ORIGIN.c.incident_id == _ONE)
_PLAIN = [column.name for column in INCIDENT.c if column.name in (*fields.INCIDENT_FIELDS, "grading", "grading_reason")]
_BEFORE = select(
    *(INCIDENT.c[name] for name in (*_PLAIN, "review_status", "revision")),
    *(
        select(table.c.slug).where(table.c.id == INCIDENT.c[column]).scalar_subquery().label(field)
        for field, (column, table) in NAMED.items()
    ),
).where(INCIDENT.c.id == _ONE)
_SETTLE = (
    update(INCIDENT)
    .where(INCIDENT.c.id == _ONE)
    .values({column: bindparam(f"new_{column}") for column in (*_PLAIN, "number_of_reports", "updated_at", "revision")})
    .values(
        {
            column: select(table.c.id).where(table.c.slug == bindparam(f"new_{field}")).scalar_subquery()
            for field, (column, table) in NAMED.items()
        }
    )
)


def new_incident(session: Session, *, base_id: int, revision: int) -> int:
    """Makes an empty incident with the next public id, which is never used again. Returns its id."""
    row = {"public_id": "SJ-0000", "base_id": base_id, "updated_at": now(), "revision": revision, "made_in": revision}
    incident_id = add_row(session, INCIDENT, row)
    session.connection().execute(_NAME, {"incident": incident_id, "name": f"SJ-{incident_id:04d}"})
    return incident_id


def check_names(session: Session, given: Iterable[tuple[str, str | None]]) -> None:
    """Raises RefusedAction for a value of one of the NAMED fields that nothing in the register is called."""
    slugs: dict[str, set[str]] = defaultdict(set)
    for field, value in given:
        if field in NAMED and value is not None:
            slugs[field].add(value)
    for field, named in slugs.items():
        table = NAMED[field][1]
        known = session.connection().execute(select(table.c.slug).where(table.c.slug.in_(named))).scalars()
        if missing := named - set(known):
            raise RefusedAction(f"{field}: nothing is called {min(missing)!r}")


def resettle(session: Session, incident_ids: Iterable[int], revision: int) -> None:
    """Settles each incident anew from its mentions, corrections and decisions, and stamps it with the revision."""
    settled = sorted(set(incident_ids))
    for incident_id in settled:
        _resettle_one(session, incident_id, revision)
    write_incidents(session.connection(), settled)


def uncorrected(session: Session, incident_ids: Collection[int]) -> dict[int, dict[str, str | None]]:
    """For each of these incidents that has corrections: what its reports alone say of the corrected fields."""
    rows, corrected = session.connection(), defaultdict[int, set[str]](set)
    standing = select(CORRECTION.c.incident_id, CORRECTION.c.field).where(CORRECTION.c.incident_id.in_(incident_ids), STANDS)
    for incident_id, field in rows.execute(standing):
        corrected[incident_id].add(field)
    found = {}
    for incident_id, names in corrected.items():
        said = _heard(rows, incident_id).said
        alone = settle(said, {}) | {"grading": _graded(said)[0]}
        found[incident_id] = {field: alone[field] for field in names}
    return found


class _Heard(NamedTuple):
    """What the reports of an incident say: the claims as settling sees them, who told them, and whom they quote."""

    said: list[Said]
    told: Sequence[AnyRow]
    origins: Sequence[AnyRow]


def _heard(rows: Connection, incident_id: int) -> _Heard:
    one = {"incident": incident_id}
    claims, told = rows.execute(_CLAIMS, one).all(), rows.execute(_TOLD, one).all()
    telling = {row.value for row in claims if row.field == "origin" and not row.alternative}
    origins = rows.execute(_ORIGINS, {"slugs": sorted(telling)}).all()
    order = in_order({row.mention: telling_of(row) for row in told})
    return _Heard(_said(claims, order, {row.slug: Witness(row.slug, row.speaks_for) for row in origins}), told, origins)


def _resettle_one(session: Session, incident_id: int, revision: int) -> None:
    rows, one = session.connection(), {"incident": incident_id}
    before = rows.execute(_BEFORE, one).one()
    said, told, origins = _heard(rows, incident_id)
    corrections: dict[str, str | None] = dict(rows.execute(_CORRECTIONS, one).all())
    by_hand = corrections.pop("grading", None)
    settled = settle(said, corrections)
    grading = (
        ("discounted", "rejected") if before.review_status == "rejected" else (by_hand, "editor") if by_hand else _graded(said)
    )
    rows.execute(_FORGET_ORIGINS, one)
    if origins:
        rows.execute(insert(INCIDENT_ORIGIN), [{"incident_id": incident_id, "source_id": row.id} for row in origins])
    more = {
        "grading": grading[0],
        "grading_reason": grading[1],
        "number_of_reports": _count_reports(told),
        "updated_at": now(),
        "revision": revision,
    }
    values = {field: _typed(field, value) for field, value in settled.items()} | more
    rows.execute(_SETTLE, one | {f"new_{field}": value for field, value in values.items()})
    if before.revision != revision:  # else the act made it
        held = {field: (before._mapping[field], values[field]) for field in (*fields.INCIDENT_FIELDS, "grading")}
        keep_changes(session, revision, "incident", incident_id, held)


def _said(claims: Sequence[AnyRow], order: Mapping[int, int], witnesses: Mapping[str, Witness]) -> list[Said]:
    """The claims as settling sees them."""
    quoting: dict[int, set[Witness]] = defaultdict(set)
    for row in claims:
        if row.field == "origin" and not row.alternative and row.value in witnesses:
            quoting[row.mention_id].add(witnesses[row.value])
    return [
        Said(
            row.field, row.value, row.basis == "quote", row.alternative, order[row.mention_id], frozenset(quoting[row.mention_id])
        )
        for row in claims
    ]


def _graded(said: Sequence[Said]) -> tuple[str, str]:
    support = next((one.value for one in said if one.field == "support"), None)
    return grade(
        disputed=any(one.field == "status" and one.value == "disputed" for one in said),
        support=None if _is_told_by_others(said) else support,
        witnesses={witness for one in said for witness in one.witnesses},
    )


def _is_told_by_others(said: Iterable[Said]) -> bool:
    """Whether a report that was read quotes somebody who speaks for no side: more than the compilation knew when it judged."""
    quoted = [one for one in said if one.field == "origin" and one.quoted]
    return any(witness.slug == one.value and not witness.speaks_for for one in quoted for witness in one.witnesses)


def _count_reports(told: Iterable[AnyRow]) -> int:
    """How many pages tell of it: a page and its retelling in the register's own words are one, the compilation is none."""
    return len({row.url or row.id for row in told if row.kind != "compilation"})


def _typed(field: str, value: str | None) -> Any:
    """A settled value as its column holds it."""
    if field in ("date_start", "date_end"):
        return fields.iso_day(value) if value else None
    if field.endswith(("_low", "_high", "_best")):
        return int(value) if value is not None else None
    if field in ("weapon", "outcome", "date_precision"):
        return value or "unknown"
    return value if field in ("time_of_day", *NAMED) else value or ""
