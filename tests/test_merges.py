"""How well reports of one attack are merged, on annotated texts, against figures that are kept."""

import json
import subprocess
import sys
from datetime import date

import pytest

from app import ROOT, export
from app.actions.reports import Added, add_reports
from app.db import snapshot
from app.extract import Reader, extract
from app.ingest import RawReport
from app.queries.filter import IncidentFilter
from app.reference import seed_gazetteer

CORPUS = ROOT / "tests" / "corpus"
KEPT = json.loads((CORPUS / "baselines" / "merges.json").read_text("utf-8"))


def reports_of(folder):
    reader = Reader.of(seed_gazetteer())
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text, lang = path.with_suffix(".txt").read_text("utf-8"), gold["lang"]
        published = date.fromisoformat(gold["published"]) if gold["published"] else None
        raw = RawReport(text, publisher=gold.get("publisher") or "", published=published, lang=lang, report_ref=gold["id"])
        yield raw, extract(text, published=published, lang=lang, reader=reader)


@pytest.mark.parametrize("name", sorted(KEPT))
def test_reports_of_one_attack_are_merged_as_well_as_before(engine, tmp_path, name):
    folder, table = CORPUS / name, tmp_path / "mentions.csv"
    assert all(isinstance(outcome, Added) for outcome in add_reports(engine, list(reports_of(folder))))
    with snapshot(engine) as connection, table.open("w", encoding="utf-8", newline="") as file:
        file.writelines(export.lines(export.TABLES["mentions"](connection, IncidentFilter())))
    command = [sys.executable, CORPUS / "score.py", "merges", folder, table, "--json"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)["merges"]
    for rate in ("precision", "recall"):
        assert found[rate] >= KEPT[name][rate], found
