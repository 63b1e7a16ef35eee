"""Each check of the audit: what it finds, and what it must leave alone."""

import pytest

from app.tallies import KINDS, audit
from app.tallies.values import Comparison
from tests.tallies.cases import START, WIDER, WIDEST, countries, cut, incident, on, parts, total

SERIES = [total(1, 14, 10), total(2, 18, 14), total(3, 20, 16)]
LATER = total(5, 26, 20)
STEADY = [total(1, 5, 1), total(2, 9, 10)]
FOUND = {
    "parts that do not sum": ([total(1, 20, 1, **parts(tanf=4, omar=15))], [], {("parts_differ", 1)}),
    "a cut list with more than its total": ([total(1, 20, 1, **cut(tanf=21))], [], {("parts_differ", 1)}),
    "countries with more than their total": (
        [total(1, 20, 1, **countries(syria=9, iraq=12))],
        [],
        {("parts_differ", 1)},
    ),
    "a total below the one before": ([*SERIES, total(4, 15, 18), LATER], [], {("runs_backward", 4)}),
    "one whose bound allows too little": ([*SERIES, total(4, 15, 18, bound="~"), LATER], [], {("runs_backward", 4)}),
    "a part below the one before": (
        [total(1, 9, 1, **parts(tanf=4, omar=5)), total(2, 12, 5, **parts(tanf=3, omar=9)), total(3, 20, 9, **cut(tanf=5))],
        [],
        {("runs_backward", 2)},
    ),
    "a part that goes missing from a full list": (
        [total(1, 9, 1, **parts(tanf=4, omar=5)), total(2, 9, 5, **parts(omar=9)), total(3, 20, 9, **parts(tanf=5, omar=15))],
        [],
        {("runs_backward", 2)},
    ),
    "a total that its counter takes back": ([*SERIES, total(4, 60, 18), LATER, total(6, 30, 25)], [], {("runs_backward", 4)}),
    "a relay above what follows": (
        [*SERIES, total(4, 25, 18, publisher="p", bound=">"), total(5, 25, 20)],
        [],
        {("relay_differs", 4)},
    ),
    "a figure that stands still": ([total(1, 5, 1), total(2, 5, 9)], [incident(5)], {("stands_still", 2)}),
    "one that stands still while more come": (
        [total(1, 9, 1), total(2, 9, 9), total(3, 9, 10), total(4, 9, 20)],
        [incident(5), incident(15)],
        {("stands_still", 2), ("stands_still", 4)},
    ),
    "a part that stands still": (
        [total(1, 9, 1, **parts(tanf=4, omar=5)), total(2, 12, 9, **parts(tanf=4, omar=8))],
        [incident(5, "tanf")],
        {("stands_still", 2)},
    ),
    "a wider total that does not grow by Syria's incidents": (
        [total(1, 9, 1, scope=WIDER), total(2, 10, 9, scope=WIDER)],
        [incident(5), incident(6)],
        {("grows_less", 2)},
    ),
    "less growth than incidents": ([total(1, 5, 1), total(2, 6, 9)], [incident(5), incident(9)], {("grows_less", 2)}),
    "a total that ends long before it is published": (
        [total(1, 5, 60, end=on(20), scope=WIDER)],
        [incident(40)],
        {("ends_early", 1)},
    ),
    "another start": ([*STEADY, total(3, 7, 5, start=on(-12))], [], {("start_drifts", 3)}),
    "a wider scope": (
        [*(total(n, n, n, scope=WIDER) for n in (1, 2)), total(3, 9, 3, scope=WIDEST)],
        [],
        {("scope_widens", 3)},
    ),
    "a month that is not the difference": (
        [total(1, 10, 0, end=on(0)), total(2, 30, 30, end=on(30)), total(3, 15, 31, kind="period", start=on(1), end=on(30))],
        [],
        {("period_differs", 3)},
    ),
    "one that incidents show not to be": (
        [total(1, 10, 0), total(2, 14, 3), total(3, 30, 30), total(4, 16, 31, kind="period", start=on(3), end=on(30))],
        [incident(1), incident(1, "omar"), incident(2), incident(3)],
        {("period_differs", 4)},
    ),
    "a part of a month that is not the difference": (
        [
            total(1, 10, 0, end=on(0), **parts(tanf=5, omar=5)),
            total(2, 30, 30, end=on(30), **parts(tanf=15, omar=15)),
            total(3, 20, 31, kind="period", start=on(1), end=on(30), **cut(tanf=9)),
        ],
        [],
        {("period_differs", 3)},
    ),
    "rivals far apart": (
        [total(0, 90, 29), total(1, 115, 31), total(2, 160, 30, counter="t", bound=">")],
        [],
        {("rivals_differ", 2)},
    ),
    "more than the register": ([total(1, 5, 1)], [incident(1)], {("exceeds_register", 1)}),
    "a Syrian part above the register": (
        [total(1, 9, 1, **countries(syria=5, iraq=4))],
        [incident(1)],
        {("exceeds_register", 1)},
    ),
    "less than the register": ([total(1, 1, 1)], [incident(0), incident(1)], {("register_exceeds", 1)}),
    "a period with less than the register": (
        [total(1, 1, 40, kind="period", start=on(10), end=on(20))],
        [incident(10), incident(20)],
        {("register_exceeds", 1)},
    ),
}  # fmt: skip
REGISTER = ("exceeds_register", "register_exceeds")
"""What most of the cases find besides, since they hold few incidents."""


@pytest.mark.parametrize(("tallies", "incidents", "expected"), FOUND.values(), ids=FOUND)
def test_each_check_finds_what_it_is_for(tallies, incidents, expected):
    found = {(one.kind, one.tally) for one in audit(tallies, incidents)}
    asked_for = {kind for kind, _tally in expected}
    assert {one for one in found if one[0] not in REGISTER or one[0] in asked_for} == expected


LEFT_ALONE = {
    "a cut list with less than its total": [total(1, 20, 1, **cut(tanf=4))],
    "countries with less than their total": [total(1, 20, 1, **countries(iraq=12))],
    "parts of a total that says at least": [total(1, 20, 1, bound=">=", **parts(tanf=10, omar=11))],
    "several totals of one day in any order": [total(1, 40, 5), total(2, 39, 5), total(3, 38, 5)],
    "about, within its tolerance": [total(1, 100, 1), total(2, 97, 5, bound="~"), total(3, 110, 9)],
    "at least an older figure": [*SERIES, total(4, 15, 18, bound=">="), LATER],
    "a total dated roughly": [*SERIES, total(4, 15, 18, approximate=True), LATER],
    "a total without a day": [*SERIES, total(4, 15)],
    "a total that does not say from when": [*SERIES, total(4, 15, 18, start=None)],
    "a counter that is not named": [*SERIES, total(4, 15, 18, counter=None)],
    "another counter's lower figure": [*SERIES, total(4, 18, 18, counter="t")],
    "another series of the counter": [*SERIES, total(4, 3, 18, start=on(15))],
    "a start of the same year that does not fit in": [*SERIES, total(4, 3, 18, start=on(14))],
    "a part missing from a cut list": [total(1, 9, 1, **parts(tanf=9)), total(2, 12, 5, **cut(omar=3))],
    "both scopes from the first": [total(1, 9, 1, scope=WIDEST), *(total(n, n, n, scope=WIDER) for n in (2, 3))],
    "a month that is the difference": [*STEADY, total(3, 4, 11, kind="period", start=on(2), end=on(10))],
    "a month between totals that lie apart": [*STEADY, total(3, 3, 11, kind="period", start=on(4), end=on(12))],
    "a month that ended long ago": [total(1, 5, 90, kind="period", start=on(1), end=on(30))],
    "rivals near each other": [total(1, 100, 31), total(2, 125, 30, counter="t")],
    "a rival of whose totals of one day the last is near": [total(1, 38, 30), total(2, 40, 30), total(3, 48, 30, counter="t")],
    "rivals of different scopes": [total(1, 50, 31), total(2, 125, 30, counter="t", scope=WIDER)],
    "rivals of different days": [total(1, 50, 10), total(2, 125, 30, counter="t")],
}  # fmt: skip


@pytest.mark.parametrize("tallies", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_fits_is_left_alone(tallies):
    assert [one for one in audit(tallies, []) if one.kind != "exceeds_register"] == []


UNSURE = {
    "one of which only the claimant tells": incident(5, claimed=True),
    "one that may lie before": incident(1, until=5),
    "one that may lie after": incident(5, until=10),
    "one of the day of the first total": incident(1),
}


@pytest.mark.parametrize("one", UNSURE.values(), ids=UNSURE)
def test_an_incident_that_need_not_have_been_counted_contradicts_no_total(one):
    assert "stands_still" not in {found.kind for found in audit([total(1, 1, 1), total(2, 1, 9)], [one])}


def test_a_relay_of_an_older_figure_is_stale_and_the_counters_own_is_lower():
    for publisher, reason in (("p", "stale"), ("m", "lower")):
        found = audit([*SERIES, total(4, 15, 18, publisher=publisher), LATER], [])[0]
        assert (found.reason, found.others) == (reason, (3,))
        assert found.compared == (Comparison("", 15, 20, 20, on(16), on(18)),)


def test_where_two_contradict_each_other_the_relay_is_asked_about():
    assert {(one.kind, one.tally) for one in audit([total(1, 30, 1, publisher="p"), total(2, 20, 2)], [])} >= {
        ("relay_differs", 1)
    }
    assert {(one.kind, one.tally) for one in audit([total(1, 30, 1), total(2, 20, 2, publisher="p")], [])} >= {
        ("runs_backward", 2)
    }


def test_a_figure_that_was_passed_on_late_is_no_rival():
    found = audit([*SERIES, total(4, 15, 18, publisher="p"), LATER, total(6, 21, 18, counter="t")], [])
    assert "runs_backward" in {one.kind for one in found}
    assert "rivals_differ" not in {one.kind for one in found}


def test_one_total_has_one_finding_of_a_kind_with_all_its_parts():
    tallies = [total(1, 9, 1, **parts(tanf=4, omar=5)), total(2, 9, 9, **parts(tanf=4, omar=5))]
    found = next(one for one in audit(tallies, [incident(5, "omar"), incident(6, "omar")]) if one.kind == "stands_still")
    assert found.compared == (Comparison("", 0, 2, 2, on(2), on(9)), Comparison("omar", 0, 2, 2, on(2), on(9)))
    assert found.others == (1,)


def test_of_each_counter_the_total_that_lacks_most_is_told_with_the_others():
    tallies = [total(1, 1, 1), total(2, 2, 10), total(3, 9, 20)]
    found = audit(tallies, [incident(day) for day in (0, 1, 2, 3, 4, 5)])
    assert [(one.tally, one.others) for one in found if one.kind == "register_exceeds"] == [(2, (1,))]


def test_a_child_counts_for_itself_and_for_its_parent():
    tallies = [total(1, 3, 9, **cut(omar=3, green=2))]
    child = [incident(day, "green") for day in (1, 2, 3)]
    held = [type(one)(one.public_id, ("green", "omar"), one.first, one.last) for one in child]
    found = audit(tallies, held)
    assert [(one.kind, [(part.part, part.stated, part.low) for part in one.compared]) for one in found] == [
        ("parts_differ", [("", 3, 5)]),
        ("register_exceeds", [("green", 2, 3)]),
    ]


def test_every_kind_is_known_and_has_a_case():
    assert {kind for _, _, expected in FOUND.values() for kind, _ in expected} == set(KINDS)
    assert on(0) == START
