"""The register's own CSV, corrected in a spreadsheet → corrections, or what is wrong with each cell; nothing is stored."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.clock import today
from app.fields import (
    CODES,
    CONTROL,
    CORRECTED_FIELDS,
    COUNTED_STATUSES,
    GREATEST_COUNT,
    GUARDED,
    LONGEST_TEXT,
    UNSPECIFIED,
    iso_day,
    read_count,
    western,
    without_marks,
)
from app.language import _, numeral
from app.reconcile.settling import ORDERED
from app.sheets import SHOWN, Cell, Line, Refused, lines

MOST_REFUSED = 500
"""Refused cells that are listed; what went wrong so often went wrong as a whole, and the rest is not read."""

KEY, STAMP = "event_id", "updated_at"
FIELDS = {"base_id" if field == "base" else field: field for field in CORRECTED_FIELDS}
"""The field that a column corrects; all other columns follow from these, or from what is known of bases and reports."""
SLUGS = {"base": "bases", "claimed_by": "actors", "attributed_to": "actors", "attributed_by": "sources"}
"""The fields that hold a slug, and whose."""
DAYS = ("date_start", "date_end", "date_precision")
COUNT_ENDS = ("_low", "_best", "_high")

_GUARD = re.compile(rf"'(?=[{re.escape(''.join(GUARDED))}])")
_ERROR = re.compile(r"#(NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!|#+)")
"""What a spreadsheet writes in place of what it could not work out, or show."""
_MISREAD = re.compile("[ØÙ].{1,3}[ØÙ]")
"""Arabic in UTF-8 that was opened as Windows-1252."""

Row = Mapping[str, str]
Values = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file asks for: the corrections by public id and field (None is unknown), or, with one refused cell, none at all.

    `is_cut`: the file was not read to its end, since too much was refused.
    """

    corrections: Mapping[str, Mapping[str, str | None]]
    refused: Sequence[Cell] = ()
    is_cut: bool = False


def read(data: bytes, *, rows: Mapping[str, Row], known: Mapping[str, Collection[str]]) -> Sheet:
    """The corrections that a file's bytes hold. Never raises: a file that is no such CSV is refused as a whole.

    `rows` are the incidents as they would be exported now, whatever their review status: public id → column → cell. `known`
    has the slugs of bases, actors and sources. A cell that is as the register has it changes nothing, and an emptied one means
    unknown; a column that is not in the file stays as it is.
    """
    corrections: dict[str, Values] = {}
    refused: list[Cell] = []
    seen: dict[str, int] = {}
    columns = {KEY, *FIELDS, *next(iter(rows.values()), ())}
    try:
        table = lines(data, columns)
        if wrong := _wrong_names(next(table), columns):
            return Sheet({}, wrong)
        for line in table:
            changes, wrong = _read_line(line, rows, known, seen)
            refused += wrong
            if len(refused) >= MOST_REFUSED:
                return Sheet({}, refused[:MOST_REFUSED], is_cut=True)
            if changes:
                corrections[without_marks(line.cell(KEY) or "")] = changes
    except Refused as refusal:
        refused.append(Cell(None, "", "", "", refusal.why, refusal.advice))
    return Sheet({} if refused else corrections, refused)


def _wrong_names(header: Line, columns: Collection[str]) -> list[Cell]:
    wrong = []
    for place, name in enumerate(header.names):
        if name and name not in columns:
            wrong.append(
                header.refused(
                    place,
                    _("No export of incidents has a column %(name)s.", name=name[:SHOWN]),
                    _("Give it the name that it had, or take the column out."),
                )
            )
        elif name and name in header.names[:place]:
            wrong.append(header.refused(place, _("The column %(name)s stands twice.", name=name), _("Take one of them out.")))
    if KEY not in header.names:
        why = _("The file has no column event_id, which says what incident a row is of.")
        wrong.append(Cell(1, KEY, "", "", why, _("Put the column back as it was taken away.")))
    return wrong


def _read_line(
    line: Line, rows: Mapping[str, Row], known: Mapping[str, Collection[str]], seen: dict[str, int]
) -> tuple[Values, list[Cell]]:
    """What a row changes, by field, and what is refused in it. `seen` holds the number of the row of each incident so far."""
    event = without_marks(line.cell(KEY) or "")
    try:
        held = _held(event, rows, seen)
    except Refused as refusal:
        return {}, [line.refused(line.names.index(KEY), refusal.why, refusal.advice)]
    seen[event] = line.number
    changes: Values = {}
    refused = []
    for place in range(max(len(line.names), len(line.cells))):
        try:
            changes |= _change(line, place, held, known)
        except Refused as refusal:
            refused.append(line.refused(place, refusal.why, refusal.advice))
            if line.names[place : place + 1] == [STAMP] or place >= len(line.cells):
                return {}, refused[-1:]  # the one thing to say of a row that is out of date, or cut off
    if refused or not changes:
        return {}, refused
    after = {field: _known(field, _plain(held[column])) for column, field in FIELDS.items()} | changes
    places = {FIELDS[name]: place for place, name in enumerate(line.names) if name in FIELDS}
    refused = [line.refused(places[field], why, advice) for field, why, advice in _contradictions(after, changes)]
    if "date_start" in changes:
        # Alone it would draw the others along: see app/reconcile/settling.py.
        changes |= {field: after[field] for field in DAYS}
    return changes, refused


def _held(event: str, rows: Mapping[str, Row], seen: Mapping[str, int]) -> Row:
    """What the register holds of the incident with this public id, if it can be corrected."""
    leave = _("Take the row out.")
    if not event:
        raise Refused(_("The row has no public id."), _("Write the public id of its incident, or take the row out."))
    if event in seen:
        raise Refused(_("Row %(row)s has the same incident.", row=numeral(seen[event])), _("Leave one row of them."))
    if event not in rows:
        raise Refused(_("The register has no incident with this public id."), leave)
    match rows[event]["review_status"]:
        case "rejected":
            raise Refused(_("The incident was rejected."), _("Take the row out, or reopen the incident first."))
        case "merged":
            raise Refused(_("The incident was merged into another."), _("Take the row out; the other one has a row of its own."))
        case status if status not in COUNTED_STATUSES:
            raise Refused(_("The incident was withdrawn: no report tells of it any more."), leave)
    return rows[event]


def _change(line: Line, place: int, held: Row, known: Mapping[str, Collection[str]]) -> Values:
    """The value that a cell gives its field; nothing where it says what the register holds."""
    column = line.names[place] if place < len(line.names) else ""
    if not column:
        if line.cells[place : place + 1] not in ([], [""]):
            raise Refused(_("No name of a column stands above this cell."), _("Empty it, or name its column in the first row."))
        return {}
    if place >= len(line.cells):
        if held[column]:
            raise Refused(_("The row ends before this column."), _("Save the file once more, with all cells of the row."))
        return {}
    if line.cells[place] == held[column]:
        return {}
    cell, was = _plain(line.cells[place]), _plain(held[column])
    if column == KEY or cell == was:
        return {}
    if column not in FIELDS:
        _check_derived(column, cell, was)
        return {}
    field = FIELDS[column]
    value = _value(field, cell, was, known)
    return {} if value == _known(field, was) else {field: value}


def _plain(cell: str) -> str:
    """A cell without the guard against formulas, its lines broken as the register breaks them."""
    return re.sub(r"\r\n?", "\n", _GUARD.sub("", cell, count=1) if cell.startswith("'") else cell).strip()


def _known(field: str, cell: str) -> str | None:
    """A plain cell as the value of its field; what stands for unknown is None."""
    if field == "base":
        return cell or UNSPECIFIED
    return None if not cell or (field in CODES and cell == "unknown") else cell


def _check_derived(column: str, cell: str, was: str) -> None:
    """Refuses a changed cell of a column that cannot be corrected. A number may be written otherwise (35,5 for 35.50)."""
    with suppress(ValueError):
        if float(western(cell).replace(",", ".")) == float(was):
            return
    if column == STAMP:
        raise Refused(
            _("The incident was settled anew since the file was taken away."),
            _("Take the file away again and bring your corrections over, or take the row out."),
        )
    if column == "event_date":
        _read_day(cell)
    raise Refused(
        _("This column follows from others: the register has “%(held)s” here.", held=was[:SHOWN]),
        _("Put that back, or take the column out of the file."),
    )


def _value(field: str, cell: str, was: str, known: Mapping[str, Collection[str]]) -> str | None:
    """The value that a plain cell gives a field."""
    if field.startswith(("summary_", "launched_")):
        return _read_text(field, cell, was)
    typed = without_marks(cell)
    if field.endswith(COUNT_ENDS):
        return _read_number(typed, at_least=1 if field.startswith("attacks") else 0)
    value = _known(field, typed)
    if value is None:
        return None
    if field in ("date_start", "date_end"):
        return _read_day(value)
    if field in CODES and value not in CODES[field]:
        raise Refused(_("This code is not known."), _("Write one of these: %(codes)s", codes=", ".join(CODES[field])))
    if field in SLUGS and value not in known[SLUGS[field]]:
        raise Refused(_("Nothing in the register is called so."), _("Write the short name that exports use, as in al-tanf."))
    return value


def _read_day(typed: str) -> str | None:
    if not typed:
        return None
    try:
        iso_day(typed)
    except ValueError:
        raise Refused(
            _("This is no day as the register writes it; spreadsheets rewrite days when they open a file."),
            _("Write it as 2023-11-04. To keep days as they are, import the file and set their columns to Text."),
        ) from None
    return typed


def _read_number(typed: str, at_least: int) -> str | None:
    """The digits of a count: some spreadsheets write 3.0 for 3."""
    if not typed and not at_least:
        return None
    try:
        return str(read_count(re.sub(r"[.٫]0+$", "", western(typed)), at_least))
    except ValueError:
        raise Refused(
            _("This is no whole number from %(least)s to %(most)s.", least=at_least, most=GREATEST_COUNT),
            _("Write digits alone: no sign, separator or word."),
        ) from None


def _read_text(field: str, cell: str, was: str) -> str | None:
    if _is_lost(cell, was):
        raise Refused(
            _("The spreadsheet has lost the letters of this text."), _("Write it again, and save the file as CSV UTF-8.")
        )
    if CONTROL.search(cell.replace("\n", "") if field.startswith("summary_") else cell):
        raise Refused(_("The text holds a control character or a line break."), _("Write it as plain text in one line."))
    if len(cell) > LONGEST_TEXT:
        raise Refused(_("The text has more than %(most)s characters.", most=LONGEST_TEXT), _("Shorten it."))
    return cell or None


def _is_lost(cell: str, was: str) -> bool:
    """Whether a program opened or saved a text without having its letters: others, or question marks, stand in their place."""
    marks = cell.count("?")
    return (
        "\ufffd" in cell
        or _ERROR.fullmatch(cell) is not None
        or _MISREAD.search(cell) is not None
        or (marks > 0 and cell == re.sub(r"[^\x00-\x7f]", "?", was))
        or marks > max(1, sum(map(str.isalpha, cell)))
    )


def _contradictions(after: Values, changes: Values) -> Iterator[tuple[str, str, str]]:
    """What does not fit together in a row as it would become: the changed field to blame, why, and what to do."""
    for lower, upper in (pair for names in ORDERED for pair in pairwise(names)):
        low, high = after[lower], after[upper]
        if changes.keys() & {lower, upper} and low is not None and high is not None and int(low) > int(high):
            why = _(
                "%(low)s in %(lower)s is more than %(high)s in %(upper)s.", low=int(low), lower=lower, high=int(high), upper=upper
            )
            yield upper if upper in changes else lower, why, _("Correct one of the two.")
    if blamed := next((field for field in reversed(DAYS) if field in changes), None):
        for why, advice in _wrong_days(after["date_start"], after["date_end"], after["date_precision"] or "unknown"):
            yield blamed, why, advice


def _wrong_days(start: str | None, end: str | None, precision: str) -> Iterator[tuple[str, str]]:
    """What does not fit in the days of a row: why, and what to do."""
    fitting = _fitting(start, end)
    # A month or a year that is not over yet ends later than anybody can tell.
    told = start if precision in ("month", "year") else end
    if (start is None) != (end is None):
        yield (
            _("Of the first and the last day one is known and the other is not."),
            _("Write both, the same day twice where it is one; or empty both."),
        )
    elif start and end and end < start:
        yield _("%(last)s lies before %(first)s", last=end, first=start), _("Correct one of the two.")
    elif told and iso_day(told) > today():
        yield _("%(day)s has not come yet in Syria.", day=told), _("Write the day of the attack.")
    elif precision not in fitting:
        yield (
            _("The precision %(precision)s does not fit these days.", precision=precision),
            _("In date_precision write one of these: %(codes)s; or correct the days.", codes=", ".join(fitting)),
        )


def _fitting(start: str | None, end: str | None) -> Sequence[str]:
    """The precisions that a first and a last day can have."""
    if not start or not end:
        return ("unknown",)
    if start == end:
        return ("day",)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    same_year = first.year == last.year
    return ("range", *(["month"] if same_year and first.month == last.month else []), *(["year"] if same_year else []))
