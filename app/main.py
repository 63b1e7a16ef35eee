"""The one place where the parts are put together."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

import anyio.to_thread
from fastapi import APIRouter, FastAPI
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from app import ROOT
from app.charts.process import ChartProcess
from app.db import make_engine
from app.queries.kept_bitmaps import keep_bitmaps, take_up_bitmaps
from app.queries.watch import Watch
from app.settings import Settings
from app.web.address import Addressed
from app.web.cache import Cache
from app.web.card import CardPage
from app.web.counting import CountPages
from app.web.desk.accounts import Accounts
from app.web.desk.adding import Adding, Readers
from app.web.desk.bulk import Bulk
from app.web.desk.guard import Desk
from app.web.desk.job_pages import JobPages
from app.web.desk.missed import Missed
from app.web.desk.queue import Queue
from app.web.desk.reference import ReferencePages
from app.web.desk.reports import Reports
from app.web.desk.review import Review
from app.web.desk.sample import SamplePages
from app.web.errors import answer_errors
from app.web.incidents import IncidentPages
from app.web.language import Speaking
from app.web.mapping import MapPages
from app.web.pictures import Pictures
from app.web.public import Public
from app.web.publishing import Publishing
from app.web.render import Pages
from app.web.searching import Searching
from app.web.security import Guard
from app.web.static import Static
from app.web.tallies import Audits, TallyPages


class Routed(Protocol):
    """A part of the application that answers at some addresses."""

    def router(self) -> APIRouter:
        """Its routes."""
        ...


def create_app(settings: Settings | None = None) -> FastAPI:
    """The register as an ASGI application, on the database that the settings name."""
    settings = settings or Settings()
    engine, pages, charts, audits = make_engine(settings.database_url), Pages(), ChartProcess(), Audits()
    watch = Watch(engine)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # Few threads: each page keeps the interpreter busy, and more of them only take turns.
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
        charts.warm()
        await run_in_threadpool(take_up_bitmaps, engine)
        # Brought up to date, or read for the first time, while the first pages are on their way; and kept at once.
        ready = asyncio.create_task(run_in_threadpool(keep_bitmaps, engine))
        try:
            yield
            await asyncio.gather(ready, return_exceptions=True)
            await run_in_threadpool(keep_bitmaps, engine)
        finally:
            charts.close()
            watch.close()
            engine.dispose()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    for part in _parts(settings, engine, pages, charts, audits):
        app.include_router(part.router())
    app.mount("/static", Static(directory=ROOT / "static"), name="static")
    if settings.public == "reviewed":
        app.add_middleware(Publishing)
    app.add_middleware(Speaking)
    # For what is not kept: the desk, and files to take away.
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, tile_url=settings.tile_url)
    # Outside of all but the address by which it keeps: what is kept has the headers of the guard, its language and its coding.
    app.add_middleware(Cache, watch=watch, room=settings.cache_megabytes * 1_000_000)
    app.add_middleware(Addressed, address=settings.address)
    answer_errors(app, pages, tile_url=settings.tile_url)
    return app


def _parts(settings: Settings, engine: Engine, pages: Pages, charts: ChartProcess, audits: Audits) -> Sequence[Routed]:
    """All that has addresses: the public pages, then the desk."""
    desk, readers = Desk(engine, pages), Readers()
    return (
        IncidentPages(settings, engine, pages),
        Public(settings, engine, pages, audits),
        CountPages(engine, pages),
        MapPages(settings, engine, pages),
        Pictures(engine, pages, charts),
        TallyPages(engine, pages, charts, audits),
        Searching(engine, pages),
        CardPage(engine, pages),
        desk,
        Queue(desk),
        Accounts(desk),
        Review(desk),
        Missed(desk),
        SamplePages(desk),
        Adding(desk, readers),
        Reports(desk, settings, readers),
        JobPages(desk, settings),
        ReferencePages(desk, settings),
        Bulk(desk, settings),
    )
