"""Each page of the desk in a real browser, as its routes list them: no complaint, accessible, and it scrolls no way but down."""

import random
import re

import pytest
from sqlalchemy import text

from app.actions.decisions import correct, merge, reject
from app.actions.jobs import ask
from app.actions.opened import open_incident
from app.actions.revision import now
from app.actions.sampling import draw
from app.db import snapshot
from app.extract import Reader
from app.queries import reference
from tests.web.desk.conftest import refused_with
from tests.web.desk.test_guard import is_public, routes
from tests.web.desk.test_sample_browser import is_well_made

FILLED = {
    "/desk": ("/desk", "/desk?base=himo", "/desk?base=al-tanf&kind=unread"),
    "/desk/incidents/{name}": tuple(f"/desk/incidents/SJ-{number}" for number in ("0001", "0044", "0046", "0050")),
    "/desk/reports": ("/desk/reports", "/desk/reports?words=التنف&lacking=unread"),
    "/desk/reports/{number}": ("/desk/reports/{page}", "/desk/reports/{text}"),
    "/desk/reports/{report_id}/missed": ("/desk/reports/{text}/missed",),
    "/desk/jobs/{number}": ("/desk/jobs/{job}",),
    "/desk/sample/{report_id}": ("/desk/sample/{drawn}",),
    "/desk/bases/{slug}": ("/desk/bases/al-tanf",),
    "/desk/sources/{slug}": ("/desk/sources/sohr",),
    "/desk/actors/{slug}": ("/desk/actors/{actor}",),
}
"""Addresses of the routes that have more than one page, or a name in them."""


@pytest.fixture
def busy(staffed):
    """A register in which the desk was at work, and what the names in FILLED stand for in it."""
    correct(staffed, incident="SJ-0044", values={"weapon": "mortar"}, reason="a photo", editor="sami")
    reject(staffed, incident="SJ-0046", ground="drill", reason="an exercise", editor="sami")
    merge(staffed, incident="SJ-0047", into="SJ-0048", reason="", editor="sami")
    open_incident(staffed, incident="SJ-0050", editor="sami", now=now())
    with snapshot(staffed) as connection:
        reader = Reader.of(reference.gazetteer(connection))
        named = dict(connection.execute(text("SELECT kind, max(id) FROM report GROUP BY kind")).all())
        named["actor"] = connection.execute(text("SELECT min(slug) FROM actor")).scalar_one()
    named["drawn"] = draw(staffed, number=1, editor="rima", reader=reader, chance=random.Random(1))[0]
    named["job"] = ask(staffed, editor="rima", reason="a new alias")
    return staffed, named


def addresses(named):
    """All pages of the desk that can be asked for."""
    asked = [path for path, method in routes() if method == "GET" and not is_public(path)]
    paths = [path for path in asked if path != "/desk/next"]  # leads elsewhere
    lacking = [path for path in paths if "{" in path and path not in FILLED]
    assert lacking == [], "FILLED needs an address of these"
    return [address.format(**named) for path in paths for address in FILLED.get(path, (path,))]


@pytest.mark.parametrize(("language", "width", "other", "scheme"), [("", 1280, 390, "light"), ("/ar", 390, 1280, "dark")])
def test_every_page_of_the_desk_is_well_made(busy, served, sitting, language, width, other, scheme):
    engine, named = busy
    view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}
    browser = sitting(served(engine), "rima", **view)
    for address in addresses(named):
        page = browser.open(language + address)
        is_well_made(page, width)
        page.set_viewport_size({"width": other, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= other, page.url
        page.set_viewport_size(view["viewport"])
    page = browser.open(f"{language}/desk/incidents/SJ-0044")
    page.select_option("#field-weapon", "drone")
    page.fill("#field-munitions_low", "many")
    page.click("button[data-key=s]")
    page.wait_for_selector("#field-munitions_low[aria-invalid]")
    is_well_made(page, width)
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{language}/desk/reports/new")
    page.fill("#field-text", "قصفت طائرة مسيرة قاعدة التنف مساء أمس، بحسب المرصد السوري لحقوق الإنسان، وأصيب 3 جنود.")
    page.fill("#field-published_date", "soon")
    page.click("button[value=preview]")
    page.wait_for_selector("#error-published_date")
    is_well_made(page, width)
    refused_with(browser, 422, times=2)
    page.fill("#field-published_date", "2024-03-05")
    page.click("button[value=preview]")
    page.wait_for_selector("#preview")
    is_well_made(page, width)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM login"))
    page.click("button[value=store]")
    page.wait_for_url(re.compile("new"))
    page.wait_for_selector("[name=login_name]")
    is_well_made(page, width)
    refused_with(browser, 401)
