"""The first page of the desk lists what needs a person, and leads to the next of it that nobody else has open."""

import re

import pytest

from app.actions.decisions import accept
from app.actions.opened import open_incident
from app.actions.revision import now
from tests.actions.acts import mention, report


def rows(answer):
    return re.findall(r'name="incident" value="(SJ-\d+)"', answer.text)


def test_the_queue_stands_on_the_first_page_with_its_kinds(desk):
    answer = desk.get("/desk")
    assert answer.status_code == 200
    assert len(rows(answer)) == 50
    assert "142 incidents need a person" in answer.text
    assert 'href="/desk?kind=new_base"' in answer.text
    assert 'href="/desk?kind=twin"' not in answer.text


def test_pages_lead_on_and_keep_filter_and_kind(desk):
    answer = desk.get("/desk?kind=new_base&weapon=drone")
    following = re.search(r'rel="next" href="([^"]+)"', answer.text)[1].replace("&amp;", "&")
    assert following.startswith("/desk?weapon=drone&after=")
    assert "kind=new_base" in following
    assert not set(rows(desk.get(following))) & set(rows(answer))


def test_next_skips_what_others_have_open_and_keeps_the_filter_in_the_address(desk, staffed):
    first = rows(desk.get("/desk?weapon=drone"))[:3]
    answer = desk.get("/desk/next?weapon=drone")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/desk/incidents/{first[0]}?weapon=drone&after=")
    query = answer.headers["location"].partition("?")[2]
    open_incident(staffed, incident=first[1], editor="sami", now=now())
    assert desk.get(f"/desk/next?{query}").headers["location"].startswith(f"/desk/incidents/{first[2]}?")
    assert "&done=7&" in desk.get(f"/desk/next?{query}&done=7").headers["location"]
    assert desk.get("/ar/desk/next?kind=contested").headers["location"].startswith("/ar/desk/incidents/SJ-0139?kind=contested&")


def test_who_has_it_open_is_told(desk, other_desk, staffed):
    open_incident(staffed, incident=rows(desk.get("/desk"))[0], editor="sami", now=now())
    assert "<td><bdi>Sami</bdi></td>" in desk.get("/desk").text
    assert "<td>you</td>" in other_desk.get("/desk").text


def test_reasons_name_their_twins_and_what_is_worth_a_look(desk, staffed):
    told = [report(staffed, number, mention("conoco", 28, weapon=weapon)) for number, weapon in enumerate(("drone", "rocket"))]
    one, other = (added.incidents[0] for added in told)
    answer = desk.get("/desk?kind=twin")
    assert set(rows(answer)) >= {one, other}
    assert f'<a href="/desk/incidents/{other}">{other}</a>' in answer.text


@pytest.mark.parametrize("address", ["/desk?base=al-tanf&kind=unread", "/ar/desk?base=al-tanf&kind=unread"])
def test_an_empty_queue_says_so_and_what_would_loosen_it(desk, address):
    answer = desk.get(address)
    assert 'class="nothing"' in answer.text
    assert f'href="{address.removesuffix("&kind=unread")}"' in answer.text
    assert rows(answer) == []


def test_a_filter_that_hides_all_is_named_with_what_is_there_without_it(desk, staffed):
    accept(staffed, incident=tuple(rows(desk.get("/desk?base=al-tanf"))), editor="nour")
    answer = desk.get("/desk?base=al-tanf")
    assert 'class="nothing"' in answer.text
    assert "Without “at Al-Tanf”" in answer.text
    assert desk.get("/desk/next?base=al-tanf").headers["location"] == "/desk?base=al-tanf"


def test_a_bad_filter_keeps_the_form_and_says_what_is_wrong(desk):
    answer = desk.get("/desk?from=yesterday")
    assert answer.status_code == 400
    assert 'aria-describedby="from-error"' in answer.text
    assert desk.get("/desk/next?from=yesterday").headers["location"] == "/desk?from=yesterday"
    assert desk.get("/desk?kind=odd").status_code == 400
    assert desk.get("/desk?after=odd").status_code == 400


def test_the_filter_is_replaced_by_itself_where_script_asks(desk):
    answer = desk.get("/desk?weapon=drone&q=", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<div id="view"')


def test_the_rows_can_be_acted_on_together(desk):
    answer = desk.get("/desk")
    assert 'action="/desk/bulk"' in answer.text
    for field in ("token", "act", "ground", "reason"):
        assert f'name="{field}"' in answer.text
