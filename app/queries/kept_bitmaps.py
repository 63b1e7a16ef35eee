"""Bitmaps that outlive their process, in a file beside the register's: of a million incidents they are read in seconds otherwise.

A file of another register, of another version or half written is none: what it would have told is read from the register.
"""

import json
import os
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from pyroaring import BitMap
from sqlalchemy import Connection, Engine, select

from app.db import file_of, snapshot
from app.models.tables import ACT
from app.queries.bitmaps import CHANGED, ORDERED, VALUES, Bitmaps, Ordered, bitmaps, take_up

MANY = 20_000
"""Incidents from which on they are kept: fewer are read in no time."""
FORMAT = 1


def place_of(engine: Engine) -> Path | None:
    """Where the bitmaps of a register are kept; nowhere where it is not a file itself."""
    register = file_of(engine.url)
    return register and register.with_name(f"{register.name}.bitmaps")


def take_up_bitmaps(engine: Engine) -> None:
    """Begins with what the last process kept, if it kept any. To be done before anybody asks: who finds none reads all."""
    if (kept := kept_bitmaps(engine)) is not None:
        take_up(engine, kept)


def keep_bitmaps(engine: Engine) -> None:
    """Keeps the bitmaps of today for the next process."""
    file = place_of(engine)
    with snapshot(engine) as connection:
        found = bitmaps(connection)
        made_at = _made_at(connection, found.revision)
    if file is None or made_at is None or len(found.ordered[CHANGED].held) < MANY:
        return
    values = {f"{key}/{code}": ids for key, codes in found.values.items() for code, ids in codes.items()}
    head = {"format": FORMAT, "revision": found.revision, "made_at": made_at, "values": list(values)}
    arrays: dict[str, Any] = {
        f"value{number}": np.frombuffer(ids.serialize(), np.uint8) for number, ids in enumerate(values.values())
    }
    arrays |= {key: ordered.held for key, ordered in found.ordered.items()}
    # Written beside and then renamed: nobody reads a half.
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with fresh.open("wb") as out:
        np.savez(out, head=np.frombuffer(json.dumps(head).encode(), np.uint8), **arrays)
    fresh.replace(file)


def kept_bitmaps(engine: Engine) -> Bitmaps | None:
    """What a former process kept of this register, as of an earlier revision or of this one."""
    file = place_of(engine)
    if file is None:
        return None
    try:
        with file.open("rb") as raw, np.load(raw, allow_pickle=False) as held:
            head = json.loads(held["head"].tobytes())
            with snapshot(engine) as connection:
                if head["format"] != FORMAT or head["made_at"] != _made_at(connection, head["revision"]):
                    return None
            values: dict[str, dict[str, BitMap]] = {key: {} for key in VALUES}
            for number, name in enumerate(head["values"]):
                key, _slash, code = name.partition("/")
                values[key][code] = BitMap.deserialize(held[f"value{number}"].tobytes())
            ordered = {key: Ordered.of(held[key], width) for key, (_column, width) in ORDERED.items()}
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        return None
    return Bitmaps(head["revision"], values, ordered)


def _made_at(connection: Connection, revision: int) -> str | None:
    """When a revision was made: two registers with the same have the same past."""
    return connection.execute(select(ACT.c.made_at).where(ACT.c.revision == revision)).scalar_one_or_none()
