"""Counts of incidents by day, week or month, and by what they are stacked by: what the timeline draws and its table says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap
from sqlalchemy import Connection, select

from app.models.tables import ACTOR
from app.queries.bitmaps import ENDED, STARTED, Bitmaps, Ids, Numbers, bitmaps, numbers
from app.queries.counts import Coverage, places
from app.queries.filter import IncidentFilter
from app.queries.reference import Site

UNITS = ("day", "week", "month")
STACKS = ("base", "weapon", "grading", "claimed_by")
"""What the columns can be stacked by; each is a key of the filter too. A base's column has those of its parts in it."""

DRAWN = {"day": ("day", "range"), "week": ("day", "range"), "month": ("day", "range", "month")}
"""How precisely a day must be known to be drawn in a unit; what is dated more loosely is told of as a number of its own."""
LONGEST_IN_DAYS, LONGEST_IN_WEEKS = 62, 731
"""Days up to which a chart is drawn by day, and by week, where no unit is asked for."""
MOST = 1600
"""Columns of a chart, at most: more than four years of days. Where a unit would take more, the next coarser one is taken."""
MOST_TOLD_APART = 2000
"""Segments up to which a picture tells apart what is accepted from what is not, and what is dated to a day from what is not."""
BEYOND = timedelta(days=365)
"""How far behind the last report a chart goes, at most: a filter until 2100 asks for no picture of decades without reports."""
NEVER = date(2000, 1, 1)
"""The day of a chart of nothing."""
RANKED = 5
"""Claimants that have a series of their own, those with the most incidents."""


class Segment(NamedTuple):
    """A part of a column: the first day of its period, its series (a code of the stack), its review status, and whether the
    days of its incidents are known exactly. Without a status, or with None for `exact`, it has incidents of either kind."""

    first: date
    series: str
    status: str
    exact: bool | None


@dataclass(frozen=True, slots=True)
class Periods:
    """Incidents by period and series, in a chart that goes from the `first` day to the `last`.

    What spans two periods stands in both, and `spanning` counts it; `loose` are dated too loosely to stand in any. `statuses` and
    `precisions` are those that occur, drawn or not; `series`, `looks` (review statuses) and whether any is `vague` (dated to more
    than a day) are of what is drawn. `ranked` are the claimants that have a series of their own.
    """

    unit: str
    stack: str
    first: date
    last: date
    spanning: int
    loose: int
    statuses: frozenset[str]
    precisions: frozenset[str]
    series: frozenset[str]
    looks: frozenset[str]
    vague: bool
    ranked: tuple[str, ...]
    _held: Bitmaps = field(repr=False, compare=False)
    _drawn: BitMap = field(repr=False, compare=False)
    _columns: "_Columns" = field(repr=False, compare=False)

    @property
    def crowded(self) -> bool:
        """Whether its segments may be too many to be told apart by review status and by how exactly their days are known."""
        looks = len(self.looks) * (1 + self.vague)
        return looks > 1 and min(len(self._drawn), len(self._columns.begun) * len(self.series) * looks) > MOST_TOLD_APART

    def counts(self, *, alike: bool = False) -> Mapping[Segment, int]:
        """How many incidents each segment has: as many as the filter of `in_segment` finds. A page shows none of them.

        With `alike` those that differ in review status and in how exactly their days are known count together.
        """
        held, exact = self._held, self._held.all_with("precision", ["day"])
        looks: list[tuple[str, bool | None, BitMap]] = [("", None, self._drawn)]
        if not alike:
            of = {status: self._drawn & held.all_with("status", [status]) for status in sorted(self.looks)}
            looks = [look for status, ids in of.items() for look in ((status, True, ids & exact), (status, False, ids - exact))]
        return {
            Segment(column, series, status, days_known): number
            for status, days_known, ids in looks
            for series in sorted(self.series)
            for column, number in self._columns.counted(held, numbers(ids & held.values[self.stack][series]))
        }


def by_period(
    connection: Connection,
    chosen: IncidentFilter,
    sites: Mapping[str, Site],
    coverage: Coverage,
    *,
    stack: str = "base",
    unit: str = "",
) -> Periods:
    """What a chart of the incidents that a filter finds shows. Without a `unit` the range chooses it."""
    held = bitmaps(connection)
    found = held.found(connection, chosen)
    dated = found & held.all_with("precision", DRAWN["month"])
    days = held.ordered[STARTED].first(dated), held.ordered[ENDED].last(dated)
    spans = [(date.fromordinal(days[0]), date.fromordinal(days[1]))] if dated else []
    first, last = reach(chosen, spans, coverage)
    unit = unit_for(first, last, unit)
    drawn = found & held.all_with("precision", DRAWN[unit])
    columns = _Columns.of(unit, chosen, *(spans[0] if spans else (first, last)))
    vague = drawn - held.all_with("precision", ["day"])
    # A base's column has the incidents of its parts in it.
    series = [one.slug for one in sites.values() if one.parent is None] if stack == "base" else held.values[stack]
    return Periods(
        unit=unit,
        stack=stack,
        first=begin(unit, first),
        last=following(unit, begin(unit, last)) - timedelta(days=1),
        spanning=columns.spanning(held, numbers(vague)),
        loose=len(found) - len(drawn),
        statuses=_occurring(held, "status", found),
        precisions=_occurring(held, "precision", found),
        series=_occurring(held, stack, drawn) & frozenset(series),
        looks=_occurring(held, "status", drawn),
        vague=bool(vague),
        ranked=_ranked(connection) if stack == "claimed_by" else (),
        _held=held,
        _drawn=drawn,
        _columns=columns,
    )


@dataclass(frozen=True, slots=True)
class _Columns:
    """The periods of a chart: the first day of each, and for each day from `offset` on (as ordinals) in which it lies.

    Days before the `first` that is asked for, or after the `last`, count as those.
    """

    begun: Sequence[date]
    offset: int
    of_day: Numbers
    first: int
    last: int

    @classmethod
    def of(cls, unit: str, chosen: IncidentFilter, first: date, last: date) -> "_Columns":
        begun = [begin(unit, first)]
        while (further := following(unit, begun[-1])) <= last:
            begun.append(further)
        offset, end = begun[0].toordinal(), following(unit, begun[-1]).toordinal()
        lengths = np.diff([*(one.toordinal() for one in begun), end])
        asked = [date.fromisoformat(chosen.one(key)) if chosen.one(key) else day for key, day in (("from", first), ("to", last))]
        of_day = np.repeat(np.arange(len(begun), dtype=np.int32), lengths)
        return cls(begun, offset, of_day, *(day.toordinal() for day in asked))

    def counted(self, held: Bitmaps, ids: Ids) -> list[tuple[date, int]]:
        """How many of these incidents each period has, without those that have none."""
        if not ids.size:
            return []
        begins, stops = self._ends(held, ids)
        # What begins in a period counts there and in each one after it, until the one after its end.
        size = len(self.begun) + 1
        there = np.cumsum(np.bincount(begins, minlength=size) - np.bincount(stops + 1, minlength=size))
        return [(self.begun[place], int(there[place])) for place in np.flatnonzero(there).tolist()]

    def spanning(self, held: Bitmaps, ids: Ids) -> int:
        """How many of these incidents lie in several periods."""
        begins, stops = self._ends(held, ids)
        return int(np.count_nonzero(begins != stops))

    def _ends(self, held: Bitmaps, ids: Ids) -> tuple[Numbers, Numbers]:
        """The first and the last period of each."""
        begins = np.maximum(held.ordered[STARTED].held[ids], self.first) - self.offset
        return self.of_day[begins], self.of_day[np.minimum(held.ordered[ENDED].held[ids], self.last) - self.offset]


def _occurring(held: Bitmaps, key: str, found: BitMap) -> frozenset[str]:
    return frozenset(code for code, ids in held.values[key].items() if found.intersect(ids))


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


def in_segment(
    segment: Segment, chosen: IncidentFilter, periods: Periods, sites: Mapping[str, Site], series: Sequence[str] = ()
) -> IncidentFilter:
    """The filter that finds what a segment counts; it names a review status or a precision only where there are others.

    `series` are those that are drawn as one, where it is not the segment's own alone.
    """
    series = series or (segment.series,)
    first, last = segment.first.isoformat(), (following(periods.unit, segment.first) - timedelta(days=1)).isoformat()
    first, last = max(first, chosen.one("from") or first), min(last, chosen.one("to") or last)
    found_by: dict[str, tuple[str, ...]] = {"from": (first,), "to": (last,)}
    statuses = [segment.status] if segment.status else sorted(periods.statuses)
    exact = [code for code in DRAWN[periods.unit] if segment.exact in (None, code == "day")]
    for key, codes, occurring in (("status", statuses, periods.statuses), ("precision", exact, periods.precisions)):
        if not occurring <= set(codes):
            found_by[key] = tuple(code for code in codes if code in occurring)
    if periods.stack == "base":
        series = tuple(chain.from_iterable(places(chosen, sites[one], sites) for one in series))
    return chosen.with_values({**found_by, periods.stack: tuple(series)})


def not_drawn(chosen: IncidentFilter, periods: Periods) -> IncidentFilter:
    """The filter that finds the incidents that are dated too loosely for the chart."""
    return chosen.but("precision", *sorted(periods.precisions - set(DRAWN[periods.unit])))


def _ranked(connection: Connection) -> tuple[str, ...]:
    """The claimants with the most incidents in the whole register: so a filter changes no colours."""
    held, known = bitmaps(connection), dict(connection.execute(select(ACTOR.c.slug, ACTOR.c.id)).all())
    everything = held.found(connection, IncidentFilter())
    numbers_of = {
        slug: everything.intersection_cardinality(ids) for slug, ids in held.values["claimed_by"].items() if slug in known
    }
    ranked = sorted((slug for slug, number in numbers_of.items() if number), key=lambda slug: (-numbers_of[slug], known[slug]))
    return tuple(ranked[:RANKED])
