"""One act of an editor within its transaction: who acts, on which incidents, and what it did to whose mentions."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, func, insert, select, update
from sqlmodel import Session

from app.actions.incidents import resettle
from app.actions.placing import Moves, place, set_state
from app.actions.revision import RefusedAction, now, raise_revision
from app.actions.words import write_reports
from app.db import transaction
from app.models.tables import ACT, CHANGE, CLAIM, DECISION, EDITOR, INCIDENT, MENTION, RELINK
from app.queries.neighbourhood import FACE_FIELDS, incidents_around

LONGEST_REASON = 1_000
"""Characters: each page of what an act is about shows its reason."""


class DoneAlready(RefusedAction):
    """The form that this act comes from was sent before, and its act was done: `revision`."""

    def __init__(self, revision: int) -> None:
        super().__init__(f"this form was sent already: it is revision {revision}")
        self.revision = revision


class NewerVersion(RefusedAction):
    """Somebody changed the incident after the editor had opened it, in revision `latest`. Nothing was saved."""

    def __init__(self, incident: str, latest: int) -> None:
        super().__init__(f"{incident} was changed by somebody else since you opened it, in revision {latest}")
        self.incident, self.latest = incident, latest


@dataclass(frozen=True, slots=True)
class EditorAct:
    """What an action does its work with."""

    session: Session
    kind: str
    reason: str
    editor_id: int
    revision: int
    seen: int | None = None
    near: set[int] = field(default_factory=set)
    """The incidents that had a say on those of the act, before it."""
    alone: set[int] = field(default_factory=set)
    """Incidents of the act to which nothing comes by it, and from which nothing goes."""

    def take(self, public_id: str, *, changing: Collection[str] = FACE_FIELDS) -> int:
        """The incident with this public id, to act on. Raises RefusedAction, and NewerVersion where it changed since `seen`.

        `changing` are the fields that the act corrects, if it does nothing else to what its mentions are linked by.
        """
        row = self.session.connection().execute(_OF_PUBLIC_ID.where(INCIDENT.c.public_id == public_id)).one_or_none()
        if row is None:
            raise RefusedAction(f"there is no incident {public_id!r}")
        if row.review_status in ("merged", "withdrawn"):
            raise RefusedAction(f"{public_id} is {row.review_status}: nothing can be decided about it any more")
        if self.seen is not None and (latest := self._changed(row.id)) > self.seen:
            raise NewerVersion(public_id, latest)
        if self._is_held(row.id) and not {*changing} & {*FACE_FIELDS}:
            # Its mentions are held already and look as before: all are grouped as they are. In a dense time to find that out
            # by grouping them anew takes most of a second.
            self.alone.add(row.id)
        else:
            self.near.update(incidents_around(self.session.connection(), [row.id]))
        return int(row.id)

    def _is_held(self, incident: int) -> bool:
        free = select(MENTION.c.id).where(MENTION.c.incident_id == incident, MENTION.c.linked_by == "machine").limit(1)
        return self.session.connection().execute(free).first() is None

    def _changed(self, incident: int) -> int:
        """The last revision before this one that changed a field of the incident."""
        of = (CHANGE.c.subject == "incident") & (CHANGE.c.subject_id == incident) & (CHANGE.c.field != "note")
        of &= CHANGE.c.stood.is_(False)
        latest = select(func.max(CHANGE.c.revision)).where(of, CHANGE.c.revision < self.revision)
        return self.session.connection().execute(latest).scalar_one() or 0

    @property
    def signed(self) -> dict[str, Any]:
        """What each row of the act says: why, whose, when, in which revision."""
        return {"reason": self.reason, "editor_id": self.editor_id, "made_at": now(), "revision": self.revision}

    def decide(self, kind: str, incident: int, **about: int | None) -> None:
        """Records the decision and holds the incident: its mentions stay with it from now on."""
        row = {"kind": kind, "incident_id": incident, **self.signed}
        self.session.connection().execute(insert(DECISION).values(row | about))
        self.hold(incident)

    def hold(self, incident: int) -> None:
        """Marks the incident's mentions as linked by an editor; compiled ones are linked by hand already."""
        self.relink((MENTION.c.incident_id == incident) & (MENTION.c.linked_by == "machine"), linked_by="editor")

    def relink(self, which: ColumnElement[bool], **to: object) -> None:
        """Changes the incident of these mentions, who linked them or where they were born, and keeps what they were before."""
        rows = self.session.connection()
        found = [row._asdict() for row in rows.execute(_LINKS.where(which))]
        if not found:
            return
        rows.execute(update(MENTION).where(MENTION.c.id.in_([row["id"] for row in found])).values(**to))
        self._keep_links([(row, {**row, **to}) for row in found])

    def _keep_links(self, links: Collection[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
        rows = self.session.connection()
        for before, after in links:
            # One act may change a mention twice: what stood before the act, and what stands after it, is kept.
            of = (RELINK.c.revision == self.revision) & (RELINK.c.mention_id == before["id"])
            if rows.execute(update(RELINK).where(of).values(_sides("after", after))).rowcount == 0:
                row = {"revision": self.revision, "mention_id": before["id"]}
                rows.execute(insert(RELINK), row | _sides("before", before) | _sides("after", after))

    def put_in(self, mention_id: int) -> None:
        """Keeps that the act made this mention."""
        row = self.session.connection().execute(_LINKS.where(MENTION.c.id == mention_id)).one()
        self._keep_links([({"id": mention_id}, row._asdict())])

    def take_out(self, mention_id: int) -> None:
        """Takes a mention out of the register with its claims, and keeps what it was linked to."""
        rows = self.session.connection()
        row = rows.execute(_LINKS.add_columns(MENTION.c.report_id).where(MENTION.c.id == mention_id)).one()
        rows.execute(delete(CLAIM).where(CLAIM.c.mention_id == mention_id))
        rows.execute(delete(MENTION).where(MENTION.c.id == mention_id))
        self._keep_links([(row._asdict(), {})])
        write_reports(rows, [row.report_id])

    def _keep_moves(self, moves: Moves) -> None:
        """What the machine moved because of the act is kept too: an undo of the act puts it back."""
        for row in self.session.connection().execute(_LINKS.where(MENTION.c.id.in_(list(moves)))).all():
            self._keep_links([({**row._asdict(), "incident_id": moves[row.id][0]}, row._asdict())])

    def set_state(self, incident: int, **state: object) -> None:
        """Sets what became of the incident: its review status, the ground and words of a rejection, where it redirects to."""
        set_state(self.session, incident, self.revision, **state)

    def status(self, incident: int) -> str:
        """The review status of an incident."""
        found = select(INCIDENT.c.review_status).where(INCIDENT.c.id == incident)
        return str(self.session.connection().execute(found).scalar_one())

    def settle(self, incidents: Collection[int]) -> None:
        """Settles these incidents, and those that other mentions move to or from because of the act."""
        changed = {*incidents}
        if left := (changed - self.alone) | self.near:
            placed = place(self.session, (), revision=self.revision, left=left)
            self._keep_moves(placed.moved)
            changed |= placed.changed
        resettle(self.session, changed, self.revision)


_OF_PUBLIC_ID = select(INCIDENT.c.id, INCIDENT.c.review_status)
_LINKS = select(MENTION.c.id, MENTION.c.incident_id, MENTION.c.linked_by, MENTION.c.born_id)


def _sides(side: str, link: Mapping[str, Any]) -> dict[str, Any]:
    columns = (("incident", "incident_id"), ("linked", "linked_by"), ("born", "born_id"))
    return {f"{name}_{side}": link.get(column) for name, column in columns}


@contextmanager
def editor_act(
    engine: Engine,
    kind: str,
    about: Mapping[str, Any],
    *,
    editor: str,
    reason: str = "",
    seen: int | None = None,
    token: str = "",
    undoes: int | None = None,
    admin: bool = False,
) -> Iterator[EditorAct]:
    """A transaction in which an editor acts. Raises RefusedAction for one who may not, DoneAlready where `token` was used.

    `seen` is the revision in which the editor saw what is acted on; `about` goes into the log.
    """
    if len(reason) > LONGEST_REASON:
        raise RefusedAction(f"a reason has at most {LONGEST_REASON} characters; this one has {len(reason)}")
    with transaction(engine) as session:
        editor_id = editor_named(session, editor, admin=admin)
        if token and (done := session.connection().execute(select(ACT.c.revision).where(ACT.c.token == token)).scalar()):
            raise DoneAlready(int(done))
        revision = raise_revision(
            session, kind, editor_id=editor_id, reason=reason, undoes=undoes, token=token or None, by=editor, **about
        )
        yield EditorAct(session, kind, reason, editor_id, revision, seen)


def editor_named(session: Session, name: str, *, admin: bool = False) -> int:
    """The id of the editor with this name. Raises RefusedAction where there is none, or one who may not do this."""
    found = session.connection().execute(select(EDITOR).where(EDITOR.c.name == name)).one_or_none()
    if found is None or found.disabled_at:
        raise RefusedAction(f"there is no editor {name!r}")
    if admin and found.role != "admin":
        raise RefusedAction("this is for those who administer the register")
    return int(found.id)
