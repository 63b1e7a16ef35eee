"""What is the same for a whole revision is read once, however many pages show it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Transaction, select

from app.language import spoken
from app.models.tables import DATA_REVISION
from app.queries.published import counted

Made = TypeVar("Made")
Asked = ParamSpec("Asked")

MOST = 256
"""Answers of one revision that are kept."""
_revisions: WeakKeyDictionary[Transaction, int] = WeakKeyDictionary()
_answers: WeakKeyDictionary[Engine, tuple[int, dict[Any, Any]]] = WeakKeyDictionary()


def is_writing(connection: Connection) -> bool:
    """Whether this is a write transaction: what it sees may never come to be, and is kept for nobody."""
    return bool(connection.get_execution_options().get("writes"))


def revision_seen(connection: Connection) -> int:
    """The data revision that a connection sees. It is asked for once in a snapshot, in which it cannot change."""
    snapshot = connection.get_transaction()
    if snapshot is None or is_writing(connection) or snapshot not in _revisions:
        number: int = connection.execute(select(DATA_REVISION.c.number)).scalar_one()
        if (snapshot := connection.get_transaction()) is not None:
            _revisions[snapshot] = number
        return number
    return _revisions[snapshot]


def once_a_revision(read: Callable[Concatenate[Connection, Asked], Made]) -> Callable[Concatenate[Connection, Asked], Made]:
    """Keeps what a function reads for as long as the revision lasts: for each language, and for who sees what."""

    def remembered(connection: Connection, *asked: Asked.args, **more: Asked.kwargs) -> Made:
        if is_writing(connection):
            return read(connection, *asked, **more)
        revision = revision_seen(connection)
        kept = _answers.get(connection.engine)
        if kept is None or kept[0] < revision or len(kept[1]) >= MOST:
            kept = _answers[connection.engine] = (revision, {})
        if kept[0] > revision:  # somebody else sees a later one already
            return read(connection, *asked, **more)
        key = (read, spoken().code, counted(), asked, tuple(more.items()))
        if key not in kept[1]:
            kept[1][key] = read(connection, *asked, **more)
        answer: Made = kept[1][key]
        return answer

    return cast(Callable[Concatenate[Connection, Asked], Made], update_wrapper(remembered, read))
