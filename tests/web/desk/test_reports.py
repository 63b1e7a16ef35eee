"""Reports at the desk: adding one, its page with repairs and history, and texts that are read again."""

import re
import time
from datetime import date

import pytest
from sqlalchemy import text

from app.actions.missed import mark_event, mark_tally
from app.extract.values import Tally
from app.fetch import Page, RefusedPage

TOLD = "قصفت طائرة مسيرة قاعدة التنف مساء أمس، بحسب المرصد السوري لحقوق الإنسان، وأصيب 3 جنود."
FORM = {"text": TOLD, "publisher": "shafaq", "published_date": "2024-03-05", "title": "قصف التنف"}


def one(engine, statement):
    with engine.connect() as connection:
        return connection.execute(text(statement)).scalar_one()


def new(desk, act="preview", **fields):
    return desk.post("/desk/reports/new", data={**FORM, "act": act, **fields})


def stored(desk):
    answer = new(desk, "store")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def repaired(desk, address, **fields):
    page = desk.get(address).text
    form = page[page.index('id="repair"') :]
    values = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)[1]
        for name in ("token", "seen", "publisher", "published_date", "title", "url")
    }
    return desk.post(address, data={**values, "lang": "ar", "whose": "text", "reason": "as printed", "act": "repair", **fields})


def test_a_preview_shows_what_is_read_and_stores_nothing(desk, staffed):
    before = one(staffed, "SELECT count(*) FROM report"), one(staffed, "SELECT number FROM data_revision")
    answer = new(desk)
    assert answer.status_code == 200
    assert "<mark" in answer.text
    assert "4 March 2024" in answer.text
    assert "a new incident" in answer.text or "SJ-" in answer.text
    assert (one(staffed, "SELECT count(*) FROM report"), one(staffed, "SELECT number FROM data_revision")) == before
    assert TOLD in answer.text  # what was typed stands in the form again


def test_a_stored_report_keeps_who_brought_it_and_shows_its_whole_text(desk, staffed):
    address = stored(desk)
    page = desk.get(address).text
    assert "<mark" in page
    brought = "SELECT e.name FROM act JOIN editor e ON e.id = editor_id WHERE kind = 'add_reports'"
    assert one(staffed, brought) == "nour"
    public = desk.get(address.removeprefix("/desk")).text
    assert "Nour" not in public
    assert "For editors only" in page


def test_a_text_that_is_there_is_shown_as_there(desk):
    address = stored(desk)
    answer = new(desk)
    assert "It is there already" in answer.text
    assert f'href="{address}"' in answer.text
    assert 'value="store"' not in answer.text
    assert "the same text" in new(desk, publisher="sohr").text
    assert "a like title" in new(desk, publisher="sohr", text=TOLD + " وأكد شهود ذلك.").text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": " "}, "text"),
        ({"published_date": "4/3/2024"}, "published_date"),
        ({"published_date": "2099-01-01"}, "published_date"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"lang": "fr"}, "lang"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(desk, fields, field):
    answer = new(desk, **fields)
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert 'value="قصف التنف"' in answer.text


def test_a_day_may_be_typed_in_either_script(desk):
    assert "4 March 2024" in new(desk, published_date="٢٠٢٤-٠٣-٠٥").text


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("a.txt", TOLD.encode(), 200),
        ("list.html", b"a<br>" * 100_001, 422),
        ("a.html", f"<html><body><article><p>{TOLD}</p><p>{TOLD}</p></article></body></html>".encode(), 200),
        ("a.txt", TOLD.encode("windows-1256"), 422),
        ("a.pdf", TOLD.encode(), 422),
        ("a.txt", b"a" * 5_000_001, 422),
        ("a.txt", b"", 422),
    ],
)
def test_a_file_is_read_or_refused_clearly(desk, name, body, status):
    answer = desk.post("/desk/reports/new", data={**FORM, "text": "", "act": "preview"}, files={"file": (name, body)})
    assert answer.status_code == status
    assert ("قاعدة التنف" in answer.text) == (status == 200)


def test_a_fetched_page_fills_the_form_and_is_shown_as_it_would_be_read(desk, monkeypatch):
    page = Page("https://a.example/1", "a.example", "A title", date(2024, 3, 5), "ar", TOLD)
    monkeypatch.setattr("app.web.desk.adding.fetch", lambda _address: page)
    answer = desk.post("/desk/reports/new", data={"address": "a.example/1", "act": "fetch"})
    assert answer.status_code == 200
    for value in ("https://a.example/1", "A title", "2024-03-05"):
        assert f'value="{value}"' in answer.text


def test_a_page_that_can_not_be_had_is_told_beside_the_address(desk, monkeypatch):
    def refuse(_address):
        raise RefusedPage("no page there")

    monkeypatch.setattr("app.web.desk.adding.fetch", refuse)
    answer = desk.post("/desk/reports/new", data={**FORM, "address": "http://127.0.0.1/", "act": "fetch"})
    assert answer.status_code == 422
    assert "no page there" in answer.text
    assert TOLD in answer.text


def test_a_repair_says_what_it_changed_and_can_be_undone(desk):
    address = stored(desk)
    answer = repaired(desk, address, published_date="2024-03-09")
    assert answer.status_code == 303, answer.text
    page = desk.get(answer.headers["location"]).text
    assert "What that changed" in page
    assert "8 March 2024" in page
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    undone = desk.post(address, data={"act": "undo", "revision": revision})
    assert undone.status_code == 303, undone.text
    page = desk.get(undone.headers["location"]).text
    assert re.search(r'id="field-published_date"[^>]*value="2024-03-05"', page)


def test_a_repair_without_a_reason_or_with_a_wrong_day_comes_back_as_typed(desk):
    address = stored(desk)
    for fields, field in (({"reason": ""}, "reason_repair"), ({"published_date": "soon"}, "published_date")):
        answer = repaired(desk, address, title="Another title", **fields)
        assert answer.status_code == 422
        assert f'id="error-{field}"' in answer.text
        assert 'value="Another title"' in answer.text


def test_a_repair_over_a_newer_one_is_told_and_keeps_what_was_typed(desk, other_desk):
    address = stored(desk)
    page = desk.get(address).text
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    assert repaired(other_desk, address, title="Theirs").status_code == 303
    answer = repaired(desk, address, title="Mine", seen=seen)
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "Theirs" in answer.text
    assert repaired(desk, address, title="Mine").status_code == 303


def test_origins_that_an_editor_names_are_shown_as_theirs(desk):
    address = stored(desk)
    assert repaired(desk, address, whose="editor", origins=["centcom"]).status_code == 303
    page = desk.get(address).text
    assert re.search(r'value="centcom" checked', page)
    assert re.search(r'value="editor" checked', page)


def test_a_text_is_taken_down_only_by_who_says_that_it_is_for_good(desk, staffed):
    address = stored(desk)
    number = int(address.rpartition("/")[2])
    assert "for good" in desk.get(address).text
    assert desk.post(address, data={"act": "take_down", "reason": "asked"}).status_code == 422
    assert one(staffed, f"SELECT text FROM report WHERE id = {number}") == TOLD
    assert desk.post(address, data={"act": "take_down", "reason": "asked", "sure": "yes"}).status_code == 303
    assert one(staffed, f"SELECT text FROM report WHERE id = {number}") is None
    page = desk.get(address).text
    assert "was taken down" in page
    assert "<q" in page
    assert desk.get(address.removeprefix("/desk")).status_code == 200


def test_a_text_is_made_public_with_a_licence_and_withheld_again(desk):
    address = stored(desk)
    public = address.removeprefix("/desk")
    assert desk.post(address, data={"act": "publish", "reason": "agreed"}).status_code == 422
    assert desk.post(address, data={"act": "publish", "reason": "agreed", "licence": "CC BY 4.0"}).status_code == 303
    assert 'class="text"' in desk.get(public).text
    assert desk.post(address, data={"act": "withhold", "reason": "a mistake"}).status_code == 303
    assert 'class="text"' not in desk.get(public).text


def test_a_note_is_for_editors(desk):
    address = stored(desk)
    assert desk.post(address, data={"act": "note", "note": "ask the observatory"}).status_code == 303
    assert "ask the observatory" in desk.get(address).text
    assert "ask the observatory" not in desk.get(address.removeprefix("/desk")).text


def test_the_list_finds_by_words_and_by_what_is_lacking(desk):
    stored(desk)
    assert "قصف التنف" in desk.get("/desk/reports", params={"words": "مسيرة التنف"}).text
    assert "Nothing was found" in desk.get("/desk/reports", params={"words": "كلمة غائبة قطعا"}).text
    new(desk, "store", published_date="", text=TOLD + " بلا يوم.", title="Undated one")
    page = desk.get("/desk/reports?lacking=no_day").text
    assert "Undated one" in page
    for lacking in ("no_publisher", "unread", "no_attack", "gone", "nonsense"):
        assert desk.get(f"/desk/reports?lacking={lacking}").status_code == 200


def test_texts_are_read_again_by_a_process_and_the_page_says_what_came_of_it(desk, staffed):
    address = stored(desk)
    answer = desk.post(address, data={"act": "reread"})
    assert answer.status_code == 303
    job = answer.headers["location"]
    for _ in range(300):
        page = desk.get(job).text
        if 'hx-trigger="every 1s"' not in page:
            break
        time.sleep(0.2)
    assert "1 of 1 texts are read again" in page
    assert "What that changed" in page
    assert "done" in desk.get("/desk/jobs").text
    part = desk.get(job, headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="view"')


def test_a_job_whose_process_is_gone_says_so_and_can_go_on(desk, staffed):
    with staffed.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO job (editor_id, reason, reports, state, total, done, changed, lost, refused, problem, asked_at)"
                " SELECT id, '', '[]', 'running', 9, 4, 0, 0, 0, '', '2026-11-22T00:00:00Z' FROM editor WHERE name = 'nour'"
            )
        )
    page = desk.get("/desk/jobs/1").text
    assert "ended before it was done" in page
    assert "Go on with it" in page
    assert "ended before it was done" in desk.get("/desk/jobs").text


@pytest.mark.parametrize("path", ["/desk/reports/99999", "/desk/reports/x", "/desk/jobs/9", "/desk/jobs/x"])
def test_what_is_not_there_is_not_found(desk, path):
    assert desk.get(path).status_code == 404
    assert desk.post(path, data={"act": "note", "note": "x"}).status_code == 404


def test_every_kind_of_report_has_its_page_in_both_languages(desk, staffed):
    with staffed.connect() as connection:
        ids = connection.execute(text("SELECT min(id) FROM report GROUP BY kind")).scalars().all()
    for prefix in ("", "/ar"):
        for path in (*(f"/desk/reports/{one}" for one in ids), "/desk/reports", "/desk/reports/new", "/desk/jobs"):
            assert desk.get(prefix + path).status_code == 200, path


def test_a_mark_of_an_editor_is_taken_back_on_the_page_of_its_report(desk, other_desk, staffed):
    address = stored(desk)
    number = int(address.rpartition("/")[2])
    words = {"report_id": number, "span_start": 0, "span_end": 4, "editor": "nour"}
    total = mark_tally(staffed, tally=Tally("all-syria", 7), **words)
    event = mark_event(staffed, kind="training", **words)
    assert desk.get(address).text.count("Take the mark back") == 2
    elsewhere = desk.post("/desk/reports/1", data={"act": "unmark_tally", "marked": total})
    assert elsewhere.status_code == 422
    for act, marked in (("unmark_tally", total), ("unmark_event", event)):
        done = other_desk.post(address, data={"act": act, "marked": marked})
        assert done.status_code == 303, done.text
        assert desk.get(done.headers["location"]).status_code == 200
    assert "Take the mark back" not in desk.get(address).text


def test_a_repair_over_a_newer_one_reverts_no_field_that_its_editor_left_alone(desk, other_desk):
    address = stored(desk)
    seen = re.search(r'name="seen" value="(\d+)"', desk.get(address).text)[1]
    old = {"title": FORM["title"], "url": "", "published_date": "2024-03-05", "seen": seen}
    theirs = {"title": "Theirs", "url": "https://a.example/1", "published_date": "2024-03-06", "whose": "editor"}
    assert repaired(other_desk, address, **theirs, origins=["centcom"]).status_code == 303
    wrong = repaired(desk, address, **{**old, "title": "Mine", "published_date": "soon"})
    assert wrong.status_code == 422
    assert f'name="seen" value="{seen}"' in wrong.text
    answer = repaired(desk, address, **{**old, "title": "Mine"})
    assert answer.status_code == 409
    for field, value in (("title", "Mine"), ("url", "https://a.example/1"), ("published_date", "2024-03-06")):
        assert re.search(rf'id="field-{field}"[^>]*value="{value}"', answer.text), field
    assert re.search(r'id="error-title">[^<]*Theirs', answer.text)
    assert 'id="error-url"' not in answer.text
    assert re.search(r'value="editor" checked', answer.text)
    assert f'name="seen" value="{seen}"' not in answer.text
