"""docs/reading.md says by example what is read in a report: each row of its tables is run, and those marked ✗ must fail."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations, takewhile
from typing import Any

import pytest

from app import ROOT, fields
from app.extract.contract import to_json
from app.extract.values import Extraction, Tally
from app.reference import seed_gazetteer

Read = Callable[..., Extraction]

DOCUMENT = (ROOT / "docs" / "reading.md").read_text("utf-8")
HEADER = "| phenomenon | example | published | read as | now |"
SEEDS = seed_gazetteer()
BASES = {base.slug for base in SEEDS.bases}
ACTORS = {actor.slug for actor in SEEDS.actors}
SILENT = "silent"

WORD = re.compile(r'(?:"[^"]*"|[^\s"])+')
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"\d{4}-\d{2}")
NUMBER = re.compile(r"(\d+)–(\d*)")
TOTAL = re.compile(
    r"(?P<kind>total|period|ordinal) (?P<scope>\S+) (?P<bound>=|>=|>|~) (?P<count>\d+)"
    r"(?: since (?P<since>\S+))?(?: until (?P<until>\S+))?(?: \((?P<parts>[^)]+)\))?"
)
PART = re.compile(r"(\S+) (\d+)")

SILENCES: dict[str, dict[str, Any]] = {
    "day": {"date": None, "date_end": None, "month": None},
    "time": {"time_of_day": None},
    "number": {"munitions_min": None, "munitions_max": None},
    "from": {"launched_from": None},
    "claimed": {"claimed_by": None},
    "blamed": {"attributed_to": None},
    "intercepted": {"intercepted": None},
    "casualties": {"casualties_reported": None},
}
"""What `key=silent` demands of the printed line."""

CODES = {
    "claimed": ("claimed_by", ACTORS),
    "blamed": ("attributed_to", ACTORS),
    "intercepted": ("intercepted", {"all", "some", "none"}),
    "casualties": ("casualties_reported", {"yes", "none", "unknown"}),
    "status": ("status", {"reported", "claimed", "disputed"}),
    "weapon": ("weapon", {"unknown"}),
}


class BadNotation(ValueError):
    """A cell of the document that says nothing the test understands."""


@dataclass(frozen=True)
class Attack:
    """The bases one of which an attack must have, and what its printed line must hold beside them."""

    bases: frozenset[str]
    facts: dict[str, Any]

    def fits(self, line: dict[str, Any]) -> bool:
        return line["base"] in self.bases and all(line[name] == value for name, value in self.facts.items())


@dataclass(frozen=True)
class Total:
    """What a published total must be; a day of None and parts of () are not compared."""

    kind: str
    scope: str
    bound: str
    count: int
    since: str | None
    until: str | None
    parts: tuple[tuple[str, int], ...]

    def fits(self, tally: Tally) -> bool:
        return (
            (self.kind, self.scope, self.bound, self.count) == (tally.kind, tally.scope, tally.bound, tally.count)
            and self.since in (None, tally.start)
            and self.until in (None, tally.end)
            and self.parts in ((), tuple((part.scope, part.count) for part in tally.parts))
        )


@dataclass
class Expected:
    """What a row demands; None is not compared, an empty tuple demands that there is none."""

    attacks: tuple[Attack, ...] | None = None
    totals: tuple[Total, ...] | None = None
    events: list[str] = field(default_factory=list)
    no_event: bool = False


@dataclass(frozen=True)
class Row:
    section: str
    phenomenon: str
    example: str
    published: str
    read_as: str
    now: str

    @property
    def text(self) -> str:
        return self.example.replace(" ⏎ ", "\n").replace(r"\*", "*")


def tables() -> Iterator[tuple[str, list[list[str]]]]:
    """Each section that has a table of examples, and the cells of each line of that table."""
    for part in DOCUMENT.split("\n## ")[1:]:
        lines = part.splitlines()
        if HEADER in lines:
            table = takewhile(lambda line: line.startswith("|"), lines[lines.index(HEADER) + 2 :])
            yield lines[0], [[cell.strip() for cell in line.split("|")[1:-1]] for line in table]


TABLES = list(tables())
ROWS = [Row(section, *[*cells, "", "", "", "", ""][:5]) for section, table in TABLES for cells in table]


def expected(read_as: str) -> Expected:
    """What a cell in the notation of the document demands. Raises BadNotation."""
    if not re.fullmatch("`[^`]+`", read_as):
        raise BadNotation(f"not one piece of code: {read_as}")
    found = Expected()
    for statement in read_as.strip("`").split("; "):
        first = statement.split(" ", 1)[0]
        if statement == "no incident":
            found.attacks = ()
        elif statement == "no total":
            found.totals = ()
        elif statement == "no event":
            found.no_event = True
        elif first == "event" and statement[6:] in fields.NON_STRIKE_KINDS:
            found.events.append(statement[6:])
        elif first in ("total", "period", "ordinal"):
            found.totals = (*(found.totals or ()), total(statement))
        else:
            found.attacks = tuple(attack(told) for told in statement.split(" + "))
    return found


def total(statement: str) -> Total:
    """`total all-syria = 9 since 2023-10-19 (al-tanf 4, conoco 5)`. Raises BadNotation."""
    match = TOTAL.fullmatch(statement)
    if match is None:
        raise BadNotation(f"no total: {statement}")
    parts = [PART.fullmatch(part) for part in match["parts"].split(", ")] if match["parts"] else []
    for day in (match["since"], match["until"]):
        if day and not DAY.fullmatch(day):
            raise BadNotation(f"no day: {day}")
    counted = tuple((part[1], int(part[2])) for part in parts if part)
    if len(counted) != len(parts) or not all(scope_is_known(scope) for scope in (match["scope"], *dict(counted))):
        raise BadNotation(f"no scope that is known: {statement}")
    kind = "cumulative" if match["kind"] == "total" else match["kind"]
    return Total(kind, match["scope"], match["bound"], int(match["count"]), match["since"], match["until"], counted)


def scope_is_known(scope: str) -> bool:
    return scope in BASES or scope in ("all-syria", "iraq-and-syria") or scope.startswith("other:")


def attack(told: str) -> Attack:
    """`al-tanf 2023-11-04 dawn drone 2–2`. Raises BadNotation."""
    base, *words = WORD.findall(told)
    bases = frozenset(base.split("/"))
    if not bases <= BASES:
        raise BadNotation(f"no base: {base}")
    said = [fact(word) for word in words]
    facts: dict[str, Any] = {name: value for one in said for name, value in one.items()}
    if len(facts) != sum(map(len, said)):
        raise BadNotation(f"says a thing twice: {told}")
    return Attack(bases, facts)


def fact(word: str) -> dict[str, Any]:
    """What one word demands of the printed line of an attack."""
    key, _, value = word.partition("=")
    if value == SILENT and key in SILENCES:
        return SILENCES[key]
    if key == "from" and value[:1] == value[-1:] == '"':
        return {"launched_from": value[1:-1]}
    if key in CODES and value in CODES[key][1]:
        return {CODES[key][0]: value}
    if word in fields.TIMES_OF_DAY:
        return {"time_of_day": word}
    if word in fields.WEAPONS and word != "unknown":
        return {"weapon": word}
    if number := NUMBER.fullmatch(word):
        return {"munitions_min": int(number[1]), "munitions_max": int(number[2]) if number[2] else None}
    return days(word)


def days(word: str) -> dict[str, Any]:
    if MONTH.fullmatch(word):
        return {"date": None, "date_end": None, "month": word}
    first, stroke, last = word.partition("/")
    try:
        for day in (first, last) if stroke else (first,):
            date.fromisoformat(day)
    except ValueError:
        raise BadNotation(f"not understood: {word}") from None
    return {"date": first, "date_end": last or None}


def in_short(line: dict[str, Any]) -> str:
    """A printed incident in the words of the document, for whoever reads a failure."""
    day = line["date"] and "/".join(filter(None, (line["date"], line["date_end"])))
    number = line["munitions_min"] and f"{line['munitions_min']}–{line['munitions_max'] or ''}"
    origin = line["launched_from"] and f'from="{line["launched_from"]}"'
    weapon = "weapon=unknown" if line["weapon"] == "unknown" else line["weapon"]
    coded = [f"{key}={line[name]}" for key, (name, _) in CODES.items() if key != "weapon" and line[name]]
    words = (line["base"], day or line["month"], line["time_of_day"], weapon, number, origin, *coded)
    return " ".join(filter(None, words))


def total_in_short(tally: Tally) -> str:
    kind = "total" if tally.kind == "cumulative" else tally.kind
    days = [f"{word} {day}" for word, day in (("since", tally.start), ("until", tally.end)) if day]
    parts = ", ".join(f"{part.scope} {part.count}" for part in tally.parts)
    return " ".join([kind, tally.scope, tally.bound, str(tally.count), *days, *([f"({parts})"] if parts else [])])


def told_all(wants: tuple[Any, ...], founds: Sequence[Any]) -> bool:
    """Whether what is read is what is wanted, one for one, in any order."""
    return len(wants) == len(founds) and any(
        all(want.fits(found) for want, found in zip(wants, order, strict=True)) for order in permutations(founds)
    )


def wrongly_read(want: Expected, extraction: Extraction, text: str) -> list[str]:
    """What is read otherwise than wanted, in the words of the document."""
    lines: list[dict[str, Any]] = list(to_json(extraction, text)["incidents"])
    kinds = [event.kind for event in extraction.non_strike_events]
    wrong = []
    if want.attacks is not None and not told_all(want.attacks, lines):
        wrong.append(" + ".join(map(in_short, lines)) or "no incident")
    if want.totals is not None and not told_all(want.totals, extraction.tallies):
        wrong.append("; ".join(map(total_in_short, extraction.tallies)) or "no total")
    if Counter(want.events) - Counter(kinds) or (want.no_event and kinds):
        wrong.append("; ".join(f"event {kind}" for kind in kinds) or "no event")
    return wrong


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=f"{row.section}: {row.phenomenon}",
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError, reason="read wrongly today")] if row.now == "✗" else [],
        )
        for row in ROWS
    ],
)
def test_a_row_is_read_as_it_says(read: Read, row: Row) -> None:
    try:
        want = expected(row.read_as)
        extraction = read(row.text, row.published or None)
    except ValueError as error:
        pytest.fail(f"{error}\nin the row: {row}")
    wrong = wrongly_read(want, extraction, row.text)
    assert not wrong, f"read: {wrong} in {row.text}"


@pytest.mark.parametrize("section", [section for section, _ in TABLES])
def test_each_section_has_rows_in_both_languages(section: str) -> None:
    examples = [row.example for row in ROWS if row.section == section]
    assert len(examples) >= 10
    assert any(re.search("[ء-ي]", example) for example in examples)
    assert any(re.match("[A-Z]", example) for example in examples)


def test_each_section_but_the_introduction_has_one_table_and_no_line_of_it_is_lost() -> None:
    sections = re.findall(r"^## (.+)$", DOCUMENT, re.MULTILINE)
    assert [section for section, _ in TABLES] == sections[1:]
    examples = DOCUMENT[DOCUMENT.index(f"## {sections[1]}\n") :]
    assert len(ROWS) == examples.count("\n|") - 2 * len(TABLES)


def test_a_row_has_five_cells_a_name_of_its_own_and_a_mark_or_none() -> None:
    assert [cells for _, table in TABLES for cells in table if len(cells) != 5] == []
    names = Counter((row.section, row.phenomenon) for row in ROWS)
    assert [name for name, count in names.items() if count > 1] == []
    assert [row for row in ROWS if row.now not in ("", "✗")] == []


def test_each_word_of_the_notation_is_explained() -> None:
    introduction = DOCUMENT.split("\n## ")[1]
    for word in (*fields.TIMES_OF_DAY, *(set(fields.WEAPONS) - {"unknown"})):
        assert f"`{word}`" in introduction, word
    for key in CODES:
        assert f"`{key}=" in introduction, key
    for key in SILENCES:
        assert f"`{key}=silent`" in introduction or f"`{key}`" in introduction, key


@pytest.mark.parametrize(
    "cell",
    [
        "al-tanf drone",
        "`al-tanf dron`",
        "`al-tnf drone`",
        "`al-tanf 2023-13-01`",
        "`al-tanf 2-2`",
        "`al-tanf drone rocket`",
        "`al-tanf intercepted=both`",
        "`al-tanf claimed=iri`",
        "`total all-syria 20`",
        "`total syria = 20`",
        "`total all-syria = 20 since October`",
        "`event party`",
        "``",
    ],
)
def test_bad_notation_is_refused(cell: str) -> None:
    with pytest.raises(BadNotation):
        expected(cell)
