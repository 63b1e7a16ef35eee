"""Reads ordinals: the seventh attack since a day, the second on a base in a week. Each is a total that names its last."""

import re
from collections.abc import Iterator

from app.extract.breakdowns import areas
from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.places import OUTSIDE
from app.extract.reading import Reading
from app.extract.text import Sentence, fold, sentence_at
from app.extract.values import Tally
from app.extract.windows import Window, as_of, periods, since

_PREDICATE = re.compile(
    fold(
        r"(?<!\w)(?:و?(?:هو|هي|هذا|هذه|يعد|تعد|يعتبر|تعتبر|ليكون|لتكون|بأنه|بأنها|أنه|بذلك)|it was|it is|it's|this is|this was|that was"
        r"|was|is|marks|marked|marking|making it|becoming|becomes|became|what was|as)(?!\w)"
    )
)
_OF_KIND = re.compile(fold(r"من نوع(?:ه|ها)|of its kind|of their kind|of the kind"))
_NEAR = 70
_SENTENCES_BACK = 3


def read(reading: Reading, sentence: Sentence, earlier: str | None) -> Iterator[Tally]:
    """The ordinal of a sentence, where its scope or its period is stated; the period is words, and no date is made of it."""
    figures = [hit for hit in within(reading.figures, sentence.start, sentence.end) if hit.value.kind == "ordinal"]
    for hit in figures[:1]:
        window = since(reading, sentence.start, sentence.end, earlier)
        scope = _scope(reading, sentence, hit)
        if scope is None or not _is_stated(reading, sentence, hit, window) or _is_of_others(reading, sentence, hit):
            continue
        dated = window is not None and window.start is not None
        until = next(as_of(reading, sentence.start, sentence.end, window), None) if dated else None
        published = reading.published.isoformat() if reading.published and dated else None
        yield Tally(
            scope,
            hit.value.number,
            kind="ordinal",
            start=window.start if window else None,
            end=until or published,
            span=reading.text.span(sentence.start, sentence.end),
            rule=hit.rule,
        )


def _is_stated(reading: Reading, sentence: Sentence, hit: Hit[Figure], window: Window | None) -> bool:
    """Whether the ordinal counts over a stated time or on a stated base; "the first since …" tells a pause, and counts nothing."""
    tail = min(sentence.end, hit.end + _NEAR)
    if _OF_KIND.search(reading.folded, hit.start, min(sentence.end, hit.end + 16)):
        return True
    spans = [h for h in within(reading.figures, sentence.start, tail) if h.value.kind == "span" and h.end > hit.start - 40]
    timed = bool(spans) or bool(periods(reading, hit.end, tail, window)) or reading.has("span_words", hit.start, tail)
    if hit.value.number == 1:
        return timed and window is None
    if timed or window is not None:
        return True
    if hit.rule == "total.ordinal_time":
        return bool(reading.targets_in(sentence.start, sentence.end))
    predicate = _PREDICATE.search(reading.folded, max(sentence.start, hit.start - 25), hit.end)
    behind = [target for target in reading.targets_in(hit.end, tail) if target.slug != OUTSIDE]
    return bool(predicate) and (bool(behind) or reading.has("bases_plural", hit.end, tail))


def _is_of_others(reading: Reading, sentence: Sentence, hit: Hit[Figure]) -> bool:
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
    if not others:
        return reading.has("response", here.start, here.end)
    bases = reading.has("bases_plural", sentence.start, sentence.end) or bool(reading.named_in(sentence.start, sentence.end))
    return not bases or any(here.start <= other.start < hit.start for other in others)


def _scope(reading: Reading, sentence: Sentence, hit: Hit[Figure]) -> str | None:
    """The base or the country that the ordinal is of, or None where it is of a place outside."""
    ahead = [t for t in reading.targets_in(hit.end, min(sentence.end, hit.end + _NEAR))]
    plural = [h for h in within(reading.cues["bases_plural"], hit.end, min(sentence.end, hit.end + _NEAR))]
    if plural and (not ahead or plural[0].start < ahead[0].start):
        return _country(reading, sentence, hit)
    near = ahead or list(reversed(reading.targets_in(sentence.start, hit.start)))
    if not near:
        return _country(reading, sentence, hit)
    target = near[0]
    if target.slug == OUTSIDE:
        return None
    own = hit.rule in ("total.ordinal_time",) or bool(ahead) or _is_of_kind_there(reading, hit)
    if target.slug is not None:
        named = {t.slug for t in reading.named_in(sentence.start, sentence.end)}
        return target.slug if own or (len(named) == 1 and hit.start - target.end <= 40) else _country(reading, sentence, hit)
    return _spoken(reading, hit) if target.again else _country(reading, sentence, hit)


def _is_of_kind_there(reading: Reading, hit: Hit[Figure]) -> bool:
    return bool(_OF_KIND.search(reading.folded, hit.start, hit.end + 16))


def _spoken(reading: Reading, hit: Hit[Figure]) -> str:
    """The base that "the base" means: the last one named before, else the only one of the text."""
    index = sentence_at(reading.sentences, hit.start)
    for at in range(index, max(-1, index - _SENTENCES_BACK - 1), -1):
        sentence = reading.sentences[at]
        slugs = [t.slug for t in reading.named_in(sentence.start, min(sentence.end, hit.start))]
        if slugs and sentence.role != "heading":
            return str(slugs[-1])
    return str(next(iter(reading.named_bases))) if len(reading.named_bases) == 1 else "all-syria"


def _country(reading: Reading, sentence: Sentence, hit: Hit[Figure]) -> str:
    behind = areas(reading, hit.end, min(sentence.end, hit.end + _NEAR))
    return behind[0].scope if behind else "all-syria"
