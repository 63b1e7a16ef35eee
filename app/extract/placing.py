"""Which base each attack fell on, where its words name one or only point at it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.extract.dates import When
from app.extract.engine import within
from app.extract.folding import fold
from app.extract.frame import Frame
from app.extract.places import OUTSIDE, Target
from app.extract.reading import Reading
from app.extract.text import sentence_at


@dataclass(frozen=True, slots=True)
class Placed:
    """A frame with one base: `slug` is its slug or `unspecified`, `target` the words that name it, `how` the rule."""

    frame: Frame
    slug: str
    target: Target
    how: str


Days = tuple[When, ...]
"""The days that the clauses of an attack name."""

_RECALL = 6
""" "The same base" is that of the attack told last, at most so many sentences before."""


def place(reading: Reading, frames: list[Frame]) -> Iterator[Placed | Frame]:
    """Each frame with each of its bases; a frame whose base cannot be known comes back as it is."""
    last: Placed | None = None
    days = _days_of_named(reading, frames)
    for frame in frames:
        for target in frame.targets:
            if target.slug is not None:
                placed = Placed(frame, target.slug, target, "base.named")
                last = last if frame.after else placed
                yield placed
                continue
            if target.again and _is_outside(reading, target):
                continue
            found = _pointed_at(reading, frame, target, days)
            if found is None and target.again and last is not None and frame.sentence - last.frame.sentence <= _RECALL:
                found = replace(target, slug=last.slug)
            if found is not None:
                how = "base.again" if target.again else "base.named_elsewhere"
                placed = Placed(frame, str(found.slug), target if target.again else found, how)
                last = last if frame.after else placed
                yield placed
            elif (
                not target.again
                and _has_region(reading, target, frame)
                and (not reading.named_bases or _is_another(reading, frame, target, days))
            ):
                yield Placed(frame, _by_its_place(reading, frame, target) or "unspecified", target, "base.unnamed")
            else:
                yield frame


def _pointed_at(reading: Reading, frame: Frame, target: Target, days: frozenset[Days]) -> Target | None:
    """ "The base" is the one spoken of; "a base" the one that the next sentence names, or the text's only one."""
    if len(reading.named_bases) == 1 and not _is_another(reading, frame, target, days):
        return next(t for t in reading.targets if t.slug in reading.named_bases)
    sentence = reading.sentences[frame.sentence]
    if target.again or _is_definite(reading, target, frame):
        return _spoken_of(reading, frame, target)
    if reading.has("known_as", target.end, sentence.end) or ":" in reading.folded[target.end : frame.end]:
        here = reading.named_in(target.end, sentence.end)
        if len({reading.reader.names.site(str(t.slug)) for t in here}) == 1:
            return here[0]
    following = reading.body_near(frame.sentence, 1)
    named_there = following is not None and reading.has("known_as", following.start, following.end)
    if not named_there and _is_another(reading, frame, target, days):
        return None
    if following is None:
        return None
    here = reading.named_in(following.start, following.end)
    return here[0] if len({reading.reader.names.site(str(t.slug)) for t in here}) == 1 else None


def _is_outside(reading: Reading, target: Target) -> bool:
    """Whether "the base" is one abroad: that which its sentence named last, else the sentence before."""
    index = sentence_at(reading.sentences, target.start)
    if _AIRPORT.match(reading.folded, target.start) and _ABROAD.search(
        reading.folded, reading.sentences[index].start, target.start
    ):
        return True
    here = [t for t in reading.targets_in(reading.sentences[index].start, target.start) if t.slug is not None]
    before = reading.body_near(index, -1)
    if not here and before is not None:
        here = [t for t in reading.targets_in(before.start, before.end) if t.slug is not None]
    return bool(here) and all(t.slug == OUTSIDE for t in here)


_AIRPORT = re.compile(fold(r"\w?لل?مطار|\w?المطار|the air"))
_ABROAD = re.compile(fold(r"أربيل|بغداد|دمشق|حلب") + r"|\b[ei]rbil|baghdad|damascus|aleppo")
"""Cities whose airport is "the airport" where the sentence has named them."""


def _is_definite(reading: Reading, target: Target, frame: Frame) -> bool:
    """Whether "the American base" is one that its sentence has named ("… shook al-Omar; they struck a depot in the US base")."""
    sentence = reading.sentences[frame.sentence]
    definite = "ال" in reading.folded[target.start : target.start + 4] or reading.folded.startswith("the ", target.start)
    return definite and bool(reading.named_in(sentence.start, target.start)) and not _has_region(reading, target, frame)


def _is_another(reading: Reading, frame: Frame, target: Target, days: frozenset[Days]) -> bool:
    """Whether "a base in the province of …" is a base of its own, told after the named one or of another day than in `days`."""
    if target.again or not _has_region(reading, target, frame):
        return False
    start = reading.sentences[frame.sentence].start
    day = _days(reading, frame)
    if day and days - {day}:
        return True
    return any(t.slug in reading.named_bases and t.start < start and reading.role_at(t.start) == "body" for t in reading.targets)


def _days(reading: Reading, frame: Frame) -> Days:
    hits = [hit.value for part in frame.parts for hit in within(reading.times, part.start, part.end)]
    return tuple(when for when in hits if when.names_day)


def _days_of_named(reading: Reading, frames: list[Frame]) -> frozenset[Days]:
    """The days that are told of attacks on named bases."""
    named = [frame for frame in frames if any(target.slug in reading.named_bases for target in frame.targets)]
    return frozenset(days for frame in named if (days := _days(reading, frame)))


def _spoken_of(reading: Reading, frame: Frame, target: Target) -> Target | None:
    """ "The base": the one named before in its sentence, else the only one of the sentence before, else that of the headline."""
    sentence = reading.sentences[frame.sentence]
    here = reading.named_in(sentence.start, target.start)
    if here:
        return here[-1]
    before = reading.body_near(frame.sentence, -1)
    for there in (reading.named_in(before.start, before.end) if before else [], reading.headline_bases):
        if len({t.slug for t in there}) == 1:
            return there[-1]
    return None


def _by_its_place(reading: Reading, frame: Frame, target: Target) -> str | None:
    """A joint base that is known by where it lies (القاعدة المشتركة … شمال الحسكة)."""
    if not any(part.has(reading.cues, "shared_base") for part in frame.parts):
        return None
    words = reading.folded[target.start : frame.end]
    return next((slug for place, slug in reading.reader.lexicon["shared_base_at"].items() if place in words), None)


def _has_region(reading: Reading, target: Target, frame: Frame) -> bool:
    return bool(within(reading.regions, target.start, min(frame.end, target.end + 80)))
