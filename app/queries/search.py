"""Searches incidents and reports: how many hold what was asked, the best of them, and the words around it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from pyroaring import BitMap
from sqlalchemy import Column, Connection, TableClause, exists, select

from app.db import AnyRow
from app.models.tables import INCIDENT, MENTION, REPORT, SOURCE
from app.models.words import INCIDENT_WORDS, REPORT_WORDS
from app.queries import incidents
from app.queries.bitmaps import bitmaps
from app.queries.filter import IncidentFilter
from app.queries.names import name_of
from app.queries.paging import latest_first
from app.queries.published import told
from app.queries.snippets import WORDS
from app.queries.words import HEAD, holds, rank
from app.searching import Excerpt, Piece, Sought, excerpt, sought

INCIDENTS, REPORTS, PAGES = 10, 10, 20
"""How many incidents a search shows, how many reports one page of it, and how many pages there are of them."""
RANKED = 5_000
"""Rows that hold any of the words asked for, up to which what is found is ranked by how well it answers: bm25 counts them all, in
a millisecond or two for 1,000. Of more, those with the words in a title or a name come first, and of these what came in last."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that holds what was asked: its title, and at most 25 words of it, both in pieces.

    The words come from its text or from what it states; there are none where only its title, its publisher or a name of a base
    that it tells of was found. The row has no text: what is not public leaves the register in these few words alone.
    """

    report: AnyRow
    title: Sequence[Piece]
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: all in numbers, and the best of it. `pages` is how many pages of reports can be shown."""

    incident_count: int
    incidents: Sequence[AnyRow]
    report_count: int
    reports: Sequence[Hit]
    pages: int


def search(connection: Connection, typed: str, *, page: int = 1) -> Found:
    """What holds all that a reader typed: the ten best incidents that count, and one page of the best reports.

    Those that answer best stand first, of equals the latest. There are at most twenty pages: who seeks more asks for more.
    """
    asked = sought(typed)
    incident_count, report_count = counts(connection, typed)
    return Found(
        incident_count=incident_count,
        incidents=_incidents(connection, asked) if incident_count else (),
        report_count=report_count,
        reports=_reports(connection, asked, page) if report_count else (),
        pages=min(-(-report_count // REPORTS), PAGES),
    )


def look_up(connection: Connection, typed: str) -> None:
    """Looks up which incidents hold each of these words, for the filter that asks for them next."""
    bitmaps(connection).with_words(connection, INCIDENT_WORDS, sought(typed))


def counts(connection: Connection, typed: str) -> tuple[int, int]:
    """How many incidents that count and how many reports hold all that a reader typed."""
    held = bitmaps(connection)
    of_incidents = held.found(connection, IncidentFilter().but("q", typed))
    return len(of_incidents), len(held.with_words(connection, REPORT_WORDS, sought(typed)))


def _best(
    connection: Connection, words: TableClause, asked: Sequence[Sought], among: BitMap, day: Column[date | None]
) -> list[int]:
    """Of these rows those that hold what was asked, the best first and of equals the latest by this column of their table."""
    held = bitmaps(connection)
    found = held.with_words(connection, words, asked) & among
    if sum(len(held.with_words(connection, words, (one,))) for one in asked) > RANKED:
        named = held.with_words(connection, words, asked, in_columns=HEAD) & among
        return list(islice(chain(reversed(named), reversed(found - named)), REPORTS * PAGES))
    ranked = select(words.c.rowid).join(day.table, day.table.c.id == words.c.rowid).where(holds(words, asked))
    ranked = ranked.order_by(rank(words), *latest_first(day, day.table))
    return list(islice((one for one in connection.execute(ranked).scalars() if one in found), REPORTS * PAGES))


def _incidents(connection: Connection, asked: Sequence[Sought]) -> list[AnyRow]:
    """The best incidents that count."""
    counted = bitmaps(connection).found(connection, IncidentFilter())
    best = _best(connection, INCIDENT_WORDS, asked, counted, INCIDENT.c.date_start)[:INCIDENTS]
    return incidents.listed(connection, best)


def _reports(connection: Connection, asked: Sequence[Sought], page: int) -> list[Hit]:
    """One page of the reports that hold what was asked, with what may be shown of them."""
    every = bitmaps(connection).with_words(connection, REPORT_WORDS, asked)
    best = _best(connection, REPORT_WORDS, asked, every, REPORT.c.published_date)[REPORTS * (page - 1) : REPORTS * page]
    rows = connection.execute(
        select(
            *(REPORT.c[name] for name in ("id", "kind", "title", "url", "lang", "published_date", "published_note")),
            name_of(SOURCE).label("publisher"),
        )
        .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
        .where(REPORT.c.id.in_(best))
    )
    found, texts = {row.id: row for row in rows}, _texts(connection, best)
    shown = ((found[one], texts[one]) for one in best)
    return [Hit(row, _marked(row.title, asked), _fullest(of_row, asked)) for row, of_row in shown]


def _texts(connection: Connection, ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The words of each report: its text, or else what it states of each attack; none of what may not be told yet."""
    found: Mapping[int, list[str]] = defaultdict(list)
    untold = exists().where(MENTION.c.report_id == REPORT.c.id, ~told())
    quotable = REPORT.c.id.in_(ids) & (REPORT.c.text_public | ~untold)
    for report_id, text in connection.execute(select(REPORT.c.id, REPORT.c.text).where(quotable)):
        if text:
            found[report_id].append(text)
    stated = select(MENTION.c.report_id, MENTION.c.base_as_written, MENTION.c.stated).where(MENTION.c.report_id.in_(ids), told())
    for report_id, base, words in connection.execute(stated.where(MENTION.c.stated != "").order_by(MENTION.c.id)):
        found[report_id].append(f"{base}: {words}" if base else words)
    return found


def _marked(title: str, asked: Sequence[Sought]) -> Sequence[Piece]:
    """A whole title; titles are public."""
    found = excerpt(title, asked, most=len(title))
    return found.pieces if found else (Piece(title, is_match=False),)


def _fullest(texts: Sequence[str], asked: Sequence[Sought]) -> Excerpt | None:
    """The words of that text which hold most of what was asked, the first of those."""
    found = [one for text in texts if (one := excerpt(text, asked, most=WORDS))]
    return max(found, key=lambda one: one.holds, default=None)
