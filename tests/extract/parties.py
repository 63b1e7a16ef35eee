"""Who attacked, by base, as the tests of claims, blame and denials look at it."""

from collections.abc import Callable

from app.extract.values import Extraction, Mention

Read = Callable[..., Extraction]

IRI = "islamic-resistance-in-iraq"
IBM = "iran-backed-militias"
IAF = "iraqi-armed-factions"
KH = "kataib-hezbollah"
NUJABA = "harakat-al-nujaba"

Parties = dict[str | None, tuple[str | None, str | None, str]]


def parties(read: Read, text: str) -> Parties:
    """By base: who claims it, whom others blame, and the status."""
    return {
        mention.value("base"): (
            mention.value("claimed_by"),
            mention.value("attributed_to"),
            mention.value("status") or "reported",
        )
        for mention in reversed(read(text).mentions)
    }


def one(read: Read, text: str) -> Mention:
    """The one attack that a text tells of."""
    mentions = read(text).mentions
    assert len(mentions) == 1, [mention.claims for mention in mentions]
    return mentions[0]
