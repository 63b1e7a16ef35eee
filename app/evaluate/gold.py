"""What annotators found in a text: frozen values, read from the parsed JSON of a corpus."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FIELDS = (
    "date_end", "time_of_day", "weapon", "munitions_min", "munitions_max", "claimed_by", "attributed_to", "intercepted",
    "casualties_reported", "status",
)  # fmt: skip
"""The fields of an incident that are compared once base and date agree."""

TALLY_FIELDS = ("since", "op", "kind")
"""The fields of a total that are compared once scope and count agree."""

Value = str | int | None
Line = Mapping[str, Any]
"""A line that `sijill extract` prints, or an object in it. Any key may be missing."""


class BadGold(ValueError):
    """Annotations that cannot be compared with anything. The message says what is missing, and in which entry."""


@dataclass(frozen=True, slots=True)
class GoldIncident:
    """An attack as annotated. `values` holds FIELDS; `month` is the month of a date that is not known to the day.

    Where the reading is `ambiguous`, fields are not compared; where it is `optional`, leaving it out is no error.
    """

    base: str | None
    date: str | None
    values: Mapping[str, Value]
    evidence: str
    month: str | None = None
    ambiguous: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldTally:
    """A published total as annotated. `values` holds TALLY_FIELDS."""

    scope: str | None
    count: int | None
    values: Mapping[str, Value]
    evidence: str


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """What looks like a strike and is none, as annotated."""

    kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Gold:
    """One text and all that annotators found in it. `published` is an ISO date or None."""

    id: str
    text: str
    lang: str | None
    published: str | None
    incidents: tuple[GoldIncident, ...]
    tallies: tuple[GoldTally, ...]
    events: tuple[GoldEvent, ...]

    @classmethod
    def of(cls, record: object, text: str) -> "Gold":
        """The annotations of `text`, from the parsed JSON of its file. Raises BadGold for a key that is missing or of no use."""
        whole = _object(record, "the file", ("id", "lang", "published", "incidents", "tallies", "non_strike_events"))
        for key, kinds in (("id", str), ("lang", str | None), ("published", str | None)):
            if not isinstance(whole[key], kinds):
                raise BadGold(f"`{key}` is {whole[key]!r}, and no text")
        return cls(
            id=whole["id"],
            text=text,
            lang=whole["lang"],
            published=whole["published"],
            incidents=tuple(_incident(entry) for entry in _entries(whole, "incidents", ("base", "date", *FIELDS))),
            tallies=tuple(_tally(entry) for entry in _entries(whole, "tallies", ("scope", "count"))),
            events=tuple(
                GoldEvent(entry["type"], entry["evidence"]) for entry in _entries(whole, "non_strike_events", ("type",))
            ),
        )


def _object(value: object, called: str, keys: Iterable[str]) -> Line:
    if not isinstance(value, dict):
        raise BadGold(f"{called} is no JSON object")
    if lacking := [key for key in keys if key not in value]:
        raise BadGold(f"{called} lacks `{'`, `'.join(lacking)}`")
    return value


def _entries(whole: Line, name: str, keys: tuple[str, ...]) -> Iterator[Line]:
    if not isinstance(whole[name], list):
        raise BadGold(f"`{name}` is no list")
    for number, entry in enumerate(whole[name], 1):
        called = f"entry {number} of `{name}`"
        checked = _object(entry, called, (*keys, "evidence"))
        for key in (*keys, "evidence", "month"):
            kinds = {"evidence": str, "month": str | None}.get(key, str | int | None)
            if not isinstance(checked.get(key), kinds):
                raise BadGold(f"`{key}` of {called} is {checked[key]!r}")
        yield checked


def _incident(entry: Line) -> GoldIncident:
    return GoldIncident(
        base=entry["base"],
        date=entry["date"],
        values={name: entry[name] for name in FIELDS},
        evidence=entry["evidence"],
        month=entry.get("month"),
        ambiguous="ambiguity" in entry,
        optional=bool(entry.get("optional")),
    )


def _tally(entry: Line) -> GoldTally:
    return GoldTally(entry["scope"], entry["count"], {name: entry.get(name) for name in TALLY_FIELDS}, entry["evidence"])
