"""The two doors to the database: a snapshot to read from, a transaction to write in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Executable, Row, create_engine, event, make_url
from sqlmodel import Session

AnyRow = Row[*tuple[Any, ...]]
"""A row as it was read, whatever its columns."""


def file_of(address: URL) -> Path | None:
    """The file that a register is, if it is one."""
    name = address.database
    return Path(name) if address.get_backend_name() == "sqlite" and name and name != ":memory:" else None


def make_engine(url: str) -> Engine:
    """An engine for `url`; for SQLite with write-ahead log, foreign keys and a busy timeout. Makes the file's folder."""
    address, more = make_url(url), {}
    if file := file_of(address):
        file.parent.mkdir(parents=True, exist_ok=True)
        # The connection that was used last is taken first: it still has the pages of the file that the next reader wants.
        more = {"pool_use_lifo": True}
    engine = create_engine(address, **more)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is deferred: a transaction that reads and then writes would fail at once while another writes.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "busy_timeout = 10000", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection whose reads all see the same state of the register."""
    with engine.connect() as connection, connection.begin():
        yield connection


def raw_rows(
    connection: Connection, statement: Executable, asked: Mapping[str, object] | None = None, *, size: int = 10_000
) -> Iterator[list[Any]]:
    """The rows as the driver gives them, plain tuples, some at a time: a million as typed rows would take ten times as long."""
    cursor: Any = connection.execute(statement, asked).cursor
    while chunk := cursor.fetchmany(size):
        yield chunk


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session in a write transaction: committed at the end, or rolled back whole. For `app.actions` alone."""
    with (
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
        Session(connection, expire_on_commit=False) as session,
    ):
        yield session
        session.flush()
