"""Reads acts: what was done, by whom, and to what."""

from dataclasses import dataclass

from sqlalchemy import CompoundSelect, Connection, func, select, union

from app.db import AnyRow
from app.fields import INCIDENT_ACTS, REPORT_ACTS
from app.models.tables import ACT, CHANGE, CORRECTION, DECISION, INCIDENT

_UNDO = ACT.alias()


@dataclass(frozen=True, slots=True)
class Done:
    """An act that an editor has just done: its kind, the incidents and reports that it is about, and where it is undone."""

    revision: int
    kind: str
    incidents: tuple[str, ...]
    reports: tuple[int, ...]
    undo_at: str
    """The address that undoes it; empty where it cannot be undone."""
    undone_by: int | None = None
    """The revision in which it was undone since."""


def made_by(connection: Connection, token: str, editor_id: int) -> int:
    """The revision of the act that a form with this token did; without a token the editor's last one."""
    which = ACT.c.token == token if token else ACT.c.editor_id == editor_id
    return connection.execute(select(func.max(ACT.c.revision)).where(which)).scalar_one() or 0


def done(connection: Connection, revision: int, editor_id: int) -> Done | None:
    """The act of this revision, if it is this editor's."""
    act = connection.execute(
        select(ACT.c.kind, _UNDO.c.revision.label("undone_by"))
        .outerjoin(_UNDO, _UNDO.c.undoes == ACT.c.revision)
        .where(ACT.c.revision == revision, ACT.c.editor_id == editor_id)
    ).one_or_none()
    if act is None:
        return None
    named = select(INCIDENT.c.public_id).where(INCIDENT.c.id.in_(_about(revision))).order_by(INCIDENT.c.id)
    changed = select(CHANGE.c.subject_id).where(CHANGE.c.revision == revision, CHANGE.c.subject == "report").distinct()
    reports = tuple(connection.execute(changed).scalars())
    root = "" if act.undone_by else root_of(connection, revision).kind
    undo_at = "/desk/undo" if root in INCIDENT_ACTS else f"/desk/reports/{reports[0]}" if root in REPORT_ACTS and reports else ""
    return Done(revision, act.kind, tuple(connection.execute(named).scalars()), reports, undo_at, act.undone_by)


def root_of(connection: Connection, revision: int) -> AnyRow:
    """The act of this revision, or what it undoes in the end."""
    found = connection.execute(select(ACT).where(ACT.c.revision == revision)).one()
    return root_of(connection, found.undoes) if found.undoes else found


def number_of_incidents(connection: Connection, revision: int) -> int:
    """How many incidents an act was directly about."""
    return connection.execute(select(func.count()).where(INCIDENT.c.id.in_(_about(revision)))).scalar_one()


def _about(revision: int) -> CompoundSelect[tuple[int]]:
    return union(
        select(CORRECTION.c.incident_id).where(CORRECTION.c.revision == revision),
        select(DECISION.c.incident_id).where(DECISION.c.revision == revision),
        select(DECISION.c.other_incident_id).where(DECISION.c.revision == revision),
    )
