"""Measures the register beside what else could be used, writes one table of it, and says what was held and what was missed.

Run it with make bench, or with the project's Python: .venv/bin/python bench/run.py. README.md beside it says how to read it.
"""

import argparse
import importlib.metadata
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import data
from measures import MEASURES, Bench, Line, mark
from servers import PEERS, ROOT

from app.db import make_engine
from app.migrate import migrate

SIZES = {"1k": 1_000, "100k": 100_000, "1m": 1_000_000}
RESULTS = Path(__file__).resolve().parent / "results.md"
TOLD = (
    "fastapi",
    "starlette",
    "uvicorn",
    "sqlalchemy",
    "sqlmodel",
    "jinja2",
    "altair",
    "vl-convert-python",
    "folium",
    "pyroaring",
)
ONCE = {"ingest": 100_000, "memory": None}
"""What is measured at one size alone: at this one, or at the largest that is asked for."""


def main() -> None:
    # Told to end, it ends the servers that it started first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    options = read_options()
    begun = time.perf_counter()
    wanted = [SIZES[name] for name in options.sizes.split(",")]
    kinds = options.only.split(",") if options.only else list(MEASURES)
    lines: list[Line] = []
    medians: dict[int, float] = {}
    for size in wanted:
        bench = measured(size, kinds, options, max(wanted))
        lines += bench.lines
        medians |= {size: bench.found["median"]} if "median" in bench.found else {}
    lines += flat(medians)
    told = report(lines, options, time.perf_counter() - begun)
    print(told)
    # A part of the table does not take the place of all of it.
    if options.out != RESULTS or not (options.only or options.quick):
        options.out.write_text(told, "utf-8")


def read_options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", default="", help="of 1k, 100k and 1m, parted by commas; all")
    arguments.add_argument("--only", default="", help=f"of {', '.join(MEASURES)}, parted by commas; all")
    arguments.add_argument("--seconds", type=float, default=0.0, help="how long each load goes on; 8")
    arguments.add_argument("--minutes", type=float, default=0.0, help="of the mixed load after which memory is told; 10")
    arguments.add_argument("--quick", action="store_true", help="1k alone, loads of 1.5 seconds, half a minute of mixed load")
    arguments.add_argument(
        "--data", type=Path, default=Path(tempfile.gettempdir()) / "sijill-bench", help="where registers are kept"
    )
    arguments.add_argument("--out", type=Path, default=RESULTS, help="where the table goes; bench/results.md if all was measured")
    options = arguments.parse_args()
    options.sizes = options.sizes or ("1k" if options.quick else "1k,100k,1m")
    options.seconds = options.seconds or (1.5 if options.quick else 8.0)
    options.minutes = options.minutes or (0.5 if options.quick else 10.0)
    for given, known in ((options.sizes, SIZES), (options.only, MEASURES)):
        if unknown := [name for name in given.split(",") if name and name not in known]:
            arguments.error(f"{unknown[0]!r} is not one of {', '.join(known)}")
    return options


def measured(size: int, kinds: Iterable[str], options: argparse.Namespace, largest: int) -> Bench:
    """All that is asked for, at one size, on a copy of the register of that size."""
    options.data.mkdir(parents=True, exist_ok=True)
    kept = options.data / f"r{next(name for name, count in SIZES.items() if count == size)}.db"
    if not kept.exists():
        data.fill(kept, size)
    with tempfile.TemporaryDirectory(dir=options.data) as folder:
        bench = Bench(Path(folder) / "register.db", size, options.seconds, options.minutes, options.quick)
        shutil.copyfile(kept, bench.file)
        migrate(make_engine(f"sqlite:///{bench.file}"))  # a register that was kept may be older than the code
        for name in (name for name in MEASURES if name in kinds):
            if ONCE.get(name, size) in (size, None if size == largest else 0) or options.quick:
                if name == "peer" and not (PEERS / "datasette").exists():
                    print("Datasette is not installed: make bench installs it")
                    continue
                try:
                    MEASURES[name](bench)
                except (OSError, RuntimeError) as error:  # one that fails keeps no other from being measured
                    bench.add(name, "", f"failed: {type(error).__name__}: {error}", held=False)
        return bench


def flat(medians: dict[int, float]) -> list[Line]:
    """Whether the list takes about as long at a million as at a tenth of that."""
    few, many = (medians.get(SIZES[name]) for name in ("100k", "1m"))
    if few is None or many is None:
        return []
    factor = many / few
    return [Line("/incidents, a fresh filter each: 1M beside 100k", SIZES["1m"], "≤ 2 ×", f"{factor:.1f} ×", held=factor <= 2)]


def report(lines: list[Line], options: argparse.Namespace, seconds: float) -> str:
    """The table, with what it was measured on."""
    judged = [line.held for line in lines if line.held is not None]
    rows = [
        f"| {one.incidents:,} | {one.work} | {one.target} | {one.measured} | {one.beside} | {mark(one.held).removeprefix(', ')} |"
        for one in lines
    ]
    about = (
        f"One run of {seconds / 60:.0f} minutes, loads of {options.seconds:g} seconds, one worker; the client shares the cores"
        f" with the server. {sum(judged)} of {len(judged)} targets held."
    )
    head = "| incidents | work | target | measured | beside | |", "| ---: | --- | --- | --- | --- | --- |"
    return "\n".join(("# Results of `make bench`", "", *machine(), "", about, "", *head, *rows, ""))


def machine() -> list[str]:
    """What the figures depend on."""
    about = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = next(
        (line.split(":", 1)[1].strip() for line in about.splitlines() if line.startswith("model name")), platform.machine()
    )
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    found = {name: importlib.metadata.version(name) for name in TOLD if _is_there(name)}
    if (PEERS / "datasette").exists():
        command = [str(PEERS / "datasette"), "--version"]
        found["datasette"] = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]  # noqa: S603
    day = subprocess.run(["git", "log", "-1", "--format=%cs"], cwd=ROOT, capture_output=True, text=True).stdout.strip()  # noqa: S607
    versions = ", ".join(f"{name} {version}" for name, version in found.items())
    return [
        f"Code of {day}. {model}, {os.cpu_count()} cores, {pages:.0f} GB; Python {sys.version.split()[0]}; {versions}.",
        f"Load of the machine in the last 15 minutes: {os.getloadavg()[2]:.1f}; where it is over 2, others worked there too.",
    ]


def _is_there(name: str) -> bool:
    try:
        return bool(importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return False


if __name__ == "__main__":
    main()
