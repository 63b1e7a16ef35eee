"""What became of an attack: stopped or not, and whether anyone was hurt."""

from app.extract import outcomes
from app.extract.clauses import Clause
from app.extract.drafts import Draft
from app.extract.numbers import read_number
from app.extract.reading import Reading


def results(reading: Reading, draft: Draft, parts: tuple[Clause, ...]) -> None:
    """What some clauses say became of an attack, where nothing was told yet."""
    several = draft.value("munitions_high") != "1"
    stopped = outcomes.intercepted(parts, reading.cues, several)
    if stopped is not None and "intercepted" not in draft.claims:
        less = _got_through(reading, draft) or _fewer(reading, draft, stopped)
        value = "some" if stopped.value == "all" and less else stopped.value
        draft.put(reading, "intercepted", value, stopped.start, stopped.end, stopped.rule)
        outcome = {"all": "intercepted", "some": "partial"}.get(value)
        if outcome:
            draft.put(reading, "outcome", outcome, stopped.start, stopped.end, stopped.rule)
    hurt = outcomes.casualties(parts, reading.cues)
    if hurt is not None and "casualties_reported" not in draft.claims:
        draft.put(reading, "casualties_reported", hurt.value, hurt.start, hurt.end, hurt.rule)


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
