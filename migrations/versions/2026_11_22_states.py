"""states: what an event in a base's history says of the coalition there"""

from alembic import op

revision = "2026_11_states"
down_revision = "2026_11_search"

STATES = ("", "held", "leaving", "left", "taken_over")


def upgrade() -> None:
    listed = ", ".join(f"'{state}'" for state in STATES)
    op.execute(
        "ALTER TABLE base_status ADD COLUMN state VARCHAR DEFAULT '' NOT NULL"
        f" CONSTRAINT ck_base_status_state CHECK (state IN ({listed}))"
    )


def downgrade() -> None:
    # A column with a check cannot be dropped where it stands.
    with op.batch_alter_table("base_status") as table:
        table.drop_constraint(op.f("ck_base_status_state"), type_="check")
        table.drop_column("state")
