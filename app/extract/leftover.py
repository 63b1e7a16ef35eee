"""Names the numbers and weapons in the sentences of an attack that came to nothing: read by no rule, or beside another count."""

import re
from collections.abc import Iterable, Iterator

from app.extract.drafts import Draft
from app.extract.engine import Hit, within
from app.extract.reading import Reading
from app.extract.text import QUOTE_LIMIT, Sentence
from app.extract.values import Span, Unread
from app.extract.weapons import SAME, Munition

NO_RULE = "a number that no rule reads"
NO_CLAIM = "a number of weapons beside the one that was taken"

_NUMBER = re.compile(r"(?<![\w.,:/])\d+(?:[.,]\d+)*(?![\w:/])")
_NEXT = re.compile(r'[ "-]*(\w+|[$€%])?')
_READ = ("munitions", "times", "names", "places", "launches")
"""Groups whose hits account for the numbers in them, with the figures that count attacks."""
_OPEN = ("bare", "thing", "number")
"""Kinds of figures that may count anything."""


def left_over(reading: Reading, drafts: Iterable[Draft]) -> Iterator[Unread]:
    """What stayed unread in the sentences that tell the attacks, in the order of the text."""
    told = list(drafts)
    counts = [draft.claims[name] for draft in told for name in ("munitions_low", "munitions_high") if name in draft.claims]
    claimed = [claim.span for claim in counts if claim.span is not None]
    for index in sorted({index for draft in told for index in draft.tellings}):
        sentence = reading.sentences[index]
        yield from _numbers(reading, sentence)
        for hit in reading.munitions_in(sentence):
            if _is_counted(hit, told) and not any(_overlap(reading, hit, span) for span in claimed):
                yield Unread(reading.text.span(hit.start, hit.end, QUOTE_LIMIT), NO_CLAIM)


def _is_counted(hit: Hit[Munition], drafts: list[Draft]) -> bool:
    """Whether it tells a number of its own: one that repeats what was read is none."""
    if hit.value.weapon == SAME or hit.value.count.low in (None, 1):
        return False
    return str(hit.value.count.low) not in {draft.value("munitions_low") for draft in drafts}


def _overlap(reading: Reading, hit: Hit[Munition], span: Span) -> bool:
    own = reading.text.span(hit.start, hit.end)
    return own.start < span.end and span.start < own.end


def _numbers(reading: Reading, sentence: Sentence) -> Iterator[Unread]:
    read = [hit for group in _READ for hit in within(reading.hits[group], sentence.start, sentence.end)]
    read += [hit for hit in within(reading.figures, sentence.start, sentence.end) if hit.value.kind not in _OPEN]
    for number in _NUMBER.finditer(reading.folded, sentence.start, sentence.end):
        following = _NEXT.match(reading.folded, number.end())
        unit = following[1] if following else None
        if unit in reading.reader.lexicon["other_unit"] or any(h.start <= number.start() < h.end for h in read):
            continue
        yield Unread(reading.text.span(number.start(), number.end(), QUOTE_LIMIT), NO_RULE)
