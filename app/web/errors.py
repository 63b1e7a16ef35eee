"""Answers that are none of what was asked for: they say why, and lead on."""

import re

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.charts.process import Busy
from app.language import _, speaking, spoken
from app.queries.filter import BadFilter
from app.queries.paging import BadCursor
from app.web.language import language_of
from app.web.options import BadOption
from app.web.render import Pages
from app.web.security import headers

LONGEST = 100
"""Characters of an address that are offered to be searched for."""


def answer_errors(app: FastAPI, pages: Pages, *, tile_url: str) -> None:
    """Has each error answered in words: as a page, or plainly to who asks for a file."""

    @app.exception_handler(BadCursor)
    def bad_cursor(request: Request, error: BadCursor) -> Response:
        return error_page(pages, request, title=_("This place does not exist"), why=str(error), status=400)

    @app.exception_handler(BadOption)
    def bad_option(request: Request, error: BadOption) -> Response:
        if is_file(request.url.path):
            return PlainTextResponse(f"{error}\n", status_code=400)
        return error_page(pages, request, title=_("It cannot be shown in this way"), why=str(error), status=400)

    @app.exception_handler(BadFilter)
    def bad_filter(_request: Request, error: BadFilter) -> Response:
        return PlainTextResponse(f"{error}\n", status_code=400)

    @app.exception_handler(Busy)
    def busy(_request: Request, _error: Busy) -> Response:
        problem = _("Many pictures are being drawn; ask for this one again in a moment.")
        return PlainTextResponse(problem + "\n", status_code=503, headers={"Retry-After": "10"})

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        title = _("Not found") if error.status_code == 404 else _("That did not work")
        whys = {
            404: _("There is no page at this address."),
            405: _("This address can only be read."),
            413: _("That is too large to be taken in. Nothing was changed."),
        }
        why = whys.get(error.status_code, _("The register cannot do what was asked."))
        answer = error_page(pages, request, title=title, why=why, status=error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    def failure(request: Request, _error: Exception) -> Response:
        # This one is answered outside of the middleware.
        with speaking(language_of(request.url.path)):
            why = _("The register could not answer. Nothing was changed.")
            answer = error_page(pages, request, title=_("Something broke"), why=why, status=500)
        answer.headers.update(headers(tile_url))
        return answer


def error_page(pages: Pages, request: Request, *, title: str, why: str, status: int) -> Response:
    """A page that says what went wrong; where something is missing, with a search for the words of the address."""
    bare = request.url.path
    context = {
        "title": title,
        "why": why,
        "words": words_of(bare.removeprefix(spoken().prefix)) if status == 404 else None,
        # What stands behind the ? is what was wrong with it.
        "again": bare if status == 400 and request.url.query else "",
    }
    return pages.answer(request, "error.html", context, status=status)


def not_found(pages: Pages, request: Request, why: str) -> Response:
    """The page that says that something is not there."""
    return error_page(pages, request, title=_("Not found"), why=why, status=404)


def is_file(path: str) -> bool:
    """Whether a path is that of a file and not of a page: who asks for a file is answered in plain words."""
    return "." in path.rpartition("/")[2]


def words_of(path: str) -> str:
    """What somebody may have looked for who came to this path: the words of its last part, without a file's ending."""
    last = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    if re.fullmatch(r"SJ-\d+", last):
        return last
    words = " ".join(re.findall(r"[^\W_]+", last))
    return "" if words.isdigit() else words[:LONGEST]
