"""The import borders of the design: what is pure stays pure, and only actions write."""

import ast
import re
from pathlib import Path

import pytest

from app import ROOT

APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))
PURE = ("extract", "reconcile", "tallies", "evaluate", "fields", "searching", "sheets", "corrections", "fetch", "entries")
OUTSIDE = ("sqlalchemy", "sqlmodel", "fastapi", "starlette", "alembic", "jinja2", "uvicorn", "folium", "altair")
"""What a pure module never sees."""
ABOVE = {
    "extract": ("app.fields",),
    "reconcile": ("app.fields",),
    "tallies": (),
    "fields": (),
    "language": (),
    "clock": (),
    "searching": ("app.extract",),
    "models": ("app.db", "app.fields", "app.models"),
    "db": (),
    "evaluate": (),
    "ingest": ("app.extract", "app.fields"),
    "fetch": ("app.fields", "app.extract", "app.ingest", "app.language"),
    "corpus": ("app.evaluate", "app.ingest"),
    "vocabulary": ("app.extract", "app.ingest"),
    "streams": ("app.extract", "app.ingest"),
    "progress": (),
    "jobs": ("app.ROOT", "app.actions", "app.db", "app.extract", "app.intake", "app.queries", "app.settings"),
    "intake": ("app.actions", "app.db", "app.extract", "app.ingest", "app.queries"),
    "reference": ("app.extract",),
    "entries": ("app.extract", "app.fields", "app.language"),
    "effects": ("app.entries", "app.extract", "app.queries"),
    "queries": (
        "app.clock",
        "app.db",
        "app.entries",
        "app.extract",
        "app.fields",
        "app.language",
        "app.models",
        "app.queries",
        "app.reconcile",
        "app.searching",
        "app.tallies",
    ),
    "actions": (
        "app.actions",
        "app.clock",
        "app.db",
        "app.entries",
        "app.evaluate",
        "app.extract",
        "app.fields",
        "app.ingest",
        "app.models",
        "app.queries.bearing",
        "app.queries.neighbourhood",
        "app.reconcile",
        "app.reference",
        "app.searching",
    ),
    "charts": ("app.ROOT", "app.charts"),
    "citation": ("app.language",),
    "passwords": ("app.language",),
    "corrections": ("app.clock", "app.fields", "app.language", "app.reconcile.settling", "app.sheets"),
    "sheets": ("app.language",),
    "maps": ("app.ROOT",),
    "export": ("app.clock", "app.fields", "app.queries"),
}
"""What each part may import of the rest; web, cli, seed and main stand above them all."""


def part_of(path: Path) -> str:
    return path.relative_to(APP).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that the borders can be read"
            # `from app import actions` reaches a part as well as `from app.actions import …`.
            found |= {f"app.{alias.name}" for alias in node.names} if node.module == "app" else {str(node.module)}
    return found


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) in PURE or path == APP / "web" / "forms.py"], ids=str)
def test_pure_modules_see_no_database_and_no_web(path):
    assert not [name for name in imports_of(path) if name.split(".")[0] in OUTSIDE]


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) in ABOVE], ids=str)
def test_imports_point_one_way(path):
    allowed = (*ABOVE[part_of(path)], f"app.{part_of(path)}")
    ours = {name for name in imports_of(path) if name.startswith("app.")}
    assert not [name for name in ours if not name.startswith(allowed)]


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) not in ("actions", "db", "migrate")], ids=str)
def test_only_actions_open_a_write_transaction(path):
    text = path.read_text("utf-8")
    assert not re.search(r"(?<!get_)transaction\(", text)
    assert "writes=True" not in text


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) == "queries"], ids=str)
def test_queries_never_write(path):
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"commit", "flush", "add_all"}
    assert not {"insert", "update", "delete"} & {name.split(".")[-1] for name in imports_of(path)}


def test_only_render_knows_the_headers_of_htmx():
    assert [path.name for path in MODULES if "hx-request" in path.read_text("utf-8").lower()] == ["render.py"]


def test_whole_texts_are_read_by_the_desk_alone():
    readers = [
        path for path in MODULES if "app.queries.desk_reports" in imports_of(path) or "for_editors" in path.read_text("utf-8")
    ]
    also = [path for path in MODULES if "import desk_reports" in path.read_text("utf-8")]
    named = {path.relative_to(APP).as_posix() for path in (*readers, *also)}
    assert {name for name in named if not name.startswith("web/desk/")} == {"queries/desk_reports.py", "queries/reports.py"}
