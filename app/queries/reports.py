"""Reads reports: the list, and one with what was read in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlmodel import col

from app.models import Base, Claim, Incident, Mention, NonStrikeEvent, Report, Source, Tally
from app.queries.incidents import BadCursor
from app.queries.snippets import snippet


@dataclass(frozen=True, slots=True)
class ReportList:
    """Some reports in order, the cursor of those after them, and how many there are in all."""

    rows: Sequence[Row[Any]]
    next: int | None
    total: int


def page(connection: Connection, *, size: int, after: str = "") -> ReportList:
    """All reports, the latest published first, those without a day of publication last. `after` is a row number. Raises BadCursor."""
    if after and not (after.isascii() and after.isdigit() and len(after) < 10):
        raise BadCursor(f"{after[:40]!r} is no place in this list; begin at its first page")
    offset = int(after or 0)
    mentions = select(func.count()).where(col(Mention.report_id) == col(Report.id)).scalar_subquery()
    rows = connection.execute(
        select(
            Report.id, Report.kind, Report.title, Report.url, Report.lang, Report.published_date, Report.published_note,
            Report.text_public, Source.name_en.label("publisher"), mentions.label("mentions"),  # type: ignore[attr-defined]
        )
        .join(Source, col(Source.id) == Report.publisher_id)
        .order_by(col(Report.published_date).desc().nulls_last(), col(Report.id).desc())
        .offset(offset)
        .limit(size + 1)
    ).all()  # fmt: skip
    total = connection.execute(select(func.count()).select_from(Report)).scalar_one()
    return ReportList(rows[:size], offset + size if len(rows) > size else None, total)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with what was read in it. `text` is None where it may not be shown whole."""

    report: Row[Any]
    text: str | None
    mentions: Sequence[Mapping[str, Any]]
    tallies: Sequence[Mapping[str, Any]]
    non_strike_events: Sequence[Mapping[str, Any]]
    copies: Sequence[Row[Any]]


def report(connection: Connection, report_id: int) -> ReportPage | None:
    """The report with this number, or None. Claims come with the field, value and span; third-party quotes are cut."""
    row = connection.execute(
        select(
            *Report.__table__.columns,  # type: ignore[attr-defined]
            Source.slug.label("publisher_slug"),  # type: ignore[attr-defined]
            Source.name_en.label("publisher"),  # type: ignore[attr-defined]
            Source.name_ar.label("publisher_ar"),  # type: ignore[attr-defined]
        )
        .join(Source, col(Source.id) == Report.publisher_id)
        .where(col(Report.id) == report_id)
    ).one_or_none()
    if row is None:
        return None

    def shown(found: Mapping[str, Any]) -> dict[str, Any]:
        return {**found, "quote": snippet(found["quote"], whole=row.text_public)}

    return ReportPage(
        report=row,
        text=row.text if row.text_public else None,
        mentions=[
            {**shown(one), "claims": [shown(claim) for claim in _claims(connection, one["id"])]}
            for one in _mentions(connection, report_id)
        ],
        tallies=[shown(one) for one in _tallies(connection, report_id)],
        non_strike_events=[
            shown(one)
            for one in connection.execute(
                select(*NonStrikeEvent.__table__.columns).where(col(NonStrikeEvent.report_id) == report_id)  # type: ignore[attr-defined]
            ).mappings()
        ],
        copies=connection.execute(
            select(Report.id, Source.name_en)
            .join(Source, col(Source.id) == Report.publisher_id)
            .where(col(Report.text_hash) == row.text_hash, col(Report.id) != report_id)
        ).all(),
    )


def _mentions(connection: Connection, report_id: int) -> Sequence[Mapping[str, Any]]:
    return (
        connection.execute(
            select(
                *Mention.__table__.columns,  # type: ignore[attr-defined]
                Incident.public_id,
                Base.slug.label("base"),  # type: ignore[attr-defined]
                Base.short_en.label("base_name"),  # type: ignore[attr-defined]
            )
            .join(Incident, col(Incident.id) == Mention.incident_id)
            .join(Base, col(Base.id) == Mention.base_id)
            .where(col(Mention.report_id) == report_id)
            .order_by(col(Mention.id))
        )
        .mappings()
        .all()
    )


def _claims(connection: Connection, mention_id: int) -> Sequence[Mapping[str, Any]]:
    return (
        connection.execute(select(*Claim.__table__.columns).where(col(Claim.mention_id) == mention_id).order_by(col(Claim.id)))  # type: ignore[attr-defined]
        .mappings()
        .all()
    )


def _tallies(connection: Connection, report_id: int) -> Sequence[Mapping[str, Any]]:
    return (
        connection.execute(
            select(*Tally.__table__.columns, Source.name_en.label("counter"))  # type: ignore[attr-defined]
            .outerjoin(Source, col(Source.id) == Tally.counter_id)
            .where(col(Tally.report_id) == report_id)
            .order_by(col(Tally.id))
        )
        .mappings()
        .all()
    )
