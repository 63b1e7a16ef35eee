"""Stores a report with all that follows from it, and reads a stored report again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Engine, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.actions.incidents import new_incident
from app.actions.neighbourhood import Arrival
from app.actions.publishers import publisher_of
from app.actions.readings import Origin, arrival_of, forget, store
from app.actions.revision import RefusedAction, add_row, now, raise_revision
from app.db import AnyRow, transaction
from app.extract import values
from app.ingest import RawReport, text_hash
from app.models.tables import BASE, INCIDENT, MENTION, REPORT

_PUBLIC_IDS = (
    select(INCIDENT.c.public_id).where(INCIDENT.c.id.in_(bindparam("incidents", expanding=True))).order_by(INCIDENT.c.id)
)


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
    publisher_id = publisher_of(session, raw)
    there = _same_report(session, raw, publisher_id)
    if there is not None:
        told = session.connection().execute(select(MENTION.c.incident_id).where(MENTION.c.report_id == there))
        return Added(there, duplicate=True, incidents=_public_ids(session, told.scalars()))
    revision = raise_revision(session, "add report", kind=raw.kind, publisher=publisher_id, ref=raw.report_ref)
    origin = _add_row(session, raw, publisher_id, reading, revision)
    arrivals = list(_arrivals(session, raw, reading, revision))
    placed = store(session, origin, reading, arrivals, revision)
    new = placed.new if raw.kind != "compilation" else placed.incidents
    return Added(origin.report_id, False, _public_ids(session, placed.incidents), _public_ids(session, new))


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


def _add_row(session: Session, raw: RawReport, publisher_id: int, reading: values.Extraction, revision: int) -> Origin:
    rows = session.connection()
    digest = text_hash(raw.text) if raw.text is not None else None
    version = reading.version if raw.kind == "text" else None
    same_text = select(REPORT.c.id).where(REPORT.c.text_hash == digest).order_by(REPORT.c.id)
    row = {
        "publisher_id": publisher_id,
        "kind": raw.kind,
        "report_ref": raw.report_ref,
        "title": raw.title,
        "url": raw.url,
        "lang": raw.lang,
        "published_date": raw.published,
        "published_note": raw.published_note,
        "text": raw.text,
        "text_hash": digest,
        "text_public": bool(raw.text_licence),
        "text_licence": raw.text_licence,
        "copy_of_id": rows.execute(same_text).scalars().first() if digest else None,
        "extractor_version": version,
        "unread": _unread(reading),
        "added_at": now(),
        "revision": revision,
    }
    report_id = add_row(session, REPORT, row)
    return Origin(report_id, digest or f"report {report_id}", publisher_id, raw.published, version)


def _unread(reading: values.Extraction) -> list[dict[str, object]]:
    return [
        {"start": word.span.start, "end": word.span.end, "quote": word.span.quote, "why": word.why} for word in reading.unread
    ]


def _arrivals(session: Session, raw: RawReport, reading: values.Extraction, revision: int) -> Iterator[Arrival]:
    """The mentions of a reading. Each compiled one makes an incident of its own, or belongs to that of the one it tells of."""
    for mention in reading.mentions:
        if raw.kind == "compilation":
            named = select(BASE.c.id).where(BASE.c.slug == mention.value("base"))
            base_id = session.connection().execute(named).scalar_one_or_none()
            if base_id is None:
                raise RefusedAction(f"{mention.ref}: no base is called {mention.value('base')!r}")
            yield Arrival(mention, incident=new_incident(session, base_id=base_id, revision=revision), linked_by="compiled")
        elif mention.tells_of:
            yield Arrival(mention, incident=_told_of(session, mention), linked_by="compiled")
        else:
            yield arrival_of(mention, reading.tallies)


def _told_of(session: Session, mention: values.Mention) -> int:
    named = select(MENTION.c.incident_id).where(MENTION.c.ref == mention.tells_of).order_by(MENTION.c.id)
    found = session.connection().execute(named).scalars().first()
    if found is None:
        raise RefusedAction(f"{mention.ref}: no compiled mention is called {mention.tells_of!r}")
    return int(found)


def _public_ids(session: Session, incidents: Iterable[int]) -> tuple[str, ...]:
    ids = list(incidents)
    return tuple(session.connection().execute(_PUBLIC_IDS, {"incidents": ids}).scalars()) if ids else ()


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a report again did: mentions before and after, and those linked by a person that no rule finds any more."""

    before: int
    after: int
    lost: int


def reread_report(engine: Engine, *, report_id: int, reading: values.Extraction) -> Reread:
    """Replaces what an earlier version of the rules read in a text. Corrections, decisions and public ids stay.

    A new mention takes the place of the former one whose evidence it overlaps most, with its incident and with the person's word
    on that. A former mention that a person linked and that nothing overlaps stays as it is, and is marked as lost. An incident
    without mentions is withdrawn. Raises RefusedAction for a report that is not there or has no text.
    """
    with transaction(engine) as session:
        report = (
            session.connection().execute(select(REPORT).where(REPORT.c.id == report_id, REPORT.c.kind == "text")).one_or_none()
        )
        if report is None:
            raise RefusedAction(f"there is no text with the number {report_id}")
        revision = raise_revision(session, "reread", report=report_id, version=reading.version)
        former = (
            session.connection().execute(select(MENTION).where(MENTION.c.report_id == report_id).order_by(MENTION.c.id)).all()
        )
        arrivals = [arrival_of(mention, reading.tallies) for mention in reading.mentions]
        followed = _followed(former, reading.mentions)
        for index, one in followed.items():
            arrivals[index] = replace(arrivals[index], incident=one.incident_id, linked_by=one.linked_by, born=one.born_id)
        lost = [one.id for one in former if one.linked_by != "machine" and one not in followed.values()]
        forget(session, report_id, [one.id for one in former if one.id not in lost])
        session.connection().execute(update(MENTION).where(MENTION.c.id.in_(lost)).values(lost=True, position=-MENTION.c.id))
        state = {"extractor_version": reading.version, "unread": _unread(reading), "revision": revision}
        session.connection().execute(update(REPORT).where(REPORT.c.id == report_id).values(state))
        origin = Origin(report_id, report.text_hash, report.publisher_id, report.published_date, reading.version)
        store(session, origin, reading, arrivals, revision, left={one.incident_id for one in former})
        return Reread(len(former), len(arrivals), len(lost))


def _followed(former: Sequence[AnyRow], mentions: Sequence[values.Mention]) -> dict[int, AnyRow]:
    """For the index of each new mention the former one whose place it takes: most words in common first, each once."""
    common = [
        (min(mention.anchor.end, one.span_end) - max(mention.anchor.start, one.span_start), index, number)
        for index, mention in enumerate(mentions)
        for number, one in enumerate(former)
        if mention.anchor is not None and one.span_start is not None
    ]
    taken: dict[int, int] = {}
    for overlap, index, number in sorted(common, key=lambda item: (-item[0], item[1:])):
        if overlap > 0 and index not in taken and number not in taken.values():
            taken[index] = number
    return {index: former[number] for index, number in taken.items()}
