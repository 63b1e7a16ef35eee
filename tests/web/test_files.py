"""Files of incidents: the same in every format, and no more of another publisher's words than a page shows."""

import csv
import io
import json

import pytest

from app import export
from app.actions.reports import add_report
from app.extract.values import Claim, Extraction, Mention, Span
from app.fields import COUNTED_STATUSES
from app.ingest import RawReport

REJECTED = "SJ-0006"


def part(page, mark, end="</section>"):
    return page.text[page.text.index(mark) :].split(end, 1)[0]


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
