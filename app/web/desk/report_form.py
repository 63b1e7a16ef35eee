"""What an editor types about a report: read in one place, in both scripts, each mistake named beside its field."""

from collections.abc import Callable, Mapping
from typing import Any

from app.fields import western, without_marks
from app.ingest import RefusedInput, check_url, clean_line, parse_day
from app.language import _

FIELDS = ("publisher", "published_date", "published_note", "title", "url", "lang")


def read(typed: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of FIELDS that were typed, and for each that cannot stand what is wrong; what is empty is unknown."""
    read_as: dict[str, tuple[Callable[[str], Any], str]] = {
        "published_date": (_day, _("Write the day as 2024-03-09; it may not lie in the future.")),
        "url": (lambda text: check_url(clean_line(text, "url", ""), ""), _("An address begins with http:// or https://.")),
    }
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in FIELDS:
        text = typed.get(field, "")
        read_one, wrong = read_as.get(field, (_line, _("This holds a character that no line may hold.")))
        try:
            values[field] = read_one(text)
        except RefusedInput:
            errors[field] = wrong
    lang = values.get("lang") or None
    if lang not in (None, "ar", "en"):
        errors["lang"] = _("Choose Arabic, English or unknown.")
    return values | {"lang": lang}, errors


def _line(text: str) -> str:
    return clean_line(text, "", "")


def _day(text: str) -> Any:
    return parse_day(western(without_marks(text)), "")
