"""A client that keeps some connections busy: each asks for the next thing when it has its answer, and takes the time."""

import asyncio
import socket
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse

HOST = "127.0.0.1"
"""By what every request names the server: pages hold its name, and so do their ETags."""
LONGEST = 60
"""Seconds after which a connection that got no answer is given up."""


@dataclass(slots=True)
class Load:
    """What a load did: seconds of each answer, seconds of all, what kind of answers, their bytes."""

    spent: list[float] = field(default_factory=list)
    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    received: int = 0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return self.good / self.seconds if self.seconds else 0.0

    @property
    def good(self) -> int:
        """Answers that are pages, or say that the page is still the same."""
        return sum(count for status, count in self.statuses.items() if status in (200, 304))

    @property
    def bad(self) -> int:
        """Answers that are neither, and connections that broke."""
        return sum(self.statuses.values()) - self.good

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.spent) * 1000 if self.spent else float("nan")

    @property
    def p99(self) -> float:
        """Milliseconds within which 99 of 100 were answered."""
        ordered = sorted(self.spent)
        return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1000 if ordered else float("nan")


class _Connection(asyncio.Protocol):
    """One connection of a load."""

    def __init__(self, run: "_Run") -> None:
        self.run, self.asked, self.begun, self.held = run, False, 0.0, b""
        self.left, self.status, self.is_chunked = 0, 0, False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        request = self.run.next()
        if request is None:
            self.transport.close()
            return
        self.asked, self.held, self.status, self.begun = True, b"", 0, time.perf_counter()
        self.transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.run.load.received += len(data)
        if not self.status:
            self.held += data
            end = self.held.find(b"\r\n\r\n")
            if end < 0:
                return
            head, data, self.held = self.held[:end].lower(), self.held[end + 4 :], b""
            self.status = int(head[9:12])
            length = head.find(b"\r\ncontent-length:")
            self.is_chunked = b"\r\ntransfer-encoding: chunked" in head
            self.left = int(head[length + 17 :].split(b"\r\n", 1)[0]) if length >= 0 and self.status != 304 else 0
        self.left -= len(data)
        self.held = (self.held + data)[-5:]
        if self.held.endswith(b"0\r\n\r\n") if self.is_chunked else self.left <= 0:
            self.done()

    def done(self) -> None:
        now = time.perf_counter()
        self.asked = False
        self.run.load.spent.append(now - self.begun)
        self.run.load.statuses[self.status] += 1
        wait = self.begun + self.run.pace - now
        if wait > 0:
            asyncio.get_running_loop().call_later(wait, self.ask)
        else:
            self.ask()

    def connection_lost(self, _why: Exception | None) -> None:
        if self.asked:  # the answer did not come
            self.run.load.statuses[0] += 1
        self.run.ended(broken=self.asked)


class _Run:
    """A load that is going on."""

    def __init__(self, port: int, requests: Iterator[bytes], seconds: float, pace: float) -> None:
        self.port, self.requests, self.pace = port, requests, pace
        self.until, self.load = time.perf_counter() + seconds, Load()
        self.open, self.over = 0, asyncio.Event()

    def next(self) -> bytes | None:
        return next(self.requests, None) if time.perf_counter() < self.until else None

    async def connect(self) -> None:
        self.open += 1
        await asyncio.get_running_loop().create_connection(lambda: _Connection(self), "127.0.0.1", self.port)

    def ended(self, *, broken: bool) -> None:
        self.open -= 1
        if broken and time.perf_counter() < self.until:
            self.again = asyncio.ensure_future(self.connect())
        elif not self.open:
            self.over.set()


def request(address: str, more: str = "") -> bytes:
    """A GET as it is sent."""
    return f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\n{more}\r\n".encode("ascii")


def drive(port: int, requests: Iterable[bytes], *, connections: int, seconds: float, pace: float = 0.0) -> Load:
    """Asks on so many connections, one request at a time on each, until the time is over or nothing is left to ask.

    `pace`: each connection begins a request at most every so many seconds.
    """

    async def driven() -> Load:
        run = _Run(port, iter(requests), seconds, pace)
        begun = time.perf_counter()
        await asyncio.gather(*(run.connect() for _ in range(connections)))
        try:
            await asyncio.wait_for(run.over.wait(), seconds + LONGEST)
        except TimeoutError:
            run.load.statuses[0] += run.open
        run.load.seconds = time.perf_counter() - begun
        return run.load

    return asyncio.run(driven())


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its status, its headers by their small names, its body, and the seconds that it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def ask(port: int, address: str, *, body: str | None = None, headers: dict[str, str] | None = None) -> Answer:
    """One request on a connection of its own: a POST where there is a body to send."""
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    more = {"Host": HOST} | (headers or {}) | ({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {})
    begun = time.perf_counter()
    connection.request("GET" if body is None else "POST", address, body=body, headers=more)
    came = connection.getresponse()
    read = came.read()
    spent = time.perf_counter() - begun
    connection.close()
    return Answer(came.status, {name.lower(): value for name, value in came.getheaders()}, read, spent)


def download(port: int, address: str, *, seconds: float = LONGEST * 5) -> tuple[int, int, float, bytes]:
    """Reads a long answer and throws it away: status, lines, seconds, and its end. Gives up after so many seconds."""
    connection = HTTPConnection("127.0.0.1", port, timeout=seconds)
    begun = time.perf_counter()
    connection.request("GET", address)
    came: HTTPResponse = connection.getresponse()
    lines, end = 0, b""
    while (piece := came.read1(1 << 18)) and time.perf_counter() - begun < seconds:
        lines += piece.count(b"\n")
        end = (end + piece)[-300:]
    spent = time.perf_counter() - begun
    connection.close()
    return came.status, lines, spent, end


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
