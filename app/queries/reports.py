"""Reads reports: the list, and one with what was read in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select, true

from app.db import AnyRow
from app.models.tables import BASE, CLAIM, INCIDENT, MENTION, NON_STRIKE_EVENT, REPORT, SOURCE, TALLY, TALLY_PART
from app.queries.names import name_of
from app.queries.paging import Page, beside, page_of
from app.queries.published import told
from app.queries.snippets import shown

Found = Mapping[str, Any]


def count(connection: Connection, publisher: str = "") -> int:
    """How many reports there are, the register's own compilation included; of one publisher (its slug) where it is named."""
    return connection.execute(select(func.count()).select_from(REPORT).where(_printed_by(publisher))).scalar_one()


def _printed_by(publisher: str) -> ColumnElement[bool]:
    named = select(SOURCE.c.id).where(SOURCE.c.slug == publisher).scalar_subquery()
    return REPORT.c.publisher_id == named if publisher else true()


def page(connection: Connection, *, size: int, after: str = "", publisher: str = "") -> Page:
    """All reports, or those of one publisher, the latest published first, those without a day last. Raises BadCursor."""
    mentions = select(func.count()).where(MENTION.c.report_id == REPORT.c.id, told()).scalar_subquery()
    statement = select(
        *(REPORT.c[name] for name in ("id", "kind", "title", "url", "lang", "published_date", "published_note", "text_public")),
        name_of(SOURCE).label("publisher"),
        mentions.label("mentions"),
    )
    statement = statement.join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id).where(_printed_by(publisher))
    return page_of(connection, statement, REPORT.c.published_date, REPORT, size=size, after=after)


def read_otherwise(connection: Connection, version: str) -> Sequence[int]:
    """The ids of the texts that another version than this read last; what was taken down is read no more."""
    stale = select(REPORT.c.id).where(REPORT.c.text.is_not(None), REPORT.c.extractor_version != version)
    return connection.execute(stale.order_by(REPORT.c.id)).scalars().all()


def text(connection: Connection, report_id: int) -> tuple[str, date | None, str | None] | None:
    """A stored text with its day of publication and its language; None where there is none, or none any more."""
    chosen = select(REPORT.c.text, REPORT.c.published_date, REPORT.c.lang).where(REPORT.c.text.is_not(None))
    found = connection.execute(chosen.where(REPORT.c.id == report_id)).one_or_none()
    return (found.text, found.published_date, found.lang) if found else None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with what was read in it. Its text is None where it may not be shown whole; quotes are cut to what may be."""

    report: AnyRow
    unread: Sequence[Found]
    mentions: Sequence[Found]
    tallies: Sequence[Found]
    non_strike_events: Sequence[Found]
    copies: Sequence[AnyRow]
    later: int | None
    earlier: int | None
    """The numbers of the reports above and below it in the list of all."""


def report(connection: Connection, report_id: int) -> ReportPage | None:
    """The report with this number as everybody may read it, or None. Each mention has its `claims`, each tally its `parts`."""
    return report_page(connection, report_id)


def report_page(connection: Connection, report_id: int, *, for_editors: bool = False) -> ReportPage | None:
    """The report with this number; whole `for_editors`, which app.queries.desk_reports alone asks for."""
    row = connection.execute(
        select(
            *(column for column in REPORT.c if column.name != "text"),
            (REPORT.c.text if for_editors else case((REPORT.c.text_public, REPORT.c.text))).label("text"),
            name_of(SOURCE).label("publisher"),
            SOURCE.c.slug.label("publisher_slug"),
        )
        .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
        .where(REPORT.c.id == report_id)
    ).one_or_none()
    if row is None:
        return None
    whole = for_editors or row.text_public
    later, earlier = beside(connection, REPORT.c.id, REPORT.c.published_date, REPORT, (row.published_date, row.id), true())
    return ReportPage(
        report=row,
        unread=[shown(word, whole=whole) for word in row.unread],
        mentions=_mentions(connection, report_id, whole),
        tallies=_tallies(connection, report_id, whole),
        non_strike_events=_shown(connection, select(NON_STRIKE_EVENT).where(NON_STRIKE_EVENT.c.report_id == report_id), whole),
        copies=connection.execute(
            select(REPORT.c.id, name_of(SOURCE).label("publisher"))
            .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
            .where(REPORT.c.text_hash == row.text_hash, REPORT.c.text_hash.is_not(None), REPORT.c.id != report_id)
        ).all(),
        later=later,
        earlier=earlier,
    )


def _shown(connection: Connection, statement: Select[Any], whole: bool) -> list[dict[str, Any]]:
    return [shown(row._asdict(), whole=whole) for row in connection.execute(statement)]


def _mentions(connection: Connection, report_id: int, whole: bool) -> list[Found]:
    of_report = (MENTION.c.report_id == report_id) & told()
    claims: dict[int, list[Found]] = defaultdict(list)
    for claim in _shown(connection, select(CLAIM).join(MENTION).where(of_report).order_by(CLAIM.c.id), whole):
        claims[claim["mention_id"]].append(claim)
    mentions = (
        select(*MENTION.c, INCIDENT.c.public_id, BASE.c.slug.label("base"), name_of(BASE, "short_en").label("base_name"))
        .join(INCIDENT, INCIDENT.c.id == MENTION.c.incident_id)
        .join(BASE, BASE.c.id == MENTION.c.base_id)
        .where(of_report)
        .order_by(MENTION.c.id)
    )
    return [{**mention, "claims": claims[mention["id"]]} for mention in _shown(connection, mentions, whole)]


def _tallies(connection: Connection, report_id: int, whole: bool) -> list[Found]:
    of_report = TALLY.c.report_id == report_id
    parts: dict[int, list[Found]] = defaultdict(list)
    for part in _shown(connection, select(TALLY_PART).join(TALLY).where(of_report).order_by(TALLY_PART.c.id), whole):
        parts[part["tally_id"]].append(part)
    tallies = (
        select(*TALLY.c, name_of(SOURCE).label("counter"))
        .outerjoin(SOURCE, SOURCE.c.id == TALLY.c.counter_id)
        .where(of_report)
        .order_by(TALLY.c.id)
    )
    return [{**tally, "parts": parts[tally["id"]]} for tally in _shown(connection, tallies, whole)]
