"""Reads what needs a person, most valuable first: incidents with the reasons for which somebody should look at them."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, case, cast, exists, func, literal, or_, select, text, tuple_

from app.db import AnyRow
from app.fields import COUNTED_STATUSES, UNSPECIFIED
from app.language import N_, _
from app.models.reports import DOUBTFUL, HAS_UNREAD
from app.models.tables import ACT, BASE, CHANGE, CLAIM, DECISION, EDITOR, INCIDENT, MENTION, OPENED, REPORT, TWIN
from app.queries.filter import IncidentFilter
from app.queries.incidents import rows
from app.queries.neighbourhood import UNDONE
from app.queries.paging import BadCursor

MANY = 4
"""Reports that make an incident one of many: fewer than one in ten has as many."""
PLAIN = "plain"
"""The kind of what nobody has looked at yet and nothing speaks of but that."""

_OPEN = INCIDENT.c.review_status == "unreviewed"
_DECIDED = INCIDENT.c.review_status.in_(("accepted", "rejected"))
_ACCEPTED, _GONE = INCIDENT.alias(), INCIDENT.alias()
_UNCOUNTED = select(_GONE.c.id).where(_GONE.c.review_status.not_in(COUNTED_STATUSES))
_PAIRED = TWIN.c.incident_id.not_in(_UNCOUNTED) & TWIN.c.other_id.not_in(_UNCOUNTED)
_DECIDED_IN = (
    select(func.max(DECISION.c.revision))
    .where(DECISION.c.incident_id == INCIDENT.c.id, DECISION.c.kind.in_(("accept", "reject")), ~UNDONE)
    .correlate(INCIDENT)
    .scalar_subquery()
)
"""The revision in which a person last decided about the incident itself."""
_OWN = MENTION.c.incident_id == INCIDENT.c.id
_OF_REPORT = REPORT.c.id == MENTION.c.report_id
_LOST_LATER = exists().where(_OWN, MENTION.c.lost, _OF_REPORT, REPORT.c.revision > _DECIDED_IN)
# A decision holds the mentions that it was made about: what the machine has linked came later.
_TOLD_LATER = exists().where(_OWN, MENTION.c.linked_by == "machine")
_BY_MACHINE = ACT.c.editor_id.is_(None)
_TOUCHED = exists().where(ACT.c.revision == INCIDENT.c.revision, _BY_MACHINE)
_READ_OTHERWISE = exists().where(
    CHANGE.c.subject == "incident", CHANGE.c.subject_id == INCIDENT.c.id, CHANGE.c.revision > _DECIDED_IN,
    ACT.c.revision == CHANGE.c.revision, _BY_MACHINE,
)  # fmt: skip


def _is_told_in(found: Select[Any]) -> ColumnElement[bool]:
    return INCIDENT.c.id.in_(found)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an incident needs a person, and what that is worth: the score of a candidate is the sum of its reasons.

    `condition` is its SQL over `incident`. Of what was decided on only those reasons are left that came `later`.
    """

    kind: str
    weight: int
    why: str
    condition: ColumnElement[bool]
    later: bool = False

    @property
    def holds(self) -> ColumnElement[int]:
        """1 where an incident is a candidate for this reason, or 0."""
        # Under "when" SQLite asks no further than it must; of a bare "and" it works out both sides.
        return case((self.condition if self.later else _OPEN & self.condition, 1), else_=0)


REASONS = (
    Reason(
        "twin", 100, N_("Two incidents may be one attack: until a person says so, every count may be one too high."),
        _is_told_in(select(TWIN.c.incident_id).where(_PAIRED)) | _is_told_in(select(TWIN.c.other_id).where(_PAIRED)), later=True,
    ),
    Reason(
        "lost", 90, N_("A person relied on words in which the rules of today find nothing any more."),
        _is_told_in(select(MENTION.c.incident_id).where(MENTION.c.lost)) & (_OPEN | _LOST_LATER), later=True,
    ),
    Reason(
        "changed_since", 80, N_("A person has decided, and what came or was read since may say otherwise."),
        # Whatever touches an incident stamps it, and most were touched last by the decision.
        _DECIDED & (_TOLD_LATER | (_TOUCHED & _READ_OTHERWISE)), later=True,
    ),
    Reason(
        "contested", 50, N_("Reports deny it: to weigh them against each other is no work for rules."),
        INCIDENT.c.grading == "contested",
    ),
    Reason(
        "new_base", 40, N_("Nothing was accepted at this base yet, or no base is named: a place that is read wrongly stays so."),
        INCIDENT.c.base_id.in_(
            select(BASE.c.id).where(
                (BASE.c.slug == UNSPECIFIED)
                | ~exists().where(_ACCEPTED.c.base_id == BASE.c.id, _ACCEPTED.c.review_status == "accepted")
            )
        ),
    ),
    Reason(
        "many_reports", 30, N_("Many reports tell of it, and many readers come to it."),
        INCIDENT.c.number_of_reports >= MANY,
    ),
    Reason(
        "low_confidence", 20, N_("Its day is not exact or was inferred, or who compiled it was not sure."),
        (INCIDENT.c.date_precision != "day")
        | _is_told_in(select(MENTION.c.incident_id).where(MENTION.c.id.in_(select(CLAIM.c.mention_id).where(text(DOUBTFUL))))),
    ),
    Reason(
        "unread", 10, N_("Its reports have numbers or weapons that no rule read: something may be missing."),
        _is_told_in(select(MENTION.c.incident_id).where(MENTION.c.report_id.in_(select(REPORT.c.id).where(text(HAS_UNREAD))))),
    ),
)  # fmt: skip
"""All reasons, the weightiest first: what makes a count wrong, or a person's decision, stands before what may be unsure."""
KINDS = (*(reason.kind for reason in REASONS), PLAIN)
# As a case, so that the database goes through the incidents once, and not once for each reason.
_CANDIDATE = case((_OPEN, 1), (_DECIDED & or_(*(reason.condition for reason in REASONS if reason.later)), 1), else_=0) == 1

_SCORE = reduce(add, (reason.holds * reason.weight for reason in REASONS))
# As text: nothing is no day, and sorts before each.
_DAY = func.coalesce(cast(INCIDENT.c.date_start, String), literal(""))
_KEY: tuple[ColumnElement[Any], ...] = (_SCORE, INCIDENT.c.number_of_reports, _DAY, INCIDENT.c.id)


def _of_kind(kind: str) -> ColumnElement[bool]:
    """Which incidents are candidates of a kind; of any, where none is named."""
    if kind == PLAIN:
        return _OPEN & (_SCORE == 0)
    return next((reason.holds == 1 for reason in REASONS if reason.kind == kind), _CANDIDATE)


def counts(connection: Connection, chosen: IncidentFilter) -> dict[str, int]:
    """How many candidates there are of each kind under the filter, in the order of KINDS; "" stands before them for all.

    One may be of several kinds.
    """
    held = select(*(reason.holds.label(reason.kind) for reason in REASONS)).where(_CANDIDATE, chosen.matching()).subquery()
    found = dict.fromkeys(("", *KINDS), 0)
    for *flags, number in connection.execute(select(*held.c, func.count()).group_by(*held.c)):
        kinds = [reason.kind for reason, holds in zip(REASONS, flags, strict=True) if holds]
        for kind in ("", *(kinds or [PLAIN])):
            found[kind] += number
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """An incident (as a row of a list) that needs a person, with the kinds of its reasons and what they rest on.

    `twins` are the public ids of those that may be the same attack, `lost` the evidence (report, quote) that is found no more,
    `unread` words of its reports. `after` is its place in the queue.
    """

    incident: AnyRow
    score: int
    kinds: tuple[str, ...]
    twins: Sequence[str]
    lost: Sequence[tuple[int, str]]
    unread: Sequence[str]
    after: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some candidates in order, and the cursor of those after them (None at the end)."""

    rows: Sequence[Candidate]
    next: str | None


def page(connection: Connection, chosen: IncidentFilter, kind: str = "", *, size: int, after: str = "") -> Page:
    """The candidates of a kind under the filter: by score, then by number of reports, then the latest first. Raises BadCursor."""
    found = connection.execute(_keys(chosen, kind, after).limit(size + 1)).all()
    there = found[:size]
    return Page(_candidates(connection, there), _cursor(there[-1]) if len(found) > size else None)


def next_of(
    connection: Connection, editor_id: int, chosen: IncidentFilter, kind: str = "", *, now: str, after: str = ""
) -> tuple[str, str] | None:
    """The next candidate that nobody else has open: its public id and its place. After the last comes the first again.

    Raises BadCursor.
    """
    others = select(OPENED.c.incident_id).where(OPENED.c.editor_id != editor_id, OPENED.c.until > now)
    for place in dict.fromkeys((after, "")):
        free = _keys(chosen, kind, place).add_columns(INCIDENT.c.public_id).where(INCIDENT.c.id.not_in(others))
        if found := connection.execute(free.limit(1)).one_or_none():
            return found.public_id, _cursor(found)
    return None


def candidate(connection: Connection, incident_id: int) -> Candidate | None:
    """An incident as a candidate; None where it needs nobody."""
    keys = connection.execute(_keys(IncidentFilter(), "", "").where(INCIDENT.c.id == incident_id)).all()
    return _candidates(connection, keys)[0] if keys else None


def _keys(chosen: IncidentFilter, kind: str, after: str) -> Select[Any]:
    found = select(*(part.label(name) for name, part in zip(("score", "reports", "day", "id"), _KEY, strict=True)))
    found = found.where(_of_kind(kind), chosen.matching()).order_by(*(column.desc() for column in found.selected_columns))
    return found.where(tuple_(*_KEY) < tuple_(*map(literal, _place(after)))) if after else found


def _cursor(key: AnyRow) -> str:
    return f"{key.score}~{key.reports}~{key.day}~{key.id}"


def _place(cursor: str) -> tuple[int, int, str, int]:
    parts = re.fullmatch(r"(\d{1,5})~(\d{1,9})~(\d{4}-\d\d-\d\d|)~(\d{1,18})", cursor, re.ASCII)
    if parts is None:
        raise BadCursor(_("%(place)s is no place in this list; begin at its first page", place=repr(cursor[:40])))
    return int(parts[1]), int(parts[2]), parts[3], int(parts[4])


def _candidates(connection: Connection, keys: Sequence[AnyRow]) -> list[Candidate]:
    ids = [key.id for key in keys]
    reasons = (reason.holds.label(f"is_{reason.kind}") for reason in REASONS)
    of = {row.id: row for row in connection.execute(rows().add_columns(*reasons).where(INCIDENT.c.id.in_(ids)))}
    twins, lost, unread = _twins(connection, ids), _lost(connection, ids), _unread(connection, ids)
    return [
        Candidate(
            incident=of[key.id],
            score=key.score,
            kinds=tuple(one.kind for one in REASONS if of[key.id]._mapping[f"is_{one.kind}"]) or (PLAIN,),
            twins=twins[key.id],
            lost=lost[key.id],
            unread=unread[key.id],
            after=_cursor(key),
        )
        for key in keys
    ]


def _twins(connection: Connection, ids: Collection[int]) -> Mapping[int, list[str]]:
    found: Mapping[int, list[str]] = defaultdict(list)
    for one, other in (("incident_id", "other_id"), ("other_id", "incident_id")):
        pairs = select(TWIN.c[one], INCIDENT.c.public_id).join(INCIDENT, INCIDENT.c.id == TWIN.c[other])
        for incident, public_id in connection.execute(pairs.where(TWIN.c[one].in_(ids), _PAIRED).order_by(INCIDENT.c.id)):
            found[incident].append(public_id)
    return found


def _lost(connection: Connection, ids: Collection[int]) -> Mapping[int, list[tuple[int, str]]]:
    found: Mapping[int, list[tuple[int, str]]] = defaultdict(list)
    told = select(MENTION.c.incident_id, MENTION.c.report_id, MENTION.c.quote).where(
        MENTION.c.lost, MENTION.c.incident_id.in_(ids)
    )
    for incident, report, quote in connection.execute(told.order_by(MENTION.c.id)):
        found[incident].append((report, quote))
    return found


def _unread(connection: Connection, ids: Collection[int]) -> Mapping[int, list[str]]:
    found: Mapping[int, dict[str, None]] = defaultdict(dict)
    told = select(MENTION.c.incident_id, REPORT.c.unread).join(REPORT, _OF_REPORT).where(MENTION.c.incident_id.in_(ids))
    for incident, words in connection.execute(told.order_by(MENTION.c.id)):
        found[incident].update(dict.fromkeys(word["quote"] for word in words))
    return defaultdict(list, {incident: list(words) for incident, words in found.items()})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an incident open, and until when others are told so if nothing is heard of them."""

    editor_id: int
    name: str
    until: str


def opened(connection: Connection, *, now: str) -> dict[int, Holder]:
    """Who has which incident (its id) open."""
    held = select(OPENED, EDITOR.c.display_name).join(EDITOR, EDITOR.c.id == OPENED.c.editor_id).where(OPENED.c.until > now)
    return {row.incident_id: Holder(row.editor_id, row.display_name, row.until) for row in connection.execute(held)}
