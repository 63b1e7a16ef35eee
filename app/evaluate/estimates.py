"""How sure a share is, and how far two readers agree beyond chance."""

from collections import Counter
from collections.abc import Hashable, Mapping
from math import sqrt
from typing import TypeVar

from app.evaluate.figures import Share

T = TypeVar("T", bound=Hashable)
Z = 1.959963984540054
"""The normal deviate of 95 %, on both sides."""


def wilson(share: Share) -> tuple[float, float]:
    """The 95 % score interval of a share: its lower and upper bound, from 0 to 1; of nothing at all it is 0 to 1.

    E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, Journal of the American Statistical
    Association 22 (1927), 209–212. It holds for few cases and for shares near 0 and 1, where the usual ± does not.
    """
    if not share.of:
        return 0.0, 1.0
    p, n = share.right / share.of, share.of
    middle, half = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    low, high = ((middle + side) / (1 + Z * Z / n) for side in (-half, half))
    return max(0.0, low), min(1.0, high)


def kappa(pairs: Mapping[tuple[T, T], int]) -> float | None:
    """Cohen's kappa of how often each pair of codes came up; None where chance alone would have both always say the same.

    (pₒ - pₑ) / (1 - pₑ), with pₒ the share on which both say the same and pₑ the one that two readers with their habits would
    reach by chance: J. Cohen, “A coefficient of agreement for nominal scales”, Educational and Psychological Measurement 20
    (1960), 37–46.
    """
    total = sum(pairs.values())
    ones: Counter[T] = Counter()
    others: Counter[T] = Counter()
    for (one, other), times in pairs.items():
        ones[one] += times
        others[other] += times
    by_chance = sum(times * others[code] for code, times in ones.items())
    if by_chance == total * total:
        return None
    same = sum(times for (one, other), times in pairs.items() if one == other)
    return (same * total - by_chance) / (total * total - by_chance)
