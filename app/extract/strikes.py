"""Reads fire that is no attack on a base in Syria: the coalition's own, strikes of others, and those on places elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.extract.engine import Hit, within
from app.extract.folding import fold
from app.extract.places import OUTSIDE, Target
from app.extract.reading import Reading

BLOWS = ("struck", "raid", "fire")
"""Of the words of [strike_of_others]: what is done to others."""

_STRIKES = ("attack_verb", "attack_noun", "fall_verb")
"""Words that tell an attack on a base, and strikes of and on others too."""

_OWN = frozenset({"flag", "forces", "means", "arms", "plane"})
_HOW = frozenset({"theirs", "foe", "raid", "means", "arms", "plane", "fire"})
"""Of the words of [strike_of_others]: the coalition and its arms; with what, or on what, fire is answered."""

BESIDE = 14
"""A verb and its subject, a raid and whose it is, stand so near."""

_OWNER = 35
"""From a means of war to whose it is: "jets thought to be the coalition's"."""

NEAR = 60
"""What is moved and its verb, a raid and what it fell on, stand so near."""

FAR = 90
"""A subject and its verb in English, with what stands between them."""

ON_PARTNERS = "war of partners"
"""What a strike on the partner forces alone is about."""

_NOUNS = ("ing", fold("قصف"))
"""So end words of striking that are nouns too ("U.S. bombing of", قصف أميركي)."""

_SAID = re.compile(fold(r"(?<!\w)(?:قال|قالت|يقول|تقول|أعلن|أعلنت|أكد|أكدت)(?!\w)"))
_NOUN = "ال"
"""With the article a word of striking is a noun, and speaks of what was told."""

_AT = re.compile(fold(r"(?<!\w)(?:على|ضد|إلى|نحو|باتجاه)(?!\w)") + r"|\b(?:on|at|against|in|near|to|inside|by)\b")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be)(?: \w+)? $")
_BY = re.compile(r"\bby\b")
_BASE = fold("قاعد")
_ON = frozenset({"on", "against", fold("على"), "ضد"})
_WORDS = re.compile(r"(?: [\w.-]+){0,2} ")
_SINCE = re.compile(fold(r"(?:منذ|مذ)(?: أن)? ?$") + r"|since ?$")
_GAZA = re.compile(
    fold("غزة|حماس|دعم|مساند|تأييد|فلسطين|رفح|خان يونس")
    + r"|\bgaza|\bhamas|support|backing|\bally\b|\ballies\b|palestin|khan youn|\brafah"
)
_JOINT = re.compile(fold("قاعدة مشتركة|قاعدة عسكرية مشتركة") + "|joint base|shared base|base shared")
"""A base of the coalition with its partners: a strike on it is an attack, whoever flew it."""

_USUAL = re.compile(fold(r"(?<!\w)(?:عادة|المعتاد)(?!\w)") + r"|\b(?:usually|typically|routinely|normally|often)\b")
_NOT_TOLD = re.compile(
    fold("لا توجد مؤشرات|لا مؤشرات|لا يوجد ما يشير|لا دليل|قادر|بإمكان|يمكنها|خشية|خوفا")
    + r"|no (?:indication|evidence|sign)s? that|\bable to|capable of|fears? (?:of|that)"
)
"""Beside a strike that nothing speaks for, or that somebody could make."""

_IN_RETURN = re.compile(
    fold(r"(?<!\w)[وف]?(?:ردا(?! ل)|انتقاما|ثأرا)(?!\w)") + r"|\bin (?:retaliation|response|reprisal|revenge)\b|\bretaliat"
)
_FROM = re.compile(fold(r"(?<!\w)[وف]?من(?: \w+)? ?$") + r"|\b(?:from|resistance in|via|through)(?: \w+)? ?$")
"""Before a place elsewhere: where something came from, or part of a name."""


class Event(NamedTuple):
    """An event as one sentence tells it: its kind, what it is about (one kind has several), and the word that tells it."""

    kind: str
    about: str
    at: int


class _Arms(NamedTuple):
    """Those who may strike: where they are named, and whether with arms that only strike (jets, guns)."""

    start: int
    end: int
    armed: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or a clause, with the words of the lists that stand in it."""

    reading: Reading
    start: int
    end: int
    words: Mapping[str, Sequence[Hit[str]]]

    @property
    def folded(self) -> str:
        """The folded text."""
        return self.reading.folded

    def of(self, name: str, *values: str) -> list[Hit[str]]:
        """The words of a list, or those of some of its values."""
        hits = self.words.get(name, ())
        return [hit for hit in hits if not values or hit.value in values] if hits else []

    def part(self, start: int, end: int) -> "Stretch":
        """A clause of it."""
        inside = {name: [hit for hit in hits if start <= hit.start < end] for name, hits in self.words.items()}
        return Stretch(self.reading, start, end, inside)

    def bases(self) -> list[Target]:
        """Bases in Syria, named or pointed at."""
        return [target for target in self.reading.targets_in(self.start, self.end) if target.slug != OUTSIDE]

    def counts(self) -> bool:
        """Whether it counts operations over a time, and so tells none of them."""
        figures = within(self.reading.figures, self.start, self.end)
        counted = any(hit.value.kind == "count" and hit.value.number > 1 for hit in figures)
        several = counted or self.reading.has("attack_plural", self.start, self.end)
        return several and self.reading.has("since", self.start, self.end)

    def is_habit(self) -> bool:
        """Whether it tells what happens again and again, on no day."""
        often = self.reading.has("attack_repeated", self.start, self.end) or _USUAL.search(self.folded, self.start, self.end)
        return bool(often) and not self.names_day()

    def names_day(self) -> bool:
        """Whether it names a day."""
        return any(hit.value.names_day for hit in within(self.reading.times, self.start, self.end))

    def strikes(self) -> list[Hit[str]]:
        """Words that tell an attack on a base, and strikes of and on others too."""
        return [hit for name in _STRIKES for hit in within(self.reading.cues[name], self.start, self.end)]


# ── the coalition's fire ──────────────────────────────────────────────────────────────────────────────────────────────


def response(stretch: Stretch) -> Event | None:
    """The coalition's fire on those who attack it; unless they answer, its raids on ISIS or inside Iran are of another kind."""
    words = stretch.of("strike_of_others")
    if stretch.is_habit():
        return None
    at = _answer(stretch, words)
    if at is None and words:
        at = _own_fire(stretch.folded, words, stretch.end)
    if at is None:
        return None
    foes = any(hit.value == "foe" for hit in words) or _IN_RETURN.search(stretch.folded, stretch.start, stretch.end)
    elsewhere = any(w.value == "far" or (w.value == "isis" and not foes and abs(w.start - at) <= NEAR) for w in words)
    return Event("other", "other fire", at) if elsewhere else Event("coalition_response", "response", at)


def _answer(stretch: Stretch, words: Sequence[Hit[str]]) -> int | None:
    """Where a stretch says that fire was answered, by those who hold the bases."""
    for hit in stretch.of("response", "back", "reply"):
        if hit.value == "back":
            return hit.start
        behind = 0 if stretch.folded[hit.start].isascii() else _OWNER
        who = any(w.value in _OWN and -_OWNER <= w.start - hit.end <= behind for w in words)
        if who and any(w.value in _HOW and w.start > hit.start for w in words):
            return hit.start
    return None


def _own_fire(folded: str, words: Sequence[Hit[str]], end: int) -> int | None:
    """Where words tell a strike of the coalition: a verb with its jets or guns, a raid of its own, its forces on the others'."""
    blows = [hit for hit in words if hit.value in BLOWS]
    done = [hit for hit in words if hit.value == "did" and any(abs(blow.start - hit.end) <= FAR for blow in blows)]
    blows = [hit for hit in blows if not folded.startswith(_NOUN, hit.start)] + done
    if not blows:
        return None
    aims = [hit for hit in words if hit.value in ("theirs", "foe", "isis", "far")]
    for arms in _own_arms(folded, words):
        for blow in blows:
            aimed = any(0 <= hit.start - blow.end <= FAR for hit in aims)
            if (arms.armed or (aimed and blow.value != "raid")) and _does(folded, arms, blow):
                return blow.start
    for raid in (hit for hit in blows if hit.value == "raid" or folded.endswith(_NOUNS, hit.start, hit.end)):
        if _is_own(folded, raid, words) and _falls_on(folded, raid, words, end):
            return raid.start
    return None


def _own_arms(folded: str, words: Sequence[Hit[str]]) -> list[_Arms]:
    """Those of the coalition who may strike."""
    found = [_Arms(hit.start, hit.end, hit.value == "plane") for hit in words if hit.value in ("plane", "forces")]
    flags = [hit for hit in words if hit.value in ("flag", "forces")]
    aliens = any(hit.value in ("alien", "others") for hit in words)
    for means in (hit for hit in words if hit.value in ("means", "arms")):
        if folded[means.start].isascii():
            owners = [hit for hit in flags if hit.value == "flag" and _WORDS.fullmatch(folded, hit.end, means.start)]
        else:
            owners = [hit for hit in flags if 0 <= hit.start - means.end <= _OWNER]
        for flag in owners:
            first, last = min(flag.end, means.end), max(flag.start, means.start)
            if (
                not _AT.search(folded, first, last)
                and folded.find(_BASE, first, last) < 0
                and not _SAID.search(folded, first, last)
            ):
                found.append(_Arms(min(flag.start, means.start), max(flag.end, means.end), True))
        if not owners and means.value == "arms" and not aliens:
            found.append(_Arms(means.start, means.end, False))
    return found


def _does(folded: str, arms: _Arms, blow: Hit[str]) -> bool:
    """Whether a subject strikes, and is not struck: the verb before it in Arabic, behind it, or "by" it."""
    between, before = blow.start - arms.end, arms.start - blow.end
    arabic = not folded[blow.start].isascii()
    if 0 <= between <= FAR:
        if blow.value == "raid":
            return arabic or not _AT.search(folded, arms.end, blow.start)
        passive = not folded.endswith("ing", 0, blow.end) and _PASSIVE.search(folded, max(arms.end, blow.start - 20), blow.start)
        return not passive and not folded.startswith((" by ", " in attack"), blow.end)
    if arabic:
        return 0 <= before <= (BESIDE if arms.armed else 3)
    return 0 <= before <= NEAR and bool(_BY.search(folded, blow.end, arms.start))


def _is_own(folded: str, raid: Hit[str], words: Sequence[Hit[str]]) -> bool:
    """Whether a raid is said to be the coalition's (غارات أميركية, "U.S. air strike")."""
    flags = [hit for hit in words if hit.value in ("flag", "forces", "plane")]
    if folded[raid.start].isascii():
        return any(0 <= raid.start - flag.end <= BESIDE for flag in flags)
    return any(0 <= flag.start - raid.end <= BESIDE and not _AT.search(folded, raid.end, flag.start) for flag in flags)


def _falls_on(folded: str, raid: Hit[str], words: Sequence[Hit[str]], end: int) -> bool:
    """Whether it is said what a raid fell on: behind it, or before it (تعرضت مواقع … لغارات)."""
    if folded[raid.start] == "ل" and any(0 <= raid.start - hit.end <= FAR for hit in words if hit.value in ("theirs", "foe")):
        return True
    if any(0 <= hit.start - raid.end <= NEAR for hit in words if hit.value in ("theirs", "foe", "struck", "far")):
        return True
    aim = _AT.search(folded, raid.end, min(raid.end + _OWNER, end))
    return aim is not None and aim[0] in _ON


# ── strikes of others ─────────────────────────────────────────────────────────────────────────────────────────────────


def war(stretch: Stretch) -> Event | None:
    """Strikes of Israel, of Turkey, of the regime, of ISIS, or on the partner forces alone."""
    wars = [*stretch.of("other_war"), *stretch.of("strike_of_others", "partners")]
    doers = stretch.of("strike_of_others", "others", "isis")
    if not (wars or doers) or stretch.is_habit() or stretch.counts():
        return None
    folded = stretch.folded
    blows = [*stretch.of("strike_of_others", *BLOWS), *stretch.strikes()]
    if not blows or _JOINT.search(folded, stretch.start, stretch.end) or _NOT_TOLD.search(folded, stretch.start, stretch.end):
        return None
    for hit in wars:
        blow = min(blows, key=lambda one: abs(one.start - hit.start))
        at = min(hit.start, blow.start)
        near = BESIDE if folded.startswith(_NOUN, blow.start) and hit.value == "isis" else NEAR
        on_partners = hit.value in ("war", "partners")
        beside = on_partners and any(base.start < hit.start for base in stretch.bases())
        if abs(blow.start - hit.start) > near or beside or _SINCE.search(folded, stretch.start, at):
            continue
        if not _is_cause(stretch, hit):
            return Event("other", ON_PARTNERS if on_partners else f"war of {hit.value}", at)
    for hit in doers:
        arms = _Arms(hit.start, hit.end, True)
        done = [one for one in blows if not folded.startswith(_NOUN, one.start) and _does(folded, arms, one)]
        done = [one for one in done if folded.find(",", hit.end, one.start) < 0]
        if done and not _SINCE.search(folded, stretch.start, min(hit.start, done[0].start)):
            return Event("other", "war of others", min(hit.start, done[0].start))
    return None


def _is_cause(stretch: Stretch, hit: Hit[str]) -> bool:
    """Whether Israel is named only as why others fight: its war in Gaza, those who support it."""
    first, last = max(stretch.start, hit.start - _OWNER), min(hit.end + _OWNER, stretch.end)
    return hit.value == "israel" and bool(_GAZA.search(stretch.folded, first, last))


def raids(stretch: Stretch) -> Event | None:
    """Raids of which nobody says whose they are."""
    words = stretch.of("strike_of_others", "struck", "raid")
    found = [hit for hit in words if hit.value == "raid" and not stretch.folded[hit.start].isascii()]
    if found and any(hit.value == "struck" and 0 <= hit.start - found[0].end <= NEAR for hit in words) and not stretch.is_habit():
        return Event("other", "raids", found[0].start)
    return None


def downed(stretch: Stretch) -> Event | None:
    """A drone of another state that was shot down."""
    for down in within(stretch.reading.cues["down_verb"], stretch.start, stretch.end) if stretch.of("other_war") else ():
        if any(0 <= hit.start - down.end <= FAR for hit in stretch.of("other_war", "turkey", "israel")):
            return Event("other", "downed", down.start)
    return None


def outside(stretch: Stretch) -> Event | None:
    """An attack on a base in Iraq or Jordan, or on what lies elsewhere."""
    reading = stretch.reading
    bases = [target for target in reading.targets_in(stretch.start, stretch.end) if target.slug == OUTSIDE]
    places = [
        hit
        for hit in stretch.of("strike_of_others", "abroad")
        if not _FROM.search(stretch.folded, max(stretch.start, hit.start - NEAR), hit.start)
    ]
    if not (bases or places) or stretch.counts() or stretch.is_habit():
        return None
    if not bases and _NOT_TOLD.search(stretch.folded, stretch.start, stretch.end):
        return None
    verbs = [*within(reading.cues["down_verb"], stretch.start, stretch.end), *stretch.of("strike_of_others", *BLOWS, "tried")]
    strikes = [hit for hit in stretch.strikes() if bases or not stretch.folded.endswith("the ", 0, hit.start)]
    found = [hit.start for hit in (*verbs, *strikes)]
    arms = [hit.start for hit in within(reading.munitions, stretch.start, stretch.end)]
    if bases and arms:
        found += [*arms, *(hit.start for hit in within(reading.cues["hurt_yes"], stretch.start, stretch.end))]
    elif not bases and (not (arms or stretch.names_day()) or stretch.of("announcement", "vowed")):
        return None
    spots = [*(base.start for base in bases), *(place.start for place in places)]
    near = [at for at in found if any(-FAR <= at - spot <= FAR for spot in spots)]
    return Event("other", _outside_of(stretch.folded, bases), min(near)) if near else None


_GENERIC = re.compile(
    fold("قاعدة|مطار|معسكر|الدولي|العسكرية") + r"|\b(?:air|base|bases|airport|camp|international|al|ain|ayn|in|iraq)\b|-"
)
"""In the name of a base what others are called too, or what is left out."""


def _outside_of(folded: str, bases: Sequence[Target]) -> str:
    """What an attack elsewhere is about: the base by its own name, so that those on two bases are two events."""
    return "outside " + " ".join(_GENERIC.sub(" ", folded[bases[0].start : bases[0].end]).split()) if bases else "outside "
