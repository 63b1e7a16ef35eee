"""Denials: which attacks a text reports and lets somebody deny, and which were something else, so that none is left."""

from datetime import date, timedelta
from typing import NamedTuple

from app.extract.drafts import Draft
from app.extract.engine import Hit, within
from app.extract.frame import Frame
from app.extract.places import OUTSIDE
from app.extract.reading import Reading
from app.extract.settling import Day, settle
from app.extract.text import Sentence, sentence_at

_NEAR = 3
"""A denial that names no base speaks of an attack told at most so many sentences away."""


_HAPPENED = 8
"""So near behind a verb of falling stand the losses that it tells of, and no attack (وقوع قتلى)."""

_PRONOUN = 2
"""So many letters has a word that points at anything ("it")."""


class Denial(NamedTuple):
    """Somebody says that there was no attack: the words, the sentence, the bases it names, and whether it says what it was."""

    hit: Hit[str]
    sentence: int
    slugs: frozenset[str]
    explained: bool


def denials(reading: Reading) -> list[Denial]:
    """Every denial of an attack in a text, and every rumour of one that turns out to have been something else.

    A denial of losses, of guilt or of plans denies no attack.
    """
    rumours = [hit for hit in reading.claims if hit.value == "rumour"]
    found = []
    for hit in (*reading.cues["not_happened"], *rumours):
        index = sentence_at(reading.sentences, hit.start)
        if index < 0 or reading.folded.startswith("النفي", hit.start):
            continue
        explained = _is_explained(reading, index) or (hit.value == "rumour" and _is_refuted(reading, index))
        if (explained or hit.value != "rumour") and _denies_attack(reading, reading.sentences[index], hit):
            found.append(Denial(hit, index, _bases(reading, index, hit), explained))
    return found


def _denies_attack(reading: Reading, sentence: Sentence, hit: Hit[str]) -> bool:
    end = min(sentence.end, hit.end + 160)
    names = ("attack_noun", "attack_verb", "attack_plural", "fall_verb")
    attacks = [one.start for name in names for one in within(reading.cues[name], hit.start, end)]
    things = [one for one in within(reading.claims, hit.start, sentence.end) if one.value in ("part", "harm", "plan")]
    attacks = [at for at in attacks if not any(0 < one.start - at <= _HAPPENED for one in things)]
    if things and things[0].start - hit.end < 60 and things[0].start <= min(attacks, default=things[0].start):
        return False
    said = [one for one in within(reading.attackers, max(sentence.start, hit.start - 60), hit.end + 12)]
    if any(-60 <= one.end - hit.start <= 2 or 0 <= one.start - hit.end <= 12 for one in said):
        return False
    pointed = reading.folded.startswith((" it.", " it,", " this.", " that."), hit.end) or any(
        one.value in ("report", "attack", "both", "all") and one.end - one.start > _PRONOUN
        for one in within(reading.claims, sentence.start, sentence.end)
    )
    before = any(reading.has(name, sentence.start, hit.start) for name in names[:3])
    return (bool(attacks) or pointed or before) and not reading.has("since", hit.end, end)


def _bases(reading: Reading, index: int, hit: Hit[str]) -> frozenset[str]:
    """The bases of the denial's own clause, else of the next that names one, else of those before it."""
    parts = reading.clauses[index]
    own = next(at for at in range(len(parts) - 1, -1, -1) if parts[at].start <= hit.start)
    for part in (*parts[own:], *reversed(parts[:own])):
        slugs = {t.slug for t in reading.targets_in(part.start, part.end) if t.slug is not None and t.slug != OUTSIDE}
        if slugs:
            return frozenset(slugs)
    return frozenset()


def _is_explained(reading: Reading, index: int) -> bool:
    """Whether the denial, or a sentence beside it, says what was heard instead of an attack."""
    for at in range(max(0, index - 1), min(index + _NEAR, len(reading.sentences))):
        sentence = reading.sentences[at]
        hits = within(reading.claims, sentence.start, sentence.end)
        causes = [one for one in hits if one.value == "cause"]
        if causes and (reading.has("blast", sentence.start, sentence.end) or any(one.value == "explains" for one in hits)):
            return True
    return False


def _is_refuted(reading: Reading, index: int) -> bool:
    """Whether somebody denies, in its sentence or the next, what is only a rumour: nothing is left that anybody reports."""
    last = reading.sentences[min(index + 1, len(reading.sentences) - 1)]
    return reading.has("not_happened", reading.sentences[index].start, last.end)


def stands(reading: Reading, frame: Frame, explained: list[Denial]) -> bool:
    """Whether a frame tells another attack than those that were something else: on another base, or recalled with its day."""
    if is_recalled(reading, frame):
        return True
    sentence = reading.sentences[frame.sentence]
    slugs = {target.slug for target in frame.targets}
    apart = all(denial.slugs and None not in slugs and not slugs & denial.slugs for denial in explained)
    return apart and not reading.has("alleged", sentence.start, sentence.end)


def is_recalled(reading: Reading, frame: Frame) -> bool:
    """Whether a frame recalls, in the report's own voice, an attack of an earlier day, which a denial of the news lets stand."""
    sentence = reading.sentences[frame.sentence]
    told = [hit.value for part in frame.parts for hit in within(reading.times, part.start, part.end) if hit.value.names_day]
    recalled = reading.has("recalled", sentence.start, frame.end) and not reading.has("alleged", sentence.start, sentence.end)
    return bool(told) and recalled and not any(_is_news(settle(when, reading.published), reading.published) for when in told)


def _is_news(day: Day | None, published: date | None) -> bool:
    """Whether a day is that of publication, or one of the two before it."""
    if day is None or published is None or day.precision == "month":
        return False
    return published - date.fromisoformat(day.end or day.start) <= timedelta(days=2)


def dispute(reading: Reading, drafts: list[Draft]) -> None:
    """What the text reports and somebody denies in it, without another cause, is disputed."""
    for denial in denials(reading):
        if denial.explained:
            continue
        for draft in _denied(reading, drafts, denial):
            draft.put(reading, "status", "disputed", denial.hit.start, denial.hit.end, "status.denied")


def _denied(reading: Reading, drafts: list[Draft], denial: Denial) -> list[Draft]:
    """The attacks that a denial means: on the bases it names, else those told next to it; what was recalled is not meant."""
    meant = [draft for draft in drafts if not is_recalled(reading, draft.frame)]
    if denial.slugs:
        meant = [draft for draft in meant if draft.slug in denial.slugs]
    elif len(drafts) > 1:
        before = [draft for draft in meant if 0 <= denial.sentence - draft.frame.sentence <= _NEAR]
        meant = before or [draft for draft in meant if 0 < draft.frame.sentence - denial.sentence <= _NEAR]
    if not meant:
        return []
    near = min(abs(draft.frame.sentence - denial.sentence) for draft in meant)
    return [draft for draft in meant if abs(draft.frame.sentence - denial.sentence) == near or len(denial.slugs) > 1]
