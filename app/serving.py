"""The server: one process or several that answer at one address, and what it says as soon as it does."""

import gc
from collections.abc import Callable, Sequence
from socket import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

from app.settings import Settings

Say = Callable[[str], None]
MOST_AROUND = 65_536
"""Bytes of a request beside its body: its head, and what parts a body that comes in pieces."""
LONGEST_START = 60
"""Seconds that a worker may take until it answers."""


def serve(settings: Settings, *, host: str, port: int, workers: int, say: Say, more: str) -> None:
    """Serves the register until it is told to stop. Says where it is once it answers there, and then `more`, if there is any."""
    config = uvicorn.Config(
        "app.serving:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=Bounded,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxy),
        forwarded_allow_ips=settings.trusted_proxy or None,
    )
    sockets = [config.bind_socket()]

    def ready() -> None:
        for address in map(_address, sockets):
            say(f"Sijill is at {address} (Ctrl-C stops it)")
        if more:
            say(more)

    if workers > 1:
        _Workers(config, sockets, ready).run()
    else:
        _Server(config, ready).run(sockets)


def application() -> ASGIApp:
    """What each process serves."""
    from app.main import create_app  # commands that serve nothing need not load it

    app = create_app()
    # What is loaded by now stays. Each time the collector looked through all of it, pages would wait for a tenth of a second.
    gc.collect()
    gc.freeze()
    return app


class Bounded(HttpToolsProtocol):
    """HTTP as httptools reads it, which itself sets no bound to what it reads and keeps of a request that never ends."""

    around = 0

    def data_received(self, data: bytes) -> None:
        self.around += len(data)
        super().data_received(data)
        if self.around > MOST_AROUND and not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            )
            self.transport.close()

    def on_message_begin(self) -> None:
        self.around = 0
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        self.around -= len(body)
        super().on_body(body)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready()


class _Workers(Multiprocess):
    """Processes that each answer, from the same address; one that dies is started anew."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket], ready: Callable[[], None]) -> None:
        super().__init__(config, sockets)
        self.ready = ready

    def init_processes(self) -> None:
        super().init_processes()
        if all(process.wait_until_ready(LONGEST_START) for process in self.processes):
            self.ready()


def _address(listening: socket) -> str:
    where: Sequence[Any] = listening.getsockname()
    host, port = where[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
