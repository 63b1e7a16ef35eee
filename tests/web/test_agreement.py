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
    "status=unreviewed",
    "origin=sohr",
    "publisher=sohr",
    "precision=range",
    "changed=2026-01-01",
    "q=مسيّرة",
)
RANDOM = random.Random(2023)
PAIRS = tuple(
    "&".join(pair) for pair in (RANDOM.sample(ALONE, 2) for _pair in range(8)) if pair[0].split("=")[0] != pair[1].split("=")[0]
)


IN_WORDS = {"واحدة": 1, "حادثتان": 2, "حادثتين": 2}
"""Arabic says these numbers in words."""


def number(text):
    """The first number of a text, in either script: Python reads both."""
    found = re.search(r"\d[\d,٬]*|" + "|".join(IN_WORDS), text)
    if not found:
        return 0
    return IN_WORDS[found[0]] if found[0] in IN_WORDS else int(re.sub(r"[,٬]", "", found[0]))


@pytest.mark.parametrize("language", ["", "/ar"])
def test_every_number_of_a_view_is_the_same_number(watched, language):
    one = watched(viewport={"width": 1280, "height": 1000})
    for query in ("", *ALONE, *PAIRS):
        page = one.open(f"{language}/?{query}".rstrip("?"))
        total = number(page.locator("h1").inner_text())
        key, _equals, value = query.partition("=")

        listed = csv.reader(io.StringIO(page.request.get(f"/incidents.csv?{query}".rstrip("?")).text()))
        assert len(list(listed)) - 1 == total, query
        if not total:
            continue
        # The sentence and the chips say what was chosen; the announcement repeats both.
        assert page.locator(".chips a[href] .hidden").count() == len(query.split("&")) if query else True

        rows = page.locator(".bases tbody tr")
        by_base = {
            row.locator("a").first.get_attribute("href").rsplit("/", 1)[1]: number(row.locator("td.num").first.inner_text())
            for row in rows.all()
        }
        assert sum(by_base.values()) == total, query

        symbols = page.locator(".site:has([data-site])")
        drawn = {
            symbol.locator("[data-site]").first.get_attribute("data-site"): number(
                symbol.locator("[data-site]").first.text_content().partition(":")[2]
            )
            for symbol in symbols.all()
        }
        assert drawn.items() <= by_base.items(), query

        table = sum(map(number, page.locator("#timeline-table td.num").all_text_contents()))
        chart = next(frame for frame in page.frames if "timeline.svg" in frame.url and "width=wide" in frame.url)
        labels = chart.locator("a path[aria-label]").evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
        assert sum(number(label.rpartition(":")[2]) for label in labels if "timeline" not in label) == table, query
        loose = number(page.locator("#timeline p.small a").inner_text()) if page.locator("#timeline p.small a").count() else 0
        assert table >= total - loose, query

        if "&" not in query and key in ("weapon", "grading", "outcome", "time_of_day", "claimed_by", "governorate", "status"):
            assert number(page.locator(f"label:has(#filter-{key}-{value}) .count").inner_text()) == total, query


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
