"""The language that is spoken: words, numbers and days. Set once for a request, and read wherever something is put into words."""

import gettext
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_group_symbol

CATALOGUES = Path(__file__).parent / "locales"
N_ = str
"""Marks a string for the catalogue; it is translated where it is shown."""
SHORT_MONTHS = ("ك٢", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "ت١", "ت٢", "ك١")
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages. `name` is its own; `prefix` begins its addresses; `locale` gives its days and digits."""

    code: str
    name: str
    locale: str
    direction: str
    prefix: str


ENGLISH = Language("en", "English", "en_GB", "ltr", "")
# Of the Arabic locales this one has the Levantine months (تشرين الأول) and the digits of the region's press.
ARABIC = Language("ar", "العربية", "ar_SY", "rtl", "/ar")
LANGUAGES = (ENGLISH, ARABIC)

_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def spoken() -> Language:
    """The language of the request that is answered; English outside of one."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Within it all words are made in this language."""
    former = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(former)


def catalogue_of(code: str) -> Path:
    """The file with the translations of a language."""
    return CATALOGUES / code / "LC_MESSAGES" / "sijill.po"


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """The translations of a language. The catalogue is read as it is written: no compiled file can lag behind it."""
    path = catalogue_of(code)
    if not path.exists():  # English is what the strings of the code are written in
        return gettext.NullTranslations()
    with path.open("rb") as written:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(written, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str, **values: object) -> str:
    """The message in the language that is spoken, with its values filled in."""
    # An empty string would be looked up as the catalogue's own header.
    text = _catalogue(spoken().code).gettext(message) if message else ""
    return text % {name: shown(value) for name, value in values.items()} if values else text


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The form of the message for `num` things, which it may name as %(num)s, with its values filled in."""
    text = _catalogue(spoken().code).ngettext(one, many, num)
    return text % {name: shown(value) for name, value in {"num": num, **values}.items()}


def shown(value: object) -> object:
    """A value as a sentence shows it: a number in the language's digits, anything else as it is."""
    return number(value) if isinstance(value, int) else value


def number(value: float) -> str:
    """A number with the language's digits and marks."""
    locale = spoken().locale
    if isinstance(value, int):  # a page has hundreds of counts, and both languages group them by thousands
        return digits(f"{value:,}".replace(",", _thousands(locale)))
    return digits(format_decimal(value, locale=locale, numbering_system="default"))


@cache
def _thousands(locale: str) -> str:
    """The mark between groups of three digits."""
    return get_group_symbol(locale, numbering_system="default")


def numeral(value: int) -> str:
    """A number that names something, as a revision's does: the language's digits, and no marks."""
    return digits(str(value))


def digits(text: str) -> str:
    """A text of our own making with the language's digits."""
    return text.translate(EASTERN) if spoken() is ARABIC else text


def dated(value: date, pattern: str) -> str:
    """A date by a pattern of CLDR, in the language's months and digits."""
    return digits(_dated(value, pattern, spoken().locale))


@lru_cache(maxsize=20_000)
def _dated(value: date, pattern: str, locale: str) -> str:
    return format_date(value, pattern, locale=locale)


def short_month(value: date) -> str:
    """The month of a day, as short as an axis needs it. CLDR knows no short form of the Levantine months."""
    return SHORT_MONTHS[value.month - 1] if spoken() is ARABIC else format_date(value, "MMM", locale=spoken().locale)


def in_line(text: str) -> str:
    """A text in the direction of its language wherever it stands: a drawing knows no paragraphs."""
    return f"\u2067{text}\u2069" if spoken() is ARABIC else text


def at(path: str) -> str:
    """The address of a page, given by its path (/incidents?base=al-tanf), in the language that is spoken."""
    return spoken().prefix + path


def listed(names: Iterable[str]) -> str:
    """Several names in one line, with the language's comma."""
    return _(", ").join(names)


def either(names: Iterable[str]) -> str:
    """Several names of which any will do: al-Tanf, Conoco or al-Omar."""
    *first, last = names
    return _("%(first)s or %(last)s", first=listed(first), last=last) if first else last
