"""Findings of the audit in words: why each does not fit, its numbers line by line, and what they lead to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.db import AnyRow
from app.language import N_, _, at, number
from app.queries.counters import Audited
from app.queries.filter import IncidentFilter
from app.queries.reference import Site
from app.queries.tallies import TallyRow
from app.tallies import KINDS
from app.tallies.values import EVERYWHERE, Comparison, Finding, place_of
from app.web.words import count_range, day, word

HEADINGS = {
    "parts_differ": N_("Parts that do not sum"),
    "runs_backward": N_("Series that run backwards"),
    "relay_differs": N_("Relays that differ from the series they relay"),
    "stands_still": N_("Totals that stand still while incidents go on"),
    "grows_less": N_("Totals that grow by less than the register holds"),
    "ends_early": N_("Totals that end long before they are published"),
    "start_drifts": N_("Starts that drift"),
    "scope_widens": N_("Scopes that widen"),
    "period_differs": N_("Periods that are not the difference of two totals"),
    "rivals_differ": N_("Rival counters that are far apart"),
    "exceeds_register": N_("Totals that exceed the register"),
    "register_exceeds": N_("Totals that the register exceeds"),
}

WHY = {
    ("parts_differ", ""): N_("The parts that are given do not sum to the total."),
    ("runs_backward", "stale"): N_("%(publisher)s passed on an older figure of %(counter)s."),
    ("runs_backward", "lower"): N_("%(counter)s had given more before."),
    ("runs_backward", "higher"): N_("%(counter)s gave less later."),
    ("relay_differs", ""): N_("%(publisher)s gives more than %(counter)s gave later."),
    ("stands_still", ""): N_("The figure is the one given before, while the register holds incidents since."),
    ("grows_less", ""): N_("The figure has grown by less than what the register holds."),
    ("ends_early", ""): N_("It ends on %(end)s and was published on %(published)s; incidents went on."),
    ("start_drifts", ""): N_(
        "It says that it counts from %(start)s; its number continues a series that counts from %(other_start)s."
    ),
    ("scope_widens", ""): N_("%(counter)s had counted %(other_scope)s; this total covers %(scope)s, from the same start."),
    ("period_differs", ""): N_("The total for a period is not the difference of the running totals at its two ends."),
    ("rivals_differ", ""): N_("Two counters differ by more than a quarter over the same days; each counts by a rule of its own."),
    ("exceeds_register", ""): N_("It counts more than the register holds: not every attack that was counted is in the register."),
    ("register_exceeds", ""): N_("The register holds more than was counted in the same days."),
}

LINES = {
    "parts_differ": N_("%(part)s: %(figure)s stated; the parts sum to %(held)s."),
    "runs_backward": N_("%(part)s: %(figure)s on %(last)s, after %(low)s on %(first)s."),
    "relay_differs": N_("%(part)s: %(figure)s, between %(low)s on %(first)s and %(high)s on %(last)s."),
    "stands_still": N_("%(part)s: no growth; in the register %(window)s: %(held)s."),
    "grows_less": N_("%(part)s: grown by %(stated)s; in the register %(window)s: %(held)s."),
    "ends_early": N_("In the register %(window)s: %(held)s."),
    "period_differs": N_("%(part)s: %(figure)s stated; the difference is %(held)s."),
    "rivals_differ": N_("%(part)s: %(figure)s against %(held)s."),
    "exceeds_register": N_("%(part)s: %(figure)s stated; in the register: %(held)s."),
    "register_exceeds": N_("%(part)s: %(figure)s stated; in the register: %(held)s."),
}
BETWEEN = ("runs_backward", "higher")
"""The one reason whose line is that of another kind: a total too high lies between two others, like a relay's."""


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison in words, and the address of the register's incidents in its window."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a page shows it: the total it is about, those that it rests on, and all addresses of their pages."""

    finding: Finding
    row: TallyRow
    others: Sequence[TallyRow]
    why: str
    lines: Sequence[Line]
    href: str
    urls: Sequence[str]


def told(found: Audited, sites: Mapping[str, Site]) -> dict[str, list[Told]]:
    """All findings in words, by kind in the order of the checks."""
    by_kind: dict[str, list[Told]] = {kind: [] for kind in KINDS}
    for finding in found.findings:
        by_kind[finding.kind].append(_told(finding, found.rows, sites))
    return {kind: findings for kind, findings in by_kind.items() if findings}


def _told(finding: Finding, rows: Mapping[int, TallyRow], sites: Mapping[str, Site]) -> Told:
    row, others = rows[finding.tally], [rows[other] for other in finding.others]
    tally = row.tally
    values = _values(tally, others[0].tally if others else tally)
    return Told(
        finding=finding,
        row=row,
        others=others,
        why=_(WHY[finding.kind, finding.reason], **values),
        lines=[_line(finding, one, tally, sites) for one in finding.compared],
        href=held_address(Comparison(EVERYWHERE, 0, 0, 0, tally.start, tally.end or tally.published_date), tally.scope, sites),
        urls=list(dict.fromkeys(url for one in (row, *others) for url in (one.tally.urls or [one.tally.report_url]) if url)),
    )


def _values(tally: AnyRow, other: AnyRow) -> dict[str, str]:
    return {
        "counter": tally.counter_name or _("a counter that is not named"),
        "publisher": tally.publisher_name,
        "start": day(tally.start),
        "end": day(tally.end),
        "published": day(tally.published_date),
        "scope": word("scope", tally.scope),
        "other_start": day(other.start),
        "other_scope": word("scope", other.scope),
    }


def _line(finding: Finding, one: Comparison, tally: AnyRow, sites: Mapping[str, Site]) -> Line:
    pattern = LINES["relay_differs" if (finding.kind, finding.reason) == BETWEEN else finding.kind]
    values = {
        "part": part_name(one.part, tally.scope, sites),
        "figure": number(one.stated) if one.part else figure(tally),
        "stated": one.stated,
        "held": count_range(one.low, one.high),
        "low": one.low,
        "high": one.high,
        "first": day(one.first),
        "last": day(one.last),
        "window": window(one.first, one.last),
    }
    return Line(_(pattern, **values), held_address(one, one.part or tally.scope, sites))


def figure(tally: AnyRow) -> str:
    """A total with the words of its bound: 120, more than 120, about 170."""
    count = tally._mapping["count"]
    return number(count) if tally.bound == "=" else f"{word('bound', tally.bound)} {number(count)}"


def window(first: date | None, last: date | None) -> str:
    """A window of days in words."""
    if first == last:
        return _("on %(day)s", day=day(first))
    return _("from %(first)s to %(last)s", first=day(first), last=day(last))


def part_name(part: str, scope: str, sites: Mapping[str, Site]) -> str:
    """The name of a part: a base, a country, or the scope of the whole."""
    name = part or scope
    return sites[name].short if name in sites else word("scope", name)


def held_address(one: Comparison, scope: str, sites: Mapping[str, Site]) -> str:
    """The address of the register's incidents in a window, or an empty one where it cannot hold any."""
    if one.first is None or one.last is None or place_of(scope) is None:
        return ""
    chosen = IncidentFilter().but("from", one.first.isoformat()).but("to", one.last.isoformat())
    return at("/incidents" + (chosen.but("base", scope) if scope in sites else chosen).query())
