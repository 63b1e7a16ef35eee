"""All that the checks look at, made ready once: the totals, their series, and the register's incidents."""

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from app.tallies.held import Held
from app.tallies.series import Series, all_series
from app.tallies.values import EVERYWHERE, Comparison, Incident, Tally, place_of

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a series must have stood at on some day: at least, at most, and the totals that say so."""

    low: float
    high: float
    others: tuple[int, ...]


class Evidence:
    """The totals in the order of their ids, their series, and what the register holds."""

    def __init__(self, tallies: Iterable[Tally], incidents: Iterable[Incident]) -> None:
        self.tallies = sorted(tallies, key=attrgetter("id"))
        self.series = all_series(self.tallies)
        self.held = Held(incidents)

    def totals(self) -> list[Series]:
        """The series without those of parts."""
        return [series for series in self.series if series.part == EVERYWHERE]

    def standing(self, series: Series, day: date) -> Standing:
        """What a series must have stood at when `day` ended, by the totals before and after and the incidents between.

        A total that says that it ends on the day is exact. Else an incident after the total before and up to the day has raised
        it, and one after the day and up to the total after is in that one alone; if that leaves no number, the totals alone hold.
        """
        if day < series.start:
            return Standing(0, 0, ())
        kept, place = series.kept, series.place
        number = bisect_right(kept, day, key=attrgetter("day"))
        before, after = kept[number - 1] if number else None, kept[number] if number < len(kept) else None
        if before and before.tally.end == day:
            return Standing(before.low, before.high, (before.tally.id,))
        others = tuple(point.tally.id for point in (before, after) if point)
        least, most = before.low if before else 0, after.high if after else math.inf
        low = least + self._sure(before.day + DAY if before else series.start, day, place)
        high = most - self._sure(day + DAY, after.day if after else day, place)
        return Standing(low, high, others) if low <= high else Standing(least, most, others)

    def compared(self, tally: Tally) -> tuple[Comparison, ...]:
        """A total and its parts, each beside what the register holds in the total's window; what it cannot hold is left out."""
        if tally.start is None or tally.reach is None:
            return ()
        found = []
        for part, stated in ((EVERYWHERE, tally.count), *tally.parts):
            place = place_of(part or tally.scope)
            if place is not None:
                low, high = self.held.between(tally.start, tally.reach, place)
                found.append(Comparison(part, stated, low, high, tally.start, tally.reach))
        return tuple(found)

    def _sure(self, first: date, last: date, place: str | None) -> int:
        return 0 if place is None else self.held.between(first, last, place)[0]
