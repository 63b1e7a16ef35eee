"""A CSV that is no correction of the register is refused, each row and column with its place and what to do."""

import pytest

from app import export, sheets
from app.actions.decisions import correct, merge, reject
from app.actions.revision import RefusedAction
from app.corrections import MOST_REFUSED, read
from app.fields import GROUNDS
from app.language import ARABIC, speaking
from app.seed import COMPILER
from tests.corrections import COLUMNS, HELD, KNOWN, refused, written


def test_with_one_refused_cell_nothing_is_asked_for():
    rows = {event: HELD | {"event_id": event} for event in ("SJ-0001", "SJ-0002")}
    file = b"event_id,weapon,outcome\nSJ-0001,rocket,hit\nSJ-0002,sword,gone\n"
    sheet = read(file, rows=rows, known=KNOWN)
    assert (sheet.corrections, [cell.letters for cell in sheet.refused]) == ({}, ["B", "C"])


@pytest.mark.parametrize(
    ("header", "column", "placed", "why"),
    [
        (b"event_id,Weapon", "Weapon", "B", "has a column Weapon"),
        (b"event_id,weapon,report_ref", "report_ref", "C", "has a column report_ref"),
        (b"event_id,weapon,weapon", "weapon", "C", "stands twice"),
        (b"event_id;weapon;event_id", "event_id", "C", "stands twice"),
        (b"weapon,outcome", "event_id", "", "no column event_id"),
        (b"\nevent_id,weapon", "event_id", "", "no column event_id"),
    ],
)
def test_a_header_is_refused_by_the_name_of_the_column(header, column, placed, why):
    (cell,) = read(header + b"\nSJ-0142,rocket,hit\n", rows={"SJ-0142": HELD}, known=KNOWN).refused
    assert (cell.row, cell.column, cell.letters) == (1, column, placed)
    assert why in cell.why


def test_a_column_without_name_and_cells_is_nothing():
    sheet = read(b"event_id,weapon,,\nSJ-0142,rocket,,\n", rows={"SJ-0142": HELD}, known=KNOWN)
    assert sheet.corrections == {"SJ-0142": {"weapon": "rocket"}}


@pytest.mark.parametrize("file", [b"event_id,,weapon\nSJ-0142,note,rocket\n", b"event_id,weapon\nSJ-0142,rocket,note\n"])
def test_a_cell_without_a_column_is_refused(file):
    (cell,) = read(file, rows={"SJ-0142": HELD}, known=KNOWN).refused
    assert (cell.found, cell.column) == ("note", "")


def test_a_row_that_ends_early_empties_nothing():
    (cell,) = read(b"event_id,weapon,munitions_low\nSJ-0142,rocket\n", rows={"SJ-0142": HELD}, known=KNOWN).refused
    assert (cell.row, cell.column, cell.letters, cell.found) == (2, "munitions_low", "C", "")
    sheet = read(b"event_id,weapon,summary_ar\nSJ-0142,rocket\n", rows={"SJ-0142": HELD}, known=KNOWN)
    assert sheet.corrections == {"SJ-0142": {"weapon": "rocket"}}


@pytest.mark.parametrize(
    ("events", "row", "why"),
    [
        (["SJ-9999"], 2, "no incident with this public id"),
        ([""], 2, "no public id"),
        (["SJ-0142", "SJ-0142"], 3, "Row 2 has the same incident."),
    ],
)
def test_a_row_that_is_of_no_incident_is_refused(events, row, why):
    file = "event_id,weapon\n" + "".join(f"{event},drone\n" for event in events)
    (cell,) = read(file.encode(), rows={"SJ-0142": HELD}, known=KNOWN).refused
    assert (cell.row, cell.column, cell.found) == (row, "event_id", events[-1])
    assert why in cell.why


def test_rejected_and_merged_incidents_are_refused_each_with_its_reason(seeded):
    reject(seeded, incident="SJ-0100", ground=GROUNDS[0], reason="a drill", editor=COMPILER)
    merge(seeded, incident="SJ-0101", into="SJ-0102", editor=COMPILER)
    with seeded.connect() as connection:
        of_two = [row for event in ("SJ-0100", "SJ-0101") for row in export.incident(connection, event).rows]
    held = {row["event_id"]: {column: export.cell(row[column]) for column in COLUMNS} for row in of_two}
    sheet = read(written(held.values()), rows=held, known=KNOWN)
    assert [cell.why for cell in sheet.refused] == ["The incident was rejected.", "The incident was merged into another."]
    with pytest.raises(RefusedAction):
        correct(seeded, incident="SJ-0101", values={"weapon": None}, reason="no", editor=COMPILER)


def test_a_withdrawn_incident_is_refused():
    assert "withdrawn" in refused({"weapon": "rocket"}, {"review_status": "withdrawn"}).why


HEAD = b"event_id,weapon\n"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"PK\x03\x04\x14\x00", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "workbook"),
        (HEAD + "SJ-0142,قصف".encode("windows-1256"), "not in UTF-8"),
        (HEAD.decode().encode("utf-16-le"), "binary"),
        (HEAD.decode().encode("utf-32"), "binary"),
        (b"\xff\xfea", "not in UTF-8"),
        (HEAD + b'SJ-0142,"rock', "Behind row 1 the file breaks off"),
        (HEAD + b'SJ-0142,drone\n\n"a"b,c', "Behind row 3 the file breaks off"),
        (HEAD + b"SJ-0142," + b"a" * 200_000, "breaks off"),
        (b"a" * 200_000, "breaks off"),
        (b"," * 2_000, "more than 1,000 columns"),
        (HEAD + b"," * 20_000_000, "more than 20 MB"),
        (HEAD + b"SJ-0142,drone\n" + b"\n,\n" * 5 + b"x,\n" * sheets.MOST_ROWS, "more than 100,000 rows"),
    ],
    ids=range(15),
)
def test_what_is_no_csv_of_ours_is_refused_as_a_whole(monkeypatch, data, why):
    monkeypatch.setattr("app.corrections.MOST_REFUSED", sheets.MOST_ROWS * 2)
    sheet = read(data, rows={"SJ-0142": HELD}, known=KNOWN)
    assert sheet.corrections == {}
    assert why in sheet.refused[-1].why
    assert sheet.refused[-1].row is None


def test_a_workbook_is_told_to_be_saved_as_csv():
    (cell,) = read(b"PK\x03\x04", rows={}, known=KNOWN).refused
    assert cell.advice == "Save it as CSV UTF-8, and choose that file."


def test_no_more_is_listed_than_anybody_reads():
    file = HEAD + b"SJ-9999,drone\n" * (MOST_REFUSED + 7)
    sheet = read(file, rows={"SJ-0142": HELD}, known=KNOWN)
    assert (len(sheet.refused), sheet.is_cut, sheet.corrections) == (MOST_REFUSED, True, {})


def test_what_is_wrong_is_said_in_the_language_that_is_spoken():
    with speaking(ARABIC):
        cell = refused({"munitions_high": "3.5"})
    assert "١٬٠٠٠٬٠٠٠" in cell.why
    assert cell.why != refused({"munitions_high": "3.5"}).why
