"""Measures how fast the search answers in a large register: the query with its excerpts, and the whole page.

Run it with the project's Python: .venv/bin/python bench/search.py. README.md beside it says how to read what it prints.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from reconcile import generated
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app import ROOT
from app.actions.reports import add_reports
from app.db import make_engine, snapshot
from app.extract.values import Extraction
from app.ingest import RawReport
from app.main import create_app
from app.migrate import migrate
from app.queries.search import search
from app.seed import seed_reference
from app.settings import Settings

LENGTH = 2_600
"""Characters of a report."""
LETTERS = "ابتجحدرسصطعفقلمنهي"
ASKED = {
    "a rare word": None,
    "a frequent word": "قاعدة",
    "a word of nearly all": "التحالف",
    "two words": "صاروخ كونيكو",
    "three frequent words": "القوات الأمريكية قاعدة",
    "a phrase": '"القوات الأمريكية"',
    "the beginning of a word": "طائر",
    "a word in English": "drone",
    "nothing": "زنبقة",
}


def written(draw: random.Random, samples: list[list[str]], length: int = LENGTH) -> str:
    """A text in runs of words of the samples, now and then a word that hardly any other has."""
    words: list[str] = []
    left = length
    while left > 0:
        sample = draw.choice(samples)
        start = draw.randrange(len(sample))
        run = sample[start : start + draw.randint(3, 12)]
        if draw.random() < 0.2:
            run.append("".join(draw.choices(LETTERS, k=draw.randint(4, 7))))
        words += run
        left -= sum(len(word) + 1 for word in run)
    return " ".join(words)


def samples() -> list[list[str]]:
    """The words of the Arabic sample reports, in their order."""
    read = [path.read_text("utf-8").split() for path in sorted((ROOT / "seeds" / "reports").glob("*.txt"))]
    return [words for words in read if sum(word.isascii() for word in words) < len(words) / 2]


def reports(count: int, seed: int) -> Iterator[tuple[RawReport, Extraction]]:
    """Reports of full length with titles; what is told of attacks is that of the benchmark of merging."""
    draw = random.Random(seed)
    arabic = samples()
    for raw, reading in generated(count, seed):
        text = f"{(raw.text or '')[:8]} {written(draw, arabic)}"
        title = " ".join(text.split()[1 : draw.randint(6, 12)])
        yield replace(raw, text=text, title=title, lang="ar"), reading


def measured(act: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median and 95th percentile of how long something takes, in milliseconds."""
    act()
    spent = []
    for _ in range(rounds):
        before = time.perf_counter()
        act()
        spent.append((time.perf_counter() - before) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reports", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--rounds", type=int, default=40)
    arguments.add_argument("--keep", type=Path, help="a file that keeps the register; one that is there is measured as it is")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.keep or Path(folder) / "register.db"
        is_new = not file.exists()
        engine = make_engine(f"sqlite:///{file}")
        if is_new:
            fill(engine, options)
        with engine.connect() as connection:
            size = connection.exec_driver_sql("SELECT sum(length(text)) FROM report").scalar_one()
            count = connection.exec_driver_sql("SELECT count(*) FROM report").scalar_one()
            text = connection.exec_driver_sql("SELECT text FROM report WHERE id = 100").scalar_one()
            rare = set(text.split()) - {word for sample in samples() for word in sample}
        print(f"{count:,} reports, {size / 1e6:.0f} million characters; the file has {file.stat().st_size / 1e6:.0f} MB")
        print(f"{'':26}{'reports':>9}{'search, ms':>13}{'95 %':>8}{'page, ms':>11}{'95 %':>8}")
        with TestClient(create_app(Settings(database_url=str(engine.url)))) as client, snapshot(engine) as connection:
            for name, asked in ASKED.items():
                typed = asked or max(rare, key=lambda word: (word.isalpha(), len(word)))
                count = search(connection, typed).report_count
                alone = measured(lambda typed=typed: search(connection, typed), options.rounds)
                page = measured(lambda typed=typed: client.get("/search", params={"q": typed}), options.rounds)
                print(f"{name:26}{count:>9,}{alone[0]:>13.1f}{alone[1]:>8.1f}{page[0]:>11.1f}{page[1]:>8.1f}")
        engine.dispose()


def fill(engine: Engine, options: argparse.Namespace) -> None:
    migrate(engine)
    seed_reference(engine)
    made = list(reports(options.reports, options.seed))
    before = time.perf_counter()
    for first in range(0, len(made), 100):
        add_reports(engine, made[first : first + 100])
    spent = time.perf_counter() - before
    print(f"Stored in {spent:.0f} s, {spent / len(made) * 1000:.1f} ms a report")


if __name__ == "__main__":
    main()
