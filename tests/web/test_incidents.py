"""An incident's page and its files: what it says, how it is cited, where it leads, and what becomes of its number."""

import csv
import html
import io
import json
import re

import pytest

from app import citation, export
from app.actions.decisions import accept, correct, merge, reject
from app.actions.reports import add_report, reread_report
from app.db import snapshot
from app.extract.values import Claim, Extraction, Mention, Span
from app.fields import COUNTED_STATUSES
from app.ingest import RawReport
from app.queries import incidents, reference
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


# What the page says


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
        "Weapon: Drone became Rocket",
        "Day: 29 October 2023 became 2 November 2023",
        "Weapon: Rocket became Mixed",
        "Claimed by: Islamic Resistance in Iraq became not known",
        "accepted",
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


# Rejected, withdrawn, merged, misspelt


def test_a_rejected_incident_says_so_first_and_is_not_indexed(client):
    page = client.get(f"/incidents/{REJECTED}")
    assert page.status_code == 200
    assert page.text.index("Rejected, and in no count") < page.text.index("What is known")
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
def test_a_merged_incident_leads_on_for_good_with_language_and_query(seeded, path, asking):
    merge(seeded, incident="SJ-0044", into="SJ-0045", editor=COMPILER)
    answer = asking(seeded).get(f"/ar/incidents/SJ-0044{path}?base=al-tanf&revision=3")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/ar/incidents/SJ-0045{path}?base=al-tanf&revision=3")


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


# Within a list


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


# Citing


@pytest.mark.parametrize("ending", citation.FORMATS)
@pytest.mark.parametrize(
    ("path", "query", "cited"),
    [
        ("/incidents/SJ-0044", "", "/incidents/SJ-0044?revision="),
        ("/ar/incidents/SJ-0044", "", "/ar/incidents/SJ-0044?revision="),
        ("/incidents", "?base=al-tanf&from=2023-10-19", "/incidents?from=2023-10-19&base=al-tanf&revision="),
        ("/incidents", "", "/incidents?revision="),
        ("/bases/al-tanf", "", "/bases/al-tanf?revision="),
    ],
)
def test_every_view_has_its_reference_in_each_format(client, path, query, cited, ending):
    answer = client.get(f"{path}.{ending}{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(citation.FORMATS[ending].media_type)
    assert re.fullmatch(
        rf'attachment; filename="sijill-[\w-]+-r\d+(-ar)?\.{re.escape(ending)}"', answer.headers["content-disposition"]
    )
    assert f"http://testserver{cited}" in answer.text
    assert client.head(f"{path}.{ending}{query}").status_code == 200


def test_a_number_is_cited_with_its_filter_in_words(client):
    (item,) = client.get("/incidents.csl.json?base=al-tanf&from=2023-10-19").json()
    assert re.fullmatch(r"\d+ incidents reported [^;]*19 October 2023[^;]*Al-Tanf", item["title"])


def test_the_page_offers_what_its_files_hold(client):
    page = client.get("/incidents/SJ-0044").text
    for ending in (*citation.FORMATS, "csv", "geojson", "json"):
        assert f'href="/incidents/SJ-0044.{ending}"' in page
    assert '<link rel="alternate" type="application/json" href="/incidents/SJ-0044.json">' in page


def test_a_cited_page_tells_whether_it_has_changed_since(seeded, asking):
    with snapshot(seeded) as connection:
        before = reference.revision(connection).number
    correct(seeded, incident="SJ-0039", values={"launched_from": "there"}, reason="read again", editor=COMPILER)
    client = asking(seeded)
    assert "it has changed since" in client.get(f"/incidents/SJ-0039?revision={before}").text
    assert "it has not changed since" in client.get(f"/incidents/SJ-0039?revision={before + 1}").text
    assert "it has not changed since" in client.get(f"/incidents/SJ-0044?revision={before}").text
    shaddadi = client.get(f"/incidents?base=al-shaddadi&revision={before}").text
    assert "1 incident listed here is new or has changed since" in shaddadi
    conoco = client.get(f"/bases/conoco?revision={before}").text
    assert "None of the incidents listed here is new or has changed since" in conoco
    assert "the register has not changed since" in client.get(f"/incidents?revision={before + 1}").text


def test_a_cited_list_tells_what_left_it(seeded, asking):
    with snapshot(seeded) as connection:
        before = reference.revision(connection).number
    reject(seeded, incident="SJ-0039", reason="a drill", editor=COMPILER)
    client = asking(seeded)
    page = client.get(f"/incidents?base=al-shaddadi&revision={before}").text
    assert "1 that would stand here was rejected, merged or withdrawn" in page
    assert "rejected, merged" not in client.get(f"/incidents?base=al-tanf&revision={before}").text


def test_references_to_different_views_have_different_keys(client):
    views = (
        "/incidents",
        "/ar/incidents",
        "/incidents?weapon=drone",
        "/incidents?weapon=rocket",
        "/bases/conoco",
        "/incidents/SJ-0044",
    )
    keys = [client.get(re.sub(r"(\?|$)", r".bib\1", view, count=1)).text.split(",")[0] for view in views]
    assert len(set(keys)) == len(views)


@pytest.mark.parametrize("revision", ["999999", "x", "-1", "٣", "1" * 40, "<script>"])
@pytest.mark.parametrize("path", ["/incidents/SJ-0044", "/incidents", "/bases/conoco"])
def test_a_revision_that_is_none_is_told_and_the_page_still_shows(client, path, revision):
    page = client.get(path, params={"revision": revision})
    assert page.status_code == 200
    assert "no revision of this register" in page.text or "has not reached revision" in page.text
    assert "<script>&" not in page.text


def test_without_a_citation_nothing_is_said_of_one(client):
    assert "Cited at" not in client.get("/incidents/SJ-0044").text


def test_a_revision_has_its_day(seeded):
    with snapshot(seeded) as connection:
        before = reference.revision(connection)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", before.made_at)


# Files


@pytest.mark.parametrize("query", ["", "?base=al-tanf&weapon=drone", "?q=zzzz", "?base=qasrak"])
def test_geojson_holds_what_the_csv_holds(client, query):
    answer = client.get(f"/incidents.geojson{query}")
    assert answer.headers["content-type"] == "application/geo+json"
    found = answer.json()
    assert found["type"] == "FeatureCollection"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/incidents.csv{query}").text.removeprefix("\ufeff"))))
    assert [one["id"] for one in found["features"]] == [row["event_id"] for row in rows]
    for one, row in zip(found["features"], rows, strict=True):
        assert tuple(one["properties"]) == export.INCIDENT_COLUMNS
        assert (one["geometry"] is None) == (row["latitude"] == "")
        if one["geometry"]:
            assert [str(part) for part in one["geometry"]["coordinates"]] == [row["longitude"], row["latitude"]]
    assert client.get(f"/ar/incidents.geojson{query}").json() == found


@pytest.mark.parametrize("path", ["/incidents.geojson?weapn=drone", "/incidents.bib?base=atlantis", "/incidents.ris?from=x"])
def test_a_file_under_a_bad_filter_is_refused(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize("path", ["/incidents.xml", "/incidents/SJ-0044.xml", "/incidents/SJ-0044.", "/bases/conoco.csv"])
def test_a_format_that_there_is_not_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_file_of_no_incident_is_refused_in_words(client):
    answer = client.get("/incidents/SJ-9999.json")
    assert (answer.status_code, answer.text.count("\n")) == (404, 1)


def test_one_incident_is_the_same_in_every_file(client):
    row = next(csv.DictReader(io.StringIO(client.get("/incidents/SJ-0044.csv").text.removeprefix("\ufeff"))))
    feature = client.get("/incidents/SJ-0044.geojson").json()
    record = client.get("/incidents/SJ-0044.json").json()
    assert row["event_id"] == feature["id"] == record["event_id"] == "SJ-0044"
    assert feature["properties"] == {column: record[column] for column in export.INCIDENT_COLUMNS}
    assert all(tuple(one) == export.MENTION_COLUMNS for one in record["mentions"])
    assert all(isinstance(record[column], list) for column in ("origins", "report_urls", "evidence_quote", "extractor_version"))
    assert len(record["report_urls"]) == 3
    assert {claim["basis"] for one in record["mentions"] for claim in one["claims"]} == {"quote", "compiled"}
    assert client.get("/ar/incidents/SJ-0044.json").json() == record


def test_a_rejected_incident_keeps_its_files_and_they_say_so(client):
    record = client.get(f"/incidents/{REJECTED}.json").json()
    assert record["review_status"] not in COUNTED_STATUSES
    assert record["rejected_because"]
    assert [one["kind"] for one in record["decisions"]] == ["reject"]


def test_another_publishers_words_are_cut_in_every_file(engine, asking):
    text = "هاجمت مسيرات قاعدة كونيكو " + " ".join(f"كلمة{number}" for number in range(40))
    one = Mention(
        (Claim("base", "conoco", span=Span(0, len(text), text), rule="r"), Claim("date_start", "2024-01-01", "compiled")),
        anchor=Span(0, len(text), text),
    )
    add_report(engine, raw=RawReport(text, publisher="sohr"), reading=Extraction("v", mentions=(one,)))
    client = asking(engine)
    for path in ("/incidents.geojson", "/incidents/SJ-0001.geojson", "/incidents/SJ-0001.json", "/incidents/SJ-0001.csv"):
        text = client.get(path).text
        assert "كلمة5" in text
        assert "كلمة30" not in text


def test_a_hostile_text_stays_one_value(engine, asking):
    text = 'x {}\\%\u2028"</script>'
    one = Mention(
        (Claim("base", "conoco", "compiled"), Claim("launched_from", text, "compiled")), ref="m", base_as_written="{\\\n%}"
    )
    raw = RawReport(None, kind="page", publisher="sohr", url="https://a.example/{}?a=%7D;b")
    add_report(engine, raw=raw, reading=Extraction("compiled", mentions=(one,)))
    client = asking(engine)
    assert client.get("/incidents/SJ-0001.json").json()["launched_from"] == text
    assert json.loads(client.get("/incidents.geojson").content)["features"][0]["properties"]["launched_from"] == text
    assert "</script>" not in client.get("/incidents/SJ-0001").text.split("</head>")[1].replace(" defer></script>", "")


# Reports


def test_reports_lead_to_those_published_before_and_after_and_to_their_publishers_others(client):
    page = client.get("/reports/216").text
    for link in ("prev", "next"):
        assert re.search(rf'rel="{link}" href="/reports/\d+"', page)
    others = re.search(r'href="(/reports\?publisher=[^"]+)">(\d+) more', page)
    listed = client.get(others[1]).text
    assert int(re.search(r"<h1>(\d+) report", listed)[1]) == int(others[2]) + 1
    assert client.get("/reports?publisher=atlantis").status_code == 404


def test_pages_without_a_text_are_no_copies_of_each_other(client):
    assert "same text was also published" not in client.get("/reports/100").text


def test_the_marks_of_a_text_are_explained_and_what_was_not_read_is_said(client):
    page = client.get("/reports/216").text
    marks = set(re.findall(r'<mark class="f-(\w+)"><a', page))
    legend = set(re.findall(r'<li><mark class="f-(\w+)">', page))
    assert {"base", "weapon", "date_start", "tally"} <= marks & legend
    assert "Not read" in page


def test_a_publishers_list_goes_on_with_its_publisher(seeded_engine, asking):
    page = asking(seeded_engine, page_size=2).get("/reports?publisher=sohr").text
    assert re.search(r'rel="next" href="/reports\?after=[^"]*&amp;publisher=sohr"', page)


def test_neighbours_of_the_whole_list_need_no_filter(client, seeded_engine):
    with snapshot(seeded_engine) as connection:
        place = incidents.neighbours(connection, IncidentFilter(), "SJ-0044")
    assert f"{place.place} of {place.total} incidents on coalition bases in Syria" in words(client.get("/incidents/SJ-0044"))
