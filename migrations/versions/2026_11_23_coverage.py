"""coverage: how far reports reach, and which incidents a revision changed, is read from indices and not from whole rows"""

from alembic import op

revision = "2026_11_coverage"
down_revision = "2026_11_desk"


def upgrade() -> None:
    op.create_index("ix_report_coverage", "report", ["published_date", "kind"])
    op.create_index("ix_incident_revision", "incident", ["revision"])


def downgrade() -> None:
    op.drop_index("ix_incident_revision", "incident")
    op.drop_index("ix_report_coverage", "report")
