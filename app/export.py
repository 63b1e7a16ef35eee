"""Columns → CSV that Excel opens in Arabic and that runs no formulas, GeoJSON and JSON; each holds all that the filter finds."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from app.clock import today
from app.fields import CASUALTIES, GUARDED
from app.queries import rows as reading
from app.queries.filter import IncidentFilter

BOM = "\ufeff"
"""Tells Excel that the file is UTF-8; without it Arabic arrives broken."""
JOINT = ";"
END = "\r\n"
CHUNK = 200
"""Rows written at once."""
MOST_CELLS = 20_000
"""Combinations of values whose cells are remembered."""

Row = Mapping[str, Any]
Values = tuple[Any, ...]

INCIDENT_COLUMNS = (
    "event_id", "event_date", "year", "time_precision", "date_start", "date_end", "date_prec", "date_precision", "time_of_day",
    "event_type", "sub_event_type", "base_id", "base_name", "base_name_ar", "admin1", "country", "iso", "latitude", "longitude",
    "geo_precision", "where_prec", "weapon", "attacks_low", "attacks_best", "attacks_high", "munitions_low", "munitions_high",
    "launched_from", "claimed_by", "attributed_to", "attributed_by", "outcome",
    *(f"{name}_{end}" for name in CASUALTIES for end in ("low", "high")),
    "grading", "review_status", "number_of_reports", "number_of_origins", "origins", "report_urls", "evidence_quote",
    "summary_en", "summary_ar", "extractor_version", "updated_at",
)  # fmt: skip
MENTION_COLUMNS = (
    "report_ref", "base_id", "date_start", "event_id", "date_end", "mention_id", "mention_ref", "report_id", "publisher",
    "published_date", "report_url", "linked_by", "base_as_written", "stated", "origins", "claims", "evidence_start",
    "evidence_end", "evidence_quote", "extractor_version",
)  # fmt: skip
TALLY_COLUMNS = (
    "tally_id", "published_date", "published_basis", "counter", "publisher", "kind", "scope", "bound", "count", "start", "end",
    "parts_stated", "parts", "quote", "note", "report_id", "urls",
)  # fmt: skip

EVENT_TYPE = "Explosions/Remote violence"
SUB_EVENT_TYPES = {
    "drone": "Air/drone strike",
    "ied": "Remote explosive/landmine/IED",
    "mixed": "Air/drone strike;Shelling/artillery/missile attack",
}
OTHER_SUB_EVENT_TYPE = "Shelling/artillery/missile attack"
"""ACLED's terms: https://acleddata.com/knowledge-base/how-are-events-disaggregated"""

WHERE_PREC = {1: 1, 2: 2, 3: 4}
"""UCDP's where_prec for our geo_precision (which is ACLED's): a point, near a point, the first-order administrative unit."""

COUNTRIES = {"SY": ("Syria", 760), "JO": ("Jordan", 400)}
"""Country name and ISO 3166 number, as ACLED gives them."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is written: the columns in order, and the rows, read as they are written."""

    columns: Sequence[str]
    rows: Iterable[Row]


def incidents(connection: Connection, chosen: IncidentFilter) -> Table:
    """One row for each incident that the filter finds, the latest first."""
    return Table(INCIDENT_COLUMNS, map(incident_row, reading.incident_rows(connection, chosen)))


def incident(connection: Connection, public_id: str) -> Table:
    """The one row of an incident, whatever its review status."""
    return Table(INCIDENT_COLUMNS, [incident_row(reading.incident_row(connection, public_id))])


def mentions(connection: Connection) -> Table:
    """One row for each mention, in the order in which they came in."""
    return Table(MENTION_COLUMNS, reading.mention_rows(connection))


def tallies(connection: Connection) -> Table:
    """One row for each published total, the latest first."""
    return Table(TALLY_COLUMNS, reading.tally_rows(connection))


def incident_row(row: Row) -> Row:
    """An incident as read, with the codes of ACLED and UCDP where they mean the same."""
    return placed(dated(row))


def dated(row: Row) -> Row:
    """What says when, with the codes for it."""
    return {**row, **dates(row["date_precision"], row["date_start"], row["date_end"])}


def placed(row: Row) -> Row:
    """What says where and with what, with the codes for it."""
    country, iso = COUNTRIES[row["country"]]
    return {
        **row,
        "event_type": EVENT_TYPE,
        "sub_event_type": SUB_EVENT_TYPES.get(row["weapon"], OTHER_SUB_EVENT_TYPE),
        "country": country,
        "iso": iso,
        "where_prec": WHERE_PREC.get(row["geo_precision"]),
    }


def dates(precision: str, start: date | None, end: date | None) -> Row:
    """event_date and year, ACLED's time_precision (1–3) and UCDP's date_prec (1–5) for a day known with this precision.

    Sources: ACLED's codebook; UCDP GED codebook (date_prec: 1 a day, 2 up to 6 days, 3 a week, 4 up to a month, 5 more).
    """
    if start is None or end is None:
        return {"event_date": None, "year": None, "time_precision": None, "date_prec": None}
    year = start.year if start.year == end.year else None
    length = (end - start + timedelta(days=1)).days
    match precision:
        case "day":
            return {"event_date": start, "year": year, "time_precision": 1, "date_prec": 1}
        case "range" if length <= 7:
            return {"event_date": start, "year": year, "time_precision": 2, "date_prec": 2 if length <= 6 else 3}
        case "range":
            return {"event_date": start, "year": year, "time_precision": 3, "date_prec": 4 if length <= 31 else 5}
        case "month":
            return {"event_date": None, "year": year, "time_precision": 3, "date_prec": 4}
    return {"event_date": None, "year": year, "time_precision": None, "date_prec": 5}


def lines(table: Table) -> Iterator[str]:
    """The table as CSV (RFC 4180) after a byte-order mark, some rows at a time; the first rows come with the header."""
    held = [BOM + ",".join(table.columns)]
    for number, row in enumerate(table.rows, start=1):
        held.append(",".join([quoted(cell(row[column])) for column in table.columns]))
        if number % CHUNK == 0:
            yield END.join((*held, ""))
            held = []
    if held:
        yield END.join((*held, ""))


class Cells(dict[Values, str]):
    """The cells of columns that follow from a few values, by these values: few combinations stand in most rows."""

    def __init__(self, first: str, last: str, coded: Callable[[Values], Row]) -> None:
        self.columns = INCIDENT_COLUMNS[INCIDENT_COLUMNS.index(first) : INCIDENT_COLUMNS.index(last) + 1]
        self.coded = coded

    def __missing__(self, values: Values) -> str:
        if len(self) >= MOST_CELLS:
            self.clear()
        row = self.coded(values)
        self[values] = cells = ",".join([quoted(cell(row[column])) for column in self.columns])
        return cells


def incident_lines(connection: Connection, chosen: IncidentFilter) -> Iterator[str]:
    """The same as `lines` of `incidents`, in less than half the time: what rows share is written once, and no row has names.

    A million incidents pass here, so the columns are written out in one expression; a test holds it to `lines`.
    """
    reader = reading.IncidentReader(connection)
    when = Cells("event_date", "date_precision", lambda values: dated(reader.named(reading.DATED, values)))
    where = Cells("event_type", "weapon", lambda values: placed(reader.named(reading.PLACED, values)))
    counts = Cells("attacks_low", "munitions_high", lambda values: reader.named(reading.COUNTED, values))
    parties = Cells("claimed_by", "attributed_by", lambda values: reader.named(reading.NAMED, values))
    harms = Cells(reading.HARMED[0], reading.HARMED[-1], lambda values: reader.named(reading.HARMED, values))
    yield BOM + ",".join(INCIDENT_COLUMNS) + END
    for chunk in reader.chunks(chosen.condition()):
        yield "".join([
            f"{event_id},{when[dated_by]},{hour or ''},{where[placed_by]},{counts[counted]},{launched and text(launched)},"
            f"{parties[named]},{outcome},{harms[harmed]},{grading},{status},{reports},{len(origins)},{JOINT.join(origins)},"
            f"{several(urls)},{several(quotes)},{english and text(english)},{arabic and text(arabic)},{several(versions)},"
            f"{updated}{END}"
            for event_id, dated_by, placed_by, counted, named, harmed, hour, outcome, grading, status, reports,
            launched, english, arabic, updated, origins, urls, quotes, versions in chunk
        ])  # fmt: skip


def cell(value: Any) -> str:
    """A value as a cell: unknown is empty, several are joined by `;`, a text that a spreadsheet would run gets a leading `'`."""
    match value:
        case None:
            return ""
        case int() | float():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return guarded(value)
        case _:
            return guarded(JOINT.join(str(part) for part in value))


def guarded(text: str) -> str:
    """A text as a cell."""
    return f"'{text}" if text.startswith(GUARDED) else text


def quoted(cell: str) -> str:
    """A cell as it stands in a CSV: in quotation marks where it holds a comma, such a mark or a line's end."""
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def text(value: str) -> str:
    """A text as it stands in a CSV."""
    return quoted(guarded(value))


def several(values: Collection[str]) -> str:
    """Several texts as they stand in a CSV, in one cell."""
    return quoted(guarded(JOINT.join(values))) if values else ""


def geojson(table: Table) -> Iterator[str]:
    """A table of incidents as a FeatureCollection (RFC 7946), a feature a line."""
    yield '{"type": "FeatureCollection", "features": ['
    joint = "\n"
    for row in table.rows:
        yield joint + as_json(feature(row, table.columns))
        joint = ",\n"
    yield "\n]}\n"


def feature(row: Row, columns: Sequence[str] = INCIDENT_COLUMNS) -> Row:
    """An incident as a Feature, its columns as properties; the geometry is null where no point is public."""
    point = [row["longitude"], row["latitude"]]
    return {
        "type": "Feature",
        "id": row["event_id"],
        "geometry": None if None in point else {"type": "Point", "coordinates": point},
        "properties": {column: row[column] for column in columns},
    }


def as_json(value: Any) -> str:
    """A value as JSON: days in ISO form, several values as a list, unknown as null."""
    return json.dumps(value, ensure_ascii=False, default=lambda one: one.isoformat() if isinstance(one, date) else list(one))


def record(connection: Connection, public_id: str, acts: Row) -> str:
    """One incident as JSON: its columns, its mentions with their claims, and the `acts` of editors."""
    (row,) = incident(connection, public_id).rows
    mentions = [{column: one[column] for column in MENTION_COLUMNS} for one in reading.mentions_of(connection, public_id)]
    return as_json({**{column: row[column] for column in INCIDENT_COLUMNS}, "mentions": mentions, **acts}) + "\n"


def file_name(name: str, revision: int, ending: str = "csv") -> str:
    """The name of an export: what it is, the data revision, and the day on which it was made, in Syria."""
    return f"sijill-{name}-r{revision}-{today().isoformat()}.{ending}"


TABLES: Mapping[str, Callable[[Connection, IncidentFilter], Table]] = {
    "incidents": incidents,
    "mentions": lambda connection, _: mentions(connection),
    "tallies": lambda connection, _: tallies(connection),
}
"""What can be exported, by name; only incidents take a filter."""

FORMATS: Mapping[str, Callable[[Connection, IncidentFilter], Iterator[str]]] = {
    "csv": incident_lines,
    "geojson": lambda connection, chosen: geojson(incidents(connection, chosen)),
}
"""How the incidents that a filter finds are written; other tables are written by `lines`."""
