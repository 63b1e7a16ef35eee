"""The filter as a page shows it: the form with counts beside each value, what is chosen as chips, and what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

from starlette.requests import Request

from app.queries.filter import FILTERS, BadFilter, IncidentFilter
from app.queries.reference import Site
from app.web.render import is_fragment
from app.web.words import label


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter in the form: its words, how many incidents it would show, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool
    child: bool = False


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
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
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
    return FilterForm(
        action=request.url.path,
        typed={row.key: request.query_params.get(row.key, "") for row in FILTERS},
        choices={
            "base": _base_choices(chosen, sites, facets.get("base", {})),
            **{key: _code_choices(chosen, key, facets.get(key, {})) for key in ("weapon", "status")},
        },
        chips=[
            Chip(_chip_words(row.label, row.key, value, sites), request.url.path + chosen.without(row.key, value).query())
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


def _code_choices(chosen: IncidentFilter, key: str, counts: Mapping[str, int]) -> list[Choice]:
    return [
        Choice(code, _(label(key, code)), count, code in chosen.values(key))
        for code, count in counts.items()
        if count or code in chosen.values(key) or key == "status"
    ]


def _chip_words(filter_label: str, key: str, value: str, sites: Mapping[str, Site]) -> str:
    if key == "base":
        return sites[value].short
    if key in ("weapon", "status"):
        return _(label(key, value))
    return f"{_(filter_label)}: {value}"
