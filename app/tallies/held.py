"""What the register holds between two days, counted by bisection: as many questions as there are totals, over all incidents."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.tallies.values import EVERYWHERE, Incident


@dataclass(frozen=True, slots=True)
class Days:
    """The days of some incidents as ordinals, sorted: first and last ones, and the first ones of sure incidents by length."""

    firsts: list[int]
    lasts: list[int]
    sure: Mapping[int, list[int]]


class Held:
    """The register's incidents, each under its bases and under EVERYWHERE."""

    def __init__(self, incidents: Iterable[Incident]) -> None:
        of_place: dict[str, list[Incident]] = defaultdict(list)
        for incident in incidents:
            for place in {EVERYWHERE, *incident.bases}:
                of_place[place].append(incident)
        self._days = {place: _days(here) for place, here in of_place.items()}

    def between(self, first: date, last: date, place: str = EVERYWHERE) -> tuple[int, int]:
        """How many incidents lie from `first` to `last`: at least those that surely do, at most those that may.

        An incident of which only the claimant tells is never sure: a counter need not have counted it.
        """
        days = self._days.get(place)
        start, end = first.toordinal(), last.toordinal()
        if days is None or end < start:
            return 0, 0
        sure = sum(_from_to(firsts, start, end - length) for length, firsts in days.sure.items())
        # What ends before or begins after lies outside; all else overlaps.
        possible = bisect_right(days.firsts, end) - bisect_left(days.lasts, start)
        return sure, possible


def _days(incidents: Iterable[Incident]) -> Days:
    sure: dict[int, list[int]] = defaultdict(list)
    firsts, lasts = [], []
    for incident in incidents:
        first, last = incident.first.toordinal(), incident.last.toordinal()
        firsts.append(first)
        lasts.append(last)
        if not incident.claimed:
            sure[last - first].append(first)
    return Days(sorted(firsts), sorted(lasts), {length: sorted(days) for length, days in sure.items()})


def _from_to(days: list[int], start: int, end: int) -> int:
    return max(0, bisect_right(days, end) - bisect_left(days, start))
