"""What a total counts: attacks on which bases, in which countries, by whose count."""

import re

from app.extract import breakdowns, ordinals, windows
from app.extract.breakdowns import COUNTRIES, Place
from app.extract.engine import Hit, within
from app.extract.figures import Figure
from app.extract.folding import fold
from app.extract.stretches import LOOSE, Stretch, TallyDraft
from app.extract.text import sentence_at
from app.extract.values import Tally
from app.extract.windows import Window

_LATEST = re.compile(fold(r"(?<!\w)(?:آخرها|آخره|أحدثها|وآخرها|the latest|most recently|the last)(?!\w)"))
_OFFICIALS = ("us-dod", "centcom", "cjtf-oir", "dod-ig")
"""Counters who count Iraq and Syria together."""


def draft_of(stretch: Stretch, main: Hit[Figure], window: Window | None) -> TallyDraft:
    reading, sentence, before = stretch.reading, stretch.sentence, stretch.before
    bounds = [hit.value.bound for hit in (main, *stretch.sums) if hit.value.bound != "=" and hit.start <= main.start]
    risen = before is not None and bool(stretch.sums) and before.tally.kind in ("cumulative", "breakdown")
    counter, as_of = _counter(stretch), _as_of(stretch, window)
    return TallyDraft(
        Tally(
            scope=_scope(stretch, main, window, counter),
            count=main.value.number,
            bound=bounds[0] if bounds else "=",
            kind=window.kind if window else "cumulative",
            start=window.start if window else before.tally.start if before and risen else None,
            end=window.end if window and (window.end or window.kind == "period") else as_of,
            counter=counter,
            span=reading.text.span(sentence.start, sentence.end),
            rule=main.rule,
        ),
        as_of=as_of,
    )


def _as_of(stretch: Stretch, window: Window | None) -> str | None:
    """The day up to which a total runs where its last day is not told: one told beside it, else that of the report."""
    told = list(windows.as_of(stretch.reading, stretch.start, stretch.end, window))
    if told:
        return told[-1]
    return stretch.reading.published.isoformat() if stretch.reading.published else None


def is_about_bases(stretch: Stretch, main: Hit[Figure]) -> bool:
    """Whether what is counted are attacks on the bases or the forces on them: the sentence says so, or the text around it."""
    reading, sentence = stretch.reading, stretch.sentence
    attacks = stretch.before is not None or any(
        reading.has(name, sentence.start, sentence.end) for name in ("total_noun", "attack_noun", "attack_plural")
    )
    if main.value.kind in ("reached", *LOOSE) and (not attacks or _is_of_people(stretch, main)):
        return False
    if stretch.before is not None or reading.has("bases_plural", sentence.start, sentence.end):
        return True
    if stretch.targets(sentence.start, sentence.end):
        return True
    if any(place.scope == "iraq-and-syria" for place in breakdowns.areas(reading, sentence.start, sentence.end)):
        return True
    spoken = bool(reading.cues["bases_plural"]) or bool(reading.named_bases) or bool(reading.hits["places"])
    timed = bool(stretch.sums) or any(hit.value.kind in ("span", "month", "half") for hit in stretch.figures)
    return spoken and (timed or stretch.since is not None or stretch.has("counting"))


def _is_of_people(stretch: Stretch, main: Hit[Figure]) -> bool:
    """Whether a total is one of the wounded or the dead, who are told between its word and its number."""
    sums = [hit for hit in stretch.sums if hit.start < main.start]
    return bool(sums) and stretch.reading.has("hurt_yes", sums[-1].end, main.start)


def is_of_others(stretch: Stretch, main: Hit[Figure]) -> bool:
    """Whether the attacks counted are those of somebody else, or on somebody else."""
    since = stretch.since
    others = [hit for hit in stretch.figures if hit.value.kind == "others" and not (since and since.covers(hit.start, hit.end))]
    if not others:
        return False
    if any(hit.rule == "total.struck_by_us" and 0 <= main.start - hit.end <= 40 for hit in others):
        return True
    plain = [hit for hit in others if hit.rule != "total.struck_by_us"]
    attacked = [hit.start for hit in stretch.bases_in_general]
    attacked += [target.start for target in stretch.targets(stretch.start, stretch.end)]
    areas = breakdowns.areas(stretch.reading, main.end, stretch.end)
    for hit in plain:
        first = any(at < min(hit.start, main.start) for at in attacked)
        if hit.start < main.start and not first:
            between = stretch.reading.folded[hit.end : main.start]
            if not attacked or (len(between) <= 40 and "," not in between):
                return True
        elif hit.start > main.end and not any(place.start <= hit.start < place.end for place in areas):
            close = hit.start - main.end <= 30
            if not attacked or (close and not any(main.end <= at < hit.start for at in attacked)):
                return True
    return False


def _scope(stretch: Stretch, main: Hit[Figure], window: Window | None, counter: str | None) -> str:
    """The base or the countries that a total is of."""
    own = next((pair.place for pair in stretch.pairs if pair.figure is main), None)
    if own is not None and own.scope not in (*COUNTRIES, "iraq-and-syria"):
        return own.scope
    if adds_up(stretch, main):
        return breakdowns.together(*(pair.place.scope for pair in stretch.pairs if pair.place.scope in COUNTRIES))
    countries = _countries(stretch, main, window)
    if own is not None and (own.start > main.start or not any(place.start > main.end for place in countries)):
        return own.scope
    base = None if stretch.bases_in_general else _base(stretch, main, bool(countries))
    if base is not None:
        return base
    if countries:
        return countries[0].scope
    if stretch.before is not None and stretch.before.tally.kind != "breakdown" and not stretch.bases_in_general:
        return stretch.before.tally.scope
    places = {pair.place.scope for pair in stretch.pairs}
    shared = [pair.place.scope for pair in stretch.pairs if pair.place.scope in COUNTRIES]
    if len(set(shared)) > 1:
        return breakdowns.together(*shared)
    spoken = None if places or stretch.bases_in_general else _spoken_countries(stretch)
    if spoken is not None:
        return spoken
    if shared == ["other:iraq"] or counter in _OFFICIALS:
        return "iraq-and-syria"
    forces = any(hit.value == "forces" for hit in stretch.bases_in_general)
    return "iraq-and-syria" if forces and all(scope in COUNTRIES for scope in places) else "all-syria"


def _base(stretch: Stretch, main: Hit[Figure], countries: bool) -> str | None:
    """The one base that a total without "bases" is of: that which is named, or which "the base" means."""
    parts = {pair.place.start for pair in stretch.pairs if pair.figure is not main}
    latest = _LATEST.search(stretch.reading.folded, stretch.start, stretch.end)
    end = main.start if parts else latest.start() if latest else stretch.end
    found = [target for target in stretch.targets(stretch.start, end) if target.start not in parts]
    slugs = [target.slug for target in found if target.slug]
    if slugs and len({stretch.reading.reader.names.site(slug) for slug in slugs}) == 1:
        return slugs[-1]
    if found and not slugs and found[0].again and not countries:
        return ordinals.spoken_base(stretch.reading, main.start)
    return None


def _countries(stretch: Stretch, main: Hit[Figure], window: Window | None) -> list[Place]:
    """The countries of a stretch that are not parts: those behind the number first, then those before it."""
    parts = {pair.place.start for pair in stretch.pairs if pair.figure is not main and pair.place.single}
    known = [
        place
        for place in breakdowns.areas(stretch.reading, stretch.start, stretch.end)
        if place.start not in parts and not (window and window.covers(place.start, place.end))
    ]
    ahead = [place for place in known if place.start >= main.end]
    back = [place for place in known if place.start < main.start]
    return [*ahead, *reversed(back)]


def _spoken_countries(stretch: Stretch) -> str | None:
    """The countries of the bases of which the sentence before or behind speaks, where that names more than one."""
    reading = stretch.reading
    index = sentence_at(reading.sentences, stretch.sentence.start)
    for step in (-1, 1):
        beside = reading.body_near(index, step)
        if beside is None or not reading.has("bases_plural", beside.start, beside.end):
            continue
        several = [area.scope for area in breakdowns.areas(reading, beside.start, beside.end) if not area.single]
        if several:
            return several[0]
    return None


def _counter(stretch: Stretch) -> str | None:
    """Who counted: whom the words around the total name, else the sentence, else the last source named before it in the text."""
    sources, sentence = stretch.reading.sources, stretch.sentence
    here = within(sources, stretch.start, stretch.end) or within(sources, sentence.start, sentence.end)
    earlier = within(sources, max(0, sentence.start - 600), sentence.start)
    return here[0].value if here else earlier[-1].value if earlier else None


def adds_up(stretch: Stretch, main: Hit[Figure]) -> bool:
    """Whether the numbers of the countries behind a count make it up ("61 attacks, 32 in Syria and 29 in Iraq")."""
    parts = [pair for pair in stretch.pairs if pair.place.scope in COUNTRIES and pair.figure.start > main.start]
    return len(parts) > 1 and sum(pair.figure.value.number for pair in parts) == main.value.number
