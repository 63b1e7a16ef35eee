"""The pages on which drawn reports are read whole: the machine's reading shows only when an editor has finished theirs."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions import sampling
from app.actions.acts import DoneAlready
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.evaluate.card import ATTACK_FIELDS, TOTAL_FIELDS, matched_attacks, matched_totals, said
from app.evaluate.matching import Matched
from app.extract import Reader
from app.fields import BOUNDS, DATE_PRECISIONS, NON_STRIKE_KINDS, OUTCOMES, TIMES_OF_DAY, UNSPECIFIED, WEAPONS
from app.language import _, at, listed
from app.queries import desk_sample, reference
from app.queries.desk_sample import ToRead
from app.queries.reference import Names
from app.web.card import FIELDS, field_name
from app.web.claims import value_words
from app.web.desk import sample_form
from app.web.desk.guard import Desk, Visit
from app.web.guide import guide
from app.web.words import word

OFFERED = 20
"""Reports that are drawn at once, unless another number is typed."""


class SamplePages:
    """The routes of the sample."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.engine = desk, desk.engine

    def router(self) -> APIRouter:
        """/desk/sample, and each drawn report under it by its number."""
        router = APIRouter()
        self.desk.add(router, "/desk/sample", self.list)
        self.desk.add(router, "/desk/sample", self.draw, methods=("POST",), role="admin")
        self.desk.add(router, "/desk/sample/{report_id}", self.show)
        self.desk.add(router, "/desk/sample/{report_id}", self.post, methods=("POST",))
        return router

    def list(self, _request: Request, visit: Visit) -> Response:
        return self._list(visit)

    def _list(self, visit: Visit, *, errors: Mapping[str, str] | None = None, status: int = 200) -> Response:
        with snapshot(self.engine) as connection:
            drawn, left = desk_sample.drawn(connection, visit.editor.id), desk_sample.undrawn(connection)
        context = {
            "drawn": drawn,
            "next": next((one for one in drawn if one.is_open), None),
            "open": sum(one.is_open for one in drawn),
            "left": left,
            "most": sampling.MOST,
            "errors": errors or {},
            "typed": {"number": visit.typed("number") or str(OFFERED), "twice": visit.typed("twice") or str(OFFERED // 4)},
        }
        return visit.page("desk/sample.html", context, status=status)

    def draw(self, _request: Request, visit: Visit) -> Response:
        number, twice, drawn = (_whole(visit.typed(name)) for name in ("number", "twice", "drawn"))
        errors = {}
        if number is None or not 1 <= number <= sampling.MOST:
            errors["number"] = _("Write a number from 1 to %(most)s.", most=sampling.MOST)
        elif twice is None or twice > number:
            errors["twice"] = _("Write a number from 0 to %(most)s.", most=number)
        if errors or number is None or twice is None:
            return self._list(visit, errors=errors, status=422)
        with snapshot(self.engine) as connection:
            reader = Reader.of(reference.gazetteer(connection))
        try:
            sampling.draw(self.engine, number=number, twice=twice, drawn=drawn, editor=visit.editor.name, reader=reader)
        except RefusedAction as refusal:
            return self._list(visit, errors={"number": str(refusal)}, status=422)
        return RedirectResponse(at("/desk/sample"), 303)

    def show(self, request: Request, visit: Visit) -> Response:
        found, names = self._find(request, visit)
        if found is None:
            return visit.refused(_("This report was not drawn."), status=404)
        if found.annotation is not None:
            parts = compared(found.annotation, found.found, names)
            return visit.page("desk/sample_read.html", {"report": found, "parts": parts})
        if not found.is_open:
            why = _("There is nothing to read: others have finished this report, or its text was taken down.")
            return visit.refused(why, status=409)
        return self._form(visit, found, names, sample_form.typed({}))

    def post(self, request: Request, visit: Visit) -> Response:
        """Another row, which stores nothing; or the reading, which is finished."""
        found, names = self._find(request, visit)
        if found is None:
            return visit.refused(_("This report was not drawn."), status=404)
        wanted = visit.typed("do")
        form = sample_form.typed(visit.form, more=wanted)
        if wanted != "finish":
            return self._form(visit, found, names, form)
        report, editor, token = found.report_id, visit.editor.name, visit.once
        read = sample_form.read(form, report=report, lang=found.lang, published=found.published, names=names)
        if read.errors:
            return self._form(visit, found, names, form, read.errors)
        try:
            with suppress(DoneAlready):  # the form was sent twice: the first time it was kept
                sampling.finish_reading(self.engine, report=report, annotation=read.annotation, editor=editor, token=token)
        except RefusedAction as refusal:
            return self._form(visit, found, names, form, {"all": str(refusal)})
        return RedirectResponse(at(f"/desk/sample/{report}"), 303)

    def _find(self, request: Request, visit: Visit) -> tuple[ToRead | None, Names]:
        number = _whole(request.path_params["report_id"])
        with snapshot(self.engine) as connection:
            found = desk_sample.to_read(connection, number, visit.editor.id) if number else None
            return found, reference.names(connection)

    def _form(
        self, visit: Visit, found: ToRead, names: Names, form: sample_form.Typed, errors: Mapping[str, str] | None = None
    ) -> Response:
        context = {
            "report": found,
            "form": form,
            "errors": errors or {},
            "choices": _choices(names),
            "counts": ("munitions_low", "munitions_high"),
            "inputs": sample_form.ATTACK,
            "origins": sample_form.ORIGINS,
            "kinds": NON_STRIKE_KINDS,
            "sources": sorted(names.sources.values()),
            "most": sample_form.MOST,
            "guide": guide,
        }
        return visit.page("desk/sample_form.html", context, status=422 if errors else 200)


def _whole(text: str) -> int | None:
    """The number that digits of either script say, up to nine of them."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _choices(names: Names) -> dict[str, list[tuple[str, str]]]:
    """What each choice of the form offers: codes with their words; nothing chosen is not known."""
    bases = sorted(((slug, name) for slug, name in names.bases.items() if slug != UNSPECIFIED), key=lambda one: one[1])
    actors = sorted(names.actors.items(), key=lambda one: one[1])
    coded = {"date_precision": DATE_PRECISIONS, "time_of_day": TIMES_OF_DAY, "weapon": WEAPONS, "outcome": OUTCOMES}
    choices = {field: [(code, word(field, code)) for code in codes if code != "unknown"] for field, codes in coded.items()}
    choices |= {"base": bases, "claimed_by": actors, "attributed_to": actors}
    scopes = [*((code, _scope_words(code, names)) for code in sample_form.SCOPES), *bases]
    bounds: list[tuple[str, str]] = [(code, word("bound", code) or _("exactly")) for code in BOUNDS]
    return {field: [("", ""), *offered] for field, offered in choices.items()} | {"scope": [("", ""), *scopes], "bound": bounds}


def _scope_words(scope: str, names: Names) -> str:
    return _("another place") if scope == "other:" else names.bases.get(scope) or word("scope", scope)


# ── The two readings beside each other ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Compared:
    """An attack or a total as the editor and the machine read it: `rows` of field, one reading, the other, if they are the same.

    `who` is both, or the one of the two (editor, machine) who alone tells of it.
    """

    title: str
    who: str
    rows: list[tuple[str, str, str, bool]]


def compared(told: Mapping[str, Any], found: Mapping[str, Any], names: Names) -> dict[str, list[Compared]]:
    """What an editor read and what the machine had found, under headings."""
    attacks = list(_beside(matched_attacks(told, found), ("base", "date"), ATTACK_FIELDS, names))
    totals = list(_beside(matched_totals(told, found), ("count", "scope"), TOTAL_FIELDS, names))
    kinds = [{event["type"] for event in line["non_strike_events"]} for line in (told, found)]
    others = [
        Compared(word("non_strike", kind), "both" if all(kind in one for one in kinds) else _alone(kind in kinds[0]), [])
        for kind in NON_STRIKE_KINDS
        if any(kind in one for one in kinds)
    ]
    return {_("Attacks"): attacks, _("Running totals"): totals, _("Looks like a strike and is none"): others}


def _alone(is_editor: bool) -> str:
    return "editor" if is_editor else "machine"


Line = Mapping[str, Any]


def _beside(matched: Matched[Line, Line], key: tuple[str, ...], fields: Iterable[str], names: Names) -> Iterable[Compared]:
    alone = [*((one, {}) for one in matched.missed), *(({}, one) for one in matched.extra)]
    for told, found in [*matched.pairs, *alone]:
        both = bool(told and found)
        title = listed(filter(None, (_words(name, said(name, told or found), names) for name in key)))
        sides = [(name, said(name, told), said(name, found)) for name in (*key, *fields)]
        rows = [
            (
                field_name(name),
                _words(name, one, names),
                _words(name, other, names),
                one == other or (name in key and both),
            )
            for name, one, other in sides
            if one or other
        ]
        yield Compared(title or _("Base and day not known"), "both" if both else _alone(bool(told)), rows)


def _words(name: str, values: Iterable[Any], names: Names) -> str:
    """What one reading says in a field, in words; empty where it leaves it open."""
    return listed(sorted(_value_words(name, str(value), names) for value in values))


def _value_words(name: str, value: str, names: Names) -> str:
    match name:
        case "scope":
            return _scope_words(value, names)
        case "op":
            return word("bound", value) or _("exactly")
        case "since":
            return value_words("date_start", value, names)
        case "counter":
            return names.sources.get(value, value)
        case "count":
            return value_words("munitions_low", value, names)
    return value_words(FIELDS.get(name, name), value, names)
