"""What persons decided, and which id an attack has, hold through whatever comes. Random sequences of acts found these cases."""

import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app.actions.decisions import accept, correct, merge, not_same, reject, reopen, split
from app.actions.editors import add_compiler
from app.actions.reports import add_reports, reread_report
from app.actions.revision import RefusedAction
from app.actions.undoing import undo
from app.db import snapshot
from app.ingest import RawReport
from app.models.tables import INCIDENT
from app.queries import review
from app.queries.incidents import incident
from app.queries.neighbourhood import Neighbourhood
from app.reconcile.clustering import cluster
from tests.actions.acts import incidents, mention, one, reading, report, statuses

EDITOR = "tester"
DRONE, ROCKET = {"weapon": "drone"}, {"weapon": "rocket"}


@pytest.fixture
def register(engine):
    add_compiler(engine, name=EDITOR, display_name="a test")
    return engine


def page(engine, public_id):
    with snapshot(engine) as connection:
        return incident(connection, public_id)


def test_two_attacks_told_in_one_sentence_keep_their_incidents_when_read_again(register):
    report(register, 1, mention("conoco"), mention("al-tanf"), together=True)
    before = {public_id: page(register, public_id).incident.base for public_id in incidents(register)}
    (decided,) = (public_id for public_id, base in before.items() if base == "conoco")
    accept(register, incident=decided, editor=EDITOR)
    reread_report(register, report_id=1, reading=reading(mention("al-tanf")))
    assert {public_id: page(register, public_id).incident.base for public_id in incidents(register)} == before
    assert one(register, "SELECT count(*) FROM mention WHERE lost") == 1


def test_attacks_told_in_their_order_are_not_joined_where_they_exclude_each_other(register):
    for number, part in ((1, "morning"), (2, "evening")):
        alike = mention(**DRONE, time_of_day=part)
        report(register, number, alike, alike)
        for public_id in sorted(incidents(register))[-2:]:
            accept(register, incident=public_id, editor=EDITOR)
    report(register, 3, mention(**DRONE), mention(**DRONE), mention(**DRONE, time_of_day="morning"))
    held = incidents(register)
    assert all(held[public_id] for public_id, status in statuses(register).items() if status == "accepted")
    assert all(len({number for number, _ in mentions}) == len(mentions) for mentions in held.values())


def test_copies_are_paired_by_their_words_and_not_by_their_number(register):
    report(register, 1, mention("conoco", day=3), mention("al-tanf", day=4), together=True)
    again = [mention("conoco", day=3), mention("conoco", day=5), mention("al-tanf", day=4)]
    report(register, 1, *again, publisher="shafaq", together=True)
    bases = {public_id: page(register, public_id).incident.base for public_id in incidents(register)}
    assert sorted(bases.values()) == ["al-tanf", "conoco", "conoco"]


def test_a_copy_of_another_day_does_not_pull_its_original_out_of_its_incident(register):
    report(register, 1, mention(day=5, rule="date.published"))
    report(register, 2, mention(day=5))
    report(register, 1, mention(day=9, rule="date.published"), published=date(2023, 11, 9), publisher="shafaq")
    assert incidents(register) == {"SJ-0001": {(1, 0), (2, 0)}}
    assert str(page(register, "SJ-0001").incident.date_start) == "2023-11-05"


def test_corrections_of_an_absorbed_incident_hold_for_the_one_that_is_kept(register):
    report(register, 1, mention(**DRONE))
    report(register, 2, mention(**ROCKET))
    correct(register, incident="SJ-0001", values={"outcome": "missed"}, reason="seen", editor=EDITOR)
    correct(register, incident="SJ-0002", values={"summary_en": "x", "outcome": "hit"}, reason="seen", editor=EDITOR)
    merge(register, incident="SJ-0002", into="SJ-0001", editor=EDITOR)
    found = page(register, "SJ-0001")
    assert (found.incident.summary_en, found.incident.outcome) == ("x", "missed")
    assert [decision.kind for decision in found.decisions] == ["merge"]


def test_nothing_is_merged_into_a_rejected_incident(register):
    report(register, 1, mention(**DRONE))
    report(register, 2, mention(**ROCKET))
    reject(register, incident="SJ-0001", ground="drill", reason="a drill", editor=EDITOR)
    with pytest.raises(RefusedAction, match="reopen"):
        merge(register, incident="SJ-0002", into="SJ-0001", editor=EDITOR)


def test_a_rejected_incident_is_nobodys_twin(register):
    report(register, 1, mention(**DRONE))
    report(register, 2, mention(**ROCKET))
    reject(register, incident="SJ-0001", ground="drill", reason="a drill", editor=EDITOR)
    with snapshot(register) as connection:
        assert review.twins(connection) == []


@pytest.mark.parametrize(
    ("values", "later"),
    [
        ({"date_end": "2023-11-04"}, mention(day=5, rule="date.published", **DRONE)),
        ({"date_precision": "day"}, mention(day=4, date_end="2023-11-05", **DRONE, time_of_day="night")),
    ],
)
def test_a_correction_of_days_stops_no_later_report(register, values, later):
    report(register, 1, mention(day=3, date_end="2023-11-04", **DRONE, time_of_day="night"))
    correct(register, incident="SJ-0001", values=values, reason="as printed", editor=EDITOR)
    report(register, 2, later)
    reread_report(register, report_id=1, reading=reading(mention(day=8, date_end="2023-11-09", **DRONE)))
    assert page(register, "SJ-0001").incident.review_status == "unreviewed"


def test_an_earlier_first_day_takes_the_last_day_along_for_merging_too(register):
    report(register, 1, mention(day=20))
    correct(register, incident="SJ-0001", values={"date_start": "2023-11-03"}, reason="misprint", editor=EDITOR)
    report(register, 2, mention(day=3))
    assert len(incidents(register)) == 1


def test_a_corrected_day_moves_no_mention_that_only_joined_later(register):
    report(register, 1, mention(day=5))
    correct(register, incident="SJ-0001", values={"date_start": "2023-11-03"}, reason="misprint", editor=EDITOR)
    report(register, 2, mention(day=3))
    undone = one(register, "SELECT number FROM data_revision") - 1
    undo(register, revision=undone, editor=EDITOR)
    check(register)
    assert set(map(frozenset, incidents(register).values())) == {frozenset({(1, 0)}), frozenset({(2, 0)})}
    report(register, 3, mention(day=5))
    undo(register, revision=undone + 2, editor=EDITOR)
    check(register)
    assert set(map(frozenset, incidents(register).values())) == {frozenset({(1, 0), (2, 0)}), frozenset({(3, 0)})}


def test_a_corrected_day_holds_while_its_report_is_read_again(register):
    report(register, 1, mention(day=3))
    correct(register, incident="SJ-0001", values={"date_start": "2023-11-08"}, reason="misprint", editor=EDITOR)
    report(register, 2, mention(day=3))
    reread_report(register, report_id=1, reading=reading(mention(day=3)))
    check(register)
    assert len(incidents(register)) == 2


def test_what_an_act_takes_away_lets_the_rest_come_together(register):
    for number, part in enumerate(({"time_of_day": "morning"}, {"time_of_day": "evening"}, {}), start=1):
        report(register, number, mention(**DRONE, **part))
    assert len(incidents(register)) == 3
    reread_report(register, report_id=2, reading=reading())
    assert set(map(frozenset, incidents(register).values())) == {frozenset({(1, 0), (3, 0)})}


def test_the_order_of_arrival_settles_no_value(new_register):
    def settled(order):
        engine = new_register()
        for number in order:
            report(engine, number, mention(weapon=("drone", "rocket")[number], time_of_day="dawn"))
        return page(engine, "SJ-0001").incident.weapon

    assert settled([0, 1]) == settled([1, 0])


def test_dawn_noon_and_evening_are_three_attacks(register):
    for number, part in enumerate(("dawn", "evening", "noon")):
        report(register, number, mention(**DRONE, time_of_day=part))
    assert len(incidents(register)) == 3


def test_redirects_follow_where_the_incident_goes(register):
    report(register, 1, mention(**DRONE, time_of_day="evening"))
    report(register, 2, mention(**ROCKET))
    report(register, 3, mention(weapon="mixed", time_of_day="evening"))
    for number in (1, 3, 2):
        reread_report(register, report_id=number, reading=reading())
    to_the_dead = (
        "SELECT count(*) FROM incident a JOIN incident b ON a.merged_into_id = b.id"
        " WHERE b.review_status IN ('merged', 'withdrawn')"
    )
    assert one(register, to_the_dead) == 0


def test_one_bad_reading_of_several_stops_no_other(register):
    good, bad = reading(mention()), reading(mention(munitions_low="many"))
    texts = [RawReport(f"abcdefgh {number}", publisher="sohr", lang="en") for number in (1, 2)]
    outcomes = add_reports(register, [(texts[0], bad), (texts[1], good)])
    assert isinstance(outcomes[0], RefusedAction)
    assert not isinstance(outcomes[1], RefusedAction)


mentions = some.builds(
    mention,
    some.sampled_from(["conoco", "al-omar", "green-village"]),
    some.sampled_from([3, 4, 5]),
    weapon=some.sampled_from(["drone", "rocket", "unknown"]),
    time_of_day=some.sampled_from(["dawn", "evening", "night"]),
)
texts = some.tuples(some.integers(0, 4), some.lists(mentions, max_size=3), some.booleans(), some.sampled_from(["sohr", "shafaq"]))
ACTS = (
    "add",
    "add",
    "add",
    "reread",
    "accept",
    "reject",
    "reopen",
    "merge",
    "not_same",
    "split",
    "correct",
    "correct_day",
    "undo",
    "undo",
)
steps = some.lists(some.tuples(some.sampled_from(ACTS), texts, some.integers(0, 9), some.integers(0, 9)), max_size=12)


def act(engine, kind, told, one_of, other_of):
    number, found, together, publisher = told
    there = sorted(statuses(engine))
    public_id, other = (there[index % len(there)] if there else "SJ-0001" for index in (one_of, other_of))
    who = {"editor": EDITOR, "reason": "because"}
    match kind:
        case "add":
            report(engine, number, *found, publisher=publisher, together=together)
        case "reread":
            reread_report(engine, report_id=one_of + 1, reading=reading(*found, together=together))
        case "undo":
            undo(engine, revision=one(engine, "SELECT number FROM data_revision") - one_of, editor=EDITOR)
        case "merge":
            merge(engine, incident=public_id, into=other, **who)
        case "not_same":
            not_same(engine, incident=public_id, other=other, **who)
        case "split":
            split(engine, incident=public_id, mentions=[other_of + 1], **who)
        case "correct":
            correct(engine, incident=public_id, values={"weapon": "mortar"}, **who)
        case "correct_day":
            correct(engine, incident=public_id, values={"date_start": f"2023-11-0{1 + other_of % 9}"}, **who)
        case "reject":
            reject(engine, incident=public_id, ground="drill", **who)
        case _:
            {"accept": accept, "reopen": reopen}[kind](engine, incident=public_id, **who)


def check(engine):
    """The register holds what clustering all its mentions at once gives, and nothing points at what is gone."""
    with snapshot(engine) as connection:
        known = Neighbourhood(connection)
        live = connection.exec_driver_sql("SELECT DISTINCT incident_id FROM mention").scalars().all()
        known.of(live)
        states = dict(connection.exec_driver_sql("SELECT id, review_status FROM incident").all())
    held = {}
    for sighting in known.found.values():
        held.setdefault(sighting.incident, set()).add(sighting.id)
    assert {frozenset(ids) for ids in held.values()} == set(cluster(known.found.values()).groups)
    assert all(states[one_incident] not in ("merged", "withdrawn") for one_incident in held)
    assert all(status in ("merged", "withdrawn") or one_incident in held for one_incident, status in states.items())


def state(engine):
    """What the register holds: of each incident what became of it, and its values while it is open; where each mention is."""
    values = ", ".join(column.name for column in INCIDENT.c if column.name not in ("public_id", "updated_at", "revision"))
    rows = {
        "incidents": "SELECT public_id, review_status, merged_into_id, rejected_as, rejected_because FROM incident",
        "values": f"SELECT public_id, {values} FROM incident WHERE review_status NOT IN ('merged', 'withdrawn')",
        "links": "SELECT id, incident_id, linked_by, born_id FROM mention",
        "twins": "SELECT incident_id, other_id FROM twin ORDER BY 1, 2",
    }
    with engine.connect() as connection:
        return {name: connection.exec_driver_sql(query).all() for name, query in rows.items()}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(steps)
def test_undoing_the_last_act_gives_back_what_was_before_it(new_register, taken):
    engine = new_register()
    add_compiler(engine, name=EDITOR, display_name="a test")
    for step in taken:
        before = state(engine)
        try:
            act(engine, *step)
        except RefusedAction:
            continue
        if step[0] in ("add", "reread"):
            continue
        after, last = state(engine), one(engine, "SELECT number FROM data_revision")
        undo(engine, revision=last, editor=EDITOR)
        check(engine)
        undone = state(engine)
        there = {row.public_id for row in before["incidents"]}
        assert all(row.review_status in ("merged", "withdrawn") for row in undone["incidents"] if row.public_id not in there)
        undone["incidents"] = [row for row in undone["incidents"] if row.public_id in there]
        assert undone == before
        undo(engine, revision=last + 1, editor=EDITOR)
        check(engine)
        assert state(engine) == after


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(steps)
def test_whatever_is_done_the_register_holds_what_clustering_everything_gives(new_register, taken):
    engine = new_register()
    add_compiler(engine, name=EDITOR, display_name="a test")
    for step in taken:
        try:
            act(engine, *step)
        except RefusedAction:
            continue
        check(engine)


def test_three_ways_to_three_attacks_are_the_same_in_any_order(new_register):
    told = {1: [mention(**DRONE)], 2: [mention(**ROCKET), mention(**DRONE)], 3: [mention(weapon="mixed", time_of_day="evening")]}

    def partition(order):
        engine = new_register()
        for number in order:
            report(engine, number, *told[number])
        return {frozenset(held) for held in incidents(engine).values()}

    assert len({frozenset(partition(order)) for order in itertools.permutations(told)}) == 1
