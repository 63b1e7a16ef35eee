"""Says in words how a text was read: every hit, which hits lost to which, what each clause says, and what came of it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from app.extract import frames, totals
from app.extract.clauses import REASONS
from app.extract.contract import to_json
from app.extract.engine import Found, Hit, prefer, within
from app.extract.reading import EXCEPT, Reading
from app.extract.values import Extraction

_TELLS = "may tell of an attack"


def explained(reading: Reading, extraction: Extraction) -> Iterator[str]:
    """The lines of an explanation: sentence by sentence, then what was read in the text as a whole."""
    raw = reading.reader.scanner.scan(reading.folded)
    found = sorted(
        ((group, hit) for group, hits in raw.items() for hit in hits), key=lambda one: (one[1].start, one[1].end, one[0])
    )
    starts = [hit.start for _, hit in found]
    frames_of = _frames(reading)
    winners = {group: Found(prefer(hits)) for group, hits in raw.items()}
    for index, sentence in enumerate(reading.sentences):
        yield f"{index + 1}. [{sentence.role}] {_words(reading, sentence.start, sentence.end)}"
        yield from _clauses(reading, index)
        yield from (f"   {line}" for line in frames_of.get(index, ()))
        for group, hit in found[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]:
            yield f"     {_hit(reading, hit)}{_fate(reading, hit, winners[group])}"
    skipped = _skipped(reading)
    if skipped:
        yield "Page furniture, left out:"
        yield from (f"     {line}" for line in skipped)
    yield "What was read:"
    yield from (f"     {line}" for line in told(extraction, reading.text.original))


def told(extraction: Extraction, text: str) -> Iterator[str]:
    """What an extraction holds, a line each: incidents with their claims, totals, other events, and what stayed unread."""
    line = to_json(extraction, text)
    for incident in _items(line, "incidents"):
        yield f"incident: {_fields(incident)}"
        claims = incident["claims"]
        assert isinstance(claims, dict)
        for field, claim in claims.items():
            yield f"  {field} by {claim['rule']}: “{claim['quote']}”"
    for tally in _items(line, "tallies"):
        yield f"total: {_fields(tally)}"
    for event in _items(line, "non_strike_events"):
        yield f"no strike: {event['type']}: “{_quote(event['evidence'])}”"
    for unread in _items(line, "unread"):
        yield f"unread: “{unread['quote']}”: {unread['why']}"
    if not any(_items(line, key) for key in ("incidents", "tallies", "non_strike_events", "unread")):
        yield "nothing"


def differences(before: Extraction, after: Extraction, text: str) -> Iterator[str]:
    """What one reading of a text holds and the other does not, each line with - or + before it."""
    old, new = (list(told(extraction, text)) for extraction in (before, after))
    yield from (f"- {line}" for line in old if line not in new)
    yield from (f"+ {line}" for line in new if line not in old)


def _clauses(reading: Reading, index: int) -> Iterator[str]:
    for part, why in zip(reading.clauses[index], reading.reasons[index], strict=True):
        yield f"   clause “{_words(reading, part.start, part.end)}” {REASONS[why] if why else _TELLS}"


def _frames(reading: Reading) -> dict[int, list[str]]:
    """By sentence: the words that tell an attack, and on what."""
    lines: dict[int, list[str]] = defaultdict(list)
    _, total_sentences = totals.read(reading)
    for frame in frames.find(reading, total_sentences) or frames.find(reading, total_sentences, headings=True):
        on = ", ".join(target.slug or _words(reading, target.start, target.end) for target in frame.targets)
        lines[frame.sentence].append(f"attack told by “{_words(reading, frame.trigger.start, frame.trigger.end)}” on {on}")
    for index in total_sentences:
        lines[index].append("tells a total, and so no attack of its own")
    return lines


def _hit(reading: Reading, hit: Hit[object]) -> str:
    value = "" if hit.value is None else f" = {_value(hit.value)}"
    return f"{hit.rule}: “{_words(reading, hit.start, hit.end)}”{value}"


_LONGEST = 400
"""Letters at most of one hit."""


def _fate(reading: Reading, hit: Hit[object], winners: Found[object]) -> str:
    near = [one for one in within(winners, hit.start - _LONGEST, hit.end) if hit.start < one.end]
    if any(hit is winner for winner in near):
        return " (keeps its words from shorter entries)" if hit.value == EXCEPT else ""
    return f", lost to {_hit(reading, near[0])}" if near else ""


def _value(value: object) -> str:
    """A value without the fields that say nothing."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return " or ".join(str(getattr(one, "slug", one)) for one in value)
    told_fields = {
        name: field for name in getattr(value, "__dataclass_fields__", ()) if (field := getattr(value, name)) not in (None, False)
    }
    return ", ".join(f"{name} {field}" for name, field in told_fields.items()) or str(value)


def _skipped(reading: Reading) -> list[str]:
    """The lines of the text of which no sentence was made."""
    begun = [sentence.start for sentence in reading.sentences]
    skipped, start = [], 0
    for line in reading.folded.split("\n"):
        end = start + len(line)
        if line.strip() and bisect_left(begun, start) == bisect_left(begun, end):
            skipped.append(line.strip())
        start = end + 1
    return skipped


def _words(reading: Reading, start: int, end: int) -> str:
    return " ".join(reading.text.span(start, end).quote.split())


def _items(line: dict[str, object], key: str) -> list[dict[str, object]]:
    items = line[key]
    assert isinstance(items, list)
    return items


def _fields(item: dict[str, object]) -> str:
    left_out = ("claims", "evidence", "origins", "base_as_written", "date_precision", "rule", "counter")
    return ", ".join(f"{key} {value}" for key, value in item.items() if value is not None and key not in left_out)


def _quote(evidence: object) -> str:
    assert isinstance(evidence, dict)
    return " ".join(str(evidence["quote"]).split())
