"""Which of the times beside an attack are its own: none that dates a statement, the report, a total or another event."""

import re

from app.extract.clauses import Clause
from app.extract.dates import When
from app.extract.drafts import Draft
from app.extract.engine import Hit, within
from app.extract.frame import Frame
from app.extract.reading import Reading
from app.extract.text import sentence_at


def times_of(reading: Reading, parts: tuple[Clause, ...]) -> list[Hit[When]]:
    """The times told in a frame's clauses, without those that begin a total ("since …")."""
    hits = [hit for part in parts for hit in within(reading.times, part.start, part.end)]
    return [hit for hit in hits if not begins_total(reading, hit)]


def begins_total(reading: Reading, hit: Hit[When]) -> bool:
    if reading.folded.startswith((", when ", " when ", ", حين ", " حين ", ", عندما ", " عندما "), hit.end):
        return False
    opened = within(reading.cues["since"], max(0, hit.start - 25), hit.start)
    return any(hit.start - cue.end <= 3 and reading.folded[cue.start : cue.end] != "from" for cue in opened)


def own_of(reading: Reading, draft: Draft, hits: list[Hit[When]]) -> list[Hit[When]]:
    """Of several bases, each told with a day of its own ("X on Nov. 13 and Y on Nov. 14", "Tuesday's … on X"), that of one."""
    targets = sorted(draft.frame.targets, key=lambda target: target.start)
    days = [hit for hit in hits if hit.value.names_day]
    if len(targets) < 2 or len(days) != len(targets):
        return hits
    at = next((at for at, target in enumerate(targets) if target.slug == draft.slug), 0)
    ends = [target.start for target in targets[1:]]
    if _RESPECTIVELY.search(reading.folded, days[-1].end, days[-1].end + 20):
        return [days[at]]
    behind = all(target.start < day.start for target, day in zip(targets, days, strict=True))
    before = all(day.start < target.start for target, day in zip(targets, days, strict=True))
    if behind and all(day.start < end for day, end in zip(days, ends, strict=False)):
        return [hit for hit in hits if targets[at].start < hit.start and (at + 1 == len(targets) or hit.start < ends[at])]
    if before and all(target.start < day.start for target, day in zip(targets, days[1:], strict=False)):
        return [hit for hit in hits if hit.start < targets[at].start and (at == 0 or targets[at - 1].start < hit.start)]
    return hits


_RESPECTIVELY = re.compile(" علي التوالي| علي الترتيب|,? respectively")


def of_what_followed(reading: Reading, hit: Hit[When], frame: Frame) -> bool:
    """Whether a time is that of what an attack is only recalled for ("buried on Monday six who were killed in a strike on X")."""
    between = ("after_event", "hurt_yes")
    return frame.after and any(reading.has(name, hit.end, frame.trigger.start) for name in between)


def distance(reading: Reading, hit: Hit[When], frame: Frame) -> int:
    """Clauses between a time and the trigger; a time that dates a statement or the report counts as far."""
    between = sum(
        1 for part in frame.parts if min(hit.start, frame.trigger.start) < part.start <= max(hit.start, frame.trigger.start)
    )
    return between + (5 if dates_saying(reading, hit) or _is_dateline(reading, hit) else 0)


_PLACE = re.compile(r"[\w .'-]{2,30}, ")


_DASH = re.compile(r"[ .]*(?:\([^)\n]{1,30}\) ?)?(?:-{1,2}|[–—]) ")


def _is_dateline(reading: Reading, hit: Hit[When]) -> bool:
    """Whether a time is the report's own, behind the place that it was written in ("DAMASCUS, Nov. 3 -- Blasts rang out …")."""
    start = reading.sentences[sentence_at(reading.sentences, hit.start)].start
    return bool(_PLACE.fullmatch(reading.folded, start, hit.start)) and bool(_DASH.match(reading.folded, hit.end))


_SAYING = (
    "reported on ",
    "said on ",
    "said ",
    "told ",
    "announced on ",
    "announced ",
    "statement on ",
    "statement early ",
    "statement late ",
    "said early ",
    "said late ",
    "بيان ",
    "بيان له ",
    "بيان لها ",
    "الصادر ",
    "الصادر يوم ",
    "صدر ",
    "issued on ",
    "issued ",
)


_STATED = 60
"""A verb of saying dates a statement by a time that stands at most so many letters behind it."""


def dates_saying(reading: Reading, hit: Hit[When]) -> bool:
    """Whether a time dates the statement (أعلن التحالف فجر اليوم أن …, said on Friday that …)."""
    if reading.folded[max(0, hit.start - 18) : hit.start].endswith(_SAYING):
        return True
    said = [cue for name in ("announcement", "claim_verb") for cue in within(reading.cues[name], hit.start - _STATED, hit.start)]
    return bool(said) and reading.folded.startswith((" ان ", " انه", " بان ", " that ", ", ان "), hit.end)
