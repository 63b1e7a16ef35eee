"""What charts and timelines say in words: the labels of axes, periods, where coverage is thin, and whose picture it is."""

from datetime import date
from textwrap import wrap

from app.charts import ticks
from app.charts.pictures import Tick
from app.clock import recorded
from app.language import _, dated, in_line, ngettext, number, numeral, short_month
from app.queries.counts import Coverage
from app.queries.filter import IncidentFilter
from app.queries.reference import Revision
from app.web.words import day

ROOM = {"wide": 12, "narrow": 4, "paper": 14}
"""Labels that the axis of days has room for."""
LONGEST_LINE = 130
"""Letters of a line in a picture that stands alone."""
STRETCHES = 3
"""Stretches of thin coverage that are named; the rest is counted."""


def thin_words(coverage: Coverage, chosen: IncidentFilter) -> str:
    """Where coverage is thin within the days of the filter, the latest stretches first; empty where it is nowhere."""
    first, last = chosen.one("from") or "0", chosen.one("to") or "9"
    found = [span for span in reversed(coverage.thin) if span[1].isoformat() >= first and span[0].isoformat() <= last]
    if not found:
        return ""
    words = [_month_span(*span) for span in found[:STRETCHES]]
    months = sum(_months(*span) for span in found[STRETCHES:])
    if months:
        words.append(ngettext("%(num)s more month", "%(num)s more months", months))
    return _("Thin, with fewer than two reports in a month: %(stretches)s.", stretches=_("; ").join(words))


def wrapped(text: str) -> list[str]:
    """A text in lines that fit a picture."""
    return wrap(text, LONGEST_LINE)


def source_lines(revision: Revision) -> list[str]:
    """What a picture that stands alone says of itself: where it comes from, of when, and under which licence."""
    return [
        _(
            "Sijill, a register of reported strikes on coalition bases in Syria. Revision %(revision)s, %(day)s.",
            revision=numeral(revision.number),
            day=day(recorded(revision.made_at).date()),
        ),
        _("Days are in Syrian local time. Every incident is as reported by the press. Data: CC BY 4.0."),
    ]


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _month_span(first: date, last: date) -> str:
    if _months(first, last) == 1:
        return dated(first, "MMMM y")
    start = dated(first, "MMMM" if first.year == last.year else "MMMM y")
    return _("%(first)s to %(last)s", first=start, last=dated(last, "MMMM y"))


def period_words(first: date, unit: str) -> str:
    """A period by its first day: a day, a week, a month."""
    match unit:
        case "day":
            return day(first)
        case "week":
            return _("Week of %(day)s", day=day(first))
    return dated(first, "MMMM y")


def named_days(first: date, last: date, most: int, unit: str = "day") -> tuple[Tick, ...]:
    """The labels along the days, at most so many: the year stands where it begins; a column's name below its middle."""
    grain, found = ticks.days(first, last, most, unit)
    middle = {"day": 0.5, "week": 3.5 if grain == "day" else 0.0, "month": 15.0 if grain == "month" else 0.0}[unit]
    labels: list[Tick] = []
    year = 0
    for one in found:
        name = {"day": dated(one, "d") + " " + short_month(one), "month": short_month(one), "year": dated(one, "y")}[grain]
        if one.year != year and grain != "year":
            name += " " + dated(one, "y")
        year = one.year
        labels.append(((one - first).days + middle, in_line(name)))
    return tuple(labels)


def named_counts(top: int) -> tuple[Tick, ...]:
    """The labels up to a count."""
    return tuple((count, number(count)) for count in ticks.counts(top))
