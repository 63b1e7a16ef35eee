"""What a new register starts with, and that starting again changes nothing."""

import csv
import json

import pytest
from sqlalchemy import text

from app import seed
from app.actions.decisions import correct
from app.db import snapshot
from app.queries.reference import gazetteer
from app.reference import SEEDS, seed_gazetteer
from app.seed import BASES_IN_TALLIES, COMPILER, rows, seed_all

PARTS_OF = "SELECT p.scope, p.count FROM tally_part p JOIN tally t ON t.id = p.tally_id WHERE t.ref = :ref"
EVERYTHING = "SELECT * FROM {} ORDER BY 1"


def all_of(engine, statement, **values):
    with engine.connect() as connection:
        return connection.execute(text(statement), values).all()


def one(engine, statement, **values):
    return all_of(engine, statement, **values)[0][0]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT count(*) FROM base", 17),
        ("SELECT count(*) FROM actor", 21),
        ("SELECT count(*) FROM report WHERE kind = 'page'", 206),
        ("SELECT count(*) FROM report WHERE kind = 'page' AND text IS NOT NULL", 0),
        ("SELECT count(*) FROM mention JOIN report ON report.id = report_id WHERE kind = 'page'", 314),
        ("SELECT count(*) FROM mention JOIN report ON report.id = report_id WHERE kind = 'compilation'", 144),
        ("SELECT count(DISTINCT incident_id) FROM mention JOIN report ON report.id = report_id WHERE kind = 'compilation'", 144),
        ("SELECT count(*) FROM tally WHERE ref IS NOT NULL", 70),
        ("SELECT count(*) FROM incident WHERE review_status = 'rejected'", 2),
        ("SELECT count(*) FROM decision", 2),
        ("SELECT count(*) FROM incident WHERE review_status NOT IN ('rejected', 'unreviewed')", 0),
        ("SELECT count(*) FROM report WHERE kind = 'text' AND published_date IS NULL", 0),
        ("SELECT count(*) FROM report WHERE text_public AND text_licence NOT LIKE '%own words'", 0),
    ],
)
def test_the_register_starts_with_the_compiled_facts(seeded, statement, expected):
    assert one(seeded, statement) == expected


def test_there_are_at_least_twenty_sample_reports_in_both_languages(seeded):
    found = dict(all_of(seeded, "SELECT lang, count(*) FROM report WHERE kind = 'text' GROUP BY lang"))
    assert sum(found.values()) >= 20
    assert min(found["ar"], found["en"]) >= 5


def test_every_address_of_the_facts_is_kept(seeded):
    known = {url for (url,) in all_of(seeded, "SELECT url FROM report")}
    assert {row["url"] for row in rows("reports.csv")} <= known
    assert {url.strip() for row in rows("incidents.csv") for url in row["urls"].split(" | ")} <= known
    told = {url for (urls,) in all_of(seeded, "SELECT urls FROM tally") for url in json.loads(urls)}
    assert {row["url"] for row in rows("tallies.csv")} <= told


def test_each_part_of_a_tally_is_kept(seeded):
    for row in rows("tallies.csv"):
        parts = dict(all_of(seeded, PARTS_OF, ref=row["tally_id"]))
        assert {base: int(row[base]) for base in BASES_IN_TALLIES if row[base]}.items() <= parts.items()


def test_incidents_settle_to_what_was_compiled_where_no_sample_report_speaks(seeded):
    settled = {
        found.ref: found
        for found in all_of(
            seeded,
            "SELECT m.ref, b.slug AS base, i.* FROM incident i JOIN base b ON b.id = i.base_id"
            " JOIN mention m ON m.incident_id = i.id WHERE m.ref LIKE '20%'"
            " AND NOT EXISTS (SELECT 1 FROM mention x WHERE x.incident_id = i.id AND x.linked_by = 'machine')",
        )
    }
    assert len(settled) > 90
    for row in rows("incidents.csv"):
        if found := settled.get(row["incident_id"]):
            assert (found.base, found.date_start, found.date_end) == (row["base"], row["date_start"], row["date_end"])
            assert (found.weapon, found.outcome, found.time_of_day or "") == (row["weapon"], row["outcome"], row["time_of_day"])
            for name in ("munitions", "us_killed", "us_injured", "partner_killed", "partner_injured", "civilians_injured"):
                for column in (f"{name}_low", f"{name}_high"):
                    value = getattr(found, column)
                    assert ("" if value is None else str(value)) == row[column]


def test_other_days_are_kept_as_alternatives(seeded):
    found = all_of(
        seeded,
        "SELECT value FROM claim c JOIN mention m ON m.id = mention_id WHERE m.ref = '20240810-kharab-al-jir-1' AND alternative",
    )
    assert {value for (value,) in found} == {"2024-08-09", "2024-08-08"}


def samples():
    with (SEEDS / "reports" / "index.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("row", samples(), ids=lambda row: row["file"])
def test_a_sample_report_tells_of_the_incidents_it_was_written_about(seeded, row):
    found = all_of(
        seeded,
        "SELECT c.ref FROM mention m JOIN report r ON r.id = m.report_id LEFT JOIN mention c ON c.incident_id = m.incident_id"
        " AND c.ref LIKE '20%' WHERE r.report_ref = :ref",
        ref=row["file"].removesuffix(".txt"),
    )
    assert sorted(ref or "a new incident" for (ref,) in found) == sorted(filter(None, row["incidents"].split(";")))


def contents(engine):
    names = [
        name for (name,) in all_of(engine, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    ]
    return {name: all_of(engine, EVERYTHING.format(name)) for name in names}


def test_seeding_again_changes_nothing(seeded):
    before = contents(seeded)
    assert seed_all(seeded).reports == 0
    assert contents(seeded) == before


def test_seeding_never_overwrites_an_editor(seeded):
    correct(seeded, incident="SJ-0044", values={"weapon": "drone"}, reason="read again", editor=COMPILER)
    seed_all(seeded)
    assert one(seeded, "SELECT weapon FROM incident WHERE public_id = 'SJ-0044'") == "drone"


def test_a_seeding_that_was_cut_off_is_finished_by_the_next(engine, monkeypatch):
    class CutOff(Exception):
        pass

    def pages_cut_off():
        found = list(whole_pages())
        yield from found[:5]
        raise CutOff

    whole_pages = seed.pages
    monkeypatch.setattr(seed, "pages", pages_cut_off)
    with pytest.raises(CutOff):
        seed_all(engine)
    monkeypatch.undo()
    seed_all(engine)
    assert one(engine, "SELECT count(*) FROM report WHERE kind = 'page'") == 206
    assert one(engine, "SELECT count(*) FROM mention WHERE ref IS NOT NULL") == 144 + 314


def test_the_registers_names_are_those_of_the_seeds(engine):
    with snapshot(engine) as connection:
        assert gazetteer(connection) == seed_gazetteer()
