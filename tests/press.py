"""A press of the tests' own: a server of pages on this machine that answers whatever a test wants."""

import time
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat

from app.fetch import Page, fetch

HERE = "127.0.0.1"
TEXT = "استهدفت طائرات مسيّرة فجر اليوم قاعدة التنف جنوب شرقي سوريا، وفق ما أفاد به مصدر ميداني، ولم ترد أنباء عن إصابات."
TITLE = "هجوم على قاعدة التنف"
ARTICLE = f"""<!DOCTYPE html><html lang="ar"><head>%s<title>{TITLE}</title>
<meta property="article:published_time" content="2023-11-04T05:10:00+03:00"><link rel="canonical" href="https://sohr.example/x"></head>
<body><nav><a href="/">الرئيسية</a></nav><article><h1>{TITLE}</h1><p>{TEXT}</p></article></body></html>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}

Answer = Callable[[BaseHTTPRequestHandler], None]


class Press(ThreadingHTTPServer):
    """A server of pages: `answers` by path, and what it was `asked`: path and Host."""

    def __init__(self) -> None:
        super().__init__((HERE, 0), _Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []

    def handle_error(self, request, client_address) -> None:
        """Whoever has had enough hangs up."""

    def read(self, url: str = "http://press.example/", **options) -> Page:
        """Fetches an address whose host is this server, whatever its name: only here may 127.0.0.1 be asked."""
        here = {"allowed": lambda ip: str(ip) == HERE, "resolve": lambda host, port: [HERE], "ports": (self.server_port,)}
        scheme, _, rest = url.partition("://")
        host, slash, path = rest.partition("/")
        return fetch(f"{scheme}://{host}:{self.server_port}{slash}{path}", **(here | options))


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))
        self.server.answers[self.path](self)

    def log_message(self, *_args) -> None:
        pass


def answer(body: bytes = b"", headers: dict[str, str] | None = None, status: int = 200, rest: Iterable[bytes] = ()) -> Answer:
    """Answers with a body, and then with the rest of it as long as someone listens."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in (HTML if headers is None else headers).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
        for piece in rest:
            handler.wfile.write(piece)

    return write


def raw(*pieces: bytes, rest: Iterable[bytes] = ()) -> Answer:
    """Writes bytes that need be no HTTP."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        for piece in chain(pieces, rest):
            handler.wfile.write(piece)

    return write


def dripping(piece: bytes) -> Iterator[bytes]:
    for byte in repeat(piece):
        time.sleep(0.02)
        yield byte


def redirect(location: str, status: int = 302) -> Answer:
    return answer(headers={"Location": location}, status=status)
