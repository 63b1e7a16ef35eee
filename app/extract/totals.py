"""Reads published totals: counts of attacks over a time, their parts by base or country, and ordinals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.extract import breakdowns, ordinals, windows
from app.extract.breakdowns import Pair, Place
from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.places import OUTSIDE
from app.extract.reading import Reading
from app.extract.text import Sentence, fold, sentence_at
from app.extract.values import Tally, TallyPart
from app.extract.windows import Window

_MAINS = ("count", "zero", "reached", "few")
_LOOSE = ("bare", "number")
_LATEST = re.compile(fold(r"(?<!\w)(?:آخرها|آخره|أحدثها|وآخرها|the latest|most recently|the last)(?!\w)"))
_IN = re.compile(fold(r" (?:of them )?(?:in|for|during|في|خلال) ?(?:شهر )?"))
_DOD = ("us-dod", "centcom", "cjtf-oir", "dod-ig")
_GAP = 2
"""So many sentences may stand between a total and the list of its parts."""
_RELIABLE = 10
"""A count without a time is a running total only from here on; smaller ones may be of one night."""


@dataclass
class _Draft:
    tally: Tally
    parts: list[TallyPart] = field(default_factory=list)

    def add(self, more: list[TallyPart]) -> None:
        known = {part.scope for part in self.parts}
        self.parts += [part for part in more if part.scope not in known]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a sentence that holds one total, with what tells its time."""

    start: int
    end: int
    since: Window | None


def read(reading: Reading) -> tuple[tuple[Tally, ...], frozenset[int]]:
    """The tallies of a text, and the indexes of the sentences that tell cumulative ones."""
    drafts: list[_Draft] = []
    used: set[int] = set()
    current: _Draft | None = None
    last = -9
    for index, sentence in enumerate(reading.sentences):
        figures = within(reading.figures, sentence.start, sentence.end)
        if not figures:
            continue
        near = current if index - last <= _GAP else None
        if sentence.role == "heading":
            if near is not None and _list(reading, sentence, near):
                last = index
                used.add(index)
            continue
        new = [] if index in reading.links else _totals(reading, sentence, figures, near, drafts)
        if new:
            drafts += new
            current, last = new[-1], index
            if not _tells_attack(reading, index):
                used.add(index)
        elif near is not None and _list(reading, sentence, near):
            last = index
            used.add(index)
        for tally in ordinals.read(reading, sentence, _beginning(drafts)):
            draft = _Draft(tally)
            drafts.append(draft)
            if tally.start and not new and reading.has("divided", sentence.start, sentence.end):
                _list(reading, sentence, draft)
            if tally.start and not new:
                current, last = draft, index
    return tuple(replace(draft.tally, parts=tuple(draft.parts)) for draft in _once(drafts)), frozenset(used)


_TOTAL_WORDS = ("count", "reached", "sum", "bare", "since_same")


def _tells_attack(reading: Reading, index: int) -> bool:
    """Whether a sentence of a total tells an attack in a clause before it ("Rockets hit X, which brings the number to …")."""
    for part in reading.telling(index):
        figures = within(reading.figures, part.start, part.end)
        if any(hit.value.kind in _TOTAL_WORDS for hit in figures) or reading.has("since", part.start, part.end):
            return False
        told = any(reading.has(name, part.start, part.end) for name in ("attack_verb", "fall_verb", "attack_noun"))
        if told and reading.named_in(part.start, part.end) and not reading.has("bases_plural", part.start, part.end):
            return True
    return False


def _beginning(drafts: list[_Draft]) -> str | None:
    """The first day of the last total that tells one."""
    return next((draft.tally.start for draft in reversed(drafts) if draft.tally.start and draft.tally.kind == "cumulative"), None)


def _once(drafts: list[_Draft]) -> Iterator[_Draft]:
    """Without totals that only repeat another: the same number of the same scope, and no other beginning."""
    for at, draft in enumerate(drafts):
        tally = draft.tally
        told = [
            other
            for other in drafts[:at]
            if (other.tally.scope, other.tally.count, other.tally.kind) == (tally.scope, tally.count, tally.kind)
            and (tally.start is None or tally.start == other.tally.start)
        ]
        if told:
            told[0].add(draft.parts)
        else:
            yield draft


def _list(reading: Reading, sentence: Sentence, current: _Draft) -> bool:
    """Take a sentence that goes on with the list of a total: an entry, or prose that shares the total out."""
    if sentence.role != "body":
        found = (
            breakdowns.pairs(reading, sentence, sentence.start, sentence.end) if breakdowns.is_entry(reading, sentence) else []
        )
        window = None
    else:
        window = windows.since(reading, sentence.start, sentence.end, None)
        found = breakdowns.pairs(reading, sentence, sentence.start, sentence.end, window)
        divided = reading.has("divided", sentence.start, sentence.end)
        attack = bool(reading.munitions_in(sentence)) or any(
            hit.value.names_day and not (window and window.covers(hit.start, hit.end))
            for hit in windows.dates(reading, sentence.start, sentence.end)
        )
        if not divided and (attack or all(pair.figure.value.kind in _LOOSE for pair in found[:1])):
            found = [] if attack or len(found) < 2 else found
    parts = list(breakdowns.parts(reading, found, current.tally.count))
    current.add(parts)
    if parts and window is not None and window.start and current.tally.start is None:
        current.tally = replace(current.tally, start=window.start, kind="cumulative")
    if parts and current.tally.scope in breakdowns.COUNTRIES and {"all-syria", "other:iraq"} <= {part.scope for part in parts}:
        current.tally = replace(current.tally, scope="iraq-and-syria")
    return bool(parts)


def _totals(
    reading: Reading, sentence: Sentence, figures: list[Hit[Figure]], near: _Draft | None, drafts: list[_Draft]
) -> list[_Draft]:
    """The totals of a sentence, each with its parts."""
    kinds = {hit.value.kind for hit in figures}
    if not kinds.intersection(_MAINS) or sentence.end - sentence.start < 12:
        return []
    found: list[_Draft] = []
    for stretch in _stretches(reading, sentence, figures, _beginning(drafts)):
        before = found[-1] if found else near
        found += _of_stretch(reading, sentence, stretch, before, drafts)
    return found


def _stretches(reading: Reading, sentence: Sentence, figures: list[Hit[Figure]], earlier: str | None) -> Iterator[_Stretch]:
    """A sentence cut where another total begins: after "while", a semicolon, or with a clause that has a word for a total."""
    mains = [hit.start for hit in figures if hit.value.kind in ("count", "zero", "reached")]
    cuts: list[int] = []
    if len(mains) > 1:
        possible = [hit.start for hit in within(reading.cues["turn"], sentence.start, sentence.end)]
        clauses = reading.clauses[sentence_at(reading.sentences, sentence.start)]
        sums = [hit.start for hit in figures if hit.value.kind == "sum"]
        possible += [part.start for part in clauses if reading.folded[part.start - 1] == ";"]
        possible += [part.start for part in clauses if any(part.start <= at < part.end for at in sums)]
        for cut in sorted(possible):
            begun = cuts[-1] if cuts else sentence.start
            if any(begun <= main < cut for main in mains) and any(main >= cut for main in mains):
                cuts.append(cut)
    for start, end in pairwise([sentence.start, *cuts, sentence.end]):
        yield _Stretch(start, end, windows.since(reading, start, end, earlier))


def _of_stretch(
    reading: Reading, sentence: Sentence, stretch: _Stretch, before: _Draft | None, drafts: list[_Draft]
) -> list[_Draft]:
    figures = within(reading.figures, stretch.start, stretch.end)
    sums = [hit for hit in figures if hit.value.kind == "sum"]
    mains = [
        hit
        for hit in figures
        if hit.value.kind in _MAINS
        and not (stretch.since and stretch.since.covers(hit.start, hit.end))
        and (hit.value.kind != "reached" or hit.value.noun == "sum" or sums)
        and (
            hit.value.kind == "count"
            or not any(
                time.start < hit.end and hit.start < time.end for time in windows.dates(reading, stretch.start, stretch.end)
            )
        )
    ]
    if not mains or not _is_about_bases(reading, sentence, stretch, before, mains[0], bool(sums) or mains[0].value.noun == "sum"):
        return []
    found = breakdowns.pairs(reading, sentence, stretch.start, stretch.end, stretch.since)
    if stretch.since is None:
        by_period = list(_by_period(reading, sentence, stretch, found, before))
        if by_period:
            return by_period
    mains = [hit for hit in mains if hit.value.kind != "zero" and not _is_of_others(reading, stretch, hit)]
    paired = {id(pair.figure): pair.place for pair in found if pair.place.single}
    open_ = [hit for hit in mains if id(hit) not in paired and hit.value.kind != "few"]
    divided = reading.has("divided", stretch.start, stretch.end)
    if not open_ and before is not None and (divided or stretch.since is None):
        return []
    window = stretch.since or windows.span(reading, stretch.start, stretch.end)
    main = next(iter(open_ or mains), None)
    if main is None or not _is_timed(reading, stretch, main, window, sums):
        return []
    if main.value.number < 2 and stretch.since is None:
        return []
    draft = _draft(reading, sentence, stretch, main, window, found, before, sums)
    siblings: list[_Draft] = []
    if id(main) in paired:
        rest = [
            hit for hit in mains if hit is not main and hit.value.kind == "count" and id(hit) in paired and hit.start > main.end
        ]
        if not divided:
            siblings = [
                _draft(reading, sentence, stretch, hit, window, found, before, sums)
                for hit in rest
                if hit.value.number <= main.value.number or paired[id(hit)].scope in breakdowns.COUNTRIES
            ]
    own = {id(main)} | {id(hit) for hit in mains if siblings}
    if not paired.get(id(main)) or paired[id(main)].scope in breakdowns.COUNTRIES:
        rest_pairs = [pair for pair in found if id(pair.figure) not in own and _is_part(pair, main, draft)]
        draft.add(list(breakdowns.parts(reading, rest_pairs, main.value.number)))
    scopes = {part.scope for part in draft.parts}
    if {"all-syria", "other:iraq"} <= scopes and draft.tally.scope in ("all-syria", "other:iraq"):
        draft.tally = replace(draft.tally, scope="iraq-and-syria")
    return [draft, *siblings]


def _is_part(pair: Pair, main: Hit[Figure], draft: _Draft) -> bool:
    """Whether a pair shares a total out: it is no larger, and not the total's own scope."""
    number = pair.figure.value.number
    if pair.place.scope == draft.tally.scope:
        return pair.place.scope == "all-syria" and number < main.value.number and pair.figure.start > main.end
    return number <= main.value.number


def _is_timed(reading: Reading, stretch: _Stretch, main: Hit[Figure], window: Window | None, sums: list[Hit[Figure]]) -> bool:
    """Whether a count runs over a stated time, or is said to be a running total."""
    if window is not None:
        return window.kind == "cumulative" or main.value.kind in ("count", "few", "reached")
    if main.value.kind == "few":
        return False
    here = [hit for hit in within(reading.figures, stretch.start, stretch.end) if hit.value.kind == "so_far"]
    if sums or here:
        return main.value.number > 1
    counted = reading.has("counting", stretch.start, stretch.end)
    return counted and main.value.number >= _RELIABLE and reading.has("bases_plural", stretch.start, stretch.end)


def _by_period(
    reading: Reading, sentence: Sentence, stretch: _Stretch, found: list[Pair], before: _Draft | None
) -> Iterator[_Draft]:
    """Counts by month, half-year or year: each number has the period nearest to it, and the parts up to the next one."""
    named = windows.periods(reading, stretch.start, stretch.end, None)
    if not named:
        return
    paired = {id(pair.figure) for pair in found if pair.place.single}
    if all(
        id(hit) in paired for hit in within(reading.figures, stretch.start, stretch.end) if hit.value.kind in ("count", "zero")
    ):
        paired = {
            one for one in paired if not any(id(pair.figure) == one and pair.figure.value.kind == "count" for pair in found)
        }
    spoken = [hit.value.year for hit in named if hit.value.year]
    year = spoken[0] if spoken else int(before.tally.start[:4]) if before and before.tally.start else None
    mains: list[tuple[Hit[Figure], Window]] = []
    for hit in within(reading.figures, stretch.start, stretch.end):
        if hit.value.kind not in (*_MAINS, *_LOOSE) or id(hit) in paired:
            continue
        near = min(named, key=lambda other: _distance(reading, hit, other))
        reach = 100 if hit.value.kind in ("count", "zero", "reached") else 8
        window = windows.period(reading, near, year) if _distance(reading, hit, near) <= reach else None
        if window is None or window.covers(hit.start, hit.end) or _is_of_others(reading, stretch, hit):
            continue
        if hit.value.kind in ("reached", "few") or (hit.value.kind in _LOOSE and not mains):
            continue
        mains.append((hit, window))
    for at, (hit, window) in enumerate(mains):
        end = mains[at + 1][0].start if at + 1 < len(mains) else stretch.end
        draft = _draft(reading, sentence, stretch, hit, window, found, before, [])
        inside = [pair for pair in found if hit.end <= pair.figure.start < end and pair.figure is not hit]
        if draft.tally.scope in (*breakdowns.COUNTRIES, "iraq-and-syria"):
            draft.add(list(breakdowns.parts(reading, inside, hit.value.number)))
        yield draft


def _distance(reading: Reading, hit: Hit[Figure], time: Hit[Figure]) -> int:
    """How far a time stands from a number; one that follows right behind "in" is nearest, one behind a comma far."""
    if time.start >= hit.end:
        gap = reading.folded[hit.end : time.start]
        return 0 if _IN.fullmatch(gap) else len(gap) + 30 * gap.count(",")
    gap = reading.folded[time.end : hit.start]
    return len(gap) + 30 * gap.count(",")


def _draft(
    reading: Reading,
    sentence: Sentence,
    stretch: _Stretch,
    main: Hit[Figure],
    window: Window | None,
    found: list[Pair],
    before: _Draft | None,
    sums: list[Hit[Figure]],
) -> _Draft:
    bounds = [hit.value.bound for hit in (main, *sums) if hit.value.bound != "=" and hit.start <= main.start]
    counter = _counter(reading, sentence, stretch)
    return _Draft(
        Tally(
            scope=_scope(reading, sentence, stretch, main, window, found, before, counter),
            count=main.value.number,
            bound=bounds[0] if bounds else "=",
            kind=window.kind if window else "cumulative",
            start=window.start if window else _inherited(before, sums),
            end=_end(reading, sentence, window),
            counter=counter,
            span=reading.text.span(sentence.start, sentence.end),
            rule=main.rule,
        )
    )


def _inherited(before: _Draft | None, sums: list[Hit[Figure]]) -> str | None:
    """A running total that has risen began when it did before."""
    return before.tally.start if before is not None and sums and before.tally.kind == "cumulative" else None


def _end(reading: Reading, sentence: Sentence, window: Window | None) -> str | None:
    """The last day: that which is told, else a day told beside the total, else that of the report, up to which it runs."""
    if window is not None and (window.end is not None or window.kind == "period"):
        return window.end
    told = list(windows.as_of(reading, sentence.start, sentence.end, window))
    if told:
        return told[-1]
    return reading.published.isoformat() if reading.published else None


def _is_about_bases(
    reading: Reading, sentence: Sentence, stretch: _Stretch, before: _Draft | None, main: Hit[Figure], summed: bool
) -> bool:
    """Whether what is counted are attacks on the bases or the forces on them."""
    start, end = sentence.start, sentence.end
    if main.value.kind == "reached" and _is_of_people(reading, stretch, main):
        return False
    if reading.has("bases_plural", start, end) or any(target.slug != OUTSIDE for target in reading.targets_in(start, end)):
        return True
    if before is not None:
        return True
    spoken = bool(within(reading.cues["bases_plural"], 0, start)) or any(
        target.start < start and target.slug != OUTSIDE for target in reading.targets
    )
    return spoken and (summed or stretch.since is not None or reading.has("counting", start, end))


def _is_of_people(reading: Reading, stretch: _Stretch, main: Hit[Figure]) -> bool:
    """Whether a total is one of the wounded or the dead, who are told between its word and its number."""
    sums = [hit for hit in within(reading.figures, stretch.start, main.start) if hit.value.kind == "sum"]
    return bool(sums) and reading.has("hurt_yes", sums[-1].end, main.start)


def _is_of_others(reading: Reading, stretch: _Stretch, main: Hit[Figure]) -> bool:
    """Whether the attacks counted are those of somebody else, or on somebody else."""
    others = [
        hit
        for hit in within(reading.figures, stretch.start, stretch.end)
        if hit.value.kind == "others" and not (stretch.since and stretch.since.covers(hit.start, hit.end))
    ]
    if not others:
        return False
    attacked = [hit.start for hit in within(reading.cues["bases_plural"], stretch.start, stretch.end)]
    attacked += [target.start for target in reading.targets_in(stretch.start, stretch.end) if target.slug != OUTSIDE]
    doing = [hit for hit in others if hit.rule == "total.struck_by_us"]
    if any(0 <= main.start - hit.end <= 40 for hit in doing):
        return True
    plain = [hit for hit in others if hit.rule != "total.struck_by_us"]
    if not plain:
        return False
    if not attacked:
        return not any(
            place.start <= plain[0].start < place.end for place in breakdowns.areas(reading, stretch.start, stretch.end)
        )
    if any(0 <= hit.start - main.end <= 30 and not any(main.end <= at < hit.start for at in attacked) for hit in plain):
        return True
    return any(
        hit.end <= main.start <= hit.end + 40
        and "," not in reading.folded[hit.end : main.start]
        and not any(at < main.start for at in attacked)
        for hit in plain
    )


def _scope(
    reading: Reading,
    sentence: Sentence,
    stretch: _Stretch,
    main: Hit[Figure],
    window: Window | None,
    found: list[Pair],
    before: _Draft | None,
    counter: str | None,
) -> str:
    """The base or the countries that a total is of."""
    own = [pair.place for pair in found if pair.figure is main]
    if own and own[0].scope not in ("all-syria", "other:iraq", "iraq-and-syria"):
        return own[0].scope
    countries = _countries(reading, stretch, main, window, found)
    if own:
        countries.insert(0, own[0])
    plural = within(reading.cues["bases_plural"], stretch.start, stretch.end)
    latest = _LATEST.search(reading.folded, stretch.start, stretch.end)
    bases = [
        target
        for target in reading.targets_in(stretch.start, latest.start() if latest else stretch.end)
        if target.slug != OUTSIDE and not any(pair.place.start == target.start for pair in found if pair.figure is not main)
    ]
    if bases and not plural:
        slugs = {target.slug for target in bases if target.slug}
        if len(slugs) == 1 and not (countries and own):
            return str(slugs.pop())
        if not slugs and bases[0].again and not countries:
            return ordinals._spoken(reading, main)
    if countries:
        return countries[0].scope
    if before is not None and not plural:
        return before.tally.scope
    shared = {pair.place.scope for pair in found}
    forces = any(hit.value == "forces" for hit in plural)
    if "other:iraq" in shared or counter in _DOD or forces:
        return "iraq-and-syria"
    return "all-syria"


def _countries(reading: Reading, stretch: _Stretch, main: Hit[Figure], window: Window | None, found: list[Pair]) -> list[Place]:
    """The countries of a stretch that are not parts: those behind the number first, then those before it."""
    known = [
        place
        for place in breakdowns.areas(reading, stretch.start, stretch.end)
        if not (window and window.covers(place.start, place.end))
        and not any(pair.place.start == place.start for pair in found if pair.figure is not main and pair.place.single)
    ]
    ahead = [place for place in known if place.start >= main.end]
    back = [place for place in known if place.start < main.start]
    return [*ahead, *reversed(back)]


def _counter(reading: Reading, sentence: Sentence, stretch: _Stretch) -> str | None:
    """Who counted: whom the words around the total name, else the sentence, else the last source named before it in the text."""
    here = within(reading.sources, stretch.start, stretch.end) or within(reading.sources, sentence.start, sentence.end)
    earlier = within(reading.sources, max(0, sentence.start - 600), sentence.start)
    return here[0].value if here else earlier[-1].value if earlier else None
