"""Sentences without an attack of their own that add to one told before."""

from bisect import bisect_left

from app.extract.aftermath import results
from app.extract.clauses import Clause
from app.extract.drafts import Draft
from app.extract.engine import Hit, within
from app.extract.fired import put_count
from app.extract.folding import fold
from app.extract.launches import launched
from app.extract.numbers import Count
from app.extract.reading import Reading
from app.extract.settling import settle
from app.extract.text import Sentence
from app.extract.weapons import SAME, Munition, combined

_NEAR = 3
"""A sentence without a base speaks of an attack told at most so many sentences before."""


_ALL = 6
""" "None of the attacks", "both bases": those told at most so many sentences before."""


def add_tails(reading: Reading, drafts: list[Draft], totals: frozenset[int]) -> None:
    """A sentence without an attack of its own adds to the attack before it, or to that on the base it names."""
    by_base: dict[str, list[Draft]] = {}
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_base.setdefault(draft.slug, []).append(draft)
        by_sentence.setdefault(draft.frame.sentence, []).append(draft)
    telling = sorted(by_sentence)
    meant: tuple[int, list[Draft]] = (-1, [])
    for index, sentence in enumerate(reading.sentences):
        if index in by_sentence or index in totals or sentence.role == "heading":
            continue
        parts = tuple(reading.telling(index))
        if not parts:
            continue
        slugs = {t.slug for t in reading.targets_in(sentence.start, sentence.end) if t.slug is not None}
        before = telling[bisect_left(telling, index) - 1] if telling and telling[0] < index else -_NEAR - 1
        near = by_sentence[before] if index - before <= _NEAR else []
        if sentence.role == "item" and not (near and reading.sentences[before].paragraph == sentence.paragraph):
            continue
        if slugs:
            near = by_base.get(next(iter(slugs)), [])[:_NEAR] if len(slugs) == 1 else []
        if near and reading.has("both_of_them", sentence.start, sentence.end):
            near = [draft for draft in drafts if -_ALL <= draft.frame.sentence - index <= 0]
        elif not slugs:
            near = _numbered(reading, sentence, near, meant[1] if meant[0] == index - 1 else near)
            meant = (index, near)
        for draft in near:
            _tail(reading, draft, parts)


def _numbered(reading: Reading, sentence: Sentence, drafts: list[Draft], spoken: list[Draft]) -> list[Draft]:
    """Of two attacks told together the one that "the first" or "the second" means, else those `spoken` of before."""
    for name, second in (("second_event", True), ("first_event", False)):
        if reading.has(name, sentence.start, sentence.end) and any(draft.frame.second for draft in drafts):
            return [draft for draft in drafts if draft.frame.second == second]
    return spoken


def _tail(reading: Reading, draft: Draft, parts: tuple[Clause, ...]) -> None:
    """Add what the clauses tell, unless they tell it of another day."""
    start, end = parts[0].start, parts[-1].end
    times = [hit.value for hit in within(reading.times, start, end) if hit.value.vague or hit.value.names_day]
    if times and draft.day is not None and draft.day not in [settle(time, reading.published) for time in times]:
        return
    results(reading, draft, parts)
    launched(reading, draft, start, end)
    _tail_weapon(reading, draft, parts)


def _one_more(reading: Reading, draft: Draft, hits: list[Hit[Munition]], shot_down: bool) -> None:
    """ "A second drone fell short": one more than was told, and what was shot down before was not all of it."""
    more = [hit for hit in hits if hit.value.nth and hit.value.weapon == draft.value("weapon")]
    if not more or draft.value("munitions_high") != str((more[0].value.nth or 0) - 1):
        return
    put_count(reading, draft, Count(more[0].value.nth, more[0].value.nth), more[0])
    if draft.value("intercepted") == "all" and not shot_down:
        for name, value in (("intercepted", "some"), ("outcome", "partial")):
            draft.put(reading, name, value, more[0].start, more[0].end, "intercepted.some")


_ONE_OF = ("one of the ", "one of ", fold("إحدى "), fold("أحد "))
"""Before the number of all that came ("one of the two drones was shot down")."""


def _tail_weapon(reading: Reading, draft: Draft, parts: tuple[Clause, ...]) -> None:
    """The weapon and its count, where nothing was told yet; what was shot down is no count of what came."""
    stopped = [part for part in parts if part.has(reading.cues, "down_verb")]
    came = [part for part in parts if part not in stopped] if draft.value("weapon") is None else parts
    hits = [hit for part in came for hit in within(reading.munitions, part.start, part.end)]
    weapon, count = combined([hit.value for hit in hits])
    told = draft.value("weapon")
    if any(part.has(reading.cues, "left_over") for part in parts):
        return
    shot_down = any(part in stopped for part in came)
    _one_more(reading, draft, hits, shot_down)
    whole = next((hit for hit in hits if reading.folded.endswith(_ONE_OF, 0, hit.start) and hit.value.weapon == told), None)
    if whole is not None and "munitions_low" not in draft.claims and whole.value.count.low is not None:
        put_count(reading, draft, whole.value.count, whole)
    if weapon in (None, SAME) or shot_down or (told not in (None, "unknown") and told != weapon):
        return
    shown = next((h for h in hits if h.value.count.low is not None), hits[0])
    if told is None:
        draft.put(reading, "weapon", weapon, shown.start, shown.end, shown.rule)
    if "munitions_low" not in draft.claims and count.low is not None:
        put_count(reading, draft, count, shown)
