"""Which found item is which of the gold's, and what agrees in the two: the rules of tests/corpus/README.md."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from app.evaluate.gold import GoldEvent, GoldIncident, GoldTally, Line, Value

ALIKE = (frozenset({"al-omar", "green-village"}), frozenset({"kharab-al-jir", "rmelan"}), frozenset({"rocket", "missile"}))
"""Codes that name one site, or one kind of weapon."""
WIDE_SCOPES = ("all-syria", "iraq-and-syria", "other:iraq")
"""Scopes of a total that are no single place."""
INSIDE = 0.3
"""The share of a quote that must lie within the gold's evidence."""
CLAIMED = (
    "base", "date", "time_of_day", "weapon", "munitions_min", "munitions_max", "launched_from", "claimed_by", "attributed_to",
    "intercepted", "casualties_reported", "status",
)  # fmt: skip
"""The fields of a found incident that need a claim to back them, where they say anything."""
SAYS_NOTHING = (None, "unknown", "unspecified", "reported")
LONGEST_CLAIM = 200
"""Characters of the words that back one field."""

G = TypeVar("G")
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Matched(Generic[G, F]):
    """Gold items with what was found of them, gold items that were not found, and what is in no gold."""

    pairs: tuple[tuple[G, F], ...]
    missed: tuple[G, ...]
    extra: tuple[F, ...]


def match(golds: Sequence[G], found: Sequence[F], fits: Callable[[G, F], bool], worth: Callable[[G, F], int]) -> Matched[G, F]:
    """The way to pair what fits that has most pairs, and of those ways the one of most worth.

    Of ways that are equal in both it is the first: the first gold item stays alone, or has the earliest partner, and so on.
    """
    options = [[column for column, f in enumerate(found) if fits(g, f)] for g in golds]
    # Only what later items fit too can stand in their way: a list whose items fit one partner each takes one step an item.
    wanted = [0] * (len(golds) + 1)
    for row in reversed(range(len(golds))):
        wanted[row] = wanted[row + 1] | sum(1 << column for column in options[row])

    @cache
    def best(row: int, taken: int) -> tuple[int, int, tuple[tuple[int, int], ...]]:
        if row == len(golds):
            return 0, 0, ()
        chosen = best(row + 1, taken & wanted[row + 1])
        for column in options[row]:
            if not taken >> column & 1:
                count, value, rest = best(row + 1, (taken | 1 << column) & wanted[row + 1])
                way = count + 1, value + worth(golds[row], found[column]), ((row, column), *rest)
                chosen = max(chosen, way, key=lambda one: one[:2])
        return chosen

    chosen = best(0, 0)[2]
    rows, columns = {row for row, _ in chosen}, {column for _, column in chosen}
    return Matched(
        pairs=tuple((golds[row], found[column]) for row, column in chosen),
        missed=tuple(g for row, g in enumerate(golds) if row not in rows),
        extra=tuple(f for column, f in enumerate(found) if column not in columns),
    )


def may_be_one(gold: GoldIncident, found: Line) -> bool:
    """Whether two incidents have the same base, and dates that agree."""
    return _alike(_place(gold.base), _place(found.get("base"))) and _dates_agree(gold, found.get("date"))


def field_agrees(name: str, gold: GoldIncident, found: Line) -> bool:
    """Whether two incidents say the same in one of FIELDS."""
    if name == "weapon":
        return _alike(gold.values[name], found.get(name))
    return bool(gold.values[name] == found.get(name))


def counts_the_same(gold: GoldTally, found: Line) -> bool:
    """Whether two totals have the same scope and count."""
    return (_scope(gold.scope), gold.count) == (_scope(found.get("scope")), found.get("count"))


def tally_field_agrees(name: str, gold: GoldTally, found: Line) -> bool:
    """Whether two totals say the same in one of TALLY_FIELDS."""
    return bool(gold.values[name] == found.get(name))


def is_told(gold: GoldEvent, found: Line, text: str) -> bool:
    """Whether two events that are no strike are of one kind, and told in the same words of their text."""
    return gold.kind == found.get("type") and lies_in(text, gold.evidence, found.get("evidence"))


def lies_in(text: str, evidence: str, span: Line | None) -> bool:
    """Whether a quote is exact and enough of it lies in the gold's evidence, at any place where the text has that."""
    if not span or not _is_exact(text, span):
        return False
    start, end = span["start"], span["end"]
    shared = (min(end, place + len(evidence)) - max(start, place) for place in _places(text, evidence))
    return any(letters >= INSIDE * (end - start) for letters in shared)


def backed(text: str, found: Line) -> list[bool]:
    """For each field of a found incident that says something, whether a rule and the exact words, not too many, back it."""
    claims = found.get("claims") or {}
    spans = [claims.get(name) or {} for name in CLAIMED if found.get(name) not in SAYS_NOTHING]
    return [bool(span.get("rule")) and _is_exact(text, span) and len(span["quote"]) <= LONGEST_CLAIM for span in spans]


def _dates_agree(gold: GoldIncident, found: str | None) -> bool:
    """A day that the text leaves open must stay open, or lie in the month that it gives."""
    if gold.date is None:
        return found is None or bool(gold.month and found.startswith(gold.month))
    return found is not None and found in (gold.date, gold.values["date_end"])


def _alike(left: Value, right: Value) -> bool:
    return left == right or any(left in group and right in group for group in ALIKE)


def _place(slug: Value) -> Value:
    """A place that is in no gazetteer is as good as one without a name."""
    return "unspecified" if slug is None or str(slug).startswith("other:") else slug


def _scope(scope: Value) -> Value:
    return scope if scope in WIDE_SCOPES else _place(scope)


def _is_exact(text: str, span: Line) -> bool:
    start, end = span.get("start"), span.get("end")
    within = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
    return within and text[start:end] == span.get("quote")


def _places(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)
