"""Over which time a published total runs: since a day, between two days, in a month or a year, or over some hours."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from app.extract.dates import When
from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.folding import fold
from app.extract.reading import Reading
from app.extract.settling import settle

_NOT_WHOLE = re.compile(
    fold(
        r"(?:(?<!\w)(?:حتى|لغاية|نهاية|أواخر|أوائل|منتصف|مطلع|بداية|قبل|بعد|منذ|until|till|by|through|before|after|since"
        r"|end of|end|early|late|mid"
        r"|middle of|start of|beginning of))[ -](?:ال)?(?:شهر )?$"
    )
)
_PERIODS = ("month", "half", "quarter", "year", "month_back", "year_back", "month_same")
_RANGE_OPENS = re.compile(fold(r"(?:(?<!\w)(?:between|from|بين|من|الممتدة بين|الممتدة من))(?: the)?(?: يوم| تاريخ| يومي)? ?$"))
_RANGE_FIRST = re.compile(
    fold(r"(?<!\w)(?:between|from|بين|من)(?: the| يومي)? (\d{1,2}) ?(?:and|to|until|through|و|وحتى|حتى|إلى|-) ?$")
)
_RANGE_LAST = re.compile(fold(r" ?(?:and|to|until|through|و|حتى|إلى|-) ?(\d{1,2})(?!\d)(?! [^\W\d])"))
_RANGE_JOINS = re.compile(
    fold(r" ?(?:and|to|until|till|through|up to|و|وحتى|حتى|إلى|الى|ولغاية|لغاية|وبين|ويوم|-)(?: the)?(?: يوم| تاريخ| غاية)? ?")
)
_SAID = re.compile(fold(r"(?<!\w)(?:said|says|told|according|announced|قال|قالت|أعلن|أعلنت|بحسب|وفق|ذكر|ذكرت)(?!\w)"))
_LAST_YEAR = re.compile(
    fold(r" ?(?:of )?(?:last year|من العام الماضي|العام الماضي|من العام الفائت|من العام المنصرم|من السنة الماضية)")
)
_THE_YEAR = re.compile(fold(r"[ -](?:of )?(?:the |this |ال|هذا ال|هذه ال)?(?:year|عام|سنة)"))
_THE_MONTH = re.compile(fold(r"[ -](?:of )?(?:the |this |ال|هذا ال)?(?:month|شهر)"))
_YEAR = re.compile(fold(r"[ -](?:of )?(?:the year |عام |العام |سنة )?(20[0-3]\d)(?!\d)"))
_BACK = 3000
"""So far back is a month or a year looked for that a phrase leaves out."""
_FAR = 75
"""So far behind "since" may its day stand (since the war in Gaza began on Oct. 7)."""


@dataclass(frozen=True, slots=True)
class Window:
    """A time that a total runs over: ISO days, None where they are not told.

    `stretches` are the folded characters that tell it: numbers and places in them are no figures of the total.
    """

    kind: Literal["cumulative", "period"]
    start: str | None = None
    end: str | None = None
    stretches: tuple[tuple[int, int], ...] = ()

    def covers(self, start: int, end: int) -> bool:
        """Whether words stand in the phrase that tells the time."""
        return any(first < end and start < last for first, last in self.stretches)


def dates(reading: Reading, start: int, end: int) -> list[Hit[When]]:
    """The phrases of time in a stretch, without a day that no month stands beside: "27 منها" are attacks, and no day."""
    hits = [
        hit
        for hit in within(reading.times, start, end)
        if hit.value.day is None or hit.value.month is not None or hit.value.which is not None
    ]
    counts = [hit for hit in within(reading.figures, start, end) if hit.value.kind == "count"] if hits else []
    return [kept for hit in hits if (kept := _beside_counts(reading, hit, counts)) is not None]


def _beside_counts(reading: Reading, hit: Hit[When], counts: list[Hit[Figure]]) -> Hit[When] | None:
    """A phrase of time without the number of a count that it has taken in (في كانون الأول 23 هجوماً, October 17 - 22 times)."""
    for count in counts:
        if hit.start < count.start < hit.end:
            if not reading.folded[hit.start].isascii():
                return None
            if reading.folded[hit.start : count.start].rstrip().endswith("-"):
                return hit._replace(end=count.start)
    return hit


def settled(reading: Reading, hit: Hit[When]) -> str | None:
    """The first day that a phrase of time means; its year may be that of another date in the text."""
    when = hit.value
    published = reading.published
    if published and when.year is None and when.month and _LAST_YEAR.match(reading.folded, hit.end):
        when = replace(when, year=published.year - 1)
    if (known := _campaign(reading, hit)) is not None:
        return known
    day = settle(when, published)
    if day is None and published is None and when.day is not None:
        day = settle(when, _dated(reading, hit))
    return day.start if day else None


_OPENED = 30
"""Letters at most between "since" and the day that it opens."""


def _campaign(reading: Reading, hit: Hit[When]) -> str | None:
    """The day since which the counts of a known campaign run: "since October 19" is that of 2023 in a text of 2024 too."""
    when = hit.value
    if when.year is not None or when.month is None or when.day is None or when.which is not None:
        return None
    known = reading.reader.lexicon["campaign_start"].get(f"{when.month}-{when.day}")
    if known is None or not within(reading.cues["since"], hit.start - _OPENED, hit.start):
        return None
    return known if reading.published is None or known <= reading.published.isoformat() else None


def _dated(reading: Reading, hit: Hit[When]) -> date | None:
    """The last day before a phrase that the text gives with its year."""
    for other in reversed(within(reading.times, max(0, hit.start - _BACK), hit.start)):
        if other.value.year is not None and other.value.month is not None and other.value.day is not None:
            return date(other.value.year, other.value.month, other.value.day)
    return None


def since(reading: Reading, start: int, end: int, earlier: Window | None) -> Window | None:
    """The beginning that a stretch tells, or its first and last day; `earlier` is the time of the total before."""
    told = _between(reading, start, end)
    if told is not None:
        return told
    found = _from_vague(reading, start, end)
    for cue in within(reading.cues["since"], start, end):
        window = _after(reading, cue, end)
        if window is not None and (found is None or (found.start is None and window.start is not None)):
            found = window
    if found is None or found.start is None:
        same = [hit for hit in within(reading.figures, start, end) if hit.value.kind == "since_same"]
        if same:
            words = ((same[0].start, same[0].end),)
            if earlier is not None:
                return replace(earlier, end=earlier.end if earlier.kind == "period" else None, stretches=words)
            return Window("cumulative", _day_before(reading, same[0].start), None, words)
    return found


def _from_vague(reading: Reading, start: int, end: int) -> Window | None:
    """A range that begins without a day ("between mid-October and early January")."""
    for hit in within(reading.figures, start, end):
        if hit.value.kind not in ("beginning", "month"):
            continue
        opened = _RANGE_OPENS.search(reading.folded, max(start, hit.start - 25), hit.start)
        if opened and hit.value.kind == "beginning":
            return Window("cumulative", _start_of(reading, hit), None, ((hit.start, hit.end),))
        if opened and hit.value.kind == "month":
            last = next((h for h in within(reading.figures, hit.end, hit.end + 20) if h.value.kind == "month"), None)
            if last is not None and _RANGE_JOINS.fullmatch(reading.folded, hit.end, last.start):
                return Window("cumulative", None, None, ((hit.start, last.end),))
    return None


def _day_before(reading: Reading, position: int) -> str | None:
    """The last day of a month that is told before "since then"."""
    told = [hit for hit in within(reading.times, max(0, position - 400), position) if hit.value.day and hit.value.month]
    return settled(reading, told[-1]) if told else None


def _after(reading: Reading, cue: Hit[str], end: int) -> Window | None:
    """What stands behind "since": a day, the start of a year or a month, or an event with its day."""
    word = reading.folded[cue.start : cue.end]
    reach = min(end, cue.end + _FAR)
    hits = dates(reading, cue.end, reach)
    hit = next((h for h in hits if h.value.day is not None), None)
    near = hits[0] if hits else None
    begun = next((h for h in within(reading.figures, cue.end, cue.end + 6) if h.value.kind == "beginning"), None)
    if begun is not None:
        return Window(
            "cumulative",
            _start_of(reading, begun),
            None,
            ((cue.start, _event_end(reading, begun.end, min(end, begun.end + 20))),),
        )
    if near is not None and near.start - cue.end <= 8 and near.value.weekday is not None and near.value.day is None:
        return Window("cumulative", settled(reading, near), None, ((cue.start, near.end),))
    if hit is not None and _leads(reading, cue.end, hit):
        return Window("cumulative", settled(reading, hit), None, ((cue.start, hit.end),))
    if word in ("from", "starting", "start on", "beginning from") or (
        near is not None and near.value.vague and near.start - cue.end <= 3
    ):
        return None
    said = [h.end for h in within(reading.figures, max(0, cue.start - _FAR), cue.start) if h.value.kind in ("count", "reached")]
    if said and "," in reading.folded[said[-1] : cue.start]:
        return None
    return Window("cumulative", None, None, ((cue.start, _event_end(reading, cue.end, min(reach, cue.end + 40))),))


def _event_end(reading: Reading, start: int, reach: int) -> int:
    """Where the event behind "since" ends: at a year or a comma, before a count of attacks or the bases, or at the reach."""
    year = _YEAR.match(reading.folded, start)
    if year is not None:
        return year.end()
    stop = next((i for i in range(start, reach) if reading.folded[i] in ",;:"), reach)
    counts = [hit.start for hit in within(reading.figures, start, stop) if hit.value.kind in ("count", "reached")]
    return min([stop, *counts, *(hit.start for hit in within(reading.cues["bases_plural"], start, stop))])


def _leads(reading: Reading, end: int, hit: Hit[When]) -> bool:
    """Whether "since" and a day belong together: side by side, or with the event of that day between them."""
    gap = reading.folded[end : hit.start]
    if len(gap) <= 16:
        return True
    figures = [h for h in within(reading.figures, end, hit.start) if h.value.kind in ("count", "reached")]
    return hit.value.month is not None and not figures and not _SAID.search(gap) and gap.count(",") + gap.count(";") == 0


def _start_of(reading: Reading, begun: Hit[Figure]) -> str | None:
    """The first day of "the start of 2021", "the beginning of the year" or "مطلع تشرين الأول"; of mid-October none."""
    if not begun.value.number:
        return None
    published = reading.published
    months = [
        h for h in within(reading.figures, begun.end, begun.end + 12) if h.value.kind in ("month", "month_back", "year_back")
    ]
    if months:
        return next((first for hit in months[:1] if (bounds := _bounds(reading, hit, None)) for first in bounds[:1]), None)
    told = _YEAR.match(reading.folded, begun.end)
    if told is not None:
        return date(int(told[1]), 1, 1).isoformat()
    if published is None:
        return None
    if _THE_YEAR.match(reading.folded, begun.end):
        return date(published.year, 1, 1).isoformat()
    return published.replace(day=1).isoformat() if _THE_MONTH.match(reading.folded, begun.end) else None


def _between(reading: Reading, start: int, end: int) -> Window | None:
    """ "Between X and Y", "from X to Y": the two days, the first perhaps without its month."""
    told = [hit for hit in within(reading.times, start, end) if hit.value.day is not None]
    hits = [hit for hit in told if hit.value.month is not None]
    for one, other in pairwise(hit for hit in told if hit.value.month is not None or hit.value.which is not None):
        joined = _RANGE_JOINS.fullmatch(reading.folded, one.end, other.start)
        opened = _RANGE_OPENS.search(reading.folded, max(start, one.start - 25), one.start)
        if joined and opened:
            first = settled(reading, _with_year_of(reading, one, other.value))
            return Window("cumulative", first, settled(reading, other), ((opened.start(), other.end),))
    return next((window for hit in hits if (window := _short_range(reading, start, hit)) is not None), None)


def _with_year_of(reading: Reading, first: Hit[When], last: When) -> Hit[When]:
    """The first day of a range: without a year of its own it has that of the last, or the one before."""
    month = first.value.month
    if (
        month is None
        or last.month is None
        or last.year is None
        or str(first.value.year) in reading.folded[first.start : first.end]
    ):
        return first
    return first._replace(value=replace(first.value, year=last.year - (month > last.month)))


def _short_range(reading: Reading, start: int, hit: Hit[When]) -> Window | None:
    """Two days of one month ("بين 17 و30 أكتوبر", "between October 17 and 24")."""
    first = _RANGE_FIRST.search(reading.folded, max(start, hit.start - 25), hit.start)
    if first is not None:
        begun = settled(reading, hit._replace(value=replace(hit.value, day=int(first[1]))))
        return Window("cumulative", begun, settled(reading, hit), ((first.start(), hit.end),))
    opened = _RANGE_OPENS.search(reading.folded, max(start, hit.start - 25), hit.start)
    last = _RANGE_LAST.match(reading.folded, hit.end) if opened else None
    if opened is None or last is None:
        return None
    ended = settled(reading, hit._replace(value=replace(hit.value, day=int(last[1]))))
    return Window("cumulative", settled(reading, hit), ended, ((opened.start(), last.end()),))


def periods(reading: Reading, start: int, end: int, taken: Window | None) -> list[Hit[Figure]]:
    """The months, quarters, halves and years of a stretch that are no part of a date or of a beginning."""
    found = [hit for hit in within(reading.figures, start, end) if hit.value.kind in _PERIODS]
    if not found:
        return []
    days = [hit for hit in dates(reading, start, end) if hit.value.day is not None]
    named = [
        hit
        for hit in found
        if not (taken and taken.covers(hit.start, hit.end))
        and not _NOT_WHOLE.search(reading.folded, max(start, hit.start - 20), hit.start)
        and not any(day.start < hit.end and hit.start <= day.end + 1 for day in days)
    ]
    return [*named, *_spans(reading, start, end, named)] if named else []


def _spans(reading: Reading, start: int, end: int, named: list[Hit[Figure]]) -> list[Hit[Figure]]:
    """The stretches of hours, days and weeks; "in the month of March" is the month."""
    spans = [hit for hit in within(reading.figures, start, end) if hit.value.kind == "span"]
    return [hit for hit in spans if not any(0 <= other.start - hit.end <= 4 for other in named)]


def period(reading: Reading, hit: Hit[Figure], year: int | None) -> Window | None:
    """A month, quarter, half, year or some hours as a window; `year` is that of the text around it."""
    if hit.value.kind == "span":
        return Window("period", None, None, ((hit.start, hit.end),))
    bounds = _bounds(reading, hit, year)
    return Window("period", *bounds, ((hit.start, hit.end),)) if bounds else None


def _bounds(reading: Reading, hit: Hit[Figure], year: int | None) -> tuple[str, str] | None:
    figure, published = hit.value, reading.published
    if figure.kind == "month_same":
        named = [h for h in within(reading.figures, max(0, hit.start - _BACK), hit.start) if h.value.kind == "month"]
        return _bounds(reading, named[-1], year) if named else None
    if figure.kind == "year":
        return date(figure.number, 1, 1).isoformat(), date(figure.number, 12, 31).isoformat()
    if figure.kind in ("month_back", "year_back"):
        return _back(figure, published) if published else None
    told = figure.year or year
    if told is None:
        if published is None:
            return None
        told = published.year - (figure.kind == "month" and figure.number > published.month)
    if told < 1:
        return None
    size = {"month": 1, "quarter": 3, "half": 6}[figure.kind]
    first, last = size * (figure.number - 1) + 1, size * figure.number
    return date(told, first, 1).isoformat(), date(told, last, calendar.monthrange(told, last)[1]).isoformat()


def _back(figure: Figure, published: date) -> tuple[str, str] | None:
    """This month or year up to the day of the report, or the whole one before."""
    if figure.kind == "year_back":
        first = date(published.year + figure.number, 1, 1) if published.year > 1 else published
        return first.isoformat(), (date(first.year, 12, 31) if figure.number else published).isoformat()
    this = published.year * 12 + published.month - 1 + figure.number
    if this < 12:
        return None
    year, month = divmod(this, 12)
    last = date(year, month + 1, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, 1).isoformat(), (last if figure.number else published).isoformat()


def span(reading: Reading, start: int, end: int) -> Window | None:
    """Some hours, days or weeks: a period that is words, and no date is made of it."""
    spans = tuple((hit.start, hit.end) for hit in within(reading.figures, start, end) if hit.value.kind == "span")
    return Window("period", None, None, spans) if spans else None


def day(reading: Reading, start: int, end: int) -> Window | None:
    """The one day that is told behind a count."""
    for hit in dates(reading, start, end):
        until = _NOT_WHOLE.search(reading.folded, max(start, hit.start - 20), hit.start)
        told = settle(hit.value, reading.published) if hit.value.names_day and not until else None
        if told is not None and told.precision == "day":
            return Window("period", told.start, told.start, ((hit.start, hit.end),))
    return None


def as_of(reading: Reading, start: int, end: int, window: Window | None) -> Iterator[str]:
    """The days told beside a total that are no beginning: it was counted then."""
    for hit in dates(reading, start, end):
        if hit.value.names_day and not (window and window.covers(hit.start, hit.end)):
            day = settle(hit.value, reading.published)
            if day is not None and day.precision == "day":
                yield day.start
