"""What an editor marks in a text that the machine missed: it stays through every reading, and can be taken back."""

from datetime import date

import pytest
from sqlalchemy import text

from app.actions.decisions import Evidence, accept
from app.actions.editors import add_compiler
from app.actions.missed import add_incident, mark_event, mark_tally, unmark_event, unmark_tally
from app.actions.reports import add_report, reread_report
from app.actions.revision import RefusedAction
from app.actions.undoing import undo
from app.extract.values import Extraction, NonStrikeEvent, Tally
from app.ingest import RawReport
from tests.actions.acts import LETTERS, incidents, mention, one, placed, reading, report, span, statuses

EDITOR = "tester"
VALUES = {"base": "al-tanf", "date_start": "2023-11-04", "weapon": "rocket", "summary_en": "Rockets at al-Tanf"}
TOTAL = Tally("all-syria", 20, start="2023-10-17")


@pytest.fixture
def register(engine):
    add_compiler(engine, name=EDITOR, display_name="a test")
    report(engine, 1, mention(weapon="drone"))
    return engine


def add(engine, values=VALUES, at=(4, 6), **more):
    given = {"report_id": 1, "span_start": at[0], "span_end": at[1], "reason": "missed", "editor": EDITOR} | more
    return add_incident(engine, values=values, **given)


def rows(engine, query):
    with engine.connect() as connection:
        return connection.execute(text(query)).all()


def latest(engine):
    return one(engine, "SELECT number FROM data_revision")


def test_a_missed_incident_stands_with_its_values_and_the_words_that_tell_of_it(register):
    assert add(register, evidence={"weapon": Evidence(1, 5, 6, "f")}) == "SJ-0002"
    found = rows(
        register, "SELECT base_id, date_start, date_end, weapon, summary_en, number_of_reports FROM incident WHERE id = 2"
    )
    base = one(register, "SELECT id FROM base WHERE slug = 'al-tanf'")
    assert found == [(base, "2023-11-04", "2023-11-04", "rocket", "Rockets at al-Tanf", 1)]
    made = rows(register, "SELECT quote, linked_by, extractor_version FROM mention WHERE incident_id = 2")
    assert made == [("ef", "editor", None)]
    claims = rows(register, "SELECT field, value, basis, quote, rule FROM claim WHERE rule = 'editor' ORDER BY id")
    assert claims[0] == ("base", "al-tanf", "quote", "ef", "editor")
    assert ("weapon", "rocket", "f") in rows(register, "SELECT field, value, quote FROM correction")


def test_later_reports_of_a_missed_attack_join_it(register):
    add(register)
    report(register, 2, mention("al-tanf", day=4, weapon="rocket"))
    assert incidents(register)["SJ-0002"] == {(1, 4), (2, 0)}


def test_a_missed_incident_may_have_no_day(register):
    assert add(register, {"base": "al-tanf"}) == "SJ-0002"
    assert one(register, "SELECT date_precision FROM incident WHERE id = 2") == "unknown"


def test_two_missed_incidents_may_stand_in_the_same_words(register):
    assert (add(register), add(register)) == ("SJ-0002", "SJ-0003")
    assert len(incidents(register)) == 3


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"at": (4, 400)}, "no words from 4 to 400"),
        ({"at": (6, 4)}, "no words"),
        ({"at": (-1, 4)}, "no words"),
        ({"report_id": 99}, "no report 99"),
        ({"values": {"weapon": "rocket"}}, "base"),
        ({"values": {"base": "atlantis"}}, "atlantis"),
        ({"values": VALUES | {"weapon": "catapult"}}, "weapon"),
        ({"values": VALUES | {"date_start": "soon"}}, "soon"),
        ({"values": VALUES | {"date_end": "2023-11-01"}}, "date"),
        ({"values": VALUES | {"mood": "x"}}, "mood"),
        ({"reason": ""}, "reason"),
        ({"evidence": {"weapon": Evidence(1, 5, 6, "x")}}, "words of its report"),
    ],
)
def test_a_missed_incident_that_cannot_be_is_refused_and_leaves_nothing(register, given, words):
    with pytest.raises(RefusedAction, match=words):
        add(register, **given)
    assert one(register, "SELECT count(*) FROM incident") == one(register, "SELECT count(*) FROM mention") == 1


def test_a_missed_incident_outlives_reading_again_and_is_never_lost(register):
    add(register)
    assert reread_report(register, report_id=1, reading=reading()).lost == 0
    assert incidents(register) == {"SJ-0002": {(1, 4)}}
    assert one(register, "SELECT lost FROM mention") == 0


def test_a_missed_incident_follows_what_the_machine_finds_later_on_the_same_base_alone(register):
    add(register, at=(1, 3))
    reread_report(register, report_id=1, reading=reading(mention(weapon="drone"), mention("conoco", day=9)))
    assert one(register, "SELECT count(*) FROM mention WHERE incident_id = 2 AND extractor_version IS NULL") == 1
    reread_report(register, report_id=1, reading=reading())
    reread_report(register, report_id=1, reading=reading(mention(weapon="drone"), mention("al-tanf", day=4)))
    assert incidents(register)["SJ-0002"] == {(1, 1)}
    assert one(register, "SELECT count(*) FROM mention") == 2
    assert one(register, "SELECT linked_by || extractor_version FROM mention WHERE incident_id = 2") == "editorrules-1"


def test_what_a_former_machine_mention_takes_is_not_taken_by_one_made_by_hand(register):
    reread_report(register, report_id=1, reading=reading(mention("al-tanf", day=4)))
    add(register, at=(0, 3))
    reread_report(register, report_id=1, reading=reading(mention("al-tanf", day=4, weapon="drone")))
    assert incidents(register) == {"SJ-0001": {(1, 0)}, "SJ-0002": {(1, 0)}}
    assert one(register, "SELECT extractor_version FROM mention WHERE incident_id = 2") is None


def test_an_undone_addition_takes_its_mention_out_and_is_not_done_again(register):
    add(register)
    undo(register, revision=latest(register), editor=EDITOR)
    assert statuses(register) == {"SJ-0001": "unreviewed", "SJ-0002": "withdrawn"}
    assert one(register, "SELECT count(*) FROM mention") == 1
    assert one(register, "SELECT count(*) FROM claim WHERE rule = 'editor'") == 0
    with pytest.raises(RefusedAction, match="add the incident again"):
        undo(register, revision=latest(register), editor=EDITOR)


def test_an_addition_is_not_undone_under_a_later_decision(register):
    add(register)
    added = latest(register)
    accept(register, incident="SJ-0002", editor=EDITOR)
    with pytest.raises(RefusedAction, match=f"SJ-0002.*revision {added + 1}"):
        undo(register, revision=added, editor=EDITOR)


def test_an_undone_addition_that_the_machine_found_too_is_the_machines(register):
    add(register, at=(1, 3))
    added = latest(register)
    reread_report(register, report_id=1, reading=reading(mention(weapon="drone"), mention("al-tanf", day=4, weapon="rocket")))
    undo(register, revision=added, editor=EDITOR)
    assert rows(register, "SELECT linked_by FROM mention") == [("machine",), ("machine",)]
    assert statuses(register)["SJ-0002"] == "unreviewed"
    assert one(register, "SELECT count(*) FROM correction c WHERE withdrawn") == len(VALUES)


def tell(engine, *, tallies=(), events=()):
    raw = RawReport(f"{LETTERS} 9", publisher="sohr", published=date(2023, 11, 5), lang="en")
    found = Extraction("rules-1", tallies=tallies, non_strike_events=events)
    return add_report(engine, raw=raw, reading=found).report_id, found


def test_a_marked_total_replaces_what_the_machine_read_there_and_outlives_reading_again(register):
    elsewhere = Tally("all-syria", 7, span=span(6), rule="total")
    number, found = tell(register, tallies=(Tally("all-syria", 2, span=span(1), rule="total"), elsewhere))
    mark_tally(register, report_id=number, span_start=0, span_end=3, tally=TOTAL, editor=EDITOR)
    marked = [(7, "total", "g", "rules-1"), (20, "editor", "abc", None)]
    query = "SELECT count, rule, quote, extractor_version FROM tally ORDER BY count"
    assert rows(register, query) == marked
    reread_report(register, report_id=number, reading=found)
    assert rows(register, query) == marked
    changes = rows(register, "SELECT field, before, after FROM change WHERE subject = 'report' ORDER BY id")
    assert changes == [("tally", "all-syria = 2: b", None), ("tally", None, "all-syria = 20 2023-10-17: abc")]


def test_a_marked_event_replaces_what_the_machine_read_there_and_outlives_reading_again(register):
    number, found = tell(register, events=(NonStrikeEvent("alert", span(1), "event"),))
    marked = mark_event(register, report_id=number, span_start=0, span_end=3, kind="training", editor=EDITOR)
    reread_report(register, report_id=number, reading=found)
    assert rows(register, "SELECT kind, rule FROM non_strike_event") == [("training", "editor")]
    unmark_event(register, event=marked, editor=EDITOR)
    reread_report(register, report_id=number, reading=found)
    assert rows(register, "SELECT kind, rule FROM non_strike_event") == [("alert", "event")]


def test_a_mark_is_taken_back_once_and_only_an_editors(register):
    number, _ = tell(register, tallies=(Tally("all-syria", 2, span=span(1), rule="total"),))
    with pytest.raises(RefusedAction, match="no editor marked"):
        unmark_tally(register, tally=1, editor=EDITOR)
    marked = mark_tally(register, report_id=number, span_start=4, span_end=6, tally=TOTAL, editor=EDITOR)
    with pytest.raises(RefusedAction, match="marked already"):
        mark_tally(register, report_id=number, span_start=5, span_end=7, tally=TOTAL, editor=EDITOR)
    unmark_tally(register, tally=marked, editor=EDITOR)
    with pytest.raises(RefusedAction, match="no editor marked"):
        unmark_tally(register, tally=marked, editor=EDITOR)
    assert one(register, "SELECT count(*) FROM tally") == 1


@pytest.mark.parametrize(
    "tally", [Tally("all-syria", -1), Tally("all-syria", 1, counter="nobody"), Tally("all-syria", 1, start="soon")]
)
def test_a_total_that_cannot_be_is_refused(register, tally):
    with pytest.raises(RefusedAction):
        mark_tally(register, report_id=1, span_start=0, span_end=3, tally=tally, editor=EDITOR)
    assert one(register, "SELECT count(*) FROM tally") == 0


def test_an_event_of_no_known_kind_is_refused(register):
    with pytest.raises(RefusedAction, match="picnic"):
        mark_event(register, report_id=1, span_start=0, span_end=3, kind="picnic", editor=EDITOR)


def test_the_place_of_a_mention_made_by_hand_is_no_copys_place(register):
    add(register, {"base": "conoco", "date_start": "2023-11-03"}, at=(0, 1))
    report(register, 1, placed(mention(weapon="drone"), 0), publisher="shafaq")
    assert sorted(map(len, incidents(register).values())) == [1, 1]
    assert one(register, "SELECT number_of_reports FROM incident WHERE id = 1") == 2
