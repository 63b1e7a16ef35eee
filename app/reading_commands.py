"""sijill extract, evaluate and explain: what extraction reads in texts, how well, and why. They store nothing."""

import json
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app import console, corpus, streams, vocabulary
from app.db import snapshot
from app.evaluate import BadBaseline, Figures, Line, changes, evaluate, table
from app.extract import Reader, Reading, Text, extract, extracted
from app.extract.explain import differences, explained
from app.extract.gazetteer import Gazetteer
from app.extract.lexicon import FOLDER
from app.ingest import RefusedInput, parse_day, read_text
from app.progress import progress
from app.queries import reference
from app.reference import seed_gazetteer

commands = typer.Typer()


@commands.command("extract")
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
                    console.complain(answer)
                else:
                    print(answer, flush=True)
                tick()
    except streams.WorkerEnded as end:
        console.stop(str(end), status=1)
    raise typer.Exit(int(refused))


def _gazetteer(register: bool) -> Gazetteer:
    """The names that extraction looks for: those of the register, or of seeds/."""
    if not register:
        return seed_gazetteer()
    engine = console.ready()
    with snapshot(engine) as connection:
        gazetteer = reference.gazetteer(connection)
    engine.dispose()
    return gazetteer


@commands.command("evaluate")
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
        console.stop(str(refusal), status=1)
    reader = Reader.of(_gazetteer(register))
    found: dict[str, Line] = {}
    for gold in golds:
        try:
            found[gold.id] = streams.read(corpus.report(gold, folder), str(folder / gold.id), reader)
        except RefusedInput as refusal:
            console.complain(refusal)
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
        console.stop(f"{baseline}: {problem}; record it anew: sijill evaluate {folder} --json > {baseline}", status=1)
    for change in changed:
        print(f"{'dropped' if change.is_drop else 'rose'}: {change.name} was {change.before}, is {change.now}", file=sys.stderr)
    dropped = any(change.is_drop for change in changed)
    if changed and not dropped:
        print(f"better than {baseline}; record it: sijill evaluate {folder} --json > {baseline}", file=sys.stderr)
    return dropped


@commands.command()
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
        console.stop("name either a FILE to explain or, with --compare, a folder of texts")
    if before is not None and compare is None:
        console.stop("--before goes with --compare")
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
        console.stop(str(refusal), status=1)
    try:
        then = Reader.of(seed_gazetteer(), former)
    except KeyError as missing:
        console.stop(f"the former vocabulary has no list {missing}, which the rules of today need", status=1)
    _differ(texts, then, now, day)


def _differ(texts: list[corpus.DatedText], former: Reader, now: Reader, published: date | None) -> None:
    changed = 0
    for text in texts:
        day = text.published or published
        old, new = (extract(text.text, published=day, lang=None, reader=reader) for reader in (former, now))
        lines = list(differences(old, new, text.text))
        changed += bool(lines)
        sys.stdout.writelines(f"{line}\n" for line in ([text.name, *lines] if lines else []))
    console.say(f"{changed} of {len(texts)} texts are read otherwise than before")
