"""Brings bases, actors and sources into the register."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Engine, Table, select
from sqlmodel import Session, SQLModel

from app.actions.revision import raise_revision, stored
from app.db import transaction
from app.models import Actor, ActorAlias, Base, BaseAlias, BaseStatus, Source, SourceAlias
from app.models.tables import ACTOR, BASE, SOURCE
from app.reference import spellings

Entries = Iterable[Mapping[str, Any]]


def add_reference(engine: Engine, *, bases: Entries, actors: Entries, sources: Entries) -> int:
    """Adds each base, actor and source whose slug is new, as one act; what is there stays as it is. Returns how many were new.

    The entries are those of seeds/*.toml. A parent comes before its children.
    """
    with transaction(engine) as session:
        added = 0
        for table, entries, add in ((SOURCE, sources, _add_source), (ACTOR, actors, _add_actor), (BASE, bases, _add_base)):
            known = set(session.connection().execute(select(table.c.slug)).scalars())
            for entry in entries:
                if entry["slug"] not in known:
                    add(session, entry)
                    added += 1
        if added:
            raise_revision(session, "add_reference", entries=added)
    return added


def _columns(model: type[SQLModel], entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key in model.model_fields}


def _id_of(session: Session, table: Table, slug: str | None) -> int | None:
    return session.connection().execute(select(table.c.id).where(table.c.slug == slug)).scalar_one_or_none()


def _add_source(session: Session, entry: Mapping[str, Any]) -> None:
    source_id = stored(session, Source(**_columns(Source, entry)))
    session.add_all(SourceAlias(source_id=source_id, text=text, lang=lang) for text, lang, *_ in _aliases(entry))


def _add_actor(session: Session, entry: Mapping[str, Any]) -> None:
    part_of = _id_of(session, ACTOR, entry.get("member_of"))
    actor_id = stored(session, Actor(**_columns(Actor, entry), member_of_id=part_of))
    session.add_all(ActorAlias(actor_id=actor_id, text=text, lang=lang) for text, lang, *_ in _aliases(entry))


def _add_base(session: Session, entry: Mapping[str, Any]) -> None:
    parent_id = _id_of(session, BASE, entry.get("parent"))
    base_id = stored(session, Base(**_columns(Base, entry), parent_id=parent_id))
    session.add_all(
        BaseAlias(base_id=base_id, text=text, lang=lang, valid_from=first, valid_to=last)
        for text, lang, first, last in _aliases(entry)
    )
    session.add_all(BaseStatus(base_id=base_id, **status) for status in entry.get("status", ()))


def _aliases(entry: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Each spelling once, in the order of the entry: one that is both a name and bound in time stays unbound."""
    found: dict[str, tuple[Any, ...]] = {}
    for spelling in spellings(entry):
        found.setdefault(spelling[0], spelling)
    return list(found.values())
