"""Numbers that count attacks: how reports write them, and what each phrase says."""

from dataclasses import dataclass

from app.extract.engine import NUMERAL, Rule, Slots
from app.extract.numbers import as_bound, read_number
from app.extract.values import Bound


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts attacks (`count`), one that may (`bare`), an `ordinal`, a `month`, a `half` year or a `zero`."""

    kind: str
    number: int
    bound: Bound = "="
    year: int | None = None


def _count(slots: Slots, kind: str) -> Figure | None:
    number = read_number(slots.text("count") or "", slots.lexicon)
    if number is None or number > 5000:
        return None
    return Figure(kind, number, as_bound(slots.value("bound") or slots.value("after")))


def _value(slots: Slots, kind: str, name: str) -> Figure | None:
    value = slots.value(name)
    year = slots.text("year")
    return None if value is None else Figure(kind, int(value), year=int(year) if year else None)


_LEAD = r"(?:{n}{bound:bound} |(?<!\w))(?:[وف]?[بل]?(?:ال)? ?)(?<!\d)"

RULES: tuple[Rule[Figure], ...] = (
    Rule(
        "total.count",
        _LEAD + r"{count:NUMBER} (?:[a-z-]+ (?:and [a-z]+ )?)?{total_noun}{e}(?: {after:bound_after}{e})?",
        lambda slots: _count(slots, "count"),
        ("20 استهدافاً", "أكثر من 120 هجوما", "بـ24 هجوماً", "Seven attacks", "more than 100 rocket and drone attacks", "55 هجوماً"),
        ("2500 جندي", "59 أميركياً", "هجوما"),
        starts=("bound", *NUMERAL),
    ),
    Rule(
        "total.number_of",
        r"{b}{count:NUMBER} (?:تعداد|عدد|عداد) {n}?{total_noun}{e}",
        lambda slots: _count(slots, "count"),
        ("34 تعداد الهجمات", "97 عدد الاستهدافات"),
        ("34 عدد الجنود",),
        starts=NUMERAL,
    ),
    Rule(
        "total.risen",
        r"{n}(?:تعداد|عدد|حصيلة|number of) (?:\w+ )?{n}?{total_noun}{e} (?:[^.,\n]{0,60}? )?"
        r"(?:إلى|to) (?:{bound:bound} )?{count:NUMBER}{e}",
        lambda slots: _count(slots, "count"),
        (
            "ارتفع عدد الهجمات إلى 18",
            "عدد الهجمات التي وثقها المرصد منذ 19 تشرين الأول الماضي إلى 101",
            "the number of attacks has risen to 52",
        ),
        ("عدد الجنود إلى 900",),
        starts=("تعداد", "عدد", "حصيله", "number of"),
    ),
    Rule(
        "total.bare",
        _LEAD + r"{count:NUMBER}(?= (?:منها |of them )?(?:وقعت |كانت |were )?"
        r"(?:على|في|استهدف|استهدفت|ضد|on|at|against|in|of them)(?!\w))",
        lambda slots: _count(slots, "bare"),
        ("و5 على قاعدة", "4 استهدفت", "27 منها وقعت في العراق", "36 on the Omar"),
        ("5 صواريخ على", "20 شاحنة"),
        starts=("bound", *NUMERAL),
    ),
    Rule(
        "total.times",
        r"{b}{times:times_word}(?: each)?(?= (?:at|on|in)(?!\w))",
        lambda slots: _value(slots, "bare", "times"),
        ("twice at Tal Baydar", "once each at Qasrak and Roubarba"),
        ("once more", "hit twice"),
        starts=("times_word",),
    ),
    Rule(
        "total.ordinal",
        r"{n}(?:هجوم|استهداف|ضربه|attack|strike) (?:هو )?{nth:ordinal}{e}",
        lambda slots: _value(slots, "ordinal", "nth"),
        ("الهجوم السابع", "الاستهداف الأول من نوعه"),
        ("الهجوم على",),
        starts=("هجوم", "استهداف", "ضربه", "attack", "strike"),
    ),
    Rule(
        "total.ordinal_before",
        r"{b}(?:ب)?(?:انه |انها )?{nth:ordinal} (?:such )?(?:attack|strike|هجوم|استهداف|من نوعه){e}",
        lambda slots: _value(slots, "ordinal", "nth"),
        ("the seventh attack", "the second such attack", "ثالث استهداف", "بأنه الرابع من نوعه"),
        ("the second base",),
        starts=("انه", "انها", "ordinal"),
    ),
    Rule(
        "total.month",
        r"{n}{month:month}(?: ?/ ?{other:month})?{e}(?: (?P<year>20[0-3]\d))?",
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
        "total.zero",
        r"{n}{no_attack} ?(?:{total_noun})?",
        lambda slots: Figure("zero", 0),
        ("لم يُسجل أي هجوم",),
        ("سجل هجوم",),
        starts=("no_attack",),
    ),
)
