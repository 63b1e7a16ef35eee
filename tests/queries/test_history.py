"""What happened to an incident, and how it stood: acts, what each changed, and states taken back to any revision."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import text

from app.actions.acts import editor_act
from app.actions.decisions import accept, correct, correct_many, merge, not_same, reject, split
from app.actions.editors import add_compiler
from app.actions.reports import reread_report
from app.actions.revision import RefusedAction, keep_changes
from app.actions.undoing import undo
from app.db import snapshot, transaction
from app.models.tables import INCIDENT
from app.queries import reference
from app.queries.history import Change, first_revision, of_incident, state_at
from app.queries.incidents import row
from tests.actions.acts import mention, one, reading, report
from tests.actions.test_identity import EDITOR, act, steps

WHO = {"editor": EDITOR, "reason": "because"}


@pytest.fixture
def register(engine):
    add_compiler(engine, name=EDITOR, display_name="a test")
    return engine


def acts(engine, public_id):
    with snapshot(engine) as connection:
        return of_incident(connection, row(connection, public_id))


def last(engine, public_id):
    return acts(engine, public_id)[-1]


def now(engine):
    with snapshot(engine) as connection:
        return reference.data_revision(connection)


def state(engine, public_id, revision):
    with snapshot(engine) as connection:
        return state_at(connection, row(connection, public_id), revision)


def test_the_act_that_made_an_incident_stands_first_and_says_so(register):
    report(register, 1, mention(weapon="drone"))
    (made,) = acts(register, "SJ-0001")
    assert (made.kind, made.made, made.by, made.changes) == ("add_reports", True, None, ())


def test_a_later_report_is_told_with_what_it_changed(register):
    report(register, 1, mention(weapon="unknown", time_of_day="dawn"))
    report(register, 2, mention(weapon="drone", time_of_day="dawn"))
    found = last(register, "SJ-0001")
    assert found.by is None
    assert Change("weapon", "unknown", "drone") in found.changes


def test_a_correction_is_told_with_editor_reason_and_both_values(register):
    report(register, 1, mention(weapon="drone"))
    correct(register, incident="SJ-0001", values={"weapon": "rocket"}, **WHO)
    found = last(register, "SJ-0001")
    assert (found.kind, found.by.role, found.by.display_name, found.reason) == ("correct", "compiler", "a test", "because")
    assert list(found.changes) == [Change("weapon", "drone", "rocket")]
    assert [(one.field, one.value, one.withdrawn) for one in found.corrections] == [("weapon", "rocket", False)]


def test_one_act_on_several_incidents_is_told_at_each_with_its_own_changes(register):
    report(register, 1, mention("conoco", weapon="drone"), mention("al-tanf", weapon="drone"))
    correct_many(register, values={"SJ-0001": {"weapon": "rocket"}, "SJ-0002": {"outcome": "hit"}}, **WHO)
    one_act, other = (last(register, public_id) for public_id in ("SJ-0001", "SJ-0002"))
    assert one_act.revision == other.revision
    assert [change.field for change in one_act.changes] == ["weapon"]
    assert [change.field for change in other.changes] == ["outcome"]


def others(found):
    return {(other.public_id, other.how) for other in found.others}


def test_a_merge_by_an_editor_is_told_at_both(register):
    report(register, 1, mention("conoco", weapon="drone"), mention("conoco", day=20, weapon="drone"))
    merge(register, incident="SJ-0002", into="SJ-0001", **WHO)
    assert others(last(register, "SJ-0001")) == {("SJ-0002", "merged_in")}
    assert others(last(register, "SJ-0002")) == {("SJ-0001", "merged_away")}


def test_a_merge_by_the_machine_is_told_and_its_coming_apart_too(register):
    for number, part in enumerate(({"time_of_day": "morning"}, {"time_of_day": "evening"}, {}), start=1):
        report(register, number, mention(weapon="drone", **part))
    reread_report(register, report_id=2, reading=reading(mention(weapon="drone")))
    assert others(last(register, "SJ-0001")) == {("SJ-0002", "merged_in"), ("SJ-0003", "merged_in")}
    assert others(last(register, "SJ-0002")) == {("SJ-0001", "merged_away")}
    assert last(register, "SJ-0001").by is None
    reread_report(register, report_id=2, reading=reading(mention(weapon="drone", time_of_day="evening")))
    assert others(last(register, "SJ-0001")) == {("SJ-0003", "parted")}
    assert others(last(register, "SJ-0003")) == {("SJ-0001", "parted")}


def test_a_split_says_how_many_mentions_went_where(register):
    report(register, 1, mention(weapon="drone"))
    report(register, 2, mention(weapon="drone"))
    new = split(register, incident="SJ-0001", mentions=[2], **WHO)
    left, came = last(register, "SJ-0001"), last(register, new)
    assert [(other.public_id, other.how, other.mentions) for other in left.others] == [(new, "left", 1)]
    assert [(other.public_id, other.how, other.mentions) for other in came.others] == [("SJ-0001", "came", 1)]
    assert came.made


def test_two_that_are_kept_apart_name_each_other(register):
    report(register, 1, mention(weapon="drone"))
    report(register, 2, mention(weapon="rocket"))
    not_same(register, incident="SJ-0001", other="SJ-0002", **WHO)
    assert others(last(register, "SJ-0001")) == {("SJ-0002", "kept_apart")}
    assert others(last(register, "SJ-0002")) == {("SJ-0001", "kept_apart")}


def test_an_undo_names_what_it_undoes_and_is_named_by_it(register):
    report(register, 1, mention(weapon="drone"))
    accept(register, incident="SJ-0001", **WHO)
    accepted = now(register)
    with editor_act(register, "undo", {}, editor=EDITOR, reason="too early", undoes=accepted) as undo:
        undo.set_state(1, review_status="unreviewed")
    *_before, done, undone = acts(register, "SJ-0001")
    assert (done.kind, done.undone_by) == ("accept", undone.revision)
    assert (undone.undoes, undone.undoes_kind, undone.reason) == (accepted, "accept", "too early")
    assert list(undone.changes) == [Change("review_status", "accepted", "unreviewed")]


def test_an_undone_merge_is_told_at_both_as_a_parting(register):
    report(register, 1, mention("conoco", weapon="drone"), mention("conoco", day=20, weapon="drone"))
    merge(register, incident="SJ-0002", into="SJ-0001", **WHO)
    undo(register, revision=now(register), editor=EDITOR)
    assert others(last(register, "SJ-0001")) == {("SJ-0002", "parted")}
    assert others(last(register, "SJ-0002")) == {("SJ-0001", "parted")}


def test_what_follows_from_an_act_on_another_incident_is_told_as_such(register):
    report(register, 1, mention(weapon="drone"))
    with editor_act(register, "correct", {}, editor=EDITOR, reason="of another one") as other:
        keep_changes(other.session, other.revision, "incident", 1, {"munitions_low": (None, "3")})
    assert not last(register, "SJ-0001").direct
    accept(register, incident="SJ-0001", **WHO)
    assert last(register, "SJ-0001").direct


def test_what_a_reading_left_alone_is_told_and_takes_nothing_back(register):
    report(register, 1, mention(weapon="drone"))
    correct(register, incident="SJ-0001", values={"weapon": "rocket"}, **WHO)
    corrected = now(register)
    with editor_act(register, "reread", {}, editor=EDITOR) as again:
        keep_changes(again.session, again.revision, "incident", 1, {"weapon": ("drone", "mortar")}, stood=True)
    assert list(last(register, "SJ-0001").changes) == [Change("weapon", "drone", "mortar", stood=True)]
    assert state(register, "SJ-0001", corrected)["weapon"] == "rocket"


def test_what_was_done_before_acts_were_kept_still_shows(register):
    report(register, 1, mention(weapon="drone"))
    report(register, 2, mention(weapon="rocket"))
    with transaction(register) as session:
        rows = session.connection()
        rows.execute(
            text(
                "INSERT INTO correction (incident_id, field, value, reason, editor_id, made_at)"
                " VALUES (1, 'weapon', 'mortar', 'seen', 1, '2026-01-01T00:00:00Z')"
            )
        )
        for kind, other in (("not_same", 2), ("accept", None)):
            rows.execute(
                text(
                    "INSERT INTO decision (kind, incident_id, other_incident_id, reason, editor_id, made_at)"
                    " VALUES (:kind, 1, :other, '', 1, '2026-01-02T00:00:00Z')"
                ),
                {"kind": kind, "other": other},
            )
    corrected, apart, accepted, *_kept = acts(register, "SJ-0001")
    assert (corrected.kind, corrected.revision, corrected.corrections[0].value) == ("correct", None, "mortar")
    assert (apart.kind, others(apart)) == ("not_same", {("SJ-0002", "kept_apart")})
    assert (accepted.kind, list(accepted.others)) == ("accept", [])


def test_an_incident_older_than_acts_is_known_from_the_last_revision_before_them(register):
    report(register, 1, mention(weapon="drone"))
    before = SimpleNamespace(made_in=None, revision=1)
    with snapshot(register) as connection:
        assert first_revision(connection, row(connection, "SJ-0001")) == now(register)
        assert first_revision(connection, before) == one(register, "SELECT min(revision) FROM act") - 1


def test_a_rejection_is_part_of_how_an_incident_stood(register):
    report(register, 1, mention(weapon="drone"))
    before = now(register)
    reject(register, incident="SJ-0001", ground="drill", **WHO)
    assert state(register, "SJ-0001", now(register))["rejected_as"] == "drill"
    assert state(register, "SJ-0001", before)["rejected_as"] is None
    assert state(register, "SJ-0001", before)["review_status"] == "unreviewed"


def all_states(engine, revision):
    """How each incident stood that was there at a revision."""
    with snapshot(engine) as connection:
        rows = connection.execute(INCIDENT.select()).all()
        return {one.id: state_at(connection, one, revision) for one in rows if one.made_in <= revision}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_taking_changes_back_gives_what_each_revision_held(new_register, steps):
    engine = new_register()
    add_compiler(engine, name=EDITOR, display_name="a test")
    held = {}
    for step in steps:
        try:
            act(engine, *step)
        except RefusedAction:
            continue
        held[now(engine)] = all_states(engine, now(engine))
    assert {revision: all_states(engine, revision) for revision in held} == held
