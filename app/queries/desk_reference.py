"""Reads bases, sources and actors for the desk: lists, one with its history, and the texts that names are looked for in.

It reads whole texts: no public page asks it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, FromClause, Table, func, or_, select

from app import entries
from app.db import AnyRow
from app.entries import Kept, Step
from app.models.tables import (
    ACT,
    ACTOR,
    ACTOR_ALIAS,
    BASE,
    BASE_ALIAS,
    BASE_STATUS,
    CHANGE,
    EDITOR,
    REPORT,
    SOURCE,
    SOURCE_ALIAS,
)  # fmt: skip
from app.queries.bearing import incidents_weighed
from app.queries.names import name_of

_TABLES: Mapping[str, tuple[Table, Table, str, str]] = {
    "base": (BASE, BASE_ALIAS, "base_id", "parent"),
    "source": (SOURCE, SOURCE_ALIAS, "source_id", ""),
    "actor": (ACTOR, ACTOR_ALIAS, "actor_id", "member_of"),
}
"""By subject: where its entries are kept, their spellings and by which column, and the field that points at another entry."""


def listed(connection: Connection, subject: str, sought: str = "") -> Sequence[AnyRow]:
    """The entries of one kind, with how many spellings each has: all, or those with some letters in a name, alias or slug."""
    table, alias, key, _points = _TABLES[subject]
    spellings = select(func.count()).where(alias.c[key] == table.c.id).scalar_subquery()
    named = select(table.c.id, table.c.slug, table.c.name_en, table.c.name_ar, table.c.kind, spellings.label("spellings"))
    if sought:
        spelled = select(alias.c[key]).where(_holds(alias, "text", sought))
        named = named.where(
            or_(*(_holds(table, name, sought) for name in ("slug", "name_en", "name_ar")), table.c.id.in_(spelled))
        )
    return connection.execute(named.order_by(func.lower(table.c.name_en), table.c.id)).all()


def _holds(table: FromClause, column: str, sought: str) -> Any:
    return table.c[column].contains(sought, autoescape=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One base, source or actor: its fields as changes keep them, its spellings, and the events of a base."""

    subject: str
    id: int
    slug: str
    name: str
    fields: Mapping[str, Kept]
    aliases: Sequence[AnyRow]
    statuses: Sequence[AnyRow]

    def alias(self, text: str) -> str | None:
        """The spelling as a change keeps it."""
        found = (one for one in self.aliases if one.text == text)
        return next((kept(one) for one in found), None)

    def status(self, number: int) -> str | None:
        """The event as a change keeps it."""
        return next((kept(one) for one in self.statuses if one.id == number), None)


def kept(row: AnyRow) -> str:
    """An alias or an event as a change keeps it."""
    held = row._asdict()
    return entries.kept_row({name: held[name] for name in held if name != "id" and not name.endswith("_id")})


def entry(connection: Connection, subject: str, slug: str) -> Entry | None:
    """The base, source or actor that is called so."""
    table, alias, key, points = _TABLES[subject]
    row = connection.execute(select(table, name_of(table).label("name")).where(table.c.slug == slug)).one_or_none()
    if row is None:
        return None
    columns = dict(row._mapping)
    if points:
        above = select(table.c.slug).where(table.c.id == columns[f"{points}_id"])
        columns[points] = connection.execute(above).scalar_one_or_none()
    order = (alias.c.lang, alias.c.text)
    events = select(BASE_STATUS).where(BASE_STATUS.c.base_id == row.id).order_by(BASE_STATUS.c.date, BASE_STATUS.c.id)
    return Entry(
        subject,
        row.id,
        row.slug,
        row.name,
        {one.name: entries.kept_value(one.form, columns[one.name]) for one in entries.FIELDS[subject]},
        connection.execute(select(alias).where(alias.c[key] == row.id).order_by(*order)).all(),
        connection.execute(events).all() if subject == "base" else (),
    )


def slugs(connection: Connection, subject: str) -> list[tuple[str, str]]:
    """Slug and name of each entry that others may be put under: bases that stand under none, and all actors."""
    table, _alias, _key, points = _TABLES[subject]
    if not points:
        return []
    found = select(table.c.slug, name_of(table).label("name")).order_by(func.lower(table.c.name_en))
    if subject == "base":
        found = found.where(BASE.c.parent_id.is_(None))
    return [(row.slug, row.name) for row in connection.execute(found)]


def settled_by(connection: Connection, subject: str, entry_id: int, steps: Sequence[Step]) -> int:
    """How many incidents these steps would have settled anew."""
    if not any(step.field in ("parent", "speaks_for") for step in steps):
        return 0
    of = incidents_weighed(subject, entry_id).subquery()
    return connection.execute(select(func.count()).select_from(of)).scalar_one()


@dataclass(frozen=True, slots=True)
class Told:
    """An act on an entry: who did it when and why, what it changed, what it undid, and by which act it was undone."""

    revision: int
    kind: str
    made_at: str
    editor: str | None
    reason: str
    undoes: int | None
    undone_by: int | None
    steps: Sequence[Step]


def history(connection: Connection, subject: str, entry_id: int) -> list[Told]:
    """All acts on an entry, the latest first."""
    undo = ACT.alias()
    undone = select(func.min(undo.c.revision)).where(undo.c.undoes == ACT.c.revision).scalar_subquery()
    of_entry = (CHANGE.c.subject == subject) & (CHANGE.c.subject_id == entry_id)
    steps: Mapping[int, list[Step]] = defaultdict(list)
    for row in connection.execute(select(CHANGE).where(of_entry).order_by(CHANGE.c.id)):
        steps[row.revision].append(Step(row.field, row.before, row.after))
    acts = (
        select(ACT, EDITOR.c.display_name.label("editor"), undone.label("undone_by"))
        .outerjoin(EDITOR, EDITOR.c.id == ACT.c.editor_id)
        .where(ACT.c.revision.in_(select(CHANGE.c.revision).where(of_entry)))
        .order_by(ACT.c.revision.desc())
    )
    return [
        Told(row.revision, row.kind, row.made_at, row.editor, row.reason, row.undoes, row.undone_by, steps[row.revision])
        for row in connection.execute(acts)
    ]


def undoing(connection: Connection, revision: int) -> tuple[str, str, list[Step]] | None:
    """The entry (subject and slug) that an act was on, and the steps that undo it; None where it was on none."""
    of = select(CHANGE).where(CHANGE.c.revision == revision, CHANGE.c.subject.in_(_TABLES)).order_by(CHANGE.c.id)
    changes = connection.execute(of).all()
    if not changes:
        return None
    table = _TABLES[changes[0].subject][0]
    slug = connection.execute(select(table.c.slug).where(table.c.id == changes[0].subject_id)).scalar_one_or_none()
    steps = [Step(one.field, one.before, one.after).back for one in changes]
    return changes[0].subject, slug or next((one.after for one in steps if one.field == "slug" and one.after), ""), steps


@dataclass(frozen=True, slots=True)
class StoredText:
    """A stored text, and what it is read with."""

    id: int
    text: str
    published: date | None
    lang: str | None


def texts_read_by(connection: Connection, version: str) -> Iterator[StoredText]:
    """All texts that this version of rules and names read last."""
    found = select(REPORT.c.id, REPORT.c.text, REPORT.c.published_date, REPORT.c.lang)
    found = found.where(REPORT.c.kind == "text", REPORT.c.text.is_not(None), REPORT.c.extractor_version == version)
    for row in connection.execution_options(yield_per=500).execute(found.order_by(REPORT.c.id)):
        yield StoredText(*row)


def publishers(connection: Connection, reports: Sequence[int]) -> dict[int, str]:
    """Who published each of these reports."""
    named = select(REPORT.c.id, name_of(SOURCE)).join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
    return dict(connection.execute(named.where(REPORT.c.id.in_(reports))).all())
