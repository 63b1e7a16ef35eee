"""What a search finds, in which order, and how little of a text it shows."""

from datetime import date

import pytest
from sqlalchemy import text

from app.actions.decisions import merge, reject
from app.actions.editors import add_compiler
from app.actions.reports import add_report, reread_report
from app.db import snapshot
from app.extract.values import Claim, Extraction, Mention
from app.ingest import RawReport
from app.queries import search as searching
from app.queries.search import search
from app.queries.snippets import WORDS
from tests.actions.acts import mention, placed, reading, report


def found(engine, typed, **how):
    with snapshot(engine) as connection:
        return search(connection, typed, **how)


def titles(engine, typed):
    return [hit.report.title for hit in found(engine, typed).reports]


def add(engine, words, *, title="", publisher="sohr", published=None, licence=""):
    raw = RawReport(words, publisher=publisher, title=title, published=published, lang="ar", text_licence=licence)
    return add_report(engine, raw=raw, reading=Extraction("rules-1"))


def shown(hit):
    return "".join(piece.text for piece in hit.excerpt.pieces)


def test_a_report_is_found_by_its_text_its_title_its_publisher_and_the_bases_it_tells_of(engine):
    report(engine, 1, mention("kharab-al-jir"))
    add(engine, "هجوم على القاعدة", title="Nightly news", publisher="The Zephyr Post")
    assert found(engine, "abcdefgh").report_count == 1
    assert found(engine, "خراب الجير").report_count == 1
    assert titles(engine, "nightly") == titles(engine, "Zephyr") == titles(engine, "هجوم") == ["Nightly news"]


def test_a_title_counts_for_more_than_a_text(engine):
    add(engine, "drone drone drone here and there", title="b")
    add(engine, "something here and there", title="drone a")
    assert titles(engine, "drone") == ["drone a", "b"]


def test_of_equals_the_latest_published_stands_first(engine):
    for day in (3, 7, 5):
        add(engine, f"drone {day}", title=str(day), published=date(2023, 11, day))
    assert titles(engine, "drone") == ["7", "5", "3"]


@pytest.mark.parametrize("licence", ["", "CC BY 4.0"])
def test_a_text_leaves_in_at_most_25_words(engine, licence):
    add(engine, " ".join(["word"] * 60 + ["drone"] + ["word"] * 60), licence=licence)
    (hit,) = found(engine, "drone word").reports
    assert len(shown(hit).split()) == WORDS
    assert "text" not in hit.report._mapping
    assert hit.excerpt.is_cut_before
    assert hit.excerpt.is_cut_after


def test_a_page_without_a_text_shows_what_it_states(engine):
    stated = Mention((Claim("base", "conoco", "compiled"),), base_as_written="Conoco", stated="Five rockets fell near the field.")
    raw = RawReport(None, kind="page", publisher="sohr", url="https://a.example/")
    add_report(engine, raw=raw, reading=Extraction("compiled", mentions=(stated,)))
    (hit,) = found(engine, "rocket").reports
    assert shown(hit) == "Conoco: Five rockets fell near the field."


def test_where_only_a_name_was_found_no_words_are_shown(engine):
    add(engine, "هجوم", publisher="The Zephyr Post")
    assert found(engine, "zephyr").reports[0].excerpt is None


def test_pages_hold_each_report_once_and_have_an_end(engine, monkeypatch):
    monkeypatch.setattr(searching, "PAGES", 2)
    for number in range(25):
        add(engine, f"drone {number}", title=str(number))
    one, two, three = (found(engine, "drone", page=page) for page in (1, 2, 3))
    assert (one.report_count, one.pages) == (25, 2)
    seen = [hit.report.id for page in (one, two) for hit in page.reports]
    assert len(seen) == len(set(seen)) == 20
    assert not three.reports


def test_of_common_words_those_of_a_title_come_first_and_the_latest_and_all_are_counted(engine, monkeypatch):
    monkeypatch.setattr(searching, "RANKED", 3)
    for number, title in enumerate(("drone 0", "1", "drone 2", "3", "4")):
        add(engine, f"drone drone {number}", title=title)
    assert found(engine, "drone").report_count == 5
    assert titles(engine, "drone") == ["drone 2", "drone 0", "4", "3", "1"]
    assert titles(engine, "4 drone") == ["4"]


def test_what_does_not_count_is_not_found(engine):
    add_compiler(engine, name="tester", display_name="a test")
    for number, base in enumerate(("conoco", "al-tanf", "al-omar")):
        report(engine, number, mention(base))
    assert found(engine, "syrian observatory").incident_count == 3
    reject(engine, incident="SJ-0001", ground="drill", reason="a drill", editor="tester")
    merge(engine, incident="SJ-0002", into="SJ-0003", editor="tester")
    after = found(engine, "syrian observatory")
    assert (after.incident_count, [row.public_id for row in after.incidents]) == (1, ["SJ-0003"])


def test_what_is_read_anew_is_found_by_its_new_bases_and_no_longer_by_the_former(engine):
    added = report(engine, 1, mention("conoco"))
    assert found(engine, "كونيكو").report_count == 1
    reread_report(engine, report_id=added.report_id, reading=reading(placed(mention("al-tanf"), 0)))
    assert found(engine, "كونيكو").report_count == 0
    assert found(engine, "التنف").report_count == 1


def test_a_report_that_is_refused_leaves_no_words(engine):
    with pytest.raises(Exception, match="no base"):
        report(engine, 1, mention("atlantis"))
    assert found(engine, "abcdefgh").report_count == 0
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM report_words")).scalar_one() == 0


@pytest.mark.parametrize("typed", ["", " ", "؟", '"', "***", "zzzz"])
def test_where_nothing_is_asked_or_found_there_is_nothing(seeded_engine, typed):
    nothing = found(seeded_engine, typed)
    assert (nothing.incident_count, nothing.report_count, nothing.pages) == (0, 0, 0)
    assert not nothing.incidents
    assert not nothing.reports


def test_everything_of_the_seeds_has_its_words(seeded_engine):
    with seeded_engine.connect() as connection:
        for table in ("incident", "report"):
            missing = f"SELECT count(*) FROM {table} WHERE id NOT IN (SELECT rowid FROM {table}_words)"
            assert connection.execute(text(missing)).scalar_one() == 0
