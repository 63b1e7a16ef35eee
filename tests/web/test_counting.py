"""The page of counts: by each dimension, sorted as asked, and each number leads to what it counts."""

import re

import pytest

from app.queries.breakdown import DIMENSIONS


def rows_of(page):
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return [
        (re.sub(r"<[^>]+>", "", row.split("</th>")[0]).strip(), int(re.search(r'href="(/incidents[^"]*)">(\d+)<', row)[2]))
        for row in body.split("<tr>")[1:]
    ]


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("language", ["", "/ar"])
def test_incidents_are_counted_by_each_dimension(client, language, dimension):
    page = client.get(f"{language}/counts?of={dimension}")
    assert page.status_code == 200
    assert 'aria-current="true"' in page.text


def test_a_table_is_sorted_by_the_column_that_is_asked_for_and_turned_round(client):
    names = [name for name, _count in rows_of(client.get("/counts?of=weapon&sort=name").text)]
    assert names == sorted(names)
    numbers = [count for _name, count in rows_of(client.get("/counts?of=weapon").text)]
    assert numbers == sorted(numbers, reverse=True)
    assert [count for _name, count in rows_of(client.get("/counts?of=weapon&sort=-incidents").text)] == numbers[::-1]
    months = client.get("/counts?of=month").text
    assert months.index("October 2023") < months.index("January 2024")
    assert 'aria-sort="ascending"' in months


@pytest.mark.parametrize(("query", "words"), [("of=zodiac", "zodiac"), ("sort=colour", "colour")])
def test_a_dimension_and_a_sort_that_do_not_exist_are_refused_in_words(client, query, words):
    page = client.get(f"/counts?{query}")
    assert page.status_code == 400
    assert f"&#39;{words}&#39; is not known; known are" in page.text


def test_each_number_leads_to_what_it_counts(client):
    page = client.get("/counts?of=month&base=al-tanf").text
    numbers = re.findall(r'href="(/incidents\?[^"]*)">(\d+)<', page)
    assert len(numbers) >= len(rows_of(page)) > 5
    for address, count in numbers:
        found = client.get(address.replace("&amp;", "&")).text
        assert re.search(rf"<h1>{count} incident", found), address


def test_a_choice_keeps_how_the_page_counts(client):
    page = client.get("/counts?of=month&base=al-tanf").text
    assert '<input type="hidden" name="of" value="month">' in page
    assert 'href="/counts?of=month">at Al-Tanf' in page


def test_a_replaced_view_is_announced_and_leads_to_itself_in_the_other_language(client):
    part = client.get("/counts?base=al-tanf&of=month", headers={"HX-Request": "true"}).text
    assert re.search(r'role="status" id="announced" hx-swap-oob="true">\d+ incidents reported at Al-Tanf<', part)
    assert 'id="languages" hx-swap-oob="true"><a href="/ar/counts?base=al-tanf&amp;of=month"' in part
