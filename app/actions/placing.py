"""Finds the incident that each mention tells of: gathers what could fit, asks `reconcile`, and carries out what follows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, insert, or_, select, update
from sqlmodel import Session

from app.actions.incidents import new_incident
from app.actions.revision import keep_changes, now
from app.models.tables import DECISION, INCIDENT, MENTION, TWIN
from app.queries.neighbourhood import UNDONE, Arrival, Neighbourhood
from app.reconcile.clustering import Clustering, Sighting, cluster
from app.reconcile.naming import name

_SOME: BindParameter[list[int]] = bindparam("incidents", expanding=True)
_FORGET_TWINS = delete(TWIN).where(or_(TWIN.c.incident_id.in_(_SOME), TWIN.c.other_id.in_(_SOME)))


Moves = Mapping[int, tuple[int | None, int]]
"""For mentions the incident that each comes from, and that which it goes to."""


@dataclass(frozen=True, slots=True)
class Placed:
    """For each text the incidents of its arrivals, in their order; those whose mentions changed, and those that are new.

    `moved` are the stored mentions that went from one incident to another.
    """

    incidents: list[list[int]]
    changed: set[int]
    new: list[int]
    moved: Moves


def place(
    session: Session, texts: Sequence[tuple[str, Sequence[Arrival]]], *, revision: int, left: Collection[int] = ()
) -> Placed:
    """Links the arrivals of each text to incidents, and all mentions that they bring nearer to each other or further apart.

    A text is known by its identity; `left` are incidents that mentions were taken from. Incidents that lose all their mentions
    redirect to where most of these went, or are withdrawn. The arrivals themselves are stored by the caller.
    """
    known = Neighbourhood(session.connection())
    arrived = [[known.arrive(text, arrival).id for arrival in arrivals] for text, arrivals in texts]
    near = known.around(left)
    clustering = cluster(near.values())
    naming = name(clustering.groups, near, _free_births(session, near, known.born))
    incident_of = {
        group: found or new_incident(session, base_id=known.base_of(group), revision=revision)
        for found, group in zip(naming.incidents, clustering.groups, strict=True)
    }
    of = {one: incident for group, incident in incident_of.items() for one in group}
    held = {sighting.incident for sighting in near.values()}
    for found in naming.incidents:
        if found is not None and found not in held:
            _revive(session, found, revision)
    for lost, index in naming.absorbed.items():
        close(session, lost, revision, review_status="merged", merged_into_id=incident_of[clustering.groups[index]])
    for empty in set(left) - set(of.values()) - naming.absorbed.keys():
        close(session, empty, revision, review_status="withdrawn")
    _suggest(session, clustering, incident_of)
    other = {one: (sighting.incident, of[one]) for one, sighting in near.items() if one < 0 or sighting.incident != of[one]}
    return Placed(
        incidents=[[of[one] for one in ids] for ids in arrived],
        changed=set(of.values()) & {incident for move in other.values() for incident in move},
        moved=_move(session, other),
        new=[incident_of[group] for group, found in zip(clustering.groups, naming.incidents, strict=True) if found is None],
    )


def _free_births(session: Session, near: Mapping[int, Sighting], born: Mapping[int, int]) -> dict[int, int]:
    """For each mention the incident that it was born in, where that was merged away by the machine, or withdrawn."""
    held = {sighting.incident for sighting in near.values()}
    former = {one: born[one] for one in near if one in born and born[one] not in held}
    if not former:
        return {}
    by_editor = select(DECISION.c.incident_id).where(DECISION.c.kind == "merge", ~UNDONE)
    free = select(INCIDENT.c.id).where(
        INCIDENT.c.id.in_(former.values()), INCIDENT.c.review_status.in_(("merged", "withdrawn")), INCIDENT.c.id.not_in(by_editor)
    )
    found = set(session.connection().execute(free).scalars())
    return {one: incident for one, incident in former.items() if incident in found}


def _move(session: Session, moves: Moves) -> Moves:
    """Links those of the mentions that are stored to their incidents, and returns their moves."""
    stored = {one: move for one, move in moves.items() if one > 0}
    for one, (_, incident) in stored.items():
        session.connection().execute(update(MENTION).where(MENTION.c.id == one).values(incident_id=incident))
    return stored


def _suggest(session: Session, clustering: Clustering, incident_of: Mapping[frozenset[int], int]) -> None:
    """Replaces the twins that were suggested for these incidents."""
    pairs = {(min(pair), max(pair)) for pair in (tuple(incident_of[group] for group in twin) for twin in clustering.twins)}
    rows = session.connection()
    rows.execute(_FORGET_TWINS, {"incidents": list(incident_of.values())})
    if pairs:
        rows.execute(insert(TWIN), [{"incident_id": one, "other_id": other} for one, other in sorted(pairs)])


STATE = ("review_status", "rejected_as", "rejected_because", "merged_into_id")
"""The columns that say what became of an incident."""


def _revive(session: Session, incident: int, revision: int) -> None:
    """Brings an incident back that had lost its mentions."""
    set_state(session, incident, revision, review_status="unreviewed", merged_into_id=None)


def set_state(session: Session, incident: int, revision: int, **state: Any) -> None:
    """Sets columns of STATE, and keeps what that changed."""
    rows = session.connection()
    before = rows.execute(select(*(INCIDENT.c[column] for column in STATE)).where(INCIDENT.c.id == incident)).one()
    rows.execute(update(INCIDENT).where(INCIDENT.c.id == incident).values(**state))
    keep_changes(
        session, revision, "incident", incident, {column: (before._mapping[column], new) for column, new in state.items()}
    )


def close(session: Session, incident: int, revision: int, **state: Any) -> None:
    """Takes an incident that has no mentions left out of every count. Its id stays, and what redirected to it follows it."""
    rows = session.connection()
    state = {"merged_into_id": None, "rejected_as": "", "rejected_because": "", **state}
    for redirected in rows.execute(select(INCIDENT.c.id).where(INCIDENT.c.merged_into_id == incident)).scalars().all():
        set_state(session, redirected, revision, **state)
    set_state(session, incident, revision, **state)
    rows.execute(update(INCIDENT).where(INCIDENT.c.id == incident).values(revision=revision, updated_at=now()))
    rows.execute(_FORGET_TWINS, {"incidents": [incident]})
