"""Brings bases, actors and sources into the register."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from app.actions.revision import raise_revision
from app.db import transaction
from app.models import Actor, ActorAlias, Base, BaseAlias, BaseStatus, Source, SourceAlias
from app.reference import spellings

Entries = Iterable[Mapping[str, Any]]


def add_reference(engine: Engine, *, bases: Entries, actors: Entries, sources: Entries) -> int:
    """Adds each base, actor and source whose slug is new, as one act; what is there stays as it is. Returns how many were new.

    The entries are those of seeds/*.toml. A parent comes before its children.
    """
    with transaction(engine) as session:
        added = (
            [_add_source(session, entry) for entry in _new(session, Source, sources)]
            + [_add_actor(session, entry) for entry in _new(session, Actor, actors)]
            + [_add_base(session, entry) for entry in _new(session, Base, bases)]
        )
        if added:
            raise_revision(session, "add reference", entries=len(added))
    return len(added)


def _new(session: Session, table: type[SQLModel], entries: Entries) -> list[Mapping[str, Any]]:
    known = set(session.exec(select(table.slug)).all())  # type: ignore[attr-defined]
    return [entry for entry in entries if entry["slug"] not in known]


def _columns(table: type[SQLModel], entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key in table.model_fields}


def _add_source(session: Session, entry: Mapping[str, Any]) -> None:
    source = Source(**_columns(Source, entry))
    session.add(source)
    session.flush()
    session.add_all(SourceAlias(source_id=source.id, text=text, lang=lang) for text, lang, *_ in _aliases(entry))


def _add_actor(session: Session, entry: Mapping[str, Any]) -> None:
    parent = session.exec(select(Actor.id).where(Actor.slug == entry.get("member_of"))).first()
    actor = Actor(**_columns(Actor, entry), member_of_id=parent)
    session.add(actor)
    session.flush()
    session.add_all(ActorAlias(actor_id=actor.id, text=text, lang=lang) for text, lang, *_ in _aliases(entry))


def _add_base(session: Session, entry: Mapping[str, Any]) -> None:
    parent = session.exec(select(Base.id).where(Base.slug == entry.get("parent"))).first()
    base = Base(**_columns(Base, entry), parent_id=parent)
    session.add(base)
    session.flush()
    session.add_all(
        BaseAlias(base_id=base.id, text=text, lang=lang, valid_from=first, valid_to=last)
        for text, lang, first, last in _aliases(entry)
    )
    session.add_all(BaseStatus(base_id=base.id, **status) for status in entry.get("status", ()))


def _aliases(entry: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Each spelling once: one that is both a name and bound in time stays unbound."""
    return list({text: (text, *rest) for text, *rest in reversed(spellings(entry))}.values())
