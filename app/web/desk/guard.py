"""Who is at the desk: each of its addresses asks, and one whose login has ended loses nothing that was typed."""

import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import anyio
from fastapi import APIRouter
from sqlalchemy import Engine
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions import logins
from app.actions.acts import DoneAlready
from app.actions.logins import TooManyAttempts
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.language import _, at, spoken
from app.passwords import is_right
from app.queries import editors
from app.queries.acts import Done, done, made_by
from app.queries.editors import Account, LoggedIn
from app.web.errors import error_page
from app.web.render import Pages

COOKIE = "sijill"
NAME, PASSWORD = "login_name", "login_password"
"""The fields of the login form; a form that was sent without a login comes back with them, and goes on when they are right."""
MOST_FIELDS, LARGEST_FIELD = 2_000, 6_000_000
"""Of one form: fields, and bytes of one of them."""
THREADS = 4
"""The desk's own: a page that is fetched from afar must not keep readers waiting."""
CHOOSE = "/desk/password"
log = logging.getLogger("sijill.desk")

Role = Literal["editor", "admin"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of an editor: who it is, what was posted (nothing by GET), and how to answer."""

    request: Request
    login: LoggedIn
    form: FormData
    pages: Pages
    engine: Engine

    @property
    def editor(self) -> Account:
        return self.login.account

    def typed(self, name: str) -> str:
        """A posted field without the space around it; empty where it was not posted."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def listed(self, name: str) -> list[str]:
        """All values of a posted field, in their order."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def token(self) -> str:
        """For a new form: what makes it do nothing twice. A form that comes back keeps its own."""
        return self.typed("token") or secrets.token_urlsafe(16)

    @property
    def once(self) -> str:
        """What an act is known by, so that the same form does nothing twice: its token, with all that was sent in it."""
        sent = repr([(name, value) for name, value in self.form.multi_items() if isinstance(value, str)])
        token = self.typed("token")
        return f"{token[:40]}.{hashlib.sha256(sent.encode(errors='replace')).hexdigest()[:16]}" if token else ""

    def last(self) -> int:
        """The revision of the act that this form did, or of the editor's last one."""
        with snapshot(self.engine) as connection:
            return made_by(connection, self.once, self.editor.id)

    def page(self, template: str, context: Mapping[str, Any], *, status: int = 200) -> Response:
        """A page of the desk."""
        return self.pages.answer(self.request, template, {**context, "visit": self}, status=status)

    @property
    def done(self) -> Done | None:
        """The act that a redirect tells of by `?done=`: the editor's own, just done."""
        number = number_of(self.request.query_params.get("done", ""))
        if number is None:
            return None
        with snapshot(self.engine) as connection:
            return done(connection, number, self.editor.id)

    def refused(self, why: object, *, status: int = 422) -> Response:
        """A page that says why something was not done."""
        return error_page(self.pages, self.request, title=_("That was not done"), why=str(why), status=status)


def number_of(text: object) -> int | None:
    """The whole number that an address or a form names in plain digits; None where it is none that a row could have."""
    written = str(text)
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


View = Callable[[Request, Visit], Response]


class Desk:
    """What all pages of the desk are added through."""

    def __init__(self, engine: Engine, pages: Pages) -> None:
        self.engine, self.pages = engine, pages
        self._threads = anyio.CapacityLimiter(THREADS)

    def add(
        self, router: APIRouter, path: str, view: View, *, methods: tuple[str, ...] = ("GET",), role: Role = "editor"
    ) -> None:
        """Adds an address of the desk: `view` is called for those alone who are logged in and have the role."""

        async def answer(request: Request) -> Response:
            posts = request.method not in ("GET", "HEAD")
            form = await request.form(max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD) if posts else FormData()
            try:
                return await anyio.to_thread.run_sync(self._answer, request, form, view, role, limiter=self._threads)
            finally:
                await form.close()  # files that were uploaded

        listed = [*methods, "HEAD"] if "GET" in methods else [*methods]
        router.add_api_route(path, answer, methods=listed, include_in_schema=False, response_model=None)

    def _answer(self, request: Request, form: FormData, view: View, role: Role) -> Response:
        typed = {name: str(form.get(name, "")) for name in (NAME, PASSWORD)}
        form = FormData([(name, value) for name, value in form.multi_items() if name not in typed])
        login, fresh = None if typed[NAME] else self._login_of(request), ""
        if typed[NAME]:
            login, fresh, problem = self._log_in(request, typed[NAME], typed[PASSWORD])
            if login is None:
                return private(self._ask(request, form, problem, typed[NAME]))
        if login is None:
            return private(self._ask(request, form, ""))
        if login.stale:
            logins.see(self.engine, token_hash=login.token_hash)
        visit = Visit(request, login, form, self.pages, self.engine)
        answer = self._allowed(visit, view, role)
        if fresh:
            keep_cookie(request, answer, fresh)
        return private(answer)

    def _allowed(self, visit: Visit, view: View, role: Role) -> Response:
        path = visit.request.url.path.removeprefix(spoken().prefix)
        if visit.editor.must_change and path not in (CHOOSE, "/desk/logout"):
            return RedirectResponse(at(CHOOSE), 303)
        if role == "admin" and visit.editor.role != "admin":
            return visit.refused(_("This page is for those who administer the register."), status=403)
        try:
            return view(visit.request, visit)
        except DoneAlready as done:
            # The form was sent twice: the first time it was done.
            return RedirectResponse(at(f"/desk?done={done.revision}"), 303)
        except RefusedAction as refusal:
            return visit.refused(refusal)

    def _login_of(self, request: Request) -> LoggedIn | None:
        token = request.cookies.get(COOKIE, "")
        if not token:
            return None
        with snapshot(self.engine) as connection:
            return editors.logged_in(connection, logins.hash_of(token))

    def _log_in(self, request: Request, name: str, password: str) -> tuple[LoggedIn | None, str, str]:
        """Logs in whom name and password are of: the login and its cookie, or why not."""
        name = name.strip()[:100]
        address = request.client.host if request.client else ""
        try:
            attempt = logins.attempt(self.engine, name=name, address=address)
        except TooManyAttempts:
            return None, "", _("Too many attempts failed. Wait a quarter of an hour, and try again.")
        with snapshot(self.engine) as connection:
            account = editors.account(connection, name)
        if not is_right(password, account.password_hash if account else None) or account is None:
            log.warning("a login as %r from %s failed", name, address)
            return None, "", _("The name or the password is wrong.")
        try:
            token = logins.begin(self.engine, editor_id=account.id, checked=account.password_hash or "", attempt=attempt)
        except RefusedAction:
            return None, "", _("The name or the password is wrong.")
        return LoggedIn(account, logins.hash_of(token), stale=False), token, ""

    def _ask(self, request: Request, form: FormData, problem: str, name: str = "") -> Response:
        """The login form, which carries what was posted. Files cannot be carried, and it says so."""
        # New passwords are typed again: no page holds one.
        bare = request.url.path.removeprefix(spoken().prefix)
        carried = [(key, value) for key, value in form.multi_items() if isinstance(value, str) and bare != CHOOSE]
        context = {
            "carried": carried,
            "files": any(isinstance(value, UploadFile) and value.filename for _name, value in form.multi_items()),
            "posted": request.method == "POST",
            "next": str(request.url.replace(scheme="", netloc="")),
            "name": name,
            "problem": problem,
        }
        return self.pages.answer(request, "desk/login.html", context, status=401)

    def router(self) -> APIRouter:
        """/login, which leads to the desk or back to where somebody wanted to go; and the ways out."""
        router = APIRouter()
        router.add_api_route("/login", self.login, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        self.add(router, "/login", self.arrive, methods=("POST",))
        self.add(router, "/desk/logout", self.leave, methods=("POST",))
        self.add(router, "/desk/logout-everywhere", self.leave_everywhere, methods=("POST",))
        return router

    def login(self, request: Request) -> Response:
        context = {"carried": [], "files": False, "posted": False, "next": request.query_params.get("next", ""), "name": ""}
        return private(self.pages.answer(request, "desk/login.html", {**context, "problem": ""}))

    def arrive(self, _request: Request, visit: Visit) -> Response:
        return RedirectResponse(own_address(visit.typed("next")), 303)

    def leave(self, _request: Request, visit: Visit) -> Response:
        logins.end(self.engine, token_hash=visit.login.token_hash)
        return _gone()

    def leave_everywhere(self, _request: Request, visit: Visit) -> Response:
        logins.end_all(self.engine, editor_id=visit.editor.id)
        return _gone()


def keep_cookie(request: Request, answer: Response, token: str) -> None:
    """Has the browser keep a login: out of reach of scripts, and never sent along from another site's form."""
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, max_age=int(editors.LONGEST.total_seconds()), httponly=True, samesite="lax", secure=secure)


def private(answer: Response) -> Response:
    """The answer, to be kept by nobody."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def own_address(address: str) -> str:
    """An address of the desk to go on to: one of another site, or none, leads to its first page."""
    parts = urlsplit(address)
    bare = parts.path.removeprefix("/ar")
    is_own = not parts.scheme and not parts.netloc and "\\" not in address and (bare == "/desk" or bare.startswith("/desk/"))
    return address if is_own and address.startswith("/") and not address.startswith("//") else at("/desk")


def _gone() -> Response:
    answer = RedirectResponse(at("/login"), 303)
    answer.delete_cookie(COOKIE)
    return answer
