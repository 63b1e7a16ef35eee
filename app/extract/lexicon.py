"""Loads the vocabulary of lexicon/*.toml, folds it like the text, and refuses entries that collide."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from app.extract.folding import fold

FOLDER = Path(__file__).resolve().parent / "lexicon"


class LexiconError(ValueError):
    """An entry that cannot be used: it says where it stands, and where the other one does."""


@dataclass(frozen=True)
class Lexicon:
    """Word lists by name: each maps a folded entry to its value. `digest` changes whenever a file does."""

    lists: Mapping[str, Mapping[str, str]]
    digest: str

    def __getitem__(self, name: str) -> Mapping[str, str]:
        return self.lists[name]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Lexicon":
        """Read every *.toml of a folder. A table is a list; its keys are values, and each key's array holds the spellings.

        Raises LexiconError for an entry that folds to nothing, or to the same words as another of its list.
        """
        lists: dict[str, dict[str, str]] = {}
        places: dict[tuple[str, str], str] = {}
        digest = hashlib.sha256()
        for path in sorted(folder.glob("*.toml")):
            content = path.read_bytes()
            digest.update(path.name.encode() + content)
            for name, values in _tables(path, content).items():
                for value, spellings in values.items():
                    for spelling in spellings:
                        place = f"{path.name}, [{name}], {value}: {spelling!r}"
                        _add(lists.setdefault(name, {}), places, name, value, spelling, place)
        for entries in lists.values():
            _add_after_li(entries)
        return cls(MappingProxyType({k: MappingProxyType(v) for k, v in lists.items()}), digest.hexdigest())


def _tables(path: Path, content: bytes) -> dict[str, dict[str, list[str]]]:
    """The lists of one file. Raises LexiconError for one that is no TOML, or holds anything but tables of lists of spellings."""
    try:
        tables = tomllib.loads(content.decode())
    except ValueError as error:
        raise LexiconError(f"{path.name}: {error}") from None
    for name, values in tables.items():
        if not isinstance(values, dict):
            raise LexiconError(f"{path.name}, {name}: not a table; write [{name}] and below it a value = [spellings]")
        for value, spellings in values.items():
            if not isinstance(spellings, list) or not all(isinstance(spelling, str) for spelling in spellings):
                raise LexiconError(f'{path.name}, [{name}], {value}: not a list of spellings; write {value} = ["…", "…"]')
    return tables


def _add(entries: dict[str, str], places: dict[tuple[str, str], str], name: str, value: str, spelling: str, place: str) -> None:
    folded = fold(spelling).strip()
    if not folded:
        raise LexiconError(f"{place} folds to nothing")
    if folded in entries:
        raise LexiconError(f"{place} collides with {places[name, folded]}")
    entries[folded] = value
    places[name, folded] = place


def _add_after_li(entries: dict[str, str]) -> None:
    """ل before ال is written لل: each entry with the article also has the form that follows ل (القاعدة, للقاعدة)."""
    for entry in [entry for entry in entries if entry.startswith("ال")]:
        entries.setdefault("لل" + entry[2:], entries[entry])
