"""Citing: each view has references in each format, and tells those who come by one what has changed since."""

import re

import pytest

from app import citation
from app.actions.decisions import correct, reject
from app.db import snapshot
from app.queries import reference
from app.seed import COMPILER


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
    reject(seeded, incident="SJ-0039", ground="drill", reason="a drill", editor=COMPILER)
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
