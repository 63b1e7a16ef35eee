"""Checks of published totals against the incidents of the register: of what they have grown by, and of what they state."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, pairwise
from operator import attrgetter

from app.tallies.evidence import DAY, Evidence
from app.tallies.series import Point, Series
from app.tallies.values import EVERYWHERE, Comparison, Finding, Tally, is_wider, place_of

LONG = timedelta(days=31)
"""A total that ends so long before it is published says nothing of the time between."""


def grows_less(evidence: Evidence) -> Iterator[Finding]:
    """Between two totals of a series the register surely holds more incidents than the totals have grown by.

    A total counts all of its day, so that of several of one day the last one does.
    """
    for series in evidence.series:
        for before, point in pairwise(_of_days(series)):
            if (before.low, before.high) != (point.low, point.high):
                yield from _growth(evidence, series, "grows_less", before, point)


def stands_still(evidence: Evidence) -> Iterator[Finding]:
    """A series repeats a figure though the register surely holds incidents since the first total that gave it.

    A further total with the same figure is told only where more incidents have come meanwhile.
    """
    for series in evidence.series:
        for _figure, same in groupby(_of_days(series), key=attrgetter("low", "high")):
            first, *again = same
            told = 0
            for point in again:
                for finding in _growth(evidence, series, "stands_still", first, point):
                    if finding.compared[0].low > told:
                        told = finding.compared[0].low
                        yield finding


def _of_days(series: Series) -> list[Point]:
    return list({point.day: point for point in series.kept}.values())


def _growth(evidence: Evidence, series: Series, kind: str, before: Point, point: Point) -> Iterator[Finding]:
    if series.place is not None:
        first, last = before.day + DAY, point.day
        low, high = evidence.held.between(first, last, series.place)
        grown = point.high - before.low
        if low > grown:
            compared = Comparison(series.part, math.floor(grown), low, high, first, last)
            yield Finding(kind, point.tally.id, others=(before.tally.id,), compared=(compared,))


def ends_early(evidence: Evidence) -> Iterator[Finding]:
    """A total ends long before it is published, while incidents go on."""
    for tally in evidence.tallies:
        place = place_of(tally.scope)
        if tally.kind != "period" and place is not None and tally.end and tally.published and tally.published - tally.end > LONG:
            first, last = tally.end + DAY, tally.published
            low, high = evidence.held.between(first, last, place)
            if low:
                yield Finding("ends_early", tally.id, compared=(Comparison(EVERYWHERE, tally.count, low, high, first, last),))


def exceeds_register(evidence: Evidence) -> Iterator[Finding]:
    """The latest total of a series, or its part for Syria, is higher than all that the register may hold in its window."""
    for series in evidence.series:
        for point in series.kept[-1:] if series.is_whole else ():
            every = [(one, _limits(point.tally, one)[0]) for one in evidence.compared(point.tally)]
            # The total of a wider scope holds what the register does not cover; its Syrian part alone can be set beside it.
            fit = [(one, least) for one, least in every if one.part or not is_wider(series.scope)]
            above = tuple(one for one, least in fit if one.high is not None and least > one.high)
            if series.part in (one.part for one in above):
                yield Finding("exceeds_register", point.tally.id, compared=above)


def register_exceeds(evidence: Evidence) -> Iterator[Finding]:
    """The register surely holds more than a total in its window; of each counter and scope the one that lacks most is told.

    A total that contradicts its series is left to the check of its order.
    """
    in_order = {point.tally.id for series in evidence.totals() for point in series.kept}
    in_series = {point.tally.id for series in evidence.totals() for point in series.points}
    lacking: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for tally in evidence.tallies:
        below = tuple(one for one in evidence.compared(tally) if one.low > _limits(tally, one)[1])
        if below and (tally.id in in_order or tally.id not in in_series):
            lacking[tally.counter or "", tally.scope].append(Finding("register_exceeds", tally.id, compared=below))
    for found in lacking.values():
        worst = max(found, key=lambda one: max(part.low - part.stated for part in one.compared))
        yield replace(worst, others=tuple(one.tally for one in found if one is not worst))


def _limits(tally: Tally, one: Comparison) -> tuple[float, float]:
    return (one.stated, one.stated) if one.part else tally.limits
