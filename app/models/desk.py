"""Tables of the desk itself: who is logged in, who has what open, jobs that run, and what was drawn to be read whole.

None of it is what the register says: writing it raises no revision.
"""

from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.constraints import json_list, one_of


class Login(SQLModel, table=True):
    """One browser in which an editor is logged in. Its cookie holds what `token_hash` is the hash of."""

    token_hash: str = Field(primary_key=True)
    editor_id: int = Field(foreign_key="editor.id", index=True)
    begun_at: str
    seen_at: str


class FailedLogin(SQLModel, table=True):
    """One attempt to log in that did not succeed, or is being checked."""

    __tablename__ = "failed_login"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    address: str = Field(index=True)
    at: str


class Opened(SQLModel, table=True):
    """An incident that an editor has open, until when others are told so."""

    incident_id: int = Field(foreign_key="incident.id", primary_key=True)
    editor_id: int = Field(foreign_key="editor.id")
    until: str


class Job(SQLModel, table=True):
    """Texts that are read again because somebody asked for it: `reports` (none named: all that are stale), and how far it is."""

    __table_args__ = (one_of("state", ("waiting", "running", "done", "failed")),)

    id: int | None = Field(default=None, primary_key=True)
    editor_id: int = Field(foreign_key="editor.id")
    reason: str = ""
    reports: list[int] = json_list()
    state: str = "waiting"
    total: int = 0
    done: int = 0
    changed: int = 0
    lost: int = 0
    refused: int = 0
    problem: str = ""
    asked_at: str
    begun_at: str | None = None
    ended_at: str | None = None


class Sample(SQLModel, table=True):
    """A report that was drawn at random, to be read whole by an editor: by two where `twice` is set.

    `found` is what the machine read in it at that time, as `sijill extract` prints it, with the day of publication that it went
    by: whatever the rules read there later, nobody has mended them by this report before.
    """

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", unique=True)
    twice: bool = False
    editor_id: int = Field(foreign_key="editor.id")
    found: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    extractor_version: str
    drawn_at: str


class SampleReading(SQLModel, table=True):
    """What one editor read in a drawn report, without seeing what the machine had found: `annotation`, as evaluation takes it."""

    __tablename__ = "sample_reading"
    __table_args__ = (UniqueConstraint("sample_id", "editor_id"),)

    id: int | None = Field(default=None, primary_key=True)
    sample_id: int = Field(foreign_key="sample.id")
    editor_id: int = Field(foreign_key="editor.id")
    annotation: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    finished_at: str
