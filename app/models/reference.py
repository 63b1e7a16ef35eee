"""Tables of reference: sources, actors, bases, with their spellings and their history."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.fields import BASE_STATES, SIDES
from app.models.constraints import in_order, json_list, one_of


class Source(SQLModel, table=True):
    """Who prints a report or is quoted by one: publishers, origins and counters are sources in different parts.

    Those who speak for the attacked side, or for the claimant, are one witness together, and so are all unnamed sources.
    """

    __table_args__ = (one_of("speaks_for", SIDES),)

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name_en: str
    name_ar: str = ""
    kind: str
    speaks_for: str = ""
    alignment: str = ""
    host: str = ""
    note: str = ""
    urls: list[str] = json_list()


class SourceAlias(SQLModel, table=True):
    __tablename__ = "source_alias"
    __table_args__ = (UniqueConstraint("source_id", "text"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    text: str
    lang: str


class Actor(SQLModel, table=True):
    """Who claims an attack, is blamed for it, or suffers it."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name_en: str
    name_ar: str = ""
    kind: str
    member_of_id: int | None = Field(default=None, foreign_key="actor.id")
    note: str = ""
    urls: list[str] = json_list()


class ActorAlias(SQLModel, table=True):
    __tablename__ = "actor_alias"
    __table_args__ = (UniqueConstraint("actor_id", "text"),)

    id: int | None = Field(default=None, primary_key=True)
    actor_id: int = Field(foreign_key="actor.id")
    text: str
    lang: str


class Base(SQLModel, table=True):
    """A coalition base. `geo_precision`: 1 a public point of the site, 2 a proxy near it, 3 the governorate only."""

    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point"),
        CheckConstraint("(latitude IS NOT NULL) = (coalesce(geo_precision, 0) IN (1, 2))", name="geo_precision"),
        CheckConstraint("parent_id <> id", name="parent"),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    short_en: str
    name_en: str
    name_ar: str
    parent_id: int | None = Field(default=None, foreign_key="base.id")
    country: str
    governorate: str = ""
    governorate_note: str = ""
    nearest_town: str = ""
    kind: str
    latitude: float | None = None
    longitude: float | None = None
    geo_precision: int | None = None
    point_note: str = ""
    point_source: str = ""
    in_sohr_breakdown: bool = False
    note: str = ""
    urls: list[str] = json_list()


class BaseAlias(SQLModel, table=True):
    """A spelling of a base's name; bound in time where the name was."""

    __tablename__ = "base_alias"
    __table_args__ = (UniqueConstraint("base_id", "text"), in_order("valid_from", "valid_to"))

    id: int | None = Field(default=None, primary_key=True)
    base_id: int = Field(foreign_key="base.id")
    text: str
    lang: str
    valid_from: date | None = None
    valid_to: date | None = None


class BaseStatus(SQLModel, table=True):
    """One reported event in a base's history. `date` is an ISO day or month, as precise as it was reported.

    `state` is what this event says, not what is so: events of one day may contradict each other.
    """

    __tablename__ = "base_status"
    __table_args__ = (UniqueConstraint("base_id", "date", "event"), one_of("state", ("", *BASE_STATES)))

    id: int | None = Field(default=None, primary_key=True)
    base_id: int = Field(foreign_key="base.id")
    date: str
    event: str
    state: str = Field(default="", sa_column_kwargs={"server_default": ""})
    note: str = ""
    url: str = ""
