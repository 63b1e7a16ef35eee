"""Where an incident's reports contradict each other: who says what, what was chosen, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.fields import RANGES
from app.language import _
from app.queries.incidents import Evidence, IncidentPage
from app.queries.reference import Names
from app.web.claims import claim_words, quoted_by, span_words, value_words
from app.web.words import SHOWN_FIELDS, count_range, word


@dataclass(frozen=True, slots=True)
class Saying:
    """One of the values that reports give, in words, and whom they quote for it."""

    words: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field on which reports differ: all that they say, the chosen value first where one is chosen, and why it is."""

    field: str
    label: str
    sayings: tuple[Saying, ...]
    why: str


def conflicts(found: IncidentPage, names: Names) -> list[Conflict]:
    """The fields on which the reports of an incident differ, in the order of its page."""
    corrected = {one.field for one in found.corrections}
    differing = {"date_start": _days(found, names), "status": _denial(found, names)}
    differing |= {name: _counts(found, name, names) for name in RANGES}
    differing |= {field: _single(found, field, names) for field in found.choices()}
    return [
        Conflict(field, word("field", field), sayings, _why(found, field, corrected))
        for field in SHOWN_FIELDS
        if (sayings := differing.get(field, ()))
    ]


def _why(found: IncidentPage, field: str, corrected: Iterable[str]) -> str:
    if {field, f"{field}_low", f"{field}_high"} & set(corrected):
        return _("an editor corrected it")
    if field in RANGES:
        return _("the range over all reports is kept")
    choice = found.choices().get(field)
    return word("choice", choice.why) if choice else ""


def _single(found: IncidentPage, field: str, names: Names) -> tuple[Saying, ...]:
    """Of a field that settles on one value: what is said of it, unless all agree."""
    choice = found.choices()[field]
    if choice.why == "agreed":
        return ()
    told = _gathered(((value, one) for one, value in _stated(found, field)), names)
    return tuple(Saying(claim_words(field, value, names), told[value]) for value in choice.said)


def _days(found: IncidentPage, names: Names) -> tuple[Saying, ...]:
    """The days that reports give, where they have none in common; and those that the compilation weighed and set aside."""
    spans, told = [], []
    for one in found.evidence:
        values = {claim["field"]: claim["value"] for claim in one.claims if not claim["alternative"]}
        if first := values.get("date_start"):
            last = values.get("date_end", first)
            spans.append((first, last))
            told.append((span_words(first, last, values.get("date_precision", "")), one))
    weighed = sorted({claim["value"] for claim, _mention in found.claims("date_start") if claim["alternative"]})
    sayings = [Saying(words, who) for words, who in _gathered(told, names).items()]
    sayings += [Saying(value_words("date_start", value, names), (_("weighed by the compilation"),)) for value in weighed]
    apart = spans and max(first for first, _last in spans) > min(last for _first, last in spans)
    return tuple(sayings) if apart or weighed else ()


def _counts(found: IncidentPage, name: str, names: Names) -> tuple[Saying, ...]:
    """The counts that reports give, where they give several."""
    told = []
    for one in found.evidence:
        ends = {claim["field"]: int(claim["value"]) for claim in one.claims if claim["field"] in (f"{name}_low", f"{name}_high")}
        if words := count_range(ends.get(f"{name}_low"), ends.get(f"{name}_high")):
            told.append((words, one))
    gathered = _gathered(told, names)
    return tuple(Saying(words, who) for words, who in gathered.items()) if len(gathered) > 1 else ()


def _denial(found: IncidentPage, names: Names) -> tuple[Saying, ...]:
    """How the attack is told, where somebody denies it."""
    told = _gathered(((value, one) for one, value in _stated(found, "status")), names)
    sayings = tuple(Saying(value_words("status", value, names), who) for value, who in told.items())
    return sayings if "disputed" in told else ()


def _stated(found: IncidentPage, field: str) -> list[tuple[Evidence, str]]:
    """The values that reports state of a field, each with the mention it stands in."""
    return [
        (one, claim["value"])
        for one in found.evidence
        for claim in one.claims
        if claim["field"] == field and not claim["alternative"] and claim["value"] != "unknown"
    ]


def _gathered(told: Iterable[tuple[str, Evidence]], names: Names) -> dict[str, tuple[str, ...]]:
    """For each thing that is said whom the reports quote that say it, each once."""
    who: dict[str, dict[str, None]] = {}
    for said, one in told:
        who.setdefault(said, {}).update(dict.fromkeys(quoted_by(one.mention, one.origins, names)))
    return {said: tuple(by) for said, by in who.items()}
