"""Reads published totals: counts of attacks over a time, their parts by base or country, and ordinals."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from app.extract.breakdowns import part_of, parts_of
from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.places import OUTSIDE
from app.extract.settling import settle
from app.extract.text import Sentence, fold, sentence_at
from app.extract.values import Tally, TallyPart

if TYPE_CHECKING:
    from app.extract.reading import Reading


_HOURS = re.compile(fold(r"(?:خلال|في|within|during|in the (?:past|last)) [^.,]{0,15}?(?:ساعة|ساعات|hours)"))


@dataclass
class _Draft:
    tally: Tally
    parts: list[TallyPart] = field(default_factory=list)
    sentence: Sentence | None = None


def read(reading: Reading) -> tuple[tuple[Tally, ...], frozenset[int]]:
    """The tallies of a text, and the indexes of the sentences that tell cumulative ones."""
    drafts: list[_Draft] = []
    used: set[int] = set()
    current: _Draft | None = None
    for index, sentence in enumerate(reading.sentences):
        if sentence.role == "heading":
            continue
        new = list(_totals(reading, sentence, current))
        if not new and current is not None and _continues(reading, sentence, current):
            parts = parts_of(reading, sentence, None)
            current.parts += parts
            start, _, _ = _since(reading, sentence)
            if start and current.tally.start is None:
                current.tally = replace(current.tally, start=start)
            used |= {index} if parts else set()
        for tally, rest in new:
            current = _Draft(tally, parts_of(reading, sentence, rest) if rest else [], sentence)
            drafts.append(current)
            used.add(index)
        drafts += [_Draft(tally) for tally in _ordinals(reading, sentence)]
    return tuple(replace(draft.tally, parts=tuple(draft.parts)) for draft in drafts), frozenset(used)


def _continues(reading: Reading, sentence: Sentence, current: _Draft) -> bool:
    """Whether a sentence goes on with the list of the one before: an item, or words of dividing."""
    if sentence.role == "item" or reading.has("divided", sentence.start, sentence.end):
        return True
    counts = [hit for hit in _figures(reading, sentence) if hit.value.kind == "count"]
    return (
        bool(counts)
        and any(t.slug for t in reading.targets_in(sentence.start, sentence.end))
        and not reading.munitions_in(sentence)
    )


def _figures(reading: Reading, sentence: Sentence) -> list[Hit[Figure]]:
    return within(reading.figures, sentence.start, sentence.end)


def _totals(reading: Reading, sentence: Sentence, before: _Draft | None) -> Iterator[tuple[Tally, tuple[int, int] | None]]:
    """The main figures of a sentence, each with the stretch in which its parts stand."""
    figures = _figures(reading, sentence)
    start, until, since_words = _since(reading, sentence)
    months = [hit for hit in figures if hit.value.kind in ("month", "half")]
    counted = reading.has("counting", sentence.start, sentence.end)
    mains = [hit for hit in figures if hit.value.kind in ("count", "zero")]
    if since_words or counted:
        mains += [h for h in figures if h.value.kind == "bare" and any(0 <= m.start - h.end <= 5 for m in months)]
    whole = [] if before else mains[:1]
    mains = sorted((h for h in mains if part_of(reading, h, sentence) is None), key=lambda h: h.start)
    if since_words:
        mains = mains or whole
        mains = [hit for hit in mains if hit.value.kind != "zero"]
    if not mains or not (since_words or counted or months) or not _is_about_bases(reading, sentence, before):
        return
    for position, main in enumerate(mains[:1] if not months else mains):
        period = None if since_words else _period(reading, months, main, before)
        if since_words is False and period is None and not reading.has("bases_plural", sentence.start, sentence.end):
            continue
        short = not since_words and bool(_HOURS.search(reading.folded, sentence.start, sentence.end))
        kind = "period" if period or short else "cumulative"
        first, last = period or (start, until)
        end = mains[position + 1].start if months and position + 1 < len(mains) else sentence.end
        yield _tally(reading, sentence, main, kind, first, last, before), (main.end, end)


def _tally(
    reading: Reading, sentence: Sentence, main: Hit[Figure], kind: str, first: str | None, last: str | None, before: _Draft | None
) -> Tally:
    assert kind in ("period", "cumulative")
    return Tally(
        scope=_country_behind(reading, main) or _scope(reading, sentence, main, before),
        count=main.value.number,
        bound=main.value.bound,
        kind="period" if kind == "period" else "cumulative",
        start=first,
        end=last,
        counter=_counter(reading, sentence),
        span=reading.text.span(sentence.start, sentence.end),
        rule=main.rule,
    )


def _is_about_bases(reading: Reading, sentence: Sentence, before: _Draft | None) -> bool:
    if reading.has("bases_plural", sentence.start, sentence.end):
        return True
    if any(t.slug not in (None, OUTSIDE) for t in reading.targets_in(sentence.start, sentence.end)):
        months = any(hit.value.kind in ("month", "half") for hit in _figures(reading, sentence))
        return months or before is not None or _since(reading, sentence)[2]
    if before is not None and before.tally.kind == "period":
        return True
    spoken = reading.cues["bases_plural"]
    return (
        bool(spoken)
        and spoken[0].start < sentence.start
        and reading.has("counting", sentence.start, sentence.end)
        and reading.has("since", sentence.start, sentence.end)
    )


def _since(reading: Reading, sentence: Sentence) -> tuple[str | None, str | None, bool]:
    """(first day, last day, whether a beginning is told). The last day is a day told beside it, else that of publication."""
    start = until = None
    told = False
    for hit in within(reading.times, sentence.start, sentence.end):
        opened = [s for s in within(reading.cues["since"], max(0, hit.start - 25), hit.start) if hit.start - s.end <= 3]
        day = settle(hit.value, reading.published)
        if opened and (hit.value.day is not None or hit.value.weekday is not None):
            told, start = True, day.start if day else None
        elif day and day.precision == "day" and not told and hit.value.names_day:
            until = day.start
    if not told and reading.has("since", sentence.start, sentence.end):
        told = any(hit.value.kind == "month" for hit in _figures(reading, sentence))
    end = until or (reading.published.isoformat() if reading.published else None)
    return start, end if told else until, told


def _period(reading: Reading, months: list[Hit[Figure]], main: Hit[Figure], before: _Draft | None) -> tuple[str, str] | None:
    """The month or half-year beside a figure; its year is told, or that of the total before."""
    near = min(months, key=lambda hit: abs(hit.start - main.start), default=None)
    if near is None:
        return None
    year = near.value.year or (int(before.tally.start[:4]) if before and before.tally.start else None)
    if year is None:
        if reading.published is None:
            return None
        year = reading.published.year - (near.value.kind == "month" and near.value.number > reading.published.month)
    if year < 1:
        return None
    first, last = (near.value.number,) * 2 if near.value.kind == "month" else (6 * near.value.number - 5, 6 * near.value.number)
    return date(year, first, 1).isoformat(), date(year, last, calendar.monthrange(year, last)[1]).isoformat()


def _country_behind(reading: Reading, main: Hit[Figure]) -> str | None:
    """The country right behind a figure (12 هجوماً في العراق)."""
    behind = within(reading.cues["scope"], main.end, main.end + 5)
    return behind[0].value if behind else None


def _scope(reading: Reading, sentence: Sentence, main: Hit[Figure], before: _Draft | None) -> str:
    around = next(c for c in reading.clauses[sentence_at(reading.sentences, sentence.start)] if c.start <= main.start < c.end)
    everywhere = {t.slug for t in reading.named_in(sentence.start, sentence.end)}
    wide = reading.has("scope", around.start, around.end)
    bases = {t.slug for t in reading.named_in(around.start, around.end)} or (set() if wide else everywhere)
    plural = reading.has("bases_plural", sentence.start, sentence.end)
    if len(bases) == 1 and not plural:
        return str(bases.pop())
    named = {hit.value for hit in within(reading.cues["scope"], sentence.start, sentence.end)}
    for scope in ("iraq-and-syria", "all-syria", "other:iraq"):
        if scope in named:
            return scope
    forces = [
        hit
        for hit in within(reading.cues["bases_plural"], sentence.start, sentence.end)
        if "forces" in reading.folded[hit.start : hit.end] or "troops" in reading.folded[hit.start : hit.end]
    ]
    if not plural and before is not None:
        return before.tally.scope
    return "iraq-and-syria" if forces else "all-syria"


def _counter(reading: Reading, sentence: Sentence) -> str | None:
    """Who counted: whom the sentence names, else the last source named before it in the text."""
    here = within(reading.sources, sentence.start, sentence.end)
    earlier = within(reading.sources, max(0, sentence.start - 600), sentence.start)
    return here[0].value if here else earlier[-1].value if earlier else None


def _ordinals(reading: Reading, sentence: Sentence) -> Iterator[Tally]:
    """ "The seventh attack" of a stated scope or period; the period is words, and no date is made of it."""
    figures = [hit for hit in _figures(reading, sentence) if hit.value.kind == "ordinal"]
    start, _, told = _since(reading, sentence)
    for hit in figures[:1]:
        spanned = reading.has("span_words", sentence.start, sentence.end) or "من نوعه" in reading.folded[hit.start : hit.end + 12]
        if not (spanned or told or reading.has("since", sentence.start, sentence.end)):
            continue
        yield Tally(
            _ordinal_scope(reading, sentence, hit),
            hit.value.number,
            kind="ordinal",
            start=start,
            span=reading.text.span(sentence.start, sentence.end),
            rule=hit.rule,
        )


def _ordinal_scope(reading: Reading, sentence: Sentence, hit: Hit[Figure]) -> str:
    near = [
        t for t in reading.targets_in(max(sentence.start, hit.start - 40), min(sentence.end, hit.end + 40)) if t.slug != OUTSIDE
    ]
    for target in near:
        if target.slug:
            return target.slug
    before = reading.body_near(sentence_at(reading.sentences, sentence.start), -1)
    spoken = {t.slug for t in reading.named_in(before.start, before.end)} if before else set()
    for slugs in (reading.named_bases, spoken):
        if any(target.again for target in near) and len(slugs) == 1:
            return str(next(iter(slugs)))
    return "all-syria"
