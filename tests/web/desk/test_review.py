import re

import pytest
from sqlalchemy import text

from app.web.desk.review import AS_MARKED

ONE, OTHER = "SJ-0044", "SJ-0045"
REASON = "the report says so"


def fields_of(page):
    """What the form of a page would send if nothing were typed, with its token."""
    form = page[page.index('id="review"') :].partition("</form>")[0]
    sent = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and 'type="checkbox"' not in tag:
            sent[name[1]] = value[1] if value else ""
    for name, inner in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        sent[name] = chosen[1] if chosen else ""
    return sent


def send(desk, public_id, act, *, opened=None, **typed):
    form = fields_of(opened or desk.get(f"/desk/incidents/{public_id}").text)
    return desk.post(f"/desk/incidents/{public_id}", data={**form, "act": act, **typed})


def incident(engine, public_id):
    with engine.connect() as connection:
        return connection.execute(text("SELECT * FROM incident WHERE public_id = :id"), {"id": public_id}).one()


def number_of(engine, table):
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def told(page):
    """The words of a page, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_clean_candidate_is_accepted_by_one_button_and_leads_to_the_next(desk, staffed):
    answer = send(desk, ONE, "save_accept")
    assert answer.headers["location"].startswith("/desk/next?done=")
    assert incident(staffed, ONE).review_status == "accepted"
    assert number_of(staffed, "correction") == 0


def test_what_is_changed_is_saved_and_accepted_as_one_act(desk, staffed):
    acts = number_of(staffed, "act")
    send(desk, ONE, "save_accept", weapon="mortar", munitions_low="٣", munitions_high="3", reason=REASON)
    found = incident(staffed, ONE)
    assert (found.weapon, found.munitions_low, found.review_status) == ("mortar", 3, "accepted")
    assert number_of(staffed, "act") == acts + 1


def test_saving_stays_with_the_incident_and_says_what_was_done(desk):
    address = send(desk, ONE, "save", weapon="mortar", reason=REASON).headers["location"]
    assert re.fullmatch(rf"/desk/incidents/{ONE}\?done=\d+", address)
    page = desk.get(address).text
    assert "Corrected" in told(page)
    assert 'action="/desk/undo"' in page


def test_a_correction_without_a_reason_comes_back_as_it_was_typed(desk, staffed):
    answer = send(desk, ONE, "save", weapon="mortar", launched_from="the <Badia>")
    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert '<option value="mortar" selected' in answer.text
    assert 'value="the &lt;Badia&gt;"' in answer.text
    assert incident(staffed, ONE).weapon != "mortar"


def test_each_wrong_field_says_what_is_wrong_beside_it(desk):
    page = send(desk, ONE, "save", date_start="soon", munitions_low="5", munitions_high="3", reason=REASON).text
    assert re.search(r'id="field-date_start"[^>]* aria-invalid="true"', page)
    assert re.search(r'id="error-date_start">This is no day', page)
    assert re.search(r'id="error-munitions_high">This is less than', page)
    assert 'value="soon"' in page


def test_what_is_typed_is_not_lost_by_a_decision(desk, staffed):
    for act in ("reject", "merge", "split", "not_same"):
        answer = send(desk, ONE, act, weapon="mortar", reason=REASON, ground="drill", other=OTHER)
        assert answer.status_code == 422, act
        assert "not saved yet" in answer.text
    assert incident(staffed, ONE).review_status == "unreviewed"


def test_a_form_sent_twice_does_nothing_twice(desk, staffed):
    opened = desk.get(f"/desk/incidents/{ONE}").text
    first = send(desk, ONE, "save", opened=opened, weapon="mortar", reason=REASON)
    corrections, acts = number_of(staffed, "correction"), number_of(staffed, "act")
    second = send(desk, ONE, "save", opened=opened, weapon="mortar", reason=REASON)
    assert (first.status_code, second.status_code) == (303, 303)
    assert (number_of(staffed, "correction"), number_of(staffed, "act")) == (corrections, acts)


def test_saving_over_somebody_elses_newer_version_shows_both_and_loses_neither(desk, other_desk, staffed):
    mine = desk.get(f"/desk/incidents/{ONE}").text
    send(other_desk, ONE, "save", weapon="mortar", outcome="hit", reason="theirs")
    answer = send(desk, ONE, "save", opened=mine, weapon="artillery", launched_from="the east", reason="mine")
    assert answer.status_code == 409
    page = answer.text
    assert "Sami changed it meanwhile" in told(page)
    assert '<option value="artillery" selected' in page
    assert '<option value="hit" selected' in page
    assert 'value="the east"' in page
    assert 'value="mine"' in page
    assert incident(staffed, ONE).weapon == "mortar"
    again = send(desk, ONE, "save", opened=page, reason="mine")
    assert again.status_code == 303
    found = incident(staffed, ONE)
    assert (found.weapon, found.outcome, found.launched_from) == ("artillery", "hit", "the east")


def test_a_form_that_comes_back_is_as_old_as_when_it_was_opened(desk, other_desk, staffed):
    opened = desk.get(f"/desk/incidents/{ONE}").text
    send(other_desk, ONE, "save", weapon="mortar", reason=REASON)
    answer = send(desk, ONE, "save", opened=opened, munitions_low="many", reason=REASON)
    assert answer.status_code == 422
    assert fields_of(answer.text)["seen"] == fields_of(opened)["seen"]
    assert (
        desk.post(f"/desk/incidents/{ONE}", data={**fields_of(answer.text), "act": "save", "munitions_low": "1"}).status_code
        == 409
    )


def test_an_endless_reason_is_refused(desk, staffed):
    assert send(desk, ONE, "save", weapon="mortar", reason="x" * 100_000).status_code == 422
    assert incident(staffed, ONE).weapon != "mortar"


def test_enter_in_a_field_decides_nothing(desk):
    buttons = re.findall(r'<button type="submit" name="act" value="(\w+)"', desk.get(f"/desk/incidents/{ONE}").text)
    assert buttons[0] == "save"


def test_what_is_accepted_does_not_go_into_what_nobody_has_reviewed(desk, staffed):
    send(desk, ONE, "save_accept")
    answer = send(desk, ONE, "merge", other=OTHER, reason=REASON)
    assert answer.status_code == 422
    assert incident(staffed, ONE).review_status == "accepted"


def test_an_acceptance_of_what_somebody_has_changed_since_is_held_back(desk, other_desk, staffed):
    mine = desk.get(f"/desk/incidents/{ONE}").text
    send(other_desk, ONE, "save", weapon="mortar", reason="theirs")
    assert send(desk, ONE, "save_accept", opened=mine).status_code == 409
    assert incident(staffed, ONE).review_status == "unreviewed"


def test_somebody_else_who_has_it_open_is_named(desk, other_desk):
    assert "has this incident open" not in desk.get(f"/desk/incidents/{ONE}").text
    assert "Nour has this incident open too" in told(other_desk.get(f"/desk/incidents/{ONE}").text)
    assert other_desk.post(f"/desk/incidents/{ONE}/open").status_code == 204


def test_a_rejection_needs_its_ground_and_its_reason(desk, staffed):
    answer = send(desk, ONE, "reject")
    assert answer.status_code == 422
    assert {"error-ground", "error-reason"} <= set(re.findall(r'class="error" id="([^"]+)">[A-Z]', answer.text))
    send(desk, ONE, "reject", ground="drill", reason="an exercise with live fire")
    found = incident(staffed, ONE)
    assert (found.review_status, found.rejected_as) == ("rejected", "drill")


def test_a_merged_incident_leads_to_the_other_and_undo_brings_it_back(desk, staffed):
    address = send(desk, ONE, "merge", other=OTHER).headers["location"]
    assert address.startswith(f"/desk/incidents/{OTHER}?done=")
    assert desk.get(f"/desk/incidents/{ONE}").headers["location"].startswith(f"/desk/incidents/{OTHER}")
    revision = re.search(r"done=(\d+)", address)[1]
    undone = desk.post("/desk/undo", data={"revision": revision, "token": "t1", "next": f"/desk/incidents/{ONE}"})
    assert undone.headers["location"].startswith(f"/desk/incidents/{ONE}?done=")
    assert incident(staffed, ONE).review_status == "unreviewed"


def test_what_is_split_off_opens_as_an_incident_of_its_own(desk, staffed):
    page = desk.get(f"/desk/incidents/{ONE}").text
    mention = re.findall(r'name="mention" value="(\d+)"', page)[-1]
    address = send(desk, ONE, "split", opened=page, mention=mention).headers["location"]
    new = re.match(r"/desk/incidents/(SJ-\d+)\?done=", address)[1]
    assert new != ONE
    assert incident(staffed, new).number_of_reports >= 0


def test_words_that_were_marked_back_a_value_and_are_reason_enough_for_readers_too(desk, staffed, asked):
    with staffed.connect() as connection:
        report, body, public_id = connection.execute(
            text(
                "SELECT r.id, r.text, i.public_id FROM report r JOIN mention m ON m.report_id = r.id"
                " JOIN incident i ON i.id = m.incident_id WHERE r.kind = 'text' AND i.review_status = 'unreviewed' LIMIT 1"
            )
        ).one()
    start = body.index(" ") + 1
    send(desk, public_id, "save", weapon="artillery", **{"words-weapon": f"{report}:{start}:{start + 7}"})
    with staffed.connect() as connection:
        row = connection.execute(text("SELECT value, quote, reason FROM correction")).one()
    assert tuple(row) == ("artillery", body[start : start + 7], AS_MARKED)
    assert body[start : start + 7] in desk.get(f"/desk/incidents/{public_id}").text
    public = asked.get(f"/incidents/{public_id}").text
    assert re.search(rf"<q[^>]*>{re.escape(body[start : start + 7])}</q> <bdi>Artillery", public)


@pytest.mark.parametrize("named", ["1:2", "x:1:2", "1:-1:2", "99999:0:3", "208:900000:900010", "1:1:99999999999"])
def test_words_that_are_not_there_are_no_words(desk, staffed, named):
    answer = send(desk, ONE, "save", weapon="artillery", **{"words-weapon": named})
    assert answer.status_code == 422
    assert number_of(staffed, "correction") == 0


def test_a_field_goes_back_to_what_the_reports_say(desk, staffed):
    before = incident(staffed, ONE).weapon
    send(desk, ONE, "save", weapon="mortar", reason=REASON)
    assert "The reports say:" in told(desk.get(f"/desk/incidents/{ONE}").text)
    send(desk, ONE, "save", withdraw="weapon", reason="I was wrong")
    assert incident(staffed, ONE).weapon == before


def test_what_is_much_like_another_is_asked_about_before_it_is_saved(desk, staffed):
    other = incident(staffed, OTHER)
    typed = {"date_start": other.date_start, "date_end": other.date_end, "reason": REASON}
    with staffed.connect() as connection:
        typed["base"] = connection.execute(text("SELECT slug FROM base WHERE id = :id"), {"id": other.base_id}).scalar_one()
    answer = send(desk, ONE, "save", **typed)
    assert answer.status_code == 422
    assert OTHER in answer.text[answer.text.index("much like it") :][:2000]
    assert send(desk, ONE, "save", distinct="1", **typed).status_code == 303


def test_an_incident_that_is_none_is_not_found(desk):
    assert desk.get("/desk/incidents/SJ-9999").status_code == 404
    assert desk.get("/desk/incidents/nothing").status_code == 404


def test_the_whole_text_and_its_marks_are_for_the_desk_alone(desk, asked):
    page = desk.get("/desk/incidents/SJ-0001").text
    assert re.search(r'<mark class="c-weapon" data-fields="[^"]*weapon', page)
    assert asked.get("/desk/incidents/SJ-0001").status_code == 401
