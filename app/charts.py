"""Rows → Altair chart → SVG: the timeline, and totals beside the register, drawn in one process of its own."""

import multiprocessing
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from threading import Lock
from typing import Any

COLOURS = {
    "conoco": "#b4552d",
    "al-omar": "#d9982f",
    "al-shaddadi": "#3d6f94",
    "kharab-al-jir": "#5d917d",
    "al-tanf": "#75517b",
    "other": "#a3a8ad",
}
"""A colour means a base, and the same base everywhere: the stylesheet has the same ones, and darker neighbours for the dark."""

INK, MUTED, RULE, ACCENT = "#1c2228", "#5c6670", "#dedad1", "#0b5f69"
STYLE = '<?xml-stylesheet type="text/css" href="/static/chart.css"?>\n'
"""Fonts and the colours of the dark scheme, which a policy without inline style leaves to a file."""

VEGA_HOST = "https://vega.github.io/vega-datasets/"
WIDTHS = {"wide": 960, "narrow": 356}
HEIGHT = 220
KEPT = 256
"""Charts kept for asking again."""
LONGEST = 20
"""Seconds that a chart may take; one takes a twentieth of one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What one site has in one week. `series` is a key of COLOURS; `label` is read out; `href` leads to what it counts."""

    week: date
    series: str
    count: int
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A published total, drawn as a line at its day."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is needed to draw the timeline: the words are in the page's language already."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    title: str
    width: str = "wide"


@dataclass(frozen=True, slots=True)
class Dot:
    """What a line has reached on one day; `low` lies under `count` where it is not certain. `label` is read out."""

    day: date
    count: int
    low: int
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Curves:
    """A counter's totals since some day, and what the register holds in the same windows: two lines, named at their last dots."""

    since: date
    stated: tuple[Dot, ...]
    held: tuple[Dot, ...]
    stated_name: str
    held_name: str
    title: str
    width: str = "wide"


def colour_of(slug: str) -> str:
    """The colour of a site; those without one of their own share the last."""
    return COLOURS.get(slug, COLOURS["other"])


def drawn(picture: Timeline | Curves) -> str:
    """A chart as an SVG document, with a link and a label on each of its marks; no script and no inline style."""
    import vl_convert  # slow to import, and needed in the drawing process alone

    chart = _timeline(picture) if isinstance(picture, Timeline) else _curves(picture)
    svg: str = vl_convert.vegalite_to_svg(_fitted(chart, picture).to_dict())
    # Vega puts a host of its own before addresses; and the document stands in an <object>, inside which its links would open.
    return STYLE + svg.replace(f'<a xlink:href="{VEGA_HOST}', '<a target="_top" href="')


def stacked(bars: Sequence[Bar]) -> list[dict[str, Any]]:
    """The bars as rows to draw, each on top of those before it in the order of COLOURS."""
    order = {series: place for place, series in enumerate(COLOURS)}
    tops: dict[date, int] = {}
    rows = []
    for bar in sorted(bars, key=lambda bar: (bar.week, order[bar.series], bar.label)):
        low = tops.get(bar.week, 0)
        tops[bar.week] = low + bar.count
        rows.append({
            "start": bar.week.isoformat(),
            "end": (bar.week + timedelta(days=7)).isoformat(),
            "low": low,
            "high": low + bar.count,
            "series": bar.series,
            "label": bar.label,
            "href": bar.href,
        })  # fmt: skip
    return rows


def _timeline(timeline: Timeline) -> Any:
    """Stacked bars by week."""
    import altair as alt

    rows = stacked(timeline.bars)
    first = min(row["start"] for row in rows)
    last = max(row["end"] for row in rows)
    top = max(row["high"] for row in rows)
    days = alt.Scale(type="utc", domain=[first, last], nice=False)
    axis, count = _axes(alt, timeline.width, top)
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_rect(stroke="#fbfaf7", strokeWidth=0.5)
        .encode(
            x=alt.X("start:T", scale=days, axis=axis),
            x2="end:T",
            y=alt.Y("low:Q", axis=count, scale=alt.Scale(domain=[0, top])),
            y2="high:Q",
            color=alt.Color("series:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None),
            href="href:N",
            description="label:N",
            tooltip="label:N",
        )
    )
    marks = [
        {"day": mark.day.isoformat(), "label": mark.label} for mark in timeline.marks if first <= mark.day.isoformat() <= last
    ]
    return alt.layer(bars, *(_marks(alt, marks, days) if marks else ()))


def _axes(alt: Any, width: str, top: int) -> tuple[Any, Any]:
    """The axis of days, and that of counts up to `top`."""
    return (
        alt.Axis(title=None, grid=False, labelOverlap="parity", tickCount=5 if width == "narrow" else 12),
        alt.Axis(title=None, tickCount=min(top, 4), format="d", domain=False, ticks=False, gridColor=RULE),
    )


def _curves(curves: Curves) -> Any:
    """Two lines over days; between the certain and the possible count of the register lies a band."""
    import altair as alt

    dots = [*curves.stated, *curves.held]
    last = max(dot.day for dot in dots)
    top = max(dot.count for dot in dots)
    axis, count = _axes(alt, curves.width, top)
    # Room above the highest dot for the name of its line.
    days = alt.X("day:T", axis=axis, scale=alt.Scale(type="utc", domain=[curves.since.isoformat(), last.isoformat()], nice=False))
    counts = alt.Y("count:Q", axis=count, scale=alt.Scale(domain=[0, top * 1.12 or 1]))
    layers = []
    is_above = not curves.held or not curves.stated or curves.stated[-1].count >= curves.held[-1].count
    for line, colour, name, above in (
        (curves.held, ACCENT, curves.held_name, not is_above),
        (curves.stated, INK, curves.stated_name, is_above),
    ):
        if line:
            layers += _line(alt, line, colour, name, days, counts, above)
    return alt.layer(*layers)


def _line(alt: Any, line: Sequence[Dot], colour: str, name: str, days: Any, counts: Any, above: bool) -> list[Any]:
    rows = [{**asdict(dot), "day": dot.day.isoformat()} for dot in line]
    data = alt.Chart(alt.InlineData(values=rows))
    ending = alt.Chart(alt.InlineData(values=[{**rows[-1], "name": name}]))
    band = data.mark_area(color=colour, opacity=0.18).encode(x=days, y=counts, y2="low:Q")
    return [
        *([band] if any(dot.low < dot.count for dot in line) else []),
        data.mark_line(color=colour, strokeWidth=1.6).encode(x=days, y=counts),
        data.mark_circle(color=colour, size=26, opacity=1).encode(
            x=days, y=counts, href="href:N", description="label:N", tooltip="label:N"
        ),
        ending.mark_text(color=colour, align="right", dx=2, dy=-9 if above else 14, fontSize=11).encode(
            x=days, y=counts, text="name:N"
        ),
    ]


def _fitted(chart: Any, picture: Timeline | Curves) -> Any:
    """The chart at its size, in the page's colours and type."""
    import altair as alt

    fitted = chart.properties(
        width=WIDTHS[picture.width],
        height=HEIGHT,
        autosize={"type": "fit", "contains": "padding"},
        padding=2,
        description=picture.title,
    )
    return fitted.configure(
        background="transparent",
        font="IBM Plex Sans, IBM Plex Sans Arabic, sans-serif",
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(labelColor=MUTED, labelFontSize=11, domainColor=RULE, tickColor=RULE),
    )


def _marks(alt: Any, marks: list[dict[str, str]], days: Any) -> tuple[Any, Any]:
    data = alt.Chart(alt.InlineData(values=marks))
    at = alt.X("day:T", scale=days)
    return (
        data.mark_rule(color=INK, strokeDash=[2, 3], opacity=0.6).encode(x=at),
        data.mark_text(align="right", dx=-5, y=6, color=INK, fontSize=11).encode(x=at, text="label:N"),
    )


class ChartProcess:
    """One process that draws, one chart at a time: drawing holds the interpreter, and would hold up every page.

    However many ask for the same chart, it is drawn once.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._drawn: OrderedDict[Timeline | Curves, Future[str]] = OrderedDict()
        self._pool = self._start()

    @staticmethod
    def _start() -> ProcessPoolExecutor:
        # Spawned, not forked: a fork would copy the threads' locks.
        return ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))

    def warm(self) -> None:
        """Lets the process load what it draws with, while nobody waits."""
        self._pool.submit(drawn, Timeline((Bar(date(2024, 1, 1), "other", 1, "", ""),), (), ""))

    def svg(self, picture: Timeline | Curves) -> str:
        """The chart, drawn now or before. A drawing process that died or hangs is started anew, once."""
        for last_try in (False, True):
            future = self._asked(picture)
            try:
                return future.result(timeout=LONGEST)
            except (BrokenProcessPool, TimeoutError):
                self._restart(future)
                if last_try:
                    raise
            except Exception:
                self._forget(picture)
                raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Ends the process, once it has drawn what it is drawing."""
        self._pool.shutdown(cancel_futures=True)

    def _asked(self, picture: Timeline | Curves) -> Future[str]:
        with self._lock:
            if picture in self._drawn:
                self._drawn.move_to_end(picture)
            else:
                self._drawn[picture] = self._pool.submit(drawn, picture)
                while len(self._drawn) > KEPT:
                    self._drawn.popitem(last=False)
            return self._drawn[picture]

    def _forget(self, picture: Timeline | Curves) -> None:
        with self._lock:
            self._drawn.pop(picture, None)

    def _restart(self, failed: Future[str]) -> None:
        with self._lock:
            # Who waited for the same chart fails too; the first of them starts the process anew.
            if failed in self._drawn.values():
                self._drawn.clear()
                for process in list((self._pool._processes or {}).values()):
                    process.kill()
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = self._start()
