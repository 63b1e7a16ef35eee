"""Whether clauses tell attacks in general, count them, or tell what only sounds like one: then they tell none of their own."""

from app.extract.breakdowns import part_of
from app.extract.clauses import Clause
from app.extract.engine import Hit, within
from app.extract.places import Target
from app.extract.reading import Reading
from app.extract.text import sentence_at


def is_vague(reading: Reading, trigger: Hit[str], parts: tuple[Clause, ...]) -> bool:
    """Whether it tells attacks in general: a plural with a time that names no day."""
    start, end = parts[0].start, parts[-1].end
    if (
        _counts_attacks(reading, tuple(part for part in parts if part.start <= trigger.start < part.end) or parts)
        or _is_breakdown(reading, trigger)
        or (trigger.rule in _FALLING and _in_drill(reading, trigger))
    ):
        return True
    if trigger.rule == "cue.down_verb" and reading.has("scouting", *_sentence(reading, trigger)):
        return True  # a reconnaissance drone that was shot down attacked nothing
    if _in_convoy(reading, trigger) or _only_counts(reading, trigger, parts):
        return True
    plural = bool(within(reading.cues["attack_plural"], start, end))
    times = [hit.value for hit in within(reading.times, start, end)]
    vague = any(time.vague for time in times) and not any(time.names_day for time in times)
    told = [
        hit.value
        for part in parts
        if part.start <= trigger.start < part.end
        for hit in within(reading.times, part.start, part.end)
    ]
    if any(time.vague and time.year is not None for time in told) and not any(time.names_day for time in told):
        return True
    return (plural and vague) or (reading.has("recalled", start, end) and plural and not any(time.names_day for time in times))


def _sentence(reading: Reading, trigger: Hit[str]) -> tuple[int, int]:
    sentence = reading.sentences[sentence_at(reading.sentences, trigger.start)]
    return sentence.start, sentence.end


def _only_counts(reading: Reading, trigger: Hit[str], parts: tuple[Clause, ...]) -> bool:
    """ "It was the first attack of its kind on X": it counts the attack told before, and tells none."""
    counted = any(
        hit.value.kind == "ordinal" and hit.start <= trigger.start < hit.end
        for hit in within(reading.figures, parts[0].start, parts[-1].end)
    )
    told = [*within(reading.munitions, parts[0].start, parts[-1].end), *within(reading.times, parts[0].start, parts[-1].end)]
    return counted and not told and reading.has("span_words", trigger.start, parts[-1].end)


_FALLING = ("cue.fall_verb", "frame.aimed")


def _in_convoy(reading: Reading, trigger: Hit[str]) -> bool:
    """Whether a sentence on supplies tells of attacks only as their reason, or of what landed with them."""
    index = sentence_at(reading.sentences, trigger.start)
    sentence = reading.sentences[index]
    if trigger.rule == "cue.attack_plural":
        return reading.has("convoy", sentence.start, sentence.end)
    told = next(part for part in reading.clauses[index] if part.start <= trigger.start < part.end)
    moved = [hit for hit in within(reading.cues["convoy"], told.start, told.end) if not _is_before(reading, trigger, hit)]
    return trigger.rule in _FALLING and bool(moved)


def _is_before(reading: Reading, trigger: Hit[str], convoy: Hit[str]) -> bool:
    """Whether an attack is told to have come after a convoy (rockets fell after a convoy had arrived)."""
    return any(
        word in reading.folded[trigger.end : convoy.start].split(" ") for word in ("بعد", "عقب", "after", "following", "hours")
    )


def _in_drill(reading: Reading, trigger: Hit[str]) -> bool:
    """Whether the sentence speaks of a drill: what is fired in it is fired by those who drill."""
    index = sentence_at(reading.sentences, trigger.start)
    why = zip(reading.clauses[index], reading.reasons[index], strict=True)
    drills = [part for part, reason in why if reason == "training"]
    return any(part.start <= trigger.start or not _is_meanwhile(reading, part) for part in drills)


_MEANWHILE = ("فيما", "بينما", "في حين", "في وقت", "while", "as ", "at a time")
_HELD = ("تجريه", "تجريها", "يجريه", "يجريها", "were holding", "was holding", "were conducting", "was conducting")


def _is_meanwhile(reading: Reading, part: Clause) -> bool:
    """Whether a clause only says what went on at the time ("…, while the troops were holding a drill")."""
    words = reading.folded[part.start : part.end].lstrip()
    return words.startswith(_MEANWHILE) or any(held in words for held in _HELD)


def _is_breakdown(reading: Reading, trigger: Hit[str]) -> bool:
    """Whether the sentence lists bases with a number each (28 على كونيكو، و23 على حقل العمر)."""
    sentence = reading.sentences[sentence_at(reading.sentences, trigger.start)]
    figures = within(reading.figures, sentence.start, sentence.end)
    bare = [hit for hit in figures if hit.value.kind == "bare" and isinstance(part_of(reading, hit, sentence), Target)]
    return len(bare) > 1


def _counts_attacks(reading: Reading, parts: tuple[Clause, ...]) -> bool:
    """Whether the clauses number attacks (7 هجمات) rather than what one attack fired (10 ضربات بواسطة قذائف)."""
    if all(reading.has(name, parts[0].start, parts[-1].end) for name in ("two_attacks", "the_first", "the_second")):
        return False
    figures = [hit for part in parts for hit in within(reading.figures, part.start, part.end)]
    fired = [hit for part in parts for hit in within(reading.munitions, part.start, part.end)]
    return any(
        figure.value.kind == "count"
        and figure.value.number > 1
        and not any(hit.start < figure.end and figure.start < hit.end for hit in fired)
        for figure in figures
    )
