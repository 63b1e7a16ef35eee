"""Counts of incidents, attacks, munitions and casualties under a filter, for each value of a dimension."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    String,
    and_,
    case,
    column,
    false,
    func,
    literal,
    or_,
    select,
    values,
)

from app.fields import CASUALTIES
from app.models.tables import BASE, INCIDENT
from app.queries.filter import BY_KEY, FILTERS, IncidentFilter

MONTH = "month"
DIMENSIONS = (*(row.key for row in FILTERS if row.pairs is not None), MONTH)
"""What incidents can be counted by: each filter that takes codes, and the month that they began in."""
MEASURES = ("incidents", "attacks", "munitions", "killed", "injured")
"""What is counted of each value."""
IN_MONTHS = ("day", "range", "month")
"""How precisely a day must be known to be counted in its month."""


@dataclass(frozen=True, slots=True)
class Range:
    """A sum over incidents, as low and as high as their reports allow, and of how many incidents anything is known.

    `open` says that some report gives no upper end: the sum may be more.
    """

    low: int
    high: int
    known: int
    open: bool


@dataclass(frozen=True, slots=True)
class Tallied:
    """What one value of a dimension has."""

    code: str
    incidents: int
    attacks: tuple[int, int, int]
    """Lowest, best and highest."""
    munitions: Range
    killed: Range
    injured: Range


def breakdown(connection: Connection, chosen: IncidentFilter, dimension: str) -> list[Tallied]:
    """The counts for each value that has incidents, by code; an incident that has several values stands under each.

    Where the filter chooses values of the dimension itself, only those are counted, and the bases under chosen ones.
    """
    pairs = _months(connection, chosen) if dimension == MONTH else BY_KEY[dimension].pairs
    if pairs is None:  # no incident has a month
        return []
    found = pairs.subquery()
    joined = select(found.c.code, *_SUMS).join_from(found, INCIDENT, INCIDENT.c.id == found.c.id)
    if picked := chosen.values(dimension):
        above = BASE.alias()
        under = select(BASE.c.slug).join(above, above.c.id == BASE.c.parent_id).where(above.c.slug.in_(picked))
        joined = joined.where(found.c.code.in_(picked) | (found.c.code.in_(under) if dimension == "base" else false()))
    rows = connection.execute(joined.where(chosen.condition()).group_by(found.c.code).order_by(found.c.code))
    return [_tallied(row.code, dict(row._mapping)) for row in rows]


def in_all(connection: Connection, chosen: IncidentFilter) -> Tallied:
    """The same counts for all that the filter finds, each incident once."""
    return _tallied("", dict(connection.execute(select(*_SUMS).where(chosen.condition())).one()._mapping))


def of_code(chosen: IncidentFilter, dimension: str, code: str) -> IncidentFilter:
    """The filter that finds what one value's row counts."""
    if dimension != MONTH:
        return chosen.but(dimension, code)
    first, last = _days_of(code, chosen)
    precise = (one for one in IN_MONTHS if one in (chosen.values("precision") or IN_MONTHS))
    return chosen.but("from", first).but("to", last).but("precision", *precise)


def _days_of(month: str, chosen: IncidentFilter) -> tuple[str, str]:
    """The first and last day of a month (2023-11) that lie within the filter's own days."""
    year, number = map(int, month.split("-"))
    first, last = f"{month}-01", f"{month}-{monthrange(year, number)[1]:02d}"
    return max(first, chosen.one("from") or first), min(last, chosen.one("to") or last)


def _months(connection: Connection, chosen: IncidentFilter) -> Select[Any] | None:
    """Which incident lies in which month; what spans two stands in both."""
    precise = INCIDENT.c.date_precision.in_(IN_MONTHS)
    span = select(func.min(INCIDENT.c.date_start), func.max(INCIDENT.c.date_end)).where(chosen.condition(), precise)
    start, end = connection.execute(span).one()
    if start is None:
        return None
    first, last = (max(start.isoformat(), chosen.one("from"))[:7], min(end.isoformat(), chosen.one("to") or "9")[:7])
    named = (f"{year}-{number:02d}" for year in range(int(first[:4]), int(last[:4]) + 1) for number in range(1, 13))
    rows = [(month, *map(date.fromisoformat, _days_of(month, chosen))) for month in named if first <= month <= last]
    months = values(column("code", String), column("first", Date), column("last", Date), name="months").data(rows).cte()
    overlapping = and_(INCIDENT.c.date_end >= months.c.first, INCIDENT.c.date_start <= months.c.last)
    return select(INCIDENT.c.id, months.c.code).join(months, overlapping).where(precise)


def _range(name: str, low: ColumnElement[Any], high: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """The sums of a count with bounds; where one bound is missing the other stands for it."""
    known = or_(low.is_not(None), high.is_not(None))
    return (
        func.sum(func.coalesce(low, 0)).label(f"{name}_low"),
        func.sum(func.coalesce(high, low, 0)).label(f"{name}_high"),
        func.sum(case((known, 1), else_=0)).label(f"{name}_known"),
        func.sum(case((and_(known, high.is_(None)), 1), else_=0)).label(f"{name}_open"),
    )


def _of_all_sides(harm: str, end: str) -> ColumnElement[Any]:
    """A harm summed over the sides of which it is stated; nothing where it is stated of none."""
    columns = [INCIDENT.c[f"{name}_{end}"] for name in CASUALTIES if name.endswith(harm)]
    stated = or_(*(column.is_not(None) for column in columns))
    return case((stated, sum((func.coalesce(column, 0) for column in columns), literal(0))))


_SUMS = (
    func.count().label("incidents"),
    *(func.coalesce(func.sum(INCIDENT.c[f"attacks_{end}"]), 0).label(f"attacks_{end}") for end in ("low", "best", "high")),
    *_range("munitions", INCIDENT.c.munitions_low, INCIDENT.c.munitions_high),
    *(
        column
        for harm in ("killed", "injured")
        for column in _range(harm, _of_all_sides(harm, "low"), _of_all_sides(harm, "high"))
    ),
)


def _tallied(code: str, row: Mapping[str, Any]) -> Tallied:
    ranges = {
        name: Range(row[f"{name}_low"] or 0, row[f"{name}_high"] or 0, row[f"{name}_known"] or 0, bool(row[f"{name}_open"]))
        for name in ("munitions", "killed", "injured")
    }
    return Tallied(code, row["incidents"], (row["attacks_low"], row["attacks_best"], row["attacks_high"]), **ranges)
