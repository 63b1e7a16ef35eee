"""Reads the rows of the exports, a thousand at a time, so that memory does not grow with the register."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.models import Actor, Base, Claim, Incident, IncidentOrigin, Mention, Report, Source
from app.queries.filter import IncidentFilter
from app.queries.incidents import LATEST_FIRST
from app.queries.snippets import snippet
from app.queries.tallies import tallies

Row = Mapping[str, Any]
CHUNK = 1000
BOUND_WORDS = {"=": "exactly", ">": "more_than", ">=": "at_least", "~": "about"}
"""A cell that holds `=` or `>` alone is no word for a spreadsheet."""
LEFT_OUT = ("base_id", "claimed_by_id", "attributed_to_id", "attributed_by_id", "search_text")
"""Columns of an incident that an export gives by slug, or not at all."""

Claimant, Blamed, Blamer = aliased(Actor), aliased(Actor), aliased(Source)


def incident_rows(connection: Connection, chosen: IncidentFilter) -> Iterator[Row]:
    """Each incident that the filter finds, the latest first, with the base's facts, its origins, addresses and evidence."""
    found = connection.execution_options(stream_results=True).execute(
        select(
            *(column for column in Incident.__table__.columns if column.name not in LEFT_OUT),  # type: ignore[attr-defined]
            Incident.public_id.label("event_id"),  # type: ignore[attr-defined]
            Base.slug.label("base_id"),  # type: ignore[attr-defined]
            Base.name_en.label("base_name"),  # type: ignore[attr-defined]
            Base.name_ar.label("base_name_ar"),  # type: ignore[attr-defined]
            Base.governorate.label("admin1"),  # type: ignore[attr-defined]
            Base.country,
            Base.latitude,
            Base.longitude,
            Base.geo_precision,
            Claimant.slug.label("claimed_by"),
            Blamed.slug.label("attributed_to"),
            Blamer.slug.label("attributed_by"),
        )
        .join(Base, col(Base.id) == Incident.base_id)
        .outerjoin(Claimant, Claimant.id == Incident.claimed_by_id)
        .outerjoin(Blamed, Blamed.id == Incident.attributed_to_id)
        .outerjoin(Blamer, Blamer.id == Incident.attributed_by_id)
        .where(chosen.condition())
        .order_by(*LATEST_FIRST)
    )
    for chunk in found.mappings().partitions(CHUNK):
        ids = [row["id"] for row in chunk]
        origins, reports = _origins(connection, ids), _reports(connection, ids)
        for row in chunk:
            yield {
                **row,
                "origins": origins[row["id"]],
                "number_of_origins": len(origins[row["id"]]),
                **reports[row["id"]],
            }


def _origins(connection: Connection, ids: list[int]) -> Mapping[int, list[str]]:
    found: Mapping[int, list[str]] = defaultdict(list)
    for incident_id, slug in connection.execute(
        select(IncidentOrigin.incident_id, Source.slug)
        .join(Source, col(Source.id) == IncidentOrigin.source_id)
        .where(col(IncidentOrigin.incident_id).in_(ids))
        .order_by(col(Source.slug))
    ):
        found[incident_id].append(slug)
    return found


def _reports(connection: Connection, ids: list[int]) -> Mapping[int, Row]:
    """For each incident the addresses of its reports, the quotes of its evidence, and the versions that read them, each once."""
    found: Mapping[int, dict[str, dict[str, None]]] = defaultdict(
        lambda: {"report_urls": {}, "evidence_quote": {}, "extractor_version": {}}
    )
    for row in connection.execute(
        select(Mention.incident_id, Mention.quote, Mention.extractor_version, Report.url, Report.text_public)
        .join(Report, col(Report.id) == Mention.report_id)
        .where(col(Mention.incident_id).in_(ids))
        .order_by(col(Report.published_date), col(Mention.id))
    ):
        # A `;` parts the values of a cell: in an address it can be written otherwise without changing it.
        for key, value in (
            ("report_urls", row.url.replace(";", "%3B")),
            ("evidence_quote", snippet(row.quote, whole=row.text_public)),
            ("extractor_version", row.extractor_version),
        ):
            if value:
                found[row.incident_id][key][value] = None
    return found


def mention_rows(connection: Connection) -> Iterator[Row]:
    """Each mention in the order in which it came in, with its report and its claims (a JSON list in one cell)."""
    found = connection.execution_options(stream_results=True).execute(
        select(
            Report.report_ref,
            Base.slug.label("base_id"),  # type: ignore[attr-defined]
            Mention.date_start,
            Incident.public_id.label("event_id"),  # type: ignore[attr-defined]
            Mention.date_end,
            Mention.id.label("mention_id"),  # type: ignore[union-attr]
            Mention.ref.label("mention_ref"),  # type: ignore[union-attr]
            Mention.report_id,
            Source.slug.label("publisher"),  # type: ignore[attr-defined]
            Report.published_date,
            Report.url.label("report_url"),  # type: ignore[attr-defined]
            Report.text_public,
            Mention.linked_by,
            Mention.base_as_written,
            Mention.stated,
            Mention.span_start.label("evidence_start"),  # type: ignore[union-attr]
            Mention.span_end.label("evidence_end"),  # type: ignore[union-attr]
            Mention.quote,
            Mention.extractor_version,
        )
        .join(Report, col(Report.id) == Mention.report_id)
        .join(Source, col(Source.id) == Report.publisher_id)
        .join(Base, col(Base.id) == Mention.base_id)
        .join(Incident, col(Incident.id) == Mention.incident_id)
        .order_by(col(Mention.id))
    )
    for chunk in found.mappings().partitions(CHUNK):
        claims = _claims(connection, [row["mention_id"] for row in chunk])
        for row in chunk:
            of_mention = claims[row["mention_id"]]
            yield {
                **row,
                "origins": [claim["value"] for claim in of_mention if claim["field"] == "origin"],
                "claims": json.dumps(of_mention, ensure_ascii=False),
                "evidence_quote": snippet(row["quote"], whole=row["text_public"]),
            }


def _claims(connection: Connection, ids: list[int]) -> Mapping[int, list[dict[str, Any]]]:
    """For each mention its claims, without the keys that say nothing."""
    found: Mapping[int, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(
        select(
            Claim.mention_id, Claim.field, Claim.value, Claim.basis, Claim.alternative, Claim.span_start, Claim.span_end,
            Claim.quote, Claim.rule,
        )
        .where(col(Claim.mention_id).in_(ids))
        .order_by(col(Claim.id))
    ).mappings():  # fmt: skip
        found[row["mention_id"]].append({
            key: value for key, value in row.items() if key != "mention_id" and value is not None and value is not False
        })  # fmt: skip
    return found


def tally_rows(connection: Connection) -> Iterator[Row]:
    """Each published total, the latest first, with its parts as `scope=count`."""
    for row in tallies(connection):
        tally = row.tally._mapping
        yield {
            **tally,
            "bound": BOUND_WORDS[tally["bound"]],
            "tally_id": tally["ref"] or tally["id"],
            "parts": [f"{scope}={count}" for scope, count in row.parts],
            "urls": [url.replace(";", "%3B") for url in tally["urls"]] or [tally["report_url"]],
        }
