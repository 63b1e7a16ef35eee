"""Pages of a list by key: a page costs the same wherever it lies, and what is added meanwhile shifts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, or_, select

from app.db import AnyRow
from app.language import _


class BadCursor(ValueError):
    """A place in a list that is none."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in order, and the cursor of those after them (None at the end)."""

    rows: Sequence[AnyRow]
    next: str | None


def latest_first(day: ColumnElement[Any], table: Table) -> tuple[ColumnElement[Any], ...]:
    """The order of every list: the latest day first, rows without a day last, the newest row first among equals."""
    return (day.desc().nulls_last(), table.c.id.desc())


def page_of(
    connection: Connection, statement: Select[Any], day: ColumnElement[Any], table: Table, *, size: int, after: str
) -> Page:
    """One page of a statement that selects `table.id` and `day`. Raises BadCursor."""
    if (place := read_place(after)) is not None:
        statement = statement.where(below(day, table, *place))
    found = connection.execute(statement.order_by(*latest_first(day, table)).limit(size + 1)).all()
    return page_of_rows(found, size, day, table)


def page_of_rows(found: Sequence[AnyRow], size: int, day: ColumnElement[Any], table: Table) -> Page:
    """The page of rows that stand in order, one more than it holds where others follow."""
    if len(found) <= size:
        return Page(found, None)
    last = found[size - 1]._mapping
    return Page(found[:size], f"{last[day] or ''}~{last[table.c.id]}")


def read_place(cursor: str) -> tuple[date | None, int] | None:
    """The day and the id of the row that a cursor names; None for the beginning. Raises BadCursor."""
    if not cursor:
        return None
    written, _tilde, number = cursor.partition("~")
    try:
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise ValueError
        return date.fromisoformat(written) if written else None, int(number)
    except ValueError:
        raise BadCursor(_("%(place)s is no place in this list; begin at its first page", place=repr(cursor[:40]))) from None


def below(day: ColumnElement[Any], table: Table, start: date | None, number: int) -> ColumnElement[bool]:
    """What stands below the row with this day and id in the order of every list."""
    older = table.c.id < number
    if start is None:
        return and_(day.is_(None), older)
    return or_(day < start, and_(day == start, older), day.is_(None))


def above(day: ColumnElement[Any], table: Table, start: date | None, number: int) -> ColumnElement[bool]:
    """What stands above it."""
    newer = table.c.id > number
    if start is None:
        return or_(day.is_not(None), newer)
    return or_(day > start, and_(day == start, newer))


def beside(
    connection: Connection, shown: ColumnElement[Any], day: ColumnElement[Any], table: Table, row: tuple[date | None, int],
    condition: ColumnElement[bool],
) -> tuple[Any | None, Any | None]:  # fmt: skip
    """What stands next above and next below the row with this day and id, of what the condition finds: its column `shown`."""
    upper = select(shown).where(condition, above(day, table, *row)).order_by(day.asc().nulls_first(), table.c.id.asc())
    lower = select(shown).where(condition, below(day, table, *row)).order_by(*latest_first(day, table))
    found = (connection.execute(side.limit(1)).scalar_one_or_none() for side in (upper, lower))
    return next(found), next(found)
