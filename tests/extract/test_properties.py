"""What holds for any text: nothing raises, quotes are exact, and what says nothing changes nothing."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.extract import Reader, extract
from app.extract.contract import to_json
from app.extract.folding import fold
from app.extract.lexicon import FOLDER, Lexicon
from app.extract.text import Text
from app.extract.values import Extraction, Span
from tests.extract.conftest import CORPUS

FURNITURE = tomllib.loads((FOLDER / "furniture.toml").read_text("utf-8"))
LEXICON = Lexicon.load()
REPORTS = [path.read_text("utf-8").strip() for path in sorted((CORPUS / "dev").glob("*.txt"))]
PUBLISHED = date(2023, 11, 4)

GLUE = [
    " ",
    " ",
    " ",
    "\n",
    ". ",
    ".\n",
    "، ",
    ", ",
    " و",
    ": ",
    " «",
    "» ",
    "(",
    ")",
    "\u200f",
    "ً",
    "ـ",
    "<p>",
    "&nbsp;",
    "</b>",
]
NUMBERS = ["1", "4", "24", "1,356", "٢٠", "2023", "19", "7:20", "3/11/2023", "1,111,111,111,111,111"]
NAMES = [
    "قاعدة التنف",
    "كونيكو",
    "حقل العمر",
    "al-Tanf",
    "the Conoco gas field base",
    "عين الأسد",
    "القاعدة",
    "المرصد السوري",
    "CENTCOM",
]
FRAGMENTS = st.sampled_from(sorted({entry for entries in LEXICON.lists.values() for entry in entries})) | st.sampled_from(NAMES)
PIECES = st.one_of(FRAGMENTS, FRAGMENTS, st.sampled_from(NUMBERS), st.text(st.characters(exclude_categories=()), max_size=3))
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(GLUE)), max_size=60).map(lambda pairs: "".join(a + b for a, b in pairs))


@pytest.fixture(scope="module")
def read_on(reader: Reader) -> Callable[[str], Extraction]:
    return lambda text: extract(text, published=PUBLISHED, lang=None, reader=reader)


def spans(extraction: Extraction) -> list[Span]:
    found = [claim.span for mention in extraction.mentions for claim in mention.claims]
    found += [mention.anchor for mention in extraction.mentions]
    found += [span for tally in extraction.tallies for span in (tally.span, *(part.span for part in tally.parts))]
    found += [event.span for event in extraction.non_strike_events] + [unread.span for unread in extraction.unread]
    return [span for span in found if span is not None]


def moved(extraction: Extraction, at: int, by: int) -> Extraction:
    """The same reading of a text in which `by` characters more stand at a place."""

    def span(old: Span | None) -> Span | None:
        return old if old is None or old.start < at else Span(old.start + by, old.end + by, old.quote)

    return replace(
        extraction,
        mentions=tuple(
            replace(m, anchor=span(m.anchor), claims=tuple(replace(c, span=span(c.span)) for c in m.claims))
            for m in extraction.mentions
        ),
        tallies=tuple(
            replace(t, span=span(t.span), parts=tuple(replace(p, span=span(p.span)) for p in t.parts)) for t in extraction.tallies
        ),
        non_strike_events=tuple(replace(e, span=span(e.span)) for e in extraction.non_strike_events),
        unread=tuple(replace(u, span=span(u.span)) for u in extraction.unread),
    )


@given(TEXTS, st.none() | st.dates())
@settings(max_examples=150, deadline=None)
def test_any_text_of_the_words_that_are_looked_for_is_read_exactly_and_alike(
    reader: Reader, text: str, published: date | None
) -> None:
    extraction = extract(text, published=published, lang=None, reader=reader)
    for span in spans(extraction):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.quote
    assert extraction == extract(text, published=published, lang="en", reader=reader)
    json.dumps(to_json(extraction, text))


LINES = st.sampled_from(
    [line for name in ("page", "elsewhere", "page_line") for lines in FURNITURE[name].values() for line in lines]
)


@given(st.sampled_from(REPORTS), LINES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_page_furniture_around_a_report_moves_its_quotes_and_no_more(
    read_on: Callable[[str], Extraction], report: str, line: str, before: bool
) -> None:
    plain = read_on(report)
    if before:
        assert read_on(f"{line}\n{report}") == moved(plain, 0, len(line) + 1)
    else:
        assert read_on(f"{report}\n{line}") == plain


SAYS_NOTHING = [
    "زرع الفلاحون حقولهم باكراً.",
    "وفتحت المدارس أبوابها للطلاب.",
    "The river is low and its banks are green.",
    "Shops opened, and tea was poured.",
]


@pytest.mark.parametrize("sentence", SAYS_NOTHING)
def test_these_sentences_hold_no_hit(reader: Reader, sentence: str) -> None:
    """No hit: no rule and no word list, of cues, names, actors or sources, has a word in it."""
    assert reader.scanner.scan(fold(sentence)) == {}


TELLS_ALONE = [
    "استهدفت طائرة مسيرة قاعدة التنف يوم 3 تشرين الثاني 2023.",
    "Drones hit the Conoco base on November 1, 2023, and nobody was hurt.",
    "سقطت ثلاثة صواريخ على قاعدة خراب الجير في 30 تشرين الأول 2023.",
    "دخلت قافلة تضم 40 شاحنة إلى ريف الحسكة يوم 2 تشرين الثاني 2023.",
    "Rockets struck the Green Village on October 28, 2023.",
]


@given(
    st.lists(st.sampled_from(TELLS_ALONE), min_size=1, unique=True),
    st.lists(st.sampled_from(SAYS_NOTHING), max_size=4),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_paragraphs_without_any_hit_move_quotes_and_no_more(
    read_on: Callable[[str], Extraction], telling: list[str], more: list[str], data: st.DataObject
) -> None:
    """Between paragraphs that need no neighbour: elsewhere the sentence before may name what "it" is."""
    lines = list(telling)
    expected = read_on("\n".join(lines))
    for sentence in more:
        at = data.draw(st.integers(0, len(lines)))
        expected = moved(expected, sum(len(line) + 1 for line in lines[:at]), len(sentence) + 1)
        lines.insert(at, sentence)
    assert read_on("\n".join(lines)) == expected


@given(st.sampled_from(REPORTS), st.sampled_from(SAYS_NOTHING))
@settings(max_examples=60, deadline=None)
def test_a_last_paragraph_without_any_hit_changes_nothing(
    read_on: Callable[[str], Extraction], report: str, sentence: str
) -> None:
    assert read_on(f"{report}\n{sentence}") == read_on(report)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS, st.data())
@settings(max_examples=200, deadline=None)
def test_every_folded_character_comes_from_characters_that_fold_to_it(text: str, data: st.DataObject) -> None:
    folded = Text(text)
    assume(folded.folded)
    at = data.draw(st.integers(0, len(folded.folded) - 1))
    span = folded.span(at, at + 1)
    assert text[span.start : span.end] == span.quote
    # Where tags make the lines of a page, its own line breaks are spaces.
    assert folded.folded[at].isspace() or folded.folded[at] in Text(span.quote).folded
