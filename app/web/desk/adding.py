"""Adding a report: a text that is pasted, uploaded or fetched, shown as it would be read, and stored when the editor says so."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions.reports import add_report, preview_report
from app.db import snapshot
from app.extract import Reader, extract
from app.extract.gazetteer import Gazetteer
from app.fetch import TAGS, RefusedPage, fetch, read_markup
from app.ingest import LARGEST, RawReport, RefusedInput, clean_text, language, text_hash
from app.language import _, at
from app.queries import desk_reports, reference
from app.web import figures
from app.web.claims import claim_words
from app.web.desk import report_form
from app.web.desk.guard import Desk, Visit
from app.web.desk.previewing import as_page
from app.web.marks import legend, pieces

TYPED = ("address", "text", *report_form.FIELDS)


class Readers:
    """The reader of the register's own names, which is made anew where these have changed."""

    def __init__(self) -> None:
        self._made: tuple[Gazetteer, Reader] | None = None

    def of(self, gazetteer: Gazetteer) -> Reader:
        """The reader that looks for these names."""
        if self._made is None or self._made[0] != gazetteer:
            self._made = gazetteer, Reader.of(gazetteer)
        return self._made[1]


class Adding:
    """The routes of adding a report."""

    def __init__(self, desk: Desk, readers: Readers) -> None:
        self.desk, self.engine, self.readers = desk, desk.engine, readers

    def router(self) -> APIRouter:
        """/desk/reports/new"""
        router = APIRouter()
        self.desk.add(router, "/desk/reports/new", self.form)
        self.desk.add(router, "/desk/reports/new", self.act, methods=("POST",))
        return router

    def form(self, _request: Request, visit: Visit) -> Response:
        return self._page(visit, dict.fromkeys(TYPED, ""), {})

    def act(self, _request: Request, visit: Visit) -> Response:
        """Fetches, previews or stores, as the pressed button says; what was typed comes back with each answer but the last."""
        typed = {name: visit.typed(name) for name in TYPED}
        # A browser sends a text area with the line ends of Windows, whatever was pasted.
        typed["text"] = str(visit.form.get("text", "")).replace("\r\n", "\n")
        errors: dict[str, str] = {}
        try:
            if visit.typed("act") == "fetch":
                typed |= _fetched(typed)
            elif isinstance(file := visit.form.get("file"), UploadFile) and file.filename:
                typed |= _uploaded(file)
        except RefusedPage as refusal:
            errors["address"] = str(refusal)
        except RefusedInput as refusal:
            errors["file"] = str(refusal)
        values, wrong = report_form.read(typed)
        errors |= wrong
        raw = None if errors else self._report(typed, values, errors)
        if raw is None:
            return self._page(visit, typed, errors, status=422)
        if visit.typed("act") == "store":
            with snapshot(self.engine) as connection:
                reader = self.readers.of(reference.gazetteer(connection))
            reading = extract(raw.text or "", published=raw.published, lang=raw.lang, reader=reader)
            added = add_report(self.engine, raw=raw, reading=reading, editor=visit.editor.name)
            return RedirectResponse(at(f"/desk/reports/{added.report_id}?{'there' if added.duplicate else 'stored'}=1"), 303)
        return self._page(visit, typed, {}, raw)

    def _report(self, typed: Mapping[str, str], values: Mapping[str, Any], errors: dict[str, str]) -> RawReport | None:
        try:
            text = clean_text(typed["text"], "")
        except RefusedInput:
            errors["text"] = _("Paste the text of the report, choose its file, or give the address of its page.")
            return None
        if len(text.encode()) > LARGEST:
            errors["text"] = _("This is over 5 MB: no report is as long as that.")
            return None
        return RawReport(
            text,
            publisher=values["publisher"],
            published=values["published_date"],
            published_note=values["published_note"],
            title=values["title"],
            url=values["url"],
            lang=values["lang"] or language(text),
        )

    def _page(
        self,
        visit: Visit,
        typed: Mapping[str, str],
        errors: Mapping[str, str],
        raw: RawReport | None = None,
        *,
        status: int = 200,
    ) -> Response:
        with snapshot(self.engine) as connection:
            names, sources = reference.names(connection), desk_reports.sources(connection)
            reader = self.readers.of(reference.gazetteer(connection)) if raw else None
            alike = _alike(connection, raw) if raw else []
        context: dict[str, Any] = {
            "typed": typed,
            "errors": errors,
            "sources": sources,
            "names": names,
            "found": None,
            "told": None,
        }
        if raw and reader:
            reading = extract(raw.text or "", published=raw.published, lang=raw.lang, reader=reader)
            told = preview_report(self.engine, raw=raw, reading=reading)
            found = as_page(raw, reading, told, names)
            marked = pieces(raw.text or "", figures.quotes(found))
            context |= {"found": found, "told": told, "raw": raw, "alike": alike, "pieces": marked, "legend": legend(marked)}
            context["publisher"] = names.sources.get(raw.publisher, raw.publisher)
        return visit.page("desk/new_report.html", context | {"claim_words": claim_words}, status=status)


def _alike(connection: Connection, raw: RawReport) -> list[desk_reports.Like]:
    digest = text_hash(raw.text or "")
    return desk_reports.alike(connection, digest=digest, url=raw.url, title=raw.title, published=raw.published)


def _fetched(typed: Mapping[str, str]) -> dict[str, str]:
    """What the page at an address says, for the form; what was typed already stands."""
    if not typed["address"]:
        raise RefusedPage(_("Give the address of the page."))
    page = fetch(typed["address"])
    said = {"title": page.title, "published_date": str(page.published or ""), "lang": page.lang}
    return {"text": page.text, "url": page.url} | {name: typed[name] or value for name, value in said.items()}


def _uploaded(file: UploadFile) -> dict[str, str]:
    """The text of a chosen file. Raises RefusedInput in words."""
    name = str(file.filename)[:80]
    body = file.file.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise RefusedInput(_("%(name)s is over 5 MB: no report is as long as that.", name=name))
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedInput(_("%(name)s is not UTF-8: save it as UTF-8 and choose it again.", name=name)) from None
    ending = name.rpartition(".")[2].lower()
    if ending not in ("txt", "html", "htm"):
        raise RefusedInput(_("%(name)s is neither a .txt nor a .html file.", name=name))
    if ending == "txt":
        return {"text": text.replace("\r\n", "\n")}
    if text.count("<") > TAGS:
        raise RefusedInput(_("%(name)s is no report, but a huge list: paste the text of the report.", name=name))
    try:
        text, title, published = read_markup(text, name)
        clean_text(text, name)
    except RefusedInput:
        raise RefusedInput(_("No text was found in %(name)s: paste it instead.", name=name)) from None
    return {"text": text, "title": title, "published_date": str(published or "")}
