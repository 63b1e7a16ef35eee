"""What is measured of the register, and of what else could be used: each measure fills lines of the one table."""

import csv
import io
import json
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from asking import CACHED, TYPED, Filters, counted, mixed, ours, theirs
from happening import Names, news
from load import Load, ask, download, drive, request
from saving import Editor, Saved
from search import samples
from servers import Served, datasette, environment, memory, settle, sijill, worked

AT_ONCE, FRESH = 16, 4
"""Connections that ask for what is kept ready, and for what is made anew."""
EXPORTED = (
    "SELECT incident.*, base.slug, base.name_en, base.name_ar, base.governorate, base.country, base.latitude, base.longitude"
    " FROM incident JOIN base ON base.id = incident.base_id WHERE review_status IN ('unreviewed', 'accepted')"
)
FACTORS = {1_000: 8, 100_000: 20, 1_000_000: 50}
"""How many times as many pages with a fresh filter as Datasette's, by the size of the register."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured at what size, what was aimed at, and whether it was held (None: no aim)."""

    work: str
    incidents: int
    target: str
    measured: str
    beside: str = ""
    held: bool | None = None


@dataclass(slots=True)
class Bench:
    """A register under measure: a copy of its own that may be written to, how long to ask, and what was found so far."""

    file: Path
    incidents: int
    seconds: float
    minutes: float
    is_quick: bool
    lines: list[Line] = field(default_factory=list)
    found: dict[str, float] = field(default_factory=dict)
    """Figures that later lines are compared with."""
    seeds: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def add(self, work: str, target: str, measured: str, beside: str = "", held: bool | None = None) -> None:
        line = Line(work, self.incidents, target, measured, beside, held)
        self.lines.append(line)
        print(f"{self.incidents:>9,}  {work}: {measured}{f' ({beside})' if beside else ''}{mark(held)}", flush=True)

    def filters(self) -> Iterator:
        """Filters that no other measure of this run draws."""
        with sqlite3.connect(self.file) as connection:
            ids = Names.of(connection).ids
        return iter(Filters(next(self.seeds), ids))

    def count(self, what: str) -> int:
        with sqlite3.connect(self.file) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608


def mark(held: bool | None) -> str:
    return "" if held is None else ", held" if held else ", MISSED"


def said(load: Load) -> str:
    """A load in figures."""
    bad = f", {load.bad} failed" if load.bad else ""
    return f"{load.rate:,.0f} /s, median {load.median:,.1f} ms, p99 {load.p99:,.0f} ms{bad}"


def fast(bench: Bench, port: int, requests: Iterator[bytes], *, connections: int = FRESH) -> Load:
    return drive(port, requests, connections=connections, seconds=bench.seconds)


def costing(bench: Bench, served: Served, requests: Iterator[bytes]) -> tuple[Load, float]:
    """A load, and the milliseconds of a processor that each of its answers took: what else the machine does changes them less."""
    before = worked(served.pid)
    load = fast(bench, served.port, requests)
    return load, (worked(served.pid) - before) * 1000 / max(1, len(load.spent))


def again(address: str, more: str = "") -> Iterator[bytes]:
    one = request(address, more)
    while True:
        yield one


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def cached(bench: Bench, served: Served) -> None:
    """Pages that were asked for before, and the same by their ETag; beside them a file of the same server."""
    static = fast(bench, served.port, again("/static/icon.svg"), connections=AT_ONCE)
    bench.add("a small static file of the same server, 16 connections", "", said(static))
    for page in CACHED:
        first = ask(served.port, page)
        load = fast(bench, served.port, again(page), connections=AT_ONCE)
        held = load.rate >= 5_000 and load.p99 <= 10 and not load.bad
        beside = f"{load.rate / static.rate:.2f} × the static file"
        bench.add(f"{page}, asked again, 16 connections", "≥ 5,000 /s, p99 ≤ 10 ms", said(load), beside, held)
        if (tag := first.headers.get("etag")) is None:
            bench.add(f"{page}, by ETag", "as fast", "it has no ETag", held=False)
            continue
        same = fast(bench, served.port, again(page, f"If-None-Match: {tag}\r\n"), connections=AT_ONCE)
        is_same = same.statuses[304] == same.good and not same.bad
        factor = same.rate / load.rate
        bench.add(f"{page}, by ETag", "as fast, 304", said(same), f"{factor:.2f} × the page", is_same and factor >= 0.9)


def filters(bench: Bench, served: Served) -> None:
    """The list and the overview with filters that were never asked for."""
    aim = FACTORS.get(bench.incidents, 1)
    load, cost = costing(bench, served, ours(bench.filters()))
    bench.found["incidents"], bench.found["median"] = load.rate, load.median
    target, beside, held = f"≥ {aim} × Datasette, p99 ≤ 300 ms at 1M", f"{cost:,.1f} ms of a processor", None
    if their := bench.found.get("datasette"):
        in_time = load.p99 <= 300 or bench.incidents < 1_000_000
        held = load.rate >= aim * their and in_time and not load.bad
        beside += f"; {load.rate / their:,.1f} × Datasette, by processor {bench.found['their cost'] / cost:,.1f} ×"
    bench.add("/incidents, a fresh filter each", target, said(load), beside, held)
    load = fast(bench, served.port, ours(bench.filters(), "/"))
    factor = load.rate / bench.found["incidents"] if bench.found["incidents"] else 0.0
    bench.add("/, a fresh filter each", "as fast as /incidents", said(load), f"{factor:.2f} × /incidents", factor >= 0.9)


def peer(bench: Bench) -> None:
    """Datasette's page of the same rows with the same filters and three facets, and its stream."""
    with datasette(bench.file) as served:
        load, cost = costing(bench, served, theirs(bench.filters(), bench.file.stem))
        bench.found["datasette"], bench.found["their cost"] = load.rate, cost
        bench.add("Datasette: incident, three facets, a fresh filter each", "", said(load), f"{cost:,.1f} ms of a processor")
        address = f"/{bench.file.stem}/incident.csv?{urlencode([('_stream', 'on'), ('_size', 'max'), counted()])}"
        _status, lines, spent, _end = download(served.port, address, seconds=4 * bench.seconds)
        bench.found["their csv"] = lines / spent
        wanted = bench.count("incident WHERE review_status IN ('unreviewed', 'accepted')")
        whole = "whole" if lines > wanted else f"{lines - 1:,} of {wanted:,} rows in {spent:.0f} s"
        bench.add("Datasette: CSV, streamed", "", f"{lines / spent:,.0f} rows/s", whole)


def pictures(bench: Bench, served: Served) -> None:
    """Chart and map that were never drawn, and fifty who ask for one at once."""
    ask(served.port, "/timeline.svg?from=2020-01-01&to=2020-03-01")  # the process that draws has loaded what it needs
    for address, aim in (("/timeline.svg", 120), ("/map.js", 40)):
        load = fast(bench, served.port, ours(bench.filters(), address), connections=1)
        bench.add(f"{address}, a fresh filter each, one after the other", f"≤ {aim} ms", said(load), held=load.median <= aim)
        *one, shared = (query for query, _ in zip(ours(bench.filters(), address), range(6), strict=False))
        alone = statistics.median(drive(served.port, [each], connections=1, seconds=60).seconds for each in one)
        fifty = drive(served.port, [shared] * 50, connections=50, seconds=60)
        factor = fifty.seconds / alone
        bench.add(
            f"{address}, 50 ask for one at once", "made once: ≤ 5 × one alone", f"{fifty.seconds * 1000:,.0f} ms for all",
            f"{factor:.1f} × one alone", factor <= 5 and not fifty.bad,
        )  # fmt: skip


def search(bench: Bench, served: Served) -> None:
    """The page of the search, with words that were not asked for before."""
    reports, draw = bench.count("report"), random.Random(next(bench.seeds))
    own = sorted({word for sample in samples() for word in sample if len(word) > 3})

    def asked() -> Iterator[bytes]:
        while True:
            typed = draw.choice((draw.sample(TYPED, 1), draw.sample(own, 1), draw.sample(own, 2), draw.sample(TYPED, 2)))
            yield request(f"/search?{urlencode({'q': ' '.join(typed)})}")

    load = fast(bench, served.port, asked(), connections=1)
    held = load.median <= 30 and load.p99 <= 100 and not load.bad
    bench.add(f"/search over {reports:,} reports, one after the other", "≤ 30 ms, p99 ≤ 100 ms", said(load), held=held)


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def files(bench: Bench) -> None:
    """All rows as CSV, made and ready; memory is that of a server that does nothing else."""
    rows = bench.count("incident WHERE review_status IN ('unreviewed', 'accepted')")
    with sijill(bench.file, "/healthz") as served:
        settle(served.pid)
        spent = []
        for _ in range(4):
            status, lines, seconds, _end = download(served.port, "/incidents.csv")
            spent.append(seconds if status == 200 and lines > rows else float("inf"))
        peak = memory(served.worker)[1]
    first, second = rows / spent[0], rows / statistics.median(spent[1:])
    their = bench.found.get("their csv")
    is_many = bench.incidents >= 100_000  # of few rows most of the time is the request's
    held = first >= 4 * their if their and is_many else None
    bench.add(
        "/incidents.csv, all rows", "≥ 4 × Datasette", f"{first:,.0f} rows/s", f"{first / their:.1f} ×" if their else "", held
    )
    bench.add("the worker's memory at most, meanwhile", "≤ 150 MB", f"{peak:,.0f} MB", held=peak <= 150)
    bench.add(
        "/incidents.csv, once more", "≥ 300,000 rows/s", f"{second:,.0f} rows/s", held=second >= 300_000 if is_many else None
    )
    named, spent_there = beside_csv(bench.file)
    bench.add(f"{named} of about the same columns", "", f"{rows / spent_there:,.0f} rows/s")


def beside_csv(file: Path) -> tuple[str, float]:
    """Seconds that the same rows take without a server: by the command line of SQLite, or by Python where it is not there."""
    begun = time.perf_counter()
    if program := shutil.which("sqlite3"):
        subprocess.run([program, "-csv", str(file), EXPORTED], stdout=subprocess.DEVNULL, check=True)  # noqa: S603
        return "sqlite3 -csv", time.perf_counter() - begun
    with sqlite3.connect(file) as connection:
        found, writer = connection.execute(EXPORTED), csv.writer(io.StringIO())
        while rows := found.fetchmany(2_000):
            writer.writerows(rows)
    return "Python's csv", time.perf_counter() - begun


# ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def ingest(bench: Bench) -> None:
    """Reports that come in with extraction by one process, while pages are asked for: 20 a second, each with a fresh filter."""
    with tempfile.TemporaryDirectory() as folder, sijill(bench.file) as served:
        lines, told = Path(folder) / "news.jsonl", Path(folder) / "told"
        with lines.open("w", encoding="utf-8") as out:
            for one in news(random.Random(next(bench.seeds)), 4_000 if bench.is_quick else 40_000):
                out.write(json.dumps(one, ensure_ascii=False) + "\n")
        command = [str(Path(sys.executable).parent / "sijill"), "ingest", str(lines)]
        with told.open("wb") as out:
            env = environment(bench.file) | {"PYTHONUNBUFFERED": "1"}
            process = subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.STDOUT)  # noqa: S603
        try:
            while process.poll() is None and not told.stat().st_size:
                time.sleep(0.05)
            before, begun = stored(told), time.perf_counter()
            load = drive(served.port, ours(bench.filters()), connections=4, seconds=6 * bench.seconds, pace=0.2)
            rate = (stored(told) - before) / (time.perf_counter() - begun)
        finally:
            process.terminate()
            process.wait()
    bench.add("sijill ingest, pages asked for meanwhile", "≥ 300 reports/s at 100k", f"{rate:,.0f} reports/s", held=rate >= 300)
    bench.add("those pages, 20 /s, a fresh filter each", "p99 ≤ 300 ms", said(load), held=load.p99 <= 300 and not load.bad)


def stored(told: Path) -> int:
    return told.read_bytes().count(b": stored as report ")


def save(bench: Bench, served: Served) -> None:
    """An editor's save over HTTP, and the public page right after it."""
    editor = Editor(bench.file, served.port)
    draw = random.Random(next(bench.seeds))
    for name, values in (("summary_en", ("Seen from afar", "Seen nearby")), ("weapon", ("ied", "artillery"))):
        done: list[Saved] = []
        begun, tried = time.perf_counter(), 0
        while len(done) < (20 if bench.is_quick else 40) and time.perf_counter() - begun < 60:
            tried += 1
            try:
                if saved := editor.save(draw.randint(1, bench.incidents), name, values):
                    done.append(saved)
            except TimeoutError:  # while it is still at it, nobody else can save
                break
        middle = statistics.median(one.seconds for one in done) * 1000 if done else float("nan")
        most = max((one.seconds for one in done), default=float("nan")) * 1000
        shown = sum(one.is_shown for one in done)
        measured = f"median {middle:,.0f} ms, longest {most:,.0f} ms, {len(done)} of {tried} done"
        beside, held = f"{shown} of them shown by the next request", middle <= 100 and 0 < shown == len(done)
        bench.add(f"an editor's save of {name}", "≤ 100 ms, shown at once", measured, beside, held)


# ── the process ───────────────────────────────────────────────────────────────────────────────────────────────────────


def start(bench: Bench) -> None:
    """From the start of the command to its first page."""
    spent = []
    for _ in range(3):
        with sijill(bench.file) as served:
            spent.append(served.first)
    middle = statistics.median(spent)
    bench.add("from the start to the first page", "≤ 3 s", f"{middle:.1f} s", held=middle <= 3)


def held_memory(bench: Bench) -> None:
    """Memory after minutes of what many readers ask."""
    with sijill(bench.file) as served:
        asked, seen = mixed(bench.filters(), bench.incidents, next(bench.seeds)), []
        total = Load()
        for _ in range(6):
            load = drive(served.port, asked, connections=FRESH, seconds=bench.minutes * 10)
            total.statuses += load.statuses
            seen.append((memory(served.worker)[0], memory(served.chart)[0] if served.chart else 0.0))
    for name, aim, place in (("worker", 350, 0), ("chart process", 200, 1)):
        half, last = seen[2][place], seen[-1][place]
        bench.add(
            f"memory of the {name} after {bench.minutes:g} minutes of {sum(total.statuses.values()):,} mixed requests",
            f"≤ {aim} MB, not growing", f"{last:,.0f} MB", f"{half:,.0f} MB at half time",
            last <= aim and last <= half * 1.08 + 5,
        )  # fmt: skip


Measure = Callable[[Bench], None]


def reading(*parts: Callable[[Bench, Served], None]) -> Measure:
    """Measures that share one server."""

    def measure(bench: Bench) -> None:
        with sijill(bench.file) as served:
            settle(served.pid)
            for part in parts:
                part(bench, served)

    return measure


MEASURES: dict[str, Measure] = {
    "start": start,
    "cached": reading(cached),
    "peer": peer,
    "filters": reading(filters),
    "pictures": reading(pictures),
    "search": reading(search),
    "csv": files,
    "memory": held_memory,
    "save": reading(save),
    "ingest": ingest,
}
"""In their order: what is compared comes after what it is compared with, and what writes comes last."""
