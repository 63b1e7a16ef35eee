"""Undo: what stood before an act stands again, unless somebody acted on it since."""

import pytest
from sqlalchemy import text

from app.actions.decisions import Evidence, accept, correct, correct_many, merge, not_same, reject, reopen, split
from app.actions.editors import add_compiler
from app.actions.reports import reread_report
from app.actions.revision import RefusedAction
from app.actions.undoing import undo
from tests.actions.acts import incidents, mention, one, reading, report, statuses

EDITOR = "tester"
SIGNED = {"editor": EDITOR, "reason": "because"}
DRONE, ROCKET = {"weapon": "drone"}, {"weapon": "rocket"}


@pytest.fixture
def register(engine):
    add_compiler(engine, name=EDITOR, display_name="a test")
    report(engine, 1, mention(**DRONE))
    report(engine, 2, mention(**ROCKET))
    return engine


def latest(engine):
    return one(engine, "SELECT number FROM data_revision")


def undo_latest(engine):
    undo(engine, revision=latest(engine), editor=EDITOR)


def weapon(engine, public_id="SJ-0001"):
    return one(engine, f"SELECT weapon FROM incident WHERE public_id = '{public_id}'")


def linked_by(engine, public_id="SJ-0001"):
    query = "SELECT linked_by FROM mention m JOIN incident i ON i.id = incident_id WHERE public_id = :id ORDER BY m.id"
    with engine.connect() as connection:
        return connection.execute(text(query), {"id": public_id}).scalars().all()


def fix(engine, value, public_id="SJ-0001"):
    correct(engine, incident=public_id, values={"weapon": value}, **SIGNED)
    return latest(engine)


def test_an_undone_correction_gives_the_field_back_to_the_reports_and_the_mention_to_the_machine(register):
    fix(register, "mortar")
    assert linked_by(register) == ["editor"]
    undo_latest(register)
    assert weapon(register) == "drone"
    assert linked_by(register) == ["machine"]
    assert one(register, "SELECT withdrawn FROM correction ORDER BY id DESC LIMIT 1") == 1


def test_an_undone_correction_gives_the_field_back_to_the_correction_before_it(register):
    first, second = fix(register, "mortar"), fix(register, "missile")
    undo(register, revision=second, editor=EDITOR)
    assert weapon(register) == "mortar"
    undo(register, revision=first, editor=EDITOR)
    assert weapon(register) == "drone"


def test_a_field_that_was_corrected_again_since_is_named_with_the_revision_to_undo_first(register):
    first, second = fix(register, "mortar"), fix(register, "missile")
    with pytest.raises(RefusedAction, match=f"weapon.*revision {second}"):
        undo(register, revision=first, editor=EDITOR)
    assert weapon(register) == "missile"


def test_corrections_of_many_incidents_are_undone_as_one_act(register):
    correct_many(register, values={"SJ-0001": {"weapon": "mortar"}, "SJ-0002": {"weapon": "mortar"}}, **SIGNED)
    undo_latest(register)
    assert (weapon(register), weapon(register, "SJ-0002")) == ("drone", "rocket")


def test_an_act_is_undone_once_and_its_undo_can_be_undone(register):
    done = fix(register, "mortar")
    undo_latest(register)
    with pytest.raises(RefusedAction, match=f"undone already, in revision {done + 1}"):
        undo(register, revision=done, editor=EDITOR)
    undo_latest(register)
    assert weapon(register) == "mortar"
    assert linked_by(register) == ["editor"]


def test_an_undo_is_an_act_with_its_reason_that_names_what_it_undoes(register):
    done = fix(register, "mortar")
    undo(register, revision=done, reason="the photo was of another day", editor=EDITOR)
    with register.connect() as connection:
        act = connection.execute(text("SELECT * FROM act ORDER BY revision DESC LIMIT 1")).one()
    assert (act.kind, act.undoes, act.reason, act.revision) == ("undo", done, "the photo was of another day", done + 1)


@pytest.mark.parametrize(
    ("decide", "status"), [(accept, "accepted"), (lambda *a, **b: reject(*a, ground="drill", **b), "rejected")]
)
def test_an_undone_decision_leaves_the_incident_as_it_was(register, decide, status):
    decide(register, incident=["SJ-0001", "SJ-0002"], **SIGNED)
    assert set(statuses(register).values()) == {status}
    undo_latest(register)
    assert set(statuses(register).values()) == {"unreviewed"}
    assert one(register, "SELECT count(*) FROM incident WHERE rejected_because <> '' OR grading = 'discounted'") == 0
    undo_latest(register)
    assert set(statuses(register).values()) == {status}
    assert one(register, "SELECT count(*) FROM decision") == 4


def test_an_undone_reopening_brings_the_rejection_back_with_its_ground(register):
    reject(register, incident="SJ-0001", ground="drill", reason="a drill", editor=EDITOR)
    reopen(register, incident="SJ-0001", editor=EDITOR)
    undo_latest(register)
    assert (
        one(register, "SELECT rejected_as || ' ' || rejected_because || ' ' || grading FROM incident LIMIT 1")
        == "drill a drill discounted"
    )


def test_a_decision_is_not_undone_under_a_later_one(register):
    accept(register, incident="SJ-0001", editor=EDITOR)
    first = latest(register)
    accept(register, incident="SJ-0001", editor=EDITOR)
    with pytest.raises(RefusedAction, match=f"SJ-0001 is accepted since revision {first + 1}"):
        undo(register, revision=first, editor=EDITOR)


def test_a_mention_stays_held_where_a_later_act_needs_it_until_that_is_undone_too(register):
    accept(register, incident="SJ-0001", editor=EDITOR)
    accepted, fixed = latest(register), fix(register, "mortar")
    undo(register, revision=accepted, editor=EDITOR)
    assert linked_by(register) == ["editor"]
    undo(register, revision=fixed, editor=EDITOR)
    assert linked_by(register) == ["machine"]


def test_an_undone_merge_gives_both_incidents_back_with_their_mentions_and_corrections(register):
    fix(register, "mortar", "SJ-0002")
    merge(register, incident="SJ-0002", into="SJ-0001", editor=EDITOR)
    merged = latest(register)
    assert weapon(register) == "mortar"
    fix_day = {"time_of_day": "dawn"}
    correct(register, incident="SJ-0001", values=fix_day, **SIGNED)
    undo(register, revision=merged, editor=EDITOR)
    assert incidents(register) == {"SJ-0001": {(1, 0)}, "SJ-0002": {(2, 0)}}
    assert (weapon(register), weapon(register, "SJ-0002")) == ("drone", "mortar")
    assert one(register, "SELECT time_of_day FROM incident WHERE public_id = 'SJ-0001'") == "dawn"


def test_what_redirected_to_an_absorbed_incident_does_so_again(register):
    report(register, 3, mention("al-tanf", **DRONE))
    merge(register, incident="SJ-0002", into="SJ-0001", editor=EDITOR)
    merge(register, incident="SJ-0001", into="SJ-0003", editor=EDITOR)
    undo_latest(register)
    query = (
        "SELECT into_.public_id FROM incident i JOIN incident into_ ON into_.id = i.merged_into_id WHERE i.public_id = 'SJ-0002'"
    )
    assert one(register, query) == "SJ-0001"


def test_a_merge_is_not_undone_while_the_kept_incident_is_merged_further(register):
    report(register, 3, mention("al-tanf", **DRONE))
    merge(register, incident="SJ-0002", into="SJ-0001", editor=EDITOR)
    first = latest(register)
    merge(register, incident="SJ-0001", into="SJ-0003", editor=EDITOR)
    with pytest.raises(RefusedAction, match=f"SJ-000. is merged since revision {first + 1}"):
        undo(register, revision=first, editor=EDITOR)
    undo_latest(register)
    undo(register, revision=first, editor=EDITOR)
    assert len(incidents(register)) == 3


def test_a_merge_that_is_done_again_takes_along_what_came_meanwhile_unless_that_was_decided_on(register):
    merge(register, incident="SJ-0002", into="SJ-0001", editor=EDITOR)
    undo_latest(register)
    undone = latest(register)
    report(register, 3, mention(**ROCKET))
    accept(register, incident="SJ-0002", editor=EDITOR)
    with pytest.raises(RefusedAction, match=f"SJ-0002.*revision {undone + 2}"):
        undo(register, revision=undone, editor=EDITOR)
    undo_latest(register)
    undo(register, revision=undone, editor=EDITOR)
    assert incidents(register) == {"SJ-0001": {(1, 0), (2, 0), (3, 0)}}


def test_incidents_that_were_called_two_may_be_one_again_when_that_is_undone(register):
    not_same(register, incident="SJ-0001", other="SJ-0002", editor=EDITOR)
    assert one(register, "SELECT count(*) FROM twin") == 0
    undo_latest(register)
    assert one(register, "SELECT count(*) FROM twin") == 1
    assert linked_by(register) == linked_by(register, "SJ-0002") == ["machine"]


def test_an_undone_split_redirects_what_was_split_off_and_undoing_that_brings_it_back(register):
    report(register, 3, mention(**DRONE))
    parted = one(register, "SELECT max(id) FROM mention")
    assert split(register, incident="SJ-0001", mentions=[parted], editor=EDITOR) == "SJ-0003"
    undo_latest(register)
    assert incidents(register)["SJ-0001"] == {(1, 0), (3, 0)}
    assert statuses(register)["SJ-0003"] == "merged"
    assert linked_by(register) == ["machine", "machine"]
    undo_latest(register)
    assert incidents(register)["SJ-0003"] == {(3, 0)}
    assert statuses(register)["SJ-0003"] == "unreviewed"


def test_a_split_is_not_undone_while_something_was_decided_on_what_was_split_off(register):
    report(register, 3, mention(**DRONE))
    split(register, incident="SJ-0001", mentions=[one(register, "SELECT max(id) FROM mention")], editor=EDITOR)
    parted = latest(register)
    accept(register, incident="SJ-0003", editor=EDITOR)
    with pytest.raises(RefusedAction, match=f"SJ-0003.*revision {parted + 1}"):
        undo(register, revision=parted, editor=EDITOR)
    undo_latest(register)
    undo(register, revision=parted, editor=EDITOR)
    assert incidents(register)["SJ-0001"] == {(1, 0), (3, 0)}


def test_an_act_is_undone_after_its_reports_were_read_again(register):
    merge(register, incident="SJ-0002", into="SJ-0001", editor=EDITOR)
    merged = latest(register)
    reread_report(register, report_id=2, reading=reading(mention(**ROCKET, time_of_day="dawn")))
    undo(register, revision=merged, editor=EDITOR)
    assert incidents(register) == {"SJ-0001": {(1, 0)}, "SJ-0002": {(2, 0)}}
    assert linked_by(register) == linked_by(register, "SJ-0002") == ["machine"]


def test_words_behind_a_correction_come_back_with_it(register):
    correct(register, incident="SJ-0001", values={"weapon": "mortar"}, evidence={"weapon": Evidence(1, 2, 3, "c")}, **SIGNED)
    fix(register, "missile")
    # The text may be gone by now: its quotes stay.
    with register.begin() as connection:
        connection.execute(text("UPDATE report SET text = NULL, text_hash = NULL WHERE id = 1"))
    undo_latest(register)
    assert one(register, "SELECT value || ' ' || quote FROM correction ORDER BY id DESC LIMIT 1") == "mortar c"


@pytest.mark.parametrize(
    ("revision", "words"), [(999, "no act made a revision 999"), (-1, "no act"), ("report", "not an editor's act")]
)
def test_only_an_editors_act_can_be_undone(register, revision, words):
    with pytest.raises(RefusedAction, match=words):
        undo(register, revision=latest(register) if revision == "report" else revision, editor=EDITOR)


def test_an_act_that_is_none_on_incidents_is_undone_elsewhere(register):
    with register.begin() as connection:
        act = "INSERT INTO act (revision, kind, editor_id, reason, made_at) SELECT 99, 'correct_report', id, '', '' FROM editor"
        connection.execute(text(act))
    with pytest.raises(RefusedAction, match="own page"):
        undo(register, revision=99, editor=EDITOR)


def test_one_form_undoes_once(register):
    done = fix(register, "mortar")
    undo(register, revision=done, editor=EDITOR, token="form")
    with pytest.raises(RefusedAction, match="sent already"):
        undo(register, revision=done + 1, editor=EDITOR, token="form")
    assert weapon(register) == "drone"
