"""What no check can say: quotes are their report's own words, what happened stays on record, public ids are for good"""

from alembic import op
from sqlalchemy import text

revision = "2026_11_words"
down_revision = "2026_11_tables"

REPORT_OF = {
    "claim": "SELECT text FROM report JOIN mention ON mention.report_id = report.id WHERE mention.id = NEW.mention_id",
    "mention": "SELECT text FROM report WHERE report.id = NEW.report_id",
    "tally": "SELECT text FROM report WHERE report.id = NEW.report_id",
    "tally_part": "SELECT text FROM report JOIN tally ON tally.report_id = report.id WHERE tally.id = NEW.tally_id",
    "non_strike_event": "SELECT text FROM report WHERE report.id = NEW.report_id",
}

KEPT = {
    "correction_update": ("UPDATE ON correction", "1", "corrections are only added"),
    "correction_delete": ("DELETE ON correction", "1", "corrections are only added"),
    "decision_update": ("UPDATE ON decision", "1", "decisions are only added"),
    "decision_delete": ("DELETE ON decision", "1", "decisions are only added"),
    "incident_delete": ("DELETE ON incident", "1", "an incident is withdrawn, never deleted"),
    "incident_public_id": (
        "UPDATE OF public_id ON incident",
        "OLD.public_id <> 'SJ-0000' AND NEW.public_id <> OLD.public_id",
        "a public id is for good",
    ),
    "report_text": (
        "UPDATE OF text ON report",
        "NEW.text IS NOT NULL AND NEW.text IS NOT OLD.text",
        "the text of a report never changes",
    ),
}


def upgrade() -> None:
    for table, report in REPORT_OF.items():
        for act in ("INSERT", "UPDATE OF span_start, span_end, quote"):
            name = f"{table}_quote_{act.split()[0].lower()}"
            op.execute(
                text(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN NEW.quote IS NOT NULL"
                    f" AND substr(({report}), NEW.span_start + 1, NEW.span_end - NEW.span_start) IS NOT NEW.quote"
                    f" BEGIN SELECT RAISE(ABORT, 'a quote must be the words of its report'); END"
                )
            )
    for name, (act, when, why) in KEPT.items():
        op.execute(text(f"CREATE TRIGGER {name} BEFORE {act} WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"))
    op.execute(text("INSERT INTO data_revision (id, number) VALUES (1, 0)"))


def downgrade() -> None:
    for table in REPORT_OF:
        op.execute(text(f"DROP TRIGGER {table}_quote_insert"))
        op.execute(text(f"DROP TRIGGER {table}_quote_update"))
    for name in KEPT:
        op.execute(text(f"DROP TRIGGER {name}"))
    op.execute(text("DELETE FROM data_revision"))
