"""Merges what a text tells twice, and keeps apart what it tells as two attacks."""

from datetime import date, timedelta

from app.extract.drafts import Draft
from app.extract.engine import within
from app.extract.reading import Reading
from app.extract.settling import Day


def merged(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """One draft for each attack, in the order of the text: a repeated telling adds what the first left open."""
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
    days |= {None} if _is_assumed(draft) else set()
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
    if _on_other_days(one, other) and not _tells_day_of(reading, one, other):
        return False
    if (other.frame.second and not one.frame.second) or _recalls_another(reading, one, other):
        return False
    if one.slug != other.slug and reading.reader.names.listed_apart(one.slug, other.slug) and _also(reading, other):
        return False
    parts = {draft.value("time_of_day") for draft in (one, other)} - {None}
    weapons = {draft.value("weapon") for draft in (one, other)} - {None, "unknown"}
    agree = len(weapons) < 2 or "mixed" in weapons or weapons == {"rocket", "missile"}
    if len(parts) < 2:
        return agree
    return agree and parts in ({"night", "evening"}, {"night", "dawn"}) and len(weapons) < 2 and not _that_night(reading, other)


def _that_night(reading: Reading, draft: Draft) -> bool:
    """Whether a part of the day is told as another of a day spoken of ("on the night of the same day")."""
    hits = [hit for part in draft.frame.parts for hit in within(reading.times, part.start, part.end)]
    return any(hit.value.same and hit.value.part for hit in hits)


def _recalls_another(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether a dated attack is recalled beside one whose time is told, but cannot be settled without a day of publication."""
    sentence = reading.sentences[other.frame.sentence]
    weekday = one.when.weekday if one.when is not None and one.day is None else None
    if weekday is not None and other.day is not None and date.fromisoformat(other.day.start).weekday() != weekday:
        return True
    if not one.timed or one.day is not None or one.vague or not reading.has("recalled", sentence.start, other.frame.end):
        return False
    return other.day is not None or (other.timed and not other.vague)


def _on_other_days(one: Draft, other: Draft) -> bool:
    if one.day is None or other.day is None:
        return False
    return other.day.start not in (one.day.start, one.day.end)


def _is_assumed(draft: Draft) -> bool:
    """Whether the day is only that of publication, for want of a told one."""
    return draft.day is not None and draft.claims["date_start"].rule == "date.published"


def _tells_day_of(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether a later sentence tells the day, that of publication or the one before, of an attack told without it."""
    if not _is_assumed(one) or one.day is None or other.day is None or other.frame.sentence == one.frame.sentence:
        return False
    sentence = reading.sentences[other.frame.sentence]
    recalled = any(reading.has(name, sentence.start, other.frame.end) for name in ("recalled", "also"))
    back = date.fromisoformat(one.day.start) - date.fromisoformat(other.day.start)
    return (one.referring and back > timedelta(0)) or (not recalled and back == timedelta(days=1))


def _also(reading: Reading, draft: Draft) -> bool:
    """Whether an attack is told as one more than those before it ("a drone was also sent against …")."""
    return reading.has("also", reading.sentences[draft.frame.sentence].start, draft.frame.end)


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
    if _is_assumed(kept) and more.day is not None and not _is_assumed(more):
        kept.day = more.day
        for name in ("date_start", "date_end", "date_precision", "time_of_day"):
            if name in more.claims:
                kept.claims[name] = more.claims[name]
    kept.day = kept.day or more.day
    kept.vague = kept.vague and more.vague


def _counts_part(kept: Draft, more: Draft, name: str) -> bool:
    """Whether a count is of rockets alone in an attack that was mixed: it bounds the whole only from below."""
    return kept.value("weapon") == "mixed" and more.value("weapon") != "mixed" and name == "munitions_high"
