import pytest

from app.queries.snippets import WORDS, snippet


@pytest.mark.parametrize(
    ("quote", "whole", "expected"),
    [
        (None, False, None),
        ("three short words", False, "three short words"),
        (" ".join(["w"] * WORDS), False, " ".join(["w"] * WORDS)),
        (" ".join(["w"] * (WORDS + 1)), False, " ".join(["w"] * WORDS) + " …"),
        (" ".join(["w"] * (WORDS + 1)), True, " ".join(["w"] * (WORDS + 1))),
    ],
)
def test_other_publishers_words_are_cut_after_25(quote, whole, expected):
    assert snippet(quote, whole=whole) == expected
