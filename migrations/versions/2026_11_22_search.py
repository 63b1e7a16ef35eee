"""search: full-text tables of the words of incidents and reports, instead of a column (app.migrate fills what is empty)"""

from alembic import op

revision = "2026_11_search"
down_revision = "2026_11_merging"


def upgrade() -> None:
    for name in ("incident_words", "report_words"):
        # The words come folded and parted: this tokenizer takes them as they are, and cuts no letter that Unicode got later.
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(head, head_bare, body, body_bare, tokenize = 'ascii')")
    # Not in a batch: that would make the table anew, without its triggers.
    op.execute("ALTER TABLE incident DROP COLUMN search_text")


def downgrade() -> None:
    op.execute("ALTER TABLE incident ADD COLUMN search_text VARCHAR NOT NULL DEFAULT ''")
    op.execute(
        "UPDATE incident SET search_text = words.head || char(10) || words.body FROM incident_words AS words"
        " WHERE words.rowid = incident.id"
    )
    for name in ("incident_words", "report_words"):
        op.execute(f"DROP TABLE {name}")
