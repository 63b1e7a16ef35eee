"""The bitmaps hold what the filter's SQL finds: after any acts, in any order of readers, and in lists of every order."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from app.actions.decisions import reject
from app.actions.editors import add_compiler, add_editor
from app.actions.entries import Signed, save_entry
from app.actions.revision import RefusedAction
from app.db import make_engine, snapshot, transaction
from app.models.tables import INCIDENT
from app.queries.bitmaps import ORDERED, REMEMBERED, STARTED, VALUES, _read, bitmaps
from app.queries.desk_reference import entry
from app.queries.filter import IncidentFilter
from app.queries.kept_bitmaps import keep_bitmaps, kept_bitmaps, place_of, take_up_bitmaps
from app.queries.once import revision_seen
from app.queries.paging import latest_first
from tests.actions.acts import mention, report
from tests.actions.test_identity import EDITOR, act, steps


def held(found):
    """What bitmaps hold, to compare with others; a code that nothing has is none."""
    values = {key: {code: set(ids) for code, ids in codes.items() if ids} for key, codes in found.values.items()}
    ordered = {key: {one: number for one, number in enumerate(of.held.tolist()) if number} for key, of in found.ordered.items()}
    buckets = {key: {at: set(ids) for at, ids in of.buckets.items() if ids} for key, of in found.ordered.items()}
    return values, ordered, buckets


def read_whole(connection):
    return held(_read(connection, revision_seen(connection)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_what_acts_changed_is_read_anew_and_an_earlier_reader_steps_back(new_register, steps):
    engine = new_register()
    add_compiler(engine, name=EDITOR, display_name="a test")
    earlier = []
    for step in steps:
        try:
            act(engine, *step)
        except RefusedAction:
            continue
        reader = engine.connect()
        reader.begin()
        assert held(bitmaps(reader)) == read_whole(reader)
        earlier.append(reader)
    for reader in earlier:
        with reader:
            assert held(bitmaps(reader)) == read_whole(reader)


def test_what_a_writer_sees_is_kept_for_nobody(engine):
    add_compiler(engine, name=EDITOR, display_name="a test")
    report(engine, 1, mention(weapon="drone"))
    with snapshot(engine) as connection:
        before = bitmaps(connection)
    with suppress(ZeroDivisionError), transaction(engine) as session:
        session.connection().execute(INCIDENT.update().values(weapon="rocket", revision=before.revision + 1))
        session.connection().exec_driver_sql("UPDATE data_revision SET number = number + 1")
        assert set(bitmaps(session.connection()).values["weapon"]) == {"rocket"}
        raise ZeroDivisionError
    with snapshot(engine) as connection:
        assert set(bitmaps(connection).values["weapon"]) == {"drone"}


def test_a_revision_that_nobody_remembers_is_read_whole(engine):
    add_compiler(engine, name=EDITOR, display_name="a test")
    report(engine, 1, mention(weapon="drone"))
    with engine.connect() as reader, reader.begin():
        revision_seen(reader)
        for number in range(2, REMEMBERED + 4):
            report(engine, number, mention(weapon="drone"))
            with snapshot(engine) as connection:
                bitmaps(connection)
        assert held(bitmaps(reader)) == read_whole(reader)


def test_a_base_that_is_counted_elsewhere_takes_its_incidents_along(seeded):
    with snapshot(seeded) as connection:
        before = held(bitmaps(connection))
        shown = {name: value or "" for name, value in entry(connection, "base", "conoco").fields.items()}
    add_editor(seeded, name="rima", display_name="Rima", role="admin", password_hash="x", must_change=False, admin=None)
    save_entry(seeded, subject="base", slug="conoco", typed=shown | {"parent": "al-omar"}, by=Signed("rima", "so it is"))
    with snapshot(seeded) as connection:
        assert held(bitmaps(connection)) == read_whole(connection) != before


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr("app.queries.kept_bitmaps.MANY", 1)


def test_a_process_takes_up_what_the_last_one_kept_and_reads_what_has_changed_since(many, seeded):
    keep_bitmaps(seeded)
    add_editor(seeded, name="rima", display_name="Rima", role="admin", password_hash="x", must_change=False, admin=None)
    reject(seeded, incident="SJ-0044", ground="drill", reason="an exercise", editor="rima")
    taken = kept_bitmaps(seeded)
    again = make_engine(seeded.url.render_as_string(hide_password=False))
    take_up_bitmaps(again)
    with snapshot(again) as connection:
        assert held(bitmaps(connection)) == read_whole(connection)
    assert taken.revision < revision_of(again)
    again.dispose()


def test_what_another_register_kept_is_not_taken_up(many, seeded, monkeypatch):
    keep_bitmaps(seeded)
    assert kept_bitmaps(seeded) is not None
    monkeypatch.setattr("app.queries.kept_bitmaps._made_at", lambda _connection, _revision: "2020-01-01T00:00:00Z")
    assert kept_bitmaps(seeded) is None


@pytest.mark.parametrize("spoilt", [b"", b"PK\x03\x04 no such thing", b"nothing"])
def test_a_file_that_is_broken_is_none(many, seeded, spoilt):
    keep_bitmaps(seeded)
    place_of(seeded).write_bytes(spoilt)
    assert kept_bitmaps(seeded) is None


def test_a_file_that_ends_half_way_is_none(many, seeded):
    keep_bitmaps(seeded)
    place_of(seeded).write_bytes(place_of(seeded).read_bytes()[:5000])
    assert kept_bitmaps(seeded) is None


def revision_of(engine):
    with snapshot(engine) as connection:
        return revision_seen(connection)


def listed(connection, chosen):
    ordered = select(INCIDENT.c.id).where(chosen.condition()).order_by(*latest_first(INCIDENT.c.date_start, INCIDENT))
    return list(connection.execute(ordered).scalars())


@pytest.mark.parametrize("key", [None, "base", "precision"])
def test_lists_stand_in_the_order_of_the_register(mixed_engine, key):
    chosen = IncidentFilter() if key is None else IncidentFilter().but(key, {"base": "al-tanf", "precision": "unknown"}[key])
    with snapshot(mixed_engine) as connection:
        found, expected = bitmaps(connection).found(connection, chosen), listed(connection, chosen)
        days = bitmaps(connection).ordered[STARTED]
        assert list(days.latest_first(found)) == expected
        for number, one in enumerate(expected):
            place = days.place(one)
            assert days.number_above(found, place) == number
            assert days.above(found, place) == (expected[number - 1] if number else None)
            assert list(days.latest_first(found, place)) == expected[number + 1 :]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=some.integers(738_000, 739_200))
def test_numbers_are_found_from_and_until_any_day(mixed_engine, day):
    with snapshot(mixed_engine) as connection:
        days = bitmaps(connection).ordered[STARTED]
        assert set(days.since(day)) == {one for one, number in enumerate(days.held.tolist()) if number >= day}
        assert set(days.until(day)) == {one for one, number in enumerate(days.held.tolist()) if 0 < number <= day}


def test_there_is_a_bitmap_of_each_filter_that_takes_codes():
    assert {"base", "publisher", "status"} < VALUES.keys()
    assert {STARTED} < ORDERED.keys()
