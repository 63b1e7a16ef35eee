"""A page under the filter of its address: the same form, sentence, chips and refusals on each."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine
from starlette.requests import Request
from starlette.responses import Response

from app.db import snapshot
from app.language import _, ngettext
from app.queries import counts, reference, search, tallies
from app.queries.filter import BadFilter, IncidentFilter
from app.web import citing
from app.web.options import read_options
from app.web.render import Pages, is_fragment, moved
from app.web.view import filter_form, loosenings, presets, read_filter

More = Callable[[Connection, IncidentFilter, Mapping[str, reference.Site]], dict[str, Any]]
"""What a page shows beside the form and the headline."""
IN_TURN = Lock()
"""These pages are made one after the other. Each lets go of the interpreter with every row that it reads: several at once would
pass it to and fro, and all of them would take half as long again."""


def filtered(pages: Pages, request: Request, engine: Engine, template: str, more: More) -> Response:
    """A page under the filter of its address; with a filter that cannot be, the form alone, saying what was wrong."""
    if "q" in request.query_params:
        # Not in its turn: where a word stands that nobody asked for yet takes SQLite a while, in which it needs no interpreter.
        with snapshot(engine) as connection, suppress(BadFilter):
            search.look_up(connection, read_filter(request, reference.names(connection)).one("q"))
    with IN_TURN, snapshot(engine) as connection:
        return _filtered(pages, request, connection, template, more)


def _filtered(pages: Pages, request: Request, connection: Connection, template: str, more: More) -> Response:
    sites, names = reference.sites(connection), reference.names(connection)
    try:
        chosen = read_filter(request, names)
    except BadFilter as problem:
        facets = counts.facets(connection, problem.kept)
        form = filter_form(request, problem.kept, sites, names, facets, problem=problem)
        broken = {"form": form, "chosen": problem.kept, "broken": True, "announced": _("This filter cannot be used")}
        return pages.answer(request, template, broken, status=400)
    if "" in request.query_params.values() and not is_fragment(request):
        # A form without script sends its empty fields too: the address stays short enough to share.
        return moved(request.url.path + chosen.query(**read_options(request)))
    headline, beside = counts.headline(connection, chosen), tallies.latest_of(connection)
    coverage, revision = counts.coverage(connection), reference.revision(connection)
    years = counts.by_year(connection, chosen)
    spans = presets(request, chosen, years, coverage.last, beside.start if beside else None)
    form = filter_form(request, chosen, sites, names, counts.facets(connection, chosen), presets=spans)
    number = ngettext("%(num)s incident reported", "%(num)s incidents reported", headline.total)
    context = {
        "form": form,
        "announced": f"{number} {form.sentence}",
        "loosen": [] if headline.total else loosenings(request, chosen, names, counts.loosened(connection, chosen)),
        "headline": headline,
        "beside": beside,
        # A total stands beside what it counts: all weapons, sources and outcomes, in its own days or in all of the register's.
        "total_beside": beside is not None and chosen.but("base") in (IncidentFilter(), beside.chosen, beside.chosen.but("to")),
        "coverage": coverage,
        "chosen": chosen,
        "broken": False,
        "sites": sites,
        "citation": citing.offer(citing.of_list(request, chosen, names, headline.total, revision), "/incidents", chosen.query()),
        "since": citing.since_list(request, connection, chosen, revision),
        **more(connection, chosen, sites),
    }
    return pages.answer(request, template, context, push=request.url.path + chosen.query(**read_options(request)))
