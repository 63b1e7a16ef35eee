"""Reads texts again in a process of its own, so that pages go on answering: one job at a time, the others wait for their turn."""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url

from app import ROOT, intake
from app.actions import jobs
from app.actions.reports import Reread
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.extract import Reader
from app.queries import reference, reports
from app.settings import Settings


def start(settings: Settings, job_id: int) -> None:
    """Starts a process that does this job as soon as no other is at work; it outlives the server."""
    process = subprocess.Popen(  # noqa: S603 - no shell, and nothing of the job but its number
        [sys.executable, "-m", "app", "reread", "--job", str(job_id)],
        cwd=ROOT,
        env={**os.environ, "SIJILL_DATABASE_URL": settings.database_url},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Else it would stay in the list of processes after its end.
    threading.Thread(target=process.wait, daemon=True).start()


@contextmanager
def turn(settings: Settings) -> Iterator[None]:
    """Waits until no other process reads texts again, and keeps others waiting: to the end of the process, however it ends."""
    with _lock_file(settings).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_somebody_at_work(settings: Settings) -> bool:
    """Whether a process has the turn: a job that says that it runs, while nobody does, has ended too early."""
    with _lock_file(settings).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _lock_file(settings: Settings) -> Path:
    """It lies beside the database, and is empty."""
    return Path(f"{make_url(settings.database_url).database}.rereading")


def run(engine: Engine, job_id: int) -> Iterator[Reread | RefusedAction]:
    """Does a job, from where it is; what it says of each report. One that breaks is kept as failed, with why."""
    begun = jobs.begin(engine, job_id)
    if begun is None:
        return
    try:
        with snapshot(engine) as connection:
            reader = Reader.of(reference.gazetteer(connection))
            # Those of a job that names none are stale until they are read: what is done is among them no more.
            left = begun.reports[begun.done :] if begun.reports else reports.read_otherwise(connection, reader.version)
        done, total = begun.done, begun.done + len(left)
        jobs.progress(engine, job_id=job_id, total=total, done=done)
        for one in intake.reread(engine, reader, left, job_id=job_id):
            done += 1
            refused = isinstance(one, RefusedAction)
            lost = 0 if isinstance(one, RefusedAction) else one.lost
            jobs.progress(engine, job_id=job_id, total=total, done=done, lost=lost, refused=int(refused))
            yield one
    except Exception as error:
        jobs.end(engine, job_id=job_id, problem=f"{type(error).__name__}: {error}")
        raise
    jobs.end(engine, job_id=job_id)
