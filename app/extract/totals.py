"""Reads published totals: counts of attacks over a time, with their parts by base or country."""

from collections.abc import Iterator
from dataclasses import replace

from app.extract import breakdowns, ordinals, windows
from app.extract.breakdowns import Pair
from app.extract.engine import within
from app.extract.figures import MOST
from app.extract.reading import Reading
from app.extract.sentence_totals import totals_of
from app.extract.stretches import LOOSE, TallyDraft, time_of
from app.extract.text import Sentence
from app.extract.values import Tally
from app.extract.windows import Window

_TOTAL_WORDS = ("count", "reached", "sum", "bare", "since_same")
_GAP = 2
"""So many sentences may stand between a total and the list of its parts."""
_SHORT = 60
"""A sentence of no more characters that holds a number and a base is an entry of a list."""


def read(reading: Reading) -> tuple[tuple[Tally, ...], frozenset[int]]:
    """The tallies of a text, and the indexes of the sentences that tell totals and no attack."""
    drafts: list[TallyDraft] = []
    used: set[int] = set()
    current: TallyDraft | None = None
    earlier: Window | None = None
    last = -9
    for index, sentence in enumerate(reading.sentences):
        figures = within(reading.figures, sentence.start, sentence.end)
        if not figures:
            continue
        near = current if index - last <= _GAP else None
        readable = index not in reading.links and (sentence.role != "heading" or _is_sum_line(reading, sentence, near))
        new = totals_of(reading, sentence, figures, near, earlier) if readable else []
        if new:
            if near is not None and near.open and not new[0].parts:
                new[0].add(near.parts)
                near.parts.clear()
            current, last = new[-1], index
            used |= set() if _tells_attack(reading, index) else {index}
        elif near is not None and (near.open or near.tally.kind != "breakdown") and _goes_on(reading, sentence, near):
            last = index
            used.add(index)
        elif (opened := _opened(reading, sentence)) is not None:
            drafts.append(opened)
            current, last = opened, index
        drafts += new
        earlier = time_of(new) or earlier
        for tally in ordinals.read(reading, sentence, earlier) if sentence.role != "heading" else ():
            draft = TallyDraft(tally)
            drafts.append(draft)
            earlier = time_of([draft]) or earlier
            if tally.start and not new:
                current, last = draft, index
                shared = reading.has("divided", sentence.start, sentence.end) and _goes_on(reading, sentence, draft)
                used |= {index} if shared and not _tells_attack(reading, index) else set()
    return tuple(replace(draft.tally, parts=tuple(draft.parts)) for draft in _once(drafts)), frozenset(used)


def _tells_attack(reading: Reading, index: int) -> bool:
    """Whether a sentence of a total tells an attack in a clause before it ("Rockets hit X, which brings the number to …")."""
    for part in reading.telling(index):
        figures = within(reading.figures, part.start, part.end)
        if any(hit.value.kind in _TOTAL_WORDS for hit in figures) or reading.has("since", part.start, part.end):
            return False
        told = any(reading.has(name, part.start, part.end) for name in ("attack_verb", "fall_verb", "attack_noun"))
        if told and reading.named_in(part.start, part.end) and not reading.has("bases_plural", part.start, part.end):
            return True
    return False


def _is_sum_line(reading: Reading, sentence: Sentence, near: TallyDraft | None) -> bool:
    """Whether a short line behind a list gives its total ("Total: 135")."""
    kinds = {hit.value.kind for hit in within(reading.figures, sentence.start, sentence.end)}
    return near is not None and "sum" in kinds and bool(kinds.intersection(LOOSE)) and sentence.end - sentence.start <= _SHORT


def _opened(reading: Reading, sentence: Sentence) -> TallyDraft | None:
    """The head of a list of parts that does not tell their sum ("Attacks on the bases since October 19:")."""
    if reading.folded[sentence.end - 1] != ":" or not reading.has("total_noun", sentence.start, sentence.end):
        return None
    window = windows.since(reading, sentence.start, sentence.end, None)
    if window is None or window.start is None:
        return None
    published = reading.published.isoformat() if reading.published else None
    span = reading.text.span(sentence.start, sentence.end)
    tally = Tally("all-syria", MOST, kind="breakdown", start=window.start, end=window.end or published, span=span)
    return TallyDraft(tally, open=True)


def _shared_out(draft: TallyDraft) -> Iterator[TallyDraft]:
    """The parts of a list without a total, each by itself."""
    for part in draft.parts:
        tally = replace(draft.tally, scope=part.scope, count=part.count, span=part.span, rule="total.part")
        yield TallyDraft(tally)


def _once(drafts: list[TallyDraft]) -> list[TallyDraft]:
    """Without totals that only repeat another: the same number of the same scope, and no other beginning."""
    kept: list[TallyDraft] = []
    known: dict[tuple[object, ...], TallyDraft] = {}
    for draft in (one for each in drafts for one in (_shared_out(each) if each.open else (each,))):
        tally = draft.tally
        same = (tally.scope, tally.count, tally.kind)
        told = known.get((*same, tally.start)) or (known.get(same) if tally.start is None else None)
        if told is not None:
            told.add(draft.parts)
            continue
        known[(*same, tally.start)] = draft
        known.setdefault(same, draft)
        kept.append(draft)
    return kept


# ── the list behind a total ───────────────────────────────────────────────────────────────────────────────────────────


def _goes_on(reading: Reading, sentence: Sentence, current: TallyDraft) -> bool:
    """Take a sentence that goes on with the list of a total: an entry, or prose that shares the total out."""
    window = None
    if sentence.role != "body":
        found = (
            breakdowns.pairs(reading, sentence, sentence.start, sentence.end) if breakdowns.is_entry(reading, sentence) else []
        )
    else:
        window = windows.since(reading, sentence.start, sentence.end, None)
        found = breakdowns.pairs(reading, sentence, sentence.start, sentence.end, window)
        if not _shares_out(reading, sentence, found, window):
            return False
    parts = list(breakdowns.parts(reading, found, current.tally.count))
    current.add(parts)
    if parts and window is not None and window.start and current.tally.start is None:
        current.tally = replace(current.tally, start=window.start, end=current.as_of, kind="cumulative")
    return bool(parts)


def _shares_out(reading: Reading, sentence: Sentence, found: list[Pair], window: Window | None) -> bool:
    """Whether prose is a list of parts: it says so, or it has nothing but numbers of attacks and their bases."""
    if reading.has("divided", sentence.start, sentence.end):
        return True
    if breakdowns.is_entry(reading, sentence) and sentence.end - sentence.start <= _SHORT and found:
        return True
    dated = any(
        hit.value.names_day and not (window and window.covers(hit.start, hit.end))
        for hit in windows.dates(reading, sentence.start, sentence.end)
    )
    if dated or reading.munitions_in(sentence):
        return False
    return len(found) > 1 or any(pair.figure.value.kind not in LOOSE for pair in found)
