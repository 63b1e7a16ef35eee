"""Numbers that count attacks, and the words that say what they are counts of: how reports write them, and what each says."""

from collections.abc import Callable
from dataclasses import dataclass

from app.extract.engine import NUMERAL, Rule, Slots
from app.extract.numbers import as_bound, read_number
from app.fields import Bound

MOST = 5000
"""No count of attacks is higher; years and troops are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a phrase of a published total says.

    Numbers: `count` (of attacks, by its noun), `few` (one or two, in the form of the noun), `bare` (before a preposition),
    `reached` (what a total has come to), `number` (any other that may be a part), `same` (the one before), `thing` (of something
    else), `ordinal`, `zero`. Times: `month`, `half`, `quarter`, `year`, `month_back` and `year_back` (how many ago),
    `month_same`, `span` (hours, days or weeks), `since_same`, `beginning`. Others: `sum` (a word for a total), `so_far`, and
    `others` (attacks that are not on the bases). `noun` says what is counted, or `sum` where a word for a total stands before.
    """

    kind: str
    number: int = 0
    bound: Bound = "="
    year: int | None = None
    noun: str | None = None


def _number(slots: Slots) -> int | None:
    hundreds, rest = slots.value("hundreds"), slots.text("rest")
    if hundreds is None:
        return read_number(slots.text("count") or "", slots.lexicon)
    more = read_number(rest or "", slots.lexicon)
    return None if more is None or more >= 100 else int(hundreds) + more


def _count(slots: Slots, kind: str) -> Figure | None:
    number = _number(slots)
    if number is None or number > MOST:
        return None
    return Figure(kind, number, as_bound(slots.value("bound") or slots.value("after")), noun=slots.value("noun"))


def _value(slots: Slots, kind: str, name: str) -> Figure | None:
    value = slots.value(name)
    year = slots.text("year")
    return None if value is None else Figure(kind, int(value), year=int(year) if year else None)


def _nth(slots: Slots) -> Figure | None:
    """An ordinal: a word, or digits with an ending or after "number"."""
    digits = slots.text("digits") or slots.text("digits_on") or slots.text("nr")
    if digits:
        return Figure("ordinal", int(digits)) if 0 < int(digits) <= MOST else None
    return next((figure for name in ("nth", "nth_en", "nth_on", "nth_of") if (figure := _value(slots, "ordinal", name))), None)


def _is(kind: str) -> Callable[[Slots], Figure]:
    return lambda slots: Figure(kind)


_LEAD = r"(?:{n}{bound:bound} |(?<!\w))(?:[وف]?[بل]?(?:ال)? ?)(?<!\d)(?<![a-z\d]-)"
_NUMBER = r"(?:{hundreds:number_hundred}(?: و| and ){rest:NUMBER}|{count:NUMBER})"
_STARTS = ("bound", "number_hundred", *NUMERAL)
_KIND = r"(?:{attack_adjective}(?:,? (?:and |or )?|/))*"
_ATTACK = r"(?:هجوم|هجمه|استهداف|ضربه|قصف|اعتداء|محاوله|عمليه|attack|strike|assault|bombardment)"
_ATTACKS = ("هجوم", "هجمه", "استهداف", "ضربه", "قصف", "اعتداء", "محاوله", "عمليه", "attack", "strike", "assault", "bombardment")
_PREDICATE = r"(?:(?:كان |يعد |تعد |يعتبر |تعتبر )?(?:هو |هي )?)"
_YEAR = r"(?:(?:,| عام| من عام| من العام)? (?P<year>20[0-3]\d)(?!\d))?"
_DIGITS = r"(?P<digits>\d{1,3})(?:st|nd|rd|th)"

RULES: tuple[Rule[Figure], ...] = (
    Rule(
        "total.count",
        _LEAD + _NUMBER + " " + _KIND + r"{noun:total_noun}{e}(?! {attack_of_others}{e})(?: {after:bound_after}{e})?",
        lambda slots: _count(slots, "count"),
        (
            "20 استهدافاً",
            "أكثر من 120 هجوما",
            "بـ24 هجوماً",
            "Seven attacks",
            "more than 100 rocket and drone attacks",
            "55 هجوماً",
            "مئة وأربعة وعشرين هجوماً",
            "one hundred and eight attacks",
            "160 rocket, drone and missile attacks",
            "83 times",
        ),
        ("2500 جندي", "59 أميركياً", "هجوما", "85 US strikes", "7 ضربات جوية", "28 ISIS attacks"),
        starts=_STARTS,
    ),
    Rule(
        "total.count_definite",
        r"{n}(?:هجمات|استهدافات|ضربات|عمليات|مرات) (?:ال ?)?(?:{bound:bound} )?{count:NUMBER}"
        r"(?= (?:التي|على|في|ضد|من|منذ|بين|كان|كانت|وقعت|استهدفت|طالت)(?!\w))",
        lambda slots: _count(slots, "count"),
        ("الهجمات الـ80 التي", "الهجمات الـ 55 على"),
        ("الهجمات التي", "هجمات 7 تشرين"),
        starts=("هجمات", "استهدافات", "ضربات", "عمليات", "مرات"),
    ),
    Rule(
        "total.number_of",
        r"{b}{count:NUMBER} (?:تعداد|عدد|عداد) {n}?{noun:total_noun}{e}",
        lambda slots: _count(slots, "count"),
        ("34 تعداد الهجمات", "97 عدد الاستهدافات"),
        ("34 عدد الجنود",),
        starts=NUMERAL,
    ),
    Rule(
        "total.few",
        "{n}{few:few}{e}",
        lambda slots: _value(slots, "few", "few"),
        ("هجومان", "وهجوم واحد", "مرتين", "twice", "once"),
        ("هجوم", "مرة"),
    ),
    Rule("total.same", "{n}{what:same_number}{e}", _is("same"), ("ومثلها", "the same number"), ("مثلا",)),
    Rule(
        "total.bare",
        _LEAD + _NUMBER + r"(?=(?: {n}?{total_noun})? (?:(?:منها |of them )?(?:وقعت |كانت |were )?"
        r"(?:على|في|استهدف|استهدفت|ضد|on|at|against|in|of them|حتى|لغاية|until|as of|by(?= [a-z]+ \d))(?!\w)|ل(?=\w{3})))",
        lambda slots: _count(slots, "bare"),
        ("و5 على قاعدة", "40 حتى 18 نوفمبر", "4 استهدفت", "27 منها وقعت في العراق", "36 on the Omar", "28 لكونيكو"),
        ("5 صواريخ على", "20 شاحنة"),
        starts=_STARTS,
    ),
    Rule(
        "total.reached",
        r"{b}[وف]?{noun:total_reached},? ['\"]?(?:{n}{bound:bound} )?(?:ال)?" + _NUMBER + r"(?=\W*$|[\n.,;:)\]\"'!?]| -|"
        r" (?:since|in|on|for|against|across|as|so|by|over|at|and|from|up|this|that|the|with|which|attributed|"
        r"منذ|في|علي|حتي|خلال|منها|بينها|بحسب|وفق|حسب|ضد|بين|بعد|وذلك|وفقا|استنادا|حسبما|توزعت|موزعه)(?!\w)|(?= و| ل\w))",
        lambda slots: _count(slots, "reached"),
        ("إلى 45.", "to 74 since", "at 126 the number", "of 40 for Syria", "had 73 on its", "lower number, 78, for"),
        ("to 12 wounded", "إلى 900 جندي"),
        starts=("total_reached",),
    ),
    Rule(
        "total.number",
        _LEAD
        + _NUMBER
        + r"(?=\W*$|[\n.,;:()\[\]\"|]| [(|-]"
        + r"| {part_link}{e}| of(?: [\w'-]+)? \d| {part_end}{e}| ف?ال(?!\d)| و| and | ل(?=\w{3}))",
        lambda slots: _count(slots, "number"),
        ("20.", "16، ", "seven each", "two targeted", "7"),
        ("20 شاحنة", "7 rockets"),
        starts=_STARTS,
    ),
    Rule(
        "total.ordinal",
        r"{n}"
        + _ATTACK
        + r" "
        + _PREDICATE
        + r"(?:{nth:ordinal}|ال ?(?P<digits>\d{1,3})|(?:رقم|number|no\.|#) ?(?P<nr>\d{1,3})){e}",
        _nth,
        ("الهجوم السابع", "الاستهداف الأول من نوعه", "الهجوم هو الـ108", "الهجوم رقم 101", "المحاولة الثانية"),
        ("الهجوم على", "هجوم 15"),
        starts=_ATTACKS,
    ),
    Rule(
        "total.ordinal_before",
        r"{b}(?:ب)?(?:انه |انها )?(?:{nth:ordinal}|"
        + _DIGITS
        + r") "
        + _KIND
        + r"(?:(?:عمليه |حاله )?"
        + _ATTACK
        + r"|من نوعه|من نوعها){e}",
        _nth,
        (
            "the seventh attack",
            "the second such attack",
            "ثالث استهداف",
            "بأنه الرابع من نوعه",
            "the 47th drone attack",
            "ثاني عملية استهداف",
        ),
        ("the second base", "47 attacks", "the third Israeli attack"),
        starts=("انه", "انها", "ordinal", "بانه", "بانها", "0"),
    ),
    Rule(
        "total.ordinal_time",
        r"(?:{n}مره {nth:ordinal}|{b}(?:for )?(?:the |a )?(?:{nth_en:ordinal}|" + _DIGITS + r") time){e}",
        _nth,
        ("للمرة الثامنة", "المرة الثالثة", "for the third time", "the 12th time"),
        ("مرة", "the time"),
        starts=("مره", "for", "the", "a", "ordinal", "0"),
    ),
    Rule(
        "total.ordinal_alone",
        r"{b}(?:و(?=ال)|[وف]?(?:هو|هي|ليكون|لتكون|انه|بانه) |(?:it was|it is|was|is|as|its|making it|marking|the) )"
        r"(?:the |its |a )?"
        r"(?:{nth:ordinal}|" + _DIGITS + r")(?: such| recorded| there)?"
        r"(?= (?:{span_open}|since|منذ|of the day|this week|this month|this year|by the|by sohr)(?!\w))"
        r"|{b}[وف]?(?:هو|هي|انه|انها) {nth_of:ordinal}(?= (?:علي|ضد|الذي|التي)(?!\w))"
        r"|{b}(?:was|is|as|its|making it|marking|marks) (?:at least |about |some |roughly )?(?:the |its |a )?"
        r"(?:{nth_on:ordinal}|(?P<digits_on>\d{1,3})(?:st|nd|rd|th))"
        r"(?: such| recorded| there)?(?= (?:on|against|to hit|to target|to strike|targeting)(?!\w))",
        _nth,
        (
            "وهو الثالث خلال",
            "the third in",
            "the 19th recorded by the",
            "was the fifth since",
            "والسابع منذ بداية الشهر",
            "هو الثاني عشر على",
        ),
        ("the second base", "وهو الثالث"),
        starts=(
            "هو",
            "هي",
            "ليكون",
            "لتكون",
            "انه",
            "بانه",
            "it",
            "was",
            "is",
            "as",
            "its",
            "making",
            "marking",
            "the",
            "ordinal",
        ),
    ),
    Rule(
        "total.month",
        r"{n}{month:month}(?: ?/ ?{other:month})?{e}" + _YEAR,
        lambda slots: _value(slots, "month", "month"),
        ("كانون الثاني/ يناير", "شباط"),
        ("شباطي",),
        starts=("month",),
    ),
    Rule(
        "total.half",
        r"{n}{half:half_year} ?(?P<year>20[0-3]\d)?",
        lambda slots: _value(slots, "half", "half"),
        ("النصف الأول من عام 2024",),
        ("النصف",),
        starts=("half_year",),
    ),
    Rule(
        "total.quarter",
        r"{n}{quarter:quarter} ?(?P<year>20[0-3]\d)?",
        lambda slots: _value(slots, "quarter", "quarter"),
        ("الربع الأول من عام 2024", "the first quarter of 2024"),
        ("الربع",),
        starts=("quarter",),
    ),
    Rule(
        "total.year",
        r"(?:{n}(?:عام|سنه) |{b}(?:in|during|throughout|the year|[وف]?(?:في|خلال|طوال|طيله)) )(?P<count>20[0-3]\d)(?!\d)",
        lambda slots: Figure("year", int(slots.text("count") or 0)),
        ("في عام 2024", "العام 2024", "خلال 2024", "in 2022", "during 2024", "The year 2023"),
        ("2024", "since 2021"),
        starts=("عام", "سنه", "in", "during", "throughout", "the year", "في", "خلال", "طوال", "طيله"),
    ),
    Rule(
        "total.month_back",
        "{n}{back:month_word}{e}",
        lambda slots: _value(slots, "month_back", "back"),
        ("خلال الشهر الماضي", "this month"),
        ("الشهر",),
    ),
    Rule("total.month_same", "{n}{same:month_same}{e}", _is("month_same"), ("خلال الشهر", "that month"), ("شهر",)),
    Rule(
        "total.year_back",
        "{n}{back:year_word}{e}",
        lambda slots: _value(slots, "year_back", "back"),
        ("العام الماضي", "last year"),
        ("العام",),
    ),
    Rule(
        "total.span",
        r"{b}[وف]?{span_open}(?:(?: {span_measure})* (?:(?:ال ?)?{NUMBER} (?:{span_unit}|{span_alone})|{span_alone})"
        r"|(?: {span_measure})+ {span_unit}){e}",
        _is("span"),
        (
            "خلال 24 ساعة",
            "في أقل من شهر",
            "خلال الساعات",
            "in less than 24 hours",
            "over the past three weeks",
            "in ten days",
            "خلال أسبوع",
        ),
        ("في ساعة", "في يوم", "in May"),
        starts=("span_open",),
    ),
    Rule(
        "total.span_past",
        r"(?:{n}(?:ساعات|ايام|اسابيع|اشهر|شهور|يومين|اسبوعين|شهرين) "
        r"(?:ال\w+ )?(?:الماضيه|الاخيره|الماضيين|الاخيرين|المنصرمه|الفايته)"
        r"|{b}the (?:past|last) (?:{NUMBER} (?:{span_unit}|{span_alone})|{span_alone})){e}",
        _is("span"),
        ("الأسابيع الثلاثة الماضية", "the past two weeks"),
        ("أيام الحرب", "the last attack"),
        starts=("ساعات", "ايام", "اسابيع", "اشهر", "شهور", "يومين", "اسبوعين", "شهرين", "the past", "the last"),
    ),
    Rule("total.span_phrase", "{n}{what:span_phrase}{e}", _is("span"), ("هذا الأسبوع", "of the day"), ("الأسبوع",)),
    Rule("total.since_same", "{n}{what:since_same}{e}", _is("since_same"), ("منذ ذلك الحين", "since then"), ("منذ",)),
    Rule(
        "total.beginning",
        r"{n}{how:beginning}{e}",
        lambda slots: Figure("beginning", int(slots.value("how") == "start")),
        ("مطلع 2021", "the beginning of 2021", "mid-October"),
        ("بدايات",),
        starts=("beginning",),
    ),
    Rule(
        "total.zero",
        r"(?:{n}{no_attack} ?(?:{total_noun})?|{b}[وف]?لم (?:[^\W\d]+ ){1,5}?(?:اي|ايه) {total_noun}{e}"
        r"|{b}(?:no|zero) " + _KIND + r"{total_noun}{e}|{b}none(?= in ))",
        _is("zero"),
        ("لم يُسجل أي هجوم", "لم يسجل المرصد أي هجوم", "no rocket attacks", "none in March"),
        ("سجل هجوم", "none"),
        starts=("no_attack", "لم", "no", "zero", "none"),
    ),
    Rule(
        "total.sum",
        r"{n}(?:{bound:bound} )?(?:{sum_of}{e}(?! {n}?{sum_of_others}{e}) (?:(?!\d)\w+ ){0,2}?{n}?{total_noun}"
        r"|{sum_word}{e}(?! {n}?{sum_of_others}{e})){e}",
        lambda slots: Figure("sum", bound=as_bound(slots.value("bound"))),
        ("عدد الهجمات", "وتجاوز عدد العمليات", "number of attacks", "حصيلة المرصد", "the tally", "number of rocket attacks"),
        ("عدد الجنود", "number of troops", "حصيلة القتلى", "total number of troops"),
        starts=("bound", "sum_of", "sum_word"),
    ),
    Rule(
        "total.thing",
        _LEAD + _NUMBER + r"(?= [^\W\d])",
        lambda slots: _count(slots, "thing"),
        ("28 موقعاً", "900 troops", "سبعة قتلى"),
        ("7.", "troops"),
        starts=_STARTS,
    ),
    Rule("total.so_far", "{n}{what:so_far}{e}", _is("so_far"), ("حتى الآن", "so far"), ("الآن",)),
    Rule("total.others", "{n}{what:others_party}{e}", _is("others"), ("تنظيم الدولة", "Israeli"), ("التنظيم",)),
    Rule(
        "total.struck_by_us",
        r"(?:{v}{others_verb} {n}?{coalition_subject}|{b}{coalition_subject} (?:has |have |had |also )*{others_verb_en}){e}",
        _is("others"),
        ("نفذت القوات الأميركية", "American warplanes have carried out"),
        ("تعرضت القوات الأميركية", "US forces have faced"),
        starts=("others_verb", "coalition_subject"),
    ),
)
