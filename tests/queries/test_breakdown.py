"""Counts by a dimension: each is what its filter finds, and its sums are those of plain Python."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.db import snapshot
from app.fields import CASUALTIES
from app.queries import counts
from app.queries.breakdown import DIMENSIONS, breakdown, in_all, of_code
from app.queries.filter import IncidentFilter
from tests.actions.acts import mention, report
from tests.queries.test_filter import chosen_filters, holds
from tests.queries.test_filter import plain as plain  # a fixture


@settings(max_examples=60, deadline=None)
@given(chosen_filters, some.sampled_from(DIMENSIONS))
def test_each_count_is_what_its_filter_finds(plain, chosen, dimension):
    _rows, connection = plain
    for one in breakdown(connection, chosen, dimension):
        assert counts.headline(connection, of_code(chosen, dimension, one.code)).total == one.incidents > 0, one.code


@pytest.mark.parametrize("dimension", ["weapon", "outcome", "grading", "governorate", "claimed_by", "time_of_day"])
def test_a_dimension_of_one_value_an_incident_counts_each_once(plain, dimension):
    _rows, connection = plain
    every = breakdown(connection, IncidentFilter(), dimension)
    whole = in_all(connection, IncidentFilter())
    assert sum(one.incidents for one in every) == whole.incidents
    assert sum(one.munitions.high for one in every) == whole.munitions.high


@settings(max_examples=30, deadline=None)
@given(chosen_filters)
def test_sums_are_those_of_plain_python(plain, chosen):
    rows, connection = plain
    found = [row for row in rows if holds(row, chosen)]
    whole = in_all(connection, chosen)
    assert whole.incidents == len(found)
    assert whole.attacks == tuple(sum(getattr(row, f"attacks_{end}") for row in found) for end in ("low", "best", "high"))
    stated = [row for row in found if row.munitions_low is not None or row.munitions_high is not None]
    assert whole.munitions.known == len(stated)
    assert whole.munitions.low == sum(row.munitions_low or 0 for row in stated)
    assert whole.munitions.high == sum(row.munitions_high or row.munitions_low for row in stated)
    injured = [name for name in CASUALTIES if name.endswith("injured")]
    assert whole.injured.low == sum(getattr(row, f"{name}_low") or 0 for row in found for name in injured)


def test_one_mistyped_year_leaves_the_counts_of_months_whole(engine):
    report(engine, 1, mention(date_start="1950-03-05"))
    report(engine, 2, mention(), mention(day=28))
    with snapshot(engine) as connection:
        found = breakdown(connection, IncidentFilter(), "month")
    assert [(one.code, one.incidents) for one in found] == [("1950-03", 1), ("2023-11", 2)]
