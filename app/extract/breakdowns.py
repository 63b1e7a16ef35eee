"""The parts of a published total, by base or by country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.places import OUTSIDE, Target
from app.extract.text import Sentence
from app.extract.values import TallyPart

if TYPE_CHECKING:
    from app.extract.reading import Reading


def part_of(reading: Reading, figure: Hit[Figure], sentence: Sentence) -> Target | str | None:
    """The base or country whose part a figure is: named right behind it ("4 on al-Tanf"), or before it ("… with 24")."""
    following = reading.folded[figure.end : min(sentence.end, figure.end + 60)]
    stop = min((i for i in map(following.find, ".:;،,") if i >= 0), default=len(following))
    reach = figure.end + stop
    for target in reading.targets_in(figure.end, reach):
        if (
            target.slug not in (None, OUTSIDE)
            and not within(reading.figures, figure.end, target.start)
            and not within(reading.cues["bases_plural"], figure.end, target.start)
        ):
            return target
    if reading.folded[figure.start : figure.start + 3].lstrip("وف ")[:1] == "ب":
        behind = [
            t for t in reading.targets_in(max(sentence.start, figure.start - 60), figure.start) if t.slug not in (None, OUTSIDE)
        ]
        if behind:
            return behind[-1]
    countries = [
        hit for hit in within(reading.cues["scope"], figure.end, min(reach, figure.end + 30)) if hit.value != "iraq-and-syria"
    ]
    divided = reading.has("divided", figure.start, reach) or figure.value.kind == "bare"
    if countries and divided and not within(reading.cues["bases_plural"], figure.end, countries[0].start):
        return countries[0].value
    return None


def parts_of(reading: Reading, sentence: Sentence, stretch: tuple[int, int] | None) -> list[TallyPart]:
    """The items of a breakdown in a sentence, as they stand: nothing is added up or repaired."""
    start, end = stretch or (sentence.start, sentence.end)
    parts = _labelled(reading, sentence) if sentence.role == "item" else []
    for figure in within(reading.figures, start, end):
        if figure.value.kind not in ("count", "bare"):
            continue
        of = part_of(reading, figure, sentence)
        if of is None:
            continue
        scope, last = (of, figure.end) if isinstance(of, str) else (str(of.slug), max(of.end, figure.end))
        first = figure.start if isinstance(of, str) else min(of.start, figure.start)
        parts.append(TallyPart(scope, figure.value.number, reading.text.span(first, last)))
        parts += [] if isinstance(of, str) else _each(reading, figure, of, end)
    return parts


def _each(reading: Reading, figure: Hit[Figure], first: Target, end: int) -> Iterator[TallyPart]:
    """The further bases of "once each at X and Y" and of "هجوم على كل من X وY": the figure is each one's."""
    if not reading.has("each_of", figure.start, first.start):
        return
    stop = next((hit.start for hit in within(reading.figures, first.end, end)), end)
    for target in reading.named_in(first.end, stop):
        yield TallyPart(str(target.slug), figure.value.number, reading.text.span(target.start, target.end))


_LABELLED = re.compile(r"[:=-] ?(\d{1,4})\W*$")


def _labelled(reading: Reading, sentence: Sentence) -> list[TallyPart]:
    """An item that puts the base first: "Al-Omar oil field: 11"."""
    named = reading.named_in(sentence.start, sentence.end)
    number = _LABELLED.search(reading.folded, sentence.start, sentence.end)
    if not named or number is None or number.start() < named[0].end:
        return []
    return [TallyPart(str(named[0].slug), int(number[1]), reading.text.span(named[0].start, number.end(1)))]
