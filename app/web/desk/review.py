"""The review of one incident: its words beside its form, and every act that a person can do to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions import decisions, opened
from app.actions.acts import DoneAlready, NewerVersion
from app.actions.decisions import Evidence
from app.actions.revision import RefusedAction
from app.actions.undoing import undo
from app.clock import stamped
from app.db import AnyRow, snapshot
from app.fields import CLOSED_STATUSES, GROUNDS
from app.language import _, at
from app.queries import desk, incidents, queue, reference, review
from app.queries.incidents import IncidentPage
from app.web import forms
from app.web.desk.guard import Desk, Visit, number_of, own_address
from app.web.desk.review_history import review_history
from app.web.desk.review_view import Typed, earliest, marks_of, panels, parts, shown
from app.web.errors import not_found
from app.web.incidents import public_id_of
from app.web.marks import as_stored
from app.web.telling import heading
from app.web.witness_view import in_words
from app.web.words import word

AS_MARKED = "by the words marked in the report"
"""The reason of a correction for which the editor marked words, and wrote none."""


SAVES = ("save", "save_accept")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a posted form asks for: the act, the values that it changes, their words, and the fields that go back to the reports.

    `seen` is the revision in which the editor opened it, `opened` what the form showed then; `typed` is what comes back if it
    cannot be done.
    """

    act: str
    seen: int | None
    reason: str
    typed: Typed
    opened: Mapping[str, str]
    values: Mapping[str, str | None]
    evidence: Mapping[str, Evidence]
    back: Sequence[str]


class Review:
    """The routes of a review."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.engine, self.pages = desk, desk.engine, desk.pages

    def router(self) -> APIRouter:
        """/desk/incidents/SJ-0142, what keeps it open, and the undo of any act on incidents."""
        router = APIRouter()
        self.desk.add(router, "/desk/incidents/{name}", self.page)
        self.desk.add(router, "/desk/incidents/{name}", self.act, methods=("POST",))
        self.desk.add(router, "/desk/incidents/{name}/open", self.keep_open, methods=("POST",))
        self.desk.add(router, "/desk/undo", self.undo, methods=("POST",))
        return router

    def page(self, request: Request, visit: Visit) -> Response:
        return self._page(request, visit, None)

    def keep_open(self, request: Request, visit: Visit) -> Response:
        """Says that the editor still has the incident open."""
        self._open(visit, _named(request))
        return Response(status_code=204)

    def _open(self, visit: Visit, public_id: str) -> opened.Held:
        moment = stamped(datetime.now(UTC))
        return opened.open_incident(self.engine, incident=public_id, editor=visit.editor.name, now=moment)

    def undo(self, _request: Request, visit: Visit) -> Response:
        number = number_of(visit.typed("revision"))
        if number is None:
            return visit.refused(_("There is no act with this number."))
        undo(self.engine, revision=number, editor=visit.editor.name, reason=visit.typed("reason"), token=visit.once)
        done = visit.last()
        address = own_address(visit.typed("next")).partition("?")[0]
        return RedirectResponse(f"{address}?done={done}", 303)

    def act(self, request: Request, visit: Visit) -> Response:
        """Does what the pressed button says. What cannot be saved comes back as it was typed, with what is wrong beside it."""
        public_id = _named(request)
        with snapshot(self.engine) as connection:
            found = incidents.incident(connection, public_id)
            if found is None:
                return not_found(self.pages, request, _("There is no incident with this number."))
            sent = read_form(visit, connection, found)
            alike = _alike(visit, connection, found, sent) if not sent.typed.errors else []
        if sent.typed.errors or alike:
            return self._page(request, visit, sent.typed, status=422, alike=alike)
        try:
            address = self._do(visit, public_id, sent)
        except NewerVersion as newer:
            return self._newer(request, visit, sent, newer)
        except DoneAlready:
            raise
        except RefusedAction as refusal:
            return self._page(request, visit, replace(sent.typed, errors={"act": str(refusal)}), status=422)
        done = visit.last()
        if address:
            return RedirectResponse(at(f"/desk/incidents/{address}?{_way(request, done=done)}"), 303)
        opened.close_incident(self.engine, incident=public_id, editor=visit.editor.name)
        return RedirectResponse(at(f"/desk/next?{_way(request, done=done)}"), 303)

    def _do(self, visit: Visit, public_id: str, sent: Sent) -> str:
        """Carries an act out. Returns the incident to go on with, or nothing for the next of the queue. Raises RefusedAction."""
        engine, other = self.engine, public_id_of(visit.typed("other")) or visit.typed("other")
        about: dict[str, Any] = {"editor": visit.editor.name, "reason": sent.reason, "token": visit.once}
        about["seen"] = sent.seen
        match sent.act:
            case "save" | "save_accept":
                given = about | {"values": sent.values, "evidence": sent.evidence, "withdrawn": sent.back}
                decisions.correct(engine, incident=public_id, accepted=sent.act == "save_accept", **given)
                return public_id if sent.act == "save" else ""
            case "accept":
                decisions.accept(engine, incident=public_id, **about)
            case "reject":
                decisions.reject(engine, incident=public_id, ground=visit.typed("ground"), **about)
            case "reopen":
                decisions.reopen(engine, incident=public_id, **about)
                return public_id
            case "merge":
                decisions.merge(engine, incident=public_id, into=other, **about)
                return other
            case "not_same":
                decisions.not_same(engine, incident=public_id, other=other, **about)
                return public_id
            case "split":
                mentions = [int(one) for one in visit.listed("mention") if one.isdecimal() and len(one) < 19]
                return decisions.split(engine, incident=public_id, mentions=mentions, **about)
            case _:
                raise RefusedAction(_("There is no such act: %(act)s", act=repr(sent.act[:40])))
        return ""

    def _newer(self, request: Request, visit: Visit, sent: Sent, newer: NewerVersion) -> Response:
        """The form with what the editor typed and what somebody else saved meanwhile, field by field: neither is lost."""
        with snapshot(self.engine) as connection:
            found = incidents.incident(connection, newer.incident)
            if found is None or found.incident.review_status in CLOSED_STATUSES:
                return visit.refused(newer, status=409)
            if newer.incident != _named(request):
                return self._page(request, visit, replace(sent.typed, errors={"act": str(newer)}, seen=None), status=409)
            changes = desk.newer(connection, found.incident.id, sent.seen or 0)
            theirs, now = shown(desk.held(connection, found.incident.id)), reference.data_revision(connection)
        # What the editor did not touch is as it was saved meanwhile; what both changed is the editor's, with the other beside it.
        values = {field: theirs[field] if text == sent.opened[field] else text for field, text in sent.typed.values.items()}
        said = _("Somebody else changed it since you opened it. What they did stands beside each field; look, and send it again.")
        typed = replace(sent.typed, values=values, errors={"act": said}, newer=changes, seen=now)
        return self._page(request, visit, typed, status=409)

    def _page(self, request: Request, visit: Visit, typed: Typed | None, *, status: int = 200, alike: Any = ()) -> Response:
        public_id = _named(request)
        with snapshot(self.engine) as connection:
            found = incidents.incident(connection, public_id)
            if found is None:
                return not_found(self.pages, request, _("There is no incident with this number."))
            if found.merged_into:
                return RedirectResponse(at(f"/desk/incidents/{found.merged_into}?{_way(request)}"), 303)
            context = self._context(connection, request, found, typed)
        held = None if found.incident.review_status in CLOSED_STATUSES else self._open(visit, public_id)
        context |= {
            "alike": alike,
            "holder": held.name if held and not held.yours else "",
            "token": visit.token(),
            "typed": {name: visit.typed(name) for name in ("reason", "ground", "other")},
            "way": _way(request),
        }
        return visit.page("desk/review.html", context, status=status)

    def _context(self, connection: Connection, request: Request, found: IncidentPage, typed: Typed | None) -> dict[str, Any]:
        incident, names = found.incident, reference.names(connection)
        held, corrected = desk.held(connection, incident.id), desk.corrections(connection, incident.id)
        twins, candidate = review.twins(connection, incident.public_id), queue.candidate(connection, incident.id)
        alike = desk.similar(connection, held["base"] or "", incident.date_start, incident.date_end, but=[incident.id])
        return {
            "found": found,
            "incident": incident,
            "heading": heading(incident),
            "panels": panels(found, desk.texts(connection, incident.id), corrected),
            "marks_of": marks_of,
            "parts": parts(found, typed or Typed(shown(held), {}, {}), corrected, names),
            "errors": typed.errors if typed else {},
            "held": shown(held),
            # A form that comes back was filled in before what was saved since; one that tells of that has seen it.
            "seen": typed.seen if typed and typed.seen is not None else reference.data_revision(connection),
            "twins": [(one.other if one.one == incident.public_id else one.one, in_words(one.reasons)) for one in twins],
            "similar": alike,
            "grounds": [(code, word("ground", code)) for code in GROUNDS],
            "kinds": [word("queue", kind) for kind in candidate.kinds] if candidate else [],
            "closed": incident.review_status in CLOSED_STATUSES,
            **review_history(connection, found, names),
        }


def read_form(visit: Visit, connection: Connection, found: IncidentPage) -> Sent:
    """What a posted form asks for, measured against the incident as the editor saw it."""
    seen, reason, act = number_of(visit.typed("seen")), visit.typed("reason"), visit.typed("act")
    names = reference.names(connection)
    opened = desk.held_at(connection, found.incident.id, seen if seen is not None else reference.data_revision(connection))
    values = shown(opened) | {one.field: str(visit.form[one.field]) for one in forms.FIELDS if one.field in visit.form}
    named = {one.field: visit.typed(f"words-{one.field}") for one in forms.FIELDS}
    evidence = {field: words for field, name in named.items() if name and (words := words_of(connection, name))}
    reason = reason or (AS_MARKED if evidence and act in SAVES else "")
    known = {"bases": names.bases, "actors": names.actors, "sources": names.sources}
    checked = forms.read(values, known=known, published=earliest(found), held=opened, reason=reason)
    back = [field for field in visit.listed("withdraw") if field in values]
    wanted = {*checked.changed, *(evidence if not checked.errors else ())} - {*back}
    corrected = {field: checked.values[field] for field in wanted}
    if act == "save_accept" and not (corrected or back or checked.errors):
        act = "accept"
    errors = {**checked.errors, **_problems(act, visit, is_typed=bool(corrected or back or checked.errors), reason=reason)}
    marked = {field: (named[field], words.quote) for field, words in evidence.items()}
    typed = Typed(values, marked, errors, seen=seen)
    return Sent(act, seen, reason, typed, shown(opened), corrected, evidence, back)


def _problems(act: str, visit: Visit, *, is_typed: bool, reason: str) -> dict[str, str]:
    """What is wrong with an act, whatever is wrong with its fields."""
    problems = {}
    if act in SAVES and not is_typed:
        problems["reason"] = _("Nothing was changed: there is nothing to save.")
    elif act in SAVES and not reason:
        problems["reason"] = _("Say why, or mark the words in the report that say so.")
    elif act not in SAVES and is_typed:
        problems["act"] = _("What you typed is not saved yet. Save it first, or take it back.")
    if act == "reject" and visit.typed("ground") not in GROUNDS:
        problems["ground"] = _("Choose on what ground.")
    if act == "reject" and not reason:
        problems["reason"] = _("Say why: readers of its address see it.")
    return problems


def _alike(visit: Visit, connection: Connection, found: IncidentPage, sent: Sent) -> Sequence[AnyRow]:
    """Other incidents much like this one would be, if it were saved; none where the editor has said that it is another."""
    if sent.act not in SAVES or "distinct" in visit.form or not {"base", "date_start", "date_end"} & set(sent.values):
        return []
    now = desk.held(connection, found.incident.id) | dict(sent.values)
    return desk.similar(connection, now["base"] or "", *forms.days_of(now), but=[found.incident.id])


def words_of(connection: Connection, named: str) -> Evidence | None:
    """The words of a report that a form names as report:start:end, counted as a browser counts; None where there are none."""
    parts = named.split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        return None
    report_id, start, end = map(int, parts)
    text = desk.text_of(connection, report_id)
    if text is None:
        return None
    first, last = as_stored(text, start), as_stored(text, end)
    quote = text[first:last]
    return Evidence(report_id, first, last, quote) if quote.strip() else None


def _named(request: Request) -> str:
    return public_id_of(str(request.path_params["name"])) or ""


def _way(request: Request, **more: object) -> str:
    """The way that the editor came: the filter and the place in the queue, without what was done before."""
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] != "done"]
    return urlencode([*pairs, *more.items()])
