"""An incident as its page shows it: each field with its settled value and who claims what, and its uncertainty in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.clock import recorded
from app.fields import INCIDENT_FIELDS, RANGES
from app.language import _, digits, listed, ngettext
from app.queries.incidents import IncidentPage
from app.queries.reference import Names, Site
from app.queries.snippets import snippet
from app.web.claims import CODED, claim_words, value_words
from app.web.history import signed
from app.web.words import SHOWN_FIELDS, count_range, day, days, word


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim of one field: what it says, the words or the compiled fact behind it, and whom its report quotes."""

    words: str
    claim: Mapping[str, Any]
    mention: Mapping[str, Any]
    origins: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction of one field: its value in words, the reason, whose it is, the day on which it was made, and its words.

    The words are those of a report that the editor named, cut to what may be shown; None where none were named.
    """

    words: str
    reason: str
    by: str
    day: str
    quote: str | None
    report_id: int | None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: its label, its settled value in words (empty: unknown), the claims about it, and its corrections."""

    field: str
    label: str
    value: str
    claims: tuple[ClaimRow, ...]
    corrections: tuple[Corrected, ...] = ()


def field_rows(found: IncidentPage, site: Site, names: Names, editors_shown: str) -> list[FieldRow]:
    """The fields of which anything is known, in the order of SHOWN_FIELDS; editors by role or by display name."""
    quoting = {one.mention["id"]: listed(names.sources.get(slug, slug) for slug in one.origins) for one in found.evidence}
    rows = []
    for field in SHOWN_FIELDS:
        claims = _range_claims(found, field) if field in (*RANGES, "attacks") else _claims(found, field, names)
        value = _settled(field, found.incident, site) or ("" if field in INCIDENT_FIELDS else _said(claims))
        corrections = tuple(
            Corrected(
                _("the reports’ value again") if one.withdrawn else value_words(one.field, one.value, names),
                one.reason,
                signed(one, editors_shown),
                day(recorded(one.made_at).date()),
                snippet(one.quote, whole=one.text_public),
                one.report_id,
            )
            for one in found.corrections
            if one.field in (field, f"{field}_low", f"{field}_high")
        )
        if value or corrections or any(row.claim["value"] != "unknown" for row in claims):
            told = (replace(row, origins=quoting[row.mention["id"]] if field != "origin" else "") for row in claims)
            rows.append(FieldRow(field, word("field", field), value, tuple(told), corrections))
    return rows


def _said(claims: Iterable[ClaimRow]) -> str:
    """All that claims say of a field that is not settled: it has no one value."""
    return _("; ").join(dict.fromkeys(row.words for row in claims))


def _claims(found: IncidentPage, field: str, names: Names) -> list[ClaimRow]:
    return [
        ClaimRow(claim_words(field, claim["value"], names), claim, mention)
        for claim, mention in found.claims(field)
        if field != "base" or mention["kind"] != "page"  # that a page belongs to this incident says it already
    ]


def _range_claims(found: IncidentPage, name: str) -> list[ClaimRow]:
    """One row for both ends of a count as one report gives them."""
    ends: dict[int, dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    for end in ("low", "high"):
        for claim, mention in found.claims(f"{name}_{end}"):
            ends.setdefault(mention["id"], {})[end] = (claim, mention)
    rows = []
    for pair in ends.values():
        bounds = {end: int(claim["value"]) for end, (claim, _mention) in pair.items()}
        rows.append(ClaimRow(count_range(bounds.get("low"), bounds.get("high")), *next(iter(pair.values()))))
    return rows


def _settled(field: str, incident: Any, site: Site) -> str:
    if field == "base":
        return site.short
    if field == "date_start":
        return days(incident)
    if field == "attacks":
        return count_range(incident.attacks_low, incident.attacks_high) if incident.attacks_high > 1 else ""
    if field in RANGES:
        return count_range(getattr(incident, f"{field}_low"), getattr(incident, f"{field}_high"))
    value = getattr(incident, field, None)
    if value in (None, "", "unknown"):
        return ""
    return word(field, value) if field in CODED else str(value)


def uncertainty(found: IncidentPage, site: Site) -> list[str]:
    """What is not sure about an incident, in sentences."""
    incident = found.incident
    said = [_days_words(found), _place_words(site), word("grading_reason", incident.grading_reason)]
    if incident.weapon == "unknown":
        said.append(_("No report states the weapon."))
    if incident.munitions_low is not None and incident.munitions_low != incident.munitions_high:
        count = count_range(incident.munitions_low, incident.munitions_high)
        said.append(_("The number of munitions is a range or a bound: %(count)s.", count=count))
    if incident.claimed_by is None and incident.attributed_to is not None:
        said.append(
            _(
                "Who did it is what others say (%(name)s); nobody is recorded as having claimed it.",
                name=incident.attributed_to,
            )
        )
    if incident.review_status == "unreviewed":
        said.append(_("No editor has reviewed it yet."))
    return [sentence for sentence in said if sentence]


def _days_words(found: IncidentPage) -> str:
    incident = found.incident
    if incident.date_start is None:
        return _("No report gives a day that can be worked out.")
    if any(claim["value"] == "inferred" for claim, _mention in found.claims("date_basis")):
        return _("The day is not stated: it was worked out from what the page tells.")
    if incident.date_precision == "range" and incident.date_end != incident.date_start:
        length = (incident.date_end - incident.date_start).days + 1
        return ngettext("The day is known to within %(num)s day.", "The day is known to within %(num)s days.", length)
    return ""


def _place_words(site: Site) -> str:
    match site.geo_precision:
        case 1:
            return ""
        case 2:
            return _("The place on the map is a proxy near the site, not the site itself.")
        case 3:
            return _("No public point of this site is known; it is on no map.")
    return _("The base is not named; it is on no map.")


def told_on(mention: Mapping[str, Any]) -> str:
    """When a report was published, as precisely as it is known."""
    return day(mention["published_date"]) or digits(str(mention["published_note"]))
