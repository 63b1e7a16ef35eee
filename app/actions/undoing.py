"""Undoes what an editor did to incidents, as an act of its own: what stood before stands again.

It is refused where somebody acted on the same thing since. An undo can be undone too: then what was undone is done again.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import Engine, exists, func, insert, select
from sqlalchemy.exc import IntegrityError

from app.actions.acts import EditorAct, editor_act
from app.actions.placing import STATE, close
from app.actions.revision import RefusedAction
from app.actions.standing import Undoings, holders
from app.db import AnyRow, snapshot
from app.fields import CLOSED_STATUSES, INCIDENT_ACTS
from app.models.tables import ACT, CHANGE, CORRECTION, DECISION, INCIDENT, MENTION, RELINK
from app.queries.neighbourhood import incidents_around

REVIEWS = ("accept", "reject", "reopen")

State = dict[str, str | None]


def undo(engine: Engine, *, revision: int, editor: str, reason: str = "", token: str = "") -> None:
    """Takes back what an editor's act on incidents did: the act that made this revision. Raises RefusedAction.

    It is refused where somebody acted on the same thing since: that is to be undone first. What the machine did because of the
    act is found anew. A mention that the act had held for a person stays held where a later act needs it so.
    """
    _check_kind(engine, revision)
    try:
        with editor_act(engine, "undo", {"undone": revision}, editor=editor, reason=reason, undoes=revision, token=token) as act:
            _check_once(act, revision)
            _Undo(act, revision).run()
    except IntegrityError as error:
        raise RefusedAction(f"revision {revision} cannot be undone: {error.orig}") from error


def _check_kind(engine: Engine, revision: int) -> None:
    with snapshot(engine) as connection:
        root, *_ = Undoings.of(connection).chain(revision)
        found = connection.execute(select(ACT).where(ACT.c.revision == root)).one_or_none()
    if found is None:
        raise RefusedAction(f"no act made a revision {revision}")
    if found.editor_id is None:
        raise RefusedAction(f"revision {revision} is not an editor's act: what the machine read is read again, not undone")
    if found.kind not in INCIDENT_ACTS:
        raise RefusedAction(
            f"revision {revision} ({found.kind}) is no act on incidents: what was done to a report, a base, an actor or a source"
            " is undone on its own page"
        )


def _check_once(act: EditorAct, revision: int) -> None:
    earlier = select(func.min(ACT.c.revision)).where(ACT.c.undoes == revision, ACT.c.revision != act.revision)
    if (done := act.session.connection().execute(earlier).scalar()) is not None:
        raise RefusedAction(f"revision {revision} was undone already, in revision {done}; to do it again, undo that")


@dataclass(frozen=True, slots=True)
class _Before:
    """What became of an incident, as an act found it and left it."""

    before: State
    after: State


class _Undo:
    """One act being undone: `revision` is the act, `chain` begins with what was done at first, and ends with this undo."""

    def __init__(self, act: EditorAct, revision: int) -> None:
        self.act, self.revision, self.rows = act, revision, act.session.connection()
        self.undoings = Undoings.of(self.rows)
        self.chain = self.undoings.chain(revision)
        self.again = self.undoings.is_in_effect(revision)
        self.links = self.rows.execute(select(RELINK).where(RELINK.c.revision == revision)).all()
        self.states = self._states()
        self.about = self._about()
        ends = {end for row in self.links for end in (row.incident_before, row.incident_after)} - {None}
        self.touched: set[int] = {*self.about, *self.states, *ends}
        self.went: dict[int, Counter[int]] = defaultdict(Counter)
        act.near.update(incidents_around(self.rows, self.touched))

    def run(self) -> None:
        """Puts everything back. Raises RefusedAction."""
        for incident in sorted(self.about):
            self._check_state(incident)
        self._correct_back()
        for row in self.links:
            self._link_back(row)
        for incident in sorted(self.about & self.states.keys()):
            self._set_back(incident)
        if self.again:
            self._decide_again()
        self._clean_up()
        self._settle()

    def _about(self) -> set[int]:
        """The incidents that the act was directly about, not those that only lay near."""
        of = select(DECISION.c.incident_id, DECISION.c.other_incident_id).where(DECISION.c.revision.in_(self.chain))
        decided = {one for row in self.rows.execute(of) for one in row if one is not None}
        corrected = self.rows.execute(select(CORRECTION.c.incident_id).where(CORRECTION.c.revision.in_(self.chain))).scalars()
        linked = {one for row in self.links if not _is_the_machines(row) for one in (row.incident_before, row.incident_after)} - {
            None
        }
        return decided | set(corrected) | linked

    def _states(self) -> dict[int, _Before]:
        of = (CHANGE.c.revision == self.revision) & (CHANGE.c.subject == "incident") & CHANGE.c.field.in_(STATE)
        found: dict[int, _Before] = {}
        for row in self.rows.execute(select(CHANGE).where(of).order_by(CHANGE.c.id)):
            kept = found.setdefault(row.subject_id, _Before({}, {}))
            kept.before.setdefault(row.field, row.before)
            kept.after[row.field] = row.after
        return found

    # What became of the incidents.

    def _state(self, incident: int) -> State:
        row = self.rows.execute(select(*(INCIDENT.c[name] for name in STATE)).where(INCIDENT.c.id == incident)).one()
        return {name: None if value in (None, "") else str(value) for name, value in row._mapping.items()}

    def _is_as_left(self, incident: int) -> bool:
        now = self._state(incident)
        return all(now[name] == value for name, value in self.states[incident].after.items())

    def _check_state(self, incident: int) -> None:
        """Raises RefusedAction where something else became of the incident since."""
        if incident not in self.states:
            if self._state(incident)["review_status"] in CLOSED_STATUSES:
                raise self._changed_since(incident)
            return
        reviewed = (DECISION.c.incident_id == incident) & DECISION.c.kind.in_(REVIEWS) & (DECISION.c.revision > self.revision)
        later = [one for one in self.rows.execute(select(DECISION.c.revision).where(reviewed)).scalars() if self._stands(one)]
        if later or not self._is_as_left(incident):
            raise self._changed_since(incident, later)

    def _stands(self, revision: int) -> bool:
        return revision != self.act.revision and self.undoings.does(revision)

    def _changed_since(self, incident: int, later: list[int] | None = None) -> RefusedAction:
        of = (CHANGE.c.subject == "incident") & (CHANGE.c.subject_id == incident) & CHANGE.c.field.in_(STATE)
        latest = max(later or [self.rows.execute(select(func.max(CHANGE.c.revision)).where(of)).scalar() or 0])
        status = self._state(incident)["review_status"]
        return RefusedAction(f"{self._name(incident)} is {status} since revision {latest}: undo that first")

    def _name(self, incident: int | None) -> str:
        return str(self.rows.execute(select(INCIDENT.c.public_id).where(INCIDENT.c.id == incident)).scalar_one())

    def _set_back(self, incident: int) -> None:
        before: dict[str, object] = {name: value or "" for name, value in self.states[incident].before.items()}
        if "merged_into_id" in before:
            before["merged_into_id"] = int(str(before["merged_into_id"])) if before["merged_into_id"] else None
        if before.get("review_status") in CLOSED_STATUSES:
            self._take_along(incident, before["merged_into_id"])
            close(self.act.session, incident, self.act.revision, **before)
        else:
            self.act.set_state(incident, **before)

    def _take_along(self, incident: int, into: object) -> None:
        """What came to an incident that is merged again goes with it. Raises RefusedAction where that was decided on."""
        if into is not None and self._has_mentions(incident):
            self._check_nobody_needs(incident)
            self.act.relink(MENTION.c.incident_id == incident, incident_id=into, born_id=into)
            self.act.hold(int(str(into)))

    # Corrections: of each field that holds which the last act in effect gave it.

    def _correct_back(self) -> None:
        mine = select(CORRECTION.c.incident_id, CORRECTION.c.field).where(CORRECTION.c.revision == self.chain[0])
        for row in self.rows.execute(mine.distinct().order_by(*mine.selected_columns)).all():
            self._correct_one_back(row.incident_id, row.field)

    def _correct_one_back(self, incident: int, name: str) -> None:
        of_field = (CORRECTION.c.incident_id == incident) & (CORRECTION.c.field == name)
        history = self.rows.execute(select(CORRECTION).where(of_field).order_by(CORRECTION.c.id)).all()
        first = [row for row in history if row.revision not in self.undoings.undoes]  # those of undoings repeat them
        mine = next(row for row in first if row.revision == self.chain[0])
        standing = [row for row in first if row.revision is None or self.undoings.is_in_effect(row.revision)]
        if later := [row.revision for row in standing if row.id > mine.id]:
            since = self.undoings.chain(later[-1])[-1]
            raise RefusedAction(f"{self._name(incident)}: {name} was corrected again since, in revision {since}: undo that first")
        empty = {"value": None, "withdrawn": True, "report_id": None, "span_start": None, "span_end": None, "quote": None}
        held = {key: standing[-1]._mapping[key] for key in empty} if standing else empty
        signed = {**self.act.signed, "reason": self.act.reason or f"revision {self.revision} undone"}
        self.rows.execute(insert(CORRECTION), {"incident_id": incident, "field": name, **signed, **held})

    # Links of mentions.

    def _link_back(self, row: AnyRow) -> None:
        """Puts a mention back where the act found it."""
        now = self.rows.execute(select(MENTION).where(MENTION.c.id == row.mention_id)).one_or_none()
        if row.incident_after is None:
            raise RefusedAction(f"the words of {self._name(row.incident_before)} were taken out: add the incident again")
        if now is None or (now.incident_id, now.linked_by) != (row.incident_after, row.linked_after):
            if row.linked_after == "machine" and (_is_the_machines(row) or now is None or now.linked_by == "machine"):
                return  # the machine's own mentions come and go
            raise RefusedAction(
                f"report {now.report_id if now else ''}: what it tells of {self._name(row.incident_after)} went"
                " to another incident since: undo that first"
            )
        if row.incident_before is None:
            self._take_out(now)
            return
        self._put(now, row.incident_before, row.linked_before, row.born_before, _is_the_machines(row))

    def _put(self, now: AnyRow, incident: int, linked_by: str, born: int | None, is_the_machines: bool) -> None:
        if not self._is_open(incident, is_the_machines):
            if is_the_machines:
                return
            raise self._changed_since(incident)
        if linked_by == "machine" and now.linked_by == "editor":
            linked_by = self._released(now.id, incident, born)
        self.went[now.incident_id][incident] += now.incident_id != incident
        if (now.incident_id, now.linked_by, now.born_id) != (incident, linked_by, born):
            self.act.relink(MENTION.c.id == now.id, incident_id=incident, linked_by=linked_by, born_id=born)
            if is_the_machines and incident not in self.about and self._is_closed(incident):
                self._set_back(incident)

    def _is_closed(self, incident: int) -> bool:
        return self._state(incident)["review_status"] in CLOSED_STATUSES

    def _is_open(self, incident: int, is_the_machines: bool) -> bool:
        """Whether a mention can be put there: it counts or is rejected, or will be so after this undo."""
        if not self._is_closed(incident):
            return True
        known = self.states.get(incident)
        if known is None or (is_the_machines and not self._is_as_left(incident)):
            return False
        return known.before.get("review_status", "merged") not in CLOSED_STATUSES

    def _released(self, mention: int, incident: int, born: int | None) -> str:
        """Who links a mention that the act had held: the machine again, unless a later act would have held it."""
        later = [one for one in holders(self.rows, self.undoings, incident, after=self.revision) if one != self.act.revision]
        if not later:
            return "machine"
        # The hold passes to that act, so that undoing it too sets the mention free.
        row = {"revision": later[0], "mention_id": mention, "linked_before": "machine", "linked_after": "editor"}
        row |= dict.fromkeys(("incident_before", "incident_after"), incident) | dict.fromkeys(("born_before", "born_after"), born)
        self.rows.execute(insert(RELINK).prefix_with("OR IGNORE"), row)
        return "editor"

    def _take_out(self, now: AnyRow) -> None:
        """Takes a mention out that the act had made; one that the machine has found too since is the machine's."""
        if now.extractor_version is not None:
            self._put(now, now.incident_id, "machine", now.born_id, False)
            return
        self._check_nobody_needs(now.incident_id)
        self.act.take_out(now.id)

    def _check_nobody_needs(self, incident: int) -> None:
        if later := [one for one in holders(self.rows, self.undoings, incident, after=self.revision) if self._stands(one)]:
            raise RefusedAction(f"{self._name(incident)} was decided on since, in revision {later[-1]}: undo that first")

    # What is left to do.

    def _decide_again(self) -> None:
        done = select(DECISION).where(DECISION.c.revision == self.undoings.undoes[self.revision]).order_by(DECISION.c.id)
        for row in self.rows.execute(done).all():
            new = {**self.act.signed, "id": None, "reason": row.reason or self.act.reason}
            self.rows.execute(insert(DECISION), {**row._mapping, **new})

    def _clean_up(self) -> None:
        """Incidents that are left without mentions redirect to where most of these went."""
        for incident in sorted(self.touched):
            if self._is_closed(incident):
                if incident not in self.about and incident in self.states and self._redirected(incident):
                    self._set_back(incident)
            elif not self._has_mentions(incident):
                self._check_nobody_needs(incident)
                if incident not in self.about and incident in self.states and self._is_as_left(incident):
                    self._set_back(incident)
                    continue
                goes = self.went[incident].most_common(1)
                state = {"review_status": "merged", "merged_into_id": goes[0][0]} if goes else {"review_status": "withdrawn"}
                close(self.act.session, incident, self.act.revision, **state)

    def _redirected(self, incident: int) -> bool:
        """Whether the act only made a closed incident redirect elsewhere, and where it led before is open."""
        known = self.states[incident]
        to = known.before.get("merged_into_id")
        return (
            set(known.after) == {"merged_into_id"}
            and to is not None
            and self._is_as_left(incident)
            and not self._is_closed(int(to))
        )

    def _has_mentions(self, incident: int, *, decided: bool = False) -> bool:
        which = MENTION.c.incident_id == incident
        if decided:
            which &= MENTION.c.linked_by != "machine"
        return bool(self.rows.execute(select(exists().where(which))).scalar())

    def _settle(self) -> None:
        live = {incident for incident in self.touched if not self._is_closed(incident)}
        for incident in live:
            if not self._has_mentions(incident, decided=True) and holders(self.rows, self.undoings, incident):
                self.act.hold(incident)
        self.act.near.difference_update([one for one in self.act.near if self._is_closed(one)])
        self.act.settle(live)


def _is_the_machines(row: AnyRow) -> bool:
    """Whether the machine moved the mention because of the act."""
    return bool(row.linked_before == row.linked_after == "machine")
