"""Public answers kept for asking again: each is made once for a state of the register, however many ask for it."""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Any

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.clock import today
from app.queries.watch import Watch
from app.web.render import VARY, part_of
from app.web.security import PRIVATE

PASSED = (*PRIVATE, "/healthz", "/ar/healthz")
"""Beginnings of the addresses whose answers are not ours to keep: the desk's, and the sign of life."""
FILES = (".csv", ".geojson", ".json")
"""Endings of files to take away, which are sent in pieces."""
WORTH_PACKING = 1000
"""Bytes of a body from which on it is compressed."""
LARGEST = 8
"""An answer that takes more than this part of the room is not kept: it would push out all that is asked for often."""
OVERHEAD = 4096
"""Bytes that an answer takes beside its bodies and its address, about: headers and what Python needs to hold them."""

Headers = list[tuple[bytes, bytes]]
Asked = tuple[Any, ...]
"""All of a request that an answer may depend on, beside the state of the register."""


@dataclass(frozen=True, slots=True)
class Form:
    """An answer in one coding, as the messages that send it; without an `etag` it is never left unsent."""

    etag: bytes
    start: Message
    body: Message
    unchanged: Message


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is and, once somebody has asked for it so, compressed: None before that, and `plain` again where it would
    be no shorter. `size` is what it takes in memory."""

    start: Message
    plain: Form
    packed: Form | None
    size: int
    may_be_kept: bool


NOTHING: Message = {"type": "http.response.body", "body": b""}


@dataclass(slots=True)
class Shelf:
    """What is kept of one state of the register (its revision, and the day, which some pages tell), and what is being made."""

    state: tuple[int, date] | None
    room: int
    answers: OrderedDict[Asked, Answer] = field(default_factory=OrderedDict)
    making: dict[Asked, asyncio.Task[Answer]] = field(default_factory=dict)
    taken: int = 0

    def keep(self, asked: Asked, answer: Answer) -> None:
        """Keeps an answer, in the place of a former form of it; those that were not asked for the longest make room for it."""
        former = self.answers.pop(asked, None)
        self.taken -= former.size if former else 0
        if answer.size * LARGEST > self.room:
            return
        self.answers[asked] = answer
        self.taken += answer.size
        while self.taken > self.room:
            self.taken -= self.answers.popitem(last=False)[1].size


class Cache:
    """Answers public addresses from memory, and by 304 to who has the answer already.

    A page's maker sees nothing of a request but its address and whether htmx asks for a part: no cookie, no language of a
    browser, no referrer. So what is kept can tell nobody anything about somebody else.
    """

    def __init__(self, app: ASGIApp, watch: Watch, room: int) -> None:
        self.app, self.watch, self.room = app, watch, room
        self.shelf = Shelf(None, room)
        # A thread of its own: in the line of those that make pages an answer would wait a second time.
        self._packing = anyio.CapacityLimiter(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_kept(scope):
            await self.app(scope, receive, send)
            return
        # Of a header that is sent twice the first counts, as it does for the pages.
        sent = dict(scope["headers"][::-1])
        part = part_of(sent)
        host = sent.get(b"host") or str(scope.get("server"))
        asked = (scope["scheme"], host, scope["path"], scope["query_string"], bool(part))
        shelf = self._shelf()
        answer = shelf.answers.get(asked)
        if answer is not None:
            shelf.answers.move_to_end(asked)
        else:
            answer = await _shared(shelf.making, asked, partial(self._make, shelf, asked, _bare(scope, sent, part)))
        form = answer.plain
        if takes_gzip(sent.get(b"accept-encoding", b"")):
            if answer.packed is None:
                answer = await _shared(shelf.making, (*asked, "packed"), partial(self._pack, shelf, asked, answer))
            form = answer.packed or form
        if form.etag and is_held(form.etag, sent.get(b"if-none-match")):
            await send(form.unchanged)
            await send(NOTHING)
        else:
            await send(form.start)
            await send(NOTHING if scope["method"] == "HEAD" else form.body)

    def _shelf(self) -> Shelf:
        """What is kept of the register as it is now; of what it was nothing is needed any more."""
        state = self.watch.revision(), today()
        if state != self.shelf.state:
            self.shelf = Shelf(state, self.room)
        return self.shelf

    async def _make(self, shelf: Shelf, asked: Asked, scope: Scope) -> Answer:
        """Has an answer made."""
        answer = _plain(*await _answered(self.app, scope), len(asked[2]) + len(asked[3]))
        # Nothing has to be compared here. It was begun at the shelf's state, so whatever it read is of that revision or of a
        # later one. The shelf answers only as long as that revision is the latest, and revisions only rise: then nothing
        # later can have been read. If somebody has written meanwhile, nobody will ask this shelf again.
        if answer.may_be_kept:
            shelf.keep(asked, answer)
        return answer

    async def _pack(self, shelf: Shelf, asked: Asked, answer: Answer) -> Answer:
        """The answer with its compressed form, which is made once, for the first who asks for it."""
        packed = await anyio.to_thread.run_sync(_packed, answer, limiter=self._packing)
        if asked in shelf.answers:
            shelf.keep(asked, packed)
        return packed


async def _shared(making: dict[Asked, asyncio.Task[Answer]], key: Asked, make: Callable[[], Awaitable[Answer]]) -> Answer:
    """What `make` makes, once however many wait for it. What fails, fails for all who wait, and is tried anew for the next."""

    async def made() -> Answer:
        try:
            return await make()
        finally:
            del making[key]

    if key not in making:
        making[key] = asyncio.create_task(made())
    # Shielded: who goes away does not take the answer from the others who wait for it.
    return await asyncio.shield(making[key])


def is_kept(scope: Scope) -> bool:
    """Whether the answer to a request may be one for everybody."""
    path: str = scope["path"]
    return scope["method"] in ("GET", "HEAD") and not path.startswith(PASSED) and not path.endswith(FILES)


@lru_cache(maxsize=256)
def takes_gzip(accepted: bytes) -> bool:
    """Whether an Accept-Encoding header allows gzip: q=0 refuses it."""
    for one in accepted.decode("latin-1").lower().split(","):
        coding, _, weight = one.replace(" ", "").partition(";q=")
        if coding == "gzip":
            return not weight or bool(weight.strip("0."))
    return False


def is_held(etag: bytes, held: bytes | None) -> bool:
    """Whether an If-None-Match header names this ETag, weakly or not, or any at all."""
    # An ETag stands between quotation marks, and none is inside of one.
    return held is not None and (etag in held or held.strip() == b"*")


def _bare(scope: Scope, sent: Mapping[bytes, bytes], part: Headers) -> MutableMapping[str, Any]:
    """The request as whoever makes its answer may see it."""
    host = [(b"host", sent[b"host"])] if b"host" in sent else []
    return {**scope, "method": "GET", "client": None, "headers": [*host, *part]}


async def _answered(app: ASGIApp, scope: Scope) -> tuple[Message, bytes]:
    """What the application answers: the message that begins it, and its body."""
    sent: list[Message] = []

    async def receive() -> Message:
        # A GET has no body, and nobody is there who could go away.
        return await asyncio.Future()

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0], b"".join(message.get("body", b"") for message in sent[1:])


def _plain(start: Message, body: bytes, address: int) -> Answer:
    """An answer as it was made."""
    given = dict(start["headers"])
    for_all = given.get(b"cache-control", b"public").startswith(b"public")
    may_be_kept = start["status"] == 200 and for_all and b"set-cookie" not in given
    etag = blake2b(body, digest_size=12).hexdigest().encode() if may_be_kept else b""
    return Answer(start, _form(start, body, etag and b'"%b"' % etag), None, len(body) + address + OVERHEAD, may_be_kept)


def _packed(answer: Answer) -> Answer:
    """The same answer, compressed too."""
    body: bytes = answer.plain.body["body"]
    # Without a time in it: the same body gives the same bytes, by whichever process.
    short = gzip.compress(body, 5, mtime=0) if len(body) >= WORTH_PACKING else body
    if len(short) >= len(body):
        return replace(answer, packed=answer.plain)
    etag = answer.plain.etag and answer.plain.etag[:-1] + b'-gz"'
    return replace(answer, packed=_form(answer.start, short, etag, b"gzip"), size=answer.size + len(short))


def _form(start: Message, body: bytes, etag: bytes, coding: bytes = b"") -> Form:
    ours = (b"content-length", b"vary", b"etag") if etag else (b"content-length", b"vary")
    headers: Headers = [pair for pair in start["headers"] if pair[0] not in ours]
    headers.append((b"vary", VARY))
    if etag:
        headers.append((b"etag", etag))
        if b"cache-control" not in dict(headers):
            # Whoever keeps it asks each time whether it still holds: what an editor saves shows at the next request.
            headers.append((b"cache-control", b"public, no-cache"))
    about_body = (b"content-type", b"content-language", b"content-disposition")
    unchanged = [pair for pair in headers if pair[0] not in about_body]
    headers.append((b"content-length", b"%d" % len(body)))
    if coding:
        headers.append((b"content-encoding", coding))
    return Form(
        etag,
        {**start, "headers": headers},
        {"type": "http.response.body", "body": body},
        {**start, "status": 304, "headers": unchanged},
    )
