"""Whatever an incident holds can be shown in the form and read back, and whatever is typed is answered."""

from datetime import date, timedelta
from unittest.mock import ANY

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import fields
from app.actions.decisions import correct
from app.fields import GREATEST_COUNT
from app.models.tables import ACTOR, BASE, INCIDENT, SOURCE
from app.reconcile.settling import Said, settle
from app.seed import COMPILER
from app.web.forms import FIELDS, Checked, read, typed_of
from tests.forms import BY_NAME, KNOWN, reading

DAY = st.dates(date(2015, 1, 1), date(2024, 5, 1))
COUNTED = st.integers(0, GREATEST_COUNT)
LINE = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")) | st.just(" "), max_size=40).map(str.strip)


@st.composite
def incidents(draw):
    """What an incident may hold, as its settled fields have it."""
    held = {one.field: draw(st.none() | st.sampled_from(one.codes)) for one in FIELDS if one.kind == "choice"}
    held |= {one.field: draw(st.none() | st.sampled_from(sorted(KNOWN[one.of]))) for one in FIELDS if one.kind == "slug"}
    held |= {"claimed_by": draw(st.none() | st.just("iran-backed-militias")), "base": held["base"] or fields.UNSPECIFIED}
    for name in fields.RANGES:
        low, high = sorted((draw(COUNTED), draw(COUNTED)))
        held |= {f"{name}_low": draw(st.sampled_from((None, str(low)))), f"{name}_high": draw(st.sampled_from((None, str(high))))}
    attacks = sorted(draw(st.lists(st.integers(1, GREATEST_COUNT), min_size=3, max_size=3)))
    held |= zip(("attacks_low", "attacks_best", "attacks_high"), map(str, attacks), strict=True)
    line = LINE.filter(lambda text: text != "unknown").map(lambda text: text or None)
    held |= {field: draw(line) for field in ("launched_from", "summary_en", "summary_ar")}
    start = draw(st.none() | DAY)
    end = start and start + timedelta(days=draw(st.integers(0, 5)))
    precision = None if start is None else "day" if start == end else "range"
    return held | {
        "date_start": start and start.isoformat(), "date_end": end and end.isoformat(), "date_precision": precision,
    }  # fmt: skip


@settings(deadline=None)
@given(incidents())
def test_reading_what_is_shown_gives_the_values_back(held):
    shown = {field: typed_of(field, value) for field, value in held.items()}
    assert reading(shown) == Checked(held, {}, ANY)
    assert reading(shown, held=held).changed == {}


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(BY_NAME)), st.text(st.characters() | st.characters(categories=("Cs",)))), st.text())
def test_nothing_that_is_typed_raises(typed, reason):
    checked = reading(typed, reason=reason)
    assert checked.values.keys() == set(fields.CORRECTED_FIELDS)
    assert checked.errors.keys() <= typed.keys() | {"date_start", "date_end", "date_precision"}


@settings(deadline=None)
@given(st.sampled_from(sorted(BY_NAME)), st.text(st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩ ,.-/٬٫\u00a0\u200fnovتشرينالثاني")))
def test_nothing_that_looks_like_a_value_raises(field, text):
    checked = reading({field: text})
    again = reading({field: typed_of(field, checked.values[field])})
    assert checked.errors or again.values == checked.values


@settings(deadline=None)
@given(incidents(), incidents())
def test_what_is_corrected_settles_as_it_was_read(held, typed):
    claims = [Said(field, text, True, False, 0) for field, text in held.items() if text is not None and field != "grading"]
    checked = reading({field: typed_of(field, text) for field, text in typed.items()}, held=held)
    assert checked.errors == {}
    settled = settle(claims, {field: text for field, text in checked.changed.items() if field != "grading"})
    assert {field: typed_of(field, text) for field, text in settled.items()} == {
        field: typed_of(field, checked.values[field]) for field in settled
    }


# ── On the register ───────────────────────────────────────────────────────────────────────────────────────────────────


def held_by(engine):
    """What each incident of a register holds, by public id, and the slugs that are known."""
    with engine.connect() as rows:
        slugs = {table.name: dict(rows.execute(select(table.c.id, table.c.slug)).all()) for table in (BASE, ACTOR, SOURCE)}
        incidents = rows.execute(select(INCIDENT)).all()
    named = {"base": "base", "claimed_by": "actor", "attributed_to": "actor", "attributed_by": "source"}
    held = {
        row.public_id: {
            field: slugs[named[field]].get(row._mapping[f"{field}_id"]) if field in named else as_text(row._mapping[field])
            for field in fields.INCIDENT_FIELDS
        }
        for row in incidents
    }
    return held, {f"{name}s": set(by_id.values()) for name, by_id in slugs.items()}


def as_text(value):
    return None if value is None else str(value)


def test_each_incident_of_the_seeds_can_be_shown_and_sent_back(mixed_engine, monkeypatch):
    monkeypatch.undo()  # the seeds are of days behind that of the other tests
    incidents, known = held_by(mixed_engine)
    for held in incidents.values():
        shown = {field: typed_of(field, value) for field, value in held.items()}
        checked = read(shown, known=known, published=None, held=held)
        assert (checked.errors, checked.changed) == ({}, {})


def test_an_incident_of_which_all_is_taken_back_can_be_corrected_so(seeded):
    incidents, known = held_by(seeded)
    incident, held = next((name, held) for name, held in incidents.items() if held["date_start"] and held["us_injured_low"])
    checked = read({one.field: "" for one in FIELDS}, known=known, published=None, held=held)
    correct(seeded, incident=incident, values=checked.changed, reason="a test", editor=COMPILER)
    now, _ = held_by(seeded)
    assert {field: typed_of(field, value) for field, value in now[incident].items()} == {
        field: typed_of(field, checked.values[field]) for field in now[incident]
    }
