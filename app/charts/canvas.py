"""What all charts share: axes with labels of our own, the page's colours and type, and addresses that lead out of the drawing."""

import json
from collections.abc import Iterable
from typing import Any

from app.charts.colours import INK, MUTED, RULE
from app.charts.pictures import Axes, Tick

VEGA_HOST = "https://vega.github.io/vega-datasets/"
STYLE = '<?xml-stylesheet type="text/css" href="/static/chart.css"?>\n'
"""Fonts and the colours of the dark scheme, which a policy without inline style leaves to a file."""
FONTS = "IBM Plex Sans, IBM Plex Sans Arabic, Noto Sans, Noto Sans Arabic, Arial, sans-serif"
LETTER = 6.2
"""Pixels that a letter of 11 pixels takes, about; what fits beside what is reckoned with it."""


class Canvas:
    """What is drawn on: charts of rows. Altair copies and checks the rows of a chart some times over, so they are kept apart."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def of(self, rows: Iterable[dict[str, Any]]) -> Any:
        """An Altair chart of these rows."""
        import altair as alt

        name = f"rows-{len(self._rows) + 1}"
        self._rows[name] = list(rows)
        return alt.Chart(alt.NamedData(name))

    def texts(self, lines: Iterable[dict[str, Any]], **looks: Any) -> Any:
        """Texts at places in pixels from the plot's corner: rows with `left`, `top` and `text`."""
        import altair as alt

        return (
            self.of(lines)
            .mark_text(**{"color": INK, "fontSize": 11, "baseline": "middle", **looks})
            .encode(x=alt.X("left:Q", scale=None), y=alt.Y("top:Q", scale=None), text=alt.Text("text:N"))
        )

    def fitted(
        self,
        layers: Iterable[Any],
        size: tuple[float, float],
        margins: dict[str, float],
        title: str,
        background: str = "transparent",
    ) -> dict[str, Any]:
        """The specification in Vega-Lite of charts one above the other: a plot of this size between these margins, in the page's
        colours and type."""
        import altair as alt

        width, height = size
        chart = alt.layer(
            *layers,
            width=width,
            height=height,
            autosize={"type": "none", "contains": "content"},
            padding=margins,
            description=title,
            config=alt.Config(
                background=background,
                font=FONTS,
                view=alt.ViewConfig(stroke=None),
                axis=alt.AxisConfig(labelColor=MUTED, labelFontSize=11, domainColor=RULE, tickColor=RULE),
            ),
        )
        # It would be checked each time against the schema of Vega-Lite; the tests do so.
        return {**chart.to_dict(validate=False), "datasets": self._rows}


def days(alt: Any, axes: Axes, length: float) -> Any:
    """The scale and axis of days; a day is its distance from the first, so that no clock of any zone moves it."""
    return alt.X(
        "x:Q",
        scale=alt.Scale(domain=[0, length], nice=False, zero=False),
        axis=_axis(alt, axes.days, grid=False, tickSize=4, labelFlush=24),
    )


def counts(alt: Any, axes: Axes, top: float, field: str = "y") -> Any:
    """The scale and axis of counts up to `top`."""
    return alt.Y(
        f"{field}:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=_axis(alt, axes.counts, domain=False, ticks=False, gridColor=RULE),
    )


def _axis(alt: Any, labelled: Iterable[Tick], **looks: Any) -> Any:
    labels = {f"{place:g}": label for place, label in labelled}
    return alt.Axis(
        title=None,
        values=[place for place, _label in labelled],
        labelExpr=f"({json.dumps(labels, ensure_ascii=False)})[datum.value]",
        labelOverlap=False,
        aria=False,
        **looks,
    )


def led_out(svg: str) -> str:
    """The drawing with the addresses of its links as they are, to be opened outside of the <object> that it stands in."""
    return svg.replace(f'<a xlink:href="{VEGA_HOST}', '<a target="_top" href="')


def room_for(counts: Iterable[Tick]) -> float:
    """Pixels that the labels of an axis of counts take."""
    return 12 + LETTER * max(len(label) for _place, label in counts)
