"""The public pages. Each reads one snapshot of the register, so that its numbers agree."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from fastapi import APIRouter
from sqlalchemy import Connection, Engine
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from app import export
from app.charts.colours import COLOURS
from app.db import snapshot
from app.language import _, at
from app.queries import counts, incidents, reference, reports, review, tallies
from app.queries.filter import IncidentFilter
from app.settings import Settings
from app.web import figures, timeline
from app.web.filtered import filtered
from app.web.incident_view import claim_words, field_rows, told_on, uncertainty
from app.web.mapping import View, incident_rows, map_parts
from app.web.marks import pieces
from app.web.render import Pages, moved
from app.web.tallies import WORDS, Audits
from app.web.timeline_words import thin_words
from app.web.view import read_filter
from app.web.witness_view import by_origin, in_words

IN_MEMORY = 5_000_000
"""Bytes of an export that are kept in memory; a longer one goes through a temporary file."""
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
            ("/incidents.csv", self.incidents_csv),
            ("/incidents/{public_id}", self.incident),
            ("/bases", self.bases),
            ("/bases/{slug}", self.base),
            ("/reports", self.report_list),
            ("/reports/{report_id}", self.report),
            ("/tallies.csv", self.tallies_csv),
            ("/about", self.about),
            ("/healthz", self.health),
        ):
            router.add_api_route(path, view, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        return router

    def overview(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            return filtered(self.pages, request, connection, "overview.html", partial(self._overview, request))

    def _overview(
        self, request: Request, connection: Connection, chosen: IncidentFilter, sites: Mapping[str, reference.Site]
    ) -> dict[str, Any]:
        by_base = counts.by_base(connection, chosen, sites)
        return {
            "timeline": timeline.shown(request, connection, chosen, sites),
            "thin": thin_words(counts.coverage(connection), chosen),
            "by_base": by_base,
            "most": max((one.count for one in by_base), default=1),
            "latest": incidents.page(connection, chosen, size=LATEST),
            "colours": COLOURS,
            "outlines": not self.settings.tile_url,
            **map_parts(View(), chosen, incident_rows(connection, "weapon", chosen, sites)),
        }

    def incident_list(self, request: Request) -> Response:
        after = request.query_params.get("after", "")
        with snapshot(self.engine) as connection:
            return filtered(
                self.pages,
                request,
                connection,
                "incidents.html",
                lambda connection, chosen, sites: {
                    "timeline": timeline.shown(request, connection, chosen, sites),
                    "page": incidents.page(connection, chosen, size=self.settings.page_size, after=after),
                    "rejected": len(incidents.uncounted(connection)),
                    "after": after,
                },
            )

    def incidents_csv(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            chosen = read_filter(request, reference.names(connection), strict=True)
            return self._csv("incidents", connection, export.incidents(connection, chosen))

    def tallies_csv(self) -> Response:
        with snapshot(self.engine) as connection:
            return self._csv("tallies", connection, export.tallies(connection))

    def _csv(self, name: str, connection: Connection, table: export.Table) -> Response:
        """The table as a file whose name carries the revision that it was read at.

        It is written before the answer begins: what fails, fails as an error and not in the middle of a 200, and a slow reader
        holds neither a connection nor a snapshot.
        """
        with ExitStack() as until_sent:
            written = until_sent.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
            written.writelines(line.encode() for line in export.lines(table))
            length = written.tell()
            written.seek(0)
            until_sent.pop_all()  # from here on the answer closes it
        file_name = export.file_name(name, reference.data_revision(connection))
        return StreamingResponse(
            _pieces_of(written),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{file_name}"', "Content-Length": str(length)},
        )

    def incident(self, request: Request, public_id: str) -> Response:
        with snapshot(self.engine) as connection:
            found = incidents.incident(connection, public_id)
            if found is None:
                return self.not_found(request, _("There is no incident with this number."))
            sites, names = reference.sites(connection), reference.names(connection)
            links, twins = review.links(connection, found.incident.id), review.twins(connection, public_id)
        if found.merged_into:
            # What the machine merged may come apart again; what an editor merged does not.
            return moved(at(f"/incidents/{found.merged_into}"), permanent=any(one.kind == "merge" for one in found.decisions))
        site = sites[found.incident.base]
        context = {
            "found": found,
            "site": site,
            "names": names,
            "fields": field_rows(found, site, names),
            "uncertainty": uncertainty(found, site),
            "told_on": told_on,
            "origins": by_origin(found, links, names, lambda field, value: claim_words(field, value, names)),
            "twins": [(one.other if one.one == public_id else one.one, in_words(one.reasons)) for one in twins],
        }
        return self.pages.answer(request, "incident.html", context)

    def bases(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            sites = reference.sites(connection)
            counted = counts.by_slug(counts.by_base(connection, IncidentFilter(), sites))
        return self.pages.answer(request, "bases.html", {"sites": sites, "counted": counted})

    def base(self, request: Request, slug: str) -> Response:
        with snapshot(self.engine) as connection:
            found = reference.base(connection, slug)
            if found is None:
                return self.not_found(request, _("There is no base with this name."))
            chosen = IncidentFilter().but("base", slug)
            sites = reference.sites(connection)
            context = {
                "found": found,
                "sites": sites,
                "chosen": chosen,
                "timeline": timeline.shown(request, connection, chosen, sites, "weapon"),
                "headline": counts.headline(connection, chosen),
                "page": incidents.page(connection, chosen, size=LATEST),
                "beside": tallies.latest_of(connection),
                "measured": self.audits.of(connection).of_part(slug),
            }
        return self.pages.answer(request, "base.html", context | WORDS)

    def report_list(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            page = reports.page(connection, size=self.settings.page_size, after=request.query_params.get("after", ""))
            context = {"page": page, "total": reports.count(connection), "coverage": counts.coverage(connection)}
        return self.pages.answer(request, "reports.html", context)

    def report(self, request: Request, report_id: str) -> Response:
        with snapshot(self.engine) as connection:
            is_number = report_id.isascii() and report_id.isdigit() and len(report_id) < 10
            found = reports.report(connection, int(report_id)) if is_number else None
            if found is None:
                return self.not_found(request, _("There is no report with this number."))
            names = reference.names(connection)
        context = {
            "found": found,
            "pieces": pieces(found.report.text or "", figures.quotes(found)),
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

    def health(self) -> Response:
        with snapshot(self.engine) as connection:
            return PlainTextResponse(f"ok, revision {reference.data_revision(connection)}\n")

    def not_found(self, request: Request, why: str) -> Response:
        return self.pages.answer(request, "error.html", {"title": _("Not found"), "why": why}, status=404)


def _pieces_of(written: IO[bytes]) -> Iterator[bytes]:
    with written:
        while piece := written.read(65_536):
            yield piece
