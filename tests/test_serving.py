"""The server as its command starts it: one process or two, at one address."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sysconfig
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from app.actions.decisions import accept
from app.db import make_engine
from app.seed import COMPILER
from tests.conftest import url_of

SIJILL = Path(sysconfig.get_path("scripts")) / "sijill"


@contextlib.contextmanager
def serving(engine, *options):
    """The process of a server, its address, and the lines that it has yet to say."""
    process = subprocess.Popen(
        [SIJILL, "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "SIJILL_DATABASE_URL": str(engine.url)},
    )
    try:
        said = process.stdout.readline()
        yield re.fullmatch(r"Sijill is at (http://\S+)/ \(Ctrl-C stops it\)\n", said)[1], process
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()


def ask(address, **headers):
    """A page, by a connection of its own: any worker may answer."""
    with urlopen(Request(address, headers=headers), timeout=60) as answer:
        return answer.read().decode(), answer.headers["etag"]


def test_several_workers_say_once_where_they_are_and_each_shows_a_change_at_once(seeded):
    with serving(seeded, "--workers", "2") as (address, process):
        before = {ask(f"{address}/incidents/SJ-0044") for _ in range(8)}
        assert len(before) == 1, "every worker answers with the same bytes, under the same ETag"
        accept(seeded, incident="SJ-0044", editor=COMPILER)
        after = {ask(f"{address}/incidents/SJ-0044") for _ in range(8)}
        assert len(after) == 1
        assert not before & after
        assert process.stdout.readline().startswith("First account of the desk: admin")
        process.terminate()
        assert process.stdout.read() == ""


@pytest.fixture(scope="module")
def address(seeded_file, tmp_path_factory):
    # A copy: a server that finds no account adds the first.
    engine = make_engine(url_of(shutil.copy(seeded_file, tmp_path_factory.mktemp("served") / "register.db")))
    with serving(engine) as (address, _process):
        yield address
    engine.dispose()


def sent(address, pieces):
    """What the server answers to these bytes, until it ends the connection."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                connection.sendall(piece)
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            while came := connection.recv(65_536):
                answer += came
    return answer


ENDLESS = {
    "address": [b"GET /", *[b"a" * 10_000] * 100],
    "header": [b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: ", *[b"a" * 10_000] * 100],
    "headers": [b"GET / HTTP/1.1\r\nHost: a\r\n", *[b"X-More: a\r\n" * 1000] * 100],
    "trailers": [
        b"POST /login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        *[b"X-More: a\r\n" * 1000] * 100,
    ],
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_request_that_never_ends_is_refused_before_it_fills_the_memory(address, kind):
    answer = sent(address, ENDLESS[kind])
    assert not answer or b" 431 " in answer.splitlines()[0]


def test_a_long_body_and_many_requests_on_one_connection_are_taken(address):
    one = b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Some: " + b"a" * 1000 + b"\r\n\r\n"
    last = one.replace(b"Host: a", b"Host: a\r\nConnection: close")
    assert sent(address, [*[one] * 200, last]).count(b"200 OK") == 201
    head = b"POST /login HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 300000\r\n\r\n"
    assert b" 431 " not in sent(address, [head, *[b"a" * 10_000] * 30]).splitlines()[0]
