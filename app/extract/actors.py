"""Finds who is said to have attacked, who claims it, from where it came, and whom the report quotes."""

import re
from collections.abc import Callable, Iterable

from app.extract.engine import Rule, Slots
from app.extract.folding import fold
from app.extract.gazetteer import Gazetteer, PartyName
from app.extract.lexicon import Lexicon
from app.extract.scanner import Phrase

ANY_FACTION = "any-faction"
"""Bare "the factions": whoever the text has named as attacker."""

ANY_GROUP = "any-group"
"""Bare "the group": the one organisation that was named last."""

BUCKETS = frozenset({"iran-backed-militias", "iraqi-armed-factions"})
"""Labels that reports use for attackers; where a claimant is named too, the claim is the claimant's."""

CLAIMANTS = frozenset({"islamic-resistance-in-iraq"})
"""Attackers whose statements are sources too, under the same slug."""

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
        r"{v}{what:any_faction}{e}",
        lambda slots: ANY_FACTION if slots.value("what") == "plural" else ANY_GROUP,
        ("وكانت الفصائل قد", "الفصيل ذاته", "the same group", "the Iraqi group"),
        ("فصائل", "a group"),
    ),
    Rule(
        "actor.resistance",
        r"{n}المقاومه{e}(?! (?:\w+يه|ال\w+))",
        _is(ANY_GROUP),
        ("وكانت المقاومة قد", "بيانات المقاومة"),
        ("المقاومة الفلسطينية", "المقاومة الشعبية"),
        starts=("المقاومه", "للمقاومه"),
    ),
)


def _unnamed_place(slots: Slots) -> str | None:
    """The words that name a place which the lexicon does not have; None where they name no place."""
    place = slots.text("where")
    assert place is not None
    ends = slots.lexicon["place_end"]
    words: list[str] = []
    for word in place.split(" "):
        if words and (word in ends or _ENDS.match(word)):
            break
        words.append(word)
    while words and words[-1] in _LOOSE:
        words.pop()
    named = " ".join(words)
    opened = slots.lexicon["no_place"]
    if not words or any(" ".join(words[:count]) in opened for count in (1, 2)) or words[0] in ends or words[0].isdigit():
        return None
    return named


_ENDS = re.compile(
    r"(?:و|ف)(?:ال|است|اصاب|سقط|قد|لم|من)|ب(?:ات|ال)?(?:جاه|صاروخ|صواريخ|طاير|مسير|قذا|رشق)|ل(?:است|تست|ت?ضرب|هجوم)"
)
_LOOSE = frozenset(("around", "about", "the", "of", "in", "a", "an", "في", "من", "ال", "s"))

VOICE = "voice.other"
"""The rule of those who speak and are no attackers; the value is a source's slug, or "voice" for all others."""

LAUNCHES: tuple[Rule[str], ...] = (
    Rule(
        "launch.from",
        r"{v}{launch_word} ?(?:{n}{armed_groups} (?:{n}مسلحه )?{posted} )?(?:داخل |ضمن |في |اراض في )?{where:launch_place}{e}",
        lambda slots: slots.value("where"),
        (
            "انطلقت من الأراضي العراقية",
            "مصدرها الأراضي العراقية",
            "from Iraqi soil",
            "أُطلق من مناطق الميليشيات الموالية لإيران",
            "left the Iraqi town of Zummar",
            "مصدره المجموعات المسلحة المنتشرة ضمن الأراضي العراقية",
            "rocketed from across the Iraqi border",
            "من جهة الميادين",
        ),
        ("القوات في العراق", "troops in Iraq"),
        starts=("launch_word",),
    ),
    Rule(
        "launch.posted",
        r"(?:{n}(?:متمركزه|منتشره|متواجده|متمركزين|موجوده) |{b}(?:stationed|based|positioned|deployed|posted) )"
        r"(?:في |علي |on |in |at )?{where:launch_place}{e}",
        lambda slots: slots.value("where"),
        ("المتمركزة غرب الفرات", "stationed on the other bank of the Euphrates"),
        ("غرب الفرات",),
        starts=("متمركزه", "منتشره", "متواجده", "متمركزين", "موجوده", "stationed", "based", "positioned", "deployed", "posted"),
    ),
    Rule(
        "launch.day_between",
        r"{b}(?:[وف]?(?:اطلق|اطلقت|اطلقا|اطلقتا)|launched|fired) (?:on )?\w+(?: \w+)? (?:من|from) {where:launch_place}{e}",
        lambda slots: slots.value("where"),
        ("أُطلقت اليوم الأحد من بلدة زمار العراقية", "fired on Sunday from Iraqi soil"),
        ("أطلقت صاروخا على العراق",),
        starts=("اطلق", "اطلقت", "اطلقا", "اطلقتا", "launched", "fired"),
    ),
    Rule(
        "launch.elsewhere",
        r"{v}{fired_from} \"?(?P<where>[^\W\d_][\w'-]*\"?(?: \"?[^\W\d_][\w'-]*\"?){0,6})",
        _unnamed_place,
        ("أُطلقت من قرية الجنينة باتجاه القاعدة", "fired from a village called Jafra", "مصدرها بلدة البصيرة"),
        ("أطلقت من منصة متنقلة", "fired from a launcher", "أطلقت من قبل مسلحين", "fired from trucks"),
        starts=("fired_from",),
    ),
    Rule(
        "launch.from_place",
        r"{b}(?:من|from) (?P<where>{place_head}{e}(?:-\w+)?(?: \"?[^\W\d_][\w'-]*\"?){0,5})",
        _unnamed_place,
        ("من محيط بلدة الطيبة", "from the outskirts of Tabiyah", "from the direction of the desert"),
        ("من قاعدة كونيكو", "from Washington", "محيط البلدة"),
        starts=("من", "from"),
    ),
)
"""Where it was fired from; this attributes nothing. What the lexicon does not know keeps the text's own words, folded."""

OWN_WORDS = frozenset({"launch.elsewhere", "launch.from_place"})
"""Rules whose value is the words of a place; the second is a bare "from", which tells a launch only behind a word of firing."""

CLAIMS: tuple[Rule[str], ...] = (
    Rule(
        "claim.strong",
        r"{n}{claim_strong}{e}",
        _is("claim"),
        ("تبنت", "أعلنت استهداف", "claimed responsibility", "took credit"),
        ("استهداف",),
    ),
    Rule(
        "claim.that_it",
        r"{b}[وف]?ب?ان(?:ها|هم|نا|ه) (?:قد )?\"?{attack_verb}{e}",
        _is("claim"),
        ('أنها "هاجمت', "إنها استهدفت"),
        ("أن طائرات هاجمت",),
        starts=("انها", "انهم", "اننا", "انه"),
    ),
    Rule(
        "claim.its_fighters",
        r"{b}(?:[وف]?ب?ان {its_fighters}"
        r"|(?:that )?{its_fighters} (?:had |have )?(?:\w+ )?(?:{attack_verb}|{fall_verb}|{did_it})){e}",
        _is("claim"),
        ("أن مقاتليها", "بأن مجاهديها", "its fighters had fired", "that its drones struck"),
        ("أن مقاتلين", "its fighters were killed"),
        starts=("ان", "بان", "that", "its_fighters"),
    ),
    Rule(
        "claim.ours",
        r"{n}{our_fighters}{e}",
        _is("claim"),
        ("هاجم مجاهدونا", "our fighters"),
        ("مجاهدون", "our correspondent"),
    ),
    Rule(
        "claim.that_they",
        r"{b}that (?:it|they) (?:had |has |have )?(?:also )?"
        r"(?:w(?:as|ere) behind|(?!was |were |been |came |comes )(?:{attack_verb}|{did_it})){e}",
        _is("claim"),
        ("that it had carried out", "that they attacked"),
        ("that it was struck", "that it had lost"),
        starts=("that",),
    ),
    Rule("claim.own_statement", r"{n}{own_statement}{e}", _is("own"), ("بيان لها", "its statement"), ("بيانات",)),
    Rule("claim.own_deed", r"{n}{own_deed}{e}", _is("deed"), ("نصرة", "in support of"), ("ناصر",)),
    Rule("claim.denied", r"{n}{claim_denied}{e}", _is("none"), ("لم تتبن", "no group has claimed"), ("تبنت",)),
    Rule("claim.quoted", r"{v}{quoting}{e}", _is("quote"), ("وبحسب", "according to"), ("حساب",)),
    Rule("voice.goes_by", r"{v}{goes_by}{e}", _is("name"), ("تطلق على نفسها", "calling itself"), ("أطلق",)),
    Rule(
        VOICE,
        r"{n}{what:other_voice}{e}",
        lambda slots: slots.value("what"),
        ("المسؤول", "officials", "a US official"),
        ("مسؤولية",),
    ),
    Rule("voice.witness", r"{v}{witnessing}{e}", _is("witness"), ("وثق", "documented"), ("ثقة",)),
    Rule("voice.that", r"{v}{that_clause}{e}", _is("that"), ("أن", "that"), ("أنا",)),
    Rule("voice.turn", r"{v}{turning}{e}", _is("turn"), ("فيما", "whereas"), ("فيم",)),
    Rule("voice.one", r"{v}{one_of_them}{e}", _is("one"), ("أولها", "in one"), ("اول",)),
    Rule("blame.usual", r"{n}{usual}{e}", _is("usual"), ("عادة", "usually"), ("عاد",)),
    Rule("blame.unsure", r"{v}{unsure}{e}", _is("unsure"), ("ما إذا", "whether"), ("إذا",)),
    Rule(
        "meant.one",
        r"{n}{what:meant}{e}",
        lambda slots: slots.value("what"),
        ("الهجوم", "that attack", "the rockets"),
        ("هجوم", "an attack"),
    ),
    Rule("meant.several", r"{n}{what:meant_all}{e}", lambda slots: slots.value("what"), ("العمليتين", "both"), ("عمليتان",)),
    Rule("blame.did", r"{v}{did_it}{e}", _is("did"), ("نفذتها", "had sent"), ("تنفيذ",)),
    Rule("denial.cause", r"{n}{other_cause}{e}", _is("cause"), ("تفجير متحكم", "a controlled detonation"), ("انفجار",)),
    Rule("denial.object", r"{n}{what:denied_thing}{e}", lambda slots: slots.value("what"), ("أي صلة", "involvement"), ("وصل",)),
    Rule("denial.report", r"{n}{denied_report}{e}", _is("report"), ("تلك الأنباء", "the claim"), ("نبأ",)),
    Rule("denial.rumour", r"{v}{rumour}{e}", _is("rumour"), ("تداولت صفحات", "rumours"), ("صفحات",)),
    Rule("denial.explains", r"{v}{explains}{e}", _is("explains"), ("ناجمة عن", "caused by"), ("ناج",)),
)
"""What is said about who did it: an attacker's own word, others who speak, what is meant, and what is only supposed."""


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
