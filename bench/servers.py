"""Starts what is measured, each as a process of its own on loopback, tells its memory, and ends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from load import ask, free_port

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".venv-bench" / "bin"
PATIENCE = 180
"""Seconds within which a server must answer."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers: its port, its process, and the seconds from its start to its first page."""

    port: int
    pid: int
    first: float

    @property
    def worker(self) -> int:
        """The process that answers: of all, the one with the most memory that does not draw."""
        return max((pid for pid in family(self.pid) if not draws(pid)), key=lambda pid: memory(pid)[0])

    @property
    def chart(self) -> int | None:
        """The process that draws, if there is one."""
        return next((pid for pid in family(self.pid) if draws(pid)), None)


def worked(pid: int) -> float:
    """Seconds of a processor that a process and all that it started have taken."""
    ticks = 0
    for one in family(pid):
        # After the name, which may hold anything: the 14th and 15th of its numbers.
        ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def settle(pid: int) -> None:
    """Waits until what a server does at its start, such as loading what it draws with, is done."""
    for _ in range(60):
        before = worked(pid)
        time.sleep(0.5)
        if worked(pid) - before < 0.02:
            return


def family(pid: int) -> list[int]:
    """A process with all that it started, and what those did."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def draws(pid: int) -> bool:
    """Whether a process has loaded what charts are drawn with."""
    return "vl_convert" in Path(f"/proc/{pid}/maps").read_text()


def memory(pid: int) -> tuple[float, float]:
    """Megabytes that a process has now, and the most that it has had."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    return tuple(int(lines.get(name, "0 kB").split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[return-value]


def environment(file: Path) -> dict[str, str]:
    """What the register's own processes are started with: pages of 100 incidents, as the peer has them."""
    of_register = {"SIJILL_DATABASE_URL": f"sqlite:///{file}", "SIJILL_PAGE_SIZE": "100", "PYTHONPATH": str(ROOT)}
    return {name: value for name, value in os.environ.items() if not name.startswith("SIJILL_")} | of_register


@contextmanager
def sijill(file: Path, first: str = "/") -> Iterator[Served]:
    """The register, served by one worker; it stands when `first` was answered."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "sijill"), "serve", "--port", str(port)]
    with _served(command, port, first, environment(file)) as served:
        yield served


@contextmanager
def datasette(file: Path) -> Iterator[Served]:
    """The same file, served by Datasette."""
    port = free_port()
    # With more rows at once its stream runs into its limit of time and ends early, with a 200.
    command = [str(PEERS / "datasette"), "serve", str(file), "--port", str(port), "--setting", "suggest_facets", "off"]
    with _served(command, port, "/-/versions.json", dict(os.environ)) as served:
        yield served


@contextmanager
def _served(command: list[str], port: int, first: str, env: dict[str, str]) -> Iterator[Served]:
    begun = time.perf_counter()
    # What it says of each request goes nowhere: a pipe that nobody reads would hold it up.
    process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield Served(port, process.pid, _first_page(process, port, first, begun))
    finally:
        started = family(process.pid)[1:] if process.poll() is None else []
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            for pid in started:  # those that it could not end itself
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)


def _first_page(process: "subprocess.Popen[bytes]", port: int, first: str, begun: float) -> float:
    while time.perf_counter() - begun < PATIENCE:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            if ask(port, first).status == 200:
                return time.perf_counter() - begun
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"{process.args!r} did not answer")
