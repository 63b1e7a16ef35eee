"""An incident's page and its files: what it says, how it is cited, where it leads, and what becomes of its number."""

import html
import re

import pytest

from app.actions.decisions import accept, correct, merge
from app.actions.reports import reread_report
from app.db import snapshot
from app.extract.values import Extraction
from app.queries import incidents
from app.queries.filter import IncidentFilter
from app.seed import COMPILER
from app.web.errors import words_of
from app.web.incidents import public_id_of
from tests.actions.acts import mention, report

REJECTED = "SJ-0006"


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def part(page, mark, end="</section>"):
    return page.text[page.text.index(mark) :].split(end, 1)[0]


def test_the_page_opens_with_what_is_known_in_a_sentence(client):
    assert "A rocket attack on Kharab al-Jir on 3 November 2023 in the evening (Syrian time)" in words(
        client.get("/incidents/SJ-0044")
    )


def test_no_day_inside_the_page_is_left_in_iso_form(client):
    for public_id in ("SJ-0044", "SJ-0033", "SJ-0008"):
        page = re.sub(r'"[^"]*"', "", client.get(f"/incidents/{public_id}").text)
        assert not re.search(r"\d{4}-\d\d-\d\d", page)


def test_conflicts_stand_together_with_who_says_what_and_why_one_was_chosen(client):
    page = part(client.get("/incidents/SJ-0033"), 'id="conflicts"')
    assert re.search(r'id="conflict-weapon".*Rocket.*Local sources.*Missile.*compilation.*Chosen because', page, re.S)
    assert 'id="conflict-munitions"' in page


def test_where_all_agree_no_conflict_is_told(client):
    assert "No field on which its reports contradict each other" in client.get("/incidents/SJ-0044").text


def test_a_correction_alone_is_no_conflict_of_reports(seeded, asking):
    correct(seeded, incident="SJ-0039", values={"date_start": "2023-11-02"}, reason="read again", editor=COMPILER)
    assert "No field on which its reports contradict" in asking(seeded).get("/incidents/SJ-0039").text


def test_history_tells_each_correction_from_the_former_value_to_the_next(seeded, asking):
    correct(
        seeded, incident="SJ-0039", values={"weapon": "rocket", "date_start": "2023-11-02"}, reason="read again", editor=COMPILER
    )
    correct(seeded, incident="SJ-0039", values={"weapon": "mixed", "claimed_by": None}, reason="once more", editor=COMPILER)
    accept(seeded, incident="SJ-0039", editor=COMPILER, reason="checked")
    history = re.sub(r"<[^>]+>", "", html.unescape(part(asking(seeded).get("/incidents/SJ-0039"), 'id="history"')))
    told = (
        "Its facts were compiled by hand",
        "2 reports were added",
        "Day: 29 October 2023 became 2 November 2023",
        "Weapon: Drone became Rocket",
        "Weapon: Rocket became Mixed",
        "Claimed by: Islamic Resistance in Iraq became not known",
        "Accepted",
    )
    places = [history.index(one) for one in told]
    assert places == sorted(places)


def test_history_names_no_editor(seeded, asking):
    correct(seeded, incident="SJ-0039", values={"weapon": "rocket"}, reason="read again", editor=COMPILER)
    client = asking(seeded)
    assert COMPILER not in client.get("/incidents/SJ-0039").text
    assert COMPILER not in client.get("/incidents/SJ-0039.json").text


def test_times_say_that_they_are_syrian(client):
    assert client.get("/incidents/SJ-0044").text.count("Syrian local time") >= 3


def test_a_rejected_incident_says_so_first_and_is_not_indexed(client):
    page = client.get(f"/incidents/{REJECTED}")
    assert page.status_code == 200
    assert page.text.index("Rejected (not an attack), and in no count") < page.text.index("What is known")
    assert '<meta name="robots" content="noindex">' in page.text
    assert "noindex" not in client.get("/incidents/SJ-0044").text
    assert 'rel="prev"' not in page.text


def test_a_withdrawn_incident_says_so(engine, asking):
    added = report(engine, 1, mention())
    reread_report(engine, report_id=added.report_id, reading=Extraction("rules-2"))
    page = asking(engine).get("/incidents/SJ-0001")
    assert page.status_code == 200
    assert "Withdrawn, and in no count" in page.text
    assert "noindex" in page.text


@pytest.mark.parametrize("path", ["", ".json", ".bib"])
def test_a_merged_incident_leads_on_with_language_and_query(seeded, path, asking):
    merge(seeded, incident="SJ-0044", into="SJ-0045", editor=COMPILER)
    answer = asking(seeded).get(f"/ar/incidents/SJ-0044{path}?base=al-tanf&revision=3")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/ar/incidents/SJ-0045{path}?base=al-tanf&revision=3")


@pytest.mark.parametrize("given", ["sj-142", "SJ142", "142", "0142", "SJ-142", "sj_0142", "SJ-00142"])
def test_another_way_of_writing_a_number_leads_to_the_one(client, given):
    answer = client.get(f"/incidents/{given}.csv?base=al-tanf")
    assert (answer.status_code, answer.headers["location"]) == (301, "/incidents/SJ-0142.csv?base=al-tanf")


@pytest.mark.parametrize("given", ["x", "SJ-", "SJ-12x", "٧", "SJ-1234567890123", "", "-1", "SJ--1"])
def test_what_is_no_number_stays_none(given):
    assert public_id_of(given) is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/bases/atlantis", "atlantis"),
        ("/bases/al-tanf.bib", "al tanf"),
        ("/incidents/SJ-9999", "SJ-9999"),
        ("/reports/99999", ""),
        ("/حقل-العمر/", "حقل العمر"),
        ("/", ""),
        ("/" + "x" * 300, "x" * 100),
    ],
)
def test_what_was_looked_for_is_offered_to_be_searched(path, words):
    assert words_of(path) == words


def test_a_missing_page_leads_on(client):
    page = client.get("/ar/bases/atlantis")
    assert page.status_code == 404
    assert 'action="/ar/search"' in page.text
    assert 'value="atlantis"' in page.text
    assert 'href="/ar/incidents"' in page.text
    hostile = client.get('/bases/"><script>alert(1)<script>')
    assert "<script>alert" not in hostile.text


def test_a_place_that_is_none_leads_to_the_beginning_of_its_list(client):
    assert '<a href="/reports">This page from its beginning' in client.get("/reports?after=x").text


def test_previous_and_next_lead_through_the_whole_list_and_keep_its_filter(client):
    listed = re.findall(r'href="(/incidents/SJ-\d+\?base=al-tanf)"', client.get("/incidents?base=al-tanf").text)
    assert len(listed) > 10
    seen, path = [], listed[0]
    while path:
        page = client.get(path).text
        seen.append(path)
        assert f"{len(seen)} of {len(listed)} incidents at Al-Tanf" in page
        following = re.search(r'rel="next" href="([^"]*)"', page)
        path = following and following[1]
    assert seen == listed


def test_an_incident_has_one_address_whatever_list_leads_to_it(client):
    for query in ("", "?base=kharab-al-jir", "?revision=2&base=conoco"):
        assert re.search(r'rel="canonical" href="http://[^/"]+/incidents/SJ-0044"', client.get(f"/incidents/SJ-0044{query}").text)


def test_an_incident_that_the_filter_does_not_find_says_so_and_leads_on(client):
    page = client.get("/incidents/SJ-0044?base=conoco").text
    assert "not among the incidents that this filter finds: at Conoco" in page
    assert 'href="/incidents?base=conoco"' in page


def test_a_bad_filter_does_not_hide_an_incident(client):
    page = client.get("/incidents/SJ-0044?base=atlantis&weapon=rocket")
    assert page.status_code == 200
    assert "cannot be used" in page.text
    assert 'href="/incidents?weapon=rocket"' in page.text


def test_neighbours_of_the_whole_list_need_no_filter(client, seeded_engine):
    with snapshot(seeded_engine) as connection:
        place = incidents.neighbours(connection, IncidentFilter(), "SJ-0044")
    assert f"{place.place} of {place.total} incidents on coalition bases in Syria" in words(client.get("/incidents/SJ-0044"))
