"""The pieces of long lists, made once for each combination of values: a page has hundreds, and a template takes its time."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Any

from markupsafe import Markup, escape

from app.ingest import language as script_of
from app.language import _, at, number, spoken
from app.web.words import count_range, days, word

MANY = 4_000
"""Combinations that are kept of each piece."""
NOTHING = Markup("")
COUNT, COUNT_END = Markup('<span class="count">'), Markup("</span></label>")
ROW, LINKED, LINK_END = Markup('<tr><td class="date"><a href="'), Markup('">'), Markup("</a>")
CELL, NUMBER_CELL, SUPPORT_CELL = Markup("</td><td>"), Markup('</td><td class="num">'), Markup('</td><td class="support">')
ROW_END = Markup("</td></tr>\n")
UNDER, UNDER_END = Markup('<span class="under">'), Markup("</span>")
LABEL, CHILD, CHECKED = Markup("<label>"), Markup('<label class="child">'), Markup(" checked")


def either_script(text: object) -> Markup:
    """Words that may be in the other script, as an element that says so."""
    return _either_script(str(text), spoken().code)


@lru_cache(MANY)
def _either_script(text: str, page: str) -> Markup:
    script = script_of(text)
    return (Markup("<bdi>{}</bdi>") if script == page else Markup('<bdi lang="{1}">{0}</bdi>')).format(text, script)


def choices(several: Iterable[Any], key: str) -> Markup:
    """Values of a filter, each with its box and how many incidents it would show."""
    page = spoken().code
    boxes = ((_box(key, one.value, one.label, one.chosen, one.child, page), _count(one.incidents, page)) for one in several)
    return _joined(chain.from_iterable(boxes))


@lru_cache(MANY)
def _count(count: int, _page: str) -> Markup:
    return COUNT + number(count) + COUNT_END


@lru_cache(MANY)
def _box(key: str, value: str, label: str, chosen: bool, child: bool, page: str) -> Markup:
    opened, checked = CHILD if child else LABEL, CHECKED if chosen else Markup("")
    box = Markup('<input id="filter-{}-{}" type="checkbox" name="{}" value="{}"{}>').format(key, value, key, value, checked)
    return Markup("{}{} <span>{}</span> ").format(opened, box, _either_script(label, page))


def lines(rows: Iterable[Any], query: str, *, show_base: bool = True, under_days: bool = False) -> Markup:
    """The rows of a table of incidents. What stands first leads to the incident's page, within the list that has this `query`.

    That is its number where the rows stand under their days, and else its day.
    """
    within, page = escape(query), spoken().code
    made = ((begun, within, rest) for begun, rest in (_line(row, show_base, under_days, page) for row in rows))
    return _joined(chain.from_iterable(made))


@lru_cache(MANY)
def _line(row: Any, show_base: bool, under_days: bool, page: str) -> tuple[Markup, Markup]:
    """An incident's row before and after the query of its address. Rows that are equal look the same."""
    under = NOTHING if under_days else UNDER + row.public_id + UNDER_END
    return ROW + at(f"/incidents/{row.public_id}"), _joined((
        LINKED, escape(row.public_id if under_days else days(row)), LINK_END, under,
        CELL + _base(row.base, row.base_name, page) if show_base else NOTHING,
        CELL, attack(row),
        CELL, NOTHING if row.outcome == "unknown" else escape(word("outcome", row.outcome)),
        NUMBER_CELL, escape(number(row.number_of_reports)),
        NUMBER_CELL, escape(number(row.number_of_origins)),
        SUPPORT_CELL, support(row), ROW_END,
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
    return Markup("{}{}").format(_weapons(weapon, low, high), UNDER + who + UNDER_END if who else "")


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


def _joined(pieces: Iterable[Markup]) -> Markup:
    """Pieces one behind the other. `Markup.join` would look at each again, which takes as long as the rest of a page."""
    return Markup("".join(pieces))  # noqa: S704 - each piece is markup itself, to which mypy holds them


PIECES = {
    "name": either_script,
    "choices": choices,
    "lines": lines,
    "attack": attack,
    "weapons": weapons,
    "support": support,
}
"""What templates call them by."""
