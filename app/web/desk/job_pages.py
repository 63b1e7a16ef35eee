"""The pages of jobs: what was asked to be read again, how far it is, what it changed, and what it left alone."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app import jobs
from app.actions.jobs import ask
from app.clock import ago
from app.db import snapshot
from app.language import _, at
from app.queries import desk_reports, reference
from app.settings import Settings
from app.web.claims import value_words
from app.web.desk.guard import Desk, Visit
from app.web.errors import not_found

MOST = 500
"""Changes that a page shows of one job."""
STARTING = timedelta(seconds=20)
"""So long after a job was asked for its process may still be starting."""


class JobPages:
    """The routes of jobs."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.desk, self.engine, self.settings = desk, desk.engine, settings

    def router(self) -> APIRouter:
        """/desk/jobs and /desk/jobs/3"""
        router = APIRouter()
        self.desk.add(router, "/desk/jobs", self.list)
        self.desk.add(router, "/desk/jobs", self.ask, methods=("POST",))
        self.desk.add(router, "/desk/jobs/{number}", self.page)
        self.desk.add(router, "/desk/jobs/{number}", self.go_on, methods=("POST",))
        return router

    def list(self, _request: Request, visit: Visit) -> Response:
        with snapshot(self.engine) as connection:
            rows = desk_reports.job_rows(connection)
        return visit.page("desk/jobs.html", {"jobs": rows, "at_work": jobs.is_somebody_at_work(self.settings)})

    def ask(self, _request: Request, visit: Visit) -> Response:
        """Asks that all that is stale is read again, or the reports that were chosen."""
        chosen = [int(one) for one in visit.listed("report") if one.isascii() and one.isdecimal() and len(one) < 10]
        if visit.listed("report") and not chosen:
            return visit.refused(_("There is no report with this number."))
        job = ask(self.engine, editor=visit.editor.name, reason=visit.typed("reason"), reports=chosen or None)
        jobs.start(self.settings, job)
        return RedirectResponse(at(f"/desk/jobs/{job}"), 303)

    def page(self, request: Request, visit: Visit) -> Response:
        number = request.path_params["number"]
        at_work = jobs.is_somebody_at_work(self.settings)
        with snapshot(self.engine) as connection:
            is_number = number.isascii() and number.isdecimal() and len(number) < 10
            found = desk_reports.job_rows(connection, number=int(number)) if is_number else ()
            if not found:
                return not_found(visit.pages, request, _("There is no job with this number."))
            job = found[0]
            at_work = at_work or job.asked_at > ago(STARTING)
            over = job.state in ("done", "failed") or not at_work
            context = {
                "job": job,
                "at_work": at_work,
                "changed": desk_reports.changed_by_job(connection, job.id, most=MOST) if over else [],
                "made": desk_reports.made_by_job(connection, job.id, most=MOST) if over else [],
                "most": MOST,
                "names": reference.names(connection),
                "value_words": value_words,
            }
        return visit.page("desk/job.html", context)

    def go_on(self, request: Request, visit: Visit) -> Response:
        """Goes on with a job whose process is gone; not with one that is done, nor while somebody is at work."""
        number = request.path_params["number"]
        with snapshot(self.engine) as connection:
            is_number = number.isascii() and number.isdecimal() and len(number) < 10
            found = desk_reports.job_rows(connection, number=int(number)) if is_number else ()
            if not found:
                return not_found(visit.pages, request, _("There is no job with this number."))
        if found[0].state != "done" and not jobs.is_somebody_at_work(self.settings):
            jobs.start(self.settings, int(number))
        return RedirectResponse(at(f"/desk/jobs/{number}"), 303)
