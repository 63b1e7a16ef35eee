"""Reads published totals, and sets the latest beside what the register holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app.db import AnyRow
from app.models.tables import REPORT, SOURCE, TALLY, TALLY_PART
from app.queries.bitmaps import bitmaps
from app.queries.filter import IncidentFilter
from app.queries.names import name_of
from app.queries.once import once_a_revision
from app.queries.snippets import snippet

COUNTER, PUBLISHER = SOURCE.alias(), SOURCE.alias()


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A published total, its parts as (scope, count), and the words that say it where they were read."""

    tally: AnyRow
    parts: Sequence[tuple[str, int]]
    quote: str | None


def tallies(connection: Connection) -> list[TallyRow]:
    """All published totals, the latest first. One that was compiled from a page and also read in its text is one."""
    every = select(TALLY_PART.c.tally_id, TALLY_PART.c.scope, TALLY_PART.c.count).order_by(TALLY_PART.c.id)
    parts: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for tally_id, scope, count in connection.execute(every):
        parts[tally_id].append((scope, count))
    rows = connection.execute(
        select(
            *TALLY.c,
            COUNTER.c.slug.label("counter"),
            name_of(COUNTER).label("counter_name"),
            PUBLISHER.c.slug.label("publisher"),
            name_of(PUBLISHER).label("publisher_name"),
            REPORT.c.text_public,
            REPORT.c.url.label("report_url"),
        )
        .outerjoin(COUNTER, COUNTER.c.id == TALLY.c.counter_id)
        .join(PUBLISHER, PUBLISHER.c.id == TALLY.c.publisher_id)
        .join(REPORT, REPORT.c.id == TALLY.c.report_id)
        .order_by(TALLY.c.published_date.desc().nulls_last(), TALLY.c.id.desc())
    ).all()
    compiled = {_published(row): row for row in rows if row.ref is not None}
    read: dict[tuple[Any, ...], list[AnyRow]] = defaultdict(list)
    for row in rows:
        if row.ref is None:
            read[_published(row)].append(row)
    return [
        TallyRow(row, parts.get(row.id, ()), _words([row, *(read[_published(row)] if row.ref else ())]))
        for row in rows
        if row.ref is not None or _published(row) not in compiled
    ]


def _published(row: AnyRow) -> tuple[Any, ...]:
    """What makes two rows one published total: a compiled one and one that was read in the text of its page."""
    return (row.publisher, row.counter, row.scope, row.kind, row.bound, row._mapping["count"], row.start, row.published_date)


def _words(rows: Iterable[AnyRow]) -> str | None:
    """The first quote among rows of one total, cut to what may be shown."""
    return next((snippet(row.quote, whole=row.text_public) for row in rows if row.quote), None)


@dataclass(frozen=True, slots=True)
class Beside:
    """A counter's latest total for all of Syria, and how many incidents the register holds between the same two days."""

    count: int
    published: date
    start: date
    end: date
    held: int
    chosen: IncidentFilter
    parts: Mapping[str, int]


@once_a_revision
def latest_of(connection: Connection, counter: str = "sohr") -> Beside | None:
    """The counter's latest cumulative total for Syria, beside the register; its parts are those of the latest that has all."""
    found = _exact(connection, counter)
    if not found:
        return None
    latest, whole = found[0], next((row.id for row in found if row.parts_stated == "all"), None)
    end = latest.end or latest.published_date
    chosen = IncidentFilter().but("from", latest.start.isoformat()).but("to", end.isoformat())
    parts = select(TALLY_PART.c.scope, TALLY_PART.c.count).where(TALLY_PART.c.tally_id == whole)
    return Beside(
        count=latest._mapping["count"],
        published=latest.published_date,
        start=latest.start,
        end=end,
        held=len(bitmaps(connection).found(connection, chosen)),
        chosen=chosen,
        parts=dict(connection.execute(parts).all()),
    )


@once_a_revision
def totals_of(connection: Connection, counter: str = "sohr") -> list[AnyRow]:
    """The counter's totals that count from the same day as its latest, the latest first; of equal ones the first.

    These are the marks of the timeline.
    """
    found = _exact(connection, counter)
    said: dict[int, AnyRow] = {}
    # Of one that was compiled and also read, the list of totals has the compiled one.
    for row in sorted(found, key=lambda row: (row.published_date, row.ref is None, row.id)):
        if row.start == found[0].start:
            said.setdefault(row._mapping["count"], row)
    return list(said.values())[::-1]


def _exact(connection: Connection, counter: str) -> Sequence[AnyRow]:
    """The counter's exact cumulative totals for Syria that say since when they count, the latest first."""
    names = ("id", "ref", "count", "start", "end", "published_date", "parts_stated")
    return connection.execute(
        select(*(TALLY.c[name] for name in names))
        .join(SOURCE, SOURCE.c.id == TALLY.c.counter_id)
        .where(
            SOURCE.c.slug == counter,
            TALLY.c.kind == "cumulative",
            TALLY.c.scope == "all-syria",
            TALLY.c.bound == "=",
            TALLY.c.start.is_not(None),
            TALLY.c.published_date.is_not(None),
        )
        .order_by(TALLY.c.published_date.desc(), TALLY.c.id.desc())
    ).all()
