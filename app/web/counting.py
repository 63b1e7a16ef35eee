"""The page of counts: incidents under the filter by base, weapon, month or whatever else tells them apart, sortable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection, Engine
from starlette.requests import Request
from starlette.responses import Response

from app.language import N_, _, dated
from app.queries import breakdown, reference, tallies
from app.queries.breakdown import DIMENSIONS, MONTH, Tallied
from app.queries.filter import BY_KEY, IncidentFilter
from app.queries.reference import Names, Site
from app.web.filtered import filtered
from app.web.options import read_options
from app.web.render import Pages
from app.web.view import Link, value_words

COLUMNS: Mapping[str, str] = {
    "incidents": N_("Incidents"),
    "attacks": N_("Attacks"),
    "munitions": N_("Munitions"),
    "killed": N_("Killed"),
    "injured": N_("Injured"),
}
"""What the columns of numbers are called: one for each of MEASURES."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a dimension with its counts, what it is called, the site above it, and the filter that finds what it counts.

    `total` is what the latest full total of a counter gives a base.
    """

    counted: Tallied
    label: str
    above: str
    found_by: IncidentFilter
    total: int | None


class CountPages:
    """The route of counts with what it works on."""

    def __init__(self, engine: Engine, pages: Pages) -> None:
        self.engine, self.pages = engine, pages

    def router(self) -> APIRouter:
        """The address /counts; it answers GET and HEAD."""
        router = APIRouter()
        router.add_api_route("/counts", self.counts, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        return router

    def counts(self, request: Request) -> Response:
        def more(connection: Connection, chosen: IncidentFilter, sites: Mapping[str, Site]) -> dict[str, Any]:
            asked = read_options(request)
            dimension = asked.get("of", "base")
            sort = asked.get("sort", "name" if dimension == MONTH else "incidents")  # months read in their order
            rows = _rows(connection, chosen, dimension, sites)
            whole = breakdown.in_all(connection, chosen)
            path = request.url.path
            return {
                "rows": sorted(rows, key=lambda row: _place(row, sort, dimension), reverse=_falls(sort)),
                "whole": whole,
                "most": max((row.counted.incidents for row in rows), default=1),
                "dimension": dimension,
                "dimension_name": _name(dimension),
                "several": sum(row.counted.incidents for row in rows if not row.above) > whole.incidents,
                "has_totals": dimension == "base",
                "dimensions": [Link(_name(one), path + chosen.query(of=one), current=one == dimension) for one in DIMENSIONS],
                "columns": [
                    (key, Link(_(label), path + chosen.query(of=dimension, sort=_turned(key, sort))), _order(key, sort))
                    for key, label in {"name": _name(dimension), **COLUMNS}.items()
                ],
            }

        return filtered(self.pages, request, self.engine, "counts.html", more)


def _name(dimension: str) -> str:
    return _("Month") if dimension == MONTH else _(BY_KEY[dimension].label)


def _rows(connection: Connection, chosen: IncidentFilter, dimension: str, sites: Mapping[str, Site]) -> list[Row]:
    names = reference.names(connection)
    beside = tallies.latest_of(connection) if dimension == "base" else None
    return [
        Row(
            one,
            _label(dimension, one.code, names),
            above=sites[one.code].parent or "" if dimension == "base" else "",
            found_by=breakdown.of_code(chosen, dimension, one.code),
            total=beside.parts.get(one.code) if beside else None,
        )
        for one in breakdown.breakdown(connection, chosen, dimension)
    ]


def _label(dimension: str, code: str, names: Names) -> str:
    if dimension == MONTH:
        return dated(date.fromisoformat(f"{code}-01"), "MMMM y")
    return value_words(BY_KEY[dimension], code, names)


def _place(row: Row, sort: str, dimension: str) -> tuple[Any, ...]:
    """Where a row stands under a column; rows that are equal there keep the order of their codes."""
    match sort.removeprefix("-"):
        case "name":
            return (row.counted.code if dimension == MONTH else row.label,)
        case "incidents":
            return (row.counted.incidents,)
        case "attacks":
            return (row.counted.attacks[1],)
        case column:
            return (getattr(row.counted, column).high,)


def _falls(sort: str) -> bool:
    """Whether a sort begins with what is greatest: names rise and numbers fall, and a leading `-` turns that round."""
    return (sort.removeprefix("-") == "name") == sort.startswith("-")


def _turned(column: str, sort: str) -> str:
    """The sort that a click on a column's head asks for: again on the same one, the other way round."""
    return f"-{column}" if sort == column else column


def _order(column: str, sort: str) -> str:
    """How a table is sorted by a column, as its head tells screen readers; empty where it is sorted by another."""
    if sort.removeprefix("-") != column:
        return ""
    return "descending" if _falls(sort) else "ascending"
