"""The words that a page uses for codes: each code's label, to be translated by gettext."""

from app.fields import CASUALTIES

N_ = str
"""Marks a string for the catalogue; it is translated where it is shown."""

LABELS: dict[str, dict[str, str]] = {
    "weapon": {
        "drone": N_("Drone"),
        "rocket": N_("Rocket"),
        "missile": N_("Missile"),
        "mortar": N_("Mortar"),
        "artillery": N_("Artillery"),
        "ied": N_("Placed charge (IED)"),
        "mixed": N_("Mixed"),
        "unknown": N_("Not stated"),
    },
    "review_status": {
        "unreviewed": N_("Unreviewed"),
        "accepted": N_("Accepted"),
        "rejected": N_("Rejected"),
        "merged": N_("Merged"),
        "withdrawn": N_("Withdrawn"),
    },
    "grading": {
        "discounted": N_("discounted"),
        "contested": N_("contested"),
        "confirmed": N_("confirmed"),
        "fair": N_("fair"),
        "weak": N_("weak"),
        "claimed": N_("claimed"),
    },
    "date_precision": {
        "day": N_("a day"),
        "range": N_("a span of days"),
        "month": N_("a month"),
        "year": N_("a year"),
        "unknown": N_("not known"),
    },
    "status": {"reported": N_("reported"), "claimed": N_("claimed by the attacker alone"), "disputed": N_("reported and denied")},
    "intercepted": {"all": N_("all"), "some": N_("some"), "none": N_("none")},
    "casualties_reported": {"yes": N_("yes"), "none": N_("none"), "unknown": N_("said to be unknown")},
    "grading_reason": {
        "rejected": N_("The incident was rejected."),
        "denied": N_("It was reported and denied."),
        "attacked_side": N_("The side attacked, or its government, says that it happened."),
        "claimant_alone": N_("Only the claimant says that it happened."),
        "independent_origins": N_("At least two independent origins report it."),
        "one_origin": N_("One origin reports it."),
        "no_origin": N_("The reports name no origin."),
    },
    "outcome": {
        "hit": N_("Hit"),
        "partial": N_("Partly intercepted"),
        "intercepted": N_("Intercepted"),
        "missed": N_("Missed"),
        "unknown": N_("Not stated"),
    },
    "time_of_day": {
        "dawn": N_("Dawn"),
        "morning": N_("Morning"),
        "noon": N_("Noon"),
        "afternoon": N_("Afternoon"),
        "evening": N_("Evening"),
        "night": N_("Night"),
    },
    "support": {
        "officially_confirmed": N_("officially confirmed"),
        "reported": N_("reported"),
        "claim_only": N_("claimed only"),
        "unverified": N_("unverified"),
        "disputed": N_("disputed"),
        "reclassified": N_("reclassified"),
        "out_of_scope": N_("out of scope"),
    },
    "non_strike": {
        "reinforcement_convoy": N_("Reinforcement convoy"),
        "coalition_response": N_("Coalition fire"),
        "training": N_("Training"),
        "alert": N_("Alert"),
        "other": N_("Other"),
    },
    "tally_kind": {
        "cumulative": N_("running total"),
        "breakdown": N_("part of a total"),
        "ordinal": N_("ordinal"),
        "period": N_("for a period"),
    },
    "bound": {"=": "", ">": N_("more than"), ">=": N_("at least"), "~": N_("about")},
    "scope": {
        "all-syria": N_("Syria"),
        "iraq-and-syria": N_("Iraq and Syria"),
        "iraq-syria-jordan": N_("Iraq, Syria and Jordan"),
        "other:iraq": N_("Iraq"),
        "other:iraq-syria-israel": N_("Iraq, Syria and Israel"),
        "other:all-theatres": N_("all theatres"),
        "syria": N_("Syria"),
        "iraq": N_("Iraq"),
    },
    "counting_rule": {
        "sohr": N_("Each attack on a base in Syria from 19 October 2023 on; Green Village is counted under al-Omar."),
        "us-dod": N_("Attacks, attempted ones too, on facilities in Iraq and Syria from 17 October 2023 on."),
        "islamic-resistance-in-iraq": N_(
            "Its own operations, as it claims them; from when and where differs between its totals."
        ),
        "wikipedia": N_("A compilation that follows the Pentagon’s count and ends on 4 February 2024."),
        "": N_("The pages that were read do not state its rule."),
    },
    "geo_precision": {
        "1": N_("a public point of the site"),
        "2": N_("a proxy near the site"),
        "3": N_("the governorate only"),
    },
    "report_kind": {
        "text": N_("text"),
        "page": N_("page known by its address"),
        "compilation": N_("the register's own compilation"),
    },
    "decision": {
        "merge": N_("merged"),
        "split": N_("split"),
        "not_same": N_("kept apart"),
        "accept": N_("accepted"),
        "reject": N_("rejected"),
        "reopen": N_("reopened"),
    },
    "field": {
        "base": N_("Base"),
        "date_start": N_("Day"),
        "date_end": N_("Last day"),
        "date_precision": N_("Precision of the day"),
        "time_of_day": N_("Time of day"),
        "clock_local": N_("Clock time"),
        "weapon": N_("Weapon"),
        "attacks": N_("Attacks"),
        "munitions": N_("Munitions"),
        "munitions_low": N_("Munitions, at least"),
        "munitions_high": N_("Munitions, at most"),
        "launched_from": N_("Launched from"),
        "claimed_by": N_("Claimed by"),
        "attributed_to": N_("Attributed to"),
        "attributed_by": N_("Attributed by"),
        "outcome": N_("Outcome"),
        "intercepted": N_("Interception"),
        "intercepted_count": N_("Munitions intercepted"),
        "status": N_("How it is told"),
        "origin": N_("Origin"),
        "casualties_reported": N_("Casualties reported"),
        "support": N_("Support"),
        "damage": N_("Damage"),
        "note": N_("Note"),
        "confidence": N_("Confidence of the compilation"),
        "date_basis": N_("Basis of the day"),
        "us_killed": N_("US killed"),
        "us_injured": N_("US injured"),
        "partner_killed": N_("Partner forces killed"),
        "partner_injured": N_("Partner forces injured"),
        "civilians_killed": N_("Civilians killed"),
        "civilians_injured": N_("Civilians injured"),
        "attacks_low": N_("Attacks, at least"),
        "attacks_best": N_("Attacks, best"),
        "attacks_high": N_("Attacks, at most"),
        "us_killed_low": N_("US killed, at least"),
        "us_killed_high": N_("US killed, at most"),
        "us_injured_low": N_("US injured, at least"),
        "us_injured_high": N_("US injured, at most"),
        "partner_killed_low": N_("Partner forces killed, at least"),
        "partner_killed_high": N_("Partner forces killed, at most"),
        "partner_injured_low": N_("Partner forces injured, at least"),
        "partner_injured_high": N_("Partner forces injured, at most"),
        "civilians_killed_low": N_("Civilians killed, at least"),
        "civilians_killed_high": N_("Civilians killed, at most"),
        "civilians_injured_low": N_("Civilians injured, at least"),
        "civilians_injured_high": N_("Civilians injured, at most"),
        "summary_en": N_("Summary, English"),
        "summary_ar": N_("Summary, Arabic"),
    },
}

SHOWN_FIELDS = (
    "base", "date_start", "time_of_day", "clock_local", "weapon", "munitions", "attacks", "launched_from", "claimed_by",
    "attributed_to", "attributed_by", "outcome", "intercepted", "intercepted_count", *CASUALTIES, "casualties_reported",
    "damage", "origin", "status", "support", "note",
    "summary_en",
    "summary_ar",
)  # fmt: skip
"""The fields of an incident's page, in its order; a name without _low or _high stands for both."""


def rule_of(counter: str) -> str:
    """By what rule a counter counts, as far as it is known; to be translated where it is shown. Sources: docs/method.md."""
    rules = LABELS["counting_rule"]
    return rules.get(counter, rules[""])


def label(kind: str, code: object) -> str:
    """The label of a code, or the code itself where it has none (a base's slug as the scope of a total)."""
    return LABELS[kind].get(str(code), str(code))
