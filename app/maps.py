"""Sites with their counts → folium map: a fragment of HTML and the script that draws it, both without inline code."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from math import sqrt
from typing import Any

import folium

from app.settings import ROOT

OUTLINES = ROOT / "static" / "vendor" / "outlines.json"
BOUNDS = ((32.2, 35.6), (37.5, 43.6))
"""South-west and north-east corner (latitude, longitude) of what the map shows first: Syria."""
CLOSE = 0.3
"""Degrees of latitude within which two labels would run into each other."""
SMALLEST, LARGEST = 7, 24
"""Radius of a symbol in pixels: its area grows with the count."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One site on the map. `proxy`: the point lies near the site, and is drawn dashed. `rows` are what its popup says."""

    slug: str
    name: str
    count: int
    latitude: float
    longitude: float
    colour: str
    proxy: bool
    href: str
    rows: tuple[tuple[str, str], ...] = ()


def map_html() -> str:
    """The element that the script fills: the same for every filter."""
    return _draw([], "", "").html.render()


def map_script(symbols: Sequence[Symbol], *, tile_url: str = "", tile_attribution: str = "") -> str:
    """The script that draws the symbols into the element of `map_html`. The same symbols give the same bytes."""
    return _draw(symbols, tile_url, tile_attribution).script.render()


def _draw(symbols: Sequence[Symbol], tile_url: str, tile_attribution: str) -> Any:
    # Fixed names make the output repeatable, so that it can be cached, and let the stylesheet find the element.
    drawn = _named(
        folium.Map(
            tiles=None, max_zoom=11, min_zoom=5, zoom_snap=0.25, attribution_control=bool(tile_url), scroll_wheel_zoom=False
        ),
        "map",
    )
    if tile_url:
        _named(folium.TileLayer(tile_url, attr=escape(tile_attribution) or " "), "tiles").add_to(drawn)
    else:
        _named(folium.GeoJson(_outlines(), style_function=_outline_style, interactive=False), "outlines").add_to(drawn)
    if symbols:
        _add_symbols(drawn, symbols)
    fit = folium.FitBounds([list(corner) for corner in BOUNDS])
    _named(fit, "bounds").add_to(drawn)
    figure = drawn.get_root()
    _named(figure, "figure")
    figure.render()
    return figure


def _add_symbols(drawn: folium.Map, symbols: Sequence[Symbol]) -> None:
    most = max(symbol.count for symbol in symbols)
    for place, symbol in enumerate(symbols):
        # One layer a site: Leaflet gives a whole layer one permanent label.
        layer = folium.GeoJson(
            {"type": "FeatureCollection", "features": [_feature(symbol, most)]},
            marker=_named(folium.CircleMarker(), f"symbol_{place}"),
            style_function=_symbol_style,
        )
        _named(layer, f"site_{place}").add_to(drawn)
        # Text reaches the script only as GeoJSON properties: folium writes other texts into template literals, where `${…}` runs.
        label = folium.GeoJsonTooltip(
            ["label"], labels=False, sticky=False, permanent=True, class_name="site-label", **_beside(symbol, symbols, most)
        )
        _named(label, f"label_{place}").add_to(layer)
        _named(folium.GeoJsonPopup(["popup"], labels=False, class_name="site-popup"), f"popup_{place}").add_to(layer)


def _named(element: Any, name: str) -> Any:
    element._id = name
    return element


def _beside(symbol: Symbol, symbols: Sequence[Symbol], most: int) -> dict[str, Any]:
    """Where a label stands: to the right of its symbol, or to the left where another symbol follows close by."""
    crowded = any(
        abs(other.latitude - symbol.latitude) < CLOSE and 0 < other.longitude - symbol.longitude < 5 * CLOSE for other in symbols
    )
    radius = _radius(symbol, most)
    return {"direction": "left", "offset": [-radius, 0]} if crowded else {"direction": "right", "offset": [radius, 0]}


def _radius(symbol: Symbol, most: int) -> float:
    return round(max(SMALLEST, LARGEST * sqrt(symbol.count / most)), 1)


def _feature(symbol: Symbol, most: int) -> dict[str, Any]:
    rows = "".join(f"<br>{escape(label)} {escape(value)}" for label, value in symbol.rows)
    return {
        "type": "Feature",
        "id": symbol.slug,
        "geometry": {"type": "Point", "coordinates": [symbol.longitude, symbol.latitude]},
        "properties": {
            "label": f"{escape(symbol.name)} {symbol.count}",
            "popup": f'<a href="{escape(symbol.href)}">{escape(symbol.name)}</a>{rows}',
            "radius": _radius(symbol, most),
            "colour": symbol.colour,
            "proxy": symbol.proxy,
        },
    }


def _symbol_style(feature: dict[str, Any]) -> dict[str, Any]:
    shown = feature["properties"]
    return {
        "radius": shown["radius"],
        "color": "#1c2228" if shown["proxy"] else shown["colour"],
        "weight": 1.5,
        "dashArray": "4 3" if shown["proxy"] else None,
        "fill": True,
        "fillColor": shown["colour"],
        "fillOpacity": 0.75,
    }


def _outline_style(feature: dict[str, Any]) -> dict[str, Any]:
    syria = feature["properties"]["iso"] == "760"
    return {"color": "#8b929a", "weight": 1.2 if syria else 0.6, "fillColor": "#ffffff" if syria else "#e9e6df", "fillOpacity": 1}


@cache
def _outlines() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(OUTLINES.read_text("utf-8"))
    return found
