"""tables"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "2026_11_tables"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_en", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_ar", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("member_of_id", sa.Integer(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["member_of_id"], ["actor.id"], name=op.f("fk_actor_member_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("slug", name=op.f("uq_actor_slug")),
    )
    op.create_table(
        "base",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("short_en", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_en", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_ar", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("governorate", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("governorate_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("nearest_town", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("geo_precision", sa.Integer(), nullable=True),
        sa.Column("point_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("point_source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("in_sohr_breakdown", sa.Boolean(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.CheckConstraint("(latitude IS NOT NULL) = (coalesce(geo_precision, 0) IN (1, 2))", name=op.f("ck_base_geo_precision")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_base_point")),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_base_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_base_longitude")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_base_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["base.id"], name=op.f("fk_base_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base")),
        sa.UniqueConstraint("slug", name=op.f("uq_base_slug")),
    )
    op.create_table(
        "data_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_data_revision_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_revision")),
    )
    op.create_table(
        "editor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("display_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("disabled_at", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("role <> 'compiler' OR password_hash IS NULL", name=op.f("ck_editor_compiler")),
        sa.CheckConstraint("role IN ('editor', 'admin', 'compiler')", name=op.f("ck_editor_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editor")),
        sa.UniqueConstraint("name", name=op.f("uq_editor_name")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_en", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_ar", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("speaks_for", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("alignment", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("host", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.CheckConstraint("speaks_for IN ('', 'attacked', 'claimant', 'unnamed')", name=op.f("ck_source_speaks_for")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("slug", name=op.f("uq_source_slug")),
    )
    op.create_table(
        "actor_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lang", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_actor_alias_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor_alias")),
        sa.UniqueConstraint("actor_id", "text", name=op.f("uq_actor_alias_actor_id_text")),
    )
    op.create_table(
        "base_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lang", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint('"valid_from" <= "valid_to"', name=op.f("ck_base_alias_valid_from_valid_to")),
        sa.ForeignKeyConstraint(["base_id"], ["base.id"], name=op.f("fk_base_alias_base_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_alias")),
        sa.UniqueConstraint("base_id", "text", name=op.f("uq_base_alias_base_id_text")),
    )
    op.create_table(
        "base_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("date", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("event", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["base.id"], name=op.f("fk_base_status_base_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_status")),
        sa.UniqueConstraint("base_id", "date", "event", name=op.f("uq_base_status_base_id_date_event")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("date_precision", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("time_of_day", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("weapon", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("attacks_low", sa.Integer(), nullable=False),
        sa.Column("attacks_best", sa.Integer(), nullable=False),
        sa.Column("attacks_high", sa.Integer(), nullable=False),
        sa.Column("munitions_low", sa.Integer(), nullable=True),
        sa.Column("munitions_high", sa.Integer(), nullable=True),
        sa.Column("launched_from", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("attributed_to_id", sa.Integer(), nullable=True),
        sa.Column("attributed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("us_killed_low", sa.Integer(), nullable=True),
        sa.Column("us_killed_high", sa.Integer(), nullable=True),
        sa.Column("us_injured_low", sa.Integer(), nullable=True),
        sa.Column("us_injured_high", sa.Integer(), nullable=True),
        sa.Column("partner_killed_low", sa.Integer(), nullable=True),
        sa.Column("partner_killed_high", sa.Integer(), nullable=True),
        sa.Column("partner_injured_low", sa.Integer(), nullable=True),
        sa.Column("partner_injured_high", sa.Integer(), nullable=True),
        sa.Column("civilians_killed_low", sa.Integer(), nullable=True),
        sa.Column("civilians_killed_high", sa.Integer(), nullable=True),
        sa.Column("civilians_injured_low", sa.Integer(), nullable=True),
        sa.Column("civilians_injured_high", sa.Integer(), nullable=True),
        sa.Column("summary_en", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("summary_ar", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grading", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grading_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("review_status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rejected_because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("number_of_reports", sa.Integer(), nullable=False),
        sa.Column("search_text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("(date_precision = 'unknown') = (date_start IS NULL)", name=op.f("ck_incident_dated")),
        sa.CheckConstraint("(review_status = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_incident_merged")),
        sa.CheckConstraint("(review_status = 'rejected') = (rejected_because <> '')", name=op.f("ck_incident_rejected")),
        sa.CheckConstraint("date_precision <> 'day' OR date_start = date_end", name=op.f("ck_incident_one_day")),
        sa.CheckConstraint(
            "date_precision IN ('day', 'range', 'month', 'year', 'unknown')", name=op.f("ck_incident_date_precision")
        ),
        sa.CheckConstraint(
            "grading IN ('discounted', 'contested', 'confirmed', 'fair', 'weak', 'claimed')", name=op.f("ck_incident_grading")
        ),
        sa.CheckConstraint("outcome IN ('hit', 'partial', 'intercepted', 'missed', 'unknown')", name=op.f("ck_incident_outcome")),
        sa.CheckConstraint("public_id GLOB 'SJ-[0-9][0-9][0-9][0-9]*'", name=op.f("ck_incident_public_id")),
        sa.CheckConstraint(
            "review_status IN ('unreviewed', 'accepted', 'rejected', 'merged', 'withdrawn')",
            name=op.f("ck_incident_review_status"),
        ),
        sa.CheckConstraint(
            "time_of_day IN ('dawn', 'morning', 'noon', 'afternoon', 'evening', 'night')", name=op.f("ck_incident_time_of_day")
        ),
        sa.CheckConstraint(
            "weapon IN ('drone', 'rocket', 'missile', 'mortar', 'artillery', 'ied', 'mixed', 'unknown')",
            name=op.f("ck_incident_weapon"),
        ),
        sa.CheckConstraint('"attacks_best" <= "attacks_high"', name=op.f("ck_incident_attacks_best_attacks_high")),
        sa.CheckConstraint('"attacks_low" <= "attacks_best"', name=op.f("ck_incident_attacks_low_attacks_best")),
        sa.CheckConstraint(
            '"civilians_injured_low" <= "civilians_injured_high"',
            name=op.f("ck_incident_civilians_injured_low_civilians_injured_high"),
        ),
        sa.CheckConstraint(
            '"civilians_killed_low" <= "civilians_killed_high"',
            name=op.f("ck_incident_civilians_killed_low_civilians_killed_high"),
        ),
        sa.CheckConstraint('"date_start" <= "date_end"', name=op.f("ck_incident_date_start_date_end")),
        sa.CheckConstraint('"munitions_low" <= "munitions_high"', name=op.f("ck_incident_munitions_low_munitions_high")),
        sa.CheckConstraint(
            '"partner_injured_low" <= "partner_injured_high"', name=op.f("ck_incident_partner_injured_low_partner_injured_high")
        ),
        sa.CheckConstraint(
            '"partner_killed_low" <= "partner_killed_high"', name=op.f("ck_incident_partner_killed_low_partner_killed_high")
        ),
        sa.CheckConstraint('"us_injured_low" <= "us_injured_high"', name=op.f("ck_incident_us_injured_low_us_injured_high")),
        sa.CheckConstraint('"us_killed_low" <= "us_killed_high"', name=op.f("ck_incident_us_killed_low_us_killed_high")),
        sa.CheckConstraint("(date_start IS NULL) = (date_end IS NULL)", name=op.f("ck_incident_both_days")),
        sa.CheckConstraint("attacks_low >= 1", name=op.f("ck_incident_attacks")),
        sa.CheckConstraint(
            "civilians_injured_low >= 0 AND civilians_injured_high >= 0", name=op.f("ck_incident_civilians_injured_counted")
        ),
        sa.CheckConstraint(
            "civilians_killed_low >= 0 AND civilians_killed_high >= 0", name=op.f("ck_incident_civilians_killed_counted")
        ),
        sa.CheckConstraint("munitions_low >= 0 AND munitions_high >= 0", name=op.f("ck_incident_munitions_counted")),
        sa.CheckConstraint(
            "partner_injured_low >= 0 AND partner_injured_high >= 0", name=op.f("ck_incident_partner_injured_counted")
        ),
        sa.CheckConstraint(
            "partner_killed_low >= 0 AND partner_killed_high >= 0", name=op.f("ck_incident_partner_killed_counted")
        ),
        sa.CheckConstraint("us_injured_low >= 0 AND us_injured_high >= 0", name=op.f("ck_incident_us_injured_counted")),
        sa.CheckConstraint("us_killed_low >= 0 AND us_killed_high >= 0", name=op.f("ck_incident_us_killed_counted")),
        sa.ForeignKeyConstraint(["attributed_by_id"], ["source.id"], name=op.f("fk_incident_attributed_by_id")),
        sa.ForeignKeyConstraint(["attributed_to_id"], ["actor.id"], name=op.f("fk_incident_attributed_to_id")),
        sa.ForeignKeyConstraint(["base_id"], ["base.id"], name=op.f("fk_incident_base_id")),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["actor.id"], name=op.f("fk_incident_claimed_by_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["incident.id"], name=op.f("fk_incident_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incident_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_base_id_date_start"), ["base_id", "date_start"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_incident_review_status_date_start_id"), ["review_status", "date_start", "id"], unique=False
        )

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("report_ref", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lang", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("published_date", sa.Date(), nullable=True),
        sa.Column("published_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("text_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("text_public", sa.Boolean(), nullable=False),
        sa.Column("text_licence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("copy_of_id", sa.Integer(), nullable=True),
        sa.Column("extractor_version", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("unread", sa.JSON(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind <> 'page' OR url <> ''", name=op.f("ck_report_url")),
        sa.CheckConstraint("kind IN ('text', 'page', 'compilation')", name=op.f("ck_report_kind")),
        sa.CheckConstraint("text_public = 0 OR text_licence <> ''", name=op.f("ck_report_text_public")),
        sa.CheckConstraint("copy_of_id <> id", name=op.f("ck_report_copy_of")),
        sa.CheckConstraint("text IS NULL OR (length(text) > 0 AND text_hash IS NOT NULL)", name=op.f("ck_report_text")),
        sa.ForeignKeyConstraint(["copy_of_id"], ["report.id"], name=op.f("fk_report_copy_of_id")),
        sa.ForeignKeyConstraint(["publisher_id"], ["source.id"], name=op.f("fk_report_publisher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("publisher_id", "text_hash", name=op.f("uq_report_publisher_id_text_hash")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_published_date"), ["published_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_publisher_id"), ["publisher_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_report_ref"), ["report_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_text_hash"), ["text_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_url"), ["url"], unique=False)
        batch_op.create_index("uq_report_page", ["publisher_id", "url"], unique=True, sqlite_where=sa.text("kind = 'page'"))

    op.create_table(
        "source_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lang", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_alias_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_alias")),
        sa.UniqueConstraint("source_id", "text", name=op.f("uq_source_alias_source_id_text")),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "field IN ('base', 'date_start', 'date_end', 'date_precision', 'time_of_day', 'weapon', 'attacks_low', 'attacks_best', 'attacks_high', 'munitions_low', 'munitions_high', 'us_killed_low', 'us_killed_high', 'us_injured_low', 'us_injured_high', 'partner_killed_low', 'partner_killed_high', 'partner_injured_low', 'partner_injured_high', 'civilians_killed_low', 'civilians_killed_high', 'civilians_injured_low', 'civilians_injured_high', 'launched_from', 'claimed_by', 'attributed_to', 'attributed_by', 'outcome', 'summary_en', 'summary_ar')",
            name=op.f("ck_correction_field"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_correction_reason")),
        sa.ForeignKeyConstraint(["editor_id"], ["editor.id"], name=op.f("fk_correction_editor_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_correction_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("other_incident_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("(kind IN ('merge', 'not_same')) = (other_incident_id IS NOT NULL)", name=op.f("ck_decision_other")),
        sa.CheckConstraint("kind <> 'reject' OR reason <> ''", name=op.f("ck_decision_reason")),
        sa.CheckConstraint("kind IN ('merge', 'split', 'not_same', 'accept', 'reject', 'reopen')", name=op.f("ck_decision_kind")),
        sa.CheckConstraint("other_incident_id <> incident_id", name=op.f("ck_decision_other_incident")),
        sa.ForeignKeyConstraint(["editor_id"], ["editor.id"], name=op.f("fk_decision_editor_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_decision_incident_id")),
        sa.ForeignKeyConstraint(["other_incident_id"], ["incident.id"], name=op.f("fk_decision_other_incident_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_decision_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "incident_origin",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_origin_incident_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_incident_origin_source_id")),
        sa.PrimaryKeyConstraint("incident_id", "source_id", name=op.f("pk_incident_origin")),
    )
    with op.batch_alter_table("incident_origin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_origin_source_id"), ["source_id"], unique=False)

    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("linked_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("base_as_written", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("stated", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("quote", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("extractor_version", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("linked_by IN ('machine', 'compiled', 'editor')", name=op.f("ck_mention_linked_by")),
        sa.CheckConstraint('"date_start" <= "date_end"', name=op.f("ck_mention_date_start_date_end")),
        sa.CheckConstraint(
            "(span_start IS NULL) = (quote IS NULL) AND (span_end IS NULL) = (quote IS NULL) AND (quote IS NULL OR (0 <= span_start AND span_start < span_end AND length(quote) = span_end - span_start))",
            name=op.f("ck_mention_span"),
        ),
        sa.ForeignKeyConstraint(["base_id"], ["base.id"], name=op.f("fk_mention_base_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_mention_incident_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_mention_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("report_id", "ref", name=op.f("uq_mention_report_id_ref")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mention_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mention_ref"), ["ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_mention_report_id"), ["report_id"], unique=False)

    op.create_table(
        "non_strike_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("quote", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("extractor_version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('reinforcement_convoy', 'coalition_response', 'training', 'alert', 'other')",
            name=op.f("ck_non_strike_event_kind"),
        ),
        sa.CheckConstraint(
            "(span_start IS NULL) = (quote IS NULL) AND (span_end IS NULL) = (quote IS NULL) AND (quote IS NULL OR (0 <= span_start AND span_start < span_end AND length(quote) = span_end - span_start))",
            name=op.f("ck_non_strike_event_span"),
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_non_strike_event_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_non_strike_event")),
    )
    with op.batch_alter_table("non_strike_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_non_strike_event_report_id"), ["report_id"], unique=False)

    op.create_table(
        "tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("published_date", sa.Date(), nullable=True),
        sa.Column("published_basis", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("scope", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("bound", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("parts_stated", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("quote", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("extractor_version", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("bound IN ('=', '>', '>=', '~')", name=op.f("ck_tally_bound")),
        sa.CheckConstraint("kind IN ('cumulative', 'breakdown', 'ordinal', 'period')", name=op.f("ck_tally_kind")),
        sa.CheckConstraint("parts_stated IN ('all', 'cut', 'countries', 'none')", name=op.f("ck_tally_parts_stated")),
        sa.CheckConstraint('"start" <= "end"', name=op.f("ck_tally_start_end")),
        sa.CheckConstraint(
            "(span_start IS NULL) = (quote IS NULL) AND (span_end IS NULL) = (quote IS NULL) AND (quote IS NULL OR (0 <= span_start AND span_start < span_end AND length(quote) = span_end - span_start))",
            name=op.f("ck_tally_span"),
        ),
        sa.CheckConstraint("count >= 0", name=op.f("ck_tally_count")),
        sa.ForeignKeyConstraint(["counter_id"], ["source.id"], name=op.f("fk_tally_counter_id")),
        sa.ForeignKeyConstraint(["publisher_id"], ["source.id"], name=op.f("fk_tally_publisher_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_tally_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
        sa.UniqueConstraint("report_id", "ref", name=op.f("uq_tally_report_id_ref")),
    )
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tally_published_date"), ["published_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_tally_report_id"), ["report_id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mention_id", sa.Integer(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("alternative", sa.Boolean(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("quote", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("(basis = 'quote') = (quote IS NOT NULL)", name=op.f("ck_claim_quoted")),
        sa.CheckConstraint("(basis = 'quote') = (rule IS NOT NULL)", name=op.f("ck_claim_ruled")),
        sa.CheckConstraint("basis IN ('quote', 'compiled')", name=op.f("ck_claim_basis")),
        sa.CheckConstraint(
            "field IN ('base', 'date_start', 'date_end', 'date_precision', 'time_of_day', 'weapon', 'attacks_low', 'attacks_best', 'attacks_high', 'munitions_low', 'munitions_high', 'us_killed_low', 'us_killed_high', 'us_injured_low', 'us_injured_high', 'partner_killed_low', 'partner_killed_high', 'partner_injured_low', 'partner_injured_high', 'civilians_killed_low', 'civilians_killed_high', 'civilians_injured_low', 'civilians_injured_high', 'launched_from', 'claimed_by', 'attributed_to', 'attributed_by', 'outcome', 'summary_en', 'summary_ar', 'origin', 'status', 'intercepted', 'casualties_reported', 'support', 'note', 'confidence', 'clock_local', 'date_basis', 'intercepted_count', 'damage')",
            name=op.f("ck_claim_field"),
        ),
        sa.CheckConstraint("value <> ''", name=op.f("ck_claim_value")),
        sa.CheckConstraint(
            "(span_start IS NULL) = (quote IS NULL) AND (span_end IS NULL) = (quote IS NULL) AND (quote IS NULL OR (0 <= span_start AND span_start < span_end AND length(quote) = span_end - span_start))",
            name=op.f("ck_claim_span"),
        ),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_claim_mention_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_mention_id"), ["mention_id"], unique=False)

    op.create_table(
        "tally_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tally_id", sa.Integer(), nullable=False),
        sa.Column("scope", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("quote", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "(span_start IS NULL) = (quote IS NULL) AND (span_end IS NULL) = (quote IS NULL) AND (quote IS NULL OR (0 <= span_start AND span_start < span_end AND length(quote) = span_end - span_start))",
            name=op.f("ck_tally_part_span"),
        ),
        sa.CheckConstraint("count >= 0", name=op.f("ck_tally_part_count")),
        sa.ForeignKeyConstraint(["base_id"], ["base.id"], name=op.f("fk_tally_part_base_id")),
        sa.ForeignKeyConstraint(["tally_id"], ["tally.id"], name=op.f("fk_tally_part_tally_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally_part")),
        sa.UniqueConstraint("tally_id", "scope", name=op.f("uq_tally_part_tally_id_scope")),
    )
    with op.batch_alter_table("tally_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tally_part_tally_id"), ["tally_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("tally_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tally_part_tally_id"))

    op.drop_table("tally_part")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_mention_id"))

    op.drop_table("claim")
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tally_report_id"))
        batch_op.drop_index(batch_op.f("ix_tally_published_date"))

    op.drop_table("tally")
    with op.batch_alter_table("non_strike_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_non_strike_event_report_id"))

    op.drop_table("non_strike_event")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mention_report_id"))
        batch_op.drop_index(batch_op.f("ix_mention_ref"))
        batch_op.drop_index(batch_op.f("ix_mention_incident_id"))

    op.drop_table("mention")
    with op.batch_alter_table("incident_origin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_origin_source_id"))

    op.drop_table("incident_origin")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_incident_id"))

    op.drop_table("decision")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_incident_id"))

    op.drop_table("correction")
    op.drop_table("source_alias")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index("uq_report_page", sqlite_where=sa.text("kind = 'page'"))
        batch_op.drop_index(batch_op.f("ix_report_url"))
        batch_op.drop_index(batch_op.f("ix_report_text_hash"))
        batch_op.drop_index(batch_op.f("ix_report_report_ref"))
        batch_op.drop_index(batch_op.f("ix_report_publisher_id"))
        batch_op.drop_index(batch_op.f("ix_report_published_date"))

    op.drop_table("report")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_review_status_date_start_id"))
        batch_op.drop_index(batch_op.f("ix_incident_base_id_date_start"))

    op.drop_table("incident")
    op.drop_table("base_status")
    op.drop_table("base_alias")
    op.drop_table("actor_alias")
    op.drop_table("source")
    op.drop_table("editor")
    op.drop_table("data_revision")
    op.drop_table("base")
    op.drop_table("actor")
