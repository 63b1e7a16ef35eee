"""Files as answers: written whole before they are sent, under a name that says what they are and of which revision."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.responses import Response, StreamingResponse

IN_MEMORY = 5_000_000
"""Bytes of a file that are kept in memory; a longer one goes through a temporary file."""
PIECE = 262_144
"""Bytes that are sent at once: each piece goes through a thread."""
MEDIA_TYPES = {"csv": "text/csv", "geojson": "application/geo+json", "json": "application/json"}
"""By the ending of an address."""


def file(pieces: Iterable[str], *, name: str, media_type: str) -> Response:
    """The pieces as a file of this name.

    It is written before the answer begins: what fails, fails as an error and not in the middle of a 200, and a slow reader
    holds neither a connection nor a snapshot.
    """
    with ExitStack() as until_sent:
        written = until_sent.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        written.writelines(piece.encode() for piece in pieces)
        until_sent.pop_all()  # from here on the answer closes it
    return sent(written, name=name, media_type=media_type)


def sent(written: IO[bytes], *, name: str, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """A file that lies open as an answer, from its beginning; the answer closes it."""
    length = written.seek(0, SEEK_END)
    written.seek(0)
    return StreamingResponse(
        _pieces_of(written),
        media_type=f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(length), **(headers or {})},
    )


def _pieces_of(written: IO[bytes]) -> Iterator[bytes]:
    with written:
        while piece := written.read(PIECE):
            yield piece
