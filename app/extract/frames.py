"""Decides which sentences tell an attack, and on which base: a trigger word and its targets make a frame."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.extract.clauses import Clause
from app.extract.engine import Hit, within
from app.extract.places import OUTSIDE, Target
from app.extract.reading import Reading
from app.extract.text import sentence_at
from app.extract.totals import part_of

Pair = tuple[int, int, tuple[Target, ...]]
"""The clause of a trigger, the first clause that is the frame's own, and the targets."""

_REACH = 4
"""A trigger finds its base at most so many clauses away (X، التابعة للتحالف، في منطقة Y، تعرضت …)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An attack as one sentence tells it, in folded characters.

    `trigger` is the word that tells it, `targets` what it fell on, `parts` the clauses whose details are its own. `after` marks
    an attack that another event followed; it takes no day from that.
    """

    sentence: int
    trigger: Hit[str]
    targets: tuple[Target, ...]
    parts: tuple[Clause, ...]
    first: bool
    after: bool

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
        if index in totals or (sentence.role == "heading") != headings:
            continue
        found += _of_sentence(reading, index, found)
    return found


def _of_sentence(reading: Reading, index: int, before: list[Frame]) -> list[Frame]:
    parts = reading.clauses[index]
    why = reading.reasons[index]
    triggers = [None if why[i] else _trigger(reading, part, _object_end(parts, i)) for i, part in enumerate(parts)]
    if not any(triggers):
        elliptic = _elliptic(reading, index, before)
        return [elliptic] if elliptic else []
    targets = [_targets(reading, part) for part in parts]
    pairs = [*_paired(triggers, targets, why)]
    owners = {i: at for at, _, found in pairs for i, here in enumerate(targets) if here is found}
    pairs += _coordinated(reading, parts, triggers, targets, why, owners)
    pairs = sorted(_inside_syria(pairs), key=lambda pair: pair[1])
    frames = []
    bounds = [first for _, first, _ in pairs]
    for position, (at, _, found) in enumerate(pairs):
        trigger = triggers[at]
        assert trigger is not None
        alone = position == 0 and not any(t.slug == OUTSIDE for found_here in targets[: bounds[0]] for t in found_here)
        first = 0 if alone else bounds[position]
        last = bounds[position + 1] if position + 1 < len(bounds) else len(parts)
        own = tuple(part for part, reason in zip(parts[first:last], why[first:last], strict=True) if not reason)
        if not own or _is_vague(reading, trigger, own):
            continue
        after = bool(within(reading.cues["after_event"], parts[at].start, trigger.start))
        frames.append(Frame(index, trigger, found, own, position == 0, after))
    return frames


def _object_end(parts: list[Clause], index: int) -> int:
    """How far behind a verb its subject may stand: past one inserted clause (سقط، بحسب المرصد، صاروخ)."""
    return min(parts[min(index + 2, len(parts) - 1)].end, parts[index].end + 120)


def _trigger(reading: Reading, part: Clause, reach: int) -> Hit[str] | None:
    """The first word in a clause that tells an attack; words of falling and firing need a weapon beside them."""
    hits = [
        *within(reading.cues["attack_verb"], part.start, part.end),
        *within(reading.cues["attack_noun"], part.start, part.end),
    ]
    weapons = within(reading.munitions, part.start, part.end)
    if weapons:
        for name in ("fall_verb", "attack_plural", "down_verb"):
            hits += within(reading.cues[name], part.start, part.end)
    elif within(reading.munitions, part.end, reach):
        hits += within(reading.cues["fall_verb"], part.start, part.end)
    elif within(reading.times, part.start, part.end):
        hits += within(reading.cues["attack_plural"], part.start, part.end)
    return min(hits, key=lambda hit: (hit.start, -hit.end), default=None)


def _targets(reading: Reading, part: Clause) -> tuple[Target, ...]:
    """A clause's targets; beside a named base, one that is only pointed at is the same."""
    here = reading.targets_in(part.start, part.end)
    named = [target for target in here if target.slug is not None]
    return tuple(named or here[:1])


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
            if targets[i] and i not in taken and not why[i]
        ]
        if free:
            near = min(free, key=lambda i: (abs(i - at), i > at))
            taken.add(near)
            pairs.append((at, near, targets[near]))
    return [(at, min(at, near), found) for at, near, found in pairs]


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
        if before is None or triggers[at] or why[at] or not targets[at] or not opened.startswith(("و", "and ")):
            continue
        if targets[at][0].start - parts[at].start <= 25:
            pairs.append((before, at, targets[at]))
            owners[at] = before
    return pairs


def _inside_syria(pairs: list[Pair]) -> list[Pair]:
    kept = [(at, first, tuple(t for t in found if t.slug != OUTSIDE)) for at, first, found in pairs]
    return [(at, first, found) for at, first, found in kept if found]


def _is_vague(reading: Reading, trigger: Hit[str], parts: tuple[Clause, ...]) -> bool:
    """Whether it tells attacks in general: a plural with a time that names no day."""
    start, end = parts[0].start, parts[-1].end
    if (
        _counts_attacks(reading, parts)
        or _is_breakdown(reading, trigger)
        or (trigger.rule == "cue.fall_verb" and _in_drill(reading, trigger))
    ):
        return True
    plural = bool(within(reading.cues["attack_plural"], start, end))
    times = [hit.value for hit in within(reading.times, start, end)]
    vague = any(time.vague for time in times) and not any(time.names_day for time in times)
    return (plural and vague) or (reading.has("recalled", start, end) and plural and not any(time.names_day for time in times))


def _in_drill(reading: Reading, trigger: Hit[str]) -> bool:
    """Whether the sentence speaks of a drill: what is fired in it is fired by those who drill."""
    index = sentence_at(reading.sentences, trigger.start)
    return "training" in reading.reasons[index]


def _is_breakdown(reading: Reading, trigger: Hit[str]) -> bool:
    """Whether the sentence lists bases with a number each (28 على كونيكو، و23 على حقل العمر)."""
    sentence = reading.sentences[sentence_at(reading.sentences, trigger.start)]
    figures = within(reading.figures, sentence.start, sentence.end)
    bare = [hit for hit in figures if hit.value.kind == "bare" and isinstance(part_of(reading, hit, sentence), Target)]
    return len(bare) > 1


def _counts_attacks(reading: Reading, parts: tuple[Clause, ...]) -> bool:
    """Whether the clauses number attacks (7 هجمات) rather than what one attack fired (10 ضربات بواسطة قذائف)."""
    figures = [hit for part in parts for hit in within(reading.figures, part.start, part.end)]
    fired = [hit for part in parts for hit in within(reading.munitions, part.start, part.end)]
    return any(
        figure.value.kind == "count"
        and figure.value.number > 1
        and not any(hit.start < figure.end and figure.start < hit.end for hit in fired)
        for figure in figures
    )


def _elliptic(reading: Reading, index: int, before: list[Frame]) -> Frame | None:
    """ "Then two more were shot down in the evening": another wave, where the time of day says that it is one."""
    sentence = reading.sentences[index]
    downs = within(reading.cues["down_verb"], sentence.start, sentence.end)
    timed = [hit for hit in within(reading.times, sentence.start, sentence.end) if hit.value.part]
    if not (downs and timed and before and index - before[-1].sentence <= 2):
        return None
    parts = reading.telling(index)
    if not parts:
        return None
    here = [t for part in parts for t in _targets(reading, part)] or [replace(t, again=True) for t in before[-1].targets]
    return Frame(index, downs[0], tuple(here), tuple(parts), True, False)


@dataclass(frozen=True, slots=True)
class Placed:
    """A frame with one base: `slug` is its slug or `unspecified`, `target` the words that name it, `how` the rule."""

    frame: Frame
    slug: str
    target: Target
    how: str


def place(reading: Reading, frames: list[Frame]) -> Iterator[Placed | Frame]:
    """Each frame with each of its bases; a frame whose base cannot be known comes back as it is."""
    for frame in frames:
        for target in frame.targets:
            if target.slug is not None:
                yield Placed(frame, target.slug, target, "base.named")
                continue
            found = _pointed_at(reading, frame, target)
            if found is not None:
                how = "base.again" if target.again else "base.named_elsewhere"
                yield Placed(frame, str(found.slug), target if target.again else found, how)
            elif not reading.named_bases and not target.again and _has_region(reading, target, frame):
                yield Placed(frame, "unspecified", target, "base.unnamed")
            else:
                yield frame


def _pointed_at(reading: Reading, frame: Frame, target: Target) -> Target | None:
    """ "The base" is the one spoken of; "a base" the one that the next sentence names, or the text's only one."""
    if len(reading.named_bases) == 1:
        return next(t for t in reading.targets if t.slug in reading.named_bases)
    if target.again:
        return _spoken_of(reading, frame, target)
    following = reading.body_near(frame.sentence, 1)
    if following is None:
        return None
    here = reading.named_in(following.start, following.end)
    if len({t.slug for t in here}) == 1 and (
        reading.munitions_in(following) or reading.has("attack_noun", following.start, following.end)
    ):
        return here[0]
    return None


def _spoken_of(reading: Reading, frame: Frame, target: Target) -> Target | None:
    """ "The base": the one named before in its sentence, else the only one of the sentence before, else that of the headline."""
    sentence = reading.sentences[frame.sentence]
    here = reading.named_in(sentence.start, target.start)
    if here:
        return here[-1]
    before = reading.body_near(frame.sentence, -1)
    for there in (reading.named_in(before.start, before.end) if before else [], reading.headline_bases):
        if len({t.slug for t in there}) == 1:
            return there[-1]
    return None


def _has_region(reading: Reading, target: Target, frame: Frame) -> bool:
    return bool(within(reading.regions, target.start, min(frame.end, target.end + 80)))
