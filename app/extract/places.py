"""Finds the bases that a text names, the ones it only points at, and places that are out of scope."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from app.extract.engine import Hit, Rule, within
from app.extract.folding import fold
from app.extract.gazetteer import Alias, Gazetteer
from app.extract.lexicon import Lexicon
from app.extract.scanner import Phrase
from app.extract.text import Sentence

OUTSIDE = "outside"
"""The slug of what lies outside Syria: it is no incident's base, and it keeps its neighbours' details away from theirs."""


@dataclass(frozen=True, slots=True)
class Target:
    """A base in a text, in folded characters.

    `slug` is None where no name stands; `again` then says that it is the base spoken of before. `weak` names need a
    word for a base.
    """

    slug: str | None
    start: int
    end: int
    weak: bool = False
    again: bool = False
    headed: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    slug: str
    weak: bool
    article: bool
    valid_from: date | None
    valid_to: date | None

    def holds(self, published: date | None) -> bool:
        """Whether the name was in use on the day; a name bound in time is not read where the day is unknown."""
        if self.valid_from is None and self.valid_to is None:
            return True
        if published is None:
            return False
        return (self.valid_from or published) <= published <= (self.valid_to or published)


def named(folded: str, hits: Iterable[Hit[tuple[_Name, ...]]], published: date | None) -> Iterator[Target]:
    """Every name in use at the time, with its article; weak ones marked."""
    for hit in hits:
        arabic = folded.startswith(("ال", "لل"), hit.start - 2)
        for name in hit.value:
            if (name.article and not arabic) or not name.holds(published):
                continue
            latin = _LEAD_EN.search(folded, max(0, hit.start - 4), hit.start)
            article = 2 if folded.startswith("ال", hit.start - 2) else len(latin[0]) if latin else 0
            yield Target(name.slug, hit.start - article, hit.end, name.weak)
            break


_LEAD_EN = re.compile(r"(?<!\w)(?:(?:al|el|at|ash|as|ad|ar|an)-|(?:al|el|ash) )$")
_ARTICLE_EN = re.compile(r"(?:al|el|at|ash|as|ad|ar|an)[- ]")
_BRACKET = re.compile(r" ?[(,].*")


@dataclass(frozen=True)
class BaseNames:
    """The names of bases as phrases, and which bases lie together."""

    phrases: tuple[Phrase, ...]
    parents: Mapping[str, str]
    sites: Mapping[str, str]
    apart: frozenset[str]
    airfields: frozenset[str]

    @classmethod
    def of(cls, gazetteer: Gazetteer, lexicon: Lexicon) -> "BaseNames":
        """The gazetteer's names, and the lexicon's further spellings of them."""
        more = lexicon["base_spelling"]
        weak = {key_of(entry)[0] for entry in lexicon["weak_name"]}
        names: dict[str, list[_Name]] = {}
        for base in gazetteer.bases:
            if base.slug == "unspecified":
                continue
            slug = base.slug if base.country == "SY" else OUTSIDE
            further = [Alias(spelling) for spelling, of in more.items() if of == base.slug]
            for alias in (*base.aliases, *further):
                _add(names, alias, slug, weak)
        for entry in lexicon["out_of_scope"]:
            _add(names, Alias(entry), OUTSIDE, set())
        return cls(
            tuple(Phrase("base.name", words, tuple(found), "n", whole=False) for words, found in names.items()),
            {base.slug: base.parent for base in gazetteer.bases if base.parent},
            lexicon["one_site"],
            frozenset(lexicon["apart_when_listed"]),
            frozenset(lexicon["base_with_airfield"]),
        )

    def site(self, slug: str) -> str:
        """The compound that a base is part of, else the base itself."""
        return self.sites.get(slug, slug)

    def listed_apart(self, one: str, other: str) -> bool:
        """Whether two names of one compound are two bases where one list names both."""
        return one in self.apart or other in self.apart

    def related(self, one: str | None, other: str | None) -> bool:
        """Whether two slugs are one site or parent and child."""
        return (
            one is not None
            and other is not None
            and (one == other or self.parents.get(one) == other or self.parents.get(other) == one)
        )


def _add(names: dict[str, list[_Name]], alias: Alias, slug: str, weak: set[str]) -> None:
    key, article = key_of(alias.text)
    if not key:
        return
    name = _Name(slug, key in weak, article, alias.valid_from, alias.valid_to)
    for spelling in _spellings(key):
        known = names.setdefault(spelling, [])
        if name not in known:
            known.append(name)


def key_of(spelling: str) -> tuple[str, bool]:
    """A name without its article and brackets, and whether it needs the article (التنف, but رميلان and الرميلان)."""
    folded = _BRACKET.sub("", fold(spelling)).strip()
    if folded.startswith("ال"):
        return folded[2:], True
    return _ARTICLE_EN.sub("", folded, count=1) if _ARTICLE_EN.match(folded) else folded, False


def _spellings(key: str) -> Iterable[str]:
    """The same name with and without the articles of its later words, with spaces and with hyphens."""
    first, *rest = re.split(r"[ -]", key)
    choices = []
    for word in rest:
        arabic = "ء" <= word[:1] <= "ي"
        bare = word.removeprefix("ال") if arabic and len(word) > 4 else word
        forms = {word, bare, "ال" + bare} if arabic and len(bare) > 2 and not bare.isdigit() else {word}
        choices.append(
            [separator + form for separator in (" ", "-") for form in forms] if not arabic else [" " + f for f in forms]
        )
    for parts in product(*choices[:6]):
        yield first + "".join(parts)


RULES: tuple[Rule[str], ...] = (
    Rule(
        "place.unnamed",
        "{n}{what:base_unnamed}{e}",
        lambda slots: "unnamed",
        ("القاعدة الأميركية", "نحو قاعدة أميركية", "a US base"),
        ("قواعد أميركية", "us bases"),
    ),
    Rule(
        "place.unnamed_ar",
        r"{n}(?:قاعده|معسكر|مهبط) (?:عسكريه |جويه )?(?:تابعه |مشتركه |تستخدمها |تتمركز فيها |تنتشر فيها |تضم |فيها )?"
        r"(?:لل|ل|ال)?(?:قوات |جنود |جنودا |عناصر |جيش )?(?:لل|ال)?"
        r"(?:تحالف|احتلال|امريكيه|اميركيه|امريكي|اميركي|امريكيين|اميركيين|ولايات المتحده)(?: الدولي)?{e}",
        lambda slots: "unnamed",
        ("قاعدة لقوات التحالف", "قاعدة تضم جنوداً أميركيين", "معسكر للاحتلال", "قاعدة عسكرية تابعة للجيش الأميركي"),
        ("قاعدة التنف", "قاعدة لقسد", "قواعد التحالف"),
        starts=("قاعده", "معسكر", "مهبط"),
    ),
    Rule(
        "place.unnamed_en",
        r"{b}(?:us|u\.s\.|american|coalition)(?:-led|-run)*(?: coalition)?(?: military| army| air| patrol| special| forces)* "
        r"(?:base|airbase|airstrip|outpost|post|position|garrison|installation|facility|camp|site){e}",
        lambda slots: "unnamed",
        ("a U.S.-run airstrip", "a US patrol base", "an American post", "coalition military site"),
        ("US bases", "American troops", "the base"),
        starts=("us", "u.s.", "american", "coalition"),
    ),
    Rule("place.again", "{n}{what:base_again}{e}", lambda slots: "again", ("القاعدة", "the base"), ("قاعدة", "a base")),
    Rule(
        "place.again_airfield",
        "{n}{what:airfield_again}{e}",
        lambda slots: "airfield",
        ("المطار", "the same landing zone"),
        ("مطار", "a landing zone"),
    ),
    Rule("place.noun", "{n}{what:base_noun}{e}", lambda slots: "noun", ("قاعدة", "بحقلي", "bases"), ("قاعديا",)),
)
"""Words for a base, and words that point at one."""

BESIDE: tuple[Rule[str], ...] = (
    Rule("place.beside", "{n}{what:beside}{e}", lambda slots: "beside", ("قرب", "بريف", "near"), ("غربان",)),
)
NEAR: tuple[Rule[str], ...] = (
    Rule("place.near", "{n}{what:near}{e}", lambda slots: "near", ("قرب", "القريب من", "near"), ("قريبا",)),
)
"""Words after which a name says only where something lies."""

REGIONS: tuple[Rule[str], ...] = (
    Rule(
        "place.region",
        "{n}{what:region}{e}",
        lambda slots: slots.value("what"),
        ("بريف الحسكة", "شمال شرق سوريا", "northeastern Syria"),
        ("الحسك",),
    ),
)


def targets(
    folded: str, sentences: tuple[Sentence, ...], words: list[Hit[str]], known: list[Target], names: BaseNames
) -> list[Target]:
    """All bases of a text in order: `known` names with their heads, unnamed ones, and places outside."""
    found: list[Target] = []
    sure = {target.slug for target in known if not target.weak}
    for sentence in sentences:
        inside = within(words, sentence.start, sentence.end)
        low, high = (bisect_left(known, at, key=lambda t: t.start) for at in (sentence.start, sentence.end))
        here = known[low:high]
        nouns = [hit for hit in inside if hit.value not in ("beside", "near")]
        strong = frozenset(t.end for t in here if not t.weak)
        here = [t for t in here if not t.weak or nouns or t.slug in sure or _is_joined(folded, t, strong)]
        sure |= {t.slug for t in here}
        known_as = ("again", "airfield") if sure & names.airfields else ("again",)
        pointed = [
            Target(None, h.start, h.end, again=h.value != "unnamed", headed=True)
            for h in inside
            if h.value == "unnamed" or h.value in known_as
        ]
        found += _settled(folded, [_headed(folded, t, nouns) for t in here], pointed, inside, names)
    return found


def _is_joined(folded: str, target: Target, ends: frozenset[int]) -> bool:
    """Whether a name that needs a word for a base stands right behind another base's ("drones attacked Conoco and Shaddadi")."""
    return any(
        folded.endswith(join, 0, target.start) and target.start - len(join) in ends for join in (" و", " and ", " and al-")
    )


def _headed(folded: str, target: Target, nouns: list[Hit[str]]) -> Target:
    """Whether a word for a base stands right before the name (or behind it, in English)."""
    before = any(hit.value in ("noun", "unnamed") and hit.end <= target.start and target.start - hit.end <= 3 for hit in nouns)
    behind = any(hit.value == "noun" and 0 <= hit.start - target.end <= 2 for hit in nouns)
    return replace(
        target, headed=before or behind or folded[target.start : target.end].startswith(("قاعده", "حقل", "معمل", "مطار"))
    )


def _settled(folded: str, named: list[Target], pointed: list[Target], words: list[Hit[str]], names: BaseNames) -> list[Target]:
    kept: list[Target] = []
    for target in sorted([*named, *pointed], key=lambda t: (t.start, -t.end)):
        before = kept[-1] if kept else None
        if before is not None and target.start < before.end:
            if before.slug is None and target.slug is not None:
                kept[-1] = replace(target, start=before.start, headed=True)
            continue
        if before is None:
            kept.append(target)
        elif (target.slug is not None and before.slug is None and not before.again and _close(folded, before, target)) or (
            target.slug is not None
            and before.slug is None
            and before.again
            and target.start - before.end <= 40
            and _close(folded, before, target)
        ):
            kept[-1] = replace(target, start=before.start, headed=True)
        elif target.slug is None and before.slug is not None and _APPOSITION.fullmatch(folded[before.end : target.start]):
            continue
        elif not _only_locates(folded, target, kept, words, names):
            kept.append(target)
    return kept


def _close(folded: str, head: Target, name: Target) -> bool:
    gap = folded[head.end : name.start]
    if not head.again and _NAMED_BEHIND.fullmatch(gap) and folded[name.end : name.end + 1] in ("", ",", ".", ";", ")"):
        return True
    return len(gap) <= 70 and not re.search(r"[.;:،,]| و| فيما| بعد|\bafter\b|\band\b", gap)


_NAMED_BEHIND = re.compile(
    r"(?: in [\w' -]{3,40}|" + fold(r"(?: في| شرق\w*| شمال\w*)[\w ]{3,40})?, (?:و?هي |") + r"the |called |known as )?"
)
"""Between "another American base in eastern Syria" and its name in apposition."""
_OVER = 50
"""A word for "near" reaches over other places so far ("Tower 22, near the Syrian border and the al-Tanf garrison")."""
_APPOSITION = re.compile(r",? ?(?:an?|another|the|which is|وهي|وهو|احدي)? ?")
_AREA = re.compile(r"(?:في|ب) ?منطقه(?: قاعده)? \"?$|\bin the (?:area of )?$|\bin the vicinity of $")


def _only_locates(folded: str, target: Target, kept: list[Target], words: list[Hit[str]], names: BaseNames) -> bool:
    """Whether a name only says where the base before it lies (قاعدة خراب الجير في رميلان), or is its other name in brackets."""
    if target.slug is None or target.slug == OUTSIDE:
        return False
    beside = [hit for hit in words if hit.value == "beside"]
    earlier = [other for other in kept if other.slug is not None]
    if not earlier:
        return False
    before = earlier[-1]
    gap = folded[before.end : target.start]
    if before.slug == target.slug:
        return len(gap) <= 40 and "." not in gap
    if before.slug == OUTSIDE:
        near = [hit for hit in beside if before.end <= hit.start and 0 <= target.start - hit.end <= _OVER]
        return len(gap) <= 90 and any("," not in folded[hit.end : target.start] for hit in near)
    if _AREA.search(gap) and len(gap) <= 40:
        return True
    related = names.related(before.slug, target.slug)
    if not related and (not target.weak or target.headed):
        return False
    if re.search(r"(?:^|\W)و|\band\b", gap):
        return target.weak and _names_surroundings(target, before, words)
    if related and len(gap) <= 4:
        return True
    located = any(0 <= target.start - hit.end <= 3 and hit.start >= before.end for hit in beside) or bool(
        re.search(r"(?:\bin| في|\(| ب)[ \"]*$", gap)
    )
    return located and len(gap) <= 70 and not (target.headed and not related)


def _names_surroundings(target: Target, before: Target, words: list[Hit[str]]) -> bool:
    """Whether a town or camp says only what something lies near ("X, and the site near the camp"), without a word for a base."""
    between = [hit for hit in words if before.end <= hit.start < target.start]
    near = any(hit.value == "near" and target.start - hit.end <= 5 for hit in between)
    return near and all(hit.value in ("beside", "near") for hit in between)


def region(hits: list[Hit[str]], start: int, end: int) -> Hit[str] | None:
    """The first region named in [start, end)."""
    found = within(hits, start, end)
    return found[0] if found else None
