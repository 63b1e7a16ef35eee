"""Reads bases, actors and sources: their names, the gazetteer that extraction uses, and what a base's page shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlmodel import col

from app.extract.gazetteer import Alias, BaseName, Gazetteer, PartyName
from app.models import Actor, ActorAlias, Base, BaseAlias, BaseStatus, DataRevision, Source, SourceAlias


def data_revision(connection: Connection) -> int:
    """The number that every action raises."""
    return connection.execute(select(DataRevision.number)).scalar_one()


@dataclass(frozen=True, slots=True)
class Site:
    """A base with the base at the top of its family, where it is counted."""

    id: int
    slug: str
    short: str
    name: str
    name_ar: str
    parent: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: int | None

    @property
    def site(self) -> str:
        return self.parent or self.slug


def sites(connection: Connection) -> dict[str, Site]:
    """All bases by slug, in the order of the seeds."""
    rows = connection.execute(
        select(
            Base.id,
            Base.slug,
            Base.short_en,
            Base.name_en,
            Base.name_ar,
            Base.parent_id,
            Base.latitude,
            Base.longitude,
            Base.geo_precision,
        ).order_by(col(Base.id))
    ).all()
    slugs = {row.id: row.slug for row in rows}
    return {
        row.slug: Site(
            row.id, row.slug, row.short_en, row.name_en, row.name_ar, slugs.get(row.parent_id),
            row.latitude, row.longitude, row.geo_precision,
        )
        for row in rows
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What slugs stand for: the English names of bases (short), actors and sources."""

    bases: Mapping[str, str]
    actors: Mapping[str, str]
    sources: Mapping[str, str]


def names(connection: Connection) -> Names:
    """The names of all bases, actors and sources."""
    found = (
        dict(connection.execute(select(*columns)).tuples().all())
        for columns in ((Base.slug, Base.short_en), (Actor.slug, Actor.name_en), (Source.slug, Source.name_en))
    )
    return Names(*found)


@dataclass(frozen=True, slots=True)
class BasePage:
    """What is known of one base."""

    base: Row[Any]
    parent: str | None
    children: Sequence[str]
    aliases: Sequence[Row[Any]]
    history: Sequence[Row[Any]]


def base(connection: Connection, slug: str) -> BasePage | None:
    """A base with its aliases and its history, the oldest event first; None where nothing is called that."""
    row = connection.execute(select(*Base.__table__.columns).where(col(Base.slug) == slug)).one_or_none()  # type: ignore[attr-defined]
    if row is None:
        return None
    family = sites(connection)
    return BasePage(
        base=row,
        parent=family[slug].parent,
        children=[other.slug for other in family.values() if other.parent == slug],
        aliases=connection.execute(
            select(BaseAlias.text, BaseAlias.lang, BaseAlias.valid_from, BaseAlias.valid_to)
            .where(col(BaseAlias.base_id) == row.id)
            .order_by(col(BaseAlias.lang), col(BaseAlias.text))
        ).all(),
        history=connection.execute(
            select(BaseStatus.date, BaseStatus.event, BaseStatus.note, BaseStatus.url)
            .where(col(BaseStatus.base_id) == row.id)
            .order_by(col(BaseStatus.date), col(BaseStatus.id))
        ).all(),
    )


def gazetteer(connection: Connection) -> Gazetteer:
    """The register's own names, for extraction."""
    aliases: Mapping[int, list[Alias]] = defaultdict(list)
    for row in connection.execute(select(BaseAlias).order_by(col(BaseAlias.id))):
        aliases[row.base_id].append(Alias(row.text, row.valid_from, row.valid_to))
    family = sites(connection)
    countries = dict(connection.execute(select(Base.slug, Base.country)).tuples().all())
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
