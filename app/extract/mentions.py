"""Makes mentions of frames: each one's claims are gathered, neighbours fill gaps, and what is told twice is merged."""

from bisect import bisect_left
from itertools import pairwise

from app.extract.clauses import Clause
from app.extract.dates import Day, settle
from app.extract.drafts import Draft, attackers_in, gather, launched, put_count, results
from app.extract.engine import within
from app.extract.frames import Frame, find, place
from app.extract.reading import Reading
from app.extract.text import QUOTE_LIMIT, sentence_at
from app.extract.values import Mention, Span, Unread
from app.extract.weapons import combined

_UNNAMED = "an attack on a base that the text does not name"


def read(reading: Reading, totals: frozenset[int]) -> tuple[tuple[Mention, ...], tuple[Unread, ...], frozenset[int]]:
    """The mentions of a text, the frames that could not be placed, and the indexes of the sentences that tell them."""
    frames = find(reading, totals) or find(reading, totals, headings=True)
    if _is_denied(reading):
        frames = [frame for frame in frames if _is_older(reading, frame)]
    drafts: list[Draft] = []
    unread: list[Unread] = []
    for item in place(reading, frames):
        if isinstance(item, Frame):
            unread.append(Unread(reading.text.span(item.trigger.start, item.trigger.end, QUOTE_LIMIT), _UNNAMED))
        else:
            drafts.append(gather(reading, item, drafts))
    _share(drafts)
    _tails(reading, drafts, totals)
    merged = _counted(_merged(reading, drafts))
    _dispute(reading, merged)
    told = frozenset(frame.sentence for frame in frames)
    return tuple(_mention(reading, draft) for draft in merged), tuple(unread), told


def _is_denied(reading: Reading) -> bool:
    """Whether the text denies the attack and gives another cause: then nothing that it recalls of it is an incident."""
    return bool(reading.cues["not_happened"]) and bool(reading.cues["training"])


def _is_older(reading: Reading, frame: Frame) -> bool:
    """Whether a frame recalls a dated attack in the report's own voice, which a denial of the news leaves standing."""
    sentence = reading.sentences[frame.sentence]
    dated = any(hit.value.names_day for part in frame.parts for hit in within(reading.times, part.start, part.end))
    return (
        dated and reading.has("recalled", sentence.start, frame.end) and not reading.has("alleged", sentence.start, sentence.end)
    )


def _counted(drafts: list[Draft]) -> list[Draft]:
    """Without recaps that name no day, where the report has an attack that is told better."""
    plain = [draft for draft in drafts if not draft.vague]
    return plain or drafts


def _share(drafts: list[Draft]) -> None:
    """What stands behind the last of several bases of one verb holds for them all (تعرضت X، وY، لهجوم بالمسيّرات)."""
    for one, following in pairwise(drafts):
        if one.frame.trigger is following.frame.trigger and "weapon" not in one.claims and "weapon" in following.claims:
            for name in ("weapon", "claimed_by"):
                if name in following.claims:
                    one.claims.setdefault(name, following.claims[name])


def _dispute(reading: Reading, drafts: list[Draft]) -> None:
    """What the text reports and somebody denies in it, without another cause, is disputed."""
    for hit in reading.cues["not_happened"]:
        sentence = reading.sentences[max(0, sentence_at(reading.sentences, hit.start))]
        slugs = {t.slug for t in reading.named_in(sentence.start, sentence.end)}
        attack = any(reading.has(name, sentence.start, sentence.end) for name in ("attack_noun", "attack_verb"))
        for draft in drafts:
            if draft.slug in slugs or (attack and not slugs):
                draft.put(reading, "status", "disputed", hit.start, hit.end, "status.denied")


# ── sentences that add to an attack ───────────────────────────────────────────────────────────────────────────────────

_NEAR = 3
"""A sentence without a base speaks of an attack told at most so many sentences before."""


def _tails(reading: Reading, drafts: list[Draft], totals: frozenset[int]) -> None:
    """A sentence without an attack of its own adds to the attack before it, or to that on the base it names."""
    by_base: dict[str, list[Draft]] = {}
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_base.setdefault(draft.slug, []).append(draft)
        by_sentence.setdefault(draft.frame.sentence, []).append(draft)
    telling = sorted(by_sentence)
    for index, sentence in enumerate(reading.sentences):
        parts = tuple(reading.telling(index))
        if index in by_sentence or index in totals or sentence.role != "body" or not parts:
            continue
        slugs = {t.slug for t in reading.targets_in(sentence.start, sentence.end) if t.slug is not None}
        before = telling[bisect_left(telling, index) - 1] if telling and telling[0] < index else -_NEAR - 1
        near = by_sentence[before] if index - before <= _NEAR else []
        for draft in (by_base.get(slugs.pop(), [])[:_NEAR] if len(slugs) == 1 else []) if slugs else near:
            _tail(reading, draft, parts)


def _tail(reading: Reading, draft: Draft, parts: tuple[Clause, ...]) -> None:
    """Add what the clauses tell, unless they tell it of another day."""
    start, end = parts[0].start, parts[-1].end
    times = [hit.value for hit in within(reading.times, start, end) if hit.value.vague or hit.value.names_day]
    if times and draft.day is not None and draft.day not in [settle(time, reading.published) for time in times]:
        return
    results(reading, draft, parts)
    launched(reading, draft, start, end)
    _tail_weapon(reading, draft, parts)
    strong = [hit for hit in within(reading.claims, start, end) if hit.value == "claim"]
    for hit, slug in attackers_in(reading, start, end)[:1]:
        if strong and "claimed_by" not in draft.claims:
            draft.put(reading, "claimed_by", slug, hit.start, hit.end, strong[0].rule)


def _tail_weapon(reading: Reading, draft: Draft, parts: tuple[Clause, ...]) -> None:
    """The weapon and its count, where nothing was told yet; what was shot down is no count of what came."""
    hits = [hit for part in parts for hit in within(reading.munitions, part.start, part.end)]
    weapon, count = combined([hit.value for hit in hits])
    told = draft.value("weapon")
    shot_down = any(part.has(reading.cues, "down_verb") for part in parts)
    if weapon is None or shot_down or (told not in (None, "unknown") and told != weapon):
        return
    shown = next((h for h in hits if h.value.count.low is not None), hits[0])
    if told is None:
        draft.put(reading, "weapon", weapon, shown.start, shown.end, shown.rule)
    if "munitions_low" not in draft.claims and count.low is not None:
        put_count(reading, draft, count, shown)


# ── what is told twice ────────────────────────────────────────────────────────────────────────────────────────────────


def _merged(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    told: dict[tuple[str, str | None], list[Draft]] = {}
    for draft in drafts:
        site = reading.reader.names.site(draft.slug)
        same = next((other for other in _candidates(told, site, draft.day) if _same(reading, other, draft)), None)
        if same is None:
            kept.append(draft)
            _remember(told, site, draft)
        else:
            dated = same.day is not None
            _absorb(same, draft)
            if same.day is not None and not dated:
                _remember(told, site, same)
    return kept


_ALL = "all"
_LATEST = 50
"""What tells no day is compared with so many of the latest attacks on the site, and no more: reading stays linear."""


def _remember(told: dict[tuple[str, str | None], list[Draft]], site: str, draft: Draft) -> None:
    days = {draft.day.start, draft.day.end or draft.day.start, _ALL} if draft.day else {None, _ALL}
    for day in days:
        told.setdefault((site, day), []).append(draft)


def _candidates(told: dict[tuple[str, str | None], list[Draft]], site: str, day: Day | None) -> list[Draft]:
    """Drafts of a site that may tell of the same attack, in the order of the text."""
    if day is None:
        return told.get((site, _ALL), [])[-_LATEST:]
    found = [*told.get((site, day.start), ())[:_LATEST], *told.get((site, None), ())[:_LATEST]]
    return sorted(found, key=lambda draft: draft.frame.sentence)


def _same(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether two drafts of one text tell one attack: no day, time of day or weapon that disagrees."""
    if one.slug != other.slug and one.frame is other.frame and reading.reader.names.listed_apart(one.slug, other.slug):
        return False
    if one.day and other.day and one.day.start != other.day.start and other.day.start != one.day.end:
        return False
    sentence = reading.sentences[other.frame.sentence]
    if one.frame.sentence != other.frame.sentence and reading.has("another", sentence.start, other.frame.trigger.end):
        return False
    parts = {draft.value("time_of_day") for draft in (one, other)} - {None}
    weapons = {draft.value("weapon") for draft in (one, other)} - {None, "unknown"}
    agree = len(weapons) < 2 or "mixed" in weapons or weapons == {"rocket", "missile"}
    return agree and (len(parts) < 2 or parts in ({"night", "evening"}, {"night", "dawn"}))


def _absorb(kept: Draft, more: Draft) -> None:
    """Add what the first telling left open; the telling with more details is the evidence."""
    if kept.value("weapon") == "unknown" and more.value("weapon") not in (None, "unknown"):
        kept.claims["weapon"] = more.claims["weapon"]
    counted = "munitions_low" in kept.claims
    if not counted and "munitions_low" in more.claims and "time_of_day" in more.claims:
        kept.claims["time_of_day"] = more.claims["time_of_day"]
    for name, claim in more.claims.items():
        if name in ("munitions_low", "munitions_high") and (counted or _counts_part(kept, more, name)):
            continue
        if name == "status" or (name == "attributed_to" and kept.value("claimed_by") == claim.value):
            continue
        kept.claims.setdefault(name, claim)
    if not more.claimed:
        kept.claims.pop("status", None)
    kept.origins = {**kept.origins, **{slug: claim for slug, claim in more.origins.items() if slug not in kept.origins}}
    for sentence, worth in more.tellings.items():
        kept.tellings[sentence] = max(worth, kept.tellings.get(sentence, 0))
    kept.day = kept.day or more.day
    kept.vague = kept.vague and more.vague


def _counts_part(kept: Draft, more: Draft, name: str) -> bool:
    """Whether a count is of rockets alone in an attack that was mixed: it bounds the whole only from below."""
    return kept.value("weapon") == "mixed" and more.value("weapon") != "mixed" and name == "munitions_high"


def _mention(reading: Reading, draft: Draft) -> Mention:
    if draft.value("claimed_by") == draft.value("attributed_to"):
        draft.claims.pop("attributed_to", None)
    anchor = _anchor(reading, draft)
    claims = (*draft.claims.values(), *draft.origins.values())
    return Mention(claims=claims, anchor=anchor, base_as_written=draft.written)


def _anchor(reading: Reading, draft: Draft) -> Span:
    """The sentence that tells most, with its neighbour where that tells of the same attack too."""
    ranked = sorted(draft.tellings, key=lambda index: (-draft.tellings[index], index))
    best = ranked[0]
    pair = [index for index in ranked[1:] if abs(index - best) == 1 and draft.tellings[index] > 0]
    first, last = (min(best, pair[0]), max(best, pair[0])) if pair else (best, best)
    return reading.text.span(reading.sentences[first].start, reading.sentences[last].end)
