"""Templates → page or fragment. The only module that knows the HX- headers."""

import gettext
from datetime import date
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.ingest import language
from app.settings import ROOT
from app.web.words import label

LOCALE = "en_GB"


class Pages:
    """The templates, with the functions that they may call."""

    def __init__(self) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(ROOT / "templates"),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # The extension adds this method to the environment; Jinja's own types do not know of it.
        self.environment.install_gettext_translations(gettext.NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
        self.environment.globals["word"] = word
        self.environment.filters |= {"day": day, "range": count_range, "gap": gap, "days": days, "language": language}
        # A block rendered alone does not run its template's imports: macros are globals.
        for name in ("macros", "filters"):
            self.environment.globals[name] = self.environment.get_template(f"{name}.html").module

    def answer(self, request: Request, template: str, context: dict[str, Any], *, status: int = 200, push: str = "") -> Response:
        """The page, or its block `view` alone where htmx asks for a part. `push` is the address that the view has."""
        context = {"path": request.url.path, **context}
        page = self.environment.get_template(template)
        if is_fragment(request) and "view" in page.blocks:
            body = render_block(self.environment, template, "view", context)
        else:
            body = page.render(context)
        answer = HTMLResponse(body, status_code=status, headers={"Vary": "HX-Request"})
        if push and is_fragment(request):
            answer.headers["HX-Push-Url"] = push
        return answer


def word(kind: str, code: object) -> str:
    """The label of a code in the page's language."""
    text = label(kind, code)
    # An empty string would be looked up as the catalogue's own header.
    return gettext.gettext(text) if text else ""


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of a page; when it restores history it needs the whole."""
    return "hx-request" in request.headers and "hx-history-restore-request" not in request.headers


def moved(address: str, *, permanent: bool = False) -> Response:
    """A redirect to the address that a page has for good, or for this view."""
    return RedirectResponse(address, status_code=301 if permanent else 302, headers={"Vary": "HX-Request"})


def day(value: date | None) -> str:
    """A day in words: 4 November 2023."""
    return format_date(value, "d MMMM y", locale=LOCALE) if value else ""


def days(row: Any) -> str:
    """An incident's day as precisely as it is known: a day, a span of days, a month or a year."""
    start, end = row.date_start, row.date_end
    if start is None:
        return gettext.gettext("day not known")
    match row.date_precision:
        case "month":
            return format_date(start, "MMMM y", locale=LOCALE)
        case "year":
            return format_date(start, "y", locale=LOCALE)
    if end == start:
        return day(start)
    first = "d" if (start.year, start.month) == (end.year, end.month) else "d MMMM" if start.year == end.year else "d MMMM y"
    return f"{format_date(start, first, locale=LOCALE)} – {day(end)}"


def count_range(low: int | None, high: int | None) -> str:
    """A count with its bounds: 3, 2–3, 2 or more, up to 3; empty where unknown."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low}+"
    if low is None:
        return f"≤ {high}"
    return str(low) if low == high else f"{low}–{high}"


def gap(one: Any) -> str:
    """By how much a total (`stated`) exceeds what the register holds (`low` to `high`); below zero the register holds more."""
    low, high = one.stated - one.high, one.stated - one.low
    least, most = (str(number).replace("-", "−") for number in (low, high))
    if low == high:
        return least
    return f"{least}–{most}" if low >= 0 else gettext.gettext("%(least)s to %(most)s") % {"least": least, "most": most}
