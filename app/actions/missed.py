"""What the machine missed in a text, marked there by an editor: an incident, a published total, what only looks like a strike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, Table, insert, select
from sqlalchemy.exc import IntegrityError

from app import fields
from app.actions.acts import EditorAct, editor_act
from app.actions.decisions import Evidence, Values, check_values, correct_one
from app.actions.incidents import new_incident
from app.actions.readings import ALIKE, BY_HAND, Read, add_tally, forget_marks
from app.actions.revision import RefusedAction, add_row, keep_changes
from app.actions.words import write_reports
from app.db import AnyRow
from app.extract import values as read
from app.models.tables import BASE, CLAIM, INCIDENT, MENTION, NON_STRIKE_EVENT, REPORT, TALLY

_UNFIT = (IntegrityError, OverflowError, ValueError)
"""What values that do not fit the tables end in."""


def add_incident(
    engine: Engine,
    *,
    report_id: int,
    span_start: int,
    span_end: int,
    values: Values,
    reason: str,
    editor: str,
    evidence: Mapping[str, Evidence] | None = None,
    token: str = "",
) -> str:
    """Adds an incident that the machine missed, with the words of a report that tell of it. Returns its public id.

    `values` are the editor's, its base among them; `evidence` are the words behind some of them. Nothing joins or moves it but
    an editor. Raises RefusedAction.
    """
    check_values(values)
    if not reason or not values.get("base"):
        raise RefusedAction("an incident that is added needs its base, and a reason")
    try:
        with editor_act(engine, "add_incident", {"report": report_id}, reason=reason, editor=editor, token=token) as act:
            words = _words(act, report_id, span_start, span_end)
            incident = _add_mention(act, report_id, words, values)
            correct_one(act, incident, values, evidence or {})
            act.settle([incident])
            write_reports(act.session.connection(), [report_id])
            named = select(INCIDENT.c.public_id).where(INCIDENT.c.id == incident)
            return str(act.session.connection().execute(named).scalar_one())
    except _UNFIT as error:
        raise RefusedAction(f"report {report_id}: {getattr(error, 'orig', error)}") from error


def _words(act: EditorAct, report_id: int, start: int, end: int) -> read.Span:
    """Some characters of a report's text. Raises RefusedAction where it has none, or none there."""
    text = act.session.connection().execute(select(REPORT.c.text).where(REPORT.c.id == report_id)).scalar()
    if text is None:
        raise RefusedAction(f"there is no report {report_id} with a text")
    if not 0 <= start < end <= len(text):
        raise RefusedAction(f"report {report_id} has no words from {start} to {end}: it has {len(text)} characters")
    return read.Span(start, end, text[start:end])


def _add_mention(act: EditorAct, report_id: int, words: read.Span, values: Values) -> int:
    """Stores a mention of these words, with its base and days as they say it, and its incident; returns the incident's id."""
    rows, base = act.session.connection(), values["base"]
    base_id = rows.execute(select(BASE.c.id).where(BASE.c.slug == base)).scalar()
    if base_id is None:
        raise RefusedAction(f"no base is called {base!r}")
    start = values.get("date_start")
    end = values.get("date_end") or start
    incident = new_incident(act.session, base_id=base_id, revision=act.revision)
    span = {"span_start": words.start, "span_end": words.end, "quote": words.quote}
    row = {
        "report_id": report_id,
        "incident_id": incident,
        "born_id": incident,
        "linked_by": "editor",
        "lost": False,
        "position": _free_place(act, report_id, words.start),
        "base_id": base_id,
        "date_start": fields.iso_day(start) if start else None,
        "date_end": fields.iso_day(end) if start and end else None,
    }
    mention = add_row(act.session, MENTION, row | span)
    said = {"base": base} | ({"date_start": start, "date_end": end} if start else {})
    claims = [
        {"mention_id": mention, "field": name, "value": value, "basis": "quote", "rule": BY_HAND} for name, value in said.items()
    ]
    rows.execute(insert(CLAIM), [claim | span for claim in claims])
    act.put_in(mention)
    return incident


def _free_place(act: EditorAct, report_id: int, start: int) -> int:
    """A place in the text that no mention has: the machine counts from the first of a place, an editor from the last."""
    of_report = select(MENTION.c.position).where(MENTION.c.report_id == report_id)
    taken = set(act.session.connection().execute(of_report).scalars())
    places = range(start * ALIKE + ALIKE - 1, start * ALIKE - 1, -1)
    free = next((place for place in places if place not in taken), None)
    if free is None:
        raise RefusedAction(f"report {report_id} has {ALIKE} mentions at {start} already: choose other words")
    return free


def mark_tally(
    engine: Engine,
    *,
    report_id: int,
    span_start: int,
    span_end: int,
    tally: read.Tally,
    editor: str,
    reason: str = "",
    token: str = "",
) -> int:
    """Marks words of a report as a published total; what the machine read there gives way. Returns the total's id.

    Of `tally` everything counts but its span and rule. Raises RefusedAction.
    """
    try:
        with editor_act(engine, "mark_tally", {"report": report_id}, reason=reason, editor=editor, token=token) as act:
            words = _words(act, report_id, span_start, span_end)
            rows = act.session.connection()
            _give_way(act, TALLY, report_id, words)
            report = rows.execute(select(REPORT).where(REPORT.c.id == report_id)).one()
            bases = dict(rows.execute(select(BASE.c.slug, BASE.c.id)).all())
            by_hand = replace(tally, span=words, rule=BY_HAND)
            text = report.text_hash
            stored = Read(report_id, text, report.publisher_id, report.published_date, None, read.Extraction(BY_HAND), ())
            marked = add_tally(act.session, stored, by_hand, bases)
            _keep(act, TALLY, marked, is_new=True)
            return marked
    except _UNFIT as error:
        raise RefusedAction(f"report {report_id}: {getattr(error, 'orig', error)}") from error


def mark_event(
    engine: Engine, *, report_id: int, span_start: int, span_end: int, kind: str, editor: str, reason: str = "", token: str = ""
) -> int:
    """Marks words of a report as what looks like a strike and is none (one of NON_STRIKE_KINDS). Returns its id.

    What the machine read there as such gives way. Raises RefusedAction.
    """
    if kind not in fields.NON_STRIKE_KINDS:
        raise RefusedAction(f"{kind!r} is no kind of such an event; known are {', '.join(fields.NON_STRIKE_KINDS)}")
    with editor_act(engine, "mark_event", {"report": report_id}, reason=reason, editor=editor, token=token) as act:
        words = _words(act, report_id, span_start, span_end)
        _give_way(act, NON_STRIKE_EVENT, report_id, words)
        span = {"span_start": words.start, "span_end": words.end, "quote": words.quote}
        row = {"report_id": report_id, "kind": kind, "rule": BY_HAND, "extractor_version": BY_HAND}
        marked = add_row(act.session, NON_STRIKE_EVENT, row | span)
        _keep(act, NON_STRIKE_EVENT, marked, is_new=True)
        return marked


def unmark_tally(engine: Engine, *, tally: int, editor: str, reason: str = "", token: str = "") -> int:
    """Takes back a total that an editor marked: the next reading brings back what the machine reads. Returns the revision.

    Raises RefusedAction.
    """
    return _unmark(engine, TALLY, tally, editor, reason, token)


def unmark_event(engine: Engine, *, event: int, editor: str, reason: str = "", token: str = "") -> int:
    """Takes back an event that an editor marked: the next reading brings back what the machine reads. Returns the revision.

    Raises RefusedAction.
    """
    return _unmark(engine, NON_STRIKE_EVENT, event, editor, reason, token)


def _unmark(engine: Engine, table: Table, marked: int, editor: str, reason: str, token: str) -> int:
    kind = f"unmark_{_FIELD[table.name]}"
    with editor_act(engine, kind, {"marked": marked}, reason=reason, editor=editor, token=token) as act:
        which = (table.c.id == marked) & (table.c.rule == BY_HAND)
        if act.session.connection().execute(select(table.c.id).where(which)).one_or_none() is None:
            raise RefusedAction(f"no editor marked a {_FIELD[table.name]} with the number {marked}")
        _keep(act, table, marked, is_new=False)
        forget_marks(act.session, table, which)
        return act.revision


_FIELD = {"tally": "tally", "non_strike_event": "event"}
"""What a mark in a report is called among what acts changed."""


def _give_way(act: EditorAct, table: Table, report_id: int, words: read.Span) -> None:
    """Takes out what the machine read in these words. Raises RefusedAction where an editor marked them before."""
    beside = (table.c.report_id == report_id) & (table.c.span_start < words.end) & (table.c.span_end > words.start)
    for row in act.session.connection().execute(select(table).where(beside)).all():
        if row.rule == BY_HAND:
            raise RefusedAction(f"report {report_id}: these words are marked already, as {_in_words(table, row)}")
        _keep(act, table, row.id, is_new=False)
    forget_marks(act.session, table, beside)


def _keep(act: EditorAct, table: Table, marked: int, *, is_new: bool) -> None:
    """Keeps on its report that a mark came, or went."""
    row = act.session.connection().execute(select(table).where(table.c.id == marked)).one()
    text = _in_words(table, row)
    change = (None, text) if is_new else (text, None)
    keep_changes(act.session, act.revision, "report", row.report_id, {_FIELD[table.name]: change})


def _in_words(table: Table, row: AnyRow) -> str:
    """A mark as it is kept: what it says, and its words."""
    says: Sequence[Any] = (row.scope, row.bound, row.count, row.start, row.end) if table is TALLY else (row.kind,)
    return f"{' '.join(str(one) for one in says if one is not None)}: {row.quote}"
