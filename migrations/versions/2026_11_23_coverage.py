"""coverage: how far reports reach is read from an index, and not from their texts"""

from alembic import op

revision = "2026_11_coverage"
down_revision = "2026_11_desk"


def upgrade() -> None:
    op.create_index("ix_report_coverage", "report", ["published_date", "kind"])


def downgrade() -> None:
    op.drop_index("ix_report_coverage", "report")
