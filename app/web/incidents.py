"""The pages of incidents, and the files that each of them and each list of them can be had as."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import anyio
import anyio.to_thread
from fastapi import APIRouter
from sqlalchemy import Connection, Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app import citation, export
from app.db import snapshot
from app.language import _, at
from app.queries import counts, history, incidents, published, reference, review
from app.queries.filter import BadFilter, IncidentFilter
from app.queries.history import Act
from app.queries.incidents import IncidentPage, Neighbours
from app.settings import Settings
from app.web import citing
from app.web.comparing import compared, since_address
from app.web.conflicts import conflicts
from app.web.errors import not_found
from app.web.files import MEDIA_TYPES, file, sent
from app.web.history import as_told, author
from app.web.history import history as told_history
from app.web.incident_view import field_rows, told_on, uncertainty
from app.web.kept import Kept, NotKept, kept_name
from app.web.render import Pages, moved
from app.web.telling import heading, summary
from app.web.view import read_filter, sentence
from app.web.witness_view import by_origin, in_words

WRITERS = 2
"""Files of many incidents that are written at the same time; more would only take turns."""
RECENT = 30
"""Entries of a history in sight; of a longer one the earlier ones unfold."""
ONE_AS = {"csv": "CSV", "geojson": "GeoJSON", "json": "JSON"}
"""The names of an incident's files, by the ending of their addresses."""


@dataclass(frozen=True, slots=True)
class Within:
    """Where an incident stands in the list that the reader comes from: its filter in words, and what is wrong with it."""

    chosen: IncidentFilter
    words: str
    place: Neighbours | None
    problem: str = ""


class IncidentPages:
    """The routes of incidents with what they work on. A file's address is that of its page with an ending."""

    def __init__(self, settings: Settings, engine: Engine, pages: Pages) -> None:
        self.editors_shown, self.engine, self.pages = settings.editors_shown, engine, pages
        self.kept, self.writers = Kept.beside(settings.database_url), anyio.CapacityLimiter(WRITERS)

    def router(self) -> APIRouter:
        """/incidents.csv and its like, /incidents/SJ-0142, its files (.json) and revisions; each answers GET and HEAD."""
        router = APIRouter()
        for path, view in (
            ("/incidents.{ending}", self.files),
            ("/incidents/{name}", self.incident),
            ("/incidents/{name}/compare", self.compare),
        ):
            router.add_api_route(path, view, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        return router

    async def files(self, request: Request, ending: str) -> Response:
        """All incidents that a filter finds as a file, or a reference to them.

        A file of the whole register takes long to write: it has threads of its own, so that it keeps no page waiting.
        """
        if ending not in (*export.FORMATS, *citation.FORMATS):
            return await run_in_threadpool(not_found, self.pages, request, _("There is no page at this address."))
        try:
            return await run_in_threadpool(self._listed, request, ending)
        except NotKept:
            return await anyio.to_thread.run_sync(partial(self._listed, write=True), request, ending, limiter=self.writers)

    def _listed(self, request: Request, ending: str, *, write: bool = False) -> Response:
        """The answer to `files`. Raises NotKept where a file would have to be written first, unless it may `write`."""
        with snapshot(self.engine) as connection:
            names, revision = reference.names(connection), reference.revision(connection)
            chosen = read_filter(request, names, only=())
            if ending in citation.FORMATS:
                total = counts.headline(connection, chosen).total
                return citing.reference(citing.of_list(request, chosen, names, total, revision), ending)
            packed = "gzip" in request.headers.get("accept-encoding", "")
            name = kept_name(revision, ending, chosen.query(), str(published.counts_all())) + (".gz" if packed else "")
            headers = {"ETag": f'"{name}"', "Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
            if f'"{name}"' in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            try:
                written = self.kept.found(name)
            except NotKept:
                if not write:
                    raise
                written = self.kept.written(name, export.FORMATS[ending](connection, chosen))
        # Packed when it is written, and not while it is sent: that would keep the interpreter busy each time.
        headers |= {"Content-Encoding": "gzip"} if packed else {}
        called = export.file_name("incidents", revision.number, ending)
        return sent(written, name=called, media_type=MEDIA_TYPES[ending], headers=headers)

    def incident(self, request: Request, name: str) -> Response:
        """An incident's page, or with an ending one of its files."""
        given, dot, ending = name.partition(".")
        query = f"?{request.url.query}" if request.url.query else ""
        public_id = public_id_of(given)
        if public_id is None or (dot and ending not in (*ONE_AS, *citation.FORMATS)):
            return not_found(self.pages, request, _("There is no incident with this number."))
        if public_id != given:
            return moved(at(f"/incidents/{public_id}{dot}{ending}{query}"), permanent=True)
        with snapshot(self.engine) as connection:
            found = incidents.incident(connection, public_id)
            if found is None and dot:
                return PlainTextResponse(_("There is no incident with this number.") + "\n", status_code=404)
            if found is None:
                return not_found(self.pages, request, _("There is no incident with this number."))
            if not found.incident.is_shown:
                return PlainTextResponse(_unreviewed() + "\n", status_code=404) if dot else self._none(request, _unreviewed())
            if found.merged_into:
                # Not for good: what was merged may come apart, and a browser would never ask again.
                return moved(at(f"/incidents/{found.merged_into}{dot}{ending}{query}"))
            if dot:
                return self._file(request, connection, found, ending)
            context = self._context(request, connection, found)
        return self.pages.answer(request, "incident.html", context)

    def compare(self, request: Request, name: str) -> Response:
        """Two revisions of an incident side by side, also of one that was merged away: its own page leads on."""
        public_id = public_id_of(name)
        with snapshot(self.engine) as connection:
            found = incidents.row(connection, public_id) if public_id else None
            if found is None:
                return self._none(request, _("There is no incident with this number."))
            if not found.is_shown:
                return self._none(request, _unreviewed())
            now = reference.revision(connection).number
            context = compared(request, connection, found, reference.names(connection), now)
        return self.pages.answer(request, "compare.html", context | {"incident": found, "heading": heading(found)})

    def _none(self, request: Request, why: str) -> Response:
        return not_found(self.pages, request, why)

    def _file(self, request: Request, connection: Connection, found: IncidentPage, ending: str) -> Response:
        public_id, revision = found.incident.public_id, reference.revision(connection)
        if ending in citation.FORMATS:
            return citing.reference(citing.of_incident(request, found.incident, revision), ending)
        table = export.incident(connection, public_id)
        if ending == "csv":
            pieces = list(export.lines(table))
        elif ending == "geojson":
            pieces = [export.as_json(export.feature(row)) + "\n" for row in table.rows]
        else:
            pieces = [
                export.record(
                    connection, public_id, _acts(found, history.of_incident(connection, found.incident), self.editors_shown)
                )
            ]
        name = export.file_name(public_id, revision.number, ending)
        return file(pieces, name=name, media_type=MEDIA_TYPES[ending])

    def _context(self, request: Request, connection: Connection, found: IncidentPage) -> dict[str, Any]:
        incident, public_id = found.incident, found.incident.public_id
        sites, names = reference.sites(connection), reference.names(connection)
        revision, path = reference.revision(connection), f"/incidents/{public_id}"
        cited, _problem = citing.cited_revision(request, revision.number)
        links, twins = review.links(connection, incident.id), review.twins(connection, public_id)
        acts = history.of_incident(connection, incident)
        return {
            "found": found,
            "site": sites[incident.base],
            "heading": heading(incident),
            "summary": summary(incident),
            "fields": field_rows(found, sites[incident.base], names, self.editors_shown),
            "uncertainty": uncertainty(found, sites[incident.base]),
            "conflicts": conflicts(found, names),
            "told_on": told_on,
            "origins": by_origin(found, links, names),
            "twins": [(one.other if one.one == public_id else one.one, in_words(one.reasons)) for one in twins],
            "history": told_history(found, acts, names, self.editors_shown),
            "recent": RECENT,
            "first": history.first_revision(connection, incident),
            "revisions": [act.revision for act in acts if act.revision and act.kind != "note"],
            "within": within(request, connection, names, public_id),
            "since": citing.since_incident(request, incident, revision.number),
            "since_address": since_address(connection, incident, cited, revision.number),
            "citation": citing.offer(citing.of_incident(request, incident, revision), path),
            "files": [(name, at(f"{path}.{ending}"), MEDIA_TYPES[ending]) for ending, name in ONE_AS.items()],
            "canonical": at(path),
        }


def public_id_of(given: str) -> str | None:
    """The public id that somebody means who writes SJ-0142, sj-142, SJ142 or 142; None where it can be none."""
    number = re.fullmatch(r"(?:SJ[-_ ]?)?0*(\d{1,9})", given, re.ASCII | re.IGNORECASE)
    return f"SJ-{int(number[1]):04d}" if number else None


def within(request: Request, connection: Connection, names: reference.Names, public_id: str) -> Within:
    """The incident's place in the list whose filter stands in the address; of a bad filter the rest holds."""
    try:
        chosen, problem = read_filter(request, names), ""
    except BadFilter as bad:
        chosen, problem = bad.kept, str(bad)
    return Within(chosen, sentence(chosen, names), incidents.neighbours(connection, chosen, public_id), problem)


def _unreviewed() -> str:
    return _("This incident has not been reviewed yet; only those that an editor has reviewed are shown.")


def _acts(found: IncidentPage, acts: Iterable[Act], shown: str) -> dict[str, Any]:
    """What was done to an incident, as its JSON gives it: by role or display name, never by the name of an account."""
    incident = found.incident
    return {
        "rejected_as": incident.rejected_as or None,
        "rejected_because": incident.rejected_because or None,
        "corrections": [
            {"field": one.field, "value": one.value, "reason": one.reason, "made_at": one.made_at, "by": author(one, shown)}
            | ({"withdrawn": True} if one.withdrawn else {})
            for one in found.corrections
        ],
        "decisions": [
            {"kind": one.kind, "other": one.other, "reason": one.reason, "made_at": one.made_at, "by": author(one, shown)}
            for one in found.decisions
        ],
        "history": [as_told(act, shown) for act in acts if act.kind != "note"],
    }
