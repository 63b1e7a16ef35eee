"""The timeline at addresses of its own: drawn for a page, to take away as SVG or PNG, and as a table."""

from fastapi import APIRouter
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.charts.pictures import WIDTHS, Timeline
from app.charts.process import ChartProcess
from app.db import snapshot
from app.language import _
from app.queries import reference
from app.queries.filter import IncidentFilter
from app.queries.reference import Revision
from app.web.options import read_options
from app.web.render import Pages
from app.web.timeline import Told, told
from app.web.timeline_words import source_lines, wrapped
from app.web.view import sentence

TAKEN = {"svg": ("by", "stack", "width"), "png": ("by", "stack"), "": ("by", "stack")}
"""What an address takes beside the filter: a PNG has the one width of paper."""


class Pictures:
    """The routes of the timeline with what they work on."""

    def __init__(self, engine: Engine, pages: Pages, charts: ChartProcess) -> None:
        self.engine, self.pages, self.charts = engine, pages, charts

    def router(self) -> APIRouter:
        """All addresses of the timeline; each answers GET and HEAD."""
        router = APIRouter()
        for path, view in (("/timeline", self.table), ("/timeline.svg", self.svg), ("/timeline.png", self.png)):
            router.add_api_route(path, view, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        return router

    async def svg(self, request: Request) -> Response:
        width = request.query_params.get("width", "wide")
        if width not in WIDTHS:
            known = ", ".join(WIDTHS)
            problem = _("%(key)s: %(value)s is not known; known are %(codes)s", key="width", value=repr(width[:40]), codes=known)
            return PlainTextResponse(problem + "\n", status_code=400)
        asked = await run_in_threadpool(self._asked, request, width, "svg")
        if isinstance(asked, Response):
            return asked
        picture, headers = asked
        drawn = self.charts.svg_alone(picture) if headers else self.charts.svg(picture)
        return Response(await drawn, media_type="image/svg+xml", headers=headers)

    async def png(self, request: Request) -> Response:
        asked = await run_in_threadpool(self._asked, request, "paper", "png")
        if isinstance(asked, Response):
            return asked
        picture, headers = asked
        return Response(await self.charts.png(picture), media_type="image/png", headers=headers)

    def table(self, request: Request) -> Response:
        timeline, _revision = self._told(request, "")
        context = {
            "heading": timeline.heading,
            "said": sentence(timeline.chosen, timeline.names),
            "chosen": timeline.chosen,
            "unit": timeline.periods.unit,
            "stack": timeline.periods.stack,
            "table": timeline.table(),
        }
        return self.pages.answer(request, "timeline_table.html", context)

    def _told(self, request: Request, kind: str) -> tuple[Told, Revision]:
        pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in TAKEN[kind]]
        with snapshot(self.engine) as connection:
            sites, names = reference.sites(connection), reference.names(connection)
            chosen = IncidentFilter.of(pairs, known=names.codes, strict=True)
            return told(connection, chosen, sites, names, read_options(request)), reference.revision(connection)

    def _asked(self, request: Request, width: str, kind: str) -> Response | tuple[Timeline, dict[str, str]]:
        """The picture that an address asks for, with headers where it is one to take away; or why there is none."""
        timeline, revision = self._told(request, kind)
        if not timeline.periods.series:
            return PlainTextResponse(_("Nothing to draw: the filter finds no incident with a day.") + "\n", status_code=404)
        if width != "paper":
            return timeline.picture(width), {}
        # One to take away says what it shows, of when, and whose.
        picture = timeline.picture(width, above=wrapped(sentence(timeline.chosen, timeline.names)), below=source_lines(revision))
        return picture, {"Content-Disposition": f'attachment; filename="sijill-timeline-r{revision.number}.{kind}"'}
