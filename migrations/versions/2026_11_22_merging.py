"""merging: what tells attacks apart, suggested twins, gradings that editors may set"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "2026_11_merging"
down_revision = "2026_11_words"

MENTION_COLUMNS = {
    "born_id": "INTEGER CONSTRAINT fk_mention_born_id REFERENCES incident (id)",
    "lost": "BOOLEAN NOT NULL DEFAULT 0",
    "position": "INTEGER NOT NULL DEFAULT 0",
    "nth": "INTEGER",
}

FIELDS = (
    "base", "date_start", "date_end", "date_precision", "time_of_day", "weapon", "attacks_low", "attacks_best", "attacks_high",
    "munitions_low", "munitions_high", "us_killed_low", "us_killed_high", "us_injured_low", "us_injured_high",
    "partner_killed_low", "partner_killed_high", "partner_injured_low", "partner_injured_high", "civilians_killed_low",
    "civilians_killed_high", "civilians_injured_low", "civilians_injured_high", "launched_from", "claimed_by", "attributed_to",
    "attributed_by", "outcome", "summary_en", "summary_ar",
)  # fmt: skip


def upgrade() -> None:
    # Not in a batch: that would make the table anew, without the triggers that hold its quotes.
    for name, definition in MENTION_COLUMNS.items():
        op.execute(f"ALTER TABLE mention ADD COLUMN {name} {definition}")
    op.execute(
        "UPDATE mention SET born_id = incident_id, position ="
        " (SELECT count(*) FROM mention AS other WHERE other.report_id = mention.report_id AND other.id < mention.id)"
    )
    # Whoever decided on an incident before decided on its mentions.
    op.execute(
        "UPDATE mention SET linked_by = 'editor' WHERE linked_by = 'machine' AND incident_id IN"
        " (SELECT incident_id FROM correction UNION SELECT incident_id FROM decision)"
    )
    op.create_index("ix_mention_base_id_date_start", "mention", ["base_id", "date_start"])
    op.create_table(
        "twin",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("incident_id < other_id", name=op.f("ck_twin_in_order")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_twin_incident_id"),
        sa.ForeignKeyConstraint(["other_id"], ["incident.id"], name="fk_twin_other_id"),
        sa.PrimaryKeyConstraint("incident_id", "other_id", name="pk_twin"),
    )
    op.create_index("ix_twin_other_id", "twin", ["other_id"])
    _make_corrections_anew((*FIELDS, "grading"))


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM correction WHERE field = 'grading'")).scalar_one():
        raise RuntimeError("gradings that editors set cannot be kept by the former tables: export them first")
    _make_corrections_anew(FIELDS)
    op.drop_table("twin")
    op.drop_index("ix_mention_base_id_date_start")
    for name in MENTION_COLUMNS:
        op.execute(f"ALTER TABLE mention DROP COLUMN {name}")


def _make_corrections_anew(fields: tuple[str, ...]) -> None:
    """A check of SQLite cannot be changed: the table is made anew, with the triggers that keep its rows."""
    text = sqlmodel.sql.sqltypes.AutoString
    codes = ", ".join(f"'{field}'" for field in fields)
    op.drop_index("ix_correction_incident_id")
    op.rename_table("correction", "former_correction")
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("field", text(), nullable=False),
        sa.Column("value", text(), nullable=True),
        sa.Column("reason", text(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("made_at", text(), nullable=False),
        sa.CheckConstraint(f"field IN ({codes})", name=op.f("ck_correction_field")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_correction_reason")),
        sa.ForeignKeyConstraint(["editor_id"], ["editor.id"], name="fk_correction_editor_id"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_correction_incident_id"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
    )
    op.execute("INSERT INTO correction SELECT * FROM former_correction")
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER correction_{act}")
        op.execute(
            f"CREATE TRIGGER correction_{act} BEFORE {act.upper()} ON correction WHEN 1"
            " BEGIN SELECT RAISE(ABORT, 'corrections are only added'); END"
        )
    op.drop_table("former_correction")
    op.create_index("ix_correction_incident_id", "correction", ["incident_id"])
