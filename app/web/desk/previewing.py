"""A reading that is not stored, as pages show what was read in a report: the same marks, attacks, totals and what is unread."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import count
from typing import Any, cast

from app.actions.reports import Preview
from app.extract.values import Extraction, Span
from app.ingest import RawReport
from app.queries.reference import Names
from app.queries.reports import ReportPage


def as_page(raw: RawReport, reading: Extraction, told: Preview | None, names: Names) -> ReportPage:
    """What the extractor reads in a report, as if it stood in the register; each attack with the incident that it would join."""
    numbers = count(1)
    incidents: Sequence[str | None] = told.incidents if told and told.same is None else ()
    mentions = []
    for at, one in enumerate(reading.mentions):
        claims = [asdict(claim) | _span(claim.span) | {"id": next(numbers)} for claim in one.claims]
        first, last = (_day(one.value(field)) for field in ("date_start", "date_end"))
        mention = {
            "id": next(numbers),
            "public_id": incidents[at] if at < len(incidents) else None,
            "base_name": names.bases.get(one.value("base") or "", one.value("base") or ""),
            "date_start": first,
            "date_end": last,
            "base_as_written": one.base_as_written,
            "stated": one.stated,
            "claims": claims,
        }
        mentions.append(mention | _span(one.anchor))
    tallies = [
        {
            **asdict(one),
            **_span(one.span),
            "id": next(numbers),
            "start": _day(one.start),
            "counter": names.sources.get(one.counter, one.counter) if one.counter else None,
            "parts": [asdict(part) for part in one.parts],
        }
        for one in reading.tallies
    ]
    events = [{"id": next(numbers), "kind": one.kind, "rule": one.rule} | _span(one.span) for one in reading.non_strike_events]
    unread = [{"quote": word.span.quote, "why": word.why} for word in reading.unread]
    return ReportPage(cast(Any, raw), unread, mentions, tallies, events, (), None, None)


def _span(span: Span | None) -> dict[str, Any]:
    start, end, quote = (span.start, span.end, span.quote) if span else (None, None, None)
    return {"span_start": start, "span_end": end, "quote": quote}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
