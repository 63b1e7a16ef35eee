"""Reads the rows of the exports, a thousand at a time, so that memory does not grow with the register."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true

from app.models.tables import BASE, CLAIM, INCIDENT, INCIDENT_ORIGIN, MENTION, REPORT, SOURCE
from app.queries.filter import IncidentFilter
from app.queries.incidents import BLAMED, BLAMER, CLAIMANT, with_parties
from app.queries.paging import latest_first
from app.queries.snippets import snippet
from app.queries.tallies import tallies

Row = Mapping[str, Any]
CHUNK = 1000
BOUND_WORDS = {"=": "exactly", ">": "more_than", ">=": "at_least", "~": "about"}
"""A cell that holds `=` or `>` alone is no word for a spreadsheet."""
CLAIM_KEYS = ("mention_id", "field", "value", "basis", "alternative", "span_start", "span_end", "quote", "rule")
LEFT_OUT = ("base_id", "claimed_by_id", "attributed_to_id", "attributed_by_id")
"""Columns of an incident that an export gives by slug, or not at all."""


def one_value(url: str) -> str:
    """An address without `;`, which parts the values of a cell: written otherwise, it stays the same address."""
    return url.replace(";", "%3B")


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
    statement = with_parties(
        select(
            *(column for column in INCIDENT.c if column.name not in LEFT_OUT),
            INCIDENT.c.public_id.label("event_id"),
            BASE.c.slug.label("base_id"),
            BASE.c.name_en.label("base_name"),
            BASE.c.name_ar.label("base_name_ar"),
            BASE.c.governorate.label("admin1"),
            BASE.c.country,
            BASE.c.latitude,
            BASE.c.longitude,
            BASE.c.geo_precision,
            CLAIMANT.c.slug.label("claimed_by"),
            BLAMED.c.slug.label("attributed_to"),
            BLAMER.c.slug.label("attributed_by"),
        )
    )
    found = connection.execute(statement.where(condition).order_by(*latest_first(INCIDENT.c.date_start, INCIDENT)))
    for chunk in found.mappings().partitions(CHUNK):
        ids = [row["id"] for row in chunk]
        origins, reports = _origins(connection, ids), _reports(connection, ids)
        for row in chunk:
            yield {
                **row,
                "origins": origins[row["id"]],
                "number_of_origins": len(origins[row["id"]]),
                **{column: list(values) for column, values in reports[row["id"]].items()},
            }


def _origins(connection: Connection, ids: list[int]) -> Mapping[int, list[str]]:
    found: Mapping[int, list[str]] = defaultdict(list)
    for incident_id, slug in connection.execute(
        select(INCIDENT_ORIGIN.c.incident_id, SOURCE.c.slug)
        .join(SOURCE, SOURCE.c.id == INCIDENT_ORIGIN.c.source_id)
        .where(INCIDENT_ORIGIN.c.incident_id.in_(ids))
        .order_by(SOURCE.c.slug)
    ):
        found[incident_id].append(slug)
    return found


def _reports(connection: Connection, ids: list[int]) -> Mapping[int, Row]:
    """For each incident the addresses of its reports, the quotes of its evidence, and the versions that read them, each once."""
    found: Mapping[int, dict[str, dict[str, None]]] = defaultdict(
        lambda: {"report_urls": {}, "evidence_quote": {}, "extractor_version": {}}
    )
    for row in connection.execute(
        select(MENTION.c.incident_id, MENTION.c.quote, MENTION.c.extractor_version, REPORT.c.url, REPORT.c.text_public)
        .join(REPORT, REPORT.c.id == MENTION.c.report_id)
        .where(MENTION.c.incident_id.in_(ids))
        .order_by(REPORT.c.published_date, MENTION.c.id)
    ):
        for key, value in (
            ("report_urls", one_value(row.url)),
            ("evidence_quote", snippet(row.quote, whole=row.text_public)),
            ("extractor_version", row.extractor_version),
        ):
            if value:
                found[row.incident_id][key][value] = None
    return found


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
