"""Figures as lines that a person reads."""

from collections.abc import Sequence

from app.evaluate.figures import Figures, Share

RATES = ("precision", "recall", "f1", "hit", "missed", "extra")


def table(figures: Figures) -> str:
    """All figures in columns: the rates, then the shares of what agrees in what was found, then what has no rate."""
    lines = [_row("", RATES)]
    rates = {"incidents": figures.incidents, "totals": figures.tallies, "non-strike events": figures.events}
    lines += [_row(name, [str(rate.to_json()[key]) for key in RATES]) for name, rate in rates.items()]
    lines += ["", _row("of what was found", ("accuracy", "of"))]
    lines += [_share(name, share) for name, share in figures.fields.items()]
    lines += [_share(f"total: {name}", share) for name, share in figures.tally_fields.items()]
    lines += [_share("evidence", figures.evidence), _share("claims with their words", figures.claims)]
    lines += ["", f"texts without an attack: {figures.negatives}, in {figures.false_alarms} of them one was found"]
    if figures.absent:
        lines.append(f"no output for {' '.join(figures.absent)}")
    return "\n".join(lines)


def _share(name: str, share: Share) -> str:
    accuracy, of = share.to_json().values()
    return _row(name, ("–" if accuracy is None else str(accuracy), str(of)))


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:24}" + "".join(f"{cell:>11}" for cell in cells)
