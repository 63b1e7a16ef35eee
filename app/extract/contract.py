"""Prints an extraction in the format of tests/corpus/README.md: the only place that knows that format."""

from app.extract.values import Claim, Extraction, Mention, Span, Tally

_RENAMED = {"munitions_low": "munitions_min", "munitions_high": "munitions_max", "date_start": "date"}
_NUMBERS = ("munitions_min", "munitions_max")
_FIELDS = (
    "base", "date", "date_end", "time_of_day", "weapon", "munitions_min", "munitions_max", "launched_from", "claimed_by",
    "attributed_to", "intercepted", "casualties_reported", "status",
)  # fmt: skip
_MORE = ("outcome", "attributed_by")


def to_json(extraction: Extraction, text: str) -> dict[str, object]:
    """The contract's line without its `id`; raises ValueError for a quote that `text` does not have."""
    for span in _spans(extraction):
        if text[span.start : span.end] != span.quote:
            raise ValueError(f"not in the text at {span.start}: {span.quote!r}")
    return {
        "incidents": [_incident(mention) for mention in extraction.mentions],
        "tallies": [line for tally in extraction.tallies for line in _tally(tally)],
        "non_strike_events": [{"type": e.kind, "evidence": _span(e.span), "rule": e.rule} for e in extraction.non_strike_events],
        "unread": [{**_span(unread.span), "why": unread.why} for unread in extraction.unread],
        "extractor": extraction.version,
    }


def _spans(extraction: Extraction) -> list[Span]:
    spans = [claim.span for mention in extraction.mentions for claim in mention.claims]
    spans += [mention.anchor for mention in extraction.mentions]
    spans += [span for tally in extraction.tallies for span in (tally.span, *(part.span for part in tally.parts))]
    spans += [event.span for event in extraction.non_strike_events] + [unread.span for unread in extraction.unread]
    return [span for span in spans if span is not None]


def _span(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _incident(mention: Mention) -> dict[str, object]:
    named = {_RENAMED.get(claim.field, claim.field): claim for claim in reversed(mention.claims) if not claim.alternative}
    month = mention.value("date_precision") == "month"
    shown = {name: claim for name, claim in named.items() if not (month and name in ("date", "date_end"))}
    line: dict[str, object] = {name: _value(name, shown.get(name)) for name in _FIELDS}
    line["status"] = line["status"] or "reported"
    line["weapon"] = line["weapon"] or "unknown"
    line |= {name: shown[name].value for name in _MORE if name in shown}
    line |= {
        name: claim.value
        for name, claim in shown.items()
        if name.endswith(("_low", "_high")) and ("killed" in name or "injured" in name)
    }
    line["date_precision"] = mention.value("date_precision")
    line["month"] = named["date"].value[:7] if month else None
    line["origins"] = [claim.value for claim in mention.claims if claim.field == "origin"]
    line["base_as_written"] = mention.base_as_written
    line["evidence"] = _span(mention.anchor) if mention.anchor else None
    line["claims"] = {name: _span(claim.span) | {"rule": claim.rule} for name, claim in shown.items() if claim.span is not None}
    return line


def _value(name: str, claim: Claim | None) -> str | int | None:
    if claim is None:
        return None
    return int(claim.value) if name in _NUMBERS else claim.value


def _tally(tally: Tally) -> list[dict[str, object]]:
    """The tally, then each of its parts as a tally of the kind `breakdown` with the same days."""
    common: dict[str, object] = {"since": tally.start, "until": tally.end, "counter": tally.counter}
    evidence = _span(tally.span) if tally.span else None
    lines: list[dict[str, object]] = [
        {
            "scope": tally.scope,
            "count": tally.count,
            "op": "=" if tally.bound == "~" else tally.bound,  # the format knows no "about"
            **common,
            "kind": tally.kind,
            "evidence": evidence,
            "rule": tally.rule,
        }
    ]
    for part in tally.parts:
        where = _span(part.span) if part.span else evidence
        lines.append(
            {
                "scope": part.scope,
                "count": part.count,
                "op": "=",
                **common,
                "kind": "breakdown",
                "evidence": where,
                "rule": tally.rule,
            }
        )
    return lines
