"""What claims and corrections say, in words: days, labels of codes, names behind slugs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.language import _, digits
from app.queries.reference import Names
from app.web.labels import LABELS
from app.web.words import day, days, word

CODED = {"weapon", "outcome", "time_of_day", "support"}
NAMED = {"base": "bases", "claimed_by": "actors", "attributed_to": "actors", "attributed_by": "sources", "origin": "sources"}
"""Fields whose value is a slug, and whose names say what it stands for."""
IN_DIGITS = {"clock_local", "intercepted_count"}


def value_words(field: str, value: str | None, names: Names) -> str:
    """A field's value in words; None is unknown."""
    if value is None:
        return _("not known")
    if field in ("date_start", "date_end"):
        return day(date.fromisoformat(value))
    if field.endswith(("_low", "_best", "_high")) or field in IN_DIGITS:
        return digits(value)
    if field in NAMED:
        return str(getattr(names, NAMED[field]).get(value, value))
    return word(field, value) if field in LABELS else value


def claim_words(field: str, value: str, names: Names) -> str:
    """A claim's value in words; half of a range says which half it is."""
    words = value_words(field, value, names)
    if field.endswith("_low"):
        return _("at least %(count)s", count=words)
    if field.endswith("_high"):
        return _("at most %(count)s", count=words)
    return words


def span_words(first: str, last: str, precision: str = "") -> str:
    """The days that one report gives (ISO), in words."""
    return days(_Span(date.fromisoformat(first), date.fromisoformat(last), precision))


@dataclass(frozen=True, slots=True)
class _Span:
    date_start: date
    date_end: date
    date_precision: str


def quoted_by(mention: Mapping[str, Any], origins: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """Whom a mention's report quotes, by name; else that it is the compilation, or that it names nobody."""
    if origins:
        return tuple(names.sources.get(slug, slug) for slug in origins)
    return (_("the register’s own compilation") if mention["kind"] == "compilation" else _("nobody named"),)
