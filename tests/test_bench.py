"""Registers of a thousand and of twenty thousand incidents beside each other: what is fast must not grow with the register.

Figures of one run are compared with each other, never with a clock, and of several rounds the best counts: a busy machine slows
both. make bench measures the same up to a million incidents.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from app import ROOT
from app.main import create_app
from app.settings import Settings
from tests.conftest import url_of

FEW, MANY = 1_000, 20_000
ROUNDS, EACH = 5, 10


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, TestClient]]:
    """One who reads a small register, and one who reads a large one."""
    folder = tmp_path_factory.mktemp("bench")
    made = [_made(size, folder / f"{size}.db") for size in (FEW, MANY)]
    assert [one.wait(120) for one in made] == [0, 0]
    few, many = (create_app(Settings(database_url=url_of(folder / f"{size}.db"), page_size=10)) for size in (FEW, MANY))
    with TestClient(few) as reads_few, TestClient(many) as reads_many:
        yield {FEW: reads_few, MANY: reads_many}


def _made(size: int, file: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, str(ROOT / "bench" / "data.py"), "--incidents", str(size), "--length", "100", "--out", str(file)]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def fresh() -> Iterator[str]:
    """Queries that find many incidents; none comes twice."""
    draw = random.Random(1)
    kinds = [{"weapon": ["drone", "rocket"]}, {"origin": ["sohr"]}, {"q": ["التنف"]}, {"base": ["al-omar", "conoco"]}, {}]
    days = draw.sample(range(900), 900)
    return (
        urlencode({"from": date(2014, 8, 1) + timedelta(days=day)} | kinds[number % len(kinds)], doseq=True)
        for number, day in enumerate(days)
    )


def spent(reader: TestClient, addresses: Iterable[str]) -> float:
    """The median of the seconds that these pages take."""
    each = []
    for address in addresses:
        begun = time.perf_counter()
        assert reader.get(address).status_code == 200
        each.append(time.perf_counter() - begun)
    return statistics.median(each)


def some(fresh: Iterator[str], page: str) -> list[str]:
    return [f"{page}?{next(fresh)}" for _ in range(EACH)]


@pytest.mark.parametrize("page", ["/incidents", "/"])
def test_a_page_with_a_new_filter_takes_about_as_long_in_a_register_of_twenty_times_the_size(readers, fresh, page):
    rounds = [{size: spent(reader, some(fresh, page)) for size, reader in readers.items()} for _ in range(ROUNDS)]
    few, many = (min(one[size] for one in rounds[1:]) for size in (FEW, MANY))
    assert many < 3 * few


@pytest.mark.parametrize("page", ["/incidents", "/", "/bases/al-omar"])
def test_a_page_that_was_asked_for_before_is_not_made_again(readers, fresh, page):
    reader = readers[MANY]
    made = min(spent(reader, some(fresh, "/incidents")) for _ in range(2))
    kept = min(spent(reader, [page] * EACH) for _ in range(ROUNDS))
    assert kept * 2 < made
