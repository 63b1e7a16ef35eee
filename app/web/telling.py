"""An incident in a few sentences: what was reported, how surely, and who is said to have done it."""

from typing import Any

from app.fields import CASUALTIES, UNSPECIFIED
from app.language import N_, _, dated, listed, ngettext
from app.web.words import count_range, day, days, word

ATTACKS = {
    "drone": N_("A drone attack"),
    "rocket": N_("A rocket attack"),
    "missile": N_("A missile attack"),
    "mortar": N_("A mortar attack"),
    "artillery": N_("An artillery attack"),
    "ied": N_("An attack by a placed charge"),
    "mixed": N_("An attack with several weapons"),
    "unknown": N_("An attack"),
}
STANDING = {
    "rejected": N_("%(what)s on %(base)s %(when)s was reported; the register has rejected it and counts it nowhere."),
    "denied": N_("%(what)s on %(base)s %(when)s was reported, and denied."),
    "attacked_side": N_(
        "%(what)s on %(base)s %(when)s was reported, and the side attacked, or its government, says that it happened."
    ),
    "claimant_alone": N_("%(what)s on %(base)s %(when)s was claimed; nobody but the claimant says that it happened."),
    "independent_origins": N_("%(what)s on %(base)s %(when)s was reported by at least two independent origins."),
    "one_origin": N_("%(what)s on %(base)s %(when)s was reported by one origin."),
    "no_origin": N_("%(what)s on %(base)s %(when)s was reported; the reports do not say by whom it is known."),
    "editor": N_("%(what)s on %(base)s %(when)s was reported."),
}
"""How surely it is known, by why it is graded so (see LABELS["grading_reason"])."""
PARTS = {
    "dawn": N_("at dawn"),
    "morning": N_("in the morning"),
    "noon": N_("around noon"),
    "afternoon": N_("in the afternoon"),
    "evening": N_("in the evening"),
    "night": N_("at night"),
}
OUTCOMES = {
    "hit": N_("The base is said to have been hit."),
    "partial": N_("Part of what was fired is said to have been intercepted."),
    "intercepted": N_("All that was fired is said to have been intercepted."),
    "missed": N_("What was fired is said to have missed."),
}


def heading(incident: Any) -> str:
    """What an incident is called: Rocket × 10, Kharab al-Jir, 3 November 2023."""
    what = _("Weapon not stated") if incident.weapon == "unknown" else word("weapon", incident.weapon)
    number = count_range(incident.munitions_low, incident.munitions_high)
    return listed((f"{what} × {number}" if number else what, incident.base_name, days(incident)))


def summary(incident: Any) -> str:
    """What is known of an incident, told from its settled fields alone; what no report says is left out."""
    if incident.review_status == "withdrawn":
        return _("No report that the register holds tells of it any more.")
    base = _("a base that no report names") if incident.base == UNSPECIFIED else incident.base_name
    standing = _(STANDING.get(incident.grading_reason, STANDING["editor"]))
    first = standing % {"what": _(ATTACKS[incident.weapon]), "base": base, "when": _when(incident)}
    rest = (_munitions(incident), _outcome(incident), _harm(incident), _attacks(incident), _blame(incident))
    return " ".join(filter(None, (first, *rest)))


def _when(incident: Any) -> str:
    start, end = incident.date_start, incident.date_end
    if start is None:
        return _("on a day that is not known")
    if incident.date_precision in ("month", "year"):
        return _("in %(month)s", month=days(incident))
    if start != end:
        same_year = start.year == end.year
        return _("between %(first)s and %(last)s", first=dated(start, "d MMMM" if same_year else "d MMMM y"), last=day(end))
    when = _("on %(day)s", day=day(start))
    part = PARTS.get(incident.time_of_day or "")
    return _("%(when)s %(part)s (Syrian time)", when=when, part=_(part)) if part else when


def _munitions(incident: Any) -> str:
    low, high = incident.munitions_low, incident.munitions_high
    if low is None and high is None:
        return ""
    if high is None:
        return ngettext("At least %(num)s munition was counted.", "At least %(num)s munitions were counted.", low)
    if low is None:
        return ngettext("At most %(num)s munition was counted.", "At most %(num)s munitions were counted.", high)
    if low == high:
        return ngettext("%(num)s munition was counted.", "%(num)s munitions were counted.", low)
    return ngettext(
        "Between %(low)s and %(num)s munition was counted.", "Between %(low)s and %(num)s munitions were counted.", high, low=low
    )


def _outcome(incident: Any) -> str:
    sentence = OUTCOMES.get(incident.outcome)
    return _(sentence) if sentence else ""


def _harm(incident: Any) -> str:
    counted = {name: (getattr(incident, f"{name}_low"), getattr(incident, f"{name}_high")) for name in CASUALTIES}
    known = {name: pair for name, pair in counted.items() if pair != (None, None)}
    harmed = [
        _("%(what)s: %(count)s", what=word("field", name), count=count_range(*pair))
        for name, pair in known.items()
        if pair != (0, 0)
    ]
    if harmed:
        return _("Casualties reported: %(list)s.", list=listed(harmed))
    return _("The reports that speak of casualties say that there were none.") if known else ""


def _attacks(incident: Any) -> str:
    if incident.attacks_high == 1:
        return ""
    return _("It stands for more than one attack: %(count)s.", count=count_range(incident.attacks_low, incident.attacks_high))


def _blame(incident: Any) -> str:
    if incident.claimed_by:
        return _("It was claimed by %(name)s.", name=incident.claimed_by)
    if not incident.attributed_to:
        return ""
    if incident.attributed_by:
        return _("It was attributed to %(name)s by %(source)s.", name=incident.attributed_to, source=incident.attributed_by)
    return _("It was attributed to %(name)s.", name=incident.attributed_to)
