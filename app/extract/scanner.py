"""Finds all that is looked for, rules and word lists alike, in one walk over the words of a text."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from app.extract.engine import DIGIT, Hit, Rule, Slots, expand, prefer
from app.extract.folding import fold
from app.extract.lexicon import Lexicon

# Digits that a word of letters runs into (بـ24) are a word of their own.
_WORD = re.compile(r"[^\W\d]+|\d+[^\W\d]*")
_PLAIN = re.compile(r"\{([nvb])\}\{(?:[a-z_]+:)?([a-z_]+)\}\{e\}")
_PROCLITICS = 4
"""At most so many letters of a word may be proclitics (وبال)."""
_KNOWN_WORDS = 1 << 14
"""For so many different words it is remembered what may begin with them."""
_KNOWN_VALUES = 1 << 10
"""For so many different words it is remembered what a rule makes of them."""
_UNTOLD = object()


class Phrase(NamedTuple):
    """Words that stand for themselves. `lead` says which proclitics may stand before them: n those of nouns, v of verbs, b none.

    A hit begins with the proclitics where it is `whole`, else behind them.
    """

    rule: str
    words: str
    value: Any
    lead: str
    whole: bool


class _Pattern:
    """A rule, compiled. What it makes of its words is remembered: the same few are told again and again."""

    def __init__(self, rule: Rule[Any], lexicon: Lexicon) -> None:
        expression, self._lists = expand(rule.pattern, lexicon)
        self._rule = rule
        self._lexicon = lexicon
        self._values: dict[tuple[str, tuple[str | None, ...]], Any] = {}
        self.id = rule.id
        self.match = re.compile(expression).match

    def hit(self, match: "re.Match[str]") -> Hit[Any] | None:
        """What a match says, or None where the rule takes it for nothing."""
        words = (match[0], match.groups())
        value = self._values.get(words, _UNTOLD)
        if value is _UNTOLD:
            value = self._rule.resolve(Slots(match, self._lists, self._lexicon))
            if len(self._values) >= _KNOWN_VALUES:
                self._values.clear()
            self._values[words] = value
        return None if value is None else Hit(self.id, match.start(), match.end(), value)


_Entry = Phrase | _Pattern


class _Further(NamedTuple):
    """What goes on with a second word: (group, where it begins, where its words do, phrase), and patterns."""

    phrases: tuple[tuple[str, int, int, Phrase], ...] = ()
    patterns: tuple[tuple[str, _Pattern], ...] = ()


class _Begun(NamedTuple):
    """What one word begins: (group, rule, where it begins, value) by that word alone, patterns, and more by a second word."""

    alone: tuple[tuple[str, str, int, Any], ...] = ()
    patterns: tuple[tuple[str, _Pattern], ...] = ()
    further: Mapping[str | None, _Further] = MappingProxyType({})


_NOTHING = _Begun()


class _Known(dict[str, _Begun]):
    """What each word begins, looked up once. All is forgotten when it is too much, so that no stream of texts fills memory."""

    def __init__(self, look_up: Callable[[str], _Begun], longest: int) -> None:
        super().__init__()
        self._look_up = look_up
        self._longest = longest

    def __missing__(self, word: str) -> _Begun:
        if len(word) > self._longest:
            return _NOTHING
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        begun = self[word] = self._look_up(word)
        return begun


@lru_cache(maxsize=_KNOWN_WORDS)
def _cuts(opening: str) -> tuple[tuple[int, str], ...]:
    """(how many letters of a word may be proclitics, the leads that allow it), by the word's first four letters."""
    cuts = {0: "nvb"}
    conjunction = 1 if opening[:1] in ("و", "ف") else 0
    if conjunction:
        cuts[1] = "nv"
    for start in {0, conjunction}:
        preposition = start + (1 if opening[start : start + 1] in ("ب", "ك", "ل") else 0)
        for at in {start, preposition}:
            cuts.setdefault(at, "n")
            if opening[at : at + 2] == "ال":
                cuts.setdefault(at + 2, "n")
        if opening[start : start + 2] == "لل":
            cuts.setdefault(start + 2, "n")
    return tuple(sorted(cuts.items()))


class Scanner:
    """Groups of rules and phrases, compiled; `scan` finds the hits of each group.

    Everything is kept by the word, or the two words, that it begins with. So a word of the text costs one look into a table,
    and a rule's expression is tried only where it can match; looking with each expression for itself takes many times as long.
    """

    def __init__(
        self, rules: Mapping[str, Iterable[Rule[Any]]], phrases: Mapping[str, Iterable[Phrase]], lexicon: Lexicon
    ) -> None:
        """Compile groups by name. Raises ValueError for a rule that does not say how it starts, KeyError for an unknown list."""
        self._lexicon = lexicon
        self._entries: dict[str, list[tuple[str, str | None, _Entry]]] = defaultdict(list)
        for group, members in phrases.items():
            for phrase in members:
                self._add(group, phrase.words, phrase)
        for group, rules_of in rules.items():
            for rule in rules_of:
                self._add_rule(group, rule)
        longest = max(map(len, self._entries), default=0)
        self._known = _Known(self._look_up, longest + _PROCLITICS)

    def _add(self, group: str, words: str, entry: _Entry) -> None:
        first, *others = _WORD.findall(words) or [""]
        self._entries[first].append((group, others[0] if others else None, entry))

    def _add_rule(self, group: str, rule: Rule[Any]) -> None:
        pattern = _Pattern(rule, self._lexicon)
        plain = _PLAIN.fullmatch(rule.pattern)
        if plain is not None:
            for words in self._lexicon[plain[2]]:
                match = pattern.match(words)
                hit = pattern.hit(match) if match else None
                if hit is not None:
                    self._add(group, words, Phrase(rule.id, words, hit.value, plain[1], whole=True))
        elif rule.starts:
            for start in rule.starts:
                for words in self._lexicon.lists.get(start, (fold(start),)):
                    self._add(group, words, pattern)
        else:
            raise ValueError(f"{rule.id} does not say which words it starts with")

    def _look_up(self, word: str) -> _Begun:
        alone: list[tuple[str, str, int, Any]] = []
        patterns: dict[str, tuple[str, _Pattern]] = {}
        phrases: dict[str, list[tuple[str, int, int, Phrase]]] = defaultdict(list)
        more: dict[str, dict[str, tuple[str, _Pattern]]] = defaultdict(dict)
        for cut, leads in _cuts(word[:_PROCLITICS]):
            # Proclitics alone stand before a digit (بـ24, و 4).
            numeral = self._entries[DIGIT] if cut == len(word) or (word[0].isdigit() and cut == 0) else ()
            for group, second, entry in (*self._entries.get(word[cut:], ()), *numeral):
                if isinstance(entry, _Pattern):
                    (patterns if second is None else more[second]).setdefault(entry.id, (group, entry))
                elif entry.lead in leads:
                    begin = 0 if entry.whole else cut
                    if entry.words == word[cut:]:
                        alone.append((group, entry.rule, begin, entry.value))
                    else:
                        phrases[second or ""].append((group, begin, cut, entry))
        further: dict[str | None, _Further] = {
            second: _Further(tuple(sorted(phrases[second], key=lambda one: -len(one[3].words))), tuple(more[second].values()))
            for second in (*phrases, *more)
        }
        return _Begun(tuple(alone), tuple(patterns.values()), further) if alone or patterns or further else _NOTHING

    def scan(self, folded: str) -> dict[str, list[Hit[Any]]]:
        """The hits of each group that has any, overlapping ones too, in the order of the words they begin with."""
        found: dict[str, list[Hit[Any]]] = defaultdict(list)
        matches = [*_WORD.finditer(folded)]
        words = [match[0] for match in matches]
        for match, begun, following in zip(matches, map(self._known.__getitem__, words), [*words[1:], None], strict=False):
            if begun is _NOTHING:
                continue
            alone, patterns, further = begun
            start = match.start()
            for group, rule, begin, value in alone:
                found[group].append(Hit(rule, start + begin, match.end(), value))
            if following in further:
                phrases, more = further[following]
                patterns += more
                for group, begin, cut, phrase in phrases:
                    if _stands(folded, phrase.words, start + cut):
                        found[group].append(Hit(phrase.rule, start + begin, start + cut + len(phrase.words), phrase.value))
            for group, pattern in patterns:
                told = pattern.match(folded, start)
                if told is not None and (hit := pattern.hit(told)) is not None:
                    found[group].append(hit)
        return found


def find(scanner: Scanner, folded: str) -> list[Hit[Any]]:
    """The hits of all groups together that win over those they overlap."""
    return prefer([hit for hits in scanner.scan(folded).values() for hit in hits])


def _stands(folded: str, words: str, at: int) -> bool:
    end = at + len(words)
    if not folded.startswith(words, at):
        return False
    return end == len(folded) or not (folded[end].isalnum() or folded[end] == "_")


def phrases_of(rule: str, entries: Mapping[str, Any], lead: str, *, whole: bool) -> Sequence[Phrase]:
    """A word list as phrases of one rule."""
    return [Phrase(rule, words, value, lead, whole) for words, value in entries.items()]
