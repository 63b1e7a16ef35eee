"""Searches incidents and reports: how many hold what was asked, the best of them, and the words around it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, TableClause, exists, func, select

from app.db import AnyRow
from app.models.tables import INCIDENT, MENTION, REPORT, SOURCE
from app.models.words import INCIDENT_WORDS, REPORT_WORDS
from app.queries import incidents
from app.queries.filter import IncidentFilter
from app.queries.names import name_of
from app.queries.paging import latest_first
from app.queries.published import COUNTED, told
from app.queries.snippets import WORDS
from app.queries.words import holds, rank
from app.searching import Excerpt, Piece, Sought, excerpt, sought

INCIDENTS, REPORTS, PAGES = 10, 10, 20
"""How many incidents a search shows, how many reports one page of it, and how many pages there are of them."""
RANKED = 2_000
"""Of more reports or incidents than these only the latest that came in are ranked: to rank 20,000 takes 20 to 40 ms."""


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


def counts(connection: Connection, typed: str) -> tuple[int, int]:
    """How many incidents that count and how many reports hold all that a reader typed."""
    of_incidents = select(INCIDENT.c.id).where(IncidentFilter().but("q", typed).condition())
    of_reports = select(REPORT_WORDS.c.rowid).where(holds(REPORT_WORDS, sought(typed)))
    return _count(connection, of_incidents), _count(connection, of_reports)


def _count(connection: Connection, found: Select[int]) -> int:
    return connection.execute(select(func.count()).select_from(found.subquery())).scalar_one()


def _best(words: TableClause, asked: Sequence[Sought]) -> Select[Any]:
    """The rows that hold what was asked, with their rank, the best first and of equals the latest."""
    found = select(words.c.rowid).where(holds(words, asked)).order_by(words.c.rowid.desc())
    first = func.coalesce(found.offset(RANKED - 1).limit(1).scalar_subquery(), 0)
    ranked = select(words.c.rowid, rank(words).label("rank")).where(holds(words, asked), words.c.rowid >= first)
    return ranked.order_by("rank", words.c.rowid.desc())


def _incidents(connection: Connection, asked: Sequence[Sought]) -> list[AnyRow]:
    """The best incidents that count."""
    best = _best(INCIDENT_WORDS, asked).join(INCIDENT, INCIDENT.c.id == INCIDENT_WORDS.c.rowid)
    counted = best.where(COUNTED).limit(INCIDENTS)
    places = {row.rowid: place for place, row in enumerate(connection.execute(counted))}
    found = connection.execute(incidents.rows().where(INCIDENT.c.id.in_(places)))
    return sorted(found, key=lambda row: places[row.id])


def _reports(connection: Connection, asked: Sequence[Sought], page: int) -> list[Hit]:
    """One page of the reports that hold what was asked, with what may be shown of them."""
    best = _best(REPORT_WORDS, asked).limit(REPORTS * PAGES).subquery()
    rows = connection.execute(
        select(
            *(REPORT.c[name] for name in ("id", "kind", "title", "url", "lang", "published_date", "published_note")),
            name_of(SOURCE).label("publisher"),
        )
        .join(best, best.c.rowid == REPORT.c.id)
        .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
        .order_by(best.c.rank, *latest_first(REPORT.c.published_date, REPORT))
        .limit(REPORTS)
        .offset(REPORTS * (page - 1))
    ).all()
    texts = _texts(connection, [row.id for row in rows])
    return [Hit(row, _marked(row.title, asked), _fullest(texts[row.id], asked)) for row in rows]


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
