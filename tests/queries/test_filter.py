"""The one filter: what it takes, what it refuses, and that its SQL counts what plain Python counts."""

from collections import defaultdict
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import func, select, update

from app.db import snapshot, transaction
from app.fields import CASUALTIES, COUNTED_STATUSES, DATE_PRECISIONS, GRADINGS, OUTCOMES, TIMES_OF_DAY, WEAPONS
from app.models import words
from app.models.tables import ACTOR, BASE, INCIDENT, INCIDENT_ORIGIN, MENTION, REPORT, SOURCE
from app.queries import counts, incidents, periods, reference
from app.queries.filter import BY_KEY, FILTERS, BadFilter, IncidentFilter
from app.searching import sought

BASES = ("al-tanf", "al-omar", "green-village", "conoco", "kharab-al-jir", "rmelan")
ACTORS = ("islamic-resistance-in-iraq", "iran-backed-militias", "none")
SOURCES = ("sohr", "us-official", "north-press", "rozana")
GOVERNORATES = ("Homs", "Deir ez-Zor", "none")
KNOWN = {
    "base": BASES,
    "governorate": GOVERNORATES,
    "claimed_by": ACTORS,
    "attributed_to": ACTORS,
    "origin": SOURCES,
    "publisher": SOURCES,
}


def of(*pairs, strict=False):
    return IncidentFilter.of(pairs, known=KNOWN, strict=strict)


def test_nothing_chosen_is_everything():
    assert of() == of(("base", ""), ("q", "  "), ("from", "")) == IncidentFilter()
    assert of().query() == ""


def test_a_filter_has_one_address_whatever_the_order():
    one = of(("weapon", "drone"), ("base", "conoco"), ("from", "2023-11-01"), ("base", "al-tanf"), ("base", "conoco"))
    assert one.query() == "?from=2023-11-01&base=conoco&base=al-tanf&weapon=drone"
    assert one.query(after="2023-11-04~7").endswith("&after=2023-11-04~7")


def test_each_value_can_be_taken_away():
    one = of(("base", "conoco"), ("base", "al-tanf"), ("weapon", "drone"))
    assert one.without("base", "conoco").query() == "?base=al-tanf&weapon=drone"
    assert one.but("base").query() == "?weapon=drone"
    assert one.but("to", "2024-01-01").query() == "?to=2024-01-01&base=conoco&base=al-tanf&weapon=drone"


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("from", "yesterday", "no day"),
        ("from", "2023-02-30", "no day"),
        ("to", "20231104", "no day"),
        ("to", "٢٠٢٣-١١-٠٤", "no day"),
        ("base", "atlantis", "not known"),
        ("base", "' OR 1=1 --", "not known"),
        ("weapon", "Drone", "not known"),
        ("status", "rejected", "not known"),
        ("q", "x" * 201, "200 characters"),
        ("q", "a\0b", "NUL"),
    ],
)
def test_a_bad_value_is_told_by_its_key_and_nothing_else_is_lost(key, value, complaint):
    with pytest.raises(BadFilter) as problem:
        of((key, value), ("weapon", "drone"), ("q", "conoco") if key != "q" else ("base", "conoco"))
    assert complaint in problem.value.errors[key]
    assert problem.value.kept.values("weapon") == ("drone",)


def test_an_end_before_its_start_is_told():
    with pytest.raises(BadFilter, match="lies before"):
        of(("from", "2024-01-01"), ("to", "2023-01-01"))


def test_a_key_that_is_no_filter_is_refused_where_a_file_depends_on_it():
    assert of(("utm_source", "x")) == IncidentFilter()
    with pytest.raises(BadFilter, match="no such filter"):
        of(("weapn", "drone"), strict=True)


def test_each_key_stands_once():
    assert len(BY_KEY) == len(FILTERS)


days = some.dates(date(2021, 7, 1), date(2025, 7, 1)).map(date.isoformat)
picked = some.fixed_dictionaries(
    {},
    optional={
        "from": days.map(lambda day: (day,)),
        "to": days.map(lambda day: (day,)),
        "base": some.lists(some.sampled_from(BASES), min_size=1, max_size=3),
        "weapon": some.lists(some.sampled_from(WEAPONS), min_size=1, max_size=3),
        "status": some.lists(some.sampled_from(COUNTED_STATUSES), min_size=1, max_size=2),
        "grading": some.lists(some.sampled_from(GRADINGS[1:]), min_size=1, max_size=2),
        "precision": some.lists(some.sampled_from(DATE_PRECISIONS), min_size=1, max_size=2),
        "governorate": some.lists(some.sampled_from(GOVERNORATES), min_size=1, max_size=2),
        "outcome": some.lists(some.sampled_from(OUTCOMES), min_size=1, max_size=3),
        "time_of_day": some.lists(some.sampled_from((*TIMES_OF_DAY, "unknown")), min_size=1, max_size=3),
        "casualties": some.lists(some.sampled_from(("killed", "injured", "none", "unknown")), min_size=1, max_size=2),
        "claimed_by": some.lists(some.sampled_from(ACTORS), min_size=1, max_size=2),
        "attributed_to": some.lists(some.sampled_from(ACTORS), min_size=1, max_size=2),
        "origin": some.lists(some.sampled_from(SOURCES), min_size=1, max_size=2),
        "publisher": some.lists(some.sampled_from(SOURCES), min_size=1, max_size=2),
        "changed": some.sampled_from((("2020-01-01",), ("2099-01-01",))),
        "q": some.sampled_from((["كونيكو"], ["centcom"], ["sohr", "rocket"], ["%"], ["_"], ["صاروخ"], ["zzz"])),
    },
)
chosen_filters = (
    picked.filter(lambda pick: pick.get("from", ("",))[0] <= pick.get("to", ("9",))[0])
    .map(lambda pick: [(key, value) for key, values in pick.items() for value in values])
    .map(lambda pairs: of(*pairs))
)


class Plain(tuple):
    """The rows and a connection; short to print, which a failing example does with all of it."""

    def __new__(cls, *parts):
        return super().__new__(cls, parts)

    __repr__ = object.__repr__


@pytest.fixture(scope="module")
def plain(mixed_engine):
    """All incidents as plain values with what their filters ask for, and a connection to ask the same of."""
    with snapshot(mixed_engine) as connection:

        def by_id(*columns, table):
            return {row.id: row for row in connection.execute(select(table.c.id, *columns))}

        bases, slugs = by_id(BASE.c.slug, BASE.c.parent_id, BASE.c.governorate, table=BASE), by_id(SOURCE.c.slug, table=SOURCE)
        actors, reports = by_id(ACTOR.c.slug, table=ACTOR), by_id(REPORT.c.publisher_id, REPORT.c.kind, table=REPORT)
        origins, publishers = defaultdict(set), defaultdict(set)
        for incident_id, source_id in connection.execute(select(INCIDENT_ORIGIN)):
            origins[incident_id].add(slugs[source_id].slug)
        for incident_id, report_id in connection.execute(select(MENTION.c.incident_id, MENTION.c.report_id)):
            if reports[report_id].kind != "compilation":
                publishers[incident_id].add(slugs[reports[report_id].publisher_id].slug)
        columns = (words.INCIDENT_WORDS.c[name] for name in ("rowid", *words.COLUMNS))
        found_by = {row.rowid: " ".join(row[1:]).split() for row in connection.execute(select(*columns))}
        rows = []
        for row in connection.execute(select(INCIDENT)):
            base = bases[row.base_id]
            harms = {
                harm: [
                    value
                    for name in CASUALTIES
                    for end in ("low", "high")
                    if name.endswith(harm) and (value := row._mapping[f"{name}_{end}"]) is not None
                ]
                for harm in ("killed", "injured")
            }
            known = harms["killed"] + harms["injured"]
            casualties = {harm for harm, values in harms.items() if any(values)}
            rows.append(
                SimpleNamespace(
                    **row._mapping,
                    base={base.slug, bases[base.parent_id].slug if base.parent_id else base.slug},
                    governorate={base.governorate or "none"},
                    claimed_by={actors[row.claimed_by_id].slug if row.claimed_by_id else "none"},
                    attributed_to={actors[row.attributed_to_id].slug if row.attributed_to_id else "none"},
                    words=found_by[row.id],
                    origin=origins[row.id],
                    publisher=publishers[row.id],
                    casualties=casualties or ({"none"} if known else {"unknown"}),
                )
            )
        yield Plain(rows, connection)


COLUMNS = {"status": "review_status", "precision": "date_precision"}


def answers(found, asked):
    """Whether each of the words asked is among those found, or begins one of them."""
    return bool(asked) and all(any(word.startswith(one.openings) or word in one.forms for word in found) for one in asked)


def holds(row, chosen):
    """The filter in plain Python, as the codebook says it."""

    def has(key, values):
        held = getattr(row, COLUMNS.get(key, key))
        return bool((held if isinstance(held, set) else {held or "unknown"}) & set(values))

    return (
        row.review_status in COUNTED_STATUSES
        and (not chosen.one("from") or (row.date_end is not None and str(row.date_end) >= chosen.one("from")))
        and (not chosen.one("to") or (row.date_start is not None and str(row.date_start) <= chosen.one("to")))
        and row.updated_at >= chosen.one("changed")
        and all(has(row_.key, chosen.values(row_.key)) for row_ in FILTERS if row_.takes == "codes" and chosen.values(row_.key))
        and (not chosen.values("q") or answers(row.words, sought(chosen.one("q"))))
    )


def test_the_plain_incidents_differ_in_all_that_is_filtered(plain):
    rows, _connection = plain
    assert {frozenset(row.casualties) for row in rows} >= {frozenset({"injured"}), frozenset({"unknown"})}
    assert any("none" in row.casualties for row in rows)
    assert all(any(slug in row.origin for row in rows) for slug in SOURCES[:2])
    assert {row.review_status for row in rows} >= set(COUNTED_STATUSES)
    assert {row.date_precision for row in rows} == set(DATE_PRECISIONS)


@settings(max_examples=60, deadline=None)
@given(chosen_filters)
def test_every_number_of_a_page_is_the_same(plain, chosen):
    rows, connection = plain
    sites = reference.sites(connection)
    expected = sorted(row.public_id for row in rows if holds(row, chosen))
    found = incidents.page(connection, chosen, size=500).rows
    assert sorted(row.public_id for row in found) == expected
    assert counts.headline(connection, chosen).total == len(expected)
    assert sum(one.count for one in counts.by_base(connection, chosen, sites)) == len(expected)
    for key, facet in counts.facets(connection, chosen).items():
        for value, count in facet.items():
            narrowed = chosen.but(key, value)
            assert count == sum(bool(holds(row, narrowed)) for row in rows), (key, value)


@settings(max_examples=30, deadline=None)
@given(chosen_filters, some.sampled_from(periods.UNITS), some.sampled_from(sorted(periods.STACKS)))
def test_a_bar_counts_what_its_period_finds(plain, chosen, unit, stack):
    rows, connection = plain
    sites = reference.sites(connection)
    found = periods.by_period(connection, chosen, sites, counts.coverage(connection), stack=stack, unit=unit)
    total = counts.headline(connection, chosen).total
    assert sum(found.counts().values()) >= total - found.loose
    for segment, count in list(found.counts().items())[:10]:
        narrowed = periods.in_segment(segment, chosen, found, sites)
        assert count == sum(bool(holds(row, narrowed)) for row in rows)


def test_the_register_has_incidents_to_count(plain):
    _rows, connection = plain
    assert connection.execute(select(func.count()).select_from(INCIDENT)).scalar_one() >= 144


def test_what_was_changed_on_a_day_is_counted_from_the_syrian_midnight(seeded):
    with transaction(seeded) as session:
        session.connection().execute(
            update(INCIDENT).where(INCIDENT.c.public_id == "SJ-0044").values(updated_at="2099-11-22T22:30:00Z")
        )
    with snapshot(seeded) as connection:
        found = [counts.headline(connection, of(("changed", day))).total for day in ("2099-11-22", "2099-11-23", "2099-11-24")]
    assert found == [1, 1, 0]
