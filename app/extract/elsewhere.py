"""Who attacked, where a sentence of its own says so: a claim, blame or a confirmation of attacks that others tell."""

import re
from bisect import bisect_right

from app.extract.actors import BUCKETS
from app.extract.clauses import Clause
from app.extract.drafts import Draft, claim
from app.extract.engine import Hit, within
from app.extract.origins import quoted
from app.extract.parties import attackers_in, is_loose, put_claim
from app.extract.places import OUTSIDE
from app.extract.reading import Reading
from app.extract.settling import settle
from app.extract.speech import Act, acts
from app.extract.text import Sentence

_NEAR = 3
"""A sentence that names no base speaks of an attack told at most so many sentences before."""

_LATEST = 50
"""No claim means an attack with more than so many told after it."""


def tell_elsewhere(reading: Reading, drafts: list[Draft], totals: frozenset[int]) -> None:
    """Add who claims an attack, and whom others blame for it, where a sentence of its own says so."""
    if not drafts or not reading.attackers:
        return
    telling = {draft.frame.sentence for draft in drafts}
    for index, sentence in enumerate(reading.sentences):
        named = within(reading.attackers, sentence.start, sentence.end)
        if index in totals or not (named or within(reading.claims, sentence.start, sentence.end)):
            continue
        said = [act for act in acts(reading, index) if _claims_another(reading, act, index, telling)]
        for act in said:
            for draft in _meant(reading, drafts, index, act.start, sentence.start if index in telling else sentence.end):
                if "claimed_by" not in draft.claims:
                    put_claim(reading, draft, act)
        if index not in telling and sentence.role != "heading":
            if not said and named:
                _blamed(reading, drafts, index, sentence)
            _confirmed(reading, drafts, index, sentence)


def _claims_another(reading: Reading, act: Act, index: int, telling: set[int]) -> bool:
    """Whether a claim is of an attack that another sentence tells; beside an attack it must point back ("that attack")."""
    if act.slug is None or is_loose(reading, act):
        return False
    if act.kind != "claim":
        after = {hit.value for hit in within(reading.claims, act.end, reading.sentences[index].end)}
        return index not in telling and act.slug not in BUCKETS and "deed" in after and bool(after & {"attack", "both", "all"})
    return index not in telling or any(
        hit.value == "attack" for hit in within(reading.claims, act.end, min(act.end + 3, len(reading.folded)))
    )


def _blamed(reading: Reading, drafts: list[Draft], index: int, sentence: Sentence) -> None:
    """ "Officials blamed …", "the rockets were fired by …": whom a sentence without an attack of its own blames."""
    for part in reading.telling(index):
        for hit, slug in attackers_in(reading, part.start, part.end):
            if not (_is_blamed(reading, sentence, hit) or _did_it(reading, part, hit)):
                continue
            times = [one.value for one in within(reading.times, part.start, part.end)]
            times = [time for time in times if time.vague or time.names_day]
            days = [settle(time, reading.published) for time in times]
            for draft in _meant(reading, drafts, index, sentence.start, sentence.end):
                if times and draft.day is not None and draft.day not in days:
                    continue
                if not {"claimed_by", "attributed_to"} & draft.claims.keys():
                    draft.put(reading, "attributed_to", slug, hit.start, hit.end, hit.rule)
            return


def _confirmed(reading: Reading, drafts: list[Draft], index: int, sentence: Sentence) -> None:
    """ "An official confirmed the attack": what only the attackers had told is reported by others too."""
    if not any(hit.value == "attack" for hit in within(reading.claims, sentence.start, sentence.end)):
        return
    words = reading.reader.lexicon["confirming"]
    for hit in quoted(reading, sentence):
        if any(word.removeprefix("و") in words for word in reading.folded[hit.start : hit.end].split()):
            for draft in _meant(reading, drafts, index, sentence.start, sentence.end):
                draft.origins.setdefault(hit.value, claim(reading, "origin", hit.value, hit.start, hit.end, hit.rule))
                if draft.claimed:
                    draft.claimed = False
                    draft.claims.pop("status", None)


def _is_blamed(reading: Reading, sentence: Sentence, hit: Hit[str]) -> bool:
    """Whether a word of blame stands beside somebody, and no word of doubt."""
    near = within(reading.cues["blame"], max(sentence.start, hit.start - 120), min(sentence.end, hit.end + 90))
    usual = any(one.value == "usual" for one in within(reading.claims, sentence.start, sentence.end))
    counted = any(one.value.kind == "count" and one.value.number > 2 for one in within(reading.figures, hit.end, sentence.end))
    return bool(near) and not usual and not counted


def _did_it(reading: Reading, part: Clause, hit: Hit[str]) -> bool:
    """Whether somebody is the subject of a verb of attack whose object the text has told ("militias had launched them")."""
    meant = [one for one in within(reading.claims, part.start, part.end) if one.value in ("attack", "fired", "both")]
    told = within(reading.claims, part.start, part.end)
    verbs: list[Hit[str]] = [
        one for name in ("attack_verb", "fall_verb") for one in within(reading.cues[name], part.start, part.end)
    ]
    verbs += [one for one in told if one.value == "did"]
    if not (meant and verbs) or any(one.value in ("unsure", "usual") for one in told):
        return False
    return any(_joins(reading.folded[hit.end : verb.start]) for verb in verbs if verb.start >= hit.end) or any(
        _joins(reading.folded[verb.end : hit.start]) for verb in verbs if verb.end <= hit.start
    )


_APPOSITION = re.compile(r", [^,]{1,40}, (?=had|have|has|$)")
_BETWEEN = frozenset(
    ("", "had", "have", "has", "by", "هي من", "هو من", "هم من", "هي التي", "قد", "كانت قد", "also", "من قبل", "that", "which")
)


def _joins(words: str) -> bool:
    return _APPOSITION.sub("", words).strip(' "') in _BETWEEN


def _meant(reading: Reading, drafts: list[Draft], index: int, start: int, end: int) -> list[Draft]:
    """The attacks that a claim or a blame means: both, those on the base it names, the first or second, or the last told."""
    sentence = reading.sentences[index]
    count = bisect_right(drafts, index, key=lambda draft: draft.frame.sentence)
    latest = drafts[max(0, count - _LATEST) : count]
    earlier = [draft for draft in latest if draft.frame.sentence < index or draft.frame.trigger.start <= start]
    several = [hit.value for hit in within(reading.claims, start, sentence.end) if hit.value in ("both", "all")]
    if several and earlier:
        near = [draft for draft in earlier if index - draft.frame.sentence <= _NEAR + 2 and not draft.vague]
        return _last_two(near) if several[0] == "both" else near if len(near) > 1 else []
    named = frozenset(target.slug for target in reading.targets_in(start, end) if target.slug is not None)
    if not earlier:
        earlier = drafts if len(drafts) == 1 or (sentence.role == "heading" and named) else []
    if named:
        return _on_bases([draft for draft in earlier if draft.slug in named - {OUTSIDE}])
    if not earlier or (index - earlier[-1].frame.sentence > _NEAR and len(drafts) > 1):
        return []
    for name, second in (("second_event", True), ("first_event", False)):
        if reading.has(name, sentence.start, sentence.end) and len(earlier) > 1:
            return earlier[-1:] if second else earlier[-2:-1]
    here = [draft for draft in earlier if draft.frame.sentence == earlier[-1].frame.sentence]
    main = [draft for draft in here if not draft.frame.after] or here
    return main if all(draft.frame.trigger is main[0].frame.trigger for draft in main) else main[-1:]


def _last_two(drafts: list[Draft]) -> list[Draft]:
    """The two attacks told last: those on the last two bases, with all that was told of them; else two on one base."""
    slugs = list(dict.fromkeys(draft.slug for draft in reversed(drafts)))[:2]
    return [draft for draft in drafts if draft.slug in slugs] if len(slugs) > 1 else drafts[-2:]


def _on_bases(drafts: list[Draft]) -> list[Draft]:
    """Of the attacks on each base those told last."""
    last = {draft.slug: draft.frame.sentence for draft in drafts}
    return [draft for draft in drafts if draft.frame.sentence == last[draft.slug]]
