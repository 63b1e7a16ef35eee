"""What became of an incident's record, and when: reports that came in, corrections, decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.clock import recorded
from app.language import _, listed, ngettext
from app.queries.incidents import Evidence, IncidentPage
from app.queries.reference import Names
from app.web.claims import value_words
from app.web.words import word


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a record: on which day (in Syria), what, whose act it was, for what reason.

    A correction has the value `before` and `after` in words; a decision about two incidents the public id of the `other`.
    """

    day: date
    what: str
    by: str = ""
    reason: str = ""
    before: str = ""
    after: str = ""
    other: str = ""


def history(found: IncidentPage, names: Names) -> list[Event]:
    """All that happened to an incident's record, the first first."""
    events = _added(found.evidence) + _corrected(found, names)
    events += [
        (
            one.made_at,
            Event(
                recorded(one.made_at).date(),
                word("decision", one.kind),
                word("role", one.role),
                one.reason,
                other=one.other or "",
            ),
        )
        for one in found.decisions
    ]
    return [event for _made_at, event in sorted(events, key=lambda pair: pair[0])]


def _added(evidence: Iterable[Evidence]) -> list[tuple[str, Event]]:
    """The reports that came in, those of one day together."""
    by_day: dict[date, list[Evidence]] = {}
    for one in sorted(evidence, key=lambda one: str(one.mention["added_at"])):
        by_day.setdefault(recorded(one.mention["added_at"]).date(), []).append(one)
    events = []
    for day, added in by_day.items():
        if any(one.mention["kind"] == "compilation" for one in added):
            events.append((str(added[0].mention["added_at"]), Event(day, _("Its facts were compiled by hand."))))
        reports = {
            one.mention["report_id"]: str(one.mention["publisher"]) for one in added if one.mention["kind"] != "compilation"
        }
        if not reports:
            continue
        sentence = ngettext(
            "%(num)s report was added: %(publishers)s",
            "%(num)s reports were added: %(publishers)s",
            len(reports),
            publishers=listed(dict.fromkeys(reports.values())),
        )
        events.append((str(added[0].mention["added_at"]), Event(day, sentence)))
    return events


def _corrected(found: IncidentPage, names: Names) -> list[tuple[str, Event]]:
    """The corrections: what a field held before is the correction before, or else what its reports alone settle on today."""
    held = dict(found.uncorrected())
    events = []
    for one in found.corrections:
        before = value_words(one.field, held[one.field], names) if one.field in held else _("the computed one")
        event = Event(
            recorded(one.made_at).date(),
            word("field", one.field),
            word("role", one.role),
            one.reason,
            before=before,
            after=value_words(one.field, one.value, names),
        )
        events.append((one.made_at, event))
        held[one.field] = one.value
    return events
