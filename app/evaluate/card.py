"""The machine's report card: what it read in a random sample, against what editors read there without seeing its reading.

An editor's reading is an annotation in the format of tests/corpus/README.md, with `outcome` and `origins` beside; what the
machine read is a line that `sijill extract` prints. Both name their fields alike.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.evaluate.estimates import kappa
from app.evaluate.figures import Share
from app.evaluate.gold import Gold, Line, Value
from app.evaluate.matching import SAYS_NOTHING, Matched, counts_the_same, match, may_be_one

ATTACK_FIELDS = (
    "date_end", "time_of_day", "weapon", "munitions_min", "munitions_max", "claimed_by", "attributed_to", "outcome", "origins",
)  # fmt: skip
"""What is compared of an attack that both tell of; base and first day are what tells that it is the same attack."""
TOTAL_FIELDS = ("op", "since", "counter")
"""What is compared of a running total that both tell of; its scope and its count are what tells that it is the same."""
CODED = ("time_of_day", "weapon", "outcome")
"""The fields of a few codes, on which two readers can agree by chance."""
FEWEST = 30
"""Decisions of which a share is told; below it says that they are not enough yet."""
_NONE = Share()
_SAME = {"missile": "rocket", "~": "="}
"""Codes that reading does not tell apart: the rules of the corpus."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many values the machine `found`, how many the editor `told`, and how many of them are the same."""

    same: int = 0
    found: int = 0
    told: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.same + other.same, self.found + other.found, self.told + other.told)

    @property
    def precision(self) -> Share:
        """How many of the values that the machine found the editor told."""
        return Share(self.same, self.found)

    @property
    def recall(self) -> Share:
        """How many of the values that the editor told the machine found."""
        return Share(self.same, self.told)


def _none_of(names: Iterable[str]) -> Mapping[str, Score]:
    return dict.fromkeys(names, Score())


@dataclass(frozen=True, slots=True)
class Card:
    """The scores of some reports; cards of two sets of reports add up. Fields are scored on the attacks that both tell of."""

    attacks: Score = Score()
    fields: Mapping[str, Score] = field(default_factory=lambda: _none_of(ATTACK_FIELDS))
    totals: Score = Score()
    total_fields: Mapping[str, Score] = field(default_factory=lambda: _none_of(TOTAL_FIELDS))
    non_strike: Score = Score()
    peaceful: Share = _NONE
    """Of the reports in which the editor read no attack, those in which the machine found none either."""

    def __add__(self, other: "Card") -> "Card":
        return Card(
            self.attacks + other.attacks,
            {name: score + other.fields[name] for name, score in self.fields.items()},
            self.totals + other.totals,
            {name: score + other.total_fields[name] for name, score in self.total_fields.items()},
            self.non_strike + other.non_strike,
            self.peaceful + other.peaceful,
        )


def card(readings: Iterable[tuple[Line, Line]]) -> Card:
    """The card of some reports, for each what the editor read and what the machine had found. Raises BadGold."""
    return sum((_card_of(told, found) for told, found in readings), start=Card())


def _card_of(told: Line, found: Line) -> Card:
    attacks, totals = matched_attacks(told, found), matched_totals(told, found)
    kinds, found_kinds = (_kinds(one) for one in (told, found))
    return Card(
        attacks=_items(attacks),
        fields={name: _values(name, attacks.pairs) for name in ATTACK_FIELDS},
        totals=_items(totals),
        total_fields={name: _values(name, totals.pairs) for name in TOTAL_FIELDS},
        non_strike=Score(len(kinds & found_kinds), len(found_kinds), len(kinds)),
        peaceful=Share() if told["incidents"] else Share(int(not found["incidents"]), 1),
    )


Pairs = Matched[Line, Line]
"""Items of an editor's reading with what was found of them, those that were missed, and what was found beside them."""


def matched_attacks(told: Line, found: Line) -> Pairs:
    """Which attack of one reading is which of another: they have the same base, and days that agree. Raises BadGold."""
    golds = list(zip(Gold.of(told, "").incidents, told["incidents"], strict=True))
    return _lines(match(golds, found["incidents"], lambda g, f: may_be_one(g[0], f), lambda g, f: _worth(ATTACK_FIELDS, g[1], f)))


def matched_totals(told: Line, found: Line) -> Pairs:
    """Which running total of one reading is which of another: they have the same scope and count. Raises BadGold.

    Parts of a total, ordinals and counts of a month or a day are not compared: editors are not asked for them.
    """
    golds = list(zip(Gold.of(told, "").tallies, told["tallies"], strict=True))
    running = [total for total in found["tallies"] if total["kind"] == "cumulative"]
    return _lines(match(golds, running, lambda g, f: counts_the_same(g[0], f), lambda g, f: _worth(TOTAL_FIELDS, g[1], f)))


def _lines(matched: Matched[tuple[Any, Line], Line]) -> Pairs:
    """The same without the values that items were matched by."""
    pairs = tuple((gold[1], found) for gold, found in matched.pairs)
    return Matched(pairs, tuple(gold[1] for gold in matched.missed), matched.extra)


def said(name: str, line: Line) -> frozenset[Value]:
    """What an attack or a total says in a field: one value, several origins, or nothing where it leaves it open."""
    if name == "origins":
        return frozenset(line.get("origins") or ())
    value = line.get(name)
    if name == "outcome":  # what reading prints as an interception is settled as an outcome
        value = {"all": "intercepted", "some": "partial"}.get(str(line.get("intercepted")), value)
    elif name == "date_end" and value == line.get("date"):
        value = None
    return frozenset() if value in SAYS_NOTHING else frozenset({_SAME.get(str(value), value)})


def _worth(names: Iterable[str], told: Line, found: Line) -> int:
    return sum(said(name, told) == said(name, found) for name in names)


def _items(matched: Pairs) -> Score:
    both = len(matched.pairs)
    return Score(both, both + len(matched.extra), both + len(matched.missed))


def _values(name: str, pairs: Iterable[tuple[Line, Line]]) -> Score:
    both = [(said(name, told), said(name, found)) for told, found in pairs]
    return Score(sum(len(t & f) for t, f in both), sum(len(f) for _, f in both), sum(len(t) for t, _ in both))


def _kinds(line: Line) -> set[str]:
    """The kinds of what looks like a strike and is none, each once: editors say whether a report tells of it, not where."""
    return {event["type"] for event in line["non_strike_events"]}


@dataclass(frozen=True)
class Agreement:
    """How far two editors who read the same reports agree. `attacks`: of those that either tells of, those that both do.

    `said` has for each field how often each pair of values came up in an attack that both tell of; nothing is a value too.
    """

    reports: int = 0
    attacks: Share = _NONE
    said: Mapping[str, Counter[tuple[frozenset[Value], frozenset[Value]]]] = field(default_factory=dict)

    @cached_property
    def fields(self) -> Mapping[str, Share]:
        """The share of attacks on which both say the same, by field."""
        return {
            name: Share(sum(times for (one, other), times in pairs.items() if one == other), pairs.total())
            for name, pairs in self.said.items()
        }

    @cached_property
    def kappas(self) -> Mapping[str, float | None]:
        """Cohen's kappa of each field that is coded; None where it is not defined."""
        return {name: kappa(self.said[name]) for name in CODED}


def agreement(twice: Sequence[tuple[Line, Line]]) -> Agreement:
    """How far the two readings of each of these reports agree. Raises BadGold."""
    matched = [matched_attacks(one, other) for one, other in twice]
    pairs = [pair for one in matched for pair in one.pairs]
    either = len(pairs) + sum(len(one.missed) + len(one.extra) for one in matched)
    return Agreement(
        reports=len(twice),
        attacks=Share(len(pairs), either),
        said={name: Counter((said(name, one), said(name, other)) for one, other in pairs) for name in ATTACK_FIELDS},
    )
