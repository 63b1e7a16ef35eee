"""Stores a report with all that follows from it, and reads a stored report again."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import EllipsisType

from sqlalchemy import ColumnElement, Engine, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.actions.acts import editor_named
from app.actions.incidents import new_incident, uncorrected
from app.actions.publishers import publisher_of
from app.actions.readings import Read, arrivals_of, forget, store
from app.actions.revision import RefusedAction, add_row, keep_changes, now, raise_revision, trial_revision
from app.db import AnyRow, transaction
from app.extract import values
from app.ingest import RawReport, text_hash
from app.models.tables import BASE, INCIDENT, MENTION, REPORT
from app.queries.neighbourhood import Arrival, incidents_around

_SAME_TEXT = select(REPORT.c.id).where(REPORT.c.text_hash == bindparam("digest")).order_by(REPORT.c.id)
_TOLD = (
    select(INCIDENT.c.id, INCIDENT.c.public_id)
    .join(MENTION, MENTION.c.incident_id == INCIDENT.c.id)
    .where(MENTION.c.report_id == bindparam("report"))
    .order_by(INCIDENT.c.id)
)
_TOLD_IN_ORDER = (
    select(INCIDENT.c.public_id)
    .join(MENTION, MENTION.c.incident_id == INCIDENT.c.id)
    .where(MENTION.c.report_id == bindparam("report"))
    .order_by(MENTION.c.id)
)
_FORMER = (
    select(MENTION, BASE.c.slug.label("base"))
    .join(BASE, BASE.c.id == MENTION.c.base_id)
    .where(MENTION.c.report_id == bindparam("report"))
    .order_by(MENTION.c.id)
)
_UNFIT = (IntegrityError, OverflowError, ValueError)
"""What a reading that does not fit the tables ends in."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a report: its id, whether it was there before, and the public ids of the incidents it tells of."""

    report_id: int
    duplicate: bool
    incidents: tuple[str, ...] = ()
    new_incidents: tuple[str, ...] = ()


Given = tuple[RawReport, values.Extraction]


def add_report(engine: Engine, *, raw: RawReport, reading: values.Extraction, editor: str = "") -> Added:
    """Stores a report and what was read in it, whole or not at all. One that is there already changes nothing.

    A text's identity is its publisher and the hash of its folded letters, a page's its publisher and address, a compilation's
    its publisher and title. Raises RefusedAction where the reading names a base or source that the register does not know.
    `editor` is who brought it, where a person did.
    """
    return _add_together(engine, [(raw, reading)], editor)[0]


def add_reports(engine: Engine, given: Sequence[Given]) -> list[Added | RefusedAction]:
    """Stores several reports in one transaction, which is quicker. Where one is refused, the others are stored one by one."""
    try:
        return list(_add_together(engine, given))
    except RefusedAction as refusal:
        return [_add_alone(engine, one) for one in given] if len(given) > 1 else [refusal]


def _add_alone(engine: Engine, given: Given) -> Added | RefusedAction:
    try:
        return _add_together(engine, [given])[0]
    except RefusedAction as refusal:
        return refusal


def _add_together(engine: Engine, given: Sequence[Given], editor: str = "") -> list[Added]:
    def revise(session: Session) -> int:
        whose = editor_named(session, editor) if editor else None
        return raise_revision(session, "add_reports", editor_id=whose, first=given[0][0].report_ref, reports=len(given))

    try:
        with transaction(engine) as session:
            return _add(session, given, revise)
    except _UNFIT as error:
        named = given[0][0].report_ref or given[0][0].url or "report"
        raise RefusedAction(f"{named}: {getattr(error, 'orig', error)}") from error


def _add(session: Session, given: Sequence[Given], revise: Callable[[Session], int]) -> list[Added]:
    revision = 0
    there: list[int] = []
    fresh: dict[int, Read] = {}
    for raw, reading in given:
        publisher_id = publisher_of(session, raw)
        report_id = _same_report(session, raw, publisher_id)
        if report_id is None:
            revision = revision or revise(session)
            report_id = _add_row(session, raw, publisher_id, reading, revision)
            fresh[report_id] = _read(session, report_id, publisher_id, raw, reading, revision)
        there.append(report_id)
    if not fresh:
        return [Added(report_id, duplicate=True, incidents=_public_ids(session, report_id)) for report_id in there]
    new = store(session, list(fresh.values()), revision).new
    return [
        Added(one, one not in fresh or one in there[:at], _public_ids(session, one), _public_ids(session, one, new))
        for at, one in enumerate(there)
    ]


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


def _add_row(session: Session, raw: RawReport, publisher_id: int, reading: values.Extraction, revision: int) -> int:
    digest = text_hash(raw.text) if raw.text is not None else None
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
        "copy_of_id": session.connection().execute(_SAME_TEXT, {"digest": digest}).scalars().first() if digest else None,
        "extractor_version": reading.version if raw.kind == "text" else None,
        "unread": _unread(reading),
        "added_at": now(),
        "revision": revision,
    }
    return add_row(session, REPORT, row)


def _read(session: Session, report_id: int, publisher_id: int, raw: RawReport, reading: values.Extraction, revision: int) -> Read:
    return Read(
        report_id=report_id,
        text=text_hash(raw.text) if raw.text is not None else f"report {report_id}",
        publisher_id=publisher_id,
        published=raw.published,
        version=reading.version if raw.kind == "text" else None,
        reading=reading,
        arrivals=_arrivals(session, raw, reading, revision),
    )


def _unread(reading: values.Extraction) -> list[dict[str, object]]:
    return [
        {"start": word.span.start, "end": word.span.end, "quote": word.span.quote, "why": word.why} for word in reading.unread
    ]


def _arrivals(session: Session, raw: RawReport, reading: values.Extraction, revision: int) -> list[Arrival]:
    """The mentions of a reading. Each compiled one makes an incident of its own, or belongs to that of the one it tells of."""
    if raw.kind == "compilation":
        made = [_compiled_incident(session, mention, revision) for mention in reading.mentions]
    elif any(mention.tells_of for mention in reading.mentions):
        made = [_told_of(session, mention) for mention in reading.mentions]
    else:
        return arrivals_of(reading)
    return [
        Arrival(mention, position, incident=incident, linked_by="compiled")
        for position, (mention, incident) in enumerate(zip(reading.mentions, made, strict=True))
    ]


def _compiled_incident(session: Session, mention: values.Mention, revision: int) -> int:
    named = select(BASE.c.id).where(BASE.c.slug == mention.value("base"))
    base_id = session.connection().execute(named).scalar_one_or_none()
    if base_id is None:
        raise RefusedAction(f"{mention.ref}: no base is called {mention.value('base')!r}")
    return new_incident(session, base_id=base_id, revision=revision)


def _told_of(session: Session, mention: values.Mention) -> int:
    named = select(MENTION.c.incident_id).where(MENTION.c.ref == mention.tells_of).order_by(MENTION.c.id)
    found = session.connection().execute(named).scalars().first()
    if found is None:
        raise RefusedAction(f"{mention.ref}: no compiled mention is called {mention.tells_of!r}")
    return int(found)


def _public_ids(session: Session, report_id: int, of: Collection[int] | None = None) -> tuple[str, ...]:
    """The incidents that a report tells of, or those of them that are among some."""
    found = session.connection().execute(_TOLD, {"report": report_id})
    return tuple(dict.fromkeys(public_id for one, public_id in found if of is None or one in of))


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of a report: the one that it would be the same as, and the incidents of its mentions, in their order.

    Of an attack that would be a new incident there is none.
    """

    same: int | None
    incidents: tuple[str | None, ...]


class _Previewed(Exception):
    """Rolls back what was tried."""


def preview_report(engine: Engine, *, raw: RawReport, reading: values.Extraction) -> Preview:
    """What storing a report would do; nothing of it is kept. Raises RefusedAction."""
    found: list[Preview] = []
    try:
        with transaction(engine) as session:
            (added,) = _add(session, [(raw, reading)], lambda session: trial_revision(session, "add_reports"))
            told = session.connection().execute(_TOLD_IN_ORDER, {"report": added.report_id}).scalars().all()
            incidents = (one if added.duplicate or one not in added.new_incidents else None for one in told)
            found.append(Preview(added.report_id if added.duplicate else None, tuple(incidents)))
            raise _Previewed
    except _Previewed:
        return found[0]
    except _UNFIT as error:
        raise RefusedAction(f"{raw.url or 'report'}: {getattr(error, 'orig', error)}") from error


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a report again did: mentions before and after, and those linked by a person that no rule finds any more."""

    before: int
    after: int
    lost: int


class OtherDay(RefusedAction):
    """The report got another day of publication while its text was read: it is to be read once more."""


def reread_report(
    engine: Engine,
    *,
    report_id: int,
    reading: values.Extraction,
    published: date | EllipsisType | None = ...,
    job_id: int | None = None,
) -> Reread:
    """Replaces what an earlier version of the rules read in a text. Corrections, decisions and public ids stay.

    A new mention takes the place of the former one whose evidence it overlaps most, with its id, its incident and the person's
    word on that. A former mention that a person linked and that nothing overlaps stays as it is, and is marked as lost, unless
    it was made by hand. An incident without mentions is withdrawn. Where a corrected field would now be another by the reports
    alone, that is kept. Raises RefusedAction for a report that is not there, or has no text, or none any more.

    `published` is the day that it was read with: OtherDay is raised where the report has another one by now. `job_id` is the
    job that it is one of.
    """
    try:
        with transaction(engine) as session:
            revision = raise_revision(session, "reread", job_id=job_id, report=report_id, version=reading.version)
            return read_again(session, report_id, reading, revision, published)
    except _UNFIT as error:
        raise RefusedAction(f"report {report_id}: {getattr(error, 'orig', error)}") from error


def _is_text(report_id: int) -> tuple[ColumnElement[bool], ...]:
    return REPORT.c.id == report_id, REPORT.c.kind == "text", REPORT.c.text.is_not(None)


def read_again(
    session: Session, report_id: int, reading: values.Extraction, revision: int, published: date | EllipsisType | None = ...
) -> Reread:
    """Puts a reading in the place of the former one, within an act.

    Raises RefusedAction for a report that has no text, and OtherDay where it was not published on the day of the reading.
    """
    rows = session.connection()
    report = rows.execute(select(REPORT).where(*_is_text(report_id))).one_or_none()
    if report is None:
        raise RefusedAction(f"there is no text with the number {report_id}")
    if published is not ... and published != report.published_date:
        was, day = published or "no day", report.published_date or "no day"
        raise OtherDay(f"report {report_id} was read as of {was}, and has {day} as its day of publication now: read it once more")
    reading = told_by(reading, report.origins)
    former = rows.execute(_FORMER, {"report": report_id}).all()
    of_former = {one.incident_id for one in former}
    near = incidents_around(rows, of_former)
    alone = uncorrected(session, near)
    arrivals = arrivals_of(reading)
    followed = _followed(former, reading.mentions)
    for index, one in followed.items():
        link = {"incident": one.incident_id, "linked_by": one.linked_by, "born": one.born_id, "former": one.id}
        arrivals[index] = replace(arrivals[index], **link)
    kept = [one for one in former if one.linked_by != "machine" and one not in followed.values()]
    lost = [one.id for one in kept if not _is_made_by_hand(one)]
    forget(session, report_id, [one.id for one in former if one not in kept])
    rows.execute(update(MENTION).where(MENTION.c.id.in_(lost)).values(lost=True, position=-MENTION.c.id))
    state = {"extractor_version": reading.version, "unread": _unread(reading), "revision": revision}
    rows.execute(update(REPORT).where(REPORT.c.id == report_id).values(state))
    read = Read(report_id, report.text_hash, report.publisher_id, report.published_date, reading.version, reading, arrivals)
    store(session, [read], revision, left=near, former=of_former)
    for incident, now_alone in uncorrected(session, alone.keys()).items():
        stood = {field: (alone[incident][field], value) for field, value in now_alone.items()}
        keep_changes(session, revision, "incident", incident, stood, stood=True)
    return Reread(len(former), len(arrivals), len(lost))


def told_by(reading: values.Extraction, origins: Sequence[str] | None) -> values.Extraction:
    """A reading whose attacks are told by these sources (slugs), whomever its words quote; where none are given, as it is."""
    if origins is None:
        return reading
    said = tuple(values.Claim("origin", slug, "compiled") for slug in origins)
    told = (replace(one, claims=(*map(_set_aside, one.claims), *said)) for one in reading.mentions)
    return replace(reading, mentions=tuple(told))


def _set_aside(claim: values.Claim) -> values.Claim:
    return replace(claim, alternative=True) if claim.field == "origin" else claim


def _followed(former: Sequence[AnyRow], mentions: Sequence[values.Mention]) -> dict[int, AnyRow]:
    """For the index of each new mention the former one whose place it takes, each once.

    Those on the same base come first, then those with most words in common, then those of the same day: one sentence may tell
    of several attacks. One that was made by hand comes last, and is found on its base alone.
    """
    found = [
        (
            _is_made_by_hand(one),
            mention.value("base") != one.base,
            -overlap,
            mention.value("date_start") != str(one.date_start),
            index,
            number,
        )
        for index, mention in enumerate(mentions)
        for number, one in enumerate(former)
        if (overlap := _common(mention.anchor, one)) > 0
        if mention.value("base") == one.base or not _is_made_by_hand(one)
    ]
    taken: dict[int, int] = {}
    for *_, index, number in sorted(found):
        if index not in taken and number not in taken.values():
            taken[index] = number
    return {index: former[number] for index, number in taken.items()}


def _is_made_by_hand(one: AnyRow) -> bool:
    """Whether an editor made the mention, and no reading has found it so far."""
    return one.extractor_version is None


def _common(anchor: values.Span | None, one: AnyRow) -> int:
    """How many characters two spans of one text share."""
    if anchor is None or one.span_start is None:
        return 0
    return min(anchor.end, int(one.span_end)) - max(anchor.start, int(one.span_start))
