"""Rules as values: patterns with named slots, what they resolve to, and which of several hits wins."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter, le
from typing import Generic, NamedTuple, TypeVar

from app.extract.folding import fold
from app.extract.lexicon import Lexicon

T = TypeVar("T")

Trie = dict[str, "Trie"]

ARABIC_NOUN = r"(?<!\w)(?:[وف]?(?:لل|[بكل]?(?:ال)?))"
ARABIC_VERB = r"(?<!\w)[وف]?"
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,3}(?![0-9]|,[0-9]{3})|(?<![0-9])[0-9]{1,5}(?![0-9])"
_NUMBER_WORDS = "{number}(?: و{number_tens}| {number_ten}|[ -]{number_unit_en})?"
NUMBER = f'"?(?:{_DIGITS}|{_NUMBER_WORDS})"?'
MACROS = {"n": ARABIC_NOUN, "v": ARABIC_VERB, "b": r"(?<!\w)", "e": r"(?!\w)", "NUMBER": NUMBER}
"""What stands for a word's start in a pattern: {n} with the proclitics of nouns, {v} of verbs, {b} with none; {e} is its end."""

DIGIT = "0"
"""Among a rule's `starts`: any digit, or the proclitics of one (و5, بـ 4)."""
NUMERAL = ("number", DIGIT)
"""What NUMBER begins with."""

_SLOT = re.compile(r"\{(?:([a-z_]+):)?([A-Za-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Slots:
    """What a rule's pattern matched: the words of each named slot, and the value that the lexicon gives for them.

    Of `match` only the words count, never the place: what a rule makes of the same words is remembered.
    """

    match: "re.Match[str]"
    lists: dict[str, str]
    lexicon: Lexicon

    def text(self, name: str) -> str | None:
        """The folded words of a slot, or None where it matched nothing."""
        return self.match.groupdict().get(name)

    def value(self, name: str) -> str | None:
        """The lexicon's value for the words of a slot, or None where it matched nothing."""
        words = self.text(name)
        return None if words is None else self.lexicon[self.lists[name]].get(words)


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One way to say something.

    `pattern` is a regular expression over folded text; `{list}` stands for the entries of a lexicon list, `{name:list}`
    also names the slot, and `{n}`, `{v}`, `{b}`, `{e}`, `{NUMBER}` are MACROS. `starts` says which words a match can begin
    with, so that no other word is tried: names of lists, plain words, or DIGIT; a rule that is one list alone needs none.
    `resolve` makes the value of a match or None for no match. Each of the `examples` must give exactly one hit, each
    `never` none: tests run them all.
    """

    id: str
    pattern: str
    resolve: Callable[[Slots], T | None]
    examples: tuple[str, ...]
    never: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


class Hit(NamedTuple, Generic[T]):
    """A rule's match: `start` and `end` in folded characters, and the value."""

    rule: str
    start: int
    end: int
    value: T


_START = attrgetter("start")
_END = attrgetter("end")


def alternation(words: Iterable[str]) -> str:
    """One trie-shaped expression for many folded words; longer words win over their own beginnings."""
    trie: Trie = {}
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return f"(?:{_branches(trie)})"


def _branches(node: Trie) -> str:
    """A chain of single letters is walked in a loop, so that long names do not nest deeply."""
    prefix = ""
    while len(node) == 1 and "" not in node:
        letter, node = next(iter(node.items()))
        prefix += re.escape(letter)
    rest = [re.escape(letter) + _branches(child) for letter, child in sorted(node.items()) if letter]
    if not rest:
        return prefix
    body = "|".join(rest)
    if "" in node:
        return f"{prefix}(?:{body})?"
    return f"{prefix}(?:{body})" if len(rest) > 1 else prefix + body


def expand(pattern: str, lexicon: Lexicon) -> tuple[str, dict[str, str]]:
    """A rule's pattern as a plain regular expression, and which list each of its slots belongs to."""
    lists: dict[str, str] = {}

    def fill(match: "re.Match[str]") -> str:
        name, source = match.groups()
        inner = MACROS.get(source)
        if inner is None:
            lists.update({name: source} if name else {})
            inner = alternation(lexicon[source])
        else:
            inner = _SLOT.sub(fill, inner)
        return f"(?P<{name}>{inner})" if name else inner

    folded = re.sub(r"[^\x00-\x7f]+", lambda match: fold(match[0]), pattern)
    return _SLOT.sub(fill, folded), lists


def prefer(hits: Sequence[Hit[T]]) -> list[Hit[T]]:
    """Of hits that overlap the longest stays, then the earliest; the order of the text."""
    if all(map(le, map(_END, hits), map(_START, hits[1:]))):
        return list(hits)
    kept: list[Hit[T]] = []
    run: list[Hit[T]] = []
    reach = 0
    for hit in sorted(hits, key=_START):
        if hit.start >= reach:
            kept += _longest(run) if len(run) > 1 else run
            run = []
        run.append(hit)
        reach = max(reach, hit.end)
    return kept + _longest(run)


def _longest(run: list[Hit[T]]) -> list[Hit[T]]:
    """`prefer` for hits in order each of which overlaps with another."""
    first, reach = run[0].start, max(map(_END, run))
    ranked = sorted(run, key=lambda hit: (hit.start - hit.end, hit.start))
    if ranked[0].start == first and ranked[0].end == reach:
        return ranked[:1]
    covered = bytearray(reach - first)
    kept = []
    for hit in ranked:
        stretch = slice(hit.start - first, hit.end - first)
        if not any(covered[stretch]):
            covered[stretch] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=_START)


class Found(list[Hit[T]]):
    """Hits in order that do not overlap.

    Where each starts is kept beside them, since `within` is asked a thousand times a report.
    """

    __slots__ = ("starts",)

    def __init__(self, hits: Iterable[Hit[T]] = ()) -> None:
        super().__init__(hits)
        self.starts = [hit.start for hit in self]

    def any_within(self, start: int, end: int) -> bool:
        """Whether a hit starts in [start, end)."""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] < end


def within(hits: Sequence[Hit[T]], start: int, end: int) -> list[Hit[T]]:
    """Those of ordered, non-overlapping hits that start in [start, end)."""
    if not isinstance(hits, Found):
        hits = Found(hits)
    starts = hits.starts
    low = bisect_left(starts, start)
    if low == len(starts) or starts[low] >= end:
        return []
    return hits[low : bisect_left(starts, end, low)]
