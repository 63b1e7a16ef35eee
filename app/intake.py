"""Brings reports in: reads files and streams, extracts, stores; and reads stored texts again when the rules have changed."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.actions.reports import Added, OtherDay, Reread, add_reports, reread_report
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.extract import Reader, extract
from app.ingest import RawReport, RefusedInput, read_lines, read_text
from app.queries import reports

TOGETHER = 50
"""Reports that are stored in one transaction: many are quicker than each alone."""

Outcome = Added | RefusedInput | RefusedAction


def ingest(engine: Engine, reader: Reader, files: Sequence[str], details: Mapping[str, Any]) -> Iterator[tuple[str, Outcome]]:
    """Stores the reports of some files, in their order: what each is called, and what became of it or why it was refused.

    `details` (publisher, published …) are those of reports that are a file each.
    """
    came = ((name, raw) for name in files for raw in _reports(name, details))
    while together := list(islice(came, TOGETHER)):
        yield from _stored(engine, reader, together)


def _stored(
    engine: Engine, reader: Reader, came: Sequence[tuple[str, RawReport | RefusedInput]]
) -> Iterator[tuple[str, Outcome]]:
    given = [raw for _, raw in came if isinstance(raw, RawReport)]
    read = [(raw, extract(raw.text or "", published=raw.published, lang=raw.lang, reader=reader)) for raw in given]
    outcomes = iter(add_reports(engine, read))
    for name, raw in came:
        called = f"{name} ({raw.report_ref})" if isinstance(raw, RawReport) and raw.report_ref else name
        yield called, next(outcomes) if isinstance(raw, RawReport) else raw


def is_lines(name: str) -> bool:
    """Whether a file is JSON Lines, one report a line; `-` is standard input."""
    return name == "-" or name.endswith(".jsonl")


def _reports(name: str, details: Mapping[str, Any]) -> Iterable[RawReport | RefusedInput]:
    """The reports of one file, or what is wrong with it."""
    try:
        if name == "-":
            yield from read_lines(sys.stdin.buffer, "standard input")
        elif is_lines(name):
            with Path(name).open("rb") as lines:
                yield from read_lines(lines, name)
        else:
            yield read_text(Path(name), **details)
    except RefusedInput as refusal:
        yield refusal
    except OSError as error:
        yield RefusedInput(f"{name}: {error.strerror}")


def reread(
    engine: Engine, reader: Reader, wanted: Sequence[int] | None = None, *, job_id: int | None = None
) -> Iterator[Reread | RefusedAction]:
    """Reads stored texts again: those that are wanted, or each that another version of rules, vocabulary or bases had read.

    One that is refused stops no other. `job_id` is the job that asked for it.
    """
    if wanted is None:
        with snapshot(engine) as connection:
            wanted = reports.read_otherwise(connection, reader.version)
    for report_id in wanted:
        try:
            try:
                yield _reread(engine, reader, report_id, job_id)
            except OtherDay:
                yield _reread(engine, reader, report_id, job_id)
        except RefusedAction as refusal:
            yield refusal


def _reread(engine: Engine, reader: Reader, report_id: int, job_id: int | None) -> Reread:
    with snapshot(engine) as connection:
        found = reports.text(connection, report_id)
    if found is None:
        raise RefusedAction(f"report {report_id} has no text that could be read again")
    text, published, lang = found
    reading = extract(text, published=published, lang=lang, reader=reader)
    return reread_report(engine, report_id=report_id, reading=reading, published=published, job_id=job_id)
