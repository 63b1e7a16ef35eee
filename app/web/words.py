"""The words that a page uses for codes: each code's label, to be translated by gettext."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.clock import recorded
from app.fields import CASUALTIES
from app.language import N_, _, dated, digits, number

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
        "editor": N_("An editor set the grading by hand."),
    },
    "choice": {
        "quoted": N_("words of a report stand above compiled facts"),
        "standing": N_("what the side attacked says stands first, then named witnesses, then the claimant, then unnamed sources"),
        "independence": N_("more independent origins say it"),
        "recency": N_("the latest report says it"),
    },
    "speaks_for": {
        "attacked": N_("speaks for the side attacked"),
        "claimant": N_("speaks for the claimant"),
        "unnamed": N_("not named: counts as one witness with all who are not"),
        "": N_("a witness of its own"),
    },
    "linked_by": {
        "machine": N_("taken to be this attack by what it tells"),
        "compiled": N_("linked by hand when the facts were compiled"),
        "editor": N_("linked by an editor"),
    },
    "agreement": {
        "days.same": N_("the same day"),
        "days.night": N_("the same night"),
        "days.overlap": N_("days that overlap"),
        "days.alternative": N_("a day that was stated too"),
        "days.midnight": N_("either side of midnight"),
        "days.shifted": N_("the day after, by publication or by the clock of Washington"),
        "days.next": N_("the day after"),
        "days.apart": N_("days that lie apart"),
        "base.same": N_("the same base"),
        "base.family": N_("another base of its site"),
        "time_of_day.same": N_("the same part of the day"),
        "time_of_day.near": N_("parts of the day beside each other"),
        "time_of_day.far": N_("another part of the day"),
        "time_of_day.opposite": N_("the other end of the day"),
        "weapon.same": N_("the same weapon"),
        "weapon.part": N_("one of several weapons"),
        "weapon.other": N_("another weapon"),
        "munitions.same": N_("the same number of munitions"),
        "munitions.other": N_("another number of munitions"),
        "claimed_by.same": N_("the same claimant"),
        "claimed_by.other": N_("another claimant"),
        "nth.same": N_("counted as the same attack of several"),
        "nth.other": N_("counted as another attack of several"),
        "nth.one": N_("counted as one attack of several by one of them"),
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
        "unknown": N_("Not stated"),
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
    "base_state": {
        "held": N_("still held"),
        "leaving": N_("withdrawal reported"),
        "left": N_("departure reported"),
        "taken_over": N_("taken over by the Syrian state"),
        "": N_("another event reported"),
        "none": N_("nothing reported yet"),
    },
    "governorate": {
        "al-Hasakah": N_("al-Hasakah"),
        "Deir ez-Zor": N_("Deir ez-Zor"),
        "Homs": N_("Homs"),
        "Mafraq": N_("Mafraq"),
    },
    "casualties": {
        "killed": N_("Killed"),
        "injured": N_("Injured"),
        "none": N_("None, it was said"),
        "unknown": N_("Not stated"),
    },
    "role": {"editor": N_("an editor"), "admin": N_("an administrator"), "compiler": N_("the compiler of the register")},
    "report_kind": {
        "text": N_("text"),
        "page": N_("page known by its address"),
        "compilation": N_("the register's own compilation"),
    },
    "ground": {
        "drill": N_("a drill"),
        "outgoing_fire": N_("outgoing fire"),
        "other_target": N_("another target"),
        "out_of_scope": N_("out of scope"),
        "duplicate": N_("a duplicate"),
        "not_an_attack": N_("not an attack"),
        "unsupported": N_("unsupported by its reports"),
    },
    "queue": {
        "": N_("All"),
        "twin": N_("Maybe one attack"),
        "lost": N_("Evidence lost"),
        "changed_since": N_("Changed since the decision"),
        "contested": N_("Contested"),
        "new_base": N_("New base"),
        "many_reports": N_("Many reports"),
        "low_confidence": N_("Unsure"),
        "unread": N_("Unread words"),
        "plain": N_("Nothing special"),
    },
    "act": {
        "correct": N_("Corrected"),
        "accept": N_("Accepted"),
        "reject": N_("Rejected"),
        "reopen": N_("Reopened"),
        "merge": N_("Merged"),
        "not_same": N_("Held apart"),
        "split": N_("Split"),
        "add_incident": N_("Added by hand"),
        "mark_tally": N_("Total marked"),
        "mark_event": N_("Marked as no strike"),
        "unmark_tally": N_("Mark of a total taken back"),
        "unmark_event": N_("Mark as no strike taken back"),
        "undo": N_("Undone"),
        "add_reports": N_("Reports added"),
        "reread": N_("Read again"),
        "correct_report": N_("Report repaired"),
        "take_down": N_("Text taken down"),
        "publish_text": N_("Text made public"),
        "withhold_text": N_("Text withheld"),
        "note": N_("Note"),
        "add_reference": N_("Bases, actors and sources added"),
        "add_compiler": N_("The compiler added"),
        "add_editor": N_("Account added"),
        "change_editor": N_("Account changed"),
        "disable_editor": N_("Account ended"),
        "enable_editor": N_("Account opened again"),
        "set_password": N_("Password changed"),
        "read_sample": N_("Drawn report read"),
        "save_base": N_("Base saved"),
        "save_source": N_("Source saved"),
        "save_actor": N_("Actor saved"),
        "add_alias": N_("Name added"),
        "remove_alias": N_("Name taken away"),
        "add_base_status": N_("Event added"),
        "remove_base_status": N_("Event taken away"),
    },
    "report_field": {
        "published_date": N_("Published"),
        "published_note": N_("What is known of the day"),
        "publisher": N_("Publisher"),
        "url": N_("Address"),
        "title": N_("Title"),
        "lang": N_("Language"),
        "origins": N_("Whom it quotes"),
        "text_public": N_("Text is public"),
        "text_licence": N_("Licence"),
        "text": N_("Characters of its text"),
        "tally": N_("Published total"),
        "event": N_("Looks like a strike and is none"),
        "note": N_("Note"),
    },
    "entry_field": {
        "slug": N_("Slug"),
        "short_en": N_("Short name, English"),
        "name_en": N_("Name, English"),
        "name_ar": N_("Name, Arabic"),
        "kind": N_("Kind"),
        "parent": N_("Counted under"),
        "member_of": N_("Part of"),
        "country": N_("Country"),
        "governorate": N_("Governorate"),
        "governorate_note": N_("Note on the governorate"),
        "nearest_town": N_("Nearest town"),
        "latitude": N_("Latitude"),
        "longitude": N_("Longitude"),
        "geo_precision": N_("What the point is"),
        "point_note": N_("Note on the point"),
        "point_source": N_("Source of the point"),
        "in_sohr_breakdown": N_("SOHR names it in its breakdowns"),
        "speaks_for": N_("As a witness it"),
        "alignment": N_("Alignment"),
        "host": N_("Site"),
        "note": N_("Note"),
        "urls": N_("Addresses"),
        "alias": N_("Name in print"),
        "status": N_("Event"),
    },
    "base_kind": {
        "garrison": N_("garrison"),
        "outpost": N_("outpost"),
        "airstrip": N_("airstrip"),
        "oil_field": N_("oil field"),
        "oil_field_area": N_("area of an oil field"),
        "oil_field_garrison": N_("garrison of an oil field"),
        "gas_plant": N_("gas plant"),
        "housing_compound": N_("housing compound"),
        "training_site": N_("training site"),
        "town_area": N_("area of a town"),
        "claimed_site": N_("site that only claims name"),
        "unknown": N_("not known"),
    },
    "source_kind": {
        "monitor": N_("monitor"),
        "official": N_("official"),
        "official_partner": N_("official of a partner"),
        "claimant": N_("claimant"),
        "claimant_adjacent_media": N_("media close to claimants"),
        "media": N_("media"),
        "local_media": N_("local media"),
        "state_media": N_("state media"),
        "agency": N_("news agency"),
        "tracker": N_("tracker"),
        "dataset": N_("data set"),
        "register": N_("this register"),
        "unclassified": N_("nobody has looked yet"),
    },
    "actor_kind": {
        "organisation": N_("organisation"),
        "umbrella_claim_brand": N_("name that several claim under"),
        "facade": N_("facade"),
        "attribution_bucket": N_("label that reports use"),
        "state_force": N_("force of a state"),
        "partner_force": N_("partner force"),
        "target_force": N_("force that is attacked"),
    },
    "lacking": {
        "no_day": N_("without a day"),
        "no_publisher": N_("publisher unknown"),
        "unread": N_("with unread numbers or weapons"),
        "no_attack": N_("texts in which no attack was read"),
        "gone": N_("text taken down"),
    },
    "likeness": {
        "same_text": N_("the same text"),
        "same_address": N_("the same address"),
        "like_title": N_("a like title, about the same day"),
    },
    "job_state": {
        "waiting": N_("waiting for its turn"),
        "running": N_("running"),
        "done": N_("done"),
        "failed": N_("ended with an error"),
    },
    "other": {
        "merged_in": N_("merged into it"),
        "merged_away": N_("merged into"),
        "parted": N_("no longer one with"),
        "kept_apart": N_("kept apart from"),
        "came": N_("from"),
        "left": N_("to"),
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
        "grading": N_("Support"),
        "review_status": N_("Review"),
        "rejected_as": N_("Ground of the rejection"),
        "rejected_because": N_("Reason of the rejection"),
        "merged_into_id": N_("Merged into"),
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
    """By what rule a counter counts, as far as it is known; in words. Sources: docs/method.md."""
    rules = LABELS["counting_rule"]
    return _(rules.get(counter, rules[""]))


def word(kind: str, code: object) -> str:
    """The label of a code in the language that is spoken, or the code where it has none (a base as a total's scope)."""
    return _(LABELS[kind].get(str(code), str(code)))


def day(value: date | None) -> str:
    """A day in words: 4 November 2023."""
    return dated(value, "d MMMM y") if value else ""


def reported(when: str) -> str:
    """A day (2025-05-03) or a month (2025-05) in words."""
    return day(date.fromisoformat(when)) if len(when) > len("2025-05") else dated(date.fromisoformat(f"{when}-01"), "MMMM y")


def moment(stamp: str) -> str:
    """A moment that the register wrote down in words: 22 November 2026, 20:50; in Syrian local time."""
    return f"{dated(recorded(stamp), 'd MMMM y')}{_(', ')}{digits(recorded(stamp).strftime('%H:%M'))}"


def days(row: Any) -> str:
    """An incident's day as precisely as it is known: a day, a span of days, a month or a year."""
    start, end = row.date_start, row.date_end
    if start is None:
        return _("day not known")
    match row.date_precision:
        case "month":
            return dated(start, "MMMM y")
        case "year":
            return dated(start, "y")
    if end == start:
        return day(start)
    first = "d" if (start.year, start.month) == (end.year, end.month) else "d MMMM" if start.year == end.year else "d MMMM y"
    return f"{dated(start, first)} – {day(end)}"


def by_day(rows: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Rows in the order of their first days, under their days as precisely as they are known."""
    under: dict[str, list[Any]] = {}
    for row in rows:
        under.setdefault(days(row), []).append(row)
    return list(under.items())


def count_range(low: int | None, high: int | None) -> str:
    """A count with its bounds: 3, 2–3, 2 or more, up to 3; empty where unknown."""
    if low is None:
        return "" if high is None else f"≤ {number(high)}"
    if high is None:
        return f"{number(low)}+"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def gap(one: Any) -> str:
    """By how much a total (`stated`) exceeds what the register holds (`low` to `high`); below zero the register holds more."""
    low, high = one.stated - one.high, one.stated - one.low
    least, most = (number(value).replace("-", "−") for value in (low, high))
    if low == high:
        return least
    return f"{least}–{most}" if low >= 0 else _("%(least)s to %(most)s", least=least, most=most)
