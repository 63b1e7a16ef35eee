"""Published totals → series: what one counter counts in one place from one day on, in the order of the days that it reaches."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from app.tallies.values import EVERYWHERE, Tally, is_wider, place_of

RUNNING = ("cumulative", "ordinal")
"""Kinds of totals that only grow: "the 19th attack" is a total of 19."""
DRIFT = timedelta(days=14)
"""How far apart two starts of one series may lie."""
OWN, RELAYED = 3, 2
"""How much a total weighs where two contradict each other: one that its counter printed, and one that somebody else did."""


@dataclass(frozen=True, slots=True)
class Point:
    """One total of a series: from when it counts, the day it reaches, and the least and the most that it allows."""

    tally: Tally
    start: date
    day: date
    low: float
    high: float

    @property
    def weight(self) -> int:
        return RELAYED if self.tally.is_relay else OWN


@dataclass(frozen=True, slots=True)
class Series:
    """A counter's totals for a scope from one start, or their parts for one base or country; `part` is EVERYWHERE or its name.

    `dated` are those whose day is known well enough to stand in an order, and `kept` those of them that contradict no other.
    """

    counter: str
    scope: str
    start: date
    part: str
    points: tuple[Point, ...]
    dated: tuple[Point, ...]
    kept: tuple[Point, ...]

    @property
    def place(self) -> str | None:
        """Where the register's incidents that it counts lie, see `place_of`."""
        return place_of(self.part or self.scope)

    @property
    def is_whole(self) -> bool:
        """Whether the register covers all that it counts: Syria or a base, or the Syrian part of a wider scope."""
        return self.part == "syria" if is_wider(self.scope) else self.part == EVERYWHERE


def all_series(tallies: Iterable[Tally]) -> list[Series]:
    """Every series, each followed by those of its parts. A total without counter, start or day belongs to none."""
    of_scope: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for tally in tallies:
        start, reach = tally.start, tally.reach
        if tally.kind in RUNNING and tally.counter and start and reach and start <= reach:
            of_scope[tally.counter, tally.scope].append(Point(tally, start, reach, *tally.limits))
    return [
        series
        for (counter, scope), points in sorted(of_scope.items())
        for start, members in _by_start(points)
        for series in _with_parts(counter, scope, start, members)
    ]


def _by_start(points: Iterable[Point]) -> Iterator[tuple[date, list[Point]]]:
    """Totals from one start on; one whose start is a little off, and whose number fits in between, belongs to the larger set."""
    left = sorted(points, key=_order)
    counted = Counter(point.start for point in left)
    for start in sorted(counted, key=lambda day: (-counted[day], day)):
        own = [point for point in left if point.start == start]
        if own:
            near = [one for one in left if one.start != start and abs(one.start - start) <= DRIFT and _fits(one, own)]
            taken = {point.tally.id for point in (*own, *near)}
            left = [point for point in left if point.tally.id not in taken]
            yield start, sorted((*own, *near), key=_order)


def _order(point: Point) -> tuple[object, ...]:
    """By the day that it reaches; of one day the smaller number first, since a day may bring several totals."""
    return (point.day, point.low, point.high, point.tally.publisher, point.tally.id)


def _fits(point: Point, own: Sequence[Point]) -> bool:
    before, after = (bisect(own, point.day, key=attrgetter("day")) for bisect in (bisect_left, bisect_right))
    return (not before or own[before - 1].low <= point.high) and (after == len(own) or point.low <= own[after].high)


def _with_parts(counter: str, scope: str, start: date, members: Sequence[Point]) -> Iterator[Series]:
    yield _series(counter, scope, start, EVERYWHERE, members)
    for name in sorted({name for point in members for name, _count in point.tally.parts}):
        stated = [(point, part_of(point.tally, name)) for point in members]
        parts = [Point(point.tally, point.start, point.day, count, count) for point, count in stated if count is not None]
        yield _series(counter, scope, start, name, parts)


def _series(counter: str, scope: str, start: date, part: str, points: Sequence[Point]) -> Series:
    dated = tuple(point for point in points if point.tally.end or not point.tally.approximate)
    return Series(counter, scope, start, part, tuple(points), dated, tuple(rising(dated)))


def part_of(tally: Tally, name: str) -> int | None:
    """What a total gives for one part: in a list of all parts a missing one is none, in one that was cut it is unknown."""
    return dict(tally.parts).get(name, 0 if tally.parts_stated == "all" else None)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Points of which none contradicts another: what the next may not fall below, how much they weigh, and the way back."""

    floor: float
    weight: int
    last: Point | None = None
    rest: "_Chain | None" = None

    def with_(self, point: Point) -> "_Chain":
        return _Chain(max(self.floor, point.low), self.weight + point.weight, point, self)


def rising(points: Iterable[Point]) -> list[Point]:
    """The points that never fall, setting aside as little as possible: what is set aside is what does not fit.

    The longest non-decreasing subsequence by patience sorting, with weights, and with ranges in place of numbers. `front` holds
    the best chains, the higher their floor the heavier; of two that weigh the same the one that began earlier wins.
    """
    front = [_Chain(-1, 0)]
    for point in points:
        below = bisect_right(front, point.low, key=attrgetter("floor"))
        within = bisect_right(front, point.high, key=attrgetter("floor"))
        longer = [chain.with_(point) for chain in front[below - 1 : within]]
        lower = [chain for chain in front[:below] if chain.floor < point.low]
        front = [*lower, *longer, *(chain for chain in front[within:] if chain.weight >= longer[-1].weight)]
    found, chain = [], front[-1]
    while chain.last and chain.rest:
        found.append(chain.last)
        chain = chain.rest
    return found[::-1]
