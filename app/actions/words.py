"""Writes the words by which incidents and reports are found, in the transaction that changes what they are the words of."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TableClause,
    bindparam,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    union_all,
)

from app.models.tables import (
    ACTOR,
    BASE,
    BASE_ALIAS,
    CLAIM,
    INCIDENT,
    INCIDENT_ORIGIN,
    MENTION,
    REPORT,
    SOURCE,
    SOURCE_ALIAS,
)  # fmt: skip
from app.models.words import COLUMNS, INCIDENT_WORDS, REPORT_WORDS
from app.searching import words

_WIDEST = 6
_AT_ONCE = 200
"""So many rows are read and written together."""
_SHORT = 1000
"""Names and quotes of so many characters at most come again and again, and are folded once."""
_HEAD, _BODY = literal(True), literal(False)


def _pieces(of: ColumnElement[int], part: ColumnElement[bool], *columns: ColumnElement[Any]) -> Select[Any]:
    """Some columns as pieces of text for the head or the body of the rows with these ids."""
    missing = (null() for _column in range(_WIDEST - len(columns)))
    return select(of, part, *columns, *missing).where(of.in_(bindparam("ids", expanding=True)))


def _names(of: ColumnElement[int], base: ColumnElement[int], part: ColumnElement[bool]) -> tuple[Select[Any], Select[Any]]:
    """All names of the bases that rows with these ids have, and of the sites that those belong to."""
    own = BASE.alias()
    family = or_(BASE.c.id == own.c.id, BASE.c.id == own.c.parent_id)
    names = _pieces(of, part, BASE.c.name_en, BASE.c.name_ar, BASE.c.governorate).distinct()
    # The aliases of a base in one piece: it is folded once.
    aliases = _pieces(of, part, func.group_concat(BASE_ALIAS.c.text, "\n")).group_by(of, BASE.c.id)
    named, aliased = (one.join(own, own.c.id == base).join(BASE, family) for one in (names, aliases))
    return named, aliased.join(BASE_ALIAS, BASE_ALIAS.c.base_id == BASE.c.id)


def _quotes_of_texts_gone() -> tuple[Select[Any], ...]:
    of = MENTION.c.report_id
    mentions, claims = _pieces(of, _BODY, MENTION.c.quote), _pieces(of, _BODY, CLAIM.c.quote)
    both = mentions, claims.join(MENTION, MENTION.c.id == CLAIM.c.mention_id)
    return tuple(one.join(REPORT, REPORT.c.id == of).where(REPORT.c.kind == "text", REPORT.c.text.is_(None)) for one in both)


class _Words(NamedTuple):
    """Rows with words: of what, where they are kept, and the statement that collects their pieces."""

    of: Any
    table: TableClause
    collect: Any


_OF_INCIDENTS = _Words(
    INCIDENT,
    INCIDENT_WORDS,
    union_all(
        _pieces(INCIDENT.c.id, _HEAD, INCIDENT.c.public_id),
        *_names(INCIDENT.c.id, INCIDENT.c.base_id, _HEAD),
        _pieces(INCIDENT.c.id, _HEAD, ACTOR.c.name_en, ACTOR.c.name_ar).join(
            ACTOR, or_(ACTOR.c.id == INCIDENT.c.claimed_by_id, ACTOR.c.id == INCIDENT.c.attributed_to_id)
        ),
        _pieces(INCIDENT.c.id, _BODY, INCIDENT.c.summary_en, INCIDENT.c.summary_ar, INCIDENT.c.launched_from),
        _pieces(
            MENTION.c.incident_id, _BODY, MENTION.c.base_as_written, MENTION.c.stated, MENTION.c.quote,
            REPORT.c.title, SOURCE.c.name_en, SOURCE.c.name_ar,
        )
        .join(REPORT, REPORT.c.id == MENTION.c.report_id)
        .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id),
        _pieces(MENTION.c.incident_id, _BODY, CLAIM.c.quote)
        .join(MENTION, MENTION.c.id == CLAIM.c.mention_id)
        .where(CLAIM.c.quote.is_not(None)),
        _pieces(INCIDENT_ORIGIN.c.incident_id, _BODY, SOURCE.c.slug, SOURCE.c.name_en, SOURCE.c.name_ar).join(
            SOURCE, SOURCE.c.id == INCIDENT_ORIGIN.c.source_id
        ),
    ),
)  # fmt: skip
_OF_REPORTS = _Words(
    REPORT,
    REPORT_WORDS,
    union_all(
        _pieces(REPORT.c.id, _HEAD, REPORT.c.title),
        _pieces(REPORT.c.id, _BODY, REPORT.c.text, SOURCE.c.name_en, SOURCE.c.name_ar).join(
            SOURCE, SOURCE.c.id == REPORT.c.publisher_id
        ),
        _pieces(REPORT.c.id, _BODY, SOURCE_ALIAS.c.text).join(SOURCE_ALIAS, SOURCE_ALIAS.c.source_id == REPORT.c.publisher_id),
        # Its quotes are words of its text; a page has no text, but what it stated, and a text that was taken down its quotes.
        _pieces(MENTION.c.report_id, _BODY, MENTION.c.base_as_written, MENTION.c.stated),
        *_quotes_of_texts_gone(),
        *_names(MENTION.c.report_id, MENTION.c.base_id, _BODY),
    ),
)


def write_incidents(connection: Connection, ids: Collection[int]) -> None:
    """Writes by what incidents are found: their ids, names, summaries, and what their reports quote, state and are called."""
    _write(connection, _OF_INCIDENTS, ids)


def write_reports(connection: Connection, ids: Collection[int]) -> None:
    """Writes by what reports are found: their titles, texts and publishers, and all names of the bases that they tell of."""
    _write(connection, _OF_REPORTS, ids)


def write_missing(connection: Connection) -> None:
    """Writes the words of incidents and reports that have none: a migration that changes what words are empties the tables."""
    for one in (_OF_INCIDENTS, _OF_REPORTS):
        missing = select(one.of.c.id).where(one.of.c.id.not_in(select(one.table.c.rowid))).order_by(one.of.c.id)
        _write(connection, one, connection.execute(missing).scalars().all())


_REPLACE = {
    table.name: insert(table).prefix_with("OR REPLACE").values({name: bindparam(name) for name in ("rowid", *COLUMNS)})
    for table in (INCIDENT_WORDS, REPORT_WORDS)
}


def _write(connection: Connection, what: _Words, ids: Collection[int]) -> None:
    in_order = sorted(ids)
    for first in range(0, len(in_order), _AT_ONCE):
        pieces: dict[int, dict[bool, dict[str, None]]] = {
            one: {True: {}, False: {}} for one in in_order[first : first + _AT_ONCE]
        }
        for one, is_head, *texts in connection.execute(what.collect, {"ids": list(pieces)}):
            pieces[one][bool(is_head)].update((text, None) for text in texts if text)
        rows = [
            {"rowid": one, **dict(zip(COLUMNS, (*_joined(parts[True]), *_joined(parts[False])), strict=True))}
            for one, parts in pieces.items()
        ]
        connection.execute(_REPLACE[what.table.name], rows)


def _joined(pieces: Iterable[str]) -> tuple[str, str]:
    """The words of some texts as they stand, and what is left of them without clitics."""
    found = [_remembered(piece) if len(piece) <= _SHORT else words(piece) for piece in pieces]
    return "\n".join(plain for plain, _bare in found), "\n".join(bare for _plain, bare in found)


@lru_cache(maxsize=5_000)
def _remembered(piece: str) -> tuple[str, str]:
    return words(piece)
