"""The page of the search over incidents and reports."""

import re
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from app.db import snapshot
from app.language import _
from app.queries.filter import BadFilter, IncidentFilter
from app.queries.paging import BadCursor
from app.queries.search import INCIDENTS, PAGES, REPORTS, counts, search
from app.searching import looser
from app.web.render import Pages

SHOWN = {"most_incidents": INCIDENTS, "most_reports": REPORTS * PAGES}
"""How much of what was found can be seen, for the page to say."""


class Searching:
    """The route of the search with what it works on."""

    def __init__(self, engine: Engine, pages: Pages) -> None:
        self.engine, self.pages = engine, pages

    def router(self) -> APIRouter:
        """/search, which answers GET and HEAD."""
        router = APIRouter()
        router.add_api_route("/search", self.search, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        return router

    def search(self, request: Request) -> Response:
        """Incidents, then reports that hold what was typed; where nothing does, what less would find."""
        typed = (request.query_params.getlist("q") or [""])[-1].strip()
        page = _page(request.query_params.get("page", "1"))
        context: dict[str, Any] = {
            "typed": typed,
            "chosen": IncidentFilter(),
            "found": None,
            "looser": [],
            "page": page,
            "error": "",
            **SHOWN,
        }
        try:
            chosen = IncidentFilter.of([("q", typed)], known={})
        except BadFilter as problem:
            return self.pages.answer(request, "search.html", context | {"error": problem.errors["q"]}, status=400)
        if typed:
            with snapshot(self.engine) as connection:
                found = search(connection, typed, page=page)
                nothing = not (found.incident_count or found.report_count)
                less = [(one, *counts(connection, one)) for one in looser(typed)] if nothing else []
            if page > max(found.pages, 1):
                raise _no_page(str(page))
            context |= {"chosen": chosen, "found": found, "looser": less}
        return self.pages.answer(request, "search.html", context)


def _page(written: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]?", written) or int(written) > PAGES:
        raise _no_page(written)
    return int(written)


def _no_page(written: str) -> BadCursor:
    return BadCursor(_("%(place)s is no place in this list; begin at its first page", place=repr(written[:40])))
