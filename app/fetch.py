"""Fetches a page of the press for an editor and reads its text, without reaching anything but the public web; no database."""

import codecs
import gzip
import io
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException, HTTPMessage, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit

from app.fields import CONTROL
from app.ingest import LARGEST, RawReport, RefusedInput, clean_line, clean_text, language, parse_day
from app.language import _

SECONDS = 15.0
"""What a page may take from its address to its last byte, redirects and all."""
TAGS = 100_000
"""The tags that a page may have: to read these takes up to 6 s, and a page of the press has a few thousand."""
REDIRECTS = 5
PORTS = (80, 443)
KINDS = ("text/html", "application/xhtml+xml", "text/plain")

IP = IPv4Address | IPv6Address
Allowed = Callable[[IP], bool]
Resolve = Callable[[str, int], Sequence[str]]


class RefusedPage(Exception):
    """A page that can not be had. The message says where, what is wrong and what to do, in the language that is spoken."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was read at `url`, the address that redirects ended at. `host` is the publisher's, without www; `lang` is ar or en."""

    url: str
    host: str
    title: str
    published: date | None
    lang: str
    text: str

    def report(self) -> RawReport:
        """The page as a report that came in; the host of its address decides its publisher."""
        return RawReport(text=self.text, lang=self.lang, title=self.title, published=self.published, url=self.url)


@dataclass(frozen=True, slots=True)
class _Place:
    """An address that may be asked for: `host` in ASCII, `target` what its server is asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back: another address to go to, or a body of one of KINDS."""

    location: str = ""
    kind: str = ""
    charset: str | None = None
    body: bytes = b""


def is_public(ip: IP) -> bool:
    """Whether this is an address of the public internet, and not one of this machine, its network or its provider."""
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_PUBLIC)
    if ip.ipv4_mapped or ip in _NAT64:
        return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip in _UNICAST and ip.is_global and not any(ip in network for network in _NOT_PUBLIC)


_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_NOT_PUBLIC = (
    # Global to some versions of Python: protocol assignments, relays and tunnels to IPv4 (Teredo, 6to4), examples.
    *map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")),
    ip_network("168.63.129.16/32"),  # answers the machines of one cloud alone, as 169.254.169.254 does elsewhere
)


def resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system finds them. Raises OSError for a name that has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch(
    address: str,
    *,
    allowed: Allowed = is_public,
    ports: Collection[int] = PORTS,
    resolve: Resolve = resolved,
    seconds: float = SECONDS,
) -> Page:
    """The page at an address, or where it redirects to, read as text. Raises RefusedPage, whatever goes wrong.

    `allowed` says which IP addresses may be asked, on which `ports`; `resolve` finds those of a host. `seconds` are until
    the last byte is there, redirects and all.
    """
    deadline = time.monotonic() + seconds
    base = former = ""
    for _hop in range(REDIRECTS + 1):
        try:
            place = _place(address, ports, base)
            answer = _asked(place, allowed, resolve, deadline)
        except RefusedPage as refusal:
            if not former:
                raise
            # A refusal of an address that nobody typed would puzzle.
            raise RefusedPage(_("%(host)s redirects elsewhere. %(refusal)s", host=former, refusal=refusal)) from None
        if not answer.location:
            return _page(place, answer)
        address, base, former = answer.location, place.url, place.host
    raise RefusedPage(
        _("%(host)s redirects again and again; open the page in a browser and give the address where it ends", host=former)
    )


# ── Where to ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _place(address: str, ports: Collection[int], base: str) -> _Place:
    """What an address stands for, read on the page at `base`, and spelled in the one way that is asked for."""
    try:
        parts = urlsplit(urljoin(base, clean_line(address, "address", "")))
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = (443 if parts.scheme == "https" else 80) if parts.port is None else parts.port
    except (RefusedInput, ValueError):
        raise _no_address(address) from None
    if parts.scheme not in ("http", "https") or not _is_host(host):
        raise _no_address(address)
    if "@" in parts.netloc:
        raise RefusedPage(_("the address holds a name or a password before the host; give it without"))
    if port not in ports:
        raise RefusedPage(_("%(host)s: pages are read from the usual ports alone; give an address without a port", host=host))
    # What a browser shows in Arabic letters goes over the wire in escapes; those that are there stay.
    target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe="/?%:=&~+!$,;'()*@[]|")
    return _Place(parts.scheme, host, port, target)


def _no_address(address: str) -> RefusedPage:
    shown = repr(address[:80])
    return RefusedPage(_("%(address)s is no address of a page; give one as https://www.example.org/page", address=shown))


def _is_host(host: str) -> bool:
    """Whether this is a plain name or a plainly written IP address: 127.1 and 0x7f000001 are addresses in disguise."""
    if ":" not in host and not re.search(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$", host):
        return bool(re.fullmatch(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", host))
    try:
        return "%" not in host and bool(ip_address(host))
    except ValueError:
        return False


def _checked(place: _Place, allowed: Allowed, resolve: Resolve, deadline: float) -> list[str]:
    """The IP addresses of a place, all of them allowed."""
    found: Future[Sequence[str]] = Future()

    def find() -> None:
        try:
            found.set_result(resolve(place.host, place.port))
        except Exception as error:
            found.set_exception(error)

    # The system's resolver knows no time limit; whoever waits for it does.
    Thread(target=find, daemon=True).start()
    ips = found.result(_left(deadline))
    if not ips or not all(allowed(ip_address(ip)) for ip in ips):
        raise RefusedPage(
            _(
                "%(host)s is not on the public web, and nothing else is read; paste the text of the report instead",
                host=place.host,
            )
        )
    return list(ips)


# ── There and back ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _asked(place: _Place, allowed: Allowed, resolve: Resolve, deadline: float) -> _Answer:
    """What a place answers, asked at one of the very IP addresses that were checked: a second look-up might find others."""
    host = place.host
    try:
        with _connected(place, _checked(place, allowed, resolve, deadline), deadline) as connection:
            connection.settimeout(_left(deadline))
            connection.sendall(_request(place))
            # Of a socket it wants no more than a file to read from.
            answer = HTTPResponse(cast(socket.socket, _Wire(connection, host, deadline)), method="GET")
            answer.begin()
            return _answer(answer, host)
    except ssl.SSLCertVerificationError:
        raise RefusedPage(
            _("%(host)s has no valid certificate, so that nobody knows who answers; paste the text of the report", host=host)
        ) from None
    except TimeoutError:
        raise RefusedPage(_("%(host)s takes too long; try again later, or paste the text of the report", host=host)) from None
    except socket.gaierror:
        raise RefusedPage(_("there is no host %(host)s; check the address", host=host)) from None
    except (OSError, HTTPException, EOFError, ValueError, zlib.error):
        raise RefusedPage(
            _("%(host)s can not be reached, or broke off; check the address, or try again later", host=host)
        ) from None


def _connected(place: _Place, ips: Sequence[str], deadline: float) -> socket.socket:
    """A connection to the first of the IP addresses that takes one; the certificate has to be that of the host's name."""
    for tried, ip in enumerate(ips, start=1):
        try:
            # An address that never answers leaves time for the others.
            connection = socket.create_connection((ip, place.port), timeout=_left(deadline) / (len(ips) - tried + 1))
            break
        except OSError:
            if tried == len(ips):
                raise
    if place.scheme == "http":
        return connection
    try:
        connection.settimeout(_left(deadline))
        return ssl.create_default_context().wrap_socket(connection, server_hostname=place.host)
    except BaseException:
        connection.close()
        raise


def _request(place: _Place) -> bytes:
    lines = (
        f"GET {place.target} HTTP/1.1",
        f"Host: {place.netloc}",
        "User-Agent: Sijill (a register of press reports; an editor asked for this page)",
        f"Accept: {', '.join(KINDS)}",
        "Accept-Encoding: gzip",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


class _Wire(io.RawIOBase):
    """The bytes of a connection, for as long and as many as a page may have: whatever a server says of lengths, this ends."""

    def __init__(self, connection: socket.socket, host: str, deadline: float) -> None:
        self.connection, self.host, self.deadline = connection, host, deadline
        self.room = 2 * LARGEST

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.connection.settimeout(_left(self.deadline))
        count = self.connection.recv_into(buffer)
        self.room -= count
        if self.room < 0:
            raise _too_large(self.host)
        return count


def _left(deadline: float) -> float:
    """The seconds that are left. Raises TimeoutError if none are."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _too_large(host: str) -> RefusedPage:
    size = LARGEST // 1_000_000
    return RefusedPage(_("the page of %(host)s has more than %(size)s MB; paste the text of the report", host=host, size=size))


def _answer(answer: HTTPResponse, host: str) -> _Answer:
    """What the answer of a host comes to. Raises RefusedPage for all but a page or a redirect, unread."""
    headers: HTTPMessage = answer.headers
    location = headers.get("Location")
    if answer.status in (301, 302, 303, 307, 308) and location:
        # http.client takes bytes for Latin letters; servers that send Arabic ones unescaped mean UTF-8.
        return _Answer(location=location.encode("latin-1").decode("utf-8", "replace"))
    if answer.status != 200:
        raise RefusedPage(
            _(
                "%(host)s has no page to read at this address (its status: %(status)s); check the address, or paste the text",
                host=host,
                status=answer.status,
            )
        )
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    packing = headers.get("Content-Encoding", "identity").strip().lower()
    if kind not in KINDS or packing not in ("identity", "gzip", "x-gzip"):
        raise RefusedPage(
            _(
                "%(host)s sends something else than a page (%(kind)s); give the address of a page, or paste the text",
                host=host,
                kind=repr((kind if kind not in KINDS else packing)[:80]),
            )
        )
    if answer.length is not None and answer.length > LARGEST:
        raise _too_large(host)
    body = (answer if packing == "identity" else gzip.GzipFile(fileobj=answer)).read(LARGEST + 1)
    if len(body) > LARGEST:
        raise _too_large(host)
    if answer.length:
        raise EOFError("less came than was announced")
    return _Answer(kind=kind, charset=headers.get_content_charset(), body=body)


# ── What it says ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _page(place: _Place, answer: _Answer) -> Page:
    """The page that a body holds."""
    text, title, day = _decoded(answer.body, answer.charset), "", None
    if answer.kind != "text/plain" and text.count("<") > TAGS:
        raise RefusedPage(_("the page of %(host)s is no report, but a huge list; paste the text of the report", host=place.host))
    try:
        if answer.kind != "text/plain":
            text, title, day = read_markup(text, place.url)
        text = clean_text(text, place.host)
    except RefusedInput:
        raise RefusedPage(_("no text was found on the page of %(host)s; paste the text of the report", host=place.host)) from None
    return Page(place.url, place.host.removeprefix("www."), title, day, language(text), text)


def read_markup(markup: str, url: str) -> tuple[str, str, date | None]:
    """Text, title and day of a page. Raises RefusedInput if it has no text. What it says of its own address is not believed."""
    from trafilatura import bare_extraction  # slow to import, and few requests need it

    try:
        found: Any = bare_extraction(markup, url=url, with_metadata=True, include_comments=False)
    except Exception:  # it lists no errors, and a stranger wrote the page
        found = None
    if found is None:
        raise RefusedInput(f"{url}: no text")
    try:
        day = parse_day(found.date, url)
    except RefusedInput:
        day = None
    return found.text or "", " ".join(CONTROL.sub(" ", found.title or "").split()), day


def _decoded(body: bytes, charset: str | None) -> str:
    """The letters of a body by the first that fits: its byte order mark, header, own word, UTF-8, a guess."""
    mark = "utf-8-sig" if body.startswith(codecs.BOM_UTF8) else None
    said = re.search(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)""", body[:4096], re.I)
    named = [name for name in (mark, charset, said and (said[1] or said[2]).decode("ascii")) if name and _is_charset(name)]
    for name in (*named, "utf-8"):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    # A few broken letters in a page that says what it is written in are no reason to guess.
    if named and (text := body.decode(named[0], "replace")).count("\ufffd") * 100 < len(text):
        return text
    from trafilatura.utils import detect_encoding  # slow to import, and few requests need it

    return body.decode(next(iter(detect_encoding(body)), "utf-8"), "replace")


def _is_charset(name: str) -> bool:
    """Whether pages are written in it: Python knows codecs that are no alphabets, and some that take minutes."""
    try:
        return bool(
            re.fullmatch(r"utf-8(?:-sig)?|utf-16(?:-[bl]e)?|ascii|cp125\d|iso8859-\d+|koi8-[ru]", codecs.lookup(name).name)
        )
    except (LookupError, ValueError):
        return False
