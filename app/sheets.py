"""The bytes of a CSV as any spreadsheet writes it → its rows, each cell with its place; or why they cannot be read."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from app.language import _, numeral

LARGEST = 20_000_000
"""Bytes of a file."""
MOST_ROWS, MOST_COLUMNS = 100_000, 1_000
SHOWN = 80
"""Characters of a cell that are shown."""
_SEPARATORS = ",;\t"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How xlsx and ods begin, and xls."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is refused: where it stands, what was found there, why it cannot be, and what to do.

    `row` counts as the spreadsheet does, the header first, and `letters` are those above the column. Both are empty where the
    whole file is refused, and `letters` where a column or cell is missing.
    """

    row: int | None
    column: str
    letters: str
    found: str
    why: str
    advice: str


class Refused(Exception):
    """Why something is refused, and what to do."""

    def __init__(self, why: str, advice: str) -> None:
        super().__init__(why, advice)
        self.why, self.advice = why, advice


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its number in the spreadsheet, the names of the columns, and its cells."""

    number: int
    names: Sequence[str]
    cells: Sequence[str]

    def cell(self, column: str) -> str | None:
        """What stands in the column; None where the row ends before it."""
        place = self.names.index(column)
        return self.cells[place] if place < len(self.cells) else None

    def refused(self, place: int, why: str, advice: str) -> Cell:
        """The refusal of the cell at this place."""
        name = self.names[place] if place < len(self.names) else ""
        found = self.cells[place] if place < len(self.cells) else ""
        return Cell(self.number, name, letters(place), found[:SHOWN], why, advice)


def letters(place: int) -> str:
    """The letters above a column, as spreadsheets count them from 0: A, …, Z, AA."""
    return (letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def lines(data: bytes, columns: Collection[str]) -> Iterator[Line]:
    """The header, then each row that holds something; `columns` are names that a header may hold. Raises Refused.

    The number of a row counts empty ones, and a cell of several lines as one row, as the spreadsheet does.
    """
    text = _decoded(data)
    names: list[str] = []
    count = number = 0
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, columns), strict=True)
        for number, cells in enumerate(table, start=1):
            names = names or [name.strip() for name in cells]
            count += any(cells)
            _check_size(count, len(cells))
            if number == 1 or any(cells):
                yield Line(number, names, cells)
    except csv.Error:
        raise Refused(
            _("Behind row %(row)s the file breaks off, or its quotation marks do not fit.", row=numeral(number)),
            _("Save it as CSV UTF-8 once more, and choose that file."),
        ) from None


def _check_size(count: int, cells: int) -> None:
    if count > MOST_ROWS + 1:  # and the header
        raise Refused(_("The file has more than %(most)s rows.", most=MOST_ROWS), _("Leave only the rows that you corrected."))
    if cells > MOST_COLUMNS:
        raise Refused(
            _("The file has more than %(most)s columns.", most=MOST_COLUMNS),
            _("Leave only event_id and the columns that you corrected."),
        )


def _separator(text: str, columns: Collection[str]) -> str:
    """What parts the cells: with it the header has the most names of columns. It hangs on the country that Excel is set to."""

    def named(separator: str) -> int:
        return len({name.strip() for name in next(csv.reader(header, delimiter=separator), [])} & {*columns})

    header = re.split(r"[\r\n]", text, maxsplit=1)[:1]
    return max(_SEPARATORS, key=named)


def _decoded(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 as Excel writes its "Unicode text"."""
    if len(data) > LARGEST:
        raise Refused(
            _("The file has more than %(most)s MB.", most=LARGEST // 1_000_000),
            _("Leave only the rows that you corrected."),
        )
    if data.startswith(_WORKBOOKS):
        raise Refused(_("This is a workbook, not CSV."), _("Save it as CSV UTF-8, and choose that file."))
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            _("The file is not in UTF-8: Arabic letters would be lost."), _("Save it as CSV UTF-8, and choose that file.")
        ) from None
    if "\0" in text:
        raise Refused(_("The file is binary, not CSV."), _("Save it as CSV UTF-8, and choose that file."))
    if not text.strip():
        raise Refused(_("The file is empty."), _("Choose the file that was taken away and corrected."))
    return text
