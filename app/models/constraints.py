"""The constraints that several tables share, as values."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field

import app.db  # noqa: F401 - the naming convention must be set before the first table is declared


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
