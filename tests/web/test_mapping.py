"""The map's page, its script and its file: the list says what the symbols say, in every view and in both languages."""

import html
import json
import re
import shutil
from datetime import date

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from app.db import make_engine, snapshot, transaction
from app.fields import BASE_STATES
from app.main import create_app
from app.queries import counts, reference
from app.queries.filter import IncidentFilter
from app.settings import Settings
from app.web.labels import LABELS
from app.web.symbols import status_rows, steps
from tests.conftest import url_of
from tests.test_maps import HOSTILE

VIEWS = ("", "split=grading", "layer=status", "layer=status&day=2025-05-03")
ROW = re.compile(
    r'<tr(?: data-site="([\w-]+)")?>\s*<th scope="row"[^>]*><a href="[^"]*?/bases/([\w-]+)">.*?</th>.*?'
    r'<td[^>]*>(?:<a href="([^"]*)">(\d+)</a>)?',
    re.S,
)
"""A row of the list: its symbol, its base, where its count leads, and the count."""


def listed(page):
    return page[page.index('class="map-list"') :]


def script(client, query=""):
    return client.get(f"/map.js?{query}").text


@pytest.mark.parametrize("query", ["", "base=al-omar", "weapon=drone&from=2023-11-01", "split=grading&base=al-tanf&base=qasrak"])
def test_the_list_counts_what_the_headline_counts_and_each_count_leads_to_its_incidents(client, query):
    page = client.get(f"/map?{query}").text
    rows = ROW.findall(listed(page))
    assert sum(int(count) for *_row, count in rows) == int(re.search(r"<h1>(\d+) incident", page)[1])
    for _symbol, _base, href, count in rows[::2]:
        assert f"<h1>{count} incident" in client.get(html.unescape(href)).text


@pytest.mark.parametrize("view", VIEWS)
def test_the_map_has_a_symbol_for_each_row_with_a_point_and_for_no_other(client, view):
    rows = ROW.findall(listed(client.get(f"/map?{view}").text))
    drawn = re.findall(r'data-site=\\"([\w-]+)\\">', script(client, view))
    assert set(drawn) == {symbol for symbol, *_row in rows if symbol}


def test_bases_without_a_public_point_are_counted_and_listed_apart(client):
    page = listed(client.get("/map").text)
    apart = ROW.findall(page[page.index("No public point") :])
    assert {base for _symbol, base, *_row in apart} >= {"rubaria", "qasrak", "himo"}
    assert not any(symbol for symbol, *_row in apart)


@pytest.mark.parametrize("split", ["weapon", "grading"])
def test_the_parts_of_a_site_add_up_to_its_count(seeded_engine, split):
    with snapshot(seeded_engine) as connection:
        sites = reference.sites(connection)
        for chosen in (IncidentFilter(), IncidentFilter().but("base", "green-village", "conoco")):
            shares = counts.shares(connection, chosen, sites, split)
            by_base = {one.site.slug: one.count for one in counts.by_base(connection, chosen, sites)}
            assert {slug: sum(parts.values()) for slug, parts in shares.items()} == by_base


@pytest.mark.parametrize("address", ["/map", "/map.js", "/map.html", "/ar/map"])
@pytest.mark.parametrize("bad", ["split=colour", "layer=ground", "layer=status&day=yesterday"])
def test_a_view_that_is_none_is_refused_in_words(client, address, bad):
    answer = client.get(f"{address}?{bad}")
    assert answer.status_code == 400
    assert bad.rsplit("&", maxsplit=1)[-1].split("=")[0] + ":" in answer.text


def test_a_file_refuses_what_is_neither_filter_nor_view_and_a_page_ignores_it(client):
    assert client.get("/map.js?utm=1").status_code == client.get("/map.html?utm=1").status_code == 400
    assert client.get("/map?utm=1").status_code == 200


def test_a_filter_that_cannot_be_shows_the_form_and_says_why(client):
    answer = client.get("/map?from=never&split=grading")
    assert answer.status_code == 400
    assert "is no day" in answer.text
    assert '<input type="hidden" name="split" value="grading">' in answer.text


def test_the_view_outlives_the_filter_and_the_filter_the_view(client):
    page = html.unescape(client.get("/map?base=conoco&base=al-tanf&split=grading").text)
    assert '<input type="hidden" name="split" value="grading">' in page
    assert 'href="/map?base=al-tanf&split=grading"' in page
    assert 'href="/map?base=conoco&base=al-tanf&split=grading&layer=status"' in page
    assert 'href="/map?base=conoco&base=al-tanf"' in page


def test_a_form_sent_without_script_leads_to_the_short_address_with_its_view(client):
    answer = client.get("/map?from=&to=&base=conoco&split=grading")
    assert answer.headers["location"] == "/map?base=conoco&split=grading"


def test_the_overview_leads_to_its_map(client):
    assert 'href="/map?base=conoco"' in client.get("/?base=conoco").text


def test_the_arabic_map_speaks_arabic_and_keeps_its_language(client):
    page = client.get("/ar/map").text
    assert 'src="/ar/map.js"' in page
    assert 'href="/ar/map?split=grading"' in page
    assert "التنف" in listed(page)
    drawn = client.get("/ar/map.js").text
    assert f"<b>{json.dumps('١٧')[1:-1]}<" in drawn
    assert "/ar/incidents?base=al-tanf" in drawn


# Status over time


def status_on(engine, day, **chosen):
    with snapshot(engine) as connection:
        sites, events = reference.sites(connection), reference.events(connection)
    filtered = IncidentFilter().but("base", *chosen.get("base", ()))
    return {row.site.slug: row for row in status_rows(events, date.fromisoformat(day), filtered, sites)}


@pytest.mark.parametrize(
    ("day", "conoco"),
    [
        ("2025-04-15", []),
        ("2025-04-16", ["leaving"]),
        ("2025-05-30", ["leaving"]),
        ("2025-05-31", ["left"]),
        ("2026-11-01", ["left"]),
    ],
)
def test_a_base_has_the_latest_status_until_the_day_and_a_month_has_come_when_it_is_over(seeded_engine, day, conoco):
    assert [one.state for one in status_on(seeded_engine, day)["conoco"].events] == conoco


def test_events_of_one_day_all_stand_and_an_older_one_does_not(seeded_engine):
    events = status_on(seeded_engine, "2026-03-01")["kharab-al-jir"].events
    assert [(one.when, one.state) for one in events] == [("2026-02-23", "held")] * 2


def test_a_step_names_all_that_was_reported_until_its_day():
    def event(when):
        return reference.Event("conoco", when, date(2025, 5, 31), "", "", "", "")

    assert steps([event("2025-05"), event("2025-05-31"), event("2025-05")]) == {date(2025, 5, 31): "May 2025, 31 May 2025"}


def test_a_base_counted_under_another_is_listed_once_something_is_reported_of_it(seeded_engine):
    assert "green-village" not in status_on(seeded_engine, "2025-05-30")
    rows = status_on(seeded_engine, "2025-05-31")
    assert list(rows).index("green-village") == list(rows).index("al-omar") + 1


def test_of_the_filter_only_the_bases_matter_to_the_status(client, seeded_engine):
    assert set(status_on(seeded_engine, "2026-03-01", base=("al-omar",))) == {"al-omar", "green-village"}
    assert listed(client.get("/map?layer=status&weapon=ied").text) == listed(client.get("/map?layer=status").text)


def test_each_event_has_its_source(client):
    page = listed(client.get("/map?layer=status").text)
    for row in re.split(r"<tr", page)[2:]:
        assert row.count('rel="noreferrer nofollow"') == len(
            re.findall(r'class="under">\d+ \w+ \d{4}:|class="under">\w+ \d{4}:', row)
        )


def test_steps_lead_through_all_days_without_script_and_keep_the_filter(client):
    address, seen = "/map?base=conoco&base=al-shaddadi&layer=status&day=2025-04-16", []
    while address:
        page = client.get(address).text
        seen.append(re.search(r'id="step-([\d-]+)"[^>]*aria-current', page)[1])
        later = re.search(r'<a id="step-later" href="([^"]*)"', page)
        address = html.unescape(later[1]) if later else ""
        assert not address or "base=conoco&base=al-shaddadi" in address
    assert seen == sorted(seen)
    assert seen[0] == "2025-04-16"
    assert seen[-1] == "2026-02-23"
    assert "2025-05-31" in seen


def test_a_day_before_everything_says_that_nothing_is_reported_yet(client):
    page = client.get("/map?layer=status&day=2020-01-01").text
    assert "nothing reported yet" in page
    assert "departure reported" not in page


def test_a_register_without_histories_has_a_status_layer_too(seeded, asking):
    with transaction(seeded) as session:
        session.connection().execute(text("DELETE FROM base_status"))
    client = asking(seeded)
    for address in ("/map", "/map.js", "/map.html"):
        assert client.get(f"{address}?layer=status").status_code == 200


def test_every_event_of_the_seeds_says_a_state_that_has_words(seeded_engine):
    with snapshot(seeded_engine) as connection:
        states = {one.state for one in reference.events(connection)}
    assert states == set(BASE_STATES)
    assert states < set(LABELS["base_state"])


# The file


def test_the_file_is_a_download_that_names_its_revision(client):
    answer = client.get("/map.html")
    revision = re.search(r"revision (\d+)", client.get("/healthz").text)[1]
    assert answer.headers["content-disposition"] == f'attachment; filename="sijill-map-r{revision}.html"'
    assert f"revision {revision} of the register" in answer.text
    assert "CC BY 4.0" in answer.text


def test_the_file_says_what_was_chosen(client):
    page = client.get("/map.html?base=conoco&weapon=drone").text
    assert "incidents reported at Conoco, weapon: Drone" in page


@pytest.mark.parametrize("view", VIEWS)
def test_the_file_asks_for_nothing(client, view):
    page = client.get(f"/map.html?{view}").text
    assert not re.search(r"<(?:link|img|iframe|object)\b|<script[^>]+src=|@import|@font-face", page)
    assert "default-src 'none'" in page[: page.index("<title>")]


def test_the_links_of_the_file_lead_to_the_register(client):
    page = client.get("/map.html?base=conoco").text
    links = re.findall(r'<a (?:id="[^"]*" )?href="([^"]*)"', page[page.index("<body") : page.index("<script>")])
    assert links
    assert all(link.startswith("http://testserver/") for link in links)
    assert "http://testserver/incidents?base=conoco" in page[page.index("<script>") :]


def scripts(page):
    return re.sub(r'"[^"\n]*"', "", "".join(re.findall(r"<script>(.*?)</script>", page, re.S)))


@pytest.fixture(scope="module")
def files_of(seeded_file, tmp_path_factory):
    """Gives the file of each view, where every base and every event has the name that is given."""
    engine = make_engine(url_of(shutil.copy(seeded_file, tmp_path_factory.mktemp("named") / "register.db")))
    with TestClient(create_app(Settings(database_url=str(engine.url)))) as client:

        def named(name):
            with transaction(engine) as session:
                session.connection().execute(text("UPDATE base SET short_en = :name"), {"name": name})
                session.connection().execute(text("UPDATE base_status SET event = :name || id"), {"name": name})
            return [client.get(f"/map.html?{view}").text for view in VIEWS]

        yield named
    engine.dispose()


@pytest.fixture(scope="module")
def harmless(files_of):
    return files_of("x")


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_name_stays_a_name_in_the_file(files_of, harmless, words):
    for bad, good in zip(files_of(words), harmless, strict=True):
        assert bad.count("<script") == good.count("<script")
        assert bad.count("</script") == good.count("</script")
        assert "<img" not in bad
        assert len(re.findall(r"<[a-z]+ [^>]*onload", bad)) == 0
