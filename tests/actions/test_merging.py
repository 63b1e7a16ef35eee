"""Reports become incidents: in any order, read again by other rules, and under the decisions of editors."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app.actions.decisions import accept, correct, merge, not_same, reject, reopen, split
from app.actions.editors import add_compiler
from app.actions.reports import reread_report
from app.actions.revision import RefusedAction
from tests.actions.acts import incidents, mention, one, reading, report, statuses

EDITOR = "tester"


@pytest.fixture
def register(engine):
    add_compiler(engine, name=EDITOR, display_name="a test")
    return engine


def test_two_reports_of_one_attack_are_one_incident(register):
    report(register, 1, mention(weapon="drone"))
    assert report(register, 2, mention(weapon="drone")).new_incidents == ()
    assert incidents(register) == {"SJ-0001": {(1, 0), (2, 0)}}


def test_a_report_that_shows_two_incidents_to_be_one_merges_them_and_the_younger_id_redirects(register):
    report(register, 1, mention(weapon="drone", time_of_day="evening"))
    report(register, 2, mention(weapon="rocket"))
    assert len(incidents(register)) == 2
    report(register, 3, mention(weapon="mixed", time_of_day="evening"))
    assert incidents(register) == {"SJ-0001": {(1, 0), (2, 0), (3, 0)}}
    assert statuses(register)["SJ-0002"] == "merged"


def test_an_id_that_the_machine_merged_away_comes_back_when_the_merge_does_not_hold(register):
    report(register, 1, mention(weapon="drone", time_of_day="evening"))
    report(register, 2, mention(weapon="rocket"))
    report(register, 3, mention(weapon="mixed", time_of_day="evening"))
    reread_report(register, report_id=3, reading=reading())
    assert incidents(register) == {"SJ-0001": {(1, 0)}, "SJ-0002": {(2, 0)}}


def test_what_may_be_one_attack_is_suggested_and_not_merged(register):
    report(register, 1, mention(weapon="drone"))
    report(register, 2, mention(weapon="rocket"))
    assert len(incidents(register)) == 2
    assert one(register, "SELECT count(*) FROM twin") == 1


def test_what_editors_merge_stays_merged_and_the_other_address_redirects(register):
    report(register, 1, mention(weapon="drone"))
    report(register, 2, mention(weapon="rocket"))
    merge(register, incident="SJ-0002", into="SJ-0001", editor=EDITOR)
    report(register, 3, mention(weapon="rocket"))
    assert incidents(register) == {"SJ-0001": {(1, 0), (2, 0), (3, 0)}}
    assert statuses(register)["SJ-0002"] == "merged"
    assert one(register, "SELECT count(*) FROM twin") == 0
    with pytest.raises(RefusedAction, match="merged"):
        accept(register, incident="SJ-0002", editor=EDITOR)


def test_what_editors_call_two_attacks_is_never_merged_nor_suggested_again(register):
    report(register, 1, mention(weapon="drone"))
    report(register, 2, mention(weapon="rocket"))
    not_same(register, incident="SJ-0001", other="SJ-0002", editor=EDITOR)
    assert one(register, "SELECT count(*) FROM twin") == 0
    report(register, 3, mention(weapon="rocket"))
    assert incidents(register) == {"SJ-0001": {(1, 0)}, "SJ-0002": {(2, 0), (3, 0)}}


def test_what_editors_split_stays_apart(register):
    for number in (1, 2):
        report(register, number, mention(weapon="drone"))
    second = one(register, "SELECT max(id) FROM mention")
    assert split(register, incident="SJ-0001", mentions=[second], editor=EDITOR) == "SJ-0002"
    reread_report(register, report_id=2, reading=reading(mention(weapon="drone")))
    assert incidents(register) == {"SJ-0001": {(1, 0)}, "SJ-0002": {(2, 0)}}


@pytest.mark.parametrize("mentions", [[], [1], [99]])
def test_a_split_must_leave_something_on_both_sides(register, mentions):
    report(register, 1, mention())
    with pytest.raises(RefusedAction, match="SJ-0001"):
        split(register, incident="SJ-0001", mentions=mentions, editor=EDITOR)


def test_a_corrected_day_draws_in_the_reports_of_that_day(register):
    report(register, 1, mention(day=3))
    correct(register, incident="SJ-0001", values={"date_start": "2023-11-08"}, reason="misprint", editor=EDITOR)
    report(register, 2, mention(day=8))
    assert incidents(register) == {"SJ-0001": {(1, 0), (2, 0)}}


def test_a_grading_set_by_an_editor_holds_until_it_is_taken_back(register):
    report(register, 1, mention(origin="sohr"))
    correct(register, incident="SJ-0001", values={"grading": "confirmed"}, reason="seen on video", editor=EDITOR)
    assert one(register, "SELECT grading || ' ' || grading_reason FROM incident") == "confirmed editor"
    report(register, 2, mention(origin="sohr"))
    assert one(register, "SELECT grading FROM incident") == "confirmed"
    correct(register, incident="SJ-0001", values={"grading": None}, reason="video was of another day", editor=EDITOR)
    assert one(register, "SELECT grading FROM incident") == "weak"


@pytest.mark.parametrize("grading", ["discounted", "certain"])
def test_a_grading_that_is_none_is_refused(register, grading):
    report(register, 1, mention())
    with pytest.raises(RefusedAction, match="grading"):
        correct(register, incident="SJ-0001", values={"grading": grading}, reason="x", editor=EDITOR)


def test_a_rejected_incident_takes_its_new_reports_with_it_and_can_be_reopened(register):
    report(register, 1, mention())
    reject(register, incident="SJ-0001", ground="drill", reason="a drill", editor=EDITOR)
    report(register, 2, mention())
    assert incidents(register) == {}
    reopen(register, incident="SJ-0001", editor=EDITOR)
    assert incidents(register) == {"SJ-0001": {(1, 0), (2, 0)}}


def test_reading_again_replaces_mentions_and_keeps_the_id(register):
    report(register, 1, mention(weapon="drone"))
    done = reread_report(register, report_id=1, reading=reading(mention(weapon="rocket")))
    assert (done.before, done.after, done.lost) == (1, 1, 0)
    assert incidents(register) == {"SJ-0001": {(1, 0)}}
    assert one(register, "SELECT weapon FROM incident") == "rocket"


def test_an_incident_left_without_mentions_is_withdrawn_and_not_deleted(register):
    report(register, 1, mention())
    reread_report(register, report_id=1, reading=reading())
    assert statuses(register) == {"SJ-0001": "withdrawn"}
    assert one(register, "SELECT count(*) FROM mention") == 0


def test_an_incident_that_loses_one_of_its_mentions_is_settled_without_it(register):
    report(register, 1, mention(weapon="unknown"))
    report(register, 2, mention(weapon="drone", time_of_day="dawn"))
    assert incidents(register) == {"SJ-0001": {(1, 0), (2, 0)}}
    reread_report(register, report_id=2, reading=reading())
    assert one(register, "SELECT number_of_reports FROM incident") == 1
    assert one(register, "SELECT time_of_day FROM incident") is None


def test_corrections_outlive_reading_again(register):
    report(register, 1, mention(weapon="drone"))
    correct(register, incident="SJ-0001", values={"weapon": "mortar"}, reason="photo", editor=EDITOR)
    reread_report(register, report_id=1, reading=reading(mention(weapon="rocket")))
    assert incidents(register) == {"SJ-0001": {(1, 0)}}
    assert one(register, "SELECT weapon FROM incident") == "mortar"


def test_what_a_person_linked_and_no_rule_finds_any_more_stays_and_is_queued(register):
    report(register, 1, mention(weapon="drone"))
    accept(register, incident="SJ-0001", editor=EDITOR)
    done = reread_report(register, report_id=1, reading=reading())
    assert done.lost == 1
    assert statuses(register) == {"SJ-0001": "accepted"}
    assert one(register, "SELECT weapon FROM incident") == "drone"
    assert one(register, "SELECT lost FROM mention") == 1
    reread_report(register, report_id=1, reading=reading(mention(weapon="drone")))
    assert one(register, "SELECT count(*) FROM mention WHERE NOT lost") == 1
    assert incidents(register) == {"SJ-0001": {(1, 0)}}


def test_only_a_text_that_is_there_can_be_read_again(register):
    with pytest.raises(RefusedAction, match="99"):
        reread_report(register, report_id=99, reading=reading())


mentions = some.builds(
    mention,
    some.sampled_from(["conoco", "al-omar", "green-village"]),
    some.sampled_from([3, 4, 5]),
    weapon=some.sampled_from(["drone", "rocket", "unknown"]),
    time_of_day=some.sampled_from(["dawn", "evening", "night"]),
)
told = some.lists(some.lists(mentions, min_size=1, max_size=2), min_size=2, max_size=5)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(told, some.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_incidents(new_register, told, shuffle):
    def partition(order):
        engine = new_register()
        for number in order:
            report(engine, number, *told[number])
        return {frozenset(held) for held in incidents(engine).values()}

    order = list(range(len(told)))
    assert partition(order) == partition(shuffle.sample(order, len(order)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(told, told)
def test_reading_again_with_other_rules_touches_nothing_that_a_person_decided(new_register, told, again):
    engine = new_register()
    add_compiler(engine, name=EDITOR, display_name="a test")
    for number, found in enumerate(told):
        report(engine, number, *found)
    first, *others = sorted(incidents(engine))
    accept(engine, incident=first, editor=EDITOR)
    if others:
        correct(engine, incident=others[-1], values={"weapon": "mortar"}, reason="photo", editor=EDITOR)
    decided = incidents(engine, linked_by="editor")
    for number, found in enumerate(again[: len(told)]):
        reread_report(engine, report_id=number + 1, reading=reading(*found))
    held = incidents(engine)
    for public_id, mentions_held in decided.items():
        assert mentions_held <= held[public_id]
    if others:
        assert one(engine, f"SELECT weapon FROM incident WHERE public_id = '{others[-1]}'") == "mortar"
    assert one(engine, "SELECT count(*) FROM mention WHERE incident_id NOT IN (SELECT id FROM incident)") == 0
    assert statuses(engine)[first] == "accepted"
