"""Puts phrases of time together that stand side by side (مساء | أمس | الجمعة)."""

from dataclasses import replace

from app.extract.dates import When
from app.extract.engine import Hit

_GAP = frozenset(
    [
        ",",
        "في",
        "من",
        "يوم",
        "على",
        "عند",
        "حوالي",
        "نحو",
        "الساعه",
        "ساعه",
        "ساعات",
        "شهر",
        "المصادف",
        "الموافق",
        "بتاريخ",
        "تاريخ",
        "(",
        ")",
        "/",
        "-",
        "at",
        "on",
        "of",
        "the",
        "in",
        "about",
        "around",
        "local",
        "time",
    ]
)
_GAP_WORDS = {"(", ")", ",", "-", "/"} | _GAP


def joined(hits: list[Hit[When]], folded: str) -> list[Hit[When]]:
    """Phrases that stand side by side (مساء | أمس | الجمعة) as one; two that contradict each other stay apart."""
    result: list[Hit[When]] = []
    for hit in hits:
        if result and _adjacent(folded, result[-1].end, hit.start):
            both = _union(result[-1].value, hit.value)
            if both is not None:
                rule = result[-1].rule if result[-1].value.names_day else hit.rule
                result[-1] = Hit(rule, result[-1].start, hit.end, both)
                continue
        result.append(hit)
    return result


def with_years(hits: list[Hit[When]]) -> list[Hit[When]]:
    """Where the day of publication is not known, a day and month without a year are of the year that was told last."""
    year: int | None = None
    result = []
    for hit in hits:
        year = hit.value.year or year
        missing = hit.value.year is None and hit.value.month is not None
        result.append(hit._replace(value=replace(hit.value, year=year)) if missing and year else hit)
    return result


def _adjacent(folded: str, end: int, start: int) -> bool:
    gap = folded[end:start] if start - end <= 20 else "\n"
    return "\n" not in gap and all(word in _GAP_WORDS for word in gap.replace("(", " ( ").replace(",", " , ").split())


_JOINED = ("year", "month", "day", "weekday", "offset", "shift", "night_to", "which", "part")


def _union(left: When, right: When) -> When | None:
    if left.vague or right.vague or left.beside or right.beside or (right.same and left.names_day):
        return None
    if (left.shift is not None and right.names_day) or (right.shift is not None and left.names_day):
        return None
    merged = {}
    for name in _JOINED:
        a, b = getattr(left, name), getattr(right, name)
        if a is not None and b is not None and a != b and name != "part":
            return None
        merged[name] = a if a is not None else b
    if right.part and ((left.clock and not right.clock) or left.shift is not None):
        merged["part"] = right.part
    merged["next_day"] = left.next_day or right.next_day
    merged["two_days"] = left.two_days or right.two_days
    return When(after_midnight=left.after_midnight or right.after_midnight, same=left.same or right.same, **merged)
