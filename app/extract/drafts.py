"""Gathers what the clauses of one attack say: what was fired, when, by whom and from where, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from app.extract import outcomes
from app.extract.actors import ANY_FACTION, BUCKETS
from app.extract.clauses import Clause
from app.extract.dates import Day, When, settle
from app.extract.engine import Hit, within
from app.extract.frames import Frame, Placed
from app.extract.numbers import Count, read_number
from app.extract.reading import Reading
from app.extract.text import QUOTE_LIMIT
from app.extract.values import Claim
from app.extract.weapons import Munition, combined


@dataclass
class Draft:
    """A mention in the making.

    `claims` has one claim a field, `origins` one a source; `day` is settled; `timed` says that some time was told, `vague`
    that it names no day. `claimed`
    means that only the attacker's word tells it. `tellings` counts for each sentence what it tells.
    """

    slug: str
    frame: Frame
    claims: dict[str, Claim] = field(default_factory=dict)
    origins: dict[str, Claim] = field(default_factory=dict)
    tellings: dict[int, int] = field(default_factory=dict)
    day: Day | None = None
    timed: bool = False
    vague: bool = False
    claimed: bool = False
    written: str = ""

    def value(self, name: str) -> str | None:
        """The value of a field, or None."""
        claim = self.claims.get(name)
        return claim.value if claim else None

    def put(self, reading: Reading, name: str, value: object, start: int, end: int, rule: str) -> None:
        """Set a field, with the words of `folded[start:end]` that say it."""
        self.claims[name] = claim(reading, name, value, start, end, rule)


def claim(reading: Reading, name: str, value: object, start: int, end: int, rule: str) -> Claim:
    """A claim on the words of `folded[start:end]`."""
    return Claim(name, str(value), span=reading.text.span(start, end, QUOTE_LIMIT), rule=rule)


def gather(reading: Reading, placed: Placed, earlier: list[Draft]) -> Draft:
    """All that a frame's clauses say of the attack on one base; `earlier` drafts fill what they leave unsaid."""
    frame = placed.frame
    draft = Draft(placed.slug, frame)
    target = placed.target
    draft.written = reading.text.span(target.start, target.end, QUOTE_LIMIT).quote
    draft.put(reading, "base", placed.slug, target.start, target.end, placed.how)
    _weapon(reading, draft, earlier)
    _time(reading, draft, earlier)
    _party(reading, draft, earlier)
    results(reading, draft, frame.parts)
    _origin(reading, draft, frame.sentence)
    draft.tellings[frame.sentence] = _worth(reading, draft)
    return draft


def _worth(reading: Reading, draft: Draft) -> int:
    """How much a sentence tells of its attack: the claims whose words stand in it."""
    sentence = reading.sentences[draft.frame.sentence]
    first, last = (reading.text.span(at, at + 1).start for at in (sentence.start, sentence.end - 1))
    told = [c for c in draft.claims.values() if c.field not in ("base", "claimed_by", "status") and c.rule != "date.published"]
    return sum(1 for one in told if one.span and first <= one.span.start <= last)


# ── what was fired ────────────────────────────────────────────────────────────────────────────────────────────────────


def _weapon(reading: Reading, draft: Draft, earlier: list[Draft]) -> None:
    hits = [hit for part in draft.frame.parts for hit in within(reading.munitions, part.start, part.end)]
    weapon, count = combined([hit.value for hit in hits])
    if weapon is None:
        _elliptic_weapon(reading, draft, earlier)
        return
    shown = next((h for h in hits if h.value.weapon == weapon), hits[0])
    end = hits[-1].end if weapon == "mixed" and hits[-1].end - hits[0].start <= QUOTE_LIMIT else shown.end
    start = hits[0].start if weapon == "mixed" else shown.start
    draft.put(reading, "weapon", weapon, start, end, shown.rule if weapon != "mixed" else "weapon.mixed")
    counted = next((h for h in hits if h.value.count.low is not None), shown)
    put_count(reading, draft, count, counted)


def put_count(reading: Reading, draft: Draft, count: Count, hit: Hit[Munition]) -> None:
    """Both ends of a count, as far as they are told."""
    for name, number in (("munitions_low", count.low), ("munitions_high", count.high)):
        if number is not None:
            draft.put(reading, name, number, hit.start, hit.end, hit.rule)


def _elliptic_weapon(reading: Reading, draft: Draft, earlier: list[Draft]) -> None:
    """ "… and also struck al-Tanf": the weapon of the sentence before, where that is the neighbour."""
    frame = draft.frame
    if not earlier or frame.sentence - earlier[-1].frame.sentence > 1:
        return
    sentence = reading.sentences[frame.sentence]
    elliptic = (
        reading.has("also", sentence.start, frame.end)
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
        number = reading.reader.munitions.lexicon["number"].get(word.strip('",.'))
        if number is not None:
            for name in ("munitions_low", "munitions_high"):
                draft.put(reading, name, number, position, position + len(word), "weapon.elliptic_count")
            return
        position += len(word) + 1


# ── when ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _times(reading: Reading, parts: tuple[Clause, ...]) -> list[Hit[When]]:
    """The times told in a frame's clauses, without those that begin a total ("since …")."""
    hits = [hit for part in parts for hit in within(reading.times, part.start, part.end)]
    return [hit for hit in hits if not _begins_total(reading, hit)]


def _begins_total(reading: Reading, hit: Hit[When]) -> bool:
    opened = within(reading.cues["since"], max(0, hit.start - 25), hit.start)
    return any(hit.start - cue.end <= 3 and reading.folded[cue.start : cue.end] != "from" for cue in opened)


def _time(reading: Reading, draft: Draft, earlier: list[Draft]) -> None:
    frame = draft.frame
    hits = _times(reading, frame.parts)
    near = sorted(hits, key=lambda hit: (_distance(reading, hit, frame), hit.start))
    days = [hit for hit in near if hit.value.names_day] or _only_day(reading, frame)
    draft.vague = not days and (any(hit.value.vague for hit in hits) or _days_after(reading, frame))
    draft.timed = draft.vague or bool(days)
    if days:
        _set_day(reading, draft, days[0], settle(days[0].value, reading.published))
    parts = [hit for hit in near if hit.value.part] or [hit for hit in days if hit.value.part]
    if parts:
        shown = days[0] if days and days[0].value.part else parts[0]
        rule = "time.clock" if shown.value.clock else "time.part"
        draft.put(reading, "time_of_day", shown.value.part, shown.start, shown.end, rule)
    if draft.day is None and not draft.timed:
        _unstated_day(reading, draft, earlier, hits)


def _days_after(reading: Reading, frame: Frame) -> bool:
    """ "… came days after rockets fell on …": a time that names no day."""
    opened = within(reading.cues["after_event"], frame.start, frame.trigger.start)
    return any(hit.value == "days" for hit in opened)


def _only_day(reading: Reading, frame: Frame) -> list[Hit[When]]:
    """The one day that a sentence of several attacks tells, for all of them."""
    if frame.after:
        return []
    parts = tuple(reading.telling(frame.sentence))
    held = [hit for hit in _times(reading, parts) if hit.value.names_day]
    return held if len(held) == 1 and not within(reading.cues["after_event"], frame.end, held[0].start) else []


def _distance(reading: Reading, hit: Hit[When], frame: Frame) -> int:
    """Clauses between a time and the trigger; a time right behind "said" or "reported" dates the statement, and counts as far."""
    between = sum(
        1 for part in frame.parts if min(hit.start, frame.trigger.start) < part.start <= max(hit.start, frame.trigger.start)
    )
    saying = any(
        word in reading.folded[max(0, hit.start - 14) : hit.start] for word in ("reported on", "said on", "said ", "told ")
    )
    return between + (5 if saying else 0)


def _set_day(reading: Reading, draft: Draft, hit: Hit[When], day: Day | None) -> None:
    if day is None:
        return
    draft.day = day
    for name, value in (("date_start", day.start), ("date_end", day.end), ("date_precision", day.precision)):
        if value is not None:
            draft.put(reading, name, value, hit.start, hit.end, hit.rule)


def _unstated_day(reading: Reading, draft: Draft, earlier: list[Draft], hits: list[Hit[When]]) -> None:
    """No day is told: a neighbour's where the words tie them together, that of publication where it is the text's own news."""
    frame = draft.frame
    sentence = reading.sentences[frame.sentence]
    if frame.after:
        return
    beside = any(hit.value.beside for hit in hits) or reading.has("retold", sentence.start, frame.trigger.start)
    same_sentence = bool(earlier) and earlier[-1].frame.sentence == frame.sentence
    if earlier and (beside or same_sentence or frame.trigger.rule == "cue.down_verb") and earlier[-1].day is not None:
        draft.day = earlier[-1].day
        draft.timed = True
        carried = ("date_start", "date_end", "date_precision", *(("time_of_day",) if same_sentence else ()))
        for name in carried:
            if name in earlier[-1].claims:
                draft.claims.setdefault(name, earlier[-1].claims[name])
        return
    recalled = reading.has("recalled", sentence.start, frame.end)
    own_news = all(other.frame.sentence >= frame.sentence for other in earlier) and not recalled
    if own_news and reading.published is not None and not any(other.timed for other in earlier):
        back = 1 if _before_statement(reading, draft) else 0
        _publication(reading, draft, reading.published - timedelta(days=back))


_COURSE = ("dawn", "morning", "noon", "afternoon", "evening", "night")


def _before_statement(reading: Reading, draft: Draft) -> bool:
    """Whether the report came out of a statement of the day's early hours, so that its evening is the evening before."""
    told = draft.value("time_of_day")
    if told is None or reading.published in (None, date.min):
        return False
    for hit in reading.times:
        stated = settle(hit.value, reading.published) if hit.value.part else None
        if hit.start < draft.frame.start and stated and stated.start == reading.published.isoformat():
            return _COURSE.index(told) > _COURSE.index(str(hit.value.part))
    return False


def _publication(reading: Reading, draft: Draft, day: date) -> None:
    trigger = draft.frame.trigger
    draft.day = Day(day.isoformat(), None, "day")
    for name, value in (("date_start", draft.day.start), ("date_precision", "day")):
        draft.put(reading, name, value, trigger.start, trigger.end, "date.published")


# ── who ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _goes_on(draft: Draft, earlier: list[Draft], own: Hit[str]) -> bool:
    """ "It added that it had also struck …": the claim of the sentence before goes on."""
    if not earlier or draft.frame.sentence - earlier[-1].frame.sentence > 1 or own.start > draft.frame.trigger.end:
        return False
    return own.rule in ("claim.that_it", "claim.strong") and earlier[-1].claimed


def _party(reading: Reading, draft: Draft, earlier: list[Draft]) -> None:
    """Who attacked, by the report's word (attributed_to) or by their own (claimed_by), and from where."""
    frame = draft.frame
    start, end = frame.start, frame.end
    if frame.first:
        start = reading.sentences[frame.sentence].start
    launched(reading, draft, start, end)
    actors = attackers_in(reading, start, end)
    strong = [hit for hit in within(reading.claims, start, end) if hit.value == "claim"]
    strong += [] if strong else _own_word(reading, [hit for hit, _ in actors], frame)
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


def _origin(reading: Reading, draft: Draft, index: int) -> None:
    """Whom the report quotes: in the sentence itself, else in the one before."""
    for at in (index, index - 1):
        if at < 0 or reading.sentences[at].paragraph < reading.sentences[index].paragraph - 1:
            continue
        sentence = reading.sentences[at]
        for hit in within(reading.sources, sentence.start, sentence.end):
            draft.origins.setdefault(hit.value, claim(reading, "origin", hit.value, hit.start, hit.end, hit.rule))
        if draft.origins:
            return


# ── what became of it ─────────────────────────────────────────────────────────────────────────────────────────────────


def results(reading: Reading, draft: Draft, parts: tuple[Clause, ...]) -> None:
    """What some clauses say became of an attack, where nothing was told yet."""
    several = draft.value("munitions_high") != "1"
    stopped = outcomes.intercepted(parts, reading.cues, several)
    if stopped is not None and "intercepted" not in draft.claims:
        less = _got_through(reading, draft) or _fewer(reading, draft, stopped)
        value = "some" if stopped.value == "all" and less else stopped.value
        draft.put(reading, "intercepted", value, stopped.start, stopped.end, stopped.rule)
        outcome = {"all": "intercepted", "some": "partial"}.get(value)
        if outcome:
            draft.put(reading, "outcome", outcome, stopped.start, stopped.end, stopped.rule)
    hurt = outcomes.casualties(parts, reading.cues)
    if hurt is not None and "casualties_reported" not in draft.claims:
        draft.put(reading, "casualties_reported", hurt.value, hurt.start, hurt.end, hurt.rule)


def _fewer(reading: Reading, draft: Draft, stopped: outcomes.Outcome) -> bool:
    """Whether a number beside the verb is less than what came ("three drones …; two were shot down")."""
    came = int(draft.value("munitions_low") or 0)
    lexicon = reading.reader.munitions.lexicon
    before, after = reading.folded[max(0, stopped.start - 12) : stopped.start], reading.folded[stopped.end : stopped.end + 14]
    numbers = [
        read_number(word.strip(',."'), lexicon) for word in (*before.split(" ")[-3:], *after.split(" ")[:3]) if word.strip(',."')
    ]
    return any(number is not None and number < came for number in numbers)


def _got_through(reading: Reading, draft: Draft) -> bool:
    """Whether the attack was told as a hit or a fall of several: then what was shot down was only part of it."""
    trigger = reading.folded[draft.frame.trigger.start : draft.frame.trigger.end]
    several = draft.value("munitions_high") != "1"
    return (
        several
        and draft.frame.trigger.rule == "cue.fall_verb"
        and any(word in trigger for word in ("سقط", "وقع", "land", "fell"))
    )
