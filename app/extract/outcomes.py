"""Reads what became of an attack: stopped wholly, in part or not at all, and whether anyone was hurt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.extract.clauses import Clause, Cues
from app.extract.engine import Hit, within
from app.extract.folding import fold

_NOT_FAR = 90
"""A denying word reaches so many characters ("none of the roughly 200 troops there was hurt"), as long as nothing turns it."""

_BESIDE = 45
"""What is beside a word of harm stands so near: who was hurt, or that the number is not known."""

_OF_DEFENCE = 60
"""What a defence failed or tried to do stands so near behind the word of failing or trying."""

_PERSON = 30
"""Words that tell of people as well as of things (أصيب, إصابة) have the people so near behind them."""

_RECALLED = re.compile(
    fold(r"(?<!\w)[وف]?(?:بعد(?! ان)|عقب|منذ|ذكرى|ردا على|انتقاما|ثأرا)(?: \w+){0,2} ?[لب]?$")
    + r"|\b(?:after|since|anniversary of|response to|retaliation for|revenge for|avenge|following)(?: \S+){0,4} ?$"
    + r"|\b(?:could|would|might|may|meant to|intended to|aimed to)(?: have)? ?$"
)
"""Before a word of harm: that of another event, or of none."""

_ELSEWHERE = re.compile(
    fold("العراق|الأردن|أربيل|بغداد|(?:قطر|اليمن|الكويت)(?!ي)|الدوحة|البحر الأحمر")
    + r"|iraq(?!i)|jordan|\b[ei]rbil|iraqi kurdistan|baghdad|qatar|doha|yemen|red sea|kuwait"
)
_ONE = re.compile(
    fold(r" (?:(?:it|them|both|before|قبل|واحدة|واحدا|اثنتين|اثنين|بعضها|جميعها|كلها|إحداهما|عددا منها)(?!\w)")
    + r"|(?:one|two|three|four|five|all|some|several)(?=$|[,.;]| and | of them| while | before ))"
)
"""Behind "destroyed": of what came, and so no launcher or depot."""

_WHO_THEY_ARE = re.compile(fold(r" (?:أعداد|عدد|هوي|جنسي|أسماء|رتب|how many|their)\w*"))
"""Behind "it is not known": a detail of those who were hurt, and so they were."""

_JOINED = re.compile(r" (?:and|but|while) ")
_PARTICIPLES = frozenset({"injured", "wounded", "killed", "hurt", "harmed"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value with the words that say it, in folded characters."""

    value: str
    start: int
    end: int
    rule: str


def intercepted(folded: str, parts: Sequence[Clause], cues: Cues, several: bool) -> Outcome | None:
    """all, some or none; None where the text is silent or tells only of attempts. `several`: the attack was by more than one."""
    failed: list[Hit[str]] = []
    downs: list[Hit[str]] = []
    for part in parts:
        failures, done = _defence(folded, part, cues)
        failed += failures
        downs += done
    if not downs:
        return Outcome("none", failed[0].start, failed[0].end, "intercepted.failed") if failed else None
    down = downs[0]
    missed = failed[0] if failed else None
    partial = missed or next((hit for part in parts if (hit := _in_part(part, cues)) is not None), None)
    whole = next((hit for part in parts for hit in within(cues["all_of_it"], part.start, part.end)), None)
    if missed is not None and missed.start < down.start and whole is not None:
        partial = None
    if partial is not None and (missed is not None or (several and whole is None)):
        return Outcome("some", min(down.start, partial.start), max(down.end, partial.end), "intercepted.some")
    return Outcome("all", down.start, down.end, "intercepted.all")


def _defence(folded: str, part: Clause, cues: Cues) -> tuple[list[Hit[str]], list[Hit[str]]]:
    """What a clause says that the defence failed to do, and what it did; what was only tried is neither."""
    downs = within(cues["down_verb"], part.start, part.end)
    words = within(cues["down_failed"], part.start, part.end)
    if not downs and not words:
        return [], []
    tried = within(cues["down_tried"], part.start, part.end)
    failed: list[Hit[str]] = []
    undone = [(hit.start, hit.end) for hit in tried if hit.value == "tried"]
    for word in (hit for hit in words if hit.value != "stop"):
        meant = [hit for hit in (*downs, *words) if hit.value not in ("fail", "failed", "down") and _follows(hit, word)]
        if meant or word.value == "failed":
            failed.append(word)
            undone.append((word.start, max((hit.end for hit in meant), default=word.end)))
    attempts = [hit for hit in tried if hit.value == "try"]
    armed = any(within(cues[name], part.start, part.end) for name in ("munitions", "down_part"))
    done = [
        hit
        for hit in downs
        if not any(start <= hit.start < end for start, end in undone)
        and not (hit.value == "downing" and any(_follows(hit, word) for word in attempts))
        and (hit.value != "destroy" or armed or _ONE.match(folded, hit.end))
    ]
    return failed, done


def is_elsewhere(folded: str, part: Clause) -> bool:
    """Whether a clause speaks of a place in another country."""
    return _ELSEWHERE.search(folded, part.start, part.end) is not None


def _follows(hit: Hit[str], word: Hit[str]) -> bool:
    return word.end <= hit.start <= word.end + _OF_DEFENCE


def _in_part(part: Clause, cues: Cues) -> Hit[str] | None:
    """The word of a clause that says that only part was stopped: "one of them", or "the rest" with what it hit."""
    found = within(cues["down_part"], part.start, part.end)
    if found:
        return found[0]
    downs = {hit.start for hit in within(cues["down_verb"], part.start, part.end)}
    for hit in within(cues["reached"], part.start, part.end):
        if any(time.end > hit.start for time in within(cues["times"], hit.start - _CLOCK, hit.end)):
            continue
        verbs = [verb for name in ("attack_verb", "fall_verb") for verb in _around(cues[name], hit)]
        if hit.value == "reached" or any(verb.start not in downs for verb in verbs):
            return hit
    return None


_CLOCK = 12
"""Letters at most of a clock before the number of its hour (عند الثالثة فجرا): that is no third drone."""


def _around(verbs: Sequence[Hit[str]], hit: Hit[str]) -> list[Hit[str]]:
    return within(verbs, hit.start - _BESIDE // 2, hit.end + _BESIDE)


def casualties(folded: str, parts: Sequence[Clause], cues: Cues, own: bool) -> Outcome | None:
    """yes, none or unknown, about people or "losses"; damage alone says nothing.

    `own`: the clauses tell the attack itself, so that whoever was hurt was hurt in it; elsewhere it must be said who.
    """
    found: dict[str, Outcome] = {}
    for part in parts:
        for outcome in _harms(folded, part, cues, own):
            found.setdefault(outcome.value, outcome)
    return found.get("yes") or found.get("none") or found.get("unknown")


def _harms(folded: str, part: Clause, cues: Cues, own: bool) -> list[Outcome]:
    """What one clause says of each harm that it names."""
    found = [Outcome("none", hit.start, hit.end, "casualties.none") for hit in within(cues["hurt_none"], part.start, part.end)]
    words = within(cues["harm"], part.start, part.end)
    harms = [*(hit for hit in words if hit.value == "harm"), *within(cues["hurt_yes"], part.start, part.end)]
    denied = [(one.start, one.end) for one in found]
    for harm in sorted(harms, key=lambda hit: hit.start):
        if any(start <= harm.start < end for start, end in denied):
            continue
        outcome = _of_harm(folded, harm, words, within(cues["hurt_unknown"], part.start, part.end), cues)
        if outcome is None and harm.value != "harm" and _is_told(folded, harm, part, words, cues, own):
            outcome = Outcome("yes", harm.start, harm.end, "casualties.yes")
        found += [outcome] if outcome and outcome.value else []
    return found


def _of_harm(folded: str, harm: Hit[str], words: Sequence[Hit[str]], unknown: Sequence[Hit[str]], cues: Cues) -> Outcome | None:
    """What the word nearest before a word of harm makes of it: denied, or not known. An empty value: nothing about people."""
    if any(hit.value == "material" and 0 <= hit.start - harm.end <= 3 for hit in words):
        return Outcome("", harm.start, harm.end, "")
    for hit in unknown:
        behind = 0 <= hit.start - harm.end <= _BESIDE and not _WHO_THEY_ARE.match(folded, hit.end)
        if hit.start <= harm.start < hit.end + _BESIDE or behind:
            return Outcome("unknown", min(hit.start, harm.start), max(hit.end, harm.end), "casualties.unknown")
    if harm.value == "struck" and not (_people(folded, cues, harm.end, harm.end + _PERSON) or _is_passive(folded, harm, cues)):
        return Outcome("", harm.start, harm.end, "")
    if any(hit.value == "nobody" and 0 <= hit.start - harm.end <= 3 for hit in words):
        return Outcome("none", harm.start, harm.end, "casualties.none")
    between: set[str] = set()
    for hit in reversed([hit for hit in words if hit.end <= harm.start and harm.start - hit.end <= _NOT_FAR]):
        if hit.value == "denied" and "turn" not in between:
            return Outcome("none", hit.start, harm.end, "casualties.none")
        if hit.value == "not" and not between & {"turn", "result"} and _reaches(folded, hit, harm):
            value = "unknown" if between & {"info", "amount"} else "none"
            return Outcome(value, hit.start, harm.end, f"casualties.{value}")
        between.add(hit.value)
    return None


def _is_passive(folded: str, harm: Hit[str], cues: Cues) -> bool:
    """Whether people stand before a verb that tells of things too, as its subject (أن جندياً واحداً أصيب)."""
    if not folded.startswith(_PASSIVE, harm.start):
        return False
    before = _people(folded, cues, harm.start - _BESIDE, harm.start)
    named = any(hit.value != "anyone" for hit in before)
    return named and not set(folded[before[-1].end : harm.start]) & set(",;:.")


_PASSIVE = ("اصيب", "واصيب")


def _reaches(folded: str, denial: Hit[str], harm: Hit[str]) -> bool:
    """Whether a denial holds for a word of harm: not past "and" to another verb (لم تعرف هويتهم وأصيب; "missed and wounded")."""
    if folded[harm.start] in "وف" and harm.value in ("verb", "struck") and harm.start - denial.end > 1:
        return False
    if not _JOINED.search(folded, denial.end, harm.start):
        return True
    listing = folded[denial.start : denial.end] in ("no", "without", "neither", "nor", "any")
    return listing and folded[harm.start : harm.end] not in _PARTICIPLES


def _is_told(folded: str, harm: Hit[str], part: Clause, words: Sequence[Hit[str]], cues: Cues, own: bool) -> bool:
    """Whether a word of harm says that somebody of the attacked was hurt in the attack, and in no event before it."""
    if _RECALLED.search(folded, max(part.start, harm.start - _BESIDE), harm.start):
        return False
    who = _who(folded, harm, part, cues)
    if own:
        return who != "enemy"
    counted = any(hit.value == "amount" and 0 <= harm.start - hit.end <= _PERSON for hit in words)
    return who not in (None, "enemy") and not counted and not is_elsewhere(folded, part)


def _who(folded: str, harm: Hit[str], part: Clause, cues: Cues) -> str | None:
    """Who is named nearest to a word of harm, or None."""
    near = _people(folded, cues, max(part.start, harm.start - _BESIDE), min(part.end, harm.end + _BESIDE))
    nearest = min(near, key=lambda hit: min(abs(hit.start - harm.end), abs(harm.start - hit.end)), default=None)
    return nearest.value if nearest else None


def _people(folded: str, cues: Cues, start: int, end: int) -> list[Hit[str]]:
    """Those whom a stretch names; "Sunday" (الأحد) is nobody."""
    return [h for h in within(cues["our_people"], start, end) if h.value != "anyone" or not folded.startswith("ال", h.start)]
