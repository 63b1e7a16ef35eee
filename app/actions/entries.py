"""What administrators do to bases, sources and actors: make and change them, give and take names, and undo that.

Each act is a list of steps, and each step is kept as a change: to undo an act is to take its steps back. Each gives the
revision that it made.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from app import entries
from app.actions.acts import EditorAct, editor_act
from app.actions.entry import TABLES, Entry, RefusedFields
from app.actions.revision import RefusedAction
from app.entries import BadEntry, Step
from app.models.tables import ACT, CHANGE, REPORT

_IDS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Alike:
    """What is known of the texts that the version `before` of the names had read, as the register was in revision `seen`.

    The version `after` reads them alike, but for those that read `otherwise` or have not been looked at: these stay stale.
    """

    before: str
    after: str
    seen: int
    otherwise: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """Who acts and why; the form's token; the revision in which it was opened; what is known of how texts are read then."""

    editor: str
    reason: str
    token: str = ""
    seen: int | None = None
    alike: Alike | None = None


def add_entry(engine: Engine, *, subject: str, slug: str, typed: entries.Typed, by: Signed) -> int:
    """Makes a base, source or actor. It has no spelling yet: no text tells of it until it is given one. Raises RefusedAction."""
    with _act(engine, f"save_{subject}", {subject: slug}, by) as act:
        with _refused():
            slug, values = entries.read_slug(slug), entries.read_entry(subject, typed)
        entry = Entry(act, subject, slug)
        if entry.id is not None:
            raise RefusedFields({"slug": f"{slug!r} is taken; a slug is never changed and never used twice"})
        entry.take([Step("slug", None, slug), *entries.differences(subject, {}, values)])
        return act.revision


def save_entry(engine: Engine, *, subject: str, slug: str, typed: entries.Typed, by: Signed) -> int:
    """Changes the fields of a base, source or actor; its slug stays. Raises RefusedAction."""
    with _act(engine, f"save_{subject}", {subject: slug}, by) as act:
        entry = Entry(act, subject, slug).known(by.seen)
        with _refused():
            steps = entries.differences(subject, entry.held(), entries.read_entry(subject, typed))
        if not steps:
            raise RefusedAction(f"{slug}: nothing is other than before")
        entry.take(steps)
        return act.revision


def add_alias(engine: Engine, *, subject: str, slug: str, typed: entries.Typed, by: Signed) -> int:
    """Gives a base, source or actor a spelling, for a base with its first and last day. Raises RefusedAction."""
    with _act(engine, "add_alias", {subject: slug, "alias": typed.get("alias", "")}, by) as act:
        entry = Entry(act, subject, slug).known(None)
        with _refused():
            entry.take([Step("alias", None, entries.read_alias(subject, typed))])
        return act.revision


def remove_alias(engine: Engine, *, subject: str, slug: str, alias: str, by: Signed) -> int:
    """Takes a spelling (the very text of it) from a base, source or actor. Raises RefusedAction."""
    with _act(engine, "remove_alias", {subject: slug, "alias": alias}, by) as act:
        entry = Entry(act, subject, slug).known(None)
        held = next((one for one in entry.aliases() if entries.row_of(one)["text"] == alias), None)
        if held is None:
            raise RefusedAction(f"{slug} has no name {alias!r}")
        entry.take([Step("alias", held, None)])
        return act.revision


def add_base_status(engine: Engine, *, slug: str, typed: entries.Typed, by: Signed) -> int:
    """Adds an event to a base's history. Raises RefusedAction."""
    with _act(engine, "add_base_status", {"base": slug}, by) as act:
        entry = Entry(act, "base", slug).known(None)
        with _refused():
            entry.take([Step("status", None, entries.read_status(typed))])
        return act.revision


def remove_base_status(engine: Engine, *, slug: str, status_id: int, by: Signed) -> int:
    """Takes an event out of a base's history. Raises RefusedAction."""
    with _act(engine, "remove_base_status", {"base": slug, "status": status_id}, by) as act:
        entry = Entry(act, "base", slug).known(None)
        held = entry.statuses().get(status_id)
        if held is None:
            raise RefusedAction(f"{slug} has no such event in its history")
        entry.take([Step("status", held, None)])
        return act.revision


def undo_entry(engine: Engine, *, revision: int, by: Signed) -> int:
    """Undoes an act on bases, sources and actors, as an act of its own. Raises RefusedAction where it was changed since."""
    with _act(engine, "undo", {"revision": revision}, by, undoes=revision) as act:
        rows = act.session.connection()
        earlier = select(func.min(ACT.c.revision)).where(ACT.c.undoes == revision, ACT.c.revision != act.revision)
        if (done := rows.execute(earlier).scalar()) is not None:
            raise RefusedAction(f"revision {revision} was undone already, in revision {done}; to do it again, undo that")
        of = select(CHANGE).where(CHANGE.c.revision == revision, CHANGE.c.subject.in_(TABLES)).order_by(CHANGE.c.id)
        changes = rows.execute(of).all()
        if not changes:
            raise RefusedAction(f"revision {revision} is no act on a base, a source or an actor")
        entry = Entry.numbered(act, changes[0].subject, changes[0].subject_id)
        steps = [Step(one.field, one.before, one.after) for one in changes]
        entry.check_unchanged(steps, revision)
        entry.take([step.back for step in steps])
        return act.revision


@contextmanager
def _act(engine: Engine, kind: str, about: dict[str, object], by: Signed, *, undoes: int | None = None) -> Iterator[EditorAct]:
    """An act of an administrator; where it changes what texts are read by, those that read alike are not read again."""
    if not by.reason and kind != "undo":
        raise RefusedFields({"reason": "say why: it stands in the history"})
    signed: dict[str, Any] = {"editor": by.editor, "reason": by.reason, "token": by.token, "undoes": undoes, "admin": True}
    try:
        with editor_act(engine, kind, about, **signed) as act:
            yield act
            if by.alike is not None:
                _mark_alike(act, by.alike)
    except IntegrityError as error:
        raise RefusedAction(f"{about}: {error.orig}") from error


def _mark_alike(act: EditorAct, alike: Alike) -> None:
    rows = act.session.connection()
    of_names = or_(CHANGE.c.subject.in_(TABLES), ACT.c.kind == "add_reference")
    since = select(ACT.c.revision).outerjoin(CHANGE, CHANGE.c.revision == ACT.c.revision).where(of_names)
    since = since.where(ACT.c.revision > alike.seen, ACT.c.revision < act.revision)
    if rows.execute(since.limit(1)).scalar() is not None:
        raise RefusedAction("somebody else changed a base, a source or an actor just now: nothing was saved; look again")
    read = (REPORT.c.kind == "text") & (REPORT.c.extractor_version == alike.before) & (REPORT.c.revision <= alike.seen)
    rows.execute(update(REPORT).where(read).values(extractor_version=alike.after))
    otherwise = sorted(alike.otherwise)
    for first in range(0, len(otherwise), _IDS_AT_ONCE):
        some = REPORT.c.id.in_(otherwise[first : first + _IDS_AT_ONCE])
        rows.execute(update(REPORT).where(some).values(extractor_version=alike.before))


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except BadEntry as bad:
        raise RefusedFields(bad.errors) from bad
