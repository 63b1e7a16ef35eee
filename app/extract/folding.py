"""Folds texts for matching: one form for all spellings, without marks and markup, and the way back to the original characters."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

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
_UNSURE = re.compile("[^ \n!-@\\[-_a-z{-~ءابت-غف-وي]")
"""Any character that may change; the others are most of a text, and stay as they are."""
_JOINTS = re.compile(r"(?<=[^\W\d_])[ـ.*]+(?=[^\W\d_])")
_STRETCH = re.compile("(ـ+)")
_SPACES = re.compile("(?<= )( +)")


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


class Moves(NamedTuple):
    """How a change of a text moved its characters: from `places[i]` on, they come from `origins[i]` on.

    Only the places are kept where something was taken out or put in, so that a text costs no more than its changes.
    """

    places: list[int]
    origins: list[int]

    def origin(self, place: int) -> int:
        """Where a character comes from."""
        at = bisect_right(self.places, place) - 1
        return place if at < 0 else self.origins[at] + place - self.places[at]

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters [start, end) come from, with what was taken out right behind them."""
        return self.origin(start), max(self.origin(end), self.origin(end - 1) + 1)


def _without(pattern: "re.Pattern[str]", text: str, moves: list[Moves]) -> str:
    """A text without the matches of a pattern that is one group; `moves` gets the way back."""
    pieces = pattern.split(text)
    if len(pieces) > 1:
        ends = list(accumulate(map(len, pieces)))
        places = list(accumulate(map(len, pieces[::2])))
        moves.append(Moves(places[:-1], ends[1::2]))
    return "".join(pieces[::2])


def _rewritten(pattern: "re.Pattern[str]", text: str, replacement: "Callable[[re.Match[str]], str]", moves: list[Moves]) -> str:
    """`pattern.sub`; `moves` gets the way back. All that a replacement holds comes from where its match starts."""
    pieces: list[str] = []
    places: list[int] = []
    origins: list[int] = []
    done = place = 0
    for match in pattern.finditer(text):
        begin, end = match.span()
        new = replacement(match)
        pieces += (text[done:begin], new)
        place += begin - done + len(new)
        done = end
        places += range(place - len(new) + 1, place + 1) if new else (place,)
        origins += [begin] * (len(new) - 1) + [end]
    if not done:
        return text
    moves.append(Moves(places, origins))
    return "".join((*pieces, text[done:]))


@lru_cache(maxsize=256)
def _any_of(characters: tuple[str, ...]) -> "re.Pattern[str]":
    return re.compile("([" + "".join(map(re.escape, characters)) + "]+)")


def folded_with(text: str, moves: list[Moves]) -> str:
    """The folded text; `moves` gets the way back, change by change."""
    changes = {c: f for c in set(_UNSURE.findall(text)) if (f := _fold_character(c)) != c}
    grown = tuple(sorted(c for c, f in changes.items() if len(f) > 1))
    dropped = tuple(sorted(c for c, f in changes.items() if not f))
    if _TATWEEL in text and "ـ." not in text and ".ـ" not in text:
        dropped += (_TATWEEL,)
    if grown:
        text = _rewritten(_any_of(grown), text, lambda match: "".join(changes[c] for c in match[0]), moves)
    if dropped:
        text = _without(_any_of(dropped), text, moves)
    if len(changes) > 64:
        text = text.translate({ord(c): f for c, f in changes.items() if len(f) == 1})
    else:
        for character, replacement in changes.items():
            if len(replacement) == 1:
                text = text.replace(character, replacement)
    if "*" in text or "ـ." in text or ".ـ" in text:
        text = _rewritten(_JOINTS, text, _uncensored, moves)
    if _TATWEEL in text:
        text = _without(_STRETCH, text, moves)
    if "  " in text:
        text = _without(_SPACES, text, moves)
    return text


def fold(text: str) -> str:
    """The form in which words are compared: letters, digits, quotes and dashes unified, marks dropped. Idempotent."""
    return folded_with(text, [])


# ── HTML ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

# Whatever has an end goes to it and never past another beginning of its kind: so each character is looked at a few times at most,
# and what is never ended hides nothing behind it.
MARKUP = re.compile(
    r"<(?P<hidden>script|style)\b[^<>]*>(?>[^<]+|<(?!/?(?P=hidden)\b))*+</(?P=hidden)\s*>"
    r"|<!--(?>[^<-]+|-(?!->)|<(?!!--))*+-->"
    r"|<[!?/]?[a-z][^<>]*>"
    r"|&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});",
    re.IGNORECASE,
)
_BLOCKS = (
    "address|article|aside|blockquote|body|br|button|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend|li|main|menu|nav|noscript|ol|option|p|pre|section|select|summary|table|"
    "tbody|td|tfoot|th|thead|title|tr|ul|video"
)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?![a-z0-9])[^<>]*>", re.IGNORECASE)
_WHITESPACE = re.compile(r"\s+")


def _unmarked(match: "re.Match[str]") -> str:
    """What a reader of the page sees of its markup: an entity's character, a new line for a block, else nothing."""
    if match[0].startswith("&"):
        return html.unescape(match[0])
    return "\n" if _BLOCK.fullmatch(match[0]) else ""


def _wrapped(match: "re.Match[str]") -> str:
    return " " * len(match[0]) if match[0].count("\n") == 1 else match[0]


def without_markup(text: str) -> tuple[str, Moves | None]:
    """A page's words, and the way back. Where blocks make its lines, a single line break is only a space, as browsers show it."""
    if "<" not in text and "&" not in text:
        return text, None
    if _BLOCK.search(text):
        text = _WHITESPACE.sub(_wrapped, text)
    moves: list[Moves] = []
    words = _rewritten(MARKUP, text, _unmarked, moves)
    return words, moves[0] if moves else None
