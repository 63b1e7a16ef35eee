"""An incident's reports as its page groups them: by whom they quote, with what each says and what links it to the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.language import _
from app.queries.incidents import Evidence, IncidentPage
from app.queries.reference import Names
from app.reconcile.settling import Choice
from app.reconcile.weighing import Reasons
from app.web.claims import claim_words, span_words
from app.web.words import count_range, word

TOLD = ("date_start", "time_of_day", "weapon", "munitions", "claimed_by", "attributed_to", "outcome", "intercepted", "status")
"""What is shown of each report's claims, in this order."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a report says of the attack, and whether the incident settled on something else."""

    label: str
    words: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of an attack: its mention, what it says, and why it is taken to tell of this attack."""

    mention: Mapping[str, Any]
    said: tuple[Said, ...]
    linked: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom some reports quote: one witness, however many they are. Or that they quote nobody."""

    name: str
    role: str
    tellings: tuple[Telling, ...]


def by_origin(found: IncidentPage, links: Mapping[int, Reasons], names: Names) -> list[Origin]:
    """The reports of an incident under each origin that they quote; those that name none, and the compilation, stand last."""
    choices = found.choices()
    tellings = {one.mention["id"]: _telling(one, found.incident, choices, links, names) for one in found.evidence}
    slugs = dict.fromkeys(slug for one in found.evidence for slug in one.origins)
    groups = [
        Origin(
            names.sources.get(slug, slug),
            word("speaks_for", found.witnesses[slug].speaks_for) if slug in found.witnesses else "",
            tuple(tellings[one.mention["id"]] for one in found.evidence if slug in one.origins),
        )
        for slug in slugs
    ]
    for name, kinds in ((_("Nobody named"), ("text", "page")), (_("The register’s own compilation"), ("compilation",))):
        rest = [tellings[one.mention["id"]] for one in found.evidence if not one.origins and one.mention["kind"] in kinds]
        groups += [Origin(name, "", tuple(rest))] if rest else []
    return groups


def _telling(one: Evidence, settled: Any, choices: Mapping[str, Choice], links: Mapping[int, Reasons], names: Names) -> Telling:
    values: dict[str, str] = {}
    for claim in one.claims:
        if not claim["alternative"]:
            values.setdefault(claim["field"], claim["value"])
    if first := values.get("date_start"):
        values |= {"first": first, "last": values.get("date_end", first)}
    low, high = values.get("munitions_low"), values.get("munitions_high")
    if low or high:
        values["munitions"] = count_range(int(low) if low else None, int(high) if high else None)
    said = tuple(
        Said(word("field", field), _told(field, values, names), _differs(field, values, settled, choices))
        for field in TOLD
        if values.get(field, "unknown") != "unknown" and (field, values[field]) != ("status", "reported")
    )
    reasons = links.get(one.mention["id"], ()) if one.mention["linked_by"] == "machine" else ()
    return Telling(one.mention, said, word("linked_by", one.mention["linked_by"]), in_words(reasons))


def _told(field: str, values: Mapping[str, str], names: Names) -> str:
    if field == "date_start":
        return span_words(values["first"], values["last"], values.get("date_precision", ""))
    return claim_words(field, values[field], names)


def _differs(field: str, values: Mapping[str, str], settled: Any, choices: Mapping[str, Choice]) -> bool:
    """Whether the incident settled on something else than one report says: on another day, or another code."""
    if field == "date_start":
        return settled.date_start is None or not values["first"] <= str(settled.date_start) <= values["last"]
    if field in ("weapon", "time_of_day", "outcome"):
        return getattr(settled, field) != values[field]
    return field in choices and choices[field].value != values[field]


def in_words(reasons: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What speaks for and against two mentions being one attack, in words."""
    return tuple(word("agreement", f"{signal}.{verdict}") for signal, verdict in reasons)
