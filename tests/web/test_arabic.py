"""The Arabic pages speak Arabic: no English of ours is left on them, and they count in the digits of the language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po

from app.language import catalogue_of

PAGES = (
    "/",
    "/incidents",
    "/incidents/SJ-0044",
    "/incidents/SJ-0139",
    "/counts?of=month",
    "/map",
    "/map?layer=status",
    "/bases/al-omar",
    "/reports/230",
    "/search?q=التحالف",
    "/tallies/sohr",
    "/about",
    "/nowhere",
)
SAID_BY_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")
VOID = ("br", "col", "hr", "img", "input", "link", "meta", "wbr")
WORDS = re.compile(r"[A-Za-z][A-Za-z’']*(?: [A-Za-z][A-Za-z’']*)+")


class Said(HTMLParser):
    """What a page says, in texts and in attributes, each with whether it is a number that the page counts."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.open.append((tag, given))
        for name in SAID_BY_ATTRIBUTES:
            self._say(given.get(name) or "", counted=False)
        if tag in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        looks = {look for _tag, given in self.open for look in (given.get("class") or "").split()}
        self._say(data, counted=bool(looks & {"num", "count"}) or any(tag == "h1" for tag, _given in self.open))

    def _say(self, text: str, *, counted: bool) -> None:
        text = " ".join(text.split())
        if text and not any(_foreign(tag, given) for tag, given in self.open):
            self.texts.append((text, counted))


def _foreign(tag: str, given: dict[str, str | None]) -> bool:
    """Whether what stands in an element is no Arabic of ours: English and said to be, a code, or the name of another host."""
    return (
        tag in ("code", "script", "style")
        or given.get("lang") == "en"
        or (tag == "bdi" and given.get("dir") == "ltr")
        or (tag == "a" and (given.get("href") or "").startswith("http"))
    )


def said(client, path: str) -> Iterator[tuple[str, bool]]:
    page = Said()
    page.feed(client.get("/ar" + path).text)
    assert page.texts
    yield from page.texts


@pytest.fixture(scope="module")
def english() -> str:
    """All English that the catalogue translates, each string in a line, without the names that its Arabic keeps."""
    with catalogue_of("ar").open("rb") as written:
        messages = [message for message in read_po(written, locale="ar") if message.id]
    kept = {run for message in messages for form in _forms(message.string) for run in WORDS.findall(form)}
    text = "\n".join(form for message in messages for form in _forms(message.id))
    return re.sub("|".join(map(re.escape, kept)), "", text)


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


@pytest.mark.parametrize("path", PAGES)
def test_no_english_of_ours_is_left_on_an_arabic_page(client, english, path):
    left = {run for text, _counted in said(client, path) for run in WORDS.findall(text) if run in english}
    assert left == set()


@pytest.mark.parametrize("path", PAGES)
def test_no_string_is_shown_untranslated_on_an_arabic_page(client, english, path):
    assert {text for text, _counted in said(client, path)} & {line for line in english.splitlines() if line.isalpha()} <= {"CSV"}


@pytest.mark.parametrize("path", PAGES)
def test_an_arabic_page_counts_in_its_own_digits(client, path):
    assert [text for text, counted in said(client, path) if counted and re.search("[0-9]", text)] == []
