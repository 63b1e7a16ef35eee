"""What an editor reads in a drawn report, as it is typed into a form, becomes an annotation that evaluation takes. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.fields import NON_STRIKE_KINDS
from app.language import _
from app.queries.reference import Names
from app.web import forms

ATTACK = (
    "base", "date_start", "date_end", "date_precision", "time_of_day", "weapon", "munitions_low", "munitions_high", "claimed_by",
    "attributed_to", "outcome",
)  # fmt: skip
"""Inputs of an attack that are those of an incident's form; its origins stand beside them."""
ORIGINS = ("origin_1", "origin_2", "origin_3")
TOTAL = ("count", "bound", "scope", "since", "counter")
SCOPES = ("all-syria", "iraq-and-syria", "other:iraq", "other:")
"""What a total may cover beside a base; the last is any other place, which evaluation does not tell from one without a name."""
MOST = 30
"""Attacks, and totals, of one report."""
DEFAULTS = {"bound": "="}
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was typed: a row for each attack and each total, the kinds of what is no strike, and if it tells of none."""

    attacks: tuple[Row, ...]
    totals: tuple[Row, ...]
    non_strike: tuple[str, ...]
    peaceful: bool


@dataclass(frozen=True, slots=True)
class Read:
    """An annotation in the format of tests/corpus/README.md, or errors by the name of their input."""

    annotation: Mapping[str, Any]
    errors: Mapping[str, str]


def typed(posted: Mapping[str, Any], *, more: str = "") -> Typed:
    """What was typed into the form, with one row more of what `more` names (attack, total); an empty form has one of each."""
    return Typed(
        _rows(posted, "attack", (*ATTACK, *ORIGINS), more),
        _rows(posted, "total", TOTAL, more),
        tuple(kind for kind in NON_STRIKE_KINDS if posted.get(f"non_strike-{kind}")),
        bool(posted.get("peaceful")),
    )


def _rows(posted: Mapping[str, Any], kind: str, names: tuple[str, ...], more: str) -> tuple[Row, ...]:
    numbers = [int(found[1]) for key in posted if (found := re.fullmatch(rf"{kind}-([0-9]{{1,2}})-\w+", key))]
    last = min(MOST, max([1, *numbers]) + (more == kind))
    return tuple(
        {name: str(posted.get(f"{kind}-{number}-{name}", DEFAULTS.get(name, ""))) for name in names}
        for number in range(1, last + 1)
    )


def read(form: Typed, *, report: int, lang: str | None, published: date | None, names: Names) -> Read:
    """What was typed as an annotation. A row in which nothing was typed is none; origins may be named or given by their slug."""
    errors: dict[str, str] = {}
    reader = _Reader(names, errors)
    attacks = [reader.attack(f"attack-{number}-", row) for number, row in _filled(form.attacks)]
    totals = [reader.total(f"total-{number}-", row) for number, row in _filled(form.totals)]
    if form.peaceful and attacks:
        errors["peaceful"] = _("Attacks are given above; empty them, or take this back.")
    elif not form.peaceful and not attacks:
        errors["peaceful"] = _("Give the attacks that the report tells of, or say that it tells of none.")
    annotation = {
        "id": str(report),
        "lang": lang,
        "published": published.isoformat() if published else None,
        "incidents": attacks,
        "tallies": totals,
        "non_strike_events": [{"type": kind, "evidence": ""} for kind in form.non_strike],
    }
    return Read(annotation, errors)


def _filled(rows: tuple[Row, ...]) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(rows, 1):
        if any(value.strip() for name, value in row.items() if value != DEFAULTS.get(name)):
            yield number, row


class _Reader:
    """Reads rows by the names that the register knows, and keeps what is wrong by the name of its input."""

    def __init__(self, names: Names, errors: dict[str, str]) -> None:
        self.errors = errors
        self.known = {"bases": names.bases, "actors": names.actors, "sources": names.sources}
        self._sources = {name.casefold(): slug for slug, name in names.sources.items()} | {slug: slug for slug in names.sources}

    def attack(self, prefix: str, row: Row) -> dict[str, Any]:
        values = self._values(prefix, {name: row[name] for name in ATTACK})
        origins = [self._source(prefix + name, row[name]) for name in ORIGINS]
        start, end, precision = (values[name] for name in forms.DAYS)
        in_days = precision in ("day", "range")
        return {
            "base": values["base"],
            "date": start if in_days else None,
            "date_end": end if in_days and end != start else None,
            "month": start[:7] if start and precision == "month" else None,
            "time_of_day": values["time_of_day"],
            "weapon": values["weapon"] or "unknown",
            "munitions_min": _number(values["munitions_low"]),
            "munitions_max": _number(values["munitions_high"]),
            "claimed_by": values["claimed_by"],
            "attributed_to": values["attributed_to"],
            "outcome": values["outcome"],
            "origins": list(dict.fromkeys(filter(None, origins))),
            # The format has these too; the form does not ask for them, and the card does not compare them.
            "intercepted": None,
            "casualties_reported": None,
            "status": "reported",
            "evidence": "",
        }

    def total(self, prefix: str, row: Row) -> dict[str, Any]:
        # A day and a count are read here as they are for an incident.
        alike = {"munitions_low": "count", "date_start": "since"}
        values = self._values(prefix, {field: row[name] for field, name in alike.items()}, alike)
        if values["munitions_low"] is None:
            self.errors.setdefault(prefix + "count", _("Write the number."))
        if row["scope"] not in SCOPES and row["scope"] not in self.known["bases"]:
            self.errors[prefix + "scope"] = _("Choose what the number covers.")
        return {
            "scope": row["scope"],
            "count": _number(values["munitions_low"]),
            "op": row["bound"] if row["bound"] in (">", ">=", "~") else "=",
            "since": values["date_start"],
            "counter": self._source(prefix + "counter", row["counter"]),
            "kind": "cumulative",
            "evidence": "",
        }

    def _values(self, prefix: str, row: Row, named: Mapping[str, str] | None = None) -> Mapping[str, str | None]:
        checked = forms.read(row, known=self.known, published=None, held={})
        self.errors |= {prefix + (named or {}).get(field, field): error for field, error in checked.errors.items()}
        return checked.values

    def _source(self, name: str, text: str) -> str | None:
        slug = self._sources.get(text.strip().casefold())
        if text.strip() and slug is None:
            self.errors[name] = _("Nothing in the register is called this; choose from the list.")
        return slug


def _number(text: str | None) -> int | None:
    return int(text) if text else None
