"""Which acts are in effect: one that was undone is not, unless its undo was undone in turn; and which acts hold an incident."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select, union

from app.models.tables import ACT, CORRECTION, DECISION, RELINK


@dataclass(frozen=True, slots=True)
class Undoings:
    """What undid what. An act, its undo, the undo of that and so on are one chain; what it is about is said by its `root`."""

    undoes: Mapping[int, int]
    undone_by: Mapping[int, int]

    @classmethod
    def of(cls, connection: Connection) -> "Undoings":
        """All undoings of the register."""
        found = connection.execute(select(ACT.c.revision, ACT.c.undoes).where(ACT.c.undoes.is_not(None)))
        undoes: dict[int, int] = dict(found.all())
        return cls(undoes, {undone: undo for undo, undone in undoes.items()})

    def chain(self, revision: int) -> list[int]:
        """The acts of the chain that this one is in, the root first."""
        while revision in self.undoes:
            revision = self.undoes[revision]
        chain = [revision]
        while chain[-1] in self.undone_by:
            chain.append(self.undone_by[chain[-1]])
        return chain

    def is_in_effect(self, revision: int) -> bool:
        """Whether what the root of the chain did is done; what it did may be said by a later act, which did it again."""
        return len(self.chain(revision)) % 2 == 1

    def does(self, revision: int) -> bool:
        """Whether this very act is what does it now: the root, or the last one that did it again."""
        chain = self.chain(revision)
        return len(chain) % 2 == 1 and chain[-1] == revision


def holders(connection: Connection, undoings: Undoings, incident: int, *, after: int = 0) -> list[int]:
    """The acts after this one that hold an incident: they decided on it, corrected it, or put a mention there."""
    put_there = (RELINK.c.incident_after == incident) & RELINK.c.incident_before.is_distinct_from(incident)
    acts = union(
        select(DECISION.c.revision).where(or_(DECISION.c.incident_id == incident, DECISION.c.other_incident_id == incident)),
        select(CORRECTION.c.revision).where(CORRECTION.c.incident_id == incident),
        select(RELINK.c.revision).where(put_there, RELINK.c.linked_after != "machine"),
    )
    found = connection.execute(acts).scalars().all()
    return sorted(one for one in found if one is not None and one > after and undoings.does(one))
