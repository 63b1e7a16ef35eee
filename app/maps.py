"""Sites and what is said of them → folium map: a fragment of HTML and the script that draws it, both without inline code."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from math import sqrt
from typing import Any

import folium
from folium.template import Template

from app import ROOT

OUTLINES = ROOT / "static" / "vendor" / "outlines.json"
BOUNDS = ((32.75, 38.1), (37.45, 43.1))
"""South-west and north-east corner (latitude, longitude) of what the map shows at least: the east of Syria, with the bases."""
PER_DEGREE = (57, 70)
"""Pixels of a degree of longitude and of latitude on the smallest map, where names are closest."""
SMALLEST, LARGEST, PLAIN = 7, 22, 9
"""Radius of a symbol in pixels: its area grows with the count; and of one that shows no count."""
HALO = 7
"""How far, in pixels, the halo of a proxy reaches beyond its symbol: it says "somewhere near", not how far."""
TOUCHED = 28
"""Least width of what can be pointed at, in pixels."""
HOLE = 0.55
"""Part of a symbol's radius that its hole takes, where a number stands in it."""
DIGIT, LETTER, LINE = 3.4, 3.2, 6.5
"""Half the width of a digit and of a letter, and of the height of a line, in pixels."""
SYRIA = "760"


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a symbol. `kind` is a class of the stylesheet, which gives it its colour."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Symbol:
    """One site on the map. `proxy`: its point lies near the site. Its area shows `count`, and `written` is the same in digits;
    without digits all symbols are of one size. `told` is what is read out; `rows` are what its popup says.
    """

    slug: str
    name: str
    latitude: float
    longitude: float
    proxy: bool
    count: int
    written: str
    parts: tuple[Part, ...]
    told: str
    href: str
    rows: tuple[tuple[str, str], ...] = ()


NAMELESS = "nameless"


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name, and where on the map it stands."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under the symbols, and the words of the map's own buttons, in the page's language."""

    countries: tuple[Country, ...] = ()
    zoom_in: str = "+"
    zoom_out: str = "−"
    close: str = "×"
    tile_url: str = ""
    tile_attribution: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map to draw. `name` tells it from the maps before it on the same page."""

    name: str
    symbols: Sequence[Symbol] = ()
    ground: Ground = field(default_factory=Ground)


class _Buttons(folium.MacroElement):
    """Leaflet's own buttons in the page's language: they speak English alone."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        L.control.zoom({{ this.zoom|tojson }}).addTo({{ this._parent.get_name() }});
        {{ this._parent.get_name() }}.on("popupopen", (event) => event.popup.getElement()
            .querySelector(".leaflet-popup-close-button").setAttribute("aria-label", {{ this.close|tojson }}));
        {% endmacro %}"""
    )

    def __init__(self, ground: Ground) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # folium types its classes, but not what makes them
        self.zoom, self.close = {"zoomInTitle": ground.zoom_in, "zoomOutTitle": ground.zoom_out}, ground.close


def map_html(name: str) -> str:
    """The element that the script of the map with this name fills."""
    # The same but for the name, whatever the map shows; to have folium write it takes longer than the rest of a page.
    return _element().replace(NAMELESS, name)


@cache
def _element() -> str:
    html: str = _figure(Drawing(NAMELESS)).html.render()
    return html


def map_script(drawing: Drawing) -> str:
    """The script that draws into the element of `map_html`. The same drawing gives the same bytes.

    It draws once, and only while its element is there: a script that comes after the next view has come draws nothing.
    """
    script = _figure(drawing).script.render()
    # As good a script as before, and one that an HTML page can hold: no text in it closes the page's own element.
    safe = script.replace("</", "<\\/").replace("<!--", "<\\!--")
    return f'if (document.querySelector("#map_{drawing.name}:not(.leaflet-container)")) {{\n{safe}\n}}\n'


def _figure(drawing: Drawing) -> Any:
    ground = drawing.ground
    # Fixed names make the output repeatable, so that it can be cached.
    drawn = _named(
        folium.Map(
            tiles=None, zoom_control=False, zoom_snap=0, scroll_wheel_zoom=False, attribution_control=bool(ground.tile_url),
            # By Leaflet's own names: by its own, folium hands them to the tiles alone.
            minZoom=5, maxZoom=11,
        ),
        drawing.name,
    )  # fmt: skip
    _named(_Buttons(ground), "buttons").add_to(drawn)
    if ground.tile_url:
        _named(folium.TileLayer(ground.tile_url, attr=escape(ground.tile_attribution) or " "), "tiles").add_to(drawn)
    else:
        _named(folium.GeoJson(_outlines(), style_function=_outline_style, interactive=False), "outlines").add_to(drawn)
        _add_markers(drawn, "countries", [_country(one) for one in ground.countries])
    if drawing.symbols:
        most = max(symbol.count for symbol in drawing.symbols)
        sides = name_sides(drawing.symbols, most)
        symbols = _add_markers(drawn, "symbols", [_symbol(one, most) for one in drawing.symbols], reached=True)
        # Text reaches a popup only as a GeoJSON property: folium writes other texts into template literals, where `${…}` runs.
        _named(folium.GeoJsonPopup(["popup"], labels=False, class_name="site-popup"), "popups").add_to(symbols)
        # Names and numbers are a layer of their own: above all symbols, so that none covers them.
        _add_markers(drawn, "labels", [_label(one, sides[one.slug], most) for one in drawing.symbols], pane="tooltipPane")
    _named(folium.FitBounds([list(corner) for corner in BOUNDS]), "bounds").add_to(drawn)
    figure = _named(drawn.get_root(), "figure")
    figure.render()
    return figure


def _named(element: Any, name: str) -> Any:
    element._id = name
    return element


@dataclass(frozen=True, slots=True)
class _Marker:
    """A piece of HTML on a point, in a box `width` pixels wide and high. `popup` is what opens from it."""

    key: str
    at: Country | Symbol
    html: str
    width: float
    kind: str
    popup: str = ""

    def feature(self) -> dict[str, Any]:
        point = {"type": "Point", "coordinates": [self.at.longitude, self.at.latitude]}
        return {"type": "Feature", "id": self.key, "geometry": point, "properties": {"popup": self.popup}}

    def icon(self) -> dict[str, Any]:
        width = round(self.width, 1)
        return {"html": self.html, "className": self.kind, "iconSize": [width, width], "iconAnchor": [width / 2, width / 2]}


def _add_markers(drawn: folium.Map, name: str, markers: Sequence[_Marker], *, reached: bool = False, pane: str = "") -> Any:
    """A layer of markers; `reached`: by pointer and by key."""
    icons = {marker.key: marker.icon() for marker in markers}
    options: dict[str, Any] = {"interactive": reached, "keyboard": reached} | ({"pane": pane} if pane else {})
    layer = folium.GeoJson(
        {"type": "FeatureCollection", "features": [marker.feature() for marker in markers]},
        marker=_named(folium.Marker(icon=folium.DivIcon(), **options), f"{name}_marker"),
        # folium hands the style of a marker on to its icon.
        style_function=lambda feature: icons[feature["id"]],
    )
    return _named(layer, name).add_to(drawn)


def _radius(symbol: Symbol, most: int) -> float:
    return round(max(SMALLEST, LARGEST * sqrt(symbol.count / most)), 1) if symbol.written else PLAIN


def _reach(symbol: Symbol, most: int) -> float:
    return _radius(symbol, most) + (HALO if symbol.proxy else 0) + 1


def _hole(symbol: Symbol, most: int) -> float:
    """The radius of the hole that the number stands in; 0 where it does not fit."""
    hole = round(HOLE * _radius(symbol, most), 1)
    return hole if symbol.written and hole >= max(LINE, DIGIT * len(symbol.written)) else 0


def _symbol(symbol: Symbol, most: int) -> _Marker:
    html = f'{_ring(symbol, most)}<span class="hidden" data-site="{escape(symbol.slug)}">{escape(symbol.told)}</span>'
    rows = "".join(f"<br>{escape(label)} <bdi>{escape(value)}</bdi>" for label, value in symbol.rows)
    popup = f'<a href="{escape(symbol.href)}" data-site="{escape(symbol.slug)}">{escape(symbol.name)}</a>{rows}'
    width = max(TOUCHED, 2 * _reach(symbol, most))
    return _Marker(symbol.slug, symbol, html, width, "site", popup)


def _ring(symbol: Symbol, most: int) -> str:
    """The symbol: a ring in as many arcs as it has parts, with a firm edge; for a proxy a halo with a dashed one."""
    radius, hole, reach = _radius(symbol, most), _hole(symbol, most), _reach(symbol, most)
    total = sum(part.count for part in symbol.parts)
    arcs, begun = [], 0
    for part in symbol.parts:
        arcs.append(
            f'<circle class="part {escape(part.kind)}" r="{(radius + hole) / 2:.2f}" stroke-width="{radius - hole:.2f}"'
            f' pathLength="{total}" stroke-dasharray="{part.count} {total}" stroke-dashoffset="{-begun}"/>'
        )
        begun += part.count
    halo = f'<circle class="halo" r="{radius + HALO:.1f}"/>' if symbol.proxy else ""
    box = f"{-reach:.1f} {-reach:.1f} {2 * reach:.1f} {2 * reach:.1f}"
    return (
        f'<svg class="{"near" if symbol.proxy else "exact"}" width="{2 * reach:.1f}" height="{2 * reach:.1f}" viewBox="{box}"'
        f' aria-hidden="true">{halo}<circle class="ground" r="{radius:.1f}"/><g transform="rotate(-90)">{"".join(arcs)}</g>'
        f'<circle class="edge" r="{radius:.1f}"/></svg>'
    )


def name_sides(symbols: Sequence[Symbol], most: int) -> dict[str, str]:
    """On which side of its symbol each name stands: the first one where it runs into no other symbol and no name before it."""
    points = {one.slug: (one.longitude * PER_DEGREE[0], -one.latitude * PER_DEGREE[1], _reach(one, most)) for one in symbols}
    taken = {slug: (x - reach, y - reach, x + reach, y + reach) for slug, (x, y, reach) in points.items()}
    sides = {}
    for one in symbols:
        boxes = _name_boxes(one, *points[one.slug])
        others = [box for slug, box in taken.items() if slug != one.slug]
        free = (side for side, box in boxes.items() if not any(_overlap(box, other) for other in others))
        sides[one.slug] = next(free, "after")
        taken[f"{one.slug} name"] = boxes[sides[one.slug]]
    return sides


def _name_boxes(symbol: Symbol, x: float, y: float, reach: float) -> dict[str, tuple[float, float, float, float]]:
    """Where a name would stand on each side of its symbol: left, top, right and bottom in pixels."""
    half = LETTER * len(symbol.name)
    centres = {
        "after": (x + reach + half, y),
        "before": (x - reach - half, y),
        "above": (x, y - reach - LINE),
        "below": (x, y + reach + LINE),
    }
    return {side: (cx - half, cy - LINE, cx + half, cy + LINE) for side, (cx, cy) in centres.items()}


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _label(symbol: Symbol, side: str, most: int) -> _Marker:
    """A site's name beside its symbol, and its number inside where it fits. It is for the eye: the symbol itself is read out."""
    inside = bool(_hole(symbol, most))
    number = f" <b>{escape(symbol.written)}</b>" if symbol.written else ""
    name = f'<span class="name"><bdi>{escape(symbol.name)}</bdi>{"" if inside else number}</span>{number if inside else ""}'
    html = f'<span class="site-label {side}" data-site="{escape(symbol.slug)}" aria-hidden="true">{name}</span>'
    return _Marker(symbol.slug, symbol, html, 2 * _reach(symbol, most), "label")


def _country(country: Country) -> _Marker:
    html = f'<span aria-hidden="true">{escape(country.name)}</span>'
    return _Marker(country.name, country, html, 0, "country")


def _outline_style(feature: dict[str, Any]) -> dict[str, Any]:
    return {"className": "outline syria" if feature["properties"]["iso"] == SYRIA else "outline", "fillOpacity": 1}


@cache
def _outlines() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(OUTLINES.read_text("utf-8"))
    return found
