"""Reads press reports, Arabic and English, into mentions of attacks, published totals and non-strike events.

Everything here is pure: no database, no web, no clock. `extract` is the one door; `Reader.of(gazetteer)` compiles the rules once.
"""

from datetime import date

from app.extract import events, mentions, totals
from app.extract.reading import Reader, Reading
from app.extract.text import LONGEST_TEXT, Text
from app.extract.values import Extraction, Unread

__all__ = ["Reader", "Reading", "Text", "extract", "extracted"]


def extract(text: str, *, published: date | None, lang: str | None, reader: Reader) -> Extraction:
    """All that a report says about attacks on bases in Syria, each value with the words that say it.

    `published` is the day against which relative days are settled; without it they stay unsaid. `lang` (ar, en or None) is not
    needed: the rules of both languages are read together, since reports quote one in the other. Never raises.
    """
    return extracted(Reading(Text(text), published, reader))


def extracted(reading: Reading) -> Extraction:
    """What a reading comes to."""
    found_totals, total_sentences = totals.read(reading)
    found, unread, told = mentions.read(reading, total_sentences)
    return Extraction(
        version=reading.reader.version,
        mentions=found,
        tallies=found_totals,
        non_strike_events=events.read(reading, told | total_sentences),
        unread=(*unread, *_past_the_end(reading.text)),
    )


def _past_the_end(text: Text) -> tuple[Unread, ...]:
    return (Unread(text.rest, f"past the {LONGEST_TEXT:,} characters of a report that are read"),) if text.rest else ()
