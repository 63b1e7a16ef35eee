"""Tables of the register: incidents as settled, and its one revision."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from app import fields
from app.models.constraints import in_order, one_of

QUEUED = ("review_status", "base_id", "date_start", "grading", "number_of_reports", "date_precision", "revision")
"""All that the order of the editors' queue asks of an incident: with an index of it no row is read."""


class Incident(SQLModel, table=True):
    """One attack event on one base at one time, as settled from its mentions and corrections.

    `made_in` is the act that made it; those from before acts were kept have none.
    """

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
        Index("ix_incident_queue", *QUEUED),
        Index(None, "revision"),
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
    rejected_as: str = Field(default="", sa_column_kwargs={"server_default": ""})
    rejected_because: str = ""
    merged_into_id: int | None = Field(default=None, foreign_key="incident.id")
    number_of_reports: int = 0
    updated_at: str
    revision: int
    made_in: int | None = Field(default=None, foreign_key="act.revision")


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


class DataRevision(SQLModel, table=True):
    """One row: the number that every action raises, and when it was raised last. Caches, file names and citations carry it."""

    __tablename__ = "data_revision"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    number: int = 0
    made_at: str = ""
