"""Reads the parts of a total: which base or country each number of a list belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.folding import fold
from app.extract.places import OUTSIDE, Target, named
from app.extract.reading import Reading
from app.extract.text import Sentence
from app.extract.values import TallyPart
from app.extract.windows import Window, dates

COUNTRIES = ("all-syria", *(f"other:{name}" for name in ("iraq", "jordan", "israel", "lebanon", "yemen", "kuwait")))
_NUMBERS = ("count", "few", "bare", "number", "same")
_LOOSE = ("bare", "number")
_JOINS = re.compile(fold(r",? ?(?:و|and |or |/ ?|as well as |كما في |وفي |أو )?(?:ال|in |the |في )?"))
_ORIGIN = re.compile(fold(r"(?<!\w)(?:from|(?<!كل )من|انطلاقا من|based in|داخل|of)(?: أراضي| داخل)? $"))
_INSIDE = fold("داخل ")
"""Factions may be inside another country; inside Syria are the bases."""
_STOPS_AHEAD = re.compile(fold(r"[,;:\n|]|(?<!\w)و(?!قعت?(?!\w))(?=\w|$)|(?<!\w)(?:and|since|منذ|while|but)(?!\w)"))
_STOPS_BACK = re.compile(fold(r"[,;\n]|(?<!\w)و(?=\w|$)|(?<!\w)(?:and|since|منذ|while|but)(?!\w)"))
_OUT_OF = re.compile(
    fold(
        r" (?:of the|of its|of those|of [\w-]+'s|out of|out of the|من أصل|من بين|من مجموع|من إجمالي)"
        r"(?: (?:first|more than|over))? ?"
    )
)
_LATEST_ONE = re.compile(fold(r"(?<!\w)(?:the|latest|last|first|this|that|another|no|any|each|every|only) $"))
_CELL = re.compile(fold(r"[\d,;:\n|]|(?<!\w)و(?=\w|$)|(?<!\w)and(?!\w)"))
_LABEL = re.compile(r"[:=(|\-] ?$")
_LABELLED_FIRST = re.compile(r" ?[:=|-] ?")
_CLOSED = re.compile(r"\W*$")
_AHEAD, _BACK = 60, 48
"""How far from its number a base may stand, behind it and before it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A base or a country whose part a number may be."""

    scope: str
    start: int
    end: int

    @property
    def single(self) -> bool:
        """Whether it is one base or one country, and so can be a part."""
        return self.scope in COUNTRIES or not (self.scope.startswith("other:") or self.scope == "iraq-and-syria")


@dataclass(frozen=True, slots=True)
class Pair:
    """A number and the place whose part it is."""

    figure: Hit[Figure]
    place: Place


def part_of(reading: Reading, figure: Hit[Figure], sentence: Sentence) -> Target | None:
    """The base right behind a figure ("4 on al-Tanf")."""
    for target in reading.targets_in(figure.end, min(sentence.end, figure.end + _AHEAD)):
        if target.slug in (None, OUTSIDE):
            continue
        gap = reading.folded[figure.end : target.start]
        clean = not _STOPS_AHEAD.search(gap) and not within(reading.figures, figure.end, target.start)
        return target if clean and not within(reading.cues["bases_plural"], figure.end, target.start) else None
    return None


def areas(reading: Reading, start: int, end: int) -> list[Place]:
    """The countries of a stretch, those joined by "and" as one; not those that name an actor or where something comes from."""
    found: list[Place] = []
    for hit in within(reading.cues["scope"], start, end):
        if any(other.start <= hit.start < other.end for group in (reading.attackers, reading.sources) for other in group):
            continue
        if any(0 <= hit.start - other.end <= 4 for other in within(reading.attackers, max(start, hit.start - 60), hit.start)):
            continue
        origin = _ORIGIN.search(reading.folded, max(start, hit.start - 18), hit.start)
        if origin and not (hit.value == "all-syria" and origin[0] == _INSIDE):
            continue
        last = found[-1] if found else None
        if (
            last is not None
            and hit.start - last.end <= 14
            and _JOINS.fullmatch(reading.folded, last.end, hit.start)
            and last.scope != hit.value
        ):
            found[-1] = Place(together(last.scope, hit.value), last.start, hit.end)
        else:
            found.append(Place(hit.value, hit.start, hit.end))
    return found


def together(*scopes: str) -> str:
    """The scope of several countries."""
    names = [name for scope in scopes for name in _NAMES.get(scope, scope.removeprefix("other:").split("-"))]
    unique = list(dict.fromkeys(names))
    if set(unique) == {"iraq", "syria"}:
        return "iraq-and-syria"
    return "other:" + "-".join(unique)


_NAMES = {"iraq-and-syria": ["iraq", "syria"], "all-syria": ["syria"]}


def places(reading: Reading, start: int, end: int) -> list[Place]:
    """The bases in Syria and the countries of a stretch. Beside a count of attacks a town's name alone is its base."""
    bases = [Place(str(t.slug), t.start, t.end) for t in reading.targets_in(start, end) if t.slug not in (None, OUTSIDE)]
    weak = [Place(str(t.slug), t.start, t.end) for t in _weak(reading, start, end)]
    bases += [place for place in weak if not any(_is_surroundings(reading, place, base) for base in bases)]
    countries = [area for area in areas(reading, start, end) if not any(b.start < area.end and area.start < b.end for b in bases)]
    return sorted([*bases, *countries], key=lambda place: place.start)


def _weak(reading: Reading, start: int, end: int) -> Iterator[Target]:
    names = within(reading.hits["names"], start, end)
    return (target for target in named(reading.folded, names, reading.published) if target.weak and target.slug != OUTSIDE)


def _is_surroundings(reading: Reading, place: Place, base: Place) -> bool:
    """Whether a town only says where the base beside it lies, or is that base itself."""
    if place.start < base.end and base.start < place.end:
        return True
    gap = reading.folded[min(place.end, base.end) : max(place.start, base.start)]
    return len(gap) <= 30 and not _CELL.search(gap)


def pairs(reading: Reading, sentence: Sentence, start: int, end: int, window: Window | None = None) -> list[Pair]:
    """The numbers of a stretch that stand beside their base or country, as they stand: nothing is added up or repaired."""
    times = dates(reading, start, end)
    numbers = [
        hit
        for hit in within(reading.figures, start, end)
        if hit.value.kind in _NUMBERS
        and not (window and window.covers(hit.start, hit.end))
        and not any(time.start < hit.end and hit.start < time.end for time in times)
    ]
    known = places(reading, start, end) if numbers else []
    if not known:
        return []
    found: list[Pair] = []
    for at, figure in enumerate(numbers):
        if figure.value.kind in _LOOSE and (_is_of_things(reading, figure, start) or _is_of_people(reading, figure, start)):
            continue
        if figure.value.kind == "same" and found:
            figure = figure._replace(value=replace(figure.value, number=found[-1].figure.value.number))
        whole = next((hit for hit in numbers[at + 1 : at + 2] if _OUT_OF.fullmatch(reading.folded, figure.end, hit.start)), None)
        whole = whole or next(
            (hit for hit in within(reading.figures, figure.end, figure.end + 3) if hit.value.noun == "of"), None
        )
        left = numbers[at - 1].end if at else start
        right = next((hit.start for hit in numbers[at + 1 :] if hit is not whole), end)
        free = [place for place in known if not any(pair.place is place for pair in found)]
        ahead = [place for place in free if figure.end <= place.start < right]
        back = [place for place in free if left <= place.start and place.end <= figure.start and place.single]
        if whole is not None and not back and ahead:
            beside = _beside_whole(reading, whole, ahead[0], window)
            found += [Pair(figure, ahead[0])] if beside else []
            continue
        if any(_OUT_OF.fullmatch(reading.folded, other.end, figure.start) for other in numbers[max(0, at - 1) : at]):
            continue
        found += [Pair(figure, place) for place in _chosen(reading, sentence, figure, back, ahead)]
    return found


def _beside_whole(reading: Reading, whole: Hit[Figure], place: Place, window: Window | None) -> bool:
    """Whether a place stands behind "23 of the 124 attacks (since …) hit": nothing but the beginning may stand between."""
    gap = reading.folded[whole.end : place.start]
    since = sum(last - first for first, last in window.stretches if whole.end <= first < place.start) if window else 0
    return len(gap) - since <= _AHEAD and not re.search(r"[,;:]", gap)


def _is_of_things(reading: Reading, figure: Hit[Figure], start: int) -> bool:
    """Whether a number without a noun goes on with one of something else ("28 sites, three of them in al-Omar")."""
    before = [
        hit for hit in within(reading.figures, start, figure.start) if hit.value.kind in ("thing", "count", "reached", "ordinal")
    ]
    return (
        bool(before)
        and before[-1].value.kind == "thing"
        and ":" not in reading.folded[before[-1].end : figure.start]
        and not any(time.start < before[-1].end and before[-1].start < time.end for time in dates(reading, start, figure.start))
    )


def _is_of_people(reading: Reading, figure: Hit[Figure], start: int) -> bool:
    """Whether a number without a noun is of the dead or the wounded ("killing 7 in …"), or is "the latest one"."""
    before = reading.folded[max(start, figure.start - 30) : figure.start]
    if _LATEST_ONE.search(before):
        return True
    opened = figure.start - len(re.split(r"[,;:]", before)[-1])
    return reading.has("hurt_yes", opened, figure.start)


def _chosen(reading: Reading, sentence: Sentence, figure: Hit[Figure], back: list[Place], ahead: list[Place]) -> Sequence[Place]:
    each = reading.cues["each_of"]
    if ahead and any(cue.start < ahead[0].start for cue in within(each, figure.start, ahead[0].start)):
        return ahead
    behind = within(each, figure.end, figure.end + 6)
    if back and behind:
        return back
    folded = reading.folded
    first = next((place for place in ahead[:1] if _is_ahead(reading, figure, place)), None)
    last = next((place for place in back[-1:] if _is_back(reading, sentence, figure, place)), None)
    if first is None or last is None:
        chosen = first or last
        return (chosen,) if chosen else ()
    if folded[figure.start : figure.start + 3].lstrip(fold("وف "))[:1] == "ب":
        return (last,)
    if figure.value.kind == "bare":
        return (first,)
    labelled = _LABEL.search(folded, max(0, figure.start - 3), figure.start)
    linked = figure.value.kind != "number" and folded[figure.end : first.start].strip(" ") != ""
    return (last,) if labelled or not linked else (first,)


def _is_ahead(reading: Reading, figure: Hit[Figure], place: Place) -> bool:
    gap = reading.folded[figure.end : place.start]
    loose = figure.value.kind in _LOOSE and place.scope in COUNTRIES
    if len(gap) > _AHEAD or _is_parted(reading, figure.end, place.start, loose):
        return False
    stop = _STOPS_AHEAD.search(gap)
    return stop is None or (len(gap) <= 4 and bool(_LABELLED_FIRST.fullmatch(gap)))


def _is_back(reading: Reading, sentence: Sentence, figure: Hit[Figure], place: Place) -> bool:
    """Whether a place before a number owns it ("al-Tanf: 7", "Conoco with 24", "كونيكو بـ24")."""
    words = reading.folded[figure.start : figure.end]
    joined = words.startswith(("و", "ف")) and not words.startswith(fold("واحد"))
    gap = reading.folded[place.end : figure.start]
    if joined or len(gap) > _BACK:
        return False
    if sentence.role != "body":
        return True
    return _STOPS_BACK.search(gap) is None and not _is_parted(reading, place.end, figure.start, False)


def _is_parted(reading: Reading, start: int, end: int, loose: bool) -> bool:
    """Whether a time or a total stands between a number and a place, or the bases in general where the number has a noun."""
    if within(reading.figures, start, end) or any(hit.value.names_day for hit in dates(reading, start, end)):
        return True
    return not loose and bool(within(reading.cues["bases_plural"], start, end))


def is_entry(reading: Reading, sentence: Sentence) -> bool:
    """Whether a line is an entry of a list of parts: a number and its base, and nothing that happened."""
    if sentence.end - sentence.start > 110 or within(reading.munitions, sentence.start, sentence.end):
        return False
    return not any(hit.value.names_day for hit in dates(reading, sentence.start, sentence.end))


def parts(reading: Reading, found: Sequence[Pair], most: int) -> Iterator[TallyPart]:
    """The pairs as parts of a total of at most so many, each place once."""
    seen: set[str] = set()
    for pair in found:
        number = pair.figure.value.number
        if pair.place.scope in seen or number > most or not pair.place.single:
            continue
        seen.add(pair.place.scope)
        first, last = min(pair.figure.start, pair.place.start), max(pair.figure.end, pair.place.end)
        if last - first > 2 * _AHEAD:
            first, last = pair.place.start, pair.place.end
        yield TallyPart(pair.place.scope, number, reading.text.span(first, last))
