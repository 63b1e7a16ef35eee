import json

import pytest
from sqlalchemy import text

from app import entries
from app.actions.acts import DoneAlready, NewerVersion
from app.actions.editors import add_editor
from app.actions.entries import (
    Alike,
    Signed,
    add_alias,
    add_base_status,
    add_entry,
    remove_alias,
    remove_base_status,
    save_entry,
    undo_entry,
)  # fmt: skip
from app.actions.entry import RefusedFields
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.queries.desk_reference import entry
from app.queries.reference import gazetteer
from app.queries.search import counts
from tests.actions.acts import mention, one, report

BY = Signed(editor="rima", reason="as reported")
SOURCE = {"name_en": "Deir Today", "name_ar": "دير اليوم", "kind": "local_media"}


@pytest.fixture
def register(engine):
    account = {"password_hash": "x", "must_change": False, "admin": None}
    add_editor(engine, name="rima", display_name="Rima", role="admin", **account)
    add_editor(engine, name="nour", display_name="Nour", role="editor", **account)
    return engine


def typed(engine, subject, slug, **other):
    """The form of an entry as it opens, with some fields typed anew."""
    return {**{name: value or "" for name, value in held(engine, subject, slug).items()}, **other}


def held(engine, subject, slug):
    with snapshot(engine) as connection:
        return entry(connection, subject, slug).fields


def save(engine, subject, slug, **other):
    save_entry(engine, subject=subject, slug=slug, typed=typed(engine, subject, slug, **other), by=BY)


def last(engine):
    return one(engine, "SELECT number FROM data_revision")


def changes(engine, revision=None):
    with engine.connect() as connection:
        query = "SELECT field, before, after FROM change WHERE revision = :revision ORDER BY id"
        return [tuple(row) for row in connection.execute(text(query), {"revision": revision or last(engine)})]


def slugs(engine, subject):
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT slug FROM {subject} ORDER BY id")).scalars().all()


@pytest.mark.parametrize("subject", ["base", "source", "actor"])
def test_every_entry_of_the_seeds_can_be_shown_in_its_form_and_sent_back_unchanged(register, subject):
    for slug in slugs(register, subject):
        shown = typed(register, subject, slug)
        assert {name: value or "" for name, value in entries.read_entry(subject, shown).items()} == shown


def test_a_new_source_is_kept_with_all_that_was_typed(register):
    add_entry(
        register, subject="source", slug="deir-today", typed={**SOURCE, "urls": "https://a.example\n\nhttps://b.example"}, by=BY
    )
    assert held(register, "source", "deir-today")["urls"] == "https://a.example\nhttps://b.example"
    assert changes(register)[0] == ("slug", None, "deir-today")
    assert ("name_ar", None, "دير اليوم") in changes(register)
    assert one(register, "SELECT kind FROM act ORDER BY revision DESC LIMIT 1") == "save_source"


@pytest.mark.parametrize("slug", ["", "Deir", "deir_today", "-deir", "deir--today", "none", "new", "x" * 65, "دير"])
def test_a_slug_that_is_malformed_is_refused(register, slug):
    with pytest.raises(RefusedFields) as refused:
        add_entry(register, subject="source", slug=slug, typed=SOURCE, by=BY)
    assert list(refused.value.errors) == ["slug"]


def test_a_slug_that_is_taken_is_refused(register):
    with pytest.raises(RefusedFields, match="taken"):
        add_entry(register, subject="source", slug="sohr", typed=SOURCE, by=BY)


def test_who_does_not_administer_the_register_changes_no_entry(register):
    with pytest.raises(RefusedAction, match="administer"):
        add_entry(register, subject="source", slug="deir-today", typed=SOURCE, by=Signed("nour", "why"))


def test_a_change_needs_its_reason(register):
    with pytest.raises(RefusedFields) as refused:
        add_entry(register, subject="source", slug="deir-today", typed=SOURCE, by=Signed("rima", ""))
    assert list(refused.value.errors) == ["reason"]


def test_one_form_does_nothing_twice(register):
    by = Signed("rima", "why", token="t")
    add_entry(register, subject="source", slug="deir-today", typed=SOURCE, by=by)
    with pytest.raises(DoneAlready):
        add_entry(register, subject="source", slug="deir-today", typed=SOURCE, by=by)


def test_what_somebody_else_changed_since_is_not_saved_over(register):
    seen, shown = last(register), typed(register, "base", "conoco", note="mine")
    save(register, "base", "conoco", note="theirs")
    with pytest.raises(NewerVersion):
        save_entry(register, subject="base", slug="conoco", typed=shown, by=Signed("rima", "why", seen=seen))


def test_saving_keeps_old_and_new_of_each_field_that_changed(register):
    save(register, "base", "conoco", nearest_town="Khasham", in_sohr_breakdown="")
    (town, breakdown) = changes(register)
    assert (town[0], town[2], breakdown) == ("nearest_town", "Khasham", ("in_sohr_breakdown", "yes", None))


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("latitude", {"latitude": "133.5"}),
        ("longitude", {"longitude": "east"}),
        ("longitude", {"longitude": ""}),
        ("geo_precision", {"geo_precision": "3"}),
        ("geo_precision", {"latitude": "", "longitude": ""}),
        ("country", {"country": "Syria"}),
        ("kind", {"kind": "castle"}),
        ("name_en", {"name_en": " "}),
        ("urls", {"urls": "https://a.example\njavascript:alert(1)"}),
        ("point_source", {"point_source": "a page"}),
        ("parent", {"parent": "nowhere"}),
        ("parent", {"parent": "conoco"}),
        ("parent", {"parent": "green-village"}),
    ],
)
def test_what_a_base_cannot_be_is_refused_beside_its_field(register, field, values):
    with pytest.raises(RefusedFields) as refused:
        save(register, "base", "conoco", **values)
    assert list(refused.value.errors) == [field]


def test_numbers_are_read_in_both_scripts(register):
    save(register, "base", "conoco", latitude="٣٥٫٢٥", longitude="40.30", geo_precision="2")
    assert held(register, "base", "conoco")["latitude"] == "35.25"


def test_a_base_under_which_others_are_counted_cannot_be_counted_under_one(register):
    with pytest.raises(RefusedFields, match="counted under al-omar"):
        save(register, "base", "al-omar", parent="conoco")


def test_actors_make_no_ring(register):
    save(register, "actor", "isis", member_of="kataib-hezbollah")
    with pytest.raises(RefusedFields, match="ring"):
        save(register, "actor", "islamic-resistance-in-iraq", member_of="isis")


@pytest.mark.parametrize("host", ["www.syriahr.com", "syriahr.com", "SyriaHR.com"])
def test_a_site_belongs_to_one_source(register, host):
    with pytest.raises(RefusedFields, match="sohr"):
        add_entry(register, subject="source", slug="deir-today", typed={**SOURCE, "host": host}, by=BY)


def test_an_alias_is_kept_with_its_bounds_and_reaches_the_gazetteer(register):
    add_alias(
        register, subject="base", slug="conoco", typed={"alias": "قاعدة الجسر", "lang": "ar", "valid_from": "2023-11-01"}, by=BY
    )
    (change,) = changes(register)
    assert change[:2] == ("alias", None)
    assert json.loads(change[2]) == {"text": "قاعدة الجسر", "lang": "ar", "valid_from": "2023-11-01"}
    with snapshot(register) as connection:
        names = next(one for one in gazetteer(connection).bases if one.slug == "conoco")
    assert str(names.aliases[-1].valid_from) == "2023-11-01"


@pytest.mark.parametrize("alias", ["", "  ", "ـَُ", "ال", "ب", "Al-X", "a\nb", "(Conoco)", "x" * 121])
def test_an_alias_that_is_next_to_nothing_is_refused(register, alias):
    with pytest.raises(RefusedFields) as refused:
        add_alias(register, subject="base", slug="conoco", typed={"alias": alias, "lang": "ar"}, by=BY)
    assert list(refused.value.errors) == ["alias"]


def test_an_alias_that_another_bears_at_the_same_time_is_refused_with_whose_it_is(register):
    bounded = {"alias": "Camp Delta", "lang": "en", "valid_from": "2023-01-01", "valid_to": "2023-12-31"}
    add_alias(register, subject="base", slug="conoco", typed=bounded, by=BY)
    for days in ({}, {"valid_from": "2023-12-31"}, {"valid_to": "2023-06-01"}):
        with pytest.raises(RefusedFields, match="conoco bears this name"):
            add_alias(register, subject="base", slug="al-tanf", typed={"alias": "camp delta", "lang": "en", **days}, by=BY)
    add_alias(register, subject="base", slug="al-tanf", typed={**bounded, "valid_from": "2024-01-01", "valid_to": ""}, by=BY)
    with pytest.raises(RefusedFields, match="sohr"):
        add_alias(register, subject="source", slug="centcom", typed={"alias": "المرصَد السوري", "lang": "ar"}, by=BY)


def test_days_of_an_alias_come_in_order(register):
    days = {"valid_from": "2023-12-31", "valid_to": "2023-01-01"}
    with pytest.raises(RefusedFields) as refused:
        add_alias(register, subject="base", slug="conoco", typed={"alias": "Camp", "lang": "en", **days}, by=BY)
    assert list(refused.value.errors) == ["valid_to"]


def test_an_alias_that_is_not_there_cannot_be_taken_away(register):
    with pytest.raises(RefusedAction, match="has no name"):
        remove_alias(register, subject="base", slug="conoco", alias="Camp", by=BY)


def test_an_event_of_a_base_comes_and_goes(register):
    typed_event = {"date": "2025-05", "event": "the flag is down", "state": "left", "url": "https://a.example"}
    add_base_status(register, slug="conoco", typed=typed_event, by=BY)
    added = one(register, "SELECT max(id) FROM base_status")
    assert json.loads(changes(register)[0][2])["date"] == "2025-05"
    with pytest.raises(RefusedFields):
        add_base_status(register, slug="conoco", typed=typed_event, by=BY)
    remove_base_status(register, slug="conoco", status_id=added, by=BY)
    assert one(register, "SELECT count(*) FROM base_status WHERE event = 'the flag is down'") == 0


@pytest.mark.parametrize("when", ["", "2025", "May 2025", "2025-13", "2025-02-30"])
def test_an_event_needs_a_day_or_a_month(register, when):
    with pytest.raises(RefusedFields) as refused:
        add_base_status(register, slug="conoco", typed={"date": when, "event": "left"}, by=BY)
    assert list(refused.value.errors) == ["date"]


def everything(engine):
    """All that is kept of bases, sources and actors, with the incidents that hang on them."""
    found = {}
    with engine.connect() as connection:
        for table in ("base", "base_alias", "base_status", "source", "source_alias", "actor", "actor_alias", "mention", "claim"):
            # A spelling that comes back has another number.
            left_out = {"id"} if table.endswith(("_alias", "_status")) else set()
            rows = connection.execute(text(f"SELECT * FROM {table}"))
            found[table] = sorted(
                str({name: row._mapping[name] for name in row._mapping if name not in left_out}) for row in rows
            )
        told = "SELECT public_id, base_id, review_status, grading, merged_into_id FROM incident ORDER BY id"
        found["incident"] = [tuple(row) for row in connection.execute(text(told))]
    return found


PARENT = {"parent": "al-omar", "name_ar": "كونيكو", "latitude": "", "longitude": "", "geo_precision": ""}
ACTS = {
    "save": lambda engine: save(
        engine, "base", "conoco", parent="al-omar", name_ar="كونيكو", latitude="", longitude="", geo_precision=""
    ),
    "speaks": lambda engine: save(engine, "source", "sohr", speaks_for="unnamed", kind="media"),
    "member": lambda engine: save(engine, "actor", "isis", member_of="kataib-hezbollah"),
    "add": lambda engine: add_entry(engine, subject="source", slug="deir-today", typed=SOURCE, by=BY),
    "alias": lambda engine: add_alias(engine, subject="base", slug="conoco", typed={"alias": "Camp", "lang": "en"}, by=BY),
    "unalias": lambda engine: remove_alias(engine, subject="base", slug="al-tanf", alias="التنف", by=BY),
    "event": lambda engine: add_base_status(engine, slug="conoco", typed={"date": "2025-05-03", "event": "left"}, by=BY),
}


@pytest.mark.parametrize("act", ACTS)
def test_undo_brings_back_what_stood_before_and_its_own_undo_does_it_again(register, act):
    report(register, 1, mention("conoco", 3, origin="sohr"))
    report(register, 2, mention("al-omar", 3))
    report(register, 3, mention("al-tanf", 3))
    before = everything(register)
    ACTS[act](register)
    done, revision = everything(register), last(register)
    assert done != before
    undo_entry(register, revision=revision, by=Signed("rima", ""))
    assert everything(register) == before
    assert one(register, "SELECT undoes FROM act ORDER BY revision DESC LIMIT 1") == revision
    with pytest.raises(RefusedAction, match="undone already"):
        undo_entry(register, revision=revision, by=BY)
    undo_entry(register, revision=last(register), by=BY)
    assert everything(register) == done


def test_undo_is_refused_where_the_field_was_changed_since(register):
    save(register, "base", "conoco", note="one")
    first = last(register)
    save(register, "base", "conoco", note="two")
    with pytest.raises(RefusedAction, match=f"changed again in revision {last(register)}"):
        undo_entry(register, revision=first, by=BY)


def test_an_entry_in_use_is_not_taken_out(register):
    add_entry(register, subject="source", slug="deir-today", typed=SOURCE, by=BY)
    made = last(register)
    report(register, 1, mention("conoco", 3), publisher="deir-today")
    with pytest.raises(RefusedAction, match="in use"):
        undo_entry(register, revision=made, by=BY)


def test_the_number_of_an_entry_that_was_taken_out_is_never_used_again(register):
    add_entry(register, subject="source", slug="deir-today", typed=SOURCE, by=BY)
    number = one(register, "SELECT id FROM source WHERE slug = 'deir-today'")
    undo_entry(register, revision=last(register), by=BY)
    add_entry(register, subject="source", slug="raqqa-today", typed=SOURCE, by=BY)
    assert one(register, "SELECT id FROM source WHERE slug = 'raqqa-today'") > number


def test_an_act_on_incidents_is_not_undone_here(register):
    report(register, 1, mention("conoco", 3))
    with pytest.raises(RefusedAction, match="no act on a base"):
        undo_entry(register, revision=last(register), by=BY)


def test_whom_a_source_speaks_for_settles_what_quotes_it_anew(register):
    report(register, 1, mention("conoco", 3, origin="rozana"))
    assert one(register, "SELECT grading FROM incident") == "weak"
    save(register, "source", "rozana", speaks_for="attacked")
    assert one(register, "SELECT grading FROM incident") == "confirmed"
    assert ("grading", "weak", "confirmed") in changes(register)


def test_a_parent_brings_the_attacks_of_a_family_together(register):
    report(register, 1, mention("conoco", 3, time_of_day="dawn", weapon="rocket"))
    report(register, 2, mention("al-tanf", 3, time_of_day="dawn", weapon="rocket"), publisher="rozana")
    counted = "SELECT count(*) FROM incident WHERE review_status = 'unreviewed'"
    assert one(register, counted) == 2
    save(register, "base", "conoco", parent="al-tanf")
    together = one(register, counted) + one(register, "SELECT count(*) FROM twin")
    assert together in (1, 3)
    undo_entry(register, revision=last(register), by=BY)
    assert (one(register, counted), one(register, "SELECT count(*) FROM twin")) == (2, 0)


@pytest.mark.parametrize(
    ("act", "sought"),
    [
        (lambda engine: save(engine, "base", "conoco", name_en="Zorba field"), "Zorba"),
        (lambda engine: add_alias(engine, subject="base", slug="conoco", typed={"alias": "Zorba", "lang": "en"}, by=BY), "zorba"),
        (lambda engine: save(engine, "source", "sohr", name_ar="زوربا"), "زوربا"),
    ],
)
def test_incidents_and_reports_are_found_by_the_new_name(register, act, sought):
    report(register, 1, mention("conoco", 3, origin="sohr"))
    with snapshot(register) as connection:
        assert counts(connection, sought) == (0, 0)
    act(register)
    with snapshot(register) as connection:
        assert counts(connection, sought) == (1, 1)


def test_incidents_are_found_by_the_new_name_of_who_claims_them(register):
    report(register, 1, mention("conoco", 3, claimed_by="kataib-hezbollah"))
    save(register, "actor", "kataib-hezbollah", name_en="Zorba brigade")
    with snapshot(register) as connection:
        assert counts(connection, "zorba")[0] == 1


def test_texts_that_read_alike_are_stale_no_more_and_the_others_stay_so(register):
    for number in (1, 2, 3):
        report(register, number, mention("conoco", number))
    alike = Alike("rules-1", "rules-2", seen=last(register), otherwise={2})
    typed_alias = {"alias": "Camp", "lang": "en"}
    report(register, 4, mention("conoco", 4))
    add_alias(register, subject="base", slug="conoco", typed=typed_alias, by=Signed("rima", "why", alike=alike))
    with register.connect() as connection:
        versions = connection.execute(text("SELECT extractor_version FROM report ORDER BY id")).scalars().all()
    # The fourth came after they had been looked at.
    assert versions == ["rules-2", "rules-1", "rules-2", "rules-1"]


def test_what_is_known_of_texts_does_not_hold_once_somebody_else_changed_a_name(register):
    alike = Alike("rules-1", "rules-2", seen=last(register))
    add_alias(register, subject="base", slug="al-tanf", typed={"alias": "Camp", "lang": "en"}, by=BY)
    by = Signed("rima", "why", alike=alike)
    with pytest.raises(RefusedAction, match="just now"):
        add_alias(register, subject="base", slug="conoco", typed={"alias": "Camp Two", "lang": "en"}, by=by)
