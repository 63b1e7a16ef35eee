"""Reads days, nights, months and times of day."""

import calendar
from dataclasses import dataclass

from app.extract.engine import DIGIT, Rule, Slots
from app.extract.numbers import read_number


@dataclass(frozen=True, slots=True)
class When:
    """What a phrase says about a time; several that stand together make one. None: not said.

    `weekday` 0 is Monday; `offset` counts days from publication, `shift` from the day told before; a `day` without a `month`
    is one of the month told before, or where `which` is this or last of that of publication or the one before. `night_to` is
    the weekday that a night leads to, `two_days` says that it is a night into the next day; `part` is a time of day.

    `next_day` marks a clock so far to the west that it is the next day in Syria, `vague` a time without a day, `beside` one
    that counts from another event, `same` one that points back at the day told before.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    shift: int | None = None
    night_to: int | None = None
    two_days: bool = False
    after_midnight: bool = False
    which: str | None = None
    part: str | None = None
    clock: bool = False
    next_day: bool = False
    vague: bool = False
    beside: bool = False
    same: bool = False

    @property
    def names_day(self) -> bool:
        """Whether it says, or helps to say, which day."""
        return any(value is not None for value in (self.month, self.day, self.weekday, self.offset, self.shift))


def _number(slots: Slots, name: str) -> int | None:
    words = slots.text(name)
    return None if words is None else read_number(words, slots.lexicon)


def _value(slots: Slots, name: str) -> int | None:
    value = slots.value(name)
    return None if value is None else int(value)


def _day_month(slots: Slots) -> When | None:
    day = _number(slots, "day") or _value(slots, "nth")
    month, other = _value(slots, "month"), _value(slots, "other")
    if day is None or month is None or not 1 <= day <= 31:
        return None
    if other is not None and other != month:
        month = _trusted(slots, month, other)
    year = slots.text("year")
    night = _number(slots, "next") == day + 1
    return When(day=day, month=month, year=int(year) if year else None, which=slots.value("which"), two_days=night)


def _trusted(slots: Slots, month: int, other: int) -> int:
    """Of two month names that disagree, the one that is not Levantine: those are mixed up more often."""
    doubtful = any(word in (slots.text("month") or "") for word in ("تشرين", "كانون"))
    return other if doubtful else month


def _month(slots: Slots) -> When | None:
    month = _value(slots, "month")
    year, which = slots.text("year"), slots.value("which") or slots.value("last")
    return When(month=month, year=int(year) if year else None, which=which) if month and (year or which) else None


def _numeric(slots: Slots) -> When | None:
    year, first, second = (int(slots.text(name) or 0) for name in ("year", "first", "second"))
    year += 2000 if year < 100 else 0
    if slots.text("slash") == "/" and second > 12:
        first, second = second, first
    elif slots.text("slash") == "/" and first <= 12 and first != second:
        return None
    return When(day=first, month=second, year=year) if exists(year, second, first) else None


def _iso(slots: Slots) -> When | None:
    year, month, day = (int(slots.text(name) or 0) for name in ("year", "month", "day"))
    return When(day=day, month=month, year=year) if exists(year, month, day) else None


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _weekday(slots: Slots) -> When:
    if slots.text("same"):
        return When(same=True)
    return When(weekday=_value(slots, "weekday"), which=slots.value("which") or slots.value("last"))


def _of_month(slots: Slots) -> When | None:
    day = _number(slots, "day") or _number(slots, "en") or _value(slots, "nth") or _value(slots, "alone")
    return None if day is None or not 1 <= day <= 31 else When(day=day, which=slots.value("which"))


def _shift(slots: Slots) -> When | None:
    """So many days or nights before or after the day told before."""
    days = _value(slots, "whole")
    if days is None:
        count = 2 if slots.text("two") else _number(slots, "count") or _number(slots, "count_en") or 1
        days = -count if (slots.value("side") or slots.value("side_en")) == "before" else count
    night = slots.text("night") or slots.text("night_en")
    return When(shift=days, part="night" if night else None) if abs(days) <= 30 else None


def _shift_part(slots: Slots) -> When:
    days, part = (slots.value("word") or "").split()
    return When(shift=int(days), part=part)


def _night(slots: Slots) -> When:
    """A night between two days; after midnight it is the second day's."""
    first = next((day for name in ("first", "one", "lone") if (day := _value(slots, name)) is not None), None)
    second = _value(slots, "second")
    if slots.text("midnight") is not None:
        return When(weekday=second, part="night", after_midnight=True)
    return When(weekday=first, night_to=second, part="night")


def _day_part_word(slots: Slots) -> When:
    offset, part = (slots.value("word") or "").split()
    return When(offset=int(offset), part=part)


def _hours(slots: Slots) -> When | None:
    """So many hours from another event; a day or more of them is another day."""
    count = _number(slots, "count") or _number(slots, "count_en") or 0
    return When(beside=True) if count < 24 else None


def _clock(slots: Slots) -> When | None:
    hour = (_value(slots, "word") if slots.text("word") else None) or int(slots.text("hour") or 99)
    minutes = int(slots.text("minute") or 0)
    half = slots.value("meridiem")
    if hour > 24 or minutes > 59 or (half is None and hour <= 12):
        return None
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    part = part_of_clock(hour + minutes / 60)
    told = slots.lexicon["day_part"].get((slots.text("meridiem") or "").removeprefix("من "))
    if told and not (told == "evening" and part == "afternoon"):
        part = told
    ahead = int(slots.value("zone") or 0)
    if ahead:
        hours = hour + ahead + minutes / 60
        return When(part=part_of_clock(hours % 24), clock=True, next_day=hours >= 24)
    return When(part=part, clock=True)


def part_of_clock(hours: float) -> str:
    """By the clock: dawn from 4, morning from 6, noon from 11, afternoon from 14, evening from 17:30, night from 21:30."""
    bounds = ((4, "night"), (6, "dawn"), (11, "morning"), (14, "noon"), (17.5, "afternoon"), (21.5, "evening"))
    return next((part for end, part in bounds if hours < end), "night")


_YEAR = r"(?:(?:,| عام| من عام| من العام| ?/)? ?{b}(?P<year>20[0-3]\d)(?!\d))?"
_ZONE = r"(?:\.? {zone:clock_zone}{e}(?! syria))?"
_SECOND = r"(?: ?[/\-(] ?{other:month}{e}\)?)?"

RULES: tuple[Rule[When], ...] = (
    Rule(
        "date.day_month",
        rf"(?<![\d.,])(?P<day>[0-3]?\d)(?: ?[-/] ?(?P<next>[0-3]?\d))?(?: من)?(?: شهر)? ?/? ?{{month:month}}{{e}}"
        rf"{_SECOND}{_YEAR}(?: {{which:which}}{{e}})?",
        _day_month,
        (
            "28 أكتوبر/تشرين الأول 2023",
            "15 من أيار",
            "19 تشرين الأول الماضي",
            "04 / كانون الثاني / يناير / 2024",
            "24 آب-أغسطس",
            "7 من أكتوبر (تشرين الأول)",
            "19 شباط /فبراير",
            "15 من شهر شباط",
            "19 October 2023",
            "ليل 19-20 تشرين الثاني",
        ),
        ("آب", "20 أبريق", "45 شباط"),
        starts=(DIGIT,),
    ),
    Rule(
        "date.nth_month",
        rf"{{b}}(?:ال)?{{nth:ordinal}}(?: من)?(?: شهر)? {{month:month}}{{e}}{_SECOND}{_YEAR}(?: {{which:which}}{{e}})?",
        _day_month,
        ("العاشر من كانون الثاني/يناير الجاري", "الثاني من شباط"),
        ("العاشر من الشهر",),
        starts=("ordinal",),
    ),
    Rule(
        "date.month_day",
        rf"{{b}}{{month:month}}\.? (?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: ?- ?(?P<next>[0-3]?\d))?(?!\d|:\d){_YEAR}",
        _day_month,
        ("Oct. 18", "October 19, 2023", "March 14, 2023", "Nov 3", "Dec. 30-31"),
        ("march on", "may 2023", "Oct. 2018"),
        starts=("month",),
    ),
    Rule(
        "date.of_month",
        r"(?:{n}(?:(?:يوم )?(?<!\d)(?P<day>[0-3]?\d)|{nth:ordinal}) "
        r"(?:منه|منها|من {n}?شهر (?:نفسه|ذاته|عينه)|من (?:ذات|نفس) الشهر|من (?:{n}?شهر )?{which:which})"
        r"|{b}the (?P<en>[0-3]?\d)(?:st|nd|rd|th)"
        r"(?= ?[,.;:)]|$| (?:at|and|when|around|about|shortly|in the (?:morning|evening|afternoon))(?!\w))"
        r"|{b}في {alone:day_alone}){e}(?! (?:of|{month}))",
        _of_month,
        (
            "الـ 14 من الشهر الجاري",
            "17 من الشهر الجاري",
            "الخامس عشر منه",
            "في الرابع والعشرين",
            "the 24th",
            "والخامس من الشهر نفسه",
        ),
        ("14 من شباط", "الخامس عشر من أيار", "الثاني منهم", "the 15th of May"),
        starts=(DIGIT, "ordinal", "the", "في"),
    ),
    Rule(
        "date.shift",
        r"(?:{n}{whole:shift_day}|{n}{side:shift_side} (?:ب|بنحو )?"
        r"(?:(?P<two>يومين)|يوم(?: واحد)?|{count:NUMBER} ايام|(?P<night>ليله(?: واحده)?))"
        r"|{b}(?:a|one|{count_en:NUMBER}) (?:days?|(?P<night_en>nights?)) {side_en:shift_side_en}){e}",
        _shift,
        (
            "في اليوم التالي",
            "the next day",
            "وقبله بيومين",
            "وبعدها بثلاثة أيام",
            "بعد ثلاثة أيام",
            "two days later",
            "a day earlier",
            "وقبل ذلك بيوم",
            "وقبلها بليلة",
            "two nights later",
        ),
        ("بعد أيام", "days later", "بعد ثلاث سنوات"),
        starts=("shift_day", "shift_side", "a day", "one day", "a night", "one night", "number", DIGIT),
    ),
    Rule(
        "date.shift_part",
        r"{n}{word:shift_part}{e}(?! (?:last|the))",
        _shift_part,
        ("The night before, on Friday", "the next morning", "في الليلة السابقة"),
        ("the night before the vote", "the night"),
        starts=("shift_part",),
    ),
    Rule(
        "date.iso",
        r"(?<![\d.])(?P<year>20[0-3]\d) ?[-/.] ?(?P<month>[01]?\d) ?[-/.] ?(?P<day>[0-3]?\d)(?!\.?\d)",
        _iso,
        ("2024.10.09", "2023-11-04"),
        ("2024.13.40", "12024-10-09"),
        starts=(DIGIT,),
    ),
    Rule(
        "date.numeric",
        r"(?<![\d.])(?P<first>[0-3]?\d)(?: ?[-.] ?| ?(?P<slash>/) ?| )"
        r"(?P<second>[0-3]?\d)(?: ?[-./] ?| )(?P<year>20[0-3]\d)(?!\.?\d)",
        _numeric,
        ("16 . 01 . 2024.", "4 11 2023", "on 10/21/2023.", "16-01-2024"),
        ("3/4/2024", "40 11 2023", "16.01"),
        starts=(DIGIT,),
    ),
    Rule(
        "date.month",
        rf"(?:{{n}}|{{b}}{{last:last_en}} ){{month:month}}{{e}}{_SECOND}{_YEAR}(?: {{which:which}}{{e}})?",
        _month,
        ("تموز الماضي", "في كانون الثاني 2024", "last March", "فبراير/شباط الماضي", "October 2023"),
        ("آذار", "may"),
        starts=("month", "last_en"),
    ),
    Rule(
        "date.weekday",
        r"(?:{n}|{b}{last:last_en} |{b}(?P<same>(?:that|that same|the same) ))(?:يوم )?{weekday:weekday}{e}"
        r"(?: {which:which}{e})?",
        _weekday,
        ("الثلاثاء", "والثلاثاء", "يوم الجمعة الماضي", "on Thursday", "last Sunday", "the same Monday"),
        ("سبت", "sundays"),
        starts=("weekday", "last_en", "يوم", "that", "the same"),
    ),
    Rule(
        "date.night",
        r"(?:(?P<midnight>{n}(?:بعد|عقب) منتصف {n}?ليل[ه]?)|{n}(?:ليل[ه]?|مساء|فجر|منتصف ليل)) (?:يوم )?"
        r"{first:weekday}{e} ?(?:[-/] ?)?{second:weekday}{e}",
        _night,
        ("ليل الجمعة - السبت", "ليل السبت/الأحد", "بعد منتصف ليل السبت – الأحد", "ليل الأحد ـ الإثنين"),
        ("ليل الجمعة", "السبت - الأحد"),
        starts=("بعد", "عقب", "ليل", "ليله", "مساء", "فجر", "منتصف"),
    ),
    Rule(
        "date.night_en",
        r"{b}(?:(?:overnight|late)(?: on| from)? {first:weekday}|(?:the )?night (?:of|between) {one:weekday}"
        r"|{lone:weekday} night)"
        r"(?: night)?(?: ?[-/] ?| into | to | and into | and | through )(?:early )?{second:weekday}{e}",
        _night,
        (
            "Sunday night into Monday",
            "overnight Friday to Saturday",
            "the night of Friday/Saturday",
            "late Sunday into early Monday",
        ),
        ("Sunday into the night", "Sunday night"),
        starts=("overnight", "late", "the night", "night", "weekday"),
    ),
    Rule(
        "date.relative",
        r"{n}{word:day_word}{e}",
        lambda slots: When(offset=_value(slots, "word")),
        ("اليوم", "أمس", "يوم أمس", "yesterday", "today"),
        ("اليومين", "أمسية"),
    ),
    Rule(
        "date.relative_part",
        r"{n}{word:day_part_word}{e}",
        _day_part_word,
        ("الليلة الماضية", "last night", "هذا الصباح"),
        ("ليلة",),
    ),
    Rule(
        "date.vague",
        r"{n}{vague:vague_time}{e}",
        lambda slots: When(vague=True),
        ("قبل أيام", "last week", "في الأيام القليلة الماضية"),
        ("أيام الحرب",),
    ),
    Rule(
        "date.year",
        r"(?:{b}(?:in|during) (?P<year>20[0-3]\d)|{b}(?:late|early|mid|the (?:end|start|beginning) of)[ -](?P<part_of>20[0-3]\d)"
        r"|{n}(?:عام|سنه) (?P<year_ar>20[0-3]\d))(?!\d)",
        lambda slots: When(vague=True, year=int((slots.match[0])[-4:])),
        ("in late 2023", "early 2022", "in 2021", "أواخر عام 2023", "العام 2022"),
        ("2023", "October 2023", "late October"),
        starts=("in", "during", "late", "early", "mid", "the end", "the start", "the beginning", "عام", "سنه"),
    ),
    Rule(
        "date.beside",
        r"{n}{beside:beside_time}{e}",
        lambda slots: When(beside=True),
        ("بعد ساعات", "hours earlier", "في الوقت نفسه"),
        ("ساعات",),
    ),
    Rule(
        "date.beside_counted",
        r"(?:{b}[وف]?(?:بعد|قبل) (?:نحو |حوالي |قرابه |اقل من |اكثر من )?(?:{count:NUMBER} )?(?:ساعه|ساعتين|ساعات|دقيقه|دقائق)"
        r"|{b}(?:an|{count_en:NUMBER}) (?:hours?|minutes) (?:later|earlier|before|after)){e}",
        _hours,
        ("بعد نحو ثلاث ساعات", "وبعد ساعتين", "two hours later", "an hour earlier", "قبل 3 ساعات"),
        ("بعد ثلاث سنوات", "two days later", "48 hours later"),
        starts=("بعد", "قبل", "an", "number", DIGIT),
    ),
    Rule(
        "date.same_day",
        r"{n}(?:{day:same_day}|{part:same_day_part}){e}",
        lambda slots: When(same=True, part=slots.value("part")),
        ("في اليوم نفسه", "اليوم ذاته", "the same day", "That evening", "في الليلة نفسها"),
        ("اليومين نفسيهما", "that eve"),
        starts=("same_day", "same_day_part"),
    ),
    Rule(
        "time.part",
        r"{n}{part:day_part}{e}",
        lambda slots: When(part=slots.value("part")),
        ("فجر", "في ساعات المساء", "ظهر السبت", "this evening", "منتصف ليلة"),
        ("ليالي", "صباحي"),
    ),
    Rule(
        "time.hour",
        rf"{{b}}(?P<hour>[01]?\d) ?{{meridiem:meridiem}}{{e}}{_ZONE}",
        _clock,
        ("at about 9 p.m.", "7 am", "8 مساءً", "5 p.m. EST", "6 p.m. Eastern"),
        ("9 rockets", "9 March"),
        starts=(DIGIT,),
    ),
    Rule(
        "time.clock",
        r"(?:{n}ساعه |{b}at |{b})"
        r"(?:(?<![\d.])(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?![.:]?\d)|{word:hour}(?: والنصف| والربع| الا ربعا| وال\w+)?)"
        rf"(?: (?:من )?{{meridiem:meridiem}}{{e}})?{_ZONE}",
        _clock,
        ("الساعة 7:20 مساءً", "22:31", "8:23 pm", "الثانية والنصف من فجر", "الساعة 4:20 عصراً بتوقيت واشنطن", "22:31 GMT"),
        ("5:51", "7:20", "16.01.2024", "الثانية"),
        starts=("ساعه", "at", "hour", DIGIT),
    ),
)
"""The phrases of time."""
