"""Reads what looks like a strike and is none: convoys, the coalition's answer, drills, alerts, and strikes on others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.extract.engine import Hit, within
from app.extract.places import OUTSIDE, Target
from app.extract.reading import Reading
from app.extract.settling import settle
from app.extract.text import fold, sentence_at
from app.extract.values import NonStrikeEvent

_LISTS = (
    "convoy", "training", "response", "alert", "other_war", "withdrawal", "strike_of_others", "announcement", "not_happened",
    "blast", "blast_unexplained",
)  # fmt: skip
"""A sentence without a word of these tells no such event."""

_STRIKES = ("attack_verb", "attack_noun", "fall_verb")
"""Words that tell an attack on a base, and strikes of and on others too."""

_BLOWS = ("struck", "raid", "fire")
_OWN = frozenset({"flag", "forces", "means", "arms", "plane"})
_HOW = frozenset({"theirs", "foe", "raid", "means", "arms", "plane", "fire"})
"""Of the words of [strike_of_others]: what is done; the coalition and its arms; with what, or on what, fire is answered."""

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
_BASE = fold("قاعد")
_ON = frozenset({"on", "against", fold("على"), "ضد"})
_NO_PART = re.compile(
    fold("علاقة|صلة|ضلوع|مسؤولي|تورط|وقوف|أوامر|اتهام")
    + r"|any part|involve|responsib|role|behind|\blinks?\b|order|accus|knowledge"
)
_WORDS = re.compile(r"(?: [\w.-]+){0,2} ")
_TOWARDS = re.compile(fold(r"(?<!\w)(?:إلى|باتجاه|نحو|صوب)(?!\w)") + r"|\b(?:for|to|towards?|into)\b")
_SINCE = re.compile(fold(r"(?:منذ|مذ)(?: أن)? ?$") + r"|since ?$")
_GAZA = re.compile(fold("غزة|حماس|دعم|مساند|تأييد") + r"|\bgaza|\bhamas|support|backing|\bally\b|\ballies\b")
_AROUND = re.compile(
    fold(r"(?<!\w)[وف]?(?:وسط|في ظل|رافقه|رافقها|ترافق مع|بالتزامن مع|مع)(?: حالة)? ?$") + r"|\bamid(?: a| an)? ?$"
)
_JOINT = re.compile(fold("قاعدة مشتركة|قاعدة عسكرية مشتركة") + "|joint base|shared base|base shared")
"""A base of the coalition with its partners: a strike on it is an attack, whoever flew it."""

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


@dataclass(frozen=True, slots=True)
class _Stretch:
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

    def part(self, start: int, end: int) -> "_Stretch":
        """A clause of it."""
        inside = {name: [hit for hit in hits if start <= hit.start < end] for name, hits in self.words.items()}
        return _Stretch(self.reading, start, end, inside)

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
        if not self.reading.has("attack_repeated", self.start, self.end):
            return False
        return not any(hit.value.names_day for hit in within(self.reading.times, self.start, self.end))

    def strikes(self) -> list[Hit[str]]:
        """Words that tell an attack on a base, and strikes of and on others too."""
        return [hit for name in _STRIKES for hit in within(self.reading.cues[name], self.start, self.end)]


def read(reading: Reading, told: frozenset[int]) -> tuple[NonStrikeEvent, ...]:
    """One event for each body sentence that tells one; sentences of attacks and totals, `told`, must tell it in so many words."""
    found: list[NonStrikeEvent] = []
    last: dict[str, int] = {}
    for index, words in sorted(_by_sentence(reading).items()):
        sentence = reading.sentences[index]
        if sentence.role == "heading" or reading.folded[sentence.end - 1] == "?":
            continue
        stretch = _Stretch(reading, sentence.start, sentence.end, words)
        for event in _in_attack(stretch, index) if index in told else _told(stretch, index, told):
            before = last.get(event.about)
            last[event.about] = index
            if event.about.startswith(_LEFT) and stretch.of("convoy"):
                last["convoy"] = index
            if before is None or not _is_same(reading, event, before, index):
                where = reading.text.span(sentence.start, sentence.end)
                found.append(NonStrikeEvent(event.kind, where, f"event.{event.kind}"))
                break
    return tuple(found)


def _by_sentence(reading: Reading) -> dict[int, dict[str, list[Hit[str]]]]:
    """For each sentence that may tell an event the words of the lists that stand in it."""
    found: dict[int, dict[str, list[Hit[str]]]] = {}
    telling: set[int] = set()
    for name in _LISTS:
        for hit in reading.cues[name]:
            index = sentence_at(reading.sentences, hit.start)
            found.setdefault(index, {}).setdefault(name, []).append(hit)
            if name != "strike_of_others" or hit.value in _BLOWS:
                telling.add(index)
    telling |= {sentence_at(reading.sentences, target.start) for target in reading.targets if target.slug == OUTSIDE}
    return {index: found.get(index, {}) for index in telling if index >= 0}


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


def _in_attack(stretch: _Stretch, index: int) -> Iterator[_Event]:
    """An event that the sentence of an attack tells too, in a clause of its own."""
    reading = stretch.reading
    for clause, why in zip(reading.clauses[index], reading.reasons[index], strict=True):
        part = stretch.part(clause.start, clause.end)
        event = _drill(part) if why == "training" else None
        event = event or _response(part)
        if why in ("other_war", "response"):
            event = _war(part) or event
        event = event or _moved(part, told=True)
        if event is not None:
            yield event
            return


def _told(stretch: _Stretch, index: int, told: frozenset[int]) -> Iterator[_Event]:
    """What a sentence tells that tells no attack; what comes later counts only where the first goes on with what was told."""
    main = _unexplained(stretch) or _drill(stretch) or _denial(stretch, index, told) or _response(stretch)
    beside = _first(_war(stretch), _raids(stretch), _outside(stretch), _moved(stretch), _threat(stretch))
    heard = None if main or beside else _heard(stretch, index, told)
    yield from (event for event in (main, beside, heard) if event is not None)


def _first(*events: _Event | None) -> _Event | None:
    """The event that the sentence tells first."""
    return min((event for event in events if event is not None), key=lambda event: event.at, default=None)


def _drill(stretch: _Stretch) -> _Event | None:
    """A drill, or old ammunition blown up on purpose."""
    words = stretch.of("training")
    drills = [hit for hit in words if hit.value != "demolition"]
    if drills:
        return _Event("training", "training", drills[0].start)
    return _Event("other", "demolition", words[0].start) if words else None


def _denial(stretch: _Stretch, index: int, told: frozenset[int]) -> _Event | None:
    """An attack that somebody denies, unless it counts as one: the text goes on to say what it was, or nobody tells it."""
    denials = stretch.of("not_happened")
    if not denials:
        return None
    reading = stretch.reading
    until = reading.sentences[min(index + _EXPLAINED, len(reading.sentences) - 1)].end
    if told and not reading.has("training", stretch.start, until):
        return None
    if _NO_PART.search(stretch.folded, denials[0].end, stretch.end):
        return None
    attack = reading.targets_in(stretch.start, stretch.end) or stretch.strikes()
    return _Event("other", "denial", denials[0].start) if attack else None


def _unexplained(stretch: _Stretch) -> _Event | None:
    """Blasts of which it is said that nobody explains them."""
    words = stretch.of("blast_unexplained")
    return _Event("other", "blast", words[0].start) if words and not stretch.of("alert") else None


def _heard(stretch: _Stretch, index: int, told: frozenset[int]) -> _Event | None:
    """Blasts at a base without a cause; those beside an attack are its own, those in a text on a drill are explained."""
    heard = stretch.of("blast")
    if not heard or not told.isdisjoint(range(index - 1, index + 2)):
        return None
    reading = stretch.reading
    explained = bool(reading.cues["training"]) and not reading.cues["blast_unexplained"]
    return _Event("other", "blast", heard[0].start) if stretch.bases() and not explained else None


# ── the coalition's fire ──────────────────────────────────────────────────────────────────────────────────────────────


def _response(stretch: _Stretch) -> _Event | None:
    """The coalition's fire on those who attack it; its raids on ISIS or inside Iran are events of another kind."""
    words = stretch.of("strike_of_others")
    if stretch.is_habit():
        return None
    at = _answer(stretch, words)
    if at is None and words:
        at = _own_fire(stretch.folded, words, stretch.end)
    if at is None:
        return None
    foes = any(hit.value == "foe" for hit in words)
    elsewhere = any(w.value == "far" or (w.value == "isis" and not foes and abs(w.start - at) <= _NEAR) for w in words)
    return _Event("other", "other fire", at) if elsewhere else _Event("coalition_response", "response", at)


def _answer(stretch: _Stretch, words: Sequence[Hit[str]]) -> int | None:
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
    blows = [hit for hit in words if hit.value in _BLOWS and not folded.startswith(_NOUN, hit.start)]
    blows += [hit for hit in words if hit.value == "did" and any(abs(blow.start - hit.end) <= _FAR for blow in blows)]
    if not blows:
        return None
    aims = [hit for hit in words if hit.value in ("theirs", "foe", "isis", "far")]
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
            owners = [hit for hit in flags if 0 <= hit.start - means.end <= _OWNER]
        for flag in owners:
            first, last = min(flag.end, means.end), max(flag.start, means.start)
            if not _AT.search(folded, first, last) and folded.find(_BASE, first, last) < 0:
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
    """Whether it is said what a raid fell on: behind it, or before it (تعرضت مواقع … لغارات)."""
    if folded[raid.start] == "ل" and any(0 <= raid.start - hit.end <= _FAR for hit in words if hit.value in ("theirs", "foe")):
        return True
    if any(0 <= hit.start - raid.end <= _NEAR for hit in words if hit.value in ("theirs", "foe", "struck", "far")):
        return True
    aim = _AT.search(folded, raid.end, min(raid.end + _OWNER, end))
    return aim is not None and aim[0] in _ON


# ── strikes of others ─────────────────────────────────────────────────────────────────────────────────────────────────


def _war(stretch: _Stretch) -> _Event | None:
    """Strikes of Israel, of Turkey, of ISIS, or on the partner forces alone."""
    wars = [] if stretch.is_habit() else stretch.of("other_war")
    blows = [*stretch.of("strike_of_others", *_BLOWS), *stretch.strikes()] if wars else []
    for war in wars if blows else ():
        blow = min(blows, key=lambda hit: abs(hit.start - war.start))
        at = min(war.start, blow.start)
        if abs(blow.start - war.start) > _NEAR or _SINCE.search(stretch.folded, stretch.start, at):
            continue
        if _JOINT.search(stretch.folded, at, stretch.end) or stretch.counts():
            continue
        if not _is_cause(stretch.folded, war):
            return _Event("other", f"war of {war.value}", at)
    return None


def _is_cause(folded: str, war: Hit[str]) -> bool:
    """Whether Israel is named only as why others fight: its war in Gaza, those who support it."""
    return war.value == "israel" and bool(_GAZA.search(folded, max(0, war.start - _OWNER), war.end + _OWNER))


def _raids(stretch: _Stretch) -> _Event | None:
    """Raids of which nobody says whose they are."""
    words = stretch.of("strike_of_others", "struck", "raid")
    raids = [hit for hit in words if hit.value == "raid" and not stretch.folded[hit.start].isascii()]
    if raids and any(hit.value == "struck" and 0 <= hit.start - raids[0].end <= _NEAR for hit in words):
        return _Event("other", "raids", raids[0].start)
    return None


def _outside(stretch: _Stretch) -> _Event | None:
    """An attack on a base in Iraq or Jordan."""
    reading = stretch.reading
    there = [target for target in reading.targets_in(stretch.start, stretch.end) if target.slug == OUTSIDE]
    if not there or stretch.counts() or stretch.is_habit():
        return None
    words = [*stretch.strikes(), *within(reading.cues["down_verb"], stretch.start, stretch.end)]
    words += stretch.of("strike_of_others", "struck", "raid", "tried")
    near = [hit.start for hit in words if any(-_FAR <= hit.start - target.start <= _FAR for target in there)]
    return _Event("other", "outside", min(near)) if near else None


# ── movements, alerts, threats ────────────────────────────────────────────────────────────────────────────────────────


def _moved(stretch: _Stretch, told: bool = False) -> _Event | None:
    """A convoy, a withdrawal or an alert; in the sentence of an attack sirens and what is only amid it are its own."""
    return _first(_withdrawal(stretch), _convoy(stretch, told), _alert(stretch, told))


def _convoy(stretch: _Stretch, told: bool) -> _Event | None:
    """Supplies or troops that came, by road or by air."""
    load = [*stretch.of("convoy"), *stretch.of("withdrawal", "cargo")]
    if not load or _RELIEF.search(stretch.folded, stretch.start, stretch.end):
        return None
    came = stretch.of("withdrawal", "came")
    moved = [hit for hit in load if any(-_NEAR <= hit.start - verb.end <= _NEAR for verb in came)]
    opens = [hit for hit in load if not told and hit.start - stretch.start <= _BESIDE and hit.rule == "cue.convoy"]
    hits = moved or opens
    return _Event("reinforcement_convoy", "convoy", hits[0].start) if hits else None


def _alert(stretch: _Stretch, told: bool) -> _Event | None:
    """Readiness or sirens; what is only said to stand around something else (وسط استنفار) tells none."""
    words = stretch.of("alert", *(("ready",) if told else ()))
    told_of = [hit for hit in words if not _AROUND.search(stretch.folded, stretch.start, hit.start)]
    return _Event("alert", "alert", told_of[0].start) if told_of else None


def _withdrawal(stretch: _Stretch) -> _Event | None:
    """That those who hold a base left it; leaving "towards" a base is no such."""
    verbs = stretch.of("withdrawal", "left")
    who = [*stretch.of("strike_of_others", "flag", "forces"), *stretch.of("convoy")] if verbs else []
    if not who or _SUPPOSED.search(stretch.folded, stretch.start, stretch.end):
        return None
    for verb in verbs:
        behind = 0 if stretch.folded[verb.start].isascii() else _NEAR
        if not any(-_NEAR <= hit.start - verb.end <= behind for hit in who):
            continue
        for base in stretch.bases():
            if 0 <= base.start - verb.end <= _FAR and not _TOWARDS.search(stretch.folded, verb.end, base.start):
                return _Event("other", _LEFT + str(base.slug), verb.start)
    return None


def _threat(stretch: _Stretch) -> _Event | None:
    """A threat by those who attack, or that they join a war."""
    vows = stretch.of("announcement", "vowed")
    if not vows or _SUSPECTS.search(stretch.folded, stretch.start, stretch.end):
        return None
    who = [*within(stretch.reading.attackers, stretch.start, stretch.end), *stretch.of("announcement", "who")]
    for vow in vows:
        behind = 0 if stretch.folded[vow.start].isascii() else 3
        if any(-_FAR <= hit.start - vow.end <= behind for hit in who):
            return _Event("other", "threat", vow.start)
    return None
