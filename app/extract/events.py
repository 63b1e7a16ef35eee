"""Reads what looks like a strike and is none: convoys, the coalition's answer, drills, alerts, and strikes on others."""

import re
from collections.abc import Iterator, Mapping

from app.extract.engine import Hit, within
from app.extract.folding import fold
from app.extract.places import OUTSIDE
from app.extract.reading import Reading
from app.extract.settling import settle
from app.extract.strikes import BESIDE, BLOWS, FAR, NEAR, ON_PARTNERS, Event, Stretch, downed, outside, raids, response, war
from app.extract.text import sentence_at
from app.extract.values import NonStrikeEvent

_LISTS = (
    "convoy", "training", "response", "alert", "other_war", "withdrawal", "strike_of_others", "announcement", "not_happened",
    "blast", "blast_unexplained",
)  # fmt: skip
"""A sentence without a word of these tells no such event."""

_TELLING = frozenset({*BLOWS, "did", "others", "abroad", "partners"})
"""Words of [strike_of_others] beside which a sentence may tell a strike."""

_SUPPOSING = 35
"""What makes a movement a plan or a wish stands so near before its verb."""

_EXPLAINED = 3
"""What a denied attack was is said at most so many sentences behind the denial."""

_LEFT = "withdrawal from "
"""What a withdrawal is about: the base that was left."""

_SHORTEST = 25
"""What is shorter is a line above a paragraph ("Drills and convoys .."), and no sentence."""

_SAME_AGAIN = re.compile(
    fold(r"(?<!\w)[وف]?(?:القافلة|الرتل|الشاحنات)(?!\w)") + r"|\b(?:the|this) (?:convoy|shipment|column|drill|exercise)"
)
_ALSO = re.compile(fold(r"(?:كما|كذلك)(?!\w)") + r"|(?:\w+ )?also |separately")
_SUPPOSED = re.compile(
    fold(r"(?<!\w)(?:إذا|لو|قد ت|قد ي|ستكون|سوف|لن|لم|لا|ينوي|تنوي|تعتزم|يعتزم|تخطط|يخطط|تدرس|يدرس|خطط|خطة|نية|احتمال|إمكانية)")
    + r"|\b(?:if|would|could|may|might|should|plans?(?: to)?|will|not|never|no|weigh\w*|consider\w*|possible|potential)\b"
)
_NO_PART = re.compile(
    fold("علاقة|صلة|ضلوع|مسؤولي|تورط|وقوف|أوامر|اتهام")
    + r"|any part|involve|responsib|role|behind|\blinks?\b|order|accus|knowledge"
)
_TOWARDS = re.compile(fold(r"(?<!\w)(?:إلى|باتجاه|نحو|صوب)(?!\w)") + r"|\b(?:for|to|towards?|into)\b")
_AROUND = re.compile(
    fold(r"(?<!\w)[وف]?(?:وسط|في ظل|رافقه|رافقها|ترافق مع|بالتزامن مع|مع)(?: حالة)? ?$") + r"|\bamid(?: a| an)? ?$"
)
_SUSPECTS = re.compile(fold("المشتبه") + "|usual suspects")
_RELIEF = re.compile(fold("إنساني|نازح|إغاث|المسروق|بالنفط|بالقمح|سرقة") + "|humanitarian|displaced|stolen|smuggl")
_WANTED = re.compile(fold("طالب|تطالب|يطالب|دعا |دعت |دعوات") + r"|\bcall(?:ed|s|ing)? (?:for|on)|\bdemand|\burg(?:ed|es|ing)\b")
_SITES = re.compile(fold("قواعد|مواقعه") + r"|\b(?:bases|outposts|sites)\b")
_OUT = re.compile(fold(r"(?<!\w)من(?: \w+)? ?$") + r"|\b(?:from|out of)(?: \w+){0,2} ?$")
_AFTER = re.compile(fold(r"(?<!\w)[وف]?(?:بعد|عقب|منذ|إثر)(?: أن)? ?$") + r"|\b(?:after|since|following)(?: \w+){0,2} ?$")
_REHEARSED = re.compile(fold("سيناريو|محاكاة|تحاكي|افتراضي") + r"|\b(?:scenario|simulat|rehears|mock )")
_RAISED = re.compile(fold(r"(?<!\w)[وف]?(?:رفعت|رفعوا|عززت|شددت|زادت|كثفت)(?!\w)"))
_WAS = re.compile(r"\b(?:was|were|been|being) $")


def read(reading: Reading, told: frozenset[int]) -> tuple[NonStrikeEvent, ...]:
    """One event for each body sentence that tells one; sentences of attacks and totals, `told`, must tell it in so many words."""
    found: list[NonStrikeEvent] = []
    last: dict[str, int] = {}
    for index, words in sorted(_by_sentence(reading).items()):
        sentence = reading.sentences[index]
        short = sentence.end - sentence.start < _SHORTEST
        if short or sentence.role == "heading" or reading.folded[sentence.end - 1] == "?":
            continue
        stretch = Stretch(reading, sentence.start, sentence.end, words)
        for event in _in_attack(stretch, index) if index in told else _told(stretch, index, told):
            before = _before(last, event.about)
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
            if name != "strike_of_others" or hit.value in _TELLING:
                telling.add(index)
    telling |= {sentence_at(reading.sentences, target.start) for target in reading.targets if target.slug == OUTSIDE}
    return {index: found.get(index, {}) for index in telling if index >= 0}


def _before(last: Mapping[str, int], about: str) -> int | None:
    """Where an event was told last; what is said of it only in part (a base "in Iraq") may be the one with a name."""
    told = [index for known, index in last.items() if known.startswith(about) or about.startswith(known)]
    return max(told, default=None)


def _is_same(reading: Reading, event: Event, before: int, index: int) -> bool:
    """Whether a sentence goes on with the event that one `before` told: right behind it, at no other time, with no "also"."""
    sentence = reading.sentences[index]
    if event.kind == "reinforcement_convoy" and _SAME_AGAIN.search(reading.folded, sentence.start, sentence.start + NEAR):
        return True
    if index - before > 1 and event.kind != "training":
        return False
    if _ALSO.match(reading.folded, sentence.start):
        return False
    days = _days(reading, sentence.start, min(event.at + NEAR, sentence.end))
    return not days or days <= _days(reading, reading.sentences[before].start, reading.sentences[before].end)


def _days(reading: Reading, start: int, end: int) -> set[object]:
    times = [hit.value for hit in within(reading.times, start, end) if hit.value.names_day or hit.value.vague]
    return {settle(time, reading.published) or time for time in times}


def _in_attack(stretch: Stretch, index: int) -> Iterator[Event]:
    """An event that the sentence of an attack tells too, in a clause of its own."""
    reading = stretch.reading
    for clause, why in zip(reading.clauses[index], reading.reasons[index], strict=True):
        part = stretch.part(clause.start, clause.end)
        event = _drill(part) if why == "training" else None
        event = event or response(part)
        if why in ("other_war", "response"):
            event = event or _of_others(part)
        event = event or _moved(part, told=True)
        if event is not None:
            yield event
            return
    named = any(base.slug is not None or base.again for base in stretch.bases())
    there = None if named else outside(stretch)
    yield from (event for event in (_siren_elsewhere(stretch), there) if event is not None)


def _of_others(part: Stretch) -> Event | None:
    """A strike of others in the sentence of an attack; what hit a position of the partners beside the base is the attack's."""
    event = war(part)
    return event if event is None or event.about != ON_PARTNERS else None


def _told(stretch: Stretch, index: int, told: frozenset[int]) -> Iterator[Event]:
    """What a sentence tells that tells no attack; what comes later counts only where the first goes on with what was told."""
    main = _unexplained(stretch) or _drill(stretch) or _denial(stretch, index, told) or downed(stretch) or response(stretch)
    beside = _first(war(stretch), raids(stretch), outside(stretch), _moved(stretch), _threat(stretch))
    heard = None if main or beside else _heard(stretch, index, told)
    yield from (event for event in (main, beside, heard) if event is not None)


def _first(*events: Event | None) -> Event | None:
    """The event that the sentence tells first."""
    return min((event for event in events if event is not None), key=lambda event: event.at, default=None)


def _drill(stretch: Stretch) -> Event | None:
    """A drill, or old ammunition blown up on purpose."""
    words = stretch.of("training")
    drills = [hit for hit in words if hit.value != "demolition"]
    if drills:
        return Event("training", "training", drills[0].start)
    return Event("other", "demolition", words[0].start) if words else None


def _denial(stretch: Stretch, index: int, told: frozenset[int]) -> Event | None:
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
    return Event("other", "denial", denials[0].start) if attack else None


def _unexplained(stretch: Stretch) -> Event | None:
    """Blasts of which it is said that nobody explains them."""
    words = stretch.of("blast_unexplained")
    return Event("other", "blast", words[0].start) if words and not stretch.of("alert") else None


def _heard(stretch: Stretch, index: int, told: frozenset[int]) -> Event | None:
    """Blasts at a base without a cause; those beside an attack are its own, those in a text on a drill are explained."""
    heard = stretch.of("blast")
    if not heard or not told.isdisjoint(range(index - 1, index + 2)):
        return None
    reading = stretch.reading
    explained = bool(reading.cues["training"]) and not reading.cues["blast_unexplained"]
    return Event("other", "blast", heard[0].start) if stretch.bases() and not explained else None


# ── movements, alerts, threats ────────────────────────────────────────────────────────────────────────────────────────


def _moved(stretch: Stretch, told: bool = False) -> Event | None:
    """A withdrawal, a convoy or an alert; in the sentence of an attack sirens and what is only amid it are its own."""
    return _withdrawal(stretch) or _first(_convoy(stretch, told), _alert(stretch, told))


def _convoy(stretch: Stretch, told: bool) -> Event | None:
    """Supplies or troops that came, by road or by air."""
    load = [*stretch.of("convoy"), *stretch.of("withdrawal", "cargo")]
    if not load or stretch.is_habit() or _RELIEF.search(stretch.folded, stretch.start, stretch.end):
        return None
    came = stretch.of("withdrawal", "came")
    moved = [hit for hit in load if any(-NEAR <= hit.start - verb.end <= NEAR for verb in came)]
    opens = [hit for hit in load if not told and hit.start - stretch.start <= BESIDE and hit.rule == "cue.convoy"]
    hits = moved or opens
    return Event("reinforcement_convoy", "convoy", hits[0].start) if hits else None


def _alert(stretch: Stretch, told: bool) -> Event | None:
    """Readiness or sirens; what is only said to stand around something else (وسط استنفار) tells none."""
    folded, first = stretch.folded, stretch.start
    words = stretch.of("alert", "ready", *(() if told else ("amid", "siren")))
    words += [hit for hit in stretch.of("alert", "level") if _RAISED.search(folded, max(first, hit.start - NEAR), hit.start)]
    told_of = [hit for hit in words if not _AROUND.search(folded, first, hit.start)]
    if _REHEARSED.search(folded, first, stretch.end):
        return None
    return Event("alert", "alert", told_of[0].start) if told_of else None


def _siren_elsewhere(stretch: Stretch) -> Event | None:
    """Sirens at another base than the one that the sentence says was attacked."""
    named = [base for base in stretch.bases() if base.slug is not None] if stretch.of("alert", "siren") else []
    for siren in stretch.of("alert", "siren") if named else ():
        here = next((base.slug for base in named if 0 <= base.start - siren.end <= NEAR), None)
        if here is not None and any(base.slug != here for base in named):
            return Event("alert", "alert", siren.start)
    return None


def _withdrawal(stretch: Stretch) -> Event | None:
    """That those who hold a base left it, or moved things out of it; leaving "towards" a base is no such."""
    verbs = stretch.of("withdrawal", "left", "came", "closed")
    if not verbs or _WANTED.search(stretch.folded, stretch.start, stretch.end):
        return None
    folded, bases = stretch.folded, stretch.bases()
    who = [*stretch.of("strike_of_others", "flag", "forces"), *stretch.of("convoy"), *stretch.of("withdrawal", "cargo")]
    for verb in verbs:
        if _SUPPOSED.search(folded, max(stretch.start, verb.start - _SUPPOSING), verb.end):
            continue
        passive = verb.value != "came" and _WAS.search(folded, stretch.start, verb.start)
        if passive and any(base.start < verb.start for base in bases):
            return Event("other", _LEFT + str(bases[0].slug), verb.start)
        behind = NEAR if verb.value == "came" or not folded[verb.start].isascii() else 0
        if not any(-NEAR <= hit.start - verb.end <= behind for hit in who):
            continue
        for base in bases:
            out = verb.value != "came" or _OUT.search(folded, verb.end, base.start)
            if out and 0 <= base.start - verb.end <= FAR and not _TOWARDS.search(folded, verb.end, base.start):
                return Event("other", _LEFT + str(base.slug), verb.start)
        background = verb.value == "came" or _AFTER.search(folded, stretch.start, verb.start)
        if not background and _SITES.search(folded, verb.end, min(verb.end + NEAR, stretch.end)):
            return Event("other", "withdrawals", verb.start)
    return None


def _threat(stretch: Stretch) -> Event | None:
    """A threat by those who attack, or that they join a war."""
    vows = stretch.of("announcement", "vowed")
    if not vows or _SUSPECTS.search(stretch.folded, stretch.start, stretch.end):
        return None
    who = [*within(stretch.reading.attackers, stretch.start, stretch.end), *stretch.of("announcement", "who")]
    for vow in vows:
        behind = 0 if stretch.folded[vow.start].isascii() else 3
        if any(-FAR <= hit.start - vow.end <= behind for hit in who):
            return Event("other", "threat", vow.start)
    return None
