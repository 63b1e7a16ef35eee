"""Reads incidents: a page of the list, one with all its evidence, and those that do not count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, exists, false, func, or_, select

from app.db import AnyRow
from app.fields import COUNTED_STATUSES
from app.language import spoken
from app.models.tables import (
    ACTOR,
    BASE,
    CHANGE,
    CLAIM,
    CORRECTION,
    DECISION,
    EDITOR,
    INCIDENT,
    INCIDENT_ORIGIN,
    MENTION,
    REPORT,
    SOURCE,
)
from app.queries import published
from app.queries.bitmaps import STARTED, bitmaps
from app.queries.filter import IncidentFilter
from app.queries.names import name_of
from app.queries.neighbourhood import telling_of
from app.queries.paging import Page, latest_first, page_of_rows, read_place
from app.queries.snippets import shown
from app.reconcile.grading import Witness
from app.reconcile.settling import SINGLE_FIELDS, Choice, Said, Settled, choose, in_order, settle

CLAIMANT, BLAMED, BLAMER = ACTOR.alias(), ACTOR.alias(), SOURCE.alias()

CORRECTED = ("field", "value", "reason", "made_at", "withdrawn", "report_id", "quote")

LISTED = (
    "id", "public_id", "date_start", "date_end", "date_precision", "weapon", "munitions_low", "munitions_high", "outcome",
    "number_of_reports", "grading", "review_status",
)  # fmt: skip
"""The columns of an incident that a row of a list shows."""
MOST_LISTED = 10_000
"""Rows of lists that are kept of one revision: most readers look at the latest."""

Found = Mapping[str, Any]


def rows(columns: Iterable[str] = LISTED) -> Select[Any]:
    """What a row of a list shows of an incident; or other columns of it, with the names of its base and of its parties."""
    origins = select(func.count()).where(INCIDENT_ORIGIN.c.incident_id == INCIDENT.c.id).scalar_subquery()
    return with_parties(
        select(
            *(INCIDENT.c[name] for name in columns),
            BASE.c.slug.label("base"),
            name_of(BASE, "short_en").label("base_name"),
            name_of(CLAIMANT).label("claimed_by"),
            name_of(BLAMED).label("attributed_to"),
            name_of(BLAMER).label("attributed_by"),
            origins.label("number_of_origins"),
        )
    )


def with_parties(statement: Select[Any]) -> Select[Any]:
    """A statement over incidents joined with their base, who claimed, who is blamed and who blames."""
    return (
        statement.join(BASE, BASE.c.id == INCIDENT.c.base_id)
        .outerjoin(CLAIMANT, CLAIMANT.c.id == INCIDENT.c.claimed_by_id)
        .outerjoin(BLAMED, BLAMED.c.id == INCIDENT.c.attributed_to_id)
        .outerjoin(BLAMER, BLAMER.c.id == INCIDENT.c.attributed_by_id)
    )


def page(connection: Connection, chosen: IncidentFilter, *, size: int, after: str = "") -> Page:
    """The incidents that the filter finds, the latest first, those without a day last. Raises BadCursor."""
    held, place = bitmaps(connection), read_place(after)
    below = None if place is None else (place[0].toordinal() if place[0] else 0, place[1])
    ids = list(islice(held.ordered[STARTED].latest_first(held.found(connection, chosen), below), size + 1))
    return page_of_rows(listed(connection, ids), size, INCIDENT.c.date_start, INCIDENT)


def listed(connection: Connection, ids: Sequence[int]) -> list[AnyRow]:
    """The rows of these incidents in a list. Each is read once a revision, as long as not too many are asked for."""
    known = bitmaps(connection).listed[spoken().code]
    found = {one: row for one in ids if (row := known.get(one))}
    if missing := [one for one in ids if one not in found]:
        fresh = {row.id: row for row in connection.execute(_asked_for(spoken().code), {"ids": missing})}
        if len(known) + len(fresh) > MOST_LISTED:
            known.clear()
        known.update(fresh)
        found |= fresh
    return [found[one] for one in ids]


@cache
def _asked_for(_language: str) -> Select[Any]:
    """The statement that lists `ids` in the language that is spoken: to build it takes as long as to run it."""
    return rows().where(INCIDENT.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where an incident stands in a list: its place from the top, of how many, and the public ids above and below it."""

    place: int
    total: int
    above: str | None
    below: str | None


def neighbours(connection: Connection, chosen: IncidentFilter, public_id: str) -> Neighbours | None:
    """Where an incident stands among those that the filter finds, the latest first; None where it is not among them."""
    held = bitmaps(connection)
    found, days = held.found(connection, chosen), held.ordered[STARTED]
    here = connection.execute(select(INCIDENT.c.id).where(INCIDENT.c.public_id == public_id)).scalar_one_or_none()
    if here is None or here not in found:
        return None
    place = days.place(here)
    upper, lower = days.above(found, place), next(days.latest_first(found, place), None)
    named = select(INCIDENT.c.id, INCIDENT.c.public_id).where(INCIDENT.c.id.in_((upper, lower)))
    ids: dict[int | None, str] = dict(connection.execute(named).all())
    return Neighbours(days.number_above(found, place) + 1, len(found), ids.get(upper), ids.get(lower))


def settled_since(connection: Connection, chosen: IncidentFilter, revision: int) -> int:
    """How many of the incidents that the filter finds were settled after this revision."""
    since = select(func.count()).select_from(INCIDENT).where(chosen.condition(), INCIDENT.c.revision > revision)
    return connection.execute(since).scalar_one()


def left_since(connection: Connection, chosen: IncidentFilter, revision: int) -> int:
    """How many incidents that the filter would find were rejected, merged or withdrawn after this revision."""
    gone = chosen.but("status").matching() & INCIDENT.c.review_status.not_in(COUNTED_STATUSES) & (INCIDENT.c.revision > revision)
    if not published.counts_all():
        of = (CHANGE.c.subject == "incident") & (CHANGE.c.subject_id == INCIDENT.c.id) & (CHANGE.c.revision > revision)
        gone &= exists().where(of, CHANGE.c.field == "review_status", published.counts(CHANGE.c.before))
    return connection.execute(select(func.count()).select_from(INCIDENT).where(gone)).scalar_one()


def number_rejected(connection: Connection) -> int:
    """How many incidents were rejected."""
    return len(bitmaps(connection).all_with("status", ["rejected"]))


def uncounted(connection: Connection) -> Sequence[AnyRow]:
    """The rejected incidents, with their reasons: kept on record, in no count."""
    return connection.execute(
        select(
            *(INCIDENT.c[name] for name in ("public_id", "date_start", "date_end", "date_precision", "rejected_because")),
            name_of(BASE, "short_en").label("base_name"),
        )
        .join(BASE, BASE.c.id == INCIDENT.c.base_id)
        .where(INCIDENT.c.review_status == "rejected")
        .order_by(*latest_first(INCIDENT.c.date_start, INCIDENT))
    ).all()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mention of an incident: the report it stands in, and its claims. Quotes are cut to what may be shown."""

    mention: Found
    claims: Sequence[Found]

    @property
    def origins(self) -> tuple[str, ...]:
        """The slugs of those whom the report quotes for this attack."""
        return tuple(claim["value"] for claim in self.claims if claim["field"] == "origin" and not claim["alternative"])


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """An incident with all that it rests on."""

    incident: AnyRow
    merged_into: str | None
    evidence: Sequence[Evidence]
    corrections: Sequence[AnyRow]
    decisions: Sequence[AnyRow]
    witnesses: Mapping[str, Witness]
    """Whom its reports quote, by slug."""
    order: Mapping[int, int]
    """The number of each mention in the order of publication."""

    @property
    def said(self) -> Sequence[Said]:
        """All its claims, as settling sees them."""
        return [
            Said(
                claim["field"], claim["value"], claim["basis"] == "quote", claim["alternative"], self.order[one.mention["id"]],
                frozenset(self.witnesses[slug] for slug in one.origins if slug in self.witnesses),
            )
            for one in self.evidence
            for claim in one.claims
        ]  # fmt: skip

    def choices(self) -> Mapping[str, Choice]:
        """For each field that holds one value which it settles on, why, and who says what; corrections aside."""
        said = self.said
        return {field: choice for field in SINGLE_FIELDS if (choice := choose(field, said))}

    def uncorrected(self) -> Settled:
        """What its claims of today settle on by themselves."""
        return settle(self.said, {})

    def claims(self, field: str) -> list[tuple[Found, Found]]:
        """Who claims what about one field: each claim with its mention, quotes before compiled facts."""
        found = [(claim, one.mention) for one in self.evidence for claim in one.claims if claim["field"] == field]
        return sorted(found, key=lambda pair: (pair[0]["basis"] != "quote", pair[0]["alternative"]))


def incident(connection: Connection, public_id: str) -> IncidentPage | None:
    """The incident with this public id, whatever its review status; None where there is none."""
    found = row(connection, public_id)
    return None if found is None else _page(connection, found)


def row(connection: Connection, public_id: str) -> AnyRow | None:
    """The row of the incident with this public id; `is_shown` says whether it has a page for those who ask."""
    one = rows(INCIDENT.c.keys()).add_columns(published.shown().label("is_shown")).where(INCIDENT.c.public_id == public_id)
    return connection.execute(one).one_or_none()


def _page(connection: Connection, row: AnyRow) -> IncidentPage:
    evidence, order = _evidence(connection, row.id)
    named = SOURCE.c.slug.in_({slug for one in evidence for slug in one.origins})
    witnesses = connection.execute(select(SOURCE.c.slug, SOURCE.c.speaks_for).where(named))
    return IncidentPage(
        incident=row,
        order=order,
        witnesses={slug: Witness(slug, speaks_for) for slug, speaks_for in witnesses},
        merged_into=connection.execute(
            select(INCIDENT.c.public_id).where(INCIDENT.c.id == row.merged_into_id)
        ).scalar_one_or_none(),
        evidence=evidence,
        corrections=connection.execute(
            select(*(CORRECTION.c[name] for name in CORRECTED), EDITOR.c.role, EDITOR.c.display_name)
            .add_columns(func.coalesce(REPORT.c.text_public, false()).label("text_public"))
            .join(EDITOR, EDITOR.c.id == CORRECTION.c.editor_id)
            .outerjoin(REPORT, REPORT.c.id == CORRECTION.c.report_id)
            .where(CORRECTION.c.incident_id == row.id)
            .order_by(CORRECTION.c.id)
        ).all(),
        decisions=connection.execute(
            select(DECISION.c.kind, DECISION.c.reason, DECISION.c.made_at, EDITOR.c.role, EDITOR.c.display_name)
            .add_columns(INCIDENT.c.public_id.label("other"))
            .join(EDITOR, EDITOR.c.id == DECISION.c.editor_id)
            .outerjoin(INCIDENT, (INCIDENT.c.id == _other_than(row.id)) & published.shown())
            .where(or_(DECISION.c.incident_id == row.id, DECISION.c.other_incident_id == row.id))
            .order_by(DECISION.c.id)
        ).all(),
    )


def _other_than(incident_id: int) -> ColumnElement[int]:
    """Of the two incidents that a decision is about, the one that is not this."""
    return case((DECISION.c.incident_id == incident_id, DECISION.c.other_incident_id), else_=DECISION.c.incident_id)


def _evidence(connection: Connection, incident_id: int) -> tuple[list[Evidence], dict[int, int]]:
    mentions = connection.execute(
        select(
            *MENTION.c,
            REPORT.c.kind,
            REPORT.c.title,
            REPORT.c.url,
            REPORT.c.lang,
            REPORT.c.published_date,
            REPORT.c.published_note,
            REPORT.c.text_public,
            REPORT.c.text_hash,
            REPORT.c.added_at,
            name_of(SOURCE).label("publisher"),
        )
        .join(REPORT, REPORT.c.id == MENTION.c.report_id)
        .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
        .where(MENTION.c.incident_id == incident_id)
        .order_by(REPORT.c.kind == "compilation", REPORT.c.published_date.is_(None), REPORT.c.published_date, MENTION.c.id)
    ).all()
    whole = {mention.id: mention.text_public for mention in mentions}
    claims: dict[int, list[Found]] = defaultdict(list)
    for row in connection.execute(select(CLAIM).where(CLAIM.c.mention_id.in_(whole)).order_by(CLAIM.c.id)):
        claims[row.mention_id].append(shown(row._asdict(), whole=whole[row.mention_id]))
    order = in_order({row.id: telling_of(row) for row in mentions})
    return [Evidence(shown(row._asdict(), whole=row.text_public), claims[row.id]) for row in mentions], order
