"""What became of an incident's record, and when: reports that came in, and each act of an editor or of the machine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.clock import recorded
from app.db import AnyRow
from app.language import _, listed, ngettext, numeral
from app.queries.history import Act, By, Correction
from app.queries.incidents import Evidence, IncidentPage
from app.queries.reference import Names
from app.web.claims import value_words
from app.web.words import word

TOLD_OTHERWISE = {"rejected_because", "merged_into_id", "note"}
"""Fields that a history does not tell: reasons and other incidents stand beside what was done, and notes are the desk's."""
SAID_BY_KIND = {("accept", "accepted"), ("reject", "rejected"), ("reopen", "unreviewed"), ("merge", "merged")}
"""Acts and review statuses: the word for the act says the status too."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one field: its value `before` and `after` in words; where the two are one, an editor confirmed it.

    `note` says what else there is to know: that the field is the reports' again, or that it stayed an editor's.
    """

    label: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a record: on which day (in Syria), what, whose act it was, for what reason.

    `others` are incidents under what they have to do with it; None stands for one that may not be shown.
    """

    day: date
    what: str
    by: str = ""
    reason: str = ""
    changes: Sequence[Changed] = ()
    others: Mapping[str, Sequence[str | None]] | None = None
    revision: int | None = None
    undone_by: int | None = None


def signed(by: By | AnyRow | None, shown: str) -> str:
    """Whose act it was, as the setting has it: by role, or by display name. A compilation is nobody's; nobody is the machine."""
    if by is None:
        return ""
    return by.display_name if shown == "name" and by.role != "compiler" else word("role", by.role)


def history(found: IncidentPage, acts: Iterable[Act], names: Names, shown: str) -> list[Event]:
    """All that happened to an incident's record, the first first."""
    held = dict(found.uncorrected())
    events = [(stamp, 0, event) for stamp, event in _added(found.evidence)]
    for act in acts:
        changes = _before_acts(act.corrections, held, names) if act.revision is None else _changed(act, names)
        # What the reports say brought no change: their coming stands there already.
        if act.kind != "note" and (changes or act.by or act.others or act.made):
            events.append((act.made_at, act.revision or 0, _event(act, changes, shown)))
    return [event for *_place, event in sorted(events, key=lambda one: one[:2])]


def _event(act: Act, changes: Sequence[Changed], shown: str) -> Event:
    others: dict[str, list[str | None]] = {}
    for one in act.others:
        label = word("other", one.how)
        if one.mentions:
            label = ngettext("%(num)s mention %(how)s", "%(num)s mentions %(how)s", one.mentions, how=label)
        others.setdefault(label, []).append(one.public_id)
    return Event(
        day=recorded(act.made_at).date(),
        what=_what(act),
        by=signed(act.by, shown) if act.direct else "",
        reason=act.reason if act.direct else "",
        changes=changes,
        others=others,
        revision=act.revision,
        undone_by=act.undone_by,
    )


def _what(act: Act) -> str:
    if not act.direct:
        return _("Settled anew after an editor’s act on another incident")
    done = word("act", act.kind)
    if act.kind == "undo":
        done = _("Undid revision %(revision)s: %(what)s", revision=numeral(act.undoes or 0), what=word("act", act.undoes_kind))
    ground = next((one.after for one in act.changes if one.field == "rejected_as" and one.after), None)
    if ground:
        done = _(": ").join((done, word("ground", ground)))
    return _("Entered the register: %(done)s", done=done) if act.made else done


def _changed(act: Act, names: Names) -> list[Changed]:
    """What an act changed, and what it only confirmed or gave back."""
    corrected = {one.field: one for one in act.corrections}
    told = []
    for one in act.changes:
        if one.field in TOLD_OTHERWISE or (act.kind, one.after) in SAID_BY_KIND:
            continue
        if one.field == "rejected_as" and one.after and not one.before:
            continue
        before, after = (field_words(one.field, value, names) for value in (one.before, one.after))
        correction = corrected.pop(one.field, None)
        note = _("the reports’ value again") if correction and correction.withdrawn else ""
        if one.stood:
            note = _("this is what its reports say; an editor had decided, and that stands")
        told.append(Changed(word("field", one.field), before, after, note))
    return told + [_unchanged(one, names) for one in corrected.values()]


def _unchanged(one: Correction, names: Names) -> Changed:
    label = word("field", one.field)
    if one.withdrawn:
        return Changed(label, "", "", _("left to the reports, which say the same"))
    value = field_words(one.field, one.value, names)
    return Changed(label, value, value)


def _before_acts(corrections: Iterable[Correction], held: dict[str, str | None], names: Names) -> list[Changed]:
    """A correction from before acts were kept: a field held the correction before, or what its reports settle on today."""
    told = []
    for one in corrections:
        before = field_words(one.field, held[one.field], names) if one.field in held else _("the computed one")
        told.append(Changed(word("field", one.field), before, field_words(one.field, one.value, names)))
        held[one.field] = one.value
    return told


def field_words(field: str, value: str | None, names: Names) -> str:
    """What a field held in words, also of those that say what became of an incident."""
    if field == "rejected_as":
        return word("ground", value) if value else _("none")
    if field in ("rejected_because", "merged_into_id"):
        return value or _("none")
    return value_words(field, value, names)


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


def as_told(act: Act, shown: str) -> dict[str, Any]:
    """An act as the JSON of an incident gives it: codes and values, and whose it was as the setting has it."""
    return {
        "revision": act.revision,
        "kind": act.kind,
        "made_at": act.made_at,
        "by": author(act.by, shown),
        "reason": act.reason if act.direct else "",
        "changes": [
            {"field": one.field, "before": one.before, "after": one.after, "stood": one.stood}
            for one in act.changes
            if one.field not in ("merged_into_id", "note")
        ],
        "incidents": [{"event_id": one.public_id, "how": one.how, "mentions": one.mentions} for one in act.others],
        "undoes": act.undoes,
        "undone_by": act.undone_by,
    }


def author(by: By | AnyRow | None, shown: str) -> str | None:
    """Whose act it was for software: the code of a role, or a display name; nothing for the machine."""
    if by is None:
        return None
    return by.display_name if shown == "name" and by.role != "compiler" else by.role
