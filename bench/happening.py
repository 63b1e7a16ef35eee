"""What happens in a register that is made for measuring, drawn at random, and how a report tells of it in Arabic."""

import random
import sqlite3
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from reconcile import attacks

from app.fields import CASUALTIES
from app.reference import load

FIRST, LAST = date(2014, 8, 1), date(2026, 10, 31)
BURSTS = {
    (2017, 6): 4,
    (2020, 1): 5,
    (2021, 7): 5,
    (2022, 8): 3,
    (2023, 3): 4,
    (2023, 10): 8,
    (2023, 11): 14,
    (2023, 12): 9,
    (2024, 1): 11,
}
"""Months in which so many times as much happens as in others."""
BASES = (
    "al-omar", "conoco", "al-tanf", "al-shaddadi", "kharab-al-jir", "rmelan", "green-village", "rubaria", "tell-baydar", "qasrak",
    "unspecified", "istrahat-al-wazir", "himo", "rukban", "tell-tamr", "tower-22", "hasakah-north-joint-base",
)  # fmt: skip
"""The most attacked first: the second half as often as the first, the third a third as often, and so on."""
WEAPONS = {
    "drone": ("بطائرة مسيرة", 38), "rocket": ("بقذائف صاروخية", 30), "missile": ("بصاروخ", 6), "mortar": ("بقذائف هاون", 8),
    "artillery": ("بقصف مدفعي", 4), "ied": ("بعبوة ناسفة", 3), "mixed": ("بصواريخ وطائرات مسيرة", 4), "unknown": ("", 7),
}  # fmt: skip
TIMES = {"dawn": "فجر", "morning": "صباح", "noon": "ظهر", "afternoon": "عصر", "evening": "مساء", "night": "ليل"}
OUTCOMES = {"unknown": 60, "hit": 20, "intercepted": 12, "partial": 5, "missed": 3}
CLAIMANTS = (
    "islamic-resistance-in-iraq", "tashkil-al-waritheen", "liwa-al-ghaliboun", "ashab-al-kahf", "kataib-hezbollah",
    "saraya-awliya-al-dam", "harakat-al-nujaba", "tribal-forces-dez",
)  # fmt: skip
BLAMED = ("iran-backed-militias", "irgc", "isis", "iraqi-armed-factions", "syrian-government-forces-pre-2025")
ORIGINS = (
    "sohr", "us-official", "local-sources", "centcom", "islamic-resistance-in-iraq", "deir-ezzor-24", "sabereen", "sdf-media",
    "north-press", "al-mayadeen", "reuters", "afp", "us-dod", "iraqi-security-source", "khabour", "anha",
)  # fmt: skip
PUBLISHERS = (
    "sohr", "north-press", "shafaq", "enab-baladi", "al-mayadeen", "rozana", "reuters", "afp", "deir-ezzor-24", "al-jazeera",
    "kurdistan24", "rudaw", "anha", "xinhua", "cnn", "syria-tv", "al-araby", "baz", "khabour", "menafn", "sana", "the-hill",
    "voa", "newarab", "stripes", "sputnik", "tass", "anadolu", "al-arabiya", "military-times",
)  # fmt: skip
QUIET = (
    "قال سكان من المنطقة إن حركة الأسواق عادت إلى طبيعتها بعد ساعات", "وتشهد المدينة حركة تجارية ضعيفة منذ بداية الشهر",
    "وأضاف المصدر أن فرق الصيانة تعمل على إصلاح خطوط الكهرباء", "ولم تصدر أي جهة رسمية تعليقاً حتى لحظة إعداد هذا الخبر",
    "ويعاني الأهالي من ارتفاع أسعار الوقود والخبز", "وكانت المنظمات الإنسانية قد وزعت مساعدات على العائلات النازحة",
    "وتقع البلدة على طريق يصل بين الريف الشرقي ومركز المحافظة", "وذكر مراسلنا أن الطقس كان غائماً وأن الرؤية كانت محدودة",
    "وفي سياق آخر ناقش المجلس المحلي خطة لترميم المدارس", "وأشار الخبير إلى أن الأوضاع الاقتصادية تزداد صعوبة",
    "وتداول ناشطون صوراً من المكان على مواقع التواصل", "وطالب الأهالي بتحسين الخدمات الصحية في القرى المجاورة",
)  # fmt: skip
"""Sentences that tell of no attack."""
HARMED = {"us": "جنود أمريكيين", "partner": "مقاتلين من قسد", "civilians": "مدنيين"}
LETTERS = "ابتجحدرسصطعفقلمنهي"
MONTHS = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
    "كانون الأول",
)  # fmt: skip
LATER = timedelta(days=30 * 365)
"""From the years that the benchmark of merging begins with to those before the register's own."""
RETOLD = 0.12
"""The share of incidents that are told once more, and of those that are told again."""


@dataclass(slots=True)
class Incident:
    """What happened, and what became of it in the register. `told` are the origins of each telling, `public` by its id."""

    id: int
    day: date
    base: str
    facts: dict[str, str]
    told: list[str]
    reports: int = 0
    decided: str = ""


def skewed(draw: random.Random, codes: Sequence[str], power: float = 1.0) -> Callable[[], str]:
    """Draws codes, each as often as its place in the list says (Zipf)."""
    weights = [1 / (place + 1) ** power for place in range(len(codes))]
    return stocked(draw, codes, weights)


def stocked(draw: random.Random, codes: Sequence[Any], weights: Sequence[float]) -> Callable[[], Any]:
    """Draws out of a stock that is filled many at a time, which is several times as quick as one by one."""
    stock: list[Any] = []

    def one() -> Any:
        if not stock:
            stock.extend(draw.choices(codes, weights, k=4096))
        return stock.pop()

    return one


def days(draw: random.Random, count: int) -> list[date]:
    """So many days from first to last, in their order: some months far busier than others."""
    months = [(year, month) for year in range(2014, 2027) for month in range(1, 13) if FIRST <= date(year, month, 1) <= LAST]
    weights = [BURSTS.get(month, 1) * draw.lognormvariate(0, 0.6) for month in months]
    drawn = draw.choices(months, weights, k=count)
    return sorted(date(year, month, 1 + int(draw.random() * monthrange(year, month)[1])) for year, month in drawn)


class Happening:
    """Draws what happens."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.base, self.claimant, self.blamed = skewed(draw, BASES), skewed(draw, CLAIMANTS), skewed(draw, BLAMED)
        self.origin = skewed(draw, ORIGINS, 0.8)
        self.weapon = stocked(draw, list(WEAPONS), [share for _, share in WEAPONS.values()])
        self.outcome = stocked(draw, list(OUTCOMES), list(OUTCOMES.values()))

    def one(self, number: int, day: date) -> Incident:
        """An incident on a day, with all that is told of it."""
        chance = self.draw.random
        facts = dated(day, chance())
        if facts and chance() < 0.45:
            facts["time_of_day"] = self.draw.choice(list(TIMES))
        facts["weapon"], facts["outcome"] = self.weapon(), self.outcome()
        if facts["weapon"] != "unknown" and chance() < 0.5:
            low = self.draw.choice((1, 1, 2, 2, 3, 4, 5, 6, 8, 12, 20))
            facts |= {"munitions_low": str(low), "munitions_high": str(low if chance() < 0.8 else low + 2)}
        if chance() < 0.25:
            facts["claimed_by"] = self.claimant()
        if chance() < 0.2:
            facts["attributed_to"] = self.blamed()
        if chance() < 0.06:
            harm = self.draw.choice(CASUALTIES)
            low = self.draw.choice((0, 0, 1, 1, 2, 3, 5))
            facts |= {f"{harm}_low": str(low), f"{harm}_high": str(low if chance() < 0.7 else low + 2)}
        told = [self.origin() if chance() < 0.9 else ""]
        while chance() < RETOLD and len(told) < 6:
            told.append(self.origin())
        return Incident(number, day, self.base(), facts, told)


def dated(day: date, share: float) -> dict[str, str]:
    """How the day of an attack is known."""
    if share < 0.9:
        first, last, precision = day, day, "day"
    elif share < 0.95:
        first, last, precision = day, day + timedelta(days=1 + int(share * 1000) % 5), "range"
    elif share < 0.97:
        first, last, precision = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), "month"
    elif share < 0.975:
        first, last, precision = date(day.year, 1, 1), date(day.year, 12, 31), "year"
    else:
        return {}
    return {"date_start": first.isoformat(), "date_end": last.isoformat(), "date_precision": precision}


@dataclass(slots=True)
class Names:
    """Ids, and names in Arabic, of what the register knows by a slug."""

    ids: dict[str, dict[str, int]]
    arabic: dict[str, str]
    sides: dict[str, str]

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Names":
        ids, arabic, sides = {}, {}, {}
        for table in ("base", "actor", "source"):
            rows = connection.execute(f"SELECT id, slug, name_ar, name_en FROM {table}").fetchall()  # noqa: S608
            ids[table] = {slug: number for number, slug, _, _ in rows}
            arabic |= {slug: name_ar or name_en for _, slug, name_ar, name_en in rows}
        sides = dict(connection.execute("SELECT slug, speaks_for FROM source"))
        return cls(ids, arabic, sides)


def sentence(one: Incident, origin: str, names: Names, *, whole: bool) -> tuple[list[str], list[tuple[str, str, int, str]]]:
    """What a report says of an attack, in pieces, and what is read in them: field, value, number of the piece, rule."""
    facts = one.facts
    pieces, read = ["تعرضت", " قاعدة ", names.arabic[one.base], " لهجوم "], [("base", one.base, 2, "base.named")]

    def say(before: str, text: str, after: str, rule: str, *fields: str) -> None:
        pieces.extend((before, text, after))
        read.extend((name, facts[name], len(pieces) - 2, rule) for name in fields if name in facts)

    if facts["weapon"] != "unknown":
        say("", WEAPONS[facts["weapon"]][0], " ", "weapon.many", "weapon")
    if "date_start" in facts:
        day = date.fromisoformat(facts["date_start"])
        part = f"{TIMES[facts['time_of_day']]} " if "time_of_day" in facts else ""
        spoken = {"day": f"{part}{day.day} {MONTHS[day.month - 1]} {day.year}", "month": f"{MONTHS[day.month - 1]} {day.year}"}
        said = spoken.get(facts["date_precision"], f"{part}{day.day} {MONTHS[day.month - 1]} {day.year} أو بعده")
        end = () if facts["date_precision"] == "day" else ("date_end",)
        say("", said, "", "date.day_month", "date_start", *end, "date_precision", "time_of_day")
    if whole:
        for name, number in ((name, facts[name]) for name in ("munitions_low",) if name in facts):
            say("، عدد ما أطلق ", number, "", "weapon.counted", name, "munitions_high")
        for name in (name for name in CASUALTIES if f"{name}_low" in facts):
            harm, side = ("قتل" if name.endswith("killed") else "أصيب"), name.partition("_")[0]
            say(f"، و{harm} ", f"{facts[f'{name}_low']} {HARMED[side]}", "", "casualties.counted", f"{name}_low", f"{name}_high")
        if "claimed_by" in facts:
            say("، وتبنت ", names.arabic[facts["claimed_by"]], " الهجوم", "claim.strong", "claimed_by")
        if "attributed_to" in facts:
            say("، واتهمت ", names.arabic[facts["attributed_to"]], " به", "blame.named", "attributed_to")
        if facts["outcome"] != "unknown":
            say("، و", {"intercepted": "تم التصدي له"}.get(facts["outcome"], "سمعت انفجارات"), "", "outcome.said", "outcome")
    if origin:
        pieces.extend(("، بحسب ", names.arabic[origin], ""))
        read.append(("origin", origin, len(pieces) - 2, "origin.name"))
    pieces.append(".")
    return pieces, read


def quiet(draw: random.Random, length: int) -> str:
    """Sentences that tell of no attack, some with a word that hardly any other text has."""
    told: list[str] = []
    while length > 0:
        told.append(f"{draw.choice(QUIET)} {''.join(draw.choices(LETTERS, k=6)) if draw.random() < 0.3 else ''}.")
        length -= len(told[-1]) + 1
    return " ".join(told)


def news(draw: random.Random, count: int, length: int = 2_600) -> Iterator[dict[str, str]]:
    """Reports as they come in, one a line: each tells of one attack or of two, of years before those of the register.

    Attacks are as dense as in the busiest months of the compilation, each is told by three reports on average.
    """
    names = {entry["slug"]: entry.get("name_ar", "") for kind in ("bases", "actors", "sources") for entry in load(kind)}
    known = Names({}, {slug: name or slug for slug, name in names.items()}, {})
    happening, before, number = Happening(draw), None, 0
    for attack, told in attacks(draw, count):
        day = date.fromisoformat(attack["date_start"]) + LATER
        facts = dated(day, 0.0) | {name: attack[name] for name in ("time_of_day", "weapon")} | {"outcome": "unknown"}
        now = Incident(0, day, attack["base"], facts, [])
        for _ in range(told):
            number += 1
            of = [now, before] if before and draw.random() < 0.15 else [now]
            said = "\n".join("".join(sentence(one, happening.origin(), known, whole=False)[0]) for one in of)
            yield {
                "id": f"news-{number}",
                "text": f"{said}\n{quiet(draw, length - len(said))}",
                "published": day.isoformat(),
                "source": draw.choice(PUBLISHERS),
                "lang": "ar",
            }
        before = now
