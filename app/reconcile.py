"""Pure: which incident a mention tells of, what value each field settles on, and how well an incident is supported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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

    `held` are the incidents that could fit, each with the mentions it rests on. Days must agree; the nearest fit wins; where two
    fit equally nothing is guessed and the mention stays apart. Two mentions of one report never share an incident.
    """
    ranked = sorted(
        ((max((_closeness(arrival, sight) for sight in sights), default=()), index, incident)
         for index, arrival in enumerate(arrivals) for incident, sights in held.items()),
        key=lambda row: (tuple(-part for part in row[0]), row[1], row[2]),
    )  # fmt: skip
    placed: dict[int, int] = {}
    for closeness, index, incident in ranked:
        if not closeness or index in placed or incident in placed.values():
            continue
        rivals = [row for row in ranked if row[1] == index and row[0] == closeness and row[2] not in placed.values()]
        if len(rivals) == 1:
            placed[index] = incident
    return [placed.get(index) for index in range(len(arrivals))]


def _closeness(arrival: Sighting, sight: Sighting) -> tuple[int, ...]:
    """How well two mentions agree, best first: the day, the base's own name, part of day, weapon. Empty: they cannot be one."""
    if arrival.site != sight.site:
        return ()
    days = _days_agree(arrival, sight)
    if not days:
        return ()
    return (
        days,
        _agree(arrival.time_of_day, sight.time_of_day),
        int(arrival.base == sight.base),
        _agree(_kind_of_weapon(arrival.weapon), _kind_of_weapon(sight.weapon)),
    )


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
    """One claim as settling sees it: `order` counts the mentions as they arrived, the register's own compilation included."""

    field: str
    value: str
    quoted: bool
    alternative: bool
    order: int


SINGLE_FIELDS = tuple(
    field for field in fields.INCIDENT_FIELDS if not field.endswith(("_low", "_high", "_best")) and not field.startswith("date_")
)


def settle(claims: Iterable[Said], corrections: Mapping[str, str | None]) -> dict[str, str | None]:
    """The value of each field: a correction first, then quoted claims, then compiled ones, the latest of equals.

    A quoted day that the compilation knew of as an alternative, and weighed, does not unsettle it; nor does another name of its
    base. Differing counts become a range. None is unknown. All values are text, as in claims.
    """
    heard = list(claims)
    settled: dict[str, str | None] = {field: _first(field, heard) for field in SINGLE_FIELDS}
    settled |= _settle_days(heard)
    for name in (*fields.RANGES, "attacks"):
        settled[f"{name}_low"], settled[f"{name}_high"] = _range(name, heard)
    settled["attacks_low"] = settled["attacks_low"] or "1"
    settled["attacks_high"] = settled["attacks_high"] or settled["attacks_low"]
    settled["attacks_best"] = _first("attacks_best", heard) or settled["attacks_low"]
    if settled["outcome"] in (None, "unknown"):
        settled["outcome"] = {"all": "intercepted", "some": "partial"}.get(_first("intercepted", heard) or "", settled["outcome"])
    return settled | dict(corrections)


def _first(field: str, heard: Sequence[Said]) -> str | None:
    about = [said for said in heard if said.field == field]
    weighed = {said.value for said in about if said.alternative}
    compiled = any(not said.quoted and not said.alternative for said in about)
    stated = [said for said in about if not said.alternative and said.value != "unknown"]
    if compiled and (weighed or field == "base"):
        # One base under two names is no contradiction: the compilation chose the name, and a quoted other name leaves it.
        stated = [said for said in stated if not said.quoted or (field != "base" and said.value not in weighed)]
    return max(stated, key=lambda said: (said.quoted, said.order)).value if stated else None


def _settle_days(heard: Sequence[Said]) -> dict[str, str | None]:
    """First day, last day and precision come from one and the same mention: days of two reports are never mixed."""
    start = _first("date_start", heard)
    if start is None:
        return {"date_start": None, "date_end": None, "date_precision": "unknown"}
    chosen = max(
        (said for said in heard if said.field == "date_start" and said.value == start and not said.alternative),
        key=lambda said: (said.quoted, said.order),
    )
    beside = {said.field: said.value for said in heard if said.order == chosen.order and not said.alternative}
    return {
        "date_start": start,
        "date_end": beside.get("date_end", start),
        "date_precision": beside.get("date_precision", "day" if beside.get("date_end", start) == start else "range"),
    }


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


@dataclass(frozen=True, slots=True)
class Witness:
    """One origin as grading sees it: its slug, its kind, and for whom it speaks (attacked, claimant, unnamed or nobody)."""

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
