"""Two attacks that one sentence tells of one base: the first and the second, one on each day, one and then another."""

from dataclasses import replace
from itertools import pairwise

from app.extract.clauses import Clause
from app.extract.dates import When
from app.extract.engine import Hit, within
from app.extract.folding import fold
from app.extract.frame import Frame
from app.extract.places import Target
from app.extract.reading import Reading
from app.extract.text import Sentence, sentence_at
from app.extract.triggers import targets_of


def same_told_twice(
    reading: Reading, parts: list[Clause], triggers: list[Hit[str] | None], targets: list[tuple[Target, ...]]
) -> None:
    """ "In a second attack on the same base, drones struck it …": what a noun announces its next clause tells."""
    for at in range(1, len(parts)):
        noun, verb = triggers[at - 1], triggers[at]
        if (
            noun is None
            or verb is None
            or noun.rule != "cue.attack_noun"
            or not reading.folded.startswith(_IN, parts[at - 1].start)
        ):
            continue
        told = [*within(reading.munitions, parts[at - 1].start, parts[at - 1].end)]
        here = targets[at]
        if not told and len(here) == 1 and here[0].again and here[0].start == verb.start:
            triggers[at - 1] = None


_IN = ("في ", "وفي ", "ففي ", "in a ", "in another ", "in the ")


def one_by_one(reading: Reading, last: Frame, others: list[Frame]) -> list[Frame]:
    """ "Two attacks, the first at dawn and the second in the evening": one frame for each, or none where nothing parts them."""
    times = [(hit.start, hit.end) for hit in within(reading.times, last.start, last.end)]
    two = within(reading.cues["two_attacks"], last.start, last.end)
    cuts = []
    for name in ("the_first", "the_second"):
        hits = within(reading.cues[name], two[0].end, last.end) if two else []
        cuts.append(next((hit.start for hit in hits if not any(a <= hit.start < b for a, b in times)), None))
    first, second = cuts
    if first is None or second is None or second <= first:
        return []
    fired = [(hit.start, hit.end) for hit in within(reading.munitions, last.start, last.end)]
    if not any(_parts(second, first, told) for told in (times, fired)):
        return []
    parts = tuple(Clause(part.start, min(part.end, second)) for part in last.parts if part.start < second)
    again = replace(last, parts=(Clause(second, last.end),), first=False, second=True)
    return [*others, replace(last, parts=parts, second=False), again]


def _parts(second: int, first: int, told: list[tuple[int, int]]) -> bool:
    """Whether times, or weapons, are told of the first and of the second."""
    return any(second <= start for start, _ in told) and any(first <= start < second for start, _ in told)


_AND = frozenset(
    ("", fold("و"), fold("ثم"), fold("ومجددا"), fold("ومرة أخرى"), fold("ويوم"), "and", "and again", "and again on", "and on")
)
_BETWEEN = ("between ", fold("بين "), "from ", fold("من "))


def day_by_day(reading: Reading, frame: Frame) -> list[Frame]:
    """ "Rockets hit X on Sunday and again on Monday": an attack on each day; a night between two days is one."""
    if len({target.slug for target in frame.targets}) > 1:
        return [frame]
    for part in frame.parts:
        days = [hit for hit in within(reading.times, part.start, part.end) if hit.value.names_day]
        for one, other in pairwise(days):
            if _are_two(reading, one, other):
                return [replace(frame, parts=_without(frame.parts, other)), replace(frame, parts=_without(frame.parts, one))]
    return [frame]


def _are_two(reading: Reading, one: Hit[When], other: Hit[When]) -> bool:
    """Whether two days beside each other are two ("on Sunday and Monday"), and no night or span between them."""
    gap = reading.folded[one.end : other.start].strip(" ,")
    joined = gap in _AND and (bool(gap) or reading.folded[other.start] == "و")
    night = one.value.part == "night" and other.value.part is None
    spans = any(hit.value.night_to is not None or (hit.value.month is not None and hit.value.day is None) for hit in (one, other))
    return joined and not (night or spans or reading.folded.endswith(_BETWEEN, 0, one.start)) and one.value != other.value


def _without(parts: tuple[Clause, ...], hit: Hit[When]) -> tuple[Clause, ...]:
    """Clauses without the words of a time."""
    cut = [(Clause(p.start, hit.start), Clause(hit.end, p.end)) if p.start <= hit.start < p.end else (p,) for p in parts]
    return tuple(piece for pieces in cut for piece in pieces if piece.start < piece.end)


def counts_over_time(reading: Reading, hit: Hit[str], sentence: Sentence) -> bool:
    """Whether "the second" counts the attacks of a week or a month, and tells none of its own."""
    if reading.has("span_words", hit.end, hit.end + 15):
        return True
    ordinal = any(
        figure.value.kind == "ordinal" and figure.start < hit.end and hit.start < figure.end
        for figure in within(reading.figures, sentence.start, sentence.end)
    )
    return ordinal and any(reading.has(name, sentence.start, sentence.end) for name in ("span_words", "since"))


def once_more(reading: Reading, parts: list[Clause], triggers: list[Hit[str] | None], frames: list[Frame]) -> list[Frame]:
    """ "Rockets hit X on Friday, and then again a few hours later": a clause of its own tells one more of the same."""
    for at, part in enumerate(parts):
        last = frames[-1]
        again = _told_again(reading, part, triggers[at]) or _another_day(reading, part, triggers[at], last)
        if again is None or part.start <= last.trigger.end or part not in last.parts or targets_of(reading, part):
            continue
        here = last.parts.index(part)
        more = replace(last, trigger=again, parts=last.parts[here:], first=False, after=False, second=True)
        return [*frames[:-1], replace(last, parts=last.parts[:here], second=False), more]
    return frames


def _another_day(reading: Reading, part: Clause, trigger: Hit[str] | None, last: Frame) -> Hit[str] | None:
    """The word of attack of a clause that tells of a weapon and of another day than the clauses before it."""
    days = [hit.value for hit in within(reading.times, part.start, part.end) if hit.value.names_day]
    told = [hit.value for hit in within(reading.times, last.start, part.start) if hit.value.names_day]
    if trigger is None or not (days and told) or days[0] in told or not within(reading.munitions, part.start, part.end):
        return None
    said = any(reading.has(name, part.start, trigger.start) for name in ("claim_verb", "announcement"))
    return None if said else trigger


def _told_again(reading: Reading, part: Clause, trigger: Hit[str] | None) -> Hit[str] | None:
    """The word by which a clause without a base tells one more attack: "again" with a time, or "a second attack"."""
    times = within(reading.times, part.start, part.end)
    fired = within(reading.munitions, part.start, part.end)
    opened = reading.folded[part.start : part.end].lstrip().startswith(("و", "and ", "then "))
    timed = times and times[0].value.part and times[0].start - part.start <= _OPENING and trigger is None
    if fired and (opened or trigger) and (timed or any(hit.value.shift for hit in times)):
        return trigger or Hit("frame.aimed", fired[0].start, fired[0].end, "aimed")
    if trigger is None:
        again = within(reading.cues["once_more"], part.start, part.end)
        return again[0] if again and any(hit.value.beside or hit.value.shift for hit in times) else None
    sentence = reading.sentences[sentence_at(reading.sentences, part.start)]
    another = within(reading.cues["another"], part.start, part.end)
    return another[0] if another and fired and not counts_over_time(reading, another[0], sentence) else None


_OPENING = 15
"""Letters at most before the time that opens a clause (ومساء بصواريخ, "and in the evening with rockets")."""
