import re

import pytest
from sqlalchemy import text

from app import jobs
from app.db import snapshot
from app.extract import Reader
from app.queries import reference, reports

PAGES = [("bases", "al-tanf"), ("sources", "sohr"), ("actors", "kataib-hezbollah")]


@pytest.fixture
def started(monkeypatch):
    """The jobs that were started; none runs."""
    found = []
    monkeypatch.setattr(jobs, "start", lambda _settings, job: found.append(job))
    return found


def fields(page):
    """What the form of an entry would send as it stands."""
    form = page[page.index('value="save"') - 20_000 if page.index('value="save"') > 20_000 else 0 : page.index('value="save"')]
    form = form[form.rindex("<form") :]
    found = dict(re.findall(r'<input id="[^"]*" name="([^"]+)" type="[^"]*" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>\n([^<]*)</textarea>', form))
    found |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    found |= {name: "yes" for name in re.findall(r'type="checkbox" name="([^"]+)" value="yes" checked', form)}
    return {name: value.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"') for name, value in found.items()}


def column(engine, query):
    with engine.connect() as connection:
        return connection.execute(text(query)).scalars().all()


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize(("folder", "slug"), PAGES)
def test_administrators_see_lists_forms_and_names_and_editors_do_not(admin_desk, desk, prefix, folder, slug):
    for path in (f"/desk/{folder}", f"/desk/{folder}/new", f"/desk/{folder}/{slug}"):
        assert admin_desk.get(prefix + path).status_code == 200
        assert desk.get(prefix + path).status_code == 403
    assert desk.post(f"/desk/{folder}/{slug}", data={"act": "save"}).status_code == 403
    assert admin_desk.get(f"/desk/{folder}/nothing").status_code == 404


def test_a_list_is_searched_by_names_spellings_and_slugs(admin_desk):
    for sought in ("Tanf", "التَّنْف", "al-tanf"):
        page = admin_desk.get("/desk/bases", params={"q": sought}).text
        assert "/desk/bases/al-tanf" in page
        assert "/desk/bases/conoco" not in page
    assert "/desk/bases/al-tanf" not in admin_desk.get("/desk/bases", params={"q": "%"}).text


def test_a_new_source_is_made_and_its_history_says_by_whom_and_why(admin_desk):
    form = {"slug": "deir-today", "name_en": "Deir Today", "kind": "local_media", "reason": "quoted often", "token": "t1"}
    assert admin_desk.post("/desk/sources/new", data=form).headers["location"] == "/desk/sources/deir-today"
    page = admin_desk.get("/desk/sources/deir-today").text
    assert "quoted often" in page
    assert "Rima" in page
    assert "no spelling" in page


def test_a_form_that_is_wrong_keeps_what_was_typed_and_says_what_is_wrong_beside_it(admin_desk):
    form = {"slug": "Deir", "name_en": "Deir <Today>", "kind": "castle", "note": "a & b", "reason": ""}
    answer = admin_desk.post("/desk/sources/new", data=form)
    assert answer.status_code == 422
    assert "Deir &lt;Today&gt;" in answer.text
    assert "a &amp; b" in answer.text
    assert 'aria-describedby="error-' in answer.text
    answer = admin_desk.post("/desk/bases/al-tanf", data={"act": "save", "latitude": "133", "name_en": "X", "reason": "why"})
    assert answer.status_code == 422
    assert 'id="error-latitude"' in answer.text
    assert 'value="133"' in answer.text


def test_a_saved_field_is_seen_with_old_and_new_and_can_be_taken_back(admin_desk, staffed):
    form = fields(admin_desk.get("/desk/bases/al-tanf").text)
    answer = admin_desk.post("/desk/bases/al-tanf", data={**form, "nearest_town": "Rukban", "act": "save", "reason": "shorter"})
    assert answer.headers["location"].startswith("/desk/bases/al-tanf?saved="), answer.text
    page = admin_desk.get("/desk/bases/al-tanf").text
    assert "Rukban camp / al-Waleed crossing" in page
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    assert admin_desk.post("/desk/bases/al-tanf", data={"act": "undo", "revision": revision, "token": "u"}).status_code == 303
    assert column(staffed, "SELECT nearest_town FROM base WHERE slug = 'al-tanf'") == ["Rukban camp / al-Waleed crossing"]


def test_who_saves_over_somebody_elses_change_is_told_and_keeps_what_was_typed(admin_desk):
    form = fields(admin_desk.get("/desk/bases/al-tanf").text) | {"act": "save", "reason": "why"}
    assert admin_desk.post("/desk/bases/al-tanf", data={**form, "note": "one"}).status_code == 303
    answer = admin_desk.post("/desk/bases/al-tanf", data={**form, "note": "two", "token": "other"})
    assert answer.status_code == 409
    assert "two</textarea>" in answer.text
    again = fields(answer.text) | {"act": "save", "reason": "why", "token": "third"}
    assert admin_desk.post("/desk/bases/al-tanf", data=again).status_code == 303


def test_a_name_goes_after_its_effects_were_seen_and_a_job_reads_what_changes(admin_desk, staffed, started):
    form = {"act": "remove_alias", "alias": "حقل العمر", "reason": "to see", "token": "t2"}
    before = column(staffed, "SELECT count(*) FROM base_alias")
    shown = admin_desk.post("/desk/bases/al-omar", data=form)
    assert shown.status_code == 200
    assert "Nothing is saved yet." in shown.text
    assert re.search(r"[1-9]\d* reports read otherwise", shown.text)
    assert column(staffed, "SELECT count(*) FROM base_alias") == before
    done = admin_desk.post("/desk/bases/al-omar", data={**form, "sure": "yes"})
    assert done.headers["location"] == f"/desk/jobs/{started[0]}"
    with snapshot(staffed) as connection:
        stale = reports.read_otherwise(connection, Reader.of(reference.gazetteer(connection)).version)
    assert column(staffed, "SELECT reports FROM job") == [str(list(stale))]
    assert admin_desk.post("/desk/bases/al-omar", data={**form, "sure": "yes"}).headers["location"].startswith("/desk")


def test_a_name_that_no_text_holds_is_added_at_once_and_leaves_nothing_stale(admin_desk, staffed, started):
    form = {"act": "add_alias", "alias": "Zorba Camp", "lang": "en", "reason": "seen in print", "token": "t3"}
    assert admin_desk.post("/desk/bases/conoco", data=form).headers["location"].startswith("/desk/bases/conoco?saved=")
    assert started == []
    with snapshot(staffed) as connection:
        assert reports.read_otherwise(connection, Reader.of(reference.gazetteer(connection)).version) == []
    removed = {"act": "remove_alias", "alias": "Zorba Camp", "reason": "a slip", "token": "t4"}
    assert admin_desk.post("/desk/bases/conoco", data=removed).status_code == 303


def test_a_name_that_another_base_bears_is_refused_beside_the_field(admin_desk, started):
    form = {"act": "add_alias", "alias": "التنف", "lang": "ar", "reason": "why", "sure": "yes"}
    answer = admin_desk.post("/desk/bases/conoco", data=form)
    assert answer.status_code == 422
    assert "al-tanf bears this name" in answer.text


def test_whom_a_source_speaks_for_is_changed_after_it_was_said_how_many_incidents_that_settles(admin_desk, staffed, started):
    form = fields(admin_desk.get("/desk/sources/sohr").text) | {"act": "save", "speaks_for": "unnamed", "reason": "why"}
    shown = admin_desk.post("/desk/sources/sohr", data=form)
    assert re.search(r"[1-9]\d* incidents are settled anew", shown.text)
    assert column(staffed, "SELECT speaks_for FROM source WHERE slug = 'sohr'") == [""]
    assert admin_desk.post("/desk/sources/sohr", data={**form, "sure": "yes"}).status_code == 303
    assert column(staffed, "SELECT speaks_for FROM source WHERE slug = 'sohr'") == ["unnamed"]


def test_an_event_comes_into_a_bases_history(admin_desk):
    form = {"act": "add_status", "date": "2025-05", "event": "the flag is down", "state": "left", "reason": "why", "token": "t5"}
    assert admin_desk.post("/desk/bases/conoco", data=form).status_code == 303
    assert "the flag is down" in admin_desk.get("/bases/conoco").text
    assert admin_desk.post("/desk/bases/conoco", data={**form, "date": "May", "token": "t6"}).status_code == 422


def test_each_act_needs_its_reason(admin_desk):
    answer = admin_desk.post("/desk/bases/conoco", data={"act": "add_alias", "alias": "Zorba", "lang": "en"})
    assert answer.status_code == 422
    assert 'id="error-reason_add_alias"' in answer.text
