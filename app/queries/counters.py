"""Reads what the audit looks at, and for each counter its totals beside what the register holds in the same windows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.db import AnyRow
from app.models.tables import BASE, INCIDENT, SOURCE
from app.queries.filter import IncidentFilter
from app.queries.names import name_of
from app.queries.tallies import TallyRow, tallies
from app.tallies import findings
from app.tallies.evidence import Evidence
from app.tallies.values import EVERYWHERE, Comparison, Finding, Incident, Tally, is_wider

PARENT = BASE.alias()
AROUND = timedelta(days=366)
"""How far beyond the days of the totals incidents are looked at."""


def as_tally(row: TallyRow) -> Tally:
    """A published total as the audit sees it."""
    read = row.tally._mapping
    return Tally(
        **{name: read[name] for name in ("id", "counter", "publisher", "kind", "scope", "bound", "count", "start", "end")},
        published=read["published_date"],
        approximate=read["published_basis"] == "approx",
        parts_stated=read["parts_stated"],
        parts=tuple(row.parts),
    )


def incidents(connection: Connection, tallies: Iterable[Tally]) -> list[Incident]:
    """The counted incidents in the days that these totals speak of, each under its base and under that one's parent.

    Counters that list al-Omar count Green Village under it, see docs/method.md.
    """
    days = [day for one in tallies for day in (one.start, one.end, one.published) if day]
    if not days:
        return []
    # The checks look at the days around a total too. A register of many years is not read for some months of totals.
    chosen = IncidentFilter().but("from", str(min(days) - AROUND)).but("to", str(max(days) + AROUND))
    rows = connection.execute(
        select(
            INCIDENT.c.public_id, BASE.c.slug, PARENT.c.slug.label("parent"),
            INCIDENT.c.date_start, INCIDENT.c.date_end, INCIDENT.c.grading,
        )
        .join(BASE, BASE.c.id == INCIDENT.c.base_id)
        .outerjoin(PARENT, PARENT.c.id == BASE.c.parent_id)
        .where(chosen.condition())
    )  # fmt: skip
    return [
        Incident(public_id, (slug, parent) if parent else (slug,), first, last, grading == "claimed")
        for public_id, slug, parent, first, last, grading in rows
    ]


@dataclass(frozen=True, slots=True)
class Measured:
    """A published total of a series: the day that it reaches, and beside it and beside its parts what the register holds.

    `total` is what can be compared: the total itself, of a scope wider than Syria its Syrian part, or nothing.
    """

    row: TallyRow
    day: date
    total: Comparison | None
    parts: Mapping[str, Comparison]


@dataclass(frozen=True, slots=True)
class CounterSeries:
    """A counter's totals for one scope from one start, in the order of the days that they reach; `parts` lists their bases."""

    scope: str
    start: date
    totals: Sequence[Measured]

    @property
    def parts(self) -> list[str]:
        """The bases that its totals list, those with the greatest numbers first."""
        most = {name: one.stated for measured in self.totals for name, one in measured.parts.items()}
        return sorted(most, key=lambda name: (-most[name], name))

    @property
    def latest(self) -> Measured:
        return self.totals[-1]

    @property
    def latest_compared(self) -> Measured | None:
        """The latest total of which something can be set beside the register."""
        return next((one for one in reversed(self.totals) if one.total), None)

    @property
    def latest_full(self) -> Measured | None:
        """The latest total that gives all its parts."""
        return next((one for one in reversed(self.totals) if one.row.tally.parts_stated == "all"), None)


@dataclass(frozen=True, slots=True)
class Counter:
    """Who counts, with its series, its totals for periods, and those that say too little to stand in either."""

    source: AnyRow
    series: Sequence[CounterSeries]
    periods: Sequence[Measured]
    others: Sequence[TallyRow]


@dataclass(frozen=True, slots=True)
class Audited:
    """All published totals by id, the latest first; what the audit finds; and the counters, those with most totals first."""

    rows: Mapping[int, TallyRow]
    findings: Sequence[Finding]
    counters: Sequence[Counter]

    def counter(self, slug: str) -> Counter | None:
        """The counter with this slug, if it has published a total."""
        return next((one for one in self.counters if one.source.slug == slug), None)

    def of_part(self, base: str) -> list[tuple[Counter, list[Measured]]]:
        """Each counter whose totals list a base, with those totals, the latest first."""
        listing = [
            (one, [measured for series in one.series for measured in reversed(series.totals) if base in measured.parts])
            for one in self.counters
        ]
        return [(counter, totals) for counter, totals in listing if totals]


def audited(connection: Connection) -> Audited:
    """The audit of all published totals against each other and against the counted incidents that have a day."""
    rows = {row.tally.id: row for row in tallies(connection)}
    told = [as_tally(row) for row in rows.values()]
    evidence = Evidence(told, incidents(connection, told))
    return Audited(rows, findings(evidence), _counters(connection, rows, evidence))


def _counters(connection: Connection, rows: Mapping[int, TallyRow], evidence: Evidence) -> list[Counter]:
    of_counter: dict[str, list[TallyRow]] = {}
    for row in rows.values():
        if row.tally.counter:
            of_counter.setdefault(row.tally.counter, []).append(row)
    columns = (SOURCE.c.slug, name_of(SOURCE).label("name"), SOURCE.c.name_en, SOURCE.c.name_ar, SOURCE.c.kind, SOURCE.c.urls)
    sources = {row.slug: row for row in connection.execute(select(*columns).where(SOURCE.c.slug.in_(of_counter)))}
    by_number = sorted(of_counter, key=lambda slug: (-len(of_counter[slug]), slug))
    return [_counter(sources[slug], of_counter[slug], evidence) for slug in by_number]


def _counter(source: AnyRow, rows: Sequence[TallyRow], evidence: Evidence) -> Counter:
    by_id = {row.tally.id: row for row in rows}
    series = [
        CounterSeries(one.scope, one.start, [_measured(evidence, by_id[point.tally.id], point.day) for point in one.points])
        for one in evidence.totals()
        if one.counter == source.slug
    ]
    placed = {one.row.tally.id for each in series for one in each.totals}
    left = [row for row in rows if row.tally.id not in placed]
    return Counter(
        source,
        sorted(series, key=lambda one: -len(one.totals)),
        periods=[_measured(evidence, row, row.tally.end) for row in left if _is_period(row)],
        others=[row for row in left if not _is_period(row)],
    )


def _is_period(row: TallyRow) -> bool:
    return row.tally.kind == "period" and row.tally.start is not None and row.tally.end is not None


def _measured(evidence: Evidence, row: TallyRow, day: date) -> Measured:
    by_part = {one.part: one for one in evidence.compared(as_tally(row))}
    whole = by_part.pop(EVERYWHERE, None)
    syria = by_part.pop("syria", None)
    return Measured(row, day, syria if is_wider(row.tally.scope) else whole, by_part)
