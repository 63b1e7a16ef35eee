"""Reads what people and the machine did to an incident, a report or an entry of reference, and how an incident stood before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, literal_column, or_, select

from app.db import AnyRow
from app.fields import INCIDENT_ACTS, INCIDENT_FIELDS
from app.models.tables import ACT, ACTOR, BASE, CHANGE, CORRECTION, DECISION, EDITOR, INCIDENT, RELINK, SOURCE
from app.queries.published import shown

STATE_FIELDS = (*INCIDENT_FIELDS, "grading", "review_status", "rejected_as", "rejected_because", "merged_into_id")
"""What is kept of an incident from revision to revision."""
SLUGS = {"base": BASE, "claimed_by": ACTOR, "attributed_to": ACTOR, "attributed_by": SOURCE}
"""Fields that are kept by slug; the column beside the field's name ends in `_id`."""
# A literal, or SQLite would not know that an index which holds these alone will do.
_IS_MERGE = (CHANGE.c.subject == "incident") & (CHANGE.c.field == literal_column("'merged_into_id'"))


@dataclass(frozen=True, slots=True)
class By:
    """Whose act it was. The name by which an editor logs in is never read."""

    role: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an act changed in one field; None is unknown. Where it `stood`, only what the reports say changed."""

    field: str
    before: str | None
    after: str | None
    stood: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's value for one field; where it is `withdrawn` the field is the reports' again."""

    field: str
    value: str | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Another incident of an act: its public id (None where it may not be shown), and what it has to do with this one.

    `how` is merged_in, merged_away, parted (merged no more), kept_apart, came or left: `mentions` moved from it or to it.
    """

    public_id: str | None
    how: str
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """One act, and what it did to one thing. `by` nobody: the machine. Those from before acts were kept have no revision.

    `made`: it made the incident. `direct`: it was about this very thing; else what it did here followed from that.
    """

    kind: str
    made_at: str
    by: By | None
    reason: str
    revision: int | None = None
    undoes: int | None = None
    undoes_kind: str = ""
    undone_by: int | None = None
    changes: Sequence[Change] = ()
    corrections: Sequence[Correction] = ()
    others: Sequence[Other] = ()
    made: bool = False
    direct: bool = True


def of_incident(connection: Connection, incident: AnyRow) -> list[Act]:
    """All acts on an incident (a row of it), the first first; those from before acts were kept come as they were signed."""
    changes = _changes(connection, "incident", incident.id)
    corrections, decisions = _corrections(connection, incident.id), _decisions(connection, incident.id)
    others = _others(connection, incident.id, decisions)
    about = {*(row.revision for row in (*corrections, *decisions)), *others, incident.made_in} - {None}
    of_act: dict[int, list[Correction]] = defaultdict(list)
    for row in corrections:
        of_act[row.revision].append(Correction(row.field, row.value, row.withdrawn))
    kept = [
        replace(
            act,
            changes=changes.get(act.revision, ()),
            corrections=of_act.get(act.revision, ()),
            others=others.get(act.revision, ()),
            made=act.revision == incident.made_in,
            direct=act.kind not in INCIDENT_ACTS or act.revision in about,
        )
        for act in _acts(connection, {*changes, *about})
        if act.revision is not None
    ]
    return sorted(_unkept(corrections, decisions, others), key=lambda act: act.made_at) + kept


def _changes(connection: Connection, subject: str, subject_id: int) -> Mapping[int, list[Change]]:
    found: Mapping[int, list[Change]] = defaultdict(list)
    of = select(CHANGE).where(CHANGE.c.subject == subject, CHANGE.c.subject_id == subject_id).order_by(CHANGE.c.id)
    for row in connection.execute(of):
        found[row.revision].append(Change(row.field, row.before, row.after, row.stood))
    return found


def _acts(connection: Connection, revisions: Collection[int]) -> list[Act]:
    undone = ACT.alias()
    acts = (
        select(*ACT.c, EDITOR.c.role, EDITOR.c.display_name, undone.c.kind.label("undoes_kind"))
        .outerjoin(EDITOR, EDITOR.c.id == ACT.c.editor_id)
        .outerjoin(undone, undone.c.revision == ACT.c.undoes)
        .where(ACT.c.revision.in_(revisions))
        .order_by(ACT.c.revision)
    )
    undone_by = dict(connection.execute(select(ACT.c.undoes, ACT.c.revision).where(ACT.c.undoes.in_(revisions))).all())
    return [
        Act(
            row.kind, row.made_at, By(row.role, row.display_name) if row.role else None, row.reason, row.revision,
            row.undoes, row.undoes_kind or "", undone_by.get(row.revision),
        )
        for row in connection.execute(acts)
    ]  # fmt: skip


def _corrections(connection: Connection, incident_id: int) -> Sequence[AnyRow]:
    rows = select(*CORRECTION.c, EDITOR.c.role, EDITOR.c.display_name).join(EDITOR, EDITOR.c.id == CORRECTION.c.editor_id)
    return connection.execute(rows.where(CORRECTION.c.incident_id == incident_id).order_by(CORRECTION.c.id)).all()


def _decisions(connection: Connection, incident_id: int) -> Sequence[AnyRow]:
    rows = select(*DECISION.c, EDITOR.c.role, EDITOR.c.display_name).join(EDITOR, EDITOR.c.id == DECISION.c.editor_id)
    about = or_(DECISION.c.incident_id == incident_id, DECISION.c.other_incident_id == incident_id)
    return connection.execute(rows.where(about).order_by(DECISION.c.id)).all()


def _unkept(
    corrections: Iterable[AnyRow], decisions: Iterable[AnyRow], others: Mapping[int | None, Sequence[Other]]
) -> Iterable[Act]:
    """What was done before acts were kept: each correction and each decision by itself."""
    for row in corrections:
        if row.revision is None:
            one = Correction(row.field, row.value, row.withdrawn)
            yield Act("correct", row.made_at, By(row.role, row.display_name), row.reason, corrections=(one,))
    unnamed = iter(others.get(None, ()))
    for row in decisions:
        if row.revision is None:
            other = (next(unnamed),) if row.other_incident_id else ()
            yield Act(row.kind, row.made_at, By(row.role, row.display_name), row.reason, others=other)


def _others(connection: Connection, incident_id: int, decisions: Iterable[AnyRow]) -> Mapping[Any, Sequence[Other]]:
    """The other incidents of each act; of those from before acts were kept, one for each decision about two, in their order."""
    found: dict[int | None, dict[tuple[int, str], int]] = defaultdict(dict)
    before_acts: list[tuple[int, str]] = []
    for row in decisions:
        if row.other_incident_id:
            is_first = row.incident_id == incident_id
            how = "kept_apart" if row.kind == "not_same" else "merged_away" if is_first else "merged_in"
            pair = (row.other_incident_id if is_first else row.incident_id, how)
            if row.revision is None:
                before_acts.append(pair)
            else:
                found[row.revision][pair] = 0
    for revision, other, how in _merges(connection, incident_id):
        found[revision][other, how] = 0
    for revision, before, after, mentions in _moves(connection, incident_id):
        other, how = (before, "came") if after == incident_id else (after, "left")
        if other is not None and not any(one == other for one, _how in found[revision]):
            found[revision][other, how] = mentions
    wanted = {other for pairs in found.values() for other, _how in pairs} | {other for other, _how in before_acts}
    ids = select(INCIDENT.c.id, INCIDENT.c.public_id).where(INCIDENT.c.id.in_(wanted), shown())
    public: dict[int, str] = dict(connection.execute(ids).all())
    named: dict[int | None, Sequence[Other]] = {
        revision: [Other(public.get(other), how, mentions) for (other, how), mentions in pairs.items()]
        for revision, pairs in found.items()
        if pairs
    }
    return named | ({None: [Other(public.get(other), how) for other, how in before_acts]} if before_acts else {})


def _merges(connection: Connection, incident_id: int) -> Iterable[tuple[int, int, str]]:
    """What was merged into the incident or came apart from it, and where it was merged itself: (revision, other, how)."""
    sides = ((CHANGE.c.after, "merged_in"), (CHANGE.c.before, "parted"))
    for column, how in sides:
        merged = select(CHANGE.c.revision, CHANGE.c.subject_id).where(_IS_MERGE, column == str(incident_id))
        for revision, other in connection.execute(merged):
            yield revision, other, how
    own = select(CHANGE.c.revision, CHANGE.c.before, CHANGE.c.after).where(_IS_MERGE, CHANGE.c.subject_id == incident_id)
    for revision, before, after in connection.execute(own):
        yield revision, int(after or before), "merged_away" if after else "parted"


def _moves(connection: Connection, incident_id: int) -> Iterable[AnyRow]:
    """How many mentions an editor's act brought to the incident or took from it: (revision, before, after, number)."""
    sides = (RELINK.c.incident_before, RELINK.c.incident_after)
    moved = or_(*(side == incident_id for side in sides)) & sides[0].is_distinct_from(sides[1])
    return connection.execute(select(RELINK.c.revision, *sides, func.count()).where(moved).group_by(RELINK.c.revision, *sides))


State = Mapping[str, str | None]
"""What an incident held: for each of STATE_FIELDS a text as changes keep it, or None. Other incidents are public ids."""


def first_revision(connection: Connection, incident: AnyRow) -> int:
    """The first revision at which it is known how an incident stood: that which made it, or the last before acts were kept."""
    if incident.made_in is not None:
        return int(incident.made_in)
    first = connection.execute(select(func.min(ACT.c.revision))).scalar_one()
    return int(incident.revision) if first is None else int(first) - 1


def made_at(connection: Connection, revision: int) -> str | None:
    """When the register came to this revision, where an act of that time was kept."""
    latest = select(ACT.c.made_at).where(ACT.c.revision <= revision).order_by(ACT.c.revision.desc()).limit(1)
    return connection.execute(latest).scalar_one_or_none()


def state_at(connection: Connection, incident: AnyRow, revision: int) -> State:
    """How an incident stood when the register was at this revision: as it stands, with all later changes taken back."""
    slugs = (select(table.c.slug).where(table.c.id == INCIDENT.c[f"{field}_id"]).label(field) for field, table in SLUGS.items())
    columns = (INCIDENT.c[field] for field in STATE_FIELDS if field not in SLUGS)
    now = connection.execute(select(*columns, *slugs).where(INCIDENT.c.id == incident.id)).one()._mapping
    state = {field: None if now[field] in (None, "") else str(now[field]) for field in STATE_FIELDS}
    later = select(CHANGE.c.field, CHANGE.c.before).where(
        CHANGE.c.subject == "incident",
        CHANGE.c.subject_id == incident.id,
        CHANGE.c.revision > revision,
        CHANGE.c.stood.is_(False),
        CHANGE.c.field.in_(STATE_FIELDS),
    )
    for field, before in connection.execute(later.order_by(CHANGE.c.revision.desc(), CHANGE.c.id.desc())):
        state[field] = before
    into = select(INCIDENT.c.public_id).where(INCIDENT.c.id == int(state["merged_into_id"] or 0), shown())
    return state | {"merged_into_id": connection.execute(into).scalar_one_or_none()}
