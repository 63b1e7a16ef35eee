"""The map: its page, the script that draws it, and the same as one file that opens without a network."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any, Literal, cast
from zlib import crc32

from fastapi import APIRouter
from markupsafe import Markup
from sqlalchemy import Connection, Engine
from starlette.requests import Request
from starlette.responses import Response

from app import ROOT
from app.clock import today
from app.db import snapshot
from app.language import N_, _, at
from app.maps import Country, Drawing, Ground, map_html, map_script
from app.queries import counts, reference
from app.queries.filter import IncidentFilter
from app.settings import Settings
from app.web.filtered import filtered
from app.web.options import read_options
from app.web.render import Pages, home_of
from app.web.symbols import Row, count_rows, legend, status_rows, steps, symbols
from app.web.view import read_filter, sentence
from app.web.words import day

Sites = Mapping[str, reference.Site]
Layer = Literal["incidents", "status"]
Split = Literal["weapon", "grading"]
LAYERS: Mapping[str, str] = {"incidents": N_("Incidents by base"), "status": N_("Status over time")}
SPLITS: Mapping[str, str] = {"weapon": N_("by weapon"), "grading": N_("by support")}
COUNTRIES = ((N_("Syria"), 34.75, 39.2), (N_("Iraq"), 34.1, 42.3), (N_("Türkiye"), 37.25, 39.6), (N_("Jordan"), 32.87, 38.47))
"""Where the names of countries stand (latitude, longitude): in sight at first, and beside no base."""
STATIC = ROOT / "static"


@dataclass(frozen=True, slots=True)
class View:
    """How the map shows what the filter finds. `day` is that of the status layer; without one, the last there is."""

    layer: Layer = "incidents"
    split: Split = "weapon"
    day: date | None = None

    @classmethod
    def of(cls, request: Request) -> "View":
        """The view that an address asks for. Raises BadOption."""
        asked = read_options(request)
        layer = cast(Layer, asked.get("layer", "incidents"))
        on = date.fromisoformat(asked["day"]) if "day" in asked and layer == "status" else None
        return cls(layer, cast(Split, asked.get("split", "weapon")), on)

    def pairs(self) -> dict[str, str]:
        """The keys of an address that asks for this view; what goes without saying is left out."""
        given = {
            "split": self.split if self.split != "weapon" else "",
            "layer": self.layer if self.layer != "incidents" else "",
            "day": self.day.isoformat() if self.day else "",
        }
        return {key: value for key, value in given.items() if value}

    def query(self, chosen: IncidentFilter) -> str:
        """The query string of this view of what a filter finds."""
        return chosen.query(**self.pairs())


@dataclass(frozen=True, slots=True)
class Turn:
    """A link to the map in another view; `key` is the value that it has there."""

    words: str
    href: str
    key: Any
    current: bool


def _turns(view: View, chosen: IncidentFilter, key: str, known: Mapping[Any, str], current: Any) -> list[Turn]:
    """A link for each value that a key of the view may have."""
    return [
        Turn(_(words), at("/map" + replace(view, **{key: value}).query(chosen)), value, value == current)
        for value, words in known.items()
    ]


def name_of(view: View, chosen: IncidentFilter) -> str:
    """What tells a map from another one on a page that is changed in place."""
    return f"{crc32(view.query(chosen).encode()):08x}"


def map_parts(view: View, chosen: IncidentFilter, rows: Sequence[Row]) -> dict[str, Any]:
    """What a template needs to show a map: its element, the address of its script, its legend."""
    return {
        "map_html": Markup(map_html(name_of(view, chosen))),  # noqa: S704 - made of constants: no text of a report is in it
        "map_script": at("/map.js" + view.query(chosen)),
        "legend": legend(row for row in rows if row.placed),
    }


def incident_rows(connection: Connection, split: Split, chosen: IncidentFilter, sites: Sites, linked_from: str = "") -> list[Row]:
    """The rows of the layer of incidents."""
    by_base = counts.by_base(connection, chosen, sites)
    return count_rows(by_base, counts.shares(connection, chosen, sites, split), split, chosen, sites, linked_from)


class MapPages:
    """The routes of the map with what they work on."""

    def __init__(self, settings: Settings, engine: Engine, pages: Pages) -> None:
        self.settings, self.engine, self.pages = settings, engine, pages

    def router(self) -> APIRouter:
        """The map's addresses; each answers GET and HEAD."""
        router = APIRouter()
        for path, view in (("/map", self.page), ("/map.js", self.script), ("/map.html", self.file)):
            router.add_api_route(path, view, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        return router

    def page(self, request: Request) -> Response:
        view = View.of(request)
        return filtered(
            self.pages,
            request,
            self.engine,
            "map.html",
            lambda connection, chosen, sites: self._context(connection, view, chosen, sites),
        )

    def script(self, request: Request) -> Response:
        return Response(_drawn(self._read(request), self._ground(tiles=True)), media_type="text/javascript")

    def file(self, request: Request) -> Response:
        linked_from = home_of(request)
        context = self._read(request, linked_from)
        drawn = _drawn(context, self._ground(tiles=False))
        scripts = [_held(text) for text in (_file("vendor/leaflet.js"), _file("map.js"), drawn)]
        context |= {
            "styles": _styles(),
            "scripts": scripts,
            "allowed": {"script-src": " ".join(map(_hash, scripts)), "style-src": _hash(_styles())},
            "page": linked_from + at("/map" + context["view"].query(context["chosen"])),
            "today": today(),
        }
        answer = self.pages.answer(request, "map_file.html", context)
        answer.headers["Content-Disposition"] = f'attachment; filename="sijill-map-r{context["revision"]}.html"'
        return answer

    def _read(self, request: Request, linked_from: str = "") -> dict[str, Any]:
        """What an address asks for that is no page: keys that are neither filter nor view are refused."""
        view = View.of(request)
        with snapshot(self.engine) as connection:
            sites = reference.sites(connection)
            names = reference.names(connection)
            chosen = read_filter(request, names, only=("split", "layer", "day"))
            context = self._context(connection, view, chosen, sites, linked_from)
            revision = reference.data_revision(connection)
        return context | {"chosen": chosen, "said": sentence(chosen, names), "revision": revision}

    def _context(
        self, connection: Connection, view: View, chosen: IncidentFilter, sites: Sites, linked_from: str = ""
    ) -> dict[str, Any]:
        """What the page, its script and its file are made of. `linked_from` begins the links of the file."""
        history = reference.events(connection) if view.layer == "status" else []
        until = view.day or (history[-1].day if history else None)
        if view.layer == "status":
            rows = status_rows(history, until, chosen, sites, linked_from)
        else:
            rows = incident_rows(connection, view.split, chosen, sites, linked_from)
        turns = _turns(view, chosen, "day", steps(history), until)
        heading = _heading(view, until)
        return {
            **({"announced": heading} if heading else {}),
            "view": view,
            "rows": rows,
            "heading": heading,
            "steps": turns,
            "earlier": next((turn for turn in reversed(turns) if turn.key < until), None),
            "later": next((turn for turn in turns if turn.key > until), None),
            "layers": _turns(replace(view, day=None), chosen, "layer", LAYERS, view.layer),
            "splits": _turns(view, chosen, "split", SPLITS, view.split),
            "file": at("/map.html" + view.query(chosen)),
            "linked_from": linked_from,
            "outlines": bool(linked_from) or not self.settings.tile_url,
            **map_parts(view, chosen, rows),
        }

    def _ground(self, *, tiles: bool) -> Ground:
        return Ground(
            countries=tuple(Country(_(name), latitude, longitude) for name, latitude, longitude in COUNTRIES),
            zoom_in=_("Closer"),
            zoom_out=_("Farther"),
            close=_("Close"),
            tile_url=self.settings.tile_url if tiles else "",
            tile_attribution=self.settings.tile_attribution if tiles else "",
        )


def _heading(view: View, until: date | None) -> str:
    """What the layer of status shows, as its heading says it."""
    if view.layer == "incidents":
        return ""
    if until is None:
        return _("Nothing was reported of the bases themselves")
    return _("Status of the bases, as reported until %(day)s", day=day(until))


def _drawn(context: Mapping[str, Any], ground: Ground) -> str:
    view: View = context["view"]
    drawn = symbols(context["rows"], counted=view.layer == "incidents")
    return map_script(Drawing(name_of(view, context["chosen"]), drawn, ground))


def _held(text: str) -> Markup:
    """A script or a style sheet as an element of the map's file can hold it: nothing in it closes the element."""
    return Markup(text.replace("</", "<\\/"))  # noqa: S704 - ours; texts of the register stand in it as escaped JSON


def _hash(text: str) -> str:
    """What a content security policy calls this text, and no other."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _file(name: str) -> str:
    return (STATIC / name).read_text("utf-8")


@cache
def _styles() -> Markup:
    """The styles of the map without their fonts, which would be asked for from elsewhere."""
    text = "\n".join(map(_file, ("vendor/leaflet.css", "sijill.css", "map.css")))
    return _held(re.sub(r"@font-face \{[^}]*\}", "", text))
