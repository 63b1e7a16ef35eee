"""The page of the search."""

import html
import re

import pytest

from app.actions.reports import add_report
from app.extract.values import Extraction
from app.ingest import RawReport
from app.queries.search import INCIDENTS, PAGES, REPORTS


@pytest.fixture
def alone(engine, asking):
    """Asks a register of its own."""
    return asking(engine)


def add(engine, text, **details):
    add_report(engine, raw=RawReport(text, publisher="sohr", lang="ar", **details), reading=Extraction("rules-1"))


def links(page):
    return [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page.text)]


def test_the_search_of_every_page_leads_here(client):
    assert 'action="/search"' in client.get("/bases").text
    assert 'action="/ar/search"' in client.get("/ar/bases").text


def test_incidents_stand_first_then_reports_with_what_was_sought_marked(client):
    page = client.get("/search?q=كونيكو").text
    assert page.index('<table class="list">') < page.index('<ol class="hits">')
    assert page.count("<tr>") - 1 <= INCIDENTS
    assert re.search(r'<p lang="ar" dir="rtl">[^<]*<mark>[^<]*كونيكو</mark>', page)
    assert re.search(r'<p lang="en" dir="ltr">[^<]*<mark>Conoco</mark>', client.get("/search?q=conoco").text)


def test_all_incidents_are_as_many_as_the_list_finds(client):
    page = client.get("/search?q=drone")
    (address,) = [link for link in links(page) if link.startswith("/incidents?q=")]
    number = int(re.search(r"<h2>(\d+) incidents</h2>", page.text)[1])
    assert f"<h1>{number} incidents reported</h1>" in client.get(address).text


def test_pages_of_reports_follow_each_other(client):
    first = client.get("/search?q=drone")
    (address,) = [link for link in links(first) if "page=" in link]
    second = client.get(address)
    assert second.text.count("<li>\n        <h3>") == REPORTS
    assert 'class="list"' not in second.text
    assert "/search?q=drone&page=1" in links(second)


@pytest.mark.parametrize("page", ["0", "-1", "x", "٢", str(PAGES + 1), "9" * 40, "3", "01", "0001" + "0" * 5000])
def test_a_page_that_is_none_is_refused(client, page):
    assert client.get("/search", params={"q": "SJ-0044", "page": page}).status_code == 400


@pytest.mark.parametrize(("typed", "complaint"), [("x" * 201, "200 characters"), ("a " * 21, "20 words"), ("a\0b", "NUL")])
def test_what_cannot_be_searched_for_is_told_beside_the_field(client, typed, complaint):
    answer = client.get("/search", params={"q": typed})
    assert answer.status_code == 400
    assert complaint in answer.text


def test_where_nothing_is_found_less_is_offered(client):
    page = client.get("/search", params={"q": "conoco zzzz"})
    assert "Nothing was found" in page.text
    assert "/search?q=conoco" in links(page)
    quoted = client.get("/search", params={"q": '"conoco rocket drone"'})
    assert "/search?q=conoco%20rocket%20drone" in links(quoted)


def test_a_text_that_is_not_public_shows_no_more_than_25_words_and_nothing_as_markup(engine, alone):
    words = [f"كلمة{at:02d}" for at in range(28)]
    add(engine, " ".join(words[:14]) + " <script>alert(1)</script> صاروخ " + " ".join(words[14:]), title="<b>x</b> & صاروخ")
    page = alone.get("/search?q=صاروخ").text
    assert sum(word in page for word in words) == 24
    assert "alert" not in page
    assert "<b>" not in page.split('<ol class="hits">')[1]
    assert page.count("<mark>صاروخ</mark>") == 2


def test_what_is_typed_is_escaped(client):
    typed = '"><script>alert(1)</script>'
    page = client.get("/search", params={"q": typed}).text
    assert "<script>alert" not in page
    assert html.escape(typed, quote=True).replace("&quot;", "&#34;") in page
