"""The sample behind the report card: how it is drawn, and that a reading is kept once and for good."""

import random
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import text

from app.actions.acts import DoneAlready
from app.actions.reports import add_report
from app.actions.revision import RefusedAction
from app.actions.sampling import draw, finish_reading
from app.db import transaction
from app.extract import Reader, extract
from app.ingest import RawReport
from app.models import Editor
from app.reference import seed_gazetteer
from tests.actions.acts import one

READER = Reader.of(seed_gazetteer())
TOLD = "قصفت طائرة مسيرة قاعدة التنف مساء أمس، بحسب المرصد السوري لحقوق الإنسان. {}"
ATTACK = {
    "base": "al-tanf", "date": "2024-03-04", "date_end": None, "time_of_day": "evening", "weapon": "drone", "munitions_min": 1,
    "munitions_max": 1, "claimed_by": None, "attributed_to": None, "intercepted": None, "casualties_reported": None,
    "status": "reported", "evidence": "", "origins": ["sohr"],
}  # fmt: skip


def annotation(*incidents):
    return {"id": "1", "lang": "ar", "published": None, "incidents": [*incidents], "tallies": [], "non_strike_events": []}


def add(engine, number, publisher="sohr"):
    raw = RawReport(TOLD.format("كلمة " * number), publisher=publisher, published=date(2024, 3, 5), lang="ar")
    reading = extract(raw.text, published=raw.published, lang="ar", reader=READER)
    return add_report(engine, raw=raw, reading=reading).report_id


@pytest.fixture
def register(engine):
    """A register with four texts, and two editors beside who administers it."""
    with transaction(engine) as session:
        for name, role in (("rima", "admin"), ("nour", "editor"), ("sami", "editor"), ("adam", "editor")):
            session.add(Editor(name=name, display_name=name.title(), role=role))
    for number in range(4):
        add(engine, number)
    return engine


def drawn(engine, number, **details):
    return draw(engine, number=number, editor="rima", reader=READER, **details)


def test_each_text_is_drawn_once(register):
    assert sorted(drawn(register, 3, chance=random.Random(1)) + drawn(register, 3, chance=random.Random(2))) == [1, 2, 3, 4]
    with pytest.raises(RefusedAction, match="every text"):
        drawn(register, 1)


def test_every_text_is_as_likely_as_any_other(register):
    with register.connect() as connection:
        population = connection.execute(text("SELECT id FROM report")).scalars().all()
    chosen = Counter()
    for seed in range(200):
        chosen += Counter(drawn(register, 1, chance=random.Random(seed)))
        with transaction(register) as session:
            session.connection().execute(text("DELETE FROM sample"))
    # 50 are expected of each; one in a million of fair draws leaves these bounds, and the seeds are the same each time.
    assert chosen.keys() == set(population)
    assert all(20 < times < 80 for times in chosen.values())


def test_a_text_that_several_published_is_one_text(register):
    add(register, 0, publisher="shafaq")
    assert len(drawn(register, 9, chance=random.Random(1))) == 4


def test_what_has_no_text_is_not_drawn(register):
    with transaction(register) as session:
        session.connection().execute(text("UPDATE report SET text = NULL WHERE id = 2"))
    assert sorted(drawn(register, 9)) == [1, 3, 4]


def test_so_many_are_read_by_two(register):
    drawn(register, 4, twice=1)
    assert one(register, "SELECT sum(twice) FROM sample") == 1


def test_drawing_changes_nothing_of_the_register(register):
    before = one(register, "SELECT number FROM data_revision")
    drawn(register, 2)
    assert one(register, "SELECT number FROM data_revision") == before


def test_a_form_that_is_sent_twice_draws_once(register):
    assert len(drawn(register, 1, drawn=0)) == 1
    assert drawn(register, 1, drawn=0) == []


def test_the_reading_of_the_machine_is_kept_as_of_the_draw(register):
    drawn(register, 1, chance=random.Random(1))
    with register.connect() as connection:
        found, version = connection.execute(text("SELECT found, extractor_version FROM sample")).one()
    assert version == READER.version
    assert '"base": "al-tanf"' in found
    assert '"published": "2024-03-05"' in found


@pytest.mark.parametrize("numbers", [(0, 0), (51, 0), (2, 3), (2, -1)])
def test_a_draw_out_of_bounds_is_refused(register, numbers):
    with pytest.raises(RefusedAction, match="draw 1 to 50"):
        drawn(register, numbers[0], twice=numbers[1])


def test_only_who_administers_draws(register):
    with pytest.raises(RefusedAction, match="administer"):
        draw(register, number=1, editor="nour", reader=READER)


def finish(engine, report, editor="nour", told=None, **details):
    finish_reading(engine, report=report, editor=editor, annotation=told or annotation(ATTACK), **details)


def test_a_finished_reading_is_an_act_of_its_own(register):
    (report,) = drawn(register, 1, chance=random.Random(1))
    before = one(register, "SELECT number FROM data_revision")
    finish(register, report)
    assert one(register, "SELECT number FROM data_revision") == before + 1
    assert one(register, "SELECT kind FROM act ORDER BY revision DESC LIMIT 1") == "read_sample"


def test_a_reading_cannot_be_changed(register):
    (report,) = drawn(register, 1)
    finish(register, report)
    with pytest.raises(RefusedAction, match="already; a reading cannot be changed"):
        finish(register, report, told=annotation())
    assert one(register, "SELECT count(*) FROM sample_reading") == 1


def test_who_had_begun_may_finish_beside_another_and_nobody_after(register):
    (report,) = drawn(register, 1)
    finish(register, report)
    finish(register, report, "sami")
    with pytest.raises(RefusedAction, match="two editors"):
        finish(register, report, "adam")


def test_a_form_that_is_sent_twice_is_done_already(register):
    (report,) = drawn(register, 1)
    finish(register, report, token="once")
    with pytest.raises(DoneAlready):
        finish(register, report, token="once")


def test_a_report_that_was_not_drawn_is_not_read(register):
    (report,) = drawn(register, 1)
    with pytest.raises(RefusedAction, match="was not drawn"):
        finish(register, report % 4 + 1)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"incidents": []}, "lacks `id`"),
        (annotation(ATTACK | {"base": "nowhere"}), "nothing is called 'nowhere'"),
        (annotation(ATTACK | {"origins": ["nobody-known"]}), "nothing is called 'nobody-known'"),
        (annotation(ATTACK | {"munitions_min": 1.5}), "munitions_min"),
    ],
)
def test_a_reading_that_says_what_the_register_does_not_know_is_refused(register, told, why):
    (report,) = drawn(register, 1)
    before = one(register, "SELECT number FROM data_revision")
    with pytest.raises(RefusedAction, match=why):
        finish(register, report, told=told)
    assert one(register, "SELECT number FROM data_revision") == before
