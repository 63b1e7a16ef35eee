"""What editors do to incidents: corrections, and decisions on identity and review. Rows are only added; each act is kept.

Whatever an editor decides about an incident, its mentions are then linked by an editor: no reading and no report moves them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app import fields
from app.actions.incidents import check_names, new_incident, resettle
from app.actions.placing import close, place
from app.actions.revision import RefusedAction, now, raise_revision
from app.db import transaction
from app.models.tables import CORRECTION, DECISION, EDITOR, INCIDENT, MENTION
from app.queries.neighbourhood import incidents_around


@dataclass(frozen=True, slots=True)
class _Act:
    """One act of an editor, within its transaction."""

    session: Session
    kind: str
    reason: str
    editor_id: int
    revision: int
    near: set[int] = field(default_factory=set)
    """The incidents that had a say on those of the act, before it."""

    def take(self, public_id: str) -> int:
        """The incident with this public id, to act on. Raises RefusedAction."""
        found = _incident(self.session, public_id)
        self.near.update(incidents_around(self.session.connection(), [found]))
        return found

    def decide(self, incident: int, **about: int | None) -> None:
        """Records the decision and holds the incident: its mentions stay with it from now on."""
        row = {"kind": self.kind, "incident_id": incident, "reason": self.reason, "editor_id": self.editor_id, "made_at": now()}
        self.session.connection().execute(insert(DECISION).values(row | about))
        self.hold(incident)

    def hold(self, incident: int) -> None:
        """Marks the incident's mentions as linked by an editor; compiled ones are linked by hand already."""
        free = (MENTION.c.incident_id == incident) & (MENTION.c.linked_by == "machine")
        self.session.connection().execute(update(MENTION).where(free).values(linked_by="editor"))

    def set(self, incident: int, **state: object) -> None:
        """Sets columns of the incident."""
        self.session.connection().execute(update(INCIDENT).where(INCIDENT.c.id == incident).values(**state))

    def status(self, incident: int) -> str:
        """The review status of an incident."""
        found = select(INCIDENT.c.review_status).where(INCIDENT.c.id == incident)
        return str(self.session.connection().execute(found).scalar_one())

    def settle(self, incidents: Collection[int]) -> None:
        """Settles these incidents, and those that other mentions move to or from because of the act."""
        placed = place(self.session, (), revision=self.revision, left={*incidents, *self.near})
        resettle(self.session, {*incidents, *placed.changed}, self.revision)


@contextmanager
def _act(engine: Engine, kind: str, *, reason: str, editor: str, **about: str) -> Iterator[_Act]:
    with transaction(engine) as session:
        editor_id = _editor(session, editor)
        yield _Act(session, kind, reason, editor_id, raise_revision(session, kind, **about))


def correct(engine: Engine, *, incident: str, values: Mapping[str, str | None], reason: str, editor: str) -> None:
    """Records an editor's values for fields of the incident with this public id; None is unknown. Raises RefusedAction.

    A `grading` stands instead of the computed one, until it is None again.
    """
    if unknown := values.keys() - set(fields.CORRECTED_FIELDS):
        raise RefusedAction(f"an incident has no field {min(unknown)!r}")
    if values.get("grading") not in (None, *fields.GRADINGS[1:]):
        raise RefusedAction(f"grading: {values['grading']!r} is not one of {', '.join(fields.GRADINGS[1:])}")
    if not reason or not values:
        raise RefusedAction("a correction needs a field and its reason")
    try:
        with _act(engine, "correct", reason=reason, editor=editor, incident=incident, fields=",".join(sorted(values))) as act:
            found = act.take(incident)
            check_names(act.session, values.items())
            _check_days(act, found, values)
            row = {"incident_id": found, "reason": reason, "editor_id": act.editor_id, "made_at": now()}
            rows = [row | {"field": field, "value": value} for field, value in values.items()]
            act.session.connection().execute(insert(CORRECTION), rows)
            act.hold(found)
            act.settle([found])
    except (IntegrityError, OverflowError, ValueError) as error:
        given = ", ".join(f"{field} = {value!r}" for field, value in values.items())
        raise RefusedAction(f"{incident} cannot have {given[:200]}: {getattr(error, 'orig', error)}") from error


def _check_days(act: _Act, incident: int, values: Mapping[str, str | None]) -> None:
    """Raises RefusedAction for a last day before the first. Later, a report may move the other one: then it follows."""
    first = act.session.connection().execute(select(INCIDENT.c.date_start).where(INCIDENT.c.id == incident)).scalar_one()
    start, end = values.get("date_start", str(first or "")), values.get("date_end")
    if start and end and fields.iso_day(end) < fields.iso_day(start):
        raise RefusedAction(f"date_end: {end} lies before {start}, the first day")


def accept(engine: Engine, *, incident: str, editor: str, reason: str = "") -> None:
    """Says that a person has checked the incident. Raises RefusedAction."""
    _review(engine, "accept", "accepted", incident=incident, editor=editor, reason=reason)


def reopen(engine: Engine, *, incident: str, editor: str, reason: str = "") -> None:
    """Takes an acceptance or a rejection back. Raises RefusedAction."""
    _review(engine, "reopen", "unreviewed", incident=incident, editor=editor, reason=reason)


def _review(engine: Engine, kind: str, status: str, *, incident: str, editor: str, reason: str) -> None:
    with _act(engine, kind, reason=reason, editor=editor, incident=incident) as act:
        found = act.take(incident)
        act.decide(found)
        act.set(found, review_status=status, rejected_because="")
        act.settle([found])


def reject(engine: Engine, *, incident: str, reason: str, editor: str) -> None:
    """Takes the incident out of every count, for a reason that is shown. Raises RefusedAction."""
    with _act(engine, "reject", reason=reason, editor=editor, incident=incident) as act:
        _reject(act, act.take(incident))


def reject_compiled(engine: Engine, *, reasons: Mapping[str, str], editor: str) -> None:
    """Rejects the incidents that these compiled mentions (by ref) tell of; one that was decided on stays as it is."""
    with transaction(engine) as session:
        undecided = session.connection().execute(
            select(MENTION.c.ref, MENTION.c.incident_id)
            .outerjoin(DECISION, DECISION.c.incident_id == MENTION.c.incident_id)
            .where(MENTION.c.ref.in_(list(reasons)), DECISION.c.id.is_(None))
        )
        if found := list(undecided.all()):
            revision = raise_revision(session, "reject compiled", incidents=len(found))
            for ref, incident_id in found:
                _reject(_Act(session, "reject", reasons[str(ref)], _editor(session, editor), revision), incident_id)


def _reject(act: _Act, incident_id: int) -> None:
    if not act.reason:
        raise RefusedAction("a rejection needs its reason")
    act.decide(incident_id)
    act.set(incident_id, review_status="rejected", rejected_because=act.reason)
    act.settle([incident_id])


def merge(engine: Engine, *, incident: str, into: str, editor: str, reason: str = "") -> None:
    """Says that two incidents are one attack: the first redirects to the second, for good. Raises RefusedAction."""
    with _act(engine, "merge", reason=reason, editor=editor, incident=incident, into=into) as act:
        absorbed, kept = act.take(incident), act.take(into)
        if absorbed == kept:
            raise RefusedAction(f"{incident} cannot be merged with itself")
        if act.status(kept) == "rejected":
            raise RefusedAction(f"{into} is rejected: reopen it first, or {incident} would leave every count with it")
        _carry_over(act, absorbed, kept)
        act.decide(absorbed, other_incident_id=kept)
        theirs = MENTION.c.incident_id == absorbed
        act.session.connection().execute(update(MENTION).where(theirs).values(incident_id=kept, born_id=kept))
        act.hold(kept)
        act.near.discard(absorbed)
        close(act.session, absorbed, act.revision, review_status="merged", merged_into_id=kept)
        act.settle([kept])


def _carry_over(act: _Act, absorbed: int, kept: int) -> None:
    """Corrections of an absorbed incident hold for the one that is kept, but for fields on which that has its own."""
    rows = act.session.connection()
    of = select(CORRECTION).order_by(CORRECTION.c.id)
    own = {row.field for row in rows.execute(of.where(CORRECTION.c.incident_id == kept))}
    theirs = [row._asdict() for row in rows.execute(of.where(CORRECTION.c.incident_id == absorbed)) if row.field not in own]
    if theirs:
        rows.execute(insert(CORRECTION), [{**row, "id": None, "incident_id": kept, "made_at": now()} for row in theirs])


def not_same(engine: Engine, *, incident: str, other: str, editor: str, reason: str = "") -> None:
    """Says that two incidents are two attacks: nothing merges them any more, nor suggests it. Raises RefusedAction."""
    with _act(engine, "not_same", reason=reason, editor=editor, incident=incident, other=other) as act:
        one, two = act.take(incident), act.take(other)
        if one == two:
            raise RefusedAction(f"{incident} is the same as itself")
        act.decide(one, other_incident_id=two)
        act.hold(two)
        act.settle([one, two])


def split(engine: Engine, *, incident: str, mentions: Iterable[int], editor: str, reason: str = "") -> str:
    """Says that these mentions (their ids) of an incident tell of another attack. Returns its public id. Raises RefusedAction."""
    with _act(engine, "split", reason=reason, editor=editor, incident=incident) as act:
        found, rows = act.take(incident), act.session.connection()
        told = {row.id: row for row in rows.execute(select(MENTION).where(MENTION.c.incident_id == found))}
        moved = sorted(set(mentions))
        if not moved or not told.keys() > set(moved):
            raise RefusedAction(f"{incident}: name some of its mentions, and not all: {', '.join(map(str, sorted(told)))}")
        other = new_incident(act.session, base_id=told[moved[0]].base_id, revision=act.revision)
        for one in moved:
            act.decide(found, **{column: told[one]._mapping[column] for column in ("report_id", "span_start", "span_end")})
        away = MENTION.c.id.in_(moved)
        rows.execute(update(MENTION).where(away).values(incident_id=other, born_id=other, linked_by="editor"))
        act.settle([found, other])
        return str(rows.execute(select(INCIDENT.c.public_id).where(INCIDENT.c.id == other)).scalar_one())


def _incident(session: Session, public_id: str) -> int:
    found = (
        session.connection()
        .execute(select(INCIDENT.c.id, INCIDENT.c.review_status).where(INCIDENT.c.public_id == public_id))
        .one_or_none()
    )
    if found is None:
        raise RefusedAction(f"there is no incident {public_id!r}")
    if found.review_status in ("merged", "withdrawn"):
        raise RefusedAction(f"{public_id} is {found.review_status}: nothing can be decided about it any more")
    return int(found.id)


def _editor(session: Session, name: str) -> int:
    found = session.connection().execute(select(EDITOR.c.id).where(EDITOR.c.name == name)).scalar_one_or_none()
    if found is None:
        raise RefusedAction(f"there is no editor {name!r}")
    return int(found)
