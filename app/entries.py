"""Bases, actors and sources as editors type them: what each field may hold, how a change of it is kept, and what it renames."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from app import fields
from app.extract import renaming
from app.extract.gazetteer import Alias, BaseName, Gazetteer, PartyName
from app.language import _

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG, LONGEST_ALIAS = 64, 120
RESERVED = ("none", "new")
"""Words of addresses and filters, which nothing can be called."""
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_LINE, _TEXT = 200, fields.LONGEST_TEXT


class BadEntry(ValueError):
    """What was typed cannot be kept: by field what is wrong with it, in the language that is spoken."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in errors.items()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry: in which form it is typed (see _READ), for a code which there are, and whether it is needed."""

    name: str
    form: str = "line"
    codes: tuple[str, ...] = ()
    required: bool = False


_NAMES = (Field("name_en", required=True), Field("name_ar"))
_NOTES = (Field("note", "text"), Field("urls", "links"))
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "base": (
        Field("short_en", required=True),
        *(replace(one, required=True) for one in _NAMES),
        Field("kind", "code", fields.BASE_KINDS, required=True),
        Field("parent", "slug"),
        Field("country", "country", required=True),
        Field("governorate"),
        Field("governorate_note"),
        Field("nearest_town"),
        Field("latitude", "number"),
        Field("longitude", "number"),
        Field("geo_precision", "code", ("", "1", "2", "3")),
        Field("point_note"),
        Field("point_source", "link"),
        Field("in_sohr_breakdown", "check"),
        *_NOTES,
    ),
    "source": (
        *_NAMES,
        Field("kind", "code", fields.SOURCE_KINDS, required=True),
        Field("speaks_for", "code", fields.SIDES),
        Field("alignment"),
        Field("host", "host"),
        *_NOTES,
    ),
    "actor": (*_NAMES, Field("kind", "code", fields.ACTOR_KINDS, required=True), Field("member_of", "slug"), *_NOTES),
}
"""The fields of each kind of entry, in the order of its form. Its slug is given once, when it is made."""
ALIAS_FIELDS = (Field("alias", required=True), Field("lang", "code", ("ar", "en"), required=True))
BOUNDS = (Field("valid_from", "day"), Field("valid_to", "day"))
STATUS_FIELDS = (
    Field("date", "month", required=True),
    Field("event", required=True),
    Field("state", "code", ("", *fields.BASE_STATES)),
    Field("status_note"),
    Field("url", "link"),
)

Typed = Mapping[str, str]
Kept = str | None
"""A value as a change of it is kept: a text, or nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One field of an entry that changes: what it held, and what it holds then. An alias or an event of a base comes or goes."""

    field: str
    before: Kept
    after: Kept

    @property
    def back(self) -> "Step":
        """The same the other way round."""
        return Step(self.field, self.after, self.before)


def read_entry(subject: str, typed: Typed) -> dict[str, Kept]:
    """What was typed into the form of an entry, field by field as it is kept. Raises BadEntry."""
    found, errors = _read(FIELDS[subject], typed)
    if subject == "base" and not errors:
        errors = _wrong_point(found)
    if errors:
        raise BadEntry(errors)
    return found


def read_slug(typed: str) -> str:
    """The word that a new entry is known by for good. Raises BadEntry."""
    slug = fields.without_marks(typed)
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in RESERVED:
        wrong = _(
            "Small Latin letters and digits, with single hyphens between them: al-tanf. At most %(most)s.", most=LONGEST_SLUG
        )
        raise BadEntry({"slug": wrong})
    return slug


def read_alias(subject: str, typed: Typed) -> str:
    """A spelling with its language, for a base also its first and last day, as it is kept. Raises BadEntry."""
    found, errors = _read((*ALIAS_FIELDS, *(BOUNDS if subject == "base" else ())), typed)
    text = found.get("alias") or ""
    if "alias" not in errors and renaming.is_too_short(subject, text):
        errors["alias"] = _("A name needs two letters at least, articles and brackets not counted: it would be found everywhere.")
    elif len(text) > LONGEST_ALIAS:
        errors["alias"] = _("At most %(most)s characters.", most=LONGEST_ALIAS)
    first, last = found.get("valid_from"), found.get("valid_to")
    if first and last and first > last:
        errors["valid_to"] = _("The last day comes before the first.")
    if errors:
        raise BadEntry(errors)
    return kept_row({"text": text, **{name: value for name, value in found.items() if name != "alias"}})


def read_status(typed: Typed) -> str:
    """An event in a base's history, as it is kept. Raises BadEntry."""
    found, errors = _read(STATUS_FIELDS, typed)
    if errors:
        raise BadEntry(errors)
    return kept_row({name.removeprefix("status_"): value for name, value in found.items()})


def kept_row(row: Mapping[str, object]) -> str:
    """An alias, or an event of a base, as it is kept: what it holds as JSON."""
    return json.dumps({name: str(value) for name, value in row.items() if value not in (None, "")}, ensure_ascii=False)


def row_of(kept: str) -> dict[str, str]:
    """The alias or event that was kept so."""
    return {str(name): str(value) for name, value in json.loads(kept).items()}


def kept_value(form: str, value: Any) -> Kept:
    """The value of an entry's column as it is kept: a list has a line for each, a truth is `yes` or nothing."""
    if form == "links":
        return "\n".join(value) or None
    if form == "check":
        return "yes" if value else None
    return None if value is None or value == "" else str(value)


def column_value(subject: str, name: str, kept: Kept) -> Any:
    """What the column of a field holds; that of a slug is found by who writes it."""
    form = next((one.form for one in FIELDS[subject] if one.name == name), "line")
    match form:
        case "links":
            return kept.split("\n") if kept else []
        case "check":
            return bool(kept)
        case "number":
            return float(kept) if kept else None
        case "slug":
            return kept
    if name == "geo_precision":
        return int(kept) if kept else None
    return kept or ""


def differences(subject: str, held: Mapping[str, Kept], wanted: Mapping[str, Kept]) -> list[Step]:
    """The fields that change."""
    of = ((one.name, held.get(one.name), wanted.get(one.name)) for one in FIELDS[subject])
    return [Step(name, before, after) for name, before, after in of if before != after]


# Reading of what was typed.


def _read(asked: Iterable[Field], typed: Typed) -> tuple[dict[str, Kept], dict[str, str]]:
    found: dict[str, Kept] = {}
    errors: dict[str, str] = {}
    for field in asked:
        text = typed.get(field.name, "").strip()
        try:
            if field.required and not text:
                raise ValueError(_("This is needed."))
            found[field.name] = _READ[field.form](field, text) if text else None
        except ValueError as error:
            errors[field.name] = str(error)
    return found, errors


def _line(_field: Field, text: str) -> str:
    if fields.CONTROL.search(text):
        raise ValueError(_("One line without control characters."))
    return _short(text, _LINE)


def _text(_field: Field, text: str) -> str:
    text = text.replace("\r\n", "\n")
    if fields.CONTROL.search(text.replace("\n", " ")):
        raise ValueError(_("No control characters."))
    return _short(text, _TEXT)


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(_("At most %(most)s characters.", most=most))
    return text


def _code(field: Field, text: str) -> str:
    if text not in field.codes:
        raise ValueError(_("None of those that can be chosen."))
    return text


def _slug(_field: Field, text: str) -> str:
    return fields.without_marks(text)


def _country(_field: Field, text: str) -> str:
    code = fields.without_marks(text).upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise ValueError(_("Two letters, as SY or IQ (ISO 3166)."))
    return code


def _number(field: Field, text: str) -> str:
    most = 90 if field.name == "latitude" else 180
    plain = fields.western(fields.without_marks(text)).replace("٫", ".").replace("−", "-")
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,8})?", plain) or abs(float(plain)) > most:
        raise ValueError(_("Degrees from -%(most)s to %(most)s, as 33.51.", most=most))
    return str(float(plain))


def _day(_field: Field, text: str) -> str:
    return _as_day(fields.western(fields.without_marks(text)), _("Write the day as 2023-11-04."))


def _month(_field: Field, text: str) -> str:
    plain, wrong = fields.western(fields.without_marks(text)), _("Write the day as 2023-11-04, or the month as 2023-11.")
    return _as_day(f"{plain}-01", wrong)[:7] if len(plain) == len("2023-11") else _as_day(plain, wrong)


def _as_day(text: str, wrong: str) -> str:
    try:
        return fields.iso_day(text).isoformat()
    except ValueError:
        raise ValueError(wrong) from None


def _link(_field: Field, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or fields.CONTROL.search(text) or " " in text:
        raise ValueError(_("An address that begins with http:// or https://."))
    return _short(text, _TEXT)


def _links(field: Field, text: str) -> str:
    return "\n".join(_link(field, line.strip()) for line in text.splitlines() if line.strip())


def _host(_field: Field, text: str) -> str:
    host = fields.without_marks(text).lower()
    if not _HOST.fullmatch(host) or len(host) > _LINE:
        raise ValueError(_("The name of a site alone, as www.example.org."))
    return host


def _check(_field: Field, _text: str) -> str:
    return "yes"


_READ: Mapping[str, Callable[[Field, str], str]] = {
    "line": _line, "text": _text, "code": _code, "slug": _slug, "country": _country, "number": _number, "day": _day,
    "month": _month, "link": _link, "links": _links, "host": _host, "check": _check,
}  # fmt: skip


def _wrong_point(found: Mapping[str, Kept]) -> dict[str, str]:
    """A point has both numbers and says how near the site it is; where there is none, at most the governorate is known."""
    if (found["latitude"] is None) != (found["longitude"] is None):
        missing = "latitude" if found["latitude"] is None else "longitude"
        return {missing: _("A point has both a latitude and a longitude.")}
    if (found["latitude"] is not None) != (found["geo_precision"] in ("1", "2")):
        return {"geo_precision": _("A point is one of the site or near it; without a point at most the governorate is known.")}
    return {}


# What changes in the names that extraction looks for.


def renamed(gazetteer: Gazetteer, subject: str, slug: str, steps: Sequence[Step]) -> Gazetteer:
    """The gazetteer as these steps leave it."""
    for step in steps:
        gazetteer = _with_step(gazetteer, subject, slug, step)
    return gazetteer


def _with_step(gazetteer: Gazetteer, subject: str, slug: str, step: Step) -> Gazetteer:
    match subject:
        case "base":
            return replace(gazetteer, bases=tuple(_base(one, step) if one.slug == slug else one for one in gazetteer.bases))
        case "actor":
            return replace(gazetteer, actors=_parties(gazetteer.actors, slug, step))
    return replace(gazetteer, sources=_parties(gazetteer.sources, slug, step))


def _parties(parties: tuple[PartyName, ...], slug: str, step: Step) -> tuple[PartyName, ...]:
    return tuple(_party(one, step) if one.slug == slug else one for one in parties)


def _base(one: BaseName, step: Step) -> BaseName:
    match step.field:
        case "alias":
            return replace(one, aliases=_aliases(one.aliases, step))
        case "country":
            return replace(one, country=step.after or "")
        case "parent":
            return replace(one, parent=step.after)
    return one


def _party(one: PartyName, step: Step) -> PartyName:
    match step.field:
        case "alias":
            return replace(one, aliases=_aliases(one.aliases, step))
        case "kind":
            return replace(one, kind=step.after or "")
    return one


def _aliases(held: tuple[Alias, ...], step: Step) -> tuple[Alias, ...]:
    gone = row_of(step.before)["text"] if step.before else None
    left = tuple(one for one in held if one.text != gone)
    return (*left, alias_of(row_of(step.after))) if step.after else left


def alias_of(row: Mapping[str, str]) -> Alias:
    """A kept alias as extraction knows it."""
    first, last = (date.fromisoformat(row[name]) if name in row else None for name in ("valid_from", "valid_to"))
    return Alias(row["text"], first, last)


def are_one(subject: str, one: Alias, other: Alias) -> bool:
    """Whether two spellings read alike on some day on which both are in use."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    meet = first <= min(one.valid_to or date.max, other.valid_to or date.max)
    return meet and renaming.key(subject, one.text) == renaming.key(subject, other.text)
