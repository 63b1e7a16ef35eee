"""The public pages. Each reads one snapshot of the register, so that its numbers agree."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection, Engine
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app import export
from app.charts.colours import COLOURS
from app.citation import FORMATS
from app.db import snapshot
from app.language import _
from app.queries import counts, incidents, reference, reports, tallies
from app.queries.filter import IncidentFilter
from app.settings import Settings
from app.web import citing, figures, timeline
from app.web.claims import claim_words
from app.web.errors import not_found
from app.web.files import MEDIA_TYPES, file
from app.web.filtered import filtered
from app.web.mapping import View, incident_rows, map_parts
from app.web.marks import legend, pieces
from app.web.render import Pages
from app.web.tallies import WORDS, Audits
from app.web.timeline_words import thin_words

LATEST = 10
"""Incidents that the overview and a base's page show."""


class Public:
    """The public routes with what they work on."""

    def __init__(self, settings: Settings, engine: Engine, pages: Pages, audits: Audits) -> None:
        self.settings, self.engine, self.pages, self.audits = settings, engine, pages, audits

    def router(self) -> APIRouter:
        """All public addresses; each answers GET and HEAD."""
        router = APIRouter()
        for path, view in (
            ("/", self.overview),
            ("/incidents", self.incident_list),
            ("/bases", self.bases),
            ("/bases/{name}", self.base),
            ("/reports", self.report_list),
            ("/reports/{report_id}", self.report),
            ("/tallies.csv", self.tallies_csv),
            ("/about", self.about),
            ("/healthz", self.health),
            ("/robots.txt", self.robots),
        ):
            router.add_api_route(path, view, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        return router

    def overview(self, request: Request) -> Response:
        return filtered(self.pages, request, self.engine, "overview.html", partial(self._overview, request))

    def _overview(
        self, request: Request, connection: Connection, chosen: IncidentFilter, sites: Mapping[str, reference.Site]
    ) -> dict[str, Any]:
        by_base = counts.by_base(connection, chosen, sites)
        return {
            "timeline": timeline.shown(request, connection, chosen, sites),
            "thin": thin_words(counts.coverage(connection), chosen),
            "by_base": by_base,
            "found_at": {one.site.slug: counts.at_site(chosen, one.site, sites) for one in by_base},
            "most": max((one.count for one in by_base), default=1),
            "latest": incidents.page(connection, chosen, size=LATEST),
            "colours": COLOURS,
            "outlines": not self.settings.tile_url,
            **map_parts(View(), chosen, incident_rows(connection, "weapon", chosen, sites)),
        }

    def incident_list(self, request: Request) -> Response:
        after = request.query_params.get("after", "")

        def more(connection: Connection, chosen: IncidentFilter, sites: Mapping[str, reference.Site]) -> dict[str, Any]:
            return {
                "timeline": timeline.shown(request, connection, chosen, sites),
                "page": incidents.page(connection, chosen, size=self.settings.page_size, after=after),
                "rejected": incidents.number_rejected(connection),
                "after": after,
            }

        return filtered(self.pages, request, self.engine, "incidents.html", more)

    def tallies_csv(self) -> Response:
        with snapshot(self.engine) as connection:
            name = export.file_name("tallies", reference.data_revision(connection))
            return file(export.lines(export.tallies(connection)), name=name, media_type=MEDIA_TYPES["csv"])

    def bases(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            sites = reference.sites(connection)
            counted = counts.by_slug(counts.by_base(connection, IncidentFilter(), sites))
        return self.pages.answer(request, "bases.html", {"sites": sites, "counted": counted})

    def base(self, request: Request, name: str) -> Response:
        """A base's page, or with an ending a reference to it."""
        slug, dot, ending = name.partition(".")
        with snapshot(self.engine) as connection:
            found = reference.base(connection, slug)
            if found is None or (dot and ending not in FORMATS):
                return not_found(self.pages, request, _("There is no base with this name."))
            chosen, now = IncidentFilter().but("base", slug), reference.revision(connection)
            sites, headline = reference.sites(connection), counts.headline(connection, chosen)
            cited = citing.of_base(request, slug, sites[slug].name, headline.total, now)
            if dot:
                return citing.reference(cited, ending)
            context = {
                "found": found,
                "sites": sites,
                "chosen": chosen,
                "timeline": timeline.shown(request, connection, chosen, sites, "weapon"),
                "headline": headline,
                "citation": citing.offer(cited, f"/bases/{slug}"),
                "since": citing.since_list(request, connection, chosen, now),
                "page": incidents.page(connection, chosen, size=LATEST),
                "beside": tallies.latest_of(connection),
                "measured": self.audits.of(connection).of_part(slug),
            }
        return self.pages.answer(request, "base.html", context | WORDS)

    def report_list(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            after, publisher = (request.query_params.get(key, "") for key in ("after", "publisher"))
            publisher_name = reference.names(connection).sources.get(publisher)
            if publisher and publisher_name is None:
                return not_found(self.pages, request, _("There is no publisher with this name."))
            context = {
                "page": reports.page(connection, size=self.settings.page_size, after=after, publisher=publisher),
                "total": reports.count(connection, publisher),
                "coverage": counts.coverage(connection),
                "publisher": publisher,
                "publisher_name": publisher_name,
            }
        return self.pages.answer(request, "reports.html", context)

    def report(self, request: Request, report_id: str) -> Response:
        with snapshot(self.engine) as connection:
            is_number = report_id.isascii() and report_id.isdigit() and len(report_id) < 10
            found = reports.report(connection, int(report_id)) if is_number else None
            if found is None:
                return not_found(self.pages, request, _("There is no report with this number."))
            names = reference.names(connection)
            others = reports.count(connection, found.report.publisher_slug) - 1
        marked = pieces(found.report.text or "", figures.quotes(found))
        context = {
            "found": found,
            "others": others,
            "pieces": marked,
            "legend": legend(marked),
            "claim_words": claim_words,
            "names": names,
        }
        return self.pages.answer(request, "report.html", context)

    def about(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            context = {
                "coverage": counts.coverage(connection),
                "uncounted": incidents.uncounted(connection),
                "contact": self.settings.contact,
            }
        return self.pages.answer(request, "about.html", context)

    def robots(self) -> Response:
        """What machines that read the web may ask for: pages, but not each of their filters, nor pictures and files of them."""
        return PlainTextResponse("User-agent: *\nDisallow: /*?\nDisallow: /timeline.\nDisallow: /ar/timeline.\n")

    def health(self) -> Response:
        with snapshot(self.engine) as connection:
            return PlainTextResponse(f"ok, revision {reference.data_revision(connection)}\n")
