"""Syrian local time: all days and times that the register shows."""

from datetime import UTC, date, datetime, time, timedelta, timezone

SYRIAN_TIME = timezone(timedelta(hours=3))
"""Without summer time since October 2022, and so at every moment that the register has a record of."""


def recorded(stamp: str) -> datetime:
    """The moment that the register wrote down (UTC), in Syrian local time."""
    return datetime.fromisoformat(stamp).astimezone(SYRIAN_TIME)


def stamped(moment: datetime) -> str:
    """A moment as the register writes it down: in UTC, so that what is later sorts behind."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ago(span: timedelta) -> str:
    """The moment so long ago, as the register writes it down."""
    return stamped(datetime.now(UTC) - span)


def stamp_at(day: date) -> str:
    """The beginning of a Syrian day, as the register would write it down: what is stamped later sorts behind it."""
    return stamped(datetime.combine(day, time(), SYRIAN_TIME))


def today() -> date:
    """The day in Syria."""
    return datetime.now(SYRIAN_TIME).date()
