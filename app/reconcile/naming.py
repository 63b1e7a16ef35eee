"""Which incident each group of mentions is: public ids stay with the group that holds most of their mentions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.reconcile.clustering import Sighting

Held = Counter[tuple[int, int]]
"""How many mentions of a group (its index) belonged to an incident."""


@dataclass(frozen=True, slots=True)
class Naming:
    """For each group its incident (None: a new one), and for each incident that no group is the group that took most of it."""

    incidents: tuple[int | None, ...]
    absorbed: Mapping[int, int]


def name(groups: Sequence[frozenset[int]], sightings: Mapping[int, Sighting], born: Mapping[int, int]) -> Naming:
    """Gives each group the incident that most of its mentions belonged to, those that persons decided on first.

    Of equals the oldest incident comes first. A group that is left takes one that its mentions were `born` in, where that is
    free again: so an id that the machine merged away comes back when the merge does not hold.
    """
    held, decided, first = Held(), Held(), Held()
    for index, group in enumerate(groups):
        for sighting in (sightings[one] for one in group):
            if sighting.incident is not None:
                (decided if sighting.decided else held)[index, sighting.incident] += 1
            if sighting.id in born:
                first[index, born[sighting.id]] += 1
    named: dict[int, int] = {}
    for counts in (decided, held + decided, first):
        for index, incident in sorted(counts, key=lambda key: (-counts[key], key[1], min(groups[key[0]]))):
            if index not in named and incident not in named.values():
                named[index] = incident
    lost = {incident for _, incident in held} - set(named.values())
    absorbed = {one: max((key for key in held if key[1] == one), key=lambda key: held[key])[0] for one in lost}
    return Naming(tuple(named.get(index) for index in range(len(groups))), absorbed)
