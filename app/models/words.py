"""The words by which incidents and reports are found: full-text tables, made by migrations and no models."""

from sqlalchemy import TableClause, column, table

COLUMNS = ("head", "head_bare", "body", "body_bare")
"""Names and titles, and all else; each in order as it stands, and apart from it what is left of its words without clitics."""


def _words_of(name: str) -> TableClause:
    # FTS5 asks for a match by a column of the table's own name.
    return table(name, column("rowid"), *map(column, COLUMNS), column(name))


INCIDENT_WORDS, REPORT_WORDS = _words_of("incident_words"), _words_of("report_words")
"""A row's number is the id of its incident or report."""


def is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Whether something in the database should be in the models too: not these tables, nor those that SQLite keeps for them."""
    return kind != "table" or not str(name).startswith((INCIDENT_WORDS.name, REPORT_WORDS.name))
