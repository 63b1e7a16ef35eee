"""The commands as a person types them, each in a process of its own."""

import csv
import io
import json
import re
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from urllib.request import urlopen

import pytest
from sqlalchemy import text

from app import ROOT
from tests.commands import SIJILL, TOLD, Register

CORPUS = ROOT / "tests" / "corpus"
OTHER = "استهدفت ثلاثة صواريخ قاعدة حقل كونيكو للغاز صباح اليوم."


def rows(output):
    return list(csv.DictReader(io.StringIO(output.removeprefix("\ufeff"), newline="")))


def test_init_makes_a_register_and_again_changes_nothing(tmp_path):
    register = Register(tmp_path / "deep" / "register.db")
    assert "208 bases, actors and sources and 0 reports were new" in register.run("init", "--empty")[0]
    assert register.one("SELECT count(*) FROM incident") == 0
    assert "0 bases, actors and sources and 0 reports were new" in register.run("init", "--empty")[0]


@pytest.mark.parametrize(
    "command", [("serve",), ("export", "incidents"), ("audit",), ("ingest", "x.txt"), ("extract", "--register")]
)
def test_without_a_register_each_command_says_what_to_do(tmp_path, command):
    _, complaint = Register(tmp_path / "register.db").run(*command, status=1)
    assert complaint == "sijill: there is no register yet; `sijill init` makes one\n"


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path):
    (tmp_path / "register.db").write_bytes(b"not a database at all" * 99)
    _, complaint = Register(tmp_path / "register.db").run("init", status=1)
    assert "database cannot be used" in complaint
    assert "Traceback" not in complaint


def test_a_setting_that_cannot_be_is_told_by_its_name(register):
    register.environment["SIJILL_PAGE_SIZE"] = "many"
    _, complaint = register.run("export", "incidents", status=2)
    assert complaint.startswith("sijill: SIJILL_PAGE_SIZE: ")


def test_what_is_printed_is_utf_8_whatever_the_locale(register):
    register.environment |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    said, _ = register.run("extract", stdin=json.dumps({"id": "1", "text": TOLD}))
    assert "التنف" in said


def test_a_text_is_stored_with_what_is_said_of_it(register, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(TOLD, "utf-8")
    options = ("--published", "2024-03-05", "--source", "rozana", "--url", "https://a.example/1", "--title", "عنوان")
    said, _ = register.run("ingest", file, *options)
    assert "stored as report 1; tells of SJ-0001, new: SJ-0001" in said
    assert register.one("SELECT slug FROM source JOIN report ON source.id = publisher_id") == "rozana"
    assert register.one("SELECT published_date || url || title FROM report") == "2024-03-05https://a.example/1عنوان"
    again, _ = register.run("ingest", file, *options)
    assert "there already, as report 1; nothing changed" in again
    assert register.one("SELECT count(*) FROM report") == 1


def test_json_lines_come_from_a_file_or_from_standard_input(register, tmp_path):
    line = json.dumps({"id": "a1", "text": TOLD, "published": "2024-03-05", "source": "sohr"})
    (tmp_path / "reports.jsonl").write_text(line, "utf-8")
    register.run("ingest", tmp_path / "reports.jsonl")
    said, _ = register.run("ingest", "-", stdin=line + "\n" + json.dumps({"id": "a2", "text": OTHER}))
    assert "1 stored, 1 there already, 0 refused" in said
    assert register.one("SELECT group_concat(report_ref) FROM report") == "a1,a2"


def test_what_is_refused_is_named_and_the_rest_goes_in(register, tmp_path):
    (tmp_path / "latin.txt").write_bytes("Attaque à l'aube".encode("latin-1"))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text(TOLD, "utf-8")
    stdin = "{\n" + json.dumps({"text": OTHER}) + "\n[]\n"
    files = [tmp_path / name for name in ("latin.txt", "empty.txt", "nowhere.txt", "good.txt")]
    said, complaints = register.run("ingest", *files, "-", tmp_path, stdin=stdin, status=1)
    assert "2 stored, 0 there already, 6 refused" in said
    for named in ("latin.txt: not UTF-8", "empty.txt: empty", "nowhere.txt: there is no such file", "input, line 1: not JSON"):
        assert named in complaints
    assert "input, line 3: not a JSON object" in complaints
    assert "Traceback" not in complaints


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("ingest", "x.txt", "--published", "4.11.2023"), "--published"),
        (("ingest", "x.txt", "--url", "javascript:1"), "--url"),
        (("ingest", "x.txt", "--title", "a\nb"), "--title"),
        (("ingest", "x.txt", "--source", b"\xff"), "--source"),
        (("ingest", "x.jsonl", "--source", "sohr"), "--source is for texts"),
        (("export", "weather"), "no table 'weather'"),
        (("export", "incidents", "--filter", "base=atlantis"), "atlantis"),
        (("export", "incidents", "--filter", "weapn=drone"), "no such filter"),
        (("export", "tallies", "--filter", "base=conoco"), "--filter is for incidents"),
        (("export", "tallies", "--format", "geojson"), "incidents as geojson too"),
        (("export", "incidents", "--format", "xml"), "--format"),
        (("export", "incidents", "--output", "/nowhere/at/all.csv"), "/nowhere/at/all.csv"),
        (("extract", "--jobs", "0"), "--jobs"),
        (("extract", "--jobs", "many"), "--jobs"),
        (("evaluate",), "Missing argument"),
        (("evaluate", "--baseline"), "--baseline"),
        (("fly",), "No such command"),
        (("ingest",), "Missing argument"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(register, arguments, complaint):
    _, said = register.run(*arguments, status=2)
    assert complaint in said


def test_the_export_is_the_file_that_the_page_gives(seeded, client):
    query = "base=al-tanf&from=2023-10-19"
    output, _ = Register(seeded.url.database).run("export", "incidents", "--filter", query)
    ours, theirs = rows(output), rows(client.get(f"/incidents.csv?{query}").text)
    for row in (*ours, *theirs):
        row.pop("updated_at")
    assert ours == theirs


def test_incidents_are_exported_as_geojson_too(seeded):
    output, _ = Register(seeded.url.database).run("export", "incidents", "--filter", "base=al-tanf", "--format", "geojson")
    ours = json.loads(output)["features"]
    assert {one["properties"]["base_id"] for one in ours} <= {"al-tanf", "rukban"}
    assert len(ours) > 10


def test_the_audit_is_told_line_by_line(seeded):
    output, _ = Register(seeded.url.database).run("audit")
    assert "runs_backward T009: menafn passed on an older figure" in output
    assert "    Al-Omar: 6 stated; the difference is 7.\n" in output
    assert output.endswith(f"\n{len(re.findall(r'^[a-z]', output, re.M))} findings\n")


def test_mentions_are_exported_a_row_each_and_start_as_agreed(seeded):
    register = Register(seeded.url.database)
    output, _ = register.run("export", "mentions")
    assert output.startswith("\ufeffreport_ref,base_id,date_start,event_id,")
    assert len(rows(output)) == register.one("SELECT count(*) FROM mention")


def test_an_export_goes_to_a_file_whole(seeded, tmp_path):
    register = Register(seeded.url.database)
    register.run("export", "tallies", "--output", tmp_path / "tallies.csv")
    assert (tmp_path / "tallies.csv").read_bytes().decode() == register.run("export", "tallies")[0]


def test_a_reader_that_closes_the_pipe_ends_the_command_quietly(seeded):
    command = f"set -o pipefail; {SIJILL} export mentions | head -c 10"
    register = Register(seeded.url.database)
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=register.environment, timeout=60)
    assert done.stderr == b""


def test_an_ingest_whose_output_closes_goes_on_with_its_work(register, tmp_path):
    lines = [json.dumps({"id": str(n), "text": f"{TOLD} {n}"}) for n in range(12)]
    (tmp_path / "reports.jsonl").write_text("\n".join(lines), "utf-8")
    subprocess.run(
        ["bash", "-c", f"{SIJILL} ingest {tmp_path}/reports.jsonl | head -1"], env=register.environment, timeout=60, check=True
    )
    assert register.one("SELECT count(*) FROM report") == 12


def test_a_full_disk_is_told_in_one_line(seeded):
    register = Register(seeded.url.database)
    done = subprocess.run(
        ["bash", "-c", f"{SIJILL} export incidents > /dev/full"], capture_output=True, env=register.environment, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1


def test_a_new_publisher_does_not_change_the_version_of_what_reads(register, tmp_path):
    for number, source in enumerate(("one", "two", "three")):
        register.run("ingest", "-", stdin=json.dumps({"text": f"{TOLD} {number}", "source": source}))
    assert register.one("SELECT count(DISTINCT extractor_version) FROM report") == 1


def test_the_corpus_goes_through_ingest_and_merges_are_measured(register, tmp_path):
    score = [sys.executable, CORPUS / "score.py"]
    reports = subprocess.run([*score, "reports", CORPUS / "dev"], capture_output=True, check=True).stdout.decode()
    register.run("ingest", "-", stdin=reports)
    (tmp_path / "mentions.csv").write_text(register.run("export", "mentions")[0], "utf-8")
    done = subprocess.run(
        [*score, "merges", CORPUS / "dev", tmp_path / "mentions.csv", "--json"], capture_output=True, check=True
    )
    assert json.loads(done.stdout)["merges"]["precision"] >= 0.9


ORPHANS = """
SELECT (SELECT count(*) FROM report r WHERE (SELECT count(*) FROM mention m WHERE m.report_id = r.id) <> 2)
     + (SELECT count(*) FROM mention m WHERE NOT EXISTS (SELECT 1 FROM claim c WHERE c.mention_id = m.id))
     + (SELECT count(*) FROM incident WHERE number_of_reports = 0)
"""
"""What a report that went in by halves would leave behind."""


@pytest.mark.parametrize("pause", [0.0, 0.2, 0.5])
def test_a_kill_in_the_middle_of_an_ingest_leaves_whole_reports_only(register, tmp_path, pause):
    lines = [
        json.dumps({"id": str(n), "text": f"{TOLD} {OTHER} رقم {n}", "published": str(date(2010, 1, 1) + timedelta(days=20 * n))})
        for n in range(300)
    ]
    (tmp_path / "reports.jsonl").write_text("\n".join(lines), "utf-8")
    command = [SIJILL, "ingest", tmp_path / "reports.jsonl"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=register.environment)
    process.stdout.readline()  # the first report is in
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    stored = register.one("SELECT count(*) FROM report")
    assert 0 < stored < len(lines)
    assert register.one(ORPHANS) == 0
    assert register.one("PRAGMA integrity_check") == "ok"
    said, _ = register.run("ingest", "-", stdin="\n".join(lines[: stored + 1]))
    assert f"1 stored, {stored} there already, 0 refused" in said


def test_serve_prints_its_address_and_answers_there(seeded):
    process = subprocess.Popen(
        [SIJILL, "serve", "--port", "0"], stdout=subprocess.PIPE, env=Register(seeded.url.database).environment
    )
    try:
        address = process.stdout.readline().decode().split()[3]
        with urlopen(f"{address}healthz", timeout=30) as answer:
            assert answer.read().startswith(b"ok, revision ")
        first = process.stdout.readline().decode()
        assert re.fullmatch(
            r"First account of the desk: admin, one-time password [a-z2-9-]{19} \(choose another at /login\)\n", first
        )
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def test_the_queue_is_listed_with_its_reasons_and_counted_by_kind(seeded_file):
    printed, _ = Register(seeded_file).run("queue", "--first", "2")
    lines = printed.splitlines()
    assert lines[0].startswith("SJ-0139 (")
    assert lines[0].endswith("contested, new_base")
    assert len(lines) == 3
    assert lines[-1].startswith("candidates: 142; twin: 0, ")
    assert "SJ-0139" not in Register(seeded_file).run("queue", "--filter", "base=al-tanf", "--kind", "low_confidence")[0]
    assert "--kind" in Register(seeded_file).run("queue", "--kind", "odd", status=2)[1]


def test_the_queue_names_words_that_are_found_no_more(register, engine):
    register.run("ingest", "-", stdin=json.dumps({"id": "1", "text": TOLD, "published": "2023-11-04", "source": "sohr"}))
    with engine.begin() as connection:
        connection.execute(text("UPDATE mention SET lost = 1"))
    assert "    found no more in report 1: " in register.run("queue")[0]


def test_accounts_are_made_ended_and_listed_without_showing_a_password(register):
    said, _ = register.run(
        "editor", "add", "nour", "--role", "editor", "--display-name", "Nour", "--password-stdin", stdin=b"olive trees at noon\n"
    )
    assert said == "added: nour, editor\n"
    _, complaint = register.run(
        "editor", "add", "nour", "--role", "editor", "--password-stdin", stdin=b"olive trees at noon\n", status=1
    )
    assert "there is an account 'nour' already" in complaint
    _, complaint = register.run("editor", "reset", "nour", "--password-stdin", stdin=b"short\n", status=1)
    assert "at least 12 characters" in complaint
    register.run("editor", "disable", "nour")
    said, _ = register.run("editor", "list")
    assert said.startswith("nour: editor, Nour, ended ")
    assert "olive" not in said
