"""Says in words how a text was read: every hit, which hits lost to which, what each clause says, and what came of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.extract import frames, totals
from app.extract.clauses import REASONS
from app.extract.contract import to_json
from app.extract.engine import Hit, prefer
from app.extract.reading import EXCEPT, Reading
from app.extract.text import Sentence
from app.extract.values import Extraction

_TELLS = "may tell of an attack"


def explained(reading: Reading, extraction: Extraction) -> Iterator[str]:
    """The lines of an explanation: sentence by sentence, then what was read in the text as a whole."""
    raw = reading.reader.scanner.scan(reading.folded)
    found = [(group, hit) for group, hits in raw.items() for hit in hits]
    frames_of = _frames(reading)
    winners = {group: prefer(hits) for group, hits in raw.items()}
    for index, sentence in enumerate(reading.sentences):
        yield f"{index + 1}. [{sentence.role}] {_words(reading, sentence.start, sentence.end)}"
        yield from _clauses(reading, index)
        yield from (f"   {line}" for line in frames_of.get(index, ()))
        inside = [(group, hit) for group, hit in found if sentence.start <= hit.start < sentence.end]
        for group, hit in sorted(inside, key=lambda one: (one[1].start, one[1].end, one[0])):
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


def _fate(reading: Reading, hit: Hit[object], winners: list[Hit[object]]) -> str:
    if any(hit is winner for winner in winners):
        return " (keeps its words from shorter entries)" if hit.value == EXCEPT else ""
    winner = next((one for one in winners if one.start < hit.end and hit.start < one.end), None)
    return "" if winner is None else f", lost to {_hit(reading, winner)}"


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
    text = reading.folded
    kept: Iterable[Sentence] = reading.sentences
    starts = {text.count("\n", 0, sentence.start) for sentence in kept}
    return [line.strip() for number, line in enumerate(text.split("\n")) if line.strip() and number not in starts]


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
