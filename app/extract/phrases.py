"""Finds the entries of many word lists in one pass over a text: what one rule a list would find, at a tenth of the cost."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.extract.engine import Hit, prefer
from app.extract.lexicon import Lexicon

_WORD = re.compile(r"\w+")
_NOUN_LEAD = re.compile(r"[وف]?(?:لل|[بكل]?(?:ال)?)")


@lru_cache(maxsize=65536)
def _cuts(opening: str) -> tuple[tuple[int, bool], ...]:
    """(how many letters of a word may be proclitics, whether a verb takes them too), by the word's first four letters."""
    cuts = {0: True}
    conjunction = 1 if opening[:1] in ("و", "ف") else 0
    if conjunction:
        cuts[1] = True
    for start in {0, conjunction}:
        preposition = start + (1 if opening[start : start + 1] in ("ب", "ك", "ل") else 0)
        for at in {start, preposition}:
            cuts.setdefault(at, False)
            if opening[at : at + 2] == "ال":
                cuts.setdefault(at + 2, False)
        if opening[start : start + 2] == "لل":
            cuts.setdefault(start + 2, False)
    return tuple(sorted(cuts.items()))


@dataclass(frozen=True)
class PhraseIndex:
    """Entries by their first word: (entry, list, value, whether it takes the proclitics of nouns)."""

    entries: Mapping[str, tuple[tuple[str, str, str, bool], ...]]
    lists: tuple[str, ...]

    @classmethod
    def of(cls, lists: Iterable[tuple[str, bool]], lexicon: Lexicon) -> "PhraseIndex":
        """Index lists of the lexicon; each comes with whether its entries are nouns (else verbs, which take only و and ف)."""
        entries: dict[str, list[tuple[str, str, str, bool]]] = {}
        named = tuple(lists)
        for name, noun in named:
            for entry, value in lexicon[name].items():
                first = _WORD.match(entry)
                if first is not None:
                    entries.setdefault(first[0], []).append((entry, name, value, noun))
        return cls({word: tuple(found) for word, found in entries.items()}, tuple(name for name, _ in named))

    def find(self, folded: str) -> dict[str, list[Hit[str]]]:
        """The hits of each list in the order of the text; within a list the longest wins."""
        found: dict[str, list[Hit[str]]] = {name: [] for name in self.lists}
        for match in _WORD.finditer(folded):
            word, start = match[0], match.start()
            for cut, verb in _cuts(word[:4]):
                for entry, name, value, noun in self.entries.get(word[cut:], ()):
                    if (noun or verb) and self._stands(folded, entry, start + cut):
                        found[name].append(Hit(f"cue.{name}", start, start + cut + len(entry), value))
        return {name: prefer(hits) for name, hits in found.items()}

    @staticmethod
    def _stands(folded: str, entry: str, at: int) -> bool:
        end = at + len(entry)
        return folded.startswith(entry, at) and not (folded[end : end + 1].isalnum() or folded[end : end + 1] == "_")
