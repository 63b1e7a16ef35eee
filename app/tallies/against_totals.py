"""Checks of published totals against each other: parts and sum, the order of a series, starts, scopes, periods and rivals."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from app.tallies.evidence import DAY, Evidence
from app.tallies.series import DRIFT, Point, Series
from app.tallies.values import COUNTRIES, EVERYWHERE, Comparison, Finding, Tally

APART = 1.25
"""Rival figures are far apart where the greater one is more than so many times the lesser."""
SAME_DAY = timedelta(days=2)
"""How many days later than a total its rival's may reach."""


def parts_differ(evidence: Evidence) -> Iterator[Finding]:
    """A full list of parts has another sum than its total; one that was cut, or that gives countries, has a greater one."""
    for tally in evidence.tallies:
        by_country = tally.parts_stated == "countries"
        counts = [count for name, count in tally.parts if (name in COUNTRIES) == by_country]
        low, high = tally.limits
        if counts and (sum(counts) > high or (tally.parts_stated == "all" and sum(counts) < low)):
            yield Finding("parts_differ", tally.id, compared=(Comparison(EVERYWHERE, tally.count, sum(counts), sum(counts)),))


def runs_backward(evidence: Evidence) -> Iterator[Finding]:
    """A total lies below an earlier one of its series, or above a later one; a relay of an older figure is stale."""
    for series in evidence.series:
        standing = {point.tally.id for point in series.kept}
        before: Point | None = None
        for number, point in enumerate(series.dated):
            if point.tally.id in standing:
                before = point if before is None or point.low >= before.low else before
            elif before and point.high < before.low:
                yield _dip(series, before, point)
            else:
                # What neither lies below an earlier one nor above a later one would not have been set aside.
                later = (one for one in series.dated[number + 1 :] if one.tally.id in standing)
                yield _spike(series, before, point, next(one for one in later if one.high < point.low))


def _dip(series: Series, before: Point, point: Point) -> Finding:
    stated, earlier = _figure(point, series.part), _figure(before, series.part)
    compared = Comparison(series.part, stated, earlier, earlier, before.day, point.day)
    reason = "stale" if point.tally.is_relay else "lower"
    return Finding("runs_backward", point.tally.id, reason, (before.tally.id,), (compared,))


def _spike(series: Series, before: Point | None, point: Point, after: Point) -> Finding:
    low = _figure(before, series.part) if before else 0
    first = before.day if before else series.start
    compared = Comparison(series.part, _figure(point, series.part), low, _figure(after, series.part), first, after.day)
    others = (*((before.tally.id,) if before else ()), after.tally.id)
    kind, reason = ("relay_differs", "") if point.tally.is_relay else ("runs_backward", "higher")
    return Finding(kind, point.tally.id, reason, others, (compared,))


def _figure(point: Point, part: str) -> int:
    return dict(point.tally.parts).get(part, 0) if part else point.tally.count


def start_drifts(evidence: Evidence) -> Iterator[Finding]:
    """A total fits into a series but says that it counts from another day."""
    for series in evidence.totals():
        own = [point for point in series.points if point.start == series.start]
        for point in series.points:
            if point.start != series.start:
                nearest = own[max(0, bisect_right(own, point.day, key=attrgetter("day")) - 1)]
                yield Finding("start_drifts", point.tally.id, others=(nearest.tally.id,))


def scope_widens(evidence: Evidence) -> Iterator[Finding]:
    """A counter goes over to a wider scope from the same start, after at least two totals of the narrower one."""
    known = [series for series in evidence.totals() if series.scope in COUNTRIES]
    for _counter, of_counter in groupby(known, key=attrgetter("counter")):
        all_of_it = list(of_counter)
        for wide in all_of_it:
            for narrow in all_of_it:
                first = wide.points[0]
                if COUNTRIES[narrow.scope] < COUNTRIES[wide.scope] and abs(narrow.start - wide.start) <= DRIFT:
                    earlier = [point for point in narrow.points if point.day < first.day]
                    if len(earlier) > 1:
                        yield Finding("scope_widens", first.tally.id, others=(earlier[-1].tally.id,))


def period_differs(evidence: Evidence) -> Iterator[Finding]:
    """A total for a month or some days is not the difference of the running totals at its two ends."""
    running = {(series.counter, series.scope, series.part): series for series in reversed(evidence.series)}
    for tally in evidence.tallies:
        if tally.kind == "period" and tally.counter and tally.start and tally.end:
            stated = [(EVERYWHERE, *tally.limits), *((name, count, count) for name, count in tally.parts)]
            for part, low, high in stated:
                series = running.get((tally.counter, tally.scope, part))
                if series and series.start <= tally.start:
                    yield from _difference(evidence, tally, series, low, high)


def _difference(evidence: Evidence, tally: Tally, series: Series, low: float, high: float) -> Iterator[Finding]:
    assert tally.start
    assert tally.end
    begun, ended = evidence.standing(series, tally.start - DAY), evidence.standing(series, tally.end)
    least, most = max(0, ended.low - begun.high), ended.high - begun.low
    if high < least or low > most:
        stated = dict(tally.parts)[series.part] if series.part else tally.count
        limit = None if most == math.inf else math.floor(most)
        compared = Comparison(series.part, stated, math.ceil(least), limit, tally.start, tally.end)
        yield Finding("period_differs", tally.id, others=(*begun.others, *ended.others), compared=(compared,))


def rivals_differ(evidence: Evidence) -> Iterator[Finding]:
    """Two counters are far apart over the same window; of each pair the latest such totals are told."""
    totals = evidence.totals()
    for series in totals:
        for rival in totals:
            if series.counter != rival.counter and series.scope == rival.scope and abs(series.start - rival.start) <= DRIFT:
                apart = [(point, other) for point in series.kept if (other := _beside(point, rival)) and _is_far(point, other)]
                for point, other in apart[-1:]:
                    compared = Comparison(
                        EVERYWHERE, point.tally.count, other.tally.count, other.tally.count, point.start, point.day
                    )
                    yield Finding("rivals_differ", point.tally.id, others=(other.tally.id,), compared=(compared,))


def _beside(point: Point, rival: Series) -> Point | None:
    """The rival's last total of the same day, or of the first one soon after: what is less even then, is less."""
    number = bisect_left(rival.kept, point.day, key=attrgetter("day"))
    if number == len(rival.kept) or rival.kept[number].day - point.day > SAME_DAY:
        return None
    return rival.kept[bisect_right(rival.kept, rival.kept[number].day, key=attrgetter("day")) - 1]


def _is_far(point: Point, other: Point) -> bool:
    return point.tally.count > other.tally.count * APART
