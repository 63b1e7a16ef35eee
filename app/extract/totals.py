"""Reads published totals: counts of attacks over a time, their parts by base or country, and ordinals."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from app.extract.dates import settle
from app.extract.engine import Hit, Rule, Slots, within
from app.extract.numbers import as_bound, read_number
from app.extract.places import OUTSIDE, Target
from app.extract.text import Sentence, fold, sentence_at
from app.extract.values import Bound, Tally, TallyPart

if TYPE_CHECKING:
    from app.extract.reading import Reading


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts attacks (`count`), one that may (`bare`), an `ordinal`, a `month`, a `half` year or a `zero`."""

    kind: str
    number: int
    bound: Bound = "="
    year: int | None = None


def _count(slots: Slots, kind: str) -> Figure | None:
    number = read_number(slots.text("count") or "", slots.lexicon)
    if number is None or number > 5000:
        return None
    return Figure(kind, number, as_bound(slots.value("bound") or slots.value("after")))


def _value(slots: Slots, kind: str, name: str) -> Figure | None:
    value = slots.value(name)
    year = slots.text("year")
    return None if value is None else Figure(kind, int(value), year=int(year) if year else None)


_HOURS = re.compile(fold(r"(?:خلال|في|within|during|in the (?:past|last)) [^.,]{0,15}?(?:ساعة|ساعات|hours)"))
_LEAD = r"(?:{n}{bound:bound} |(?<!\w))(?:[وف]?[بل]?(?:ال)? ?)(?<!\d)"

RULES: tuple[Rule[Figure], ...] = (
    Rule(
        "total.count",
        _LEAD + r"{count:NUMBER} (?:[a-z-]+ (?:and [a-z]+ )?)?{total_noun}{e}(?: {after:bound_after}{e})?",
        lambda slots: _count(slots, "count"),
        ("20 استهدافاً", "أكثر من 120 هجوما", "بـ24 هجوماً", "Seven attacks", "more than 100 rocket and drone attacks", "55 هجوماً"),
        ("2500 جندي", "59 أميركياً", "هجوما"),
    ),
    Rule(
        "total.number_of",
        r"{b}{count:NUMBER} (?:تعداد|عدد|عداد) {n}?{total_noun}{e}",
        lambda slots: _count(slots, "count"),
        ("34 تعداد الهجمات", "97 عدد الاستهدافات"),
        ("34 عدد الجنود",),
    ),
    Rule(
        "total.risen",
        r"{n}(?:تعداد|عدد|حصيلة|number of) (?:\w+ )?{n}?{total_noun}{e} (?:[^.,\n]{0,60}? )?"
        r"(?:إلى|to) (?:{bound:bound} )?{count:NUMBER}{e}",
        lambda slots: _count(slots, "count"),
        (
            "ارتفع عدد الهجمات إلى 18",
            "عدد الهجمات التي وثقها المرصد منذ 19 تشرين الأول الماضي إلى 101",
            "the number of attacks has risen to 52",
        ),
        ("عدد الجنود إلى 900",),
    ),
    Rule(
        "total.bare",
        _LEAD + r"{count:NUMBER}(?= (?:منها |of them )?(?:وقعت |كانت |were )?"
        r"(?:على|في|استهدف|استهدفت|ضد|on|at|against|in|of them)(?!\w))",
        lambda slots: _count(slots, "bare"),
        ("و5 على قاعدة", "4 استهدفت", "27 منها وقعت في العراق", "36 on the Omar"),
        ("5 صواريخ على", "20 شاحنة"),
    ),
    Rule(
        "total.ordinal",
        r"{n}(?:هجوم|استهداف|ضربه|attack|strike) (?:هو )?{nth:ordinal}{e}",
        lambda slots: _value(slots, "ordinal", "nth"),
        ("الهجوم السابع", "الاستهداف الأول من نوعه"),
        ("الهجوم على",),
    ),
    Rule(
        "total.ordinal_before",
        r"{b}(?:the )?(?:ب)?(?:انه |انها )?{nth:ordinal} (?:such )?(?:attack|strike|هجوم|استهداف|من نوعه){e}",
        lambda slots: _value(slots, "ordinal", "nth"),
        ("the seventh attack", "the second such attack", "ثالث استهداف", "بأنه الرابع من نوعه"),
        ("the second base",),
    ),
    Rule(
        "total.month",
        r"{n}{month:month}(?: ?/ ?{other:month})?{e}(?: (?P<year>20[0-3]\d))?",
        lambda slots: _value(slots, "month", "month"),
        ("كانون الثاني/ يناير", "شباط"),
        ("شباطي",),
    ),
    Rule(
        "total.half",
        r"{n}{half:half_year} ?(?P<year>20[0-3]\d)?",
        lambda slots: _value(slots, "half", "half"),
        ("النصف الأول من عام 2024",),
        ("النصف",),
    ),
    Rule(
        "total.zero", r"{n}{no_attack} ?(?:{total_noun})?", lambda slots: Figure("zero", 0), ("لم يُسجل أي هجوم",), ("سجل هجوم",)
    ),
)


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
            parts = _parts(reading, sentence, None)
            current.parts += parts
            start, _, _ = _since(reading, sentence)
            if start and current.tally.start is None:
                current.tally = replace(current.tally, start=start)
            used |= {index} if parts else set()
        for tally, rest in new:
            current = _Draft(tally, _parts(reading, sentence, rest) if rest else [], sentence)
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
    bases = {t.slug for t in reading.named_in(around.start, around.end)} or everywhere
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


def _parts(reading: Reading, sentence: Sentence, stretch: tuple[int, int] | None) -> list[TallyPart]:
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
    return parts


_LABELLED = re.compile(r"[:=-] ?(\d{1,4})\W*$")


def _labelled(reading: Reading, sentence: Sentence) -> list[TallyPart]:
    """An item that puts the base first: "Al-Omar oil field: 11"."""
    named = reading.named_in(sentence.start, sentence.end)
    number = _LABELLED.search(reading.folded, sentence.start, sentence.end)
    if not named or number is None or number.start() < named[0].end:
        return []
    return [TallyPart(str(named[0].slug), int(number[1]), reading.text.span(named[0].start, number.end(1)))]


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
