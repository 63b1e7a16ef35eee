"""Headers that every answer carries, and the refusal of writes from other sites."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def headers(tile_url: str = "") -> dict[str, str]:
    """The headers of every answer. Online map tiles, where set, are the one thing that may come from elsewhere."""
    tiles = f" {urlsplit(tile_url).scheme}://{urlsplit(tile_url).netloc}".replace("{s}", "*") if tile_url else ""
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data:{tiles}",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "base-uri": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


STRANGERS, MOST = 8_000_000, 25_000_000
"""Bytes of a request: from a browser that nobody logged in with, and from others (a file of corrections has 20 MB at most)."""
PRIVATE = ("/desk", "/login", "/ar/desk", "/ar/login")


class Guard:
    """Refuses unsafe methods that come from another site and bodies that are too large, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, tile_url: str = "") -> None:
        self.app, self.headers = app, headers(tile_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
                if scope["path"].startswith(PRIVATE):
                    MutableHeaders(scope=message).update({"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})
            await send(message)

        if scope["method"] not in SAFE_METHODS and is_foreign(Headers(scope=scope)):
            refusal = PlainTextResponse("This request came from another site and was refused.", status_code=403)
            await refusal(scope, receive, send_guarded)
            return
        await self.app(scope, _bounded(scope, receive), send_guarded)


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """Receives a body up to its limit. Beyond it the request is refused: what is read is kept in memory."""
    sent, taken = Headers(scope=scope), 0
    most = MOST if "sijill=" in sent.get("cookie", "") else STRANGERS

    async def receive_bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413)
        return message

    return receive_bounded


def is_foreign(sent: Headers) -> bool:
    """Whether a browser says that a request comes from another site (Fetch Metadata, or else the Origin header)."""
    site = sent.get("sec-fetch-site")
    if site:
        return site not in ("same-origin", "none")
    origin = sent.get("origin")
    try:
        return origin is not None and urlsplit(origin).netloc != sent.get("host")
    except ValueError:
        return True
