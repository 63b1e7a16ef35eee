"""Draws reports at random to be read whole, and keeps what editors read in them: what the machine's report card rests on."""

import random
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, func, insert, select

from app.actions.acts import editor_act, editor_named
from app.actions.incidents import check_names
from app.actions.revision import RefusedAction, now
from app.db import AnyRow, transaction
from app.evaluate.gold import BadGold, Gold
from app.extract import Reader, extract
from app.extract.contract import to_json
from app.models.tables import REPORT, SAMPLE, SAMPLE_READING

MOST = 50
"""Reports that are drawn at once: each is read by the machine while nothing else can be written."""
UNFORESEEN = random.SystemRandom()
READERS = 2
"""Readings that a report takes: of the two the agreement is measured."""
_UNDRAWN = (
    select(REPORT.c.id)
    .where(REPORT.c.kind == "text", REPORT.c.text.is_not(None), REPORT.c.copy_of_id.is_(None))
    .where(REPORT.c.id.not_in(select(SAMPLE.c.report_id)))
    .order_by(REPORT.c.id)
)
_DRAWN = select(func.count()).select_from(SAMPLE)
_SAMPLE = select(SAMPLE.c.id, SAMPLE.c.twice).join(REPORT, REPORT.c.id == SAMPLE.c.report_id).where(REPORT.c.text.is_not(None))


def draw(
    engine: Engine,
    *,
    number: int,
    editor: str,
    reader: Reader,
    twice: int = 0,
    drawn: int | None = None,
    chance: random.Random = UNFORESEEN,
) -> list[int]:
    """Draws so many of the texts that were not drawn yet, each as likely as any other; the numbers of their reports.

    A text that several published is one text. `twice` of them are to be read by two editors. Where there are fewer, all are
    drawn; where no longer `drawn` have been drawn, because the form was sent twice, none. `reader` reads them as of today.
    `chance` is another for tests alone: nobody can foresee the draw. Raises RefusedAction.
    """
    if not 1 <= number <= MOST or not 0 <= twice <= number:
        raise RefusedAction(f"draw 1 to {MOST} reports, and at most as many to be read by two")
    with transaction(engine) as session:
        editor_id, rows = editor_named(session, editor, admin=True), session.connection()
        if drawn is not None and rows.execute(_DRAWN).scalar_one() != drawn:
            return []
        undrawn = rows.execute(_UNDRAWN).scalars().all()
        chosen = chance.sample(undrawn, min(number, len(undrawn)))
        if not chosen:
            raise RefusedAction("every text of the register was drawn already")
        for at, report_id in enumerate(chosen):
            report = rows.execute(select(REPORT).where(REPORT.c.id == report_id)).one()
            row = {"report_id": report_id, "twice": at < twice, "editor_id": editor_id, "drawn_at": now()}
            rows.execute(insert(SAMPLE), row | {"found": _found(report, reader), "extractor_version": reader.version})
        return [int(one) for one in chosen]


def _found(report: AnyRow, reader: Reader) -> dict[str, object]:
    """What the rules of today read in a report, and the day by which they settled relative days."""
    reading = extract(report.text, published=report.published_date, lang=report.lang, reader=reader)
    return {**to_json(reading, report.text), "published": report.published_date and report.published_date.isoformat()}


def finish_reading(engine: Engine, *, report: int, editor: str, annotation: Mapping[str, Any], token: str = "") -> None:
    """Keeps what an editor read in a drawn report, in the format of tests/corpus/README.md. Raises RefusedAction.

    It is for good: who has finished sees what the machine read, and could not read without that in sight any more. A report that
    one was to read takes a second reading of one who had begun before.
    """
    try:
        Gold.of(annotation, "")
    except BadGold as error:
        raise RefusedAction(f"report {report}: {error}") from error
    with editor_act(engine, "read_sample", {"report": report}, editor=editor, token=token) as act:
        rows = act.session.connection()
        sample = rows.execute(_SAMPLE.where(SAMPLE.c.report_id == report)).one_or_none()
        if sample is None:
            raise RefusedAction(f"report {report} was not drawn, or its text is not there any more")
        check_names(act.session, _names(annotation))
        of_sample = SAMPLE_READING.c.sample_id == sample.id
        readers = rows.execute(select(SAMPLE_READING.c.editor_id).where(of_sample)).scalars().all()
        if act.editor_id in readers:
            raise RefusedAction(f"you have finished report {report} already; a reading cannot be changed")
        if len(readers) >= READERS:
            raise RefusedAction(f"two editors have finished report {report} already")
        row = {"sample_id": sample.id, "editor_id": act.editor_id, "annotation": dict(annotation), "finished_at": now()}
        rows.execute(insert(SAMPLE_READING), row)


def _names(annotation: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    attacks = annotation["incidents"]
    named = [(field, one[field]) for one in attacks for field in ("base", "claimed_by", "attributed_to")]
    sources = [origin for one in attacks for origin in one.get("origins", ())]
    sources += [total.get("counter") for total in annotation["tallies"]]
    return [*named, *(("attributed_by", source) for source in sources)]
