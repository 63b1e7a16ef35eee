"""Each filter alone and random pairs of them, in a browser and in both languages: every number of a view is the same number."""

import csv
import io
import random
import re

import pytest
from playwright.sync_api import expect

ALONE = (
    "from=2024-01-01",
    "to=2023-10-31",
    "base=al-omar",
    "base=green-village&base=conoco",
    "governorate=Homs",
    "weapon=rocket",
    "outcome=intercepted",
    "time_of_day=night",
    "casualties=injured",
    "claimed_by=none",
    "attributed_to=iran-backed-militias",
    "grading=confirmed",
    "status=accepted",
    "status=unreviewed",
    "origin=sohr",
    "publisher=sohr",
    "precision=range",
    "precision=month",
    "precision=unknown",
    "changed=2026-01-01",
    "q=مسيّرة",
)
RANDOM = random.Random(2023)
PAIRS = tuple(
    "&".join(pair) for pair in (RANDOM.sample(ALONE, 2) for _pair in range(12)) if pair[0].split("=")[0] != pair[1].split("=")[0]
)
COUNTED_BESIDE = ("weapon", "grading", "outcome", "time_of_day", "claimed_by", "governorate", "status")
"""Filters whose values each have a number in the form."""

IN_WORDS = {"لا حوادث": 0, "واحدة": 1, "حادثتان": 2, "حادثتين": 2}
"""Arabic says these numbers in words."""
NUMBER = re.compile(r"\d[\d,٬]*|" + "|".join(IN_WORDS))


def numbers(text):
    """The numbers of a text, in either script: Python reads both."""
    return [IN_WORDS[one] if one in IN_WORDS else int(re.sub(r"[,٬]", "", one)) for one in NUMBER.findall(text)]


def number(text):
    """The first number of a text that has one."""
    assert numbers(text), f"no number in {text!r}"
    return numbers(text)[0]


def said(page, selector):
    """The first number that an element says, and 0 where it says none or is not there."""
    return next(iter(numbers(" ".join(page.locator(selector).all_inner_texts()))), 0)


@pytest.mark.parametrize(("language", "alone", "pairs"), [("", ALONE, PAIRS[::2]), ("/ar", ALONE[::2], PAIRS[1::2])])
def test_every_number_of_a_view_is_the_same_number(watched, served, mixed_engine, language, alone, pairs):
    one = watched(served(mixed_engine), viewport={"width": 1280, "height": 1000})
    for query in ("", *alone, *pairs):
        page = one.open(f"{language}/?{query}".rstrip("?"))
        total = number(page.locator("h1").inner_text())
        assert total or query in pairs, query

        listed = csv.reader(io.StringIO(page.request.get(f"/incidents.csv?{query}".rstrip("?")).text()))
        assert len(list(listed)) - 1 == total, query
        if not total:
            continue
        # The sentence and the chips say what was chosen; the announcement repeats both.
        assert page.locator(".chips a[href] .hidden").count() == len(query.split("&")) if query else True
        assert_bases_and_map_hold(page, total, query)
        assert_timeline_holds(page, total, query)
        key, _equals, value = query.partition("=")
        if "&" not in query and key in COUNTED_BESIDE:
            assert number(page.locator(f"label:has(#filter-{key}-{value}) .count").inner_text()) == total, query


def assert_bases_and_map_hold(page, total, query):
    by_base = {
        row.locator("a").first.get_attribute("href").rsplit("/", 1)[1]: number(row.locator("td.num").first.inner_text())
        for row in page.locator(".bases tbody tr").all()
    }
    assert sum(by_base.values()) == total, query
    symbols = page.locator(".site [data-site]").evaluate_all("(all) => all.map((one) => [one.dataset.site, one.textContent])")
    drawn = {slug: number(told.partition(":")[2]) for slug, told in symbols}
    assert drawn.items() <= by_base.items(), query
    assert sum(drawn.values()) + said(page, ".two p.small") == total, query


def assert_timeline_holds(page, total, query):
    if page.locator("details:has(#timeline-table)").count():
        page.locator("details:has(#timeline-table) summary").click()
        page.wait_for_selector("#timeline-table td.num")
    table = [number(text) for text in page.locator("#timeline-table td.num").all_text_contents()]
    loose = said(page, "#timeline p.small a")
    # Beside the chart stand at most two numbers: of those in several columns, and of those in no column.
    spanning = sum(numbers(page.locator("#timeline p.small").inner_text())) - loose
    if spanning:
        assert sum(table) >= total - loose + spanning, query
    else:
        assert sum(table) == total - loose, query
    if table:
        chart = next(frame for frame in page.frames if "timeline.svg" in frame.url and "width=wide" in frame.url)
        labels = chart.locator("a path[aria-label]").evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
        assert sorted(number(label.rpartition(":")[2]) for label in labels if "timeline" not in label) == sorted(table), query


@pytest.mark.parametrize("language", ["", "/ar"])
def test_back_and_reload_keep_the_view_and_the_other_language_shows_it_too(watched, language):
    page = watched(viewport={"width": 1280, "height": 1000}).open(f"{language}/incidents")
    everything = number(page.locator("h1").inner_text())
    page.locator("#filter-weapon-drone").check()
    expect(page).to_have_url(re.compile(r"/incidents\?weapon=drone$"))
    expect(page.locator("#filter-weapon-drone")).to_be_checked()
    narrowed = number(page.locator("h1").inner_text())
    assert 0 < narrowed < everything
    page.reload()
    assert number(page.locator("h1").inner_text()) == narrowed
    page.locator("#languages a").click()
    expect(page).to_have_url(re.compile(rf"{'/incidents' if language else '/ar/incidents'}\?weapon=drone$"))
    assert number(page.locator("h1").inner_text()) == narrowed
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "ar" if language else "en")
    page.go_back()
    expect(page.locator("#filter-weapon-drone")).not_to_be_checked()
    assert number(page.locator("h1").inner_text()) == everything
