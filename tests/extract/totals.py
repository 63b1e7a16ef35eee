"""What a text says of a total, in one line, as the tests of totals compare it."""

from collections.abc import Callable

from app.extract.values import Extraction, Tally

Read = Callable[..., Extraction]


def told(tally: Tally) -> str:
    parts = ", ".join(f"{part.scope} {part.count}" for part in tally.parts)
    since = f" since {tally.start}" if tally.start else ""
    return f"{tally.kind} {tally.scope} {tally.bound} {tally.count}{since}" + (f" ({parts})" if parts else "")
