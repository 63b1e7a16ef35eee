"""Tables of the register: incidents as settled, and what editors said of them."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from app import fields
from app.models.constraints import in_order, one_of


class Incident(SQLModel, table=True):
    """One attack event on one base at one time, as settled from its mentions and corrections."""

    __table_args__ = (
        CheckConstraint("public_id GLOB 'SJ-[0-9][0-9][0-9][0-9]*'", name="public_id"),
        one_of("date_precision", fields.DATE_PRECISIONS),
        one_of("time_of_day", fields.TIMES_OF_DAY),
        one_of("weapon", fields.WEAPONS),
        one_of("outcome", fields.OUTCOMES),
        one_of("review_status", fields.REVIEW_STATUSES),
        one_of("grading", fields.GRADINGS),
        in_order("date_start", "date_end"),
        in_order("attacks_low", "attacks_best"),
        in_order("attacks_best", "attacks_high"),
        *(in_order(f"{name}_low", f"{name}_high") for name in fields.RANGES),
        CheckConstraint("(date_precision = 'unknown') = (date_start IS NULL)", name="dated"),
        CheckConstraint("(date_start IS NULL) = (date_end IS NULL)", name="both_days"),
        CheckConstraint("date_precision <> 'day' OR date_start = date_end", name="one_day"),
        CheckConstraint("attacks_low >= 1", name="attacks"),
        *(CheckConstraint(f"{name}_low >= 0 AND {name}_high >= 0", name=f"{name}_counted") for name in fields.RANGES),
        CheckConstraint("(review_status = 'rejected') = (rejected_because <> '')", name="rejected"),
        CheckConstraint("(review_status = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
        Index(None, "review_status", "date_start", "id"),
        Index(None, "base_id", "date_start"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(unique=True)
    base_id: int = Field(foreign_key="base.id")
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str = "unknown"
    time_of_day: str | None = None
    weapon: str = "unknown"
    attacks_low: int = 1
    attacks_best: int = 1
    attacks_high: int = 1
    munitions_low: int | None = None
    munitions_high: int | None = None
    launched_from: str = ""
    claimed_by_id: int | None = Field(default=None, foreign_key="actor.id")
    attributed_to_id: int | None = Field(default=None, foreign_key="actor.id")
    attributed_by_id: int | None = Field(default=None, foreign_key="source.id")
    outcome: str = "unknown"
    us_killed_low: int | None = None
    us_killed_high: int | None = None
    us_injured_low: int | None = None
    us_injured_high: int | None = None
    partner_killed_low: int | None = None
    partner_killed_high: int | None = None
    partner_injured_low: int | None = None
    partner_injured_high: int | None = None
    civilians_killed_low: int | None = None
    civilians_killed_high: int | None = None
    civilians_injured_low: int | None = None
    civilians_injured_high: int | None = None
    summary_en: str = ""
    summary_ar: str = ""
    grading: str = "weak"
    grading_reason: str = ""
    review_status: str = "unreviewed"
    rejected_because: str = ""
    merged_into_id: int | None = Field(default=None, foreign_key="incident.id")
    number_of_reports: int = 0
    updated_at: str
    revision: int


class IncidentOrigin(SQLModel, table=True):
    """Whom the reports of an incident quote, each origin once."""

    __tablename__ = "incident_origin"

    incident_id: int = Field(foreign_key="incident.id", primary_key=True)
    source_id: int = Field(foreign_key="source.id", primary_key=True, index=True)


class Twin(SQLModel, table=True):
    """Two incidents that may be one attack, without being surely so: for editors to decide. The older one comes first."""

    __table_args__ = (CheckConstraint("incident_id < other_id", name="in_order"),)

    incident_id: int = Field(foreign_key="incident.id", primary_key=True)
    other_id: int = Field(foreign_key="incident.id", primary_key=True, index=True)


class Editor(SQLModel, table=True):
    """Who may correct and decide. `compiler` is the hand that compiled the seeds: it has no password and cannot log in."""

    __table_args__ = (
        one_of("role", ("editor", "admin", "compiler")),
        CheckConstraint("role <> 'compiler' OR password_hash IS NULL", name="compiler"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    display_name: str
    role: str
    password_hash: str | None = None
    disabled_at: str | None = None


class Correction(SQLModel, table=True):
    """An editor's value for one field of one incident; `value` None takes the field back to unknown. Rows are only added."""

    __table_args__ = (one_of("field", fields.CORRECTED_FIELDS), CheckConstraint("reason <> ''", name="reason"))

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incident.id", index=True)
    field: str
    value: str | None
    reason: str
    editor_id: int = Field(foreign_key="editor.id")
    made_at: str


class Decision(SQLModel, table=True):
    """An editor's act about identity or review. Rows are only added; the latest about a thing holds."""

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


class DataRevision(SQLModel, table=True):
    """One row: the number that every action raises, and when it was raised last. Caches, file names and citations carry it."""

    __tablename__ = "data_revision"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    number: int = 0
    made_at: str = ""
