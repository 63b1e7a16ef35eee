"""What was fired or flown in an attack, and how many of it."""

import re

from app.extract.drafts import Draft
from app.extract.engine import Hit, within
from app.extract.folding import fold
from app.extract.frame import Frame
from app.extract.numbers import UNTOLD, Count
from app.extract.places import Target
from app.extract.reading import Reading
from app.extract.text import QUOTE_LIMIT
from app.extract.values import Claim
from app.extract.weapons import SAME, Munition, combined, first_count


def _own(draft: Draft, target: Target, hits: list[Hit[Munition]]) -> list[Hit[Munition]]:
    """Of several bases, each told with a weapon of its own ("with rockets X and with drones Y"), the weapon of one."""
    targets = draft.frame.targets
    if len(targets) < 2 or len(hits) != len(targets):
        return hits
    pairs = list(zip(sorted(targets, key=lambda t: t.start), hits, strict=True))
    behind = all(base.start < hit.start for base, hit in pairs)
    ends = [max(base.end, hit.end) for base, hit in pairs]
    parted = all(end <= min(base.start, hit.start) for end, (base, hit) in zip(ends, pairs[1:], strict=False))
    before = all(hit.start < base.start for base, hit in pairs)
    return [hit for base, hit in pairs if base is target] if parted and (behind or before) else hits


def tell_weapon(reading: Reading, draft: Draft, target: Target, earlier: list[Draft]) -> None:
    """Put the weapon and its count, by the words of the attack's clauses or by those they point at."""
    parts = [part for part in draft.frame.parts if not part.has(reading.cues, "left_over")] or draft.frame.parts
    hits = [hit for part in parts for hit in within(reading.munitions, part.start, part.end)]
    fired = _told(reading, draft.frame, hits)
    hits = _own(draft, target, fired)
    weapon, count = combined([hit.value for hit in hits])
    if weapon is None or weapon == SAME:
        _elliptic_weapon(reading, draft, earlier, told=weapon == SAME)
        if hits and count.low is not None:
            put_count(reading, draft, count, next(h for h in hits if h.value.count.low is not None))
        return
    if len(draft.frame.targets) == len({t.slug for t in draft.frame.targets}) > 1 and len(hits) == len(fired) == 1:
        count = UNTOLD  # a number for several bases together is no one's own: it is listed as unread
    if draft.frame.trigger.rule == "cue.drop_verb":
        count = first_count([hit.value for hit in hits if hit.start > draft.frame.trigger.start])
    shown = next((h for h in hits if h.value.weapon == weapon), hits[0])
    end = hits[-1].end if weapon == "mixed" and hits[-1].end - hits[0].start <= QUOTE_LIMIT else shown.end
    start = hits[0].start if weapon == "mixed" else shown.start
    draft.put(reading, "weapon", weapon, start, end, shown.rule if weapon != "mixed" else "weapon.mixed")
    counted = next((h for h in hits if h.value.count == count or h.value.nth == count.low), shown)
    put_count(reading, draft, count, counted)


_BESIDE = re.compile(
    fold(r"(?<!\w)[وف]?(?:قبل|قبيل|بعد|بعيد|عقب|منذ) (?:هجوم|قصف) $") + r"|\b(?:before|after|during|since|following) the $"
)
_SPOKEN = re.compile(fold("ال") + r"|[^,.]*?(?:attack|strike|raid|barrage|salvo)s?\b")


def _told(reading: Reading, frame: Frame, hits: list[Hit[Munition]]) -> list[Hit[Munition]]:
    """Without the weapon of an attack that a frame only refers to ("less than an hour before the drone attack, rockets …")."""

    def of_another(hit: Hit[Munition]) -> bool:
        since = _BESIDE.search(reading.folded, max(0, hit.start - 40), hit.start)
        if since is None or since.start() <= frame.trigger.start <= hit.end:
            return False
        return bool(_SPOKEN.match(reading.folded, hit.start, hit.end + 8))

    return [hit for hit in hits if not of_another(hit)] or hits


def put_count(reading: Reading, draft: Draft, count: Count, hit: Hit[Munition]) -> None:
    """Both ends of a count, as far as they are told."""
    for name, number in (("munitions_low", count.low), ("munitions_high", count.high)):
        if number is not None:
            draft.put(reading, name, number, hit.start, hit.end, hit.rule)


def _elliptic_weapon(reading: Reading, draft: Draft, earlier: list[Draft], told: bool) -> None:
    """ "… and also struck al-Tanf": the weapon of the sentence before, where that is the neighbour or (`told`) is pointed at."""
    frame = draft.frame
    if not earlier or frame.sentence - earlier[-1].frame.sentence > 1:
        return
    sentence = reading.sentences[frame.sentence]
    elliptic = (
        told
        or frame.second
        or reading.has("also", sentence.start, frame.end)
        or frame.trigger.rule == "cue.down_verb"
        or frame.sentence == earlier[-1].frame.sentence
    )
    source = earlier[-1].claims.get("weapon")
    if elliptic and source is not None:
        draft.claims["weapon"] = Claim("weapon", source.value, span=source.span, rule="weapon.elliptic")
        if frame.trigger.rule == "cue.down_verb":
            _elliptic_count(reading, draft)


def _elliptic_count(reading: Reading, draft: Draft) -> None:
    """ "One was shot down at noon": a number word right behind the verb counts what came."""
    after = reading.folded[draft.frame.trigger.end : draft.frame.trigger.end + 60]
    position = draft.frame.trigger.end
    for word in after.split(" "):
        number = reading.reader.lexicon["number"].get(word.strip('",.'))
        if number is not None:
            for name in ("munitions_low", "munitions_high"):
                draft.put(reading, name, number, position, position + len(word), "weapon.elliptic_count")
            return
        position += len(word) + 1
