"""Pure: which incident a mention tells of, what value each field settles on, and how well an incident is supported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app import fields

LONGEST_AGREEING = timedelta(days=8)
"""A mention dated more loosely than this agrees with no day: it stays an incident of its own."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention as clustering sees it: its site (the base at the top of its family), its days and what tells attacks apart."""

    site: str
    base: str
    start: date | None
    end: date | None
    alternatives: tuple[date, ...] = ()
    time_of_day: str | None = None
    weapon: str | None = None


def place(arrivals: Sequence[Sighting], held: Mapping[int, Sequence[Sighting]]) -> list[int | None]:
    """For each mention of one report the incident it tells of, or None for a new one.

    `held` are the incidents that could fit, each with what is known of it. Days must agree, and part of day and weapon must not
    both contradict; the nearest fit wins; where two fit equally nothing is guessed and the mention stays apart. Two mentions of
    one report never share an incident.
    """
    close: dict[tuple[int, ...], dict[int, list[int]]] = {}
    for index, arrival in enumerate(arrivals):
        for incident, sights in sorted(held.items()):
            if closeness := max((_closeness(arrival, sight) for sight in sights), default=()):
                close.setdefault(closeness, {}).setdefault(index, []).append(incident)
    placed: dict[int, int] = {}
    for closeness in sorted(close, reverse=True):
        taken = set(placed.values())
        free = {
            index: tuple(incident for incident in incidents if incident not in taken)
            for index, incidents in close[closeness].items()
            if index not in placed
        }
        for incidents in set(free.values()):
            peers = [index for index in sorted(free) if free[index] == incidents]
            # A report that tells of as many attacks as are held alike tells them in their order: either way none is new.
            if len(peers) == len(incidents):
                placed.update(zip(peers, incidents, strict=True))
    return [placed.get(index) for index in range(len(arrivals))]


def _closeness(arrival: Sighting, sight: Sighting) -> tuple[int, ...]:
    """How well two mentions agree, weightiest first: day, part of day, the base's own name, weapon. Empty: they cannot be one."""
    days = _days_agree(arrival, sight)
    part_of_day = _agree(arrival.time_of_day, sight.time_of_day)
    weapon = _agree(_kind_of_weapon(arrival.weapon), _kind_of_weapon(sight.weapon))
    contradict = part_of_day < 0 and weapon < 0
    # A base that nobody named is no site: two attacks on such bases share nothing but that.
    if arrival.site != sight.site or arrival.site == fields.UNSPECIFIED or not days or contradict:
        return ()
    return (days, part_of_day, int(arrival.base == sight.base), weapon)


def _days_agree(arrival: Sighting, sight: Sighting) -> int:
    """3 the same first day, 2 overlapping days, 1 a day that was stated as an alternative, 0 no agreement."""
    if arrival.start is None or sight.start is None:
        return 0
    ours, theirs = (arrival.start, arrival.end or arrival.start), (sight.start, sight.end or sight.start)
    if ours[1] - ours[0] > LONGEST_AGREEING or theirs[1] - theirs[0] > LONGEST_AGREEING:
        return 3 if ours == theirs else 0
    if ours[0] == theirs[0]:
        return 3
    if ours[0] <= theirs[1] and theirs[0] <= ours[1]:
        return 2
    return int(ours[0] in sight.alternatives or theirs[0] in arrival.alternatives)


def _agree(left: str | None, right: str | None) -> int:
    if left is None or right is None:
        return 0
    return 1 if left == right else -1


def _kind_of_weapon(weapon: str | None) -> str | None:
    # The press uses one word for rockets and missiles; guidance is never inferred from it.
    return {"missile": "rocket", "unknown": None}.get(weapon or "unknown", weapon)


@dataclass(frozen=True, slots=True)
class Said:
    """One claim as settling sees it. `order` counts the mentions by their reports' days of publication, the latest last."""

    field: str
    value: str
    quoted: bool
    alternative: bool
    order: int


Settled = dict[str, str | None]
SINGLE_FIELDS = tuple(
    field for field in fields.INCIDENT_FIELDS if not field.endswith(("_low", "_high", "_best")) and not field.startswith("date_")
)
ORDERED = (("attacks_low", "attacks_best", "attacks_high"), *((f"{name}_low", f"{name}_high") for name in fields.RANGES))
"""Counts of which none may be greater than the next."""


def settle(claims: Iterable[Said], corrections: Mapping[str, str | None]) -> Settled:
    """The value of each field: a correction first, then quoted claims, then compiled ones, the latest of equals.

    A quoted day that the compilation knew of as an alternative, and weighed, does not unsettle it; nor does another name of its
    base, nor a looser day around a narrower one. Differing counts become a range. A correction of one end of a range, or of a
    day, pulls what would contradict it along. None is unknown. All values are text, as in claims.
    """
    heard = list(claims)
    settled: Settled = {field: _first(field, heard) for field in SINGLE_FIELDS}
    settled["base"] = settled["base"] or fields.UNSPECIFIED
    settled |= _settle_days(heard)
    for name in (*fields.RANGES, "attacks"):
        settled[f"{name}_low"], settled[f"{name}_high"] = _range(name, heard)
    settled["attacks_low"] = settled["attacks_low"] or "1"
    settled["attacks_high"] = settled["attacks_high"] or settled["attacks_low"]
    settled["attacks_best"] = _first("attacks_best", heard) or settled["attacks_low"]
    if settled["outcome"] in (None, "unknown"):
        settled["outcome"] = {"all": "intercepted", "some": "partial"}.get(_first("intercepted", heard) or "", settled["outcome"])
    return _corrected(settled, corrections)


def _first(field: str, heard: Sequence[Said]) -> str | None:
    about = [said for said in heard if said.field == field]
    stated = [said for said in about if not said.alternative and said.value != "unknown"]
    if field == "base" and any(not said.quoted for said in stated):
        # One base under two names is no contradiction: the compilation chose the name, and a quoted other name leaves it.
        stated = [said for said in stated if not said.quoted]
    return max(stated, key=lambda said: (said.quoted, said.order)).value if stated else None


def _settle_days(heard: Sequence[Said]) -> Settled:
    """First day, last day and precision come from one and the same mention: days of two reports are never mixed."""
    dated = _dated(heard)
    if not dated:
        return {"date_start": None, "date_end": None, "date_precision": "unknown"}
    chosen = dated[-1]
    for days in dated:
        if chosen["date_start"] <= days["date_start"] and days["date_end"] <= chosen["date_end"]:
            chosen = days
    start, end, precision = chosen["date_start"], chosen["date_end"], chosen.get("date_precision")
    if precision not in ("month", "year"):
        precision = "day" if start == end else "range"
    return {"date_start": start, "date_end": end, "date_precision": precision}


def _dated(heard: Sequence[Said]) -> list[dict[str, str]]:
    """The days of each mention that has any, by field, the weightiest last; a quoted day that was weighed before is left out."""
    weighed = {said.value for said in heard if said.field == "date_start" and said.alternative}
    by_mention: dict[tuple[bool, int], dict[str, str]] = {}
    for said in heard:
        if said.field in ("date_start", "date_end", "date_precision") and not said.alternative:
            by_mention.setdefault((said.quoted, said.order), {})[said.field] = said.value
    return [
        {"date_end": days["date_start"], **days}
        for (quoted, _order), days in sorted(by_mention.items(), key=lambda item: item[0])
        if "date_start" in days and not (quoted and days["date_start"] in weighed)
    ]


def _range(name: str, heard: Sequence[Said]) -> tuple[str | None, str | None]:
    """The range that all claims of a count span. "At least n" widens it only where n lies above what others counted."""
    pairs: dict[tuple[int, bool], dict[str, int]] = {}
    for said in heard:
        if said.field in (f"{name}_low", f"{name}_high") and not said.alternative:
            pairs.setdefault((said.order, said.quoted), {})[said.field.removeprefix(f"{name}_")] = int(said.value)
    closed = [pair for pair in pairs.values() if "high" in pair]
    lows = [pair["low"] for pair in pairs.values() if "low" in pair]
    if not closed:
        return (str(min(lows)), None) if lows else (None, None)
    high = max([*(pair["high"] for pair in closed), *lows])
    closed_lows = [pair["low"] for pair in closed if "low" in pair]
    return (str(min(closed_lows)) if closed_lows else None), str(high)


def _corrected(settled: Settled, corrections: Mapping[str, str | None]) -> Settled:
    """The settled values under an editor's corrections; where both ends of a range are corrected, they stand as they are."""
    held = settled | dict(corrections)
    if "date_start" in corrections and "date_end" not in corrections:
        held["date_end"] = held["date_start"]
    start, end = held["date_start"], held["date_end"]
    if start is None or end is None:
        held |= {"date_start": None, "date_end": None, "date_precision": "unknown"}
    elif "date_precision" not in corrections and {"date_start", "date_end"} & corrections.keys():
        held["date_precision"] = "day" if start == end else "range"
    for names in ORDERED:
        for lower, upper in pairwise(names):
            low, high = held[lower], held[upper]
            if low is not None and high is not None and int(low) > int(high):
                if upper not in corrections:
                    held[upper] = low
                elif lower not in corrections:
                    held[lower] = high
    return held


@dataclass(frozen=True, slots=True)
class Witness:
    """One origin as grading sees it: its slug, and for whom it speaks (attacked, claimant, unnamed, or itself: empty)."""

    slug: str
    speaks_for: str


def grade(*, rejected: bool, disputed: bool, support: str | None, witnesses: Iterable[Witness]) -> tuple[str, str]:
    """An incident's grading after Airwars, and why: the first that applies of `fields.GRADINGS`.

    Independence is by origin, never by publisher: all who speak for the attacked side are one witness, so are all who speak for
    the claimant, and so are all unnamed sources together.
    """
    heard = list(witnesses)
    independent = {witness.speaks_for or witness.slug for witness in heard}
    if rejected:
        return "discounted", "rejected"
    if disputed or support == "disputed":
        return "contested", "denied"
    if support == "officially_confirmed" or "attacked" in independent:
        return "confirmed", "attacked_side"
    if support == "claim_only" or independent == {"claimant"}:
        return "claimed", "claimant_alone"
    if len(independent) >= 2:
        return "fair", "independent_origins"
    return "weak", "one_origin" if independent else "no_origin"
