"""The timeline of a page: how it may be drawn, its legend, its table, what is said beside it, and the picture itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection
from starlette.requests import Request

from app.charts.colours import PALETTES
from app.charts.pictures import Axes, Bar, Frame, Key, Mark, Timeline
from app.db import AnyRow
from app.language import N_, _, at, in_line, ngettext, spoken
from app.queries import counts, reference
from app.queries.counts import Coverage
from app.queries.filter import IncidentFilter
from app.queries.periods import (
    STACKS,
    Periods,
    Segment,
    begin,
    by_period,
    fitting_units,
    following,
    in_segment,
    not_drawn,
)
from app.queries.reference import Names, Site
from app.queries.tallies import totals_of
from app.web.options import read_options
from app.web.timeline_words import ROOM, named_counts, named_days, period_words
from app.web.words import day, word

MOST_SEGMENTS = 500
"""Segments that a picture shows one by one. Of more, each is a few pixels, and the drawing takes its time."""
UNIT_WORDS = {"day": N_("day"), "week": N_("week"), "month": N_("month")}
UNIT_HEADINGS = {"day": N_("Day"), "week": N_("Week"), "month": N_("Month")}
STACK_WORDS = {"base": N_("base"), "weapon": N_("weapon"), "grading": N_("support"), "claimed_by": N_("claimant")}
HEADINGS = {
    ("day", "base"): N_("By day and base"),
    ("day", "weapon"): N_("By day and weapon"),
    ("day", "grading"): N_("By day and support"),
    ("day", "claimed_by"): N_("By day and claimant"),
    ("week", "base"): N_("By week and base"),
    ("week", "weapon"): N_("By week and weapon"),
    ("week", "grading"): N_("By week and support"),
    ("week", "claimed_by"): N_("By week and claimant"),
    ("month", "base"): N_("By month and base"),
    ("month", "weapon"): N_("By month and weapon"),
    ("month", "grading"): N_("By month and support"),
    ("month", "claimed_by"): N_("By month and claimant"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A segment in words: its period, its series, and how it looks; with what it counts."""

    segment: Segment
    period: str
    series: str
    key: str
    look: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to draw the timeline, and the address of the page that does."""

    words: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """What a page shows of its timeline. `query` is that of its drawings and its table, if there is anything `drawn`; where
    it is `crowded`, they show no review status.

    `loose` are not in it, and `loose_href` finds them.
    """

    heading: str
    query: str
    units: Sequence[Choice]
    stacks: Sequence[Choice]
    legend: Sequence[Key]
    drawn: bool
    crowded: bool
    spanning: int
    loose: int
    loose_href: str


@dataclass(frozen=True, slots=True)
class TimelineTable:
    """The segments of a timeline as rows, and what its columns are called."""

    rows: Sequence[Row]
    unit_word: str
    stack_word: str
    looks_differ: bool


@dataclass(frozen=True, slots=True)
class Told:
    """All that the words of a timeline are made of."""

    periods: Periods
    chosen: IncidentFilter
    sites: Mapping[str, Site]
    names: Names
    coverage: Coverage
    totals: Sequence[AnyRow]

    @property
    def heading(self) -> str:
        return _(HEADINGS[self.periods.unit, self.periods.stack])

    def key_of(self, series: str) -> str:
        """The key of the palette for a series."""
        ranked = self.periods.ranked
        key = f"claimant-{ranked.index(series) + 1}" if series in ranked else series
        return key if key in PALETTES[self.periods.stack] else "other"

    def _series_words(self, series: str) -> str:
        match self.periods.stack:
            case "base":
                return self.sites[series].short
            case "claimed_by":
                return self.names.actors.get(series) or _("No claim")
            case stack:
                return word(stack, series)

    def legend(self) -> list[Key]:
        """What occurs in the chart: series in the order of the palette, then looks, shades and marks."""
        series = {one: self.key_of(one) for one in sorted(self.periods.series)}
        words = {key: _("Other") if key == "other" else self._series_words(one) for one, key in series.items()}
        looks = set() if self.periods.crowded else {*self.periods.looks, *(["vague"] if self.periods.vague else [])}
        named = {
            "unreviewed": _("Unreviewed"),
            "accepted": _("Accepted by an editor"),
            "vague": _("Pale: dated to a span of days")
            if self.periods.unit != "month"
            else _("Pale: dated to a span of days or a month"),
        }
        legend = [Key(key, words[key]) for key in PALETTES[self.periods.stack] if key in words]
        legend += [Key(look, said) for look, said in named.items() if look in looks]
        if any(first <= self.periods.last and last >= self.periods.first for first, last in shaded(self.periods, self.coverage)):
            legend.append(Key("thin", _("Shaded: few reports or none")))
        if self.marks():
            legend.append(Key("total", _("Published total")))
        return legend

    def marks(self) -> tuple[Mark, ...]:
        """Published totals within the chart, where the filter leaves all that they count."""
        if not all(key in ("from", "to") for key, _values in self.chosen.chosen):
            return ()
        return tuple(
            Mark(
                day=row.published_date,
                name=in_line(_("SOHR %(count)s", count=row._mapping["count"])),
                label=_("SOHR’s total of %(count)s, published %(day)s", count=row._mapping["count"], day=day(row.published_date)),
                href=at(f"/tallies#tally-{row.id}"),
            )
            for row in self.totals
            if self.periods.first <= row.published_date <= self.periods.last
        )

    def view(self, path: str, options: Mapping[str, str]) -> TimelineView:
        """What a page at `path` shows, and the addresses at which it shows the same otherwise; they keep its other `options`."""
        periods = self.periods

        def choices(key: str, codes: Iterable[str], current: str, words: Mapping[str, str]) -> list[Choice]:
            return [Choice(_(words[code]), path + self.chosen.query(**{**options, key: code}), code == current) for code in codes]

        return TimelineView(
            heading=self.heading,
            query=self.chosen.query(by=periods.unit, stack=periods.stack),
            units=choices("by", fitting_units(periods.first, periods.last), periods.unit, UNIT_WORDS),
            stacks=choices("stack", STACKS, periods.stack, STACK_WORDS),
            legend=self.legend(),
            drawn=bool(periods.series),
            crowded=periods.crowded,
            spanning=periods.spanning,
            loose=periods.loose,
            loose_href=at("/incidents" + not_drawn(self.chosen, periods).query()),
        )

    def rows(self, most: int = 0) -> list[Row]:
        """The segments in the order of the days, and of the palette within one; with `most`, as a picture has room for them.

        Of more than that, those of one period that look alike and have no colour of their own stand as one. In a crowded picture
        all of a series look alike.
        """
        order = {key: place for place, key in enumerate(PALETTES[self.periods.stack])}
        counts = self.periods.counts(alike=bool(most) and self.periods.crowded)
        drawn: dict[Segment, dict[str, int]] = {}
        for segment, count in counts.items():
            key = self.key_of(segment.series)
            as_one = segment._replace(series=key) if most and len(counts) > most and key == "other" else segment
            drawn.setdefault(as_one, {})[segment.series] = count
        rows = [
            Row(
                segment=segment,
                period=period_words(segment.first, self.periods.unit),
                series=self._series_words(next(iter(of))) if len(of) == 1 else _("Other"),
                key=self.key_of(next(iter(of))),
                look=_look(segment),
                count=sum(of.values()),
                href=at("/incidents" + in_segment(segment, self.chosen, self.periods, self.sites, tuple(of)).query()),
            )
            for segment, of in drawn.items()
        ]
        return sorted(rows, key=lambda row: (row.segment.first, order[row.key], row.series))

    def table(self) -> TimelineTable:
        """The same as a table."""
        rows = self.rows()
        return TimelineTable(
            rows=rows,
            unit_word=_(UNIT_HEADINGS[self.periods.unit]),
            stack_word=_(STACK_WORDS[self.periods.stack]).capitalize(),
            looks_differ=len({row.look for row in rows}) > 1,
        )

    def picture(self, width: str, above: Sequence[str] = (), below: Sequence[str] = ()) -> Timeline:
        """The picture of one width. One for paper has lines above and below."""
        rows, periods = self.rows(MOST_SEGMENTS), self.periods
        frame = Frame(
            above=tuple(map(in_line, above)),
            legend=tuple(Key(key.look, in_line(key.words)) for key in self.legend()),
            below=tuple(map(in_line, below)),
            right_to_left=spoken().direction == "rtl",
        )
        return Timeline(
            first=periods.first,
            last=periods.last,
            stack=periods.stack,
            bars=tuple(self._bar(row) for row in rows),
            axes=Axes(named_days(periods.first, periods.last, ROOM[width], periods.unit), named_counts(_highest(rows))),
            title=in_line(_("Reported incidents, %(how)s", how=self.heading.lower())) if width == "paper" else self.heading,
            marks=self.marks(),
            thin=shaded(periods, self.coverage),
            width=width,
            frame=frame if width == "paper" else None,
        )

    def _bar(self, row: Row) -> Bar:
        segment = row.segment
        what = ngettext("%(num)s incident", "%(num)s incidents", row.count)
        return Bar(
            first=segment.first,
            last=following(self.periods.unit, segment.first) - timedelta(days=1),
            series=row.key,
            count=row.count,
            label=_(": ").join((_(", ").join(filter(None, (row.period, row.series, row.look))), what)),
            href=row.href,
            accepted=segment.status == "accepted",
            exact=segment.exact is not False,
        )


def told(
    connection: Connection,
    chosen: IncidentFilter,
    sites: Mapping[str, Site],
    names: Names,
    options: Mapping[str, str],
    stack: str = "base",
) -> Told:
    """The timeline under a filter, by what the options say, or else stacked as the page does by what the range suggests."""
    coverage, stack = counts.coverage(connection), options.get("stack", stack)
    periods = by_period(connection, chosen, sites, coverage, stack=stack, unit=options.get("by", ""))
    return Told(periods, chosen, sites, names, coverage, totals_of(connection))


def shown(
    request: Request, connection: Connection, chosen: IncidentFilter, sites: Mapping[str, Site], stack: str = "base"
) -> TimelineView:
    """The timeline of the page that a request asks for. Raises BadOption."""
    options = read_options(request)
    timeline = told(connection, chosen, sites, reference.names(connection), options, stack)
    return timeline.view(request.url.path, options)


def _look(segment: Segment) -> str:
    """How a segment differs from an unreviewed one whose days are known, in words."""
    looks = (_("accepted") if segment.status == "accepted" else "", _("not dated to a day") if segment.exact is False else "")
    return _(", ").join(filter(None, looks))


def _highest(rows: Iterable[Row]) -> int:
    heights: dict[date, int] = {}
    for row in rows:
        heights[row.segment.first] = heights.get(row.segment.first, 0) + row.count
    return max(heights.values(), default=1)


def shaded(periods: Periods, coverage: Coverage) -> tuple[tuple[date, date], ...]:
    """The stretches of a chart in which reports are thin, or from which there is none: before the first and after the last."""
    around = []
    # A part of a column is no stretch to show.
    if coverage.first and following(periods.unit, periods.first) <= coverage.first:
        around.append((periods.first, coverage.first - timedelta(days=1)))
    if coverage.last and begin(periods.unit, periods.last) > coverage.last:
        around.append((coverage.last + timedelta(days=1), periods.last))
    return (*coverage.thin, *around)
