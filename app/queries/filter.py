"""The one filter: each key is one row of FILTERS, with its label, what it takes, its SQL and the words that say it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, or_, select

from app import fields
from app.extract.folding import fold
from app.fields import iso_day
from app.language import N_, _
from app.models.tables import BASE, INCIDENT

LONGEST_TEXT, MOST_WORDS = 200, 20
"""Characters and words of a free-text filter: more is no search."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the incidents down.

    `takes`: a day, one or several codes out of a list, or words. `codes` lists them where they are fixed, and `column` is then
    the incident's column that holds them; the codes of `base` are in the register. `condition` is the SQL for the values.
    """

    key: str
    label: str
    takes: Literal["day", "codes", "words"]
    condition: Callable[[Sequence[str]], ColumnElement[bool]]
    codes: tuple[str, ...] = ()
    column: str = ""


def _coded(key: str, label: str, column: str, codes: tuple[str, ...]) -> Filter:
    """A filter on a column of the incident that holds one of these codes."""
    return Filter(key, label, "codes", lambda values: INCIDENT.c[column].in_(values), codes, column)


def _from(values: Sequence[str]) -> ColumnElement[bool]:
    return INCIDENT.c.date_end >= date.fromisoformat(values[-1])


def _to(values: Sequence[str]) -> ColumnElement[bool]:
    return INCIDENT.c.date_start <= date.fromisoformat(values[-1])


def _base(values: Sequence[str]) -> ColumnElement[bool]:
    named = select(BASE.c.id).where(BASE.c.slug.in_(values))
    return INCIDENT.c.base_id.in_(select(BASE.c.id).where(or_(BASE.c.id.in_(named), BASE.c.parent_id.in_(named))))


def _words(values: Sequence[str]) -> ColumnElement[bool]:
    words = [word for value in values for word in fold(value).split()]
    return and_(True, *(INCIDENT.c.search_text.contains(word, autoescape=True) for word in words))


FILTERS = (
    Filter("from", N_("From"), "day", _from),
    Filter("to", N_("To"), "day", _to),
    Filter("base", N_("Base"), "codes", _base),
    _coded("weapon", N_("Weapon"), "weapon", fields.WEAPONS),
    _coded("grading", N_("Support"), "grading", fields.GRADINGS[1:]),
    _coded("status", N_("Review"), "review_status", fields.COUNTED_STATUSES),
    _coded("precision", N_("Day known as"), "date_precision", fields.DATE_PRECISIONS),
    Filter("q", N_("Text"), "words", _words),
)
BY_KEY = {row.key: row for row in FILTERS}


class BadFilter(ValueError):
    """Values that a filter does not take. `errors` says for each key what was wrong; `kept` is the filter without them."""

    def __init__(self, errors: Mapping[str, str], kept: "IncidentFilter") -> None:
        super().__init__("; ".join(f"{key}: {message}" for key, message in errors.items()))
        self.errors, self.kept = dict(errors), kept


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What is chosen: for each key in the order of FILTERS its values. Nothing chosen is every counted incident."""

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], *, bases: Iterable[str], strict: bool = False) -> "IncidentFilter":
        """The filter that an address's `pairs` choose; empty values choose nothing.

        `bases` are the slugs that `base` takes. Raises BadFilter; a key that is no filter counts as bad where `strict` is set.
        """
        codes = {"base": tuple(bases)}
        good: dict[str, list[str]] = {}
        errors: dict[str, str] = {}
        for key, given in pairs:
            row, value = BY_KEY.get(key), given.strip()
            if row is None:
                if strict:
                    errors[key] = _("there is no such filter; known are %(keys)s", keys=", ".join(BY_KEY))
            elif value:
                try:
                    checked = _checked(row, value, codes.get(key, row.codes))
                    # Codes add up; of days and words the last one holds, which is also what the form shows.
                    good[key] = [*good.get(key, ()), checked] if row.takes == "codes" else [checked]
                except ValueError as error:
                    errors[key] = str(error)
        chosen = cls(tuple((row.key, tuple(dict.fromkeys(good[row.key]))) for row in FILTERS if row.key in good))
        first, last = chosen.one("from"), chosen.one("to")
        if first and last and first > last:
            errors["to"] = _("%(last)s lies before %(first)s", last=last, first=first)
        if errors:
            raise BadFilter(errors, chosen)
        return chosen

    def values(self, key: str) -> tuple[str, ...]:
        """The chosen values of a key, maybe none."""
        return dict(self.chosen).get(key, ())

    def one(self, key: str) -> str:
        """The last chosen value of a key, or an empty string."""
        return (self.values(key) or ("",))[-1]

    def but(self, key: str, *values: str) -> "IncidentFilter":
        """This filter with other values for a key; without values, without the key."""
        chosen = {**dict(self.chosen), key: values}
        return IncidentFilter(tuple((row.key, chosen[row.key]) for row in FILTERS if chosen.get(row.key)))

    def without(self, key: str, value: str) -> "IncidentFilter":
        """This filter with one value less."""
        return self.but(key, *(kept for kept in self.values(key) if kept != value))

    def query(self, **more: str) -> str:
        """The query string of an address that chooses this filter, with `?`; empty where nothing is chosen."""
        pairs = [(key, value) for key, values in self.chosen for value in values] + list(more.items())
        return "?" + urlencode(pairs) if pairs else ""

    def condition(self) -> ColumnElement[bool]:
        """The SQL of what is chosen, over `incident`; rejected, merged and withdrawn incidents are never in it."""
        return and_(
            INCIDENT.c.review_status.in_(fields.COUNTED_STATUSES),
            *(BY_KEY[key].condition(values) for key, values in self.chosen),
        )


def _checked(row: Filter, value: str, codes: Sequence[str]) -> str:
    match row.takes:
        case "day":
            try:
                iso_day(value)
            except ValueError:
                raise ValueError(_("%(value)s is no day; write it as 2023-11-04", value=repr(value[:40]))) from None
        case "codes":
            if value not in codes:
                raise ValueError(_("%(value)s is not known; known are %(codes)s", value=repr(value[:40]), codes=", ".join(codes)))
        case "words":
            if len(value) > LONGEST_TEXT:
                raise ValueError(_("at most %(most)s characters can be searched for", most=LONGEST_TEXT))
            if len(value.split()) > MOST_WORDS:
                raise ValueError(_("at most %(most)s words can be searched for", most=MOST_WORDS))
            if "\0" in value:
                raise ValueError(_("a NUL cannot be searched for"))
    return value
