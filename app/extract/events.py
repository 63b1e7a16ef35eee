"""Reads what looks like a strike and is none: convoys, the coalition's answer, drills, alerts, and strikes on others."""

import re

from app.extract.engine import within
from app.extract.places import OUTSIDE
from app.extract.reading import Reading
from app.extract.text import Sentence, fold
from app.extract.values import NonStrikeEvent

_SAME_AGAIN = re.compile(fold("القافلة|الرتل") + "|the convoy|the shipment|the drill")


def read(reading: Reading, told: frozenset[int]) -> tuple[NonStrikeEvent, ...]:
    """One event for each body sentence that tells one; `told` are the sentences of attacks and totals, which are passed over."""
    found: list[NonStrikeEvent] = []
    last: dict[str, int] = {}
    for index, sentence in enumerate(reading.sentences):
        if index in told or sentence.role == "heading":
            continue
        kind = _kind(reading, sentence)
        if kind is None:
            continue
        before = last.get(kind, -9)
        last[kind] = index
        if (index - before == 1 or (kind == "training" and before >= 0)) and not _new_time(reading, sentence):
            continue
        found.append(NonStrikeEvent(kind, reading.text.span(sentence.start, sentence.end), f"event.{kind}"))
    return tuple(found)


def _kind(reading: Reading, sentence: Sentence) -> str | None:
    start, end = sentence.start, sentence.end
    if reading.has("blast_unexplained", start, end) or (reading.has("threat", start, end) and _attackers(reading, sentence)):
        return "other"
    if reading.has("training", start, end):
        return "training"
    if reading.has("response", start, end) and not reading.has("other_war", start, end):
        return "coalition_response"
    if reading.has("convoy", start, end):
        return "reinforcement_convoy"
    if reading.has("alert", start, end):
        return "alert"
    return "other" if _is_other(reading, sentence) else None


def _is_other(reading: Reading, sentence: Sentence) -> bool:
    """Strikes by or on others, denials, unexplained blasts, an evacuation, a threat by those who attack."""
    start, end = sentence.start, sentence.end
    bases = [t for t in reading.targets_in(start, end) if t.slug != OUTSIDE]
    outside = any(t.slug == OUTSIDE for t in reading.targets_in(start, end))
    attack = reading.has("strike_of_others", start, end)
    if attack and (outside or reading.has("other_war", start, end)):
        return True
    if reading.has("not_happened", start, end) or (
        reading.has("blast", start, end) and bool(bases) and not reading.cues["training"]
    ):
        return True
    if reading.has("withdrawal", start, end) and any(t.slug for t in bases):
        return True
    return reading.has("announcement", start, end) and _attackers(reading, sentence)


def _attackers(reading: Reading, sentence: Sentence) -> bool:
    return bool(within(reading.attackers, sentence.start, sentence.end))


def _new_time(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence tells another time than the one before, and so another event of the kind; "the convoy" is the same."""
    if _SAME_AGAIN.search(reading.folded, sentence.start, min(sentence.end, sentence.start + 40)):
        return False
    return any(hit.value.names_day or hit.value.vague for hit in within(reading.times, sentence.start, sentence.end))
