"""What editors do to reports: repairs of what is known of them, after which they are read again, and what is done with texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import EllipsisType
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.actions.acts import EditorAct, NewerVersion, editor_act
from app.actions.publishers import publisher_of
from app.actions.reports import Reread, read_again
from app.actions.revision import RefusedAction, as_kept, keep_changes
from app.actions.words import write_reports
from app.db import AnyRow
from app.extract import values as reading_values
from app.fields import REPORT_ACTS
from app.ingest import RawReport, RefusedInput, check_url, clean_line, parse_day
from app.models.tables import ACT, CHANGE, CLAIM, INCIDENT, MENTION, REPORT, SOURCE, TALLY
from app.queries.neighbourhood import incidents_around

REPAIRED = ("published_date", "published_note", "publisher", "url", "title", "lang", "origins")
"""What is known of a report and can be repaired."""
"""The kinds of acts that `undo_repair` takes back, as far as they changed a report."""
NOBODY = "nobody"
"""How a change tells that a report quotes nobody at all, where an editor said so; nothing is: as read."""
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did: its revision, under which its changes are kept, and how the text was read again, where there is one."""

    revision: int
    reread: Reread | None


def correct_report(
    engine: Engine,
    *,
    report_id: int,
    values: Values,
    reason: str,
    editor: str,
    reading: reading_values.Extraction | None = None,
    published: date | EllipsisType | None = ...,
    seen: int | None = None,
    token: str = "",
) -> Repaired:
    """Repairs what is known of a report; keys of `values` are REPAIRED. A text is read again in the same act: `reading`.

    `published` is the day that it was read with: OtherDay is raised where the report does not have that one after the repair.

    `published_date` is an ISO day or None, `publisher` any name of a source, or a new one; `origins` are slugs, and None lets
    stand whom its words quote. Raises RefusedAction, and NewerVersion where somebody changed it after revision `seen`.
    """
    if not reason or not values:
        raise RefusedAction("a repair needs what is to be repaired, and its reason")
    about = {"report": report_id, "fields": ",".join(sorted(values))}
    try:
        with editor_act(engine, "correct_report", about, editor=editor, reason=reason, token=token) as act:
            before = _take(act, report_id, seen)
            return Repaired(act.revision, _repair(act, before, _columns(act, before, values), reading, published))
    except (IntegrityError, OverflowError, ValueError) as error:
        raise RefusedAction(f"report {report_id}: {getattr(error, 'orig', error)}") from error


def _take(act: EditorAct, report_id: int, seen: int | None = None) -> AnyRow:
    """The report, as it was before the act."""
    found = act.session.connection().execute(_REPORT.where(REPORT.c.id == report_id)).one_or_none()
    if found is None:
        raise RefusedAction(f"there is no report with the number {report_id}")
    if seen is not None and (latest := _changed(act, report_id)) > seen:
        raise NewerVersion(f"report {report_id}", latest)
    return found


_REPORT = select(*REPORT.c, SOURCE.c.slug.label("publisher")).join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)


def _changed(act: EditorAct, report_id: int) -> int:
    """The last revision before this one that changed something known of the report."""
    of = (CHANGE.c.subject == "report") & (CHANGE.c.subject_id == report_id) & (CHANGE.c.field != "note")
    latest = select(func.max(CHANGE.c.revision)).where(of, CHANGE.c.revision < act.revision)
    return act.session.connection().execute(latest).scalar_one() or 0


def _columns(act: EditorAct, before: AnyRow, values: Values) -> dict[str, Any]:
    """The repaired values as the report's columns hold them. Raises RefusedAction for what cannot stand there."""
    if unknown := values.keys() - set(REPAIRED):
        raise RefusedAction(f"a report has no field {min(unknown)!r}")
    found: dict[str, Any] = {}
    for field, value in values.items():
        try:
            match field:
                case "published_date":
                    found[field] = parse_day(value and str(value), field)
                case "published_note" | "title":
                    found[field] = clean_line(value or "", field, field)
                case "url":
                    found[field] = check_url(clean_line(value or "", field, field), field)
                case "lang":
                    if value not in ("ar", "en", None):
                        raise RefusedAction(f"lang: {value!r} is none; it is ar, en or unknown")
                    found[field] = value
                case "publisher":
                    named = RawReport(None, publisher=clean_line(value or "", field, field), url=values.get("url", before.url))
                    found["publisher_id"] = publisher_of(act.session, named)
                case "origins":
                    found[field] = _checked_origins(act, value)
        except RefusedInput as refusal:
            raise RefusedAction(str(refusal)) from None
    return found


def _checked_origins(act: EditorAct, slugs: list[str] | None) -> list[str] | None:
    if slugs is None:
        return None
    known = set(act.session.connection().execute(select(SOURCE.c.slug).where(SOURCE.c.slug.in_(slugs))).scalars())
    if missing := set(slugs) - known:
        raise RefusedAction(f"origins: no source is called {min(missing)!r}")
    return sorted(known)


def _repair(
    act: EditorAct,
    before: AnyRow,
    columns: Values,
    reading: reading_values.Extraction | None,
    published: date | EllipsisType | None,
) -> Reread | None:
    changed = {name: value for name, value in columns.items() if value != before._mapping[name]}
    if not changed:
        raise RefusedAction(f"report {before.id}: nothing would change")
    _refuse_twin(act, before, changed)
    rows = act.session.connection()
    rows.execute(update(REPORT).where(REPORT.c.id == before.id).values(**changed, revision=act.revision))
    after = _keep(act, before)
    _date_totals(act, before, after)
    if before.text is not None:
        if reading is None:
            raise RefusedAction(f"report {before.id} has a text, which must be read again")
        return read_again(act.session, before.id, reading, act.revision, published)
    told = set(rows.execute(select(MENTION.c.incident_id).where(MENTION.c.report_id == before.id)).scalars())
    act.near.update(incidents_around(rows, told))
    if "origins" in changed:
        _tell_origins(act, before, changed["origins"])
    write_reports(rows, [before.id])
    act.settle(told)
    return None


KEPT = (*REPAIRED, "text_public", "text_licence")


def _keep(act: EditorAct, before: AnyRow) -> AnyRow:
    """Keeps what the act changed in a report. Returns the report as it is now."""
    after = act.session.connection().execute(_REPORT.where(REPORT.c.id == before.id)).one()
    changed = {name: (_told(before, name), _told(after, name)) for name in KEPT}
    keep_changes(act.session, act.revision, "report", before.id, changed)
    return after


def _told(row: AnyRow, name: str) -> object:
    """What a change keeps of a column."""
    value = row._mapping[name]
    if name == "origins":
        return None if value is None else ", ".join(value) or NOBODY
    return ("yes" if value else "") if name == "text_public" else value


def _refuse_twin(act: EditorAct, before: AnyRow, changed: Values) -> None:
    """Raises RefusedAction where the repair would make the report the same as another one."""
    of = {"publisher_id": before.publisher_id, "url": before.url, "title": before.title, **changed}
    match before.kind:
        case "text":
            same = REPORT.c.text_hash == before.text_hash
        case "page":
            same = (REPORT.c.kind == "page") & (REPORT.c.url == of["url"])
            if not of["url"]:
                raise RefusedAction(f"report {before.id} is known by its address alone: it needs one")
        case _:
            same = (REPORT.c.kind == "compilation") & (REPORT.c.title == of["title"])
    others = select(REPORT.c.id).where(same, REPORT.c.publisher_id == of["publisher_id"], REPORT.c.id != before.id)
    if (other := act.session.connection().execute(others).scalars().first()) is not None:
        raise RefusedAction(
            f"report {before.id} would be the same as report {other}, which this publisher has already: repair that one instead"
        )


def _tell_origins(act: EditorAct, before: AnyRow, origins: list[str] | None) -> None:
    """Has the mentions of a report that is not read told by these sources; None: by those that they were told by at first.

    Those are set aside as alternatives, which stay and settle nothing.
    """
    rows = act.session.connection()
    mentions = rows.execute(select(MENTION.c.id).where(MENTION.c.report_id == before.id)).scalars().all()
    of = CLAIM.c.mention_id.in_(mentions) & (CLAIM.c.field == "origin")
    if before.origins is not None:
        rows.execute(delete(CLAIM).where(of, CLAIM.c.alternative.is_(False)))
    rows.execute(update(CLAIM).where(of).values(alternative=origins is not None))
    told = {"field": "origin", "basis": "compiled", "alternative": False}
    if new := [{"mention_id": one, "value": slug, **told} for one in mentions for slug in origins or ()]:
        rows.execute(insert(CLAIM), new)


def _date_totals(act: EditorAct, before: AnyRow, after: AnyRow) -> None:
    """Totals that have publisher or day from their report follow it, those that an editor marked in a text too."""
    rows = act.session.connection()
    for column, of in (("published_date", "published_date"), ("publisher_id", "publisher_id")):
        same = TALLY.c[column].is_not_distinct_from(before._mapping[of])
        new = {column: after._mapping[of]}
        if before._mapping[of] != after._mapping[of]:
            rows.execute(update(TALLY).where(TALLY.c.report_id == before.id, TALLY.c.ref.is_(None), same).values(**new))


def undo_repair(
    engine: Engine,
    *,
    revision: int,
    editor: str,
    reason: str = "",
    reading: reading_values.Extraction | None = None,
    published: date | EllipsisType | None = ...,
    token: str = "",
) -> Repaired:
    """Takes back what this act changed in a report, as a new act; an undo may be undone too. Raises RefusedAction.

    `reading` is of the day that the report gets back: `published`; OtherDay is raised where it gets another one.
    """
    about = {"taken_back": revision}
    try:
        with editor_act(engine, "undo", about, editor=editor, reason=reason, token=token, undoes=revision) as act:
            before, columns = _former(act, revision)
            if columns.keys() <= {"text_public", "text_licence"}:
                shown = {"text_public": before.text_public, "text_licence": before.text_licence, **columns}
                _set_shown(act, before, shown["text_public"], shown["text_licence"])
                return Repaired(act.revision, None)
            return Repaired(act.revision, _repair(act, before, columns, reading, published))
    except IntegrityError as error:
        raise RefusedAction(f"revision {revision}: {error.orig}") from error


def _former(act: EditorAct, revision: int) -> tuple[AnyRow, dict[str, Any]]:
    """The report that an act changed, and the columns as they were before that. Raises RefusedAction where that cannot be."""
    rows = act.session.connection()
    kind = rows.execute(select(ACT.c.kind).where(ACT.c.revision == revision)).scalar_one_or_none()
    of_report = (CHANGE.c.subject == "report") & CHANGE.c.field.in_(KEPT)
    changes = rows.execute(select(CHANGE).where(CHANGE.c.revision == revision, of_report)).all()
    if kind not in (*REPORT_ACTS, "undo") or not changes:
        raise RefusedAction(f"revision {revision} is nothing of a report that can be undone")
    again = select(ACT.c.revision).where(ACT.c.undoes == revision, ACT.c.revision < act.revision)
    if (done := rows.execute(again).scalars().first()) is not None:
        raise RefusedAction(f"revision {revision} was undone already, in revision {done}")
    before = _take(act, changes[0].subject_id)
    for change in changes:
        if as_kept(_told(before, change.field)) != change.after:
            latest = _changed(act, before.id)
            raise RefusedAction(f"{change.field} was changed again since, in revision {latest}: undo that first")
    former = {change.field: change.before for change in changes}
    columns = _columns(act, before, {name: as_given(name, value) for name, value in former.items() if name in REPAIRED})
    shown = {name: value or "" for name, value in former.items() if name not in REPAIRED}
    return before, columns | shown | ({"text_public": bool(shown["text_public"])} if "text_public" in shown else {})


def as_given(name: str, kept: str | None) -> object:
    """A value of REPAIRED as a change keeps it, as a repair gives it."""
    if name == "origins" and kept is not None:
        return [] if kept == NOBODY else kept.split(", ")
    return kept


def take_down(engine: Engine, *, report_id: int, reason: str, editor: str, token: str = "") -> int:
    """Takes the text of a report out of the register for good; what was read in it and quoted stays. Returns the revision.

    It cannot be undone. Raises RefusedAction.
    """
    if not reason:
        raise RefusedAction("to take a text down needs its reason")
    with editor_act(engine, "take_down", {"report": report_id}, editor=editor, reason=reason, token=token) as act:
        before, rows = _take(act, report_id), act.session.connection()
        if before.text is None:
            raise RefusedAction(f"report {report_id} has no text to take down")
        # Its hash stays: who brings the same text again is told that it is there.
        gone: dict[str, Any] = {"text": None, "text_public": False, "text_licence": "", "unread": []}
        rows.execute(update(REPORT).where(REPORT.c.id == report_id).values(**gone, revision=act.revision))
        _keep(act, before)
        keep_changes(act.session, act.revision, "report", report_id, {"text": (len(before.text), None)})
        write_reports(rows, [report_id])
        return act.revision


def publish_text(engine: Engine, *, report_id: int, licence: str, reason: str, editor: str, token: str = "") -> int:
    """Lets everybody read the text of a report, under this licence. Returns the revision. Raises RefusedAction."""
    if not licence.strip():
        raise RefusedAction("a text is public under a licence: name it")
    return _show(engine, "publish_text", report_id, True, licence.strip(), reason, editor, token)


def withhold_text(engine: Engine, *, report_id: int, reason: str, editor: str, token: str = "") -> int:
    """Keeps the text of a report for editors again. Returns the revision. Raises RefusedAction."""
    return _show(engine, "withhold_text", report_id, False, "", reason, editor, token)


def _show(engine: Engine, kind: str, report_id: int, public: bool, licence: str, reason: str, editor: str, token: str) -> int:
    if not reason:
        raise RefusedAction("this needs its reason")
    with editor_act(engine, kind, {"report": report_id}, editor=editor, reason=reason, token=token) as act:
        _set_shown(act, _take(act, report_id), public, licence)
        return act.revision


def _set_shown(act: EditorAct, before: AnyRow, public: bool, licence: str) -> None:
    if public and before.text is None:
        raise RefusedAction(f"report {before.id} has no text to show")
    if (before.text_public, before.text_licence) == (public, licence):
        raise RefusedAction(f"report {before.id}: nothing would change")
    of = update(REPORT).where(REPORT.c.id == before.id)
    act.session.connection().execute(of.values(text_public=public, text_licence=licence, revision=act.revision))
    _keep(act, before)


def note(engine: Engine, *, subject: str, of: int | str, text: str, editor: str, token: str = "") -> int:
    """Writes a note on a report (its number) or an incident (its public id), which changes nothing. Returns the revision."""
    if not text.strip():
        raise RefusedAction("a note needs words")
    with editor_act(engine, "note", {subject: of}, editor=editor, token=token) as act:
        table, named = (INCIDENT, INCIDENT.c.public_id) if subject == "incident" else (REPORT, REPORT.c.id)
        found = act.session.connection().execute(select(table.c.id).where(named == of)).scalar_one_or_none()
        if found is None:
            raise RefusedAction(f"there is no {subject} {of!r}")
        keep_changes(act.session, act.revision, subject, found, {"note": (None, text.strip())})
        return act.revision
