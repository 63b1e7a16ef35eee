"""What became of an attack: stopped or not, and whether anyone was hurt."""

import re

from app.extract import outcomes
from app.extract.clauses import Clause
from app.extract.drafts import Draft
from app.extract.engine import within
from app.extract.folding import fold
from app.extract.numbers import read_number
from app.extract.reading import Reading
from app.extract.text import sentence_at

_BOTH = re.compile(
    fold("القاعدتين|كلتا القاعدتين|الموقعين|القواعد الثلاث|أي منهما|أي منها|أي من القاعدتين")
    + r"|both (?:bases|sites|locations|attacks)|either (?:base|site|location|post|attack|case)"
    + r"|neither (?:base|site|location|attack)|(?:the two|all three) bases"
)
"""All the bases of a sentence together."""


def results(reading: Reading, draft: Draft, parts: tuple[Clause, ...]) -> None:
    """What some clauses say became of an attack, where nothing was told yet."""
    own = parts is draft.frame.parts
    several = draft.value("munitions_high") != "1"
    here = parts if own else _before_elsewhere(reading, parts)
    stopped = outcomes.intercepted(reading.folded, here, reading.cues, several)
    if stopped is not None and "intercepted" not in draft.claims:
        less = _got_through(reading, draft) or _fewer(reading, draft, stopped) or _of_one_kind(reading, draft, stopped)
        value = "some" if stopped.value == "all" and less else stopped.value
        draft.put(reading, "intercepted", value, stopped.start, stopped.end, stopped.rule)
        outcome = {"all": "intercepted", "some": "partial"}.get(value)
        if outcome:
            draft.put(reading, "outcome", outcome, stopped.start, stopped.end, stopped.rule)
    told = (*parts, *_further(reading, draft, parts)) if own else _before_others(reading, parts)
    hurt = outcomes.casualties(reading.folded, told, reading.cues, own)
    if hurt is None and own:
        hurt = _unhurt_in_answer(reading, draft)
    if hurt is not None and hurt.value == "yes" and not own and _sums_up(reading, parts):
        return
    if hurt is not None and "casualties_reported" not in draft.claims:
        draft.put(reading, "casualties_reported", hurt.value, hurt.start, hurt.end, hurt.rule)


def _further(reading: Reading, draft: Draft, parts: tuple[Clause, ...]) -> list[Clause]:
    """More clauses of the attack's sentence: on all its bases ("no one was hurt at either base"), and denials of harm."""
    index = draft.frame.sentence
    why = zip(reading.clauses[index], reading.reasons[index], strict=True)
    others = [(part, reason) for part, reason in why if part not in parts and reason in (None, "not_happened")]
    return [part for part, reason in others if reason or _BOTH.search(reading.folded, part.start, part.end)]


def _unhurt_in_answer(reading: Reading, draft: Draft) -> outcomes.Outcome | None:
    """That nobody was hurt, said with the answer to the attack ("…; artillery shot back and no one was hurt")."""
    index = draft.frame.sentence
    why = zip(reading.clauses[index], reading.reasons[index], strict=True)
    answers = [part for part, reason in why if reason == "response" and part.start > draft.frame.trigger.start]
    hurt = outcomes.casualties(reading.folded, answers, reading.cues, own=False)
    return hurt if hurt is not None and hurt.value == "none" else None


def _before_others(reading: Reading, parts: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses before one that tells of another's attack or of a response: who was hurt behind it was hurt in that."""
    index = sentence_at(reading.sentences, parts[0].start)
    why = zip(reading.clauses[index], reading.reasons[index], strict=True)
    other = next((part.start for part, reason in why if reason in ("other_war", "response")), parts[-1].end)
    return tuple(part for part in parts if part.start < other)


def _sums_up(reading: Reading, parts: tuple[Clause, ...]) -> bool:
    """Whether a sentence tells of all attacks over a time, or goes on from a count of them: then so are those hurt of all."""
    if reading.has("since", parts[0].start, parts[-1].end):
        return True
    index = sentence_at(reading.sentences, parts[0].start)
    near = reading.sentences[max(0, index - 1) : index + 1]
    return any(hit.value.kind == "count" and hit.value.number > 1 for hit in within(reading.figures, near[0].start, near[-1].end))


def _before_elsewhere(reading: Reading, parts: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses before one that goes to another country: the rest of the sentence stays there."""
    there = next((at for at, part in enumerate(parts) if outcomes.is_elsewhere(reading.folded, part)), len(parts))
    return parts[:there]


def _of_one_kind(reading: Reading, draft: Draft, stopped: outcomes.Outcome) -> bool:
    """Whether of an attack with several weapons only one kind is told to have been stopped ("the drone was shot down")."""
    if draft.value("weapon") != "mixed":
        return False
    sentence = reading.sentences[sentence_at(reading.sentences, stopped.start)]
    part = next(
        part for part in reversed(reading.clauses[sentence_at(reading.sentences, stopped.start)]) if part.start <= stopped.start
    )
    kinds = {hit.value.weapon for hit in within(reading.munitions, part.start, part.end)}
    return len(kinds - {"mixed"}) == 1 and not reading.has("all_of_it", sentence.start, sentence.end)


def _fewer(reading: Reading, draft: Draft, stopped: outcomes.Outcome) -> bool:
    """Whether a number beside the verb is less than what came ("three drones …; two were shot down")."""
    came = int(draft.value("munitions_low") or 0)
    lexicon = reading.reader.lexicon
    before, after = reading.folded[max(0, stopped.start - 12) : stopped.start], reading.folded[stopped.end : stopped.end + 14]
    numbers = [
        read_number(word.strip(',."'), lexicon) for word in (*before.split(" ")[-3:], *after.split(" ")[:3]) if word.strip(',."')
    ]
    return any(number is not None and number < came for number in numbers)


def _got_through(reading: Reading, draft: Draft) -> bool:
    """Whether the attack was told as a hit or a fall of several: then what was shot down was only part of it."""
    trigger = reading.folded[draft.frame.trigger.start : draft.frame.trigger.end]
    several = draft.value("munitions_high") != "1"
    return (
        several
        and draft.frame.trigger.rule == "cue.fall_verb"
        and any(word in trigger for word in ("سقط", "وقع", "land", "fell"))
    )
