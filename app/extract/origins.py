"""Whom a report quotes for an attack: monitors, officials, media, people of the place, with the words that say so."""

import re

from app.extract.actors import VOICE
from app.extract.drafts import Draft, claim
from app.extract.engine import Hit, within
from app.extract.reading import Reading
from app.extract.speech import list_heading
from app.extract.text import Sentence

_OFFICIAL = frozenset(
    {"us-dod", "centcom", "cjtf-oir", "us-official", "sdf-media", "dod-ig", "sojtf-levant", "iraqi-security-source"}
)
"""Those whose word would confirm an attack: they are quoted for it in its own sentence, or for nothing."""

_NEAR = 48
"""A verb of saying stands at most so many letters from its subject."""
_BESIDE = 3
"""Two names at most so many letters apart are of one source."""
_PREPOSED = 26
"""A preposition of quoting stands at most so many letters before a name."""

_NO = re.compile(r"(?<!\w)(?:لم|ولم|لا|ولا|دون|عدم|رفض|رفضت|not|n't|no|never|without|declined|refused|yet|neither|nor)(?!\w)")
_TO = re.compile(r"(?<!\w)(?:told|to|with|reported by|quoted by|quoting|citing) (?:the |a |an )?[\"(]?$")
_OF = re.compile(r"(?<!\w)(?:عن|لدي|مصادر|نشطاء|ناشطي|مراسل|مراسلي|موقع|وكاله|قناه|شبكه|اذاعه|تلفزيون)[ \"(]*$")


def tell_origin(reading: Reading, draft: Draft, index: int) -> None:
    """Whom the report quotes: in the sentence itself, in that which heads its list, else in the one before, there no official."""
    heading = list_heading(reading, index)
    for at in dict.fromkeys((index, index if heading is None else heading, index - 1)):
        if at < 0 or (at != heading and reading.sentences[at].paragraph < reading.sentences[index].paragraph - 1):
            continue
        near = at in (index, heading)
        told = [hit for hit in quoted(reading, reading.sentences[at]) if near or hit.value not in _OFFICIAL]
        for hit in told:
            draft.origins.setdefault(hit.value, claim(reading, "origin", hit.value, hit.start, hit.end, hit.rule))
        if told or draft.claimed:
            return


def quoted(reading: Reading, sentence: Sentence) -> list[Hit[str]]:
    """The sources that a sentence quotes, each with the word that quotes it."""
    named = within(reading.sources, sentence.start, sentence.end)
    voices = [hit for hit in within(reading.claims, sentence.start, sentence.end) if hit.rule == VOICE and hit.value != "voice"]
    # "Activists of the Observatory" are the Observatory.
    apart = [hit for hit in voices if not any(hit.start - _BESIDE < one.end and one.start < hit.end + _BESIDE for one in named)]
    found = []
    for hit in sorted((*named, *apart), key=lambda hit: hit.start):
        span = _speaks(reading, sentence, hit)
        if span is not None:
            rule = "origin.voice" if hit.rule == VOICE else hit.rule
            found.append(Hit(rule, min(hit.start, span[0]), max(hit.end, span[1]), hit.value))
    return found


def _speaks(reading: Reading, sentence: Sentence, hit: Hit[str]) -> tuple[int, int] | None:
    """The words by which somebody is quoted; None for who is only named, or says nothing."""
    folded = reading.folded
    before = folded[max(sentence.start, hit.start - _NEAR) : hit.start]
    if folded.startswith((":", '":', "):"), hit.end) or (before.endswith("(") and folded.startswith((") -", ")-"), hit.end)):
        return hit.start, hit.end
    quote = [one for one in within(reading.claims, max(sentence.start, hit.start - _PREPOSED), hit.start) if one.value == "quote"]
    if quote:
        return quote[-1].start, hit.end
    said = within(reading.cues["claim_verb"], sentence.start, sentence.end)
    said += [one for one in within(reading.claims, sentence.start, sentence.end) if one.value == "witness"]
    if hit.rule != VOICE:
        given = folded[hit.start] == "ل" and any(one.end <= hit.start for one in said)
        if given or _TO.search(before) or _OF.search(before):
            return hit.start, hit.end
    return next((span for verb in said if (span := _subject(reading, hit, verb)) is not None), None)


def _subject(reading: Reading, hit: Hit[str], verb: Hit[str]) -> tuple[int, int] | None:
    """The words from a name to the verb of which it is the subject (in English before the verb); None where that is denied."""
    folded = reading.folded
    start, end = min(hit.end, verb.end), max(hit.start, verb.start)
    if not 0 <= end - start <= _NEAR or _parted(reading, start, end):
        return None
    if hit.start < verb.start:
        passive = folded.startswith(" by ", verb.end)
        return None if passive or _NO.search(folded, start, end) else (hit.start, verb.end)
    if folded[verb.start].isascii() or folded.count(",", start, end) % 2:
        return None
    return None if _NO.search(folded, max(0, verb.start - 12), verb.start) else (verb.start, hit.end)


def _parted(reading: Reading, start: int, end: int) -> bool:
    """Whether another speaker, or a clause, stands between a name and a verb."""
    return any(one.rule == VOICE or one.value in ("that", "turn") for one in within(reading.claims, start, end)) or bool(
        within(reading.attackers, start, end)
    )
