"""Numbers in digits and words, and their bounds."""

import pytest

from app.extract.folding import fold
from app.extract.lexicon import Lexicon
from app.extract.numbers import Count, bounded, read_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12", 12),
        ("١٢", 12),
        ("1,356", 1356),
        ("“4”", 4),
        ("سبعة", 7),
        ("عشر", 10),
        ("إحدى عشرة", 11),
        ("خمسة وعشرين", 25),
        ("ثلاث مئة", 300),
        ("مائة", 100),
        ("seven", 7),
        ("twenty-five", 25),
        ("twenty trucks", None),
        ("صاروخ", None),
        ("", None),
        ("خمسة وصاروخ", None),
    ],
)
def test_number_words_are_read(words: str, number: int | None, lexicon: Lexicon) -> None:
    assert read_number(fold(words), lexicon) == number


@pytest.mark.parametrize(
    ("bound", "count"),
    [(None, Count(5, 5)), (">", Count(6, None)), (">=", Count(5, None)), ("~", Count(None, None))],
)
def test_a_bound_opens_the_range(bound: str | None, count: Count) -> None:
    assert bounded(5, bound) == count
