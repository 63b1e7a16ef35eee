"""The rules that the database itself holds: each bad row is refused whatever the code above it does."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.actions.reports import add_report
from app.db import transaction
from app.extract.values import Claim, Extraction, Mention, NonStrikeEvent, Span, Tally
from app.ingest import RawReport

WORDS = "قصف بصاروخين على قاعدة التنف 😀 مساء أمس"


@pytest.fixture
def register(engine):
    """A register with one report that has one of everything."""
    weapon = Span(4, 12, WORDS[4:12])
    reading = Extraction(
        "test",
        mentions=(
            Mention(
                claims=(
                    Claim("base", "al-tanf", span=Span(21, 27, WORDS[21:27]), rule="r"),
                    Claim("date_start", "2023-11-03", span=Span(31, 39, WORDS[31:39]), rule="r"),
                    Claim("weapon", "rocket", span=weapon, rule="r"),
                ),
                anchor=Span(0, len(WORDS), WORDS),
            ),
        ),
        tallies=(Tally("all-syria", 20, span=weapon, rule="r"),),
        non_strike_events=(NonStrikeEvent("other", weapon, "r"),),
    )
    add_report(engine, raw=RawReport(WORDS, publisher="sohr"), reading=reading)
    return engine


def run(engine, statement):
    with transaction(engine) as session:
        session.connection().execute(text(statement))


NEW_REPORT = """
INSERT INTO report (publisher_id, kind, report_ref, title, url, published_note, text, text_hash, text_public, text_licence,
                    unread, added_at, revision)
SELECT publisher_id, kind, '', '', '', '', text, text_hash, 0, '', '[]', '', 1 FROM report
"""
QUOTE = "a quote must be the words of its report"
BAD = {
    "a quote beyond the report": ("UPDATE claim SET span_start = 90, span_end = 93, quote = 'abc' WHERE id = 1", QUOTE),
    "a quote that is not the report's words": ("UPDATE claim SET quote = replace(quote, 'ت', 'ة') WHERE id = 1", QUOTE),
    "a quote a character off": ("UPDATE claim SET span_start = span_start + 1, span_end = span_end + 1 WHERE id = 1", QUOTE),
    "a quote without its place": ("UPDATE claim SET span_start = NULL, span_end = NULL WHERE id = 1", QUOTE),
    "a place without its quote": ("UPDATE mention SET quote = NULL", "ck_mention_span"),
    "a quoted claim without its rule": ("UPDATE claim SET rule = NULL WHERE id = 1", "ck_claim_ruled"),
    "a quoted claim without its words": (
        "UPDATE claim SET quote = NULL, span_start = NULL, span_end = NULL WHERE id = 1",
        "ck_claim_quoted",
    ),
    "a compiled claim with a quote": ("UPDATE claim SET basis = 'compiled', rule = NULL WHERE id = 1", "ck_claim_quoted"),
    "a claim about no field": ("UPDATE claim SET field = 'mood' WHERE id = 1", "ck_claim_field"),
    "a claim of nothing": ("UPDATE claim SET value = '' WHERE id = 1", "ck_claim_value"),
    "an anchor in other words": ("UPDATE mention SET quote = replace(quote, 'ا', 'أ')", QUOTE),
    "a tally in other words": ("UPDATE tally SET quote = 'xxxxxxxx'", QUOTE),
    "a non-strike event in other words": ("UPDATE non_strike_event SET quote = 'xxxxxxxx'", QUOTE),
    "low above high": ("UPDATE incident SET munitions_low = 3, munitions_high = 2", "ck_incident_munitions_low_munitions_high"),
    "killed low above high": (
        "UPDATE incident SET us_killed_low = 3, us_killed_high = 2",
        "ck_incident_us_killed_low_us_killed_high",
    ),
    "best above high": ("UPDATE incident SET attacks_best = 4", "ck_incident_attacks_best_attacks_high"),
    "less than none": ("UPDATE incident SET munitions_low = -3", "ck_incident_munitions_counted"),
    "an end before its start": (
        "UPDATE incident SET date_precision = 'range', date_end = '2023-11-01'",
        "ck_incident_date_start_date_end",
    ),
    "a day without precision": ("UPDATE incident SET date_precision = 'unknown'", "ck_incident_dated"),
    "a start without an end": ("UPDATE incident SET date_end = NULL", "ck_incident_both_days"),
    "one day of two": ("UPDATE incident SET date_end = '2023-11-09'", "ck_incident_one_day"),
    "no such weapon": ("UPDATE incident SET weapon = 'catapult'", "ck_incident_weapon"),
    "no such base": ("UPDATE incident SET base_id = 999", "FOREIGN KEY"),
    "rejected without a reason": ("UPDATE incident SET review_status = 'rejected'", "ck_incident_rejected"),
    "merged into nothing": ("UPDATE incident SET review_status = 'merged'", "ck_incident_merged"),
    "another public id": ("UPDATE incident SET public_id = 'SJ-9999'", "a public id is for good"),
    "a deleted incident": ("DELETE FROM incident", "an incident is withdrawn, never deleted"),
    "another text": ("UPDATE report SET text = 'x'", "the text of a report never changes"),
    "a public text without a licence": ("UPDATE report SET text_public = 1", "ck_report_text_public"),
    "the same text twice": (NEW_REPORT, "report.publisher_id, report.text_hash"),
    "a tally that ends before it starts": ("UPDATE tally SET start = '2023-11-04', \"end\" = '2023-10-19'", "ck_tally_start_end"),
    "a negative total": ("UPDATE tally SET count = -1", "ck_tally_count"),
    "half a point": ("UPDATE base SET longitude = NULL WHERE slug = 'al-tanf'", "ck_base_point"),
    "a point outside the world": ("UPDATE base SET latitude = 120 WHERE slug = 'al-tanf'", "ck_base_latitude"),
    "a second revision": ("INSERT INTO data_revision (id, number) VALUES (2, 0)", "ck_data_revision_one_row"),
    "a slug twice": ("UPDATE base SET slug = 'conoco' WHERE slug = 'al-tanf'", "base.slug"),
}


@pytest.mark.parametrize("what", BAD)
def test_the_database_refuses(register, what):
    statement, rule = BAD[what]
    with pytest.raises(DatabaseError, match=re.escape(rule)):
        run(register, statement)


def test_a_public_id_is_given_once(seeded):
    with pytest.raises(DatabaseError, match=r"incident\.public_id"):
        run(seeded, "INSERT INTO incident SELECT 9999, " + ", ".join(columns_of(seeded)[1:]) + " FROM incident WHERE id = 1")


def columns_of(engine):
    with engine.connect() as connection:
        return [name for (name,) in connection.execute(text("SELECT name FROM pragma_table_info('incident')"))]


def test_offsets_count_characters_not_bytes(register):
    with register.connect() as connection:
        for start, end, quote in connection.execute(text("SELECT span_start, span_end, quote FROM claim")):
            assert WORDS[start:end] == quote


def test_what_editors_said_is_only_added_to(seeded):
    for statement in ("UPDATE decision SET reason = 'x'", "DELETE FROM decision"):
        with pytest.raises(DatabaseError, match="only added"):
            run(seeded, statement)


def test_a_text_may_be_taken_down_while_the_facts_stay(register):
    run(register, "UPDATE report SET text = NULL, text_hash = NULL")
    with register.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM claim WHERE quote IS NOT NULL")).scalar_one() == 3
