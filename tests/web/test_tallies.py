"""The pages of published totals: numbers beside the register's, and what does not fit, each with where it leads."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest

from app.actions.decisions import reject_compiled
from app.actions.reports import add_report
from app.db import snapshot
from app.extract.values import Extraction, Tally
from app.ingest import RawReport
from app.queries import tallies
from app.seed import COMPILER
from app.tallies import KINDS
from app.tallies.values import Comparison
from app.web.findings import HEADINGS, LINES, WHY
from app.web.render import gap

COUNTERS = ("sohr", "us-dod", "islamic-resistance-in-iraq", "washington-institute", "gttac", "reuters", "wikipedia")
ROW = re.compile(
    r'<td class="num">(?:\d+<span class="under">of which in Syria )?(\d+)(?:</span>)?</td>\s*'
    r'<td class="num"><a href="([^"]+)"><bdi>(\d+)(?:–(\d+))?</bdi></a></td>\s*'
    r'<td class="num"><bdi>([^<]+)</bdi></td>'
)
"""A number, the register's beside it with its address, and the gap."""


def held(client, address):
    page = client.get(html.unescape(address))
    assert page.status_code == 200
    return int(re.search(r"<h1>(\d+) incidents? reported</h1>", page.text)[1])


@pytest.mark.parametrize("counter", ["sohr", "us-dod"])
def test_the_register_beside_a_total_is_what_its_link_finds(client, counter):
    rows = ROW.findall(client.get(f"/tallies/{counter}").text)
    assert len(rows) > 9
    for stated, address, low, high, shown in rows[::5]:
        assert held(client, address) == int(high or low)
        assert shown == gap(Comparison("", int(stated), int(low), int(high or low)))


@pytest.mark.parametrize(
    ("stated", "low", "high", "words"),
    [(135, 81, 103, "32–54"), (9, 9, 9, "0"), (2, 1, 4, "−2 to 1"), (15, 19, 22, "−7 to −4"), (3, 5, 5, "−2")],
)
def test_a_gap_below_zero_says_that_the_register_holds_more(stated, low, high, words):
    assert gap(Comparison("", stated, low, high)) == words


def test_counters_stand_side_by_side_with_their_rules(client):
    page = client.get("/tallies").text
    table = page[page.index("Who counts") : page.index("All published totals")]
    assert tuple(re.findall(r'href="/tallies/([\w-]+)"', table)) == COUNTERS
    assert "Green Village is counted under al-Omar" in table
    assert "beside 83 in Syria" in table
    assert "never added" in table


@pytest.mark.parametrize("counter", COUNTERS)
def test_each_counter_has_its_page_and_its_chart(client, counter):
    assert client.get(f"/tallies/{counter}").status_code == 200
    chart = client.get(f"/tallies/{counter}.svg?width=narrow")
    assert chart.headers["content-type"] == "image/svg+xml"
    assert not re.search(r"<script|<style| style=", chart.text)


def test_a_total_for_more_than_syria_is_compared_by_its_syrian_part_or_not_at_all(client):
    page = client.get("/tallies/us-dod").text
    assert "its Syrian part is not stated" in page
    assert "of which in Syria 83" in page
    assert "/incidents?" not in client.get("/tallies/gttac").text


def test_a_chart_tells_each_total_and_what_the_register_holds(client):
    chart = client.get("/tallies/sohr.svg").text
    assert 'aria-label="Syrian Observatory for Human Rights, 28 September 2024: 135"' in chart
    assert re.search(r'aria-label="Register, until 28 September 2024: \d+–\d+"', chart)
    assert "more than 120" in chart


def test_a_base_that_no_total_lists_has_no_chart(client):
    assert client.get("/tallies/sohr.svg?base=himo").status_code == 404
    assert "/tallies/" not in client.get("/bases/himo").text.replace('href="/tallies"', "")
    assert "/tallies/sohr.svg?base=conoco" in client.get("/bases/conoco").text


def test_the_audit_tells_each_finding_with_its_totals_its_incidents_and_its_pages(client):
    page = client.get("/tallies/audit").text
    articles = re.findall(r'<article class="finding" id="(\w+)-\d+">(.*?)</article>', page, re.S)
    assert len(articles) == int(re.search(r"<h1>(\d+) findings</h1>", page)[1])
    assert {kind for kind, _ in articles} <= set(KINDS)
    totals = client.get("/tallies").text
    for _kind, article in articles:
        anchors = re.findall(r'href="/tallies#(tally-\d+)"', article)
        assert anchors
        assert all(f'id="{anchor}"' in totals for anchor in anchors)
        assert re.search(r'href="/incidents\?from=', article)
        assert re.search(r'href="https?://', article)


def test_a_finding_leads_to_the_incidents_that_it_counts(client):
    page = client.get("/tallies/audit").text
    found = re.findall(r'in the register[^<]*?: (?:\d+–)?(\d+)\. <a href="([^"]+)">', page, re.I)
    assert len(found) > 10
    for number, address in found:
        assert held(client, address) == int(number)


def test_a_total_that_does_not_fit_leads_to_its_finding(client):
    audit = client.get("/tallies/audit").text
    targets = re.findall(r'href="/tallies/audit#([\w-]+)"', client.get("/tallies").text)
    assert targets
    assert all(f'id="{target}"' in audit for target in targets)


def test_the_overview_sets_the_latest_total_beside_the_register_in_one_line(client):
    line = re.search(r"<p>SOHR’s latest total:.*?</p>", client.get("/").text.replace("\n", " "))[0]
    total, address, number = re.search(r'<b>(\d+)</b>.*<a href="([^"]+)">(\d+)</a>', line).groups()
    assert (total, held(client, address)) == ("135", int(number))
    assert 'href="/tallies/audit"' in line


def test_every_kind_has_its_words():
    assert HEADINGS.keys() == set(KINDS) == {kind for kind, _reason in WHY}
    assert set(KINDS) - LINES.keys() == {"start_drifts", "scope_widens"}


def test_the_audit_follows_the_register(seeded, asking):
    client = asking(seeded)
    before = client.get("/tallies/audit").text
    tally = Tally("all-syria", 12, counter="sohr", start="2023-10-19", ref="X", publisher="sohr", published="2024-10-01")
    hostile = RawReport(None, kind="page", publisher="<b>`${alert(1)}`", url="https://a.example/?a=\"'<")
    add_report(seeded, raw=hostile, reading=Extraction("compiled", tallies=(tally,)))
    after = client.get("/tallies/audit").text
    assert "had given more before" in after
    assert "had given more before" not in before
    assert "<b>`" not in client.get("/tallies").text


def test_a_rejected_incident_is_beside_no_total(seeded, asking):
    client = asking(seeded)
    line = r"Conoco: no growth; in the register from 11 August 2024 to 14 August 2024"
    assert line in client.get("/tallies/audit").text
    reject_compiled(seeded, rejections={"20240813-conoco-1": ("unsupported", "a test")}, editor=COMPILER)
    assert line not in client.get("/tallies/audit").text


def test_the_marks_of_the_timeline_are_totals_of_the_list_and_the_latest_is_the_one_set_beside(seeded):
    latest = Tally("all-syria", 140, counter="sohr", start="2023-10-19", publisher="sohr", published="2024-10-01")
    for ref, kind in ((None, "read"), ("X", "compiled")):
        raw = RawReport(None, kind="page", publisher="sohr", url=f"https://a.example/{kind}", published=date(2024, 10, 1))
        add_report(seeded, raw=raw, reading=Extraction(kind, tallies=(replace(latest, ref=ref),)))
    with snapshot(seeded) as connection:
        marks, beside = tallies.totals_of(connection), tallies.latest_of(connection)
        listed = {row.tally.id for row in tallies.tallies(connection)}
    assert (marks[0].ref, marks[0]._mapping["count"], marks[0].start) == ("X", 140, beside.start)
    assert beside.count == 140
    assert {row.id for row in marks} <= listed
