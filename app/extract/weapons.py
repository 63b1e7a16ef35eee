"""Reads what was fired or flown, and how many of it."""

from dataclasses import dataclass

from app.extract.engine import NUMERAL, Rule, Slots
from app.extract.numbers import UNTOLD, Count, bounded, read_number

SAME = "same"
"""The weapon of "another one" and "of the same kind": that of the attack told before."""


@dataclass(frozen=True, slots=True)
class Munition:
    """A weapon's code and how many of it; an empty weapon stands for words that are nobody's attack weapon.

    `nth` is told of one more beside others ("a second drone").
    """

    weapon: str
    count: Count = UNTOLD
    nth: int | None = None


def _counted(slots: Slots) -> Munition | None:
    number = read_number(slots.text("count") or "", slots.lexicon)
    weapon = slots.value("many") or slots.value("one")
    if number is None or weapon is None or not 0 < number < 1000 or _is_weekday(slots, number):
        return None
    return Munition(weapon, bounded(number, slots.value("bound") or slots.value("after")))


def _is_weekday(slots: Slots, number: int) -> bool:
    """Whether a number word is the name of a day: two weapons are told by a dual (أسقطت الاثنين طائرة: on Monday one)."""
    return number <= 2 and slots.match[0].startswith("ال")


def _many_counted(slots: Slots) -> Munition | None:
    """A number behind its noun; one and two with the article are days (بالصواريخ الأحد: with rockets on Sunday)."""
    counted = _counted(slots)
    return None if counted is None or (counted.count.low or 0) <= 2 else counted


def _exceeding(slots: Slots) -> Munition | None:
    counted = _counted(slots)
    return None if counted is None or counted.count.low is None else Munition(counted.weapon, Count(counted.count.low + 1, None))


def _between(slots: Slots) -> Munition | None:
    low, high = (read_number(slots.text(end) or "", slots.lexicon) for end in ("low", "high"))
    weapon = slots.value("many") or slots.value("one")
    if weapon is None or low is None or high is None or low > high:
        return None
    return Munition(weapon, Count(low, high))


def _single(slots: Slots) -> Munition:
    return Munition(slots.value("what") or "unknown", bounded(1, slots.value("bound") or slots.value("after")))


def _nth(slots: Slots) -> Munition:
    weapon = slots.value("what") or slots.value("what_en") or "unknown"
    return Munition(weapon, bounded(1, None), int(slots.value("nth") or slots.value("nth_en") or 1))


def _two(slots: Slots) -> Munition:
    return Munition(slots.value("what") or "unknown", bounded(2, slots.value("after")))


def _same(slots: Slots) -> Munition | None:
    number = read_number(slots.text("count") or "", slots.lexicon)
    if number is None:
        return Munition(SAME, bounded(1, None) if slots.text("one") else UNTOLD)
    return Munition(SAME, bounded(number, None)) if 0 < number < 1000 else None


def _uncounted(slots: Slots) -> Munition:
    return Munition(slots.value("what") or "unknown")


_ANY = "(?:{many:weapon_many}|{one:weapon_one})"
_BOUND = r"(?:{n}{bound:bound} |(?<!\w))"
_AFTER = r"(?: {after:bound_after}(?!\w))?"
_NO_BLOW = r"(?! (?:attack|strike|assault|barrage|raid|wave|salvo|volley|fire)s?(?!\w))"
_COUNT = r"(?:[وف]?[بل]?(?:ال)? ?)(?<!\d){count:NUMBER}"

RULES: tuple[Rule[Munition], ...] = (
    Rule(
        "weapon.counted",
        rf"{_BOUND}{_COUNT}(?: {{weapon_adjective}})? {_ANY}{{e}}{_AFTER}",
        _counted,
        (
            "أربعة صواريخ",
            "“4” صواريخ",
            "بـ 5 قذائف",
            "أكثر من ثلاث طائرات مسيرة",
            "5 صواريخ على الأقل",
            "two 107mm rockets",
            "at least five rockets",
            "one drone",
        ),
        ("أسقطت الاثنين صواريخ", "الأحد طائرة مسيرة", "2500 جندي", "24 صاروخيا", "twenty trucks", "ثلاثة انفجارات"),
        starts=("bound", *NUMERAL),
    ),
    Rule(
        "weapon.many_counted",
        rf"(?![a-z]){{n}}{{many:weapon_many}} (?:ال)?{{count:NUMBER}}{{e}}{_AFTER}",
        _many_counted,
        ("الصواريخ الخمسة", "صواريخ أربعة"),
        ("صواريخ على القاعدة", "drones two days later", "بالصواريخ الأحد", "المسيرات الاثنين"),
        starts=("weapon_many",),
    ),
    Rule(
        "weapon.apposition",
        r"{b}{many:weapon_many}, (?:{bound:bound} )?{count:NUMBER}(?: {after:bound_after})?(?: of them)?,",
        _counted,
        ("Rockets, five or more of them, left",),
        ("rockets, drones and shells",),
        starts=("weapon_many",),
    ),
    Rule(
        "weapon.exceeding",
        r"{n}{many:weapon_many} (?:تجاوز|يتجاوز|زاد|يزيد|فاق) عددها (?:عن |علي |ال)?{count:NUMBER}{e}",
        _exceeding,
        ("صواريخ تجاوز عددها عشرة", "مسيّرات زاد عددها على 5"),
        ("صواريخ عددها عشرة",),
        starts=("weapon_many",),
    ),
    Rule(
        "weapon.between",
        rf"(?:{{n}}(?:ما )?بين |between |from |(?<!\w)){{low:NUMBER}} ?(?:-|الي|و|to|and) ?{{high:NUMBER}} {_ANY}{{e}}",
        _between,
        ("ما بين 7 إلى 10 صواريخ", "between 7 and 10 rockets", "7-10 صواريخ"),
        ("ما بين 7 إلى 10 جنود",),
        starts=("ما", "بين", "between", "from", *NUMERAL),
    ),
    Rule(
        "weapon.blows",
        r"{n}{count:NUMBER} {blow}(?: {blow_by})? ?ب?{many:weapon_many}{e}",
        _counted,
        ("10 ضربات بواسطة قذائف صاروخية", "عشر هجمات بأسلحة أرض-أرض"),
        ("10 هجمات على القواعد",),
        starts=NUMERAL,
    ),
    Rule(
        "weapon.blows_kind",
        r"{n}{count:NUMBER} {blow_landed} {many:weapon_kind}{e}",
        _counted,
        ("10 ضربات صاروخية", "لأربع ضربات صاروخية"),
        ("10 ضربات جوية",),
        starts=NUMERAL,
    ),
    Rule(
        "weapon.same",
        r"{n}(?:{count:NUMBER} {blow} )?{same_kind}{e}",
        _same,
        ("بأربع ضربات من النوع ذاته", "بالسلاح نفسه", "of the same kind"),
        ("النوع الجديد",),
        starts=(*NUMERAL, "same_kind"),
    ),
    Rule("weapon.another", r"{b}{one:another_one}{e}", _same, ("another one", "a third one"), ("another base",)),
    Rule(
        "weapon.number_put",
        r"number of {many:weapon_many} (?:[a-z]+ ){0,3}(?:at|was|as) {count:NUMBER}{e}",
        _counted,
        ("put the number of drones at one", "the number of rockets was five"),
        ("number of drones at Conoco",),
        starts=("number of",),
    ),
    Rule(
        "weapon.one",
        rf"(?:{{n}}{{bound:bound}} )?(?:{{n}}|{{b}}(?:a|an|another|the) )(?:{{weapon_adjective}} )?"
        rf"{{what:weapon_one}}{_NO_BLOW}(?: واحد(?:ه|ا)?)?{{e}}{_AFTER}",
        _single,
        (
            "بصاروخ",
            "صاروخاً واحداً على الأقل",
            "ما لا يقل عن صاروخ واحد",
            "لهجوم بمسيرة",
            "قذيفة هاون واحدة",
            "a drone",
            "A drone launched",
        ),
        ("صاروخية", "مسيرات", "بطائرات مسيرات", "another rocket attack"),
        starts=("bound", "weapon_adjective", "weapon_one"),
    ),
    Rule(
        "weapon.ordinal",
        r"(?:{v}{what:weapon_one} {nth:ordinal}|{b}{nth_en:ordinal} {what_en:weapon_one}" + _NO_BLOW + "){e}",
        _nth,
        ("صاروخ رابع", "a second drone"),
        ("صاروخ غراد", "a second base", "a first drone raid"),
        starts=("weapon_one", "ordinal"),
    ),
    Rule(
        "weapon.two",
        rf"{{n}}{{what:weapon_two}}(?: اثن(?:ين|ان|تين))?{{e}}{_AFTER}",
        _two,
        ("بطائرتين مسيّرتين", "صاروخين اثنين", "قذيفتان"),
        ("طائرتين",),
        starts=("weapon_two",),
    ),
    Rule(
        "weapon.many",
        r"{n}{what:weapon_many}(?: \"?(?:انتحاري|هجومي|مفخخ|انقضاضي)[هة]\"?)?{e}",
        _uncounted,
        ("صواريخ", "بالمسيرات", "طائرات مسيرة “انتحارية”", "drones"),
        ("droneship",),
        starts=("weapon_many",),
    ),
    Rule(
        "weapon.kind",
        r"{n}{what:weapon_kind}{e}",
        _uncounted,
        ("قصف صاروخي", "هجمات صاروخية", "drone attack", "rocket attack"),
        ("صاروخين",),
    ),
    Rule(
        "weapon.not",
        "{n}{weapon_not}{e}",
        lambda slots: Munition(""),
        ("صواريخ الدفاع الجوي", "Rocket debris"),
        ("صواريخ غراد",),
    ),
)
"""What each phrase says; a phrase about defences or launchers keeps its words from the other rules."""


def combined(munitions: list[Munition]) -> tuple[str | None, Count]:
    """One event's weapon and count from all that is named.

    Rockets and drones together are mixed: their counts are added. Where one of them is untold, the other is a lower bound,
    unless it is a lone singular ("a drone and rockets").
    """
    named = [m for m in munitions if m.weapon and m.weapon != SAME]
    if not named and munitions:
        return SAME, first_count(munitions)
    munitions = named
    kinds = [m.weapon for m in munitions if m.weapon != "unknown"]
    if not kinds:
        return ("unknown" if munitions else None), first_count(munitions)
    distinct = set(kinds)
    if "mixed" not in distinct and (len(distinct) == 1 or distinct == {"rocket", "missile"}):
        return kinds[0], first_count(munitions)
    counts = [first_count([m for m in munitions if m.weapon == kind]) for kind in sorted(distinct - {"mixed"})]
    low = sum(count.low or 0 for count in counts)
    if "mixed" in distinct or any(count.high is None for count in counts):
        return "mixed", Count(low, None) if low > 1 else UNTOLD
    return "mixed", Count(low, sum(count.high or 0 for count in counts))


def first_count(munitions: list[Munition]) -> Count:
    """The count of the first phrase that tells one; "and then a second" beside one makes two."""
    count = next((m.count for m in munitions if m.count.low is not None), UNTOLD)
    last = next((m.nth for m in munitions[1:] if m.nth), None)
    if last is None or count.low is None or last <= count.low:
        return count
    return Count(last, last) if last == count.low + 1 and count.high == count.low else Count(last, None)
