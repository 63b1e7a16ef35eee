"""Totals and incidents for the tests of the audit, with as little said of each as it needs."""

from datetime import date, timedelta

from app.tallies.values import Incident, Tally

START = date(2023, 10, 19)
WIDER, WIDEST = "iraq-and-syria", "iraq-syria-jordan"


def on(number):
    """The day so many days after the start of the series."""
    return START + timedelta(days=number)


def total(id, count, day=None, **more):
    """A running total by the monitor `m` for Syria, which reaches the given day after the start."""
    known = {
        "counter": "m",
        "publisher": "m",
        "kind": "cumulative",
        "scope": "all-syria",
        "bound": "=",
        "start": START,
        "end": None,
    }
    known |= {"published": None if day is None else on(day), **more}
    return Tally(id, count=count, **known)


def parts(**counts):
    """All parts of a total."""
    return {"parts_stated": "all", "parts": tuple(counts.items())}


def cut(**counts):
    """Some of the parts of a total."""
    return {"parts_stated": "cut", "parts": tuple(counts.items())}


def countries(**counts):
    """A total for more than Syria, with what it gives for some countries."""
    return {"scope": WIDER, "parts_stated": "countries", "parts": tuple(counts.items())}


def incident(day, base="tanf", until=None, **more):
    return Incident(f"SJ-{day}-{base}", (base,), on(day), on(day if until is None else until), **more)
