"""An attack as one sentence tells it."""

from dataclasses import dataclass

from app.extract.clauses import Clause
from app.extract.engine import Hit
from app.extract.places import Target


@dataclass(frozen=True, slots=True)
class Frame:
    """An attack as one sentence tells it, in folded characters.

    `trigger` is the word that tells it, `targets` what it fell on, `parts` the clauses whose details are its own. `after` marks
    an attack that another event followed; it takes no day from that. `second` marks an attack told as another than the one
    before it on the same base.
    """

    sentence: int
    trigger: Hit[str]
    targets: tuple[Target, ...]
    parts: tuple[Clause, ...]
    first: bool
    after: bool
    second: bool = False

    @property
    def start(self) -> int:
        """Where its clauses start."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where its clauses end."""
        return self.parts[-1].end
