"""What was measured, as frozen values that add up; and how figures differ from those that were kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from app.evaluate.gold import FIELDS, TALLY_FIELDS

COUNTS = ("hit", "missed", "extra", "of", "texts")
"""Figures that say how much was measured, not how well."""
FEWER_IS_BETTER = ("negatives.with_false_alarm", "texts_without_output")


class BadBaseline(ValueError):
    """Kept figures that nothing can be compared with. The message says which figure is missing."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Counts of what was found, missed and found where there is nothing; rates of nothing at all are 1."""

    hit: int = 0
    missed: int = 0
    extra: int = 0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.hit + other.hit, self.missed + other.missed, self.extra + other.extra)

    def to_json(self) -> dict[str, float]:
        """Precision, recall and F1, rounded to four digits, and the three counts."""
        precision = self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0
        recall = self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rates = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
        return {**rates, "hit": self.hit, "missed": self.missed, "extra": self.extra}


@dataclass(frozen=True, slots=True)
class Share:
    """How many `of` some are right."""

    right: int = 0
    of: int = 0

    @classmethod
    def of_outcomes(cls, outcomes: Iterable[bool]) -> "Share":
        """The share of outcomes that are true."""
        judged = list(outcomes)
        return cls(sum(judged), len(judged))

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.of + other.of)

    def to_json(self, name: str = "accuracy") -> dict[str, float | None]:
        """The share, rounded to four digits, or None of nothing; and of how many it is."""
        return {name: round(self.right / self.of, 4) if self.of else None, "of": self.of}


def _none_of(names: Iterable[str]) -> dict[str, Share]:
    return dict.fromkeys(names, Share())


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on some texts; figures of two sets of texts add up.

    `negatives` are texts without an attack, `false_alarms` those of them in which one was found. `errors` has a line for each
    difference, and `absent` the ids of texts that nothing was said of.
    """

    incidents: Rate = Rate()
    tallies: Rate = Rate()
    fields: Mapping[str, Share] = field(default_factory=lambda: _none_of(FIELDS))
    tally_fields: Mapping[str, Share] = field(default_factory=lambda: _none_of(TALLY_FIELDS))
    evidence: Share = Share()
    claims: Share = Share()
    events: Rate = Rate()
    negatives: int = 0
    false_alarms: int = 0
    absent: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            incidents=self.incidents + other.incidents,
            tallies=self.tallies + other.tallies,
            fields={name: share + other.fields[name] for name, share in self.fields.items()},
            tally_fields={name: share + other.tally_fields[name] for name, share in self.tally_fields.items()},
            evidence=self.evidence + other.evidence,
            claims=self.claims + other.claims,
            events=self.events + other.events,
            negatives=self.negatives + other.negatives,
            false_alarms=self.false_alarms + other.false_alarms,
            absent=self.absent + other.absent,
            errors=self.errors + other.errors,
        )

    def to_json(self) -> dict[str, Any]:
        """All figures, without the errors."""
        return {
            "incidents": self.incidents.to_json(),
            "tallies": self.tallies.to_json(),
            "fields": {name: share.to_json() for name, share in self.fields.items()},
            "tally_fields": {name: share.to_json() for name, share in self.tally_fields.items()},
            "evidence": self.evidence.to_json(),
            "claims": self.claims.to_json("backed"),
            "non_strike_events": self.events.to_json(),
            "negatives": {"texts": self.negatives, "with_false_alarm": self.false_alarms},
            "texts_without_output": list(self.absent),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is another than it was; None where there was nothing to measure."""

    name: str
    before: float | None
    now: float | None

    @property
    def is_drop(self) -> bool:
        """Whether it is worse now."""
        return self._worth(self.now) < self._worth(self.before)

    def _worth(self, value: float | None) -> float:
        return -inf if value is None else -value if self.name in FEWER_IS_BETTER else value


def changes(baseline: object, figures: Figures) -> list[Change]:
    """The figures that are others than in `baseline`, the parsed JSON of kept ones. Raises BadBaseline where one is missing."""
    if not isinstance(baseline, dict):
        raise BadBaseline("no JSON object")
    before, now = dict(_flat(baseline)), dict(_flat(figures.to_json()))
    for name in now:
        if not isinstance(before.get(name, ""), int | float | None):
            raise BadBaseline(f"no figure `{name}`")
    return [Change(name, before[name], value) for name, value in now.items() if before[name] != value]


def _flat(figures: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Each figure that says how well something was read, by its path: `incidents.recall`."""
    for key, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        elif key not in COUNTS:
            yield f"{path}{key}", len(value) if isinstance(value, list) else value
