"""Pure: how well extraction reads a corpus, as figures of what it found against what annotators found.

The gold and the rules of matching are those of tests/corpus/README.md; the figures are those of the scorer that stands beside it.
"""

from collections.abc import Iterable, Mapping, Sequence

from app.evaluate.figures import BadBaseline, Change, Figures, Rate, Share, changes
from app.evaluate.gold import FIELDS, TALLY_FIELDS, BadGold, Gold, Line
from app.evaluate.matching import backed, counts_the_same, field_agrees, is_told, lies_in, match, may_be_one, tally_field_agrees
from app.evaluate.table import table

__all__ = ["BadBaseline", "BadGold", "Change", "Figures", "Gold", "Line", "changes", "evaluate", "table"]


def evaluate(golds: Iterable[Gold], found: Mapping[str, Line]) -> Figures:
    """The figures of what was found, by the id of its text, against all of the gold. A text without output misses all."""
    return sum((_judge(gold, found.get(gold.id)) for gold in golds), start=Figures())


def _judge(gold: Gold, found: Line | None) -> Figures:
    line = found or {}
    return (
        Figures(absent=(gold.id,) if found is None else ())
        + _incidents(gold, line.get("incidents") or [])
        + _tallies(gold, line.get("tallies") or [])
        + _events(gold, line.get("non_strike_events") or [])
    )


def _incidents(gold: Gold, found: Sequence[Line]) -> Figures:
    matched = match(gold.incidents, found, may_be_one, lambda g, f: sum(field_agrees(name, g, f) for name in FIELDS))
    missed = [g for g in matched.missed if not g.optional]
    compared = [(g, f) for g, f in matched.pairs if not g.ambiguous]
    return Figures(
        incidents=Rate(len(matched.pairs), len(missed), len(matched.extra)),
        fields={name: Share.of_outcomes(field_agrees(name, g, f) for g, f in compared) for name in FIELDS},
        evidence=Share.of_outcomes(lies_in(gold.text, g.evidence, f.get("evidence")) for g, f in matched.pairs),
        claims=Share.of_outcomes(outcome for _, f in matched.pairs for outcome in backed(gold.text, f)),
        negatives=int(not gold.incidents),
        false_alarms=int(bool(found) and not gold.incidents),
        errors=(
            *(
                f"{gold.id} {g.base} {name}: gold {g.values[name]!r}, found {f.get(name)!r}"
                for g, f in compared
                for name in FIELDS
                if not field_agrees(name, g, f)
            ),
            *(f"{gold.id} missed {g.base} {g.date}: {g.evidence}" for g in missed),
            *(f"{gold.id} extra {f.get('base')} {f.get('date')}: {_quote(f)}" for f in matched.extra),
        ),
    )


def _tallies(gold: Gold, found: Sequence[Line]) -> Figures:
    matched = match(
        gold.tallies, found, counts_the_same, lambda g, f: sum(tally_field_agrees(name, g, f) for name in TALLY_FIELDS)
    )
    return Figures(
        tallies=Rate(len(matched.pairs), len(matched.missed), len(matched.extra)),
        tally_fields={name: Share.of_outcomes(tally_field_agrees(name, g, f) for g, f in matched.pairs) for name in TALLY_FIELDS},
        errors=(
            *(
                f"{gold.id} total {g.scope} {g.count} {name}: gold {g.values[name]!r}, found {f.get(name)!r}"
                for g, f in matched.pairs
                for name in TALLY_FIELDS
                if not tally_field_agrees(name, g, f)
            ),
            *(f"{gold.id} missed total {g.scope} {g.count}: {g.evidence}" for g in matched.missed),
            *(f"{gold.id} extra total {f.get('scope')} {f.get('count')}: {_quote(f)}" for f in matched.extra),
        ),
    )


def _events(gold: Gold, found: Sequence[Line]) -> Figures:
    matched = match(gold.events, found, lambda g, f: is_told(g, f, gold.text), lambda g, f: 0)
    return Figures(
        events=Rate(len(matched.pairs), len(matched.missed), len(matched.extra)),
        errors=(
            *(f"{gold.id} missed event {g.kind}: {g.evidence}" for g in matched.missed),
            *(f"{gold.id} extra event {f.get('type')}: {_quote(f)}" for f in matched.extra),
        ),
    )


def _quote(found: Line) -> str | None:
    return (found.get("evidence") or {}).get("quote")
