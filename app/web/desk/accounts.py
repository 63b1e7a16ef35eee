"""The pages of accounts: one's own password, and for administrators who may come to the desk."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions import editors, logins
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.language import _, at
from app.passwords import BadPassword, hashed, is_right, one_time
from app.queries.editors import accounts
from app.web.desk.guard import Desk, Visit


class Accounts:
    """The routes of accounts."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.engine = desk, desk.engine

    def router(self) -> APIRouter:
        """/desk/password for everybody, /desk/accounts for administrators."""
        router = APIRouter()
        self.desk.add(router, "/desk/password", self.password)
        self.desk.add(router, "/desk/password", self.change_password, methods=("POST",))
        self.desk.add(router, "/desk/accounts", self.list, role="admin")
        self.desk.add(router, "/desk/accounts", self.act, methods=("POST",), role="admin")
        return router

    def password(self, _request: Request, visit: Visit) -> Response:
        return visit.page("desk/password.html", {"errors": {}})

    def change_password(self, _request: Request, visit: Visit) -> Response:
        editor, errors, new = visit.editor, {}, str(visit.form.get("new", ""))
        if not editor.must_change and (problem := self._wrong(visit)):
            errors["old"] = problem
        if new != str(visit.form.get("again", "")):
            errors["again"] = _("The two are not the same.")
        try:
            secret = hashed(new, name=editor.name)
        except BadPassword as bad:
            errors["new"] = str(bad)
        if errors:
            return visit.page("desk/password.html", {"errors": errors}, status=422)
        kept = visit.login.token_hash
        editors.set_password(self.engine, name=editor.name, password_hash=secret, must_change=False, admin=None, keep=kept)
        return RedirectResponse(at("/desk"), 303)

    def _wrong(self, visit: Visit) -> str:
        """What is wrong with the password until now. Wrong ones count as attempts to log in."""
        editor, address = visit.editor, visit.request.client.host if visit.request.client else ""
        try:
            attempt = logins.attempt(self.engine, name=editor.name, address=address)
        except logins.TooManyAttempts:
            return _("Too many attempts failed. Wait a quarter of an hour, and try again.")
        if not is_right(str(visit.form.get("old", "")), editor.password_hash):
            return _("This is not your password.")
        logins.succeed(self.engine, attempt=attempt)
        return ""

    def list(self, _request: Request, visit: Visit) -> Response:
        return self._page(visit)

    def act(self, _request: Request, visit: Visit) -> Response:
        name, admin, made = visit.typed("name"), visit.editor.name, None
        told = {"display_name": visit.typed("display_name"), "role": visit.typed("role")}
        try:
            match visit.typed("act"):
                case "add":
                    password, secret = one_time()
                    editors.add_editor(self.engine, name=name, password_hash=secret, must_change=True, admin=admin, **told)
                    made = (name, password)
                case "reset":
                    password, secret = one_time()
                    editors.set_password(self.engine, name=name, password_hash=secret, must_change=True, admin=admin)
                    made = (name, password)
                case "change":
                    editors.change_account(self.engine, name=name, admin=admin, **told)
                case "disable":
                    editors.disable(self.engine, name=name, admin=admin)
                case "enable":
                    editors.enable(self.engine, name=name, admin=admin)
                case other:
                    return visit.refused(_("There is no such act: %(act)s", act=repr(other[:40])))
        except RefusedAction as refusal:
            return self._page(visit, problem=str(refusal), status=422)
        # What was made is shown in the answer itself: it stands in no address, and nowhere else.
        return self._page(visit, made=made) if made else RedirectResponse(at("/desk/accounts"), 303)

    def _page(self, visit: Visit, *, made: tuple[str, str] | None = None, problem: str = "", status: int = 200) -> Response:
        typed = {name: visit.typed(name) if problem else "" for name in ("name", "display_name", "role")}
        with snapshot(self.engine) as connection:
            context = {"accounts": accounts(connection), "made": made, "problem": problem, "typed": typed}
        return visit.page("desk/accounts.html", context, status=status)
