"""Counts of incidents by day, week or month, and by what they are stacked by: what the timeline draws and its table says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from app.models.tables import ACTOR, INCIDENT
from app.queries.counts import Coverage, at_site
from app.queries.filter import NOBODY, IncidentFilter
from app.queries.published import COUNTED
from app.queries.reference import Site

UNITS = ("day", "week", "month")
STACKS = {
    "base": INCIDENT.c.base_id,
    "weapon": INCIDENT.c.weapon,
    "grading": INCIDENT.c.grading,
    "claimed_by": INCIDENT.c.claimed_by_id,
}
"""What the columns can be stacked by; each is a key of the filter too."""

DRAWN = {"day": ("day", "range"), "week": ("day", "range"), "month": ("day", "range", "month")}
"""How precisely a day must be known to be drawn in a unit; what is dated more loosely is told of as a number of its own."""
LONGEST_IN_DAYS, LONGEST_IN_WEEKS = 62, 731
"""Days up to which a chart is drawn by day, and by week, where no unit is asked for."""
MOST = 1600
"""Columns of a chart, at most: more than four years of days. Where a unit would take more, the next coarser one is taken."""
BEYOND = timedelta(days=365)
"""How far behind the last report a chart goes, at most: a filter until 2100 asks for no picture of decades without reports."""
NEVER = date(2000, 1, 1)
"""The day of a chart of nothing."""
RANKED = 5
"""Claimants that have a series of their own, those with the most incidents."""


class Segment(NamedTuple):
    """A part of a column: the first day of its period, its series (a code of the stack), its review status, and whether the
    days of its incidents are known exactly."""

    first: date
    series: str
    status: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Periods:
    """Incidents by period and series, in a chart that goes from the `first` day to the `last`.

    What spans two periods stands in both, and `spanning` counts it; `loose` are dated too loosely to stand in any. `statuses` and
    `precisions` are those that occur, drawn or not. `ranked` are the claimants that have a series of their own.
    """

    unit: str
    stack: str
    first: date
    last: date
    counts: Mapping[Segment, int]
    spanning: int
    loose: int
    statuses: frozenset[str]
    precisions: frozenset[str]
    ranked: tuple[str, ...] = ()


def by_period(
    connection: Connection,
    chosen: IncidentFilter,
    sites: Mapping[str, Site],
    coverage: Coverage,
    *,
    stack: str = "base",
    unit: str = "",
) -> Periods:
    """How many incidents each segment has: as many as the filter of `in_segment` finds. Without a `unit` the range chooses it."""
    key = (STACKS[stack], INCIDENT.c.review_status, INCIDENT.c.date_precision, INCIDENT.c.date_start, INCIDENT.c.date_end)
    rows = connection.execute(select(*key, func.count()).where(chosen.condition()).group_by(*key)).all()
    spans = [(start, end) for _series, _status, precision, start, end, _number in rows if precision in DRAWN["month"]]
    first, last = reach(chosen, spans, coverage)
    unit = unit_for(first, last, unit)
    series_of = _series(connection, stack, sites)
    counts: dict[Segment, int] = {}
    spanning = loose = 0
    for series, status, precision, start, end, number in rows:
        if precision not in DRAWN[unit]:
            loose += number
            continue
        columns = _columns(start, end, chosen, unit)
        spanning += number if len(columns) > 1 else 0
        for column in columns:
            segment = Segment(column, series_of.get(series, series or NOBODY), status, precision == "day")
            counts[segment] = counts.get(segment, 0) + number
    return Periods(
        unit=unit,
        stack=stack,
        first=begin(unit, first),
        last=following(unit, begin(unit, last)) - timedelta(days=1),
        counts=dict(sorted(counts.items())),
        spanning=spanning,
        loose=loose,
        statuses=frozenset(row.review_status for row in rows),
        precisions=frozenset(row.date_precision for row in rows),
        ranked=_ranked(connection) if stack == "claimed_by" else (),
    )


def reach(chosen: IncidentFilter, spans: Sequence[tuple[date, date]], coverage: Coverage) -> tuple[date, date]:
    """The first and the last day of a chart.

    It goes as far as the filter asks, and where that is left open from the first incident found to the last report: so the days
    after the last incident show as what they are, reported on or not. No chart begins before the first report and the first
    incident, or ends long after the last.
    """
    known = [day for day in (coverage.first, coverage.last) if day] + [day for span in spans for day in span]
    earliest, latest = min(known, default=NEVER), max(known, default=NEVER)
    asked_first, asked_last = chosen.one("from"), chosen.one("to")
    begun = min((start for start, _end in spans), default=earliest)
    first = max(date.fromisoformat(asked_first), earliest) if asked_first else begun
    last = min(date.fromisoformat(asked_last), latest + BEYOND) if asked_last else latest
    return first, max(first, last)


def unit_for(first: date, last: date, asked: str = "") -> str:
    """The unit that is asked for, or else the one that suits the range; a coarser one where it would make too many columns."""
    days = (last - first).days + 1
    unit = asked or ("day" if days <= LONGEST_IN_DAYS else "week" if days <= LONGEST_IN_WEEKS else "month")
    return next((one for one in fitting_units(first, last) if UNITS.index(one) >= UNITS.index(unit)), UNITS[-1])


def fitting_units(first: date, last: date) -> list[str]:
    """The units by which a range can be drawn."""
    days = (last - first).days + 1
    return [unit for unit in UNITS if unit == "month" or days / {"day": 1, "week": 7}[unit] <= MOST]


def begin(unit: str, day: date) -> date:
    """The first day of the period that a day lies in; a week begins on Monday."""
    return {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}[unit]


def following(unit: str, first: date) -> date:
    """The first day of the next period."""
    if unit == "month":
        return (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=7 if unit == "week" else 1)


def _columns(start: date, end: date, chosen: IncidentFilter, unit: str) -> list[date]:
    """The periods that an incident overlaps within the days of the filter."""
    first = max(start, date.fromisoformat(chosen.one("from"))) if chosen.one("from") else start
    last = min(end, date.fromisoformat(chosen.one("to"))) if chosen.one("to") else end
    columns = [begin(unit, first)]
    while (further := following(unit, columns[-1])) <= last:
        columns.append(further)
    return columns


def in_segment(segment: Segment, chosen: IncidentFilter, periods: Periods, sites: Mapping[str, Site]) -> IncidentFilter:
    """The filter that finds what a segment counts; it names a review status or a precision only where there are others."""
    first, last = segment.first.isoformat(), (following(periods.unit, segment.first) - timedelta(days=1)).isoformat()
    found_by = chosen.but("from", max(first, chosen.one("from") or first)).but("to", min(last, chosen.one("to") or last))
    exact = [code for code in DRAWN[periods.unit] if (code == "day") == segment.exact]
    for key, codes, occurring in (("status", [segment.status], periods.statuses), ("precision", exact, periods.precisions)):
        if not occurring <= set(codes):
            found_by = found_by.but(key, *(code for code in codes if code in occurring))
    if periods.stack == "base":
        return at_site(found_by, sites[segment.series], sites)
    return found_by.but(periods.stack, segment.series)


def not_drawn(chosen: IncidentFilter, periods: Periods) -> IncidentFilter:
    """The filter that finds the incidents that are dated too loosely for the chart."""
    return chosen.but("precision", *sorted(periods.precisions - set(DRAWN[periods.unit])))


def _series(connection: Connection, stack: str, sites: Mapping[str, Site]) -> Mapping[Any, str]:
    """What a column of the stack holds → its series; codes stand for themselves."""
    if stack == "base":
        return {one.id: one.site for one in sites.values()}
    return dict(connection.execute(select(ACTOR.c.id, ACTOR.c.slug)).all()) if stack == "claimed_by" else {}


def _ranked(connection: Connection) -> tuple[str, ...]:
    """The claimants with the most incidents in the whole register: so a filter changes no colours."""
    counted = (
        select(ACTOR.c.slug)
        .join(INCIDENT, INCIDENT.c.claimed_by_id == ACTOR.c.id)
        .where(COUNTED)
        .group_by(ACTOR.c.id)
        .order_by(func.count().desc(), ACTOR.c.id)
        .limit(RANKED)
    )
    return tuple(connection.execute(counted).scalars())
