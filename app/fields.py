"""The fields of an incident and the codes that each may hold: the one place where these words are listed."""

import re
import unicodedata
from datetime import date
from typing import Literal

UNSPECIFIED = "unspecified"
"""The slug of the base that stands for those that a report does not name."""
GREATEST_COUNT = 1_000_000
"""What counts more than this is a slip of the hand."""
LONGEST_TEXT = 2_000
"""Characters of a text that an editor gives for a field."""
GUARDED = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run as a formula by a spreadsheet: exports put a `'` before it, and reading takes it off."""
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""A character that does not belong into one line of a page."""
_DIRECTIONS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def without_marks(text: str) -> str:
    """What somebody typed or pasted as a code, a day or a number, without marks of direction and the space around it."""
    return _DIRECTIONS.sub("", text).strip()


def western(text: str) -> str:
    """The text with digits of any script (٣, ۳) as those of ASCII."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def read_count(text: str, least: int = 0) -> int:
    """The number that digits of either script write, and nothing else. Raises ValueError, also for what is out of bounds."""
    plain = western(text)
    number = int(plain) if re.fullmatch("[0-9]{1,9}", plain) else -1
    if not least <= number <= GREATEST_COUNT:
        raise ValueError(f"{text[:40]!r} is no whole number from {least} to {GREATEST_COUNT}")
    return number


def iso_day(text: str) -> date:
    """The day that a text names as 2023-11-04. Raises ValueError for any other way of writing it, and for other centuries."""
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2100:
        raise ValueError(f"{text[:40]!r} is no day; write it as 2023-11-04")
    return day


WEAPONS = ("drone", "rocket", "missile", "mortar", "artillery", "ied", "mixed", "unknown")
TIMES_OF_DAY = ("dawn", "morning", "noon", "afternoon", "evening", "night")
OUTCOMES = ("hit", "partial", "intercepted", "missed", "unknown")
DATE_PRECISIONS = ("day", "range", "month", "year", "unknown")
REVIEW_STATUSES = ("unreviewed", "accepted", "rejected", "merged", "withdrawn")
COUNTED_STATUSES = ("unreviewed", "accepted")
CLOSED_STATUSES = ("merged", "withdrawn")
"""Of an incident that is part of another, or that no report tells of any more: nothing of it can be changed."""
GRADINGS = ("discounted", "contested", "confirmed", "fair", "weak", "claimed")
GROUNDS = ("drill", "outgoing_fire", "other_target", "out_of_scope", "duplicate", "not_an_attack", "unsupported")
"""On what ground an incident is rejected."""
INCIDENT_ACTS = ("correct", "accept", "reject", "reopen", "merge", "not_same", "split", "add_incident")
"""Acts about incidents that they name; what they change in others follows from that. All can be undone."""
REPORT_ACTS = ("correct_report", "publish_text", "withhold_text")
"""Acts about one report that can be undone."""
SUBJECTS = ("incident", "report", "base", "actor", "source", "editor")
"""What acts change fields of."""
NON_STRIKE_KINDS = ("reinforcement_convoy", "coalition_response", "training", "alert", "other")
TALLY_KINDS = ("cumulative", "breakdown", "ordinal", "period")
Bound = Literal["=", ">", ">=", "~"]
BOUNDS: tuple[Bound, ...] = ("=", ">", ">=", "~")
BASE_STATES = ("held", "leaving", "left", "taken_over")
"""What an event in a base's history says of the coalition there; it stands empty where the event says none of these."""

BASE_KINDS = (
    "garrison", "outpost", "airstrip", "oil_field", "oil_field_area", "oil_field_garrison", "gas_plant", "housing_compound",
    "training_site", "town_area", "claimed_site", "unknown",
)  # fmt: skip
SOURCE_KINDS = (
    "monitor", "official", "official_partner", "claimant", "claimant_adjacent_media", "media", "local_media", "state_media",
    "agency", "tracker", "dataset", "register", "unclassified",
)  # fmt: skip
ACTOR_KINDS = (
    "organisation", "umbrella_claim_brand", "facade", "attribution_bucket", "state_force", "partner_force", "target_force",
)  # fmt: skip
SIDES = ("", "attacked", "claimant", "unnamed")
"""For whom a source speaks: nobody is a witness of its own."""

CASUALTIES = tuple(f"{side}_{harm}" for side in ("us", "partner", "civilians") for harm in ("killed", "injured"))
"""Each is a pair of columns, `_low` and `_high`."""

RANGES = ("munitions", *CASUALTIES)
"""Counts that are settled as a range: a low and a high column each."""

INCIDENT_FIELDS = (
    "base", "date_start", "date_end", "date_precision", "time_of_day", "weapon", "attacks_low", "attacks_best", "attacks_high",
    *(f"{name}_{end}" for name in RANGES for end in ("low", "high")),
    "launched_from", "claimed_by", "attributed_to", "attributed_by", "outcome", "summary_en", "summary_ar",
)  # fmt: skip
"""What is settled for an incident out of claims."""

CODES = {
    "weapon": WEAPONS,
    "time_of_day": TIMES_OF_DAY,
    "outcome": OUTCOMES,
    "date_precision": DATE_PRECISIONS,
    "grading": GRADINGS[1:],
}
"""What an editor may choose from for the fields that hold a code; `discounted` follows from a rejection."""

CORRECTED_FIELDS = (*INCIDENT_FIELDS, "grading")
"""What an editor may correct."""

CLAIM_FIELDS = (
    *INCIDENT_FIELDS, "origin", "status", "intercepted", "casualties_reported",
    "support", "note", "confidence", "clock_local", "date_basis", "intercepted_count", "damage",
)  # fmt: skip
"""What a claim may be about: the fields of an incident, and what a report says that feeds them.

`origin` whom the report quotes (a source's slug, one claim each); `status` reported, claimed or disputed; `intercepted` all,
some or none; `casualties_reported` yes, none or unknown. The rest is compiled by hand: `support` (see SUPPORTS), `note`,
`confidence` (high, medium, low), `clock_local` (Syrian time), `date_basis` (stated, inferred), `intercepted_count`, `damage`.
"""

SUPPORTS = (
    "officially_confirmed", "reported", "claim_only", "unverified", "disputed", "reclassified", "out_of_scope",
)  # fmt: skip
"""How the compilation of seeds/ describes what an incident rests on."""
