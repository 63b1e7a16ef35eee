"""What value each field of an incident settles on, out of what its mentions claim and its editors corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app import fields
from app.reconcile.grading import Witness, standing


@dataclass(frozen=True, slots=True)
class Said:
    """One claim as settling sees it, with those whom its report quotes.

    `order` counts the mentions by their reports' days of publication, the latest last.
    """

    field: str
    value: str
    quoted: bool
    alternative: bool
    order: int
    witnesses: frozenset[Witness] = frozenset()


@dataclass(frozen=True, slots=True)
class Telling:
    """Where a mention stands among those of its incident: its text's identity, the day of publication (ISO), its place there."""

    text: str
    published: str
    position: int


def in_order(tellings: Mapping[int, Telling]) -> dict[int, int]:
    """For each mention its number in the order of publication: later ones count more, word-for-word copies less than all others.

    A copy's relative days are those of its original. The order depends on nothing but what was published.
    """
    first: dict[str, str] = {}
    for one in tellings.values():
        first[one.text] = min(one.published or LATE, first.get(one.text, LATE))

    def rank(mention: int) -> tuple[bool, str, str, int, int]:
        one = tellings[mention]
        return (one.published or LATE) == first[one.text], one.published, one.text, one.position, mention

    return {mention: number for number, mention in enumerate(sorted(tellings, key=rank))}


LATE = "9999"
Settled = dict[str, str | None]
SINGLE_FIELDS = tuple(
    field for field in fields.INCIDENT_FIELDS if not field.endswith(("_low", "_high", "_best")) and not field.startswith("date_")
)
ORDERED = (("attacks_low", "attacks_best", "attacks_high"), *((f"{name}_low", f"{name}_high") for name in fields.RANGES))
"""Counts of which none may be greater than the next."""


def settle(claims: Iterable[Said], corrections: Mapping[str, str | None]) -> Settled:
    """The value of each field: a correction first, then the claim that stands above the others (see REASONS).

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


REASONS = ("quoted", "standing", "independence", "recency")
"""Why one value stands above another, the first that tells them apart: the words of a report stand above a compiled fact; a
witness for the side attacked above any other, that above the claimant, that above the unnamed; more independent witnesses above
fewer; the later report above the earlier."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The value that a field settles on, why (`agreed`, or one of REASONS), and who says what: the chosen value first."""

    value: str
    why: str
    said: Mapping[str, frozenset[Witness]]


def choose(field: str, heard: Iterable[Said]) -> Choice | None:
    """What a field that holds one value settles on; None where nobody says anything."""
    stated = [said for said in heard if said.field == field and not said.alternative and said.value != "unknown"]
    if field == "base" and any(not said.quoted for said in stated):
        # One base under two names is no contradiction: the compilation chose the name, and a quoted other name leaves it.
        stated = [said for said in stated if not said.quoted]
    ranked = sorted(((_rank(value, stated), value) for value in {said.value for said in stated}), reverse=True)
    if not ranked:
        return None
    said = {value: frozenset[Witness]().union(*(one.witnesses for one in stated if one.value == value)) for _, value in ranked}
    best, *others = (rank for rank, _ in ranked)
    differs = (
        next((why for why, ours, theirs in zip(REASONS, best, others[0], strict=True) if ours != theirs), "") if others else ""
    )
    return Choice(ranked[0][1], differs or "agreed", said)


def _rank(value: str, stated: Iterable[Said]) -> tuple[int, ...]:
    """How a value stands in each of REASONS."""
    sayings = [said for said in stated if said.value == value]
    witnesses = frozenset[Witness]().union(*(said.witnesses for said in sayings))
    voices = {witness.voice for witness in witnesses}
    return (
        int(any(said.quoted for said in sayings)),
        standing(witnesses),
        len(voices),
        max(said.order for said in sayings),
    )


def _first(field: str, heard: Iterable[Said]) -> str | None:
    choice = choose(field, heard)
    return choice.value if choice else None


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
    held = _corrected_days(settled, corrections)
    for names in ORDERED:
        for lower, upper in pairwise(names):
            low, high = held[lower], held[upper]
            if low is not None and high is not None and int(low) > int(high):
                if upper not in corrections:
                    held[upper] = low
                elif lower not in corrections:
                    held[lower] = high
    return held


def _corrected_days(settled: Settled, corrections: Mapping[str, str | None]) -> Settled:
    """The settled values with corrected days, whatever those that were not corrected have become meanwhile."""
    held = settled | dict(corrections)
    if "date_start" in corrections and "date_end" not in corrections:
        held["date_end"] = held["date_start"]
    start, end, precision = held["date_start"], held["date_end"], held["date_precision"]
    if start is None or end is None:
        return held | {"date_start": None, "date_end": None, "date_precision": "unknown"}
    if start > end and "date_start" not in corrections:
        start = end
    if precision == "day" and start != end and "date_precision" in corrections:
        start, end = (end, end) if "date_end" in corrections else (start, start)
    is_kept = precision not in (None, "unknown") and ("date_precision" in corrections or start == settled["date_start"])
    if not is_kept or ((precision == "day") != (start == end) and precision in ("day", "range")):
        precision = "day" if start == end else "range"
    return held | {"date_start": start, "date_end": end, "date_precision": precision}
