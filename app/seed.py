"""Brings seeds/ into the register, through the same actions as everything else. A second run changes nothing."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import Engine

from app import reference
from app.actions.decisions import reject_compiled
from app.actions.editors import add_compiler
from app.actions.reference import add_reference
from app.actions.reports import Added, add_report, add_reports
from app.actions.revision import RefusedAction
from app.extract import Reader, extract
from app.extract.values import Claim, Extraction, Mention, Tally, TallyKind, TallyPart
from app.fields import CASUALTIES, Bound
from app.ingest import OWN_WORDS, RawReport, parse_day, read_text

COMPILED = date(2026, 11, 1)
COMPILATION = RawReport(
    text=None, kind="compilation", publisher="sijill", title="Compilation, November 2026", published=COMPILED, lang="en"
)
COMPILER = "compilation-2026-11"

PLAIN_FIELDS = (
    "date_start", "date_end", "date_precision", "date_basis", "time_of_day", "clock_local", "base", "weapon", "munitions_low",
    "munitions_high", "claimed_by", "attributed_to", "outcome", "support", "confidence", "damage",
    *(f"{name}_{end}" for name in CASUALTIES for end in ("low", "high")),
)  # fmt: skip
"""Columns of incidents.csv that are claims as they stand."""

BASES_IN_TALLIES = (
    "al-tanf", "al-omar", "conoco", "rubaria", "kharab-al-jir", "al-shaddadi", "tell-baydar", "qasrak", "istrahat-al-wazir",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a run of seeding added."""

    reference: int = 0
    reports: int = 0


def seed_reference(engine: Engine) -> Seeded:
    """Adds the bases, actors and sources that are not there yet."""
    added = add_reference(
        engine, bases=reference.load("bases"), actors=reference.load("actors"), sources=reference.load("sources")
    )
    return Seeded(reference=added)


def seed_all(engine: Engine) -> Seeded:
    """Adds all of seeds/ that is not there yet: reference, the compilation, its pages, and the sample reports."""
    added = seed_reference(engine).reference
    add_compiler(engine, name=COMPILER, display_name=COMPILATION.title)
    compilation = Extraction("compiled", mentions=tuple(compiled_mentions()), tallies=tuple(compiled_tallies()))
    fresh = [add_report(engine, raw=COMPILATION, reading=compilation)]
    reject_compiled(engine, rejections=rejections(), editor=COMPILER)
    fresh += _stored(engine, pages())
    reader = Reader.of(reference.seed_gazetteer())
    fresh += _stored(
        engine,
        ((raw, extract(raw.text or "", published=raw.published, lang=raw.lang, reader=reader)) for raw in sample_reports()),
    )
    return Seeded(reference=added, reports=sum(not one.duplicate for one in fresh))


def _stored(engine: Engine, given: Iterable[tuple[RawReport, Extraction]]) -> list[Added]:
    outcomes = add_reports(engine, list(given))
    for outcome in outcomes:
        if isinstance(outcome, RefusedAction):
            raise outcome
    return [outcome for outcome in outcomes if isinstance(outcome, Added)]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of seeds/, in its order."""
    with (reference.SEEDS / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def compiled_mentions() -> Iterator[Mention]:
    """One mention for each row of incidents.csv, with its values as compiled claims; the other days that were stated too."""
    for row in rows("incidents.csv"):
        claims = [Claim(field, row[field], "compiled") for field in PLAIN_FIELDS if row.get(field)]
        claims += [Claim("date_start", day, "compiled", alternative=True) for day in row["date_alternatives"].split(";") if day]
        claims += (
            [Claim("intercepted_count", row["intercepted_as_reported"], "compiled")] if row["intercepted_as_reported"] else []
        )
        claims += [Claim("note", row["notes"], "compiled")] if row["notes"] else []
        yield Mention(tuple(claims), base_as_written=row["base_as_reported"], ref=row["incident_id"])


GROUNDS = {"out_of_scope": "out_of_scope", "reclassified": "not_an_attack"}
"""On what ground a compiled incident does not count, by how the compilation describes what it rests on."""


def rejections() -> dict[str, tuple[str, str]]:
    """The ground and the reason for which a compiled incident does not count, by its ref."""
    return {
        row["incident_id"]: (GROUNDS[row["support"]], row["rejected_because"])
        for row in rows("incidents.csv")
        if row["rejected_because"]
    }


def pages() -> Iterator[tuple[RawReport, Extraction]]:
    """Each page of reports.csv once, as a report without text, with a mention for each of its rows."""
    by_url: dict[str, list[dict[str, str]]] = {}
    for row in rows("reports.csv"):
        by_url.setdefault(row["url"], []).append(row)
    bases = {row["incident_id"]: row["base"] for row in rows("incidents.csv")}
    for url, on_page in by_url.items():
        first = on_page[0]
        whole_day = first["published_date"] if len(first["published_date"]) == len("2023-11-04") else ""
        raw = RawReport(
            text=None,
            kind="page",
            publisher=first["publisher"],
            published=parse_day(whole_day, first["report_id"]),
            published_note="" if whole_day else first["published_date"],
            url=url,
            report_ref=first["report_id"],
        )
        yield raw, Extraction("compiled", mentions=tuple(_page_mention(row, bases[row["incident_id"]]) for row in on_page))


def _page_mention(row: dict[str, str], base: str) -> Mention:
    origins = [Claim("origin", slug, "compiled") for slug in row["origins"].split(";") if slug]
    return Mention(
        claims=(Claim("base", base, "compiled"), *origins),
        base_as_written=row["base_as_written"],
        stated=row["stated_facts"],
        ref=row["report_id"],
        tells_of=row["incident_id"],
    )


def compiled_tallies() -> Iterator[Tally]:
    """One tally for each row of tallies.csv, with its parts by base or by country, and all pages that carry it."""
    for row in rows("tallies.csv"):
        countries = ("syria", "iraq") if row["scope"] != "all-syria" else ()
        parts = tuple(TallyPart(scope, int(row[scope])) for scope in (*BASES_IN_TALLIES, *countries) if row[scope])
        yield Tally(
            scope=row["scope"],
            count=int(row["count"]),
            bound=cast(Bound, row["op"]),  # a check of the database holds it to the codes
            kind=cast(TallyKind, row["kind"]),
            start=row["since"] or None,
            end=row["until"] or None,
            counter=None if row["counter"] == "unspecified" else row["counter"],
            parts=parts,
            ref=row["tally_id"],
            publisher=row["publisher"],
            published=row["published_date"],
            published_basis=row["published_date_basis"],
            parts_stated=row["parts"],
            note=row["note"],
            urls=(row["url"], *(url.strip() for url in row["more_urls"].split(" | ") if url.strip())),
        )


def sample_reports() -> Iterator[RawReport]:
    """The reports of seeds/reports, each in the project's own words, with the address of the page whose facts it retells."""
    folder: Path = reference.SEEDS / "reports"
    with (folder / "index.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            yield read_text(
                folder / row["file"],
                publisher=row["publisher"],
                published=date.fromisoformat(row["published"]),
                title=row["title"],
                url=row["url"],
                report_ref=Path(row["file"]).stem,
                text_licence=OWN_WORDS,
            )
