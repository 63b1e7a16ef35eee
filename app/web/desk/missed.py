"""What the machine missed in a report: an attack, a published total, or what looks like a strike and is none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions import missed
from app.actions.acts import DoneAlready
from app.actions.decisions import Evidence
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.extract.values import Tally
from app.fields import BOUNDS, NON_STRIKE_KINDS, Bound
from app.language import _, at, listed
from app.queries import desk, reference
from app.queries.reference import Names
from app.web import forms
from app.web.desk.guard import Desk, Visit, number_of
from app.web.desk.review import words_of
from app.web.desk.review_view import Panel, Typed, marks_of, panel_of, parts, shown
from app.web.errors import not_found
from app.web.labels import LABELS
from app.web.marks import as_stored
from app.web.words import word

MISSED = "the machine missed it"
"""The reason of an incident that an editor added and gave none for."""
NOTHING: Mapping[str, str | None] = {}
SENT = ("quote", "kind", "count", "bound", "scope", "counter", "start", "end", "reason")
"""What is typed beside the fields of an incident."""


@dataclass
class Sent:
    """A posted form: what was typed, what is wrong with it, and the words that it is about."""

    values: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    span: tuple[int, int] = (0, 0)


class Missed:
    """The routes for what the machine missed."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.engine, self.pages = desk, desk.engine, desk.pages

    def router(self) -> APIRouter:
        """/desk/reports/17/missed: the text beside the forms."""
        router = APIRouter()
        self.desk.add(router, "/desk/reports/{report_id}/missed", self.page)
        self.desk.add(router, "/desk/reports/{report_id}/missed", self.add, methods=("POST",))
        return router

    def page(self, request: Request, visit: Visit) -> Response:
        return self._page(request, visit, Sent({}), Typed({}, {}, {}))

    def add(self, request: Request, visit: Visit) -> Response:
        """Adds what the pressed button says, or gives the form back with what is wrong."""
        with snapshot(self.engine) as connection:
            text = desk.text(connection, number_of(request.path_params["report_id"]) or 0)
            if text is None or text.report.text is None:
                return not_found(self.pages, request, _("There is no report with this number that has a text."))
            names, report = reference.names(connection), text.report
            evidence = {one.field: words for one in forms.FIELDS if (words := _marked(visit, connection, one.field, report.id))}
        sent = Sent({name: visit.typed(name) for name in SENT})
        sent.span = _found(sent, report.text, evidence)
        adders: dict[str, Callable[[], str]] = {
            "incident": lambda: self._incident(visit, sent, report, names, evidence),
            "tally": lambda: self._tally(visit, sent, report.id, names),
            "event": lambda: self._event(visit, sent, report.id),
        }
        typed = Typed(
            {one.field: str(visit.form.get(one.field, "")) for one in forms.FIELDS},
            {name: (visit.typed(f"words-{name}"), words.quote) for name, words in evidence.items()},
            sent.errors,
        )
        try:
            address = adders.get(visit.typed("act"), lambda: "")()
        except DoneAlready:
            raise
        except RefusedAction as refusal:
            sent.errors["act"], address = str(refusal), ""
        if not address:
            return self._page(request, visit, sent, typed, status=422)
        done = visit.last()
        return RedirectResponse(at(f"{address}?done={done}"), 303)

    def _incident(self, visit: Visit, sent: Sent, report: Any, names: Names, evidence: Mapping[str, Evidence]) -> str:
        typed = {one.field: str(visit.form.get(one.field, "")) for one in forms.FIELDS}
        known = {"bases": names.bases, "actors": names.actors, "sources": names.sources}
        reason = visit.typed("reason")
        checked = forms.read(typed, known=known, published=report.published_date, held=NOTHING, reason=reason)
        sent.errors |= checked.errors
        if not typed["base"].strip():
            sent.errors.setdefault("base", _("Choose the base: an attack is kept under one."))
        if not sent.errors:
            with snapshot(self.engine) as connection:
                alike = desk.similar(connection, checked.values["base"] or "", *forms.days_of(checked.values))
            if alike and "distinct" not in visit.form:
                ids = listed(one.public_id for one in alike)
                sent.errors["distinct"] = _("There are incidents much like it: %(ids)s. Is it one of them?", ids=ids)
        if sent.errors:
            return ""
        values = {name: value for name, value in checked.values.items() if value is not None}
        start, end = sent.span
        public_id = missed.add_incident(
            self.engine, report_id=report.id, span_start=start, span_end=end, values=values, evidence=evidence,
            reason=reason or MISSED, editor=visit.editor.name, token=visit.once,
        )  # fmt: skip
        return f"/desk/incidents/{public_id}"

    def _tally(self, visit: Visit, sent: Sent, report_id: int, names: Names) -> str:
        count = _read(sent, "count", lambda text: forms.read_count(text, least=0))
        days = {name: _read(sent, name, forms.read_day) if sent.values[name] else None for name in ("start", "end")}
        if sent.values["scope"] not in {*LABELS["scope"], *names.bases}:
            sent.errors["scope"] = _("This is none of the choices.")
        if sent.values["counter"] not in {"", *names.sources}:
            sent.errors["counter"] = _("This is none of the choices.")
        if days["start"] and days["end"] and days["start"] > days["end"]:
            sent.errors["end"] = _("This is earlier than “%(other)s”.", other=_("Counted from"))
        if sent.errors or count is None:
            return ""
        bound: Bound = next((one for one in BOUNDS if one == sent.values["bound"]), "=")
        counter, start, end = sent.values["counter"] or None, days["start"], days["end"]
        tally = Tally(sent.values["scope"], int(count), bound, counter=counter, start=start, end=end)
        about = {"editor": visit.editor.name, "reason": visit.typed("reason"), "token": visit.once}
        missed.mark_tally(self.engine, report_id=report_id, span_start=sent.span[0], span_end=sent.span[1], tally=tally, **about)
        return f"/desk/reports/{report_id}"

    def _event(self, visit: Visit, sent: Sent, report_id: int) -> str:
        if sent.values["kind"] not in NON_STRIKE_KINDS:
            sent.errors["kind"] = _("This is none of the choices.")
        if sent.errors:
            return ""
        about = {"editor": visit.editor.name, "reason": visit.typed("reason"), "token": visit.once}
        kind = sent.values["kind"]
        missed.mark_event(self.engine, report_id=report_id, span_start=sent.span[0], span_end=sent.span[1], kind=kind, **about)
        return f"/desk/reports/{report_id}"

    def _page(self, request: Request, visit: Visit, sent: Sent, typed: Typed, *, status: int = 200) -> Response:
        with snapshot(self.engine) as connection:
            text = desk.text(connection, number_of(request.path_params["report_id"]) or 0)
            if text is None or text.report.text is None:
                return not_found(self.pages, request, _("There is no report with this number that has a text."))
            names = reference.names(connection)
        panel: Panel = panel_of(text)
        scopes = [(code, word("scope", code)) for code in LABELS["scope"]] + list(names.bases.items())
        context = {
            "panel": panel,
            "marks_of": marks_of,
            "parts": parts(None, typed, {}, names),
            "held": shown(NOTHING),
            "errors": sent.errors,
            "sent": {name: sent.values.get(name, "") for name in SENT},
            "choices": {
                "kind": [("", ""), *((code, word("non_strike", code)) for code in NON_STRIKE_KINDS)],
                "bound": [(code, word("bound", code) or _("exactly")) for code in BOUNDS],
                "scope": scopes,
                "counter": [("", _("not known")), *sorted(names.sources.items(), key=lambda pair: pair[1].casefold())],
            },
            "token": visit.token(),
        }
        return visit.page("desk/missed.html", context, status=status)


def _marked(visit: Visit, connection: Connection, name: str, report_id: int) -> Evidence | None:
    words = words_of(connection, visit.typed(f"words-{name}"))
    return words if words and words.report_id == report_id else None


def _found(sent: Sent, text: str, evidence: Mapping[str, Evidence]) -> tuple[int, int]:
    """The words that it is about: those that were copied out of the text, or else all from the first marked to the last."""
    quote = sent.values["quote"].replace("\r\n", "\n").strip()
    plain = text.replace("\r\n", "\n")
    if quote:
        if plain.count(quote) != 1:
            sent.errors["quote"] = _("These words do not stand in the text exactly once; copy some that do.")
            return 0, 0
        start = plain.index(quote)
        return as_stored(text, start), as_stored(text, start + len(quote))
    if not evidence:
        sent.errors["quote"] = _("Copy the words that say it out of the text, or mark words for its fields.")
        return 0, 0
    return min(one.span_start for one in evidence.values()), max(one.span_end for one in evidence.values())


def _read(sent: Sent, name: str, read: Callable[[str], str]) -> str | None:
    try:
        return read(sent.values[name])
    except forms.Unreadable as problem:
        sent.errors[name] = str(problem)
        return None
