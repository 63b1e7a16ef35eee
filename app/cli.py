"""sijill …: the commands. Each is thin: it reads its input, calls an action or a query, and says what happened."""

import io
import logging
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl

import typer
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from app import console, editor_commands, intake, jobs, reading_commands, serving
from app import export as exporting
from app.actions.reports import Added
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.extract import Reader
from app.extract.lexicon import LexiconError
from app.ingest import RefusedInput, check_url, clean_line, parse_day
from app.migrate import migrate
from app.progress import progress
from app.queries import counters, queue, reference
from app.queries.filter import BadFilter, IncidentFilter
from app.seed import seed_all, seed_reference
from app.web import findings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.add_typer(reading_commands.commands)
app.add_typer(editor_commands.commands, name="editor")


@app.callback()
def register(verbose: Annotated[bool, typer.Option("--verbose", help="Log each action on standard error.")] = False) -> None:
    """A register of publicly reported strikes on coalition bases in Syria. Settings come from SIJILL_… in the environment."""
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(name)s %(message)s")


@app.command()
def init(empty: Annotated[bool, typer.Option("--empty", help="Bring only bases, actors and sources.")] = False) -> None:
    """Make or update the tables, and bring in seeds/. A second run changes nothing; no editor's work is overwritten."""
    engine = console.engine()
    migrate(engine)
    added = seed_reference(engine) if empty else seed_all(engine)
    console.say(f"ready: {added.reference} bases, actors and sources and {added.reports} reports were new")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer; one for each core is enough.")] = 1,
) -> None:
    """Serve the pages until Ctrl-C."""
    engine, settings = console.ready(), console.settings()
    first = editor_commands.first_account(engine)
    engine.dispose()
    serving.serve(settings, host=host, port=port, workers=workers, say=console.say, more=first)


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
        console.stop(str(refusal))
    for_texts = [
        flag for flag, value in (("--published", published), ("--url", url), ("--title", title), ("--source", source)) if value
    ]
    if for_texts and any(intake.is_lines(name) for name in files):
        console.stop(f"{for_texts[0]} is for texts; in JSON Lines each line says it itself")
    engine = console.ready()
    reader = _reader(engine)
    counted: Counter[str] = Counter()
    for name, outcome in intake.ingest(engine, reader, files, details):
        if isinstance(outcome, Added):
            console.say(f"{name}: {_became(outcome)}")
            counted["there" if outcome.duplicate else "stored"] += 1
        else:
            console.complain(outcome)
            counted["refused"] += 1
    console.say(f"{counted['stored']} stored, {counted['there']} there already, {counted['refused']} refused")
    raise typer.Exit(int(bool(counted["refused"])))


def _became(added: Added) -> str:
    if added.duplicate:
        return f"there already, as report {added.report_id}; nothing changed"
    new = f", new: {', '.join(added.new_incidents)}" if added.new_incidents else ""
    told = f"tells of {', '.join(added.incidents)}{new}" if added.incidents else "tells of no attack on a base"
    return f"stored as report {added.report_id}; {told}"


@app.command()
def reread(
    job: Annotated[int, typer.Option(min=0, help="Do a job that was asked for at the desk, by its number.")] = 0,
) -> None:
    """Read all texts again whose reading was made by other rules, vocabulary or bases. What people decided stays."""
    engine, lost, done, refused = console.ready(), 0, 0, 0
    with jobs.turn(console.settings()), progress() as tick:
        for one in jobs.run(engine, job) if job else intake.reread(engine, _reader(engine)):
            if isinstance(one, RefusedAction):
                console.complain(one)
                refused += 1
            else:
                lost, done = lost + one.lost, done + 1
            tick()
    console.say(f"{done} read again, {refused} refused; {lost} mentions that people decided on are found no more: see the queue")
    raise typer.Exit(int(bool(refused)))


def _reader(engine: Engine) -> Reader:
    with snapshot(engine) as connection:
        return Reader.of(reference.gazetteer(connection))


@app.command("queue")
def queue_command(
    kind: Annotated[str, typer.Option(help=f"Only these: {', '.join(queue.KINDS)}.")] = "",
    query: Annotated[str, typer.Option("--filter", help="The filter of a page's address, such as 'base=al-tanf'.")] = "",
    first: Annotated[int, typer.Option(min=1, help="So many at most.")] = 50,
) -> None:
    """List what needs a person, most valuable first, with the reasons: the first page of the editors' desk."""
    if kind not in ("", *queue.KINDS):
        console.stop(f"--kind: {kind!r} is not known; known are {', '.join(queue.KINDS)}")
    with snapshot(console.ready()) as connection:
        chosen = _filter(connection, query)
        for one in queue.page(connection, chosen, kind, size=first).rows:
            row = one.incident
            where = f"{row.base_name}, {row.date_start or 'no day'}, reports: {row.number_of_reports}"
            print(f"{row.public_id} ({where}): {', '.join(one.kinds)}")
            sys.stdout.writelines(f"    may be one attack with {twin}\n" for twin in one.twins)
            sys.stdout.writelines(f"    found no more in report {report}: {quote}\n" for report, quote in one.lost)
        found = queue.counts(connection, chosen)
    console.say(f"candidates: {found.pop('')}; " + ", ".join(f"{name}: {number}" for name, number in found.items()))


def _filter(connection: Connection, query: str) -> IncidentFilter:
    try:
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        return IncidentFilter.of(pairs, known=reference.names(connection).codes, strict=True)
    except BadFilter as problem:
        console.stop(f"--filter: {problem}")


@app.command("export")
def export_command(
    table: Annotated[str, typer.Argument(help="incidents, mentions or tallies")],
    query: Annotated[
        str,
        typer.Option("--filter", help="For incidents: the filter of a page's address, such as 'base=al-tanf&from=2023-10-19'."),
    ] = "",
    output: Annotated[Path | None, typer.Option(help="File to write; standard output where none is given.")] = None,
    written_as: Annotated[str, typer.Option("--format", help="csv, or for incidents geojson")] = "csv",
) -> None:
    """Write a table of the register as CSV or GeoJSON: the same columns and rows as the download of a page."""
    if table not in exporting.TABLES:
        console.stop(f"there is no table {table!r}; known are {', '.join(exporting.TABLES)}")
    if query and table != "incidents":
        console.stop("--filter is for incidents")
    if written_as not in exporting.FORMATS or (written_as == "geojson" and table != "incidents"):
        console.stop("--format: every table is written as csv, incidents as geojson too")
    with snapshot(console.ready()) as connection:
        chosen = _filter(connection, query)
        if table == "incidents":
            lines = exporting.FORMATS[written_as](connection, chosen)
        else:
            lines = exporting.lines(exporting.TABLES[table](connection, chosen))
        if output is None:
            sys.stdout.writelines(lines)
        else:
            try:
                with output.open("w", encoding="utf-8", newline="") as file:
                    file.writelines(lines)
            except OSError as error:
                console.stop(f"{output}: {error.strerror}")


@app.command()
def audit() -> None:
    """Tell what does not fit among the published totals, each with its reason, as the page of the audit does."""
    with snapshot(console.ready()) as connection:
        told = findings.told(counters.audited(connection), reference.sites(connection))
    for kind, of_kind in told.items():
        for one in of_kind:
            print(f"{kind} {one.row.tally.ref or one.row.tally.id}: {one.why}")
            for line in one.lines:
                print(f"    {line.words}")
    console.say(f"{sum(map(len, told.values()))} findings")


def main() -> None:
    """The command line. A reader that closes the pipe ends it quietly; a database that cannot be used is told in one line."""
    # Whatever the machine's locale says: what the register prints is UTF-8, and its CSV ends its lines itself.
    for stream, newline in ((sys.stdout, ""), (sys.stderr, None)):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline=newline)
    try:
        app()
    except BrokenPipeError:
        console.mute()
    except DatabaseError as error:
        print(f"sijill: the database cannot be used: {error.orig}", file=sys.stderr)
        raise SystemExit(1) from None
    except LexiconError as problem:
        print(f"sijill: the vocabulary cannot be used: {problem}", file=sys.stderr)
        raise SystemExit(1) from None
    except (RefusedAction, OSError) as problem:
        console.mute()
        print(f"sijill: {problem}", file=sys.stderr)
        raise SystemExit(1) from None
