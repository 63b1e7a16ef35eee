"""Which of the names in a register's row a page shows: that in its language, where there is one."""

from sqlalchemy import ColumnElement, FromClause, func

from app.language import ARABIC, spoken


def name_of(table: FromClause, english: str = "name_en") -> ColumnElement[str]:
    """The name of a base, actor or source in the language that is spoken, or else the English one (its column is `english`)."""
    if spoken() is ARABIC:
        return func.coalesce(func.nullif(table.c.name_ar, ""), table.c[english])
    return table.c[english]
