"""Each kind of act that the register keeps has a label: pages never show its code."""

import ast

from app import ROOT
from app.web.labels import LABELS

MAKERS = {"editor_act": 1, "raise_revision": 1, "trial_revision": 1, "_act": 1, "_review": 1, "_show": 1, "_change": 2}
"""What makes an act, and at which place it is given the kind of the act."""
OF = {"save_": ("base", "source", "actor"), "unmark_": ("tally", "event")}
"""What follows on the beginning of a kind that is put together."""


def _kind(node):
    """What a call or an assignment gives as the kind of an act."""
    match node:
        case ast.Call(func=ast.Name(id=maker), args=args) if maker in MAKERS:
            return args[MAKERS[maker]]
        case ast.Assign(targets=[ast.Name(id="kind")], value=value):
            return value
    return None


def kinds():
    """The kinds that are written in app/actions."""
    for path in (ROOT / "app" / "actions").glob("*.py"):
        tree = ast.parse(path.read_text())
        for node in map(_kind, ast.walk(tree)):
            match node:
                case ast.Constant(value=str(kind)):
                    yield kind
                case ast.JoinedStr(values=[ast.Constant(value=str(first)), _]):
                    yield from (first + one for one in OF[first])


def test_each_kind_of_act_has_a_label():
    found = set(kinds())
    assert {"unmark_tally", "save_base", "enable_editor", "accept", "publish_text"} <= found
    assert found - LABELS["act"].keys() == set()
