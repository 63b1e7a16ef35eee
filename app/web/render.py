"""Templates → page or fragment. The only module that knows the HX- headers."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app import ROOT, language
from app.ingest import language as script_of
from app.language import at, digits, number, numeral, shown, spoken
from app.queries.published import counts_all
from app.web.cells import PIECES
from app.web.desk.pages import DESK_PAGES
from app.web.language import in_other_languages
from app.web.words import by_day, count_range, day, days, gap, moment, reported, word

GLOBALS = {"timeline": "timelines", "desk/macros": "desk", "desk/reviewing": "reviewing"}
"""What templates of macros are called in others, where not by their own name."""
PART, WHOLE = b"hx-request", b"hx-history-restore-request"
VARY = b"Accept-Encoding, HX-Request"
"""The headers on which public answers depend."""


class Pages:
    """The templates, with the functions that they may call."""

    def __init__(self) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(ROOT / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals |= {
            "desk_pages": DESK_PAGES,
            "_": _,
            "ngettext": ngettext,
            "word": word,
            "at": at,
            "spoken": spoken,
            "counts_all": counts_all,
        }
        self.environment.filters |= {
            "day": day,
            "range": count_range,
            "gap": gap,
            "days": days,
            "reported": reported,
            "by_day": by_day,
            "moment": moment,
            "number": number,
            "digits": digits,
            "numeral": numeral,
            **PIECES,
            "script": script_of,
        }
        # A block rendered alone does not run its template's imports: macros are globals.
        for name in ("macros", "filters", "timeline", "citing", "desk/macros", "desk/reviewing"):
            self.environment.globals[GLOBALS.get(name, name)] = self.environment.get_template(f"{name}.html").module

    def answer(self, request: Request, template: str, context: dict[str, Any], *, status: int = 200, push: str = "") -> Response:
        """The page, or its block `view` alone where htmx asks for a part. `push` is the address that the view has."""
        fragment = is_fragment(request)
        address = push if push and fragment else str(request.url.replace(scheme="", netloc=""))
        context = {
            **context,
            "path": request.url.path.removeprefix(spoken().prefix),
            "home": home_of(request),
            "canonical": "",
            "languages": in_other_languages(address),
            "replaced": False,
            "announced": "",
            **context,
        }
        page = self.environment.get_template(template)
        if fragment and "view" in page.blocks:
            # The address has changed, and with it that of the same view in the other language and what is to be announced.
            body = render_block(self.environment, template, "view", context)
            for block in ("languages", "announced"):
                body += render_block(self.environment, "layout.html", block, {**context, "replaced": True})
        else:
            body = page.render(context)
        headers = {"Vary": "HX-Request", "Content-Language": spoken().code}
        answer = HTMLResponse(body, status_code=status, headers=headers)
        if push and fragment:
            answer.headers["HX-Push-Url"] = push
        return answer


def _(message: str, **values: object) -> Markup:
    """A message of a template in the language that is spoken; what is filled in is escaped."""
    return _filled(language._(message), values)


def ngettext(one: str, many: str, num: int, **values: object) -> Markup:
    """The form of a template's message for `num` things; what is filled in is escaped."""
    marked = {name: f"%({name})s" for name in values}
    return _filled(language.ngettext(one, many, num, **marked), values)


def _filled(message: str, values: Mapping[str, object]) -> Markup:
    """A message with its values. It is markup itself, so that they are escaped and it is not; a test keeps tags out of it."""
    text = Markup(message)  # noqa: S704 - from the code or the catalogue, never from outside
    return text % {name: shown(value) for name, value in values.items()} if values else text


def home_of(request: Request) -> str:
    """Where the register is asked for: https://register.example"""
    return f"{request.url.scheme}://{request.url.netloc}"


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of a page."""
    return bool(part_of(dict(request.headers.raw)))


def part_of(sent: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    """The header by which htmx asks for a part of a page, if it does; when it restores history it needs the whole."""
    return [(PART, b"true")] if PART in sent and WHOLE not in sent else []


def moved(address: str, *, permanent: bool = False) -> Response:
    """A redirect to the address that a page has for good, or for this view."""
    return RedirectResponse(address, status_code=301 if permanent else 302, headers={"Vary": "HX-Request"})
