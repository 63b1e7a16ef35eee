"""A mention in the making: the claims gathered so far of one attack on one base."""

from dataclasses import dataclass, field

from app.extract.dates import When
from app.extract.frame import Frame
from app.extract.reading import Reading
from app.extract.settling import Day
from app.extract.text import QUOTE_LIMIT
from app.extract.values import Claim


@dataclass
class Draft:
    """A mention in the making.

    `claims` has one claim a field, `origins` one a source; `day` is settled from `when`, the phrase that tells it; `timed` says
    that some time was told, `vague` that it names no day. `claimed` means that only the attacker's word tells it,
    `referring` that it is told as known ("the attack that hit their base"). `tellings`
    counts for each sentence what it tells.
    """

    slug: str
    frame: Frame
    claims: dict[str, Claim] = field(default_factory=dict)
    origins: dict[str, Claim] = field(default_factory=dict)
    tellings: dict[int, int] = field(default_factory=dict)
    day: Day | None = None
    when: When | None = None
    timed: bool = False
    vague: bool = False
    claimed: bool = False
    referring: bool = False
    written: str = ""

    def value(self, name: str) -> str | None:
        """The value of a field, or None."""
        claim = self.claims.get(name)
        return claim.value if claim else None

    def put(self, reading: Reading, name: str, value: object, start: int, end: int, rule: str) -> None:
        """Set a field, with the words of `folded[start:end]` that say it."""
        self.claims[name] = claim(reading, name, value, start, end, rule)


def claim(reading: Reading, name: str, value: object, start: int, end: int, rule: str) -> Claim:
    """A claim on the words of `folded[start:end]`."""
    return Claim(name, str(value), span=reading.text.span(start, end, QUOTE_LIMIT), rule=rule)
