"""Which texts a change of names can make read otherwise, told without reading them whole."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from app.extract.engine import Hit, prefer
from app.extract.folding import fold
from app.extract.gazetteer import Gazetteer
from app.extract.lexicon import Lexicon
from app.extract.places import Target, key_of, named
from app.extract.reading import phrases_of
from app.extract.scanner import Phrase, Scanner
from app.extract.text import Text

_DIGIT = re.compile(r"\d")
LEAST_LETTERS = 2
"""A name of fewer letters would be found in every text."""


def key(subject: str, spelling: str) -> tuple[str, bool]:
    """The letters by which a spelling of a base, an actor or a source is known, and whether it needs its article."""
    return key_of(spelling) if subject == "base" else (fold(spelling).strip(), False)


def is_too_short(subject: str, spelling: str) -> bool:
    """Whether nothing, or next to nothing, is left of a spelling when it is folded."""
    return len(re.findall(r"\w", key(subject, spelling)[0])) < LEAST_LETTERS


class Renaming:
    """A change of names: which texts it can make read otherwise."""

    def __init__(self, before: Gazetteer, after: Gazetteer, lexicon: Lexicon) -> None:
        self._names = tuple(phrases_of(one.spelled, lexicon) for one in (before, after))
        self._scanners = tuple(Scanner({}, phrases, lexicon) for phrases in self._names)
        parents, then = ({base.slug: base.parent for base in names.bases} for names in (before, after))
        self._moved = {slug for slug in parents.keys() & then.keys() if parents[slug] != then[slug]}
        self.words = self._changed_words()
        """The folded words that mean something else then, and the names of bases that have another parent."""

    def _changed_words(self) -> frozenset[str]:
        old, new = map(_meanings, self._names)
        words = {place[1] for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
        return frozenset(words | _words_of(self._moved, old) | _words_of(self._moved, new))

    def can_change(self, text: Text, published: date | None) -> bool:
        """Whether the text can be read otherwise. Where none of the words stands, or they are found no otherwise, it is not.

        Names are found by these words alone, and a base's parent is asked for only where the base is named.
        """
        if not any(word in text.folded for word in self.words):
            return False
        return bool(self._moved) or self._found(0, text, published) != self._found(1, text, published)

    def _found(self, which: int, text: Text, published: date | None) -> list[tuple[Hit[Any], list[Target]]]:
        """The names that are found. That of a base counts where it names one on that day, or keeps a number from being one."""
        hits = self._scanners[which].scan(text.folded)
        bases = [(hit, list(named(text.folded, [hit], published))) for hit in prefer(hits.pop("names", []))]
        told = [(hit._replace(value=None), of) for hit, of in bases if of or _DIGIT.search(text.folded, hit.start, hit.end)]
        return told + [(hit, []) for group in sorted(hits) for hit in hits[group]]


_Meanings = Mapping[tuple[str, str], list[Any]]


def _meanings(names: Mapping[str, Sequence[Phrase]]) -> _Meanings:
    """What each phrase of each group stands for."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for group, phrases in names.items():
        for phrase in phrases:
            found[group, phrase.words].append((phrase.rule, phrase.value))
    return found


def _words_of(bases: Collection[str], meanings: _Meanings) -> set[str]:
    return {
        words
        for (group, words), values in meanings.items()
        if group == "names" and any(name.slug in bases for _rule, names in values for name in names)
    }
