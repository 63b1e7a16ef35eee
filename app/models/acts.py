"""Tables of what people did: who they are, each act, what it changed, and what editors said of incidents."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from app import fields
from app.models.constraints import one_of


class Editor(SQLModel, table=True):
    """Who may correct and decide. `compiler` is the hand that compiled the seeds: it has no password and cannot log in.

    Where `must_change` is set the password was given by somebody else, and is good for choosing another one only.
    """

    __table_args__ = (
        one_of("role", ("editor", "admin", "compiler")),
        CheckConstraint("role <> 'compiler' OR password_hash IS NULL", name="compiler"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    display_name: str
    role: str
    password_hash: str | None = None
    must_change: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    disabled_at: str | None = None


class Act(SQLModel, table=True):
    """One act: the data revision that it made, whose it was (nobody's: the machine's), and why. Rows are only added.

    An undo names the act that it `undoes`, a reading again the job that it was one of. `token` is of the form that the act
    came from: one form does nothing twice.
    """

    revision: int = Field(primary_key=True)
    kind: str
    editor_id: int | None = Field(default=None, foreign_key="editor.id")
    reason: str = ""
    undoes: int | None = Field(default=None, foreign_key="act.revision", index=True)
    token: str | None = Field(default=None, unique=True)
    job_id: int | None = Field(default=None, foreign_key="job.id", index=True)
    made_at: str


def _merges(side: str) -> Index:
    """Finds what was merged into an incident, or came apart from it, without reading all changes."""
    return Index(f"ix_change_merged_{side}", side, sqlite_where=text("field = 'merged_into_id'"))


class Change(SQLModel, table=True):
    """What an act changed in one field of an incident, a report or an entry of reference. Rows are only added.

    Where `stood` is set nothing changed: the field is an editor's, and what changed is only what the reports say.
    """

    __table_args__ = (
        one_of("subject", fields.SUBJECTS),
        Index(None, "subject", "subject_id"),
        *map(_merges, ("before", "after")),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(foreign_key="act.revision", index=True)
    subject: str
    subject_id: int
    field: str
    before: str | None = None
    after: str | None = None
    stood: bool = False


class Relink(SQLModel, table=True):
    """What an editor's act did to one mention: its incident, who linked it, and where it was born, before and after.

    No incident before: the act made the mention; none after: it took it away. A mention that the machine linked before and after
    was moved by the machine, because of the act; it may be gone.
    """

    revision: int = Field(foreign_key="act.revision", primary_key=True)
    mention_id: int = Field(primary_key=True)
    incident_before: int | None = Field(default=None, foreign_key="incident.id", index=True)
    incident_after: int | None = Field(default=None, foreign_key="incident.id", index=True)
    linked_before: str | None = None
    linked_after: str | None = None
    born_before: int | None = None
    born_after: int | None = None


class Correction(SQLModel, table=True):
    """An editor's value for one field of one incident; `value` None takes the field back to unknown. Rows are only added.

    Where `withdrawn` is set the field is the reports' again. The words of a report may back the value.
    """

    __table_args__ = (one_of("field", fields.CORRECTED_FIELDS), CheckConstraint("reason <> ''", name="reason"))

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incident.id", index=True)
    field: str
    value: str | None
    reason: str
    editor_id: int = Field(foreign_key="editor.id")
    made_at: str
    revision: int | None = Field(default=None, foreign_key="act.revision")
    withdrawn: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    report_id: int | None = Field(default=None, foreign_key="report.id")
    span_start: int | None = None
    span_end: int | None = None
    quote: str | None = None


class Decision(SQLModel, table=True):
    """An editor's act about identity or review. Rows are only added; the latest about a thing holds, unless it was undone."""

    __table_args__ = (
        one_of("kind", ("merge", "split", "not_same", "accept", "reject", "reopen")),
        CheckConstraint("kind <> 'reject' OR reason <> ''", name="reason"),
        CheckConstraint("(kind IN ('merge', 'not_same')) = (other_incident_id IS NOT NULL)", name="other"),
        CheckConstraint("other_incident_id <> incident_id", name="other_incident"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    incident_id: int = Field(foreign_key="incident.id", index=True)
    other_incident_id: int | None = Field(default=None, foreign_key="incident.id")
    report_id: int | None = Field(default=None, foreign_key="report.id")
    span_start: int | None = None
    span_end: int | None = None
    reason: str = ""
    editor_id: int = Field(foreign_key="editor.id")
    made_at: str
    revision: int | None = Field(default=None, foreign_key="act.revision")
