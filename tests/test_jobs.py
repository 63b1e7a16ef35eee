"""Texts that are read again because somebody asked for it: in turn, in a process of their own, and from where they were."""

import os
import subprocess
import sys
import time
from datetime import date

import pytest
from sqlalchemy import text

from app import ROOT, jobs
from app.actions import jobs as kept
from app.actions.editors import add_compiler
from app.actions.reports import add_report
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.extract.values import Extraction
from app.ingest import RawReport
from app.queries import desk_reports
from app.settings import Settings
from tests.actions.acts import one

EDITOR = "tester"
TOLD = "قصفت طائرة مسيرة قاعدة التنف مساء أمس، بحسب المرصد السوري لحقوق الإنسان. {}"


@pytest.fixture
def register(engine):
    """Three texts that other rules had read, and had found nothing in."""
    add_compiler(engine, name=EDITOR, display_name="a test")
    for number in range(3):
        raw = RawReport(TOLD.format(number), publisher="sohr", published=date(2024, 3, 5 + 10 * number), lang="ar")
        add_report(engine, raw=raw, reading=Extraction("rules-0"))
    return engine


def job(engine, number=1):
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT * FROM job WHERE id = {number}")).one()


def settings(engine):
    return Settings(database_url=engine.url.render_as_string(hide_password=False))


def ended(engine, number=1):
    """The job, once its process is done with it."""
    for _ in range(600):
        if (found := job(engine, number)).ended_at:
            return found
        time.sleep(0.1)
    raise AssertionError(f"it did not end: {found}")


def test_a_job_reads_all_that_is_stale_and_keeps_what_it_did(register):
    number = kept.ask(register, editor=EDITOR, reason="a new alias")
    before = one(register, "SELECT number FROM data_revision")
    assert len(list(jobs.run(register, number))) == 3
    found = job(register)
    assert (found.state, found.total, found.done, found.refused) == ("done", 3, 3, 0)
    assert one(register, "SELECT count(*) FROM incident") == 3
    assert one(register, f"SELECT count(*) FROM act WHERE job_id = {number} AND kind = 'reread'") == 3
    assert one(register, "SELECT number FROM data_revision") == before + 3
    assert list(jobs.run(register, number)) == []


def test_a_job_reads_the_reports_that_it_names_even_where_they_are_not_stale(register):
    list(jobs.run(register, kept.ask(register, editor=EDITOR)))
    number = kept.ask(register, editor=EDITOR, reports=[2, 99])
    list(jobs.run(register, number))
    found = job(register, number)
    assert (found.state, found.total, found.done, found.refused) == ("done", 2, 2, 1)


@pytest.mark.parametrize("named", [None, (1, 2, 3)])
def test_a_job_that_ended_too_early_goes_on_from_where_it_was(register, named):
    number = kept.ask(register, editor=EDITOR, reports=named)
    running = jobs.run(register, number)
    next(running)
    running.close()
    assert (job(register).state, job(register).done) == ("running", 1)
    assert len(list(jobs.run(register, number))) == 2
    assert (job(register).state, job(register).total, job(register).done) == ("done", 3, 3)


def test_a_job_that_breaks_says_why(register, monkeypatch):
    number = kept.ask(register, editor=EDITOR)
    monkeypatch.setattr("app.jobs.intake.reread", lambda *_args, **_named: (_ for _ in ()).throw(OSError("no room left")))
    with pytest.raises(OSError, match="no room"):
        list(jobs.run(register, number))
    assert (job(register).state, job(register).problem) == ("failed", "OSError: no room left")


def test_only_editors_ask_for_jobs(register):
    with pytest.raises(RefusedAction):
        kept.ask(register, editor="nobody")
    with pytest.raises(RefusedAction, match="no job 7"):
        list(jobs.run(register, 7))


def test_jobs_run_one_after_the_other_in_processes_of_their_own(register):
    numbers = [kept.ask(register, editor=EDITOR), kept.ask(register, editor=EDITOR, reports=[1])]
    for number in numbers:
        jobs.start(settings(register), number)
    assert [ended(register, number).state for number in numbers] == ["done", "done"]
    assert [job(register, number).done for number in numbers] == [3, 1] or job(register, 2).begun_at <= job(register, 1).begun_at


def test_a_process_that_is_gone_is_seen_to_be_gone(register):
    chosen = settings(register)
    assert not jobs.is_somebody_at_work(chosen)
    with jobs.turn(chosen):
        assert jobs.is_somebody_at_work(chosen)
        waiting = subprocess.Popen(
            [sys.executable, "-m", "app", "reread"],
            cwd=ROOT,
            env={**os.environ, "SIJILL_DATABASE_URL": chosen.database_url},
            stdout=subprocess.PIPE,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(3)
        assert one(register, "SELECT count(*) FROM act WHERE kind = 'reread'") == 0
    assert b"3 read again" in waiting.communicate(timeout=60)[0]
    assert not jobs.is_somebody_at_work(chosen)


def test_no_report_named_is_not_all_of_them_and_the_same_ones_are_one_job(register):
    with pytest.raises(RefusedAction, match="at least one"):
        kept.ask(register, editor=EDITOR, reports=[])
    first = kept.ask(register, editor=EDITOR, reports=[2, 1])
    assert kept.ask(register, editor=EDITOR, reports=[1, 2, 2]) == first
    everything = kept.ask(register, editor=EDITOR)
    assert everything != first
    assert kept.ask(register, editor=EDITOR) == everything
    list(jobs.run(register, first))
    assert kept.ask(register, editor=EDITOR, reports=[1, 2]) not in (first, everything)


def test_incidents_that_a_job_made_are_counted_and_named(register):
    number = kept.ask(register, editor=EDITOR)
    list(jobs.run(register, number))
    assert job(register).changed == 3
    with snapshot(register) as connection:
        assert desk_reports.made_by_job(connection, number, most=2) == ["SJ-0001", "SJ-0002"]
