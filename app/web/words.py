"""Codes, days and counts in the words of the language that is spoken."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from app.clock import recorded
from app.fields import CASUALTIES
from app.language import _, dated, digits, number
from app.web.labels import LABELS

SHOWN_FIELDS = (
    "base", "date_start", "time_of_day", "clock_local", "weapon", "munitions", "attacks", "launched_from", "claimed_by",
    "attributed_to", "attributed_by", "outcome", "intercepted", "intercepted_count", *CASUALTIES, "casualties_reported",
    "damage", "origin", "status", "support", "note",
    "summary_en",
    "summary_ar",
)  # fmt: skip
"""The fields of an incident's page, in its order; a name without _low or _high stands for both."""


def rule_of(counter: str) -> str:
    """By what rule a counter counts, as far as it is known; in words. Sources: docs/method.md."""
    rules = LABELS["counting_rule"]
    return _(rules.get(counter, rules[""]))


def word(kind: str, code: object) -> str:
    """The label of a code in the language that is spoken, or the code where it has none (a base as a total's scope)."""
    return _(LABELS[kind].get(str(code), str(code)))


def day(value: date | None) -> str:
    """A day in words: 4 November 2023."""
    return dated(value, "d MMMM y") if value else ""


def reported(when: str) -> str:
    """A day (2025-05-03) or a month (2025-05) in words."""
    return day(date.fromisoformat(when)) if len(when) > len("2025-05") else dated(date.fromisoformat(f"{when}-01"), "MMMM y")


def moment(stamp: str) -> str:
    """A moment that the register wrote down in words: 22 November 2026, 20:50; in Syrian local time."""
    return f"{dated(recorded(stamp), 'd MMMM y')}{_(', ')}{digits(recorded(stamp).strftime('%H:%M'))}"


def days(row: Any) -> str:
    """An incident's day as precisely as it is known: a day, a span of days, a month or a year."""
    start, end = row.date_start, row.date_end
    if start is None:
        return _("day not known")
    match row.date_precision:
        case "month":
            return dated(start, "MMMM y")
        case "year":
            return dated(start, "y")
    if end == start:
        return day(start)
    first = "d" if (start.year, start.month) == (end.year, end.month) else "d MMMM" if start.year == end.year else "d MMMM y"
    return f"{dated(start, first)} – {day(end)}"


def by_day(rows: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Rows in the order of their first days, under their days as precisely as they are known."""
    under: dict[str, list[Any]] = {}
    for _dates, alike in groupby(rows, lambda row: (row.date_start, row.date_end, row.date_precision)):
        several = list(alike)
        under.setdefault(days(several[0]), []).extend(several)
    return list(under.items())


def count_range(low: int | None, high: int | None) -> str:
    """A count with its bounds: 3, 2–3, 2 or more, up to 3; empty where unknown."""
    if low is None:
        return "" if high is None else f"≤ {number(high)}"
    if high is None:
        return f"{number(low)}+"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def gap(one: Any) -> str:
    """By how much a total (`stated`) exceeds what the register holds (`low` to `high`); below zero the register holds more."""
    low, high = one.stated - one.high, one.stated - one.low
    least, most = (number(value).replace("-", "−") for value in (low, high))
    if low == high:
        return least
    return f"{least}–{most}" if low >= 0 else _("%(least)s to %(most)s", least=least, most=most)
