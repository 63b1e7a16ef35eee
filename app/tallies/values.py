"""What the audit sees of a published total and of an incident, and what it finds."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

TOLERANCE = 0.05
"""Share by which a total that says "about" may be off, and contradicts nothing."""

COUNTRIES = {
    "all-syria": frozenset({"syria"}),
    "iraq-and-syria": frozenset({"iraq", "syria"}),
    "iraq-syria-jordan": frozenset({"iraq", "syria", "jordan"}),
    "syria": frozenset({"syria"}),
    "iraq": frozenset({"iraq"}),
}
"""The countries of a scope that is no base; a scope that begins with `other:` says in no fixed way which they are."""

EVERYWHERE = ""
"""Stands for all of Syria where a base's slug could stand."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A published total. `approximate`: the day of publication is not known to the day. `parts`: (base or country, count)."""

    id: int
    counter: str | None
    publisher: str
    kind: str
    scope: str
    bound: str
    count: int
    start: date | None
    end: date | None
    published: date | None
    approximate: bool = False
    parts_stated: str = "none"
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def reach(self) -> date | None:
        """The day whose attacks are the last that it counts: where no end is stated, the day of publication."""
        return self.end or self.published

    @property
    def is_relay(self) -> bool:
        """Whether somebody else than the counter printed it."""
        return self.publisher != self.counter

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the most that its bound allows; "more than 120" is at least 121."""
        match self.bound:
            case ">":
                return self.count + 1, math.inf
            case ">=":
                return self.count, math.inf
            case "~":
                return self.count * (1 - TOLERANCE), self.count * (1 + TOLERANCE)
        return self.count, self.count


@dataclass(frozen=True, slots=True)
class Incident:
    """A counted incident: the bases it counts for (its own, and that one's parent), and the days on which it can have happened.

    `claimed`: nobody but the claimant tells of it, so that a counter need not have counted it.
    """

    public_id: str
    bases: tuple[str, ...]
    first: date
    last: date
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a total states, beside what it is set against: `low` to `high` (None: no limit), in a window of days if it has one.

    `part` is EVERYWHERE for the total itself, or one of its parts.
    """

    part: str
    stated: int
    low: int
    high: int | None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a total that does not fit: its kind, the reason within that kind, and the totals that it rests on."""

    kind: str
    tally: int
    reason: str = ""
    others: tuple[int, ...] = ()
    compared: tuple[Comparison, ...] = ()


def place_of(scope: str) -> str | None:
    """Where the register's incidents under a scope lie: EVERYWHERE, a base's slug, or None where it holds none of them."""
    if scope.startswith("other:"):
        return None
    if scope not in COUNTRIES:
        return scope
    return EVERYWHERE if "syria" in COUNTRIES[scope] else None


def is_wider(scope: str) -> bool:
    """Whether a scope holds more than Syria, so that its totals cannot be set beside the register."""
    return len(COUNTRIES.get(scope, ())) > 1


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of one kind about one total as one, with all that they compare and rest on; the first one's reason holds."""
    found: dict[tuple[str, int], Finding] = {}
    for one in findings:
        known = found.get((one.kind, one.tally), one)
        others = dict.fromkeys((*known.others, *one.others))
        compared = dict.fromkeys((*known.compared, *one.compared))
        found[one.kind, one.tally] = Finding(one.kind, one.tally, known.reason, tuple(others), tuple(compared))
    return list(found.values())
