"""What an editor typed into the form of an incident becomes values of its fields, or errors beside them. Pure."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import Literal

from app import clock, fields
from app.extract.folding import fold
from app.extract.lexicon import Lexicon
from app.ingest import RefusedInput, clean_line
from app.language import N_, _
from app.reconcile.settling import ORDERED
from app.web.words import day, word

UNKNOWN = "unknown"
LONGEST_DAY = 80
DAYS = ("date_start", "date_end", "date_precision")

GROUPS = {
    "place": N_("Place and time"),
    "weapon": N_("Weapon and numbers"),
    "who": N_("Who did it"),
    "outcome": N_("What became of it"),
    "casualties": N_("Killed and injured"),
    "summary": N_("In a few words"),
    "support": N_("How well it is supported"),
}
"""The parts of the form, in its order, with their headings."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of the form. `codes` are what a choice may hold beside nothing, which is unknown.

    `of` says what a slug is looked up in; `lines` lets a text have several.
    """

    field: str
    kind: Literal["choice", "day", "count", "text", "slug"]
    group: str
    codes: tuple[str, ...] = ()
    of: Literal["", "bases", "actors", "sources"] = ""
    lines: bool = False


def _choice(field: str, group: str, codes: tuple[str, ...]) -> Input:
    return Input(field, "choice", group, tuple(code for code in codes if code != UNKNOWN))


FIELDS = (
    Input("base", "slug", "place", of="bases"),
    Input("date_start", "day", "place"),
    Input("date_end", "day", "place"),
    _choice("date_precision", "place", fields.DATE_PRECISIONS),
    _choice("time_of_day", "place", fields.TIMES_OF_DAY),
    _choice("weapon", "weapon", fields.WEAPONS),
    *(Input(f"attacks_{end}", "count", "weapon") for end in ("low", "best", "high")),
    *(Input(f"munitions_{end}", "count", "weapon") for end in ("low", "high")),
    Input("launched_from", "text", "weapon"),
    Input("claimed_by", "slug", "who", of="actors"),
    Input("attributed_to", "slug", "who", of="actors"),
    Input("attributed_by", "slug", "who", of="sources"),
    _choice("outcome", "outcome", fields.OUTCOMES),
    *(Input(f"{name}_{end}", "count", "casualties") for name in fields.CASUALTIES for end in ("low", "high")),
    Input("summary_en", "text", "summary", lines=True),
    Input("summary_ar", "text", "summary", lines=True),
    _choice("grading", "support", fields.GRADINGS[1:]),
)
"""The inputs of the form, in its order: one for each field that an editor may correct."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read. `values` has all fields, None where one is unknown or wrong; `errors` a sentence for each wrong one.

    `changed` is what a correction takes: what differs from what is held, and nothing while anything is wrong.
    """

    values: Mapping[str, str | None]
    errors: Mapping[str, str]
    changed: Mapping[str, str | None]


def typed_of(field: str, value: str | None) -> str:
    """What the form shows for a value that is held: the value itself, or nothing where it is unknown.

    A rejected incident's grading is nothing that an editor sets, and shows as nothing.
    """
    # There is a source that is called `unknown`.
    silent = {"base": fields.UNSPECIFIED, "grading": fields.GRADINGS[0], "attributed_by": ""}.get(field, UNKNOWN)
    return "" if value is None or value == silent else value


def read(
    typed: Mapping[str, str],
    *,
    known: Mapping[str, Collection[str]],
    published: date | None,
    held: Mapping[str, str | None],
    reason: str = "",
) -> Checked:
    """Reads what was typed, by field; what the form did not send stays as it is held. Never raises, whatever was typed.

    `known` has the slugs of bases, actors and sources; `published` is the day of the report that the editor reads. `held` is what
    the incident holds now; its grading only where an editor set it, since nothing there lets the grading follow from the reports.
    """
    shown = {one.field: typed_of(one.field, held.get(one.field)) for one in FIELDS}
    texts = shown | {field: text for field, text in typed.items() if field in shown}
    values, errors = _values(texts, known)
    # What is held is read too: a mark of direction that a report brought along is no difference.
    before = _completed(_values(shown, known)[0])
    if values["date_start"] and values["date_precision"] == "day" and values["date_end"] == before["date_end"]:
        values["date_end"] = None  # a lone day that is moved takes its last day along
    completed = _completed(values)
    moved = {field for field, value in completed.items() if value != before[field]}
    wrong = [*_order_errors(values, moved)]
    if not errors.keys() & set(DAYS):
        late = None if reason.strip() or not moved & set(DAYS) else published
        wrong += _day_errors(completed, says_unknown=_plain(texts["date_precision"]) == UNKNOWN, published=late)
    for field, sentence in wrong:
        errors.setdefault(field, sentence)
    if errors:
        return Checked({field: None if field in errors else value for field, value in completed.items()}, errors, {})
    if moved & set(DAYS):  # they are settled together: a corrected first day alone would move the last
        moved |= set(DAYS)
    return Checked(completed, {}, {field: value for field, value in completed.items() if field in moved})


def days_of(values: Mapping[str, str | None]) -> tuple[date | None, date | None]:
    """The first and the last day of values that were read."""
    first, last = (date.fromisoformat(told) if (told := values[field]) else None for field in DAYS[:2])
    return first, last


# ── One field ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Unreadable(ValueError):
    """A text that is no value of its field; the message is for the editor."""


_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\t", " "))


def _plain(text: str) -> str:
    return fields.without_marks(text.translate(_SPACES))


def _values(texts: Mapping[str, str], known: Mapping[str, Collection[str]]) -> tuple[dict[str, str | None], dict[str, str]]:
    """The value of each field by itself, and what is wrong where there is none."""
    values: dict[str, str | None] = {}
    errors: dict[str, str] = {}
    for one in FIELDS:
        values[one.field] = None
        try:
            values[one.field] = _value(one, texts[one.field], known)
        except Unreadable as error:
            errors[one.field] = str(error)
    return values, errors


def _value(one: Input, typed: str, known: Mapping[str, Collection[str]]) -> str | None:
    """The value that a text is for its field; None is unknown. Raises Unreadable."""
    text = _plain(typed)
    if one.kind == "text":
        text = _read_text(text, lines=one.lines)
    if text in ("", "" if one.of == "sources" else UNKNOWN, fields.UNSPECIFIED if one.of == "bases" else ""):
        return None
    match one.kind:
        case "day":
            return read_day(text)
        case "count":
            return read_count(text, least=1 if one.field.startswith("attacks_") else 0)
        case "choice" if text not in one.codes:
            raise Unreadable(_("This is none of the choices."))
        case "slug" if text not in known.get(one.of, ()):
            raise Unreadable(_("Nothing in the register is called this; choose from the list."))
    return text


def _read_text(text: str, *, lines: bool) -> str:
    if len(text.replace("\r\n", "\n").strip()) > fields.LONGEST_TEXT:
        raise Unreadable(_("This is too long; at most %(most)s characters have room.", most=fields.LONGEST_TEXT))
    try:
        pieces = re.split("\r\n|[\r\n\u2028\u2029]", text) if lines else [text]
        text = "\n".join(clean_line(piece, "", "") for piece in pieces).strip()
    except RefusedInput:
        raise Unreadable(_("This holds a character that no page can show; type it anew.")) from None
    return text


_COUNT = re.compile(r"[0-9]{1,20}|[0-9]{1,3}([ ,'])[0-9]{3}(?:\1[0-9]{3}){0,4}")


def read_count(text: str, *, least: int) -> str:
    """The number that digits of either script say, with or without marks between thousands."""
    digits = _COUNT.fullmatch(fold(text).strip())
    number = int(re.sub("[ ,']", "", digits[0])) if digits else -1
    if not least <= number <= fields.GREATEST_COUNT:
        raise Unreadable(
            _("Write a whole number from %(least)s to %(most)s, or nothing.", least=least, most=fields.GREATEST_COUNT)
        )
    return str(number)


_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})(?P<mark>[-/. ])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})")
_NAMED = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: من| of)? ?(?P<month>[^0-9]+?)[ ,.]*(?P<year>[0-9]{4})")
_NAME_FIRST = re.compile(r"(?P<month>[^0-9]+?)[ .]*(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ ,]+(?P<year>[0-9]{4})")


def read_day(text: str) -> str:
    """The day that a text names, as ISO: 2023-11-04, 4/11/2023 (the day first), 4 November 2023, in either script."""
    folded = re.sub(" ?([-/.]) ?", r"\1", fold(text).strip()) if len(text) <= LONGEST_DAY else ""
    for form in (_YEAR_FIRST, _DAY_FIRST, _NAMED, _NAME_FIRST):
        if found := form.fullmatch(folded):
            month = int(found["month"]) if found["month"].isdecimal() else _month(found["month"])
            try:
                return fields.iso_day(f"{found['year']}-{month:02}-{int(found['day']):02}").isoformat()
            except ValueError:
                break
    raise Unreadable(_("This is no day; write it as 2023-11-04, as 4/11/2023 with the day first, or as 4 November 2023."))


@cache
def _months() -> Mapping[str, str]:
    return Lexicon.load()["month"]


def _month(name: str) -> int:
    """The number of the month with this folded name, or with these two (تشرين الثاني/نوفمبر); 0 where they name none, or two."""
    named = {_months().get(part) for part in re.split("[-/(). ]*[-/()][-/(). ]*", name.strip("-/(). ")) if part}
    return int(named.pop() or 0) if len(named) == 1 else 0


# ── Fields beside each other ──────────────────────────────────────────────────────────────────────────────────────────


def _completed(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """The values, with what follows from the others where nothing was typed."""
    low = values["attacks_low"] or "1"
    best = values["attacks_best"] or low
    attacks = {"attacks_low": low, "attacks_best": best, "attacks_high": values["attacks_high"] or best}
    days = _completed_days(*(values[field] for field in DAYS))
    return {**values, **attacks, **days, "base": values["base"] or fields.UNSPECIFIED}


def _completed_days(start: str | None, end: str | None, precision: str | None) -> dict[str, str | None]:
    """A lone day is all that is known of it, or stands for its whole month or year; the precision follows from the days."""
    if start and not end:
        first = date.fromisoformat(start)
        match precision:
            case "month":
                start, end = f"{start[:8]}01", f"{start[:8]}{monthrange(first.year, first.month)[1]}"
            case "year":
                start, end = f"{first.year}-01-01", f"{first.year}-12-31"
            case _:
                end = start
    if start and not precision:
        precision = "day" if start == end else "range"
    return dict(zip(DAYS, (start, end, precision), strict=True))


_CONTRADICTING = {
    (False, True): N_("This is more than “%(other)s”."),
    (False, False): N_("This is less than “%(other)s”."),
    (True, True): N_("This is later than “%(other)s”."),
    (True, False): N_("This is earlier than “%(other)s”."),
}
"""By whether they are days, and whether the lower one is wrong."""


def _order_errors(values: Mapping[str, str | None], moved: Collection[str]) -> Iterator[tuple[str, str]]:
    """Of two ends that contradict each other the one that the editor moved is wrong; of two such the upper one."""
    for lower, upper in (pair for names in (*ORDERED, DAYS[:2]) for pair in combinations(names, 2)):
        low, high = values[lower], values[upper]
        if low is None or high is None or _place(low) <= _place(high):
            continue
        wrong, other = (lower, upper) if lower in moved and upper not in moved else (upper, lower)
        yield wrong, _(_CONTRADICTING[lower in DAYS, wrong == lower], other=word("field", other))


def _place(value: str) -> int:
    """Where a count or an ISO day stands among its like."""
    return int(value.replace("-", ""))


_FITTING = {
    "day": N_("For a day the first and the last day have to be the same."),
    "range": N_("For a span of days the last day has to be later than the first."),
    "month": N_("For a month the first and the last day have to lie in it, one after the other."),
    "year": N_("For a year the first and the last day have to lie in it, one after the other."),
}


def _fits(start: str, end: str, precision: str) -> bool:
    shared = {"month": len("2023-11"), "year": len("2023")}.get(precision, 0)
    return (start == end) == (precision == "day") and start[:shared] == end[:shared]


def _day_errors(values: Mapping[str, str | None], *, says_unknown: bool, published: date | None) -> Iterator[tuple[str, str]]:
    """What is wrong with days that were read; `published` None where they may lie behind it."""
    start, end, precision = (values[field] for field in DAYS)
    if not start or not end or not precision:
        if end:
            yield "date_start", _("The first day is missing; write it, or leave the last one empty too.")
        elif precision:
            yield "date_precision", _("Without a day there is no precision; write the day, or leave this empty.")
        return
    if says_unknown:
        yield "date_precision", _("A day is given, so it is known; choose how precisely, or leave this empty.")
    elif start <= end and not _fits(start, end, precision):
        yield "date_precision", _(_FITTING[precision])
    # A month or a year that is not over yet ends later than anybody can tell.
    ends = (("date_start", start),) if precision in ("month", "year") else (("date_start", start), ("date_end", end))
    for field, told in ends:
        if date.fromisoformat(told) > clock.today():
            yield field, _("In Syria this day has not come yet.")
        elif published and date.fromisoformat(told) > published:
            yield field, _("This is after the report, of %(day)s; if it is right, give the reason.", day=day(published))
