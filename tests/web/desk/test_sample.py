"""Reading drawn reports: blind until finished, nothing lost on the way; and the public card that comes of it."""

import json
import random
import re

import pytest
from sqlalchemy import text

from app.actions.sampling import draw
from app.db import transaction
from app.extract import Reader
from app.reference import seed_gazetteer
from tests.web.desk.conftest import logged_in

READER = Reader.of(seed_gazetteer())


@pytest.fixture
def report(staffed):
    """A drawn report in which the machine found an attack."""
    draw(staffed, number=5, editor="rima", reader=READER, chance=random.Random(1))
    with staffed.connect() as connection:
        found = text("SELECT report_id FROM sample WHERE found LIKE '%\"base\"%' ORDER BY id LIMIT 1")
        return connection.execute(found).scalar_one()


FILLED = {
    "attack-1-base": "al-tanf", "attack-1-date_start": "٤ تشرين الثاني ٢٠٢٣", "attack-1-weapon": "rocket",
    "attack-1-munitions_low": "٢", "attack-1-munitions_high": "3", "attack-1-origin_1": "sohr", "do": "finish", "token": "one",
}  # fmt: skip


def value_of(page, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    return found[1] if found else None


def test_the_form_shows_the_whole_text_and_nothing_that_the_machine_read(desk, report, staffed):
    page = desk.get(f"/desk/sample/{report}").text
    with staffed.connect() as connection:
        whole = connection.execute(text("SELECT text FROM report WHERE id = :id"), {"id": report}).scalar_one()
        rules = connection.execute(text("SELECT DISTINCT rule FROM claim WHERE rule IS NOT NULL")).scalars().all()
    assert whole.split("\n")[0][:60] in page
    assert not [rule for rule in rules if rule in page]
    assert "SJ-" not in page
    assert "mark" not in re.findall(r"<(\w+)", page)


def test_another_row_stores_nothing_and_loses_nothing(desk, report, staffed):
    before = revision(staffed)
    answer = desk.post(f"/desk/sample/{report}", data=FILLED | {"do": "attack"})
    assert answer.status_code == 200
    assert value_of(answer.text, "attack-1-date_start") == FILLED["attack-1-date_start"]
    assert 'name="attack-2-base"' in answer.text
    assert 'name="total-2-count"' not in answer.text
    assert (revision(staffed), readings(staffed)) == (before, 0)


def revision(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT number FROM data_revision")).scalar_one()


def readings(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM sample_reading")).scalar_one()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"attack-1-date_start": "someday"}, "attack-1-date_start"),
        ({"attack-1-munitions_low": "9"}, "attack-1-munitions_high"),
        ({"attack-1-munitions_low": "many"}, "attack-1-munitions_low"),
        ({"attack-1-origin_2": "nobody that is known"}, "attack-1-origin_2"),
        ({"attack-1-base": "atlantis"}, "attack-1-base"),
        ({"total-1-count": "20"}, "total-1-scope"),
        ({"total-1-scope": "all-syria"}, "total-1-count"),
        ({"peaceful": "1"}, "peaceful"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(desk, report, staffed, typed, field):
    answer = desk.post(f"/desk/sample/{report}", data=FILLED | typed)
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert f'aria-describedby="error-{field}"' in answer.text
    assert value_of(answer.text, "attack-1-origin_1") == "sohr"
    assert value_of(answer.text, "token") == "one"
    assert readings(staffed) == 0


def test_a_reading_without_an_attack_has_to_say_so(desk, report, staffed):
    assert desk.post(f"/desk/sample/{report}", data={"do": "finish"}).status_code == 422
    assert desk.post(f"/desk/sample/{report}", data={"do": "finish", "peaceful": "1"}).status_code == 303
    assert readings(staffed) == 1


def test_a_finished_reading_is_kept_as_evaluation_takes_it_and_shown_beside_the_machines(desk, report, staffed):
    typed = {"total-1-count": "135", "total-1-scope": "iraq-and-syria", "total-1-bound": "~", "total-1-counter": "us-dod"}
    answer = desk.post(f"/desk/sample/{report}", data=FILLED | typed | {"non_strike-alert": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/sample/{report}")
    with staffed.connect() as connection:
        kept = connection.execute(text("SELECT annotation FROM sample_reading")).scalar_one()
    for part in (
        '"base": "al-tanf"', '"date": "2023-11-04"', '"munitions_min": 2', '"munitions_max": 3', '"origins": ["sohr"]',
        '"count": 135', '"op": "~"', '"counter": "us-dod"', '"type": "alert"',
    ):  # fmt: skip
        assert part in kept
    page = desk.get(f"/desk/sample/{report}").text
    assert "missed by the machine" in page
    assert "found by the machine alone" in page
    assert "<form" not in page.split("<main")[1]


def test_a_form_that_is_sent_twice_is_kept_once(desk, report, staffed):
    answers = [desk.post(f"/desk/sample/{report}", data=FILLED) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert readings(staffed) == 1


def test_what_others_have_finished_is_nobody_elses_to_begin(desk, other_desk, report):
    desk.post(f"/desk/sample/{report}", data=FILLED)
    assert other_desk.get(f"/desk/sample/{report}").status_code == 409
    assert f"/desk/sample/{report}" not in other_desk.get("/desk/sample").text


def test_who_was_reading_when_another_finished_can_finish_too(desk, other_desk, asked, report, staffed):
    desk.post(f"/desk/sample/{report}", data=FILLED)
    assert other_desk.post(f"/desk/sample/{report}", data=FILLED | {"token": "two"}).status_code == 303
    third = logged_in(asked.app, "rima").post(f"/desk/sample/{report}", data=FILLED | {"token": "three"})
    assert third.status_code == 422
    assert value_of(third.text, "attack-1-origin_1") == "sohr"
    assert readings(staffed) == 2


def test_a_report_that_was_not_drawn_is_not_found(desk):
    assert [desk.get(f"/desk/sample/{name}").status_code for name in ("9999", "x", "²", "9" * 20)] == [404] * 4


def test_only_who_administers_draws(desk, admin_desk, staffed):
    assert 'name="number"' not in desk.get("/desk/sample").text
    assert desk.post("/desk/sample", data={"number": "1", "twice": "0", "drawn": "0"}).status_code == 403
    assert admin_desk.post("/desk/sample", data={"number": "2", "twice": "1", "drawn": "0"}).status_code == 303
    assert admin_desk.post("/desk/sample", data={"number": "2", "twice": "1", "drawn": "0"}).status_code == 303
    with staffed.connect() as connection:
        assert connection.execute(text("SELECT count(*), sum(twice) FROM sample")).one() == (2, 1)


@pytest.mark.parametrize(
    ("number", "twice", "field"), [("0", "0", "number"), ("x", "0", "number"), ("2", "3", "twice"), ("51", "1", "number")]
)
def test_a_draw_out_of_bounds_keeps_what_was_typed(admin_desk, number, twice, field):
    answer = admin_desk.post("/desk/sample", data={"number": number, "twice": twice, "drawn": "0"})
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert value_of(answer.text, "number") == number


def test_the_card_says_not_enough_yet(asked, desk, report):
    assert "No drawn report has been read yet." in asked.get("/report-card").text
    desk.post(f"/desk/sample/{report}", data=FILLED)
    page = asked.get("/report-card").text
    assert "1 report has been read" in page
    assert "not enough yet (1 so far)" in page
    assert "interval" in page
    assert READER.version in page
    assert "Nour" not in page
    assert "/report-card" in asked.get("/about").text


def test_from_thirty_decisions_on_the_card_tells_shares_with_their_interval(asked, staffed):
    with transaction(staffed) as session:
        session.connection().execute(
            text("INSERT INTO sample (report_id, twice, editor_id, found, extractor_version, drawn_at)"
                 " SELECT id, 1, 1, :found, 'v1', '2026-11-01T10:00:00Z' FROM report LIMIT 1"),
            {"found": line(*(attack(day) for day in range(1, 28)))},
        )  # fmt: skip
        for editor in (2, 3):
            session.connection().execute(
                text("INSERT INTO sample_reading (sample_id, editor_id, annotation, finished_at)"
                     " SELECT id, :editor, :told, '2026-11-02T10:00:00Z' FROM sample"),
                {"editor": editor, "told": line(*(attack(day) for day in range(1, 31)))},
            )  # fmt: skip
    page = asked.get("/report-card").text
    assert "not enough yet (27 so far)" in page
    assert re.search(r"<b>90 %</b>\s*<span[^>]*>27 of 30</span>\s*<span[^>]*>74–97 %</span>", page)
    assert re.search(r"<b>100 %</b>\s*<span[^>]*>30 of 30</span>\s*<span[^>]*>89–100 %</span>", page)


def attack(day):
    fields = dict.fromkeys(
        (
            "date_end",
            "time_of_day",
            "munitions_min",
            "munitions_max",
            "claimed_by",
            "attributed_to",
            "intercepted",
            "casualties_reported",
        )
    )
    return {"base": "conoco", "date": f"2023-11-{day:02}", "weapon": "drone", "status": "reported", "evidence": "", **fields}


def line(*attacks):
    return json.dumps({"id": "1", "lang": None, "published": None, "incidents": attacks, "tallies": [], "non_strike_events": []})
