"""The one filter: each key is one row of FILTERS, with its label, what it takes, its SQL and the words that say it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote_plus

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, literal, or_, select, union_all

from app import fields
from app.clock import stamp_at
from app.fields import CASUALTIES, iso_day
from app.language import N_, _
from app.models.tables import ACTOR, BASE, INCIDENT, INCIDENT_ORIGIN, MENTION, REPORT, SOURCE
from app.models.words import INCIDENT_WORDS
from app.queries.published import COUNTED
from app.queries.words import holds
from app.searching import sought

LONGEST_TEXT, MOST_WORDS = 200, 20
"""Characters and words of a free-text filter: more is no search."""
MOST_NAMED = 30
"""Codes that a complaint about an unknown one lists."""
NOBODY = "none"
"""The code of what a dimension does not know: no claimant, nobody blamed, no governorate."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the incidents down.

    `takes`: a day, one or several codes out of a list, or words. `sentence` says the chosen values. `condition` is their SQL.
    Where it takes codes, `pairs` are (incident id, code): each incident with each code that it has. `codes` lists them where they
    are fixed; else the register holds them. `labels` names what puts them into words: a key of the labels or of the names.
    """

    key: str
    label: str
    sentence: str
    takes: Literal["day", "codes", "words"]
    condition: Callable[[Sequence[str]], ColumnElement[bool]]
    pairs: Select[Any] | CompoundSelect[Any] | None = None
    codes: tuple[str, ...] = ()
    labels: str = ""


def _day(key: str, label: str, sentence: str, condition: Callable[[str], ColumnElement[bool]]) -> Filter:
    return Filter(key, label, sentence, "day", lambda values: condition(values[-1]))


def _changed(day: str) -> ColumnElement[bool]:
    return INCIDENT.c.updated_at >= stamp_at(date.fromisoformat(day))


def _column(key: str, label: str, sentence: str, codes: tuple[str, ...], column: str = "") -> Filter:
    """A filter on a column of the incident that holds one of these codes; nothing there is `unknown`."""
    held = INCIDENT.c[column or key]
    code = func.coalesce(held, "unknown") if held.nullable else held
    pairs = select(INCIDENT.c.id, code.label("code"))
    return Filter(key, label, sentence, "codes", code.in_, pairs, codes, column or key)


def _paired(
    key: str,
    label: str,
    sentence: str,
    pairs: Select[Any] | CompoundSelect[Any],
    *,
    codes: tuple[str, ...] = (),
    labels: str = "",
) -> Filter:
    """A filter on something that other tables say of an incident."""
    found = pairs.subquery()

    def condition(values: Sequence[str]) -> ColumnElement[bool]:
        return INCIDENT.c.id.in_(select(found.c.id).where(found.c.code.in_(values)))

    return Filter(key, label, sentence, "codes", condition, pairs, codes, labels or key)


def _words(values: Sequence[str]) -> ColumnElement[bool]:
    return INCIDENT.c.id.in_(select(INCIDENT_WORDS.c.rowid).where(holds(INCIDENT_WORDS, sought(values[-1]))))


BASES = select(INCIDENT.c.id, BASE.c.slug.label("code")).join(BASE, BASE.c.id == INCIDENT.c.base_id)
_PARENT = BASE.alias()
# A parent's count includes its children's.
_FAMILIES = union_all(
    BASES,
    select(INCIDENT.c.id, _PARENT.c.slug)
    .join(BASE, BASE.c.id == INCIDENT.c.base_id)
    .join(_PARENT, _PARENT.c.id == BASE.c.parent_id),
)
_GOVERNORATES = select(INCIDENT.c.id, func.coalesce(func.nullif(BASE.c.governorate, ""), NOBODY).label("code")).join(
    BASE, BASE.c.id == INCIDENT.c.base_id
)


def _actor(column: str) -> Select[Any]:
    actor = ACTOR.alias()
    named = select(INCIDENT.c.id, func.coalesce(actor.c.slug, NOBODY).label("code"))
    return named.outerjoin(actor, actor.c.id == INCIDENT.c[column])


_ORIGINS = (
    select(INCIDENT_ORIGIN.c.incident_id.label("id"), SOURCE.c.slug.label("code"))
    .select_from(INCIDENT_ORIGIN)
    .join(SOURCE, SOURCE.c.id == INCIDENT_ORIGIN.c.source_id)
)
_PUBLISHERS = (
    select(MENTION.c.incident_id.label("id"), SOURCE.c.slug.label("code"))
    .join(REPORT, REPORT.c.id == MENTION.c.report_id)
    .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
    .where(REPORT.c.kind != "compilation")
    .distinct()
)


def _harmed(*harms: str) -> ColumnElement[bool]:
    """Whether somebody is said to have been harmed so, on whichever side."""
    columns = (INCIDENT.c[f"{name}_{end}"] for name in CASUALTIES if name.endswith(harms) for end in ("low", "high"))
    return or_(*(column > 0 for column in columns)).is_(True)


_COUNTED = or_(*(INCIDENT.c[f"{name}_{end}"].is_not(None) for name in CASUALTIES for end in ("low", "high")))
_CASUALTIES = union_all(
    *(
        select(INCIDENT.c.id, literal(code).label("code")).where(condition)
        for code, condition in (
            ("killed", _harmed("killed")),
            ("injured", _harmed("injured")),
            ("none", _COUNTED & ~_harmed("killed", "injured")),
            ("unknown", ~_COUNTED),
        )
    )
)

FILTERS = (
    _day("from", N_("From"), N_("from %(values)s"), lambda day: INCIDENT.c.date_end >= date.fromisoformat(day)),
    _day("to", N_("To"), N_("until %(values)s"), lambda day: INCIDENT.c.date_start <= date.fromisoformat(day)),
    _paired("base", N_("Base"), N_("at %(values)s"), _FAMILIES, labels="bases"),
    _paired("governorate", N_("Governorate"), N_("in the governorate of %(values)s"), _GOVERNORATES),
    _column("weapon", N_("Weapon"), N_("weapon: %(values)s"), fields.WEAPONS),
    _column("outcome", N_("Outcome"), N_("outcome: %(values)s"), fields.OUTCOMES),
    _column("time_of_day", N_("Time of day"), N_("time of day: %(values)s"), (*fields.TIMES_OF_DAY, "unknown")),
    _paired(
        "casualties", N_("Casualties"), N_("casualties: %(values)s"), _CASUALTIES, codes=("killed", "injured", "none", "unknown")
    ),
    _paired("claimed_by", N_("Claimed by"), N_("claimed by %(values)s"), _actor("claimed_by_id"), labels="actors"),
    _paired("attributed_to", N_("Attributed to"), N_("attributed to %(values)s"), _actor("attributed_to_id"), labels="actors"),
    _column("grading", N_("Support"), N_("support: %(values)s"), fields.GRADINGS[1:]),
    _column("status", N_("Review"), N_("review: %(values)s"), fields.COUNTED_STATUSES, "review_status"),
    _paired("origin", N_("Whom reports quote"), N_("as told by %(values)s"), _ORIGINS, labels="sources"),
    _paired("publisher", N_("Publisher"), N_("published by %(values)s"), _PUBLISHERS, labels="sources"),
    _column("precision", N_("Day known as"), N_("day known as: %(values)s"), fields.DATE_PRECISIONS, "date_precision"),
    _day(
        "changed",
        N_("Changed since"),
        N_("changed since %(values)s"),
        lambda day: INCIDENT.c.updated_at >= stamp_at(date.fromisoformat(day)),
    ),
    Filter("q", N_("Text"), N_("with the words “%(values)s”"), "words", _words),
)
BY_KEY = {row.key: row for row in FILTERS}
_quoted = lru_cache(maxsize=10_000)(quote_plus)  # a page has hundreds of addresses, in which the same values return


class BadFilter(ValueError):
    """Values that a filter does not take. `errors` says for each key what was wrong; `kept` is the filter without them."""

    def __init__(self, errors: Mapping[str, str], kept: "IncidentFilter") -> None:
        super().__init__(_("; ").join(_(": ").join(error) for error in errors.items()))
        self.errors, self.kept = dict(errors), kept


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What is chosen: for each key in the order of FILTERS its values. Nothing chosen is every counted incident."""

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(
        cls, pairs: Iterable[tuple[str, str]], *, known: Mapping[str, Collection[str]], strict: bool = False
    ) -> "IncidentFilter":
        """The filter that an address's `pairs` choose; empty values choose nothing.

        `known` are, by key, the codes that the register holds. Raises BadFilter; a key that is no filter counts as bad where
        `strict` is set.
        """
        good: dict[str, list[str]] = {}
        errors: dict[str, str] = {}
        for key, given in pairs:
            row, value = BY_KEY.get(key), given.strip()
            if row is None:
                if strict:
                    errors[key] = _("there is no such filter; known are %(keys)s", keys=", ".join(BY_KEY))
            elif value:
                try:
                    checked = _checked(row, value, known.get(key, row.codes))
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
        return self.with_values({key: values})

    def with_values(self, values: Mapping[str, tuple[str, ...]]) -> "IncidentFilter":
        """This filter with other values for some keys; a key without values is not chosen."""
        held = {**dict(self.chosen), **values}
        return IncidentFilter(tuple([(key, held[key]) for key in BY_KEY if held.get(key)]))

    def without(self, key: str, value: str) -> "IncidentFilter":
        """This filter with one value less."""
        return self.but(key, *(kept for kept in self.values(key) if kept != value))

    def query(self, **more: str) -> str:
        """The query string of an address that chooses this filter, with `?`; empty where nothing is chosen."""
        pairs = [(key, value) for key, values in self.chosen for value in values] + list(more.items())
        return "?" + "&".join(f"{key}={_quoted(str(value))}" for key, value in pairs) if pairs else ""

    def condition(self) -> ColumnElement[bool]:
        """The SQL of what is chosen, over `incident`; rejected, merged and withdrawn incidents are never in it."""
        return and_(COUNTED, self.matching())

    def matching(self) -> ColumnElement[bool]:
        """The same for all incidents, whether they count or not."""
        return and_(True, *(BY_KEY[key].condition(values) for key, values in self.chosen))


def _checked(row: Filter, value: str, codes: Collection[str]) -> str:
    match row.takes:
        case "day":
            try:
                iso_day(value)
            except ValueError:
                raise ValueError(_("%(value)s is no day; write it as 2023-11-04", value=repr(value[:40]))) from None
        case "codes":
            if value not in codes:
                some = ", ".join(list(codes)[:MOST_NAMED]) + (" …" if len(codes) > MOST_NAMED else "")
                raise ValueError(_("%(value)s is not known; known are %(codes)s", value=repr(value[:40]), codes=some))
        case "words":
            if len(value) > LONGEST_TEXT:
                raise ValueError(_("at most %(most)s characters can be searched for", most=LONGEST_TEXT))
            if len(value.split()) > MOST_WORDS:
                raise ValueError(_("at most %(most)s words can be searched for", most=MOST_WORDS))
            if "\0" in value:
                raise ValueError(_("a NUL cannot be searched for"))
    return value
