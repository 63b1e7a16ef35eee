"""What the desk keeps of texts that are read again because somebody asked for it. It is nothing of the register: no revision."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, func, select, union, update

from app.actions.acts import editor_named
from app.actions.revision import RefusedAction, add_row, now
from app.db import transaction
from app.models.tables import ACT, CHANGE, INCIDENT, JOB

LONGEST_PROBLEM = 1_000
"""Characters of what went wrong that are kept."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A job whose turn it is: the reports that it names (an empty list: all that are stale), and how many are done."""

    id: int
    reports: list[int]
    done: int


def ask(engine: Engine, *, editor: str, reason: str = "", reports: Sequence[int] | None = None) -> int:
    """Asks that these reports are read again; None: all that are stale. Returns the job, which may be one that is under way.

    Raises RefusedAction where the list of reports is empty.
    """
    if reports is not None and not reports:
        raise RefusedAction("no report was named that could be read again: choose at least one")
    named = sorted(set(reports or ()))
    with transaction(engine) as session:
        row = {"editor_id": editor_named(session, editor), "reason": reason, "reports": named, "total": len(named)}
        same = select(JOB.c.id).where(JOB.c.state.in_(("waiting", "running")), JOB.c.reports == named).order_by(JOB.c.id)
        if (there := session.connection().execute(same).scalars().first()) is not None:
            return int(there)
        row |= {"state": "waiting", "problem": "", "done": 0, "changed": 0, "lost": 0, "refused": 0, "asked_at": now()}
        return add_row(session, JOB, row)


def begin(engine: Engine, job_id: int) -> Begun | None:
    """Begins a job, or goes on with one that ended too early; None for one that is done. Raises RefusedAction for no job.

    Whoever calls it holds the lock of app.jobs: no other process is at work on it.
    """
    with transaction(engine) as session:
        rows = session.connection()
        job = rows.execute(select(JOB).where(JOB.c.id == job_id)).one_or_none()
        if job is None:
            raise RefusedAction(f"there is no job {job_id}")
        if job.state == "done":
            return None
        state = {"state": "running", "problem": "", "begun_at": job.begun_at or now(), "ended_at": None}
        rows.execute(update(JOB).where(JOB.c.id == job_id).values(state))
        return Begun(job_id, job.reports, job.done)


def progress(engine: Engine, *, job_id: int, total: int, done: int, lost: int = 0, refused: int = 0) -> None:
    """Keeps how far a job is: of `total` reports `done`; `lost` and `refused` came since it was kept last."""
    with transaction(engine) as session:
        more = {"lost": JOB.c.lost + lost, "refused": JOB.c.refused + refused}
        session.connection().execute(update(JOB).where(JOB.c.id == job_id).values(total=total, done=done, **more))


def end(engine: Engine, *, job_id: int, problem: str = "") -> None:
    """Ends a job: as done, or as failed for a reason. Keeps how many incidents it changed, those that it made among them."""
    of_job = select(ACT.c.revision).where(ACT.c.job_id == job_id)
    said = (CHANGE.c.subject == "incident") & CHANGE.c.stood.is_(False)
    differ = select(CHANGE.c.subject_id).where(CHANGE.c.revision.in_(of_job), said)
    both = union(differ, select(INCIDENT.c.id).where(INCIDENT.c.made_in.in_(of_job))).subquery()
    changed = select(func.count()).select_from(both)
    state = {"state": "failed" if problem else "done", "problem": problem[:LONGEST_PROBLEM], "ended_at": now()}
    with transaction(engine) as session:
        found = session.connection().execute(changed).scalar_one()
        session.connection().execute(update(JOB).where(JOB.c.id == job_id).values(**state, changed=found))
