"""Counts of incidents under a filter. Each follows the same filter, so that the numbers of a page agree."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from pyroaring import BitMap
from sqlalchemy import Connection, case, func, select

from app.fields import GRADINGS, WEAPONS
from app.models.tables import BASE, REPORT
from app.queries.bitmaps import AT, ENDED, STARTED, Bitmaps, bitmaps
from app.queries.filter import BY_KEY, IncidentFilter
from app.queries.once import once_a_revision
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
    held = bitmaps(connection)
    found, at_any_time = held.found(connection, chosen), held.found(connection, chosen.but("from").but("to"))
    first, last = held.ordered[STARTED].first(found), held.ordered[ENDED].last(found)
    return Headline(
        total=len(found),
        first=date.fromordinal(first) if first else None,
        last=date.fromordinal(last) if last else None,
        undated=at_any_time.intersection_cardinality(held.all_with("precision", ["unknown"])),
        unplaced=found.intersection_cardinality(held.all_with(AT, _unplaced(connection))),
    )


@once_a_revision
def _unplaced(connection: Connection) -> tuple[str, ...]:
    """The bases without a point."""
    return tuple(connection.execute(select(BASE.c.slug).where(BASE.c.latitude.is_(None))).scalars())


@dataclass(frozen=True, slots=True)
class SiteCount:
    """Incidents of one site, its own and those of its children, which are listed apart."""

    site: Site
    count: int
    children: tuple[tuple[Site, int], ...] = ()


def by_base(connection: Connection, chosen: IncidentFilter, sites: Mapping[str, Site]) -> list[SiteCount]:
    """How many incidents each site has, most first; a parent's count includes its children's."""
    held = bitmaps(connection)
    found = _numbers(held.values[AT], held.found(connection, chosen))
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
    held = bitmaps(connection)
    found, codes = held.found(connection, chosen), held.values[key]
    at_site = {one.slug: held.all_with("base", [one.slug]) & found for one in sites.values() if one.parent is None}
    return {
        slug: _numbers({code: codes.get(code, BitMap()) for code in CODES[key]}, here) for slug, here in at_site.items() if here
    }


def _numbers(values: Mapping[str, BitMap], found: BitMap) -> dict[str, int]:
    """How many of the incidents found have each value, in the order of the values, without those that none has."""
    counted = ((code, found.intersection_cardinality(ids)) for code, ids in values.items())
    return {code: number for code, number in counted if number}


def by_slug(counted: Iterable[SiteCount]) -> dict[str, int]:
    """The counts of sites and of their children, each under its own slug."""
    counted = list(counted)
    return {one.site.slug: one.count for one in counted} | {child.slug: n for one in counted for child, n in one.children}


def facets(connection: Connection, chosen: IncidentFilter) -> dict[str, dict[str, int]]:
    """For each filter that takes codes, how many incidents each value would show under the other filters.

    Fixed codes stand in their order, with those that nothing has; others by their count.
    """
    held, facets = bitmaps(connection), {}
    for key, values in held.values.items():
        row = BY_KEY.get(key)
        if row is not None:
            counts = _numbers(values, held.found(connection, chosen.but(key)))
            codes = row.codes or sorted(counts, key=lambda code: (-counts[code], code))
            facets[key] = {code: counts.get(code, 0) for code in codes}
    return facets


def loosened(connection: Connection, chosen: IncidentFilter) -> dict[str, int]:
    """For each chosen key, how many incidents there would be without it."""
    held = bitmaps(connection)
    return {key: len(held.found(connection, chosen.but(key))) for key, _values in chosen.chosen}


def by_year(connection: Connection, chosen: IncidentFilter) -> dict[int, int]:
    """How many incidents each year has under the filter without its days, in order; what spans two years stands in both."""
    held = bitmaps(connection)
    found = held.found(connection, chosen.but("from").but("to"))
    first, last = held.ordered[STARTED].first(found), held.ordered[ENDED].last(found)
    if not first:
        return {}
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    counted = {year: found.intersection_cardinality(held.once(("year", year), partial(_of_year, held, year))) for year in years}
    return {year: number for year, number in counted.items() if number}


def _of_year(held: Bitmaps, year: int) -> BitMap:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return held.ordered[STARTED].until(last) & held.ordered[ENDED].since(first)


def at_site(chosen: IncidentFilter, site: Site, sites: Mapping[str, Site]) -> IncidentFilter:
    """The filter at one site; where it names parts of that site already, at those."""
    return chosen.but("base", *places(chosen, site, sites))


def places(chosen: IncidentFilter, site: Site, sites: Mapping[str, Site]) -> list[str]:
    """What a filter leaves of a site: the parts of it that it names, or else all of it."""
    return [slug for slug in chosen.values("base") if sites[slug].site == site.slug] or [site.slug]


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


@once_a_revision
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
