"""A CSV that was taken away comes back as corrections: what a spreadsheet does to it is told from what an analyst did."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app import export, sheets
from app.actions.decisions import correct_many
from app.corrections import DAYS, FIELDS, SLUGS, Sheet, read
from app.fields import CODES, GREATEST_COUNT, INCIDENT_FIELDS, LONGEST_TEXT, UNSPECIFIED
from app.queries.filter import IncidentFilter
from app.reconcile.settling import ORDERED
from app.seed import COMPILER
from tests.corrections import COLUMNS, HELD, KNOWN, corrected, of_register, read_one, refused, written


@pytest.fixture(scope="module")
def register(mixed_engine) -> dict[str, dict[str, str]]:
    with mixed_engine.connect() as connection:
        return of_register(connection)


def test_all_that_can_be_corrected_has_a_column():
    assert set(FIELDS) < set(COLUMNS)
    assert set(FIELDS.values()) == {*INCIDENT_FIELDS, "grading"}


@settings(max_examples=25, deadline=None)
@given(some.data())
def test_a_register_that_comes_back_as_it_was_taken_away_changes_nothing(register, data):
    others = some.lists(some.sampled_from([one for one in COLUMNS if one != "event_id"]), unique=True)
    columns = data.draw(some.permutations(["event_id", *data.draw(others)]))
    file = written(
        data.draw(some.permutations(list(register.values()))),
        columns,
        separator=data.draw(some.sampled_from(",;\t")),
        encoding=data.draw(some.sampled_from(("utf-8", "utf-8-sig", "utf-16"))),
        end=data.draw(some.sampled_from(("\r\n", "\n", "\r"))),
    )
    assert read(file, rows=register, known=KNOWN) == Sheet({}, [])


def test_what_the_export_itself_writes_changes_nothing(mixed_engine, register):
    with mixed_engine.connect() as connection:
        file = "".join(export.lines(export.incidents(connection, IncidentFilter()))).encode()
    assert read(file, rows=register, known=KNOWN) == Sheet({}, [])


ONE_LINE = some.text(some.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Cs", "Cn", "Co")), max_size=60)


def is_readable(text: str) -> bool:
    """Whether a text says nothing of a spreadsheet that lost it, nor what the guard against formulas would hide."""
    return text == text.strip() and not any(mark in text for mark in "?#'ØÙ\ufffd")


def another(row, field: str):
    """Values that could stand in this field of a row, without a thought for what it holds."""
    if field in CODES:
        return some.sampled_from([*CODES[field], "", "unknown"])
    if field in SLUGS:
        return some.sampled_from([*KNOWN[SLUGS[field]], ""])
    if field in ("date_start", "date_end"):
        near = date.fromisoformat(row[field] or "2023-11-04")
        return some.one_of(some.just(""), some.integers(-40, 40).map(lambda days: (near + timedelta(days)).isoformat()))
    if field.endswith(("_low", "_best", "_high")):
        return some.one_of(some.just(""), some.integers(0, GREATEST_COUNT).map(str), some.integers(0, 9).map(str))
    return ONE_LINE.filter(is_readable)


@settings(max_examples=300, deadline=None)
@given(some.data())
def test_one_other_cell_is_that_correction_or_is_refused(register, data):
    event = data.draw(some.sampled_from(sorted(register)))
    column = data.draw(some.sampled_from(sorted(FIELDS)))
    row, field = register[event], FIELDS[column]
    value = data.draw(another(row, field))
    sheet = read(written([row | {column: export.cell(value)}]), rows=register, known=KNOWN)
    expected = meant(field, value)
    if expected == meant(field, row[column]):
        assert sheet == Sheet({}, [])
    elif sheet.refused:
        assert not fits(row | {field: value}, field)
        assert [(cell.row, cell.column) for cell in sheet.refused] == [(2, column)] * len(sheet.refused)
    else:
        asked = dict(sheet.corrections[event])
        if field == "date_start":
            assert {one: asked.pop(one, None) for one in DAYS[1:]} == {one: row[one] for one in DAYS[1:]}
        assert fits(row | {field: value}, field)
        assert (list(sheet.corrections), asked) == ([event], {field: expected})


def meant(field: str, cell: str) -> str | None:
    """The value that a cell is. `unknown` is one among the sources: those whom a report does not name."""
    unknown = UNSPECIFIED if field == "base" else None
    return unknown if not cell or (field in CODES and cell == "unknown") else cell


def fits(row, field: str) -> bool:
    """Whether a value can stand beside the others of its row."""
    if field in DAYS:
        start, end, precision = (row[one] for one in DAYS)
        if not start or not end:
            return (start, end) == ("", "") and precision in ("", "unknown")
        shared = {"range": 0, "year": 4, "month": 7, "day": 10}.get(precision)
        return shared is not None and start <= end and start[:shared] == end[:shared] and (start < end or shared == 10)
    group = next((names for names in ORDERED if field in names), ())
    counts = [int(row[one]) for one in group if row[one]]
    return counts == sorted(counts) and (not field.startswith("attacks") or (len(counts) == len(group) and counts[0] > 0))


@settings(max_examples=200, deadline=None)
@given(some.one_of(some.binary(max_size=200), some.text(max_size=200).map(str.encode)))
def test_any_bytes_are_answered(data):
    read(data, rows={"SJ-0142": HELD}, known=KNOWN)
    read(b"event_id,base_id,summary_en\r\n" + data, rows={"SJ-0142": HELD}, known=KNOWN)


@settings(max_examples=300, deadline=None)
@given(some.dictionaries(some.sampled_from(COLUMNS), some.text(some.characters(codec="utf-8"), max_size=12), max_size=3))
def test_any_cells_are_answered_all_or_nothing(changes):
    sheet = read(written([HELD | changes], encoding="utf-8"), rows={"SJ-0142": HELD}, known=KNOWN)
    assert not (sheet.corrections and sheet.refused)


def test_what_is_read_can_be_stored_and_is_then_what_the_file_says(seeded):
    with seeded.connect() as connection:
        rows = of_register(connection)
    spans = next(event for event, row in rows.items() if row["date_precision"] == "range")
    wanted = {
        "SJ-0142": {"weapon": "drone", "base_id": "", "attacks_best": "2", "attacks_high": "3", "claimed_by": ""},
        "SJ-0100": {"munitions_low": "٣", "munitions_high": "4.0", "summary_ar": "سطر\nآخر", "launched_from": "'=1+1"},
        "SJ-0101": {"date_start": "", "date_end": "", "date_precision": "", "grading": "fair", "outcome": "hit"},
        spans: {"date_start": "2023-10-30"},
    }
    columns = ["event_id", *FIELDS]
    file = written([rows[event] | cells for event, cells in wanted.items()], columns, separator=";")
    sheet = read(file, rows=rows, known=KNOWN)
    assert sheet.refused == []
    assert set(sheet.corrections) == set(wanted)
    correct_many(seeded, values=sheet.corrections, reason="checked", editor=COMPILER)
    with seeded.connect() as connection:
        now = of_register(connection)
    asked = {"base_id": UNSPECIFIED, "munitions_low": "3", "munitions_high": "4", "date_precision": "unknown"}
    for event, cells in wanted.items():
        said = {column: asked.get(column, cell) for column, cell in cells.items()}
        assert {column: now[event][column] for column in FIELDS} == {column: rows[event][column] for column in FIELDS} | said
    assert read(file, rows=now, known=KNOWN) == Sheet({}, [])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"weapon": "rocket"}, {"weapon": "rocket"}),
        ({"weapon": ""}, {"weapon": None}),
        ({"weapon": "unknown"}, {"weapon": None}),
        ({"outcome": ""}, {}),
        ({"time_of_day": "unknown"}, {}),
        ({"base_id": "conoco"}, {"base": "conoco"}),
        ({"base_id": ""}, {"base": UNSPECIFIED}),
        ({"attributed_by": "unknown"}, {"attributed_by": "unknown"}),
        ({"grading": "fair"}, {"grading": "fair"}),
        ({"grading": ""}, {"grading": None}),
        ({"munitions_low": "٣"}, {"munitions_low": "3"}),
        ({"munitions_low": "۳٫۰"}, {"munitions_low": "3"}),
        ({"munitions_low": "3.00"}, {"munitions_low": "3"}),
        ({"munitions_low": "2.0"}, {}),
        ({"munitions_low": "\u200f2 "}, {}),
        ({"munitions_low": ""}, {"munitions_low": None}),
        ({"munitions_low": "", "munitions_high": ""}, {"munitions_low": None, "munitions_high": None}),
        ({"us_killed_low": "0"}, {"us_killed_low": "0"}),
        ({"summary_en": ""}, {"summary_en": None}),
        ({"summary_ar": "سطر\r\nآخر"}, {"summary_ar": "سطر\nآخر"}),
        ({"summary_en": "'=1+1"}, {"summary_en": "=1+1"}),
        ({"summary_en": "'Ain Issa"}, {"summary_en": "'Ain Issa"}),
        ({"summary_en": "What? Where?"}, {"summary_en": "What? Where?"}),
        ({"launched_from": "-Iraq"}, {}),
        ({"evidence_quote": "=one\r\ntwo, “three” "}, {}),
        ({"latitude": "33.50"}, {}),
        ({"latitude": "33,5"}, {}),
        ({"date_end": "2023-11-05", "date_precision": "range"}, {"date_end": "2023-11-05", "date_precision": "range"}),
    ],
)  # fmt: skip
def test_a_cell_that_says_something_else_is_a_correction(changes, expected):
    assert corrected(changes) == expected


def test_a_first_day_takes_the_others_along_as_they_stand_in_the_row():
    span = {"date_end": "2023-11-30", "date_start": "2023-11-01", "date_precision": "month"}
    assert corrected({"date_start": "2023-11-02"}, span) == span | {"date_start": "2023-11-02"}


def test_a_month_that_is_not_over_ends_later_than_today(monkeypatch):
    monkeypatch.setattr("app.corrections.today", lambda: date(2023, 11, 6))
    month = {"date_start": "2023-11-01", "date_end": "2023-11-30", "date_precision": "month"}
    assert corrected(month) == month
    assert "has not come yet" in refused(month | {"date_precision": "range"}).why


def test_a_column_that_is_not_in_the_file_stays_as_it_is():
    assert corrected({"munitions_low": "3"}, columns=("munitions_low", "event_id")) == {"munitions_low": "3"}
    sheet = read_one({"munitions_low": "6"}, columns=("munitions_low", "event_id"))
    assert [cell.why for cell in sheet.refused] == ["6 in munitions_low is more than 5 in munitions_high."]


DAY, WHOLE = "no day as the register writes it", "no whole number"


@pytest.mark.parametrize(
    ("changes", "column", "why"),
    [
        ({"date_start": "04/11/2023"}, "date_start", DAY),
        ({"date_end": "45234"}, "date_end", DAY),
        ({"date_end": "4.11.2023"}, "date_end", DAY),
        ({"date_end": "2023-11-04 00:00:00"}, "date_end", DAY),
        ({"date_end": "2023-11-31"}, "date_end", DAY),
        ({"event_date": "04/11/2023"}, "event_date", DAY),
        ({"event_date": "2023-11-05"}, "event_date", "follows from others"),
        ({"date_end": "2099-11-04", "date_precision": "range"}, "date_precision", "2099-11-04 has not come yet"),
        ({"date_start": "2099-11-04", "date_end": "2099-11-04"}, "date_end", "2099-11-04 has not come yet"),
        ({"munitions_high": "3.5"}, "munitions_high", WHOLE),
        ({"munitions_high": "3,0"}, "munitions_high", WHOLE),
        ({"munitions_high": "1,000"}, "munitions_high", WHOLE),
        ({"munitions_high": "-1"}, "munitions_high", WHOLE),
        ({"munitions_high": "'-1"}, "munitions_high", WHOLE),
        ({"munitions_high": "five"}, "munitions_high", WHOLE),
        ({"munitions_high": "1000001"}, "munitions_high", WHOLE),
        ({"munitions_high": "1E+03"}, "munitions_high", WHOLE),
        ({"attacks_low": "0"}, "attacks_low", WHOLE),
        ({"attacks_low": ""}, "attacks_low", WHOLE),
        ({"weapon": "Drones"}, "weapon", "code"),
        ({"grading": "discounted"}, "grading", "code"),
        ({"base_id": "nowhere"}, "base_id", "Nothing in the register"),
        ({"claimed_by": "sohr"}, "claimed_by", "Nothing in the register"),
        ({"attributed_by": "nobody"}, "attributed_by", "Nothing in the register"),
        ({"summary_en": "a\tb"}, "summary_en", "control character"),
        ({"launched_from": "a\nb"}, "launched_from", "control character"),
        ({"summary_en": "a\u202eb"}, "summary_en", "control character"),
        ({"summary_en": "a" * (LONGEST_TEXT + 1)}, "summary_en", "more than 2,000 characters"),
        ({"event_type": "Battles"}, "event_type", "follows from others"),
        ({"number_of_reports": "7"}, "number_of_reports", "follows from others"),
        ({"review_status": "accepted"}, "review_status", "follows from others"),
        ({"origins": "sohr"}, "origins", "follows from others"),
        ({"latitude": ""}, "latitude", "follows from others"),
        ({"base_name_ar": "?????"}, "base_name_ar", "follows from others"),
        ({"updated_at": "2026-11-01T09:00:00Z", "number_of_reports": "1"}, "updated_at", "settled anew"),
        ({"attacks_low": "2"}, "attacks_low", "2 in attacks_low is more than 1 in attacks_best"),
        ({"attacks_best": "2"}, "attacks_best", "2 in attacks_best is more than 1 in attacks_high"),
        ({"munitions_low": "7", "munitions_high": "6"}, "munitions_high", "7 in munitions_low is more than 6"),
        ({"date_end": "2023-11-03"}, "date_end", "lies before"),
        ({"date_end": ""}, "date_end", "one is known and the other is not"),
        ({"date_end": "2023-11-05"}, "date_end", "precision day does not fit"),
        ({"date_precision": "month"}, "date_precision", "precision month does not fit"),
        ({"date_precision": ""}, "date_precision", "precision unknown does not fit"),
        ({"date_start": "", "date_end": ""}, "date_end", "precision day does not fit"),
        ({"date_start": "2023-10-31", "date_precision": "month"}, "date_precision", "precision month does not fit"),
        ({"date_start": "2022-12-31", "date_precision": "year"}, "date_precision", "precision year does not fit"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_refused_with_its_place_and_what_to_do(changes, column, why):
    cell = refused(changes)
    place = COLUMNS.index(column)
    assert (cell.row, cell.column, cell.letters) == (2, column, sheets.letters(place))
    assert cell.found == changes[column].replace("\r", "")[: sheets.SHOWN]
    assert why in cell.why
    assert cell.advice


def test_days_that_a_spreadsheet_rewrote_come_with_the_way_to_keep_them():
    assert refused({"date_end": "45234"}).advice == (
        "Write it as 2023-11-04. To keep days as they are, import the file and set their columns to Text."
    )


@pytest.mark.parametrize(
    "lost", ["Drones near ?????.", "??? ????", "هجوم \ufffd", "#NAME?", "########", "Ù‡Ø¬ÙˆÙ…", "قصف".encode().decode("latin-1")]
)  # fmt: skip
def test_a_text_that_a_program_lost_is_no_correction(lost):
    assert "lost the letters" in refused({"summary_en": lost}).why


def test_columns_are_lettered_as_in_a_spreadsheet():
    assert [sheets.letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_rows_are_numbered_as_in_a_spreadsheet():
    held = {f"SJ-000{n}": HELD | {"event_id": f"SJ-000{n}"} for n in range(1, 4)}
    file = b'event_id,summary_en,weapon\n\nSJ-0001,"one\ntwo",drone\n,,\nSJ-0002,,sword\n'
    (cell,) = read(file, rows=held, known=KNOWN).refused
    assert (cell.row, cell.letters, cell.found) == (5, "C", "sword")
