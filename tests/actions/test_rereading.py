"""A report is read again: its mentions keep their ids, and what was left alone because a person had decided is kept in words."""

import pytest
from sqlalchemy import text

from app.actions.decisions import accept, correct
from app.actions.editors import add_compiler
from app.actions.reports import reread_report
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.queries.reports import read_otherwise
from tests.actions.acts import mention, one, reading, report

EDITOR = "tester"


@pytest.fixture
def register(engine):
    add_compiler(engine, name=EDITOR, display_name="a test")
    report(engine, 1, mention(weapon="drone"))
    return engine


def stood(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT subject_id, field, before, after FROM change WHERE stood ORDER BY id")).all()


def fix(engine, **values):
    correct(engine, incident="SJ-0001", values=values, reason="photo", editor=EDITOR)


def test_a_mention_that_follows_a_former_one_keeps_its_id(register):
    report(register, 2, mention("al-tanf"))
    accept(register, incident="SJ-0001", editor=EDITOR)
    reread_report(register, report_id=1, reading=reading(mention(weapon="rocket"), mention("al-tanf", day=9)))
    assert one(register, "SELECT incident_id FROM mention WHERE id = 1 AND report_id = 1") == 1
    assert one(register, "SELECT count(*) FROM mention") == 3


def test_what_reports_now_say_of_a_corrected_field_is_kept_though_it_changes_nothing(register):
    fix(register, weapon="mortar", grading="confirmed")
    reread_report(register, report_id=1, reading=reading(mention(weapon="rocket", time_of_day="dawn")))
    assert one(register, "SELECT weapon FROM incident") == "mortar"
    assert stood(register) == [(1, "weapon", "drone", "rocket")]


def test_a_grading_set_by_an_editor_stands_above_what_the_reports_now_come_to(register):
    fix(register, grading="confirmed")
    reread_report(register, report_id=1, reading=reading(mention(weapon="drone", status="disputed")))
    assert stood(register) == [(1, "grading", "weak", "contested")]


def test_a_field_that_is_the_reports_again_is_not_left_alone(register):
    fix(register, weapon="mortar")
    correct(register, incident="SJ-0001", values={}, withdrawn=["weapon"], reason="no", editor=EDITOR)
    reread_report(register, report_id=1, reading=reading(mention(weapon="rocket")))
    assert stood(register) == []
    assert one(register, "SELECT weapon FROM incident") == "rocket"


def test_the_same_reading_again_says_nothing(register):
    fix(register, weapon="mortar")
    reread_report(register, report_id=1, reading=reading(mention(weapon="drone")))
    assert stood(register) == []


def test_a_text_that_was_taken_down_is_not_read_again(register):
    with snapshot(register) as connection:
        assert read_otherwise(connection, "rules-2") == [1]
    with register.begin() as connection:
        connection.execute(text("UPDATE report SET text = NULL, text_hash = NULL"))
    with snapshot(register) as connection:
        assert read_otherwise(connection, "rules-2") == []
    with pytest.raises(RefusedAction, match="no text with the number 1"):
        reread_report(register, report_id=1, reading=reading())
    assert one(register, "SELECT count(*) FROM mention") == 1
