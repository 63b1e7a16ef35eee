"""The list beside the map and the map's symbols, which say the same: counts and histories of sites → rows → symbols."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.fields import UNSPECIFIED
from app.language import _, at, listed, ngettext, number
from app.maps import Part, Symbol
from app.queries.counts import SiteCount, at_site
from app.queries.filter import IncidentFilter
from app.queries.reference import Event, Site
from app.web.words import reported, word

PROXY = 2
"""The geo_precision of a point that lies near the site."""
NO_STATE = "none"
"""Stands for the state of a base of which nothing has been reported yet."""


@dataclass(frozen=True, slots=True)
class Row:
    """One base in the list. `what` says in words what its symbol shows; `href` leads to what that rests on."""

    site: Site
    what: str
    href: str
    parts: tuple[Part, ...]
    count: int = 1
    children: Sequence[tuple[Site, int]] = ()
    events: Sequence[Event] = ()

    @property
    def placed(self) -> bool:
        """Whether it has a symbol: a base with a point, that is not counted under another."""
        return self.site.latitude is not None and self.site.parent is None

    @property
    def place(self) -> str:
        """How precisely its place is known, in words."""
        return word("geo_precision", self.site.geo_precision) if self.site.geo_precision else _("no place is known")


def count_rows(
    by_base: Iterable[SiteCount], shares: Mapping[str, Mapping[str, int]], split: str, chosen: IncidentFilter,
    sites: Mapping[str, Site], linked_from: str = "",
) -> list[Row]:  # fmt: skip
    """What each site has under the filter, split by a field. `linked_from` begins the links of a page that is read elsewhere."""
    return [
        Row(
            site=one.site,
            what=ngettext("%(num)s incident", "%(num)s incidents", one.count),
            href=linked_from + at("/incidents" + at_site(chosen, one.site, sites).query()),
            parts=tuple(Part(f"{split}-{code}", word(split, code), count) for code, count in shares[one.site.slug].items()),
            count=one.count,
            children=one.children,
        )
        for one in by_base
    ]


def status_rows(
    events: Iterable[Event], until: date | None, chosen: IncidentFilter, sites: Mapping[str, Site], linked_from: str = ""
) -> list[Row]:
    """The latest that was reported of each base itself up to a day; of the filter only the bases are heeded.

    A base that is counted under another has a row where something was reported of it.
    """
    named = chosen.values("base")
    latest: dict[str, list[Event]] = {}
    for one in events:  # the oldest first
        if until and one.day <= until:
            same_day = [former for former in latest.get(one.base, ()) if former.day == one.day]
            latest[one.base] = [*same_day, one]
    families = [[site, *(one for one in sites.values() if one.parent == site.slug)] for site in sites.values() if not site.parent]
    return [
        _status_row(site, latest.get(site.slug, ()), linked_from)
        for family in families
        for site in family
        if site.slug != UNSPECIFIED and (not site.parent or site.slug in latest)
        if not named or site.slug in named or site.parent in named
    ]


def _status_row(site: Site, events: Sequence[Event], linked_from: str) -> Row:
    states = list(dict.fromkeys(one.state for one in events)) or [NO_STATE]
    parts = tuple(Part(f"state-{state or 'other'}", word("base_state", state), 1) for state in states)
    what = listed(part.label for part in parts)
    if events:
        what = _("%(state)s, %(day)s", state=what, day=reported(events[0].when))
    return Row(site, what, linked_from + at(f"/bases/{site.slug}"), parts, events=events)


def steps(events: Iterable[Event]) -> dict[date, str]:
    """The days on which a history goes on, the first one first, each in words."""
    said: dict[date, dict[str, None]] = {}
    for one in events:  # a month is reached on its last day, of which something may be told too
        said.setdefault(one.day, {})[reported(one.when)] = None
    return {day: listed(words) for day, words in said.items()}


def symbols(rows: Iterable[Row], *, counted: bool) -> list[Symbol]:
    """The sites that have a point. `counted`: a symbol shows its count; else all are of one size."""
    return [
        Symbol(
            slug=row.site.slug,
            name=row.site.short,
            latitude=row.site.latitude,
            longitude=row.site.longitude,
            proxy=row.site.geo_precision == PROXY,
            count=row.count,
            written=number(row.count) if counted else "",
            parts=row.parts,
            told=_(": ").join((row.site.short, listed([row.what, *(_part(part) for part in row.parts if counted), row.place]))),
            href=row.href,
            rows=tuple(_popup_rows(row, counted)),
        )
        for row in rows
        if row.placed and row.site.latitude is not None and row.site.longitude is not None
    ]


def _part(part: Part) -> str:
    return f"{part.label} {number(part.count)}"


def _popup_rows(row: Row, counted: bool) -> Iterable[tuple[str, str]]:
    yield "", row.what
    if counted:
        yield from ((part.label, number(part.count)) for part in row.parts)
    yield from ((_("of which %(base)s:", base=child.short), number(count)) for child, count in row.children)
    yield from (("", one.event) for one in row.events)
    yield "", row.place


def legend(rows: Iterable[Row]) -> list[Part]:
    """Each colour that the rows use once, with its label and how much it stands for, the most frequent first."""
    found: dict[str, Part] = {}
    for part in (part for row in rows for part in row.parts):
        before = found[part.kind].count if part.kind in found else 0
        found[part.kind] = Part(part.kind, part.label, before + part.count)
    return sorted(found.values(), key=lambda part: -part.count)
