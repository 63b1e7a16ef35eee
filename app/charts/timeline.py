"""Draws the timeline: stacked columns over days, published totals as marks, and where reports are few or none as a shade."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.charts import canvas, frame
from app.charts.colours import INK, MUTED, PALETTES, PAPER
from app.charts.pictures import WIDTHS, Mark, Timeline

HEIGHTS = {"wide": 220, "narrow": 220, "paper": 330}
"""Of the picture for a page; of the plot with its margins for one that stands alone."""
WIDEST = 56
"""Pixels of a column, at most: a single one is no wall."""
NARROWEST = 1.4
"""Pixels of a column, at least: a day among four years is still seen."""
LOOKS = {
    (True, True): {"stroke": INK, "strokeWidth": 1.1},
    (True, False): {"stroke": INK, "strokeWidth": 1.1, "fillOpacity": 0.3},
    (False, True): {"stroke": PAPER, "strokeWidth": 0.5},
    (False, False): {"strokeWidth": 1, "strokeDash": [2, 2], "fillOpacity": 0.3},
}
"""How a segment looks that is accepted or not, and whose days are known exactly or not: what is accepted has a firm edge, what
is vague is pale, and what is vague and unreviewed is edged with dashes of its own colour."""


def chart(timeline: Timeline) -> dict[str, Any]:
    """The timeline in Vega-Lite, of the size that its width asks for."""
    import altair as alt

    drawn_on = canvas.Canvas()
    margins, size = _measures(timeline)
    rows = stacked(timeline, size[0])
    length = (timeline.last - timeline.first).days + 1
    top = max(row["high"] for row in rows)
    days = canvas.days(alt, timeline.axes, length)
    layers = []
    if timeline.thin:
        layers.append(_shade(alt, drawn_on, timeline, days))
    for (accepted, exact), looks in LOOKS.items():
        alike = [row for row in rows if (row["accepted"], row["exact"]) == (accepted, exact)]
        if alike:
            layers.append(_columns(alt, drawn_on, alike, timeline, days, top, looks))
    marks = fitting(timeline, size[0])
    if marks:
        layers += _marks(alt, drawn_on, marks, size, with_links=timeline.frame is None)
    if timeline.frame:
        layers += frame.layers(alt, drawn_on, timeline, timeline.frame, margins, size)
    background = "transparent" if timeline.frame is None else "#ffffff"
    return drawn_on.fitted(layers, size, margins, timeline.title, background)


def _measures(timeline: Timeline) -> tuple[dict[str, float], tuple[float, float]]:
    """The margins, and width and height of the plot between them."""
    margins = {
        "left": canvas.room_for(timeline.axes.counts),
        "right": 16.0,
        "top": 26.0 if timeline.marks else 10.0,
        "bottom": 24.0,
    }
    height = HEIGHTS[timeline.width] - margins["top"] - margins["bottom"]
    width = WIDTHS[timeline.width] - margins["left"] - margins["right"]
    if timeline.frame:
        width -= 2 * frame.EDGE
        above, below = frame.room(timeline.frame, width)
        for side, more in (("left", frame.EDGE), ("right", frame.EDGE), ("top", above), ("bottom", below)):
            margins[side] += more
    return margins, (width, height)


def stacked(timeline: Timeline, width: float) -> list[dict[str, Any]]:
    """The bars as rows to draw, each on top of those before it in the order of the palette; `width` is the plot's, in pixels."""
    order = {series: place for place, series in enumerate(PALETTES[timeline.stack])}
    pixels = width / ((timeline.last - timeline.first).days + 1)
    tops: dict[Any, int] = {}
    rows = []
    for bar in sorted(timeline.bars, key=lambda bar: (bar.first, order[bar.series], not bar.accepted, not bar.exact, bar.label)):
        low = tops.get(bar.first, 0)
        tops[bar.first] = low + bar.count
        start, days = (bar.first - timeline.first).days, (bar.last - bar.first).days + 1
        drawn = max(min(days * 0.94, WIDEST / pixels), NARROWEST / pixels)
        rows.append({
            "x": round(start + (days - drawn) / 2, 3),
            "end": round(start + (days + drawn) / 2, 3),
            "y": low,
            "high": low + bar.count,
            "series": bar.series,
            "accepted": bar.accepted,
            "exact": bar.exact,
            "thread": drawn * pixels < 4,
            "label": bar.label,
            "href": bar.href,
        })  # fmt: skip
    return rows


def _columns(
    alt: Any, drawn_on: canvas.Canvas, rows: list[dict[str, Any]], timeline: Timeline, days: Any, top: int, looks: dict[str, Any]
) -> Any:
    palette = PALETTES[timeline.stack]
    scale = alt.Scale(domain=list(palette), range=list(palette.values()))
    # The edges of a column as thin as a thread would be all that is seen of it.
    looks = {"fillOpacity": looks.get("fillOpacity", 1)} if rows[0]["thread"] else looks
    links = {"href": alt.Href("href:N"), "description": alt.Description("label:N")}
    edge = {"stroke": alt.Stroke("series:N", scale=scale, legend=None)} if "strokeDash" in looks else {}
    return (
        drawn_on.of(rows)
        .mark_rect(**looks)
        .encode(
            x=days,
            x2=alt.X2("end:Q"),
            y=canvas.counts(alt, timeline.axes, top),
            y2=alt.Y2("high:Q"),
            fill=alt.Fill("series:N", scale=scale, legend=None),
            **edge,
            **(links if timeline.frame is None else {}),
        )
    )


def _shade(alt: Any, drawn_on: canvas.Canvas, timeline: Timeline, days: Any) -> Any:
    stretches = [
        {"x": (max(first, timeline.first) - timeline.first).days, "end": (min(last, timeline.last) - timeline.first).days + 1}
        for first, last in timeline.thin
        if first <= timeline.last and last >= timeline.first
    ]
    shade = drawn_on.of(stretches).mark_rect(color=MUTED, fillOpacity=0.11, aria=False)
    return shade.encode(x=days, x2=alt.X2("end:Q")).properties(name="thin")


def fitting(timeline: Timeline, width: float) -> list[tuple[Mark, float, bool]]:
    """The marks that can stand side by side with their names, the latest before all others; each with its place in pixels, and
    whether its name stands left of it."""
    taken: list[tuple[float, float]] = []
    chosen = []
    for mark in sorted(timeline.marks, key=lambda mark: mark.day, reverse=True):
        if not timeline.first <= mark.day <= timeline.last:
            continue
        place = ((mark.day - timeline.first).days + 0.5) * width / ((timeline.last - timeline.first).days + 1)
        breadth = 10 + canvas.LETTER * len(mark.name)
        leftward = place + breadth > width
        start, end = (place - breadth, place + 6) if leftward else (place - 6, place + breadth)
        if all(end < other_start or start > other_end for other_start, other_end in taken):
            taken.append((start, end))
            chosen.append((mark, place, leftward))
    return chosen


def _marks(
    alt: Any, drawn_on: canvas.Canvas, marks: Sequence[tuple[Mark, float, bool]], size: tuple[float, float], *, with_links: bool
) -> list[Any]:
    def data(rows: Iterable[tuple[Mark, float, bool]]) -> Any:
        values = [
            {"left": place, "top": -10, "foot": size[1], "text": mark.name, "label": mark.label, "href": mark.href}
            for mark, place, _ in rows
        ]
        return drawn_on.of(values)

    at, top = alt.X("left:Q", scale=None), alt.Y("top:Q", scale=None)
    links = {"href": alt.Href("href:N"), "description": alt.Description("label:N")}
    named = [
        data(side)
        .mark_text(align="right" if leftward else "left", dx=-6 if leftward else 6, baseline="middle", color=INK, fontSize=11)
        .encode(x=at, y=top, text=alt.Text("text:N"), **(links if with_links else {}))
        for leftward in (False, True)
        if (side := [one for one in marks if one[2] is leftward])
    ]
    return [
        data(marks).mark_rule(color=INK, strokeDash=[2, 3], opacity=0.55, aria=False).encode(x=at, y=top, y2=alt.Y2("foot:Q")),
        data(marks).mark_circle(color=INK, size=24, opacity=1, aria=False).encode(x=at, y=top),
        *named,
    ]
