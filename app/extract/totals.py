"""Reads published totals: counts of attacks over a time, with their parts by base or country."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from app.extract import breakdowns, ordinals, windows
from app.extract.breakdowns import COUNTRIES, Pair, Place
from app.extract.engine import Hit, within
from app.extract.figures import MOST, Figure
from app.extract.places import OUTSIDE, Target
from app.extract.reading import Reading
from app.extract.text import Sentence, fold, sentence_at
from app.extract.values import Tally, TallyPart
from app.extract.windows import Window

_MAINS = ("count", "zero", "reached", "few")
_WHOLE = (*_MAINS, "sum")
_LOOSE = ("bare", "number")
_TOTAL_WORDS = ("count", "reached", "sum", "bare", "since_same")
_LATEST = re.compile(fold(r"(?<!\w)(?:آخرها|آخره|أحدثها|وآخرها|the latest|most recently|the last)(?!\w)"))
_UNTIL = re.compile(fold(r" (?:حتى|لغاية|until|as of|by) "))
_THAT_IS = re.compile(fold(r"(?<!\w)(?:أي|أي ما مجموعه|ما مجموعه|بمجموع|in all|or|that is|a total of|totalling|totaling) $"))
_IN = re.compile(fold(r" (?:of them )?(?:in|for|during|في|خلال) ?(?:شهر )?"))
_LESS = re.compile(
    fold(
        r"(?:(?<!\w)(?:fewer than|less than|up to|no more than|at most|almost no|أقل من|لا يتجاوز|لا تتجاوز|لا يزيد عن|لا تزيد عن"
        r"|\w+ (?:or|أو)|(?:between|from|بين|ما بين|من) \d+ ?(?:and|to|و|إلى|-)) ?)$"
    )
)
"""Before a number that is only a limit, or the end of a range."""
_OFFICIALS = ("us-dod", "centcom", "cjtf-oir", "dod-ig")
"""Counters who count Iraq and Syria together."""
_GAP = 2
"""So many sentences may stand between a total and the list of its parts."""
_MANY = 5
"""So many attacks of one day are counted; one or two are told."""
_SHORT = 60
"""A sentence of no more characters that holds a number and a base is an entry of a list."""
_RELIABLE = 10
"""A count without a time is a running total only from here on; smaller ones may be of one night."""


@dataclass
class _Draft:
    tally: Tally
    parts: list[TallyPart] = field(default_factory=list)
    as_of: str | None = None
    """The day told beside it, or that of the report."""
    open: bool = False
    """Whether it is the head of a list whose total is not told, or told behind it."""

    def add(self, more: Iterable[TallyPart]) -> None:
        """Take parts; a place that has one keeps it. A total that countries share is of them all."""
        known = {part.scope for part in self.parts}
        self.parts += [part for part in more if part.scope not in known]
        shared = [part.scope for part in self.parts if part.scope in COUNTRIES]
        if self.tally.scope in COUNTRIES and len(shared) > 1:
            self.tally = replace(self.tally, scope=breakdowns.together(*shared))


@dataclass(frozen=True)
class _Stretch:
    """A sentence, or the part of one that holds one total; `before` is the total that it may go on with."""

    reading: Reading
    sentence: Sentence
    start: int
    end: int
    since: Window | None
    before: _Draft | None

    @cached_property
    def figures(self) -> list[Hit[Figure]]:
        return within(self.reading.figures, self.start, self.end)

    @cached_property
    def sums(self) -> list[Hit[Figure]]:
        """Words for a total."""
        return [hit for hit in self.figures if hit.value.kind == "sum" or hit.value.noun == "sum"]

    @cached_property
    def pairs(self) -> list[Pair]:
        """Numbers beside the places whose part they are."""
        return breakdowns.pairs(self.reading, self.sentence, self.start, self.end, self.since)

    @cached_property
    def paired(self) -> dict[int, Place]:
        """The one base or country of a number, by where the number stands."""
        return {pair.figure.start: pair.place for pair in self.pairs if pair.place.single}

    @cached_property
    def bases_in_general(self) -> list[Hit[str]]:
        return within(self.reading.cues["bases_plural"], self.start, self.end)

    def has(self, name: str) -> bool:
        return self.reading.has(name, self.start, self.end)

    def targets(self, start: int, end: int) -> list[Target]:
        return [target for target in self.reading.targets_in(start, end) if target.slug != OUTSIDE]


def read(reading: Reading) -> tuple[tuple[Tally, ...], frozenset[int]]:
    """The tallies of a text, and the indexes of the sentences that tell totals and no attack."""
    drafts: list[_Draft] = []
    used: set[int] = set()
    current: _Draft | None = None
    earlier: Window | None = None
    last = -9
    for index, sentence in enumerate(reading.sentences):
        figures = within(reading.figures, sentence.start, sentence.end)
        if not figures:
            continue
        near = current if index - last <= _GAP else None
        readable = index not in reading.links and (sentence.role != "heading" or _is_sum_line(reading, sentence, near))
        new = _totals(reading, sentence, figures, near, earlier) if readable else []
        if new:
            if near is not None and near.open and not new[0].parts:
                new[0].add(near.parts)
                near.parts.clear()
            current, last = new[-1], index
            used |= set() if _tells_attack(reading, index) else {index}
        elif near is not None and (near.open or near.tally.kind != "breakdown") and _goes_on(reading, sentence, near):
            last = index
            used.add(index)
        elif (opened := _opened(reading, sentence)) is not None:
            drafts.append(opened)
            current, last = opened, index
        drafts += new
        earlier = _time_of(new) or earlier
        for tally in ordinals.read(reading, sentence, earlier) if sentence.role != "heading" else ():
            draft = _Draft(tally)
            drafts.append(draft)
            earlier = _time_of([draft]) or earlier
            if tally.start and not new:
                current, last = draft, index
                shared = reading.has("divided", sentence.start, sentence.end) and _goes_on(reading, sentence, draft)
                used |= {index} if shared and not _tells_attack(reading, index) else set()
    return tuple(replace(draft.tally, parts=tuple(draft.parts)) for draft in _once(drafts)), frozenset(used)


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


def _time_of(drafts: Sequence[_Draft]) -> Window | None:
    """The time of the last total that tells one, which "since then" and "in the same period" mean."""
    for draft in reversed(drafts):
        tally = draft.tally
        if tally.kind == "period" or tally.start:
            return Window("period" if tally.kind == "period" else "cumulative", tally.start, tally.end)
    return None


def _is_sum_line(reading: Reading, sentence: Sentence, near: _Draft | None) -> bool:
    """Whether a short line behind a list gives its total ("Total: 135")."""
    kinds = {hit.value.kind for hit in within(reading.figures, sentence.start, sentence.end)}
    return near is not None and "sum" in kinds and bool(kinds.intersection(_LOOSE)) and sentence.end - sentence.start <= _SHORT


def _opened(reading: Reading, sentence: Sentence) -> _Draft | None:
    """The head of a list of parts that does not tell their sum ("Attacks on the bases since October 19:")."""
    if reading.folded[sentence.end - 1] != ":" or not reading.has("total_noun", sentence.start, sentence.end):
        return None
    window = windows.since(reading, sentence.start, sentence.end, None)
    if window is None or window.start is None:
        return None
    published = reading.published.isoformat() if reading.published else None
    span = reading.text.span(sentence.start, sentence.end)
    tally = Tally("all-syria", MOST, kind="breakdown", start=window.start, end=window.end or published, span=span)
    return _Draft(tally, open=True)


def _shared_out(draft: _Draft) -> Iterator[_Draft]:
    """The parts of a list without a total, each by itself."""
    for part in draft.parts:
        tally = replace(draft.tally, scope=part.scope, count=part.count, span=part.span, rule="total.part")
        yield _Draft(tally)


def _once(drafts: list[_Draft]) -> list[_Draft]:
    """Without totals that only repeat another: the same number of the same scope, and no other beginning."""
    kept: list[_Draft] = []
    known: dict[tuple[object, ...], _Draft] = {}
    for draft in (one for each in drafts for one in (_shared_out(each) if each.open else (each,))):
        tally = draft.tally
        same = (tally.scope, tally.count, tally.kind)
        told = known.get((*same, tally.start)) or (known.get(same) if tally.start is None else None)
        if told is not None:
            told.add(draft.parts)
            continue
        known[(*same, tally.start)] = draft
        known.setdefault(same, draft)
        kept.append(draft)
    return kept


# ── the list behind a total ───────────────────────────────────────────────────────────────────────────────────────────


def _goes_on(reading: Reading, sentence: Sentence, current: _Draft) -> bool:
    """Take a sentence that goes on with the list of a total: an entry, or prose that shares the total out."""
    window = None
    if sentence.role != "body":
        found = (
            breakdowns.pairs(reading, sentence, sentence.start, sentence.end) if breakdowns.is_entry(reading, sentence) else []
        )
    else:
        window = windows.since(reading, sentence.start, sentence.end, None)
        found = breakdowns.pairs(reading, sentence, sentence.start, sentence.end, window)
        if not _shares_out(reading, sentence, found, window):
            return False
    parts = list(breakdowns.parts(reading, found, current.tally.count))
    current.add(parts)
    if parts and window is not None and window.start and current.tally.start is None:
        current.tally = replace(current.tally, start=window.start, end=current.as_of, kind="cumulative")
    return bool(parts)


def _shares_out(reading: Reading, sentence: Sentence, found: list[Pair], window: Window | None) -> bool:
    """Whether prose is a list of parts: it says so, or it has nothing but numbers of attacks and their bases."""
    if reading.has("divided", sentence.start, sentence.end):
        return True
    if breakdowns.is_entry(reading, sentence) and sentence.end - sentence.start <= _SHORT and found:
        return True
    dated = any(
        hit.value.names_day and not (window and window.covers(hit.start, hit.end))
        for hit in windows.dates(reading, sentence.start, sentence.end)
    )
    if dated or reading.munitions_in(sentence):
        return False
    return len(found) > 1 or any(pair.figure.value.kind not in _LOOSE for pair in found)


# ── the totals of a sentence ──────────────────────────────────────────────────────────────────────────────────────────


def _totals(
    reading: Reading, sentence: Sentence, figures: list[Hit[Figure]], near: _Draft | None, earlier: Window | None
) -> list[_Draft]:
    """The totals of a sentence, each with its parts."""
    kinds = {hit.value.kind for hit in figures}
    loose = not kinds.isdisjoint(_LOOSE) and reading.has("total_noun", sentence.start, sentence.end)
    if kinds.isdisjoint(_WHOLE) and not loose:
        return []
    found: list[_Draft] = []
    for start, end in _cut(reading, sentence, figures):
        since = windows.since(reading, start, end, earlier)
        found += _of_stretch(_Stretch(reading, sentence, start, end, since, found[-1] if found else near))
        earlier = _time_of(found) or since or earlier
    return found


def _cut(reading: Reading, sentence: Sentence, figures: list[Hit[Figure]]) -> Iterator[tuple[int, int]]:
    """A sentence cut where another total begins: after "while", a semicolon, or with a clause that has a word for a total."""
    mains = [hit.start for hit in figures if hit.value.kind in ("count", "zero", "reached")]
    cuts: list[int] = []
    if len(mains) > 1:
        clauses = reading.clauses[sentence_at(reading.sentences, sentence.start)]
        sums = [hit.start for hit in figures if hit.value.kind == "sum"]
        listed = [hit.start for hit in within(reading.cues["divided"], sentence.start, sentence.end)]
        possible = [hit.start for hit in within(reading.cues["turn"], sentence.start, sentence.end) if hit.start not in listed]
        possible += [part.start for part in clauses if reading.folded[part.start - 1] == ";"]
        possible += [part.start for part in clauses if any(part.start <= at < part.end for at in sums)]
        for cut in sorted(possible):
            begun = cuts[-1] if cuts else sentence.start
            if any(begun <= main < cut for main in mains) and any(main >= cut for main in mains):
                cuts.append(cut)
    return pairwise([sentence.start, *cuts, sentence.end])


def _of_stretch(stretch: _Stretch) -> list[_Draft]:
    """The total of a stretch with its parts; several where it counts by month, or by base without a total."""
    mains = _mains(stretch)
    if not mains:
        return list(_months_alone(stretch)) or list(_parts_alone(stretch))
    if not _is_about_bases(stretch, mains[0]):
        return []
    if stretch.since is None or stretch.since.start is None:
        by_period = list(_by_period(stretch))
        if by_period:
            return by_period
    mains = [hit for hit in mains if hit.value.kind != "zero" and not _is_of_others(stretch, hit)]
    whole = [hit for hit in mains if hit.start not in stretch.paired and hit.value.kind != "few"]
    if not whole and stretch.before is not None and (stretch.has("divided") or stretch.since is None):
        if stretch.start > stretch.sentence.start:
            stretch.before.add(breakdowns.parts(stretch.reading, stretch.pairs, stretch.before.tally.count))
        return []
    main = next(iter(_risen(stretch, whole) or mains), None)
    window = stretch.since or windows.span(stretch.reading, stretch.start, stretch.end)
    if window is None and main is not None and main.value.number >= _MANY and stretch.bases_in_general:
        window = windows.day(stretch.reading, main.start, stretch.end)
    if main is None or not _is_timed(stretch, main, window) or (window and not window.start and _is_fired(stretch, main)):
        return []
    draft = _draft(stretch, main, window)
    rest = [pair for pair in stretch.pairs if pair.figure is not main and pair.place.scope != draft.tally.scope]
    if _stands_alone(stretch, main, draft, rest):
        siblings = [pair.figure for pair in rest if pair.figure.start > main.end and pair.place.single]
        return [draft, *(_draft(stretch, hit, window) for hit in siblings)]
    if draft.tally.scope == "all-syria" and main.start not in stretch.paired:
        rest += [pair for pair in stretch.pairs if pair.place.scope == "all-syria" and pair.figure.start > main.end]
    # One attack alone is an example, and no part ("…, including one on …").
    if len(rest) != 1 or rest[0].figure.value.number > 1:
        draft.add(breakdowns.parts(stretch.reading, rest, main.value.number))
    return [draft]


def _months_alone(stretch: _Stretch) -> Iterator[_Draft]:
    """Counts of several months without "attacks" behind them ("Attacks on bases fell from 39 in January to 15 in February")."""
    if stretch.has("total_noun") and stretch.bases_in_general and stretch.since is None:
        named = windows.periods(stretch.reading, stretch.start, stretch.end, None)
        loose = [hit for hit in stretch.figures if hit.value.kind in (*_LOOSE, "reached")]
        beside = [hit for hit in loose if any(_distance(stretch.reading, hit, time) == 0 for time in named)]
        if len(beside) > 1:
            yield from _by_period(stretch)


def _parts_alone(stretch: _Stretch) -> Iterator[_Draft]:
    """The parts of a total that a sentence shares out without its number ("Attacks since …: al-Omar 33, Conoco 31")."""
    if stretch.since is None or stretch.since.start is None or not stretch.has("total_noun"):
        return
    if stretch.before is not None or stretch.reading.munitions_in(stretch.sentence):
        return
    named = [pair for pair in stretch.pairs if pair.place.single]
    if len(named) < 2:
        return
    for pair in named:
        draft = _draft(stretch, pair.figure, stretch.since)
        yield replace(draft, tally=replace(draft.tally, scope=pair.place.scope, kind="breakdown"))


def _mains(stretch: _Stretch) -> list[Hit[Figure]]:
    """The numbers that may be totals: those that count attacks, and those that a total has come to."""
    times = windows.dates(stretch.reading, stretch.start, stretch.end)
    return [
        hit
        for hit in stretch.figures
        if hit.value.kind in _MAINS
        and not (stretch.since and stretch.since.covers(hit.start, hit.end))
        and not _LESS.search(stretch.reading.folded, max(stretch.start, hit.start - 24), hit.start)
        and (hit.value.kind != "reached" or stretch.sums or (hit.value.noun == "of" and _is_shared(stretch, hit)))
        and not any(time.start < hit.end and hit.start < time.end for time in times)
    ] or _behind_colon(stretch)


def _behind_colon(stretch: _Stretch) -> list[Hit[Figure]]:
    """The bare number of a total that is told as a label ("Attacks on bases since Oct. 17: 165")."""
    folded = stretch.reading.folded
    loose = [hit for hit in stretch.figures if hit.value.kind in _LOOSE]
    so_far = [hit.start for hit in stretch.figures if hit.value.kind == "so_far"]
    whole = [hit for hit in loose if hit.end + 1 in so_far]
    labelled = [hit for hit in loose if folded[max(0, hit.start - 2) : hit.start].strip() in (":", "=", "|")]
    dated = [hit for hit in loose if stretch.sums and hit.start > stretch.sums[0].end and _UNTIL.match(folded, hit.end)]
    told = stretch.sums or (stretch.has("total_noun") and stretch.since and not stretch.pairs)
    return whole[:1] or (labelled[:1] if told else []) or dated[:1]


def _is_shared(stretch: _Stretch, total: Hit[Figure]) -> bool:
    """Whether a count stands before "out of 135", so that these are attacks too."""
    words = stretch.reading.folded[total.start : total.end]
    attack = stretch.reading.has("attack_noun", stretch.start, total.start)
    return any(hit.value.kind == "count" and hit.start < total.start for hit in stretch.figures) or (
        attack and words.startswith(("one of", "among"))
    )


def _risen(stretch: _Stretch, mains: list[Hit[Figure]]) -> list[Hit[Figure]]:
    """Of numbers behind a word for a total the one nearest to its time ("Two attacks brought … to five and since … to 39")."""
    summed = [hit for hit in mains[1:] if _THAT_IS.search(stretch.reading.folded, max(0, hit.start - 14), hit.start)]
    if summed:
        return summed
    reached = [hit for hit in mains if hit.value.kind == "reached" and hit.value.noun != "of"]
    if len(mains) < 2 or not reached or not any(hit.start < reached[0].start for hit in stretch.sums):
        return mains
    told = stretch.since.stretches if stretch.since else ()
    return sorted(reached, key=lambda hit: min((abs(hit.start - end) for _, end in told), default=0))


def _is_fired(stretch: _Stretch, main: Hit[Figure]) -> bool:
    """Whether a number is of what one attack fired (10 ضربات بقذائف)."""
    fired = within(stretch.reading.munitions, max(stretch.start, main.start - 30), min(stretch.end, main.end + 40))
    return any(hit.start <= main.start < hit.end for hit in fired)


def _stands_alone(stretch: _Stretch, main: Hit[Figure], draft: _Draft, rest: list[Pair]) -> bool:
    """Whether the total of one base or country has others beside it, and no parts ("32 attacks in Syria and 38 in Iraq")."""
    scope = draft.tally.scope
    if scope == "iraq-and-syria" or (scope.startswith("other:") and scope not in COUNTRIES):
        return False
    if scope in COUNTRIES:
        shared = stretch.has("divided") or main.start not in stretch.paired
        return not shared and all(pair.place.scope in COUNTRIES for pair in rest)
    return True


def _is_timed(stretch: _Stretch, main: Hit[Figure], window: Window | None) -> bool:
    """Whether a count runs over a stated time, or is said to be a running total."""
    number = main.value.number
    if number < 2 and stretch.since is None:
        return False
    if window is not None:
        return True
    if main.value.kind == "few":
        return False
    if stretch.sums or any(hit.value.kind == "so_far" for hit in stretch.figures):
        return True
    shared = len(stretch.paired) > 1 and (stretch.has("divided") or _adds_up(stretch, main))
    if number >= _RELIABLE and shared and not stretch.reading.munitions_in(stretch.sentence):
        return True
    counted = stretch.has("counting") or main.value.noun == "time"
    return number >= _RELIABLE and counted and bool(stretch.bases_in_general)


def _adds_up(stretch: _Stretch, main: Hit[Figure]) -> bool:
    """Whether the numbers of the countries behind a count make it up ("61 attacks, 32 in Syria and 29 in Iraq")."""
    parts = [pair for pair in stretch.pairs if pair.place.scope in COUNTRIES and pair.figure.start > main.start]
    return len(parts) > 1 and sum(pair.figure.value.number for pair in parts) == main.value.number


# ── totals by month, half-year or year ────────────────────────────────────────────────────────────────────────────────


def _by_period(stretch: _Stretch) -> Iterator[_Draft]:
    """Counts by month, half-year or year: each number has the period nearest to it, and the parts up to the next one."""
    named = windows.periods(stretch.reading, stretch.start, stretch.end, stretch.since)
    mains = list(_in_periods(stretch, named)) if named else []
    for at, (hit, window) in enumerate(mains):
        end = mains[at + 1][0].start if at + 1 < len(mains) else stretch.end
        draft = _draft(stretch, hit, window)
        inside = [pair for pair in stretch.pairs if hit.end <= pair.figure.start < end]
        if draft.tally.scope in (*COUNTRIES, "iraq-and-syria"):
            draft.add(breakdowns.parts(stretch.reading, inside, hit.value.number))
        yield draft


def _in_periods(stretch: _Stretch, named: list[Hit[Figure]]) -> Iterator[tuple[Hit[Figure], Window]]:
    counts = [hit for hit in stretch.figures if hit.value.kind in ("count", "zero")]
    if all(hit.start in stretch.paired for hit in counts):
        parts = {at for at in stretch.paired if not any(hit.start == at for hit in counts)}
    else:
        parts = set(stretch.paired)
    started = stretch.before.tally.start if stretch.before else None
    told = next((hit.value.year for hit in named if hit.value.year), int(started[:4]) if started else None)
    begun = not counts
    for hit in stretch.figures:
        loose = hit.value.kind in (*_LOOSE, "few") or (hit.value.kind == "reached" and not stretch.sums)
        if not (hit.value.kind in ("count", "zero", "reached") or (loose and begun)) or _is_of_others(stretch, hit):
            continue
        near = min(named, key=lambda other: _distance(stretch.reading, hit, other))
        distance = _distance(stretch.reading, hit, near)
        lone = not counts and len(named) == 1 and hit.start in stretch.paired
        if (hit.start in parts and distance and not lone) or distance > (
            8 if loose and not lone else 40 if stretch.since else 100
        ):
            continue
        window = windows.period(stretch.reading, near, told)
        if window is not None and not window.covers(hit.start, hit.end):
            begun = True
            yield hit, window


def _distance(reading: Reading, hit: Hit[Figure], time: Hit[Figure]) -> int:
    """How far a time stands from a number; one that follows right behind "in" is nearest, one behind a comma far."""
    ahead = time.start >= hit.end
    gap = reading.folded[hit.end : time.start] if ahead else reading.folded[time.end : hit.start]
    return 0 if ahead and _IN.fullmatch(gap) else len(gap) + 30 * gap.count(",")


# ── what is counted, where, by whom ───────────────────────────────────────────────────────────────────────────────────


def _draft(stretch: _Stretch, main: Hit[Figure], window: Window | None) -> _Draft:
    reading, sentence, before = stretch.reading, stretch.sentence, stretch.before
    bounds = [hit.value.bound for hit in (main, *stretch.sums) if hit.value.bound != "=" and hit.start <= main.start]
    risen = before is not None and bool(stretch.sums) and before.tally.kind in ("cumulative", "breakdown")
    counter, as_of = _counter(stretch), _as_of(stretch, window)
    return _Draft(
        Tally(
            scope=_scope(stretch, main, window, counter),
            count=main.value.number,
            bound=bounds[0] if bounds else "=",
            kind=window.kind if window else "cumulative",
            start=window.start if window else before.tally.start if before and risen else None,
            end=window.end if window and (window.end or window.kind == "period") else as_of,
            counter=counter,
            span=reading.text.span(sentence.start, sentence.end),
            rule=main.rule,
        ),
        as_of=as_of,
    )


def _as_of(stretch: _Stretch, window: Window | None) -> str | None:
    """The day up to which a total runs where its last day is not told: one told beside it, else that of the report."""
    told = list(windows.as_of(stretch.reading, stretch.start, stretch.end, window))
    if told:
        return told[-1]
    return stretch.reading.published.isoformat() if stretch.reading.published else None


def _is_about_bases(stretch: _Stretch, main: Hit[Figure]) -> bool:
    """Whether what is counted are attacks on the bases or the forces on them: the sentence says so, or the text around it."""
    reading, sentence = stretch.reading, stretch.sentence
    attacks = stretch.before is not None or any(
        reading.has(name, sentence.start, sentence.end) for name in ("total_noun", "attack_noun", "attack_plural")
    )
    if main.value.kind in ("reached", *_LOOSE) and (not attacks or _is_of_people(stretch, main)):
        return False
    if stretch.before is not None or reading.has("bases_plural", sentence.start, sentence.end):
        return True
    if stretch.targets(sentence.start, sentence.end):
        return True
    if any(place.scope == "iraq-and-syria" for place in breakdowns.areas(reading, sentence.start, sentence.end)):
        return True
    spoken = bool(reading.cues["bases_plural"]) or bool(reading.named_bases) or bool(reading.hits["places"])
    timed = bool(stretch.sums) or any(hit.value.kind in ("span", "month", "half") for hit in stretch.figures)
    return spoken and (timed or stretch.since is not None or stretch.has("counting"))


def _is_of_people(stretch: _Stretch, main: Hit[Figure]) -> bool:
    """Whether a total is one of the wounded or the dead, who are told between its word and its number."""
    sums = [hit for hit in stretch.sums if hit.start < main.start]
    return bool(sums) and stretch.reading.has("hurt_yes", sums[-1].end, main.start)


def _is_of_others(stretch: _Stretch, main: Hit[Figure]) -> bool:
    """Whether the attacks counted are those of somebody else, or on somebody else."""
    since = stretch.since
    others = [hit for hit in stretch.figures if hit.value.kind == "others" and not (since and since.covers(hit.start, hit.end))]
    if not others:
        return False
    if any(hit.rule == "total.struck_by_us" and 0 <= main.start - hit.end <= 40 for hit in others):
        return True
    plain = [hit for hit in others if hit.rule != "total.struck_by_us"]
    attacked = [hit.start for hit in stretch.bases_in_general]
    attacked += [target.start for target in stretch.targets(stretch.start, stretch.end)]
    areas = breakdowns.areas(stretch.reading, main.end, stretch.end)
    for hit in plain:
        first = any(at < min(hit.start, main.start) for at in attacked)
        if hit.start < main.start and not first:
            between = stretch.reading.folded[hit.end : main.start]
            if not attacked or (len(between) <= 40 and "," not in between):
                return True
        elif hit.start > main.end and not any(place.start <= hit.start < place.end for place in areas):
            close = hit.start - main.end <= 30
            if not attacked or (close and not any(main.end <= at < hit.start for at in attacked)):
                return True
    return False


def _scope(stretch: _Stretch, main: Hit[Figure], window: Window | None, counter: str | None) -> str:
    """The base or the countries that a total is of."""
    own = next((pair.place for pair in stretch.pairs if pair.figure is main), None)
    if own is not None and own.scope not in (*COUNTRIES, "iraq-and-syria"):
        return own.scope
    if _adds_up(stretch, main):
        return breakdowns.together(*(pair.place.scope for pair in stretch.pairs if pair.place.scope in COUNTRIES))
    countries = _countries(stretch, main, window)
    if own is not None and (own.start > main.start or not any(place.start > main.end for place in countries)):
        return own.scope
    base = None if stretch.bases_in_general else _base(stretch, main, bool(countries))
    if base is not None:
        return base
    if countries:
        return countries[0].scope
    if stretch.before is not None and stretch.before.tally.kind != "breakdown" and not stretch.bases_in_general:
        return stretch.before.tally.scope
    places = {pair.place.scope for pair in stretch.pairs}
    shared = [pair.place.scope for pair in stretch.pairs if pair.place.scope in COUNTRIES]
    if len(set(shared)) > 1:
        return breakdowns.together(*shared)
    spoken = None if places or stretch.bases_in_general else _spoken_countries(stretch)
    if spoken is not None:
        return spoken
    if shared == ["other:iraq"] or counter in _OFFICIALS:
        return "iraq-and-syria"
    forces = any(hit.value == "forces" for hit in stretch.bases_in_general)
    return "iraq-and-syria" if forces and all(scope in COUNTRIES for scope in places) else "all-syria"


def _base(stretch: _Stretch, main: Hit[Figure], countries: bool) -> str | None:
    """The one base that a total without "bases" is of: that which is named, or which "the base" means."""
    parts = {pair.place.start for pair in stretch.pairs if pair.figure is not main}
    latest = _LATEST.search(stretch.reading.folded, stretch.start, stretch.end)
    end = main.start if parts else latest.start() if latest else stretch.end
    found = [target for target in stretch.targets(stretch.start, end) if target.start not in parts]
    slugs = [target.slug for target in found if target.slug]
    if slugs and len({stretch.reading.reader.names.site(slug) for slug in slugs}) == 1:
        return slugs[-1]
    if found and not slugs and found[0].again and not countries:
        return ordinals.spoken_base(stretch.reading, main.start)
    return None


def _countries(stretch: _Stretch, main: Hit[Figure], window: Window | None) -> list[Place]:
    """The countries of a stretch that are not parts: those behind the number first, then those before it."""
    parts = {pair.place.start for pair in stretch.pairs if pair.figure is not main and pair.place.single}
    known = [
        place
        for place in breakdowns.areas(stretch.reading, stretch.start, stretch.end)
        if place.start not in parts and not (window and window.covers(place.start, place.end))
    ]
    ahead = [place for place in known if place.start >= main.end]
    back = [place for place in known if place.start < main.start]
    return [*ahead, *reversed(back)]


def _spoken_countries(stretch: _Stretch) -> str | None:
    """The countries of the bases of which the sentence before or behind speaks, where that names more than one."""
    reading = stretch.reading
    index = sentence_at(reading.sentences, stretch.sentence.start)
    for step in (-1, 1):
        beside = reading.body_near(index, step)
        if beside is None or not reading.has("bases_plural", beside.start, beside.end):
            continue
        several = [area.scope for area in breakdowns.areas(reading, beside.start, beside.end) if not area.single]
        if several:
            return several[0]
    return None


def _counter(stretch: _Stretch) -> str | None:
    """Who counted: whom the words around the total name, else the sentence, else the last source named before it in the text."""
    sources, sentence = stretch.reading.sources, stretch.sentence
    here = within(sources, stretch.start, stretch.end) or within(sources, sentence.start, sentence.end)
    earlier = within(sources, max(0, sentence.start - 600), sentence.start)
    return here[0].value if here else earlier[-1].value if earlier else None
