"""Makes mentions of frames: each one's claims are gathered, neighbours fill gaps, and what is told twice is merged."""

from itertools import pairwise

from app.extract.aftermath import results
from app.extract.days import tell_time
from app.extract.denials import denials, dispute, stands
from app.extract.drafts import Draft
from app.extract.elsewhere import tell_elsewhere
from app.extract.fired import tell_weapon
from app.extract.frame import Frame
from app.extract.frames import find
from app.extract.leftover import left_over
from app.extract.merging import merged
from app.extract.origins import tell_origin
from app.extract.parties import tell_party
from app.extract.placing import Placed, place
from app.extract.reading import Reading
from app.extract.tails import add_tails
from app.extract.text import QUOTE_LIMIT
from app.extract.values import Mention, Span, Unread

_UNNAMED = "an attack on a base that the text does not name"


def read(reading: Reading, totals: frozenset[int]) -> tuple[tuple[Mention, ...], tuple[Unread, ...], frozenset[int]]:
    """The mentions of a text, the frames that could not be placed, and the indexes of the sentences that tell them."""
    frames = find(reading, totals) or find(reading, totals, headings=True)
    explained = [denial for denial in denials(reading) if denial.explained]
    if explained:
        frames = [frame for frame in frames if stands(reading, frame, explained)]
    drafts: list[Draft] = []
    unread: list[Unread] = []
    for item in place(reading, frames):
        if isinstance(item, Frame):
            unread.append(Unread(reading.text.span(item.trigger.start, item.trigger.end, QUOTE_LIMIT), _UNNAMED))
        else:
            drafts.append(_gather(reading, item, drafts))
    _share(drafts)
    add_tails(reading, drafts, totals)
    tell_elsewhere(reading, drafts, totals)
    kept = _counted(merged(reading, drafts))
    dispute(reading, kept)
    told = frozenset(frame.sentence for frame in frames)
    unread += left_over(reading, kept)
    return tuple(_mention(reading, draft) for draft in kept), tuple(unread), told


def _gather(reading: Reading, placed: Placed, earlier: list[Draft]) -> Draft:
    """All that a frame's clauses say of the attack on one base; `earlier` drafts fill what they leave unsaid."""
    frame = placed.frame
    draft = Draft(placed.slug, frame)
    target = placed.target
    draft.written = reading.text.span(target.start, target.end, QUOTE_LIMIT).quote
    draft.put(reading, "base", placed.slug, target.start, target.end, placed.how)
    tell_weapon(reading, draft, target, earlier)
    tell_time(reading, draft, earlier)
    tell_party(reading, draft, earlier)
    results(reading, draft, frame.parts)
    tell_origin(reading, draft, frame.sentence)
    draft.tellings[frame.sentence] = _worth(reading, draft)
    return draft


def _worth(reading: Reading, draft: Draft) -> int:
    """How much a sentence tells of its attack: the claims whose words stand in it."""
    sentence = reading.sentences[draft.frame.sentence]
    first, last = (reading.text.span(at, at + 1).start for at in (sentence.start, sentence.end - 1))
    told = [c for c in draft.claims.values() if c.field not in ("base", "claimed_by", "status") and c.rule != "date.published"]
    return sum(1 for one in told if one.span and first <= one.span.start <= last)


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


def _mention(reading: Reading, draft: Draft) -> Mention:
    if draft.value("claimed_by") == draft.value("attributed_to"):
        draft.claims.pop("attributed_to", None)
    anchor = _anchor(reading, draft)
    claims = (*draft.claims.values(), *draft.origins.values())
    return Mention(claims=claims, anchor=anchor, base_as_written=draft.written)


_CLEARLY = 2
"""A later sentence is the evidence where it tells so many details more than an earlier one; the base's name counts as many."""


def _anchor(reading: Reading, draft: Draft) -> Span:
    """The sentence that tells most of this attack, rather its own than one that tells of several bases at once.

    With it goes a neighbour that tells of the attack too, where the sentence itself has no word for the base.
    """
    several = draft.frame.sentence if len({target.slug for target in draft.frame.targets}) > 1 else None
    own = {index: worth for index, worth in draft.tellings.items() if index != several} or draft.tellings
    worth = {index: told + _CLEARLY * _names(reading, index, draft.slug) for index, told in own.items()}
    best = min(worth)
    for index in sorted(worth):
        best = index if worth[index] >= worth[best] + _CLEARLY else best
    sentence = reading.sentences[best]
    beside = [] if reading.targets_in(sentence.start, sentence.end) else [i for i in own if abs(i - best) == 1 and own[i] > 0]
    first, last = (min(best, beside[0]), max(best, beside[0])) if beside else (best, best)
    return reading.text.span(reading.sentences[first].start, reading.sentences[last].end)


def _names(reading: Reading, index: int, slug: str) -> bool:
    sentence = reading.sentences[index]
    return any(target.slug == slug for target in reading.targets_in(sentence.start, sentence.end))
