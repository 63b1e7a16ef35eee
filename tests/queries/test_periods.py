"""What the timeline counts: each segment is what its filter finds, nothing is lost, and thin coverage is told."""

from datetime import date
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.db import snapshot
from app.queries import counts, reference
from app.queries.counts import Coverage, thin_stretches
from app.queries.filter import IncidentFilter
from app.queries.periods import (
    BEYOND,
    MOST,
    STACKS,
    UNITS,
    begin,
    by_period,
    fitting_units,
    following,
    in_segment,
    not_drawn,
    reach,
    unit_for,
)

FROM_TO = IncidentFilter().but("from", "2023-11-01").but("to", "2024-02-14")
CHOSEN = (
    IncidentFilter(),
    FROM_TO,
    IncidentFilter().but("base", "al-omar", "green-village"),
    FROM_TO.but("base", "conoco").but("weapon", "drone", "rocket"),
    IncidentFilter().but("precision", "day").but("status", "unreviewed"),
    IncidentFilter().but("claimed_by", "none"),
    FROM_TO.but("precision", "range", "month"),
)


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("unit", ["", *UNITS])
def test_each_segment_counts_what_its_filter_finds(mixed_engine, unit, stack):
    with snapshot(mixed_engine) as connection:
        sites, coverage = reference.sites(connection), counts.coverage(connection)
        for chosen in CHOSEN:
            periods = by_period(connection, chosen, sites, coverage, stack=stack, unit=unit)
            for segment, count in chain(periods.counts().items(), periods.counts(alike=True).items()):
                found_by = in_segment(segment, chosen, periods, sites)
                known = reference.names(connection).codes
                pairs = [(key, value) for key, values in found_by.chosen for value in values]
                assert IncidentFilter.of(pairs, known=known, strict=True) == found_by
                assert counts.headline(connection, found_by).total == count, (chosen, segment)


@pytest.mark.parametrize("unit", UNITS)
def test_nothing_is_lost_between_columns_and_what_is_told_beside_them(mixed_engine, unit):
    with snapshot(mixed_engine) as connection:
        sites, coverage = reference.sites(connection), counts.coverage(connection)
        for chosen in CHOSEN:
            totals = set()
            for stack in STACKS:
                periods = by_period(connection, chosen, sites, coverage, stack=stack, unit=unit)
                totals.add((sum(periods.counts().values()), periods.spanning, periods.loose))
                totals.add((sum(periods.counts(alike=True).values()), periods.spanning, periods.loose))
                assert all(periods.first <= segment.first <= periods.last for segment in periods.counts())
            assert len(totals) == 1
            drawn, spanning, loose = totals.pop()
            headline = counts.headline(connection, chosen)
            assert drawn >= headline.total - loose
            assert drawn == headline.total - loose or spanning
            if loose:
                assert counts.headline(connection, not_drawn(chosen, periods)).total == loose


def test_a_month_is_drawn_by_month_alone_and_a_year_or_no_day_by_nothing(mixed_engine):
    with snapshot(mixed_engine) as connection:
        sites, coverage = reference.sites(connection), counts.coverage(connection)
        loose = {unit: by_period(connection, IncidentFilter(), sites, coverage, unit=unit).loose for unit in UNITS}
    assert loose == {"day": 3, "week": 3, "month": 2}


def test_accepted_and_vague_ones_have_segments_of_their_own(mixed_engine):
    with snapshot(mixed_engine) as connection:
        periods = by_period(connection, IncidentFilter(), reference.sites(connection), counts.coverage(connection))
    assert sum(n for segment, n in periods.counts().items() if segment.status == "accepted") >= 3
    assert sum(n for segment, n in periods.counts().items() if not segment.exact) >= 3


def test_what_is_found_nowhere_has_no_column(mixed_engine):
    with snapshot(mixed_engine) as connection:
        chosen = IncidentFilter().but("q", "zzzz")
        assert not by_period(connection, chosen, reference.sites(connection), counts.coverage(connection)).counts()


@pytest.mark.parametrize(
    ("last", "unit"),
    [("2023-01-01", "day"), ("2023-03-03", "day"), ("2023-03-04", "week"), ("2024-12-31", "week"), ("2025-01-01", "month")],
)
def test_the_range_chooses_the_unit(last, unit):
    assert unit_for(date(2023, 1, 1), date.fromisoformat(last)) == unit


def test_a_unit_that_makes_too_many_columns_gives_way_to_a_coarser_one():
    first = date(2020, 1, 1)
    assert unit_for(first, date(2024, 5, 18), "day") == "day"
    assert unit_for(first, date(2024, 5, 20), "day") == "week"
    assert (date(2024, 5, 18) - first).days + 1 == MOST
    assert fitting_units(first, date(2099, 1, 1)) == ["month"]


@given(some.dates(date(1950, 1, 1), date(2090, 1, 1)), some.sampled_from(UNITS))
def test_periods_lie_side_by_side(day, unit):
    start = begin(unit, day)
    assert start <= day < following(unit, start)
    assert begin(unit, following(unit, start)) == following(unit, start)


COVERED = Coverage(9, date(2021, 7, 7), date(2025, 8, 3))
SPANS = [(date(2023, 1, 5), date(2023, 1, 5)), (date(2023, 3, 1), date(2023, 3, 9))]


def test_a_chart_goes_to_the_last_report_where_the_filter_sets_no_end():
    assert reach(IncidentFilter(), SPANS, COVERED) == (date(2023, 1, 5), date(2025, 8, 3))
    chosen = IncidentFilter().but("from", "2022-12-01").but("to", "2023-04-30")
    assert reach(chosen, SPANS, COVERED) == (date(2022, 12, 1), date(2023, 4, 30))


def test_a_chart_of_centuries_keeps_to_what_reports_reach():
    chosen = IncidentFilter().but("from", "1900-01-01").but("to", "2100-12-31")
    assert reach(chosen, SPANS, COVERED) == (COVERED.first, COVERED.last + BEYOND)
    first, last = reach(IncidentFilter().but("from", "2099-01-01"), [], COVERED)
    assert first <= last


def days_of(*months):
    return {date.fromisoformat(f"{month}-{day:02}"): 1 for month, number in months for day in range(3, 3 + number)}


def test_months_with_fewer_than_two_reports_are_thin_and_run_together():
    published = days_of(("2024-01", 4), ("2024-02", 1), ("2024-04", 2), ("2024-08", 2), ("2025-01", 1))
    assert thin_stretches(published) == (
        (date(2024, 2, 1), date(2024, 3, 31)),
        (date(2024, 5, 1), date(2024, 7, 31)),
        (date(2024, 9, 1), date(2025, 1, 3)),
    )
    assert thin_stretches({}) == ()


@settings(max_examples=50)
@given(some.dictionaries(some.dates(date(2020, 1, 1), date(2024, 1, 1)), some.integers(1, 3), max_size=20))
def test_thin_stretches_lie_between_first_and_last_report_and_apart(published):
    stretches = thin_stretches(published)
    ends = [day for stretch in stretches for day in stretch]
    assert ends == sorted(ends)
    assert all(min(published) <= day <= max(published) for day in ends)


def test_the_seeds_are_thin_where_nothing_was_compiled(seeded_engine):
    with snapshot(seeded_engine) as connection:
        coverage = counts.coverage(connection)
    assert (date(2024, 5, 1), date(2024, 7, 31)) in coverage.thin
    assert not any(first <= date(2023, 11, 15) <= last for first, last in coverage.thin)
