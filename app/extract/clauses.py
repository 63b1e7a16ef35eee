"""Cuts sentences into clauses and says what each speaks of: an attack, a response, a drill, a convoy, a denial, a threat."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from app.extract.engine import Hit, Rule, within
from app.extract.lexicon import Lexicon
from app.extract.scanner import Phrase, phrases_of
from app.extract.text import Sentence

T = TypeVar("T")

Cues = Mapping[str, list[Hit[str]]]

_CUES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("attack_verb", "{v}", ("استهدفت", "فهاجمت", "was targeted"), ("استهدافات", "hitherto")),
    ("fall_verb", "{n}", ("سقطت", "سقوط", "fell"), ("ساقط",)),
    ("drop_verb", "{v}", ("وألقت", "released"), ("إلقاء",)),
    ("attack_noun", "{n}", ("هجوم", "باستهداف", "للقصف", "attack"), ("هجومية", "attacker")),
    ("attack_plural", "{n}", ("هجمات", "attacks"), ("هجمة",)),
    ("attack_repeated", "{n}", ("مرارا", "repeatedly"), ("مرار",)),
    ("also", "{v}", ("كما", "likewise"), ("كمال",)),
    ("supposition", "{v}", ("لو", "could"), ("لوم",)),
    ("scouting", "{n}", ("مهمة استطلاع", "unarmed"), ("طلاع",)),
    ("other_object", "{n}", ("دورية", "a patrol"), ("دور",)),
    ("carried_to", "{n}", ("نقلوا إلى", "flown to"), ("نقلوا",)),
    ("shared_base", "{n}", ("قاعدة مشتركة", "joint base"), ("قاعدة",)),
    ("known_as", "{v}", ("المعروفة", "known as"), ("معرفة",)),
    ("left_over", "{n}", ("عثر على", "unfired"), ("عثرة",)),
    ("own_side", "{n}", ("التحالف", "US jets"), ("حالف",)),
    ("own_weapon", "{n}", ("مدفعية التحالف", "طائرات أميركية"), ("طائرات مسيرة",)),
    ("toward", "{v}", ("باتجاه", "against"), ("اتجاهات",)),
    ("another", "{n}", ("هجوم ثان", "another attack"), ("هجوم",)),
    ("another_thing", "{n}", ("وأخرى", "أخريين"), ("آخر",)),
    ("once_more", "{n}", ("مجددا", "and then again"), ("مجدد",)),
    ("first_event", "{n}", ("الهجوم الأول", "in the first attack"), ("هجوم",)),
    ("two_attacks", "{n}", ("هجومين", "two attacks"), ("هجوم",)),
    ("the_first", "{v}", ("الأول", "the first"), ("أول من أمس",)),
    ("the_second", "{v}", ("والثاني", "the second"), ("ثانية",)),
    ("second_event", "{n}", ("الهجوم الثاني", "the second one"), ("second base",)),
    ("retold", "{v}", ("وفي رواية", "other sources"), ("رواية",)),
    ("recalled", "{v}", ("وكانت", "had struck"), ("كانون",)),
    ("blast", "{n}", ("انفجارات", "explosion"), ("انفجاري",)),
    ("blast_unexplained", "{n}", ("مجهولة السبب", "could not tell"), ("مجهولة",)),
    ("not_happened", "{n}", ("نفى", "denied"), ("منفى",)),
    ("no_attack", "{n}", ("لم يسجل أي", "no attacks"), ("سجل",)),
    ("threat", "{n}", ("توعدت", "threatened"), ("وعد",)),
    ("which", "{v}", ("التي", "that"), ("تلك",)),
    ("turn", "{v}", ("فيما", "غير أن", "while"), ("فيم",)),
    ("after_event", "{v}", ("بعد ساعات من", "hours after"), ("بعد",)),
    ("alleged", "{v}", ("زعمت", "allegedly"), ("زعماء",)),
    ("convoy", "{n}", ("قافلة", "بالشاحنات", "convoy"), ("قافل",)),
    ("training", "{n}", ("تدريبات", "المناورات", "drills"), ("مدرب",)),
    ("response", "{n}", ("ردت", "وغارات", "retaliated"), ("مردت",)),
    ("alert", "{n}", ("استنفار", "sirens"), ("نفير",)),
    ("other_war", "{n}", ("إسرائيلية", "Israeli"), ("إسرائيليات",)),
    ("withdrawal", "{n}", ("إخلاء", "evacuated"), ("خلاء",)),
    ("strike_of_others", "{n}", ("قصفت", "raids"), ("قصفتم",)),
    ("announcement", "{n}", ("أعلن", "announced"), ("علن",)),
    ("down_verb", "{n}", ("أسقطت", "shot down"), ("سقطت",)),
    ("down_tried", "{n}", ("محاولات إسقاطها",), ("محاولات",)),
    ("down_failed", "{n}", ("دون جدوى", "failed to intercept"), ("جدوى",)),
    ("down_part", "{n}", ("إحداهما", "at least one"), ("أحد",)),
    ("reached", "{n}", ("بلغت هدفها", "the other struck"), ("بلغت",)),
    ("all_of_it", "{n}", ("جميعها", "all of them"), ("جميع",)),
    ("hurt_none", "{n}", ("دون إصابات", "no casualties"), ("إصابات",)),
    ("hurt_unknown", "{n}", ("لا معلومات عن خسائر", "unknown whether"), ("معلومات",)),
    ("harm", "{n}", ("خسائر", "casualties"), ("خسر",)),
    ("hurt_yes", "{n}", ("أصيب", "injured"), ("مصيب",)),
    ("claim_verb", "{n}", ("أعلنت", "claimed"), ("علنت",)),
    ("claim_goes_on", "{v}", ("وكانت قد أعلنت", "in another statement"), ("إعلان",)),
    ("blame", "{n}", ("ورجح", "المسؤولية", "blamed"), ("مرجح",)),
    ("both_of_them", "{n}", ("الهجومين", "the attacks"), ("هجومان",)),
    ("our_people", "{n}", ("جنود", "troops"), ("جنودهم",)),
    ("place_of", "{n}", ("مواقع", "positions"), ("موقع",)),
    ("since", "{v}", ("منذ", "since"), ("منذر",)),
    ("counting", "{v}", ("أحصى", "documented"), ("إحصاء",)),
    ("bases_plural", "{n}", ("القواعد", "bases"), ("قاعدة",)),
    ("span_words", "{n}", ("في أقل من", "of the day"), ("أقل",)),
    ("each_of", "{n}", ("على كل من", "once each"), ("كلمن",)),
    ("divided", "{n}", ("توزعت", "as follows"), ("وزعت",)),
    ("scope", "{n}", ("سوريا", "العراق وسوريا", "Iraq and Syria"), ("سوري",)),
    ("total_noun", "{n}", ("هجوما", "استهدافا", "attacks"), ("مهاجم",)),
)  # fmt: skip

RULES: tuple[Rule[str], ...] = tuple(
    Rule(f"cue.{name}", f"{lead}{{what:{name}}}{{e}}", lambda slots: slots.value("what"), examples, never)
    for name, lead, examples, never in _CUES
)
"""One rule for each list of cues: the value is the list's."""


def phrases(lexicon: Lexicon) -> dict[str, Sequence[Phrase]]:
    """The lists of cues, each a group of its own."""
    return {name: phrases_of(f"cue.{name}", lexicon[name], lead[1], whole=True) for name, lead, *_ in _CUES}


_CUT = re.compile(r"[,;:](?= |$)|(?<= )-(?= )|\.\.|\(|\)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence between commas or connecting words, in folded characters."""

    start: int
    end: int

    def has(self, found: Cues, *names: str) -> bool:
        """Whether any cue of the lists starts in it."""
        return any(within(found[name], self.start, self.end) for name in names)


def clauses(folded: str, sentence: Sentence, found: Cues, whole: Iterable[Hit[T]] = ()) -> list[Clause]:
    """The clauses of a sentence, in order; together they cover it. No cut goes through a hit of `whole`."""
    cuts = {match.end() for match in _CUT.finditer(folded, sentence.start, sentence.end)}
    cuts |= {hit.start for hit in within(found["turn"], sentence.start, sentence.end)}
    cuts -= {cut for hit in whole for cut in range(hit.start + 1, hit.end + 1) if cut < hit.end or folded[cut - 1] == ","}
    bounds = [sentence.start, *sorted(cut for cut in cuts if sentence.start < cut < sentence.end), sentence.end]
    return [Clause(a, b) for a, b in pairwise(bounds) if folded[a:b].strip()]


_BEFORE_DRILL = re.compile(r"(?:سبق|سبقت|قبل|بعد|عقب|before|after|following|preceded)(?: the)? ?(?:ال)?$")


REASONS = {
    "response": "tells what the coalition did",
    "threat": "tells of what may come",
    "other_war": "tells of another war",
    "no_attack": "says that there was no attack",
    "not_happened": "denies",
    "attack_repeated": "tells of attacks in general",
    "training": "tells of a drill",
    "supposition": "supposes",
}
"""Why a clause tells no attack on a base although it sounds like one, in words."""


def excluded(folded: str, clause: Clause, found: Cues) -> str | None:
    """The reason, a key of REASONS, for which a clause tells no attack on a base; or None."""
    for name in ("response", "threat", "other_war", "no_attack", "not_happened"):
        if clause.has(found, name):
            return name
    if clause.has(found, "attack_repeated") and not clause.has(found, "hurt_none", "hurt_unknown"):
        return "attack_repeated"
    for hit in within(found["training"], clause.start, clause.end):
        if not _BEFORE_DRILL.search(folded[max(clause.start, hit.start - 14) : hit.start].rstrip()):
            return "training"
    return None
