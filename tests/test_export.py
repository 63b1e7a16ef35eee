import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import export
from app.actions.reports import add_report
from app.db import snapshot
from app.extract.values import Claim, Extraction, Mention
from app.ingest import RawReport
from app.queries import reference, rows
from app.queries.filter import BY_KEY, IncidentFilter


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (0, "0"),
        (35.15, "35.15"),
        (date(2023, 11, 4), "2023-11-04"),
        ("التنف", "التنف"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+963", "'+963"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (["sohr", "centcom"], "sohr;centcom"),
        (["=a", "b"], "'=a;b"),
        ([], ""),
        ({"a": None, "b": None}, "a;b"),
    ],
)
def test_a_cell_is_plain_and_runs_nothing(value, expected):
    assert export.cell(value) == expected


D = date


@pytest.mark.parametrize(
    ("precision", "start", "end", "event_date", "time_precision", "date_prec"),
    [
        ("day", D(2023, 11, 4), D(2023, 11, 4), D(2023, 11, 4), 1, 1),
        ("range", D(2023, 11, 4), D(2023, 11, 5), D(2023, 11, 4), 2, 2),
        ("range", D(2023, 11, 4), D(2023, 11, 9), D(2023, 11, 4), 2, 2),
        ("range", D(2023, 11, 4), D(2023, 11, 10), D(2023, 11, 4), 2, 3),
        ("range", D(2023, 10, 29), D(2023, 11, 5), D(2023, 10, 29), 3, 4),
        ("month", D(2023, 11, 1), D(2023, 11, 30), None, 3, 4),
        ("year", D(2023, 1, 1), D(2023, 12, 31), None, None, 5),
        ("unknown", None, None, None, None, None),
    ],
)
def test_precision_of_days_follows_acled_and_ucdp(precision, start, end, event_date, time_precision, date_prec):
    found = export.dates(precision, start, end)
    assert (found["event_date"], found["time_precision"], found["date_prec"]) == (event_date, time_precision, date_prec)
    assert found["year"] == (start.year if start else None)


def test_a_table_is_one_csv_however_many_rows_it_has():
    count = export.CHUNK * 2 + 1
    text = "".join(export.lines(export.Table(("a", "b"), ({"a": n, "b": 'x,"y"\nz'} for n in range(count)))))
    assert text.startswith("\ufeffa,b\r\n")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["a"] for row in rows] == [str(n) for n in range(count)]
    assert {row["b"] for row in rows} == {'x,"y"\nz'}


@given(st.lists(st.text(alphabet="a ,;'\"\\r\\n\\t=\u2028ق", max_size=8), min_size=2, max_size=4))
def test_a_line_is_what_the_standard_library_writes(texts):
    held = io.StringIO()
    csv.writer(held).writerow([export.cell(text) for text in texts])
    assert ",".join(export.text(text) for text in texts) + export.END == held.getvalue()


CHOSEN = {"": "", "from": "2023-11-01", "to": "2024-01-31", "changed": "2020-01-01", "q": "conoco"}


def whole(connection, chosen):
    return "".join(export.lines(export.incidents(connection, chosen)))


@pytest.mark.parametrize("key", ["", *BY_KEY])
def test_incidents_written_fast_are_what_the_plain_way_writes(mixed_engine, key):
    with snapshot(mixed_engine) as connection:
        codes = [CHOSEN[key]] if key in CHOSEN else [*(reference.names(connection).codes.get(key) or BY_KEY[key].codes)]
        for code in codes:
            chosen = IncidentFilter(((key, (code,)),) if key else ())
            assert "".join(export.incident_lines(connection, chosen)) == whole(connection, chosen)


def test_hostile_texts_are_written_fast_as_the_plain_way_writes_them(engine, monkeypatch):
    monkeypatch.setattr(rows, "CHUNK", 2)
    monkeypatch.setattr(rows, "MOST_KNOWN", 1)
    monkeypatch.setattr(export, "MOST_CELLS", 1)
    for number, text in enumerate(("=1+1", "a,b", 'say "x"', "two\nlines", "-5", "@x;y", "plain", "'", "٢٠")):
        fields = (("base", "conoco"), ("date_start", f"2024-{number + 1:02d}-01"))
        claims = (*(Claim(name, value, "compiled") for name, value in fields), Claim("launched_from", text, "compiled"))
        raw = RawReport(None, kind="page", publisher="sohr", url=f"https://a.example/{number};{text}")
        add_report(engine, raw=raw, reading=Extraction("v,1", mentions=(Mention(claims, ref=f"m{number}"),)))
    with snapshot(engine) as connection:
        found = whole(connection, IncidentFilter())
        assert "".join(export.incident_lines(connection, IncidentFilter())) == found
    read = list(csv.DictReader(io.StringIO(found.removeprefix(export.BOM), newline="")))
    assert {"'=1+1", "a,b", 'say "x"', "two\nlines", "'-5"} <= {row["launched_from"] for row in read}


def test_a_table_without_rows_has_its_header():
    assert list(export.lines(export.Table(("a", "b"), []))) == ["\ufeffa,b\r\n"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_geojson_is_one_collection_however_many_features_it_has(count):
    row = {"event_id": "SJ-0001", "longitude": 38.6, "latitude": None, "day": date(2023, 11, 4), "origins": ["a;b", "c"]}
    found = json.loads("".join(export.geojson(export.Table(("day", "origins"), [row] * count))))
    feature = {"type": "Feature", "id": "SJ-0001", "geometry": None, "properties": {"day": "2023-11-04", "origins": ["a;b", "c"]}}
    assert found == {"type": "FeatureCollection", "features": [feature] * count}


def test_a_point_has_its_longitude_first():
    row = {"event_id": "SJ-0001", "longitude": 38.6, "latitude": 33.5}
    assert export.feature(row, ())["geometry"] == {"type": "Point", "coordinates": [38.6, 33.5]}


def test_a_file_is_named_by_the_day_that_it_is_in_syria(monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2025, 3, 1, 22, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("app.clock.datetime", Clock)
    assert export.file_name("incidents", 7) == "sijill-incidents-r7-2025-03-02.csv"
