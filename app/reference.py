"""Reads the reference files of seeds/ (bases, actors, sources) into values; no database."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.extract.gazetteer import Alias, BaseName, Gazetteer, PartyName

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def load(kind: str) -> list[dict[str, Any]]:
    """The entries of seeds/KIND.toml, in its order; `kind` is bases, actors or sources."""
    return list(tomllib.loads((SEEDS / f"{kind}.toml").read_text("utf-8"))[kind])


def spellings(entry: Mapping[str, Any]) -> list[tuple[str, str, date | None, date | None]]:
    """Each spelling of an entry once: (text, language, first day, last day); both names come before the aliases."""
    found = [(entry[key], lang, None, None) for key, lang in (("name_en", "en"), ("name_ar", "ar")) if entry.get(key)]
    for key, lang in (("aliases_ar", "ar"), ("aliases_en", "en"), ("military_names", "en"), ("aliases", None)):
        found += [(text, lang or script(text), None, None) for text in entry.get(key, ())]
    found += [(name["text"], "en", name.get("valid_from"), name.get("valid_to")) for name in entry.get("names_in_time", ())]
    return list(dict.fromkeys(found))


def script(text: str) -> str:
    """`ar` where a text holds an Arabic letter, else `en`."""
    return "ar" if any("؀" <= letter <= "ۿ" for letter in text) else "en"


def seed_gazetteer() -> Gazetteer:
    """The gazetteer of seeds/."""
    return Gazetteer(
        bases=tuple(BaseName(entry["slug"], entry["country"], entry.get("parent"), _aliases(entry)) for entry in load("bases")),
        actors=_parties(load("actors")),
        sources=_parties(load("sources")),
    )


def _parties(entries: Iterable[Mapping[str, Any]]) -> tuple[PartyName, ...]:
    return tuple(PartyName(entry["slug"], entry["kind"], _aliases(entry)) for entry in entries)


def _aliases(entry: Mapping[str, Any]) -> tuple[Alias, ...]:
    return tuple(Alias(text, valid_from, valid_to) for text, _, valid_from, valid_to in spellings(entry))
