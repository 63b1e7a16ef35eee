"""The names that extraction looks for: bases, actors and sources with their aliases in both scripts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of a name. An alias bound in time counts only for reports published within its days (inclusive)."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class BaseName:
    """A base as extraction knows it. `country` is an ISO 3166 code: what lies outside Syria (SY) makes no incident."""

    slug: str
    country: str
    parent: str | None
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class PartyName:
    """An actor or a source as extraction knows it. `kind` is the kind that seeds/actors.toml or seeds/sources.toml gives."""

    slug: str
    kind: str
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names at once: of seeds/, or of the register itself."""

    bases: tuple[BaseName, ...]
    actors: tuple[PartyName, ...]
    sources: tuple[PartyName, ...]

    @property
    def spelled(self) -> "Gazetteer":
        """Those alone that have a spelling. The others cannot be found: they change nothing of how a text is read."""
        return Gazetteer(
            bases=tuple(one for one in self.bases if one.aliases),
            actors=tuple(one for one in self.actors if one.aliases),
            sources=tuple(one for one in self.sources if one.aliases),
        )
