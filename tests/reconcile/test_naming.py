from app.reconcile.clustering import Sighting
from app.reconcile.naming import name
from app.reconcile.weighing import Face


def sightings(**held):
    """Mentions by id: `m1=7` belongs to incident 7, `d1=7` was linked to it by a person, `m1=None` is new."""
    return {
        int(key[1:]): Sighting(int(key[1:]), key, 0, Face("x", "x"), incident, decided=key[0] == "d")
        for key, incident in held.items()
    }


def named(groups, born=None, **held):
    found = name([frozenset(group) for group in groups], sightings(**held), born or {})
    return found.incidents, found.absorbed


def test_a_group_keeps_the_incident_that_most_of_its_mentions_belonged_to():
    assert named([{1, 2, 3}], m1=7, m2=8, m3=8) == ((8,), {7: 0})


def test_of_equals_the_oldest_incident_stays():
    assert named([{1, 2}], m1=8, m2=7) == ((7,), {8: 0})


def test_what_a_person_decided_comes_before_any_number():
    assert named([{1, 2, 3}], d1=9, m2=7, m3=7) == ((9,), {7: 0})


def test_an_incident_that_falls_apart_stays_with_the_greater_part():
    assert named([{1}, {2, 3}], m1=7, m2=7, m3=7) == ((None, 7), {})


def test_a_new_group_is_a_new_incident():
    assert named([{1}], m1=None) == ((None,), {})


def test_an_id_that_was_merged_away_comes_back_when_the_merge_does_not_hold():
    assert named([{1}, {2, 3}], {1: 5}, m1=7, m2=7, m3=7) == ((5, 7), {})
