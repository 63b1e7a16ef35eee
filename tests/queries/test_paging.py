import pytest

from app.actions.reports import add_report
from app.db import snapshot
from app.extract.values import Claim, Extraction, Mention
from app.ingest import RawReport
from app.queries import incidents, reports
from app.queries.filter import IncidentFilter
from app.queries.paging import BadCursor


def add_undated(engine, count):
    for number in range(count):
        mention = Mention((Claim("base", "conoco", "compiled"),), ref=f"undated-{number}")
        raw = RawReport(None, kind="page", publisher="sohr", url=f"https://a.example/{number}")
        add_report(engine, raw=raw, reading=Extraction("compiled", mentions=(mention,)))


@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages_by_key_give_each_incident_once_in_order(seeded, size):
    add_undated(seeded, 3)
    with snapshot(seeded) as connection:
        whole = [row.public_id for row in incidents.page(connection, IncidentFilter(), size=500).rows]
        found, after = [], ""
        while True:
            page = incidents.page(connection, IncidentFilter(), size=size, after=after)
            assert len(page.rows) <= size
            found += [row.public_id for row in page.rows]
            if page.next is None:
                break
            after = page.next
    assert found == whole
    assert len(set(found)) == len(found)


def test_rows_are_the_same_however_few_of_them_are_kept(seeded, monkeypatch):
    with snapshot(seeded) as connection:
        whole = incidents.page(connection, IncidentFilter(), size=500).rows
    monkeypatch.setattr(incidents, "MOST_LISTED", 3)
    with snapshot(seeded) as connection:
        for places in ([0, 1], [1, 2, 0], [4, 3, 2, 1, 0], [2, 4]):
            rows = [whole[place] for place in places]
            assert incidents.listed(connection, [row.id for row in rows]) == rows


def test_reports_without_a_day_come_last(seeded):
    with snapshot(seeded) as connection:
        days = [row.published_date for row in reports.page(connection, size=500).rows]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated, reverse=True)
    assert days == dated + [None] * (len(days) - len(dated))


@pytest.mark.parametrize(
    "cursor", ["x", "2023-11-04", "~", "2023-13-04~7", "2023-11-04~٧", "2023-11-04~-1", "~99999999999999999999"]
)
def test_a_place_that_is_none_is_refused(engine, cursor):
    with snapshot(engine) as connection, pytest.raises(BadCursor):
        incidents.page(connection, IncidentFilter(), size=5, after=cursor)


@pytest.mark.parametrize("pairs", [(), (("base", "conoco"),), (("weapon", "rocket"), ("from", "2024-01-01"))])
def test_neighbours_are_those_of_the_list_at_every_place(seeded, pairs):
    add_undated(seeded, 3)
    chosen = IncidentFilter.of(pairs, known={"base": ("conoco",)})
    with snapshot(seeded) as connection:
        listed = [row.public_id for row in incidents.page(connection, chosen, size=500).rows]
        found = [incidents.neighbours(connection, chosen, public_id) for public_id in listed]
    assert len(listed) > 5
    expected = zip(range(1, len(listed) + 1), [None, *listed], [*listed[1:], None], strict=False)
    assert [(one.place, one.above, one.below) for one in found] == list(expected)
    assert {one.total for one in found} == {len(listed)}


def test_what_a_filter_does_not_find_has_no_neighbours_in_it(seeded):
    with snapshot(seeded) as connection:
        rejected = incidents.uncounted(connection)[0].public_id
        assert incidents.neighbours(connection, IncidentFilter(), rejected) is None
        assert incidents.neighbours(connection, IncidentFilter(), "SJ-9999") is None


def test_reports_stand_beside_those_published_before_and_after_them(seeded):
    with snapshot(seeded) as connection:
        listed = [row.id for row in reports.page(connection, size=500).rows]
        found = [reports.report(connection, number) for number in listed]
    assert [one.later for one in found] == [None, *listed[:-1]]
    assert [one.earlier for one in found] == [*listed[1:], None]
