"""Finds who is said to have attacked, who claims it, from where it came, and whom the report quotes."""

from collections.abc import Callable, Iterable

from app.extract.engine import Rule, Slots
from app.extract.gazetteer import Gazetteer, PartyName
from app.extract.lexicon import Lexicon
from app.extract.scanner import Phrase
from app.extract.text import fold

ANY_FACTION = "any-faction"
"""Bare "the factions": whoever the text has named as attacker."""

BUCKETS = frozenset({"iran-backed-militias", "iraqi-armed-factions"})
"""Labels that reports use for attackers; where a claimant is named too, the claim is the claimant's."""

_ATTACKERS = ("umbrella_claim_brand", "organisation", "facade", "attribution_bucket")
_NEVER = ("isis", "irgc-alleged", "insider-alleged", "tribal-forces-dez")


def _is(slug: str) -> Callable[[Slots], str]:
    return lambda slots: slug


RULES: tuple[Rule[str], ...] = (
    Rule(
        "actor.iran_backed",
        r"{n}{armed_groups} \"?(?:(?:ال)?(?:مسلحه|عراقيه|محليه|شيعيه) )?{of_iran}{e}",
        _is("iran-backed-militias"),
        ("الميليشيات الإيرانية", "مجموعات مدعومة من إيران", "الفصائل المدعومة من إيران", "ميليشيا عراقية مدعومة من إيران"),
        ("الفصائل العراقية", "قوات النظام"),
        starts=("armed_groups",),
    ),
    Rule(
        "actor.iran_backed_en",
        r"{b}{of_iran_en} (?:iraqi )?{armed_groups_en}{e}",
        _is("iran-backed-militias"),
        ("Iran-backed militias", "pro-Iran fighters"),
        ("Iranian president",),
        starts=("of_iran_en",),
    ),
    Rule(
        "actor.iran_backed_behind",
        r"{b}{armed_groups_en} (?:that are |which are )?{of_iran_behind}{e}",
        _is("iran-backed-militias"),
        ("militias backed by Iran", "armed groups that are aligned with Iran"),
        ("militias in Iran",),
        starts=("armed_groups_en",),
    ),
    Rule(
        "actor.iraqi_factions",
        r"{n}{armed_groups} (?:{of_iraq}|{n}مسلحه (?:{posted} )?{inside_iraq}){e}",
        _is("iraqi-armed-factions"),
        ("فصائل عراقية مسلحة", "المجموعات المسلحة المنتشرة ضمن الأراضي العراقية", "جماعات مسلحة من داخل العراق"),
        ("فصائل المقاومة", "القوات في العراق"),
        starts=("armed_groups",),
    ),
    Rule(
        "actor.spelling",
        r"{n}{what:actor_spelling}{e}",
        lambda slots: slots.value("what"),
        ("المقاومة العراقية", "“Islamic Resistance” and the Islamic Resistance"),
        ("مقاومة",),
    ),
    Rule(
        "actor.factions",
        r"{v}(?:الفصائل|الفصيل|الميليشيا|الجماعه){e}",
        _is(ANY_FACTION),
        ("وكانت الفصائل قد", "الفصيل ذاته"),
        ("فصائل", "للفصائل"),
        starts=("الفصائل", "الفصيل", "الميليشيا", "الجماعه"),
    ),
)

LAUNCHES: tuple[Rule[str], ...] = (
    Rule(
        "launch.from",
        r"{v}{launch_word} ?(?:{n}{armed_groups} (?:{n}مسلحه )?{posted} )?(?:داخل |ضمن |في )?{where:launch_place}{e}",
        lambda slots: slots.value("where"),
        (
            "انطلقت من الأراضي العراقية",
            "مصدرها الأراضي العراقية",
            "from Iraqi soil",
            "أُطلق من مناطق الميليشيات الموالية لإيران",
            "left the Iraqi town of Zummar",
            "مصدره المجموعات المسلحة المنتشرة ضمن الأراضي العراقية",
        ),
        ("القوات في العراق", "troops in Iraq"),
        starts=("launch_word",),
    ),
    Rule(
        "launch.posted",
        r"{n}متمركزه (?:في )?{where:launch_place}{e}",
        lambda slots: slots.value("where"),
        ("المتمركزة غرب الفرات",),
        ("غرب الفرات",),
        starts=("متمركزه",),
    ),
    Rule(
        "launch.day_between",
        r"{b}(?:[وف]?(?:اطلق|اطلقت|اطلقا|اطلقتا)|launched|fired) (?:on )?\w+(?: \w+)? (?:من|from) {where:launch_place}{e}",
        lambda slots: slots.value("where"),
        ("أُطلقت اليوم الأحد من بلدة زمار العراقية", "fired on Sunday from Iraqi soil"),
        ("أطلقت صاروخا على العراق",),
        starts=("اطلق", "اطلقت", "اطلقا", "اطلقتا", "launched", "fired"),
    ),
)
"""Where it was fired from; this attributes nothing."""

CLAIMS: tuple[Rule[str], ...] = (
    Rule(
        "claim.strong", r"{n}{claim_strong}{e}", _is("claim"), ("تبنت", "أعلنت استهداف", "claimed responsibility"), ("استهداف",)
    ),
    Rule(
        "claim.that_it",
        r"{b}[وف]?ان(?:ها|هم|نا) (?:قد )?\"?{attack_verb}{e}",
        _is("claim"),
        ('أنها "هاجمت', "إنها استهدفت"),
        ("أن طائرات هاجمت",),
        starts=("انها", "انهم", "اننا"),
    ),
    Rule("claim.denied", r"{n}{claim_denied}{e}", _is("none"), ("لم تتبن", "no group has claimed"), ("تبنت",)),
)
"""An attacker's own word, or that nobody gave it."""


def _phrases(rule: str, entries: Iterable[tuple[str, str]]) -> list[Phrase]:
    """(name, slug) pairs as phrases, which take the article of Arabic; the first slug of a name stays."""
    slugs: dict[str, str] = {}
    for name, slug in entries:
        folded = fold(name).strip()
        slugs.setdefault(folded.removeprefix("ال") if len(folded) > 5 else folded, slug)
    return [Phrase(rule, words, slug, "n", whole=True) for words, slug in slugs.items() if words]


def attackers(gazetteer: Gazetteer, lexicon: Lexicon) -> list[Phrase]:
    """The names of those who may attack: no target, partner or state force but the IRGC, and no plain words."""
    return _phrases(
        "actor.name", _names([a for a in gazetteer.actors if a.kind in _ATTACKERS and a.slug not in _NEVER], lexicon["actor_not"])
    )


def sources(gazetteer: Gazetteer, lexicon: Lexicon) -> list[Phrase]:
    """The names of monitors, officials and media that a report may quote."""
    known = [
        source
        for source in gazetteer.sources
        if source.kind not in ("unclassified", "register", "official_partner") and source.slug != "cjtf-oir"
    ]
    more = [(name, slug) for name, slug in lexicon["source_spelling"].items() if slug in {source.slug for source in known}]
    return _phrases("origin.name", [*_names(known, lexicon["source_weak"]), *more])


def _names(parties: Iterable[PartyName], plain: Iterable[str]) -> list[tuple[str, str]]:
    skipped = set(plain)
    return [(alias.text, party.slug) for party in parties for alias in party.aliases if fold(alias.text) not in skipped]
