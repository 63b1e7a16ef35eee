"""Reads counts: digits, number words in both languages, and the words that bound them."""

import re
from dataclasses import dataclass

from app.extract.lexicon import Lexicon
from app.fields import Bound

_TWO_WORDS = re.compile(r"(.+?)(?: و| |-)(\S+)")


@dataclass(frozen=True, slots=True)
class Count:
    """How many: both ends included; a `high` of None is open, a `low` of None says that no number was told."""

    low: int | None
    high: int | None


UNTOLD = Count(None, None)


def read_number(words: str, lexicon: Lexicon) -> int | None:
    """The number that folded words say (12, "1,356", سبعة, خمسة وعشرين, twenty-five), or None."""
    bare = words.strip('" ').replace(",", "")
    if bare.isascii() and bare.isdigit():
        return int(bare)
    if bare in lexicon["number"]:
        return int(lexicon["number"][bare])
    parts = _TWO_WORDS.fullmatch(bare)
    if parts is None or parts[1] not in lexicon["number"]:
        return None
    first = int(lexicon["number"][parts[1]])
    if parts[2] in lexicon["number_tens"]:
        return first + int(lexicon["number_tens"][parts[2]])
    if parts[2] in lexicon["number_ten"]:
        return first * 100
    if parts[2] in lexicon["number_unit_en"] and first >= 20:
        return first + int(lexicon["number_unit_en"][parts[2]])
    return None


def bounded(number: int, bound: str | None) -> Count:
    """A number with its bound as a range: "more than 5" is 6 and up, "at least 5" is 5 and up, "about 5" has no ends."""
    if bound == ">":
        return Count(number + 1, None)
    if bound == ">=":
        return Count(number, None)
    if bound == "~":
        return UNTOLD
    return Count(number, number)


def as_bound(value: str | None) -> Bound:
    """The lexicon's bound as a tally keeps it."""
    return ">" if value == ">" else ">=" if value == ">=" else "~" if value == "~" else "="
