"""Reads reports for editors: whole texts, what was done to each, and what a new one is like. No public page reads from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Integer,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)

from app.db import AnyRow
from app.extract.folding import fold
from app.fields import REPORT_ACTS
from app.models.reports import HAS_UNREAD
from app.models.tables import ACT, CHANGE, EDITOR, INCIDENT, JOB, MENTION, REPORT, SOURCE
from app.models.words import REPORT_WORDS
from app.queries.names import name_of
from app.queries.paging import Page, page_of
from app.queries.reports import ReportPage, report_page
from app.queries.words import holds
from app.searching import sought

NEAR = timedelta(days=2)
"""So far apart two reports with like titles may be one."""
ALIKE = 0.6
"""From this share of common words on two titles are alike."""
_UNDO = ACT.alias()
_UNDATED = REPORT.c.published_date.is_(None)
_OF_NOBODY = select(SOURCE.c.id).where(SOURCE.c.slug == "unknown").scalar_subquery()
CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    "no_day": _UNDATED,
    "no_publisher": REPORT.c.publisher_id == _OF_NOBODY,
    "unread": literal_column(HAS_UNREAD, Boolean),
    "no_attack": and_(REPORT.c.kind == "text", ~exists().where(MENTION.c.report_id == REPORT.c.id)),
    "gone": and_(REPORT.c.kind == "text", REPORT.c.text.is_(None)),
}
"""What an editor may look for among reports, beside words."""


def page(connection: Connection, *, size: int, after: str = "", words: str = "", lacking: str = "") -> Page:
    """Reports that hold these words and of which this of CONDITIONS is true, the latest published first. Raises BadCursor."""
    mentions = select(func.count()).where(MENTION.c.report_id == REPORT.c.id).scalar_subquery()
    columns = ("id", "kind", "title", "url", "lang", "published_date", "published_note", "text_public")
    statement = select(
        *(REPORT.c[name] for name in columns),
        name_of(SOURCE).label("publisher"),
        mentions.label("mentions"),
        func.json_array_length(REPORT.c.unread).label("unread"),
    ).join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
    return page_of(connection, statement.where(_asked(words, lacking)), REPORT.c.published_date, REPORT, size=size, after=after)


def count(connection: Connection, *, words: str = "", lacking: str = "") -> int:
    """How many reports there are like these."""
    return connection.execute(select(func.count()).select_from(REPORT).where(_asked(words, lacking))).scalar_one()


def _asked(words: str, lacking: str) -> ColumnElement[bool]:
    found = REPORT.c.id.in_(select(REPORT_WORDS.c.rowid).where(holds(REPORT_WORDS, sought(words)))) if words else true()
    return and_(found, CONDITIONS.get(lacking, true()))


def report(connection: Connection, report_id: int) -> ReportPage | None:
    """The report with this number, with its whole text and whole quotes; or None."""
    return report_page(connection, report_id, for_editors=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """One act that changed a report: its row, who did it, and what it changed there; `undoable` while nobody took it back."""

    act: AnyRow
    changes: Sequence[AnyRow]
    undoable: bool


def history(connection: Connection, report_id: int) -> list[Kept]:
    """What editors did to a report, the latest first."""
    of = (CHANGE.c.subject == "report") & (CHANGE.c.subject_id == report_id)
    acts = connection.execute(
        select(ACT, EDITOR.c.display_name.label("editor"), exists().where(_UNDO.c.undoes == ACT.c.revision).label("undone"))
        .outerjoin(EDITOR, EDITOR.c.id == ACT.c.editor_id)
        .where(ACT.c.revision.in_(select(CHANGE.c.revision).where(of)))
        .order_by(ACT.c.revision.desc())
    ).all()
    changes = connection.execute(select(CHANGE).where(of).order_by(CHANGE.c.id)).all()
    return [
        Kept(act, [one for one in changes if one.revision == act.revision], act.kind in (*REPORT_ACTS, "undo") and not act.undone)
        for act in acts
    ]


def changed(connection: Connection, revision: int) -> Sequence[AnyRow]:
    """What an act changed in incidents, and what it left alone because a person had decided (`stood`), with their public ids."""
    return connection.execute(_CHANGED.where(CHANGE.c.revision == revision)).all()


def _told(side: ColumnElement[Any]) -> ColumnElement[Any]:
    """What a field held; another incident is told by its public id."""
    public_id = select(_OTHER.c.public_id).where(_OTHER.c.id == cast(side, Integer)).scalar_subquery()
    return case((CHANGE.c.field == "merged_into_id", public_id), else_=side).label(side.key)


_OTHER = INCIDENT.alias()
_CHANGED = (
    select(
        CHANGE.c.field, _told(CHANGE.c.before), _told(CHANGE.c.after), *(CHANGE.c.stood, CHANGE.c.revision), INCIDENT.c.public_id
    )
    .join(INCIDENT, INCIDENT.c.id == CHANGE.c.subject_id)
    .where(CHANGE.c.subject == "incident", CHANGE.c.field != "note")
    .order_by(CHANGE.c.stood, INCIDENT.c.id, CHANGE.c.id)
)


def changed_by_job(connection: Connection, job_id: int, *, most: int) -> Sequence[AnyRow]:
    """What the readings of a job changed in incidents, and what they left alone; at most so many rows."""
    of_job = select(ACT.c.revision).where(ACT.c.job_id == job_id)
    return connection.execute(_CHANGED.where(CHANGE.c.revision.in_(of_job)).limit(most)).all()


def made_by_job(connection: Connection, job_id: int, *, most: int) -> Sequence[str]:
    """The public ids of incidents that are new by the readings of a job; at most so many."""
    made = select(INCIDENT.c.public_id).join(ACT, ACT.c.revision == INCIDENT.c.made_in).where(ACT.c.job_id == job_id)
    return connection.execute(made.order_by(INCIDENT.c.id).limit(most)).scalars().all()


def day_given_back(connection: Connection, revision: int, report_id: int) -> date | None:
    """The day of publication that a report has once the act of this revision is taken back."""
    field = (CHANGE.c.revision == revision) & (CHANGE.c.field == "published_date") & (CHANGE.c.subject == "report")
    former = connection.execute(select(CHANGE.c.before).where(field)).one_or_none()
    if former is not None:
        return date.fromisoformat(former.before) if former.before else None
    return connection.execute(select(REPORT.c.published_date).where(REPORT.c.id == report_id)).scalar_one_or_none()


def changed_since(connection: Connection, report_id: int, seen: int) -> dict[str, str | None]:
    """What was known of a report at the revision `seen`, as changes keep it: of the fields that were changed since."""
    of = (CHANGE.c.subject == "report") & (CHANGE.c.subject_id == report_id) & (CHANGE.c.revision > seen)
    rows = connection.execute(select(CHANGE.c.field, CHANGE.c.before).where(of).order_by(CHANGE.c.id.desc()))
    return {row.field: row.before for row in rows}


def report_of(connection: Connection, revision: int) -> int | None:
    """The report that the act of this revision changed."""
    of = select(CHANGE.c.subject_id).where(CHANGE.c.revision == revision, CHANGE.c.subject == "report")
    return connection.execute(of).scalars().first()


@dataclass(frozen=True, slots=True)
class Like:
    """A report that is there already and is like a new one, and how: same_text, same_address or like_title."""

    report: AnyRow
    why: str


def alike(connection: Connection, *, digest: str, url: str, title: str, published: date | None) -> list[Like]:
    """The reports that a new one may repeat: of the same text (its hash) or address, or with a like title about the same day."""
    columns = (REPORT.c[name] for name in ("id", "title", "url", "lang", "published_date", "text_hash", "kind"))
    rows = select(*columns, name_of(SOURCE).label("publisher")).join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
    same = [REPORT.c.text_hash == digest]
    if url:
        same.append(REPORT.c.url == url)
    if title and published:
        same.append(REPORT.c.published_date.between(published - NEAR, published + NEAR) & (REPORT.c.title != ""))
    found = connection.execute(rows.where(or_(*same)).order_by(REPORT.c.id)).all()
    told = ((row, _likeness(row, digest, url, title)) for row in found)
    return [Like(row, why) for row, why in told if why]


def _likeness(row: AnyRow, digest: str, url: str, title: str) -> str:
    if row.text_hash == digest:
        return "same_text"
    if url and row.url == url:
        return "same_address"
    one, other = set(fold(row.title).split()), set(fold(title).split())
    return "like_title" if one and other and len(one & other) / len(one | other) >= ALIKE else ""


def sources(connection: Connection) -> Sequence[AnyRow]:
    """All sources by name: what a report's publisher and its origins are chosen from."""
    return connection.execute(select(SOURCE.c.slug, name_of(SOURCE).label("name")).order_by("name")).all()


def job_rows(connection: Connection, *, number: int | None = None, most: int = 50) -> Sequence[Any]:
    """The latest jobs with who asked for each; or the one with this number."""
    rows = select(JOB, EDITOR.c.display_name.label("editor")).join(EDITOR, EDITOR.c.id == JOB.c.editor_id)
    rows = rows.where(JOB.c.id == number) if number is not None else rows
    return connection.execute(rows.order_by(JOB.c.id.desc()).limit(most)).all()
