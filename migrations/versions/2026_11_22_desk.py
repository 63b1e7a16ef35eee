"""desk: acts and what each changed, evidence of corrections, grounds of rejections, and what the desk itself keeps"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "2026_11_desk"
down_revision = "2026_11_revised"

TEXT = sqlmodel.sql.sqltypes.AutoString
SUBJECTS = ("incident", "report", "base", "actor", "source", "editor")
STATES = ("waiting", "running", "done", "failed")
ADDED = {
    "editor": {"must_change": "BOOLEAN NOT NULL DEFAULT 0"},
    "report": {"origins": "JSON"},
    "incident": {
        "rejected_as": "VARCHAR DEFAULT '' NOT NULL",
        "made_in": "INTEGER CONSTRAINT fk_incident_made_in REFERENCES act (revision)",
    },
    "decision": {"revision": "INTEGER CONSTRAINT fk_decision_revision REFERENCES act (revision)"},
    "correction": {
        "revision": "INTEGER CONSTRAINT fk_correction_revision REFERENCES act (revision)",
        "withdrawn": "BOOLEAN NOT NULL DEFAULT 0",
        "report_id": "INTEGER CONSTRAINT fk_correction_report_id REFERENCES report (id)",
        "span_start": "INTEGER",
        "span_end": "INTEGER",
        "quote": "VARCHAR",
    },
}
DOUBTFUL = "field = 'confidence' AND value = 'low' OR field = 'date_basis' AND value = 'inferred'"
QUEUED = ["review_status", "base_id", "date_start", "grading", "number_of_reports", "date_precision", "revision"]
INDEXES = (
    ("ix_incident_queue", "incident", QUEUED, None),
    ("ix_report_unread", "report", ["id"], "unread <> '[]'"),
    ("ix_mention_incident_id_linked_by", "mention", ["incident_id", "linked_by"], None),
    ("ix_mention_report_id_incident_id", "mention", ["report_id", "incident_id"], None),
    ("ix_mention_lost", "mention", ["incident_id"], "lost = 1"),
    ("ix_claim_doubtful", "claim", ["mention_id"], DOUBTFUL),
)
KEPT = {
    # Words that backed a correction once may back it again: the text may have been taken down meanwhile.
    "correction_quote_insert": "BEFORE INSERT ON correction WHEN NEW.quote IS NOT NULL"
    " AND substr((SELECT text FROM report WHERE report.id = NEW.report_id), NEW.span_start + 1, NEW.span_end - NEW.span_start)"
    " IS NOT NEW.quote AND NOT EXISTS (SELECT 1 FROM correction AS same WHERE same.report_id = NEW.report_id"
    " AND same.span_start = NEW.span_start AND same.span_end = NEW.span_end AND same.quote = NEW.quote)"
    " BEGIN SELECT RAISE(ABORT, 'a quote must be the words of its report'); END",
    **{
        f"{table}_{act}": f"BEFORE {act.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{table}s are only added'); END"
        for table in ("act", "change")
        for act in ("update", "delete")
    },
}


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("editor_id", sa.Integer()),
        sa.Column("reason", TEXT(), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.Column("token", TEXT()),
        sa.Column("job_id", sa.Integer()),
        sa.Column("made_at", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["editor_id"], ["editor.id"], name="fk_act_editor_id"),
        sa.ForeignKeyConstraint(["undoes"], ["act.revision"], name="fk_act_undoes"),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_act_job_id"),
        sa.PrimaryKeyConstraint("revision", name="pk_act"),
        sa.UniqueConstraint("token", name="uq_act_token"),
    )
    op.create_index("ix_act_undoes", "act", ["undoes"])
    op.create_index("ix_act_job_id", "act", ["job_id"])
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("subject", TEXT(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("field", TEXT(), nullable=False),
        sa.Column("before", TEXT()),
        sa.Column("after", TEXT()),
        sa.Column("stood", sa.Boolean(), nullable=False),
        sa.CheckConstraint(_one_of("subject", SUBJECTS), name=op.f("ck_change_subject")),
        sa.ForeignKeyConstraint(["revision"], ["act.revision"], name="fk_change_revision"),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
    )
    op.create_index("ix_change_revision", "change", ["revision"])
    op.create_index("ix_change_subject_subject_id", "change", ["subject", "subject_id"])
    for side in ("before", "after"):
        op.create_index(f"ix_change_merged_{side}", "change", [side], sqlite_where=sa.text("field = 'merged_into_id'"))
    op.create_table(
        "relink",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("mention_id", sa.Integer(), nullable=False),
        sa.Column("incident_before", sa.Integer()),
        sa.Column("incident_after", sa.Integer()),
        sa.Column("linked_before", TEXT()),
        sa.Column("linked_after", TEXT()),
        sa.Column("born_before", sa.Integer()),
        sa.Column("born_after", sa.Integer()),
        sa.ForeignKeyConstraint(["revision"], ["act.revision"], name="fk_relink_revision"),
        sa.ForeignKeyConstraint(["incident_before"], ["incident.id"], name="fk_relink_incident_before"),
        sa.ForeignKeyConstraint(["incident_after"], ["incident.id"], name="fk_relink_incident_after"),
        sa.PrimaryKeyConstraint("revision", "mention_id", name="pk_relink"),
    )
    for side in ("before", "after"):
        op.create_index(f"ix_relink_incident_{side}", "relink", [f"incident_{side}"])
    # Not in a batch: that would make the tables anew, without their triggers.
    for table, columns in ADDED.items():
        for name, definition in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {definition}")
    for index, table, columns, rows in INDEXES:
        op.create_index(index, table, columns, sqlite_where=sa.text(rows) if rows else None)
    for name, trigger in KEPT.items():
        op.execute(f"CREATE TRIGGER {name} {trigger}")
    _add_what_the_desk_keeps()


def _add_what_the_desk_keeps() -> None:
    op.create_table(
        "login",
        sa.Column("token_hash", TEXT(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", TEXT(), nullable=False),
        sa.Column("seen_at", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["editor_id"], ["editor.id"], name="fk_login_editor_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_login"),
    )
    op.create_index("ix_login_editor_id", "login", ["editor_id"])
    op.create_table(
        "failed_login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("address", TEXT(), nullable=False),
        sa.Column("at", TEXT(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failed_login"),
    )
    op.create_index("ix_failed_login_name", "failed_login", ["name"])
    op.create_index("ix_failed_login_address", "failed_login", ["address"])
    op.create_table(
        "opened",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("until", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_opened_incident_id"),
        sa.ForeignKeyConstraint(["editor_id"], ["editor.id"], name="fk_opened_editor_id"),
        sa.PrimaryKeyConstraint("incident_id", name="pk_opened"),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("reason", TEXT(), nullable=False),
        sa.Column("reports", sa.JSON(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("total", "done", "changed", "lost", "refused")),
        sa.Column("problem", TEXT(), nullable=False),
        sa.Column("asked_at", TEXT(), nullable=False),
        sa.Column("begun_at", TEXT()),
        sa.Column("ended_at", TEXT()),
        sa.CheckConstraint(_one_of("state", STATES), name=op.f("ck_job_state")),
        sa.ForeignKeyConstraint(["editor_id"], ["editor.id"], name="fk_job_editor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("twice", sa.Boolean(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("extractor_version", TEXT(), nullable=False),
        sa.Column("drawn_at", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_sample_report_id"),
        sa.ForeignKeyConstraint(["editor_id"], ["editor.id"], name="fk_sample_editor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sample"),
        sa.UniqueConstraint("report_id", name="uq_sample_report_id"),
    )
    op.create_table(
        "sample_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("annotation", sa.JSON(), nullable=False),
        sa.Column("finished_at", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name="fk_sample_reading_sample_id"),
        sa.ForeignKeyConstraint(["editor_id"], ["editor.id"], name="fk_sample_reading_editor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sample_reading"),
        sa.UniqueConstraint("sample_id", "editor_id", name="uq_sample_reading_sample_id_editor_id"),
    )


def _one_of(column: str, codes: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(code) for code in codes)})"


def downgrade() -> None:
    for name in KEPT:
        op.execute(f"DROP TRIGGER {name}")
    for index, table, _columns, _rows in INDEXES:
        op.drop_index(index, table)
    for table in ("sample_reading", "sample", "opened", "failed_login", "login"):
        op.drop_table(table)
    for table in ("editor", "report", "incident"):
        for column in ADDED[table]:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    # A column with a reference cannot be dropped where it stands: a batch makes the table anew, without its triggers.
    named = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('correction', 'decision')")
    triggers = op.get_bind().execute(named).scalars().all()
    for name in ("correction", "decision"):
        with op.batch_alter_table(name) as table:
            for column in ADDED[name]:
                table.drop_column(column)
    for trigger in triggers:
        op.execute(trigger)
    for table in ("relink", "change", "act", "job"):
        op.drop_table(table)
