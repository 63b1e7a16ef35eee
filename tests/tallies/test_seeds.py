"""What the audit finds in the seeds: each noted anomaly that its columns can show, and what docs/method.md says of each."""

import csv
import re

import pytest

from app import ROOT
from app.db import snapshot
from app.queries.counters import audited
from app.reference import SEEDS

METHOD = (ROOT / "docs" / "method.md").read_text("utf-8")
NOT_IN_COLUMNS = {"T004", "T006", "T048", "T058", "T066"}
KIND_OF = {
    "T009": "runs_backward",
    "T027": "period_differs",
    "T037": "start_drifts",
    "T046": "rivals_differ",
    "T055": "relay_differs",
    "T061": "grows_less",
    "T062": "ends_early",
    "T068": "scope_widens",
    "T069": "stands_still",
    "T070": "stands_still",
}


@pytest.fixture(scope="module")
def found(seeded_engine):
    with snapshot(seeded_engine) as connection:
        audit = audited(connection)
    return {(audit.rows[one.tally].tally.ref, one.kind): one for one in audit.findings}


def test_each_noted_anomaly_is_found_from_the_columns_alone(found):
    with (SEEDS / "tallies.csv").open(encoding="utf-8", newline="") as table:
        noted = {row["tally_id"] for row in csv.DictReader(table) if row["anomaly"]}
    assert noted - NOT_IN_COLUMNS == KIND_OF.keys()
    assert set(KIND_OF.items()) <= found.keys()


def test_no_code_reads_what_the_compilation_noted_as_an_anomaly():
    assert not [path for path in (ROOT / "app").rglob("*.py") if "anomaly" in path.read_text("utf-8")]


def test_november_lacks_one_in_total_and_at_al_omar(found):
    compared = {one.part: (one.stated, one.low, one.high) for one in found["T027", "period_differs"].compared}
    assert compared == {"": (29, 30, 31), "al-omar": (6, 7, 7)}


def test_kharab_al_jir_grows_by_less_than_its_incidents(found):
    compared = {one.part: (one.stated, one.low) for one in found["T061", "grows_less"].compared}
    assert compared["kharab-al-jir"] == (1, 2)


def test_the_method_tells_each_finding_on_the_seeds_with_its_verdict(found):
    rows = re.findall(r"^\| (T\d{3}) \| `(\w+)` \| (true|open|false alarm) \| \S.* \|$", METHOD, re.M)
    assert [(ref, kind) for ref, kind, _verdict in rows] == list(found)
