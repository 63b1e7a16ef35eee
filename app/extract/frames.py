"""Decides which sentences tell an attack, and on which base: a trigger word and its targets make a frame."""

from dataclasses import replace

from app.extract.clauses import Clause
from app.extract.dates import When
from app.extract.engine import Hit, within
from app.extract.frame import Frame
from app.extract.places import OUTSIDE, Target
from app.extract.reading import Reading
from app.extract.triggers import has_other_object, object_end, pronoun, targets_of, trigger_of
from app.extract.twofold import counts_over_time, day_by_day, once_more, one_by_one, same_told_twice
from app.extract.vagueness import is_vague

Pair = tuple[int, int, tuple[Target, ...]]
"""The clause of a trigger, the first clause that is the frame's own, and the targets."""

_NEAR = 3
"""How many sentences on "the second attack" may still mean another than the one told."""

_REACH = 4
"""A trigger finds its base at most so many clauses away (X، التابعة للتحالف، في منطقة Y، تعرضت …)."""


def find(reading: Reading, totals: frozenset[int], headings: bool = False) -> list[Frame]:
    """All frames of a text in order. Sentences of totals tell none; headings only where asked for."""
    found: list[Frame] = []
    for index, sentence in enumerate(reading.sentences):
        if (sentence.role == "heading") != headings or index in reading.links:
            continue
        if index not in totals:
            found += _of_sentence(reading, index, found)
        elif ":" in reading.folded[sentence.start : sentence.end]:
            found += _listed(reading, index, found)
    return found


def _listed(reading: Reading, index: int, before: list[Frame]) -> list[Frame]:
    """The attacks that a total lists behind its colon, each with its time ("Three attacks: at dawn drones hit X; at noon …")."""
    sentence = reading.sentences[index]
    colon = reading.folded.index(":", sentence.start, sentence.end)
    frames = [frame for frame in _of_sentence(reading, index, before) if frame.trigger.start > colon]
    timed = [frame for frame in frames if any(hit.start > colon for part in frame.parts for hit in _times(reading, part))]
    counts = [hit for hit in within(reading.figures, colon, sentence.end) if hit.value.kind in ("count", "bare")]
    return frames if len(timed) == len(frames) and not counts else []


def _times(reading: Reading, part: Clause) -> list[Hit[When]]:
    """The times of a clause that tell a day or a part of one."""
    return [hit for hit in within(reading.times, part.start, part.end) if hit.value.names_day or hit.value.part]


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
    same_told_twice(reading, parts, triggers, targets)
    if not any(triggers):
        return _elliptic(reading, index, before) or _second(reading, index, before)
    pairs = [*_paired(triggers, targets, why)]
    owners = {i: at for at, _, found in pairs for i, here in enumerate(targets) if here is found}
    pairs += _coordinated(reading, parts, triggers, targets, why, owners)
    pairs = _led(reading, parts, triggers, targets, sorted(pairs, key=lambda pair: pair[1]))
    frames = [frame for position in range(len(pairs)) if (frame := _frame(reading, index, pairs, position, triggers, targets))]
    if not frames:
        return _second(reading, index, before)
    told = one_by_one(reading, frames[-1], frames[:-1]) or once_more(reading, parts, triggers, frames)
    return [one for frame in told for one in day_by_day(reading, frame)]


def _led(
    reading: Reading,
    parts: list[Clause],
    triggers: list[Hit[str] | None],
    targets: list[tuple[Target, ...]],
    pairs: list[Pair],
) -> list[Pair]:
    """Each pair with the clause before it that only says when ("…; the following day, Green Village was targeted")."""
    led = pairs[:1]
    for at, begin, found in pairs[1:]:
        before = begin - 1
        free = before > max(led[-1][:2]) and triggers[before] is None and not targets[before]
        led.append((at, before if free and _introduces(reading, parts, before) else begin, found))
    return led


def _introduces(reading: Reading, parts: list[Clause], at: int) -> bool:
    """Whether a clause is a time alone that counts from the attack before, or opens what stands behind a semicolon."""
    hits = within(reading.times, parts[at].start, parts[at].end)
    words = reading.folded[parts[at].start : parts[at].end].strip(" ,;:")
    if 2 * sum(hit.end - hit.start for hit in hits) < len(words):
        return False
    counts = any(hit.value.shift is not None or hit.value.same for hit in hits) or all(hit.value.beside for hit in hits)
    return counts or reading.folded[parts[at - 1].end - 1] == ";" or words.startswith(_JOINING)


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
    return any(not counts_over_time(reading, hit, sentence) for hit in hits)


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
    if not reading.munitions_in(sentence) or counts_over_time(reading, cue[0], sentence):
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
_ANOTHER = ("واخر ", "واخري ", "and another ", "and a second ")
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
        reach = (
            60
            if opened.startswith(_ANOTHER)
            else 25
            if opened.startswith(_JOINING)
            else _LISTED
            if targets[at][0].slug is not None
            else -1
        )
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
