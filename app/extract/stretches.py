"""A total in the making, and the stretch of text that tells it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.extract import breakdowns
from app.extract.breakdowns import COUNTRIES, Pair, Place
from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.places import OUTSIDE, Target
from app.extract.reading import Reading
from app.extract.text import Sentence
from app.extract.values import Tally, TallyPart
from app.extract.windows import Window

LOOSE = ("bare", "number")
"""Kinds of number that are a total only beside something that makes them one."""


@dataclass
class TallyDraft:
    """A total in the making, with the parts found so far."""

    tally: Tally
    parts: list[TallyPart] = field(default_factory=list)
    as_of: str | None = None
    """The day told beside it, or that of the report."""
    open: bool = False
    """Whether it is the head of a list whose total is not told, or told behind it."""

    def add(self, more: Iterable[TallyPart]) -> None:
        """Take parts; a place that has one keeps it. A total that countries share is of them all."""
        known = {part.scope for part in self.parts}
        self.parts += [part for part in more if part.scope not in known]
        shared = [part.scope for part in self.parts if part.scope in COUNTRIES]
        if self.tally.scope in COUNTRIES and len(shared) > 1:
            self.tally = replace(self.tally, scope=breakdowns.together(*shared))


@dataclass(frozen=True)
class Stretch:
    """A sentence, or the part of one that holds one total; `before` is the total that it may go on with."""

    reading: Reading
    sentence: Sentence
    start: int
    end: int
    since: Window | None
    before: TallyDraft | None

    @cached_property
    def figures(self) -> list[Hit[Figure]]:
        return within(self.reading.figures, self.start, self.end)

    @cached_property
    def sums(self) -> list[Hit[Figure]]:
        """Words for a total."""
        return [hit for hit in self.figures if hit.value.kind == "sum" or hit.value.noun == "sum"]

    @cached_property
    def pairs(self) -> list[Pair]:
        """Numbers beside the places whose part they are."""
        return breakdowns.pairs(self.reading, self.sentence, self.start, self.end, self.since)

    @cached_property
    def paired(self) -> dict[int, Place]:
        """The one base or country of a number, by where the number stands."""
        return {pair.figure.start: pair.place for pair in self.pairs if pair.place.single}

    @cached_property
    def bases_in_general(self) -> list[Hit[str]]:
        return within(self.reading.cues["bases_plural"], self.start, self.end)

    def has(self, name: str) -> bool:
        return self.reading.has(name, self.start, self.end)

    def targets(self, start: int, end: int) -> list[Target]:
        return [target for target in self.reading.targets_in(start, end) if target.slug != OUTSIDE]


def time_of(drafts: Sequence[TallyDraft]) -> Window | None:
    """The time of the last total that tells one, which "since then" and "in the same period" mean."""
    for draft in reversed(drafts):
        tally = draft.tally
        if tally.kind == "period" or tally.start:
            return Window("period" if tally.kind == "period" else "cumulative", tally.start, tally.end)
    return None
