"""Settles phrases of time against the day of publication: which day, night or month they mean."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from app.extract.dates import When, exists


@dataclass(frozen=True, slots=True)
class Day:
    """A settled time: ISO dates, the second only for a range; `precision` is day, range or month."""

    start: str
    end: str | None
    precision: str


def settle(when: When, published: date | None, told: date | None = None) -> Day | None:
    """The day, night or month that a phrase means, or None where it cannot be known: a relative day without a publication day.

    `told` is the day that the text spoke of before; "a day later" and "the 15th" count from it.
    """
    try:
        if when.month is not None and when.day is None:
            return _whole_month(when, published)
        start = _start(when, published, told)
        if start is None:
            return None
        start += timedelta(days=when.next_day)
        if when.night_to is not None and start.weekday() == when.night_to:
            start -= timedelta(days=1)
        if when.night_to is not None or when.two_days:
            return Day(start.isoformat(), (start + timedelta(days=1)).isoformat(), "range")
    except (ValueError, OverflowError):
        return None
    return Day(start.isoformat(), None, "day")


def _start(when: When, published: date | None, told: date | None) -> date | None:
    if when.shift is not None:
        return None if told is None else told + timedelta(days=when.shift)
    if when.day is not None and when.month is None:
        return _of_month(when, published, told)
    if when.day is not None and when.month is not None:
        if when.year is not None:
            return date(when.year, when.month, when.day)
        return None if published is None else _last_before(when, published)
    if published is None:
        return None
    if when.weekday is not None:
        back = (published.weekday() - when.weekday) % 7
        return published - timedelta(days=back or (7 if when.which == "last" else 0))
    return None if when.offset is None else published + timedelta(days=when.offset)


def _of_month(when: When, published: date | None, told: date | None) -> date | None:
    """A day whose month is that of publication (this, last), or of the day told before."""
    assert when.day is not None
    month = told if when.which is None else published
    if month is None:
        return None
    if when.which == "last":
        month = month.replace(day=1) - timedelta(days=1)
    return date(month.year, month.month, when.day)


def _last_before(when: When, published: date) -> date | None:
    """The last such day that is not after publication; a day's grace for clocks elsewhere."""
    assert when.month is not None
    assert when.day is not None
    for year in (published.year, published.year - 1, published.year - 4):
        if exists(year, when.month, when.day):
            day = date(year, when.month, when.day)
            if day <= published + timedelta(days=1):
                return day
    return None


def _whole_month(when: When, published: date | None) -> Day | None:
    assert when.month is not None
    year = when.year
    if year is None:
        if published is None:
            return None
        year = published.year if when.month <= published.month else published.year - 1
    last = calendar.monthrange(year, when.month)[1]
    return Day(date(year, when.month, 1).isoformat(), date(year, when.month, last).isoformat(), "month")
