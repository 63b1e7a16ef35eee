"""The pieces of long lists, made once for each combination of values: a page has hundreds, and a template takes its time."""

from functools import lru_cache
from typing import Any

from markupsafe import Markup

from app.ingest import language as script_of
from app.language import _, at, number, spoken
from app.web.words import count_range, word

MANY = 4_000
"""Combinations that are kept of each piece."""
COUNT, COUNT_END = Markup('<span class="count">'), Markup("</span></label>")
CELL, NUMBER_CELL, SUPPORT_CELL = Markup("<td>"), Markup('<td class="num">'), Markup('<td class="support">')
CELL_END = Markup("</td>")
LABEL, CHILD, CHECKED = Markup("<label>"), Markup('<label class="child">'), Markup(" checked")


def either_script(text: object) -> Markup:
    """Words that may be in the other script, as an element that says so."""
    return _either_script(str(text), spoken().code)


@lru_cache(MANY)
def _either_script(text: str, page: str) -> Markup:
    script = script_of(text)
    return (Markup("<bdi>{}</bdi>") if script == page else Markup('<bdi lang="{1}">{0}</bdi>')).format(text, script)


def choice(one: Any, key: str) -> Markup:
    """A value of a filter with its box and how many incidents it would show."""
    box = _box(key, one.value, one.label, one.chosen, one.child, spoken().code)
    return box + COUNT + number(one.count) + COUNT_END


@lru_cache(MANY)
def _box(key: str, value: str, label: str, chosen: bool, child: bool, page: str) -> Markup:
    opened, checked = CHILD if child else LABEL, CHECKED if chosen else Markup("")
    box = Markup('<input id="filter-{}-{}" type="checkbox" name="{}" value="{}"{}>').format(key, value, key, value, checked)
    return Markup("{}{} <span>{}</span> ").format(opened, box, _either_script(label, page))


def cells(row: Any, show_base: bool) -> Markup:
    """What stands in the row of an incident after its number or day."""
    return _cells(
        (row.base, row.base_name) if show_base else None,
        (row.weapon, row.munitions_low, row.munitions_high, row.claimed_by, row.attributed_to),
        row.outcome,
        (row.number_of_reports, row.number_of_origins),
        (row.grading, row.review_status),
        spoken().code,
    )


@lru_cache(MANY)
def _cells(
    base: tuple[str, str] | None,
    attacked: tuple[Any, ...],
    outcome: str,
    numbers: tuple[int, int],
    supported: tuple[str, str],
    page: str,
) -> Markup:
    reports, origins = numbers
    return Markup("").join((
        CELL + _base(*base, page) + CELL_END if base else "",
        CELL, _attack(*attacked, page), CELL_END,
        CELL, "" if outcome == "unknown" else word("outcome", outcome), CELL_END,
        NUMBER_CELL, number(reports), CELL_END,
        NUMBER_CELL, number(origins), CELL_END,
        SUPPORT_CELL, _support(*supported, page), CELL_END,
    ))  # fmt: skip


@lru_cache(MANY)
def _base(slug: str, name: str, _page: str) -> Markup:
    return Markup('<a class="quiet" href="{}">{}</a>').format(at(f"/bases/{slug}"), name)


def attack(row: Any) -> Markup:
    """What an incident was attacked with, and who claimed it or is blamed."""
    return _attack(row.weapon, row.munitions_low, row.munitions_high, row.claimed_by, row.attributed_to, spoken().code)


@lru_cache(MANY)
def _attack(
    weapon: str, low: int | None, high: int | None, claimed_by: str | None, attributed_to: str | None, _page: str
) -> Markup:
    who = _("claimed by %(name)s", name=claimed_by) if claimed_by else ""
    who = who or (_("attributed to %(name)s", name=attributed_to) if attributed_to else "")
    return Markup("{}{}").format(_weapons(weapon, low, high), Markup('<span class="under">{}</span>').format(who) if who else "")


def weapons(row: Any) -> str:
    """What an incident was attacked with, and with how many."""
    return _weapons(row.weapon, row.munitions_low, row.munitions_high)


def _weapons(weapon: str, low: int | None, high: int | None) -> str:
    told, munitions = _("Weapon not stated") if weapon == "unknown" else word("weapon", weapon), count_range(low, high)
    return f"{told} × {munitions}" if munitions else told


def support(row: Any) -> Markup:
    """How well an incident is supported, and what became of it at the desk."""
    return _support(row.grading, row.review_status, spoken().code)


@lru_cache(MANY)
def _support(grading: str, status: str, _page: str) -> Markup:
    return Markup('<span class="grade {}">{}</span> <span class="review {}">{}</span>').format(
        grading, word("grading", grading), status, word("review_status", status).lower()
    )


PIECES = {
    "name": either_script,
    "choice": choice,
    "cells": cells,
    "attack": attack,
    "weapons": weapons,
    "support": support,
}
"""What templates call them by."""
