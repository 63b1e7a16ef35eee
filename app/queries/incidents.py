"""Reads incidents: a page of the list, one with all its evidence, and those that do not count."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.models import Actor, Base, Claim, Correction, Decision, Editor, Incident, IncidentOrigin, Mention, Report, Source
from app.queries.filter import IncidentFilter
from app.queries.snippets import snippet

Claimant, Blamed = aliased(Actor), aliased(Actor)


class BadCursor(ValueError):
    """A place in a list that is none."""


def rows() -> Select[Any]:
    """What a row of a list shows of an incident."""
    origins = select(func.count()).where(col(IncidentOrigin.incident_id) == col(Incident.id)).scalar_subquery()
    return (
        select(
            *Incident.__table__.columns,  # type: ignore[attr-defined]
            Base.slug.label("base"),  # type: ignore[attr-defined]
            Base.short_en.label("base_name"),  # type: ignore[attr-defined]
            Base.name_ar.label("base_name_ar"),  # type: ignore[attr-defined]
            Claimant.name_en.label("claimed_by"),
            Blamed.name_en.label("attributed_to"),
            Source.name_en.label("attributed_by"),  # type: ignore[attr-defined]
            origins.label("number_of_origins"),
        )
        .join(Base, col(Base.id) == Incident.base_id)
        .outerjoin(Claimant, Claimant.id == Incident.claimed_by_id)
        .outerjoin(Blamed, Blamed.id == Incident.attributed_to_id)
        .outerjoin(Source, col(Source.id) == Incident.attributed_by_id)
    )


LATEST_FIRST = (col(Incident.date_start).desc().nulls_last(), col(Incident.id).desc())


@dataclass(frozen=True, slots=True)
class Page:
    """Some incidents in order, and the cursor of those after them (None at the end)."""

    rows: Sequence[Row[Any]]
    next: str | None


def page(connection: Connection, chosen: IncidentFilter, *, size: int, after: str = "") -> Page:
    """The incidents that the filter finds, the latest first, those without a day last. Raises BadCursor."""
    found = connection.execute(
        rows().where(chosen.condition(), *([_after(after)] if after else [])).order_by(*LATEST_FIRST).limit(size + 1)
    ).all()
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{last.date_start or ''}~{last.id}" if last else None)


def _after(cursor: str) -> ColumnElement[bool]:
    """What comes after a row, by its key rather than by counting rows: a page costs the same wherever it lies."""
    day, _, number = cursor.partition("~")
    try:
        start, last = (date.fromisoformat(day) if day else None), int(number)
    except ValueError:
        raise BadCursor(f"{cursor[:40]!r} is no place in this list; begin at its first page") from None
    earlier = col(Incident.id) < last
    if start is None:
        return and_(col(Incident.date_start).is_(None), earlier)
    return or_(
        col(Incident.date_start) < start, and_(col(Incident.date_start) == start, earlier), col(Incident.date_start).is_(None)
    )


def uncounted(connection: Connection) -> Sequence[Row[Any]]:
    """The rejected incidents, with their reasons: kept on record, in no count."""
    return connection.execute(
        select(Incident.public_id, Incident.date_start, Incident.rejected_because, Base.short_en)
        .join(Base, col(Base.id) == Incident.base_id)
        .where(col(Incident.review_status) == "rejected")
        .order_by(*LATEST_FIRST)
    ).all()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mention of an incident: the report it stands in, and its claims. Quotes are cut to what may be shown."""

    mention: Row[Any]
    claims: Sequence[Mapping[str, Any]]

    @property
    def origins(self) -> tuple[str, ...]:
        """The slugs of those whom the report quotes for this attack."""
        return tuple(claim["value"] for claim in self.claims if claim["field"] == "origin")


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """An incident with all that it rests on."""

    incident: Row[Any]
    merged_into: str | None
    evidence: Sequence[Evidence]
    corrections: Sequence[Row[Any]]
    decisions: Sequence[Row[Any]]

    def claims(self, field: str) -> list[tuple[Mapping[str, Any], Row[Any]]]:
        """Who claims what about one field: each claim with its mention, quotes before compiled facts."""
        found = [(claim, one.mention) for one in self.evidence for claim in one.claims if claim["field"] == field]
        return sorted(found, key=lambda pair: (pair[0]["basis"] != "quote", pair[0]["alternative"]))


def incident(connection: Connection, public_id: str) -> IncidentPage | None:
    """The incident with this public id, whatever its review status; None where there is none."""
    row = connection.execute(rows().where(col(Incident.public_id) == public_id)).one_or_none()
    if row is None:
        return None
    return IncidentPage(
        incident=row,
        merged_into=connection.execute(
            select(Incident.public_id).where(col(Incident.id) == row.merged_into_id)
        ).scalar_one_or_none(),
        evidence=_evidence(connection, row.id),
        corrections=connection.execute(
            select(Correction.field, Correction.value, Correction.reason, Correction.made_at, Editor.role)
            .join(Editor, col(Editor.id) == Correction.editor_id)
            .where(col(Correction.incident_id) == row.id)
            .order_by(col(Correction.id))
        ).all(),
        decisions=connection.execute(
            select(Decision.kind, Decision.reason, Decision.made_at, Editor.display_name)
            .join(Editor, col(Editor.id) == Decision.editor_id)
            .where(col(Decision.incident_id) == row.id)
            .order_by(col(Decision.id))
        ).all(),
    )


def _evidence(connection: Connection, incident_id: int) -> list[Evidence]:
    mentions = connection.execute(
        select(
            *Mention.__table__.columns,  # type: ignore[attr-defined]
            Report.kind,
            Report.title,
            Report.url,
            Report.lang,
            Report.published_date,
            Report.published_note,
            Report.text_public,
            Source.name_en.label("publisher"),  # type: ignore[attr-defined]
            Source.name_ar.label("publisher_ar"),  # type: ignore[attr-defined]
        )
        .join(Report, col(Report.id) == Mention.report_id)
        .join(Source, col(Source.id) == Report.publisher_id)
        .where(col(Mention.incident_id) == incident_id)
        .order_by(
            col(Report.kind) == "compilation", col(Report.published_date).is_(None), col(Report.published_date), col(Mention.id)
        )
    ).all()
    public = {mention.id: mention.text_public for mention in mentions}
    claims: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for claim in connection.execute(
        select(*Claim.__table__.columns).where(col(Claim.mention_id).in_(public)).order_by(col(Claim.id))  # type: ignore[attr-defined]
    ).mappings():
        claims[claim["mention_id"]].append({**claim, "quote": snippet(claim["quote"], whole=public[claim["mention_id"]])})
    return [Evidence(mention, claims[mention.id]) for mention in mentions]
