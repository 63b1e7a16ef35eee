"""Asks the full-text tables: whether a row holds what a reader asked for, and how well."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Float, TableClause, false, func, literal_column

from app.models.words import COLUMNS
from app.searching import Sought

WEIGHTS = (4.0, 4.0, 1.0, 1.0)
"""What a word weighs in each column: one of a title as much as four of the text."""


HEAD, ANYWHERE = "head head_bare", " ".join(COLUMNS)
"""The columns of titles and names, and all."""


def holds(words: TableClause, asked: Sequence[Sought], in_columns: str = ANYWHERE) -> ColumnElement[bool]:
    """Whether a row holds all that was asked in these columns; where nothing was asked, none does."""
    if not asked:
        return false()
    query = " AND ".join(one.query("head body") for one in asked)
    if in_columns != ANYWHERE:  # that a word stands in any of them need not be looked at
        query = f"{{{in_columns}}} : ({query})"
    return words.c[words.name].op("MATCH", is_comparison=True)(query)


def rank(words: TableClause) -> ColumnElement[float]:
    """How well a row that holds what was asked answers it, the lowest number best (bm25)."""
    return func.bm25(literal_column(words.name), *WEIGHTS, type_=Float)
