"""Every page in a real browser that reaches nothing but the register: no policy violation, no error, and the filter works."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from app import ROOT
from app.db import transaction
from tests.web.conftest import Watched

PAGES = (
    "/",
    "/incidents",
    "/incidents/SJ-0044",
    "/counts",
    "/counts?of=month&from=2023-10-01&weapon=drone",
    "/incidents?base=himo&weapon=mortar",
    "/bases",
    "/bases/al-omar",
    "/map",
    "/map?layer=status",
    "/reports",
    "/reports/1",
    "/reports/216",
    "/tallies",
    "/tallies/sohr",
    "/tallies/us-dod",
    "/tallies/gttac",
    "/tallies/audit",
    "/search?q=التحالف",
    "/about",
    "/report-card",
)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def heading(page):
    return int(re.match(r"\d+", page.locator("h1").inner_text())[0])


@pytest.mark.parametrize(("language", "width", "other", "scheme"), [("", 1280, 390, "light"), ("/ar", 390, 1280, "dark")])
def test_every_page_opens_without_a_complaint_is_accessible_and_scrolls_no_way_but_down(watched, language, width, other, scheme):
    one = watched(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    for path in PAGES:
        page = one.open(language + path)
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == [], path
        page.set_viewport_size({"width": other, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= other, path
        page.set_viewport_size({"width": width, "height": 900})


def test_the_map_draws_a_symbol_and_a_label_for_each_site_with_a_point(watched):
    page = watched().open("/")
    labels = page.locator(".site-label").all_inner_texts()
    assert len(labels) >= 6
    assert page.locator(".site svg").count() == len(labels)
    assert any(label.strip().startswith("Conoco") for label in labels)


def test_a_symbol_opens_a_popup_with_a_link_to_what_it_counts(watched):
    page = watched().open("/")
    page.locator(".site:has([data-site='al-tanf'])").click()
    link = page.locator(".leaflet-popup a[href*='base=al-tanf']")
    expect(link).to_have_text("Al-Tanf")
    link.click()
    expect(page).to_have_url(re.compile(r"/incidents\?base=al-tanf$"))


def test_the_chart_is_drawn_and_its_bars_lead_to_the_list(watched):
    page = watched(viewport={"width": 1280, "height": 900}).open("/?from=2023-11-01&to=2023-12-31")
    chart = next(frame for frame in page.frames if "timeline.svg" in frame.url and "width=wide" in frame.url)
    expect(chart.locator("a path")).not_to_have_count(0)
    chart.locator("a path").nth(5).click()
    expect(page).to_have_url(re.compile(r"/incidents\?from=.*base="))


def test_a_filter_changes_numbers_chart_map_and_address_and_back_undoes_it(watched):
    page = watched(viewport={"width": 1280, "height": 1000}).open("/")
    everything = heading(page)
    page.get_by_role("checkbox", name=re.compile("^Al-Tanf")).check()
    expect(page).to_have_url(re.compile(r"/\?base=al-tanf$"))
    expect(page.locator("h1")).not_to_have_text(re.compile(rf"^{everything} "))
    narrowed = heading(page)
    assert 0 < narrowed < everything
    expect(page.locator(".site-label")).to_have_count(1)
    expect(page.locator(".site-label")).to_have_text(re.compile(rf"Al-Tanf\s*{narrowed}"))
    assert page.locator("object.wide").get_attribute("data") == "/timeline.svg?base=al-tanf&by=month&stack=base&width=wide"
    assert page.locator(".get").get_attribute("href") == "/incidents.csv?base=al-tanf"
    page.reload()
    assert heading(page) == narrowed
    page.get_by_role("link", name=re.compile("Al-Tanf .*remove")).click()
    expect(page.locator("h1")).to_have_text(re.compile(rf"^{everything} "))
    page.go_back()
    expect(page.locator("h1")).to_have_text(re.compile(rf"^{narrowed} "))
    expect(page.get_by_role("checkbox", name=re.compile("^Al-Tanf"))).to_be_checked()


def test_focus_stays_where_it_was_when_the_view_is_replaced(watched):
    page = watched(viewport={"width": 1280, "height": 1000}).open("/")
    box = page.locator("#filter-weapon-drone")
    box.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("weapon=drone"))
    expect(page.locator("#filter-weapon-drone")).to_be_focused()


def test_a_day_can_be_typed_and_is_asked_for_when_it_is_left(watched):
    page = watched(viewport={"width": 1280, "height": 1000}, locale="en-US").open("/incidents")
    page.locator("#filter-from").click()
    page.keyboard.press("Home")
    page.locator("#filter-from").press_sequentially("11042023", delay=60)
    assert page.url.endswith("/incidents")
    page.keyboard.press("Tab")
    page.locator("#filter-q").click()
    expect(page).to_have_url(re.compile(r"from=2023-11-04$"))
    expect(page.locator("#filter-from")).to_have_value("2023-11-04")


def test_the_form_shows_what_holds_after_going_back(watched):
    page = watched(viewport={"width": 1280, "height": 1000}).open("/incidents")
    page.locator("#filter-from").fill("2023-10-19")
    page.locator("#filter-q").click()
    expect(page).to_have_url(re.compile(r"from=2023-10-19$"))
    expect(page.locator("#filter-from")).to_have_value("2023-10-19")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/incidents$"))
    expect(page.locator("#filter-from")).to_have_value("")
    page.locator("#filter-weapon-drone").check()
    expect(page).to_have_url(re.compile(r"/incidents\?weapon=drone$"))


def test_a_field_that_was_wrong_is_whole_again_once_it_is_mended(watched):
    one = watched(viewport={"width": 1280, "height": 1000})
    page = one.open("/incidents?from=2024-05-01&to=2023-05-01")
    one.wrong.clear()  # the browser complains of the 400 that the page is
    expect(page.locator("#filter-to")).to_have_attribute("aria-invalid", "true")
    page.locator("#filter-to").fill("2024-12-31")
    page.locator("#filter-q").click()
    expect(page).to_have_url(re.compile(r"from=2024-05-01&to=2024-12-31$"))
    expect(page.locator("#filter-to")).to_have_attribute("type", "date")
    expect(page.locator("#filter-to")).not_to_have_attribute("aria-invalid", "true")
    page.locator("#filter-to").fill("2024-11-30")
    page.locator("#filter-q").click()
    expect(page).to_have_url(re.compile(r"to=2024-11-30$"))


def test_words_typed_while_an_answer_is_on_its_way_are_kept(watched):
    one = watched(viewport={"width": 1280, "height": 1000})
    page = one.open("/incidents")
    one.context.route(re.compile(r"/incidents\?"), lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.locator("#filter-weapon-drone").check()
    page.locator("#filter-q").press_sequentially("tanf", delay=40)
    expect(page).to_have_url(re.compile("weapon=drone"))
    expect(page.locator("#filter-q")).to_have_value("tanf")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"weapon=drone&q=tanf$"))


def test_where_a_part_cannot_be_had_the_whole_page_is_asked_for(watched):
    one = watched(viewport={"width": 1280, "height": 1000})
    page = one.open("/incidents")
    one.context.route(
        re.compile(r"/incidents\?"),
        lambda route: route.fulfill(status=503, body="") if "hx-request" in route.request.headers else route.continue_(),
    )
    page.locator("#filter-weapon-drone").check()
    expect(page.locator(".chips")).to_contain_text("Drone")
    expect(page).to_have_url(re.compile(r"/incidents\?.*weapon=drone"))
    one.wrong.clear()  # the failed request itself is told on the console


def test_everything_but_the_map_works_without_script(watched):
    one = watched(java_script_enabled=False, viewport={"width": 1280, "height": 1000})
    page = one.open("/")
    page.get_by_role("checkbox", name=re.compile("^Conoco")).check()
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/\?base=conoco$"))
    assert heading(page) > 10
    page.locator("td.date a").first.click()
    expect(page.locator("h1")).to_contain_text("Conoco")


def test_on_a_narrow_screen_the_filter_folds_and_unfolds(watched):
    page = watched(viewport={"width": 390, "height": 800}).open("/")
    expect(page.locator("#filter-from")).to_be_hidden()
    page.locator(".heading").click()
    expect(page.locator("#filter-from")).to_be_visible()


def test_an_arabic_quote_reads_from_right_to_left_and_leads_to_its_field(watched):
    one = watched(viewport={"width": 1280, "height": 900})
    page = one.open("/incidents/SJ-0045")
    page.locator("#field-weapon tr:has(q:lang(ar)) a").first.click()
    assert page.locator(".text").evaluate("(text) => getComputedStyle(text).direction") == "rtl"
    page.locator(".text mark a").first.click()
    assert page.evaluate("() => document.querySelector(':target') !== null")


def test_hostile_names_run_nothing_on_the_map(browser, seeded, served):
    with transaction(seeded) as session:
        bad = "`${document.title='ran'}`<img src=x onerror=\"document.title='ran'\">"
        session.connection().execute(text("UPDATE base SET short_en = :bad"), {"bad": bad})
    one = Watched(browser, served(seeded))
    page = one.open("/")
    expect(page.locator(".site-label").first).to_contain_text("${document.title")
    assert page.title() != "ran"
    assert one.wrong == []
    one.context.close()


def test_a_dot_of_a_counters_chart_leads_to_the_incidents_that_it_counts(watched):
    page = watched(viewport={"width": 1280, "height": 900}).open("/tallies/sohr")
    # The narrow one is there too for a moment, until the page knows how wide it is.
    chart = next(frame for frame in page.frames if "sohr.svg" in frame.url and "narrow" not in frame.url)
    expect(chart.locator("a path")).not_to_have_count(0)
    chart.locator("a[href*='from=2023-10-19'] path").last.click(force=True)
    expect(page).to_have_url(re.compile(r"/incidents\?from=2023-10-19"))
