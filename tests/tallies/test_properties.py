"""What holds of every register: a consistent series gives no finding, and the order in which totals come plays no part."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.tallies import audit
from app.tallies.held import Held
from app.tallies.series import Point, rising
from tests.tallies.cases import START, incident, on, total

BASES = ("tanf", "omar", "conoco")
DAYS = st.integers(0, 60)


@st.composite
def attacks(draw):
    """Day and base of an attack, whether it is counted (a bare claim need not be), and its incident, whose day may be loose."""
    day, base, claimed = draw(DAYS), draw(st.sampled_from(BASES)), draw(st.booleans())
    first, last = day - draw(st.integers(0, 3)), day + draw(st.integers(0, 3))
    return day, base, not claimed or draw(st.booleans()), incident(first, base, until=last, claimed=claimed)


@st.composite
def registers(draw):
    """Incidents, and totals that count exactly them: with all their parts or a few, relayed or not, running or of a period."""
    drawn = draw(st.lists(attacks(), max_size=40))
    days = [(day, base) for day, base, is_counted, _incident in drawn if is_counted]
    incidents = [replace(one[3], public_id=f"SJ-{n}") for n, one in enumerate(drawn)]
    tallies = []
    for number, reach in enumerate(draw(st.lists(DAYS, min_size=1, max_size=12))):
        first = draw(st.sampled_from([0, 0, 0, draw(st.integers(0, reach))]))
        counted = Counter(base for day, base in days if first <= day <= reach)
        stated = draw(st.sampled_from(["all", "cut", "none"]))
        listed = {"all": sorted(counted), "cut": sorted(counted)[:1], "none": []}[stated]
        tallies.append(
            total(
                number,
                counted.total(),
                reach,
                end=on(reach) if first else draw(st.sampled_from([None, on(reach)])),
                kind="period" if first else draw(st.sampled_from(["cumulative", "ordinal"])),
                start=on(first),
                publisher=draw(st.sampled_from("mp")),
                counter=draw(st.sampled_from("mt")),
                bound="=" if first or stated == "all" else draw(st.sampled_from(["=", ">="])),
                parts_stated=stated,
                parts=tuple((base, counted[base]) for base in listed),
            )
        )
    return tallies, incidents


@given(registers())
def test_a_consistent_series_gives_no_finding(register):
    assert audit(*register) == []


@given(registers(), st.randoms(use_true_random=False), st.lists(st.integers(0, 80), min_size=12, max_size=12))
def test_the_order_of_input_plays_no_part(register, chance: random.Random, counts):
    tallies = [replace(tally, count=count) for tally, count in zip(register[0], counts, strict=False)]
    incidents = list(register[1])
    found = audit(tallies, incidents)
    chance.shuffle(tallies)
    chance.shuffle(incidents)
    assert audit(tallies, incidents) == found


@given(st.lists(st.tuples(DAYS, st.integers(0, 20), st.booleans()), max_size=20), DAYS, st.integers(-3, 20))
def test_what_the_register_holds_is_counted_as_one_would_by_hand(spans, first, length):
    incidents = [incident(day, until=day + more, claimed=claimed) for day, more, claimed in spans]
    start, end = on(first), on(first + length)
    sure = sum(start <= one.first and one.last <= end and not one.claimed for one in incidents)
    possible = sum(one.first <= end and one.last >= start for one in incidents) if start <= end else 0
    held = Held(incidents)
    assert held.between(start, end) == held.between(start, end, "tanf") == (sure, possible)
    assert held.between(start, end, "conoco") == (0, 0)


BOUNDS = st.sampled_from(["=", ">", ">=", "~"])


@given(st.lists(st.tuples(st.integers(1, 9), BOUNDS, st.sampled_from("mp")), max_size=9))
def test_as_little_as_possible_is_set_aside(figures):
    tallies = [total(n, count, n, bound=bound, publisher=publisher) for n, (count, bound, publisher) in enumerate(figures)]
    points = [Point(tally, START, START + timedelta(days=tally.id), *tally.limits) for tally in tallies]
    kept = rising(points)
    assert fits(kept)
    assert [point for point in points if point in kept] == kept
    every = (subset for size in range(len(points) + 1) for subset in combinations(points, size))
    assert weight(kept) == max(weight(subset) for subset in every if fits(subset))


def fits(points):
    return all(earlier.low <= later.high for earlier, later in combinations(points, 2))


def weight(points):
    return sum(point.weight for point in points)
