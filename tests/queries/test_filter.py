"""The one filter: what it takes, what it refuses, and that its SQL counts what plain Python counts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import func, select

from app.db import make_engine, snapshot
from app.extract.folding import fold
from app.fields import COUNTED_STATUSES, GRADINGS, WEAPONS
from app.models.tables import BASE, INCIDENT
from app.queries import counts, incidents, reference
from app.queries.filter import BY_KEY, FILTERS, BadFilter, IncidentFilter

BASES = ("al-tanf", "al-omar", "green-village", "conoco", "kharab-al-jir", "rmelan")


def of(*pairs, strict=False):
    return IncidentFilter.of(pairs, bases=BASES, strict=strict)


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
        "precision": some.lists(some.sampled_from(("day", "range")), min_size=1, max_size=2),
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
def plain(seeded_file):
    """All incidents as plain values, with the site above each base, and a connection to ask the same of."""
    engine = make_engine(f"sqlite:///{seeded_file}")
    with snapshot(engine) as connection:
        parent = BASE.alias()
        rows = connection.execute(
            select(INCIDENT, BASE.c.slug.label("base"), parent.c.slug.label("parent"))
            .join(BASE, BASE.c.id == INCIDENT.c.base_id)
            .outerjoin(parent, parent.c.id == BASE.c.parent_id)
        ).all()
        yield Plain(rows, connection)
    engine.dispose()


def holds(row, chosen):
    """The filter in plain Python, as the design says it."""
    words = [word for value in chosen.values("q") for word in fold(value).split()]
    return (
        row.review_status in COUNTED_STATUSES
        and (not chosen.one("from") or (row.date_end is not None and str(row.date_end) >= chosen.one("from")))
        and (not chosen.one("to") or (row.date_start is not None and str(row.date_start) <= chosen.one("to")))
        and (not chosen.values("base") or {row.base, row.parent} & set(chosen.values("base")))
        and (not chosen.values("weapon") or row.weapon in chosen.values("weapon"))
        and (not chosen.values("status") or row.review_status in chosen.values("status"))
        and (not chosen.values("grading") or row.grading in chosen.values("grading"))
        and (not chosen.values("precision") or row.date_precision in chosen.values("precision"))
        and all(word in row.search_text for word in words)
    )


@settings(max_examples=150, deadline=None)
@given(chosen_filters)
def test_every_number_of_a_page_is_the_same(plain, chosen):
    rows, connection = plain
    sites = reference.sites(connection)
    expected = sorted(row.public_id for row in rows if holds(row, chosen))
    found = incidents.page(connection, chosen, size=500).rows
    assert sorted(row.public_id for row in found) == expected
    assert counts.headline(connection, chosen).total == len(expected)
    assert sum(one.count for one in counts.by_base(connection, chosen, sites)) == len(expected)
    for key, facet in counts.facets(connection, chosen, sites).items():
        for value, count in facet.items():
            narrowed = chosen.but(key, value)
            assert count == sum(bool(holds(row, narrowed)) for row in rows), (key, value)


@settings(max_examples=40, deadline=None)
@given(chosen_filters)
def test_a_bar_counts_what_its_week_finds(plain, chosen):
    rows, connection = plain
    sites = reference.sites(connection)
    weeks = counts.by_week(connection, chosen, sites)
    total = counts.headline(connection, chosen).total
    assert sum(weeks.counts.values()) >= total - weeks.loose
    for (week, slug), count in list(weeks.counts.items())[:10]:
        narrowed = counts.in_week(week, chosen, weeks)
        site_rows = [row for row in rows if holds(row, narrowed) and slug in (row.base, row.parent)]
        assert count == len(site_rows)


def test_the_register_has_incidents_to_count(plain):
    _rows, connection = plain
    assert connection.execute(select(func.count()).select_from(INCIDENT)).scalar_one() >= 144
