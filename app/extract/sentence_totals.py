"""The totals of one sentence: which of its numbers are totals, over what time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from app.extract import breakdowns, windows
from app.extract.breakdowns import COUNTRIES, Pair
from app.extract.counting import adds_up, draft_of, is_about_bases, is_of_others
from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.folding import fold
from app.extract.reading import Reading
from app.extract.stretches import LOOSE, Stretch, TallyDraft, time_of
from app.extract.text import Sentence, sentence_at
from app.extract.windows import Window

_MAINS = ("count", "zero", "reached", "few")
_WHOLE = (*_MAINS, "sum")
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
_MANY = 5
"""So many attacks of one day are counted; one or two are told."""
_RELIABLE = 10
"""A count without a time is a running total only from here on; smaller ones may be of one night."""


def totals_of(
    reading: Reading, sentence: Sentence, figures: list[Hit[Figure]], near: TallyDraft | None, earlier: Window | None
) -> list[TallyDraft]:
    """The totals of a sentence, each with its parts."""
    kinds = {hit.value.kind for hit in figures}
    loose = not kinds.isdisjoint(LOOSE) and reading.has("total_noun", sentence.start, sentence.end)
    if kinds.isdisjoint(_WHOLE) and not loose:
        return []
    found: list[TallyDraft] = []
    for start, end in _cut(reading, sentence, figures):
        since = windows.since(reading, start, end, earlier)
        found += _of_stretch(Stretch(reading, sentence, start, end, since, found[-1] if found else near))
        earlier = time_of(found) or since or earlier
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


def _of_stretch(stretch: Stretch) -> list[TallyDraft]:
    """The total of a stretch with its parts; several where it counts by month, or by base without a total."""
    mains = _mains(stretch)
    if not mains:
        return list(_months_alone(stretch)) or list(_parts_alone(stretch))
    if not is_about_bases(stretch, mains[0]):
        return []
    if stretch.since is None or stretch.since.start is None:
        by_period = list(_by_period(stretch))
        if by_period:
            return by_period
    mains = [hit for hit in mains if hit.value.kind != "zero" and not is_of_others(stretch, hit)]
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
    draft = draft_of(stretch, main, window)
    rest = [pair for pair in stretch.pairs if pair.figure is not main and pair.place.scope != draft.tally.scope]
    if _stands_alone(stretch, main, draft, rest):
        siblings = [pair.figure for pair in rest if pair.figure.start > main.end and pair.place.single]
        return [draft, *(draft_of(stretch, hit, window) for hit in siblings)]
    if draft.tally.scope == "all-syria" and main.start not in stretch.paired:
        rest += [pair for pair in stretch.pairs if pair.place.scope == "all-syria" and pair.figure.start > main.end]
    # One attack alone is an example, and no part ("…, including one on …").
    if len(rest) != 1 or rest[0].figure.value.number > 1:
        draft.add(breakdowns.parts(stretch.reading, rest, main.value.number))
    return [draft]


def _months_alone(stretch: Stretch) -> Iterator[TallyDraft]:
    """Counts of several months without "attacks" behind them ("Attacks on bases fell from 39 in January to 15 in February")."""
    if stretch.has("total_noun") and stretch.bases_in_general and stretch.since is None:
        named = windows.periods(stretch.reading, stretch.start, stretch.end, None)
        loose = [hit for hit in stretch.figures if hit.value.kind in (*LOOSE, "reached")]
        beside = [hit for hit in loose if any(_distance(stretch.reading, hit, time) == 0 for time in named)]
        if len(beside) > 1:
            yield from _by_period(stretch)


def _parts_alone(stretch: Stretch) -> Iterator[TallyDraft]:
    """The parts of a total that a sentence shares out without its number ("Attacks since …: al-Omar 33, Conoco 31")."""
    if stretch.since is None or stretch.since.start is None or not stretch.has("total_noun"):
        return
    if stretch.before is not None or stretch.reading.munitions_in(stretch.sentence):
        return
    named = [pair for pair in stretch.pairs if pair.place.single]
    if len(named) < 2:
        return
    for pair in named:
        draft = draft_of(stretch, pair.figure, stretch.since)
        yield replace(draft, tally=replace(draft.tally, scope=pair.place.scope, kind="breakdown"))


def _mains(stretch: Stretch) -> list[Hit[Figure]]:
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


def _behind_colon(stretch: Stretch) -> list[Hit[Figure]]:
    """The bare number of a total that is told as a label ("Attacks on bases since Oct. 17: 165")."""
    folded = stretch.reading.folded
    loose = [hit for hit in stretch.figures if hit.value.kind in LOOSE]
    so_far = [hit.start for hit in stretch.figures if hit.value.kind == "so_far"]
    whole = [hit for hit in loose if hit.end + 1 in so_far]
    labelled = [hit for hit in loose if folded[max(0, hit.start - 2) : hit.start].strip() in (":", "=", "|")]
    dated = [hit for hit in loose if stretch.sums and hit.start > stretch.sums[0].end and _UNTIL.match(folded, hit.end)]
    told = stretch.sums or (stretch.has("total_noun") and stretch.since and not stretch.pairs)
    return whole[:1] or (labelled[:1] if told else []) or dated[:1]


def _is_shared(stretch: Stretch, total: Hit[Figure]) -> bool:
    """Whether a count stands before "out of 135", so that these are attacks too."""
    words = stretch.reading.folded[total.start : total.end]
    attack = stretch.reading.has("attack_noun", stretch.start, total.start)
    return any(hit.value.kind == "count" and hit.start < total.start for hit in stretch.figures) or (
        attack and words.startswith(("one of", "among"))
    )


def _risen(stretch: Stretch, mains: list[Hit[Figure]]) -> list[Hit[Figure]]:
    """Of numbers behind a word for a total the one nearest to its time ("Two attacks brought … to five and since … to 39")."""
    summed = [hit for hit in mains[1:] if _THAT_IS.search(stretch.reading.folded, max(0, hit.start - 14), hit.start)]
    if summed:
        return summed
    reached = [hit for hit in mains if hit.value.kind == "reached" and hit.value.noun != "of"]
    if len(mains) < 2 or not reached or not any(hit.start < reached[0].start for hit in stretch.sums):
        return mains
    told = stretch.since.stretches if stretch.since else ()
    return sorted(reached, key=lambda hit: min((abs(hit.start - end) for _, end in told), default=0))


def _is_fired(stretch: Stretch, main: Hit[Figure]) -> bool:
    """Whether a number is of what one attack fired (10 ضربات بقذائف)."""
    fired = within(stretch.reading.munitions, max(stretch.start, main.start - 30), min(stretch.end, main.end + 40))
    return any(hit.start <= main.start < hit.end for hit in fired)


def _stands_alone(stretch: Stretch, main: Hit[Figure], draft: TallyDraft, rest: list[Pair]) -> bool:
    """Whether the total of one base or country has others beside it, and no parts ("32 attacks in Syria and 38 in Iraq")."""
    scope = draft.tally.scope
    if scope == "iraq-and-syria" or (scope.startswith("other:") and scope not in COUNTRIES):
        return False
    if scope in COUNTRIES:
        shared = stretch.has("divided") or main.start not in stretch.paired
        return not shared and all(pair.place.scope in COUNTRIES for pair in rest)
    return True


def _is_timed(stretch: Stretch, main: Hit[Figure], window: Window | None) -> bool:
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
    shared = len(stretch.paired) > 1 and (stretch.has("divided") or adds_up(stretch, main))
    if number >= _RELIABLE and shared and not stretch.reading.munitions_in(stretch.sentence):
        return True
    counted = stretch.has("counting") or main.value.noun == "time"
    return number >= _RELIABLE and counted and bool(stretch.bases_in_general)


# ── totals by month, half-year or year ────────────────────────────────────────────────────────────────────────────────


def _by_period(stretch: Stretch) -> Iterator[TallyDraft]:
    """Counts by month, half-year or year: each number has the period nearest to it, and the parts up to the next one."""
    named = windows.periods(stretch.reading, stretch.start, stretch.end, stretch.since)
    mains = list(_in_periods(stretch, named)) if named else []
    for at, (hit, window) in enumerate(mains):
        end = mains[at + 1][0].start if at + 1 < len(mains) else stretch.end
        draft = draft_of(stretch, hit, window)
        inside = [pair for pair in stretch.pairs if hit.end <= pair.figure.start < end]
        if draft.tally.scope in (*COUNTRIES, "iraq-and-syria"):
            draft.add(breakdowns.parts(stretch.reading, inside, hit.value.number))
        yield draft


def _in_periods(stretch: Stretch, named: list[Hit[Figure]]) -> Iterator[tuple[Hit[Figure], Window]]:
    counts = [hit for hit in stretch.figures if hit.value.kind in ("count", "zero")]
    if all(hit.start in stretch.paired for hit in counts):
        parts = {at for at in stretch.paired if not any(hit.start == at for hit in counts)}
    else:
        parts = set(stretch.paired)
    started = stretch.before.tally.start if stretch.before else None
    told = next((hit.value.year for hit in named if hit.value.year), int(started[:4]) if started else None)
    begun = not counts
    for hit in stretch.figures:
        loose = hit.value.kind in (*LOOSE, "few") or (hit.value.kind == "reached" and not stretch.sums)
        if not (hit.value.kind in ("count", "zero", "reached") or (loose and begun)) or is_of_others(stretch, hit):
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
