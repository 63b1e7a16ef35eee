"""From where an attack was fired."""

from app.extract.actors import OWN_WORDS
from app.extract.drafts import Draft
from app.extract.engine import Hit, within
from app.extract.reading import Reading

_FIRED = 90
"""A bare "from" tells a launch at most so many letters behind a word of firing."""


def launched(reading: Reading, draft: Draft, start: int, end: int) -> None:
    """From where it was fired, by the first phrase in a stretch that says it."""
    if "launched_from" in draft.claims:
        return
    for hit in within(reading.launches, start, end):
        if hit.rule not in OWN_WORDS:
            draft.put(reading, "launched_from", hit.value, hit.start, hit.end, hit.rule)
            return
        if hit.rule == "launch.elsewhere" or _is_fired(reading, start, hit.start):
            value, stop = _place(reading, hit)
            draft.put(reading, "launched_from", value, hit.start, stop, hit.rule)
            return


def _place(reading: Reading, hit: Hit[str]) -> tuple[str, int]:
    """A place as the lexicon calls it, else in the report's own words; and where its words end."""
    known = reading.reader.lexicon["launch_place"]
    at = reading.folded.index(hit.value, hit.start)
    words = hit.value.split(" ")
    for count in range(len(words), 0, -1):
        named = " ".join(words[:count])
        if named in known:
            return known[named], at + len(named)
    stop = at + len(hit.value)
    return reading.text.span(at, stop).quote.strip(" \"'«»“”()"), stop


def _is_fired(reading: Reading, start: int, end: int) -> bool:
    """Whether a bare "from" stands behind a word of firing, and tells no distance and no smoke."""
    begin = max(start, end - _FIRED)
    other = reading.reader.lexicon["not_fired"]
    if any(word in other for word in reading.folded[max(begin, end - _FIRED // 3) : end].split()):
        return False
    words = any(reading.has(name, begin, end) for name in ("attack_verb", "fall_verb", "attack_noun"))
    return words or bool(within(reading.munitions, begin, end))
