"""When an attack was: the day and time of day that its clauses tell, or that the text ties it to."""

import re
from datetime import date, timedelta

from app.extract.dates import When
from app.extract.drafts import Draft
from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.frame import Frame
from app.extract.reading import Reading
from app.extract.settling import Day, settle
from app.extract.text import sentence_at
from app.extract.timing import begins_total, dates_saying, distance, of_what_followed, own_of, times_of


def tell_time(reading: Reading, draft: Draft, earlier: list[Draft]) -> None:
    """Put the day and the time of day of an attack, as its clauses tell them or as its neighbours do."""
    frame = draft.frame
    hits = own_of(reading, draft, times_of(reading, frame.parts))
    near = sorted(hits, key=lambda hit: (distance(reading, hit, frame), hit.start))
    since = _days_since(reading, frame, earlier)
    near = near if since is None else [hit for hit in near if hit.start > since[0].start]
    near = [hit for hit in near if not of_what_followed(reading, hit, frame)]
    told = [hit for hit in near if hit.value.names_day]
    if all(hit.value.offset is not None for hit in told):  # beside a date on the line, "overnight" is no night of publication
        told = reading.label_beside(frame.sentence) or told
    vague = any(hit.value.vague for hit in hits)
    same = not told and not vague and any(hit.value.same for hit in hits)
    days = told or (_day_before(reading, draft, earlier) if same else _only_day(reading, frame))
    scene = _scene(reading, frame) if not days and not vague and draft.day is None and since is None else []
    if not days and since is not None:
        _set_day(reading, draft, *since)
    days = days or scene
    draft.vague = not days and draft.day is None and (vague or _days_after(reading, frame))
    draft.timed = draft.vague or bool(days) or draft.day is not None
    draft.when = days[0].value if days else None
    if days:
        day = settle(days[0].value, reading.published, _spoken_of(reading, days[0], frame, earlier))
        _set_day(reading, draft, days[0], day)
    taken = bool(scene) and any(_in_sentence(reading, other, scene[0]) for other in earlier)
    _tell_part(reading, draft, near, [] if taken else days, own=bool(told) or not hits)
    if same and draft.day is None:
        draft.timed = draft.vague = True
    if draft.day is None and not draft.timed:
        _unstated_day(reading, draft, earlier, hits)


def _in_sentence(reading: Reading, draft: Draft, hit: Hit[When]) -> bool:
    """Whether a time stands in the sentence that tells an attack, and so is that attack's own."""
    sentence = reading.sentences[draft.frame.sentence]
    return sentence.start <= hit.start < sentence.end


def _days_since(reading: Reading, frame: Frame, earlier: list[Draft]) -> tuple[Hit[When], Day] | None:
    """ "… a day after a strike on X" tells the strike's day: that of what came after it, less the days between."""
    cues = [
        hit for hit in within(reading.cues["after_event"], frame.start, frame.trigger.start) if hit.value.lstrip("-").isdigit()
    ]
    if not cues or (cues[-1].value.startswith("-") and not (earlier and earlier[-1].frame.sentence == frame.sentence)):
        return None
    between = When(shift=-int(cues[-1].value))
    hit = Hit("date.since_event", cues[-1].start, cues[-1].end, between)
    day = settle(between, reading.published, _day_behind(reading, frame) or _spoken_of(reading, hit, frame, earlier))
    return (hit, day) if day is not None else None


def _day_behind(reading: Reading, frame: Frame) -> date | None:
    """The one day that the rest of a sentence tells, which what came before opens ("A day after …, rockets hit X on Friday")."""
    end = reading.sentences[frame.sentence].end if frame.first else frame.end
    days = [hit for hit in within(reading.times, frame.end, end) if hit.value.names_day and not dates_saying(reading, hit)]
    day = settle(days[0].value, reading.published) if len(days) == 1 else None
    return date.fromisoformat(day.start) if day is not None else None


def _tell_part(reading: Reading, draft: Draft, near: list[Hit[When]], days: list[Hit[When]], own: bool) -> None:
    """The time of day: that beside the day where the clauses tell both (`own`), else the nearest."""
    near = [hit for hit in near if not dates_saying(reading, hit)]
    parts = [hit for hit in near if hit.value.part] or [hit for hit in days if hit.value.part and not dates_saying(reading, hit)]
    if parts:
        shown = days[0] if days and days[0] in parts and own else parts[0]
        rule = "time.clock" if shown.value.clock else "time.part"
        draft.put(reading, "time_of_day", shown.value.part, shown.start, shown.end, rule)


def _spoken_of(reading: Reading, hit: Hit[When], frame: Frame, earlier: list[Draft]) -> date | None:
    """The day that a phrase counts from: one told before it in the paragraph, that of the attack told last, or of publication.

    "The 15th" may count from a month that a paragraph told before.
    """
    last = next((other for other in reversed(earlier) if other.day is not None), None)
    paragraph = reading.paragraph_start(frame.sentence)
    start = max(last.frame.trigger.start, paragraph) if last else reading.sentences[max(0, frame.sentence - _BACK)].start
    if hit.value.day is not None:
        months = [month for month in within(reading.figures, paragraph, hit.start) if month.value.kind == "month"]
        if months:
            return _first_of(months[-1].value, reading.published)
    for told in reversed(within(reading.times, start, hit.start)):
        if not told.value.names_day or told.value.shift is not None or begins_total(reading, told):
            continue
        day = settle(told.value, reading.published)
        if day is not None and (day.precision != "month" or hit.value.day is not None):
            return date.fromisoformat(day.start)
    return date.fromisoformat(last.day.start) if last and last.day else reading.published


_BACK = 3
"""Where the text has told of no attack, the day that a phrase counts from is told at most so many sentences before."""


def _first_of(month: Figure, published: date | None) -> date | None:
    """The first day of a month that is told without a day; without a year the last such month before publication."""
    if month.year is not None:
        return date(month.year, month.number, 1)
    if published is None:
        return None
    year = published.year - (month.number > published.month)
    return date(year, month.number, 1) if year >= date.min.year else None


def _scene(reading: Reading, frame: Frame) -> list[Hit[When]]:
    """The day that the paragraph, or a line above it that is a date alone, has set for what follows in it."""
    sentence = reading.sentences[frame.sentence]
    recalled = frame.after or reading.has("recalled", sentence.start, frame.end)
    for hit in reversed(within(reading.times, reading.paragraph_start(frame.sentence), sentence.start)):
        if not hit.value.names_day or hit.value.shift is not None or begins_total(reading, hit) or dates_saying(reading, hit):
            continue
        labelled = reading.is_label(sentence_at(reading.sentences, hit.start))
        return [] if recalled and not labelled else [hit]
    return [] if recalled else reading.label_above(frame.sentence)


def _carry(draft: Draft, source: Draft, *names: str) -> None:
    """Take the day of another attack, with the words that tell it there."""
    draft.day = source.day
    draft.timed = True
    for name in ("date_start", "date_end", "date_precision", *names):
        if name in source.claims:
            draft.claims.setdefault(name, source.claims[name])


def _day_before(reading: Reading, draft: Draft, earlier: list[Draft]) -> list[Hit[When]]:
    """ "That evening": the day of the attack told just before, else the one day that the sentence before names."""
    index = draft.frame.sentence
    dated = [other for other in earlier if other.day is not None and index - other.frame.sentence <= _BACK]
    if dated:
        _carry(draft, dated[-1])
        return []
    before = reading.body_near(index, -1)
    named = [hit for hit in within(reading.times, before.start, before.end) if hit.value.names_day] if before else []
    return named if len(named) == 1 else []


def _days_after(reading: Reading, frame: Frame) -> bool:
    """ "… came days after rockets fell on …": a time that names no day."""
    opened = within(reading.cues["after_event"], frame.start, frame.trigger.start)
    return any(hit.value == "days" for hit in opened)


def _only_day(reading: Reading, frame: Frame) -> list[Hit[When]]:
    """The one day that a sentence of several attacks tells, for all of them."""
    if frame.after:
        return []
    parts = tuple(reading.telling(frame.sentence))
    held = [hit for hit in times_of(reading, parts) if hit.value.names_day]
    return held if len(held) == 1 and not within(reading.cues["after_event"], frame.end, held[0].start) else []


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
    more = frame.second and bool(earlier) and earlier[-1].slug == draft.slug and frame.sentence - earlier[-1].frame.sentence <= 2
    tied = beside or more or same_sentence or frame.trigger.rule == "cue.down_verb" or _goes_on(reading, frame, earlier)
    if earlier and tied and earlier[-1].day is not None:
        at_once = same_sentence or any(reading.folded[hit.start : hit.end].endswith(_AT_ONCE) for hit in hits if hit.value.beside)
        _carry(draft, earlier[-1], *(("time_of_day",) if at_once else ()))
        return
    announced = _announced(reading, frame)
    if announced is not None:
        _set_day(reading, draft, announced, settle(announced.value, reading.published))
        draft.timed = True
        if announced.value.part and "time_of_day" not in draft.claims:
            draft.put(reading, "time_of_day", announced.value.part, announced.start, announced.end, "time.part")
        return
    recalled = reading.has("recalled", sentence.start, frame.end)
    first = all(other.frame.sentence >= frame.sentence and not other.timed for other in earlier)
    goes_on = bool(earlier) and _is_todays(reading, earlier[-1])
    if reading.published is not None and not recalled and (first or goes_on):
        back = 1 if _before_statement(reading, draft) else 0
        _publication(reading, draft, reading.published - timedelta(days=back))


_THEN = ("then", "later", "ثم ", "وثم ", "بعدها ", "وبعدها ")
"""How a sentence begins that tells what came next, on the same day where it names none."""

_AT_ONCE = ("نفسه", "ذاته", "عينه", "مع", "تزامنا", "بالتزامن", "same time", "simultaneously")
"""How phrases end that put two attacks at one time."""


def _goes_on(reading: Reading, frame: Frame, earlier: list[Draft]) -> bool:
    """Whether the attack is told right after another in its paragraph, and not as one that is only recalled.

    One that is recalled with a time of day alone ("rockets had fallen on X in the morning") was on the day spoken of.
    """
    away = frame.sentence - earlier[-1].frame.sentence if earlier else None
    if away is None or away > 2 * _BACK:
        return False
    here, there = (reading.sentences[index] for index in (frame.sentence, earlier[-1].frame.sentence))
    if reading.has("recalled", here.start, frame.end):
        return away <= _BACK and any(hit.value.part for hit in times_of(reading, frame.parts))
    if reading.folded.startswith(_THEN, here.start):
        return True
    joined = reading.folded.startswith(_JOINING, here.start) and earlier[-1].day == earlier[0].day
    return (here.paragraph == there.paragraph and away <= 2) or (joined and away == 1)


_JOINING = ("و", "كما ", "كذلك ", "meanwhile", "separately", "the official said", "the sources", "the source")
"""How a sentence goes on with the one before, where each stands in a paragraph of its own."""


def _is_todays(reading: Reading, draft: Draft) -> bool:
    """Whether an attack was on the day of publication."""
    return draft.day is not None and reading.published is not None and draft.day.start == reading.published.isoformat()


def _announced(reading: Reading, frame: Frame) -> Hit[When] | None:
    """The one day of a sentence before that tells of attacks on bases without their names ("Two bases were hit on Sunday")."""
    for index in (frame.sentence - 1, frame.sentence - 2):
        if index < 0 or reading.sentences[index].role == "heading":
            continue
        start, end = reading.sentences[index].start, reading.sentences[index].end
        attack = any(reading.has(name, start, end) for name in ("attack_verb", "attack_noun", "attack_plural"))
        if not attack or not reading.has("bases_plural", start, end) or reading.targets_in(start, end):
            continue
        days = [hit for hit in times_of(reading, tuple(reading.telling(index))) if hit.value.names_day]
        return days[0] if len(days) == 1 else None
    return None


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


_KNOWN = re.compile(r"\w+ (?:الذي|التي|that|which|who)(?!\w)")


def _publication(reading: Reading, draft: Draft, day: date) -> None:
    trigger = draft.frame.trigger
    draft.referring = trigger.rule == "cue.attack_noun" and bool(_KNOWN.match(reading.folded, trigger.start))
    draft.day = Day(day.isoformat(), None, "day")
    for name, value in (("date_start", draft.day.start), ("date_precision", "day")):
        draft.put(reading, name, value, trigger.start, trigger.end, "date.published")
