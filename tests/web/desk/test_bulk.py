"""Acts over many incidents: a selection of the queue, and a file of corrections that came from a spreadsheet."""

import csv
import html
import io
import json
import re

import pytest
from sqlalchemy import text

from tests.web.desk.test_review import REASON, incident, number_of, send

ONE, OTHER = "SJ-0044", "SJ-0045"


def hidden(page, name):
    """The value of a hidden input of a page."""
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def choose(desk, **typed):
    page = desk.get("/desk").text
    form = {"token": hidden(page, "token"), "seen": hidden(page, "seen"), "incident": [ONE, OTHER], **typed}
    return desk.post("/desk/bulk", data=form)


def corrected(desk, **cells):
    """The register's own file with other cells in the row of ONE, as a spreadsheet would save it."""
    rows = list(csv.DictReader(io.StringIO(desk.get("/incidents.csv").text.removeprefix("\ufeff"))))
    for row in rows:
        if row["event_id"] == ONE:
            row.update(cells)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def shown(desk, data):
    return desk.post("/desk/import", files={"file": ("incidents.csv", data, "text/csv")})


def form_of(page):
    return {name: hidden(page, name) for name in ("corrections", "seen", "token")}


def test_a_selection_is_accepted_as_one_act_and_undone_as_one(desk, staffed):
    acts = number_of(staffed, "act")
    answer = choose(desk, act="accept", reason="")
    assert {incident(staffed, one).review_status for one in (ONE, OTHER)} == {"accepted"}
    assert number_of(staffed, "act") == acts + 1
    page = desk.get(answer.headers["location"]).text
    desk.post("/desk/undo", data={"revision": hidden(page, "revision"), "token": "another", "next": "/desk"})
    assert {incident(staffed, one).review_status for one in (ONE, OTHER)} == {"unreviewed"}


def test_a_selection_is_rejected_with_one_ground_and_reason(desk, staffed):
    assert choose(desk, act="reject", ground="drill").status_code == 422
    assert choose(desk, act="reject", reason=REASON).status_code == 422
    assert incident(staffed, ONE).review_status == "unreviewed"
    assert choose(desk, act="reject", ground="drill", reason=REASON).status_code == 303
    assert {incident(staffed, one).review_status for one in (ONE, OTHER)} == {"rejected"}


def test_a_selection_that_somebody_changed_meanwhile_is_not_decided_on(desk, other_desk, staffed):
    page = desk.get("/desk").text
    choose(other_desk, incident=[OTHER], act="reject", ground="drill", reason=REASON)
    answer = desk.post("/desk/bulk", data={"seen": hidden(page, "seen"), "incident": [ONE, OTHER], "act": "accept"})
    assert answer.status_code == 422
    assert incident(staffed, ONE).review_status == "unreviewed"


def test_nothing_chosen_and_an_act_that_is_none_are_refused(desk):
    assert choose(desk, incident=[], act="accept").status_code == 422
    assert choose(desk, act="explode").status_code == 422


def test_reports_of_a_selection_are_read_again(desk, staffed):
    answer = choose(desk, act="reread", reason=REASON)
    assert re.fullmatch(r"/desk/jobs/\d+", answer.headers["location"])
    assert number_of(staffed, "job") == 1


def test_reports_without_a_text_cannot_be_read_again(desk, staffed):
    with staffed.begin() as connection:
        connection.execute(text("UPDATE report SET text = NULL"))
    assert choose(desk, act="reread", reason=REASON).status_code == 422
    assert number_of(staffed, "job") == 0


def test_an_incident_without_a_day_stands_in_the_queue(desk, staffed):
    unknown = {"date_start": "", "date_end": "", "date_precision": "unknown"}
    assert send(desk, ONE, "save", **unknown, reason=REASON).status_code == 303
    assert incident(staffed, ONE).date_start is None
    pages = [desk.get("/desk").text]
    while more := re.search(r'rel="next" href="([^"]*)"', pages[-1]):
        pages.append(desk.get(html.unescape(more[1])).text)
    assert sum(page.count(f'value="{ONE}"') for page in pages) == 1


def test_a_file_is_shown_first_then_applied_as_one_act(desk, staffed):
    acts = number_of(staffed, "act")
    page = shown(desk, corrected(desk, weapon="mortar", munitions_low="3", munitions_high="5", summary_en="Two words"))
    assert page.status_code == 200, page.text
    assert ONE in page.text
    assert number_of(staffed, "act") == acts
    answer = desk.post("/desk/import", data={**form_of(page.text), "reason": REASON})
    assert answer.status_code == 303, answer.text
    found = incident(staffed, ONE)
    assert (found.weapon, found.munitions_low, found.munitions_high) == ("mortar", 3, 5)
    assert number_of(staffed, "act") == acts + 1


def test_each_cell_that_cannot_be_is_named_with_row_and_column(desk, staffed):
    page = shown(desk, corrected(desk, weapon="catapult", munitions_low="many"))
    assert page.status_code == 422
    assert "catapult" in page.text
    assert "many" in page.text
    assert 'name="corrections"' not in page.text


@pytest.mark.parametrize(
    "given",
    [
        {ONE: {"weapon": "catapult"}},
        {ONE: {"munitions_low": "5", "munitions_high": "3"}},
        {ONE: {"review_status": "accepted"}},
        {"SJ-9999": {"weapon": "mortar"}},
        {},
        [],
    ],
)
def test_corrections_that_no_preview_showed_are_refused(desk, staffed, given):
    acts = number_of(staffed, "act")
    page = shown(desk, corrected(desk, weapon="mortar")).text
    answer = desk.post("/desk/import", data={**form_of(page), "corrections": json.dumps(given), "reason": REASON})
    assert answer.status_code == 422
    assert number_of(staffed, "act") == acts


def test_a_file_over_what_somebody_changed_since_is_refused_whole(desk, other_desk, staffed):
    form = form_of(shown(desk, corrected(desk, weapon="mortar")).text)
    choose(other_desk, incident=[ONE], act="accept")
    assert desk.post("/desk/import", data={**form, "reason": REASON}).status_code == 409
    assert incident(staffed, ONE).weapon != "mortar"
