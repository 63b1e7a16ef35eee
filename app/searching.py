"""How a search reads words: what is looked up of a text, what a reader's words ask for, and which stretch of a text answers."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.extract.folding import Moves, fold, folded_with, without_markup
from app.extract.text import LONGEST_TEXT

_WORD = re.compile(r"\d+|[^\W\d_]+")
"""Letters or digits of a folded text: whatever joins them, and a number that touches its word, parts them."""
_CHUNK = re.compile(r"\S+")
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "وبال", "فبال", "وكال", "فكال", "ولل", "فلل")
_PARTICLES = ("و", "ف", "ب", "ك", "ل", "وب", "وك", "ول", "فب", "فك", "فل")
_LEAST = {clitic: 3 for clitic in (*_ARTICLES, *"وفبكل")} | {clitic: 4 for clitic in _PARTICLES if len(clitic) == 2}
"""What may stand before an Arabic word and be written with it, and how many letters it leaves at least.

Two particles leave four, or else وكالة, an agency, would hold آلة, a machine.
"""
_LONGEST = max(map(len, _LEAST))
_SURE = 5
"""Where so many letters are left of a word that was typed, what stood before them was a particle and no letter of its own."""
_OPEN = 4
"""From so many letters on a word finds those that go on after it, as طائر finds طائرات."""


@lru_cache(maxsize=20_000)
def forms_of(word: str) -> tuple[str, ...]:
    """A folded word as it stands, then what is left of it without what may be a clitic."""
    return (word, *(word[cut:] for cut in range(1, _LONGEST + 1) if len(word) - cut >= _LEAST.get(word[:cut], len(word))))


def words(text: str) -> tuple[str, str]:
    """What an index holds of a text: its folded words in their order, and apart from them what is left without clitics."""
    found = _WORD.findall(_Printed(text).folded)
    return " ".join(found), " ".join(form for word in found for form in forms_of(word)[1:])


# ── what is asked for ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that a reader asks for: a word, or a phrase of words that stand one behind the other."""

    words: tuple[str, ...]
    is_phrase: bool

    @property
    def forms(self) -> tuple[str, ...]:
        """The word as it was typed, then without what stands before it.

        A particle goes only from a long word: a typed فرقة is a division, and never ف and الرقة.
        """
        word = self.words[0]
        less = forms_of(word)[1:]
        return (word, *(form for form in less if len(form) >= _SURE or word.removesuffix(form) in _ARTICLES))

    @property
    def openings(self) -> tuple[str, ...]:
        """Those of the forms that also find what goes on after them."""
        return tuple(form for form in self.forms if len(form) >= _OPEN and not form.isdigit())

    def query(self, ordered: str) -> str:
        """It as a query of FTS5; `ordered` names the columns whose words stand in their order."""
        if not self.is_phrase:
            return "(" + " OR ".join(f'"{form}" *' if form in self.openings else f'"{form}"' for form in self.forms) + ")"
        first, *others = self.words
        before = ("", *(clitic for clitic, least in _LEAST.items() if len(first) >= least))
        return f"{{{ordered}}} : (" + " OR ".join(f'"{" ".join((clitic + first, *others))}"' for clitic in before) + ")"

    def stands(self, found: Sequence[str], at: int) -> bool:
        """Whether it stands in a text's words from this one on."""
        of_word = forms_of(found[at])
        if self.is_phrase:
            return self.words[0] in of_word and tuple(found[at + 1 : at + len(self.words)]) == self.words[1:]
        return not set(self.forms).isdisjoint(of_word) or any(form.startswith(self.openings) for form in of_word)


def sought(typed: str) -> tuple[Sought, ...]:
    """What a reader's words ask for, all of it at once: each word, and what stands in quotes or without a space as a phrase.

    Empty where there is neither letter nor digit in them.
    """
    found = []
    for number, part in enumerate(fold(typed).split('"')):
        is_quoted = number % 2 == 1
        for chunk in (part,) if is_quoted else part.split():
            if of_chunk := tuple(_WORD.findall(chunk)):
                found.append(Sought(of_chunk, is_quoted or len(of_chunk) > 1))
    return tuple(dict.fromkeys(found))


def looser(typed: str) -> tuple[str, ...]:
    """What a reader could type to ask for less: the same without quotes, or else each of the words alone."""
    plain = "".join(" " if fold(character) == '"' else character for character in typed)
    if len(plain.split()) < 2:
        return ()
    return (plain.strip(),) if plain != typed else tuple(dict.fromkeys(word for word in typed.split() if sought(word)))


# ── what answers ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text, and whether they are what was sought."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text in pieces, how many of the things sought stand in it, and whether the text goes on at either end."""

    pieces: tuple[Piece, ...]
    holds: int
    is_cut_before: bool
    is_cut_after: bool


def excerpt(text: str, asked: Sequence[Sought], *, most: int) -> Excerpt | None:
    """The stretch of at most so many words as printed that holds most of what was asked, the first of those; None without any.

    Its pieces joined are the text's own characters, vocalised or not, without its markup.
    """
    printed = _Printed(text)
    matches = list(printed.spans(asked))
    if not matches:
        return None
    chunks = [match.span() for match in _CHUNK.finditer(printed.text)]
    starts = [start for start, _end in chunks]
    hits = sorted((bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1, number) for number, start, end in matches)
    holds, first, last = _fullest(hits, most)
    first = max(0, min(first - (most - 1 - last + first) // 2, len(chunks) - most))
    last = min(first + most, len(chunks)) - 1
    begin, end = chunks[first][0], chunks[last][1]
    pieces = _pieces(printed.text, begin, end, [span for _number, *span in matches])
    return Excerpt(pieces, holds, first > 0, last < len(chunks) - 1)


def _fullest(hits: Sequence[tuple[int, int, int]], most: int) -> tuple[int, int, int]:
    """How much of what was asked stands within `most` words at best, and from which to which of them. Hits are in order."""
    best = (0, 0, 0, 0)
    for at, (first, last, number) in enumerate(hits):
        found, count, reach = {number}, 1, min(last, first + most - 1)
        for start, end, other in hits[at + 1 :]:
            if start >= first + most:
                break
            if end < first + most:
                found.add(other)
                count, reach = count + 1, max(reach, end)
        best = max(best, (len(found), count, -first, reach))
    return best[0], -best[2], best[3]


def _pieces(text: str, begin: int, end: int, spans: Sequence[Sequence[int]]) -> tuple[Piece, ...]:
    """The characters [begin, end) of a text, cut where the spans begin and end."""
    inside = [(max(start, begin), min(stop, end)) for start, stop in spans if start < end and stop > begin]
    cuts = sorted({begin, end, *(cut for span in inside for cut in span)})
    found: list[Piece] = []
    for start, stop in pairwise(cuts):
        is_match = any(first <= start and stop <= last for first, last in inside)
        if found and found[-1].is_match == is_match:
            found[-1] = Piece(found[-1].text + text[start:stop], is_match)
        else:
            found.append(Piece(text[start:stop], is_match))
    return tuple(found)


class _Printed:
    """A text as a reader sees it, folded, with the way back to its characters."""

    __slots__ = ("_moves", "folded", "text")

    def __init__(self, text: str) -> None:
        moves: list[Moves] = []
        self.text = without_markup(text)[0][:LONGEST_TEXT]
        self.folded = folded_with(self.text, moves)
        self._moves = moves[::-1]

    def spans(self, asked: Sequence[Sought]) -> Iterator[tuple[int, int, int]]:
        """Where the things asked stand: the number of each, and its characters."""
        bounds = [match.span() for match in _WORD.finditer(self.folded)]
        starts, found = [start for start, _end in bounds], [self.folded[start:end] for start, end in bounds]
        for number, one in enumerate(asked):
            # The letters that each word with it has lead to the few words to look at.
            letters = one.words[0] if one.is_phrase else one.forms[-1]
            near = (bisect_right(starts, match.start()) - 1 for match in re.finditer(re.escape(letters), self.folded))
            for at in dict.fromkeys(near):
                if one.stands(found, at):
                    yield number, *self._printed(bounds[at][0], bounds[at + len(one.words) - 1][1])

    def _printed(self, start: int, end: int) -> tuple[int, int]:
        for moves in self._moves:
            start, end = moves.stretch(start, end)
        return start, start + len(self.text[start:end].rstrip())
