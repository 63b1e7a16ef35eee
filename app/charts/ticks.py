"""Where an axis is labelled: at round numbers, and at days, Mondays, months or years, as many as there is room for."""

from collections.abc import Iterator
from datetime import date, timedelta

GRAINS = (
    *(("day", step) for step in (1, 2, 7, 14)),
    *(("month", step) for step in (1, 2, 3, 6)),
    *(("year", step) for step in (1, 2, 5, 10, 50)),
)
FINEST = {"day": 0, "week": 2, "month": 4}
"""The first of GRAINS that does not split a column."""


def counts(top: int, most: int = 4) -> list[int]:
    """Round counts from 0 to `top`, at most so many above 0."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if top // (step * power) <= most:
                return list(range(0, top + 1, step * power))
        power *= 10


def days(first: date, last: date, most: int, unit: str = "day") -> tuple[str, list[date]]:
    """The days to name between two days, at most so many and no finer than the unit; and whether to name day, month or year."""
    for grain, step in GRAINS[FINEST[unit] :]:
        # Counting stops where there are too many, and does not go through a century day by day.
        found = [day for _, day in zip(range(most + 1), _every(grain, step, first, last), strict=False)]
        if found and len(found) <= most:
            return grain, found
    return "day", [first]


def _every(grain: str, step: int, first: date, last: date) -> Iterator[date]:
    if grain == "day":
        yield from (first + timedelta(days=number) for number in range(0, (last - first).days + 1, step))
        return
    months = step if grain == "month" else 12 * step
    begun = first.year * 12 + first.month - 1 + (first.day > 1)
    for number in range(-(-begun // months) * months, last.year * 12 + last.month, months):
        yield date(number // 12, number % 12 + 1, 1)
