"""Both languages are complete, and numbers, days and plurals follow the one that is spoken."""

import re
from datetime import date

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from app import catalogue
from app.language import ARABIC, ENGLISH, _, at, catalogue_of, dated, digits, listed, ngettext, number, numeral, speaking, spoken

FORMS_OF_ARABIC = 6


@pytest.fixture(scope="module")
def arabic() -> Catalog:
    with catalogue_of("ar").open("rb") as written:
        return read_po(written, locale="ar")


@pytest.fixture(scope="module")
def shown() -> Catalog:
    return catalogue.messages()


def test_every_string_that_is_shown_is_in_the_catalogue_and_no_other(arabic, shown):
    in_catalogue = {message.id for message in arabic if message.id}
    assert in_catalogue == {message.id for message in shown if message.id}, "run: make words"
    assert not arabic.obsolete


def test_every_string_is_translated_and_none_is_fuzzy(arabic):
    lacking = [
        message.id
        for message in arabic
        if message.id and (message.fuzzy or not (all(message.string) if isinstance(message.string, tuple) else message.string))
    ]
    assert lacking == []


def test_every_plural_has_the_six_forms_of_arabic(arabic):
    assert arabic.num_plurals == FORMS_OF_ARABIC
    assert all(len(message.string) == FORMS_OF_ARABIC for message in arabic if message.pluralizable)


def test_a_translation_fills_in_what_its_string_does(arabic):
    def filled(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)s", text))

    for message in arabic:
        if message.id and message.pluralizable:
            named = filled("".join(message.id))
            # The forms for one, two and none may say the number in a word.
            assert all(filled(form) - {"num"} == named - {"num"} for form in message.string), message.id
            assert all(filled(form) == named for form in message.string[3:]), message.id
        elif message.id:
            assert filled(message.string) == filled(message.id), message.id


def test_no_translation_brings_markup_that_its_string_has_not(arabic):
    for message in filter(lambda one: one.id, arabic):
        for text in message.string if message.pluralizable else (message.string,):
            assert "<" not in text, message.id


def test_numbers_and_days_are_written_as_the_language_writes_them():
    assert (number(1234), dated(date(2023, 10, 19), "d MMMM y")) == ("1,234", "19 October 2023")
    with speaking(ARABIC):
        assert (number(1234), dated(date(2023, 10, 19), "d MMMM y")) == ("١٬٢٣٤", "١٩ تشرين الأول ٢٠٢٣")


@pytest.mark.parametrize("language", [ENGLISH, ARABIC])
def test_counts_are_written_as_cldr_writes_them(language):
    with speaking(language):
        for count in (0, 7, 999, 1_000, 12_345, 999_999, 1_000_000, 1_234_567_890, -1_234):
            assert number(count) == digits(format_decimal(count, locale=language.locale, numbering_system="default"))


def test_a_number_that_names_something_has_no_marks():
    assert numeral(1234) == "1234"
    with speaking(ARABIC):
        assert numeral(1234) == "١٢٣٤"


def test_what_is_filled_in_is_counted_in_the_digits_of_the_language():
    with speaking(ARABIC):
        assert "١٢" in ngettext("%(num)s incident", "%(num)s incidents", 12)
        assert "٣" in _("Report %(number)s", number=3)


@pytest.mark.parametrize(
    ("number_of", "form"),
    [
        (0, "لا حوادث مُبلَّغ عنها"),
        (1, "حادثة واحدة مُبلَّغ عنها"),
        (2, "حادثتان مُبلَّغ عنهما"),
        (3, "٣ حوادث مُبلَّغ عنها"),
        (10, "١٠ حوادث مُبلَّغ عنها"),
        (11, "١١ حادثة مُبلَّغاً عنها"),
        (142, "١٤٢ حادثة مُبلَّغاً عنها"),
        (100, "١٠٠ حادثة مُبلَّغ عنها"),
        (102, "١٠٢ حادثة مُبلَّغ عنها"),
        (103, "١٠٣ حوادث مُبلَّغ عنها"),
    ],
)
def test_arabic_counts_each_kind_of_number_in_its_own_form(number_of, form):
    with speaking(ARABIC):
        assert ngettext("%(num)s incident reported", "%(num)s incidents reported", number_of) == form


def test_the_language_is_spoken_until_it_is_left():
    with speaking(ARABIC):
        assert (spoken(), at("/bases"), listed(["أ", "ب"])) == (ARABIC, "/ar/bases", "أ، ب")
    assert (spoken(), at("/bases"), listed(["a", "b"])) == (ENGLISH, "/bases", "a, b")
