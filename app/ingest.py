"""Texts, files and lines become RawReport values; no database."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Literal
from urllib.parse import urlsplit

from app.extract.folding import fold
from app.fields import CONTROL, LONGEST_TEXT, iso_day

BINARY = re.compile("[\0\ud800-\udfff]")
"""A NUL, or half a character."""
LARGEST = 5_000_000
"""Bytes of one file, or of one line of JSON Lines: a press report has a few thousand."""

OWN_WORDS = "CC BY 4.0, in the register's own words"
"""The licence of texts that the project wrote itself, and that may therefore be shown whole."""


class RefusedInput(Exception):
    """Input that cannot become a report. The message says where it stands, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class RawReport:
    """One report as it came in. `text` None: known by its address alone. `text_licence` empty: the text is for editors only.

    `published_note` keeps what is known of a publication date that is no day ("2022-12").
    `publisher` is a source's slug, name, alias or host; empty, the host of `url` decides.
    """

    text: str | None
    publisher: str = ""
    published: date | None = None
    published_note: str = ""
    title: str = ""
    url: str = ""
    lang: str | None = None
    report_ref: str = ""
    kind: Literal["text", "page", "compilation"] = "text"
    text_licence: str = ""


def text_hash(text: str) -> str:
    """The identity of a text: a hash of its folded letters, so that spacing, marks and digit style make no second report."""
    return hashlib.sha256(" ".join(fold(text).split()).encode()).hexdigest()


def language(text: str) -> str:
    """`ar` where most letters are Arabic, else `en`."""
    arabic = len(re.findall(r"[\u0621-\u064a]", text))
    return "ar" if arabic * 2 > len(re.findall(r"[^\W\d_]", text)) else "en"


def read_text(path: Path, **details: Any) -> RawReport:
    """The report in a file of plain text. Raises RefusedInput for one that is empty, binary, not UTF-8 or over 5 MB."""
    if not path.is_file():
        raise RefusedInput(f"{path}: there is no such file" if not path.exists() else f"{path}: not a file")
    if path.stat().st_size > LARGEST:
        raise RefusedInput(f"{path}: over {LARGEST // 1_000_000} MB; give one report a file, or JSON Lines")
    text = _decoded(path.read_bytes(), str(path))
    return RawReport(text=clean_text(text, str(path)), lang=language(text), **details)


def read_lines(stream: BinaryIO, name: str) -> Iterator[RawReport | RefusedInput]:
    """One report for each line of JSON Lines, in order, or what is wrong with the line. Holds one line at a time."""
    number = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        where = f"{name}, line {number}"
        if len(line) > LARGEST:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST)
            yield RefusedInput(f"{where}: over {LARGEST // 1_000_000} MB; give one report a line")
        elif line.strip():
            try:
                yield parse_line(line, where)
            except RefusedInput as refusal:
                yield refusal


def parse_line(line: bytes, where: str) -> RawReport:
    """The report on one line: `text`, and optionally id, lang, published, url, source and title. Raises RefusedInput."""
    try:
        record = json.loads(_decoded(line, where))
    except (ValueError, RecursionError) as error:
        raise RefusedInput(f"{where}: not JSON ({error}); write one object a line") from None
    if not isinstance(record, dict):
        raise RefusedInput(f"{where}: not a JSON object; write one object with a `text` a line")
    unknown = sorted(record.keys() - {"id", "text", "lang", "published", "url", "source", "title"})
    if unknown:
        raise RefusedInput(f"{where}: unknown key `{unknown[0]}`; known are id, text, lang, published, url, source and title")
    for key, value in record.items():
        if not isinstance(value, str) and value is not None and not (key == "id" and type(value) is int):
            raise RefusedInput(f"{where}: `{key}` is not a text")
    text = clean_text(record.get("text") or "", where)
    lang = record.get("lang") or language(text)
    if lang not in ("ar", "en"):
        raise RefusedInput(f"{where}: `lang` is {lang!r}; write ar, en or null")
    fields = {key: clean_line(record.get(key) or "", key, where) for key in ("source", "title", "url")}
    return RawReport(
        text=text,
        lang=lang,
        published=parse_day(record.get("published"), where),
        publisher=fields["source"],
        title=fields["title"],
        url=check_url(fields["url"], where),
        report_ref=clean_line("" if record.get("id") is None else str(record["id"]), "id", where),
    )


def parse_day(value: str | None, where: str) -> date | None:
    """The day of publication that `value` names; nothing is no day. Raises RefusedInput for all but an ISO day gone by."""
    if not value:
        return None
    try:
        day = iso_day(value)
    except ValueError as error:
        raise RefusedInput(f"{where}: {error}") from None
    if day > datetime.now(UTC).date() + timedelta(days=1):  # it may be tomorrow already in Syria
        raise RefusedInput(f"{where}: {value} lies in the future")
    return day


def check_url(value: str, where: str) -> str:
    """`value`, if it is empty or an http(s) address. Raises RefusedInput for anything else: it will be a link on a page."""
    try:
        parts = urlsplit(value)
        is_address = bool(re.match(r"https?://[^\s/]+", value) and parts.hostname and parts.username is None)
    except ValueError:
        is_address = False
    if value and not is_address:
        raise RefusedInput(f"{where}: {value[:80]!r} is no address; it must begin with http:// or https://")
    return value


def _decoded(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedInput(f"{where}: not UTF-8 (byte {error.start}); save it as UTF-8 and try again") from None


def clean_text(text: str, where: str) -> str:
    """`text` as it is. Raises RefusedInput for what is binary, or empty once it is folded."""
    if BINARY.search(text):
        raise RefusedInput(f"{where}: binary, not a text (it holds a NUL or half a character)")
    if not fold(text).strip():
        raise RefusedInput(f"{where}: empty; there is no text to read")
    return text


def clean_line(value: str, key: str, where: str) -> str:
    """`value` without the space around it. Raises RefusedInput for what does not belong into one line of a page."""
    if len(value) > LONGEST_TEXT:
        raise RefusedInput(f"{where}: `{key}` has {len(value):,} characters; at most {LONGEST_TEXT:,} are kept")
    if CONTROL.search(value):
        raise RefusedInput(f"{where}: `{key}` holds a control character")
    return value.strip()
