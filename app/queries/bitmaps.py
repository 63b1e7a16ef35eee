"""Which incidents have which value, as bitmaps in memory: what a filter finds among a million, and how many, in milliseconds.

The filter's SQL (`app.queries.filter`) says what each value means, and the bitmaps are read by it. They are of one revision.
What an act changed is read anew when the next reader comes; a reader who still sees an earlier revision takes the same step back.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap
from sqlalchemy import ColumnElement, Connection, Engine, Select, TableClause, func, select

from app.clock import stamp_at
from app.db import AnyRow, raw_rows
from app.models.tables import BASE, CHANGE, INCIDENT, MENTION
from app.models.words import INCIDENT_WORDS
from app.queries import published
from app.queries.filter import BASES, BY_KEY, FILTERS, IncidentFilter
from app.queries.once import is_writing, revision_seen
from app.queries.words import ANYWHERE, holds
from app.searching import Sought, sought

Ids = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int32]
Made = TypeVar("Made")
Place = tuple[int, int]
"""Where a row stands in the order of every list: its number (0 for none), and its id."""

AT = "at"
"""The base itself where an incident was; the filter's `base` counts it for the parent too."""
STARTED, ENDED, CHANGED = "started", "ended", "changed"
ORDERED: Mapping[str, tuple[ColumnElement[Any], int]] = {
    STARTED: (INCIDENT.c.date_start, 32),
    ENDED: (INCIDENT.c.date_end, 32),
    CHANGED: (INCIDENT.c.updated_at, 24 * 32),
}
"""What incidents are ordered by: a column (days, or hours of a stamp), and how many of them share a bitmap."""
VALUES: Mapping[str, Any] = {row.key: row.pairs for row in FILTERS if row.pairs is not None} | {AT: BASES}
"""What there are bitmaps of: pairs of incident and code."""
AT_ONCE = 500
"""Ids that one statement names."""
REMEMBERED = 128
"""Steps from revision to revision that can be taken back; and words, and selections for many, that are kept of one revision."""
LATELY = 32
"""Selections that a page asks for some times over, and the next page no more; of a million incidents each has up to 130 kB."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A number of each incident, by id; nothing is 0. In `buckets` those with numbers of the same `width`."""

    held: Numbers
    width: int
    buckets: Mapping[int, BitMap]

    @classmethod
    def of(cls, held: Numbers, width: int) -> "Ordered":
        """From the numbers alone."""
        ids = np.flatnonzero(held).astype(np.uint32)
        bucket = held[ids] // width
        by_bucket = np.argsort(bucket, kind="stable")
        named, begins = np.unique(bucket[by_bucket], return_index=True)
        members = np.split(ids[by_bucket], begins[1:]) if ids.size else []
        return cls(held, width, {int(one): BitMap(of) for one, of in zip(named, members, strict=True)})

    def since(self, first: int) -> BitMap:
        """The incidents whose number is this or greater."""
        edge = first // self.width
        found = BitMap.union(BitMap(), *(ids for bucket, ids in self.buckets.items() if bucket > edge))
        return found | BitMap(_those(self.buckets.get(edge, BitMap()), lambda ids: self.held[ids] >= first))

    def until(self, last: int) -> BitMap:
        """The incidents whose number is this or less; those with nothing are not among them."""
        edge = last // self.width
        found = BitMap.union(BitMap(), *(ids for bucket, ids in self.buckets.items() if bucket < edge))
        return found | BitMap(_those(self.buckets.get(edge, BitMap()), lambda ids: self.held[ids] <= last))

    def first(self, ids: BitMap) -> int:
        """The least number of these incidents; 0 where none has one."""
        return min(self._of_nearest(ids, sorted(self.buckets)), default=0)

    def last(self, ids: BitMap) -> int:
        """The greatest number of these incidents; 0 where none has one."""
        return max(self._of_nearest(ids, sorted(self.buckets, reverse=True)), default=0)

    def _of_nearest(self, ids: BitMap, way: Iterable[int]) -> list[int]:
        """The numbers of those in the nearest bucket on the way that has any."""
        nearest = next((self.buckets[one] & ids for one in way if self.buckets[one].intersect(ids)), BitMap())
        listed: list[int] = self.held[numbers(nearest)].tolist()
        return listed

    def latest_first(self, ids: BitMap, after: Place | None = None) -> Iterator[int]:
        """These incidents in the order of every list: the greatest number first, those with none last. Those below a place."""
        for bucket in sorted(self.buckets, reverse=True):
            if after is None or bucket <= after[0] // self.width:
                yield from reversed(self._in_order(self.buckets[bucket] & ids, below=after))
        without = ids - self._numbered()
        yield from (one for one in reversed(without) if after is None or after[0] or one < after[1])

    def place(self, incident_id: int) -> Place:
        """Where an incident stands in the order of every list."""
        return int(self.held[incident_id]), incident_id

    def above(self, ids: BitMap, place: Place) -> int | None:
        """The one of these incidents that stands next above a place."""
        without = ids - self._numbered()
        if not place[0] and (nearer := without.next_set_bit(place[1] + 1) if without and without.max() > place[1] else None):
            return nearer
        for bucket in sorted(self.buckets):
            if bucket >= place[0] // self.width and (higher := self._in_order(self.buckets[bucket] & ids, over=place)):
                return higher[0]
        return None

    def number_above(self, ids: BitMap, place: Place) -> int:
        """How many of these incidents stand above a place."""
        number, incident_id = place
        if not number:
            without = ids - self._numbered()
            return len(ids) - without.rank(incident_id)
        higher = self.since(number + 1) & ids
        same = (self.since(number) & ids) - higher
        return len(higher) + len(same) - same.rank(incident_id)

    def _numbered(self) -> BitMap:
        return BitMap.union(BitMap(), *self.buckets.values())

    def _in_order(self, ids: BitMap, *, below: Place | None = None, over: Place | None = None) -> list[int]:
        """The ids by number, the least first, and those with the same by themselves."""
        listed = numbers(ids)
        held = self.held[listed]
        if below:
            kept = (held < below[0]) | ((held == below[0]) & (listed < below[1]))
            listed, held = listed[kept], held[kept]
        if over:
            kept = (held > over[0]) | ((held == over[0]) & (listed > over[1]))
            listed, held = listed[kept], held[kept]
        ordered: list[int] = listed[np.lexsort((listed, held))].tolist()
        return ordered

    def moved(self, ids: BitMap, now: Mapping[int, int]) -> "Ordered":
        """The same where these incidents have other numbers: those in `now`, or none."""
        held = np.zeros(max(len(self.held), max(now, default=0) + 1), np.int32)
        held[: len(self.held)] = self.held
        held[_those(ids, lambda listed: listed < len(held))] = 0
        held[np.fromiter(now, np.int64)] = np.fromiter(now.values(), np.int32)
        fresh: dict[int, BitMap] = defaultdict(BitMap)
        for incident_id, number in now.items():
            if number:
                fresh[number // self.width].add(incident_id)
        return Ordered(held, self.width, _moved(self.buckets, ids, fresh))


@dataclass(frozen=True, slots=True)
class Bitmaps:
    """The incidents with each value, of one revision: by filter and code, and in order. Rejected and merged ones are among them.

    `steps` are the last revisions before it with the incidents that each had changed. `once` keeps what was made of it, `lately`
    are the last filters' finds (each page asks for its own some times over, and the next page for others), and `holding` are the
    rows of a full-text table that hold a word: many ask for the same. `listed` are rows of lists, by language and id.
    """

    revision: int
    values: Mapping[str, Mapping[str, BitMap]]
    ordered: Mapping[str, Ordered]
    steps: tuple[tuple[int, BitMap], ...] = ()
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False)
    lately: dict[Hashable, BitMap] = field(default_factory=dict, compare=False)
    holding: dict[tuple[str, Sought, str], BitMap] = field(default_factory=dict, compare=False)
    listed: dict[str, dict[int, AnyRow]] = field(default_factory=lambda: defaultdict(dict), compare=False)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes of this revision, made before or now. Nobody changes it."""
        made: Made = _kept(self.kept, key, make, REMEMBERED)
        return made

    def all_with(self, key: str, codes: Iterable[str]) -> BitMap:
        """The incidents with any of these codes."""
        held = self.values[key]
        return BitMap.union(BitMap(), *(held[code] for code in codes if code in held))

    def found(self, connection: Connection, chosen: IncidentFilter) -> BitMap:
        """The incidents that a filter finds; those that do not count are never among them."""
        counted = published.counted()
        return _kept(self.lately, (counted, chosen), lambda: self._found(connection, chosen, counted), LATELY)

    def _found(self, connection: Connection, chosen: IncidentFilter, counted: tuple[str, ...]) -> BitMap:
        parts = [self._chosen(connection, key, values) for key, values in chosen.chosen]
        every = self.once(("counted", counted), partial(self.all_with, "status", counted))
        return BitMap.intersection(every, *sorted(parts, key=len))

    def _chosen(self, connection: Connection, key: str, values: tuple[str, ...]) -> BitMap:
        if key in self.values:
            return self.all_with(key, values)
        return _kept(self.lately, (key, values), lambda: self._other(connection, key, values), LATELY)

    def _other(self, connection: Connection, key: str, values: tuple[str, ...]) -> BitMap:
        match key:
            case "from":
                return self.ordered[ENDED].since(date.fromisoformat(values[-1]).toordinal())
            case "to":
                return self.ordered[STARTED].until(date.fromisoformat(values[-1]).toordinal())
            case "changed":
                return self.ordered[CHANGED].since(_hour(stamp_at(date.fromisoformat(values[-1]))))
            case "q":
                return self.with_words(connection, INCIDENT_WORDS, sought(values[-1]))
        return _ids(connection, select(INCIDENT.c.id).where(BY_KEY[key].condition(values)))

    def with_words(
        self, connection: Connection, words: TableClause, asked: Sequence[Sought], in_columns: str = ANYWHERE
    ) -> BitMap:
        """The rows of a full-text table that hold all that was asked in these columns."""

        def rows(one: Sought) -> BitMap:
            return _ids(connection, select(words.c.rowid).where(holds(words, (one,), in_columns)))

        parts = [_kept(self.holding, (words.name, one, in_columns), partial(rows, one), REMEMBERED) for one in asked]
        return BitMap.intersection(*sorted(parts, key=len)) if parts else BitMap()


def _kept(kept: dict[Any, Made], key: Hashable, make: Callable[[], Made], most: int) -> Made:
    """What `make` makes, made before or now; of more than `most` all are forgotten."""
    made = kept.get(key)
    if made is None:
        made = make()
        if len(kept) >= most:
            kept.clear()
        kept[key] = made
    return made


def numbers(ids: BitMap) -> Ids:
    """The ids in a bitmap, ascending."""
    return np.frombuffer(ids.to_array(), np.uint32) if ids else np.zeros(0, np.uint32)


_latest: WeakKeyDictionary[Engine, Bitmaps] = WeakKeyDictionary()
_lock = threading.Lock()


def take_up(engine: Engine, kept: Bitmaps) -> None:
    """Begins with bitmaps of an earlier revision: the first reader brings them up to date."""
    with _lock:
        _latest.setdefault(engine, kept)


def bitmaps(connection: Connection) -> Bitmaps:
    """The bitmaps of the revision that a snapshot sees."""
    revision = revision_seen(connection)
    latest = _latest.get(connection.engine)
    if latest is not None and latest.revision == revision and not is_writing(connection):
        return latest
    with _lock:
        latest = _latest.get(connection.engine)
        seen = latest if latest is None or latest.revision == revision else _stepped(connection, latest, revision)
        seen = seen or _read(connection, revision)
        if not is_writing(connection) and (latest is None or seen.revision > latest.revision):
            _latest[connection.engine] = seen
    return seen


def _read(connection: Connection, revision: int) -> Bitmaps:
    """All of them, from the register."""
    values = {key: _grouped(raw_rows(connection, pairs)) for key, pairs in VALUES.items()}
    ordered = {}
    for key, (column, width) in ORDERED.items():
        chunks = raw_rows(connection, select(INCIDENT.c.id, column))
        pairs = [np.array(list(_numbered(key, chunk)), np.int32) for chunk in chunks]
        ids, held_by = np.concatenate(pairs).T if pairs else np.zeros((2, 0), np.int32)
        held = np.zeros(ids.max(initial=0) + 1, np.int32)
        held[ids] = held_by
        ordered[key] = Ordered.of(held, width)
    return Bitmaps(revision, values, ordered)


def _stepped(connection: Connection, latest: Bitmaps, revision: int) -> Bitmaps | None:
    """The bitmaps of another revision, from the latest; None for one so long ago that nothing tells what has changed."""
    if revision > latest.revision:
        ids = _touched(connection, latest.revision)
        steps = (*latest.steps, (latest.revision, ids))[-REMEMBERED:]
    elif latest.steps and latest.steps[0][0] <= revision:
        ids, steps = BitMap.union(*(ids for since, ids in latest.steps if since >= revision)), ()
    else:
        return None
    values = {}
    for key, pairs in VALUES.items():
        found = pairs.subquery()
        now = _grouped(_of(connection, select(found.c.id, found.c.code), found.c.id, ids))
        values[key] = _moved(latest.values[key], ids, now)
    ordered = {}
    for key, (column, _width) in ORDERED.items():
        chunks = _of(connection, select(INCIDENT.c.id, column), INCIDENT.c.id, ids)
        ordered[key] = latest.ordered[key].moved(ids, {one: number for chunk in chunks for one, number in _numbered(key, chunk)})
    return Bitmaps(revision, values, ordered, steps)


def _touched(connection: Connection, since: int) -> BitMap:
    """The incidents of which anything may differ since a revision."""

    def changed(subject: str) -> Select[Any]:
        return select(CHANGE.c.subject_id).where(CHANGE.c.revision > since, CHANGE.c.subject == subject)

    family = select(BASE.c.id).where(BASE.c.id.in_(changed("base")) | BASE.c.parent_id.in_(changed("base")))
    asked = (
        select(INCIDENT.c.id).where(INCIDENT.c.revision > since),
        select(CHANGE.c.subject_id).where(CHANGE.c.revision > since, CHANGE.c.subject == "incident"),
        select(MENTION.c.incident_id).where(MENTION.c.report_id.in_(changed("report")), MENTION.c.incident_id.is_not(None)),
        select(INCIDENT.c.id).where(INCIDENT.c.base_id.in_(family)),
    )
    return BitMap(one[0] for statement in asked for chunk in raw_rows(connection, statement) for one in chunk)


def _of(connection: Connection, statement: Select[Any], column: ColumnElement[int], ids: BitMap) -> Iterator[list[Any]]:
    listed = list(ids)
    for first in range(0, len(listed), AT_ONCE):
        yield from raw_rows(connection, statement.where(column.in_(listed[first : first + AT_ONCE])))


def _ids(connection: Connection, statement: Select[int]) -> BitMap:
    """The ids that a statement of one column finds. SQLite lists them: as rows of their own they would take twice as long."""
    (column,) = statement.selected_columns
    listed: str = connection.execute(statement.with_only_columns(func.json_group_array(column))).scalar_one()
    return BitMap(np.fromstring(listed[1:-1], np.uint32, sep=",") if len(listed) > len("[]") else ())


def _grouped(chunks: Iterable[list[tuple[int, str]]]) -> dict[str, BitMap]:
    found: dict[str, BitMap] = {}
    for chunk in chunks:
        of_code: dict[str, list[int]] = defaultdict(list)
        for one, code in chunk:
            of_code[code].append(one)
        for code, ids in of_code.items():
            found.setdefault(code, BitMap()).update(ids)
    return found


def _numbered(key: str, chunk: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, int]]:
    read = _hour if key == CHANGED else _day
    known: dict[str, int] = {}
    for one, written in chunk:
        text = str(written or "")[:13]
        if text not in known:
            known[text] = read(text) if text else 0
        yield one, known[text]


def _day(written: str) -> int:
    return date.fromisoformat(written[:10]).toordinal()


def _hour(stamp: str) -> int:
    # Syrian days begin with an hour, so that hours are enough to compare with one.
    return _day(stamp) * 24 + int(stamp[11:13])


def _moved(held: Mapping[Any, BitMap], ids: BitMap, now: Mapping[Any, BitMap]) -> dict[Any, BitMap]:
    """Bitmaps in which these incidents stand where they are now. Those that do not change are shared, none is written to."""
    moved = {}
    for code in held.keys() | now.keys():
        former, fresh = held.get(code, BitMap()), now.get(code, BitMap())
        same = not fresh and not former.intersect(ids)
        moved[code] = former if same else (former - ids) | fresh
    return {code: members for code, members in moved.items() if members}


def _those(ids: BitMap, which: Callable[[Any], Any]) -> Any:
    listed = numbers(ids)
    return listed[which(listed)]
