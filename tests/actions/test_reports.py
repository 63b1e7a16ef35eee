"""Storing reports: identity, merging, and all or nothing."""

from datetime import date

import pytest
from sqlalchemy import text

from app.actions.reports import add_report
from app.actions.revision import RefusedAction
from app.extract import Reader, extract
from app.extract.values import Claim, Extraction, Mention, Tally
from app.ingest import RawReport
from app.reference import seed_gazetteer

TOLD = "قصفت طائرة مسيرة قاعدة التنف مساء أمس، بحسب المرصد السوري لحقوق الإنسان."
READER = Reader.of(seed_gazetteer())


def add(engine, words=TOLD, published=date(2024, 3, 5), **details):
    raw = RawReport(words, published=published, **{"publisher": "sohr", "lang": "ar"} | details)
    return add_report(engine, raw=raw, reading=extract(words, published=published, lang="ar", reader=READER))


def compiled(*claims, **details):
    return Extraction("compiled", mentions=(Mention(tuple(Claim(f, v, "compiled") for f, v in claims), **details),))


def one(engine, statement):
    with engine.connect() as connection:
        return connection.execute(text(statement)).scalar_one()


def test_a_report_is_stored_with_its_incident_and_its_words(engine):
    added = add(engine)
    assert (added.duplicate, added.incidents, added.new_incidents) == (False, ("SJ-0001",), ("SJ-0001",))
    with engine.connect() as connection:
        incident = connection.execute(text("SELECT * FROM incident")).one()
        origin = connection.execute(text("SELECT slug FROM incident_origin JOIN source ON source.id = source_id")).scalar_one()
    assert (incident.date_start, incident.time_of_day, incident.weapon) == ("2024-03-04", "evening", "drone")
    assert (incident.review_status, incident.number_of_reports, origin) == ("unreviewed", 1, "sohr")


def test_the_same_report_again_changes_nothing(engine):
    first = add(engine)
    before = one(engine, "SELECT number FROM data_revision")
    again = add(engine, "  " + TOLD.replace("مسيرة", "مسيّرة"), published=date(2024, 3, 9))
    assert (again.duplicate, again.report_id, again.incidents) == (True, first.report_id, first.incidents)
    assert one(engine, "SELECT number FROM data_revision") == before
    assert one(engine, "SELECT count(*) FROM report") == 1


def test_the_same_text_of_another_publisher_is_a_copy_and_tells_of_the_same_incident(engine):
    first = add(engine)
    copy = add(engine, publisher="shafaq")
    assert (copy.duplicate, copy.incidents, copy.new_incidents) == (False, first.incidents, ())
    assert one(engine, "SELECT copy_of_id FROM report ORDER BY id DESC LIMIT 1") == first.report_id
    assert one(engine, "SELECT number_of_reports FROM incident") == 2


def test_two_reports_of_one_attack_are_one_incident_under_either_name_of_its_site(engine):
    day = ("date_start", "2024-03-04")
    for number, base in enumerate(("al-omar", "green-village")):
        raw = RawReport(None, kind="page", publisher="sohr", url=f"https://a.example/{number}")
        add_report(engine, raw=raw, reading=compiled(("base", base), day))
    assert one(engine, "SELECT count(*) FROM incident") == 1


def test_a_report_without_a_publication_day_keeps_its_days_open(engine):
    add(engine, published=None)
    assert one(engine, "SELECT count(*) FROM report WHERE published_date IS NULL") == 1
    assert one(engine, "SELECT date_start FROM incident") is None
    assert one(engine, "SELECT date_precision FROM incident") == "unknown"


@pytest.mark.parametrize(
    ("named", "url", "slug"),
    [
        ("sohr", "", "sohr"),
        ("Rozana Radio", "", "rozana"),
        ("روزنة", "", "rozana"),
        ("www.syriahr.com", "", "sohr"),
        ("", "https://www.syriahr.com/en/1/", "sohr"),
        ("", "https://syriahr.com/en/1/", "sohr"),
        ("", "https://nobody.example/1", "unknown"),
        ("", "", "unknown"),
        ("Fox Press", "", "fox-press"),
    ],
)
def test_a_publisher_is_found_by_any_of_its_names(engine, named, url, slug):
    add(engine, publisher=named, url=url)
    assert one(engine, "SELECT slug FROM source JOIN report ON source.id = publisher_id") == slug


def test_a_new_publisher_is_one_source_however_often_it_comes(engine):
    add(engine, publisher="وكالة جديدة")
    add(engine, TOLD + " وأكدت مصادر ذلك.", publisher="وكالة جديدة")
    assert one(engine, "SELECT count(*) FROM source WHERE name_en = 'وكالة جديدة'") == 1


def test_names_that_look_alike_in_latin_are_sources_of_their_own(engine):
    for number, name in enumerate(("قناة 24", "موقع 24", "Sohr!", "وكالة CNN الجديدة")):
        add(engine, f"{TOLD} {number}", publisher=name)
    assert one(engine, "SELECT count(DISTINCT publisher_id) FROM report") == 4
    assert one(engine, "SELECT count(*) FROM report r JOIN source s ON s.id = publisher_id WHERE s.slug IN ('sohr', 'cnn')") == 0


def test_a_new_publisher_does_not_own_the_host_of_its_page(engine):
    add(engine, publisher="My Channel", url="https://t.example/1")
    add(engine, TOLD + " ثم هدوء.", publisher="", url="https://t.example/2")
    assert one(engine, "SELECT slug FROM source s JOIN report r ON s.id = publisher_id ORDER BY r.id DESC LIMIT 1") == "unknown"


def test_a_copy_without_a_day_tells_of_its_originals_incident(engine):
    first = add(engine, published=None)
    assert add(engine, published=None, publisher="shafaq").incidents == first.incidents


@pytest.mark.parametrize(
    "reading",
    [
        compiled(("base", "atlantis")),
        compiled(("base", "conoco"), ("claimed_by", "nobody")),
        compiled(("base", "conoco"), tells_of="19000101-conoco-1"),
        Extraction("compiled", tallies=(Tally("all-syria", 1, counter="nobody"),)),
    ],
)
def test_a_reading_that_names_what_the_register_does_not_know_leaves_nothing(engine, reading):
    before = one(engine, "SELECT number FROM data_revision")
    with pytest.raises(RefusedAction):
        add_report(engine, raw=RawReport(None, kind="page", publisher="new one", url="https://a.example/"), reading=reading)
    assert one(engine, "SELECT count(*) FROM report") == one(engine, "SELECT count(*) FROM incident") == 0
    assert one(engine, "SELECT count(*) FROM source WHERE slug = 'new-one'") == 0
    assert one(engine, "SELECT number FROM data_revision") == before


def test_each_act_raises_the_revision_by_one(engine):
    before = one(engine, "SELECT number FROM data_revision")
    add(engine)
    assert one(engine, "SELECT number FROM data_revision") == before + 1
    assert one(engine, "SELECT revision FROM incident") == before + 1
