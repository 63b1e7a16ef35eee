from hypothesis import given, settings
from hypothesis import strategies as some

from app.web.marks import Quoted, pieces

TEXT = "قصف صاروخي على التنف"


def test_a_quote_is_marked_where_it_stands():
    found = pieces(TEXT, [Quoted(4, 10, "weapon", "claim-1")])
    assert [(piece.text, [mark.target for mark in piece.marks]) for piece in found] == [
        ("قصف ", []),
        ("صاروخي", ["claim-1"]),
        (" على التنف", []),
    ]


def test_the_shorter_of_two_quotes_comes_first():
    found = pieces(TEXT, [Quoted(0, 20, "anchor", "mention-1"), Quoted(15, 20, "base", "claim-2")])
    assert [mark.target for mark in found[-1].marks] == ["claim-2", "mention-1"]


def test_a_text_without_quotes_is_one_piece():
    assert [piece.text for piece in pieces(TEXT, [])] == [TEXT]
    assert pieces("", []) == []


@settings(max_examples=30)
@given(some.text(max_size=40), some.lists(some.tuples(some.integers(0, 40), some.integers(1, 9)), max_size=6))
def test_pieces_joined_are_the_text_and_each_lies_inside_or_outside_of_each_quote(text, spans):
    quotes = [
        Quoted(start, start + length, "f", str(n)) for n, (start, length) in enumerate(spans) if start + length <= len(text)
    ]
    found = pieces(text, quotes)
    assert "".join(piece.text for piece in found) == text
    for quote in quotes:
        marked = "".join(piece.text for piece in found if quote in piece.marks)
        assert marked == text[quote.start : quote.end]
