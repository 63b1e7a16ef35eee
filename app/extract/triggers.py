"""Which word of a clause tells an attack, and on which bases."""

import re

from app.extract.clauses import Clause
from app.extract.engine import Hit, within
from app.extract.folding import fold
from app.extract.places import OUTSIDE, Target
from app.extract.reading import Reading
from app.extract.text import sentence_at
from app.extract.weapons import Munition


def object_end(parts: list[Clause], index: int) -> int:
    """How far behind a verb its subject may stand: past one inserted clause (سقط، بحسب المرصد، صاروخ)."""
    return min(parts[min(index + 2, len(parts) - 1)].end, parts[index].end + 120)


def trigger_of(reading: Reading, part: Clause, reach: int) -> Hit[str] | None:
    """The first word in a clause that tells an attack; words of falling and firing need a weapon beside them.

    What is there "to shoot down drones" tells none.
    """
    hits = [
        *within(reading.cues["attack_verb"], part.start, part.end),
        *within(reading.cues["attack_noun"], part.start, part.end),
    ]
    weapons = within(reading.munitions, part.start, part.end)
    generic = [hit for plural in within(reading.cues["attack_plural"], part.start, part.end) for hit in _which(reading, plural)]
    if generic:
        return None
    if weapons:
        for name in ("fall_verb", "attack_plural", "down_verb"):
            hits += within(reading.cues[name], part.start, part.end)
        dropped = within(reading.cues["drop_verb"], part.start, part.end)
        hits += [hit for hit in dropped if any(0 <= fired.start - hit.end <= 12 for fired in weapons)]
    elif within(reading.munitions, part.end, reach) or _follows_subject(reading, part):
        for name in ("fall_verb", "down_verb"):
            hits += within(reading.cues[name], part.start, part.end)
    elif within(reading.times, part.start, part.end):
        hits += within(reading.cues["attack_plural"], part.start, part.end)
    if not weapons and within(reading.cues["another_thing"], part.start, part.end) and targets_of(reading, part):
        hits += [hit for name in ("fall_verb", "down_verb") for hit in within(reading.cues[name], part.start, part.end)]
    meant = [hit for hit in hits if not (hit.rule == "cue.down_verb" and reading.folded[hit.start] == "ل")]
    meant = [hit for hit in meant if not (_by_own_side(reading, part, hit) or _negated(reading, hit) or _refers(reading, hit))]
    return min(meant, key=lambda hit: (hit.start, -hit.end), default=None) or _aimed(reading, part, weapons)


_ASIDE = 60
"""Letters at most between a weapon and its verb, with an aside in commas ("two drones, again in the morning, made for …")."""


def _follows_subject(reading: Reading, part: Clause) -> bool:
    """Whether an English clause opens with its verb, and a weapon stands before it as the subject."""
    opened = part.start + len(reading.folded[part.start : part.end]) - len(reading.folded[part.start : part.end].lstrip())
    verbs = within(reading.cues["fall_verb"], opened, opened + 1)
    sentence = reading.sentences[sentence_at(reading.sentences, part.start)]
    before = within(reading.munitions, max(sentence.start, opened - _ASIDE), opened)
    return bool(verbs and before) and reading.folded[opened].isascii() and reading.folded.startswith(",", before[-1].end)


_SINCE = re.compile(
    fold(r"(?<!\w)[وف]?(?:بعد|قبل|عقب|إثر|خلال|أثناء|منذ) ?$") + r"|\b(?:after|before|during|since|following) the (?:[a-z]+ )?$"
)
_FURTHER = re.compile(fold(r" (?:على|ضد|الذي|التي|في|ب|من|ال)") + r"| (?:on|at|against|that|which|by|in|of|from|near)\b")


def _refers(reading: Reading, hit: Hit[str]) -> bool:
    """Whether "the attack" is only one that was told ("after the shelling.", "The attack followed …")."""
    if hit.rule != "cue.attack_noun":
        return False
    if within(reading.cues["after_event"], hit.start, hit.start + 1):
        return True
    folded = reading.folded
    definite = folded.startswith("ال", hit.start) or folded[hit.start].isascii()
    since = _SINCE.search(folded, max(0, hit.start - 30), hit.start) if definite else None
    return since is not None and not _FURTHER.match(folded, hit.end)


_NOT = ("لم ", "لن ", "not ", "never ", "n't ", "nothing was ", "no longer ")


def _negated(reading: Reading, verb: Hit[str]) -> bool:
    """Whether a negation stands right before a verb (لم تستهدف, was not hit)."""
    return verb.rule in ("cue.attack_verb", "cue.fall_verb") and reading.folded[max(0, verb.start - 12) : verb.start].endswith(
        _NOT
    )


def _by_own_side(reading: Reading, part: Clause, verb: Hit[str]) -> bool:
    """Whether the coalition is the one who strikes (the coalition had bombed …, قصفت مدفعية التحالف …)."""
    behind = within(reading.cues["own_weapon"], verb.end, verb.end + 2)
    if not any(hit.start == verb.start for hit in within(reading.cues["attack_verb"], verb.start, verb.end)):
        return verb.rule == "cue.fall_verb" and bool(behind)
    sentence = reading.sentences[sentence_at(reading.sentences, part.start)]
    before = within(reading.cues["own_side"], sentence.start, verb.start)
    if before and _ITS.search(reading.folded, before[-1].end, verb.start):
        return True
    return bool(behind) or any(_HAD.fullmatch(reading.folded, hit.end, verb.start) for hit in before if hit.start >= part.start)


_HAD = re.compile(r" (?:(?:had|has|have|also|then|later|already|earlier|قد|كانت) ){0,2}")
"""What may stand between a subject and its verb."""
_ITS = re.compile(
    r"(?:(?<!\w)[ب]?ان (?:قوات|طايرات|مقاتلات|مروحيات|مدفعيت)ها| its (?:forces|aircraft|jets|warplanes)) (?:had |قد )?$"
)
"""Those who speak tell of what they did themselves."""


def _aimed(reading: Reading, part: Clause, weapons: list[Hit[Munition]]) -> Hit[str] | None:
    """A weapon with where it went tells an attack whatever the verb (عادت الصواريخ إلى …, a drone against …)."""
    for weapon in weapons:
        sentence = reading.sentences[sentence_at(reading.sentences, part.start)]
        if within(reading.cues["own_side"], sentence.start, weapon.start):
            continue
        dated = any(hit.value.names_day for hit in within(reading.times, sentence.start, sentence.end))
        for target in reading.targets_in(weapon.end, part.end):
            ways = within(reading.cues["toward"], weapon.end, target.start)
            between = reading.folded[ways[-1].end : target.start] if ways else "."
            if (_HEAD.sub("", between) if dated else between).strip(' "') in _BETWEEN:
                return Hit("frame.aimed", weapon.start, weapon.end, "aimed")
    return None


_HEAD = re.compile(
    fold(r"(?:قاعدة|القاعدة|حقل|معمل|مطار|محيط)(?: الأميركية| الأمريكية)?(?: في)? ?$") + r"|(?:base|garrison) (?:at|in) $"
)
"""Words for a base before its name: an item of a list of attacks with their days has them."""
_BETWEEN = frozenset(("", "both", "the", "a", "an", "each of", "two bases,", "كل من", "كلا من", "كل"))
"""What may stand between the word of direction and the base."""


def _which(reading: Reading, plural: Hit[str]) -> list[Hit[str]]:
    """The relative word behind "attacks": "the rocket attacks that the base came under" are spoken of, not told."""
    return within(reading.cues["which"], plural.end, plural.end + 25)


_OBJECT = 12
"""Letters at most between a word of attack and what was struck."""


def has_other_object(reading: Reading, trigger: Hit[str], targets: tuple[Target, ...]) -> bool:
    """Whether a word of attack says itself that it was no base that was struck (استهدف دورية, hit a convoy near X)."""
    if trigger.rule not in ("cue.attack_verb", "cue.fall_verb"):
        return False
    located = all(_is_near(reading, target) for target in targets)
    return located and reading.has("other_object", trigger.end, trigger.end + _OBJECT)


_ROADS = ("علي طريق", "طريق", "on the road to", "on a road to", "road to", "outside", "on its way to")


def _is_near(reading: Reading, target: Target) -> bool:
    """Whether a base only says where something lies."""
    before = reading.folded[max(0, target.start - 25) : target.start].rstrip().removesuffix(" قاعده").removesuffix(" the")
    near = [hit for hit in within(reading.hits["near"], target.start - 25, target.start) if target.start - hit.end <= 8]
    return bool(near) or before.endswith(_ROADS)


_CARRIED = 12
"""Letters at most between "they were flown to" and the base."""


def targets_of(reading: Reading, part: Clause) -> tuple[Target, ...]:
    """A clause's targets; beside a named base, one that is only pointed at is the same."""
    carried = [hit.end for hit in within(reading.cues["carried_to"], part.start, part.end)]
    here = [t for t in reading.targets_in(part.start, part.end) if not any(0 <= t.start - end <= _CARRIED for end in carried)]
    named = [target for target in here if target.slug is not None]
    pointed = [] if any(target.slug != OUTSIDE for target in named) else [target for target in here if target.slug is None]
    return tuple(sorted([*named, *pointed[:1]], key=lambda target: target.start))


_PRONOUNS = ("ها", "ته")
_AT_IT = re.compile(
    fold(r"[^,]{0,25} (?:علي|إلي|نحو|صوب|تجاه|قرب|باتجاه|في محيط)(?:ها|ه)(?!\w)")
    + r"| (?:at|toward|towards|against|into|on|near) it\b"
)
"""Behind a verb of firing: at the base that was spoken of."""
_DEFENCE = re.compile(fold(r"مضاد|دفاعات|حراس") + r"|defen[cs]e|interceptor|guards\b")


def pronoun(reading: Reading, part: Clause, trigger: Hit[str]) -> Target | None:
    """The base that a pronoun means (طالتها المسيّرات, drones struck it), where a weapon or a day is told with it."""
    folded = reading.folded
    told = within(reading.munitions, part.start, part.end)
    times = within(reading.times, part.start, part.end)
    if trigger.rule == "cue.attack_verb" and (told or times):
        suffixed = folded[trigger.start : trigger.end].endswith(_PRONOUNS)
        meant = suffixed or folded.startswith((" it ", " it,", " it."), trigger.end)
    else:
        meant = bool(trigger.rule == "cue.fall_verb" and told and times) and _is_at_it(reading, part, trigger)
    return Target(None, trigger.start, trigger.end, again=True) if meant else None


def _is_at_it(reading: Reading, part: Clause, trigger: Hit[str]) -> bool:
    """Whether something was fired at what was spoken of, and not by those who defend it at what came."""
    if not _AT_IT.match(reading.folded, trigger.end, part.end) or part.has(reading.cues, "own_side"):
        return False
    sentence = reading.sentences[sentence_at(reading.sentences, part.start)]
    came = within(reading.munitions, sentence.start, part.start)
    return not came and not _DEFENCE.search(reading.folded, part.start, part.end)
