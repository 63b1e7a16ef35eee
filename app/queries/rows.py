"""Reads the rows of the exports, some hundred at a time, so that memory does not grow with the register."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, pairwise
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, String, bindparam, cast, func, select, true

from app.db import raw_rows
from app.fields import CASUALTIES
from app.models.tables import ACTOR, BASE, CLAIM, INCIDENT, INCIDENT_ORIGIN, MENTION, REPORT, SOURCE
from app.queries.filter import IncidentFilter
from app.queries.paging import latest_first
from app.queries.snippets import snippet
from app.queries.tallies import tallies

Row = Mapping[str, Any]
Values = tuple[Any, ...]
CHUNK = 500
MOST_KNOWN = 20_000
"""Reports that are remembered while incidents are read: one report often tells of several."""
BOUND_WORDS = {"=": "exactly", ">": "more_than", ">=": "at_least", "~": "about"}
"""A cell that holds `=` or `>` alone is no word for a spreadsheet."""
CLAIM_KEYS = ("mention_id", "field", "value", "basis", "alternative", "span_start", "span_end", "quote", "rule")

DATED = ("date_precision", "date_start", "date_end")
PLACED = ("base_id", "weapon")
COUNTED = ("attacks_low", "attacks_best", "attacks_high", "munitions_low", "munitions_high")
NAMED = ("claimed_by_id", "attributed_to_id", "attributed_by_id")
HARMED = tuple(f"{name}_{end}" for name in CASUALTIES for end in ("low", "high"))
"""Columns that hold the same few combinations of values in most incidents."""
SHARED = (*DATED, *PLACED, *COUNTED, *NAMED, *HARMED)
CODED = ("time_of_day", "outcome", "grading", "review_status", "number_of_reports")
OWN = ("launched_from", "summary_en", "summary_ar", "updated_at")
PARTIES = {"claimed_by_id": ACTOR, "attributed_to_id": ACTOR, "attributed_by_id": SOURCE}


def one_value(url: str) -> str:
    """An address without `;`, which parts the values of a cell: written otherwise, it stays the same address."""
    return url.replace(";", "%3B")


class Found(NamedTuple):
    """An incident as it is read: bases and parties by id, days as text; of its reports each address, quote and version once."""

    event_id: str
    dated: Values
    placed: Values
    counted: Values
    named: Values
    harmed: Values
    time_of_day: str | None
    outcome: str
    grading: str
    review_status: str
    number_of_reports: int
    launched_from: str
    summary_en: str
    summary_ar: str
    updated_at: str
    origins: Sequence[str]
    report_urls: Collection[str]
    evidence_quote: Collection[str]
    extractor_version: Collection[str]


Told = tuple[Collection[str], Collection[str], Collection[str]]
"""The addresses, quotes and versions of an incident's reports, each once."""
NOTHING: Told = ((), (), ())


# Days come as the text that a CSV holds. Ids are handed over as one value: a thousand take longer to bind than to find.
_OWN = tuple(
    cast(INCIDENT.c[name], String) if name in ("date_start", "date_end") else INCIDENT.c[name]
    for name in ("id", "public_id", *SHARED, *CODED, *OWN)
)
_ASKED = select(func.json_each(bindparam("ids")).table_valued("value").c.value)
_ORIGINS = select(INCIDENT_ORIGIN.c.incident_id, INCIDENT_ORIGIN.c.source_id).where(INCIDENT_ORIGIN.c.incident_id.in_(_ASKED))
_TOLD = select(
    MENTION.c.incident_id, MENTION.c.report_id, MENTION.c.id, MENTION.c.quote, MENTION.c.extractor_version
).where(MENTION.c.incident_id.in_(_ASKED))  # fmt: skip
_REPORTS = select(REPORT.c.id, cast(REPORT.c.published_date, String), REPORT.c.url, REPORT.c.text_public).where(
    REPORT.c.id.in_(_ASKED)
)
_BASES = select(
    BASE.c.id, BASE.c.slug.label("base_id"), BASE.c.name_en.label("base_name"), BASE.c.name_ar.label("base_name_ar"),
    BASE.c.governorate.label("admin1"), BASE.c.country, BASE.c.latitude, BASE.c.longitude, BASE.c.geo_precision,
)  # fmt: skip


class IncidentReader:
    """Reads incidents as plain tuples. Bases, actors and sources are few: known by id, they need no joins."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._bases = {row["id"]: {**row} for row in connection.execute(_BASES).mappings()}
        self._slugs = {table.name: dict(connection.execute(select(table.c.id, table.c.slug)).all()) for table in (ACTOR, SOURCE)}
        self._reports: dict[int, tuple[str, str, bool]] = {}

    def named(self, names: Sequence[str], values: Values) -> Row:
        """Values of an incident's columns by name: the base with its facts, parties by slug, days as days."""
        row = dict(zip(names, values, strict=True))
        for name in ("date_start", "date_end"):
            if row.get(name):
                row[name] = date.fromisoformat(row[name])
        for name, table in PARTIES.items():
            if name in row:
                row[name.removesuffix("_id")] = self._slugs[table.name].get(row.pop(name))
        return row | self._bases[row["base_id"]] if "base_id" in row else row

    def row(self, values: Values) -> Row:
        """The same of all that was read of an incident."""
        found = Found(*values)
        shared = self.named(SHARED, (*found.dated, *found.placed, *found.counted, *found.named, *found.harmed))
        several = {name: list(getattr(found, name)) for name in ("report_urls", "evidence_quote", "extractor_version")}
        return {**found._asdict(), **shared, **several, "origins": list(found.origins), "number_of_origins": len(found.origins)}

    def chunks(self, condition: ColumnElement[bool]) -> Iterator[list[Values]]:
        """The incidents that the condition finds, the latest first, each with the values of a Found: a million need no names."""
        order = latest_first(INCIDENT.c.date_start, INCIDENT)
        dated, placed, counted, named, harmed, rest = (slice(*ends) for ends in pairwise((2, 5, 7, 12, 15, 27, None)))
        for chunk in raw_rows(self._connection, select(*_OWN).where(condition).order_by(*order), size=CHUNK):
            ids = json.dumps([row[0] for row in chunk])
            origins, told = self._origins(ids), self._told(ids)
            yield [
                (
                    row[1], row[dated], row[placed], row[counted], row[named], row[harmed], *row[rest],
                    origins.get(row[0], ()), *told.get(row[0], NOTHING),
                )
                for row in chunk
            ]  # fmt: skip

    def _asked(self, statement: Select[Any], ids: str) -> Iterator[Values]:
        return chain.from_iterable(raw_rows(self._connection, statement, {"ids": ids}))

    def _origins(self, ids: str) -> Mapping[int, list[str]]:
        found: Mapping[int, list[str]] = defaultdict(list)
        slugs = self._slugs[SOURCE.name]
        for incident_id, source_id in self._asked(_ORIGINS, ids):
            found[incident_id].append(slugs[source_id])
        for several in found.values():
            several.sort()
        return found

    def _told(self, ids: str) -> Mapping[int, Told]:
        """For each incident the addresses of its reports, the quotes of its evidence, and the versions that read them."""
        mentions: dict[int, list[Values]] = defaultdict(list)
        for mention in self._asked(_TOLD, ids):
            mentions[mention[0]].append(mention)
        reports = self._known({mention[1] for several in mentions.values() for mention in several})
        found: dict[int, Told] = {}
        for incident_id, several in mentions.items():
            if len(several) > 1:
                several.sort(key=lambda mention: (reports[mention[1]][0], mention[2]))
            urls: list[str | None] = []
            quotes: list[str | None] = []
            versions: list[str | None] = []
            for _incident, report_id, _id, quote, version in several:
                _day, url, whole = reports[report_id]
                urls.append(url)
                quotes.append(snippet(quote, whole=whole))
                versions.append(version)
            found[incident_id] = (_once(urls), _once(quotes), _once(versions))
        return found

    def _known(self, ids: set[int]) -> Mapping[int, tuple[str, str, bool]]:
        """Of these reports, and of others that were asked for before: the day (none comes first), the address, whether whole."""
        if len(self._reports) > MOST_KNOWN:
            self._reports.clear()
        missing = json.dumps([*(ids - self._reports.keys())])
        for report_id, day, url, whole in self._asked(_REPORTS, missing):
            self._reports[report_id] = (day or "", one_value(url), whole)
        return self._reports


def _once(values: list[str | None]) -> Collection[str]:
    """The values that say something, each once."""
    if len(values) == 1:
        return (values[0],) if values[0] else ()
    return dict.fromkeys(value for value in values if value)


def incident_rows(connection: Connection, chosen: IncidentFilter) -> Iterator[Row]:
    """Each incident that the filter finds, the latest first, with the base's facts, its origins, addresses and evidence."""
    return _incidents(connection, chosen.condition())


def all_incident_rows(connection: Connection) -> Iterator[Row]:
    """The same of every incident, whatever its review status."""
    return _incidents(connection, true())


def incident_row(connection: Connection, public_id: str) -> Row:
    """The same of one incident, whatever its review status."""
    return next(_incidents(connection, INCIDENT.c.public_id == public_id))


def _incidents(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Row]:
    reader = IncidentReader(connection)
    for chunk in reader.chunks(condition):
        yield from map(reader.row, chunk)


def mention_rows(connection: Connection) -> Iterator[Row]:
    """Each mention in the order in which it came in, with its report and its claims (a JSON list in one cell)."""
    for row in _mentions(connection, true()):
        yield {**row, "claims": json.dumps(row["claims"], ensure_ascii=False)}


def mentions_of(connection: Connection, public_id: str) -> list[Row]:
    """The same of one incident, its claims as they are."""
    return list(_mentions(connection, INCIDENT.c.public_id == public_id))


def _mentions(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Row]:
    found = connection.execute(
        select(
            REPORT.c.report_ref,
            BASE.c.slug.label("base_id"),
            MENTION.c.date_start,
            INCIDENT.c.public_id.label("event_id"),
            MENTION.c.date_end,
            MENTION.c.id.label("mention_id"),
            MENTION.c.ref.label("mention_ref"),
            MENTION.c.report_id,
            SOURCE.c.slug.label("publisher"),
            REPORT.c.published_date,
            REPORT.c.url.label("report_url"),
            REPORT.c.text_public,
            MENTION.c.linked_by,
            MENTION.c.base_as_written,
            MENTION.c.stated,
            MENTION.c.span_start.label("evidence_start"),
            MENTION.c.span_end.label("evidence_end"),
            MENTION.c.quote,
            MENTION.c.extractor_version,
        )
        .join(REPORT, REPORT.c.id == MENTION.c.report_id)
        .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
        .join(BASE, BASE.c.id == MENTION.c.base_id)
        .join(INCIDENT, INCIDENT.c.id == MENTION.c.incident_id)
        .where(condition)
        .order_by(MENTION.c.id)
    )
    for chunk in found.mappings().partitions(CHUNK):
        claims = _claims(connection, {row["mention_id"]: row["text_public"] for row in chunk})
        for row in chunk:
            of_mention = claims[row["mention_id"]]
            yield {
                **row,
                "report_url": one_value(row["report_url"]),
                "origins": [one["value"] for one in of_mention if one["field"] == "origin" and not one.get("alternative")],
                "claims": of_mention,
                "evidence_quote": snippet(row["quote"], whole=row["text_public"]),
            }


def _claims(connection: Connection, whole: Mapping[int, bool]) -> Mapping[int, list[dict[str, Any]]]:
    """For each mention its claims, without the keys that say nothing; `whole` says of which mentions quotes are not cut."""
    found: Mapping[int, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(
        select(*(CLAIM.c[name] for name in CLAIM_KEYS)).where(CLAIM.c.mention_id.in_(whole)).order_by(CLAIM.c.id)
    ).mappings():
        claim = {**row, "quote": snippet(row["quote"], whole=whole[row["mention_id"]])}
        kept = {key: value for key, value in claim.items() if key != "mention_id" and value is not None and value is not False}
        found[row["mention_id"]].append(kept)
    return found


def tally_rows(connection: Connection) -> Iterator[Row]:
    """Each published total, the latest first, with its parts as `scope=count`."""
    for row in tallies(connection):
        tally = row.tally._mapping
        yield {
            **tally,
            "bound": BOUND_WORDS[tally["bound"]],
            "tally_id": tally["ref"] or tally["id"],
            "quote": row.quote,
            "parts": [f"{scope}={count}" for scope, count in row.parts],
            "urls": [one_value(url) for url in tally["urls"]] or [tally["report_url"]],
        }
