"""Stores what was read in a report: its mentions with their claims, its tallies and its non-strike events."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, insert, select
from sqlmodel import Session

from app.actions.incidents import check_names, resettle
from app.actions.placing import Placed, place
from app.actions.revision import RefusedAction, add_row
from app.actions.words import write_reports
from app.extract import values
from app.models.tables import BASE, CLAIM, MENTION, NON_STRIKE_EVENT, SOURCE, TALLY, TALLY_PART
from app.queries.neighbourhood import Arrival

_BASES = select(BASE.c.slug, BASE.c.id)


@dataclass(frozen=True, slots=True)
class Read:
    """A stored report, and what was read in it.

    `text` is the identity of the report's text; `arrivals` are the reading's mentions, in its order, with what is known of where
    they belong. The tallies take publisher and day from the report.
    """

    report_id: int
    text: str
    publisher_id: int
    published: date | None
    version: str | None
    reading: values.Extraction
    arrivals: Sequence[Arrival]


def store(
    session: Session, texts: Sequence[Read], revision: int, *, left: Iterable[int] = (), former: Collection[int] = ()
) -> Placed:
    """Stores readings and settles all incidents that they change. Raises RefusedAction for a base or source that is not known.

    `left` are incidents whose mentions can have come apart; from those that are `former` mentions of these reports were taken.
    """
    bases = dict(session.connection().execute(_BASES).all())
    arrivals = [arrival for read in texts for arrival in read.arrivals]
    if missing := {arrival.base for arrival in arrivals} - bases.keys():
        raise RefusedAction(f"no base is called {min(missing)!r}")
    claims = [claim for arrival in arrivals for claim in arrival.mention.claims]
    check_names(session, {(claim.field, claim.value) for claim in claims if claim.field != "base"})
    placed = place(session, [(read.text, read.arrivals) for read in texts], revision=revision, left=tuple(left))
    for read, incidents in zip(texts, placed.incidents, strict=True):
        for arrival, incident_id in zip(read.arrivals, incidents, strict=True):
            _add_mention(session, read, arrival, incident_id, bases)
        marked = marked_by_hand(session, TALLY, read.report_id)
        for tally in read.reading.tallies:
            if not overlaps(tally.span, marked):
                add_tally(session, read, tally, bases)
        marked = marked_by_hand(session, NON_STRIKE_EVENT, read.report_id)
        events = [event for event in read.reading.non_strike_events if not overlaps(event.span, marked)]
        _insert(session, NON_STRIKE_EVENT, [_event(read, event) for event in events])
    write_reports(session.connection(), [read.report_id for read in texts])
    still = session.connection().execute(select(MENTION.c.incident_id).where(MENTION.c.incident_id.in_(former)).distinct())
    resettle(session, placed.changed.union(still.scalars()), revision)
    return placed


ALIKE = 64
"""So many mentions of one base in one sentence are told apart by their order."""


def arrivals_of(reading: values.Extraction) -> list[Arrival]:
    """The mentions that the machine read, each with its place: where its words begin, and its order on its base there."""
    before: Counter[tuple[int, str | None]] = Counter()
    arrivals = []
    for mention in reading.mentions:
        start = mention.anchor.start if mention.anchor else 0
        place = (start, mention.value("base"))
        arrivals.append(Arrival(mention, start * ALIKE + before[place], nth=_nth(mention, reading.tallies)))
        before[place] += 1
    return arrivals


def _nth(mention: values.Mention, tallies: Iterable[values.Tally]) -> int | None:
    """Its number on its base, where the same words count it ("the third time today")."""
    anchor = mention.anchor
    counted = [
        tally.count
        for tally in tallies
        if tally.kind == "ordinal" and tally.scope == mention.value("base") and tally.start is None
        if anchor and tally.span and tally.span.start < anchor.end and anchor.start < tally.span.end
    ]
    return counted[0] if len(counted) == 1 else None


BY_HAND = "editor"
"""The rule of what an editor marked in a text."""


def marked_by_hand(session: Session, table: Table, report_id: int) -> list[tuple[int, int]]:
    """Where in a report an editor marked rows of this table: the machine's over the same words give way to them."""
    spans = select(table.c.span_start, table.c.span_end).where(table.c.report_id == report_id, table.c.rule == BY_HAND)
    return [(row.span_start, row.span_end) for row in session.connection().execute(spans)]


def overlaps(span: values.Span | None, marked: Iterable[tuple[int, int]]) -> bool:
    """Whether some words share characters with any of these."""
    return span is not None and any(start < span.end and span.start < end for start, end in marked)


def forget(session: Session, report_id: int, mention_ids: Sequence[int]) -> None:
    """Takes out what an earlier reading of the report found: these mentions, its tallies and its non-strike events."""
    rows = session.connection()
    rows.execute(delete(CLAIM).where(CLAIM.c.mention_id.in_(mention_ids)))
    rows.execute(delete(MENTION).where(MENTION.c.id.in_(mention_ids)))
    for table in (TALLY, NON_STRIKE_EVENT):
        forget_marks(session, table, (table.c.report_id == report_id) & table.c.rule.is_distinct_from(BY_HAND))


def forget_marks(session: Session, table: Table, which: ColumnElement[bool]) -> None:
    """Takes out tallies, with their parts, or non-strike events."""
    rows = session.connection()
    if table is TALLY:
        rows.execute(delete(TALLY_PART).where(TALLY_PART.c.tally_id.in_(select(TALLY.c.id).where(which))))
    rows.execute(delete(table).where(which))


def _event(read: Read, event: values.NonStrikeEvent) -> dict[str, Any]:
    row = {"report_id": read.report_id, "kind": event.kind, "rule": event.rule, "extractor_version": read.reading.version}
    return row | _span(event.span)


def _add_mention(session: Session, read: Read, arrival: Arrival, incident_id: int, bases: Mapping[str, int]) -> None:
    mention = arrival.mention
    row = {
        "report_id": read.report_id,
        "incident_id": incident_id,
        "born_id": arrival.born or incident_id,
        "linked_by": arrival.linked_by,
        "lost": False,
        "position": arrival.position,
        "nth": arrival.nth,
        "ref": mention.ref,
        "base_id": bases[arrival.base],
        "base_as_written": mention.base_as_written,
        "stated": mention.stated,
        "date_start": _day(mention.value("date_start")),
        "date_end": _day(mention.value("date_end") or mention.value("date_start")),
        "extractor_version": read.version,
    }
    if arrival.former is not None:  # what acts keep of it stays true
        row["id"] = arrival.former
    mention_id = add_row(session, MENTION, row | _span(mention.anchor))
    _insert(
        session,
        CLAIM,
        [
            {
                "mention_id": mention_id,
                "field": claim.field,
                "value": claim.value,
                "basis": claim.basis,
                "alternative": claim.alternative,
                "rule": claim.rule,
            }
            | _span(claim.span)
            for claim in mention.claims
        ],
    )


def add_tally(session: Session, read: Read, tally: values.Tally, bases: Mapping[str, int]) -> int:
    """Stores a tally that a report printed, and returns its id. Raises RefusedAction for a source that is not known."""
    slugs = {tally.counter, tally.publisher} - {None}
    named = select(SOURCE.c.slug, SOURCE.c.id).where(SOURCE.c.slug.in_(slugs))
    sources: dict[str | None, int] = dict(session.connection().execute(named).all())
    if missing := slugs - sources.keys():
        raise RefusedAction(f"no source is called {min(map(str, missing))!r}")
    row = {
        "report_id": read.report_id,
        "ref": tally.ref,
        "counter_id": sources.get(tally.counter),
        "publisher_id": sources.get(tally.publisher, read.publisher_id),
        "published_date": _day(tally.published) or read.published,
        "published_basis": tally.published_basis,
        "scope": tally.scope,
        "kind": tally.kind,
        "bound": tally.bound,
        "count": tally.count,
        "start": _day(tally.start),
        "end": _day(tally.end),
        "parts_stated": tally.parts_stated or _parts_stated(tally),
        "note": tally.note,
        "urls": list(tally.urls),
        "rule": tally.rule,
        "extractor_version": read.version,
    }
    tally_id = add_row(session, TALLY, row | _span(tally.span))
    _insert(
        session,
        TALLY_PART,
        [
            {"tally_id": tally_id, "scope": part.scope, "base_id": bases.get(part.scope), "count": part.count} | _span(part.span)
            for part in {part.scope: part for part in tally.parts}.values()
        ],
    )
    return tally_id


def _parts_stated(tally: values.Tally) -> str:
    if not tally.parts:
        return "none"
    return "all" if sum(part.count for part in tally.parts) == tally.count else "cut"


def _insert(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(table), rows)


def _span(span: values.Span | None) -> dict[str, Any]:
    start, end, quote = (span.start, span.end, span.quote) if span else (None, None, None)
    return {"span_start": start, "span_end": end, "quote": quote}


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
