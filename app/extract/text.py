"""A report's text as it is read: folded, with the way back to its characters, and cut into sentences."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from app.extract.folding import MARKUP, Moves, fold, folded_with, without_markup
from app.extract.values import Span

QUOTE_LIMIT = 200
"""A claim's quote has at most so many characters."""
LONGEST_TEXT = 60_000
"""So many characters of a text are read, markup not counted, and what is past them is told as unread.

Press reports have a few thousand, and long inquiries some ten thousand. Without an end, one text of a megabyte, made for it or
by mistake, would hold up all others for many seconds.
"""
_LONGEST_PAGE = 10 * LONGEST_TEXT
"""The same, with its markup."""


class Sentence(NamedTuple):
    """A sentence of the folded text: `start` and `end` in folded characters.

    `role` is body, heading (the headline or a heading between paragraphs) or item (of a list with bullets).
    """

    start: int
    end: int
    role: str
    paragraph: int


@dataclass(frozen=True)
class Text:
    """A report's text, folded, with the way back to the original characters. Tags, scripts and entities of HTML are no words."""

    original: str
    folded: str = field(init=False)
    _is_cut: bool = field(init=False, repr=False, compare=False)
    _markup: Moves | None = field(init=False, repr=False, compare=False)
    _moves: tuple[Moves, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words, markup = without_markup(self.original[:_LONGEST_PAGE])
        moves: list[Moves] = []
        folded = folded_with(words[:LONGEST_TEXT], moves)
        is_cut = len(self.original) > _LONGEST_PAGE or max(len(words), len(folded)) > LONGEST_TEXT
        object.__setattr__(self, "folded", folded[:LONGEST_TEXT])
        object.__setattr__(self, "_is_cut", is_cut)
        object.__setattr__(self, "_markup", markup)
        object.__setattr__(self, "_moves", tuple(reversed(moves)))

    def span(self, start: int, end: int, limit: int | None = None) -> Span:
        """The original words of `folded[start:end]`, marks included; at most `limit` characters of them."""
        while start < end - 1 and self.folded[start].isspace():
            start += 1
        while end > start + 1 and self.folded[end - 1].isspace():
            end -= 1
        first, last = self._original(start, end)
        if limit is not None:
            last = min(last, first + limit)
        return Span(first, last, self.original[first:last])

    def _original(self, start: int, end: int) -> tuple[int, int]:
        for moves in self._moves:
            start, end = moves.stretch(start, end)
        if self._markup is not None:
            start, last = self._markup.origin(start), self._markup.origin(end - 1)
            entity = MARKUP.match(self.original, last)
            end = entity.end() if entity else last + 1
        while end > start + 1 and self.original[end - 1].isspace():
            end -= 1
        return start, end

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that a reader would read, in order, without page furniture."""
        return self._read[0]

    @cached_property
    def rest(self) -> Span | None:
        """Where the unread part of a text begins that is longer than LONGEST_TEXT."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[tuple[Sentence, ...], Span | None]:
        """The sentences and the unread rest, to which the sentence belongs that the end of reading cuts through."""
        found = _sentences(self.folded)
        if not self._is_cut:
            return tuple(found), None
        cut = found.pop().start if found else len(self.folded) - 1
        start, _ = self._original(cut, cut + 1)
        quote = self.original[start : start + QUOTE_LIMIT]
        return tuple(found), Span(start, start + len(quote), quote)


# ── page furniture ────────────────────────────────────────────────────────────────────────────────────────────────────

_FURNITURE = Path(__file__).resolve().parent / "lexicon" / "furniture.toml"


class _Furniture(NamedTuple):
    """How the lines of each list of lexicon/furniture.toml begin."""

    page: "re.Pattern[str]"
    page_line: "re.Pattern[str]"
    elsewhere: "re.Pattern[str]"
    summary_head: "re.Pattern[str]"

    def holds(self, line: str) -> bool:
        """Whether a line is no part of an article."""
        lead = _LEADING.match(line)
        body = line[lead.end() :] if lead else line
        if len(line) < 90 and (self.page.match(body) or self.page_line.fullmatch(line) or _NO_WORDS.fullmatch(line)):
            return True
        return len(line) < 400 and bool(self.elsewhere.match(body))


@cache
def _furniture() -> _Furniture:
    lists = tomllib.loads(_FURNITURE.read_text("utf-8"))
    openings = {}
    for name, entries in lists.items():
        words = sorted((fold(line) for lines in entries.values() for line in lines), key=len, reverse=True)
        openings[name] = re.compile("|".join(map(re.escape, words)))
    return _Furniture(**openings)


_NO_WORDS = re.compile(r"(?:[\W\d_]|(?<!\w)\w(?!\w))*")
_LINE = re.compile(r"\S[^\n]*")
_BULLET = re.compile(r"[-•●▪*·] ?")
_LEADING = re.compile(r"[\"'\-•●▪*·( ]+")
_NOTES = r"(?:\[\w{1,3}\]|\(\d{1,3}\)){0,5}"
"""Numbers of notes behind a sentence: "…, injuring two.[3][4]", "… near the site.(43)"."""
_PROSE_END = re.compile(rf"[.!?…:;][\"')\]]*{_NOTES}$")
_WORD = re.compile(r"\w")
_LONGEST = 1500
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|dr|gen|col|lt|maj|sgt|capt|sen|rep|st|no|vs|[a-z]|[a-z](?:\.[a-z])+)$"
)
_STOP = re.compile(rf"[.!?…]+[\"')\]]*{_NOTES}")


class _Line(NamedTuple):
    start: int
    end: int
    bullet: bool
    complete: bool


def _sentences(folded: str) -> list[Sentence]:
    lines = _lines(folded)
    prose = any(line.complete for line in lines)
    begun = False
    found: list[Sentence] = []
    for paragraph, line in enumerate(lines):
        short = line.end - line.start < (70 if begun else 160)
        heading = prose and short and not line.bullet and not line.complete
        begun = begun or line.complete
        role = "item" if line.bullet else "heading" if heading else "body"
        found += [Sentence(start, end, role, paragraph) for start, end in _stops(folded, line.start, line.end)]
    return found


def _lines(folded: str) -> list[_Line]:
    """The lines that are no furniture, without the space around them; the bullets of a summary repeat the body and go too."""
    kept: list[_Line] = []
    furniture = _furniture()
    summary = False
    for match in _LINE.finditer(folded):
        bare = match[0].rstrip()
        bullet = _BULLET.match(bare) is not None
        if furniture.summary_head.fullmatch(bare.rstrip(": ")):
            summary = True
        elif bullet and summary:
            continue
        elif not furniture.holds(bare):
            summary = False
            start = match.start()
            kept.append(_Line(start, start + len(bare), bullet, _PROSE_END.search(bare, max(0, len(bare) - 20)) is not None))
    return kept


def _stops(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one line. A sentence past 1,500 characters is cut at a space, so that reading stays linear."""
    bounds: list[tuple[int, int]] = []
    begin = start
    for cut in _cuts(folded, start, end):
        while cut - begin > _LONGEST:
            space = folded.rfind(" ", begin + 1, begin + _LONGEST)
            middle = space if space > begin else begin + _LONGEST
            bounds.append((begin, middle))
            begin = middle
        bounds.append((begin, cut))
        begin = cut
    return [_stripped(folded, a, b) for a, b in bounds if _WORD.search(folded, a, b)]


def _cuts(folded: str, start: int, end: int) -> Iterator[int]:
    """Where sentences of a line end: behind stops that space follows, and at its end."""
    for match in _STOP.finditer(folded, start, end):
        after = match.end()
        if after == end:
            break
        if folded[after].isspace() and not (match[0] == "." and _is_inside(folded, after - 1, after, start, end)):
            yield after
    yield end


def _stripped(folded: str, start: int, end: int) -> tuple[int, int]:
    piece = folded[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _is_inside(folded: str, stop: int, after: int, start: int, end: int) -> bool:
    """Whether a full stop ends no sentence: after an abbreviation, or between the numbers of a date (16 . 01 . 2024)."""
    before = folded[max(start, stop - 8) : stop]
    if "a" <= before[-1:] <= "z":
        return _ABBREVIATION.search(before) is not None
    following = folded[after : min(end, after + 2)].strip()
    return before.endswith(" ") and before.strip()[-1:].isdigit() and following[:1].isdigit()


def sentence_at(sentences: tuple[Sentence, ...], position: int) -> int:
    """The index of the sentence that holds a folded position, or of the last one before it; -1 where there is none."""
    return bisect_right(sentences, position, key=attrgetter("start")) - 1
