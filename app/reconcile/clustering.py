"""Which mentions tell of one attack: a pure function of the mentions, whatever the order in which they came."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import reduce
from itertools import combinations
from operator import add

from app.reconcile.weighing import LONGEST_AGREEING, SURE, UNSURE, Face, Weight, weigh

MARGIN = 2
"""Points by which one fit must be better than another that excludes it; else nothing is guessed."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention as clustering sees it.

    `text` is the identity of its report's text, the same for word-for-word copies, and `at` its place there, together with its
    base: two mentions of one text are two attacks, one mention in two copies is one. `incident` is the one that it belonged to
    so far, and where `decided`, a person said so.
    """

    id: int
    text: str
    at: int
    face: Face
    incident: int | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Clustering:
    """The mentions of each attack, by their ids, and the pairs of such groups that may be one attack without being surely so."""

    groups: tuple[frozenset[int], ...]
    twins: tuple[tuple[frozenset[int], frozenset[int]], ...]


@dataclass(frozen=True, eq=False)
class _Cluster:
    """A group in the making. Compared by identity: each is made once."""

    sightings: tuple[Sighting, ...]
    ids: frozenset[int] = field(init=False)
    faces: frozenset[Face] = field(init=False)
    texts: frozenset[str] = field(init=False)
    incidents: frozenset[int] = field(init=False)
    decided: bool = field(init=False)

    def __post_init__(self) -> None:
        incidents = frozenset(one.incident for one in self.sightings if one.incident is not None)
        object.__setattr__(self, "ids", frozenset(one.id for one in self.sightings))
        object.__setattr__(self, "faces", frozenset(one.face for one in self.sightings))
        object.__setattr__(self, "texts", frozenset(one.text for one in self.sightings))
        object.__setattr__(self, "incidents", incidents)
        object.__setattr__(self, "decided", any(one.decided for one in self.sightings))

    @property
    def days(self) -> frozenset[object]:
        """The days of its site under which like clusters are found."""
        return frozenset(key for face in self.faces for key in _days(face))

    def place_in(self, text: str) -> tuple[int, str]:
        """Where one of its texts tells it."""
        return min((one.at, one.face.base) for one in self.sightings if one.text == text)


Pair = frozenset[_Cluster]


def cluster(sightings: Iterable[Sighting]) -> Clustering:
    """Groups the mentions of one attack.

    What persons linked and what copies repeat is together from the start. Then the groups that fit best are joined first, all
    equals at once, as long as they surely fit, and only where no other fit that would exclude it is nearly as good. What may
    fit without being sure is a twin.
    """
    clusters = _given(sightings)
    pairs = [pair for pair in _neighbours(clusters) if _may_join(*pair) and _may_be_one(*pair)]
    groups: list[_Cluster] = []
    twins: list[Pair] = []
    for linked in _linked(pairs, clusters):
        joining = _Joining(*linked)
        joining.run()
        groups += joining.beside
        twins += joining.twins()
    return Clustering(tuple(one.ids for one in groups), tuple((one.ids, other.ids) for one, other in map(tuple, twins)))


def reach(sightings: Iterable[Sighting], ids: Iterable[int]) -> frozenset[int]:
    """The mentions that can have a say on which attack these tell of: their like, the like of those, and all of one incident.

    Clustering them alone groups them as clustering all mentions would. Of two incidents that persons decided on neither has a say
    on the other: only what is still free can be between them.
    """
    clusters = _given(sightings)
    wanted = frozenset(ids)
    waiting = [one for one in clusters if not wanted.isdisjoint(one.ids)]
    by_day, mates = defaultdict[object, set[_Cluster]](set), defaultdict[int, set[_Cluster]](set)
    for one in clusters:
        for key in one.days:
            by_day[key].add(one)
        for incident in one.incidents:
            mates[incident].add(one)
    reached = set(waiting)
    while waiting:
        one = waiting.pop()
        of_its_days = set().union(*(by_day[key] for key in one.days)) - reached
        new = {other for other in of_its_days if not (one.decided and other.decided) and _may_be_one(one, other)}
        new = new.union(*(mates[incident] for incident in one.incidents)) - reached
        reached |= new
        waiting += new
    return frozenset().union(*(one.ids for one in reached))


def _given(sightings: Iterable[Sighting]) -> list[_Cluster]:
    """The clusters to start from: decided ones, copies, and what looks the same wherever its text has as many of the kind."""
    told: dict[tuple[str, int, str], list[Sighting]] = defaultdict(list)
    for one in sorted(sightings, key=lambda one: (one.text, one.at, one.face.base, one.id)):
        told[one.text, one.at, one.face.base].append(one)
    copies = {place: _as_first_told(ones) for place, ones in told.items()}
    alike = Counter((text, face) for (text, _, _), ones in copies.items() if (face := _free_face(ones)))
    nth: Counter[tuple[str, Face]] = Counter()
    together: dict[object, list[Sighting]] = defaultdict(list)
    for place, ones in copies.items():
        text = place[0]
        if face := _free_face(ones):
            together[face, nth[text, face], alike[text, face]] += ones
            nth[text, face] += 1
            continue
        decided = {one.incident for one in ones if one.decided}
        for one in ones:
            # Copies go with the one that a person linked, unless persons linked them to several.
            chosen = {one.incident} if one.decided else decided
            together[next(iter(chosen)) if len(chosen) == 1 else place].append(one)
    return [_Cluster(tuple(ones)) for ones in together.values()]


def _as_first_told(copies: Sequence[Sighting]) -> list[Sighting]:
    """Copies as the first of them says: what is relative to a day of publication is right in that one alone."""
    first = min((one.face for one in copies), key=lambda face: (face.start is None, face.start, repr(face)))
    return [one if one.decided else replace(one, face=first) for one in copies]


def _free_face(copies: Sequence[Sighting]) -> Face | None:
    """The face of a mention and its copies, if it can be compared and nobody decided on them."""
    return copies[0].face if copies[0].face.can_be_compared and not any(one.decided for one in copies) else None


def _neighbours(clusters: Iterable[_Cluster]) -> set[Pair]:
    """The pairs of clusters that tell of the same days of one site, or of days beside each other."""
    by_day: dict[object, list[_Cluster]] = defaultdict(list)
    for one in clusters:
        for key in one.days:
            by_day[key].append(one)
    return {frozenset(pair) for beside in by_day.values() for pair in combinations(beside, 2)}


def _days(face: Face) -> Iterator[object]:
    if face.start is None:
        return
    end = face.end or face.start
    if end - face.start > LONGEST_AGREEING:
        yield face.site, face.start, end
        return
    yield from ((face.site, face.start + DAY * number) for number in range((end - face.start).days + 2))
    yield from ((face.site, day) for day in face.alternatives)


def _may_be_one(one: _Cluster, other: _Cluster) -> bool:
    return any(weigh((ours,), (theirs,)).points >= UNSURE for ours in one.faces for theirs in other.faces)


def _linked(pairs: Iterable[Pair], clusters: Iterable[_Cluster]) -> Iterator[tuple[set[_Cluster], set[Pair]]]:
    """The clusters that pairs link, directly or through others, each such set with its pairs."""
    of: dict[_Cluster, set[Pair]] = {one: set() for one in clusters}
    for pair in pairs:
        for one in pair:
            of[one].add(pair)
    seen: set[_Cluster] = set()
    for first in of:
        if first in seen:
            continue
        found, waiting, inside = {first}, [first], set[Pair]()
        while waiting:
            for pair in of[waiting.pop()] - inside:
                inside.add(pair)
                new = pair - found
                found |= new
                waiting += new
        seen |= found
        yield found, inside


class _Joining:
    """Linked clusters while they are joined, with the weight of each pair of them that may be one attack."""

    def __init__(self, clusters: Iterable[_Cluster], pairs: Iterable[Pair]) -> None:
        self.beside: dict[_Cluster, set[_Cluster]] = {one: set() for one in clusters}
        self.weights: dict[Pair, Weight] = {}
        self.parted: set[Pair] = set()
        for one, other in map(tuple, pairs):
            self._meet(one, other, weigh(one.faces, other.faces))

    def run(self) -> None:
        """Joins until nothing more is sure."""
        # Mostly nothing speaks against anything. What is left apart here is looked at more closely below.
        self._join_all([pair for pair in self.weights if self._fits(pair)])
        while best := self._best():
            self.parted |= self._join_all(best)
        for alike in self._told_in_order():
            self._join(alike)

    def twins(self) -> list[Pair]:
        """The pairs that may be one attack and are left apart."""
        return [pair for pair, weight in self.weights.items() if weight.points >= UNSURE and _may_join(*pair)]

    def _join_all(self, pairs: Collection[Pair]) -> set[Pair]:
        """Joins what these pairs link, wherever nothing in it excludes another. Returns the pairs of the rest."""
        rest: set[Pair] = set()
        for clusters, inside in _linked(pairs, frozenset().union(*pairs)):
            if self._exclude_each_other(clusters):
                rest |= inside
            else:
                self._join(clusters)
        return rest

    def _best(self) -> list[Pair]:
        """The pairs that fit best of those that no other fit excludes: several where they fit equally."""
        fitting: dict[float, list[Pair]] = defaultdict(list)
        for pair, weight in self.weights.items():
            if weight.points >= SURE and self._fits(pair):
                fitting[weight.points].append(pair)
        for points in sorted(fitting, reverse=True):
            if free := [pair for pair in fitting[points] if not any(self._is_torn(one, pair) for one in pair)]:
                return free
        return []

    def _fits(self, pair: Pair) -> bool:
        weight = self.weights.get(pair)
        return weight is not None and weight.points >= SURE and pair not in self.parted and _may_join(*pair)

    def _excludes(self, pair: Pair) -> bool:
        """Whether two clusters cannot both be part of one attack: not for want of likeness, but because something forbids it."""
        one, other = pair
        weight = self.weights.get(pair) or weigh(one.faces, other.faces)
        return not _may_join(one, other) or pair in self.parted or (weight.points < SURE and weight.against)

    def _is_torn(self, one: _Cluster, pair: Pair) -> bool:
        """Whether another cluster fits it nearly as well, and cannot be one with its partner."""
        (partner,) = pair - {one}
        nearly = self.weights[pair].points - MARGIN
        return any(
            self.weights[rivalry].points > nearly and self._fits(rivalry) and self._excludes(frozenset((rival, partner)))
            for rival in self.beside[one] - {partner}
            for rivalry in (frozenset((one, rival)),)
        )

    def _told_in_order(self) -> list[tuple[_Cluster, ...]]:
        """Reports that each tell as many attacks, of which none fits one better than another, tell them in their order."""
        sure = [pair for pair in self.weights if self._fits(pair)]
        told: list[tuple[_Cluster, ...]] = []
        for clusters, pairs in _linked(sure, frozenset().union(*sure)):
            alike: dict[frozenset[_Cluster], list[_Cluster]] = defaultdict(list)
            for one in clusters:
                alike[frozenset(other for pair in pairs if one in pair for other in pair - {one})].append(one)
            longest = max(map(len, alike.values()))
            series = [_in_their_order(ones) for ones in alike.values() if len(ones) == longest]
            if longest > 1 and all(series):
                told += [ones for ones in zip(*series, strict=True) if not self._exclude_each_other(ones)]
        return told

    def _exclude_each_other(self, clusters: Iterable[_Cluster]) -> bool:
        return any(self._excludes(frozenset(pair)) for pair in combinations(clusters, 2))

    def _join(self, clusters: Iterable[_Cluster]) -> None:
        former = tuple(clusters)
        joined = _Cluster(tuple(sighting for one in former for sighting in one.sightings))
        others = set().union(*(self.beside[one] for one in former)).difference(former)
        self.beside[joined] = set()
        for other in others:
            parts = [self.weights.get(frozenset((one, other))) or weigh(one.faces, other.faces) for one in former]
            self._meet(joined, other, reduce(add, parts))
            self.beside[other].difference_update(former)
        for one in former:
            for other in self.beside.pop(one):
                self.weights.pop(frozenset((one, other)), None)

    def _meet(self, one: _Cluster, other: _Cluster, weight: Weight) -> None:
        self.weights[frozenset((one, other))] = weight
        self.beside[one].add(other)
        self.beside[other].add(one)


def _in_their_order(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """Clusters in the order of the first text that tells them all; none where no text does."""
    shared = frozenset.intersection(*(one.texts for one in clusters))
    return sorted(clusters, key=lambda one: one.place_in(min(shared))) if shared else []


def _may_join(one: _Cluster, other: _Cluster) -> bool:
    """No report tells one attack as two, and what persons hold to be two incidents stays two."""
    return one.texts.isdisjoint(other.texts) and not (one.decided and other.decided)
