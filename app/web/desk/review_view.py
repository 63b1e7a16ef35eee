"""An incident as its editor sees it: the texts with all that was read in them marked, and a form line for each field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.db import AnyRow
from app.language import _
from app.queries.desk import Newer, Text
from app.queries.incidents import IncidentPage
from app.queries.reference import Names
from app.web.claims import claim_words, value_words
from app.web.forms import FIELDS, GROUPS, Input, typed_of
from app.web.guide import guide
from app.web.marks import Piece, Quoted, pieces
from app.web.words import word

COLOURS = {
    "base": "base", "date_start": "time", "date_end": "time", "date_precision": "time", "time_of_day": "time", "weapon": "weapon",
    "attacks_low": "number", "attacks_best": "number", "attacks_high": "number", "munitions_low": "number",
    "munitions_high": "number", "intercepted_count": "number", "launched_from": "who", "claimed_by": "who",
    "attributed_to": "who", "attributed_by": "who", "origin": "who", "outcome": "outcome", "intercepted": "outcome",
    "status": "outcome",
}  # fmt: skip
"""The colour of a field, in the form and in the text; those that are not named here are `harm`."""
ASIDE = ("tally", "non_strike", "elsewhere", "unread", "anchor")
"""What is marked in a text and is no field of this incident."""

MOST_SAID = 4
"""Different sayings that are shown with a field; the incident's own page has all."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One report: its row, and its text in marked pieces (none where it has no text)."""

    report: AnyRow
    pieces: Sequence[Piece]
    others: Sequence[str]
    """The other incidents that it tells of."""


def panels(found: IncidentPage, texts: Iterable[Text], corrections: Mapping[str, AnyRow]) -> list[Panel]:
    """The reports of an incident with the words of its fields marked, and what else was read in them or was not."""
    return [panel_of(text, _own(found, text.report.id, corrections)) for text in texts]


def panel_of(text: Text, own: Iterable[Quoted] = ()) -> Panel:
    """A report with the words of some fields marked, if any, and what else was read in it or was not."""
    marked = [*own, *_aside(text)]
    others = tuple(dict.fromkeys(one.public_id for one in text.others))
    return Panel(text.report, pieces(text.report.text, marked) if text.report.text else (), others)


def _own(found: IncidentPage, report_id: int, corrections: Mapping[str, AnyRow]) -> Iterable[Quoted]:
    """The words of one report behind the fields of an incident."""
    for one in found.evidence:
        if one.mention["report_id"] != report_id:
            continue
        for claim in one.claims:
            if claim["span_start"] is not None:
                yield Quoted(claim["span_start"], claim["span_end"], claim["field"], f"field-{claim['field']}")
        if one.mention["span_start"] is not None:
            yield Quoted(one.mention["span_start"], one.mention["span_end"], "anchor", "")
    for field, row in corrections.items():
        if row.report_id == report_id and row.quote:
            yield Quoted(row.span_start, row.span_end, field, f"field-{field}")


def _aside(text: Text) -> Iterable[Quoted]:
    for kind, rows in (("tally", text.tallies), ("non_strike", text.events), ("elsewhere", text.others)):
        for row in rows:
            if row.span_start is not None:
                yield Quoted(row.span_start, row.span_end, kind, "")
    for unread in text.report.unread:
        yield Quoted(unread["start"], unread["end"], "unread", unread["why"])


def marks_of(piece: Piece) -> tuple[str, str, str]:
    """How a piece is marked: its colour, the fields that rest on it (parted by spaces), and what else is said of it."""
    fields = [mark.field for mark in piece.marks if mark.field not in ASIDE]
    aside = [mark.field for mark in piece.marks if mark.field in ASIDE]
    colour = COLOURS.get(fields[0], "harm") if fields else aside[0]
    told = {"tally": _("a total"), "non_strike": _("looks like a strike and is none"), "elsewhere": _("another incident")}
    unread = next((mark.target for mark in piece.marks if mark.field == "unread"), "")
    said = [word("field", name) for name in dict.fromkeys(fields)] or [told[name] for name in aside if name in told]
    return (
        colour,
        " ".join(dict.fromkeys(fields)),
        _("; ").join([*said, *([_("not read: %(why)s", why=unread)] if unread else [])]),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says of a field: the value in words, the report's own words, and by which rule they were read."""

    words: str
    quote: str | None
    rule: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the form: its input, what stands in it, what is wrong with it, and what speaks for which value.

    `evidence` is what its words are named by in the form; `correction` the editor's value that holds; `newer` what somebody else
    made of it meanwhile, in words.
    """

    input: Input
    label: str
    colour: str
    typed: str
    options: Sequence[tuple[str, str]]
    guide: str
    error: str
    said: Sequence[Said]
    evidence: str
    quote: str
    correction: AnyRow | None
    reports_say: str
    newer: str


@dataclass(frozen=True, slots=True)
class Part:
    """The fields of one heading; `folded` where nothing is known of any of them."""

    label: str
    lines: Sequence[Line]
    folded: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: as it is held, or as it was sent and could not be saved; then `seen` is when it was opened."""

    values: Mapping[str, str]
    evidence: Mapping[str, tuple[str, str]]
    """For each field what its words are named by, and the words."""
    errors: Mapping[str, str]
    newer: Sequence[Newer] = ()
    seen: int | None = None


def parts(found: IncidentPage | None, typed: Typed, corrections: Mapping[str, AnyRow], names: Names) -> list[Part]:
    """The form: its fields under their headings. Without an incident, an empty one."""
    uncorrected = found.uncorrected() if found else {}
    lines = [_line(one, found, typed, corrections.get(one.field), uncorrected.get(one.field), names) for one in FIELDS]
    made = []
    for group, label in GROUPS.items():
        of = [line for line in lines if line.input.group == group]
        used = any(line.typed or line.error or line.said or line.newer for line in of)
        made.append(Part(_(label), of, folded=not used and group in ("casualties", "summary", "support")))
    return made


def _line(
    one: Input, found: IncidentPage | None, typed: Typed, correction: AnyRow | None, machine: str | None, names: Names
) -> Line:
    said = [
        Said(claim_words(one.field, claim["value"], names), claim["quote"], claim["rule"])
        for claim, _mention in (found.claims(one.field) if found else ())
        if claim["value"] != "unknown"
    ]
    evidence, quote = typed.evidence.get(one.field, ("", ""))
    if not evidence and correction is not None and correction.quote:
        quote = correction.quote
    newer = [change for change in typed.newer if change.field == one.field]
    return Line(
        input=one,
        label=word("field", one.field),
        colour=COLOURS.get(one.field, "harm"),
        typed=typed.values.get(one.field, ""),
        options=options(one, names),
        guide=guide(one.field),
        error=typed.errors.get(one.field, ""),
        said=tuple(dict.fromkeys(said))[:MOST_SAID],
        evidence=evidence,
        quote=quote,
        correction=correction,
        reports_say=value_words(one.field, machine, names) if correction is not None and one.field != "grading" else "",
        newer=_newer_words(newer, names) if newer else "",
    )


def _newer_words(changes: Sequence[Newer], names: Names) -> str:
    last = changes[-1]
    before, after = (value_words(last.field, value, names) for value in (changes[0].before, last.after))
    who = last.display_name or _("the machine")
    return _("%(who)s changed it meanwhile from %(before)s to %(after)s", who=who, before=before, after=after)


def options(one: Input, names: Names) -> list[tuple[str, str]]:
    """What can be chosen for a field, as pairs of code and words; nothing first, which is unknown. Empty where it is typed."""
    if one.kind == "choice":
        label = "date_precision" if one.field == "date_precision" else one.field
        return [("", _("not known")), *((code, word(label, code)) for code in one.codes)]
    if one.kind == "slug":
        named: Mapping[str, str] = getattr(names, one.of)
        found = sorted(named.items(), key=lambda pair: pair[1].casefold())
        return [("", _("not known")), *((slug, name) for slug, name in found if slug != "unspecified")]
    return []


def shown(held: Mapping[str, str | None]) -> dict[str, str]:
    """What the form shows of the values that are held."""
    return {one.field: typed_of(one.field, held.get(one.field)) for one in FIELDS}


def earliest(found: IncidentPage) -> date | None:
    """The day on which an incident was first told of: it cannot lie after that."""
    days = [one.mention["published_date"] for one in found.evidence if one.mention["published_date"]]
    return min(days, default=None)
