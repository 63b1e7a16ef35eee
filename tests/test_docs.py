"""What the documents must name, they name: each column, command, setting and code."""

import re
from pathlib import Path

import pytest

from app import ROOT, citation, export, fields
from app.cli import app
from app.queries.filter import BY_KEY, FILTERS
from app.settings import Settings
from app.tallies import KINDS
from app.web.files import MEDIA_TYPES
from app.web.labels import LABELS

CODEBOOK = (ROOT / "docs" / "codebook.md").read_text("utf-8")
COLUMNS = CODEBOOK[CODEBOOK.index("\n## incidents\n") :]
README = (ROOT / "README.md").read_text("utf-8")


def part(name):
    return re.split(r"\n## ", CODEBOOK.split(f"\n## {name}\n", 1)[1])[0]


@pytest.mark.parametrize(
    ("table", "columns"),
    [("incidents", export.INCIDENT_COLUMNS), ("mentions", export.MENTION_COLUMNS), ("tallies", export.TALLY_COLUMNS)],
)
def test_each_column_stands_in_the_codebook_and_no_other(table, columns):
    described = [
        name for line in part(table).splitlines() if line.startswith("| `") for name in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert described == list(columns)


@pytest.mark.parametrize("ending", [*citation.FORMATS, *MEDIA_TYPES])
def test_each_format_stands_in_the_codebook(ending):
    assert f".{ending}`" in part("Formats")


def test_each_filter_stands_in_the_codebook_and_no_other():
    keys = [
        key
        for line in part("Filters").splitlines()
        if line.startswith("| `")
        for key in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert sorted(keys) == sorted(BY_KEY)


@pytest.mark.parametrize(
    ("column", "codes"),
    [
        ("weapon", fields.WEAPONS),
        ("outcome", fields.OUTCOMES),
        ("time_of_day", fields.TIMES_OF_DAY),
        ("date_precision", fields.DATE_PRECISIONS),
        ("grading", fields.GRADINGS),
        ("review_status", fields.COUNTED_STATUSES),
        ("kind", fields.TALLY_KINDS),
    ],
)
def test_each_code_of_a_column_stands_beside_it(column, codes):
    line = next(line for line in COLUMNS.splitlines() if line.startswith(f"| `{column}` "))
    assert set(codes) <= set(re.findall(r"`([\w-]+)`", line))


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_is_described_in_the_readme(name):
    assert f"`SIJILL_{name.upper()}`" in README
    assert Settings.model_fields[name].description


@pytest.mark.parametrize("command", [command.name or command.callback.__name__ for command in app.registered_commands])
def test_each_command_stands_in_the_readme(command):
    assert f"sijill {command}" in README


def test_each_dependency_has_its_reason():
    decisions = (ROOT / "docs" / "decisions.md").read_text("utf-8")
    for file in ("requirements.in", "requirements-test.in"):
        lines = [line for line in (ROOT / file).read_text("utf-8").splitlines() if line and line[0] not in "#-"]
        assert not [line for line in lines if line.partition(";")[0] not in decisions]


def test_nothing_that_is_pinned_names_where_it_comes_from():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text("utf-8")
    for path in ROOT.glob("requirements*"):
        assert "://" not in path.read_text("utf-8"), path


def test_no_document_names_a_path_of_a_machine():
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        text = path.read_text("utf-8")
        assert str(ROOT) not in text
        assert f"{Path.home()}/" not in text


def test_each_local_link_of_a_document_leads_somewhere():
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


@pytest.mark.parametrize("kind", KINDS)
def test_each_check_of_the_audit_stands_in_the_method(kind):
    assert f"\n| `{kind}` | " in (ROOT / "docs" / "method.md").read_text("utf-8")


@pytest.mark.parametrize("field", fields.CLAIM_FIELDS)
def test_each_field_has_its_label(field):
    assert field in LABELS["field"]


@pytest.mark.parametrize("row", [row for row in FILTERS if row.codes], ids=lambda row: row.key)
def test_each_code_of_a_filter_has_its_label(row):
    assert set(row.codes) <= LABELS[row.labels].keys()
