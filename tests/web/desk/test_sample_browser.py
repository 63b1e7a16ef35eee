"""The story of a drawn report in a real browser, without any script of its own: drawn, read by one, told on the card."""

import pytest

from tests.web.desk.conftest import SECRETS
from tests.web.test_browser import AXE


def is_well_made(page, width):
    page.wait_for_load_state("load")  # before its style sheets are there a page has another width
    assert page.locator("h1").count() == 1, page.url
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, page.url
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == [], page.url


@pytest.mark.parametrize(("language", "width", "scheme"), [("", 1280, "light"), ("/ar", 390, "dark")])
def test_a_report_is_drawn_read_and_told_on_the_card(staffed, served, watched, language, width, scheme):
    view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}
    page = watched(served(staffed), **view).open(f"{language}/login?next={language}/desk/sample")
    page.fill("[name=login_name]", "rima")
    page.fill("[name=login_password]", SECRETS["rima"])
    page.click("main button[type=submit]")
    is_well_made(page, width)
    page.fill("[name=number]", "1")
    page.fill("[name=twice]", "0")
    page.click("main .desk-form button")
    is_well_made(page, width)
    page.click("main a[role=button]")
    page.select_option("[name=attack-1-base]", "al-tanf")
    page.fill("[name=attack-1-date_start]", "٤/١١/٢٠٢٣")
    page.click("button[value=attack]")
    assert page.input_value("[name=attack-1-date_start]") == "٤/١١/٢٠٢٣"
    assert page.url.endswith("#attack-2")
    page.check("[name=non_strike-alert]")
    is_well_made(page, width)
    page.click("button[value=finish]")
    assert page.locator(".compared").count() >= 1
    is_well_made(page, width)
    page.goto(f"{language}/report-card")
    assert page.locator(".card-table").count() == 3
