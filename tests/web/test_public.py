"""The public pages as a client without script sees them."""

import csv
import html
import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from app.actions.decisions import correct
from app.actions.reports import add_report
from app.extract.values import Claim, Extraction, Mention, Span
from app.ingest import RawReport
from app.main import create_app
from app.seed import COMPILER

PAGES = (
    "/",
    "/incidents",
    "/incidents/SJ-0044",
    "/bases",
    "/bases/al-omar",
    "/reports",
    "/reports/1",
    "/reports/230",
    "/tallies",
    "/tallies/sohr",
    "/tallies/us-dod",
    "/tallies/audit",
    "/search",
    "/search?q=التحالف",
    "/search?q=zzzz+drone",
    "/about",
)


SYMBOL = re.compile(r'"popup": "\\u003ca href=\\"([^"]*)\\".*?\\u003cbdi\\u003e(\d+) incident')
"""Where a symbol of the map leads, and what it counts."""


FILES = ("/incidents.csv", "/tallies.csv", "/timeline.svg", "/tallies/sohr.svg", "/map.js", "/healthz")


def total(page):
    return int(re.search(r"<h1>(\d+) incidents? reported</h1>", page.text)[1])


@pytest.mark.parametrize("path", PAGES + FILES)
def test_every_address_answers_with_its_guards(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_code_or_an_outside_resource(client, path):
    page = client.get(path).text
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on[a-z]+=|javascript:", page)
    assert not re.search(r'(?:src|data|action)="(?!/)|<link(?! rel="(?:alternate|canonical)")[^>]*href="(?!/)', page)


@pytest.mark.parametrize("path", PAGES)
def test_a_name_in_the_other_script_does_not_turn_its_cell_round(client, path):
    # A cell with a direction of its own is aligned to its other side, and runs into its neighbour.
    assert not re.search(r"<t[dh][^>]* dir=", client.get(path).text)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/incidents/SJ-9999",
        "/incidents/x",
        "/bases/atlantis",
        "/reports/99999",
        "/reports/x",
        "/reports/٧",
        "/tallies/x",
    ],
)
def test_what_is_not_there_says_so(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Not found" in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("from=2023-W44-6", "no day"),
        ("q=" + "+".join(["a"] * 21), "20 words"),
        ("from=soon", "no day"),
        ("base=atlantis", "not known"),
        ("from=2024-01-01&to=2023-01-01", "lies before"),
        ("q=" + "x" * 201, "200 characters"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/incidents"])
def test_a_bad_filter_gives_the_form_with_what_was_wrong_and_what_was_typed(client, path, query, complaint):
    answer = client.get(f"{path}?weapon=drone&{query}")
    assert answer.status_code == 400
    assert complaint in answer.text
    assert 'value="drone" checked' in answer.text
    assert "incidents reported" not in answer.text


def test_what_was_typed_is_kept_and_escaped(client):
    answer = client.get("/", params={"from": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/incidents.csv?base=atlantis",
        "/incidents.csv?weapn=drone",
        "/map.js?x=1",
        "/timeline.svg?from=x",
        "/timeline.svg?width=9",
        "/tallies/sohr.svg?width=9",
        "/tallies/sohr.svg?base=atlantis",
        "/tallies/sohr.svg?weapon=drone",
    ],
)
def test_a_file_under_a_bad_filter_is_refused_in_words(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert len(answer.text.splitlines()) == 1


def test_a_place_in_the_list_that_is_none_is_told(client):
    assert client.get("/incidents?after=x").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "",
        "base=al-tanf",
        "base=al-omar&weapon=drone",
        "from=2023-11-01&to=2023-11-30",
        "q=صاروخ",
        "status=accepted",
        "weapon=ied",
    ],
)
def test_the_numbers_agree_everywhere(client, query):
    overview = client.get(f"/?{query}")
    count = total(overview)
    assert total(client.get(f"/incidents?{query}")) == count
    rows = list(csv.DictReader(io.StringIO(client.get(f"/incidents.csv?{query}").text.removeprefix("\ufeff"))))
    assert len(rows) == len({row["event_id"] for row in rows}) == count
    in_table = re.findall(r'<th scope="row"><a href="/bases/.*?<td class="num"><a [^>]*>(\d+)</a></td>', overview.text, re.S)
    assert sum(map(int, in_table)) == count
    on_map = [count for _href, count in SYMBOL.findall(client.get(f"/map.js?{query}").text)]
    unplaced = re.search(r"(\d+) incidents? ha(?:s|ve) no public point", overview.text)
    assert sum(map(int, on_map)) + int(unplaced[1] if unplaced else 0) == count


def bars_of(svg):
    """The segments of a timeline: the address that each leads to, and its count."""
    return [
        (html.unescape(href), int(count))
        for href, count in re.findall(r'href="(/incidents\?[^"]*)"[^>]*><path aria-label="[^"]*?: (\d+) incident', svg)
    ]


def test_the_list_stands_under_its_days(client):
    page = client.get("/incidents?from=2023-10-28&to=2023-11-05").text
    headings = re.findall(r'<th scope="rowgroup" colspan="7">([^<]*)</th>', page)
    assert len(headings) == len(set(headings)) > 4
    assert "29 October – 5 November 2023" in headings
    assert page.count('<td class="date"><a href="/incidents/SJ-') == total(client.get("/incidents?from=2023-10-28&to=2023-11-05"))


def test_pages_of_the_list_lead_through_all_of_it(client):
    seen, path = [], "/incidents"
    while path:
        page = client.get(path).text
        seen += re.findall(r'<td class="date"><a href="/incidents/(SJ-\d+)"', page)
        following = re.search(r'rel="next" href="([^"]*)"', page)
        path = following[1].replace("&amp;", "&") if following else None
    assert len(seen) == len(set(seen)) == total(client.get("/incidents"))


def test_rejected_incidents_are_on_record_and_in_no_count(client):
    assert "2 incidents were rejected" in client.get("/incidents").text
    rejected = re.findall(r'<li><a href="/incidents/(SJ-\d+)', client.get("/about").text)
    assert len(rejected) == 2
    assert not set(rejected) & set(re.findall(r"^(SJ-\d+),", client.get("/incidents.csv").text, re.M))
    for public_id in rejected:
        assert "in no count" in client.get(f"/incidents/{public_id}").text


def test_htmx_gets_the_view_alone_with_its_address(client):
    part = client.get("/?base=al-tanf&from=", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<main id="view"')
    assert part.headers["hx-push-url"] == "/?base=al-tanf"
    assert part.headers["vary"].lower().count("hx-request") == 1
    whole = client.get("/?base=al-tanf", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert whole.text.startswith("<!doctype html>")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_htmx_too(client, path):
    assert client.get(path, headers={"HX-Request": "true"}).status_code == 200


def test_of_a_repeated_day_the_last_one_holds(client):
    page = client.get("/incidents?from=2024-01-01&from=2022-01-01&from=2024-06-01").text
    assert 'value="2024-06-01"' in page
    assert 'value="2022-01-01"' not in page


@pytest.mark.parametrize("query", ["base=green-village&base=conoco", "base=al-omar&base=green-village", "base=rmelan"])
def test_links_of_chart_and_map_find_what_they_count(client, query):
    symbols = SYMBOL.findall(client.get(f"/map.js?{query}").text)
    bars = bars_of(client.get(f"/timeline.svg?{query}").text)
    assert symbols
    for href, count in [*symbols, *bars[::5]]:
        assert total(client.get(html.unescape(href.replace("\\u0026", "&")))) == int(count)


def test_an_error_has_its_guards_and_says_that_nothing_was_changed(settings, monkeypatch):
    monkeypatch.setattr("app.queries.counts.coverage", None)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        answer = client.get("/about")
    assert answer.status_code == 500
    assert "Nothing was changed" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_correction_shows_beside_its_field(seeded, asking):
    correct(seeded, incident="SJ-0044", values={"launched_from": "beyond the river"}, reason="read again", editor=COMPILER)
    client = asking(seeded)
    page = client.get("/incidents/SJ-0044").text
    row = page[page.index('id="field-launched_from"') :]
    assert "beyond the river" in row
    assert "read again" in row[: row.index("</tbody>")]


def test_empty_fields_leave_the_address(client):
    answer = client.get("/incidents?from=&to=&q=&base=al-tanf")
    assert (answer.status_code, answer.headers["location"]) == (302, "/incidents?base=al-tanf")


def test_many_downloads_at_once_all_end_and_the_rest_still_answers(client):
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda _: client.get("/incidents.csv", headers={"Accept-Encoding": "identity"}), range(30)))
    assert {(answer.status_code, len(answer.content)) for answer in answers} == {(200, len(answers[0].content))}
    assert int(answers[0].headers["content-length"]) == len(answers[0].content)
    assert client.get("/healthz").status_code == 200


def test_a_csv_says_what_it_is_and_of_when(client):
    answer = client.get("/incidents.csv")
    assert re.search(r'filename="sijill-incidents-r\d+-\d{4}-\d\d-\d\d\.csv"', answer.headers["content-disposition"])
    assert answer.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}]
)
def test_a_write_from_another_site_is_refused_before_anything_else(client, headers):
    answer = client.post("/", headers=headers)
    assert answer.status_code == 403
    assert "content-security-policy" in answer.headers
    refused = client.post("/", headers={"Sec-Fetch-Site": "same-origin"})
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]


SECRET = "هاجمت مسيرات قاعدة كونيكو " + " ".join(f"كلمة{number}" for number in range(40))


@pytest.fixture
def other(engine, asking):
    """A register with a text that is another publisher's, and that means harm."""
    text = SECRET + " <script>alert(1)</script>"
    mention = Mention(
        (Claim("base", "conoco", span=Span(20, 26, text[20:26]), rule="r"), Claim("date_start", "2024-01-01", "compiled")),
        anchor=Span(0, len(text), text),
        base_as_written="<img src=x onerror=alert(1)>",
    )
    raw = RawReport(text, publisher="<b>`${alert(1)}`", title="<script>alert(2)</script>", url="https://a.example/?a=\"'<")
    add_report(engine, raw=raw, reading=Extraction("v", mentions=(mention,)))
    return asking(engine)


def test_another_publishers_text_is_quoted_in_a_few_words_only(other):
    for path in ("/reports/1", "/incidents/SJ-0001", "/incidents.csv"):
        page = other.get(path).text
        assert "كلمة5" in page
        assert "كلمة30" not in page


@pytest.mark.parametrize("path", ["/", "/incidents", "/incidents/SJ-0001", "/reports", "/reports/1"])
def test_hostile_texts_stay_texts(other, path):
    page = other.get(path).text
    assert not re.search(r"<script>alert|<img src=x|<b>`", page)


def test_files_that_pages_load_are_kept_for_a_while(client):
    answer = client.get("/static/sijill.css")
    assert answer.headers["cache-control"] == "public, max-age=3600"
    again = client.get("/static/sijill.css", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "public, max-age=3600")


@pytest.mark.parametrize("path", ["/", "/map", "/incidents", "/counts", "/search?q=drone", "/bases/conoco", "/nowhere"])
@pytest.mark.parametrize("language", ["", "/ar"])
def test_each_page_names_itself_in_each_language(client, language, path):
    page = client.get(language + path).text
    assert re.findall(r'hreflang="(\w\w)" href="http://testserver(/[^"]*)"', page)[:2] == [("en", path), ("ar", f"/ar{path}")]


def test_no_address_names_another_host(client):
    for path in ("/ar//evil.example/x", "/ar/%2f%2fevil.example"):
        assert not re.search(r'href="//', client.get(path).text), path


def test_a_write_to_a_page_is_refused_in_the_pages_language(client):
    answer = client.post("/ar/incidents")
    assert answer.status_code == 405
    assert "هذا العنوان للقراءة فقط" in answer.text
    assert answer.headers["allow"]


def test_a_field_shows_what_holds_and_not_what_was_sent_empty(client):
    page = client.get("/incidents?from=2024-01-01&from=", headers={"HX-Request": "true"}).text
    assert 'name="from" type="date" value="2024-01-01"' in page


def test_a_file_refuses_what_only_a_page_takes(client):
    for address in ("/incidents.csv?stack=weapon", "/map.js?stack=weapon", "/incidents.geojson?split=weapon"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8"), address


def test_a_total_stands_beside_the_bases_only_where_it_counts_the_same(client):
    beside = '<th scope="col" class="num">SOHR'
    assert all(beside in client.get(path).text for path in ("/", "/?base=conoco", "/?from=2023-10-19", "/counts"))
    assert not any(beside in client.get(path).text for path in ("/?weapon=drone", "/?from=2022-01-01", "/counts?origin=sohr"))


def test_machines_are_asked_to_leave_filters_and_pictures_alone(client):
    assert "Disallow: /*?" in client.get("/robots.txt").text
