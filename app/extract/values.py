"""What a reading of one report consists of: frozen values that extraction makes and actions store."""

from dataclasses import dataclass
from typing import Literal

from app.fields import Bound

Basis = Literal["quote", "compiled"]
TallyKind = Literal["cumulative", "breakdown", "ordinal", "period"]


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a report. `start` and `end` count characters of the original text; `text[start:end] == quote`."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One field's value as one report gives it.

    `field` is a key of `app.fields.CLAIM_FIELDS`; `value` is its code, slug, ISO date or number, always as text.
    A `quote` claim has the span that says it and the rule that read it; a `compiled` one was recorded by hand and has neither.
    An `alternative` was stated too and weighed when the report was compiled: it is kept and shown, and settles nothing.
    """

    field: str
    value: str
    basis: Basis = "quote"
    span: Span | None = None
    rule: str | None = None
    alternative: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """What one report says about one attack.

    `anchor` is the evidence: the sentence or two that tell the event. `ref` names a compiled mention for good, and `tells_of`
    the ref of the compiled mention whose incident it is known to tell of; both are None in what extraction reads.
    """

    claims: tuple[Claim, ...]
    anchor: Span | None = None
    base_as_written: str = ""
    stated: str = ""
    ref: str | None = None
    tells_of: str | None = None

    def value(self, field: str) -> str | None:
        """The value of the field's first claim that is no alternative, or None."""
        return next((claim.value for claim in self.claims if claim.field == field and not claim.alternative), None)


@dataclass(frozen=True, slots=True)
class TallyPart:
    """One item of a tally's breakdown: a base's slug or a country, its count, and the words that say so."""

    scope: str
    count: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A published cumulative count. `start` and `end` are ISO dates; `counter` is a source's slug.

    The fields after `rule` are for compiled tallies alone, which stand in another report than the one that published them:
    `publisher` is a slug, `published` an ISO date, `parts_stated` all, cut, countries or none.
    """

    scope: str
    count: int
    bound: Bound = "="
    kind: TallyKind = "cumulative"
    start: str | None = None
    end: str | None = None
    counter: str | None = None
    parts: tuple[TallyPart, ...] = ()
    span: Span | None = None
    rule: str | None = None
    ref: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_basis: str = ""
    parts_stated: str | None = None
    note: str = ""
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NonStrikeEvent:
    """What looks like a strike and is none: reinforcement_convoy, coalition_response, training, alert or other."""

    kind: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A number or a weapon word in an attack's clause that no rule read."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one report, and the version of the rules, vocabulary and gazetteer that read it."""

    version: str
    mentions: tuple[Mention, ...] = ()
    tallies: tuple[Tally, ...] = ()
    non_strike_events: tuple[NonStrikeEvent, ...] = ()
    unread: tuple[Unread, ...] = ()
