"""What editors do to reports: repairs that are read again, texts that come down while the facts stay, and undoing it."""

from datetime import date

import pytest
from sqlalchemy import text

from app.actions.decisions import correct
from app.actions.editors import add_compiler
from app.actions.missed import mark_tally
from app.actions.report_repairs import correct_report, note, publish_text, take_down, undo_repair, withhold_text
from app.actions.reports import OtherDay, add_report, preview_report, reread_report
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.extract import Reader, extract
from app.extract.values import Claim, Extraction, Mention, Tally
from app.ingest import RawReport
from app.intake import reread
from app.queries import search
from app.reference import seed_gazetteer
from tests.actions.acts import one

EDITOR = "tester"
TOLD = "قصفت طائرة مسيرة قاعدة التنف مساء أمس، بحسب المرصد السوري لحقوق الإنسان."
READER = Reader.of(seed_gazetteer())


@pytest.fixture
def register(engine):
    add_compiler(engine, name=EDITOR, display_name="a test")
    return engine


def read(words=TOLD, published=date(2024, 3, 5)):
    return extract(words, published=published, lang="ar", reader=READER)


def add(engine, words=TOLD, published=date(2024, 3, 5), publisher="shafaq"):
    raw = RawReport(words, published=published, publisher=publisher, lang="ar")
    return add_report(engine, raw=raw, reading=read(words, published)).report_id


def page(engine, *claims, url="https://a.example/1", publisher="shafaq"):
    raw = RawReport(None, kind="page", publisher=publisher, url=url, published=date(2024, 3, 5))
    claims = (("base", "al-tanf"), ("date_start", "2024-03-04"), *claims)
    reading = Extraction("compiled", mentions=(Mention(tuple(Claim(f, v, "compiled") for f, v in claims)),))
    return add_report(engine, raw=raw, reading=reading).report_id


def repair(engine, report_id=1, reading=None, **values):
    return correct_report(engine, report_id=report_id, values=values, reason="as printed", editor=EDITOR, reading=reading)


def origins(engine):
    with engine.connect() as connection:
        return set(connection.execute(text("SELECT slug FROM incident_origin JOIN source ON source.id = source_id")).scalars())


def changes(engine, revision):
    query = "SELECT subject, field, before, after FROM change WHERE revision = :revision"
    with engine.connect() as connection:
        return {row[:2]: row[2:] for row in connection.execute(text(query), {"revision": revision})}


def test_a_repaired_day_moves_the_attack_that_was_dated_by_it(register):
    add(register)
    done = repair(register, published_date="2024-03-09", reading=read(published=date(2024, 3, 9)))
    assert str(one(register, "SELECT date_start FROM incident")) == "2024-03-08"
    told = changes(register, done.revision)
    assert told["report", "published_date"] == ("2024-03-05", "2024-03-09")
    assert told["incident", "date_start"] == ("2024-03-04", "2024-03-08")
    assert one(register, "SELECT count(*) FROM act WHERE kind = 'correct_report' AND editor_id IS NOT NULL") == 1


def test_a_correction_stands_when_its_report_is_repaired(register):
    add(register)
    correct(register, incident="SJ-0001", values={"date_start": "2024-03-01"}, reason="seen", editor=EDITOR)
    repair(register, published_date="2024-03-09", reading=read(published=date(2024, 3, 9)))
    assert str(one(register, "SELECT date_start FROM incident")) == "2024-03-01"


def test_origins_that_an_editor_names_stand_in_later_readings_too(register):
    add(register)
    assert origins(register) == {"sohr"}
    repair(register, origins=["centcom"], reading=read())
    assert origins(register) == {"centcom"}
    reread_report(register, report_id=1, reading=read())
    assert origins(register) == {"centcom"}
    repair(register, origins=None, reading=read())
    assert origins(register) == {"sohr"}


def test_origins_of_a_page_can_be_set_and_given_back(register):
    report_id = page(register, ("origin", "sohr"))
    first = repair(register, report_id, origins=["centcom"])
    assert origins(register) == {"centcom"}
    second = repair(register, report_id, origins=[])
    assert origins(register) == set()
    undo_repair(register, revision=second.revision, editor=EDITOR)
    assert origins(register) == {"centcom"}
    assert changes(register, first.revision)["report", "origins"] == (None, "centcom")
    repair(register, report_id, origins=None)
    assert origins(register) == {"sohr"}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"published_date": "2024-13-01"}, "no day"),
        ({"published_date": "2099-01-01"}, "future"),
        ({"url": "javascript:alert(1)"}, "no address"),
        ({"title": "a\nb"}, "control"),
        ({"lang": "fr"}, "lang"),
        ({"origins": ["nobody-known"]}, "nobody-known"),
        ({"text": "other"}, "no field"),
        ({"published_date": "2024-03-05"}, "nothing would change"),
        ({}, "needs"),
    ],
)
def test_a_repair_that_cannot_stand_is_refused_and_changes_nothing(register, values, why):
    add(register)
    before = one(register, "SELECT number FROM data_revision")
    with pytest.raises(RefusedAction, match=why):
        repair(register, reading=read(), **values)
    assert one(register, "SELECT number FROM data_revision") == before


def test_a_repair_that_makes_two_reports_one_is_refused_in_words(register):
    add(register)
    other = add(register, publisher="sohr")
    with pytest.raises(RefusedAction, match="the same as report 1"):
        repair(register, other, publisher="shafaq", reading=read())
    first, second = page(register), page(register, url="https://a.example/2")
    with pytest.raises(RefusedAction, match=f"the same as report {first}"):
        repair(register, second, url="https://a.example/1")


def test_a_text_is_not_repaired_without_being_read_again(register):
    add(register)
    with pytest.raises(RefusedAction, match="read again"):
        repair(register, title="A title")


def test_a_repair_finds_a_publisher_by_any_of_its_names_or_makes_one(register):
    add(register)
    repair(register, publisher="Rozana Radio", reading=read())
    assert one(register, "SELECT slug FROM source JOIN report ON publisher_id = source.id") == "rozana"
    repair(register, publisher="A New Paper", reading=read())
    assert one(register, "SELECT slug FROM source JOIN report ON publisher_id = source.id") == "a-new-paper"


def test_an_undo_gives_the_day_back_and_can_be_undone(register):
    add(register)
    done = repair(register, published_date="2024-03-09", reading=read(published=date(2024, 3, 9)))
    undone = undo_repair(register, revision=done.revision, editor=EDITOR, reading=read())
    assert str(one(register, "SELECT date_start FROM incident")) == "2024-03-04"
    with pytest.raises(RefusedAction, match=f"undone already, in revision {undone.revision}"):
        undo_repair(register, revision=done.revision, editor=EDITOR, reading=read())
    undo_repair(register, revision=undone.revision, editor=EDITOR, reading=read(published=date(2024, 3, 9)))
    assert str(one(register, "SELECT date_start FROM incident")) == "2024-03-08"


def test_what_was_changed_again_since_is_not_undone(register):
    add(register)
    done = repair(register, title="One", reading=read())
    later = repair(register, title="Two", reading=read())
    with pytest.raises(RefusedAction, match=f"revision {later.revision}"):
        undo_repair(register, revision=done.revision, editor=EDITOR, reading=read())


def test_a_repair_over_somebody_elses_newer_one_is_refused(register):
    add(register)
    seen = one(register, "SELECT number FROM data_revision")
    repair(register, title="One", reading=read())
    with pytest.raises(RefusedAction, match="somebody else"):
        correct_report(register, report_id=1, values={"title": "Two"}, reason="x", editor=EDITOR, reading=read(), seen=seen)


def found(engine, words):
    with snapshot(engine) as connection:
        return search.search(connection, words).report_count


def test_a_text_taken_down_leaves_its_facts_and_quotes_and_is_found_by_those_alone(register):
    words = TOLD + " وقال شهود إن الدخان تصاعد فوق الوادي."
    add(register, words)
    assert found(register, "الوادي") == 1
    take_down(register, report_id=1, reason="asked by its publisher", editor=EDITOR)
    assert one(register, "SELECT text FROM report") is None
    assert add(register, words) == 1  # the same text is no second report
    assert one(register, "SELECT count(*) FROM claim WHERE quote IS NOT NULL") > 0
    assert (found(register, "الوادي"), found(register, "قصفت")) == (0, 1)
    assert str(one(register, "SELECT date_start FROM incident")) == "2024-03-04"
    assert TOLD not in str(changes(register, one(register, "SELECT number FROM data_revision")))
    with pytest.raises(RefusedAction, match="no text"):
        reread_report(register, report_id=1, reading=read())
    with pytest.raises(RefusedAction, match="can be undone"):
        undo_repair(register, revision=one(register, "SELECT number FROM data_revision"), editor=EDITOR)


def test_a_report_without_its_text_can_still_be_repaired(register):
    add(register)
    take_down(register, report_id=1, reason="asked", editor=EDITOR)
    repair(register, published_date="2024-03-09", origins=["centcom"])
    assert origins(register) == {"centcom"}
    assert str(one(register, "SELECT date_start FROM incident")) == "2024-03-04"


def test_a_copy_stays_a_copy_when_the_first_text_is_taken_down(register):
    add(register)
    copy = add(register, publisher="sohr")
    take_down(register, report_id=1, reason="asked", editor=EDITOR)
    assert one(register, f"SELECT copy_of_id FROM report WHERE id = {copy}") == 1


def test_a_text_is_shown_under_a_licence_and_withheld_again(register):
    add(register)
    with pytest.raises(RefusedAction, match="licence"):
        publish_text(register, report_id=1, licence=" ", reason="agreed", editor=EDITOR)
    done = publish_text(register, report_id=1, licence="CC BY 4.0", reason="agreed", editor=EDITOR)
    assert one(register, "SELECT text_public FROM report") == 1
    undo_repair(register, revision=done, editor=EDITOR)
    assert one(register, "SELECT text_public || text_licence FROM report") == "0"
    publish_text(register, report_id=1, licence="CC BY 4.0", reason="agreed", editor=EDITOR)
    withhold_text(register, report_id=1, reason="a mistake", editor=EDITOR)
    assert one(register, "SELECT text_public || text_licence FROM report") == "0"


def test_a_note_changes_nothing_and_is_kept(register):
    add(register)
    seen = one(register, "SELECT number FROM data_revision")
    note(register, subject="incident", of="SJ-0001", text="ask the observatory", editor=EDITOR)
    revision = note(register, subject="report", of=1, text="seen on paper", editor=EDITOR)
    assert changes(register, revision) == {("report", "note"): (None, "seen on paper")}
    correct(register, incident="SJ-0001", values={"weapon": "rocket"}, reason="x", editor=EDITOR, seen=seen)


def test_a_preview_says_what_would_become_of_a_report_and_keeps_nothing(register):
    raw = RawReport(TOLD, publisher="A New Paper", published=date(2024, 3, 5), lang="ar")
    assert preview_report(register, raw=raw, reading=read()).incidents == (None,)
    add(register)
    before = one(register, "SELECT number FROM data_revision")
    told = preview_report(register, raw=raw, reading=read())
    assert (told.same, told.incidents) == (None, ("SJ-0001",))
    assert one(register, "SELECT number FROM data_revision") == before
    assert one(register, "SELECT count(*) FROM source WHERE name_en = 'A New Paper'") == 0
    assert one(register, "SELECT count(*) FROM report") == 1
    assert preview_report(register, raw=RawReport(TOLD, publisher="shafaq", lang="ar"), reading=read()).same == 1


def test_a_total_that_an_editor_marked_follows_its_report_there_and_back(register):
    add(register)
    mark_tally(register, report_id=1, span_start=0, span_end=4, tally=Tally("all-syria", 7), editor=EDITOR)
    done = repair(register, published_date="2024-03-09", publisher="sohr", reading=read(published=date(2024, 3, 9)))
    told = "SELECT t.published_date || ' ' || s.slug FROM tally t JOIN source s ON s.id = t.publisher_id WHERE rule = 'editor'"
    assert one(register, told) == "2024-03-09 sohr"
    undo_repair(register, revision=done.revision, editor=EDITOR, reading=read())
    assert one(register, told) == "2024-03-05 shafaq"


def test_a_reading_of_another_day_than_the_report_has_is_refused_and_made_once_more(register, monkeypatch):
    add(register)
    with pytest.raises(OtherDay, match="read as of 2024-03-01, and has 2024-03-05"):
        reread_report(register, report_id=1, reading=read(), published=date(2024, 3, 1))
    days = []

    def slow(words, *, published, **known):
        if not days:
            repair(register, published_date="2024-03-09", reading=read(published=date(2024, 3, 9)))
        days.append(published)
        return extract(words, published=published, **known)

    monkeypatch.setattr("app.intake.extract", slow)
    (done,) = reread(register, READER, [1])
    assert not isinstance(done, RefusedAction)
    assert days == [date(2024, 3, 5), date(2024, 3, 9)]
    assert str(one(register, "SELECT date_start FROM incident")) == "2024-03-08"
