"""Stores a report with all that follows from it: mentions, claims, incidents, tallies, non-strike events."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Engine, or_, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.actions.incidents import new_incident, resettle
from app.actions.placing import place_mentions
from app.actions.revision import RefusedAction, now, raise_revision, stored
from app.db import transaction
from app.extract import values
from app.fields import UNSPECIFIED
from app.ingest import RawReport, text_hash
from app.models import Claim, Mention, NonStrikeEvent, Report, Source, Tally, TallyPart
from app.models.tables import BASE, INCIDENT, MENTION, REPORT, SOURCE, SOURCE_ALIAS


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a report: its id, whether it was there before, and the public ids of the incidents it tells of."""

    report_id: int
    duplicate: bool
    incidents: tuple[str, ...] = ()
    new_incidents: tuple[str, ...] = ()


def add_report(engine: Engine, *, raw: RawReport, reading: values.Extraction) -> Added:
    """Stores a report and what was read in it, whole or not at all. One that is there already changes nothing.

    A text's identity is its publisher and the hash of its folded letters, a page's its publisher and address, a compilation's
    its publisher and title. Raises RefusedAction where the reading names a base or source that the register does not know.
    """
    try:
        with transaction(engine) as session:
            return _add(session, raw, reading)
    except (IntegrityError, OverflowError) as error:
        raise RefusedAction(f"{raw.report_ref or raw.url or 'report'}: {getattr(error, 'orig', error)}") from error


def _add(session: Session, raw: RawReport, reading: values.Extraction) -> Added:
    publisher_id = _publisher(session, raw)
    there = _same_report(session, raw, publisher_id)
    if there is not None:
        return Added(there, duplicate=True, incidents=_public_ids(session, _incidents_of(session, there)))
    revision = raise_revision(session, "add report", kind=raw.kind, publisher=publisher_id, ref=raw.report_ref)
    row = _report_row(session, raw, publisher_id, reading, revision)
    report_id = stored(session, row)
    version = reading.version if raw.kind == "text" else None
    incidents, new = _add_mentions(session, report_id, row, reading.mentions, version, revision)
    for tally in reading.tallies:
        _add_tally(session, report_id, raw, publisher_id, tally, version)
    session.add_all(
        NonStrikeEvent(
            report_id=report_id, kind=event.kind, rule=event.rule, extractor_version=reading.version, **_span(event.span)
        )
        for event in reading.non_strike_events
    )
    return Added(report_id, False, _public_ids(session, incidents), _public_ids(session, new))


def _publisher(session: Session, raw: RawReport) -> int:
    """The source that `raw` names by slug, name, alias or host, or that its address belongs to; a new name becomes a source."""
    host = (urlsplit(raw.url).hostname or "").removeprefix("www.")
    if raw.publisher:
        return _source_called(session, raw.publisher) or _new_source(session, raw.publisher)
    found = _sole(session, SOURCE.c.host.in_((host, f"www.{host}"))) if host else None
    return found or _source_called(session, "unknown") or _new_source(session, "unknown")


def _source_called(session: Session, name: str) -> int | None:
    """The one source that bears this slug, or else this name or alias, or else this host."""
    aliased = SOURCE.c.id.in_(select(SOURCE_ALIAS.c.source_id).where(SOURCE_ALIAS.c.text == name))
    return (
        _sole(session, SOURCE.c.slug == name)
        or _sole(session, or_(SOURCE.c.name_en == name, SOURCE.c.name_ar == name, aliased))
        or _sole(session, SOURCE.c.host.in_((name, f"www.{name}")))
    )


def _sole(session: Session, condition: ColumnElement[bool]) -> int | None:
    found = session.connection().execute(select(SOURCE.c.id).where(condition).limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def _new_source(session: Session, name: str) -> int:
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")
    # A name that is not Latin, or whose slug another source bears, is told apart by its hash.
    if not slug or _sole(session, SOURCE.c.slug == slug):
        slug = f"{slug or 'source'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return stored(session, Source(slug=slug, name_en=name, kind="unclassified"))


def _same_report(session: Session, raw: RawReport, publisher_id: int) -> int | None:
    match raw.kind:
        case "text":
            same = REPORT.c.text_hash == text_hash(raw.text or "")
        case "page":
            same = (REPORT.c.url == raw.url) & (REPORT.c.kind == "page")
        case "compilation":
            same = (REPORT.c.title == raw.title) & (REPORT.c.kind == "compilation")
    found = session.connection().execute(select(REPORT.c.id).where(REPORT.c.publisher_id == publisher_id, same))
    return found.scalar_one_or_none()


def _report_row(session: Session, raw: RawReport, publisher_id: int, reading: values.Extraction, revision: int) -> Report:
    digest = text_hash(raw.text) if raw.text is not None else None
    same_text = select(REPORT.c.id).where(REPORT.c.text_hash == digest).order_by(REPORT.c.id)
    return Report(
        publisher_id=publisher_id,
        kind=raw.kind,
        report_ref=raw.report_ref,
        title=raw.title,
        url=raw.url,
        lang=raw.lang,
        published_date=raw.published,
        published_note=raw.published_note,
        text=raw.text,
        text_hash=digest,
        text_public=bool(raw.text_licence),
        text_licence=raw.text_licence,
        copy_of_id=session.connection().execute(same_text).scalars().first() if digest else None,
        extractor_version=reading.version if raw.kind == "text" else None,
        unread=[
            {"start": word.span.start, "end": word.span.end, "quote": word.span.quote, "why": word.why} for word in reading.unread
        ],
        added_at=now(),
        revision=revision,
    )


def _add_mentions(
    session: Session, report_id: int, report: Report, mentions: Sequence[values.Mention], version: str | None, revision: int
) -> tuple[list[int], list[int]]:
    """Adds the mentions with their claims, each to its incident. Returns the incidents, and those of them that are new."""
    bases = _bases(session)
    incidents, new = [], []
    for mention, (incident_id, linked_by) in zip(mentions, place_mentions(session, report, mentions), strict=True):
        base = mention.value("base") or UNSPECIFIED
        if base not in bases:
            raise RefusedAction(f"{report.url or report.report_ref}: no base is called {base!r}")
        if incident_id is None:
            incident_id = new_incident(session, base_id=bases[base], revision=revision)
            new.append(incident_id)
        incidents.append(incident_id)
        row = Mention(
            report_id=report_id,
            incident_id=incident_id,
            linked_by=linked_by,
            ref=mention.ref,
            base_id=bases[base],
            base_as_written=mention.base_as_written,
            stated=mention.stated,
            date_start=_day(mention.value("date_start")),
            date_end=_day(mention.value("date_end") or mention.value("date_start")),
            extractor_version=version,
            **_span(mention.anchor),
        )
        _add_claims(session, stored(session, row), mention.claims)
    resettle(session, incidents, revision)
    return incidents, new


def _add_claims(session: Session, mention_id: int, claims: Iterable[values.Claim]) -> None:
    session.add_all(
        Claim(
            mention_id=mention_id,
            field=claim.field,
            value=claim.value,
            basis=claim.basis,
            alternative=claim.alternative,
            rule=claim.rule,
            **_span(claim.span),
        )
        for claim in claims
    )
    session.flush()


def _add_tally(
    session: Session, report_id: int, raw: RawReport, publisher_id: int, tally: values.Tally, version: str | None
) -> None:
    slugs = {tally.counter, tally.publisher} - {None}
    named = select(SOURCE.c.slug, SOURCE.c.id).where(SOURCE.c.slug.in_(slugs))
    sources: dict[str | None, int] = dict(session.connection().execute(named).all())
    if missing := slugs - sources.keys():
        raise RefusedAction(f"no source is called {min(map(str, missing))!r}")
    row = Tally(
        report_id=report_id,
        ref=tally.ref,
        counter_id=sources.get(tally.counter),
        publisher_id=sources.get(tally.publisher, publisher_id),
        published_date=_day(tally.published) or raw.published,
        published_basis=tally.published_basis,
        scope=tally.scope,
        kind=tally.kind,
        bound=tally.bound,
        count=tally.count,
        start=_day(tally.start),
        end=_day(tally.end),
        parts_stated=tally.parts_stated or _parts_stated(tally),
        note=tally.note,
        urls=list(tally.urls),
        rule=tally.rule,
        extractor_version=version,
        **_span(tally.span),
    )
    tally_id = stored(session, row)
    bases = _bases(session)
    session.add_all(
        TallyPart(tally_id=tally_id, scope=part.scope, base_id=bases.get(part.scope), count=part.count, **_span(part.span))
        for part in {part.scope: part for part in tally.parts}.values()
    )


def _bases(session: Session) -> dict[str, int]:
    return dict(session.connection().execute(select(BASE.c.slug, BASE.c.id)).all())


def _parts_stated(tally: values.Tally) -> str:
    if not tally.parts:
        return "none"
    return "all" if sum(part.count for part in tally.parts) == tally.count else "cut"


def _span(span: values.Span | None) -> dict[str, Any]:
    return {"span_start": span.start, "span_end": span.end, "quote": span.quote} if span else {}


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _incidents_of(session: Session, report_id: int) -> list[int]:
    return list(session.connection().execute(select(MENTION.c.incident_id).where(MENTION.c.report_id == report_id)).scalars())


def _public_ids(session: Session, incidents: Iterable[int]) -> tuple[str, ...]:
    found = session.connection().execute(
        select(INCIDENT.c.public_id).where(INCIDENT.c.id.in_(list(incidents))).order_by(INCIDENT.c.id)
    )
    return tuple(found.scalars())
