"""The pages of bases, sources and actors for administrators: lists, forms, names with what they would change, and history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app import entries, jobs
from app.actions import entries as acts
from app.actions.acts import DoneAlready, NewerVersion
from app.actions.entries import Alike, Signed
from app.actions.entry import RefusedFields
from app.actions.jobs import ask
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.effects import Effects, effects
from app.entries import BadEntry, Step
from app.language import N_, _, at
from app.queries import desk_reference
from app.queries import reference as stored
from app.queries.desk_reference import Entry
from app.settings import Settings
from app.web.desk.guard import Desk, Visit
from app.web.errors import not_found

FOLDERS = {"base": "bases", "source": "sources", "actor": "actors"}
TITLES = {"base": N_("Bases"), "source": N_("Sources"), "actor": N_("Actors")}
NEW = {"base": N_("Add a base"), "source": N_("Add a source"), "actor": N_("Add an actor")}
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """An act that a form asks for: the steps that it takes, and what it does once they are known to be wanted."""

    steps: Sequence[Step]
    act: Any


class ReferencePages:
    """The routes of bases, sources and actors."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.desk, self.engine, self.settings = desk, desk.engine, settings

    def router(self) -> APIRouter:
        """/desk/bases, /desk/bases/new and /desk/bases/al-tanf; the same of sources and actors."""
        router = APIRouter()
        for subject, folder in FOLDERS.items():
            for path, show, act in (
                (f"/desk/{folder}", self.list, None),
                (f"/desk/{folder}/new", self.blank, self.add),
                (f"/desk/{folder}/{{slug}}", self.page, self.act),
            ):
                self.desk.add(router, path, partial(show, subject), role="admin")
                if act is not None:
                    self.desk.add(router, path, partial(act, subject), methods=("POST",), role="admin")
        return router

    def list(self, subject: str, request: Request, visit: Visit) -> Response:
        sought = request.query_params.get("q", "").strip()[:LONGEST_SEARCH]
        with snapshot(self.engine) as connection:
            rows = desk_reference.listed(connection, subject, sought)
        return visit.page("desk/entries.html", self._named(subject) | {"rows": rows, "sought": sought})

    def blank(self, subject: str, _request: Request, visit: Visit) -> Response:
        return self._blank(subject, visit)

    def _blank(self, subject: str, visit: Visit, errors: Mapping[str, str] | None = None, problem: str = "") -> Response:
        with snapshot(self.engine) as connection:
            others = desk_reference.slugs(connection, subject)
        typed = {name: visit.typed(name) for name in ("slug", *(field.name for field in entries.FIELDS[subject]))}
        context = {
            "typed": typed,
            "errors": errors or {},
            "problem": problem,
            "others": others,
            "fields": entries.FIELDS[subject],
        }
        return visit.page("desk/new_entry.html", self._named(subject) | context, status=422 if errors or problem else 200)

    def add(self, subject: str, _request: Request, visit: Visit) -> Response:
        try:
            acts.add_entry(self.engine, subject=subject, slug=visit.typed("slug"), typed=_Typed(visit), by=_signed(visit))
        except RefusedFields as refused:
            return self._blank(subject, visit, refused.errors)
        return RedirectResponse(self._address(subject, visit.typed("slug")), 303)

    def page(self, subject: str, request: Request, visit: Visit) -> Response:
        return self._page(subject, request, visit)

    def act(self, subject: str, request: Request, visit: Visit) -> Response:
        """Does what the pressed button says; where it changes more than the entry itself, what that is is shown first."""
        with snapshot(self.engine) as connection:
            found = desk_reference.entry(connection, subject, request.path_params["slug"])
        if found is None:
            return self._missing(request, visit)
        try:
            asked = self._asked(visit, found)
            if visit.typed("act") != "undo" and not visit.typed("reason"):
                raise BadEntry({f"reason_{visit.typed('act')}": _("Say why.")})
            with snapshot(self.engine) as connection:
                told = effects(connection, subject, found.slug, asked.steps)
                settled = desk_reference.settled_by(connection, subject, found.id, asked.steps)
            if (settled or (told and told.found)) and not visit.typed("sure"):
                return self._preview(visit, found, asked.steps, told, settled)
            revision = asked.act(by=_signed(visit, told))
        except (BadEntry, RefusedFields) as refused:
            return self._page(subject, request, visit, errors=refused.errors, status=422)
        except NewerVersion as newer:
            return self._page(subject, request, visit, newer=newer.latest, status=409)
        except DoneAlready:
            raise
        except RefusedAction as refusal:
            return self._page(subject, request, visit, problem=str(refusal), status=422)
        if told and told.otherwise:
            job = ask(self.engine, editor=visit.editor.name, reason=visit.typed("reason"), reports=list(told.otherwise))
            jobs.start(self.settings, job)
            return RedirectResponse(at(f"/desk/jobs/{job}"), 303)
        is_gone = any(step.field == "slug" and step.after is None for step in asked.steps)
        return RedirectResponse(self._address(subject, "" if is_gone else f"{found.slug}?saved={revision}"), 303)

    def _asked(self, visit: Visit, found: Entry) -> Asked:
        """What the form asks for. Raises BadEntry and RefusedAction."""
        subject, typed = found.subject, _Typed(visit)
        of: dict[str, Any] = {"slug": found.slug}
        named = {"subject": subject, **of}
        match visit.typed("act"):
            case "save":
                steps = entries.differences(subject, found.fields, entries.read_entry(subject, typed))
                return Asked(steps, partial(acts.save_entry, self.engine, typed=typed, **named))
            case "add_alias":
                steps = [Step("alias", None, entries.read_alias(subject, typed))]
                return Asked(steps, partial(acts.add_alias, self.engine, typed=typed, **named))
            case "remove_alias":
                steps = [Step("alias", found.alias(visit.typed("alias")), None)]
                return Asked(steps, partial(acts.remove_alias, self.engine, alias=visit.typed("alias"), **named))
            case "add_status":
                steps = [Step("status", None, entries.read_status(typed))]
                return Asked(steps, partial(acts.add_base_status, self.engine, typed=typed, **of))
            case "remove_status":
                number = _number(visit.typed("status"))
                steps = [Step("status", found.status(number), None)]
                return Asked(steps, partial(acts.remove_base_status, self.engine, status_id=number, **of))
            case "undo":
                revision = _number(visit.typed("revision"))
                with snapshot(self.engine) as connection:
                    undoing = desk_reference.undoing(connection, revision)
                if undoing is None or undoing[:2] != (subject, found.slug):
                    raise RefusedAction(f"revision {revision} is no act on {found.slug}")
                return Asked(undoing[2], partial(acts.undo_entry, self.engine, revision=revision))
            case other:
                raise RefusedAction(_("There is no such act: %(act)s", act=repr(other[:40])))

    def _preview(self, visit: Visit, found: Entry, steps: Sequence[Step], told: Effects | None, settled: int) -> Response:
        context = {
            "entry": found,
            "steps": steps,
            "effects": told,
            "settled": settled,
            "carried": [(name, value) for name, value in visit.form.multi_items() if isinstance(value, str) and name != "sure"],
            "row_of": entries.row_of,
        }
        return visit.page("desk/entry_effects.html", self._named(found.subject) | context)

    def _page(
        self,
        subject: str,
        request: Request,
        visit: Visit,
        *,
        errors: Mapping[str, str] | None = None,
        problem: str = "",
        newer: int = 0,
        status: int = 200,
    ) -> Response:
        with snapshot(self.engine) as connection:
            found = desk_reference.entry(connection, subject, request.path_params["slug"])
            if found is None:
                return self._missing(request, visit)
            context = {
                "entry": found,
                "history": desk_reference.history(connection, subject, found.id),
                "others": desk_reference.slugs(connection, subject),
                # A form that comes back was opened when it was opened; one over which somebody saved is shown what is so now.
                "seen": stored.data_revision(connection) if newer or not visit.typed("seen") else visit.typed("seen"),
            }
        act = visit.typed("act") if status != 200 else ""
        is_typed = act == "save"
        held = {field.name: found.fields[field.name] or "" for field in entries.FIELDS[subject]}
        more = {
            "fields": entries.FIELDS[subject],
            "held": held,
            "typed": {name: visit.typed(name) if is_typed else value for name, value in held.items()},
            "acted": act,
            "errors": _placed(errors or {}, act),
            "problem": problem,
            "newer": newer,
            "saved": request.query_params.get("saved", ""),
            "row_of": entries.row_of,
        }
        return visit.page("desk/entry.html", self._named(subject) | context | more, status=status)

    def _named(self, subject: str) -> dict[str, Any]:
        return {"subject": subject, "folder": FOLDERS[subject], "title": _(TITLES[subject]), "new": _(NEW[subject])}

    def _address(self, subject: str, rest: str) -> str:
        return at(f"/desk/{FOLDERS[subject]}/{rest}".rstrip("/"))

    def _missing(self, request: Request, visit: Visit) -> Response:
        return not_found(visit.pages, request, _("Nothing in the register is called that."))


class _Typed(dict[str, str]):
    """What was posted, field by field."""

    def __init__(self, visit: Visit) -> None:
        super().__init__({name: visit.typed(name) for name in visit.form})


def _signed(visit: Visit, told: Effects | None = None) -> Signed:
    alike = Alike(told.before, told.after, told.seen, told.otherwise) if told else None
    seen = _number(visit.typed("seen")) if visit.typed("act") == "save" else None
    return Signed(visit.editor.name, visit.typed("reason"), visit.once, seen, alike)


def _placed(errors: Mapping[str, str], act: str) -> dict[str, str]:
    """What was wrong, by the field of the page: each form of it has a reason of its own."""
    return {f"reason_{act}" if name == "reason" else name: why for name, why in errors.items()}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
