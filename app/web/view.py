"""The filter as a page shows it: the form with counts beside each value, what is chosen as chips, and what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.requests import Request

from app.language import _
from app.queries.filter import FILTERS, BadFilter, Filter, IncidentFilter
from app.queries.reference import Site
from app.web.render import is_fragment
from app.web.words import word


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter in the form: its words, how many incidents it would show, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool
    child: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one filter in the form."""

    key: str
    label: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen value, and the address without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class FilterForm:
    """All that the form needs. `typed` is what stood in the address, right or wrong; `errors` belong to its keys;
    `unfolded` keeps the form open on a narrow screen while it is in use."""

    action: str
    typed: Mapping[str, str]
    groups: Sequence[Group] = ()
    chips: Sequence[Chip] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    unfolded: bool = False


def read_filter(request: Request, sites: Mapping[str, Site], *, strict: bool = False) -> IncidentFilter:
    """The filter that the request's address chooses. Raises BadFilter; with `strict`, for keys that are no filter as well."""
    pairs = [pair for pair in request.query_params.multi_items() if strict or pair[0] != "after"]
    return IncidentFilter.of(pairs, bases=sites, strict=strict)


def filter_form(
    request: Request,
    chosen: IncidentFilter,
    sites: Mapping[str, Site],
    facets: Mapping[str, Mapping[str, int]],
    *,
    problem: BadFilter | None = None,
) -> FilterForm:
    """The form of a page, with what is chosen or was typed."""
    groups = [Group("base", _("Base"), _base_choices(chosen, sites, facets["base"]))]
    groups += [Group(row.key, _(row.label), _code_choices(chosen, row, facets[row.key])) for row in FILTERS if row.column]
    return FilterForm(
        action=request.url.path,
        typed={row.key: (request.query_params.getlist(row.key) or [""])[-1] for row in FILTERS},
        groups=groups,
        chips=[
            Chip(_chip_words(row, value, sites), request.url.path + chosen.without(row.key, value).query())
            for row in FILTERS
            for value in chosen.values(row.key)
        ],
        errors=problem.errors if problem else {},
        unfolded=problem is not None or is_fragment(request),
    )


def _base_choices(chosen: IncidentFilter, sites: Mapping[str, Site], counts: Mapping[str, int]) -> list[Choice]:
    """Sites by their count, each followed by its children; those without an incident only where they are chosen."""
    picked = chosen.values("base")
    shown = []
    for site in sorted((one for one in sites.values() if one.parent is None), key=lambda one: -counts.get(one.slug, 0)):
        family = [site, *(one for one in sites.values() if one.parent == site.slug)]
        shown += [
            Choice(one.slug, one.short, counts.get(one.slug, 0), one.slug in picked, child=one.parent is not None)
            for one in family
            if counts.get(one.slug) or one.slug in picked
        ]
    return shown


def _code_choices(chosen: IncidentFilter, row: Filter, counts: Mapping[str, int]) -> list[Choice]:
    """The codes that have incidents or are chosen; a review status is listed even where nothing has it yet."""
    picked = chosen.values(row.key)
    return [
        Choice(code, word(row.column, code), count, code in picked)
        for code, count in counts.items()
        if count or code in picked or row.key == "status"
    ]


def _chip_words(row: Filter, value: str, sites: Mapping[str, Site]) -> str:
    if row.key == "base":
        return sites[value].short
    return word(row.column, value) if row.column else f"{_(row.label)}: {value}"
