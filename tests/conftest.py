"""What the tests share: registers of several kinds in real SQLite files, a server, and a browser that reaches nothing else."""

import contextlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
import uvicorn
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app.actions.decisions import accept
from app.actions.reports import add_report
from app.charts.process import ChartProcess
from app.db import make_engine
from app.extract.values import Claim, Extraction, Mention
from app.ingest import RawReport
from app.main import create_app
from app.migrate import migrate
from app.seed import COMPILER, seed_all, seed_reference
from app.settings import Settings
from tests.commands import Register
from tests.press import Press

# A change is judged by the same examples each time; who works on the project gets new ones with every run.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def made_once(path: Path, fill) -> Path:
    engine = make_engine(url_of(path))
    migrate(engine)
    fill(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory) -> Path:
    return made_once(tmp_path_factory.mktemp("empty") / "register.db", seed_reference)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory) -> Path:
    return made_once(tmp_path_factory.mktemp("seeded") / "register.db", seed_all)


@pytest.fixture(scope="session")
def seeded_engine(seeded_file) -> Iterator[Engine]:
    """The register with all of seeds/, to be read only."""
    engine = make_engine(url_of(seeded_file))
    yield engine
    engine.dispose()


LOOSELY_DATED = (
    ("2023-11-01", "2023-11-30", "month"),
    ("2024-01-01", "2024-12-31", "year"),
    ("2023-12-30", "2024-01-02", "range"),
    ("", "", "unknown"),
)
"""First and last day of what the seeds have none of, or one alone, and how precisely its day is known."""


@pytest.fixture(scope="session")
def mixed_engine(seeded_file, tmp_path_factory) -> Iterator[Engine]:
    """The seeds, with incidents that are accepted, or whose day is a span, a month, a year or unknown; to be read only."""
    engine = make_engine(url_of(shutil.copy(seeded_file, tmp_path_factory.mktemp("mixed") / "register.db")))
    for number, (first, last, precision) in enumerate(LOOSELY_DATED):
        fields = (("base", "conoco"), ("date_start", first), ("date_end", last), ("date_precision", precision))
        claims = tuple(Claim(field, value, "compiled") for field, value in fields if value)
        raw = RawReport(None, kind="page", publisher="sohr", url=f"https://a.example/{number}")
        add_report(engine, raw=raw, reading=Extraction("compiled", mentions=(Mention(claims, ref=f"m{number}"),)))
    for public_id in ("SJ-0044", "SJ-0045", "SJ-0046"):
        accept(engine, incident=public_id, editor=COMPILER)
    yield engine
    engine.dispose()


def copied(file: Path, tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(url_of(shutil.copy(file, tmp_path / "register.db")))
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty_file, tmp_path) -> Iterator[Engine]:
    """A register of its own with bases, actors and sources, and nothing else."""
    yield from copied(empty_file, tmp_path)


@pytest.fixture
def new_register(empty_file, tmp_path) -> Iterator[Callable[[], Engine]]:
    """Makes as many registers like `engine` as a test asks for."""
    made: list[Engine] = []

    def make() -> Engine:
        made.append(make_engine(url_of(shutil.copy(empty_file, tmp_path / f"register-{len(made)}.db"))))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture
def seeded(seeded_file, tmp_path) -> Iterator[Engine]:
    """A register of its own with all of seeds/."""
    yield from copied(seeded_file, tmp_path)


@pytest.fixture
def register(engine) -> Register:
    """A register with bases, actors and sources alone, and the command that works on it."""
    return Register(engine.url.database)


class LastingCharts(ChartProcess):
    """Draws for many apps, and does not end with the first of them."""

    def close(self) -> None:
        pass


@pytest.fixture(scope="session", autouse=True)
def charts() -> Iterator[None]:
    """One process draws for all apps of the tests: one for each takes longer to start than most tests to run."""
    charts = LastingCharts()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.main.ChartProcess", lambda: charts)
        yield
    super(LastingCharts, charts).close()


@pytest.fixture(scope="session")
def settings(seeded_file) -> Settings:
    return Settings(database_url=url_of(seeded_file))


@pytest.fixture(scope="session")
def client(settings) -> Iterator[TestClient]:
    """Asks the seeded register for pages; redirects are not followed."""
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


@pytest.fixture
def asking() -> Iterator[Callable[..., TestClient]]:
    """Gives a client to ask a register of a test's own for pages, and ends it with the test; redirects are not followed."""
    with contextlib.ExitStack() as clients:

        def ask(engine: Engine, **options) -> TestClient:
            app = create_app(Settings(database_url=str(engine.url), **options))
            return clients.enter_context(TestClient(app, follow_redirects=False))

        yield ask


@pytest.fixture(scope="session")
def server(settings) -> Iterator[str]:
    """The address of a running server of the seeded register."""
    yield from serving(settings)


@pytest.fixture
def served():
    """Starts a server of a register, and ends it with the test."""
    running = []

    def serve(engine: Engine) -> str:
        running.append(serving(Settings(database_url=str(engine.url))))
        return next(running[-1])

    yield serve
    for server in running:
        next(server, None)


def serving(settings: Settings) -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
