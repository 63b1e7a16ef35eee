"""Tells the data revision so cheaply that each request can ask for it."""

from typing import Any

from sqlalchemy import Engine, select

from app.db import snapshot
from app.models.tables import DATA_REVISION
from app.queries.reference import data_revision

_NUMBER = str(select(DATA_REVISION.c.number))


class Watch:
    """Tells the number of the data revision, whoever raised it. One thread alone asks: that of the event loop.

    SQLite tells in some microseconds whether another connection, of any process, has committed since it was last asked; only
    then is the number read. It needs a connection of its own. Of another database the number is read each time.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._connection: Any = None
        self._seen: Any = None
        self._number = 0

    def revision(self) -> int:
        """The number of the data revision, as of now."""
        if self.engine.dialect.name != "sqlite":
            with snapshot(self.engine) as connection:
                return data_revision(connection)
        if self._connection is None:
            self._connection = self.engine.raw_connection()
        # Each row is taken to the end: a statement that is left half-way would hold on to the state that it has seen.
        ((seen,),) = self._connection.execute("PRAGMA data_version")
        if seen != self._seen:
            # In this order: what is committed between the two is seen the next time.
            ((self._number,),) = self._connection.execute(_NUMBER)
            self._seen = seen
        return self._number

    def close(self) -> None:
        """Gives the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
