"""Folds a report's text for matching, keeps the way back to its characters, and cuts it into sentences."""

import re
import tomllib
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from pathlib import Path

from app.extract.values import Span

QUOTE_LIMIT = 200
"""A claim's quote has at most so many characters."""

_SAME = {
    "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ۀ": "ه", "ک": "ك", "ٱ": "ا",
    "،": ",", "٬": ",", "؛": ";", "؟": "?", "٫": ".", "٪": "%", "۔": ".",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‹": '"', "›": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'", "ʿ": "'", "ʾ": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "ı": "i",
    "\t": " ", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\x00": " ",
}  # fmt: skip
_TATWEEL = "ـ"
_DECOMPOSED = ((0xC0, 0x24F), (0x600, 0x6FF), (0x1E00, 0x1EFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0xFF01, 0xFF5E))
_JOINTS = re.compile(r"(?<=[^\W\d_])[ـ.*]+(?=[^\W\d_])")
_STRETCH = re.compile("ـ+")
_SPACES = re.compile("(?<= ) +")


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    """What one character becomes: itself, another one, several, or nothing."""
    if character in _SAME:
        return _SAME[character]
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(character))
    code = ord(character)
    if any(first <= code <= last for first, last in _DECOMPOSED):
        pieces = unicodedata.normalize("NFKD", character)
        if pieces != character:
            return "".join(map(_fold_character, pieces))
    lower = character.lower()
    return lower if len(lower) == 1 else lower[0]


def _uncensored(match: re.Match[str]) -> str:
    """Dots and stars that hide a word from filters go (قاعـ.ـدة, expl*osion); a plain full stop between letters stays."""
    joint = match[0]
    hidden = "*" in joint or ("." in joint and _TATWEEL in joint)
    return "" if hidden else joint.replace(_TATWEEL, "")


def _fold_with_offsets(original: str) -> tuple[str, "array[int] | None"]:
    """The folded text, and for each of its characters where it starts in the original (None: at the same place)."""
    changes = {c: f for c in set(original) if (f := _fold_character(c)) != c}
    resized = [c for c, folded in changes.items() if len(folded) != 1]
    folded, starts = original, None
    if resized:
        found = re.compile("[" + "".join(map(re.escape, resized)) + "]")
        folded, starts = _substitute(found, folded, starts, lambda match: changes[match[0]])
    if len(changes) > 64:
        folded = folded.translate({ord(c): f for c, f in changes.items() if len(f) == 1})
    else:
        for character, replacement in changes.items():
            if len(replacement) == 1:
                folded = folded.replace(character, replacement)
    if _TATWEEL in folded or "*" in folded:
        folded, starts = _substitute(_JOINTS, folded, starts, _uncensored)
        folded, starts = _substitute(_STRETCH, folded, starts, lambda match: "")
    if "  " in folded:
        folded, starts = _substitute(_SPACES, folded, starts, lambda match: "")
    return folded, starts


def _substitute(
    pattern: "re.Pattern[str]", text: str, starts: "array[int] | None", replacement: "Callable[[re.Match[str]], str]"
) -> "tuple[str, array[int] | None]":
    """`pattern.sub` that carries the offsets along. All that a replacement holds starts where the match starts."""
    pieces: list[str] = []
    moved = array("l")
    done = 0
    for match in pattern.finditer(text):
        new = replacement(match)
        if new == match[0]:
            continue
        begin, end = match.span()
        pieces += (text[done:begin], new)
        moved.extend(range(done, begin) if starts is None else starts[done:begin])
        moved.extend([begin if starts is None else starts[begin]] * len(new))
        done = end
    if not done:
        return text, starts
    pieces.append(text[done:])
    moved.extend(range(done, len(text)) if starts is None else starts[done:])
    return "".join(pieces), moved


def fold(text: str) -> str:
    """The form in which words are compared: letters, digits, quotes and dashes unified, marks dropped. Idempotent."""
    return _fold_with_offsets(text)[0]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the folded text: `start` and `end` in folded characters.

    `role` is body, heading (the headline or a heading between paragraphs) or item (of a list with bullets).
    """

    start: int
    end: int
    role: str
    paragraph: int


@dataclass(frozen=True)
class Text:
    """A report's text, folded, with the way back to the original characters."""

    original: str
    folded: str = field(init=False)
    _starts: "array[int] | None" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        folded, starts = _fold_with_offsets(self.original)
        object.__setattr__(self, "folded", folded)
        object.__setattr__(self, "_starts", starts)

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
        if self._starts is None:
            return start, end
        following = self._starts[end] if end < len(self._starts) else len(self.original)
        first, last = self._starts[start], max(following, self._starts[end - 1] + 1)
        while last > self._starts[end - 1] + 1 and self.original[last - 1].isspace():
            last -= 1
        return first, last

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that a reader would read, in order, without page furniture."""
        return tuple(_sentences(self.folded))


# ── page furniture ────────────────────────────────────────────────────────────────────────────────────────────────────

_FURNITURE = Path(__file__).resolve().parent / "lexicon" / "furniture.toml"


@cache
def _openings(name: str) -> "re.Pattern[str]":
    """How the lines of one list of lexicon/furniture.toml begin."""
    lists = tomllib.loads(_FURNITURE.read_text("utf-8"))[name]
    words = sorted((fold(entry) for entries in lists.values() for entry in entries), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


_NO_WORDS = re.compile(r"(?:[\W\d_]|(?<!\w)\w(?!\w))*")
_BULLET = re.compile(r"[-•●▪*·] ?")
_LEADING = re.compile(r"[\"'\-•●▪*·( ]+")
_PROSE_END = re.compile(r"[.!?…:;][\"')\]]*$")
_WORD = re.compile(r"\w")
_LONGEST = 1500
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|dr|gen|col|lt|maj|sgt|capt|sen|rep|st|no|vs|[a-z]|[a-z](?:\.[a-z])+)$"
)
# Each run is looked at once, from its beginning: else a line of full stops takes the square of its length.
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"')\]]*(?=\s|$)")


def _sentences(folded: str) -> list[Sentence]:
    lines = _lines(folded)
    prose = any(_PROSE_END.search(folded, max(start, end - 4), end) for start, end, _ in lines)
    begun = False
    found: list[Sentence] = []
    for paragraph, (start, end, bullet) in enumerate(lines):
        complete = bool(_PROSE_END.search(folded, max(start, end - 4), end))
        heading = prose and not bullet and not complete and end - start < (160 if not begun else 70)
        begun = begun or complete
        role = "item" if bullet else "heading" if heading else "body"
        found += [Sentence(a, b, role, paragraph) for a, b in _stops(folded, start, end)]
    return found


def _lines(folded: str) -> list[tuple[int, int, bool]]:
    """(start, end, has a bullet) of each line that is no furniture; the bullets of a summary repeat the body and go too."""
    kept: list[tuple[int, int, bool]] = []
    summary = False
    ends = list(accumulate(len(line) + 1 for line in folded.split("\n")))
    for start, stop in zip([0, *ends], ends, strict=False):
        line = folded[start : stop - 1]
        bare = line.strip()
        if not bare:
            continue
        begin = start + len(line) - len(line.lstrip())
        end = begin + len(bare)
        bullet = bool(_BULLET.match(bare))
        if _openings("summary_head").fullmatch(bare.rstrip(": ")):
            summary = True
        elif bullet and summary:
            continue
        elif not _is_furniture(bare):
            summary = False
            kept.append((begin, end, bullet))
    return kept


def _is_furniture(line: str) -> bool:
    lead = _LEADING.match(line)
    body = line[lead.end() :] if lead else line
    if len(line) < 90 and (_openings("page").match(body) or _openings("page_line").fullmatch(line) or _NO_WORDS.fullmatch(line)):
        return True
    return len(line) < 400 and bool(_openings("elsewhere").match(body))


def _stops(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one line. A sentence past 1,500 characters is cut at a space, so that reading stays linear."""
    cuts: list[int] = []
    for match in _STOP.finditer(folded, start, end):
        if match[0] == "." and _is_inside(folded, match.start(), match.end(), start, end):
            continue
        cuts.append(match.end())
    bounds: list[tuple[int, int]] = []
    begin = start
    for cut in [*cuts, end]:
        while cut - begin > _LONGEST:
            space = folded.rfind(" ", begin + 1, begin + _LONGEST)
            middle = space if space > begin else begin + _LONGEST
            bounds.append((begin, middle))
            begin = middle
        if _WORD.search(folded, begin, cut):
            bounds.append((begin, cut))
        begin = cut
    return [_stripped(folded, a, b) for a, b in bounds]


def _stripped(folded: str, start: int, end: int) -> tuple[int, int]:
    piece = folded[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _is_inside(folded: str, stop: int, after: int, start: int, end: int) -> bool:
    """Whether a full stop ends no sentence: after an abbreviation, or between the numbers of a date (16 . 01 . 2024)."""
    before = folded[max(start, stop - 8) : stop]
    if _ABBREVIATION.search(before):
        return True
    following = folded[after : min(end, after + 2)].strip()
    return before.endswith(" ") and before.strip()[-1:].isdigit() and following[:1].isdigit()


def sentence_at(sentences: tuple[Sentence, ...], position: int) -> int:
    """The index of the sentence that holds a folded position, or of the last one before it; -1 where there is none."""
    return bisect_right(sentences, position, key=lambda sentence: sentence.start) - 1
