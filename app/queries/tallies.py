"""Reads published totals, and sets the latest beside what the register holds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.models import Incident, Report, Source, Tally, TallyPart
from app.queries.filter import IncidentFilter

Counter, Publisher = aliased(Source), aliased(Source)


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A published total with its parts: (scope, count) in the order of the page."""

    tally: Row[Any]
    parts: Sequence[tuple[str, int]]


def tallies(connection: Connection) -> list[TallyRow]:
    """All published totals, the latest first."""
    parts: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for part in connection.execute(select(TallyPart.tally_id, TallyPart.scope, TallyPart.count).order_by(col(TallyPart.id))):
        parts[part.tally_id].append((part.scope, part.count))
    rows = connection.execute(
        select(
            *Tally.__table__.columns,  # type: ignore[attr-defined]
            Counter.slug.label("counter"),  # type: ignore[attr-defined]
            Counter.name_en.label("counter_name"),  # type: ignore[attr-defined]
            Publisher.slug.label("publisher"),  # type: ignore[attr-defined]
            Publisher.name_en.label("publisher_name"),  # type: ignore[attr-defined]
            Report.report_ref,
            Report.url.label("report_url"),  # type: ignore[attr-defined]
        )
        .outerjoin(Counter, col(Counter.id) == Tally.counter_id)
        .join(Publisher, col(Publisher.id) == Tally.publisher_id)
        .join(Report, col(Report.id) == Tally.report_id)
        .order_by(col(Tally.published_date).desc().nulls_last(), col(Tally.id).desc())
    ).all()
    return [TallyRow(row, parts[row.id]) for row in rows]


@dataclass(frozen=True, slots=True)
class Beside:
    """A counter's latest total for all of Syria, and how many incidents the register holds between the same two days."""

    count: int
    start: date
    end: date
    held: int
    chosen: IncidentFilter
    parts: Mapping[str, int]


def latest_of(connection: Connection, counter: str = "sohr") -> Beside | None:
    """The counter's latest cumulative total for Syria, beside the register. Its parts by base are those of the latest that has all."""
    latest = (
        select(Tally.id, Tally.count, Tally.start, Tally.end, Tally.published_date)
        .join(Source, col(Source.id) == Tally.counter_id)
        .where(
            col(Source.slug) == counter,
            col(Tally.kind) == "cumulative",
            col(Tally.scope) == "all-syria",
            col(Tally.bound) == "=",
            col(Tally.start).is_not(None),
            col(Tally.published_date).is_not(None),
        )
        .order_by(col(Tally.published_date).desc(), col(Tally.id).desc())
        .limit(1)
    )
    row = connection.execute(latest).one_or_none()
    if row is None:
        return None
    whole = connection.execute(latest.where(col(Tally.parts_stated) == "all")).one_or_none()
    end = row.end or row.published_date
    chosen = IncidentFilter().but("from", row.start.isoformat()).but("to", end.isoformat())
    parts = select(TallyPart.scope, TallyPart.count).where(col(TallyPart.tally_id) == (whole.id if whole else None))
    return Beside(
        count=row.count,
        start=row.start,
        end=end,
        held=connection.execute(
            select(func.count()).select_from(Incident).where(chosen.condition())
        ).scalar_one(),
        chosen=chosen,
        parts=dict(connection.execute(parts).tuples().all()),
    )  # fmt: skip
