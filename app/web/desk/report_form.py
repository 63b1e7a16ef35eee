"""What an editor types about a report: read in one place, in both scripts, each mistake named beside its field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.actions.report_repairs import as_given
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


@dataclass(frozen=True, slots=True)
class Sent:
    """A repair that was sent: what was typed, as values, beside what the report holds now, and held when its form was opened.

    `theirs` are the fields that somebody else changed in between.
    """

    values: Mapping[str, Any]
    now: Mapping[str, Any]
    opened: Mapping[str, Any]
    theirs: frozenset[str]

    @classmethod
    def of(cls, values: Mapping[str, Any], now: Mapping[str, Any], former: Mapping[str, str | None]) -> "Sent":
        """`former` is what changes kept of the fields that were changed since the form was opened."""
        taken_back = {name: _held(name, former[name]) for name in values if name in former}
        opened = {name: now[name] for name in values} | taken_back
        return cls(values, now, opened, frozenset(name for name in values if opened[name] != now[name]))

    @property
    def changed(self) -> dict[str, Any]:
        """What the editor changed; what they left as the form showed it is not theirs, whatever it holds by now."""
        return {name: value for name, value in self.values.items() if value != self.opened[name]}

    @property
    def merged(self) -> dict[str, Any]:
        """What the form shows once somebody else was quicker: what the editor changed, and the rest as it is now."""
        return {name: self.now[name] for name in self.values} | self.changed

    @property
    def both(self) -> dict[str, Any]:
        """The fields that both changed, with what the other made of each."""
        return {name: self.now[name] for name, value in self.changed.items() if name in self.theirs and value != self.now[name]}


def _held(field: str, kept: str | None) -> Any:
    """What a report held, by how a change keeps it."""
    match field:
        case "origins":
            return as_given(field, kept)
        case "published_date":
            return date.fromisoformat(kept) if kept else None
        case "lang":
            return kept
    return kept or ""


def _line(text: str) -> str:
    return clean_line(text, "", "")


def _day(text: str) -> Any:
    return parse_day(western(without_marks(text)), "")
