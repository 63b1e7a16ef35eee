"""Finished exports kept on disk beside the register: what was written once for a revision is sent again as it lies there."""

import gzip
import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO

from sqlalchemy import make_url

from app.db import file_of
from app.queries.reference import Revision

MOST_FILES, MOST_BYTES = 16, 3_000_000_000
SMALLEST = 1_000_000
"""Bytes below which a file is not kept: it is soon written, and would push out one that is not."""
LEFT = 3600
"""Seconds after which an unfinished file is nobody's: its process has ended."""
FAST = 1
"""The level of compression: zlib's higher ones take several times as long as to write the rows."""
UNFINISHED = "unfinished-"


class NotKept(LookupError):
    """There is no finished file of this name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept files of one register. Only finished ones have a name that is looked for; several processes may share them."""

    folder: Path

    @classmethod
    def beside(cls, database_url: str) -> "Kept":
        """Those of the register at this address, none yet: another version of the program may have written what is there.

        They lie beside the database where that is a file, else in a folder of this process.
        """
        if file := file_of(make_url(database_url)):
            kept = cls(file.with_name(f"{file.name}.files"))
            kept.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            kept = cls(Path(tempfile.mkdtemp(prefix="sijill-")))
        kept.sweep("nothing")
        return kept

    def found(self, name: str) -> IO[bytes]:
        """The file of this name; whoever holds it open may read it to its end, whatever is swept. Raises NotKept."""
        path = self.folder / name
        try:
            held = path.open("rb")
        except FileNotFoundError:
            raise NotKept(name) from None
        with suppress(FileNotFoundError):
            os.utime(path)  # the one that was asked for last goes last
        return held

    def written(self, name: str, pieces: Iterable[str]) -> IO[bytes]:
        """The pieces as a file, kept under this name where it is worth it; what ends in `.gz` is compressed.

        It has its name only when it is complete; when the pieces break off nothing is left.
        """
        number, path = tempfile.mkstemp(prefix=UNFINISHED, dir=self.folder)
        unfinished = Path(path)
        try:
            with os.fdopen(number, "wb") as plain:
                if name.endswith(".gz"):
                    with gzip.GzipFile(fileobj=plain, mode="wb", compresslevel=FAST, mtime=0) as packed:
                        packed.writelines(piece.encode() for piece in pieces)
                else:
                    plain.writelines(piece.encode() for piece in pieces)
            held = unfinished.open("rb")
            if unfinished.stat().st_size >= SMALLEST:
                unfinished.rename(self.folder / name)
        finally:
            unfinished.unlink(missing_ok=True)
        self.sweep(name)
        return held

    def sweep(self, name: str) -> None:
        """Removes what is of another revision than `name`, what somebody left unfinished, and the oldest of too many."""
        revision, files, size = name.partition("-")[0], 0, 0
        for path, state in sorted(self._all(), key=lambda one: one[1].st_mtime, reverse=True):
            if path.name.startswith(UNFINISHED):
                gone = state.st_mtime < time.time() - LEFT
            else:
                files, size = files + 1, size + state.st_size
                gone = path.name.partition("-")[0] != revision or files > MOST_FILES or size > MOST_BYTES
            if gone:
                path.unlink(missing_ok=True)

    def _all(self) -> Iterable[tuple[Path, os.stat_result]]:
        for path in self.folder.iterdir():
            with suppress(FileNotFoundError):
                yield path, path.stat()


def kept_name(revision: Revision, *what: str) -> str:
    """The name of a file of this revision. A register that was put back from a copy reaches the same number at another moment."""
    told = blake2b("\n".join((revision.made_at, *what)).encode(), digest_size=16)
    return f"r{revision.number}-{told.hexdigest()}"
