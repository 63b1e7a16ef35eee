"""Draws a counter's totals beside the register: two lines over days."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.charts import canvas
from app.charts.colours import ACCENT, INK
from app.charts.pictures import WIDTHS, Curves, Dot

HEIGHT = 220


def chart(curves: Curves) -> dict[str, Any]:
    """Two lines over days; between the certain and the possible count of the register lies a band."""
    import altair as alt

    drawn_on = canvas.Canvas()
    dots = [*curves.stated, *curves.held]
    length = max((dot.day - curves.since).days for dot in dots) or 1
    # Room above the highest dot for the name of its line.
    top = max(dot.count for dot in dots) * 1.12 or 1
    days, counts = canvas.days(alt, curves.axes, length), canvas.counts(alt, curves.axes, top, "count")
    layers = []
    is_above = not curves.held or not curves.stated or curves.stated[-1].count >= curves.held[-1].count
    for line, colour, name, above in (
        (curves.held, ACCENT, curves.held_name, not is_above),
        (curves.stated, INK, curves.stated_name, is_above),
    ):
        if line:
            rows = [{**asdict(dot), "x": (dot.day - curves.since).days, "day": dot.day.isoformat()} for dot in line]
            layers += _line(alt, drawn_on, rows, line, colour, name, days, counts, above)
    margins = {"left": canvas.room_for(curves.axes.counts), "right": 16, "top": 10, "bottom": 24}
    size = (WIDTHS[curves.width] - margins["left"] - margins["right"], HEIGHT - margins["top"] - margins["bottom"])
    return drawn_on.fitted(layers, size, margins, curves.title)


def _line(
    alt: Any,
    drawn_on: canvas.Canvas,
    rows: list[dict[str, Any]],
    line: Sequence[Dot],
    colour: str,
    name: str,
    days: Any,
    counts: Any,
    above: bool,
) -> list[Any]:
    data = drawn_on.of(rows)
    ending = drawn_on.of([{**rows[-1], "name": name}])
    band = data.mark_area(color=colour, opacity=0.18).encode(x=days, y=counts, y2=alt.Y2("low:Q"))
    return [
        *([band] if any(dot.low < dot.count for dot in line) else []),
        data.mark_line(color=colour, strokeWidth=1.6).encode(x=days, y=counts),
        data.mark_circle(color=colour, size=26, opacity=1).encode(
            x=days, y=counts, href=alt.Href("href:N"), description=alt.Description("label:N")
        ),
        ending.mark_text(color=colour, align="right", dx=2, dy=-9 if above else 14, fontSize=11).encode(
            x=days, y=counts, text=alt.Text("name:N")
        ),
    ]
