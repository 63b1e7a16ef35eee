"""An explanation names every hit, which one lost to which, what each clause says, and what came of the text."""

from collections.abc import Callable
from datetime import date

import pytest

from app.extract import Reader, Reading, Text, extract, extracted
from app.extract.explain import differences, explained
from app.extract.lexicon import FOLDER, Lexicon
from app.reference import seed_gazetteer

TOLD = "سقط صاروخان فجر اليوم على قاعدة التنف. وردّت المدفعية الأميركية.\nاقرأ أيضاً: هجوم على حقل العمر"


@pytest.fixture
def lines(reader: Reader) -> Callable[[str], list[str]]:
    def explain(text: str) -> list[str]:
        reading = Reading(Text(text), date(2023, 11, 4), reader)
        return list(explained(reading, extracted(reading)))

    return explain


def test_each_hit_is_shown_with_its_rule_and_its_value(lines: Callable[[str], list[str]]) -> None:
    assert "     weapon.two: “صاروخان” = weapon rocket, count Count(low=2, high=2)" in lines(TOLD)


def test_a_hit_that_lost_names_the_one_that_won(lines: Callable[[str], list[str]]) -> None:
    lost = [line for line in lines("استهدفت طائرة مسيّرة انتحارية قاعدة التنف.") if "lost to" in line]
    assert any("weapon.one: “مسيّرة انتحارية”" in line and "lost to weapon.one: “طائرة مسيّرة انتحارية”" in line for line in lost)


def test_each_clause_says_what_it_tells(lines: Callable[[str], list[str]]) -> None:
    shown = lines(TOLD)
    assert "   clause “سقط صاروخان فجر اليوم على قاعدة التنف.” may tell of an attack" in shown
    assert "   clause “وردّت المدفعية الأميركية.” tells what the coalition did" in shown
    assert "   attack told by “سقط” on al-tanf" in shown


def test_page_furniture_is_named_as_left_out(lines: Callable[[str], list[str]]) -> None:
    shown = lines(TOLD)
    assert shown[shown.index("Page furniture, left out:") + 1].strip().startswith("اقرا")


def test_what_was_read_ends_the_explanation(lines: Callable[[str], list[str]]) -> None:
    assert any(line.strip().startswith("incident: base al-tanf, date 2023-11-04, time_of_day dawn") for line in lines(TOLD))
    assert lines("لا شيء.")[-1] == "     nothing"


def test_a_word_taken_from_the_vocabulary_shows_in_the_differences(reader: Reader) -> None:
    words = Lexicon.load(FOLDER)
    poorer = Lexicon({**words.lists, "weapon_two": {}}, "poorer")
    before = Reader.of(seed_gazetteer(), poorer)
    day = date(2023, 11, 4)
    old, new = (extract(TOLD, published=day, lang=None, reader=one) for one in (before, reader))
    shown = list(differences(old, new, TOLD))
    assert any(line.startswith("+ incident: ") and "munitions_min 2" in line for line in shown)
    assert list(differences(new, new, TOLD)) == []
