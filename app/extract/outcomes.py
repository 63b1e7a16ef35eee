"""Reads what became of an attack: stopped wholly, in part or not at all, and whether anyone was hurt."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.extract.clauses import Clause, Cues
from app.extract.engine import Hit, within


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value with the words that say it, in folded characters."""

    value: str
    start: int
    end: int
    rule: str


def intercepted(parts: Sequence[Clause], cues: Cues, several: bool) -> Outcome | None:
    """all, some or none; None where the text is silent or tells only of attempts. `several`: the attack was by more than one."""
    failed = _first(parts, cues, "down_failed")
    if failed is not None:
        return Outcome("none", failed.start, failed.end, "intercepted.failed")
    tried = [(hit.start, hit.end) for hit in _hits(parts, cues, "down_tried")]
    downs = [hit for hit in _hits(parts, cues, "down_verb") if not any(a <= hit.start < b for a, b in tried)]
    if not downs:
        return None
    down = downs[0]
    whole = _first(parts, cues, "all_of_it")
    partial = _first(parts, cues, "down_part") or _first(parts, cues, "reached")
    if whole is None and partial is not None and several:
        return Outcome("some", min(down.start, partial.start), max(down.end, partial.end), "intercepted.some")
    return Outcome("all", down.start, down.end, "intercepted.all")


def casualties(parts: Sequence[Clause], cues: Cues) -> Outcome | None:
    """yes, none or unknown, about people or "losses"; damage alone says nothing."""
    for hit in _hits(parts, cues, "hurt_none"):
        return Outcome("none", hit.start, hit.end, "casualties.none")
    for hit in _hits(parts, cues, "hurt_unknown"):
        harm = within(cues["harm"], hit.start, hit.end + 50)
        if harm:
            return Outcome(
                "unknown", hit.start, max(hit.end, harm[-1].end if len(harm) == 1 else harm[0].end), "casualties.unknown"
            )
    for hit in _hits(parts, cues, "hurt_yes"):
        if within(cues["our_people"], hit.start - 60, hit.end + 60):
            return Outcome("yes", hit.start, hit.end, "casualties.yes")
    return None


def _hits(parts: Sequence[Clause], cues: Cues, name: str) -> list[Hit[str]]:
    return [hit for part in parts for hit in within(cues[name], part.start, part.end)]


def _first(parts: Sequence[Clause], cues: Cues, name: str) -> Hit[str] | None:
    return next(iter(_hits(parts, cues, name)), None)
