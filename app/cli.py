"""sijill …: the commands. Each is thin: it reads its input, calls an action or a query, and says what happened."""

import io
import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from typing import Annotated, Any, NoReturn
from urllib.parse import parse_qsl

import typer
import uvicorn
from pydantic import ValidationError
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import ArgumentError, DatabaseError

from app import export as exporting
from app.actions.reports import Added, add_report
from app.actions.revision import RefusedAction
from app.db import make_engine, snapshot
from app.extract import Reader, extract
from app.extract.contract import to_json
from app.ingest import RawReport, RefusedInput, check_url, clean_line, parse_day, read_lines, read_text
from app.main import create_app
from app.migrate import migrate
from app.queries import reference
from app.queries.filter import BadFilter, IncidentFilter
from app.reference import seed_gazetteer
from app.seed import seed_all, seed_reference
from app.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
USAGE = 2
"""Exit status for wrong usage; 1 is for refused input."""


@app.callback()
def register(verbose: Annotated[bool, typer.Option("--verbose", help="Log each action on standard error.")] = False) -> None:
    """A register of publicly reported strikes on coalition bases in Syria. Settings come from SIJILL_… in the environment."""
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(name)s %(message)s")


@app.command()
def init(empty: Annotated[bool, typer.Option("--empty", help="Bring only bases, actors and sources.")] = False) -> None:
    """Make or update the tables, and bring in seeds/. A second run changes nothing; no editor's work is overwritten."""
    engine = _engine()
    migrate(engine)
    added = seed_reference(engine) if empty else seed_all(engine)
    _say(f"ready: {added.reference} bases, actors and sources and {added.reports} reports were new")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
) -> None:
    """Serve the pages until Ctrl-C."""
    _ready().dispose()
    config = uvicorn.Config(
        create_app(_settings()), host=host, port=port, log_level="warning", proxy_headers=False, server_header=False
    )
    _Server(config).run(sockets=[config.bind_socket()])


class _Server(uvicorn.Server):
    """Says where it is as soon as it answers, not before."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or ():
            host, port = listening.getsockname()[:2]
            _say(f"Sijill is at http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C stops it)")


@app.command("extract")
def extract_command(
    register: Annotated[bool, typer.Option("--register", help="Look for the register's own names, not those of seeds/.")] = False,
) -> None:
    """Read reports as JSON Lines (id, text, lang, published) on standard input; write what was read, a line each."""
    if register:
        with snapshot(_ready()) as connection:
            gazetteer = reference.gazetteer(connection)
    else:
        gazetteer = seed_gazetteer()
    reader, refused = Reader.of(gazetteer), False
    for raw in read_lines(sys.stdin.buffer, "standard input"):
        if isinstance(raw, RefusedInput):
            refused = True
            _complain(raw)
            continue
        text = raw.text or ""
        reading = extract(text, published=raw.published, lang=raw.lang, reader=reader)
        print(json.dumps({"id": raw.report_ref or None, **to_json(reading, text)}, ensure_ascii=False))
    raise typer.Exit(int(refused))


@app.command()
def ingest(
    files: Annotated[list[str], typer.Argument(help="Texts, one report a file; *.jsonl or - for JSON Lines.")],
    published: Annotated[str, typer.Option(help="Day of publication, 2023-11-04.")] = "",
    source: Annotated[str, typer.Option(help="The publisher: slug, name, alias or host of a source.")] = "",
    url: Annotated[str, typer.Option(help="Address of the page.")] = "",
    title: Annotated[str, typer.Option(help="Headline.")] = "",
) -> None:
    """Store reports with all that follows from them. Each is stored whole or not at all; one that is there changes nothing."""
    try:
        details: dict[str, Any] = {
            "publisher": clean_line(source, "source", "--source"),
            "title": clean_line(title, "title", "--title"),
            "published": parse_day(published, "--published"),
            "url": check_url(clean_line(url, "url", "--url"), "--url"),
        }
    except RefusedInput as refusal:
        _stop(str(refusal))
    for_texts = [
        flag for flag, value in (("--published", published), ("--url", url), ("--title", title), ("--source", source)) if value
    ]
    if for_texts and any(_is_lines(name) for name in files):
        _stop(f"{for_texts[0]} is for texts; in JSON Lines each line says it itself")
    engine = _ready()
    with snapshot(engine) as connection:
        reader = Reader.of(reference.gazetteer(connection))
    outcomes = [_ingest_one(engine, reader, name, raw) for name in files for raw in _reports(name, details)]
    stored = [outcome for outcome in outcomes if outcome is not None and not outcome.duplicate]
    there = sum(outcome is not None and outcome.duplicate for outcome in outcomes)
    refused = sum(outcome is None for outcome in outcomes)
    _say(f"{len(stored)} stored, {there} there already, {refused} refused")
    raise typer.Exit(int(bool(refused)))


def _is_lines(name: str) -> bool:
    return name == "-" or name.endswith(".jsonl")


def _reports(name: str, details: dict[str, Any]) -> Iterator[RawReport | RefusedInput]:
    """The reports of one file, or what is wrong with it."""
    try:
        if name == "-":
            yield from read_lines(sys.stdin.buffer, "standard input")
        elif _is_lines(name):
            with Path(name).open("rb") as lines:
                yield from read_lines(lines, name)
        else:
            yield read_text(Path(name), **details)
    except RefusedInput as refusal:
        yield refusal
    except OSError as error:
        yield RefusedInput(f"{name}: {error.strerror}")


def _ingest_one(engine: Engine, reader: Reader, name: str, raw: RawReport | RefusedInput) -> Added | None:
    """Reads and stores one report and says what became of it; None where it was refused."""
    if isinstance(raw, RefusedInput):
        _complain(raw)
        return None
    try:
        reading = extract(raw.text or "", published=raw.published, lang=raw.lang, reader=reader)
        added = add_report(engine, raw=raw, reading=reading)
    except RefusedAction as refusal:
        _complain(refusal)
        return None
    called = f"{name} ({raw.report_ref})" if raw.report_ref else name
    if added.duplicate:
        _say(f"{called}: there already, as report {added.report_id}; nothing changed")
    else:
        new = f", new: {', '.join(added.new_incidents)}" if added.new_incidents else ""
        told = f"tells of {', '.join(added.incidents)}{new}" if added.incidents else "tells of no attack on a base"
        _say(f"{called}: stored as report {added.report_id}; {told}; totals: {len(reading.tallies)}")
    return added


@app.command("export")
def export_command(
    table: Annotated[str, typer.Argument(help="incidents, mentions or tallies")],
    query: Annotated[
        str,
        typer.Option("--filter", help="For incidents: the filter of a page's address, such as 'base=al-tanf&from=2023-10-19'."),
    ] = "",
    output: Annotated[Path | None, typer.Option(help="File to write; standard output where none is given.")] = None,
) -> None:
    """Write a table of the register as CSV: the same columns and rows as the download of a page."""
    if table not in exporting.TABLES:
        _stop(f"there is no table {table!r}; known are {', '.join(exporting.TABLES)}")
    if query and table != "incidents":
        _stop("--filter is for incidents")
    with snapshot(_ready()) as connection:
        try:
            pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
            chosen = IncidentFilter.of(pairs, bases=reference.sites(connection), strict=True)
        except BadFilter as problem:
            _stop(f"--filter: {problem}")
        lines = exporting.lines(exporting.TABLES[table](connection, chosen))
        if output is None:
            sys.stdout.writelines(lines)
        else:
            try:
                with output.open("w", encoding="utf-8", newline="") as file:
                    file.writelines(lines)
            except OSError as error:
                _stop(f"{output}: {error.strerror}")


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        _stop(f"SIJILL_{str(wrong['loc'][0]).upper()}: {wrong['msg']}")


def _engine() -> Engine:
    try:
        return make_engine(_settings().database_url)
    except (ArgumentError, OSError, ModuleNotFoundError) as error:
        _stop(f"SIJILL_DATABASE_URL: {error}")


def _ready() -> Engine:
    """The register's database; without tables there is nothing to do, and it says so."""
    engine = _engine()
    if not inspect(engine).has_table("data_revision"):
        _stop("there is no register yet; `sijill init` makes one", status=1)
    return engine


def _say(message: str) -> None:
    try:
        print(message, flush=True)
    except BrokenPipeError:
        _mute()  # nobody listens any more; the work goes on


def _mute() -> None:
    # What is still in the buffer has nowhere to go: Python would complain about it at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(problem: object) -> None:
    print(f"refused: {problem}", file=sys.stderr)


def _stop(message: str, status: int = USAGE) -> NoReturn:
    print(f"sijill: {message}", file=sys.stderr)
    raise typer.Exit(status)


def main() -> None:
    """The command line. A reader that closes the pipe ends it quietly; a database that cannot be used is told in one line."""
    # Whatever the machine's locale says: what the register prints is UTF-8, and its CSV ends its lines itself.
    for stream, newline in ((sys.stdout, ""), (sys.stderr, None)):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline=newline)
    try:
        app()
    except BrokenPipeError:
        _mute()
    except DatabaseError as error:
        print(f"sijill: the database cannot be used: {error.orig}", file=sys.stderr)
        raise SystemExit(1) from None
    except (RefusedAction, OSError) as problem:
        _mute()
        print(f"sijill: {problem}", file=sys.stderr)
        raise SystemExit(1) from None
