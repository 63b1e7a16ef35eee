"""Reads what the desk alone may see of incidents: whole texts, the values as a form takes them, and what else is like them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, exists, func, or_, select

from app.db import AnyRow
from app.fields import COUNTED_STATUSES, INCIDENT_FIELDS
from app.models.tables import (
    ACT,
    ACTOR,
    BASE,
    CHANGE,
    CORRECTION,
    DECISION,
    EDITOR,
    INCIDENT,
    MENTION,
    NON_STRIKE_EVENT,
    REPORT,
    SOURCE,
    TALLY,
)  # fmt: skip
from app.queries.names import name_of
from app.queries.neighbourhood import STANDS, UNDONE

NAMED = {
    "base": ("base_id", BASE),
    "claimed_by": ("claimed_by_id", ACTOR),
    "attributed_to": ("attributed_to_id", ACTOR),
    "attributed_by": ("attributed_by_id", SOURCE),
}
"""Fields whose value is a slug: the column that holds the id behind it, and the table that the slug is of."""
BESIDE = timedelta(days=1)
"""Incidents of days so near to each other may be one."""


def held(connection: Connection, incident_id: int) -> dict[str, str | None]:
    """The value of each field as corrections write it; the grading only where an editor set it."""
    slugs = (
        select(table.c.slug).where(table.c.id == INCIDENT.c[column]).scalar_subquery().label(field)
        for field, (column, table) in NAMED.items()
    )
    row = connection.execute(select(*INCIDENT.c, *slugs).where(INCIDENT.c.id == incident_id)).one()._mapping
    values = {field: None if row[field] in (None, "") else str(row[field]) for field in INCIDENT_FIELDS}
    return {**values, "grading": row["grading"] if row["grading_reason"] == "editor" else None}


def held_at(connection: Connection, incident_id: int, seen: int) -> dict[str, str | None]:
    """The same as it was at a revision: what changed since is taken back."""
    values = held(connection, incident_id)
    for change in reversed(newer(connection, incident_id, seen)):
        if change.field in values:
            values[change.field] = change.before
    graded = select(CORRECTION.c.value).where(CORRECTION.c.incident_id == incident_id, CORRECTION.c.field == "grading")
    then = graded.where(func.coalesce(CORRECTION.c.revision, 0) <= seen).order_by(CORRECTION.c.id.desc()).limit(1)
    return values | {"grading": connection.execute(then).scalar_one_or_none()}


def is_there(connection: Connection, public_id: str) -> bool:
    """Whether there is an incident with this public id."""
    return connection.execute(select(exists().where(INCIDENT.c.public_id == public_id))).scalar_one()


def held_of(connection: Connection, public_id: str) -> dict[str, str | None]:
    """The same of the incident with this public id."""
    return held(connection, connection.execute(select(INCIDENT.c.id).where(INCIDENT.c.public_id == public_id)).scalar_one())


def texts_of(connection: Connection, public_ids: Collection[str]) -> list[int]:
    """The reports with a text that tell of these incidents."""
    told = select(MENTION.c.report_id).join(INCIDENT, INCIDENT.c.id == MENTION.c.incident_id)
    named = told.where(INCIDENT.c.public_id.in_(public_ids))
    return list(connection.execute(select(REPORT.c.id).where(REPORT.c.text.is_not(None), REPORT.c.id.in_(named))).scalars())


@dataclass(frozen=True, slots=True)
class Text:
    """A report as the desk shows it: its row with the publisher's name, and its whole text (None where there is none)."""

    report: AnyRow
    tallies: Sequence[AnyRow]
    events: Sequence[AnyRow]
    others: Sequence[AnyRow]
    """Its mentions that belong to other incidents."""


def texts(connection: Connection, incident_id: int) -> list[Text]:
    """The reports that tell of an incident, those with a text first, then by the day of publication."""
    told = select(MENTION.c.report_id).where(MENTION.c.incident_id == incident_id)
    order = (REPORT.c.text.is_(None), REPORT.c.kind, REPORT.c.published_date, REPORT.c.id)
    reports = connection.execute(_REPORTS.where(REPORT.c.id.in_(told)).order_by(*order)).all()
    return [_text(connection, report, incident_id) for report in reports]


def text(connection: Connection, report_id: int) -> Text | None:
    """One report; None where there is none with this number."""
    report = connection.execute(_REPORTS.where(REPORT.c.id == report_id)).one_or_none()
    return _text(connection, report, 0) if report else None


_REPORTS = select(*REPORT.c, name_of(SOURCE).label("publisher")).join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
_OTHERS = select(*MENTION.c, INCIDENT.c.public_id).join(INCIDENT, INCIDENT.c.id == MENTION.c.incident_id)


def _text(connection: Connection, report: AnyRow, incident_id: int) -> Text:
    def of(statement: Any, table: Any) -> Sequence[AnyRow]:
        return connection.execute(statement.where(table.c.report_id == report.id)).all()

    return Text(
        report,
        tallies=of(select(TALLY).where(TALLY.c.quote.is_not(None)), TALLY),
        events=of(select(NON_STRIKE_EVENT), NON_STRIKE_EVENT),
        others=of(_OTHERS.where(MENTION.c.incident_id != incident_id), MENTION),
    )


def text_of(connection: Connection, report_id: int) -> str | None:
    """The whole text of a report; None where there is none."""
    return connection.execute(select(REPORT.c.text).where(REPORT.c.id == report_id)).scalar_one_or_none()


def corrections(connection: Connection, incident_id: int) -> Mapping[str, AnyRow]:
    """The corrections that hold, by field: value, evidence, reason, who made it and when."""
    rows = connection.execute(
        select(*CORRECTION.c, EDITOR.c.display_name)
        .join(EDITOR, EDITOR.c.id == CORRECTION.c.editor_id)
        .where(CORRECTION.c.incident_id == incident_id, STANDS)
    )
    return {row.field: row for row in rows}


def similar(
    connection: Connection, base: str, first: date | None, last: date | None, *, but: Collection[int] = ()
) -> Sequence[AnyRow]:
    """Counted incidents on the same site within a day of these: public id, days, weapon, base. Those held apart are left out."""
    if first is None or last is None:
        return []
    own, other = BASE.alias(), BASE.alias()
    site = select(func.coalesce(own.c.parent_id, own.c.id)).where(own.c.slug == base).scalar_subquery()
    apart = select(DECISION.c.incident_id, DECISION.c.other_incident_id).where(DECISION.c.kind == "not_same", ~UNDONE)
    held_apart = {
        two if one in but else one for one, two in connection.execute(apart.where(_either(but))) if one in but or two in but
    }
    return connection.execute(
        select(INCIDENT, name_of(other, "short_en").label("base_name"))
        .join(other, other.c.id == INCIDENT.c.base_id)
        .where(
            func.coalesce(other.c.parent_id, other.c.id) == site,
            INCIDENT.c.date_start <= last + BESIDE,
            INCIDENT.c.date_end >= first - BESIDE,
            INCIDENT.c.review_status.in_(COUNTED_STATUSES),
            INCIDENT.c.id.not_in([*but, *held_apart]),
        )
        .order_by(INCIDENT.c.date_start, INCIDENT.c.id)
        .limit(10)
    ).all()


def _either(ids: Collection[int]) -> Any:
    return or_(DECISION.c.incident_id.in_(ids), DECISION.c.other_incident_id.in_(ids))


@dataclass(frozen=True, slots=True)
class Newer:
    """What somebody changed in one field since: the value before and after, who, and when."""

    field: str
    before: str | None
    after: str | None
    display_name: str | None
    made_at: str


def newer(connection: Connection, incident_id: int, seen: int) -> list[Newer]:
    """What changed in an incident's fields since a revision, the first first."""
    rows = connection.execute(
        select(CHANGE.c.field, CHANGE.c.before, CHANGE.c.after, EDITOR.c.display_name, ACT.c.made_at)
        .join(ACT, ACT.c.revision == CHANGE.c.revision)
        .outerjoin(EDITOR, EDITOR.c.id == ACT.c.editor_id)
        .where(CHANGE.c.subject == "incident", CHANGE.c.subject_id == incident_id)
        .where(CHANGE.c.revision > seen, CHANGE.c.stood.is_(False))
        .order_by(CHANGE.c.id)
    )
    return [Newer(*row) for row in rows]
