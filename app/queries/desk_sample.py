"""Reads the sample for those who read it: what was drawn, what is whose, and one report with its whole text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, select

from app.models.tables import REPORT, SAMPLE, SAMPLE_READING, SOURCE
from app.queries.names import name_of


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn report as its list shows it. `readings` are those that were finished, `finished_at` is this editor's own."""

    report_id: int
    title: str
    publisher: str
    published: date | None
    drawn_at: str
    twice: bool
    has_text: bool
    readings: int
    finished_at: str | None

    @property
    def is_open(self) -> bool:
        """Whether this editor may still read it."""
        return self.has_text and self.finished_at is None and self.readings < 1 + self.twice


def _finished(editor_id: int) -> ColumnElement[str | None]:
    own = (SAMPLE_READING.c.sample_id == SAMPLE.c.id) & (SAMPLE_READING.c.editor_id == editor_id)
    return select(SAMPLE_READING.c.finished_at).where(own).scalar_subquery()


def drawn(connection: Connection, editor_id: int) -> Sequence[Drawn]:
    """All that was drawn, in an order of its own for each editor.

    So two who read at the same time seldom read the same text, and both come to those that two are to read.
    """
    readings = select(func.count()).where(SAMPLE_READING.c.sample_id == SAMPLE.c.id).scalar_subquery()
    rows = connection.execute(
        select(
            REPORT.c.id,
            REPORT.c.title,
            name_of(SOURCE),
            REPORT.c.published_date,
            SAMPLE.c.drawn_at,
            SAMPLE.c.twice,
            REPORT.c.text.is_not(None),
            readings,
            _finished(editor_id),
        )
        .join(REPORT, REPORT.c.id == SAMPLE.c.report_id)
        .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
        .order_by(SAMPLE.c.id if editor_id % 2 else SAMPLE.c.id.desc())
    )
    return [Drawn(*row) for row in rows]


def undrawn(connection: Connection) -> int:
    """How many texts can still be drawn; one that several published is one."""
    texts = (REPORT.c.kind == "text") & REPORT.c.text.is_not(None) & REPORT.c.copy_of_id.is_(None)
    free = ~exists().where(SAMPLE.c.report_id == REPORT.c.id)
    return connection.execute(select(func.count()).select_from(REPORT).where(texts, free)).scalar_one()


@dataclass(frozen=True, slots=True)
class ToRead:
    """A drawn report with its whole text, what the machine found in it, and what this editor read there if they have finished."""

    report_id: int
    title: str
    lang: str | None
    url: str
    text: str | None
    publisher: str
    found: Mapping[str, Any]
    twice: bool
    readings: int
    annotation: Mapping[str, Any] | None

    @property
    def is_open(self) -> bool:
        """Whether this editor may still begin to read it."""
        return self.text is not None and self.annotation is None and self.readings < 1 + self.twice

    @property
    def published(self) -> date | None:
        """The day of publication that the machine went by: both settle relative days by the same one."""
        day = self.found["published"]
        return date.fromisoformat(day) if day else None


def to_read(connection: Connection, report_id: int, editor_id: int) -> ToRead | None:
    """A drawn report, or None."""
    of_sample = SAMPLE_READING.c.sample_id == SAMPLE.c.id
    own = select(SAMPLE_READING.c.annotation).where(of_sample, SAMPLE_READING.c.editor_id == editor_id)
    row = connection.execute(
        select(
            REPORT.c.id,
            REPORT.c.title,
            REPORT.c.lang,
            REPORT.c.url,
            REPORT.c.text,
            name_of(SOURCE),
            SAMPLE.c.found,
            SAMPLE.c.twice,
            select(func.count()).where(of_sample).scalar_subquery(),
            own.scalar_subquery(),
        )
        .join(SAMPLE, SAMPLE.c.report_id == REPORT.c.id)
        .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
        .where(REPORT.c.id == report_id)
    ).one_or_none()
    return ToRead(*row) if row else None
