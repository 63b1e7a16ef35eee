"""Reads bases, actors and sources: their names, the gazetteer that extraction uses, and what a base's page shows."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from app.db import AnyRow
from app.extract.gazetteer import Alias, BaseName, Gazetteer, PartyName
from app.language import ARABIC, spoken
from app.models import Actor, ActorAlias, BaseAlias, Source, SourceAlias
from app.models.tables import ACTOR, BASE, BASE_ALIAS, BASE_STATUS, DATA_REVISION, SOURCE
from app.queries.filter import NOBODY
from app.queries.names import name_of
from app.queries.once import once_a_revision, revision_seen


def data_revision(connection: Connection) -> int:
    """The number that every action raises."""
    return revision_seen(connection)


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of the register: its number, and the moment (UTC) at which it came about."""

    number: int
    made_at: str


@once_a_revision
def revision(connection: Connection) -> Revision:
    """The state of the register that the connection sees."""
    return Revision(*connection.execute(select(DATA_REVISION.c.number, DATA_REVISION.c.made_at)).one())


@dataclass(frozen=True, slots=True)
class Site:
    """A base with the base at the top of its family, where it is counted. Its name in the other language is `other_name`."""

    id: int
    slug: str
    short: str
    name: str
    other_name: str
    parent: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: int | None

    @property
    def site(self) -> str:
        return self.parent or self.slug


@once_a_revision
def sites(connection: Connection) -> dict[str, Site]:
    """All bases by slug, in the order of the seeds."""
    rows = connection.execute(
        select(
            BASE.c.id,
            BASE.c.slug,
            name_of(BASE, "short_en").label("short"),
            name_of(BASE).label("name"),
            (BASE.c.name_en if spoken() is ARABIC else BASE.c.name_ar).label("other_name"),
            BASE.c.parent_id,
            BASE.c.latitude,
            BASE.c.longitude,
            BASE.c.geo_precision,
        ).order_by(BASE.c.id)
    ).all()
    slugs = {row.id: row.slug for row in rows}
    return {
        row.slug: Site(
            row.id, row.slug, row.short, row.name, row.other_name, slugs.get(row.parent_id),
            row.latitude, row.longitude, row.geo_precision,
        )
        for row in rows
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What slugs stand for, in the language that is spoken: bases (short), actors, sources; and what governorates there are."""

    bases: Mapping[str, str]
    actors: Mapping[str, str]
    sources: Mapping[str, str]
    governorates: Collection[str]

    @property
    def codes(self) -> Mapping[str, Collection[str]]:
        """The codes that the filters of IncidentFilter take and that the register holds."""
        actors = [*self.actors, NOBODY]
        return {
            "base": self.bases,
            "governorate": [*self.governorates, NOBODY],
            "claimed_by": actors,
            "attributed_to": actors,
            "origin": self.sources,
            "publisher": self.sources,
        }


@once_a_revision
def names(connection: Connection) -> Names:
    """The names of all bases, actors and sources, and the governorates of the bases."""
    governorates = select(BASE.c.governorate).where(BASE.c.governorate != "").distinct().order_by(BASE.c.governorate)

    def named(table: Table, english: str = "name_en") -> dict[str, str]:
        return dict(connection.execute(select(table.c.slug, name_of(table, english))).all())

    return Names(named(BASE, "short_en"), named(ACTOR), named(SOURCE), connection.execute(governorates).scalars().all())


@dataclass(frozen=True, slots=True)
class BasePage:
    """What is known of one base."""

    base: AnyRow
    parent: str | None
    children: Sequence[str]
    aliases: Sequence[AnyRow]
    history: Sequence[AnyRow]


def base(connection: Connection, slug: str) -> BasePage | None:
    """A base with its aliases and its history, the oldest event first; None where nothing is called that."""
    row = connection.execute(select(*BASE.c).where(BASE.c.slug == slug)).one_or_none()
    if row is None:
        return None
    family = sites(connection)
    return BasePage(
        base=row,
        parent=family[slug].parent,
        children=[other.slug for other in family.values() if other.parent == slug],
        aliases=connection.execute(
            select(BASE_ALIAS.c.text, BASE_ALIAS.c.lang, BASE_ALIAS.c.valid_from, BASE_ALIAS.c.valid_to)
            .where(BASE_ALIAS.c.base_id == row.id)
            .order_by(BASE_ALIAS.c.lang, BASE_ALIAS.c.text)
        ).all(),
        history=connection.execute(
            select(BASE_STATUS.c.date, BASE_STATUS.c.event, BASE_STATUS.c.note, BASE_STATUS.c.url)
            .where(BASE_STATUS.c.base_id == row.id)
            .order_by(BASE_STATUS.c.date, BASE_STATUS.c.id)
        ).all(),
    )


@dataclass(frozen=True, slots=True)
class Event:
    """What was reported of a base itself. `when` is an ISO day or month; `day` is that day, or the last one of the month."""

    base: str
    when: str
    day: date
    event: str
    state: str
    note: str
    url: str


def events(connection: Connection) -> list[Event]:
    """The histories of all bases in one, the oldest event first."""
    columns = (BASE_STATUS.c[name] for name in ("date", "event", "state", "note", "url"))
    stored = select(BASE.c.slug, *columns).join(BASE, BASE.c.id == BASE_STATUS.c.base_id).order_by(BASE_STATUS.c.id)
    found = [Event(base, when, _reached(when), *rest) for base, when, *rest in connection.execute(stored)]
    return sorted(found, key=lambda one: one.day)


def _reached(when: str) -> date:
    if len(when) == len("2025-05"):
        year, month = map(int, when.split("-"))
        return date(year, month, monthrange(year, month)[1])
    return date.fromisoformat(when)


def gazetteer(connection: Connection) -> Gazetteer:
    """The register's own names, for extraction."""
    aliases: Mapping[int, list[Alias]] = defaultdict(list)
    for row in connection.execute(select(BaseAlias).order_by(BASE_ALIAS.c.id)):
        aliases[row.base_id].append(Alias(row.text, row.valid_from, row.valid_to))
    family = sites(connection)
    countries = dict(connection.execute(select(BASE.c.slug, BASE.c.country)).all())
    return Gazetteer(
        bases=tuple(BaseName(one.slug, countries[one.slug], one.parent, tuple(aliases[one.id])) for one in family.values()),
        actors=_parties(connection, Actor, ActorAlias, "actor_id"),
        sources=_parties(connection, Source, SourceAlias, "source_id"),
    )


def _parties(connection: Connection, table: Any, alias_table: Any, key: str) -> tuple[PartyName, ...]:
    aliases: Mapping[int, list[Alias]] = defaultdict(list)
    for row in connection.execute(select(alias_table).order_by(alias_table.id)):
        aliases[getattr(row, key)].append(Alias(row.text))
    rows = connection.execute(select(table.id, table.slug, table.kind).order_by(table.id))
    return tuple(PartyName(row.slug, row.kind, tuple(aliases[row.id])) for row in rows)
