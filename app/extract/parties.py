"""Who attacked, by whose word, from where, and whom the report quotes."""

from app.extract.actors import ANY_FACTION, BUCKETS
from app.extract.drafts import Draft, claim
from app.extract.engine import Hit, within
from app.extract.frames import Frame
from app.extract.reading import Reading


def _goes_on(draft: Draft, earlier: list[Draft], own: Hit[str]) -> bool:
    """ "It added that it had also struck …": the claim of the sentence before goes on."""
    if not earlier or draft.frame.sentence - earlier[-1].frame.sentence > 1 or own.start > draft.frame.trigger.end:
        return False
    return own.rule in ("claim.that_it", "claim.strong", "cue.claim_goes_on") and earlier[-1].claimed


def _other_statement(reading: Reading, frame: Frame, start: int) -> list[Hit[str]]:
    """ "It had also announced …", "in another statement": the claimant of before, where nobody else is quoted."""
    quoted = within(reading.sources, start, frame.trigger.start)
    return [] if quoted else within(reading.cues["claim_goes_on"], start, frame.trigger.start)


def tell_party(reading: Reading, draft: Draft, earlier: list[Draft]) -> None:
    """Who attacked, by the report's word (attributed_to) or by their own (claimed_by), and from where."""
    frame = draft.frame
    start, end = frame.start, frame.end
    if frame.first and not frame.after:
        start = reading.sentences[frame.sentence].start
    launched(reading, draft, start, end)
    actors = attackers_in(reading, start, end)
    strong = [hit for hit in within(reading.claims, start, end) if hit.value == "claim"]
    strong = sorted([*strong, *_own_word(reading, [hit for hit, _ in actors], frame)], key=lambda hit: hit.start)
    strong = strong or ([] if actors else _other_statement(reading, frame, start))
    if strong and not actors and _goes_on(draft, earlier, strong[0]):
        draft.claimed = True
        draft.put(reading, "claimed_by", earlier[-1].value("claimed_by"), strong[0].start, strong[0].end, "claim.goes_on")
        draft.put(reading, "status", "claimed", strong[0].start, strong[0].end, strong[0].rule)
    if strong and actors:
        own = strong[0]
        hit, slug = min(actors, key=lambda actor: (actor[1] in BUCKETS, abs(actor[0].start - own.start)))
        draft.put(reading, "claimed_by", slug, hit.start, hit.end, own.rule)
        draft.claimed = own.start <= frame.trigger.end
        if draft.claimed:
            draft.put(reading, "status", "claimed", own.start, own.end, own.rule)
        return
    if actors and not reading.has("threat", start, end):
        hit, slug = min(actors, key=lambda actor: abs(actor[0].start - frame.trigger.start))
        draft.put(reading, "attributed_to", slug, hit.start, hit.end, hit.rule)


def launched(reading: Reading, draft: Draft, start: int, end: int) -> None:
    """From where it was fired, by the first phrase in a stretch that says it."""
    for hit in within(reading.launches, start, end)[:1]:
        if "launched_from" not in draft.claims:
            draft.put(reading, "launched_from", hit.value, hit.start, hit.end, hit.rule)


def attackers_in(reading: Reading, start: int, end: int) -> list[tuple[Hit[str], str]]:
    """Those named as attackers in a stretch, with their slugs; holders of areas and targets are left out."""
    hits = [hit for hit in within(reading.attackers, start, end) if not _only_holds_area(reading, hit)]
    return [(hit, slug) for hit in hits if (slug := _actor(reading, hit)) is not None]


def _own_word(reading: Reading, actors: list[Hit[str]], frame: Frame) -> list[Hit[str]]:
    """ "X announced …": a verb of saying right before or behind an attacker, and the attack told after it."""
    found = []
    for verb in within(reading.cues["claim_verb"], frame.start, frame.trigger.start):
        if any(-3 <= actor.start - verb.end <= 12 or -3 <= verb.start - actor.end <= 3 for actor in actors):
            found.append(Hit("claim.said", verb.start, verb.end, "claim"))
    return found


def _actor(reading: Reading, hit: Hit[str]) -> str | None:
    """An attacker's slug; "the factions" are the only ones that the text has named, or nobody."""
    if hit.value != ANY_FACTION:
        return hit.value
    known = reading.known_attackers
    return next(iter(known)) if len(known) == 1 else None


def _only_holds_area(reading: Reading, hit: Hit[str]) -> bool:
    """Whether somebody is named only as holder of an area or as a target (من مناطق الميليشيات, مواقع الفصائل)."""
    before = within(reading.cues["place_of"], max(0, hit.start - 20), hit.start)
    doubt = reading.folded[max(0, hit.start - 40) : hit.start]
    return any(hit.start - cue.end <= 2 for cue in before) or "سواء" in doubt or " ام " in doubt


def tell_origin(reading: Reading, draft: Draft, index: int) -> None:
    """Whom the report quotes: in the sentence itself, else in the one before."""
    for at in (index, index - 1):
        if at < 0 or reading.sentences[at].paragraph < reading.sentences[index].paragraph - 1:
            continue
        sentence = reading.sentences[at]
        for hit in within(reading.sources, sentence.start, sentence.end):
            draft.origins.setdefault(hit.value, claim(reading, "origin", hit.value, hit.start, hit.end, hit.rule))
        if draft.origins:
            return
