"""The pages of stored reports for editors: the list, and one with its whole text, its repairs and its history."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app import jobs
from app.actions import missed, report_repairs
from app.actions.acts import DoneAlready, NewerVersion
from app.actions.jobs import ask
from app.actions.reports import OtherDay
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.extract import extract
from app.extract.values import Extraction
from app.language import _, at
from app.queries import desk_reports, reference
from app.queries import reports as stored
from app.queries.reports import ReportPage
from app.settings import Settings
from app.web import figures
from app.web.claims import claim_words, value_words
from app.web.desk import report_form
from app.web.desk.adding import Readers
from app.web.desk.guard import Desk, Visit
from app.web.errors import not_found
from app.web.marks import legend, pieces


class Reports:
    """The routes of stored reports."""

    def __init__(self, desk: Desk, settings: Settings, readers: Readers) -> None:
        self.desk, self.engine, self.settings, self.readers = desk, desk.engine, settings, readers

    def router(self) -> APIRouter:
        """/desk/reports and /desk/reports/17; to be added after /desk/reports/new."""
        router = APIRouter()
        self.desk.add(router, "/desk/reports", self.list)
        self.desk.add(router, "/desk/reports/{number}", self.page)
        self.desk.add(router, "/desk/reports/{number}", self.act, methods=("POST",))
        return router

    def list(self, request: Request, visit: Visit) -> Response:
        asked = {key: request.query_params.get(key, "").strip()[:200] for key in ("words", "lacking")}
        with snapshot(self.engine) as connection:
            context = {
                "page": desk_reports.page(
                    connection, size=self.settings.page_size, after=request.query_params.get("after", ""), **asked
                ),
                "total": desk_reports.count(connection, **asked),
                "counts": {one: desk_reports.count(connection, lacking=one) for one in desk_reports.CONDITIONS},
                "asked": asked,
                "query": urlencode({key: value for key, value in asked.items() if value}),
            }
        return visit.page("desk/reports.html", context)

    def page(self, request: Request, visit: Visit) -> Response:
        return self._page(request, visit)

    def act(self, request: Request, visit: Visit) -> Response:
        """Does what the pressed button says; what cannot be done comes back with what was typed."""
        number, editor = _number(request.path_params["number"]), visit.editor.name
        by: dict[str, Any] = {"editor": editor, "token": visit.once}
        reason, act = visit.typed("reason"), visit.typed("act")
        with snapshot(self.engine) as connection:
            found = desk_reports.report(connection, number)
        if found is None:
            return not_found(visit.pages, request, _("There is no report with this number."))
        if act not in ("note", "reread", "undo", "unmark_tally", "unmark_event") and not reason:
            return self._page(request, visit, errors={f"reason_{act}": _("Say why.")}, status=422)
        try:
            match act:
                case "repair":
                    return self._repair(request, visit, found)
                case "take_down":
                    if not visit.typed("sure"):
                        problem = {"sure": _("Confirm that the text is to go for good.")}
                        return self._page(request, visit, errors=problem, status=422)
                    done = report_repairs.take_down(self.engine, report_id=number, reason=reason, **by)
                case "publish":
                    licence = visit.typed("licence")
                    if not licence:
                        return self._page(request, visit, errors={"licence": _("Name the licence.")}, status=422)
                    done = report_repairs.publish_text(self.engine, report_id=number, licence=licence, reason=reason, **by)
                case "withhold":
                    done = report_repairs.withhold_text(self.engine, report_id=number, reason=reason, **by)
                case "note":
                    if not visit.typed("note"):
                        return self._page(request, visit, errors={"note": _("Write the note.")}, status=422)
                    done = report_repairs.note(self.engine, subject="report", of=number, text=visit.typed("note"), **by)
                case "undo":
                    done = self._undo(number, _number(visit.typed("revision")), by)
                case "unmark_tally":
                    done = missed.unmark_tally(self.engine, tally=_marked(visit, found.tallies), **by)
                case "unmark_event":
                    done = missed.unmark_event(self.engine, event=_marked(visit, found.non_strike_events), **by)
                case "reread":
                    job = ask(self.engine, editor=editor, reason=reason, reports=[number])
                    jobs.start(self.settings, job)
                    return RedirectResponse(at(f"/desk/jobs/{job}"), 303)
                case other:
                    return visit.refused(_("There is no such act: %(act)s", act=repr(other[:40])))
        except NewerVersion as newer:
            return self._page(request, visit, newer=newer.latest, status=409)
        except RefusedAction as refusal:
            if isinstance(refusal, DoneAlready):
                raise
            return self._page(request, visit, problem=str(refusal), status=422)
        return RedirectResponse(at(f"/desk/reports/{number}?done={done}"), 303)

    def _repair(self, request: Request, visit: Visit, found: ReportPage) -> Response:
        values, errors = _typed(visit)
        if errors:
            return self._page(request, visit, errors=errors, status=422)
        with snapshot(self.engine) as connection:
            changed = _sent(connection, visit, found, values).changed
        if not changed:
            return self._page(
                request, visit, errors={"reason_repair": _("Nothing was changed: there is nothing to save.")}, status=422
            )
        day = changed.get("published_date", found.report.published_date)
        done = report_repairs.correct_report(
            self.engine,
            report_id=found.report.id,
            values=changed,
            reason=visit.typed("reason"),
            editor=visit.editor.name,
            reading=self._reading(found.report.id, day),
            published=day,
            seen=_number(visit.typed("seen")),
            token=visit.once,
        )
        return RedirectResponse(at(f"/desk/reports/{found.report.id}?done={done.revision}"), 303)

    def _undo(self, report_id: int, revision: int, by: Mapping[str, Any]) -> int:
        try:
            return self._undo_as_it_is(report_id, revision, by)
        except OtherDay:
            return self._undo_as_it_is(report_id, revision, by)

    def _undo_as_it_is(self, report_id: int, revision: int, by: Mapping[str, Any]) -> int:
        with snapshot(self.engine) as connection:
            if desk_reports.report_of(connection, revision) != report_id:
                raise RefusedAction(f"revision {revision} is nothing of report {report_id}")
            day = desk_reports.day_given_back(connection, revision, report_id)
        reading = self._reading(report_id, day)
        return report_repairs.undo_repair(self.engine, revision=revision, reading=reading, published=day, **by).revision

    def _reading(self, report_id: int, day: date | None) -> Extraction | None:
        """The report's text read as published on this day; None where there is no text."""
        with snapshot(self.engine) as connection:
            reader = self.readers.of(reference.gazetteer(connection))
            text = stored.text(connection, report_id)
        return extract(text[0], published=day, lang=text[2], reader=reader) if text else None

    def _page(
        self,
        request: Request,
        visit: Visit,
        *,
        errors: Mapping[str, str] | None = None,
        problem: str = "",
        newer: int = 0,
        status: int = 200,
    ) -> Response:
        with snapshot(self.engine) as connection:
            found = desk_reports.report(connection, _number(request.path_params["number"]))
            if found is None:
                return not_found(visit.pages, request, _("There is no report with this number."))
            done = _number(request.query_params.get("done", ""))
            context = {
                "names": reference.names(connection),
                "sources": desk_reports.sources(connection),
                "history": desk_reports.history(connection, found.report.id),
                "changed": desk_reports.changed(connection, done) if visit.done else [],
                "revision": reference.data_revision(connection),
            }
            sent = _sent(connection, visit, found, _typed(visit)[0]) if newer and visit.typed("act") == "repair" else None
        report = found.report
        held = {name: str(report._mapping[name] or "") for name in report_form.FIELDS} | {"publisher": report.publisher_slug}
        repairing = status != 200 and visit.typed("act") == "repair"
        marked = pieces(report.text or "", figures.quotes(found))
        context |= {
            "found": found,
            "pieces": marked,
            "legend": legend(marked),
            "claim_words": claim_words,
            "value_words": value_words,
            "held": held,
            "typed": {name: visit.typed(name) for name in held} if repairing else held,
            "named": visit.listed("origins") if repairing else report.origins or [],
            "whose": visit.typed("whose") if repairing else _whose(report.origins),
            # Who is told of somebody else's newer version has seen it now.
            "seen": context["revision"] if newer or not repairing else _number(visit.typed("seen")),
            "errors": {**(errors or {}), **(_others(sent.both) if sent else {})},
            "problem": problem,
            "newer": newer,
            "stored": {"stored", "there"} & set(request.query_params),
        }
        if sent:
            merged = sent.merged
            context["typed"] = {name: str(merged[name] or "") for name in held}
            context |= {"named": merged["origins"] or [], "whose": _whose(merged["origins"])}
        return visit.page("desk/report.html", context, status=status)


def _typed(visit: Visit) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a repair's form, and what is wrong with those that cannot stand."""
    values, errors = report_form.read({name: visit.typed(name) for name in report_form.FIELDS})
    named = sorted(visit.listed("origins")) if visit.typed("whose") == "editor" else None
    return {**values, "origins": named}, errors


def _sent(connection: Connection, visit: Visit, found: ReportPage, values: Mapping[str, Any]) -> report_form.Sent:
    held = {**found.report._mapping, "publisher": found.report.publisher_slug}
    former = desk_reports.changed_since(connection, found.report.id, _number(visit.typed("seen")))
    return report_form.Sent.of(values, held, former)


def _whose(origins: Sequence[str] | None) -> str:
    return "text" if origins is None else "editor"


def _others(both: Mapping[str, Any]) -> dict[str, str]:
    """What another editor made of each field that both changed, to be told beside it."""
    languages = {"ar": _("Arabic"), "en": _("English")}
    told = {name: ", ".join(value) if isinstance(value, list) else languages.get(value, value) for name, value in both.items()}
    if "origins" in both and both["origins"] is None:
        told["origins"] = _("as it was read")
    return {name: _("Somebody else saved here: %(value)s", value=value or _("nothing")) for name, value in told.items()}


def _marked(visit: Visit, marks: Sequence[Mapping[str, Any]]) -> int:
    """Which of a report's marks a button stands beside; 0, which nothing has, where it is none of them."""
    marked = _number(visit.typed("marked"))
    return marked if any(one["id"] == marked for one in marks) else 0


def _number(text: str) -> int:
    """A number of an address or a form; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
