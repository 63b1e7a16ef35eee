import pytest
from sqlalchemy import text

from app.actions.decisions import correct, reject
from app.actions.reports import add_report
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.extract.values import Claim, Extraction, Mention
from app.ingest import RawReport
from app.queries.filter import IncidentFilter
from app.queries.incidents import page
from app.seed import COMPILER


def row_of(engine, public_id):
    with engine.connect() as connection:
        return connection.execute(text("SELECT * FROM incident WHERE public_id = :id"), {"id": public_id}).one()


def found_by(engine, typed):
    with snapshot(engine) as connection:
        return [row.public_id for row in page(connection, IncidentFilter().but("q", typed), size=500).rows]


def fix(engine, field, value):
    correct(engine, incident="SJ-0044", values={field: value}, reason="as printed", editor=COMPILER)


@pytest.mark.parametrize(
    ("field", "value", "column", "expected"),
    [
        ("weapon", "drone", "weapon", "drone"),
        ("weapon", None, "weapon", "unknown"),
        ("time_of_day", None, "time_of_day", None),
        ("munitions_high", "12", "munitions_high", 12),
        ("launched_from", "west of the river", "launched_from", "west of the river"),
        ("summary_ar", "هجوم", "summary_ar", "هجوم"),
        ("date_start", "2023-11-05", "date_end", "2023-11-05"),
        ("date_start", None, "date_precision", "unknown"),
        ("date_end", "2023-11-04", "date_precision", "range"),
        ("munitions_low", "99", "munitions_high", 99),
    ],
)
def test_a_correction_stands_above_every_claim(seeded, field, value, column, expected):
    fix(seeded, field, value)
    assert getattr(row_of(seeded, "SJ-0044"), column) == expected


def test_the_latest_correction_holds_and_both_are_kept(seeded):
    fix(seeded, "weapon", "drone")
    fix(seeded, "weapon", "mortar")
    assert row_of(seeded, "SJ-0044").weapon == "mortar"
    with seeded.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM correction")).scalar_one() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mood", "x"),
        ("weapon", "catapult"),
        ("base", "atlantis"),
        ("munitions_low", "-1"),
        ("munitions_low", "9" * 30),
        ("munitions_low", "many"),
        ("date_end", "1999-01-01"),
        ("date_start", "soon"),
    ],
)
def test_a_correction_that_can_not_be_is_refused_and_leaves_nothing(seeded, field, value):
    before = row_of(seeded, "SJ-0044")
    with pytest.raises(RefusedAction, match=field):
        fix(seeded, field, value)
    assert row_of(seeded, "SJ-0044") == before
    with seeded.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM correction")).scalar_one() == 0


def test_a_correction_needs_a_reason(seeded):
    with pytest.raises(RefusedAction, match="reason"):
        correct(seeded, incident="SJ-0044", values={"weapon": "drone"}, reason="", editor=COMPILER)


def test_several_fields_are_corrected_as_one_act(seeded):
    values = {"munitions_low": "8", "munitions_high": "12", "weapon": "rocket"}
    before = row_of(seeded, "SJ-0044").revision
    correct(seeded, incident="SJ-0044", values=values, reason="as printed", editor=COMPILER)
    row = row_of(seeded, "SJ-0044")
    assert (row.munitions_low, row.munitions_high, row.weapon) == (8, 12, "rocket")
    with seeded.connect() as connection:
        assert connection.execute(text("SELECT number FROM data_revision")).scalar_one() == row.revision > before


def test_a_report_that_contradicts_a_correction_still_goes_in(seeded):
    fix(seeded, "munitions_low", "11")
    mention = Mention(
        (Claim("base", "kharab-al-jir", "compiled"), Claim("munitions_high", "3", "compiled")),
        ref="x",
        tells_of="20231103-kharab-al-jir-1",
    )
    raw = RawReport(None, kind="page", publisher="sohr", url="https://a.example/")
    assert add_report(seeded, raw=raw, reading=Extraction("compiled", mentions=(mention,))).incidents == ("SJ-0044",)
    assert row_of(seeded, "SJ-0044").munitions_low == 11


@pytest.mark.parametrize(("incident", "editor"), [("SJ-9999", COMPILER), ("SJ-0044", "nobody")])
def test_an_incident_or_editor_that_is_none_is_refused(seeded, incident, editor):
    with pytest.raises(RefusedAction, match="there is no"):
        reject(seeded, incident=incident, ground="drill", reason="drill", editor=editor)


def test_a_rejected_incident_is_discounted_and_keeps_its_reason(seeded):
    reject(seeded, incident="SJ-0044", ground="drill", reason="drill", editor=COMPILER)
    row = row_of(seeded, "SJ-0044")
    assert (row.review_status, row.rejected_because, row.grading) == ("rejected", "drill", "discounted")


def test_a_rejection_needs_a_reason(seeded):
    with pytest.raises(RefusedAction, match="reason"):
        reject(seeded, incident="SJ-0044", ground="drill", reason="", editor=COMPILER)


@pytest.mark.parametrize("typed", ["sj-0044", "Kharab al-Jir", "خراب الجير", '"Rumalyn Landing Zone"', "والرميلان"])
def test_an_incident_is_found_by_its_id_and_its_names_in_both_scripts(seeded, typed):
    assert "SJ-0044" in found_by(seeded, typed)


def test_an_incident_is_found_by_what_a_correction_says_and_no_longer_by_what_it_replaced(seeded):
    fix(seeded, "summary_en", "A marmalade day")
    assert found_by(seeded, "marmalade") == ["SJ-0044"]
    fix(seeded, "summary_en", "A quiet day")
    assert found_by(seeded, "marmalade") == []
