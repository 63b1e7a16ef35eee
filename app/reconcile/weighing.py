"""What speaks for and against two mentions telling of one attack: each signal's verdict, and what it weighs."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Protocol

from app.fields import TIMES_OF_DAY, UNSPECIFIED

LONGEST_AGREEING = timedelta(days=8)
"""A mention dated more loosely than this agrees with no day: it stays an incident of its own."""
BESIDE = timedelta(days=4)
"""Another day that was stated counts up to so far from the one that was taken."""
ASSUMED = "date.published"
"""The rule of extraction that takes the day of publication for want of a told one."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a mention says that tells attacks apart. Mentions with the same face look the same.

    `site` is the base at the top of the base's family. `assumed`: the day is that of publication, for want of a told one.
    `abroad`: told by somebody in Washington, where the day before may still last. `alternatives` are days that were stated
    too. `munitions` is a low and a high count. `nth` counts the attacks on the base, as "the third time today" does.
    """

    site: str
    base: str
    start: date | None = None
    end: date | None = None
    assumed: bool = False
    abroad: bool = False
    alternatives: tuple[date, ...] = ()
    time_of_day: str | None = None
    weapon: str | None = None
    munitions: tuple[int | None, int | None] = (None, None)
    claimed_by: str | None = None
    nth: int | None = None

    @property
    def can_be_compared(self) -> bool:
        """Whether it names a day and a site: without them nothing can be said."""
        return self.start is not None and self.site != UNSPECIFIED


class Claimed(Protocol):
    """A claim, wherever it comes from: extraction or the register."""

    @property
    def field(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def rule(self) -> str | None: ...
    @property
    def alternative(self) -> bool: ...


def face_of(
    claims: Iterable[Claimed],
    *,
    sites: Mapping[str, str],
    attacked: Collection[str],
    nth: int | None = None,
    corrected: Mapping[str, str | None] = MappingProxyType({}),
) -> Face:
    """The face of a mention with these claims, under the corrections of its incident.

    `sites` gives each base's slug that of its site; `attacked` are the sources that speak for the side attacked.
    """
    said: dict[str, str | None] = {}
    others, abroad, assumed = [], False, False
    for claim in claims:
        if claim.alternative:
            others += [date.fromisoformat(claim.value)] if claim.field == "date_start" else []
        else:
            said.setdefault(claim.field, claim.value)
            abroad |= claim.field == "origin" and claim.value in attacked
            assumed |= claim.field == "date_start" and claim.rule == ASSUMED
    said |= corrected
    if "date_start" in corrected and "date_end" not in corrected:
        said["date_end"] = None  # a corrected first day moves the last
    base, start = said.get("base") or UNSPECIFIED, said.get("date_start")
    low, high = said.get("munitions_low"), said.get("munitions_high")
    return Face(
        site=sites.get(base, base),
        base=base,
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(max(said.get("date_end") or start, start)) if start else None,
        assumed=assumed and "date_start" not in corrected,
        abroad=abroad,
        alternatives=tuple(sorted(day for day in others if start and abs(day - date.fromisoformat(start)) <= BESIDE)),
        time_of_day=said.get("time_of_day"),
        weapon=said.get("weapon"),
        munitions=(int(low) if low else None, int(high) if high else None),
        claimed_by=said.get("claimed_by"),
        nth=nth,
    )


def _days(one: Face, other: Face) -> str | None:
    if one.start is None or other.start is None:
        return None
    spans = sorted((start, face.end or start) for face in (one, other) if (start := face.start))
    (first, first_end), (second, second_end) = spans
    if (first, first_end) == (second, second_end):
        return "same"
    longest = max(first_end - first, second_end - second)
    if longest > LONGEST_AGREEING:
        return "apart"
    if second <= first_end:
        return "night" if longest <= timedelta(days=1) else "overlap"
    if first in (*one.alternatives, *other.alternatives) or second in (*one.alternatives, *other.alternatives):
        return "alternative"
    if second - first_end > timedelta(days=1):
        return "apart"
    return _neighbours(one, other) if one.start < other.start else _neighbours(other, one)


def _neighbours(earlier: Face, later: Face) -> str:
    """How two days that follow each other may be one: around midnight, or by a day of publication or of Washington."""
    late, early = earlier.time_of_day in ("evening", "night"), later.time_of_day in ("night", "dawn")
    if (late and early) or (late and later.time_of_day is None) or (early and earlier.time_of_day is None):
        return "midnight"
    return "shifted" if later.assumed or (earlier.abroad and not later.abroad) else "next"


def _base(one: Face, other: Face) -> str:
    return "same" if one.base == other.base else "family"


def _time_of_day(one: Face, other: Face) -> str | None:
    if one.time_of_day is None or other.time_of_day is None:
        return None
    steps = abs(TIMES_OF_DAY.index(one.time_of_day) - TIMES_OF_DAY.index(other.time_of_day))
    if "night" in (one.time_of_day, other.time_of_day):
        steps = min(steps, len(TIMES_OF_DAY) - steps)  # the night of a day is the one before its dawn, or after its evening
    return "same" if steps == 0 else "near" if steps == 1 else "far" if steps == 2 else "opposite"


def _weapon(one: Face, other: Face) -> str | None:
    # The press uses one word for rockets and missiles; guidance is never inferred from it.
    kinds = {{"missile": "rocket", "unknown": None}.get(face.weapon or "unknown", face.weapon) for face in (one, other)}
    if None in kinds:
        return None
    if len(kinds) == 1:
        return "same"
    return "part" if "mixed" in kinds and kinds <= {"mixed", "rocket", "drone"} else "other"


def _munitions(one: Face, other: Face) -> str | None:
    (low, high), (other_low, other_high) = one.munitions, other.munitions
    if low is None or other_low is None:
        return None
    if low > (other_high or low) or other_low > (high or other_low):
        return "other"
    # "A drone" is how any attack is told: one munition each tells nothing.
    return "same" if low == other_low > 1 else None


def _claimed_by(one: Face, other: Face) -> str | None:
    if one.claimed_by is None or other.claimed_by is None:
        return None
    return "same" if one.claimed_by == other.claimed_by else "other"


def _nth(one: Face, other: Face) -> str | None:
    if one.nth == other.nth:
        return "same" if one.nth else None
    return "other" if one.nth and other.nth else "one"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that two mentions can agree on: its verdict on them (None: they do not say), and what each verdict weighs."""

    name: str
    verdict: Callable[[Face, Face], str | None]
    points: Mapping[str, int]


SIGNALS = (
    Signal("days", _days, {
        "same": 8, "night": 7, "overlap": 5, "alternative": 6, "midnight": 4, "shifted": 4, "next": -2, "apart": -20,
    }),
    Signal("base", _base, {"same": 2, "family": 0}),
    Signal("time_of_day", _time_of_day, {"same": 3, "near": 0, "far": -5, "opposite": -8}),
    Signal("weapon", _weapon, {"same": 2, "part": 1, "other": -3}),
    Signal("munitions", _munitions, {"same": 2, "other": -1}),
    Signal("claimed_by", _claimed_by, {"same": 2, "other": -4}),
    Signal("nth", _nth, {"same": 3, "other": -10, "one": -4}),
)  # fmt: skip
"""The signals, weightiest first. The weights are ours: tried on annotated reports, see docs/method.md."""

SURE, UNSURE = 8, 5
"""From how many points on two groups of mentions are one attack, and from how many on it is asked whether they are."""

SLIGHT = -2
"""Fewer points than this on one signal speak against two groups being one attack; the rest is a slip of the pen."""

Reasons = tuple[tuple[str, str], ...]
"""Verdicts by signal, such as ("weapon", "other")."""


def verdicts(one: Face, other: Face) -> Reasons:
    """What the signals say of two mentions; nothing where no signal can: without days, or at different or unnamed sites."""
    if one.site != other.site or not one.can_be_compared or not other.can_be_compared:
        return ()
    found = ((signal.name, signal.verdict(one, other)) for signal in SIGNALS)
    return tuple((name, verdict) for name, verdict in found if verdict is not None)


def agreement(ours: Iterable[Face], theirs: Iterable[Face]) -> Reasons:
    """All that speaks for and against two groups of mentions being one attack, weightiest signal first, each verdict once."""
    found = {reason for one, other in product(ours, theirs) for reason in verdicts(one, other)}
    return tuple(reason for reason in _POINTS if reason in found)


_POINTS = {(signal.name, verdict): points for signal in SIGNALS for verdict, points in signal.points.items()}
NEAREST = frozenset({"days", "base"})
"""A group knows its night, and its site's names, from several sides: of these signals the nearest verdict counts."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What two groups of mentions being one attack weighs: the `points`, and whether anything speaks `against` it.

    Of each signal `said` has the number of pairs of mentions that say anything, their points summed, the most and the fewest.
    """

    points: float
    against: bool
    said: Mapping[str, tuple[int, int, int, int]]

    def __add__(self, other: "Weight") -> "Weight":
        """The weight for the joined groups."""
        return _weight(said for weight in (self, other) for said in weight.said.items())


def weigh(ours: Iterable[Face], theirs: Iterable[Face]) -> Weight:
    """What two groups of mentions being one attack weighs: of each signal the mean over those pairs that say anything.

    So a witness who is silent on the time of day does not hide that others contradict each other. 0 where nothing can be said.
    """
    pairs = [_between(one, other) for one, other in product(ours, theirs)]
    return pairs[0] if len(pairs) == 1 else _weight(said for pair in pairs for said in pair.said.items())


@lru_cache(maxsize=100_000)
def _between(one: Face, other: Face) -> Weight:
    points = {signal: _POINTS[signal, verdict] for signal, verdict in verdicts(one, other)}
    return _weight((signal, (1, found, found, found)) for signal, found in points.items())


def _weight(said: Iterable[tuple[str, tuple[int, int, int, int]]]) -> Weight:
    joint: dict[str, tuple[int, int, int, int]] = {}
    for signal, (pairs, points, most, fewest) in said:
        if before := joint.get(signal):
            joint[signal] = (before[0] + pairs, before[1] + points, max(before[2], most), min(before[3], fewest))
        else:
            joint[signal] = (pairs, points, most, fewest)
    weights = [_of_signal(signal, *found) for signal, found in joint.items()]
    return Weight(round(sum(weights), 6), min(weights, default=0) < SLIGHT, joint)


def _of_signal(signal: str, pairs: int, points: int, most: int, fewest: int) -> float:
    is_near = signal in NEAREST and fewest > _POINTS["days", "apart"]  # unless a day is out of reach
    return most if is_near else points / pairs
