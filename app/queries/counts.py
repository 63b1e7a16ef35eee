"""Counts of incidents under a filter. Each follows the same filter, so that the numbers of a page agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import Connection, Select, case, extract, func, select

from app.fields import GRADINGS, WEAPONS
from app.models.tables import BASE, INCIDENT, REPORT
from app.queries.filter import FILTERS, IncidentFilter
from app.queries.reference import Site

CODES = {"weapon": WEAPONS, "grading": GRADINGS}


@dataclass(frozen=True, slots=True)
class Headline:
    """How many incidents a filter finds, from when until when, and how many of them have no day or no point on the map."""

    total: int
    first: date | None
    last: date | None
    undated: int
    unplaced: int


def headline(connection: Connection, chosen: IncidentFilter) -> Headline:
    """The numbers that a page opens with. `undated` counts what has no day under the filter without its days."""
    row = connection.execute(
        select(func.count(), func.min(INCIDENT.c.date_start), func.max(INCIDENT.c.date_end)).where(chosen.condition())
    ).one()
    undated = chosen.but("from").but("to").condition() & INCIDENT.c.date_start.is_(None)
    return Headline(
        total=row[0],
        first=row[1],
        last=row[2],
        undated=_count(connection, select(func.count()).select_from(INCIDENT).where(undated)),
        unplaced=_count(
            connection,
            select(func.count()).select_from(INCIDENT).join(BASE, BASE.c.id == INCIDENT.c.base_id)
            .where(chosen.condition(), BASE.c.latitude.is_(None)),
        ),
    )  # fmt: skip


def _count(connection: Connection, statement: Select[int]) -> int:
    return connection.execute(statement).scalar_one()


@dataclass(frozen=True, slots=True)
class SiteCount:
    """Incidents of one site, its own and those of its children, which are listed apart."""

    site: Site
    count: int
    children: tuple[tuple[Site, int], ...] = ()


def by_base(connection: Connection, chosen: IncidentFilter, sites: Mapping[str, Site]) -> list[SiteCount]:
    """How many incidents each site has, most first; a parent's count includes its children's."""
    found: dict[str, int] = dict(
        connection.execute(
            select(BASE.c.slug, func.count())
            .join(INCIDENT, INCIDENT.c.base_id == BASE.c.id)
            .where(chosen.condition())
            .group_by(BASE.c.slug)
        ).all()
    )
    counted = []
    for site in (one for one in sites.values() if one.parent is None):
        children = tuple((one, found[one.slug]) for one in sites.values() if one.parent == site.slug and one.slug in found)
        total = found.get(site.slug, 0) + sum(count for _, count in children)
        if total:
            counted.append(SiteCount(site, total, children))
    return sorted(counted, key=lambda one: -one.count)


def shares(
    connection: Connection, chosen: IncidentFilter, sites: Mapping[str, Site], key: Literal["weapon", "grading"]
) -> dict[str, dict[str, int]]:
    """How the incidents of each site, its children's included, fall into the codes of a field, in the order of the codes."""
    site_of = {one.id: one.site for one in sites.values()}
    column = INCIDENT.c[key]
    grouped = select(INCIDENT.c.base_id, column, func.count()).where(chosen.condition()).group_by(INCIDENT.c.base_id, column)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for base_id, code, number in connection.execute(grouped):
        found[site_of[base_id]][code] += number
    return {slug: {code: counted[code] for code in CODES[key] if counted[code]} for slug, counted in found.items()}


def by_slug(counted: Iterable[SiteCount]) -> dict[str, int]:
    """The counts of sites and of their children, each under its own slug."""
    counted = list(counted)
    return {one.site.slug: one.count for one in counted} | {child.slug: n for one in counted for child, n in one.children}


def facets(connection: Connection, chosen: IncidentFilter) -> dict[str, dict[str, int]]:
    """For each filter that takes codes, how many incidents each value would show under the other filters.

    Fixed codes stand in their order, with those that nothing has; others by their count.
    """
    found = {}
    for row in FILTERS:
        if row.pairs is not None:
            pairs = row.pairs.subquery()
            others = select(INCIDENT.c.id).where(chosen.but(row.key).condition())
            grouped = select(pairs.c.code, func.count()).where(pairs.c.id.in_(others)).group_by(pairs.c.code)
            counts: dict[str, int] = dict(connection.execute(grouped).all())
            codes = row.codes or sorted(counts, key=lambda code: (-counts[code], code))
            found[row.key] = {code: counts.get(code, 0) for code in codes}
    return found


def loosened(connection: Connection, chosen: IncidentFilter) -> dict[str, int]:
    """For each chosen key, how many incidents there would be without it."""
    return {
        key: _count(connection, select(func.count()).select_from(INCIDENT).where(chosen.but(key).condition()))
        for key, _values in chosen.chosen
    }


def by_year(connection: Connection, chosen: IncidentFilter) -> dict[int, int]:
    """How many incidents each year has under the filter without its days, in order; what spans two years stands in both."""
    years = [extract("year", INCIDENT.c[name]).label(name) for name in ("date_start", "date_end")]
    dated = chosen.but("from").but("to").condition() & INCIDENT.c.date_start.is_not(None)
    counts: dict[int, int] = {}
    for first, last, number in connection.execute(select(years[0], years[1], func.count()).where(dated).group_by(*years)):
        for year in range(first, last + 1):
            counts[year] = counts.get(year, 0) + number
    return dict(sorted(counts.items()))


def at_site(chosen: IncidentFilter, site: Site, sites: Mapping[str, Site]) -> IncidentFilter:
    """The filter at one site; where it names parts of that site already, at those."""
    named = [slug for slug in chosen.values("base") if sites[slug].site == site.slug]
    return chosen.but("base", *(named or [site.slug]))


ENOUGH = 2
"""Reports published in a month; with fewer, coverage of the month counts as thin."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many reports there are, how far they reach, and the stretches (first and last day) where they are thin.

    It goes by the days of publication; the compilation's own says nothing of that.
    """

    reports: int
    first: date | None
    last: date | None
    thin: tuple[tuple[date, date], ...] = ()


def coverage(connection: Connection) -> Coverage:
    """How many reports there are, from when until when, and where they are thin."""
    published = case((REPORT.c.kind != "compilation", REPORT.c.published_date)).label("published")
    numbers: dict[date | None, int] = dict(
        connection.execute(select(published, func.count()).select_from(REPORT).group_by(published)).all()
    )
    dated = {day: number for day, number in numbers.items() if day}
    return Coverage(sum(numbers.values()), min(dated, default=None), max(dated, default=None), thin_stretches(dated))


def thin_stretches(published: Mapping[date, int]) -> tuple[tuple[date, date], ...]:
    """The runs of months with fewer than ENOUGH reports, from the first report to the last; `published` counts them by day."""
    if not published:
        return ()
    in_month: Counter[date] = Counter()
    for day, number in published.items():
        in_month[day.replace(day=1)] += number
    last, month = max(published), min(in_month)
    stretches: list[tuple[date, date]] = []
    while month <= last:
        following = (month + timedelta(days=31)).replace(day=1)
        if in_month[month] < ENOUGH:
            joined = stretches and stretches[-1][1] == month - timedelta(days=1)
            start = stretches.pop()[0] if joined else month
            stretches.append((start, following - timedelta(days=1)))
        month = following
    return tuple((max(start, min(published)), min(end, last)) for start, end in stretches)
