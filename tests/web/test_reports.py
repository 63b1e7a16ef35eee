"""The pages of reports: what leads on from them, and what is said of what was read."""

import re


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
