"""When the register was last changed: citations carry the day of its revision"""

from alembic import op

revision = "2026_11_revised"
down_revision = "2026_11_states"


def upgrade() -> None:
    op.execute("ALTER TABLE data_revision ADD COLUMN made_at VARCHAR NOT NULL DEFAULT ''")
    op.execute(
        "UPDATE data_revision SET made_at ="
        " coalesce((SELECT max(updated_at) FROM incident), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE data_revision DROP COLUMN made_at")
