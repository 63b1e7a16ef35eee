"""The map in a real browser: symbols and list light up together, by pointer and by key, and the file opens without a network."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from app.db import transaction
from tests.web.conftest import Watched

WIDE = {"width": 1280, "height": 1000}


def symbol(page, slug):
    return page.locator(f".site:has([data-site='{slug}'])")


def row(page, slug):
    return page.locator(f"tr[data-site='{slug}']")


def lit(page):
    return set(page.locator(".lit").evaluate_all("(all) => all.map((one) => one.dataset.site)"))


def test_pointing_at_a_row_lights_its_symbol_and_at_a_symbol_its_row(watched):
    page = watched(viewport=WIDE).open("/map")
    row(page, "al-tanf").hover()
    expect(page.locator(".site-label.lit")).to_contain_text("Al-Tanf")
    symbol(page, "conoco").hover()
    expect(row(page, "conoco")).to_have_class("lit")
    assert lit(page) == {"conoco"}
    page.locator("h1").hover()
    expect(page.locator(".lit")).to_have_count(0)


def test_reaching_a_row_or_a_symbol_by_key_lights_both(watched):
    page = watched(viewport=WIDE).open("/map")
    row(page, "al-shaddadi").locator("a").first.focus()
    assert lit(page) == {"al-shaddadi"}
    symbol(page, "al-tanf").focus()
    assert lit(page) == {"al-tanf"}
    page.locator("#filter-from").focus()
    assert lit(page) == set()


def test_a_symbol_is_read_out_and_opens_by_key_onto_its_link_and_escape_leads_back(watched):
    page = watched(viewport=WIDE).open("/map")
    reached = page.get_by_role("button", name=re.compile(r"^Al-Tanf: 17 incidents, Drone 16, .*a public point of the site$"))
    reached.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup a", has_text="Al-Tanf")).to_be_focused()
    expect(page.locator(".leaflet-popup").get_by_role("button", name="Close", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(reached).to_be_focused()


def test_tab_leads_to_the_buttons_and_to_every_symbol(watched):
    page = watched(viewport=WIDE).open("/map")
    page.locator(".views p a").focus()
    reached = []
    for _press in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.className"))
    assert sum("site" in one.split() for one in reached) == page.locator(".site").count()
    assert any("leaflet-control-zoom-in" in one for one in reached)


@pytest.mark.parametrize("path", ["/map", "/"])
def test_the_map_follows_the_filter_lights_up_after_it_and_comes_back(watched, path):
    page = watched(viewport=WIDE).open(path)
    before = page.locator(".site").count()
    page.get_by_role("checkbox", name=re.compile("^Al-Tanf")).check()
    expect(page.locator(".site")).to_have_count(1)
    expect(page.locator(".site-label")).to_have_text(re.compile(r"Al-Tanf\s*17"))
    symbol(page, "al-tanf").hover()
    assert lit(page) == {"al-tanf"}
    page.go_back()
    expect(page.locator(".site")).to_have_count(before)
    symbol(page, "al-shaddadi").hover()
    assert lit(page) == {"al-shaddadi"}
    page.go_forward()
    expect(page.locator(".site")).to_have_count(1)


def test_views_change_in_place_keep_the_focus_and_the_filter_keeps_them(watched):
    page = watched(viewport=WIDE).open("/map")
    page.locator("#split-grading").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/map\?split=grading$"))
    expect(page.locator("#split-grading")).to_be_focused()
    expect(page.locator(".site .grading-confirmed").first).to_be_attached()
    page.get_by_role("checkbox", name=re.compile("^Conoco")).check()
    expect(page).to_have_url(re.compile(r"/map\?base=conoco&split=grading$"))
    expect(page.locator(".site")).to_have_count(1)


def test_status_goes_step_by_step(watched):
    page = watched(viewport=WIDE).open("/map?layer=status")
    expect(page.locator(".site .state-taken_over")).to_have_count(2)
    page.locator("#step-earlier").click()
    expect(page).to_have_url(re.compile(r"layer=status&day=2026-02-15$"))
    for _step in range(4):
        address = page.url
        page.locator("#step-earlier").click()
        expect(page).not_to_have_url(address)
    expect(page.locator("h1")).to_contain_text("3 May 2025")
    expect(page.locator(".site .state-taken_over")).to_have_count(0)


def test_a_script_that_comes_too_late_draws_nothing(watched):
    one = watched(viewport=WIDE)
    page = one.open("/map")
    one.context.route(re.compile(r"/map\.js\?base=al-tanf$"), lambda route: (page.wait_for_timeout(700), route.continue_()))
    page.get_by_role("checkbox", name=re.compile("^Al-Tanf")).check()
    expect(page).to_have_url(re.compile(r"base=al-tanf$"))
    page.get_by_role("checkbox", name=re.compile("^Conoco")).check()
    expect(page.locator(".site")).to_have_count(2)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".site")).to_have_count(2)


@pytest.mark.parametrize("path", ["/map", "/ar/map"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("view", ["", "?split=grading", "?layer=status"])
def test_no_name_or_number_runs_into_another_and_nothing_hangs_over(watched, path, width, view):
    page = watched(viewport={"width": width, "height": 900}).open(path + view)
    boxes = page.locator(".site-label :is(.name, b)").evaluate_all(
        "(all) => all.filter((one) => !one.matches('.name b')).map((one) => one.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) > 5
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            # A line is taller than its letters.
            assert across <= 1 or down <= 8
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_map_runs_west_to_east_in_arabic_and_its_words_are_arabic(watched):
    page = watched(viewport=WIDE).open("/ar/map")
    west, east = (symbol(page, slug).bounding_box()["x"] for slug in ("al-tanf", "kharab-al-jir"))
    assert west < east
    expect(page.locator(".site-label", has_text="التنف")).to_contain_text("١٧")


def test_less_motion_means_no_animation(watched):
    page = watched(viewport=WIDE, reduced_motion="reduce").open("/map")
    assert page.evaluate("() => L.Map.prototype.options.zoomAnimation") is False


def saved(page, tmp_path, path):
    page.goto(path)
    with page.expect_download() as download:
        page.locator(".views p a").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    return file


@pytest.mark.parametrize("path", ["/map?base=conoco&base=al-tanf&split=grading", "/ar/map?layer=status", "/map?q=zzzz"])
def test_the_file_opens_without_a_network_and_shows_the_same(browser, server, watched, tmp_path, path):
    page = watched(viewport=WIDE, accept_downloads=True).open(path)
    expected = page.locator(".site").count()
    file = saved(page, tmp_path, path)
    assert re.fullmatch(r"sijill-map-r\d+\.html", file.name)
    assert "unsafe-inline" not in file.read_text("utf-8")
    alone = Watched(browser, "file://", viewport=WIDE, offline=True)
    opened = alone.open(file.as_uri())
    expect(opened.locator(".site")).to_have_count(expected)
    expect(opened.locator(".map-list tr")).not_to_have_count(0)
    if expected:
        opened.locator("tr[data-site]").first.hover()
        assert len(lit(opened)) == 1
    assert alone.wrong == []
    alone.context.close()


def test_hostile_names_run_nothing_in_the_file(browser, seeded, served, tmp_path):
    with transaction(seeded) as session:
        bad = (
            "</script><script>document.title='ran'</script>`${document.title='ran'}`<img src=x onerror=\"document.title='ran'\">"
        )
        session.connection().execute(text("UPDATE base SET short_en = :bad"), {"bad": bad})
        session.connection().execute(text("UPDATE base_status SET event = :bad || id"), {"bad": bad})
    one = Watched(browser, served(seeded), viewport=WIDE, accept_downloads=True)
    for path in ("/map", "/map?layer=status"):
        file = saved(one.page, tmp_path, path)
        alone = Watched(browser, "file://", offline=True)
        page = alone.open(file.as_uri())
        expect(page.locator(".site-label").first).to_contain_text("${document.title")
        page.locator(".site").last.click()
        assert page.title() != "ran"
        assert alone.wrong == []
        alone.context.close()
    assert one.wrong == []
    one.context.close()
