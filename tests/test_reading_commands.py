"""The commands that read texts and store nothing, each in a process of its own."""

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app import ROOT, corpus, streams
from app.evaluate import evaluate
from app.extract import Reader
from app.ingest import LARGEST
from app.reference import seed_gazetteer
from tests.commands import SIJILL, TOLD

CORPUS = ROOT / "tests" / "corpus"


def test_extract_answers_each_line_in_order_and_goes_on_after_a_bad_one(register):
    stdin = "\n".join(
        [
            json.dumps({"id": "1", "text": TOLD, "lang": "ar", "published": "2024-03-05"}),
            "{",
            json.dumps({"id": "2", "text": "x"}),
        ]
    )
    said, complaint = register.run("extract", stdin=stdin, status=1)
    first, second = map(json.loads, said.splitlines())
    assert (first["id"], second["id"], second["incidents"]) == ("1", "2", [])
    assert (first["incidents"][0]["base"], first["incidents"][0]["date"]) == ("al-tanf", "2024-03-04")
    assert "line 2: not JSON" in complaint


BAD_LINES = (
    b"{",
    b'{"id": "1"}',
    b'{"text": "a", "published": "2023-02-31"}',
    b'{"text": "a", "published": 20231104}',
    b"[" * 100_000,
    b"\xff\xfe",
    b'{"text": "' + b"a" * LARGEST + b'"}',
    f"<p>{TOLD}</p>".encode(),
)


@pytest.mark.parametrize("jobs", [1, 2])
def test_after_each_bad_line_the_next_is_answered(register, jobs):
    good = [json.dumps({"id": str(number), "text": f"<p>{TOLD}</p>"}).encode() for number in range(len(BAD_LINES))]
    stdin = b"\n".join(line for pair in zip(BAD_LINES, good, strict=True) for line in pair)
    said, complaints = register.run("extract", "--jobs", jobs, stdin=stdin, status=1)
    assert [json.loads(line)["id"] for line in said.splitlines()] == [str(number) for number in range(len(BAD_LINES))]
    places = [f"refused: standard input, line {number}" for number in range(1, 2 * len(BAD_LINES), 2)]
    assert [line.split(":")[0] + ":" + line.split(":")[1] for line in complaints.splitlines()] == places


def started(register, jobs, **options):
    """An extract that has answered a line and waits for more."""
    process = register.start("extract", "--jobs", str(jobs), **options)
    process.stdin.write(json.dumps({"text": TOLD}).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] is None
    return process


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_an_extract_without_a_word(register, jobs):
    process = started(register, jobs, start_new_session=True)
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=60) == (b"", b"")
    assert process.returncode == 130


def test_an_extract_that_is_killed_leaves_no_process_behind(register):
    process = started(register, 3)
    process.kill()
    # The end of its output is there when nobody holds it any more.
    assert process.communicate(timeout=60) == (b"", b"")


def test_a_process_that_ends_in_the_middle_of_an_extract_is_told_in_one_line(register):
    process = started(register, 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)
    assert process.wait(timeout=60) == 1
    _, complaint = process.communicate()
    assert complaint.startswith(b"sijill: a process that read reports has ended (signal 9)")
    assert complaint.endswith(b"standard input is answered up to line 1\n")


def test_a_reader_that_closes_the_pipe_ends_an_extract_quietly(register, tmp_path):
    (tmp_path / "reports.jsonl").write_text((json.dumps({"text": TOLD}) + "\n") * 5000, "utf-8")
    command = f"{SIJILL} extract --jobs 2 < {tmp_path}/reports.jsonl | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=register.environment, timeout=60)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_a_terminal_shows_how_many_reports_are_done(register):
    register.environment |= {"TERM": "xterm"}
    terminal, theirs = pty.openpty()
    process = register.start("extract", stderr=theirs)
    os.close(theirs)
    out, _ = process.communicate(json.dumps({"text": TOLD}).encode() + b"\n{\n", timeout=60)
    shown = os.read(terminal, 65_536).decode()
    os.close(terminal)
    assert out.count(b"\n") == 1
    assert "2 reports, " in shown
    assert "refused: standard input, line 2" in shown


def test_evaluate_gives_the_scorers_figures_of_what_extract_prints(register, tmp_path):
    score = [sys.executable, CORPUS / "score.py"]
    reports = subprocess.run([*score, "reports", CORPUS / "dev"], capture_output=True, check=True).stdout
    (tmp_path / "output.jsonl").write_text(register.run("extract", "--jobs", 2, stdin=reports)[0], "utf-8")
    command = [*score, "score", CORPUS / "dev", tmp_path / "output.jsonl", "--json"]
    expected = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    said, errors = register.run("evaluate", CORPUS / "dev", "--json", "--errors")
    assert json.loads(said) == expected
    assert sum(" missed " in line for line in errors.splitlines()) == sum(
        expected[what]["missed"] for what in ("incidents", "tallies", "non_strike_events")
    )


@pytest.mark.parametrize(("folder", "names"), [("dev", ()), ("dev", ("--register",)), ("blind", ())])
def test_no_figure_of_a_corpus_is_worse_than_the_one_that_is_kept(register, folder, names):
    kept = CORPUS / "baselines" / f"{folder}.json"
    said, _ = register.run("evaluate", CORPUS / folder, *names, "--baseline", kept)
    assert said.startswith(" " * 24)


@pytest.fixture(scope="module")
def reader():
    return Reader.of(seed_gazetteer())


@pytest.fixture
def small(tmp_path, reader):
    """A corpus of one text, its figures, and where a baseline of it may be kept."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name in ("003.txt", "003.json"):
        shutil.copy(CORPUS / "dev" / name, folder)
    (gold,) = corpus.load(folder)
    figures = evaluate([gold], {gold.id: streams.read(corpus.report(gold, folder), "x", reader)}).to_json()
    return folder, figures, tmp_path / "baseline.json"


def test_each_figure_that_drops_is_named_with_both_values(register, small):
    folder, figures, baseline = small
    kept = figures | {"incidents": figures["incidents"] | {"precision": 1.5, "recall": -1}}
    baseline.write_text(json.dumps(kept), "utf-8")
    _, told = register.run("evaluate", folder, "--baseline", baseline, status=1)
    assert told.splitlines() == [
        f"dropped: incidents.precision was 1.5, is {figures['incidents']['precision']}",
        f"rose: incidents.recall was -1, is {figures['incidents']['recall']}",
    ]


def test_a_figure_that_rises_is_told_with_the_way_to_keep_it(register, small):
    folder, figures, baseline = small
    baseline.write_text(json.dumps(figures | {"evidence": {"accuracy": None}}), "utf-8")
    _, told = register.run("evaluate", folder, "--baseline", baseline)
    rise, hint = told.splitlines()
    assert rise == f"rose: evidence.accuracy was None, is {figures['evidence']['accuracy']}"
    assert hint.endswith(f"record it: sijill evaluate {folder} --json > {baseline}")


def test_a_text_of_the_corpus_that_is_refused_is_told_and_the_others_are_measured(register, small):
    folder = small[0]
    gold = json.loads((folder / "003.json").read_text("utf-8"))
    (folder / "004.json").write_text(json.dumps(gold | {"id": "004", "published": "2023-02-31"}), "utf-8")
    shutil.copy(folder / "003.txt", folder / "004.txt")
    said, complaint = register.run("evaluate", folder, status=1)
    assert "no output for 004" in said
    assert complaint.startswith("refused: ")
    assert "004.json: '2023-02-31' is no day" in complaint


@pytest.mark.parametrize(
    ("folder", "baseline", "complaint"),
    [
        ("nowhere", None, "nowhere: there is no such folder"),
        ("empty", None, "empty: no annotations in it"),
        ("small", "nowhere.json", "nowhere.json: No such file"),
        ("small", "small/003.txt", "003.txt: not JSON"),
        ("small", "small/003.json", "003.json: no figure `incidents.precision`; record it anew: sijill evaluate "),
    ],
)
def test_what_evaluate_can_not_use_is_refused_by_name(register, small, tmp_path, folder, baseline, complaint):
    (tmp_path / "empty").mkdir()
    options = ("--baseline", tmp_path / baseline) if baseline else ()
    _, said = register.run("evaluate", tmp_path / folder, *options, status=1)
    assert said.startswith("sijill: ")
    assert complaint in said
    assert said.count("\n") == 1


def test_explain_shows_how_a_text_is_read(register, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TOLD, "utf-8")
    said, _ = register.run("explain", str(path), "--published", "2023-11-04")
    assert "What was read:" in said
    assert "incident: base " in said


def test_explain_compares_the_vocabulary_with_a_former_one(register, tmp_path):
    former = tmp_path / "former"
    shutil.copytree(ROOT / "app" / "extract" / "lexicon", former)
    weapons = (former / "weapons.toml").read_text("utf-8")
    (former / "weapons.toml").write_text(weapons.replace('"صواريخ", ', ""), "utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "1.txt").write_text("سقطت صواريخ على قاعدة التنف اليوم.", "utf-8")
    (texts / "1.json").write_text('{"published": "2023-11-04"}', "utf-8")
    (texts / "2.txt").write_text("لا شيء.", "utf-8")
    said, _ = register.run("explain", "--compare", str(texts), "--before", str(former))
    assert "1.txt" in said
    assert "+ incident: base al-tanf, date 2023-11-04, weapon rocket" in said
    assert said.endswith("1 of 2 texts are read otherwise than before\n")


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ((), 2, "name either a FILE"),
        (("x.txt", "--compare", "y"), 2, "name either a FILE"),
        (("x.txt", "--before", "y"), 2, "--before goes with --compare"),
        (("x.txt",), 1, "there is no such file"),
        (("--compare", "nowhere"), 1, "no texts in it"),
        (("--compare", "nowhere", "--before", "nowhere"), 1, "no vocabulary in it"),
    ],
)
def test_explain_says_what_is_wrong_with_its_input(register, arguments, status, told):
    _, complaint = register.run("explain", *arguments, status=status)
    assert told in complaint
