"""All that the rules find in one text, before anything is decided: the Reader that holds the rules, and the Reading they give."""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from app.extract import actors, clauses, dates, figures, joining, places, weapons
from app.extract.clauses import Clause, Cues
from app.extract.engine import Found, Hit, Rule, prefer, within
from app.extract.gazetteer import Gazetteer
from app.extract.lexicon import Lexicon
from app.extract.places import BaseNames, Target
from app.extract.scanner import Phrase, Scanner
from app.extract.text import Sentence, Text, sentence_at
from app.extract.weapons import Munition

T = TypeVar("T")

_DATE = 20
"""Letters at most that a date has before the number of its day."""
RELEASE = "2026.11"
_LETTERS = re.compile(r"\w")
EXCEPT = "except"
"""The key of entries that only keep their words from the shorter entries of their list (الحدود التركية is no Turkish strike)."""


RULES: Mapping[str, tuple[Rule[Any], ...]] = {
    "munitions": weapons.RULES,
    "times": dates.RULES,
    "places": places.RULES,
    "beside": places.BESIDE,
    "near": places.NEAR,
    "regions": places.REGIONS,
    "attackers": actors.RULES,
    "launches": actors.LAUNCHES,
    "claims": actors.CLAIMS,
    "figures": figures.RULES,
}
"""Every rule of extraction by its group: hits of one group compete for their words. The lists of cues are groups too."""


@dataclass(frozen=True)
class Reader:
    """The rules, the vocabulary and a gazetteer, compiled once. Immutable; `version` changes whenever any of them does."""

    version: str
    lexicon: Lexicon = field(repr=False)
    names: BaseNames = field(repr=False)
    scanner: Scanner = field(repr=False)

    @classmethod
    def of(cls, gazetteer: Gazetteer, lexicon: Lexicon | None = None) -> "Reader":
        """Compile everything; a lexicon other than the project's own is for tests and comparisons."""
        words = lexicon or Lexicon.load()
        gazetteer = gazetteer.spelled
        names = BaseNames.of(gazetteer, words)
        phrases = {**clauses.phrases(words), **phrases_of(gazetteer, words)}
        return cls(version_of(gazetteer, words), words, names, Scanner(RULES, phrases, words))


def phrases_of(gazetteer: Gazetteer, lexicon: Lexicon) -> dict[str, Sequence[Phrase]]:
    """The names of a gazetteer as texts are looked through for them."""
    return {
        "names": BaseNames.of(gazetteer, lexicon).phrases,
        "attackers": actors.attackers(gazetteer, lexicon),
        "sources": actors.sources(gazetteer, lexicon),
    }


def version_of(gazetteer: Gazetteer, lexicon: Lexicon) -> str:
    """What names the rules, the vocabulary and the names that a text is read with."""
    digest = hashlib.sha256(lexicon.digest.encode())
    for rule in (*(rule for group in RULES.values() for rule in group), *clauses.RULES):
        digest.update(f"{rule.id}\0{rule.pattern}\0{rule.starts}\0".encode())
    digest.update(repr(gazetteer.spelled).encode())
    return f"{RELEASE}-{digest.hexdigest()[:8]}"


def _overlaps(times: list[Hit[dates.When]], hit: Hit[str]) -> bool:
    """Whether a word is part of a time (may, the month)."""
    return any(time.start <= hit.start < time.end for time in within(times, hit.start - 30, hit.end))


class BySentence(dict[int, T]):
    """What is made for a sentence, by its index, when it is asked for: most sentences are never asked."""

    def __init__(self, make: Callable[[int], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, index: int) -> T:
        made = self[index] = self._make(index)
        return made


class Hits(dict[str, Found[Any]]):
    """Hits by group; a group without any is empty."""

    def __missing__(self, group: str) -> Found[Any]:
        self[group] = Found()
        return self[group]


@dataclass(frozen=True)
class Reading:
    """One text and every hit in it; positions are folded characters."""

    text: Text
    published: date | None
    reader: Reader

    @property
    def folded(self) -> str:
        """The folded text."""
        return self.text.folded

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The text's sentences without page furniture."""
        return self.text.sentences

    @cached_property
    def hits(self) -> "Hits":
        """The hits of each group that win over those they overlap."""
        found = {group: prefer(hits) for group, hits in self.reader.scanner.scan(self.folded).items()}
        return Hits({group: Found(hit for hit in hits if hit.value != EXCEPT) for group, hits in found.items()})

    @property
    def cues(self) -> Cues:
        """Cue words by list."""
        return self.hits

    @cached_property
    def targets(self) -> list[Target]:
        """Bases, named or pointed at."""
        words = Found(
            sorted((hit for group in ("places", "beside", "near") for hit in self.hits[group]), key=lambda hit: hit[1:3])
        )
        known = list(places.named(self.folded, self.hits["names"], self.published))
        return places.targets(self.folded, self.sentences, words, known, self.reader.names)

    @cached_property
    def munitions(self) -> list[Hit[Munition]]:
        """Weapons that may be the attack's."""
        return Found(self._uncounted_in_dates(hit) for hit in self.hits["munitions"] if hit.value.weapon)

    def _uncounted_in_dates(self, hit: Hit[Munition]) -> Hit[Munition]:
        """A weapon without the number that is a day's ("on Nov. 17 rockets fell")."""
        dated = [
            time for time in within(self.times, hit.start - _DATE, hit.start) if time.end > hit.start and time.value.names_day
        ]
        return hit._replace(value=Munition(hit.value.weapon)) if dated else hit

    @cached_property
    def times(self) -> list[Hit[dates.When]]:
        """Phrases of time, those side by side joined."""
        found = joining.joined(self.hits["times"], self.folded)
        if sum(1 for hit in found if hit.value.clock and self._is_posting(hit)) > 1:
            found = [hit for hit in found if not (hit.value.clock and self._is_posting(hit))]
        return Found(found if self.published is not None else joining.with_years(found))

    def _is_posting(self, hit: Hit[dates.When]) -> bool:
        """Whether a clock opens an entry of a live report ("16:25 - …") and says when that was posted."""
        opened = self.sentences[max(0, sentence_at(self.sentences, hit.start))].start == hit.start
        return opened and self.folded.startswith((" - ", " | "), hit.end)

    @property
    def attackers(self) -> list[Hit[str]]:
        """Those named as attackers, wherever."""
        return self.hits["attackers"]

    @property
    def sources(self) -> list[Hit[str]]:
        """Names of sources."""
        return self.hits["sources"]

    @property
    def launches(self) -> list[Hit[str]]:
        """Where something was fired from."""
        return self.hits["launches"]

    @property
    def claims(self) -> list[Hit[str]]:
        """Attackers' claims."""
        return self.hits["claims"]

    @property
    def regions(self) -> list[Hit[str]]:
        """Provinces and parts of the country."""
        return self.hits["regions"]

    @property
    def figures(self) -> "list[Hit[figures.Figure]]":
        """Counts of attacks, and ordinals."""
        return self.hits["figures"]

    @cached_property
    def clauses(self) -> "BySentence[list[Clause]]":
        """The clauses of each sentence."""
        return BySentence(self._clauses_of)

    def _clauses_of(self, index: int) -> list[Clause]:
        sentence = self.sentences[index]
        cut = clauses.clauses(self.folded, sentence, self.cues, self._whole(sentence))
        return [piece for part in cut for one in self._before_another(part) for piece in self._coordinated(one)]

    def _before_another(self, part: Clause) -> list[Clause]:
        """An attack on one day and, behind "before", one on another ("hit on Thursday before drones struck it on Friday")."""
        at = max(self.folded.rfind(word, part.start, part.end) for word in (" قبل ان ", " حتي ", " before "))
        if at < 0:
            return [part]
        sides = [
            [hit.value for hit in within(self.times, *side) if hit.value.names_day] for side in ((part.start, at), (at, part.end))
        ]
        fired = within(self.munitions, at, part.end)
        return [Clause(part.start, at + 1), Clause(at + 1, part.end)] if all(sides) and sides[0] != sides[1] and fired else [part]

    def _coordinated(self, part: Clause) -> list[Clause]:
        """Two attacks that "and" joins without a comma, each with its verb and its base, as two clauses."""
        names = [target for target in self.targets_in(part.start, part.end) if target.slug is not None]
        if len(names) < 2:
            return [part]
        verbs = [hit for name in ("attack_verb", "fall_verb") for hit in within(self.cues[name], part.start, part.end)]
        for verb in sorted(verbs, key=lambda hit: hit.start)[1:]:
            before = [target for target in names if target.end <= verb.start]
            if not before or verb.start > names[-1].start:
                continue
            joined = (self.folded.rfind(word, before[-1].end, verb.start) + 1 for word in (" and ", " حتي "))
            cut = verb.start if self.folded[verb.start] == "و" else max(joined)
            if cut and any(hit.start < cut for hit in verbs):
                return [Clause(part.start, cut), *self._coordinated(Clause(cut, part.end))]
        return [part]

    @cached_property
    def reasons(self) -> "BySentence[list[str | None]]":
        """For each clause of each sentence why it tells no attack, or None."""
        return BySentence(self._reasons_of)

    def _reasons_of(self, index: int) -> list[str | None]:
        parts, sentence = self.clauses[index], self.sentences[index]
        if not any(self.has(name, sentence.start, sentence.end) for name in clauses.REASONS):
            return [None] * len(parts)
        return self._with_subject(parts, [self._reason(part) for part in parts])

    def _reason(self, part: Clause) -> str | None:
        why = clauses.excluded(self.folded, part, self.cues)
        if why == "other_war" and self._is_on_shared_base(part):
            return None
        if why is None and any(not _overlaps(self.times, hit) for hit in within(self.cues["supposition"], part.start, part.end)):
            return "supposition"
        dated = why == "attack_repeated" and any(hit.value.names_day for hit in within(self.times, part.start, part.end))
        return None if dated else why

    def _is_on_shared_base(self, part: Clause) -> bool:
        """Whether the sentence of a clause tells of a base that the coalition shares: who strikes it, strikes the coalition."""
        sentence = self.sentences[sentence_at(self.sentences, part.start)]
        return self.has("shared_base", sentence.start, sentence.end)

    def _with_subject(self, parts: list[Clause], why: list[str | None]) -> list[str | None]:
        """A clause that opens with its verb has its subject before ("Another strike, by US aircraft, hit …")."""
        for at in range(1, len(parts)):
            words = self.folded[parts[at].start : parts[at].end]
            opened = parts[at].end - len(words.lstrip())
            verb = any(hit.start == opened for hit in within(self.cues["attack_verb"], opened, opened + 1))
            if why[at] is None and why[at - 1] == "response" and verb and self.folded[opened].isascii():
                why[at] = "response"
        return why

    def telling(self, index: int) -> list[Clause]:
        """The clauses of a sentence that may tell of an attack."""
        return [part for part, why in zip(self.clauses[index], self.reasons[index], strict=True) if why is None]

    @cached_property
    def known_attackers(self) -> frozenset[str]:
        """Every attacker that the text names."""
        return frozenset(hit.value for hit in self.attackers if hit.value != actors.ANY_FACTION)

    @cached_property
    def named_bases(self) -> frozenset[str]:
        """The slugs of every base in Syria that the text names."""
        return frozenset(t.slug for t in self.targets if t.slug not in (None, places.OUTSIDE) and t.slug is not None)

    @cached_property
    def headline_bases(self) -> list[Target]:
        """The bases named in headings."""
        return [t for s in self.sentences if s.role == "heading" for t in self.named_in(s.start, s.end)]

    def named_in(self, start: int, end: int) -> list[Target]:
        """The bases in Syria that are named in a stretch of one sentence."""
        return [t for t in self.targets_in(start, end) if t.slug not in (None, places.OUTSIDE)]

    def body_near(self, index: int, step: int) -> Sentence | None:
        """The next (step 1) or the last (step -1) sentence of the body beside one."""
        at = index + step
        while 0 <= at < len(self.sentences):
            if self.sentences[at].role != "heading":
                return self.sentences[at]
            at += step
        return None

    def label_above(self, index: int) -> list[Hit[dates.When]]:
        """The day of the nearest line above a sentence that is a date and nothing else, in a text with several such days.

        A single one is the dateline, or the day on which a page was saved.
        """
        above = bisect_left(self._several_labels, index)
        return [self._labels[self._several_labels[above - 1]]] if above else []

    @cached_property
    def _several_labels(self) -> list[int]:
        return list(self._labels) if len({day.value for day in self._labels.values()}) > 1 else []

    @cached_property
    def links(self) -> frozenset[int]:
        """The items of a list behind the article that nothing announces: headlines of other articles."""
        found: set[int] = set()
        for index in range(len(self.sentences) - 1, -1, -1):
            sentence = self.sentences[index]
            if sentence.role == "body" or self.folded[sentence.end - 1] in ":.!":
                announced = self.folded[sentence.end - 1] == ":"
                return frozenset() if announced else frozenset(found)
            if sentence.role == "item":
                found.add(index)
        return frozenset()

    @cached_property
    def _labels(self) -> dict[int, Hit[dates.When]]:
        found = {}
        for index, sentence in enumerate(self.sentences):
            if sentence.end - sentence.start > 40:
                continue
            times = within(self.times, sentence.start, sentence.end)
            told = sum(hit.end - hit.start for hit in times)
            days = [hit for hit in times if hit.value.names_day]
            if days and 10 * told >= 7 * len(_LETTERS.findall(self.folded, sentence.start, sentence.end)):
                found[index] = days[0]
        return found

    def label_beside(self, index: int) -> list[Hit[dates.When]]:
        """The date that opens the paragraph of a sentence as a sentence of its own ("Dec. 30. Late in the evening …")."""
        opening = self._opening(index)
        return [self._labels[opening]] if opening in self._labels else []

    def is_label(self, index: int) -> bool:
        """Whether a sentence is a date and nothing else."""
        return index in self._labels

    def paragraph_start(self, index: int) -> int:
        """Where the paragraph of a sentence starts."""
        return self.sentences[self._opening(index)].start

    def _opening(self, index: int) -> int:
        """The first sentence of a paragraph, by any of its sentences."""
        return bisect_left(self.sentences, self.sentences[index].paragraph, key=attrgetter("paragraph"))

    def _whole(self, sentence: Sentence) -> list[Hit[Any]]:
        """What no clause ends in: phrases of weapons and of time."""
        found: list[Hit[Any]] = [*within(self.munitions, sentence.start, sentence.end)]
        return [*found, *within(self.times, sentence.start, sentence.end)]

    def role_at(self, position: int) -> str:
        """The role of the sentence that holds a folded position."""
        return self.sentences[sentence_at(self.sentences, position)].role

    def targets_in(self, start: int, end: int) -> list[Target]:
        """The targets that start in [start, end)."""
        index = bisect_right(self._sentence_starts, start) - 1
        return [target for target in self._by_sentence.get(index, ()) if start <= target.start < end]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _by_sentence(self) -> dict[int, list[Target]]:
        found: dict[int, list[Target]] = {}
        for target in self.targets:
            found.setdefault(bisect_right(self._sentence_starts, target.start) - 1, []).append(target)
        return found

    def has(self, name: str, start: int, end: int) -> bool:
        """Whether a cue of the list starts in [start, end)."""
        return self.hits[name].any_within(start, end)

    def munitions_in(self, sentence: Sentence) -> list[Hit[Munition]]:
        """The weapons of a sentence."""
        return within(self.munitions, sentence.start, sentence.end)
