"""What the tests share: registers of several kinds in real SQLite files, a server, and a browser that reaches nothing else."""

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

from app.db import make_engine
from app.main import create_app
from app.migrate import migrate
from app.seed import seed_all, seed_reference
from app.settings import Settings

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


@pytest.fixture(scope="session")
def settings(seeded_file) -> Settings:
    return Settings(database_url=url_of(seeded_file))


@pytest.fixture(scope="session")
def client(settings) -> Iterator[TestClient]:
    """Asks the seeded register for pages; redirects are not followed."""
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


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
