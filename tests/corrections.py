"""A CSV as an analyst sends it back, and what is read in it."""

import csv
import io

from app import export
from app.corrections import Sheet, read
from app.queries.filter import IncidentFilter
from app.reference import load

BASES, ACTORS, SOURCES = (sorted(entry["slug"] for entry in load(kind)) for kind in ("bases", "actors", "sources"))
KNOWN = {"bases": BASES, "actors": ACTORS, "sources": SOURCES}
COLUMNS = export.INCIDENT_COLUMNS
HELD = dict.fromkeys(COLUMNS, "") | {
    "event_id": "SJ-0142", "event_date": "2023-11-04", "year": "2023", "date_start": "2023-11-04", "date_end": "2023-11-04",
    "date_precision": "day", "base_id": "al-tanf", "base_name": "al-Tanf", "base_name_ar": "التنف", "latitude": "33.5",
    "weapon": "drone", "attacks_low": "1", "attacks_best": "1", "attacks_high": "1", "munitions_low": "2", "munitions_high": "5",
    "outcome": "unknown", "grading": "weak", "review_status": "unreviewed", "origins": "centcom;sohr",
    "evidence_quote": "'=one\ntwo, “three”", "summary_en": "Drones near قاعدة.", "launched_from": "'-Iraq",
    "updated_at": "2026-11-22T09:00:00Z",
}  # fmt: skip


def of_register(connection) -> dict[str, dict[str, str]]:
    table = export.incidents(connection, IncidentFilter())
    return {row["event_id"]: {column: export.cell(row[column]) for column in COLUMNS} for row in table.rows}


def written(rows, columns=COLUMNS, *, separator=",", encoding="utf-8-sig", end="\r\n") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end)
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return text.getvalue().encode(encoding)


def read_one(changes=(), held=(), columns=COLUMNS) -> Sheet:
    """What is read where one row was taken away as it was `held`, and changed."""
    row = HELD | dict(held)
    return read(written([row | dict(changes)], columns), rows={"SJ-0142": row}, known=KNOWN)


def corrected(changes, held=(), columns=COLUMNS):
    sheet = read_one(changes, held, columns)
    assert sheet.refused == []
    return sheet.corrections.get("SJ-0142", {})


def refused(changes, held=()):
    """The one refused cell."""
    sheet = read_one(changes, held)
    assert sheet.corrections == {}
    (cell,) = sheet.refused
    return cell


def refused_as_a_whole(data: bytes) -> str:
    sheet = read(data, rows={"SJ-0142": HELD}, known=KNOWN)
    (cell,) = sheet.refused
    assert (sheet.corrections, cell.row, cell.column, cell.letters) == ({}, None, "", "")
    assert cell.advice
    return cell.why
