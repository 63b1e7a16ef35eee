"""Decides which sentences tell an attack, and on which base: a trigger word and its targets make a frame."""

from dataclasses import dataclass, replace

from app.extract.clauses import Clause
from app.extract.engine import Hit, within
from app.extract.places import OUTSIDE, Target
from app.extract.reading import Reading
from app.extract.text import Sentence, sentence_at
from app.extract.triggers import has_other_object, object_end, pronoun, targets_of, trigger_of
from app.extract.vagueness import is_vague

Pair = tuple[int, int, tuple[Target, ...]]
"""The clause of a trigger, the first clause that is the frame's own, and the targets."""

_NEAR = 3
"""How many sentences on "the second attack" may still mean another than the one told."""

_REACH = 4
"""A trigger finds its base at most so many clauses away (X، التابعة للتحالف، في منطقة Y، تعرضت …)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An attack as one sentence tells it, in folded characters.

    `trigger` is the word that tells it, `targets` what it fell on, `parts` the clauses whose details are its own. `after` marks
    an attack that another event followed; it takes no day from that. `second` marks an attack told as another than the one
    before it on the same base.
    """

    sentence: int
    trigger: Hit[str]
    targets: tuple[Target, ...]
    parts: tuple[Clause, ...]
    first: bool
    after: bool
    second: bool = False

    @property
    def start(self) -> int:
        """Where its clauses start."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where its clauses end."""
        return self.parts[-1].end


def find(reading: Reading, totals: frozenset[int], headings: bool = False) -> list[Frame]:
    """All frames of a text in order. Sentences of totals tell none; headings only where asked for."""
    found: list[Frame] = []
    for index, sentence in enumerate(reading.sentences):
        if index in totals or (sentence.role == "heading") != headings or index in reading.links:
            continue
        found += _of_sentence(reading, index, found)
    return found


_TELLING = (
    "attack_verb", "attack_noun", "attack_plural", "fall_verb", "down_verb", "drop_verb", "second_event", "munitions",
    "another_thing",
)  # fmt: skip
"""A sentence with no hit of these groups tells no attack, and nothing more is asked of it."""


def _of_sentence(reading: Reading, index: int, before: list[Frame]) -> list[Frame]:
    sentence = reading.sentences[index]
    if not any(reading.has(name, sentence.start, sentence.end) for name in _TELLING):
        return []
    parts = reading.clauses[index]
    why = reading.reasons[index]
    triggers = [None if why[i] else trigger_of(reading, part, object_end(parts, i)) for i, part in enumerate(parts)]
    targets = [targets_of(reading, part) for part in parts]
    triggers = [
        None if hit and has_other_object(reading, hit, here) else hit for hit, here in zip(triggers, targets, strict=True)
    ]
    for at, trigger in enumerate(triggers):
        if trigger is not None and not targets[at] and (itself := pronoun(reading, parts[at], trigger)):
            targets[at] = (itself,)
    _same_told_twice(reading, parts, triggers, targets)
    if not any(triggers):
        return _elliptic(reading, index, before) or _second(reading, index, before)
    pairs = [*_paired(triggers, targets, why)]
    owners = {i: at for at, _, found in pairs for i, here in enumerate(targets) if here is found}
    pairs += _coordinated(reading, parts, triggers, targets, why, owners)
    pairs = sorted(pairs, key=lambda pair: pair[1])
    frames = [frame for position in range(len(pairs)) if (frame := _frame(reading, index, pairs, position, triggers, targets))]
    if not frames:
        return _second(reading, index, before)
    return _one_by_one(reading, frames[-1], frames[:-1]) or _once_more(reading, parts, triggers, frames)


def _same_told_twice(
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


def _one_by_one(reading: Reading, last: Frame, others: list[Frame]) -> list[Frame]:
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
    if not any(second <= start for start, _ in times) or not any(first <= start < second for start, _ in times):
        return []
    parts = tuple(Clause(part.start, min(part.end, second)) for part in last.parts if part.start < second)
    again = replace(last, parts=(Clause(second, last.end),), first=False, second=True)
    return [*others, replace(last, parts=parts, second=False), again]


def _frame(
    reading: Reading,
    index: int,
    pairs: list[Pair],
    position: int,
    triggers: list[Hit[str] | None],
    targets: list[tuple[Target, ...]],
) -> Frame | None:
    """One frame with the clauses up to the next one's; the first has those before it too, unless they tell what came later."""
    parts, why = reading.clauses[index], reading.reasons[index]
    at, begin, everywhere = pairs[position]
    found = tuple(target for target in everywhere if target.slug != OUTSIDE)
    if not found:
        return None
    trigger = triggers[at]
    assert trigger is not None
    followed = _is_followed(reading, parts[at], trigger)
    outside = any(target.slug == OUTSIDE for here in targets[:begin] for target in here)
    first = 0 if position == 0 and not outside and not followed else begin
    last = pairs[position + 1][1] if position + 1 < len(pairs) else len(parts)
    inside = [i for i in range(first, last) if not why[i] and (i == at or not _is_other(reading, parts[i], triggers[i]))]
    own = tuple(parts[i] for i in inside)
    if not own or is_vague(reading, trigger, own):
        return None
    frame = Frame(index, trigger, found, own, position == 0, followed)
    return replace(frame, second=_is_another(reading, frame))


def _is_other(reading: Reading, part: Clause, trigger: Hit[str] | None) -> bool:
    """Whether a clause beside the attack's own tells an event before it ("…, days after rockets fell in the area")."""
    return trigger is not None and _is_followed(reading, part, trigger)


def _is_followed(reading: Reading, part: Clause, trigger: Hit[str]) -> bool:
    """Whether a clause tells what came before another event (hours after a strike on …)."""
    noun = trigger.rule == "cue.attack_noun"
    cues = [hit for hit in within(reading.cues["after_event"], part.start - _CUT_INTO, trigger.start) if hit.end > part.start]
    return any(noun or hit.value != "noun" for hit in cues)


_CUT_INTO = 20
"""A clause may be cut within "came in response to": the words begin at most so many letters before it."""


def _is_another(reading: Reading, frame: Frame) -> bool:
    """Whether an attack is told as one more than that before it; "the second in a week" counts over a time, and is no such."""
    sentence = reading.sentences[frame.sentence]
    start = sentence.start if frame.first else frame.start
    hits = [*within(reading.cues["another"], start, frame.end), *within(reading.cues["another_thing"], start, frame.trigger.end)]
    told = next(part for part in reading.clauses[frame.sentence] if part.start <= frame.trigger.start < part.end)
    if _comes_later(reading, frame, start):
        return True
    if told.has(reading.cues, "once_more") and any(hit.value.beside for hit in within(reading.times, start, told.end)):
        return True
    return any(not _counts_over_time(reading, hit, sentence) for hit in hits)


_LATER = ("بعد", "وبعد", "وما هي", "ولم تمض", "لم تمض", "ولم تكد", "لم تكد", "hours later", "minutes later", "less than", "later")


def _comes_later(reading: Reading, frame: Frame, start: int) -> bool:
    """ "Less than two hours later the same base came under …": another attack on it, unless somebody says so later."""
    if not any(target.again for target in frame.targets):
        return False
    before = [hit for hit in within(reading.times, start, frame.trigger.start) if hit.value.beside]
    later = [hit for hit in before if reading.folded.startswith(_LATER, hit.start) or reading.folded.endswith(" later", hit.end)]
    return bool(later) and not any(
        reading.has(name, later[0].end, frame.trigger.start) for name in ("announcement", "claim_verb")
    )


def _counts_over_time(reading: Reading, hit: Hit[str], sentence: Sentence) -> bool:
    """Whether "the second" counts the attacks of a week or a month, and tells none of its own."""
    if reading.has("span_words", hit.end, hit.end + 15):
        return True
    ordinal = any(
        figure.value.kind == "ordinal" and figure.start < hit.end and hit.start < figure.end
        for figure in within(reading.figures, sentence.start, sentence.end)
    )
    return ordinal and any(reading.has(name, sentence.start, sentence.end) for name in ("span_words", "since"))


def _once_more(reading: Reading, parts: list[Clause], triggers: list[Hit[str] | None], frames: list[Frame]) -> list[Frame]:
    """ "Rockets hit X on Friday, and then again a few hours later": a clause of its own tells one more of the same."""
    for at, part in enumerate(parts):
        last = frames[-1]
        again = _told_again(reading, part, triggers[at])
        if again is None or part.start <= last.trigger.end or part not in last.parts or targets_of(reading, part):
            continue
        here = last.parts.index(part)
        more = replace(last, trigger=again, parts=last.parts[here:], first=False, after=False, second=True)
        return [*frames[:-1], replace(last, parts=last.parts[:here], second=False), more]
    return frames


def _told_again(reading: Reading, part: Clause, trigger: Hit[str] | None) -> Hit[str] | None:
    """The word by which a clause without a base tells one more attack: "again" with a time, or "a second attack"."""
    times = within(reading.times, part.start, part.end)
    fired = within(reading.munitions, part.start, part.end)
    opened = reading.folded[part.start : part.end].lstrip().startswith(("و", "and ", "then "))
    if fired and opened and any(hit.value.shift for hit in times):
        return trigger or Hit("frame.aimed", fired[0].start, fired[0].end, "aimed")
    if trigger is None:
        again = within(reading.cues["once_more"], part.start, part.end)
        return again[0] if again and any(hit.value.beside or hit.value.shift for hit in times) else None
    sentence = reading.sentences[sentence_at(reading.sentences, part.start)]
    another = within(reading.cues["another"], part.start, part.end)
    return another[0] if another and fired and not _counts_over_time(reading, another[0], sentence) else None


def _second(reading: Reading, index: int, before: list[Frame]) -> list[Frame]:
    """ "The second attack was by three rockets": one more on the base, where the text has told of only one.

    "A second attack" is one more on the base of the last.
    """
    sentence = reading.sentences[index]
    the_second = within(reading.cues["second_event"], sentence.start, sentence.end)
    a_second = within(reading.cues["another"], sentence.start, sentence.end)
    cue = [*the_second, *a_second]
    parts = tuple(reading.telling(index))
    if not (cue and parts and before and index - before[-1].sentence <= _NEAR) or (the_second and len(before) > 1):
        return []
    last = before[-1]
    if (the_second and last.second) or len(last.targets) > 1 or reading.named_in(sentence.start, sentence.end):
        return []
    if not reading.munitions_in(sentence) or _counts_over_time(reading, cue[0], sentence):
        return []
    targets = tuple(replace(target, again=True) for target in last.targets)
    return [Frame(index, cue[0], targets, parts, True, False, True)]


def _paired(triggers: list[Hit[str] | None], targets: list[tuple[Target, ...]], why: list[str | None]) -> list[Pair]:
    """(clause of the trigger, its first clause, targets): its own clause's, else the nearest that no other trigger has."""
    pairs: list[Pair] = []
    taken = {i for i, trigger in enumerate(triggers) if trigger and targets[i]}
    for at, trigger in enumerate(triggers):
        if trigger is None:
            continue
        if targets[at]:
            pairs.append((at, at, targets[at]))
            continue
        free = [
            i
            for i in range(max(0, at - _REACH), min(len(targets), at + _REACH + 1))
            if targets[i] and i not in taken and not why[i] and not any(min(i, at) < other < max(i, at) for other in taken)
        ]
        if free:
            near = min(free, key=lambda i: (abs(i - at), i > at))
            taken.add(near)
            pairs.append((at, near, targets[near]))
    return [(at, min(at, near), found) for at, near, found in pairs]


_JOINING = ("و", "and ", "as was ", "as were ", "as did ", "along with ", "so was ")
_LISTED = 8
"""A list goes on with a base right behind the comma (the bases at X, Y and Z), at most a word for a base before it."""


def _coordinated(
    reading: Reading,
    parts: list[Clause],
    triggers: list[Hit[str] | None],
    targets: list[tuple[Target, ...]],
    why: list[str | None],
    owners: dict[int, int],
) -> list[Pair]:
    """ "… struck X with drones, and base Y with rockets": the trigger of the clause before holds for the next one too."""
    pairs: list[Pair] = []
    for at in range(1, len(parts)):
        before = next((owners[i] for i in (at - 1, at - 2) if i in owners), None)
        opened = reading.folded[parts[at].start : parts[at].end].lstrip()
        if before is None or triggers[at] or why[at] or not targets[at] or parts[at].has(reading.cues, "blast"):
            continue
        reach = 25 if opened.startswith(_JOINING) else _LISTED if targets[at][0].slug is not None else -1
        if targets[at][0].start - (parts[at].end - len(opened)) <= reach:
            pairs.append((before, at, targets[at]))
            owners[at] = before
    return pairs


def _elliptic(reading: Reading, index: int, before: list[Frame]) -> list[Frame]:
    """ "Then two more were shot down in the evening": another wave, where the time of day says that it is one."""
    sentence = reading.sentences[index]
    downs = within(reading.cues["down_verb"], sentence.start, sentence.end)
    timed = [hit for hit in within(reading.times, sentence.start, sentence.end) if hit.value.part]
    if not (downs and timed and before and index - before[-1].sentence <= 2):
        return []
    parts = reading.telling(index)
    if not parts:
        return []
    here = [t for part in parts for t in targets_of(reading, part)] or [replace(t, again=True) for t in before[-1].targets]
    frame = Frame(index, downs[0], tuple(here), tuple(parts), True, False)
    return [replace(frame, second=_is_another(reading, frame))]
