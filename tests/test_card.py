"""The machine's report card: what counts as found, how sure it is, and how far two editors agree."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evaluate.card import ATTACK_FIELDS, Card, Score, agreement, card, said
from app.evaluate.estimates import kappa, wilson
from app.evaluate.figures import Share


def attack(base="conoco", date="2023-11-04", **fields):
    empty = dict.fromkeys(
        ("date_end", "time_of_day", "munitions_min", "munitions_max", "claimed_by", "attributed_to", "intercepted",
         "casualties_reported", "month"),
    )  # fmt: skip
    return {"base": base, "date": date, "weapon": "unknown", "status": "reported", "evidence": "", **empty, **fields}


def total(count=20, scope="all-syria", **fields):
    return {"scope": scope, "count": count, "op": "=", "since": None, "kind": "cumulative", "evidence": "", **fields}


def line(*incidents, tallies=(), events=()):
    told = [{"type": kind, "evidence": ""} for kind in events]
    whole = {"id": "1", "lang": None, "published": None, "incidents": list(incidents), "tallies": list(tallies)}
    return whole | {"non_strike_events": told}


def test_an_attack_is_found_where_base_and_day_are_the_same():
    told = line(attack(), attack("al-omar"), attack(date="2023-11-07"))
    found = line(attack(), attack("al-omar", "2023-11-05"))
    assert card([(told, found)]).attacks == Score(same=1, found=2, told=3)


def test_fields_are_compared_on_attacks_that_both_tell_of():
    told = line(attack(weapon="rocket", munitions_min=2), attack("al-tanf", weapon="drone"))
    found = line(attack(weapon="drone", munitions_min=2))
    fields = card([(told, found)]).fields
    assert fields["weapon"] == Score(same=0, found=1, told=1)
    assert fields["munitions_min"] == Score(same=1, found=1, told=1)
    assert fields["claimed_by"] == Score()


def test_a_field_that_the_machine_leaves_open_costs_recall_and_no_precision():
    scored = card([(line(attack(time_of_day="dawn")), line(attack()))]).fields["time_of_day"]
    assert (scored.precision, scored.recall) == (Share(0, 0), Share(0, 1))


def test_a_missile_is_as_good_as_a_rocket():
    assert card([(line(attack(weapon="missile")), line(attack(weapon="rocket")))]).fields["weapon"] == Score(1, 1, 1)


def test_an_interception_is_an_outcome():
    found = attack(intercepted="all")
    assert card([(line(attack(outcome="intercepted")), line(found))]).fields["outcome"] == Score(1, 1, 1)
    assert said("outcome", attack(outcome="unknown")) == frozenset()


def test_each_origin_is_a_value_of_its_own():
    scored = card([(line(attack(origins=["sohr", "pentagon"])), line(attack(origins=["sohr"])))]).fields["origins"]
    assert (scored.precision, scored.recall) == (Share(1, 1), Share(1, 2))


def test_a_last_day_that_is_the_first_says_nothing():
    assert card([(line(attack()), line(attack(date_end="2023-11-04")))]).fields["date_end"] == Score()


def test_parts_of_a_total_are_not_compared():
    found = line(tallies=[total(), total(5, "al-omar", kind="breakdown"), total(7, kind="ordinal"), total(9)])
    assert card([(line(tallies=[total(op=">")]), found)]).totals == Score(same=1, found=2, told=1)


def test_about_is_read_as_the_number_itself():
    scored = card([(line(tallies=[total(op="~")]), line(tallies=[total()]))]).total_fields
    assert scored["op"] == Score(1, 1, 1)


def test_what_is_no_strike_is_told_once_by_its_kind():
    assert card([(line(events=["training"]), line(events=["training", "training", "alert"]))]).non_strike == Score(1, 2, 1)


def test_reports_without_an_attack_are_counted_with_those_in_which_none_was_found():
    readings = [(line(), line()), (line(), line(attack())), (line(attack()), line())]
    assert card(readings).peaceful == Share(1, 2)


def test_cards_add_up():
    one, two = (line(attack()), line(attack())), (line(attack(weapon="drone")), line())
    assert card([one, two]) == card([one]) + card([two])
    assert card([]) == Card()


@pytest.mark.parametrize(
    ("share", "low", "high"),
    # The example of R: binom::binom.wilson, and the bounds of 0 and n of n, which are z²/(n+z²) away.
    [(Share(8, 10), 0.4902, 0.9433), (Share(0, 10), 0.0, 0.2775), (Share(10, 10), 0.7225, 1.0), (Share(81, 263), 0.2553, 0.3662)],
)
def test_an_interval_is_wilsons(share, low, high):
    assert wilson(share) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_its_share_and_lies_within_nought_and_one(right, wrong):
    low, high = wilson(Share(right, right + wrong))
    assert 0 <= low <= high <= 1
    if right + wrong:
        assert low - 1e-9 <= right / (right + wrong) <= high + 1e-9


def test_kappa_is_cohens():
    # A table of two by two that textbooks work: 20 and 15 on the diagonal, 5 and 10 beside it.
    assert kappa({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}) == pytest.approx(0.4)
    assert kappa({("a", "a"): 3, ("b", "b"): 4}) == 1
    assert kappa({("a", "a"): 9}) is None
    assert kappa({}) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"))))
def test_kappa_does_not_depend_on_who_is_first(pairs):
    turned = Counter((other, one) for one, other in pairs)
    assert kappa(Counter(pairs)) == kappa(turned)


def test_agreement_is_told_of_attacks_that_both_read():
    one = line(attack(weapon="drone", time_of_day="night"), attack("al-omar"))
    other = line(attack(weapon="drone"), attack("al-tanf"))
    found = agreement([(one, other), (line(), line())])
    assert (found.reports, found.attacks) == (2, Share(1, 3))
    assert (found.fields["weapon"], found.fields["time_of_day"], found.fields["claimed_by"]) == (
        Share(1, 1),
        Share(0, 1),
        Share(1, 1),
    )
    assert found.kappas["weapon"] is None
    assert agreement([]).fields == dict.fromkeys(ATTACK_FIELDS, Share())
