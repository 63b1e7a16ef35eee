"""The coding guide: what each field of an incident means, and what to do in doubt."""

from collections.abc import Mapping

from app.language import N_, _

_CASUALTIES = {
    "us_killed": N_("US personnel who were killed."),
    "us_injured": N_("US personnel who were injured."),
    "partner_killed": N_("Fighters of the partner forces (SDF, Syrian Free Army) who were killed."),
    "partner_injured": N_("Fighters of the partner forces (SDF, Syrian Free Army) who were injured."),
    "civilians_killed": N_("Civilians who were killed."),
    "civilians_injured": N_("Civilians who were injured."),
}
_ENDS = {
    "low": N_("The lowest number of all reports: 0 only where they say that there were none, nothing where they are silent."),
    "high": N_("The highest number of all reports; nothing where they say “at least” and no more."),
}
_SUMMARY = (
    N_("What happened in a few sentences of your own, for readers of this language."),
    N_("Only what the reports say; no sentence copied from them."),
)

GUIDE: Mapping[str, tuple[str, ...]] = {
    "base": (
        N_("The base that was attacked, by the name that the report gives it; near the Rukban camp it is Rukban."),
        N_("Leave it empty where the report names none."),
    ),
    "date_start": (
        N_("The day of the attack, or the first on which it can have happened; of a night across two days the first."),
        N_("For news without a day of its own take that of publication; for a look back without a day leave it empty."),
    ),
    "date_end": (
        N_("The last day on which it can have happened; empty, it is the first."),
        N_("Of a night across two days it is the second; what came after midnight is of the second day alone."),
    ),
    "date_precision": (
        N_("How closely the day is known; empty, it follows from the days."),
        N_("Where only a month or a year is known, choose it, give any day of it and leave the last day empty."),
    ),
    "time_of_day": (
        N_(
            "The word that the report uses; only without one the clock: dawn from 4, morning from 6, noon from 11, afternoon "
            "from 14, evening from 17:30, night from 21:30."
        ),
        N_("Leave it empty for a clock time that can be of either half of the day."),
    ),
    "weapon": (
        N_("It is a missile only where the report says ballistic or guided; صاروخ and قذائف صاروخية are rockets."),
        N_("Rockets and drones in one attack are mixed; bare قذائف, قصف or “indirect fire” leave it empty."),
    ),
    "attacks_low": (
        N_("For how many attacks the incident stands, at least; empty, it is one."),
        N_("More than one only where the reports count several."),
    ),
    "attacks_best": (N_("The number of attacks that the reports bear out best; empty, it is the lowest."),),
    "attacks_high": (N_("For how many attacks the incident stands, at most; empty, it is the best number."),),
    "munitions_low": (
        N_("How many munitions were fired, at least, over all reports: stated numbers only, a dual is 2, “more than 5” is 6."),
        N_("A bare plural is no number; explosions, interceptors and rockets that were not fired do not count."),
    ),
    "munitions_high": (
        N_("How many munitions were fired, at most, over all reports."),
        N_("Nothing where they say “at least” or “more than”."),
    ),
    "launched_from": (
        N_("Where it was fired from, as reported."),
        N_("That it lies in somebody’s area blames nobody."),
    ),
    "claimed_by": (
        N_("Who said publicly that it did it."),
        N_("Threats and former claims are no claim of this attack."),
    ),
    "attributed_to": (
        N_("Whom a source blames for this attack."),
        N_("Usual suspects, threats and the background of a text are no attribution."),
    ),
    "attributed_by": (
        N_("Which source blames: whom the report quotes, and not who printed it."),
        N_("Leave it empty where nobody is blamed."),
    ),
    "outcome": (
        N_("Intercepted where all munitions were, partly where some were; missed where what was fired fell elsewhere."),
        N_("Leave it empty where the reports are silent."),
    ),
    **{f"{name}_{end}": (who, _ENDS[end]) for name, who in _CASUALTIES.items() for end in _ENDS},
    "summary_en": _SUMMARY,
    "summary_ar": _SUMMARY,
    "grading": (
        N_("Empty, it follows from the reports; set it only where that is wrong, and give the reason."),
        N_(
            "Contested where it is denied, confirmed where the side attacked or its government says so, fair by two independent "
            "origins, weak by one or none, claimed by the claimant alone."
        ),
    ),
}
"""What each field means and what to do in doubt, by the rules of docs/codebook.md and of the corpus; see guide()."""


def guide(field: str) -> str:
    """The coding guide of a field, in the language that is spoken."""
    return " ".join(_(sentence) for sentence in GUIDE[field])
