"""What no rule reads in the sentence of an attack is named as unread, and nothing else is."""

from collections.abc import Callable

import pytest

from app.extract.values import Extraction

Read = Callable[..., Extraction]


def unread(extraction: Extraction) -> list[str]:
    return [one.span.quote for one in extraction.unread]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("سقط صاروخان على قاعدة التنف عند الإحداثية 3344 اليوم.", ["3344"]),
        ("Two drones hit the Conoco base on Friday, 77 of them modern.", ["77"]),
        ("استهدفت ثلاث مسيّرات قاعدة كونيكو اليوم. وقال شهود إن القاعدة استُهدفت بخمس مسيّرات اليوم.", ["بخمس مسيّرات"]),
    ],
)
def test_a_number_that_came_to_nothing_is_named(read: Read, text: str, left: list[str]) -> None:
    found = read(text)
    assert unread(found) == left
    assert all(text[one.span.start : one.span.end] == one.span.quote for one in found.unread)


@pytest.mark.parametrize(
    "text",
    [
        "سقط صاروخان على قاعدة التنف فجر اليوم السبت 4 تشرين الثاني 2023.",
        "سقطت 5 صواريخ على بعد 3 كيلومترات من قاعدة كونيكو حيث ينتشر 200 جندي.",
        "At 7:20 p.m. four 107mm rockets landed 2 miles from the Conoco base, which hosts 900 troops.",
        "Sports: 3344 people came.",
    ],
)
def test_numbers_that_are_read_or_count_something_else_are_not_named(read: Read, text: str) -> None:
    assert unread(read(text)) == []
