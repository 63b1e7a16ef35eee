"""How well an incident is supported."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Witness:
    """One origin as grading sees it: its slug, and for whom it speaks (attacked, claimant, unnamed, or itself: empty)."""

    slug: str
    speaks_for: str = ""

    @property
    def voice(self) -> str:
        """What it counts as: all who speak for one side are one voice, and so are all unnamed sources."""
        return self.speaks_for or self.slug


STANDING = ("unnamed", "claimant", "", "attacked")
"""For whom a witness speaks, by how much its word on what happened weighs: the side that was hit knows best what hit it."""


def standing(witnesses: Iterable[Witness]) -> int:
    """How much the best of these witnesses weighs; -1 where a report names nobody."""
    return max((STANDING.index(witness.speaks_for) for witness in witnesses), default=-1)


def grade(*, disputed: bool, support: str | None, witnesses: Iterable[Witness]) -> tuple[str, str]:
    """An incident's grading after Airwars, and why: the first that applies of `fields.GRADINGS` after `discounted`.

    Independence is by origin, never by publisher; sources without a name may be any of the others, and prove nothing beyond one.
    """
    voices = {witness.voice for witness in witnesses}
    named = voices - {"unnamed"}
    if disputed or support == "disputed":
        return "contested", "denied"
    if support == "officially_confirmed" or "attacked" in voices:
        return "confirmed", "attacked_side"
    if support == "claim_only" or voices == {"claimant"}:
        return "claimed", "claimant_alone"
    if len(named) >= 2:
        return "fair", "independent_origins"
    return "weak", "one_origin" if voices else "no_origin"
