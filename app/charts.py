"""Rows → Altair chart → SVG: the timeline, drawn in one process of its own."""

import multiprocessing
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
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

INK, MUTED, RULE = "#1c2228", "#5c6670", "#dedad1"
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


def colour_of(slug: str) -> str:
    """The colour of a site; those without one of their own share the last."""
    return COLOURS.get(slug, COLOURS["other"])


def timeline_svg(timeline: Timeline) -> str:
    """The timeline as an SVG document: stacked bars by week, a link and a label on each; no script and no inline style."""
    import vl_convert  # slow to import, and needed in the drawing process alone

    svg: str = vl_convert.vegalite_to_svg(_chart(timeline).to_dict())
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


def _chart(timeline: Timeline) -> Any:
    import altair as alt

    rows = stacked(timeline.bars)
    first = min(row["start"] for row in rows)
    last = max(row["end"] for row in rows)
    top = max(row["high"] for row in rows)
    days = alt.Scale(type="utc", domain=[first, last], nice=False)
    axis = alt.Axis(title=None, grid=False, labelOverlap="parity", tickCount=5 if timeline.width == "narrow" else 12)
    count = alt.Axis(title=None, tickCount=min(top, 4), format="d", domain=False, ticks=False, gridColor=RULE)
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
    drawn = alt.layer(bars, *(_marks(alt, marks, days) if marks else ()))
    fitted = drawn.properties(
        width=WIDTHS[timeline.width],
        height=HEIGHT,
        autosize={"type": "fit", "contains": "padding"},
        padding=2,
        description=timeline.title,
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
        self._drawn: OrderedDict[Timeline, Future[str]] = OrderedDict()
        self._pool = self._start()

    @staticmethod
    def _start() -> ProcessPoolExecutor:
        # Spawned, not forked: a fork would copy the threads' locks.
        return ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))

    def warm(self) -> None:
        """Lets the process load what it draws with, while nobody waits."""
        self._pool.submit(timeline_svg, Timeline((Bar(date(2024, 1, 1), "other", 1, "", ""),), (), ""))

    def svg(self, timeline: Timeline) -> str:
        """The chart, drawn now or before. A drawing process that died or hangs is started anew, once."""
        for last_try in (False, True):
            future = self._asked(timeline)
            try:
                return future.result(timeout=LONGEST)
            except (BrokenProcessPool, TimeoutError):
                self._restart(future)
                if last_try:
                    raise
            except Exception:
                self._forget(timeline)
                raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Ends the process, once it has drawn what it is drawing."""
        self._pool.shutdown(cancel_futures=True)

    def _asked(self, timeline: Timeline) -> Future[str]:
        with self._lock:
            if timeline in self._drawn:
                self._drawn.move_to_end(timeline)
            else:
                self._drawn[timeline] = self._pool.submit(timeline_svg, timeline)
                while len(self._drawn) > KEPT:
                    self._drawn.popitem(last=False)
            return self._drawn[timeline]

    def _forget(self, timeline: Timeline) -> None:
        with self._lock:
            self._drawn.pop(timeline, None)

    def _restart(self, failed: Future[str]) -> None:
        with self._lock:
            # Who waited for the same chart fails too; the first of them starts the process anew.
            if failed in self._drawn.values():
                self._drawn.clear()
                for process in list((self._pool._processes or {}).values()):
                    process.kill()
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = self._start()
