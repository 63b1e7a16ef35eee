"""What charts and the marked text of a report are made of: counts and claims → bars, lines and quotes."""

from collections.abc import Mapping

from app.charts.pictures import Axes, Curves, Dot
from app.language import _, at, in_line, listed, number
from app.queries.counters import Counter, CounterSeries, Measured
from app.queries.reference import Site
from app.queries.reports import ReportPage
from app.tallies.values import EVERYWHERE, Comparison
from app.web.findings import figure, held_address, part_name
from app.web.marks import Quoted
from app.web.timeline_words import ROOM, named_counts, named_days
from app.web.words import count_range, day


def series_to_draw(counter: Counter, base: str = "") -> CounterSeries | None:
    """The series of a counter that its chart shows: the longest that can be set beside the register, or else the longest."""
    beside = [one for one in counter.series if any(_shown(measured, base) for measured in one.totals)]
    return next(iter(beside if base else [*beside, *counter.series]), None)


def _shown(measured: Measured, base: str) -> Comparison | None:
    return measured.parts.get(base) if base else measured.total


def curves(counter: Counter, base: str, sites: Mapping[str, Site], width: str) -> Curves | None:
    """A counter's series, or its part for a base, beside the register; None where it has none."""
    series = series_to_draw(counter, base)
    if series is None:
        return None
    beside = [(measured, one) for measured in series.totals if (one := _shown(measured, base))]
    held = [_held_dot(measured, one, series.scope, sites) for measured, one in beside]
    # Of a scope wider than Syria the line shows the Syrian part where there is one, and says so.
    part = beside[0][1].part if beside else EVERYWHERE
    stated = [_stated_dot(measured, part, counter) for measured in ([one for one, _held in beside] or series.totals)]
    name, shown = counter.source.name, part_name(part, series.scope, sites)
    dots = [*(dot for dot, _words in stated), *held]
    return Curves(
        since=series.start,
        stated=tuple(dot for dot, _words in stated),
        held=tuple(held),
        stated_name=in_line(_(": ").join((listed((name, shown)), stated[-1][1]))),
        held_name=in_line(_("Register: %(count)s", count=count_range(held[-1].low, held[-1].count))) if held else "",
        axes=Axes(
            named_days(series.start, max(dot.day for dot in dots), ROOM[width]), named_counts(max(dot.count for dot in dots))
        ),
        title=_("Totals of %(counter)s beside the register: %(part)s", counter=name, part=shown),
        width=width,
    )


def _stated_dot(measured: Measured, part: str, counter: Counter) -> tuple[Dot, str]:
    """What a total gives for a part, and the same in words, with its bound where it is the total itself."""
    tally = measured.row.tally
    count = dict(measured.row.parts)[part] if part else tally._mapping["count"]
    words = number(count) if part else figure(tally)
    label = _(": ").join((listed((counter.source.name, day(measured.day))), words))
    return Dot(measured.day, count, count, label, at(f"/tallies#tally-{tally.id}")), words


def _held_dot(measured: Measured, one: Comparison, scope: str, sites: Mapping[str, Site]) -> Dot:
    high = one.high or 0
    words = _("Register, until %(day)s: %(count)s", day=day(measured.day), count=count_range(one.low, high))
    return Dot(measured.day, high, one.low, words, held_address(one, one.part or scope, sites))


def quotes(found: ReportPage) -> list[Quoted]:
    """The spans of a report's text that back something, with the place on its page where that stands."""
    spans = [
        Quoted(claim["span_start"], claim["span_end"], claim["field"], f"claim-{claim['id']}")
        for mention in found.mentions
        for claim in mention["claims"]
    ]
    spans += [Quoted(one["span_start"], one["span_end"], "anchor", f"mention-{one['id']}") for one in found.mentions]
    spans += [Quoted(one["span_start"], one["span_end"], "tally", f"tally-{one['id']}") for one in found.tallies]
    spans += [Quoted(one["span_start"], one["span_end"], "non_strike", f"event-{one['id']}") for one in found.non_strike_events]
    return [span for span in spans if span.start is not None]
