"""Answers that are none of what was asked for: they say why, and lead on."""

import re

from starlette.requests import Request
from starlette.responses import Response

from app.language import _, spoken
from app.web.render import Pages

LONGEST = 100
"""Characters of an address that are offered to be searched for."""


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
