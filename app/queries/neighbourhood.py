"""Gathers the mentions that can have a say on which incident others tell of, and shows them to `reconcile` as it sees them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, select

from app.db import AnyRow
from app.extract import values
from app.fields import UNSPECIFIED
from app.models.tables import ACT, BASE, CLAIM, CORRECTION, DECISION, INCIDENT, MENTION, REPORT, SOURCE
from app.reconcile.clustering import Sighting, reach
from app.reconcile.settling import Telling
from app.reconcile.weighing import BESIDE, LONGEST_AGREEING, face_of

FACE_FIELDS = (
    "base", "date_start", "date_end", "time_of_day", "weapon", "munitions_low", "munitions_high", "claimed_by", "origin",
)  # fmt: skip


# Statements that every report needs stand here ready made: to build one takes longer than to run it.
_BASES = select(BASE.c.id, BASE.c.slug, BASE.c.parent_id)
_ATTACKED = select(SOURCE.c.slug).where(SOURCE.c.speaks_for == "attacked")
_MENTIONS = select(
    *(MENTION.c[column] for column in ("id", "incident_id", "born_id", "linked_by", "position", "nth", "report_id")),
    REPORT.c.text_hash,
).join(REPORT, REPORT.c.id == MENTION.c.report_id)
_COPIES = _MENTIONS.where(REPORT.c.text_hash.in_(bindparam("texts", expanding=True)))
_MATES = _MENTIONS.where(MENTION.c.incident_id.in_(bindparam("incidents", expanding=True)))
_OF_DAYS = _MENTIONS.where(
    MENTION.c.base_id.in_(bindparam("family", expanding=True)),
    MENTION.c.date_start.between(bindparam("first"), bindparam("last")),
)
_FREE_OF_DAYS = _OF_DAYS.where(MENTION.c.linked_by == "machine")
_MOVED = _MENTIONS.where(
    MENTION.c.incident_id.in_(
        select(CORRECTION.c.incident_id)
        .join(INCIDENT, INCIDENT.c.id == CORRECTION.c.incident_id)
        .where(CORRECTION.c.field.in_(("base", "date_start", "date_end")))
        .where(INCIDENT.c.base_id.in_(bindparam("family", expanding=True)))
        .where(INCIDENT.c.date_start.between(bindparam("first"), bindparam("last")))
    )
)
_CLAIMS = (
    select(CLAIM.c.mention_id, CLAIM.c.field, CLAIM.c.value, CLAIM.c.rule, CLAIM.c.alternative)
    .where(CLAIM.c.mention_id.in_(bindparam("mentions", expanding=True)), CLAIM.c.field.in_(FACE_FIELDS))
    .order_by(CLAIM.c.id)
)
_LATER = CORRECTION.alias()
_SAME_FIELD = (_LATER.c.incident_id == CORRECTION.c.incident_id) & (_LATER.c.field == CORRECTION.c.field)
STANDS = CORRECTION.c.withdrawn.is_(False) & ~exists().where(_SAME_FIELD, _LATER.c.id > CORRECTION.c.id)
"""Whether a correction holds: it is the last of its field, and does not give the field back to the reports."""
UNDONE = exists().where(ACT.c.undoes == DECISION.c.revision)
"""Whether a decision was undone."""
_CORRECTIONS = select(CORRECTION.c.incident_id, CORRECTION.c.field, CORRECTION.c.value).where(
    CORRECTION.c.incident_id.in_(bindparam("incidents", expanding=True)), CORRECTION.c.field.in_(FACE_FIELDS), STANDS
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mention that is about to be stored: what was read, where it stands in the text, and the how manieth attack it is called.

    Where it takes the place of a `former` mention (its id), or is linked by hand: its incident, who linked it, where it was born.
    """

    mention: values.Mention
    position: int
    nth: int | None = None
    incident: int | None = None
    linked_by: str = "machine"
    born: int | None = None
    former: int | None = None

    @property
    def base(self) -> str:
        """The slug of its base."""
        return self.mention.value("base") or UNSPECIFIED


class Neighbourhood:
    """The mentions of the register that can have a say on where others belong, fetched as far as they reach."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        bases = connection.execute(_BASES).all()
        slugs = {row.id: row.slug for row in bases}
        self.bases = {row.slug: row.id for row in bases}
        self.sites = {row.slug: slugs.get(row.parent_id, row.slug) for row in bases}
        self.attacked = frozenset(connection.execute(_ATTACKED).scalars())
        self.born: dict[int, int] = {}
        self.found: dict[int, Sighting] = {}

    def arrive(self, text: str, arrival: Arrival) -> Sighting:
        """Adds a mention that is not stored yet, under a number that no stored one has."""
        decided = arrival.linked_by != "machine"
        fixed = self._corrected([arrival.incident])[arrival.incident] if decided and arrival.incident else {}
        face = face_of(arrival.mention.claims, sites=self.sites, attacked=self.attacked, nth=arrival.nth, corrected=fixed)
        arrived = Sighting(-1 - len(self.found), text, arrival.position, face, arrival.incident, decided=decided)
        self.found[arrived.id] = arrived
        if arrival.born:
            self.born[arrived.id] = arrival.born
        return arrived

    def base_of(self, group: Iterable[int]) -> int:
        """A base for a new incident of this group, until it is settled."""
        return self.bases[self.found[min(group)].face.base]

    def around(self, left: Collection[int]) -> Mapping[int, Sighting]:
        """What arrived, and all mentions that clustering must see with it and with those of `left`, by their ids."""
        arrived = list(self.found.values())
        self._fetch(_COPIES, texts=sorted({one.text for one in arrived}))
        self._fetch(_MATES, incidents=sorted({*left, *_incidents(arrived)}))
        seeds = set(self.found)
        asked: dict[tuple[str, bool], tuple[date, date]] = {}
        while True:
            reached = {one: self.found[one] for one in reach(tuple(self.found.values()), seeds)}
            wanted = [(where, *span) for where, span in _spans(reached.values()).items() if not _covers(asked.get(where), span)]
            mates = self._fetch(_MATES, incidents=sorted(_incidents(reached.values())))
            copies = self._fetch(_COPIES, texts=sorted({one.text for one in reached.values()}))
            if not (wanted or mates or copies):
                return reached
            for where, first, last in wanted:
                low, high = asked.get(where, (first, last))
                asked[where] = (min(low, first - BESIDE), max(high, last + BESIDE))
                self._fetch_days(*where, *asked[where])

    def of(self, incidents: Collection[int]) -> Mapping[int, list[Sighting]]:
        """The mentions of each of these incidents."""
        self._fetch(_MATES, incidents=sorted(incidents))
        return {incident: [one for one in self.found.values() if one.incident == incident] for incident in incidents}

    def _fetch_days(self, site: str, decided: bool, first: date, last: date) -> None:
        family = [self.bases[slug] for slug, top in self.sites.items() if top == site]
        days = {"family": family, "first": first - LONGEST_AGREEING, "last": last}
        if decided:
            # Nothing that persons linked elsewhere has a say on what they linked here: in a dense time those are thousands.
            self._fetch(_FREE_OF_DAYS, **days)
            return
        self._fetch(_OF_DAYS, **days)
        # A correction moves an incident to another day or site, and its mentions with it.
        self._fetch(_MOVED, **days)

    def _fetch(self, statement: Select[Any], **wanted: object) -> bool:
        """Adds the mentions that are wanted and not there yet; False where there are none."""
        if [] in wanted.values():
            return False
        new = [row for row in self.connection.execute(statement, wanted) if row.id not in self.found]
        if not new:
            return False
        claims: dict[int, list[AnyRow]] = defaultdict(list)
        for claim in self.connection.execute(_CLAIMS, {"mentions": [row.id for row in new]}):
            claims[claim.mention_id].append(claim)
        corrected = self._corrected({row.incident_id for row in new if row.linked_by != "machine"})
        for row in new:
            # One that the machine linked shows its own face, as when it arrived: else where it is would say where it belongs.
            fixed = corrected[row.incident_id] if row.linked_by != "machine" else {}
            face = face_of(claims[row.id], sites=self.sites, attacked=self.attacked, nth=row.nth, corrected=fixed)
            text = row.text_hash or f"report {row.report_id}"
            self.found[row.id] = Sighting(row.id, text, row.position, face, row.incident_id, decided=row.linked_by != "machine")
            self.born[row.id] = row.born_id
        return True

    def _corrected(self, incidents: Collection[int]) -> Mapping[int, dict[str, str | None]]:
        found: Mapping[int, dict[str, str | None]] = defaultdict(dict)
        if incidents:
            for incident, name, value in self.connection.execute(_CORRECTIONS, {"incidents": sorted(incidents)}):
                found[incident][name] = value
        return found


def telling_of(row: AnyRow) -> Telling:
    """Where a mention stands among those of its incident, from its row with its report's text_hash, url and published_date."""
    # A text that was taken down may have neither: it is like no other.
    return Telling(row.text_hash or row.url or f"report {row.report_id}", str(row.published_date or ""), row.position)


def incidents_around(connection: Connection, incidents: Collection[int]) -> frozenset[int]:
    """These incidents, and all whose mentions can have a say on which attack theirs tell of."""
    return frozenset(incidents) | _incidents(Neighbourhood(connection).around(incidents).values())


def _incidents(sightings: Iterable[Sighting]) -> set[int]:
    return {one.incident for one in sightings if one.incident is not None}


def _spans(sightings: Iterable[Sighting]) -> dict[tuple[str, bool], tuple[date, date]]:
    """For each site, and apart for what persons decided on, the days on which like mentions may lie."""
    spans: dict[tuple[str, bool], tuple[date, date]] = {}
    for sighting in sightings:
        face = sighting.face
        if face.start is None or face.end is None or face.site == UNSPECIFIED:
            continue
        # One that is dated loosely is like others of the very same days alone.
        loose = face.end - face.start > LONGEST_AGREEING
        first, last = (face.start, face.start) if loose else (face.start - BESIDE, face.end + BESIDE)
        low, high = spans.get((face.site, sighting.decided), (first, last))
        spans[face.site, sighting.decided] = min(low, first), max(high, last)
    return spans


def _covers(asked: tuple[date, date] | None, span: tuple[date, date]) -> bool:
    return asked is not None and asked[0] <= span[0] and span[1] <= asked[1]
