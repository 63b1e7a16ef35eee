"""What stands around a timeline that stands alone: title, lines and legend above it, and where it comes from below."""

from collections.abc import Sequence
from typing import Any

from app.charts import canvas
from app.charts.colours import INK, MUTED, PALETTES
from app.charts.pictures import Frame, Key, Timeline

EDGE = 20
"""Pixels between the picture's edge and what stands in it."""
LINE = 19
"""Pixels from one line of text to the next."""
LETTER = 7.2
"""Pixels that a letter of 13 pixels takes, about."""
LOOKS: dict[str, dict[str, Any]] = {
    "unreviewed": {"fill": MUTED},
    "accepted": {"fill": MUTED, "stroke": INK, "strokeWidth": 1.1},
    "vague": {"fill": MUTED, "stroke": MUTED, "strokeWidth": 1, "strokeDash": [2, 2], "fillOpacity": 0.3},
    "thin": {"fill": MUTED, "fillOpacity": 0.13},
    "total": {"shape": "stroke", "angle": 90, "stroke": INK, "strokeWidth": 1, "strokeDash": [2, 2]},
}


def room(frame: Frame, width: float) -> tuple[float, float]:
    """Pixels that it takes above and below a plot of this width."""
    return 46 + LINE * (len(frame.above) + len(_rows_of(frame.legend, width))), 18 + LINE * len(frame.below)


def layers(
    alt: Any, drawn_on: canvas.Canvas, timeline: Timeline, frame: Frame, margins: dict[str, float], size: tuple[float, float]
) -> list[Any]:
    """Title, lines and legend above the plot, and lines below it, each beginning at the side where its language does."""
    width, height = size
    begin, align, sign = EDGE - margins["left"], "left", 1
    if frame.right_to_left:
        begin, align, sign = width + margins["right"] - EDGE, "right", -1
    top, palette = 30 - margins["top"], PALETTES[timeline.stack]

    def lines(texts: Sequence[str], first: float, **looks: Any) -> Any:
        rows = [{"left": begin, "top": first + LINE * number, "text": text} for number, text in enumerate(texts)]
        return drawn_on.texts(rows, align=align, **looks)

    entries = [
        (key, begin + sign * offset, top + 26 + LINE * (len(frame.above) + number))
        for number, row in enumerate(_rows_of(frame.legend, width))
        for key, offset in row
    ]
    names = [{"left": left + sign * 18, "top": at, "text": key.words} for key, left, at in entries]
    return [
        lines([timeline.title], top, fontSize=19, fontWeight=600),
        lines(frame.above, top + 24, fontSize=13, color=MUTED),
        lines(frame.below, height + 44, fontSize=12, color=MUTED),
        *(
            _swatch(alt, drawn_on, LOOKS.get(key.look) or {"fill": palette[key.look]}, left + sign * 6, at)
            for key, left, at in entries
        ),
        drawn_on.texts(names, align=align, fontSize=13),
    ]


def _swatch(alt: Any, drawn_on: canvas.Canvas, looks: dict[str, Any], left: float, top: float) -> Any:
    """A little square, or a line, that looks as in the chart."""
    return (
        drawn_on.of([{"left": left, "top": top}])
        .mark_point(**{"shape": "square", "size": 130, "strokeWidth": 0, "opacity": 1, "fill": "transparent", **looks})
        .encode(x=alt.X("left:Q", scale=None), y=alt.Y("top:Q", scale=None))
    )


def _rows_of(legend: Sequence[Key], width: float) -> list[list[tuple[Key, float]]]:
    """The legend in rows, each entry with its distance from the row's beginning in pixels."""
    rows: list[list[tuple[Key, float]]] = []
    offset = width
    for key in legend:
        breadth = 40 + LETTER * len(key.words)
        if offset + breadth > width:
            rows.append([])
            offset = 0
        rows[-1].append((key, offset))
        offset += breadth
    return rows
