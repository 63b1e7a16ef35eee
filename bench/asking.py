"""What is asked of the register and of Datasette: the same filters, none of them twice, and a mix of all pages."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from happening import BASES, CLAIMANTS, FIRST, LAST, ORIGINS, WEAPONS
from load import request

from app.fields import COUNTED_STATUSES, GRADINGS
from app.searching import words

TYPED = (
    "التنف", "كونيكو", "العمر", "الشدادي", "مسيرة", "هاون", "قذائف", "العراق", "المقاومة", "المرصد", "تموز", "آب", "فجر", "مساء",
    "هجوم", "انفجارات", "مدفعي", "أمريكي", "sohr", "tanf", "conoco", "reuters", "north press", "shafaq",
)  # fmt: skip
FACETS = ("weapon", "grading", "base_id")
CACHED = ("/", "/incidents", "/bases/al-tanf")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """One filter as pairs of the register's, and as pairs of Datasette's."""

    ours: tuple[tuple[str, str], ...]
    theirs: tuple[tuple[str, str], ...]


class Filters:
    """Draws filters, none of them twice: days, two values of a dimension, words, an origin, what changed since."""

    def __init__(self, seed: int, ids: dict[str, dict[str, int]]) -> None:
        self.draw, self.ids, self.seen = random.Random(seed), ids, set[Narrowed]()

    def __iter__(self) -> Iterator[Narrowed]:
        kinds = (self._days, self._two, self._words, self._origin, self._changed)
        number = 0
        while True:
            one = kinds[number % len(kinds)]()
            if one not in self.seen:
                self.seen.add(one)
                number += 1
                yield one

    def _day(self, first: date = FIRST, last: date = LAST) -> date:
        return first + timedelta(days=self.draw.randrange((last - first).days))

    def _since(self) -> Narrowed:
        day = self._day().isoformat()
        return Narrowed((("from", day),), (("date_end__gte", day),))

    def _days(self) -> Narrowed:
        first = self._day()
        last = (first + timedelta(days=self.draw.randrange(10, 800))).isoformat()
        ours = ("from", first.isoformat()), ("to", last)
        return Narrowed(ours, (("date_end__gte", first.isoformat()), ("date_start__lte", last)))

    def _two(self) -> Narrowed:
        key, codes, column, table = self.draw.choice(
            (
                ("weapon", tuple(WEAPONS), "weapon", ""),
                ("base", BASES[:10], "base_id", "base"),
                ("grading", GRADINGS[1:], "grading", ""),
                ("claimed_by", CLAIMANTS, "claimed_by_id", "actor"),
            )
        )
        two = self.draw.sample(codes, 2)
        held = [str(self.ids[table][code]) if table else code for code in two]
        since = self._since()
        return Narrowed((*((key, code) for code in two), *since.ours), ((f"{column}__in", ",".join(held)), *since.theirs))

    def _words(self) -> Narrowed:
        typed, since = " ".join(self.draw.sample(TYPED, 2)), self._since()
        sought = " ".join(f'"{word}"' for word in words(typed)[0].split())
        where = f"id in (select rowid from incident_words where incident_words match '{sought}')"  # noqa: S608 - of the words above
        return Narrowed((("q", typed), *since.ours), (("_where", where), *since.theirs))

    def _origin(self) -> Narrowed:
        slug, since = self.draw.choice(ORIGINS), self._since()
        where = f"id in (select incident_id from incident_origin where source_id = {self.ids['source'][slug]})"  # noqa: S608
        return Narrowed((("origin", slug), *since.ours), (("_where", where), *since.theirs))

    def _changed(self) -> Narrowed:
        day, since = self._day(date(2024, 1, 1), date(2026, 10, 1)).isoformat(), self._since()
        return Narrowed((("changed", day), *since.ours), (("updated_at__gte", day), *since.theirs))


def ours(filters: Iterator[Narrowed], page: str = "/incidents") -> Iterator[bytes]:
    """The register's page, with one filter after the other."""
    for one in filters:
        yield request(f"{page}?{urlencode(one.ours)}")


def theirs(filters: Iterator[Narrowed], database: str) -> Iterator[bytes]:
    """Datasette's page of the same table, with three facets and a hundred rows, of what counts."""
    fixed = [("_size", "100"), *(("_facet", name) for name in FACETS), counted(), ("_sort_desc", "date_start")]
    for one in filters:
        yield request(f"/{database}/incident?{urlencode([*fixed, *one.theirs])}")


def counted() -> tuple[str, str]:
    """What of the table counts, as Datasette is asked for it."""
    return "review_status__in", ",".join(COUNTED_STATUSES)


def mixed(filters: Iterator[Narrowed], incidents: int, seed: int) -> Iterator[bytes]:
    """What many readers ask: mostly pages that were asked before, some filters, incidents, searches, pictures and files."""
    draw = random.Random(seed)
    of: dict[str, Callable[[], str]] = {
        "again": lambda: draw.choice(CACHED),
        "incident": lambda: f"/incidents/SJ-{draw.randint(1, incidents):04d}",
        "filter": lambda: f"/incidents?{urlencode(next(filters).ours)}",
        "overview": lambda: f"/?{urlencode(next(filters).ours)}",
        "search": lambda: f"/search?{urlencode({'q': ' '.join(draw.sample(TYPED, draw.randint(1, 2)))})}",
        "chart": lambda: f"/timeline.svg?{urlencode(next(filters).ours)}",
        "map": lambda: f"/map.js?{urlencode(next(filters).ours)}",
        "file": lambda: (
            f"/incidents.csv?{urlencode(dict.fromkeys(('from', 'to'), FIRST + timedelta(days=draw.randrange(4_000))))}"
        ),
    }
    while True:
        (kind,) = draw.choices(list(of), (40, 20, 15, 8, 6, 5, 4, 2))
        yield request(of[kind]())
