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
WEEK = timedelta(days=7)
DRAWN = ("day", "range")
"""How precisely a day must be known to be drawn in its week; what is dated more loosely is told of as a number of its own."""


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


@dataclass(frozen=True, slots=True)
class Weeks:
    """Incidents by week (its Monday) and site, ready to draw. What spans two weeks stands in both; `loose` stand in none."""

    counts: Mapping[tuple[date, str], int]
    spanning: int
    loose: int


def by_week(connection: Connection, chosen: IncidentFilter, sites: Mapping[str, Site]) -> Weeks:
    """How many incidents each site has in each week: as many as the filter of `in_week` finds."""
    slug_of = {one.id: one.site for one in sites.values()}
    days = (INCIDENT.c.base_id, INCIDENT.c.date_precision, INCIDENT.c.date_start, INCIDENT.c.date_end)
    rows = connection.execute(select(*days, func.count()).where(chosen.condition()).group_by(*days))
    counts: dict[tuple[date, str], int] = {}
    spanning = loose = 0
    for base_id, precision, start, end, number in rows:
        if precision not in DRAWN:
            loose += number
            continue
        weeks = _weeks(start, end, chosen)
        spanning += number if len(weeks) > 1 else 0
        for week in weeks:
            counts[week, slug_of[base_id]] = counts.get((week, slug_of[base_id]), 0) + number
    return Weeks(counts, spanning, loose)


def _weeks(start: date, end: date, chosen: IncidentFilter) -> list[date]:
    """The weeks that an incident overlaps within the days of the filter."""
    first = max(start, date.fromisoformat(chosen.one("from"))) if chosen.one("from") else start
    last = min(end, date.fromisoformat(chosen.one("to"))) if chosen.one("to") else end
    monday = first - timedelta(days=first.weekday())
    return [monday + WEEK * number for number in range((last - monday).days // 7 + 1)]


def in_week(monday: date, chosen: IncidentFilter, weeks: Weeks) -> IncidentFilter:
    """The filter that finds what stands in one week of the chart; without what is dated too loosely, where there is any."""
    first, last = monday.isoformat(), (monday + WEEK - timedelta(days=1)).isoformat()
    days = chosen.but("from", max(first, chosen.one("from") or first)).but("to", min(last, chosen.one("to") or last))
    drawn = [code for code in DRAWN if code in (chosen.values("precision") or DRAWN)]
    return days.but("precision", *drawn) if weeks.loose else days


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many reports there are, and how far they reach. The compilation's own date says nothing of that."""

    reports: int
    first: date | None
    last: date | None


def coverage(connection: Connection) -> Coverage:
    """How many reports there are, and the days of publication of the first and the last."""
    published = case((REPORT.c.kind != "compilation", REPORT.c.published_date))
    return Coverage(*connection.execute(select(func.count(), func.min(published), func.max(published)).select_from(REPORT)).one())
