"""How much of another publisher's words a public page may show."""

from collections.abc import Mapping
from typing import Any

WORDS = 25
"""A quote of a text that is not the register's own is cut after so many words."""


def snippet(quote: str | None, *, whole: bool) -> str | None:
    """The quote, cut after 25 words unless its text may be shown whole."""
    if quote is None or whole:
        return quote
    words = quote.split(maxsplit=WORDS)
    return quote if len(words) <= WORDS else " ".join(words[:WORDS]) + " …"


def shown(row: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """The row with its `quote` cut: what leaves a query is what may be shown, whatever a template does with it."""
    return {**row, "quote": snippet(row["quote"], whole=whole)}
