"""The timeline of a page: what it counts, how it is drawn, and where its bars lead."""

import html
import re

import pytest

from app.actions.reports import add_report
from app.extract.values import Claim, Extraction, Mention
from app.ingest import RawReport


def total(page):
    return int(re.search(r"<h1>(\d+) incidents? reported</h1>", page.text)[1])


def bars_of(svg):
    """The segments of a timeline: the address that each leads to, and its count."""
    return [
        (html.unescape(href), int(count))
        for href, count in re.findall(r'href="(/incidents\?[^"]*)"[^>]*><path aria-label="[^"]*?: (\d+) incident', svg)
    ]


@pytest.mark.parametrize("options", ["", "by=week", "by=day&stack=weapon", "stack=grading", "stack=claimed_by&by=week"])
def test_bars_of_the_chart_add_up_to_the_table_below_it(client, options):
    page = client.get(f"/?{options}").text
    drawn = html.unescape(re.search(r'data="(/timeline.svg[^"]*width=wide)"', page)[1])
    table = client.get(html.unescape(re.search(r'id="timeline-table"><a href="([^"]*)"', page)[1])).text
    rows = re.findall(r'<td class="num"><a href="(/incidents\?[^"]*)">(\d+)</a></td></tr>', table)
    assert sorted(bars_of(client.get(drawn).text)) == sorted((html.unescape(href), int(count)) for href, count in rows)
    assert len(rows) > 20


def test_a_bar_leads_to_as_many_incidents_as_it_counts(client):
    found = bars_of(client.get("/timeline.svg?by=week").text)
    assert len(found) > 50
    for href, count in found[::7]:
        assert total(client.get(href)) == count


def test_of_many_segments_those_without_a_colour_stand_as_one_which_leads_to_all_of_them(client, monkeypatch):
    each = bars_of(client.get("/timeline.svg?by=month&weapon=rocket&weapon=drone").text)
    monkeypatch.setattr("app.web.timeline.MOST_SEGMENTS", 1)
    fewer = bars_of(client.get("/timeline.svg?by=month&weapon=drone&weapon=rocket").text)
    assert len(fewer) < len(each)
    assert sum(count for _href, count in fewer) == sum(count for _href, count in each)
    joined = [(href, count) for href, count in fewer if href.count("base=") > 1]
    assert joined
    for href, count in joined:
        assert total(client.get(href)) == count


def test_a_crowded_chart_draws_alike_what_is_accepted_and_what_is_not_and_says_so(client, monkeypatch):
    path = "/timeline.svg?by=month&stack=weapon&to=2024-06-30"
    each, said = client.get(path).text, client.get("/?by=month&stack=weapon&to=2024-06-30").text
    monkeypatch.setattr("app.queries.periods.MOST_TOLD_APART", 1)
    # In another order of the address, for which nothing is kept.
    alike = client.get("/timeline.svg?stack=weapon&by=month&to=2024-06-30").text
    fewer = bars_of(alike)
    assert len(fewer) < len(bars_of(each))
    assert sum(count for _href, count in fewer) == sum(count for _href, count in bars_of(each))
    for href, count in fewer[::5]:
        assert total(client.get(href)) == count
    page = client.get("/?stack=weapon&by=month&to=2024-06-30").text
    for words, stands_there in (("does not tell apart", page), ('class="k vague"', said)):
        assert [words in one for one in (said, page)] == [stands_there is said, stands_there is page]


@pytest.mark.parametrize("path", ["/", "/incidents", "/bases/al-tanf"])
def test_a_page_keeps_how_its_timeline_is_drawn_and_says_so(client, path):
    page = client.get(f"{path}?by=week&stack=claimed_by").text
    assert re.findall(r'aria-current="true">(\w+)</a>', page) == ["week", "claimant"]
    assert "by=month&amp;stack=claimed_by" in page
    if path != "/bases/al-tanf":
        assert '<input type="hidden" name="stack" value="claimed_by">' in page


def test_a_way_to_draw_it_that_there_is_not_is_refused_in_words(client):
    for path in ("/", "/incidents", "/bases/al-tanf", "/timeline", "/timeline.svg", "/timeline.png"):
        for option in ("by=year", "stack=colour"):
            answer = client.get(f"{path}?{option}")
            assert answer.status_code == 400
            assert "is not known; known are" in html.unescape(answer.text)


def test_a_base_is_stacked_by_weapon_unless_asked_otherwise(client):
    assert "By month and weapon" in client.get("/bases/al-tanf").text
    assert "By month and support" in client.get("/bases/al-tanf?stack=grading").text


def test_a_picture_to_take_away_says_what_it_shows_and_of_when(client):
    answer = client.get("/timeline.svg?base=al-tanf&width=paper")
    revision = re.search(r"revision (\d+)", client.get("/healthz").text)[1]
    assert answer.headers["content-disposition"] == f'attachment; filename="sijill-timeline-r{revision}.svg"'
    for words in (
        "Reported incidents, by month and base",
        "at Al-Tanf",
        f"Revision {revision}, ",
        "CC BY 4.0",
        "Syrian local time",
    ):
        assert words in answer.text
    assert "href=" not in answer.text.replace("xmlns:xlink", "")
    png = client.get("/ar/timeline.png?base=al-tanf")
    assert png.content.startswith(b"\x89PNG")
    assert png.headers["content-disposition"] == f'attachment; filename="sijill-timeline-r{revision}.png"'


def test_where_reports_are_thin_is_said_on_the_overview_within_the_days_shown(client):
    assert "Thin, with fewer than two reports in a month: July 2025 to August 2025" in client.get("/").text.replace(
        "July to", "July 2025 to"
    )
    page = client.get("/?from=2024-01-01&to=2024-08-31").text
    assert "in a month: May to July 2024; March 2024." in page
    assert "Thin" not in client.get("/?from=2023-11-01&to=2023-12-31").text


def test_a_chart_without_incidents_is_not_there(client):
    assert client.get("/timeline.svg?q=zzzz").status_code == 404
    assert "Nothing was found" in client.get("/?q=zzzz").text


def test_an_incident_known_to_a_month_stands_in_no_bar_and_in_no_bars_link(seeded, asking):
    month = (("base", "conoco"), ("date_start", "2023-11-01"), ("date_end", "2023-11-30"), ("date_precision", "month"))
    mention = Mention(tuple(Claim(field, value, "compiled") for field, value in month), ref="m")
    raw = RawReport(None, kind="page", publisher="sohr", url="https://a.example/")
    add_report(seeded, raw=raw, reading=Extraction("compiled", mentions=(mention,)))
    client = asking(seeded)
    page = client.get("/?base=conoco&by=week").text
    loose = re.search(r'<a href="([^"]*)">1 has no day precise enough to be drawn', page)[1]
    assert total(client.get(html.unescape(loose))) == 1
    bars = bars_of(client.get("/timeline.svg?base=conoco&by=week").text)
    assert len([href for href, _ in bars if "from=2023-11" in href]) >= 3
    for href, count in bars:
        assert total(client.get(href)) == count
    assert "precise enough" not in client.get("/?base=conoco&by=month").text
