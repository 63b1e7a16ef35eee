"""The names of constraints, and those that several tables share, as values. Imported before any table is declared."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can find it (Alembic's batch mode needs one)."""

SQLModel.metadata.naming_convention = NAMING


def one_of(column: str, codes: Iterable[str]) -> CheckConstraint:
    """The column holds one of these codes, or nothing."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def in_order(low: str, high: str) -> CheckConstraint:
    """Low is at most high, where both are known."""
    return CheckConstraint(f'"{low}" <= "{high}"', name=f"{low}_{high}")


def span() -> CheckConstraint:
    """No span, or one as long as its quote. That the quote is the report's own words is held by triggers (see migrations/)."""
    # A comparison with NULL is not false, and a check that is not false holds: what is missing is compared as a truth value.
    return CheckConstraint(
        "(span_start IS NULL) = (quote IS NULL) AND (span_end IS NULL) = (quote IS NULL)"
        " AND (quote IS NULL OR (0 <= span_start AND span_start < span_end AND length(quote) = span_end - span_start))",
        name="span",
    )


def json_list() -> Any:
    """A column that holds a list as JSON."""
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False))
