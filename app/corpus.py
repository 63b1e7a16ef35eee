"""Reads a folder of annotated texts: NNN.txt as a reader would paste it, and beside it NNN.json, which says what is in it."""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.evaluate import BadGold, Gold
from app.ingest import RawReport, RefusedInput, parse_day


def load(folder: Path) -> list[Gold]:
    """The annotations of a folder, each with its text, in the order of their names. Raises RefusedInput, which names the file."""
    if not folder.is_dir():
        raise RefusedInput(f"{folder}: there is no such folder; name one with NNN.txt and NNN.json for each text")
    golds = [_gold(path) for path in sorted(folder.glob("[0-9]*.json"))]
    if not golds:
        raise RefusedInput(f"{folder}: no annotations in it; name a folder with NNN.txt and NNN.json for each text")
    return golds


class DatedText(NamedTuple):
    """A text of a folder, and its day of publication where a file beside it says one."""

    name: str
    text: str
    published: date | None


def texts(folder: Path) -> list[DatedText]:
    """The texts of a folder, *.txt, in the order of their names. Raises RefusedInput for a folder without any."""
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise RefusedInput(f"{folder}: no texts in it; name a folder with *.txt")
    return [DatedText(path.name, _text(path), _published(path)) for path in paths]


def _published(path: Path) -> date | None:
    beside = path.with_suffix(".json")
    known = load_json(beside) if beside.is_file() else None
    day = known.get("published") if isinstance(known, dict) else None
    return parse_day(day, str(beside)) if isinstance(day, str) else None


def load_json(path: Path) -> object:
    """What a file of JSON holds. Raises RefusedInput for one that is missing or something else."""
    try:
        return json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise RefusedInput(f"{path}: not JSON ({error}); write it anew") from None


def report(gold: Gold, folder: Path) -> RawReport:
    """The text as a report that comes in. Raises RefusedInput for a day of publication that is none."""
    published = parse_day(gold.published, f"{folder / gold.id}.json")
    return RawReport(text=gold.text, published=published, lang=gold.lang, report_ref=gold.id)


def _gold(path: Path) -> Gold:
    try:
        return Gold.of(load_json(path), _text(path.with_suffix(".txt")))
    except BadGold as problem:
        raise RefusedInput(f"{path}: {problem}; see tests/corpus/README.md") from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedInput(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8 and try again") from None
    except OSError as error:
        raise RefusedInput(f"{path}: {error.strerror}") from None
