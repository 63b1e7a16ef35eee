"""Reports at the desk in a real browser: a page of the press is fetched or refused, and what is read again undoes nobody."""

import re
from datetime import date
from functools import partial
from itertools import repeat

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from app.actions.reports import add_report
from app.extract.values import Claim, Extraction, Mention, Span
from app.fetch import fetch, is_public
from app.ingest import RawReport
from tests.press import ARTICLE, HERE, HTML, TITLE, answer, dripping, redirect
from tests.web.desk.conftest import WIDE, refused_with

MUCH = b"<p>" + b"drones " * 9_000
TOLD = "استهدفت طائرة مسيرة قاعدة التنف مساء أمس، بحسب المرصد السوري لحقوق الإنسان."


def one(engine, statement):
    with engine.connect() as connection:
        return connection.execute(text(statement)).scalar_one()


@pytest.fixture
def adding(staffed, served, sitting, press, monkeypatch):
    """A browser on the form of a new report, and the address of the press; no other private address may be fetched."""
    here = {
        "allowed": lambda ip: str(ip) == HERE or is_public(ip),
        "resolve": lambda host, _port: [HERE if host == "press.example" else host],
        "ports": (80, 443, press.server_port),
        "seconds": 1,
    }
    monkeypatch.setattr("app.web.desk.adding.fetch", partial(fetch, **here))
    return sitting(served(staffed), "nour", **WIDE), f"http://press.example:{press.server_port}"


def test_a_page_of_the_press_is_fetched_looked_at_and_stored(adding, press, staffed):
    press.answers["/news"] = answer((ARTICLE % "").encode())
    browser, address = adding
    page = browser.open("/desk/reports/new")
    before = one(staffed, "SELECT count(*) FROM report")
    page.fill("#field-address", f"{address}/news")
    page.click("button[value=fetch]")
    expect(page.locator("#field-title")).to_have_value(TITLE)
    expect(page.locator("#field-published_date")).to_have_value("2023-11-04")
    expect(page.locator("#preview mark", has_text="قاعدة التنف")).not_to_have_count(0)
    assert one(staffed, "SELECT count(*) FROM report") == before
    page.fill("#field-publisher", "shafaq")
    page.click("button[value=store]")
    expect(page.locator(".notes[role=status]")).to_contain_text("It is stored")
    assert one(staffed, "SELECT count(*) FROM report") == before + 1
    assert one(staffed, "SELECT url FROM report ORDER BY id DESC LIMIT 1") == f"{address}/news"
    assert [path for path, _host in press.asked] == ["/news"]


REFUSED = (
    ("http://10.1.2.3/", None, "not on the public web"),
    ("http://169.254.169.254/latest/meta-data", None, "not on the public web"),
    ("file:///etc/passwd", None, "no address of a page"),
    ("", redirect("http://192.168.0.1/admin"), "redirects elsewhere. 192.168.0.1 is not on the public web"),
    ("", answer(headers=HTML | {"Content-Length": "200000000"}, rest=repeat(MUCH)), "more than 5 MB"),
    ("", answer(rest=repeat(MUCH, 200_000_000 // len(MUCH))), "more than 5 MB"),
    ("", answer(rest=repeat(MUCH)), "more than 5 MB"),
    ("", answer(rest=dripping(b"x")), "takes too long"),
    ("", answer(b"%PDF-1.7", {"Content-Type": "application/pdf"}), "something else than a page ('application/pdf')"),
)
"""Addresses (none stands for that of the press), what the press answers, and what an editor is told."""


def test_pages_that_are_refused_are_told_in_words_and_leave_the_form_as_it_was(adding, press, staffed):
    browser, address = adding
    before = one(staffed, "SELECT count(*) FROM report")
    page = browser.open("/desk/reports/new")
    typed = {"text": TOLD, "title": "قصف التنف", "published_date": "2024-03-05"}
    for field, value in typed.items():
        page.fill(f"#field-{field}", value)
    for target, given, said in REFUSED:
        press.answers["/"] = given
        page.fill("#field-address", target or f"{address}/")
        with page.expect_navigation():
            page.click("button[value=fetch]")
        assert said in page.locator("#error-address").inner_text()
        for field, value in {**typed, "address": target or f"{address}/"}.items():
            assert page.input_value(f"#field-{field}") == value, said
    assert one(staffed, "SELECT count(*) FROM report") == before
    refused_with(browser, 422, times=len(REFUSED))


def test_a_correction_stands_when_its_report_is_read_again_and_the_page_says_what_was_left_alone(staffed, served, sitting):
    claims = (("base", "al-tanf"), ("date_start", "2024-03-04"), ("weapon", "rocket"))
    span = Span(0, len(TOLD), TOLD)
    mention = Mention(tuple(Claim(field, value, span=span, rule="old") for field, value in claims), anchor=span)
    # An extractor of former days took the drone for a rocket.
    raw = RawReport(TOLD, publisher="shafaq", published=date(2024, 3, 5), lang="ar")
    public_id = add_report(staffed, raw=raw, reading=Extraction("rules-0", mentions=(mention,))).incidents[0]
    page = sitting(served(staffed), "nour", **WIDE).open(f"/desk/incidents/{public_id}")
    expect(page.locator("#field-weapon")).to_have_value("rocket")
    page.select_option("#field-weapon", "mortar")
    page.fill("#field-reason", "a photo of the crater")
    page.click("button[data-key=s]")
    expect(page.locator(".notes.done")).to_contain_text("Corrected")
    page.locator(".panel a[href^='/desk/reports/']").first.click()
    page.click("button[value=reread]")
    page.wait_for_url(re.compile(r"/desk/jobs/\d+"))
    expect(page.locator("#view")).to_contain_text("1 of 1 texts are read again", timeout=30_000)
    expect(page.locator("#view [role=status]")).to_have_text("done", timeout=10_000)
    row = page.locator("#view tr", has_text="left alone: a person had decided")
    expect(row.locator("td")).to_contain_text(["Weapon", "Rocket", "Drone"])
    row.locator("a").click()
    expect(page.locator("#field-weapon")).to_have_value("mortar")
    expect(page.locator("#line-weapon")).to_contain_text("The reports say: Drone")
    assert one(staffed, f"SELECT weapon FROM incident WHERE public_id = '{public_id}'") == "mortar"
    page.goto(f"/incidents/{public_id}")
    left = "Rocket became Drone (this is what its reports say; an editor had decided, and that stands)"
    expect(page.locator("main")).to_contain_text(left)
