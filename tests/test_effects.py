from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app import ROOT, entries, intake
from app.actions.editors import add_editor
from app.actions.entries import Alike, Signed, add_alias, remove_alias, save_entry, undo_entry
from app.actions.reports import reread_report
from app.db import snapshot
from app.effects import effects
from app.entries import Step
from app.extract import Reader, extract
from app.extract.gazetteer import Alias
from app.extract.lexicon import Lexicon
from app.extract.renaming import Renaming
from app.extract.text import Text
from app.queries import desk_reference, reference, reports
from app.reference import seed_gazetteer

SEEDS, WORDS = seed_gazetteer(), Lexicon.load()
CORPUS = [path.read_text("utf-8") for path in sorted((ROOT / "tests" / "corpus" / "dev").glob("*.txt"))]
PUBLISHED = date(2023, 11, 20)
BRIDGE = "قصفت طائرة مسيرة قاعدة الجسر الأبيض شرق سوريا أمس، بحسب المرصد السوري لحقوق الإنسان."
NORTH = "قصفت طائرة مسيرة قاعدة حقل كونيكو شرق سوريا أمس."
CLAIMED = "أعلنت كتائب حزب الله أنها استهدفت بطائرة مسيرة قاعدة التنف جنوب شرق سوريا أمس."
QUOTED = "ذكرت وكالة سانا أن صاروخين سقطا قرب قاعدة الشدادي شرق سوريا أمس."


@pytest.fixture
def register(engine, tmp_path):
    account = {"password_hash": "x", "must_change": False, "admin": None}
    add_editor(engine, name="rima", display_name="Rima", role="admin", **account)
    names = []
    for number, written in enumerate((BRIDGE, NORTH, CLAIMED, QUOTED)):
        names.append(str(tmp_path / f"{number}.txt"))
        Path(names[-1]).write_text(written, "utf-8")
    with snapshot(engine) as connection:
        reader = Reader.of(reference.gazetteer(connection))
    list(intake.ingest(engine, reader, names, {"publisher": "rozana", "published": PUBLISHED, "title": "", "url": ""}))
    return engine


def added(alias, **bounds):
    return Step("alias", None, entries.kept_row({"text": alias, "lang": "ar", **bounds}))


def told(engine, subject, slug, *steps, **bounds):
    with snapshot(engine) as connection:
        return effects(connection, subject, slug, steps, **bounds)


def stale(engine):
    with snapshot(engine) as connection:
        return list(reports.read_otherwise(connection, Reader.of(reference.gazetteer(connection)).version))


def by(found, reason="why"):
    return Signed("rima", reason, alike=Alike(found.before, found.after, found.seen, found.otherwise))


def test_an_alias_changes_those_reports_alone_that_hold_it(register):
    found = told(register, "base", "conoco", added("الجسر الأبيض"))
    assert (found.found, found.read, found.changed, list(found.otherwise)) == (1, 1, 1, [1])
    (one,) = found.shown
    assert (one.report_id, one.published, bool(one.publisher)) == (1, PUBLISHED, True)
    assert any(line.startswith("+ incident") and "conoco" in line for line in one.lines)


def test_an_alias_bound_to_other_days_changes_nothing(register):
    assert told(register, "base", "conoco", added("الجسر الأبيض", valid_from="2024-01-01")).changed == 0


def test_what_changes_no_name_is_said_to_have_no_effects(register):
    assert told(register, "base", "conoco", Step("note", None, "a note")) is None


def test_reports_that_an_alias_does_not_touch_are_not_stale(register):
    found = told(register, "base", "conoco", added("الجسر الأبيض"))
    add_alias(register, subject="base", slug="conoco", typed={"alias": "الجسر الأبيض", "lang": "ar"}, by=by(found))
    assert stale(register) == [1]
    with snapshot(register) as connection:
        reader = Reader.of(reference.gazetteer(connection))
    assert reader.version == found.after
    with snapshot(register) as connection:
        (one,) = desk_reference.texts_read_by(connection, found.before)
    reading = extract(one.text, published=one.published, lang=one.lang, reader=reader)
    reread_report(register, report_id=one.id, reading=reading)
    assert stale(register) == []
    with register.connect() as connection:
        bases = "SELECT b.slug FROM mention m JOIN base b ON b.id = m.base_id WHERE m.report_id < 3 ORDER BY m.report_id"
        assert connection.execute(text(bases)).scalars().all() == ["conoco", "conoco"]


def test_taking_an_alias_away_and_undoing_that_leave_the_rest_as_it_is(register):
    for alias in ("كونيكو", "حقل كونيكو"):
        with snapshot(register) as connection:
            held = desk_reference.entry(connection, "base", "conoco").alias(alias)
        if held is None:
            continue
        found = told(register, "base", "conoco", Step("alias", held, None))
        remove_alias(register, subject="base", slug="conoco", alias=alias, by=by(found))
        assert stale(register) == sorted(found.otherwise)
        with register.connect() as connection:
            revision = connection.execute(text("SELECT number FROM data_revision")).scalar_one()
        with snapshot(register) as connection:
            _subject, _slug, steps = desk_reference.undoing(connection, revision)
        found = told(register, "base", "conoco", *steps)
        undo_entry(register, revision=revision, by=by(found))
        assert 1 not in stale(register)


def test_a_kind_that_changes_who_is_read_as_an_attacker_is_an_effect_too(register):
    with snapshot(register) as connection:
        held = desk_reference.entry(connection, "actor", "kataib-hezbollah").fields
    found = told(register, "actor", "kataib-hezbollah", Step("kind", "organisation", "state_force"))
    assert list(found.otherwise) == [3]
    typed = {name: value or "" for name, value in held.items()} | {"kind": "state_force"}
    save_entry(register, subject="actor", slug="kataib-hezbollah", typed=typed, by=by(found))
    assert stale(register) == [3]


def test_another_origin_alone_is_a_difference_too(register):
    (one,) = told(register, "source", "sana", Step("kind", "state_media", "unclassified")).shown
    assert (one.report_id, one.lines) == (4, ["-   origin by origin.name: “سانا”"])


def test_what_is_not_read_for_the_preview_is_read_again_when_it_is_applied(register):
    found = told(register, "base", "conoco", added("الجسر الأبيض"), most=0)
    assert (found.found, found.read, found.changed, list(found.otherwise)) == (1, 0, 0, [1])


def test_no_more_are_shown_than_a_page_holds(register):
    found = told(register, "base", "conoco", added("الجسر الأبيض"), shown=0)
    assert (found.changed, len(found.shown)) == (1, 0)


_STRETCH = st.builds(
    lambda text_, at, words: " ".join(text_.split()[at : at + words]),
    st.sampled_from(CORPUS), st.integers(0, 60), st.integers(1, 3),
).filter(lambda alias: len(alias) > 3)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["base", "source", "actor"]), _STRETCH, st.data())
def test_a_text_that_is_said_to_read_alike_does_so(subject, alias, data):
    named = {"base": SEEDS.bases, "source": SEEDS.sources, "actor": SEEDS.actors}[subject]
    entry = data.draw(st.sampled_from(named))
    steps = [added(alias)]
    if subject == "base":
        steps = [*steps, Step("parent", entry.parent, data.draw(st.sampled_from([None, "al-omar", "conoco"])))]
    renamed = entries.renamed(SEEDS, subject, entry.slug, steps[: data.draw(st.integers(1, 2))])
    renaming = Renaming(SEEDS, renamed, WORDS)
    then, now = (Reader.of(names, WORDS) for names in (SEEDS, renamed))
    for written in CORPUS[::8]:
        if not renaming.can_change(Text(written), PUBLISHED):
            old, new = (extract(written, published=PUBLISHED, lang=None, reader=reader) for reader in (then, now))
            assert (old.mentions, old.tallies, old.non_strike_events, old.unread) == (
                new.mentions, new.tallies, new.non_strike_events, new.unread,
            )  # fmt: skip


def test_names_as_they_are_foreseen_are_those_that_the_register_has_afterwards(register):
    alias = Alias("الجسر الأبيض", date(2023, 1, 1), None)
    with snapshot(register) as connection:
        names = reference.gazetteer(connection)
    foreseen = entries.renamed(names, "base", "conoco", [added(alias.text, valid_from="2023-01-01")])
    typed = {"alias": alias.text, "lang": "ar", "valid_from": "2023-01-01"}
    add_alias(register, subject="base", slug="conoco", typed=typed, by=Signed("rima", "why"))
    with snapshot(register) as connection:
        assert reference.gazetteer(connection) == foreseen
