"""The address that the register is known by: what citations and links to other languages begin with."""

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send


class Addressed:
    """Takes every request as one to the register's own address, whatever its Host header says. Without one that header counts."""

    def __init__(self, app: ASGIApp, address: str = "") -> None:
        parts = urlsplit(address)
        self.app, self.scheme, self.host = app, parts.scheme, parts.netloc.encode("idna")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.host:
            others = [(name, value) for name, value in scope["headers"] if name != b"host"]
            scope = {**scope, "scheme": self.scheme, "headers": [(b"host", self.host), *others]}
        await self.app(scope, receive, send)
