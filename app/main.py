"""The one place where the parts are put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.charts.process import Busy, ChartProcess
from app.db import make_engine
from app.language import _, speaking
from app.queries.filter import BadFilter
from app.queries.paging import BadCursor
from app.settings import ROOT, Settings
from app.web.address import Addressed
from app.web.counting import CountPages
from app.web.errors import error_page, is_file
from app.web.incidents import IncidentPages
from app.web.language import Speaking, language_of
from app.web.mapping import MapPages
from app.web.options import BadOption
from app.web.pictures import Pictures
from app.web.public import Public
from app.web.render import Pages
from app.web.searching import Searching
from app.web.security import Guard, headers
from app.web.static import Static
from app.web.tallies import Audits, TallyPages


def create_app(settings: Settings | None = None) -> FastAPI:
    """The register as an ASGI application, on the database that the settings name."""
    settings = settings or Settings()
    engine, pages, charts, audits = make_engine(settings.database_url), Pages(), ChartProcess(), Audits()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # Few threads: each page keeps the interpreter busy, and more of them only take turns.
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
        charts.warm()
        yield
        charts.close()
        engine.dispose()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(IncidentPages(engine, pages).router())
    app.include_router(Public(settings, engine, pages, audits).router())
    app.include_router(CountPages(engine, pages).router())
    app.include_router(MapPages(settings, engine, pages).router())
    app.include_router(Pictures(engine, charts).router())
    app.include_router(TallyPages(engine, pages, charts, audits).router())
    app.include_router(Searching(engine, pages).router())
    app.mount("/static", Static(directory=ROOT / "static"), name="static")
    app.add_middleware(Speaking)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, tile_url=settings.tile_url)
    app.add_middleware(Addressed, address=settings.address)

    @app.exception_handler(BadCursor)
    def bad_cursor(request: Request, error: BadCursor) -> Response:
        return error_page(pages, request, title=_("This place does not exist"), why=str(error), status=400)

    @app.exception_handler(BadOption)
    def bad_option(request: Request, error: BadOption) -> Response:
        if is_file(request.url.path):
            return PlainTextResponse(f"{error}\n", status_code=400)
        return error_page(pages, request, title=_("It cannot be shown in this way"), why=str(error), status=400)

    @app.exception_handler(BadFilter)
    def bad_filter(_request: Request, error: BadFilter) -> Response:
        return PlainTextResponse(f"{error}\n", status_code=400)

    @app.exception_handler(Busy)
    def busy(_request: Request, _error: Busy) -> Response:
        problem = _("Many pictures are being drawn; ask for this one again in a moment.")
        return PlainTextResponse(problem + "\n", status_code=503, headers={"Retry-After": "10"})

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        title = _("Not found") if error.status_code == 404 else _("That did not work")
        whys = {404: _("There is no page at this address."), 405: _("This address can only be read.")}
        why = whys.get(error.status_code, _("The register cannot do what was asked."))
        answer = error_page(pages, request, title=title, why=why, status=error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    def failure(request: Request, _error: Exception) -> Response:
        # This one is answered outside of the middleware.
        with speaking(language_of(request.url.path)):
            why = _("The register could not answer. Nothing was changed.")
            answer = error_page(pages, request, title=_("Something broke"), why=why, status=500)
        answer.headers.update(headers(settings.tile_url))
        return answer

    return app
