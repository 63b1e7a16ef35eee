"""One base, source or actor within an act: what it holds, what it cannot hold, and what follows when it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Table, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app import entries
from app.actions.acts import EditorAct, NewerVersion
from app.actions.revision import RefusedAction, add_row, keep_changes
from app.actions.words import write_incidents, write_reports
from app.db import AnyRow
from app.entries import Step
from app.models.tables import (
    ACTOR,
    ACTOR_ALIAS,
    BASE,
    BASE_ALIAS,
    BASE_STATUS,
    CHANGE,
    CLAIM,
    CORRECTION,
    SOURCE,
    SOURCE_ALIAS,
    TALLY,
    TALLY_PART,
)
from app.queries.bearing import incidents_named, incidents_weighed, reports_named
from app.queries.neighbourhood import incidents_around


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the entries of one kind are kept, their spellings, and in which column what points at another entry stands."""

    entry: Table
    alias: Table
    key: str
    points: str = ""


TABLES = {
    "base": Tables(BASE, BASE_ALIAS, "base_id", "parent"),
    "source": Tables(SOURCE, SOURCE_ALIAS, "source_id"),
    "actor": Tables(ACTOR, ACTOR_ALIAS, "actor_id", "member_of"),
}
_NAMES = ("name_en", "name_ar", "short_en", "governorate", "parent", "alias", "slug")
"""The fields whose words incidents and reports are found by."""
_WEIGHED = {"base": "parent", "source": "speaks_for"}
"""The field that clustering and grading go by."""
MOST_SETTLED = 5_000
"""Incidents that one act settles anew; meanwhile nobody else can write."""


class RefusedFields(RefusedAction):
    """What was typed into some fields cannot be kept: by field why."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in errors.items()))
        self.errors = dict(errors)


class Entry:
    """One base, source or actor within an act."""

    def __init__(self, act: EditorAct, subject: str, slug: str, entry_id: int | None = None) -> None:
        self.act, self.subject, self.slug, self.tables = act, subject, slug, TABLES[subject]
        self.rows = act.session.connection()
        found = select(self.tables.entry.c.id).where(self.tables.entry.c.slug == slug)
        self.id: int | None = entry_id if entry_id is not None else self.rows.execute(found).scalar_one_or_none()

    @classmethod
    def numbered(cls, act: EditorAct, subject: str, entry_id: int) -> "Entry":
        """The entry with this number, or the place of one that was taken out."""
        table = TABLES[subject].entry
        slug = act.session.connection().execute(select(table.c.slug).where(table.c.id == entry_id)).scalar_one_or_none()
        return cls(act, subject, slug or "", entry_id)

    def known(self, seen: int | None) -> "Entry":
        """Itself, where it is there. Raises NewerVersion where it changed since revision `seen`."""
        if self.id is None:
            raise RefusedAction(f"no {self.subject} is called {self.slug!r}")
        if seen is not None and (latest := self._changed()) > seen:
            raise NewerVersion(self.slug, latest)
        return self

    def _changed(self, *which: ColumnElement[bool]) -> int:
        of = (CHANGE.c.subject == self.subject) & (CHANGE.c.subject_id == self.id) & (CHANGE.c.revision < self.act.revision)
        return self.rows.execute(select(func.max(CHANGE.c.revision)).where(of, *which)).scalar_one() or 0

    def held(self) -> dict[str, entries.Kept]:
        """Its fields as they are kept; nothing where it is not there."""
        row = self.rows.execute(select(self.tables.entry).where(self.tables.entry.c.id == self.id)).one_or_none()
        if row is None:
            return {}
        forms = {field.name: field.form for field in entries.FIELDS[self.subject]}
        columns = {**row._mapping, self.tables.points: self._slug_of(row._mapping.get(f"{self.tables.points}_id"))}
        return {"slug": row.slug, **{name: entries.kept_value(form, columns[name]) for name, form in forms.items()}}

    def aliases(self) -> list[str]:
        """Its spellings as they are kept."""
        alias = self.tables.alias
        return [_kept(row) for row in self.rows.execute(select(alias).where(alias.c[self.tables.key] == self.id))]

    def statuses(self) -> dict[int, str]:
        """The events of a base's history as they are kept, by their numbers."""
        found = self.rows.execute(select(BASE_STATUS).where(BASE_STATUS.c.base_id == self.id))
        return {row.id: _kept(row) for row in found} if self.subject == "base" else {}

    def check_unchanged(self, steps: Sequence[Step], revision: int) -> None:
        """Raises RefusedAction where something else became of what these steps changed."""
        held, listed = self.held(), {"alias": self.aliases(), "status": list(self.statuses().values())}
        for step in steps:
            if step.field in listed:
                stands = step.after in listed[step.field] if step.after else step.before not in listed[step.field]
            else:
                stands = held.get(step.field) == step.after
            if not stands:
                since = self._changed(CHANGE.c.field == step.field)
                where = f"in revision {since}" if since != revision else "since"
                raise RefusedAction(f"{self.slug}: {step.field} was changed again {where}: undo that first")

    def take(self, steps: Sequence[Step]) -> None:
        """Carries the steps out, keeps them, and settles and finds anew what they bear upon. Raises RefusedAction."""
        weighed = self._weighed() if any(step.field == _WEIGHED.get(self.subject) for step in steps) else []
        self.act.near.update(incidents_around(self.rows, weighed))
        self._check(steps)
        self._write_columns([step for step in steps if step.field not in ("alias", "status")])
        for step in steps:
            if step.field in ("alias", "status"):
                self._write_listed(step)
        assert self.id is not None
        for step in steps:
            keep_changes(self.act.session, self.act.revision, self.subject, self.id, {step.field: (step.before, step.after)})
        if weighed:
            self.act.settle(weighed)
        if any(step.field in _NAMES for step in steps):
            write_incidents(self.rows, self.rows.execute(incidents_named(self.subject, self.id)).scalars().all())
            write_reports(self.rows, self.rows.execute(reports_named(self.subject, self.id)).scalars().all())

    def _weighed(self) -> list[int]:
        """The incidents whose clustering or grading goes by the entry."""
        found = self.rows.execute(incidents_weighed(self.subject, self.id or 0)).scalars().all()
        if len(found) > MOST_SETTLED:
            raise RefusedAction(
                f"{self.slug}: {len(found)} incidents would have to be settled anew in one act; at most {MOST_SETTLED} can be"
            )
        return list(found)

    # What the register does not take.

    def _check(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if step.field == self.tables.points and step.after:
                self._check_points(step.field, step.after)
            elif step.field == "host" and step.after:
                self._check_sole("host", func.lower(SOURCE.c.host).in_(_hosts(step.after)), f"{step.after} is the site")
            elif step.field == "alias" and step.after:
                self._check_alias(entries.row_of(step.after))

    def _check_points(self, name: str, slug: str) -> None:
        table, column = self.tables.entry, self.tables.entry.c[f"{self.tables.points}_id"]
        above = self.rows.execute(select(table.c.id, column.label("next")).where(table.c.slug == slug)).one_or_none()
        if above is None:
            raise RefusedFields({name: f"no {self.subject} is called {slug!r}"})
        if above.id == self.id:
            raise RefusedFields({name: f"{slug} cannot stand above itself"})
        if self.subject == "base":
            if above.next is not None:
                raise RefusedFields({name: f"{slug} is itself counted under another base: name that one"})
            if self.rows.execute(select(exists().where(column == self.id))).scalar_one():
                raise RefusedFields({name: f"other bases are counted under {self.slug}: it cannot be counted under one"})
        while above.next is not None:
            above = self.rows.execute(select(table.c.id, column.label("next")).where(table.c.id == above.next)).one()
            if above.id == self.id:
                raise RefusedFields({name: f"{slug} belongs to {self.slug} itself: that would be a ring"})

    def _check_sole(self, name: str, condition: ColumnElement[bool], what: str) -> None:
        table = self.tables.entry
        other = self.rows.execute(select(table.c.slug).where(condition, table.c.id != (self.id or 0))).scalars().first()
        if other is not None:
            raise RefusedFields({name: f"{what} of {other} already"})

    def _check_alias(self, row: Mapping[str, str]) -> None:
        if any(entries.row_of(one)["text"] == row["text"] for one in self.aliases()):
            raise RefusedFields({"alias": f"{self.slug} has this name already; to change its days, take it away first"})
        alias, table, key = self.tables.alias, self.tables.entry, self.tables.key
        named = select(table.c.slug, *(column for column in alias.c if column.name not in ("id", key, "lang")))
        for other in self.rows.execute(named.join(table, table.c.id == alias.c[key]).where(table.c.id != self.id)):
            held = entries.row_of(entries.kept_row({name: value for name, value in other._mapping.items() if name != "slug"}))
            if entries.are_one(self.subject, entries.alias_of(held), entries.alias_of(row)):
                bounds = " – ".join(held.get(name, "…") for name in ("valid_from", "valid_to") if len(held) > 1)
                raise RefusedFields({"alias": f"{other.slug} bears this name{f' ({bounds})' if bounds else ''}: {held['text']}"})

    # Writing.

    def _slug_of(self, entry_id: int | None) -> str | None:
        table = self.tables.entry
        return self.rows.execute(select(table.c.slug).where(table.c.id == entry_id)).scalar_one_or_none() if entry_id else None

    def _write_columns(self, steps: Sequence[Step]) -> None:
        table, values = self.tables.entry, {}
        for step in steps:
            value = step.after if step.field == "slug" else entries.column_value(self.subject, step.field, step.after)
            if step.field == self.tables.points:
                found = select(table.c.id).where(table.c.slug == value)
                values[f"{step.field}_id"] = self.rows.execute(found).scalar_one_or_none() if value else None
            else:
                values[step.field] = value
        if not steps:
            return
        if steps[0].field != "slug":
            self.rows.execute(update(table).where(table.c.id == self.id).values(values))
        elif steps[0].after is None:
            self._take_out()
        else:
            self.slug = steps[0].after
            self.id = self.id or self._next_id()
            row = {field.name: entries.column_value(self.subject, field.name, None) for field in entries.FIELDS[self.subject]}
            row.pop(self.tables.points, None)
            add_row(self.act.session, table, {**row, **values, "id": self.id})

    def _next_id(self) -> int:
        """A number that no entry has or had: changes are kept by it."""
        kept = select(func.max(CHANGE.c.subject_id)).where(CHANGE.c.subject == self.subject)
        highest = (self.rows.execute(one).scalar() or 0 for one in (kept, select(func.max(self.tables.entry.c.id))))
        return max(highest) + 1

    def _take_out(self) -> None:
        """Takes an entry out that was made by mistake. Raises RefusedAction where anything names it."""
        named = (CLAIM.c.value, CORRECTION.c.value, TALLY.c.scope, TALLY_PART.c.scope)
        is_named = any(self.rows.execute(select(exists().where(column == self.slug))).scalar_one() for column in named)
        try:
            if not is_named:
                self.rows.execute(delete(self.tables.entry).where(self.tables.entry.c.id == self.id))
        except IntegrityError:
            is_named = True
        if is_named:
            raise RefusedAction(f"{self.slug} is in use: what tells of it, or has a name or an event of it, keeps it here")

    def _write_listed(self, step: Step) -> None:
        table, key = (BASE_STATUS, "base_id") if step.field == "status" else (self.tables.alias, self.tables.key)
        if step.before:
            row = entries.row_of(step.before)
            same = (table.c[name] == value for name, value in row.items() if name in ("text", "date", "event"))
            self.rows.execute(delete(table).where(table.c[key] == self.id, *same))
        if step.after:
            row = entries.row_of(step.after)
            days: dict[str, object] = {name: date.fromisoformat(row[name]) for name in ("valid_from", "valid_to") if name in row}
            if table is BASE_STATUS and self._has_event(row):
                raise RefusedFields({"event": f"{self.slug} has this event on that day already"})
            self.rows.execute(insert(table), {key: self.id, **row, **days})

    def _has_event(self, row: Mapping[str, str]) -> bool:
        same = (BASE_STATUS.c.base_id == self.id, BASE_STATUS.c.date == row["date"], BASE_STATUS.c.event == row["event"])
        return bool(self.rows.execute(select(exists().where(*same))).scalar_one())


def _kept(row: AnyRow) -> str:
    held = row._asdict()
    return entries.kept_row({name: held[name] for name in held if name != "id" and not name.endswith("_id")})


def _hosts(host: str) -> tuple[str, str]:
    bare = host.removeprefix("www.")
    return bare, f"www.{bare}"
