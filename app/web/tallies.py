"""The pages of published totals: counters side by side, one counter beside the register, and what does not fit."""

from fastapi import APIRouter
from sqlalchemy import Connection, Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.charts.pictures import Curves
from app.charts.process import ChartProcess
from app.db import snapshot
from app.language import Language, _, spoken
from app.queries import counters, reference, tallies
from app.queries.counters import Audited
from app.queries.published import counts_all
from app.web import figures
from app.web.errors import not_found
from app.web.findings import HEADINGS, figure, held_address, part_name, told
from app.web.render import Pages
from app.web.words import rule_of


class Audits:
    """The audit of the register as it is, made once for each revision, language, and what counts for those who ask."""

    def __init__(self) -> None:
        self._latest: dict[tuple[Language, bool], tuple[int, Audited]] = {}

    def of(self, connection: Connection) -> Audited:
        """The audit at the revision that the connection sees."""
        asked = spoken(), counts_all()
        revision, latest = reference.data_revision(connection), self._latest.get(asked)
        if latest is None or latest[0] != revision:
            latest = self._latest[asked] = revision, counters.audited(connection)
        return latest[1]


class TallyPages:
    """The routes of published totals with what they work on."""

    def __init__(self, engine: Engine, pages: Pages, charts: ChartProcess, audits: Audits) -> None:
        self.engine, self.pages, self.charts, self.audits = engine, pages, charts, audits

    def router(self) -> APIRouter:
        """All addresses below /tallies but for the CSV; each answers GET and HEAD."""
        router = APIRouter()
        for path, view in (
            ("/tallies", self.tallies),
            ("/tallies/audit", self.audit),
            ("/tallies/{slug}.svg", self.chart),
            ("/tallies/{slug}", self.counter),
        ):
            router.add_api_route(path, view, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        return router

    def tallies(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            found = self.audits.of(connection)
            context = {
                "rows": found.rows.values(),
                "counters": found.counters,
                "sites": reference.sites(connection),
                "beside": tallies.latest_of(connection),
                # The last one set holds: the first finding about each total.
                "doubted": {one.tally: one.kind for one in reversed(found.findings)},
            }
        return self.pages.answer(request, "tallies.html", context | WORDS)

    def audit(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            found, sites = self.audits.of(connection), reference.sites(connection)
        context = {"told": told(found, sites), "headings": HEADINGS, "total": len(found.rows), "number": len(found.findings)}
        return self.pages.answer(request, "audit.html", context | WORDS)

    def counter(self, request: Request, slug: str) -> Response:
        with snapshot(self.engine) as connection:
            found, sites = self.audits.of(connection), reference.sites(connection)
            counter = found.counter(slug)
        if counter is None:
            return not_found(self.pages, request, _("There is no counter with this name."))
        of_counter = {row.tally.id for row in found.rows.values() if row.tally.counter == slug}
        context = {
            "counter": counter,
            "drawn": figures.series_to_draw(counter),
            "sites": sites,
            "findings": sum(one.tally in of_counter for one in found.findings),
        }
        return self.pages.answer(request, "counter.html", context | WORDS)

    async def chart(self, request: Request, slug: str) -> Response:
        curves = await run_in_threadpool(self._curves, request, slug)
        if isinstance(curves, Response):
            return curves
        return Response(await self.charts.svg(curves), media_type="image/svg+xml")

    def _curves(self, request: Request, slug: str) -> Response | Curves:
        """The chart that an address asks for, or why there is none."""
        width, base = (request.query_params.get(key, "") for key in ("width", "base"))
        unknown = [key for key in request.query_params if key not in ("width", "base")]
        with snapshot(self.engine) as connection:
            sites = reference.sites(connection)
            counter = self.audits.of(connection).counter(slug)
        if unknown or width not in ("", "wide", "narrow") or (base and base not in sites):
            return PlainTextResponse(_("This chart takes a width (wide, narrow) and a base.") + "\n", status_code=400)
        curves = figures.curves(counter, base, sites, width or "wide") if counter else None
        if curves is None:
            return PlainTextResponse(_("Nothing to draw: there is no such series.") + "\n", status_code=404)
        return curves


WORDS = {"rule_of": rule_of, "part_name": part_name, "held_address": held_address, "figure": figure}
"""What the templates of totals say numbers with."""
