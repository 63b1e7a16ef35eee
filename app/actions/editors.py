"""Brings editors into the register."""

from sqlalchemy import Engine, select

from app.actions.revision import raise_revision
from app.db import transaction
from app.models import Editor
from app.models.tables import EDITOR


def add_compiler(engine: Engine, *, name: str, display_name: str) -> None:
    """Adds the hand that a compilation's decisions are signed with, unless it is there. It has no password and cannot log in."""
    with transaction(engine) as session:
        if session.connection().execute(select(EDITOR.c.id).where(EDITOR.c.name == name)).scalar_one_or_none() is None:
            session.add(Editor(name=name, display_name=display_name, role="compiler"))
            raise_revision(session, "add_compiler", name=name)
