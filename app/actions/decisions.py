"""What editors do to incidents: corrections, and decisions on identity and review. Rows are only added; each act is kept.

Whatever an editor decides about an incident, its mentions are then linked by an editor: no reading and no report moves them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from app import fields
from app.actions.acts import EditorAct, editor_act
from app.actions.incidents import check_names, new_incident
from app.actions.placing import close
from app.actions.revision import RefusedAction
from app.db import transaction
from app.models.tables import CORRECTION, DECISION, INCIDENT, MENTION
from app.queries.neighbourhood import STANDS

Values = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a report that an editor names for a value: characters of its text, from 0."""

    report_id: int
    span_start: int
    span_end: int
    quote: str


def correct(
    engine: Engine,
    *,
    incident: str,
    values: Values,
    reason: str,
    editor: str,
    evidence: Mapping[str, Evidence] | None = None,
    withdrawn: Collection[str] = (),
    accepted: bool = False,
    seen: int | None = None,
    token: str = "",
) -> None:
    """Records an editor's values for fields of the incident with this public id; None is unknown. Raises RefusedAction.

    `evidence` are the words behind some of the values; fields that are `withdrawn` are the reports' again. A `grading` stands
    instead of the computed one, until it is None again. `accepted`: the same act accepts the incident.
    """
    given = {incident: values}
    _correct(engine, given, reason, editor, evidence or {}, withdrawn, accepted=accepted, seen=seen, token=token)


def correct_many(
    engine: Engine, *, values: Mapping[str, Values], reason: str, editor: str, seen: int | None = None, token: str = ""
) -> None:
    """Corrects fields of several incidents (by public id) as one act: all or none. Raises RefusedAction."""
    _correct(engine, values, reason, editor, {}, (), seen=seen, token=token)


def _correct(
    engine: Engine,
    given: Mapping[str, Values],
    reason: str,
    editor: str,
    evidence: Mapping[str, Evidence],
    withdrawn: Collection[str],
    *,
    accepted: bool = False,
    seen: int | None = None,
    token: str,
) -> None:
    for values in given.values():
        check_values(values, withdrawn)
    if not reason or not (withdrawn or any(given.values())):
        raise RefusedAction("a correction needs a field and its reason")
    about = {"incident": ",".join(given), "fields": ",".join(sorted({*withdrawn, *(one for of in given.values() for one in of)}))}
    incident = ""
    try:
        with editor_act(engine, "correct", about, reason=reason, editor=editor, seen=seen, token=token) as act:
            found = []
            for incident, values in given.items():
                found.append(act.take(incident, changing={*values, *withdrawn}))
                correct_one(act, found[-1], values, evidence, withdrawn)
                if accepted:
                    act.decide("accept", found[-1])
                    act.set_state(found[-1], review_status="accepted", rejected_as="", rejected_because="")
            act.settle(found)
    except (IntegrityError, OverflowError, ValueError) as error:
        written = ", ".join(f"{field} = {value!r}" for field, value in given.get(incident, {}).items())
        raise RefusedAction(f"{incident} cannot have {written[:200]}: {getattr(error, 'orig', error)}") from error


def check_values(values: Values, withdrawn: Collection[str] = ()) -> None:
    """Raises RefusedAction for a field that no incident has, and for a grading that is none."""
    if unknown := {*values, *withdrawn} - set(fields.CORRECTED_FIELDS):
        raise RefusedAction(f"an incident has no field {min(unknown)!r}")
    if values.get("grading") not in (None, *fields.CODES["grading"]):
        raise RefusedAction(f"grading: {values['grading']!r} is not one of {', '.join(fields.CODES['grading'])}")


def correct_one(
    act: EditorAct, incident: int, values: Values, evidence: Mapping[str, Evidence], withdrawn: Collection[str] = ()
) -> None:
    """Stores corrections of one incident within an act, and holds the incident. Raises RefusedAction."""
    check_names(act.session, values.items())
    _check_days(act, incident, values)
    empty = dict.fromkeys(("report_id", "span_start", "span_end", "quote"))
    row = {"incident_id": incident, **act.signed, **empty, "withdrawn": False}
    rows = [row | {"field": field, "value": value} | _words(evidence.get(field)) for field, value in values.items()]
    rows += [row | {"field": field, "value": None, "withdrawn": True} for field in withdrawn]
    act.session.connection().execute(insert(CORRECTION), rows)
    act.hold(incident)


def _words(evidence: Evidence | None) -> dict[str, object]:
    return {name: getattr(evidence, name) for name in Evidence.__slots__} if evidence else {}


def _check_days(act: EditorAct, incident: int, values: Mapping[str, str | None]) -> None:
    """Raises RefusedAction for a last day before the first. Later, a report may move the other one: then it follows."""
    first = act.session.connection().execute(select(INCIDENT.c.date_start).where(INCIDENT.c.id == incident)).scalar_one()
    start, end = values.get("date_start", str(first or "")), values.get("date_end")
    if start and end and fields.iso_day(end) < fields.iso_day(start):
        raise RefusedAction(f"date_end: {end} lies before {start}, the first day")


Incidents = str | Iterable[str]
"""One public id, or several that one act is about."""


def accept(
    engine: Engine, *, incident: Incidents, editor: str, reason: str = "", seen: int | None = None, token: str = ""
) -> None:
    """Says that a person has checked the incidents. Raises RefusedAction."""
    _review(engine, "accept", "accepted", incident, editor=editor, reason=reason, seen=seen, token=token)


def reopen(
    engine: Engine, *, incident: Incidents, editor: str, reason: str = "", seen: int | None = None, token: str = ""
) -> None:
    """Takes an acceptance or a rejection back. Raises RefusedAction."""
    _review(engine, "reopen", "unreviewed", incident, editor=editor, reason=reason, seen=seen, token=token)


def reject(
    engine: Engine, *, incident: Incidents, ground: str, reason: str, editor: str, seen: int | None = None, token: str = ""
) -> None:
    """Takes the incidents out of every count, on one of GROUNDS, with words that are shown. Raises RefusedAction."""
    _check_rejection(ground, reason)
    _review(engine, "reject", "rejected", incident, ground, editor=editor, reason=reason, seen=seen, token=token)


def _check_rejection(ground: str, reason: str) -> None:
    if ground not in fields.GROUNDS:
        raise RefusedAction(f"{ground!r} is no ground of a rejection; known are {', '.join(fields.GROUNDS)}")
    if not reason:
        raise RefusedAction("a rejection needs its reason")


def _review(
    engine: Engine,
    kind: str,
    status: str,
    incident: Incidents,
    ground: str = "",
    *,
    editor: str,
    reason: str,
    seen: int | None,
    token: str,
) -> None:
    named = [incident] if isinstance(incident, str) else list(incident)
    with editor_act(engine, kind, {"incident": ",".join(named)}, reason=reason, editor=editor, seen=seen, token=token) as act:
        found = [act.take(one, changing=()) for one in named]
        for one in found:
            _decide(act, kind, one, status, ground)
        act.settle(found)


def _decide(act: EditorAct, kind: str, incident: int, status: str, ground: str = "") -> None:
    act.decide(kind, incident)
    act.set_state(incident, review_status=status, rejected_as=ground, rejected_because=act.reason if ground else "")


def reject_compiled(engine: Engine, *, rejections: Mapping[str, tuple[str, str]], editor: str) -> None:
    """Rejects the incidents that these compiled mentions (by ref) tell of, each on its ground and for its reason.

    One that was decided on stays as it is.
    """
    with transaction(engine) as session:
        undecided = session.connection().execute(
            select(MENTION.c.ref, INCIDENT.c.public_id)
            .join(INCIDENT, INCIDENT.c.id == MENTION.c.incident_id)
            .outerjoin(DECISION, DECISION.c.incident_id == MENTION.c.incident_id)
            .where(MENTION.c.ref.in_(list(rejections)), DECISION.c.id.is_(None))
        )
        found = list(undecided.all())
    for ref, public_id in found:
        ground, reason = rejections[str(ref)]
        reject(engine, incident=public_id, ground=ground, reason=reason, editor=editor)


def merge(
    engine: Engine, *, incident: str, into: str, editor: str, reason: str = "", seen: int | None = None, token: str = ""
) -> None:
    """Says that two incidents are one attack: the first redirects to the second, for good. Raises RefusedAction."""
    about = {"incident": incident, "into": into}
    with editor_act(engine, "merge", about, reason=reason, editor=editor, seen=seen, token=token) as act:
        absorbed, kept = act.take(incident), act.take(into)
        if absorbed == kept:
            raise RefusedAction(f"{incident} cannot be merged with itself")
        if act.status(kept) == "rejected":
            raise RefusedAction(f"{into} is rejected: reopen it first, or {incident} would leave every count with it")
        if act.status(absorbed) == "accepted" and act.status(kept) == "unreviewed":
            raise RefusedAction(f"{incident} is accepted and {into} is not reviewed: merge {into} into {incident}")
        _carry_over(act, absorbed, kept)
        act.decide("merge", absorbed, other_incident_id=kept)
        act.relink(MENTION.c.incident_id == absorbed, incident_id=kept, born_id=kept)
        act.hold(kept)
        act.near.discard(absorbed)
        close(act.session, absorbed, act.revision, review_status="merged", merged_into_id=kept)
        act.settle([kept])


def _carry_over(act: EditorAct, absorbed: int, kept: int) -> None:
    """Corrections of an absorbed incident hold for the one that is kept, but for fields on which that has its own."""
    rows = act.session.connection()
    of = select(CORRECTION).where(STANDS)
    own = {row.field for row in rows.execute(of.where(CORRECTION.c.incident_id == kept))}
    theirs = [row._asdict() for row in rows.execute(of.where(CORRECTION.c.incident_id == absorbed)) if row.field not in own]
    if theirs:
        new = {"id": None, "incident_id": kept, "made_at": act.signed["made_at"], "revision": act.revision}
        rows.execute(insert(CORRECTION), [row | new for row in theirs])


def not_same(
    engine: Engine, *, incident: str, other: str, editor: str, reason: str = "", seen: int | None = None, token: str = ""
) -> None:
    """Says that two incidents are two attacks: nothing merges them any more, nor suggests it. Raises RefusedAction."""
    about = {"incident": incident, "other": other}
    with editor_act(engine, "not_same", about, reason=reason, editor=editor, seen=seen, token=token) as act:
        one, two = act.take(incident), act.take(other)
        if one == two:
            raise RefusedAction(f"{incident} is the same as itself")
        act.decide("not_same", one, other_incident_id=two)
        act.hold(two)
        act.settle([one, two])


def split(
    engine: Engine,
    *,
    incident: str,
    mentions: Iterable[int],
    editor: str,
    reason: str = "",
    seen: int | None = None,
    token: str = "",
) -> str:
    """Says that these mentions (their ids) of an incident tell of another attack. Returns its public id. Raises RefusedAction."""
    about = {"incident": incident}
    with editor_act(engine, "split", about, reason=reason, editor=editor, seen=seen, token=token) as act:
        found, rows = act.take(incident), act.session.connection()
        told = {row.id: row for row in rows.execute(select(MENTION).where(MENTION.c.incident_id == found))}
        moved = sorted(set(mentions))
        if not moved or not told.keys() > set(moved):
            raise RefusedAction(f"{incident}: name some of its mentions, and not all: {', '.join(map(str, sorted(told)))}")
        other = new_incident(act.session, base_id=told[moved[0]].base_id, revision=act.revision)
        for one in moved:
            anchor = {column: told[one]._mapping[column] for column in ("report_id", "span_start", "span_end")}
            act.decide("split", found, **anchor)
        act.relink(MENTION.c.id.in_(moved), incident_id=other, born_id=other, linked_by="editor")
        act.settle([found, other])
        return str(rows.execute(select(INCIDENT.c.public_id).where(INCIDENT.c.id == other)).scalar_one())
