"""The history of an incident as its editors see it: whose each act was by name, and which of them can be undone here."""

from typing import Any

from sqlalchemy import Connection

from app.fields import INCIDENT_ACTS
from app.queries.acts import number_of_incidents, root_of
from app.queries.history import Act, of_incident
from app.queries.incidents import IncidentPage
from app.queries.reference import Names
from app.web.history import history
from app.web.incidents import RECENT


def review_history(connection: Connection, found: IncidentPage, names: Names) -> dict[str, Any]:
    """The entries, and for each revision that can be undone here on how many incidents it was an act."""
    acts = of_incident(connection, found.incident)
    roots = {act.revision: root_of(connection, act.revision) for act in acts if act.revision and _is_open(act)}
    undoable = {
        revision: number_of_incidents(connection, root.revision) for revision, root in roots.items() if root.kind in INCIDENT_ACTS
    }
    return {"history": history(found, acts, names, "name"), "recent": RECENT, "undoable": undoable}


def _is_open(act: Act) -> bool:
    """Whether it is an editor's act on this very incident that nobody has undone: of another one its own page tells more."""
    return act.by is not None and act.direct and act.undone_by is None
