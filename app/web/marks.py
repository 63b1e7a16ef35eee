"""A report's text cut at the ends of its quotes, so that a template can mark each one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.language import N_, _


@dataclass(frozen=True, slots=True)
class Quoted:
    """A span of the text to be marked: what it backs (a key of LABELS["field"], or `anchor`), and where its field stands."""

    start: int
    end: int
    field: str
    target: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of the text under the same marks, the shortest quote first."""

    text: str
    marks: tuple[Quoted, ...]


def pieces(text: str, quotes: Iterable[Quoted]) -> Sequence[Piece]:
    """The text in pieces: joined they are the text, and each lies wholly inside or outside each quote."""
    marks = sorted(quotes, key=lambda quote: (quote.end - quote.start, quote.start, quote.target))
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    return [
        Piece(text[start:end], tuple(mark for mark in marks if mark.start <= start and end <= mark.end))
        for start, end in pairwise(cuts)
    ]


def as_stored(text: str, offset: int) -> int:
    """Where a character stands in a stored text that is the `offset`th in a browser, which takes each line's end as one."""
    shown = 0
    for place, letter in enumerate(text):
        if shown == offset and not (letter == "\n" and text[place - 1 : place] == "\r"):
            return place
        shown += not (letter == "\r" and text[place + 1 : place + 2] == "\n")
    return len(text)


LEGEND = (
    ("base", N_("base"), {"base"}),
    ("weapon", N_("weapon"), {"weapon"}),
    ("date_start", N_("day and time"), {"date_start", "time_of_day"}),
    ("tally", N_("a total"), {"tally"}),
    ("non_strike", N_("looks like a strike and is none"), {"non_strike"}),
    ("anchor", N_("tells of an attack"), {"anchor"}),
)
"""What each look of a mark means, and for what it stands."""


def legend(shown: Iterable[Piece]) -> list[tuple[str, str]]:
    """The looks of the marks in a text, each with what it means."""
    fields = {piece.marks[0].field for piece in shown if piece.marks}
    looks = [(look, _(label)) for look, label, meant in LEGEND if meant & fields]
    others = fields.difference(*(meant for _look, _label, meant in LEGEND))
    return [*looks, *([("other", _("other values"))] if others else [])]
