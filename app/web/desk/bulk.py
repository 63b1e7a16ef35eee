"""Many incidents at once: one decision on a selection, its reports read again, or corrections made in a spreadsheet."""

import json
from collections.abc import Mapping

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app import corrections, export, jobs
from app.actions import decisions
from app.actions import jobs as kept_jobs
from app.actions.acts import NewerVersion
from app.db import snapshot
from app.fields import GROUNDS
from app.language import _, at, ngettext
from app.queries import desk, reference, rows
from app.queries.reference import Names
from app.settings import Settings
from app.web import forms
from app.web.claims import value_words
from app.web.desk.guard import Desk, Visit, number_of
from app.web.incidents import public_id_of
from app.web.words import word

LARGEST = 20_000_000
"""Bytes of a file of corrections."""
MOST = 500
"""Incidents of one selection."""
MOST_SHOWN = 300
"""Corrections of a file that a preview lists; it counts the rest."""


class Bulk:
    """The routes of acts on many incidents."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.desk, self.engine, self.settings = desk, desk.engine, settings

    def router(self) -> APIRouter:
        """/desk/bulk for a selection of the queue, /desk/import for a file of corrections."""
        router = APIRouter()
        self.desk.add(router, "/desk/bulk", self.act, methods=("POST",))
        self.desk.add(router, "/desk/import", self.ask)
        self.desk.add(router, "/desk/import", self.take, methods=("POST",))
        return router

    def act(self, _request: Request, visit: Visit) -> Response:
        """One decision for all that were chosen: all or none."""
        chosen, seen = visit.listed("incident"), number_of(visit.typed("seen"))
        about = {"editor": visit.editor.name, "reason": visit.typed("reason"), "token": visit.once}
        if not chosen:
            return visit.refused(_("Nothing was chosen: mark the incidents that it is about."))
        if len(chosen) > MOST:
            return visit.refused(_("At most %(most)s incidents can be decided on at once.", most=MOST))
        match visit.typed("act"):
            case "accept":
                decisions.accept(self.engine, incident=chosen, seen=seen, **about)
            case "reject" if (ground := visit.typed("ground")) in GROUNDS and about["reason"]:
                decisions.reject(self.engine, incident=chosen, ground=ground, seen=seen, **about)
            case "reject":
                return visit.refused(_("A rejection needs its ground and a reason: readers see both."))
            case "reread":
                with snapshot(self.engine) as connection:
                    reports = desk.texts_of(connection, chosen)
                if not reports:
                    return visit.refused(_("None of the reports of what was chosen has a text that could be read again."))
                job = kept_jobs.ask(self.engine, reports=reports, editor=visit.editor.name, reason=about["reason"])
                jobs.start(self.settings, job)
                return RedirectResponse(at(f"/desk/jobs/{job}"), 303)
            case other:
                return visit.refused(_("There is no such act: %(act)s", act=repr(other[:40])))
        return self._done(visit)

    def ask(self, _request: Request, visit: Visit) -> Response:
        return visit.page("desk/import.html", {"sheet": None, "problem": "", "token": visit.token()})

    def take(self, _request: Request, visit: Visit) -> Response:
        """Shows what a file would change, or what is wrong with it; or applies what was shown."""
        if visit.typed("corrections"):
            return self._apply(visit)
        file = visit.form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            problem = _("Choose a file: the CSV of incidents that the register gives, with cells corrected.")
            return visit.page("desk/import.html", {"sheet": None, "problem": problem, "token": visit.token()}, status=422)
        data = file.file.read(LARGEST + 1)
        with snapshot(self.engine) as connection:
            names, seen = reference.names(connection), reference.data_revision(connection)
            known = {"bases": names.bases, "actors": names.actors, "sources": names.sources}
            sheet = corrections.read(data, rows=_exported(connection), known=known)
            told = _told(connection, sheet.corrections, names) if not sheet.refused else []
        context = {
            "sheet": sheet,
            "told": told[:MOST_SHOWN],
            "number": len(told),
            "found": ngettext("%(num)s incident", "%(num)s incidents", len(sheet.corrections)),
            "corrections": json.dumps(sheet.corrections, ensure_ascii=False),
            "seen": seen,
            "problem": "" if sheet.refused or told else _("Nothing differs from what the register holds."),
            "token": visit.token(),
        }
        return visit.page("desk/import.html", context, status=422 if sheet.refused else 200)

    def _apply(self, visit: Visit) -> Response:
        reason, seen = visit.typed("reason"), number_of(visit.typed("seen"))
        if not reason:
            return visit.refused(_("Say why: readers see it beside what it changed. Go back, and write it."))
        given = _corrections(visit.typed("corrections"))
        with snapshot(self.engine) as connection:
            if not given or seen is None or seen > reference.data_revision(connection) or not _fit(connection, given):
                return visit.refused(_("This is not what was shown; upload the file again."))
        about = {"editor": visit.editor.name, "reason": reason, "token": visit.once}
        try:
            decisions.correct_many(self.engine, values=given, seen=seen, **about)
        except NewerVersion as newer:
            said = _("%(id)s was changed since the file was looked at. Nothing was saved; upload it again.", id=newer.incident)
            return visit.refused(said, status=409)
        return self._done(visit)

    def _done(self, visit: Visit) -> Response:
        return RedirectResponse(at(f"/desk?done={visit.last()}"), 303)


def _exported(connection: Connection) -> dict[str, Mapping[str, str]]:
    """All incidents as an export writes them, by public id, whatever became of them."""
    return {
        str(row["event_id"]): {column: export.cell(row[column]) for column in export.INCIDENT_COLUMNS}
        for row in map(export.incident_row, rows.all_incident_rows(connection))
    }


def _fit(connection: Connection, given: Mapping[str, Mapping[str, str | None]]) -> bool:
    """Whether corrections that come back are such as the form of each incident would take."""
    names = reference.names(connection)
    known = {"bases": names.bases, "actors": names.actors, "sources": names.sources}
    for public_id, values in given.items():
        if public_id_of(public_id) != public_id or not desk.is_there(connection, public_id):
            return False
        held = desk.held_of(connection, public_id)
        typed = {field: value or "" for field, value in values.items()}
        if values.keys() - held.keys() or forms.read(typed, known=known, published=None, held=held).errors:
            return False
    return True


def _told(connection: Connection, given: Mapping[str, Mapping[str, str | None]], names: Names) -> list[tuple[str, str, str, str]]:
    """What corrections change, in words: the incident, the field, before and after."""
    told = []
    for public_id, values in given.items():
        held = desk.held_of(connection, public_id)
        told += [
            (public_id, word("field", field), value_words(field, held[field], names), value_words(field, value, names))
            for field, value in values.items()
            if held[field] != value
        ]
    return told


def _corrections(text: str) -> dict[str, dict[str, str | None]] | None:
    """The corrections that a preview carries; None where it is something else."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return None
    fits = isinstance(given, dict) and all(
        isinstance(values, dict) and all(value is None or isinstance(value, str) for value in values.values())
        for values in given.values()
    )
    return given if fits else None
