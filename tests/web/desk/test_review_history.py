import re
from html import unescape

from tests.web.desk.test_review import ONE, OTHER, REASON, incident, send, told


def history(desk, public_id):
    """The entries of the history on the desk's page of an incident."""
    section = re.search(r'<section id="history">(.*?)</section>', desk.get(f"/desk/incidents/{public_id}").text, re.S)
    return re.findall(r"<li>(.*?)</li>", section[1], re.S)


def form_of(entry):
    """What the undo button of an entry sends; None where it has none."""
    if 'action="/desk/undo"' not in entry:
        return None
    return {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', entry)}


def undo(desk, entry):
    answer = desk.post("/desk/undo", data=form_of(entry))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_an_older_act_is_undone_from_the_history_of_its_incident(desk, staffed):
    before = incident(staffed, ONE)
    send(desk, ONE, "save", weapon="mortar", reason=REASON)
    send(desk, ONE, "save", outcome="hit", reason=REASON)
    older, newer = history(desk, ONE)[-2:]
    assert form_of(newer)
    assert undo(desk, older).startswith(f"/desk/incidents/{ONE}?done=")
    after = incident(staffed, ONE)
    assert (after.weapon, after.outcome) == (before.weapon, "hit")


def test_what_is_undone_has_no_button_and_its_undo_has_one(desk, staffed):
    send(desk, ONE, "accept")
    undo(desk, history(desk, ONE)[-1])
    accepted, undone = history(desk, ONE)[-2:]
    assert form_of(accepted) is None
    assert "Undone by revision" in told(accepted)
    undo(desk, undone)
    assert incident(staffed, ONE).review_status == "accepted"
    assert form_of(history(desk, ONE)[-2]) is None


def test_the_coming_of_reports_and_acts_on_other_incidents_are_not_undone_there(desk):
    assert [form_of(entry) for entry in history(desk, ONE)] == [None] * len(history(desk, ONE))
    send(desk, ONE, "not_same", other=OTHER)
    assert form_of(history(desk, OTHER)[-1])


def test_a_merge_is_undone_from_the_page_of_the_incident_that_stayed(desk, staffed):
    send(desk, ONE, "merge", other=OTHER)
    entry = history(desk, OTHER)[-1]
    assert f'href="/desk/incidents/{ONE}"' in entry
    undo(desk, entry)
    assert incident(staffed, ONE).review_status == "unreviewed"


def test_the_history_of_the_desk_names_its_editors(desk, other_desk):
    send(other_desk, ONE, "accept")
    assert "Sami" in told(history(desk, ONE)[-1])


def test_an_act_on_many_incidents_says_of_how_many_it_is_undone(desk):
    many = ["SJ-0044", "SJ-0045", "SJ-0046"]
    answer = desk.post("/desk/bulk", data={"act": "accept", "incident": many, "token": "many"})
    assert answer.status_code == 303, answer.text
    assert "for all 3 incidents" in told(history(desk, ONE)[-1])


def test_the_notice_of_an_act_that_was_undone_since_says_so_in_place_of_its_button(desk):
    address = send(desk, ONE, "save", weapon="mortar", reason=REASON).headers["location"]
    done = re.search(r"done=(\d+)", undo(desk, history(desk, ONE)[-1]))[1]
    notice = re.search(r'<div class="notes done".*?</div>', desk.get(address).text, re.S)[0]
    assert f"undone since, in revision {done}" in told(notice)
    assert "<button" not in notice


def test_two_attacks_of_one_report_can_be_told_apart_before_a_split(desk, staffed):
    page = desk.get(f"/desk/incidents/{ONE}").text
    choices = re.findall(r'<label><input type="checkbox" name="mention".*?</label>', page, re.S)
    assert choices
    assert any("<q" in one for one in choices)
    assert all('class="under"' in one for one in choices)


def test_the_registers_own_compilation_is_called_so(desk, staffed):
    with staffed.connect() as connection:
        public_id = connection.exec_driver_sql(
            "SELECT i.public_id FROM incident i JOIN mention m ON m.incident_id = i.id JOIN report r ON r.id = m.report_id"
            " WHERE r.kind = 'compilation' AND i.review_status = 'unreviewed' LIMIT 1"
        ).scalar_one()
    page = told(desk.get(f"/desk/incidents/{public_id}").text)
    assert "The register’s own compilation; what it notes stands in the form." in page
