"""Who has an incident open: a soft lock, which tells others and stops nobody. It raises no revision."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select
from sqlmodel import Session

from app.actions.acts import editor_named
from app.actions.revision import RefusedAction
from app.db import transaction
from app.models.tables import EDITOR, INCIDENT, OPENED

HELD_FOR = timedelta(minutes=10)
"""How long others are told so after the last that was heard of who has it open."""


@dataclass(frozen=True, slots=True)
class Held:
    """Who has an incident open (by display name), until when, and whether that is who asked."""

    name: str
    until: str
    yours: bool


def open_incident(engine: Engine, *, incident: str, editor: str, now: str) -> Held:
    """Opens the incident with this public id, or goes on having it open. Whoever has it keeps it. Raises RefusedAction.

    `now` is the moment as the register writes it.
    """
    with transaction(engine) as session:
        rows, editor_id, found = session.connection(), editor_named(session, editor), _incident(session, incident)
        rows.execute(delete(OPENED).where(OPENED.c.until <= now))
        held = select(OPENED.c.editor_id, OPENED.c.until, EDITOR.c.display_name).join(EDITOR, EDITOR.c.id == OPENED.c.editor_id)
        holder = rows.execute(held.where(OPENED.c.incident_id == found)).one_or_none()
        if holder and holder.editor_id != editor_id:
            return Held(holder.display_name, holder.until, yours=False)
        until = (datetime.fromisoformat(now) + HELD_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
        rows.execute(delete(OPENED).where(OPENED.c.incident_id == found))
        rows.execute(insert(OPENED).values(incident_id=found, editor_id=editor_id, until=until))
        name = rows.execute(select(EDITOR.c.display_name).where(EDITOR.c.id == editor_id)).scalar_one()
        return Held(str(name), until, yours=True)


def close_incident(engine: Engine, *, incident: str, editor: str) -> None:
    """Says that the editor no longer has it open; what somebody else has open stays so. Raises RefusedAction."""
    with transaction(engine) as session:
        found, editor_id = _incident(session, incident), editor_named(session, editor)
        own = (OPENED.c.incident_id == found) & (OPENED.c.editor_id == editor_id)
        session.connection().execute(delete(OPENED).where(own))


def _incident(session: Session, public_id: str) -> int:
    found = session.connection().execute(select(INCIDENT.c.id).where(INCIDENT.c.public_id == public_id)).scalar_one_or_none()
    if found is None:
        raise RefusedAction(f"there is no incident {public_id!r}")
    return int(found)
