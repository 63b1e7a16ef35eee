"""Two revisions of one incident side by side, field by field, with what differs marked."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request

from app.db import AnyRow
from app.language import _, at, numeral
from app.queries.history import STATE_FIELDS, first_revision, made_at, state_at
from app.queries.reference import Names
from app.web.citing import read_revision
from app.web.history import field_words
from app.web.options import BadOption
from app.web.words import word


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what it held at the one revision and at the other, in words."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.before != self.after


def compared(request: Request, connection: Connection, incident: AnyRow, names: Names, now: int) -> dict[str, Any]:
    """What the page shows: `from` and `to` of the address, without them the first revision and the present one.

    Raises BadOption for what is no revision of this incident.
    """
    first = first_revision(connection, incident)
    older, newer = sorted(
        (
            _revision(request.query_params.get("from") or str(first), first, now),
            _revision(request.query_params.get("to") or str(now), first, now),
        )
    )
    before, after = (state_at(connection, incident, revision) for revision in (older, newer))
    rows = [
        Row(word("field", field), field_words(field, before[field], names), field_words(field, after[field], names))
        for field in STATE_FIELDS
        if (before[field], after[field]) != (None, None)
    ]
    moments = [(revision, made_at(connection, revision)) for revision in (older, newer)]
    return {"rows": rows, "older": older, "newer": newer, "first": first, "now": now, "moments": moments}


def _revision(given: str, first: int, now: int) -> int:
    revision, problem = read_revision(given, now)
    if revision is None:
        raise BadOption(problem)
    if revision < first:
        known, asked = numeral(first), numeral(revision)
        raise BadOption(
            _("What this incident held is known from revision %(known)s on; %(asked)s was before.", known=known, asked=asked)
        )
    return revision


def since_address(connection: Connection, incident: AnyRow, cited: int | None, now: int) -> str:
    """Where a citation's revision is compared with the present; empty where nothing changed, or where it cannot be compared."""
    if cited is None or incident.revision <= cited or cited < first_revision(connection, incident):
        return ""
    return at(f"/incidents/{incident.public_id}/compare?from={cited}&to={now}")
