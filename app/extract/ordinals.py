"""Reads ordinals: the seventh attack since a day, the second on a base in a week. Each is a total that names its last."""

import re
from collections.abc import Iterator

from app.extract.breakdowns import areas
from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.folding import fold
from app.extract.places import OUTSIDE
from app.extract.reading import Reading
from app.extract.text import Sentence, sentence_at
from app.extract.values import Tally
from app.extract.windows import Window, as_of, periods, since

_PREDICATE = re.compile(
    fold(
        r"(?<!\w)(?:و?(?:هو|هي|هذا|هذه|يعد|تعد|يعتبر|تعتبر|ليكون|لتكون|بأنه|بأنها|أنه|بذلك)"
        r"|it was|it is|it's|this is|this was|that was"
        r"|was|is|marks|marked|marking|making it|becoming|becomes|became|what was|as)(?!\w)"
    )
)
_OF_KIND = re.compile(fold(r"من نوع(?:ه|ها)|of its kind|of their kind|of the kind"))
_NEAR = 70
_SENTENCES_BACK = 3


def read(reading: Reading, sentence: Sentence, earlier: Window | None) -> Iterator[Tally]:
    """The ordinals of a sentence whose scope or period is stated; the period is words, and no date is made of it."""
    figures = [hit for hit in within(reading.figures, sentence.start, sentence.end) if hit.value.kind == "ordinal"]
    before: Tally | None = None
    for at, hit in enumerate(figures):
        end = figures[at + 1].start if at + 1 < len(figures) else sentence.end
        start = figures[at - 1].end if at else sentence.start
        window = None if _is_spanned(reading, hit, end) else since(reading, start, end, earlier)
        scope = before.scope if before and hit.rule == "total.ordinal_alone" else _scope(reading, sentence, hit, end)
        if scope is None or not _is_stated(reading, hit, start, end, window) or _is_of_others(reading, sentence, hit, window):
            continue
        before = _tally(reading, sentence, hit, scope, window)
        yield before


def _is_spanned(reading: Reading, hit: Hit[Figure], end: int) -> bool:
    """Whether hours, days or weeks stand behind an ordinal in its clause, so that what follows begins nothing of it."""
    clause = reading.clauses[sentence_at(reading.sentences, hit.start)]
    reach = min(end, next((part.end for part in clause if part.start <= hit.start < part.end), end))
    return any(other.value.kind == "span" for other in within(reading.figures, hit.end, reach))


def _tally(reading: Reading, sentence: Sentence, hit: Hit[Figure], scope: str, window: Window | None) -> Tally:
    dated = window is not None and window.start is not None
    until = next(as_of(reading, sentence.start, sentence.end, window), None) if dated else None
    published = reading.published.isoformat() if reading.published and dated else None
    return Tally(
        scope,
        hit.value.number,
        kind="ordinal",
        start=window.start if window else None,
        end=until or published,
        span=reading.text.span(sentence.start, sentence.end),
        rule=hit.rule,
    )


def _is_stated(reading: Reading, hit: Hit[Figure], start: int, end: int, window: Window | None) -> bool:
    """Whether it counts over a stated time or on a stated base; "the first since …" tells a pause, and counts nothing."""
    tail = min(end, hit.end + _NEAR)
    if _OF_KIND.search(reading.folded, hit.start, min(end, hit.end + 16)):
        return True
    spans = [h for h in within(reading.figures, start, tail) if h.value.kind == "span" and h.end > hit.start - 40]
    timed = bool(spans) or bool(periods(reading, hit.end, tail, window)) or reading.has("span_words", hit.start, tail)
    if hit.value.number == 1:
        return timed and window is None
    if timed or window is not None:
        return True
    if hit.rule == "total.ordinal_time":
        return bool(reading.targets_in(start, end))
    predicate = _PREDICATE.search(reading.folded, max(start, hit.start - 25), hit.end)
    behind = [target for target in reading.targets_in(hit.end, tail) if target.slug != OUTSIDE]
    return bool(predicate) and (bool(behind) or reading.has("bases_plural", hit.end, tail))


def _is_of_others(reading: Reading, sentence: Sentence, hit: Hit[Figure], window: Window | None) -> bool:
    """Whether the ordinal counts convoys, meetings or the strikes of others."""
    here = next(
        part for part in reading.clauses[sentence_at(reading.sentences, sentence.start)] if part.start <= hit.start < part.end
    )
    if hit.rule == "total.ordinal_alone" or hit.rule == "total.ordinal_time":
        attack = any(
            reading.has(name, sentence.start, sentence.end)
            for name in ("attack_verb", "attack_noun", "attack_plural", "fall_verb")
        )
        attack = attack or bool(reading.munitions_in(sentence))
        if not attack or any(reading.has(name, sentence.start, sentence.end) for name in ("convoy", "training")):
            return True
    others = [h for h in within(reading.figures, sentence.start, sentence.end) if h.value.kind == "others"]
    if any(not (window and window.covers(other.start, other.end)) for other in others):
        return True
    return reading.has("response", here.start, here.end) and not others


def _scope(reading: Reading, sentence: Sentence, hit: Hit[Figure], end: int) -> str | None:
    """The base or the country that the ordinal is of, or None where it is of a place outside."""
    tail = min(end, hit.end + _NEAR)
    ahead = reading.targets_in(hit.end, tail)
    plural = within(reading.cues["bases_plural"], hit.end, tail)
    if plural and (not ahead or plural[0].start < ahead[0].start):
        return _country(reading, hit, tail)
    near = ahead or list(reversed(reading.targets_in(sentence.start, hit.start)))
    if not near:
        return _attacked_before(reading, hit) or _country(reading, hit, tail)
    target = near[0]
    if target.slug == OUTSIDE:
        return None
    if target.slug is None:
        return spoken_base(reading, hit.start) if target.again else _country(reading, hit, tail)
    own = hit.rule == "total.ordinal_time" or bool(ahead) or _is_of_kind_there(reading, hit)
    gap = reading.folded[target.end : hit.start]
    subject = hit.rule == "total.ordinal_alone" and len(gap) <= 12 and "," not in gap
    alone = len({t.slug for t in reading.named_in(sentence.start, sentence.end)}) == 1 and len(gap) <= 40
    return target.slug if own or subject or alone else _country(reading, hit, tail)


def _attacked_before(reading: Reading, hit: Hit[Figure]) -> str | None:
    """The base of the attack that is "the fourth of its kind": the only one of the sentence before."""
    before = reading.body_near(sentence_at(reading.sentences, hit.start), -1) if _is_of_kind_there(reading, hit) else None
    slugs = {t.slug for t in reading.named_in(before.start, before.end)} if before else set()
    return slugs.pop() if len(slugs) == 1 else None


def _is_of_kind_there(reading: Reading, hit: Hit[Figure]) -> bool:
    return bool(_OF_KIND.search(reading.folded, hit.start, hit.end + 16))


def spoken_base(reading: Reading, position: int) -> str:
    """The base that "the base" means: the last one named before, else the only one of the text."""
    index = sentence_at(reading.sentences, position)
    for at in range(index, max(-1, index - _SENTENCES_BACK - 1), -1):
        sentence = reading.sentences[at]
        slugs = [t.slug for t in reading.named_in(sentence.start, min(sentence.end, position))]
        if slugs and sentence.role != "heading":
            return str(slugs[-1])
    return str(next(iter(reading.named_bases))) if len(reading.named_bases) == 1 else "all-syria"


def _country(reading: Reading, hit: Hit[Figure], tail: int) -> str:
    behind = areas(reading, hit.end, tail)
    return behind[0].scope if behind else "all-syria"
