"""The desk's first page: what needs a person, most valuable first, and the way to the next of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions.revision import now
from app.db import snapshot
from app.fields import GROUNDS
from app.language import _, at, ngettext
from app.queries import counts, queue, reference
from app.queries.filter import BadFilter
from app.web.desk.guard import Desk, Visit
from app.web.options import read_options
from app.web.render import is_fragment, moved
from app.web.view import Link, filter_form, loosenings, read_filter
from app.web.words import word

PAGE = 50
Query = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of candidates: its words, how many there are, and where they stand."""

    kind: str
    label: str
    count: int
    href: str
    current: bool


class Queue:
    """The routes of the queue."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.engine = desk, desk.engine

    def router(self) -> APIRouter:
        """/desk, and /desk/next, which leads to a candidate that nobody else has open."""
        router = APIRouter()
        self.desk.add(router, "/desk", self.list)
        self.desk.add(router, "/desk/next", self.next)
        return router

    def list(self, request: Request, visit: Visit) -> Response:
        asked, moment = read_options(request), now()
        kind, after = asked.get("kind", ""), request.query_params.get("after", "")
        with snapshot(self.engine) as connection:
            sites, names = reference.sites(connection), reference.names(connection)
            try:
                chosen = read_filter(request, names)
            except BadFilter as problem:
                form = filter_form(request, problem.kept, sites, names, counts.facets(connection, problem.kept), problem=problem)
                return visit.page("desk/queue.html", {"form": form, "broken": True}, status=400)
            if "" in request.query_params.values() and not is_fragment(request):
                return moved(request.url.path + chosen.query(**asked))
            found = queue.counts(connection, chosen)
            form = filter_form(request, chosen, sites, names, counts.facets(connection, chosen))
            without = {key: queue.counts(connection, chosen.but(key))[kind] for key, _values in chosen.chosen if not found[kind]}
            context = {
                "form": form,
                "broken": False,
                "chosen": chosen,
                "kind": kind,
                "why": next((_(reason.why) for reason in queue.REASONS if reason.kind == kind), ""),
                "tabs": _tabs(request, chosen.query, found, kind),
                "total": found[kind],
                "announced": ngettext("%(num)s incident needs a person", "%(num)s incidents need a person", found[kind]),
                "page": queue.page(connection, chosen, kind, size=PAGE, after=after),
                "after": after,
                "seen": reference.data_revision(connection),
                "opened": queue.opened(connection, now=moment),
                "loosen": loosenings(request, chosen, names, without) if without else _elsewhere(request, chosen.query, found),
                "grounds": [(ground, word("ground", ground)) for ground in GROUNDS],
            }
        return visit.page("desk/queue.html", context)

    def next(self, request: Request, visit: Visit) -> Response:
        asked, after = read_options(request), request.query_params.get("after", "")
        kind, done = asked.get("kind", ""), request.query_params.get("done", "")
        told = asked | ({"done": done} if done else {})  # what was done before is told on the page that comes next
        with snapshot(self.engine) as connection:
            try:
                chosen = read_filter(request, reference.names(connection))
            except BadFilter:
                return RedirectResponse(f"{at('/desk')}?{request.url.query}", 303)
            found = queue.next_of(connection, visit.editor.id, chosen, kind, now=now(), after=after)
        if found is None:
            return RedirectResponse(at("/desk") + chosen.query(**told), 303)
        public_id, place = found
        return RedirectResponse(at(f"/desk/incidents/{public_id}") + chosen.query(**told, after=place), 303)


def _address(request: Request, query: Query, kind: str) -> str:
    return request.url.path + (query(kind=kind) if kind else query())


def _tabs(request: Request, query: Query, found: Mapping[str, int], current: str) -> list[Tab]:
    """All, then the kinds that there are; and the one that is looked at."""
    return [
        Tab(kind, word("queue", kind), number, _address(request, query, kind), kind == current)
        for kind, number in found.items()
        if number or kind in ("", current)
    ]


def _elsewhere(request: Request, query: Query, found: Mapping[str, int]) -> list[Link]:
    """Where a kind has nothing: the whole queue, if that has something."""
    return [Link(word("queue", ""), _address(request, query, ""), found[""])] if found[""] else []
