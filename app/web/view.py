"""The filter as a page shows it: the form with counts beside each value, what is chosen in words, and what was wrong."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from starlette.requests import Request

from app.language import _, digits, either, listed
from app.queries.filter import BY_KEY, FILTERS, NOBODY, BadFilter, Filter, IncidentFilter
from app.queries.reference import Names, Site
from app.web.options import read_options
from app.web.render import is_fragment
from app.web.words import day, word

OPEN = ("base", "weapon", "grading", "status")
"""The filters whose values are in sight before one is chosen."""
RECENT = 90
"""Days of the preset that ends where reports do."""


class Choice(NamedTuple):
    """One value of a filter in the form: its words, how many `incidents` it would show, and whether it is chosen."""

    value: str
    label: str
    incidents: int
    chosen: bool
    child: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one filter in the form."""

    key: str
    label: str
    choices: Sequence[Choice]

    @property
    def unfolded(self) -> bool:
        """Whether its values are in sight."""
        return self.key in OPEN or any(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to the same page under another filter; `count` is what that would show, where it is known."""

    label: str
    href: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class FilterForm:
    """All that the form needs. `typed` is what stood in the address, right or wrong; `errors` belong to its keys.

    `sentence` says what is shown; `chips` take one value away, `anew` all of them; `presets` choose days. `options` go with every
    address; `unfolded` keeps the form open on a narrow screen while it is in use.
    """

    action: str
    anew: str
    typed: Mapping[str, str]
    groups: Sequence[Group] = ()
    sentence: str = ""
    chips: Sequence[Link] = ()
    presets: Sequence[Link] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    unfolded: bool = False


def read_filter(request: Request, names: Names, *, only: Collection[str] | None = None) -> IncidentFilter:
    """The filter that the request's address chooses. Raises BadFilter.

    A page lets keys be that are no filter; an address of a file refuses them, but for those `only` that it takes itself.
    """
    pairs = [pair for pair in request.query_params.multi_items() if only is None or pair[0] not in only]
    return IncidentFilter.of(pairs, known=names.codes, strict=only is not None)


def filter_form(
    request: Request,
    chosen: IncidentFilter,
    sites: Mapping[str, Site],
    names: Names,
    facets: Mapping[str, Mapping[str, int]],
    *,
    presets: Sequence[Link] = (),
    problem: BadFilter | None = None,
) -> FilterForm:
    """The form of a page, with what is chosen or was typed."""
    path, options, errors = request.url.path, read_options(request), problem.errors if problem else {}
    return FilterForm(
        action=path,
        anew=path + IncidentFilter().query(**options),
        typed={row.key: _typed(request, row.key, chosen, errors) for row in FILTERS},
        groups=[
            Group(row.key, _(row.label), _choices(chosen, row, sites, names, facets[row.key]))
            for row in FILTERS
            if row.takes == "codes"
        ],
        sentence=sentence(chosen, names),
        chips=[
            Link(_said(row, [value], names), path + chosen.without(row.key, value).query(**options))
            for row in FILTERS
            for value in chosen.values(row.key)
        ],
        presets=presets,
        options=options,
        errors=errors,
        unfolded=problem is not None or is_fragment(request),
    )


def _typed(request: Request, key: str, chosen: IncidentFilter, errors: Mapping[str, str]) -> str:
    """What a field shows: what holds, or what was wrong as it was typed."""
    return request.query_params.getlist(key)[-1] if key in errors and key in request.query_params else chosen.one(key)


def sentence(chosen: IncidentFilter, names: Names) -> str:
    """What a filter shows, in words: at Al-Tanf or Conoco, weapon: Drone."""
    said = [_said(BY_KEY[key], values, names) for key, values in chosen.chosen]
    if not chosen.values("base") and not chosen.values("governorate"):
        said.insert(0, _("on coalition bases in Syria"))
    return listed(said)


def _said(row: Filter, values: Iterable[str], names: Names) -> str:
    return _(row.sentence, values=either(value_words(row, value, names) for value in values))


def value_words(row: Filter, value: str, names: Names) -> str:
    """A value of a filter in words."""
    match row.takes:
        case "day":
            return day(date.fromisoformat(value))
        case "words":
            return value
    if value == NOBODY and row.labels in ("actors", "governorate"):
        return _("nobody") if row.labels == "actors" else _("no name")
    named: Mapping[str, str] = getattr(names, row.labels, {})
    return named[value] if value in named else word(row.labels, value)


def presets(
    request: Request, chosen: IncidentFilter, years: Mapping[int, int], last: date | None, since: date | None
) -> list[Link]:
    """Spans of days to choose with one click: what a counter counts, the last days that reports reach, and each year."""
    spans: list[tuple[str, date, date | None]] = [(_("since %(day)s", day=day(since)), since, None)] if since else []
    if last:
        spans.append((_("the last %(num)s days of reports", num=RECENT), last - timedelta(days=RECENT - 1), last))
    links = [_preset(request, chosen, label, first, end) for label, first, end in spans]
    for year, count in years.items():
        links.append(_preset(request, chosen, digits(str(year)), date(year, 1, 1), date(year, 12, 31), count))
    return links


def _preset(
    request: Request, chosen: IncidentFilter, label: str, first: date, last: date | None, count: int | None = None
) -> Link:
    days = chosen.but("from", first.isoformat()).but("to", *([last.isoformat()] if last else []))
    return Link(label, request.url.path + days.query(**read_options(request)), count, days == chosen)


def loosenings(request: Request, chosen: IncidentFilter, names: Names, found: Mapping[str, int]) -> list[Link]:
    """What to take away where nothing was found, what would show most first."""
    links = [
        Link(
            _said(BY_KEY[key], values, names),
            request.url.path + chosen.but(key).query(**read_options(request)),
            found[key],
        )
        for key, values in chosen.chosen
    ]
    return sorted((link for link in links if link.count), key=lambda link: -(link.count or 0))


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


def _choices(
    chosen: IncidentFilter, row: Filter, sites: Mapping[str, Site], names: Names, counts: Mapping[str, int]
) -> list[Choice]:
    """The codes that have incidents or are chosen; a review status is listed even where nothing has it yet."""
    if row.key == "base":
        return _base_choices(chosen, sites, counts)
    picked = chosen.values(row.key)
    return [
        Choice(code, value_words(row, code, names), counts.get(code, 0), code in picked)
        for code in dict.fromkeys([*counts, *picked])
        if counts.get(code) or code in picked or row.key == "status"
    ]
