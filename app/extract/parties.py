"""Who attacked, by the sentence that tells it: an attacker by their own word, or whom the report names."""

import re
from itertools import zip_longest

from app.extract.actors import BUCKETS, CLAIMANTS
from app.extract.clauses import Clause
from app.extract.drafts import Draft, claim
from app.extract.engine import Hit, within
from app.extract.frame import Frame
from app.extract.launches import launched
from app.extract.places import OUTSIDE
from app.extract.reading import Reading
from app.extract.speech import Act, acts, is_named_next, list_heading, spoken_before, who
from app.extract.text import sentence_at

_IT_SAID = re.compile(r", (?:it|they|the group) (?:has |have |later )?(?:said|announced|claimed|declared|stated|added)\b")
"""Behind what an attacker did: their own word."""
_OPENING = 16
"""A word opens a clause within so many letters."""


def tell_party(reading: Reading, draft: Draft, earlier: list[Draft]) -> None:
    """Who attacked, by the report's word (attributed_to) or by their own (claimed_by), and from where."""
    frame = draft.frame
    sentence = reading.sentences[frame.sentence]
    start = sentence.start if frame.first and not frame.after else frame.start
    launched(reading, draft, start, frame.end)
    spoken = acts(reading, frame.sentence)
    own = _governing(reading, frame, spoken) or _announced(reading, frame)
    if own is not None:
        put_claim(reading, draft, own)
        if not _is_presupposed(reading, frame, own):
            draft.claimed = True
            draft.put(reading, "status", "claimed", own.start, own.end, own.rule)
        if own.slug in CLAIMANTS:
            draft.origins[own.slug] = claim(reading, "origin", own.slug, own.start, own.end, own.rule)
        return
    if _shares(reading, frame, earlier):
        draft.claimed = earlier[-1].claimed
        for name in ("claimed_by", "attributed_to", "status"):
            if name in earlier[-1].claims:
                draft.claims[name] = earlier[-1].claims[name]
        if {"claimed_by", "attributed_to"} & draft.claims.keys():
            return
    told = [act for act in spoken if start <= act.start < frame.end and _claims_this(reading, act, frame)]
    if told:
        put_claim(reading, draft, min(told, key=lambda act: (act.slug in BUCKETS, act.start)))
        return
    actors = [one for one in attackers_in(reading, start, frame.end) if _is_said_of(reading, one[0], frame)]
    if actors:
        hit, slug = min(actors, key=lambda actor: abs(actor[0].start - frame.trigger.start))
        said = _IT_SAID.search(reading.folded, frame.trigger.end, sentence.end)
        if said and slug in CLAIMANTS:
            put_claim(reading, draft, Act(said.start(), said.end(), "say", "claim.it_said", slug, hit))
            draft.claimed = True
            draft.put(reading, "status", "claimed", said.start(), said.end(), "claim.it_said")
            return
        draft.put(reading, "attributed_to", slug, hit.start, hit.end, hit.rule)


def put_claim(reading: Reading, draft: Draft, act: Act) -> None:
    """Set who claims an attack, with the words that name them, else with those that claim."""
    start, end = (act.named.start, act.named.end) if act.named else (act.start, act.end)
    draft.put(reading, "claimed_by", act.slug, start, end, act.rule)


def _governing(reading: Reading, frame: Frame, spoken: list[Act]) -> Act | None:
    """The attacker's word that tells a frame's attack: a verb before it and no other voice between, or "…, X said" behind it."""
    trigger = frame.trigger
    behind = [act for act in spoken if act.start > trigger.start + 1 and act.rule != "claim.ours"]
    found: Act | None = None
    for act in (act for act in spoken if act not in behind):
        if act.slug is not None and not is_loose(reading, act) and not _is_aside(reading, act, trigger.start):
            found = act
        elif act.other and act.kind == "say":
            found = None
    if found is not None and _turned(reading, found.end, trigger.start, frame):
        found = None
    if found is not None and found.slug not in BUCKETS:
        return found
    for act in behind:
        if act.slug is not None and (_trails(reading, frame, act) or _is_predicate(reading, frame, act)):
            return act
        if act.slug is not None and act.kind == "claim":
            break
    return found


def is_loose(reading: Reading, act: Act) -> bool:
    """Whether a claim is of attacks in general: of habits, of the past, of a number of them, or of "attacks on US bases"."""
    part = _clause(reading, act.start)
    if any(hit.value == "usual" for hit in within(reading.claims, part.start, part.end)):
        return True
    plural = within(reading.cues["attack_plural"], act.end, min(part.end, act.end + 30))
    pointed = any(hit.value in ("both", "all") for hit in within(reading.claims, act.end, part.end))
    return bool(plural) and not pointed and not reading.named_in(act.start, reading.sentences[_index(reading, act)].end)


def _is_aside(reading: Reading, act: Act, attack: int) -> bool:
    """Whether something is said in a clause beside the attack's ("hours after the group announced a truce, rockets …")."""
    part = _clause(reading, act.start)
    return _opens_aside(reading, part, act.start) and not part.start <= attack < part.end


def _opens_aside(reading: Reading, part: Clause, before: int) -> bool:
    """Whether a clause opens with a word that sets it beside the attack."""
    words = reading.folded[part.start : min(before, part.start + _OPENING)].split()[:2]
    opened = reading.reader.lexicon["aside"]
    return any(word in opened or word.removeprefix("و") in opened for word in (*words, " ".join(words)))


def _index(reading: Reading, act: Act) -> int:
    return sentence_at(reading.sentences, act.start)


def _clause(reading: Reading, position: int) -> Clause:
    parts = reading.clauses[sentence_at(reading.sentences, position)]
    return next(part for part in reversed(parts) if part.start <= position)


def _turned(reading: Reading, start: int, end: int, frame: Frame) -> bool:
    """Whether another story begins between a claim and an attack (فيما سقطت صواريخ …)."""
    if any(hit.value == "turn" for hit in within(reading.claims, start, end)):
        return True
    return not frame.first and frame.start > start and _falls(reading, frame)


def _falls(reading: Reading, frame: Frame) -> bool:
    """Whether an attack is told by what fell, as others see it, and not by what was done."""
    fired = reading.folded.startswith(("اطل", "واطل", "sen", "was sen"), frame.trigger.start)
    return frame.trigger.rule == "cue.fall_verb" and not fired


def _trails(reading: Reading, frame: Frame, act: Act) -> bool:
    """ "…, the group said in a statement", "بحسب بيان للمقاومة": the word behind what it tells."""
    if act.named is None or _turned(reading, frame.trigger.end, act.start, frame):
        return False
    if act.kind == "quote":
        return True
    part = _clause(reading, act.start)
    opened = reading.folded[part.start : act.named.start].strip(' "')
    follows = any(hit.value in ("that", "claim") for hit in within(reading.claims, act.end, part.end))
    its = reading.folded[act.end : act.end + 5].strip().split(" ")[0] in ("it", "that", "its", "they")
    return act.kind == "say" and opened in ("", "the") and not follows and not its and reading.folded[act.start].isascii()


def _is_predicate(reading: Reading, frame: Frame, act: Act) -> bool:
    """ "A drone attack on X was claimed by …" tells no more than the claim."""
    passive = reading.folded.endswith(("was ", "were ", "been "), max(0, act.start - 5), act.start)
    passive = passive or reading.folded.startswith(("was ", "were "), act.start)
    return act.kind == "claim" and passive and frame.trigger.rule in ("cue.attack_noun", "cue.attack_plural")


def _announced(reading: Reading, frame: Frame) -> Act | None:
    """The word of an attacker in the sentence before that this one goes on with: a list's items, "in one …", a statement."""
    sentence = reading.sentences[frame.sentence]
    if any(hit.rule == "claim.ours" for hit in within(reading.claims, sentence.start, sentence.end)):
        return None
    heading = list_heading(reading, frame.sentence)
    if heading is not None:
        return next((act for act in reversed(acts(reading, heading)) if act.slug is not None), None)
    opened = [hit for hit in within(reading.claims, sentence.start, sentence.start + 8) if hit.value == "one"]
    if not opened or frame.sentence == 0:
        return None
    slug = spoken_before(reading, frame.sentence)
    return None if slug is None else Act(opened[0].start, opened[0].end, "say", opened[0].rule, slug)


def _is_presupposed(reading: Reading, frame: Frame, act: Act) -> bool:
    """ "… claimed the attack that hit the base": the report itself tells the attack, and the claim only adds who did it."""
    trigger = frame.trigger
    definite = reading.folded.startswith(("ال", "عن ال"), trigger.start) or reading.folded.endswith("the ", 0, trigger.start)
    return definite and reading.folded.startswith((" الذي ", " التي ", " اللذين ", " اللتين ", " that ", " which "), trigger.end)


def _shares(reading: Reading, frame: Frame, earlier: list[Draft]) -> bool:
    """Whether an attack has the subject of the one told before it in the sentence: the same verb, or one that "and" joins."""
    if not earlier or earlier[-1].frame.sentence != frame.sentence:
        return False
    before = earlier[-1].frame
    if before.trigger is frame.trigger:
        return True
    opened = reading.folded[frame.start : frame.end].lstrip()
    if not opened.startswith(("و", "كما ", "and ", "ثم ", "then ")) or frame.after or _falls(reading, frame):
        return False
    subject = within(reading.attackers, before.start, before.trigger.end + 3)
    return bool(subject) and not attackers_in(reading, frame.start, frame.end)


def _claims_this(reading: Reading, act: Act, frame: Frame) -> bool:
    """Whether a claim beside an attack is of that attack: by its meaning, and of no base outside Syria."""
    if act.kind != "claim" or act.slug is None or is_loose(reading, act) or _is_aside(reading, act, frame.trigger.start):
        return False
    part = _clause(reading, act.start)
    named = [target for target in reading.targets_in(act.end, part.end) if target.slug is not None]
    return not named or any(target in frame.targets or target.slug != OUTSIDE for target in named)


def attackers_in(reading: Reading, start: int, end: int) -> list[tuple[Hit[str], str]]:
    """Those named as attackers in a stretch, with their slugs; holders of areas and targets are left out."""
    named = within(reading.attackers, start, end)
    hits = [
        hit
        for hit, after in zip_longest(named, named[1:])
        if not _is_bystander(reading, hit) and not (after is not None and is_named_next(reading, hit, after))
    ]
    return [(hit, slug) for hit in hits if (slug := who(reading, hit)) is not None]


_BY = ("من قبل", "علي يد", "علي ايدي", "من جانب", "fired by", "launched by", "carried out by")


def _is_bystander(reading: Reading, hit: Hit[str]) -> bool:
    """Whether somebody is named only as holder of an area, as a target, or as one of several who may have done it."""
    sentence = reading.sentences[max(0, sentence_at(reading.sentences, hit.start))]
    before = within(reading.claims, max(sentence.start, hit.start - 80), hit.start)
    after = within(reading.claims, hit.end, min(sentence.end, hit.end + 20))
    if any(one.value in ("unsure", "usual") for one in before) or any(one.value == "usual" for one in after):
        return True
    between = reading.folded[max(sentence.start, hit.start - 60) : hit.start].rstrip(' "')
    if between.endswith(_BY):
        return False
    words = between.removesuffix(" the").split()
    beside, setting = reading.reader.lexicon["beside_whom"], reading.reader.lexicon["setting"]
    joined = reading.folded[hit.start] == "و" or words[-1:] == ["and"]
    if (words and words[-1] in beside) or any(setting.get(word) in ("setting", "pair" if joined else "") for word in words):
        return True
    for cue in within(reading.cues["place_of"], max(sentence.start, hit.start - 45), hit.start):
        gap = reading.folded[cue.end : hit.start].strip(' "')
        if len(gap) <= 24 and gap.count(" ") < 3 and not any(mark in gap for mark in ",;:."):
            return True
    if "تابع" in between[-9:] or "عايد" in between[-9:]:
        return not any(hit.start - 35 <= one.start for one in within(reading.munitions, hit.start - 35, hit.start))
    return False


def _is_said_of(reading: Reading, hit: Hit[str], frame: Frame) -> bool:
    """Whether an attacker is named in the clause of the attack, or in one that says of it who did it."""
    part = _clause(reading, hit.start)
    if part.start <= frame.trigger.start < part.end:
        return True
    parts = reading.clauses[frame.sentence]
    at = parts.index(part)
    why = reading.reasons[frame.sentence][at]
    followed = any(one.start < hit.start for one in within(reading.cues["after_event"], part.start, part.end))
    outside = any(target.slug == OUTSIDE for target in reading.targets_in(part.start, part.end))
    if why is not None or followed or outside or _opens_aside(reading, part, hit.start):
        return False
    # A subject may stand behind what is inserted after its verb (أطلقتها، على الأرجح، ميليشيات …).
    start = parts[max(0, at - 2)].start if not reading.folded[part.start : hit.start].strip(' "') else part.start
    if any(reading.has(name, start, part.end) for name in ("blame", "attack_verb", "fall_verb", "drop_verb")):
        return True
    if any(one.value in ("did", "deed") for one in within(reading.claims, start, part.end)):
        return True
    before = [one for name in ("attack_noun", "attack_plural") for one in within(reading.cues[name], start, hit.start)]
    return bool(before or within(reading.munitions, start, hit.start))
