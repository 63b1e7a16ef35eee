"""Tables of reading: reports, and what was read in them."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app import fields
from app.models.constraints import in_order, json_list, one_of, span

HAS_UNREAD = "unread <> '[]'"
DOUBTFUL = "field = 'confidence' AND value = 'low' OR field = 'date_basis' AND value = 'inferred'"
"""What the editors' queue looks for among reports and claims: an index is of these rows alone, and needs the very same words."""


class Report(SQLModel, table=True):
    """One published text by one publisher (`text`), one known by its address alone (`page`), or a `compilation`.

    `origins` (slugs) are whom it quotes, where an editor said so: they stand instead of those that were read.
    """

    __table_args__ = (
        UniqueConstraint("publisher_id", "text_hash"),
        Index("uq_report_page", "publisher_id", "url", unique=True, sqlite_where=text("kind = 'page'")),
        Index("ix_report_coverage", "published_date", "kind"),
        Index("ix_report_unread", "id", sqlite_where=text(HAS_UNREAD)),
        one_of("kind", ("text", "page", "compilation")),
        CheckConstraint("text IS NULL OR (length(text) > 0 AND text_hash IS NOT NULL)", name="text"),
        CheckConstraint("kind <> 'page' OR url <> ''", name="url"),
        CheckConstraint("text_public = 0 OR text_licence <> ''", name="text_public"),
        CheckConstraint("copy_of_id <> id", name="copy_of"),
    )

    id: int | None = Field(default=None, primary_key=True)
    publisher_id: int = Field(foreign_key="source.id", index=True)
    kind: str
    report_ref: str = Field(default="", index=True)
    title: str = ""
    url: str = Field(default="", index=True)
    lang: str | None = None
    published_date: date | None = Field(default=None, index=True)
    published_note: str = ""
    text: str | None = None
    text_hash: str | None = Field(default=None, index=True)
    text_public: bool = False
    text_licence: str = ""
    origins: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    copy_of_id: int | None = Field(default=None, foreign_key="report.id")
    extractor_version: str | None = None
    unread: list[dict[str, Any]] = json_list()
    added_at: str
    revision: int


class Mention(SQLModel, table=True):
    """What was read in one report about one attack. Its claims are the truth; base and days stand here to be found by.

    `position` is its place among the mentions of its report, the same in word-for-word copies; `nth` which attack on its base
    the report counts it as; `born_id` the incident that it belonged to first. `lost`: a person linked it, and the rules of
    today find nothing there any more.
    """

    __table_args__ = (
        UniqueConstraint("report_id", "ref"),
        one_of("linked_by", ("machine", "compiled", "editor")),
        in_order("date_start", "date_end"),
        span(),
        Index(None, "base_id", "date_start"),
        Index(None, "incident_id", "linked_by"),
        Index(None, "report_id", "incident_id"),
        Index("ix_mention_lost", "incident_id", sqlite_where=text("lost = 1")),
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    incident_id: int = Field(foreign_key="incident.id", index=True)
    born_id: int | None = Field(default=None, foreign_key="incident.id")
    linked_by: str
    lost: bool = False
    position: int = 0
    nth: int | None = None
    ref: str | None = Field(default=None, index=True)
    base_id: int = Field(foreign_key="base.id")
    base_as_written: str = ""
    stated: str = ""
    date_start: date | None = None
    date_end: date | None = None
    span_start: int | None = None
    span_end: int | None = None
    quote: str | None = None
    extractor_version: str | None = None


class Claim(SQLModel, table=True):
    """One field's value in one mention: a quote with its span and rule, or a fact compiled by hand."""

    __table_args__ = (
        one_of("field", fields.CLAIM_FIELDS),
        one_of("basis", ("quote", "compiled")),
        CheckConstraint("(basis = 'quote') = (quote IS NOT NULL)", name="quoted"),
        CheckConstraint("(basis = 'quote') = (rule IS NOT NULL)", name="ruled"),
        CheckConstraint("value <> ''", name="value"),
        span(),
        Index("ix_claim_doubtful", "mention_id", sqlite_where=text(DOUBTFUL)),
    )

    id: int | None = Field(default=None, primary_key=True)
    mention_id: int = Field(foreign_key="mention.id", index=True)
    field: str
    value: str
    basis: str
    alternative: bool = False
    span_start: int | None = None
    span_end: int | None = None
    quote: str | None = None
    rule: str | None = None


class Tally(SQLModel, table=True):
    """A published cumulative count: who counted, who printed it, what it covers, from when until when, and its bound."""

    __table_args__ = (
        UniqueConstraint("report_id", "ref"),
        one_of("bound", fields.BOUNDS),
        one_of("kind", fields.TALLY_KINDS),
        one_of("parts_stated", ("all", "cut", "countries", "none")),
        CheckConstraint("count >= 0", name="count"),
        in_order("start", "end"),
        span(),
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    ref: str | None = None
    counter_id: int | None = Field(default=None, foreign_key="source.id")
    publisher_id: int = Field(foreign_key="source.id")
    published_date: date | None = Field(default=None, index=True)
    published_basis: str = ""
    scope: str
    kind: str
    bound: str
    count: int
    start: date | None = None
    end: date | None = None
    parts_stated: str = "none"
    note: str = ""
    urls: list[str] = json_list()
    span_start: int | None = None
    span_end: int | None = None
    quote: str | None = None
    rule: str | None = None
    extractor_version: str | None = None


class TallyPart(SQLModel, table=True):
    """One item of a tally's breakdown. `scope` is a base's slug or a country's name."""

    __tablename__ = "tally_part"
    __table_args__ = (
        UniqueConstraint("tally_id", "scope"),
        CheckConstraint("count >= 0", name="count"),
        span(),
    )

    id: int | None = Field(default=None, primary_key=True)
    tally_id: int = Field(foreign_key="tally.id", index=True)
    scope: str
    base_id: int | None = Field(default=None, foreign_key="base.id")
    count: int
    span_start: int | None = None
    span_end: int | None = None
    quote: str | None = None


class NonStrikeEvent(SQLModel, table=True):
    """What looks like a strike and is none, kept with its kind and its words."""

    __tablename__ = "non_strike_event"
    __table_args__ = (one_of("kind", fields.NON_STRIKE_KINDS), span())

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    kind: str
    span_start: int
    span_end: int
    quote: str
    rule: str
    extractor_version: str
