"""Who speaks in a sentence: an attacker who claims, anybody else who tells, and whom an unnamed speaker means."""

import re
from typing import NamedTuple

from app.extract.actors import ANY_FACTION, ANY_GROUP, BUCKETS, VOICE
from app.extract.engine import Hit, within
from app.extract.reading import Reading
from app.extract.text import Sentence

_BEHIND = 80
"""How far behind a verb its speaker may stand."""

_BACK = 3
"""How many sentences back the speaker of one that names none may have been named."""

_LIST = 40
"""A list of more items than this has no heading that would hold for all of them."""

_RECENT = 800
"""An unnamed group was named at most so many letters before, where the text has several."""

_WORD = re.compile(r"[^\W_]+")
_NAMESAKE = re.compile(r"isis|islamic state|daesh|داعش|تنظيم الدوله")
_NEGATED = re.compile(
    r"(?<!\w)(?:لم|لا|لن|دون ان|not|never|yet to|without|nor|hasn't|haven't|cannot|would|will|if|no (?:\w+ ){1,4}?(?:has|have)?)"
    r" ?$"
)
_PRONOUN = re.compile(
    r"(?<!\w)(?:it|they|statements?|message|communique|another|one|last|first|second|third|other|which)"
    r"(?: (?:also|then|later|had|has|have|further))*[ ,\"]*$"
)
_INVERTED = re.compile(r"[,\"'] *$")
_BY = re.compile(r" (?:\w+ ){0,2}?by (?:the )?\"?(?:\w+ ){0,3}")
_ASIDE = re.compile(r"[,()]| - ")
_CARRYING = ("cue.claim_goes_on", "claim.that_it", "claim.that_they", "claim.its_fighters", "claim.ours")
"""Rules of words that go on with a speaker by their meaning."""


class Act(NamedTuple):
    """Somebody speaks: `start` and `end` of the verb, the attacker whose word it is, and the words that name them.

    `kind` is claim (a claim by its meaning), say (any verb of saying) or quote (according to …). `slug` is None where it is not
    an attacker who speaks, or nobody knows who; `other` says that somebody else is named.
    """

    start: int
    end: int
    kind: str
    rule: str
    slug: str | None
    named: Hit[str] | None = None
    other: bool = False


def who(reading: Reading, hit: Hit[str]) -> str | None:
    """An attacker's slug. "The group" is the organisation named last, "the factions" whoever was named last; else nobody."""
    if hit.value not in (ANY_FACTION, ANY_GROUP):
        return hit.value
    known = reading.known_attackers - {ANY_GROUP}
    if len(known) < 2:
        return next(iter(known), None)
    recent = within(reading.attackers, hit.start - _RECENT, hit.start)
    named = [one for one in recent if one.value not in (ANY_FACTION, ANY_GROUP)]
    if hit.value == ANY_GROUP:
        named = [one for one in named if one.value not in BUCKETS] or named
    if not named or _NAMESAKE.search(reading.folded, named[-1].end, hit.start):
        return None
    return named[-1].value


def acts(reading: Reading, index: int) -> list[Act]:
    """Whoever speaks in a sentence, in order; a verb without a subject has that of the one before it."""
    if not reading.attackers:
        return []
    sentence = reading.sentences[index]
    found: list[Act] = []
    for verb in _verbs(reading, sentence):
        act = _told(reading, sentence, verb)
        if act is None and _kind(verb) == "quote":
            continue
        if act is None:
            slug = _carried(reading, index, verb, found)
            act = Act(verb.start, verb.end, _kind(verb), verb.rule, slug, other=slug is None)
        found.append(act)
    return found


def spoken_before(reading: Reading, index: int) -> str | None:
    """The attacker who spoke last in the sentences before, unless somebody else spoke after."""
    for at in range(index - 1, max(-1, index - 1 - _BACK), -1):
        for verb in reversed(_verbs(reading, reading.sentences[at])):
            act = _told(reading, reading.sentences[at], verb)
            if act is not None:
                return act.slug
    return None


def list_heading(reading: Reading, index: int) -> int | None:
    """The sentence with a colon whose list an item belongs to; None where there is none, or it stands far above."""
    for at in range(index, max(-1, index - _LIST), -1):
        if reading.sentences[at].role != "item":
            return at if at < index and reading.folded[reading.sentences[at].end - 1] == ":" else None
    return None


def _verbs(reading: Reading, sentence: Sentence) -> list[Hit[str]]:
    """The verbs of saying and of claiming in a sentence, but those that say no, or not yet."""
    start, end = sentence.start, sentence.end
    taken = [hit for hit in within(reading.claims, start, end) if hit.value in ("claim", "quote", "own", "none")]
    said = [hit for name in ("claim_goes_on", "claim_verb") for hit in within(reading.cues[name], start, end)]
    if not (taken or said):
        return []
    said = [hit for hit in said if not any(hit.start < other.end and other.start < hit.end for other in taken)]
    verbs = {hit.start: hit for hit in (*reversed(said), *(hit for hit in taken if hit.value != "none"))}
    return [verb for at, verb in sorted(verbs.items()) if not _is_negated(reading, start, at)]


def _is_negated(reading: Reading, start: int, at: int) -> bool:
    if _NEGATED.search(reading.folded, max(start, at - 40), at):
        return True
    denied = any(hit.value == "none" for hit in within(reading.claims, max(start, at - 40), at))
    return denied or reading.has("not_happened", max(start, at - 60), at)


def _kind(verb: Hit[str]) -> str:
    return {"claim": "claim", "quote": "quote", "own": "quote"}.get(verb.value, "say")


def _told(reading: Reading, sentence: Sentence, verb: Hit[str]) -> Act | None:
    """A verb with its speaker, as far as the sentence names one; None where it goes on with another's."""
    kind = _kind(verb)
    english = reading.folded[verb.start].isascii()
    named = _behind(reading, verb, sentence.end, kind, english) if verb.rule != "claim.its_fighters" else None
    if named is None and kind != "quote":
        named = _before(reading, verb, sentence.start, kind, english)
    if named is None and verb.value == "own":
        earlier = within(reading.attackers, sentence.start, verb.start)
        last = min(earlier, key=lambda hit: (hit.value in BUCKETS, -hit.start), default=None)
        others = last and (_voices(reading, earlier[-1].end, verb.start) or _voices(reading, verb.end, verb.end + _RIGHT_BEHIND))
        named = None if others else last
    if named is not None:
        return Act(verb.start, verb.end, kind, verb.rule, who(reading, named), named)
    if kind != "quote" and _has_subject(reading, verb, sentence.start, english):
        return Act(verb.start, verb.end, kind, verb.rule, None, None, True)
    return None


_RIGHT_BEHIND = 3
"""Letters at most between a verb and another's voice (ما قالته مصادر)."""


def _voices(reading: Reading, start: int, end: int) -> bool:
    """Whether somebody else than an attacker is named in a stretch."""
    if any(hit.rule == VOICE for hit in within(reading.claims, start, end)):
        return True
    return any(not _is_attackers_own(reading, hit) for hit in within(reading.sources, start, end))


def _is_attackers_own(reading: Reading, hit: Hit[str]) -> bool:
    """Whether a source is an attacker's own outlet (بيانات المقاومة, الإعلام الحربي)."""
    near = within(reading.attackers, hit.start - 1, hit.end + 40)
    return any(hit.value == one.value or one.start - hit.end < 6 for one in near)


def _cut_off(reading: Reading, start: int, end: int) -> bool:
    """Whether a clause of its own, or another speaker, begins in a stretch."""
    hits = within(reading.claims, start, end)
    return any(hit.value in ("that", "turn", "claim") for hit in hits) or _voices(reading, start, end)


def _behind(reading: Reading, verb: Hit[str], limit: int, kind: str, english: bool) -> Hit[str] | None:
    """The speaker behind a verb: أعلنت المقاومة, claimed by the group, according to the group."""
    following = within(reading.attackers, verb.end, min(limit, verb.end + _BEHIND))
    if not following:
        return None
    hit = _by_name(reading, following)
    between = reading.folded[verb.end : hit.start]
    if kind == "quote":
        reach = 12 if verb.value == "own" else 45
        return hit if hit.start - verb.end <= reach and not _voices(reading, verb.end, hit.start) else None
    if english:
        inverted = between.strip(' "') in ("", "the") and _INVERTED.search(reading.folded, max(0, verb.start - 3), verb.start)
        return hit if inverted or _BY.fullmatch(between) else None
    return None if _cut_off(reading, verb.end, hit.start) else hit


def _before(reading: Reading, verb: Hit[str], limit: int, kind: str, english: bool) -> Hit[str] | None:
    """The speaker before a verb, with nothing but adverbs or an apposition between; "and" carries a subject on."""
    earlier = within(reading.attackers, limit, verb.start)
    if reading.folded.startswith(" by ", verb.end):
        return None
    for hit in sorted(earlier, key=lambda hit: (hit.value in BUCKETS, -hit.start)):
        if hit.end <= verb.start and _leads_to(reading, hit, verb, limit, kind, english):
            return hit
    return None


def _leads_to(reading: Reading, hit: Hit[str], verb: Hit[str], limit: int, kind: str, english: bool) -> bool:
    """Whether a name before a verb is its subject."""
    between = reading.folded[hit.end : verb.start]
    if _is_adverbial(reading, between):
        return True
    if _voices(reading, hit.end, verb.start):
        return False
    if english:
        return " and " in between and _is_adverbial(reading, between.rsplit(" and ", 1)[1])
    joined = reading.folded[verb.start] in "وف" or kind == "claim"
    return joined and not _has_subject(reading, verb, limit, english)


def _by_name(reading: Reading, hits: list[Hit[str]]) -> Hit[str]:
    """ "An Iraqi group calling itself X" is X."""
    if len(hits) > 1 and hits[0].value in BUCKETS and is_named_next(reading, hits[0], hits[1]):
        return hits[1]
    return hits[0]


def is_named_next(reading: Reading, hit: Hit[str], following: Hit[str]) -> bool:
    """Whether the next name is the one that a description goes by."""
    return any(one.value == "name" for one in within(reading.claims, hit.end, following.start))


def _is_adverbial(reading: Reading, between: str) -> bool:
    """Whether words between a name and a verb leave the name its subject; what two commas enclose does not count."""
    pieces = _ASIDE.split(between)
    if len(pieces) > 2 and not any(mark in between for mark in ".;:"):
        pieces = [pieces[0], pieces[-1]]
    allowed = reading.reader.lexicon["adverbial"]
    return all(word in allowed or word.isdigit() for piece in pieces for word in _WORD.findall(piece))


def _has_subject(reading: Reading, verb: Hit[str], limit: int, english: bool) -> bool:
    """Whether a verb has somebody else as its subject: English before it, Arabic behind it."""
    if english:
        return verb.rule not in _CARRYING and not _PRONOUN.search(reading.folded, max(limit, verb.start - 40), verb.start)
    if _is_told_before(reading, verb, limit):
        return True
    near = within(reading.claims, verb.end, verb.end + 45)
    following = [hit for hit in near if hit.rule == VOICE or hit.value in ("that", "claim")]
    if following and following[0].rule == VOICE:
        return True
    word = _WORD.search(reading.folded, verb.end, verb.end + 20)
    return verb.rule == "cue.claim_verb" and word is not None and word[0] not in reading.reader.lexicon["said_of_it"]


def _is_told_before(reading: Reading, verb: Hit[str], limit: int) -> bool:
    """Whether an Arabic verb stands behind its subject (وكان مسؤول قد أفاد, المصدر أوضح); "and" would begin anew."""
    if reading.folded[verb.start] in "وف" and verb.rule != "claim.that_it":
        return False
    opened = max(limit, verb.start - 70, reading.folded.rfind(",", limit, verb.start) + 1)
    hits = [hit.rule for hit in within(reading.claims, opened, verb.start) if hit.rule == VOICE or hit.value == "that"]
    return bool(hits) and hits[-1] == VOICE


def _carried(reading: Reading, index: int, verb: Hit[str], before: list[Act]) -> str | None:
    """The speaker who goes on: of the same sentence, else of the one before."""
    if before:
        return before[-1].slug
    sentence = reading.sentences[index]
    named = within(reading.attackers, sentence.start, verb.start)
    if named and verb.rule != "cue.claim_verb" and not _voices(reading, named[-1].end, verb.start):
        return who(reading, named[-1])
    return spoken_before(reading, index)
