"""Days, nights, months and times of day, settled against publication."""

from datetime import date

import pytest

from app.extract import Reader
from app.extract.dates import When, part_of_clock
from app.extract.engine import prefer
from app.extract.folding import fold
from app.extract.joining import joined
from app.extract.settling import Day, settle

PUBLISHED = date(2023, 11, 4)  # a Saturday


def when(reader: Reader, words: str) -> When:
    folded = fold(words)
    hits = joined(prefer(reader.scanner.scan(folded)["times"]), folded)
    assert len(hits) == 1, hits
    return hits[0].value


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("اليوم", "2023-11-04"),
        ("مساء أمس", "2023-11-03"),
        ("يوم أمس الجمعة", "2023-11-03"),
        ("أول أمس", "2023-11-02"),
        ("السبت", "2023-11-04"),
        ("السبت الماضي", "2023-10-28"),
        ("الثلاثاء", "2023-10-31"),
        ("last night", "2023-11-03"),
        ("on Thursday", "2023-11-02"),
        ("19 تشرين الأول الماضي", "2023-10-19"),
        ("28 أكتوبر/تشرين الأول 2023", "2023-10-28"),
        ("7 من أكتوبر (تشرين الأول)", "2023-10-07"),
        ("العاشر من كانون الثاني/يناير", "2023-01-10"),
        ("فجر يوم الأربعاء 1 تشرين الثاني", "2023-11-01"),
        ("20 تشرين الثاني", "2022-11-20"),
        ("Oct. 18", "2023-10-18"),
        ("October 19, 2023", "2023-10-19"),
        ("2024.10.09", "2024-10-09"),
        ("16 . 01 . 2024", "2024-01-16"),
        ("10/21/2023", "2023-10-21"),
        ("٢٠ أكتوبر ٢٠٢١", "2021-10-20"),
    ],
)
def test_a_phrase_settles_on_its_day(reader: Reader, words: str, start: str) -> None:
    assert settle(when(reader, words), PUBLISHED) == Day(start, None, "day")


@pytest.mark.parametrize(
    "words", ["اليوم", "أمس الجمعة", "الثلاثاء", "19 تشرين الأول", "last night", "Oct. 18", "في تموز الماضي"]
)
def test_without_publication_a_relative_day_stays_unknown(reader: Reader, words: str) -> None:
    assert settle(when(reader, words), None) is None


def test_without_publication_a_full_date_is_known(reader: Reader) -> None:
    assert settle(when(reader, "15 شباط 2024"), None) == Day("2024-02-15", None, "day")


@pytest.mark.parametrize("words", ["ليل الخميس – الجمعة", "ليل الخميس/الجمعة"])
def test_a_night_spans_two_days(reader: Reader, words: str) -> None:
    assert settle(when(reader, words), PUBLISHED) == Day("2023-11-02", "2023-11-03", "range")


def test_a_night_with_the_date_of_its_second_day_begins_the_day_before(reader: Reader) -> None:
    assert settle(when(reader, "ليل الجمعة/السبت (10 آب/ أغسطس 2024)"), PUBLISHED) == Day("2024-08-09", "2024-08-10", "range")


def test_after_midnight_is_the_second_day(reader: Reader) -> None:
    assert settle(when(reader, "بعد منتصف ليل الخميس – الجمعة"), PUBLISHED) == Day("2023-11-03", None, "day")


def test_a_month_stays_a_month(reader: Reader) -> None:
    assert settle(when(reader, "في آذار 2023"), PUBLISHED) == Day("2023-03-01", "2023-03-31", "month")
    assert settle(when(reader, "كانون الأول الماضي"), PUBLISHED) == Day("2022-12-01", "2022-12-31", "month")


def test_of_two_month_names_that_disagree_the_gregorian_one_is_trusted(reader: Reader) -> None:
    assert when(reader, "28 تشرين الثاني/أكتوبر").month == 10
    assert when(reader, "28 أكتوبر/تشرين الثاني").month == 10


@pytest.mark.parametrize("words", ["3/4/2024", "آب", "سبت", "مارس", "may", "march on"])
def test_what_could_mean_two_things_is_not_read(reader: Reader, words: str) -> None:
    assert [hit for hit in prefer(reader.scanner.scan(fold(words))["times"]) if hit.value.names_day] == []


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("فجر اليوم", "dawn"),
        ("ظهر السبت", "noon"),
        ("عصرا", "afternoon"),
        ("في ساعات المساء", "evening"),
        ("منتصف ليلة أمس الثلاثاء", "night"),
        ("الساعة 7:20 مساءً", "evening"),
        ("الثانية والنصف من فجر أمس", "dawn"),
        ("8:23 pm", "evening"),
        ("22:31", "night"),
        ("1:38 p.m.", "noon"),
    ],
)
def test_the_time_of_day_is_the_word_used_else_the_clock(reader: Reader, words: str, part: str) -> None:
    folded = fold(words)
    parts = [hit.value.part for hit in joined(prefer(reader.scanner.scan(folded)["times"]), folded) if hit.value.part]
    assert parts == [part]


@pytest.mark.parametrize("words", ["5:51", "الساعة 7:20"])
def test_a_clock_time_of_either_half_of_the_day_says_nothing(reader: Reader, words: str) -> None:
    assert [hit for hit in prefer(reader.scanner.scan(fold(words))["times"]) if hit.value.part] == []


@pytest.mark.parametrize(
    ("hours", "part"),
    [(4, "dawn"), (6, "morning"), (11, "noon"), (14, "afternoon"), (17.5, "evening"), (21.5, "night"), (3.9, "night")],
)
def test_the_clock_has_six_parts(hours: float, part: str) -> None:
    assert part_of_clock(hours) == part


@pytest.mark.parametrize(("day", "month", "year"), [(29, 2, 2023), (31, 4, 2023), (30, 2, None)])
def test_a_day_that_no_calendar_has_is_unknown(day: int, month: int, year: int | None) -> None:
    assert settle(When(day=day, month=month, year=year), PUBLISHED) is None
