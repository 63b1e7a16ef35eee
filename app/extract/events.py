"""Reads what looks like a strike and is none: convoys, the coalition's answer, drills, alerts, and strikes on others."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.extract.engine import Hit, within
from app.extract.places import OUTSIDE
from app.extract.reading import Reading
from app.extract.settling import settle
from app.extract.text import Sentence, fold
from app.extract.values import NonStrikeEvent

_LISTS = (
    "convoy", "training", "response", "alert", "other_war", "withdrawal", "strike_of_others", "announcement", "not_happened",
    "blast", "blast_unexplained",
)  # fmt: skip
"""A sentence without a word of these tells no such event."""

_STRIKES = ("attack_verb", "attack_noun", "fall_verb")
"""Words that tell an attack on a base, and strikes of and on others too."""

_BESIDE = 14
"""A verb and its subject, a raid and whose it is, stand so near."""

_OWNER = 35
"""From a means of war to whose it is: "jets thought to be the coalition's"."""

_NEAR = 60
"""What is moved and its verb, a raid and what it fell on, stand so near."""

_FAR = 90
"""A subject and its verb in English, with what stands between them."""

_EXPLAINED = 3
"""What a denied attack was is said at most so many sentences behind the denial."""

_LEFT = "withdrawal from "
"""What a withdrawal is about: the base that was left."""

_NOUN = "ال"
"""With the article a word of striking is a noun, and speaks of what was told."""

_SAME_AGAIN = re.compile(
    fold(r"(?<!\w)[وف]?(?:القافلة|الرتل|الشاحنات)(?!\w)") + r"|\b(?:the|this) (?:convoy|shipment|column|drill|exercise)"
)
_ALSO = re.compile(fold(r"(?:كما|كذلك)(?!\w)") + r"|also ")
_AT = re.compile(fold(r"(?<!\w)(?:على|ضد|إلى|نحو|باتجاه)(?!\w)") + r"|\b(?:on|at|against|in|near|to|inside|by)\b")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be)(?: \w+)? $")
_BY = re.compile(r"\bby\b")
_SUPPOSED = re.compile(
    fold(r"(?<!\w)(?:إذا|لو|قد ت|قد ي|ستكون|سوف)") + r"|\b(?:if|would|could|may|might|should|plans? to|will)\b"
)
_NO_PART = re.compile(fold("علاقة|صلة|ضلوع|مسؤولي|تورط|وقوف") + r"|any part|involve|responsib|role|behind|\blinks?\b")
_WORDS = re.compile(r"(?: [\w.-]+){0,2} ")
_SINCE = re.compile(fold(r"(?:منذ|مذ)(?: أن)? ?$") + r"|since ?$")
_GAZA = re.compile(fold("غزة|حماس|دعم|مساند|تأييد") + r"|\bgaza|\bhamas|support|backing|\bally\b|\ballies\b")
_SUSPECTS = re.compile(fold("المشتبه") + "|usual suspects")
_RELIEF = re.compile(fold("إنساني|نازح|إغاث") + "|humanitarian|displaced")


class _Event(NamedTuple):
    """An event as one sentence tells it: its kind, what it is about (one kind has several), and the word that tells it."""

    kind: str
    about: str
    at: int


class _Arms(NamedTuple):
    """Those of the coalition who may strike: where they are named, and whether with arms that only strike (jets, guns)."""

    start: int
    end: int
    armed: bool


def read(reading: Reading, told: frozenset[int]) -> tuple[NonStrikeEvent, ...]:
    """One event for each body sentence that tells one; sentences of attacks and totals, `told`, must tell it in so many words."""
    found: list[NonStrikeEvent] = []
    last: dict[str, int] = {}
    for index, sentence in enumerate(reading.sentences):
        if sentence.role == "heading" or reading.folded[sentence.end - 1] == "?":
            continue
        if not any(reading.has(name, sentence.start, sentence.end) for name in _LISTS) and not _outside(reading, sentence):
            continue
        told_here = _in_attack(reading, index) if index in told else _told(reading, index, told)
        for event in told_here:
            before = last.get(event.about)
            last[event.about] = index
            if event.about.startswith(_LEFT) and reading.has("convoy", sentence.start, sentence.end):
                last["convoy"] = index
            if before is None or not _is_same(reading, event, before, index):
                where = reading.text.span(sentence.start, sentence.end)
                found.append(NonStrikeEvent(event.kind, where, f"event.{event.kind}"))
                break
    return tuple(found)


def _is_same(reading: Reading, event: _Event, before: int, index: int) -> bool:
    """Whether a sentence goes on with the event that one `before` told: right behind it, at no other time, with no "also"."""
    sentence = reading.sentences[index]
    if event.kind == "reinforcement_convoy" and _SAME_AGAIN.search(reading.folded, sentence.start, sentence.start + _NEAR):
        return True
    if index - before > 1 and event.kind != "training":
        return False
    if _ALSO.match(reading.folded, sentence.start):
        return False
    days = _days(reading, sentence.start, min(event.at + _NEAR, sentence.end))
    return not days or days <= _days(reading, reading.sentences[before].start, reading.sentences[before].end)


def _days(reading: Reading, start: int, end: int) -> set[object]:
    times = [hit.value for hit in within(reading.times, start, end) if hit.value.names_day or hit.value.vague]
    return {settle(time, reading.published) or time for time in times}


def _in_attack(reading: Reading, index: int) -> Iterator[_Event]:
    """An event that the sentence of an attack tells too, in a clause of its own."""
    for part, why in zip(reading.clauses[index], reading.reasons[index], strict=True):
        event = _drill(reading, part.start, part.end) if why == "training" else None
        event = event or _response(reading, part.start, part.end)
        if why in ("other_war", "response"):
            event = _war(reading, part.start, part.end) or event
        event = event or _moved(reading, part.start, part.end, told=True)
        if event is not None:
            yield event
            return


def _told(reading: Reading, index: int, told: frozenset[int]) -> Iterator[_Event]:
    """What a sentence tells that tells no attack; what comes later counts only where the first goes on with what was told."""
    sentence = reading.sentences[index]
    start, end = sentence.start, sentence.end
    event = (
        _unexplained(reading, sentence, index, told)
        or _drill(reading, start, end)
        or _denial(reading, index, told)
        or _response(reading, start, end)
    )
    if event is not None:
        yield event
    others = (_war(reading, start, end), _raids(reading, start, end), _outside(reading, sentence))
    event = _first(*others, _moved(reading, start, end), _threat(reading, start, end))
    if event is not None:
        yield event


def _first(*events: _Event | None) -> _Event | None:
    """The event that the sentence tells first."""
    return min((event for event in events if event is not None), key=lambda event: event.at, default=None)


def _words(reading: Reading, name: str, start: int, end: int, *values: str) -> list[Hit[str]]:
    return [hit for hit in within(reading.cues[name], start, end) if not values or hit.value in values]


def _drill(reading: Reading, start: int, end: int) -> _Event | None:
    """A drill, or old ammunition blown up on purpose."""
    words = _words(reading, "training", start, end)
    drills = [hit for hit in words if hit.value != "demolition"]
    if drills:
        return _Event("training", "training", drills[0].start)
    return _Event("other", "demolition", words[0].start) if words else None


def _denial(reading: Reading, index: int, told: frozenset[int]) -> _Event | None:
    """An attack that somebody denies, unless it counts as one: the text goes on to say what it was, or nobody tells it."""
    start, end = reading.sentences[index].start, reading.sentences[index].end
    denials = _words(reading, "not_happened", start, end)
    until = reading.sentences[min(index + _EXPLAINED, len(reading.sentences) - 1)].end
    if not denials or (told and not reading.has("training", start, until)):
        return None
    if _NO_PART.search(reading.folded, denials[0].end, end):
        return None
    attack = bool(reading.targets_in(start, end)) or any(reading.has(name, start, end) for name in _STRIKES)
    return _Event("other", "denial", denials[0].start) if attack else None


def _unexplained(reading: Reading, sentence: Sentence, index: int, told: frozenset[int]) -> _Event | None:
    """Blasts that nobody explains; those beside an attack are its own."""
    start, end = sentence.start, sentence.end
    unexplained = _words(reading, "blast_unexplained", start, end)
    if unexplained and not reading.has("alert", start, end):
        return _Event("other", "blast", unexplained[0].start)
    heard = _words(reading, "blast", start, end)
    explained = bool(reading.cues["training"]) and not reading.cues["blast_unexplained"]
    if not heard or explained or not told.isdisjoint(range(index - 1, index + 2)):
        return None
    bases = [target for target in reading.targets_in(start, end) if target.slug != OUTSIDE]
    return _Event("other", "blast", heard[0].start) if bases else None


# ── the coalition's fire ──────────────────────────────────────────────────────────────────────────────────────────────


def _response(reading: Reading, start: int, end: int) -> _Event | None:
    """The coalition's fire on those who attack it; its raids on ISIS or inside Iran are events of another kind."""
    words = _words(reading, "strike_of_others", start, end)
    at = _answer(reading, words, start, end)
    if at is None:
        at = _own_fire(reading.folded, words, end)
    if at is None:
        return None
    theirs = any(hit.value == "theirs" for hit in words)
    elsewhere = [hit for hit in words if hit.value == "far" or (hit.value == "isis" and not theirs)]
    return _Event("other", "other fire", at) if elsewhere else _Event("coalition_response", "response", at)


def _answer(reading: Reading, words: Sequence[Hit[str]], start: int, end: int) -> int | None:
    """Where a stretch says that fire was answered, by those who hold the bases."""
    for hit in _words(reading, "response", start, end, "back", "reply"):
        if hit.value == "back":
            return hit.start
        arabic = not reading.folded[hit.start].isascii()
        behind = _OWNER if arabic else 0
        who = [w for w in words if w.value in ("flag", "forces", "means", "plane") and -_OWNER <= w.start - hit.end <= behind]
        how = [w for w in words if w.value in ("theirs", "raid", "means", "fire", "plane") and w.start > hit.start]
        if who and how:
            return hit.start
    return None


def _own_fire(folded: str, words: Sequence[Hit[str]], end: int) -> int | None:
    """Where words tell a strike of the coalition: a verb with its jets or guns, a raid of its own, its forces on the others'."""
    blows = [hit for hit in words if hit.value in ("struck", "raid", "fire") and not folded.startswith(_NOUN, hit.start)]
    if not blows:
        return None
    aims = [hit for hit in words if hit.value in ("theirs", "isis", "far")]
    for arms in _own_arms(folded, words):
        for blow in blows:
            aimed = any(0 <= hit.start - blow.end <= _FAR for hit in aims)
            if (arms.armed or (aimed and blow.value != "raid")) and _does(folded, arms, blow):
                return blow.start
    for raid in (hit for hit in words if hit.value == "raid"):
        if _is_own(folded, raid, words) and _falls_on(folded, raid, words, end):
            return raid.start
    return None


def _own_arms(folded: str, words: Sequence[Hit[str]]) -> list[_Arms]:
    """Those of the coalition who may strike."""
    found = [_Arms(hit.start, hit.end, hit.value == "plane") for hit in words if hit.value in ("plane", "forces")]
    flags = [hit for hit in words if hit.value in ("flag", "forces")]
    aliens = any(hit.value == "alien" for hit in words)
    for means in (hit for hit in words if hit.value in ("means", "arms")):
        if folded[means.start].isascii():
            owners = [hit for hit in flags if hit.value == "flag" and _WORDS.fullmatch(folded, hit.end, means.start)]
        else:
            owners = [flag for flag in flags if 0 <= flag.start - means.end <= _OWNER]
        for flag in owners:
            between = (min(flag.end, means.end), max(flag.start, means.start))
            if not _AT.search(folded, *between) and "قاعد" not in folded[between[0] : between[1]]:
                found.append(_Arms(min(flag.start, means.start), max(flag.end, means.end), True))
        if not owners and means.value == "arms" and not aliens:
            found.append(_Arms(means.start, means.end, False))
    return found


def _does(folded: str, arms: _Arms, blow: Hit[str]) -> bool:
    """Whether a subject strikes, and is not struck: the verb before it in Arabic, behind it, or "by" it."""
    between, before = blow.start - arms.end, arms.start - blow.end
    arabic = not folded[blow.start].isascii()
    if 0 <= between <= _FAR:
        if blow.value == "raid":
            return arabic or not _AT.search(folded, arms.end, blow.start)
        passive = not folded.endswith("ing", 0, blow.end) and _PASSIVE.search(folded, max(arms.end, blow.start - 20), blow.start)
        return not passive and not folded.startswith((" by ", " in attack"), blow.end)
    if arabic:
        return 0 <= before <= (_BESIDE if arms.armed else 3)
    return 0 <= before <= _NEAR and bool(_BY.search(folded, blow.end, arms.start))


def _is_own(folded: str, raid: Hit[str], words: Sequence[Hit[str]]) -> bool:
    """Whether a raid is said to be the coalition's (غارات أميركية, "U.S. air strike")."""
    flags = [hit for hit in words if hit.value in ("flag", "forces", "plane")]
    if folded[raid.start].isascii():
        return any(0 <= raid.start - flag.end <= _BESIDE for flag in flags)
    return any(0 <= flag.start - raid.end <= _BESIDE and not _AT.search(folded, raid.end, flag.start) for flag in flags)


def _falls_on(folded: str, raid: Hit[str], words: Sequence[Hit[str]], end: int) -> bool:
    """Whether it is said what a raid fell on."""
    if any(0 <= hit.start - raid.end <= _NEAR for hit in words if hit.value in ("theirs", "struck", "far")):
        return True
    aim = _AT.search(folded, raid.end, min(raid.end + _OWNER, end))
    return aim is not None and aim[0] in ("on", "against", fold("على"), fold("ضد"))


# ── strikes of others ─────────────────────────────────────────────────────────────────────────────────────────────────


def _war(reading: Reading, start: int, end: int) -> _Event | None:
    """Strikes of Israel, of Turkey, of ISIS, or on the partner forces alone."""
    words = _words(reading, "strike_of_others", start, end, "struck", "raid", "fire")
    words += [hit for name in _STRIKES for hit in within(reading.cues[name], start, end)]
    for war in _words(reading, "other_war", start, end) if words else ():
        blow = min(words, key=lambda hit: abs(hit.start - war.start))
        at = min(war.start, blow.start)
        near = abs(blow.start - war.start) <= _NEAR and not _SINCE.search(reading.folded, start, at)
        if near and not _is_count(reading, start, end) and not _is_cause(reading.folded, war):
            return _Event("other", f"war of {war.value}", at)
    return None


def _is_cause(folded: str, war: Hit[str]) -> bool:
    """Whether Israel is named only as why others fight: its war in Gaza, those who support it."""
    return war.value == "israel" and bool(_GAZA.search(folded, max(0, war.start - _OWNER), war.end + _OWNER))


def _raids(reading: Reading, start: int, end: int) -> _Event | None:
    """Raids of which nobody says whose they are."""
    words = _words(reading, "strike_of_others", start, end, "struck", "raid")
    raids = [hit for hit in words if hit.value == "raid" and not reading.folded[hit.start].isascii()]
    if raids and any(hit.value == "struck" and 0 <= hit.start - raids[0].end <= _NEAR for hit in words):
        return _Event("other", "raids", raids[0].start)
    return None


def _is_count(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch counts operations over a time, and tells none of them."""
    counted = any(hit.value.kind == "count" and hit.value.number > 1 for hit in within(reading.figures, start, end))
    return reading.has("since", start, end) and counted


def _outside(reading: Reading, sentence: Sentence) -> _Event | None:
    """An attack on a base in Iraq or Jordan."""
    start, end = sentence.start, sentence.end
    there = [target for target in reading.targets_in(start, end) if target.slug == OUTSIDE]
    if not there or _is_count(reading, start, end):
        return None
    words = [hit for name in (*_STRIKES, "down_verb") for hit in within(reading.cues[name], start, end)]
    words += _words(reading, "strike_of_others", start, end, "struck", "raid", "tried")
    near = [hit for hit in words if any(-_FAR <= hit.start - target.start <= _FAR for target in there)]
    return _Event("other", "outside", min(hit.start for hit in near)) if near else None


# ── movements, alerts, threats ────────────────────────────────────────────────────────────────────────────────────────


def _moved(reading: Reading, start: int, end: int, told: bool = False) -> _Event | None:
    """A convoy, a withdrawal or an alert; in the sentence of an attack sirens and what is only amid it are its own."""
    return _first(_withdrawal(reading, start, end), _convoy(reading, start, end, told), _alert(reading, start, end, told))


def _convoy(reading: Reading, start: int, end: int, told: bool) -> _Event | None:
    """Supplies or troops that came, by road or by air."""
    load = [*_words(reading, "convoy", start, end), *_words(reading, "withdrawal", start, end, "cargo")]
    if not load or _RELIEF.search(reading.folded, start, end):
        return None
    came = _words(reading, "withdrawal", start, end, "came")
    moved = [hit for hit in load if any(-_NEAR <= hit.start - verb.end <= _NEAR for verb in came)]
    opens = [hit for hit in load if not told and hit.start - start <= _BESIDE and hit.rule == "cue.convoy"]
    hits = moved or opens
    return _Event("reinforcement_convoy", "convoy", hits[0].start) if hits else None


def _alert(reading: Reading, start: int, end: int, told: bool) -> _Event | None:
    words = _words(reading, "alert", start, end, *(("ready",) if told else ()))
    return _Event("alert", "alert", words[0].start) if words else None


def _withdrawal(reading: Reading, start: int, end: int) -> _Event | None:
    """That those who hold a base left it; leaving "towards" a base is no such."""
    if _SUPPOSED.search(reading.folded, start, end):
        return None
    bases = [target for target in reading.targets_in(start, end) if target.slug != OUTSIDE]
    who = [*_words(reading, "strike_of_others", start, end, "flag", "forces"), *_words(reading, "convoy", start, end)]
    if not bases or not who:
        return None
    for verb in _words(reading, "withdrawal", start, end, "left"):
        behind = 0 if reading.folded[verb.start].isascii() else _NEAR
        if not any(-_NEAR <= hit.start - verb.end <= behind for hit in who):
            continue
        for base in bases:
            if 0 <= base.start - verb.end <= _FAR and not _TOWARDS.search(reading.folded, verb.end, base.start):
                return _Event("other", _LEFT + str(base.slug), verb.start)
    return None


_TOWARDS = re.compile(fold(r"(?<!\w)(?:إلى|باتجاه|نحو|صوب)(?!\w)") + r"|\b(?:for|to|towards?|into)\b")


def _threat(reading: Reading, start: int, end: int) -> _Event | None:
    """A threat by those who attack, or that they join a war."""
    words = _words(reading, "announcement", start, end)
    vows = [hit for hit in words if hit.value == "vowed"]
    if not vows or _SUSPECTS.search(reading.folded, start, end):
        return None
    who = [*within(reading.attackers, start, end), *(hit for hit in words if hit.value == "who")]
    for vow in vows:
        behind = 0 if reading.folded[vow.start].isascii() else 3
        if any(-_FAR <= hit.start - vow.end <= behind for hit in who):
            return _Event("other", "threat", vow.start)
    return None
