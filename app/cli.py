"""sijill …: the commands. Each is thin: it reads its input, calls an action or a query, and says what happened."""

import io
import json
import logging
import os
import sys
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn
from urllib.parse import parse_qsl

import typer
from pydantic import ValidationError
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import ArgumentError, DatabaseError

from app import corpus, intake, jobs, serving, streams, vocabulary
from app import export as exporting
from app.actions.reports import Added
from app.actions.revision import RefusedAction
from app.db import make_engine, snapshot
from app.editor_commands import editor_commands, first_account
from app.evaluate import BadBaseline, Figures, Line, changes, evaluate, table
from app.extract import Reader, Reading, Text, extract, extracted
from app.extract.explain import differences, explained
from app.extract.gazetteer import Gazetteer
from app.extract.lexicon import FOLDER, LexiconError
from app.ingest import RefusedInput, check_url, clean_line, parse_day, read_text
from app.migrate import migrate
from app.progress import progress
from app.queries import counters, queue, reference
from app.queries.filter import BadFilter, IncidentFilter
from app.reference import seed_gazetteer
from app.seed import seed_all, seed_reference
from app.settings import Settings
from app.web import findings

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
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer; one for each core is enough.")] = 1,
) -> None:
    """Serve the pages until Ctrl-C."""
    engine, settings = _ready(), _settings()
    first = first_account(engine)
    engine.dispose()
    serving.serve(settings, host=host, port=port, workers=workers, say=_say, more=first)


@app.command("extract")
def extract_command(
    register: Annotated[bool, typer.Option("--register", help="Look for the register's own names, not those of seeds/.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that read at once; the output is the same.")] = 1,
) -> None:
    """Read reports as JSON Lines (id, text, lang, published) on standard input; write what was read, a line each."""
    gazetteer, refused = _gazetteer(register), False
    answers = streams.answers(sys.stdin.fileno(), "standard input", gazetteer, jobs)
    try:
        with closing(answers), progress() as tick:
            for answer in answers:
                if isinstance(answer, RefusedInput):
                    refused = True
                    _complain(answer)
                else:
                    print(answer, flush=True)
                tick()
    except streams.WorkerEnded as end:
        _stop(str(end), status=1)
    raise typer.Exit(int(refused))


def _gazetteer(register: bool) -> Gazetteer:
    """The names that extraction looks for: those of the register, or of seeds/."""
    if not register:
        return seed_gazetteer()
    engine = _ready()
    with snapshot(engine) as connection:
        gazetteer = reference.gazetteer(connection)
    engine.dispose()
    return gazetteer


@app.command("evaluate")
def evaluate_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Texts, NNN.txt, each with its annotations, NNN.json.")],
    errors: Annotated[bool, typer.Option("--errors", help="Tell each miss and each false alarm, by text.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    baseline: Annotated[Path | None, typer.Option(help="Figures that may not drop: a file that --json has printed.")] = None,
    register: Annotated[bool, typer.Option("--register", help="Look for the register's own names, not those of seeds/.")] = False,
) -> None:
    """Measure extraction on annotated texts. Exit status 1 if a text was refused, or a figure is worse than in the baseline."""
    try:
        golds = corpus.load(folder)
        kept = None if baseline is None else corpus.load_json(baseline)
    except RefusedInput as refusal:
        _stop(str(refusal), status=1)
    reader = Reader.of(_gazetteer(register))
    found: dict[str, Line] = {}
    for gold in golds:
        try:
            found[gold.id] = streams.read(corpus.report(gold, folder), str(folder / gold.id), reader)
        except RefusedInput as refusal:
            _complain(refusal)
    figures = evaluate(golds, found)
    if errors:
        for error in figures.errors:
            print(error, file=sys.stderr if as_json else sys.stdout)
    print(json.dumps(figures.to_json(), indent=2) if as_json else table(figures))
    dropped = baseline is not None and _compare(figures, kept, baseline, folder)
    raise typer.Exit(int(dropped or bool(figures.absent)))


def _compare(figures: Figures, kept: object, baseline: Path, folder: Path) -> bool:
    """Says which figures are others than those that were kept, and whether one is worse."""
    try:
        changed = changes(kept, figures)
    except BadBaseline as problem:
        _stop(f"{baseline}: {problem}; record it anew: sijill evaluate {folder} --json > {baseline}", status=1)
    for change in changed:
        print(f"{'dropped' if change.is_drop else 'rose'}: {change.name} was {change.before}, is {change.now}", file=sys.stderr)
    dropped = any(change.is_drop for change in changed)
    if changed and not dropped:
        print(f"better than {baseline}; record it: sijill evaluate {folder} --json > {baseline}", file=sys.stderr)
    return dropped


@app.command()
def explain(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A text, as a reader would paste it.")] = None,
    published: Annotated[str, typer.Option(help="Day of publication, 2023-11-04.")] = "",
    compare: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Show what the changed vocabulary changes in the texts of a folder.")
    ] = None,
    before: Annotated[
        Path | None, typer.Option(help="Folder of the former vocabulary; where none is given, that of the last commit.")
    ] = None,
) -> None:
    """Show how a text is read: each word that was found, by which rule, which one lost to which, and what each clause says."""
    if (file is None) == (compare is None):
        _stop("name either a FILE to explain or, with --compare, a folder of texts")
    if before is not None and compare is None:
        _stop("--before goes with --compare")
    try:
        day = parse_day(published, "--published")
        now = Reader.of(seed_gazetteer(), vocabulary.load(FOLDER))
        if file is not None:
            reading = Reading(Text(read_text(file).text or ""), day, now)
            sys.stdout.writelines(f"{line}\n" for line in explained(reading, extracted(reading)))
            return
        former = vocabulary.committed() if before is None else vocabulary.load(before)
        texts = corpus.texts(compare) if compare else []
    except RefusedInput as refusal:
        _stop(str(refusal), status=1)
    try:
        then = Reader.of(seed_gazetteer(), former)
    except KeyError as missing:
        _stop(f"the former vocabulary has no list {missing}, which the rules of today need", status=1)
    _differ(texts, then, now, day)


def _differ(texts: list[corpus.DatedText], former: Reader, now: Reader, published: date | None) -> None:
    changed = 0
    for text in texts:
        day = text.published or published
        old, new = (extract(text.text, published=day, lang=None, reader=reader) for reader in (former, now))
        lines = list(differences(old, new, text.text))
        changed += bool(lines)
        sys.stdout.writelines(f"{line}\n" for line in ([text.name, *lines] if lines else []))
    _say(f"{changed} of {len(texts)} texts are read otherwise than before")


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
    if for_texts and any(intake.is_lines(name) for name in files):
        _stop(f"{for_texts[0]} is for texts; in JSON Lines each line says it itself")
    engine = _ready()
    reader = _reader(engine)
    counted: Counter[str] = Counter()
    for name, outcome in intake.ingest(engine, reader, files, details):
        if isinstance(outcome, Added):
            _say(f"{name}: {_became(outcome)}")
            counted["there" if outcome.duplicate else "stored"] += 1
        else:
            _complain(outcome)
            counted["refused"] += 1
    _say(f"{counted['stored']} stored, {counted['there']} there already, {counted['refused']} refused")
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
    engine, lost, done, refused = _ready(), 0, 0, 0
    with jobs.turn(_settings()), progress() as tick:
        for one in jobs.run(engine, job) if job else intake.reread(engine, _reader(engine)):
            if isinstance(one, RefusedAction):
                _complain(one)
                refused += 1
            else:
                lost, done = lost + one.lost, done + 1
            tick()
    _say(f"{done} read again, {refused} refused; {lost} mentions that people decided on are found no more: see the queue")
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
        _stop(f"--kind: {kind!r} is not known; known are {', '.join(queue.KINDS)}")
    with snapshot(_ready()) as connection:
        chosen = _filter(connection, query)
        for one in queue.page(connection, chosen, kind, size=first).rows:
            row = one.incident
            where = f"{row.base_name}, {row.date_start or 'no day'}, reports: {row.number_of_reports}"
            print(f"{row.public_id} ({where}): {', '.join(one.kinds)}")
            sys.stdout.writelines(f"    may be one attack with {twin}\n" for twin in one.twins)
            sys.stdout.writelines(f"    found no more in report {report}: {quote}\n" for report, quote in one.lost)
        found = queue.counts(connection, chosen)
    _say(f"candidates: {found.pop('')}; " + ", ".join(f"{name}: {number}" for name, number in found.items()))


def _filter(connection: Connection, query: str) -> IncidentFilter:
    try:
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        return IncidentFilter.of(pairs, known=reference.names(connection).codes, strict=True)
    except BadFilter as problem:
        _stop(f"--filter: {problem}")


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
        _stop(f"there is no table {table!r}; known are {', '.join(exporting.TABLES)}")
    if query and table != "incidents":
        _stop("--filter is for incidents")
    if written_as not in exporting.FORMATS or (written_as == "geojson" and table != "incidents"):
        _stop("--format: every table is written as csv, incidents as geojson too")
    with snapshot(_ready()) as connection:
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
                _stop(f"{output}: {error.strerror}")


@app.command()
def audit() -> None:
    """Tell what does not fit among the published totals, each with its reason, as the page of the audit does."""
    with snapshot(_ready()) as connection:
        told = findings.told(counters.audited(connection), reference.sites(connection))
    for kind, of_kind in told.items():
        for one in of_kind:
            print(f"{kind} {one.row.tally.ref or one.row.tally.id}: {one.why}")
            for line in one.lines:
                print(f"    {line.words}")
    _say(f"{sum(map(len, told.values()))} findings")


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


app.add_typer(editor_commands(_ready), name="editor")


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
    except LexiconError as problem:
        print(f"sijill: the vocabulary cannot be used: {problem}", file=sys.stderr)
        raise SystemExit(1) from None
    except (RefusedAction, OSError) as problem:
        _mute()
        print(f"sijill: {problem}", file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
