from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.reconcile.clustering import Sighting, cluster, reach
from app.reconcile.weighing import Face

NOV_3 = date(2023, 11, 3)


def face(base="conoco", day=3, end=None, *, site=None, **more):
    start = date(2023, 11, day) if day else None
    return Face(site or base, base, start, date(2023, 11, end) if end else start, **more)


def green(**more):
    return face("green-village", site="al-omar", **more)


DRONE, ROCKET = {"weapon": "drone"}, {"weapon": "rocket"}
DAWN, MORNING, EVENING, NIGHT = ({"time_of_day": part} for part in ("dawn", "morning", "evening", "night"))


def groups(*reports, **details):
    """The partition of the mentions of some reports, each a list of faces, as sets of (report, place)."""
    sightings = [
        Sighting(id=10 * number + at, text=f"text {number}", at=at, face=one, **details.get(f"of_{number}_{at}", {}))
        for number, faces in enumerate(reports)
        for at, one in enumerate(faces)
    ]
    found = cluster(sightings)
    return found.groups, found.twins


TOGETHER = {
    "the same day and base": [face(), face()],
    "rocket and missile": [face(weapon="rocket"), face(weapon="missile")],
    "another weapon at the same hour": [face(**DRONE, **EVENING), face(**ROCKET, **EVENING)],
    "both names of a site": [face("al-omar"), green()],
    "a night of two days and the second of them": [face(day=3, end=4, **NIGHT), face(day=4, **DAWN)],
    "evening and the night after it": [face(**EVENING, **DRONE), face(day=4, **NIGHT, **DRONE)],
    "the day of publication, one later": [face(**DRONE), face(day=4, assumed=True, **DRONE)],
    "a day in Washington and the next in Syria": [face(abroad=True, **DRONE), face(day=4, **DRONE)],
    "a day that was stated too": [face(alternatives=(date(2023, 11, 4),)), face(day=4)],
    "the same month, told as loosely": [face(day=1, end=30), face(day=1, end=30)],
    "a count that differs by little": [face(munitions=(3, 3), **DRONE), face(munitions=(5, 5), **DRONE)],
    "the same number of the day": [face(nth=3), face(nth=3)],
}
APART = {
    "another base": [face(), face("al-tanf")],
    "another day": [face(**DRONE), face(day=4, **DRONE)],
    "another part of the day": [face(**MORNING, **DRONE), face(**EVENING, **DRONE)],
    "no day": [face(day=None), face(day=None)],
    "bases that nobody named": [face("unspecified"), face("unspecified")],
    "a month and a day in it": [face(day=1, end=30), face()],
    "another number of the day": [face(nth=2), face(nth=3)],
    "another claimant": [face(claimed_by="a", **DRONE), face(claimed_by="b", **ROCKET)],
}


@pytest.mark.parametrize("faces", TOGETHER.values(), ids=TOGETHER)
def test_two_reports_tell_of_one_attack(faces):
    assert len(groups(*([one] for one in faces))[0]) == 1


@pytest.mark.parametrize("faces", APART.values(), ids=APART)
def test_two_reports_tell_of_two_attacks(faces):
    assert len(groups(*([one] for one in faces))[0]) == 2


def test_what_may_be_one_attack_without_being_surely_so_is_a_twin():
    found, twins = groups([face(**DRONE)], [face(**ROCKET)])
    assert (len(found), len(twins)) == (2, 1)


def test_what_is_clearly_another_attack_is_no_twin():
    assert groups([face(**MORNING)], [face(**EVENING)])[1] == ()


def test_two_mentions_of_one_report_are_two_attacks():
    assert len(groups([face(), face()])[0]) == 2


def test_reports_that_tell_as_many_attacks_alike_tell_them_in_their_order():
    found, _ = groups([face(), face()], [face(), face()], [face(**DRONE), face(**DRONE)])
    assert set(found) == {frozenset({0, 10, 20}), frozenset({1, 11, 21})}


def test_one_mention_that_fits_two_attacks_alike_stays_apart_and_is_the_twin_of_both():
    found, twins = groups([face(**MORNING)], [face(**EVENING)], [face()])
    assert (len(found), len(twins)) == (3, 2)


def test_the_nearer_fit_wins():
    found, _ = groups([face(**MORNING), face(**EVENING)], [face(**EVENING)])
    assert set(found) == {frozenset({0}), frozenset({1, 10})}


def test_silent_witnesses_do_not_hide_that_others_contradict_each_other():
    found, _ = groups(*([face(munitions=(n, n))] for n in (3, 4, 5)), [face(**MORNING, **DRONE)], [face(**EVENING, **DRONE)])
    assert {30, 40} not in [group & {30, 40} for group in found]


def test_a_text_that_another_publisher_repeats_a_day_later_tells_of_the_same_attack():
    first, again = Sighting(1, "same", 0, face()), Sighting(2, "same", 0, face(day=4))
    assert cluster([first, again]).groups == (frozenset({1, 2}),)


def test_what_persons_decided_stays_together_and_apart():
    mine, yours = {"incident": 7, "decided": True}, {"incident": 8, "decided": True}
    together = groups([face("al-tanf", day=9)], [face()], of_0_0=mine, of_1_0=mine)[0]
    found, twins = groups([face()], [face()], of_0_0=mine, of_1_0=yours)
    assert (len(together), len(found), twins) == (1, 2, ())


def test_a_new_report_joins_a_decided_incident_that_it_fits():
    found, _ = groups([face(**MORNING)], [face(**EVENING)], [face(**EVENING)], of_1_0={"incident": 8, "decided": True})
    assert frozenset({10, 20}) in found


faces = some.builds(
    face,
    some.sampled_from(["conoco", "al-tanf"]),
    some.sampled_from([None, 3, 4, 5]),
    assumed=some.booleans(),
    time_of_day=some.sampled_from([None, "dawn", "morning", "evening", "night"]),
    weapon=some.sampled_from([None, "drone", "rocket"]),
    munitions=some.sampled_from([(None, None), (2, 2), (5, None)]),
    nth=some.sampled_from([None, None, 2]),
)
reports = some.lists(some.lists(faces, min_size=1, max_size=3), max_size=7)


def sightings_of(told, decided=()):
    return [
        Sighting(10 * number + at, f"text {number}", at, one, incident=dict(decided).get(number), decided=number in dict(decided))
        for number, mentions in enumerate(told)
        for at, one in enumerate(mentions)
        if not (number in dict(decided) and at)
    ]


@given(reports, some.randoms(use_true_random=False), some.dictionaries(some.integers(0, 6), some.integers(1, 2), max_size=3))
def test_any_order_of_arrival_gives_the_same_groups_and_twins(told, shuffle, decided):
    sightings = sightings_of(told, decided.items())
    again = shuffle.sample(sightings, len(sightings))
    one, other = cluster(sightings), cluster(again)
    assert set(one.groups) == set(other.groups)
    assert {frozenset(pair) for pair in one.twins} == {frozenset(pair) for pair in other.twins}


@given(reports, some.integers(0, 6), some.dictionaries(some.integers(0, 6), some.integers(1, 3), max_size=4))
def test_clustering_what_a_mention_reaches_groups_it_as_clustering_everything_does(told, number, decided):
    sightings = sightings_of(told, decided.items())
    if number >= len(told):
        return
    near = reach(sightings, [10 * number])
    local = cluster([one for one in sightings if one.id in near])
    assert set(local.groups) == {group for group in cluster(sightings).groups if group & near}


@given(reports, some.dictionaries(some.integers(0, 6), some.integers(1, 2), max_size=3))
def test_no_group_holds_two_mentions_of_a_text_or_two_decided_incidents(told, decided):
    sightings = {one.id: one for one in sightings_of(told, decided.items())}
    found = cluster(sightings.values())
    assert sorted(one for group in found.groups for one in group) == sorted(sightings)
    for group in found.groups:
        held = [sightings[one] for one in group]
        assert len({one.text for one in held}) == len(held)
        assert len({one.incident for one in held if one.decided}) <= 1
