"""Audit of published totals: against each other, and against what the register holds. Pure: values in, findings out."""

from collections.abc import Callable, Iterable, Iterator

from app.tallies import against_register, against_totals
from app.tallies.evidence import Evidence
from app.tallies.values import Finding, Incident, Tally, grouped

CHECKS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    against_totals.parts_differ,
    against_totals.runs_backward,
    against_register.stands_still,
    against_register.grows_less,
    against_register.ends_early,
    against_totals.start_drifts,
    against_totals.scope_widens,
    against_totals.period_differs,
    against_totals.rivals_differ,
    against_register.exceeds_register,
    against_register.register_exceeds,
)

KINDS = (
    "parts_differ", "runs_backward", "relay_differs", "stands_still", "grows_less", "ends_early", "start_drifts", "scope_widens",
    "period_differs", "rivals_differ", "exceeds_register", "register_exceeds",
)  # fmt: skip
"""The kinds of findings, in the order in which they are told."""


def audit(tallies: Iterable[Tally], incidents: Iterable[Incident]) -> list[Finding]:
    """What does not fit among published totals and counted incidents, by kind and then by the total's id.

    The order in which they come plays no part. Ids of totals must differ.
    """
    return findings(Evidence(tallies, incidents))


def findings(evidence: Evidence) -> list[Finding]:
    """The same, of what was made ready before."""
    found = grouped(finding for check in CHECKS for finding in check(evidence))
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.tally))
