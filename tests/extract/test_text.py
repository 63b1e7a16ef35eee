"""Folding, offsets, sentences and page furniture."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extract.folding import fold
from app.extract.text import LONGEST_TEXT, Text

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
PRESS = st.text('ابتثةىأإآؤئءـًٌَُّﹷ＊ .,،*"“”٠١٢۵ﻻﷲabcABCİŞ\u200f\u200b\n\t-–', max_size=80)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أمريكي إلى آب ٱلعمر", "امريكي الي اب العمر"),
        ("قاعدةِ التَّنْفِ", "قاعده التنف"),
        ("الطيـران المسيّر", "الطيران المسير"),
        ("قاعـ.ـدة صـ.اروخين", "قاعده صاروخين"),
        ("Expl*osions", "explosions"),
        ("٢٠ و۲۰", "20 و20"),
        ("ﻻ ﺍﻟﺘﻨﻒ", "لا التنف"),
        ("“4” «هيمو» ‘x’", '"4" "هيمو" \'x\''),
        ("الجمعة – السبت — الأحد", "الجمعه - السبت - الاحد"),
        ("1٬356، نعم؟", "1,356, نعم?"),
        ("Şeddadi İZMİR", "seddadi izmir"),
        ("ه\u200cم \u200fالتنف\u202c", "هم التنف"),
        ("a \u00a0\t b", "a b"),
        ("دمشق. حلب", "دمشق. حلب"),
        ("U.S. a.b", "u.s. a.b"),
    ],
)
def test_fold_unifies_spellings(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY_TEXT | PRESS)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT | PRESS, st.data())
@settings(max_examples=200)
def test_every_span_quotes_the_original_exactly(text: str, data: st.DataObject) -> None:
    folded = Text(text)
    if not folded.folded:
        return
    start = data.draw(st.integers(0, len(folded.folded) - 1))
    end = data.draw(st.integers(start + 1, len(folded.folded)))
    span = folded.span(start, end)
    assert span.start < span.end
    assert text[span.start : span.end] == span.quote


@given(PRESS)
def test_a_span_of_the_whole_folds_back_to_the_folded_text(text: str) -> None:
    folded = Text(text)
    if folded.folded.strip():
        span = folded.span(0, len(folded.folded))
        assert fold(span.quote).strip() == folded.folded.strip()


def test_a_quote_keeps_the_marks_of_its_last_letter() -> None:
    text = Text("صاروخاً")
    assert text.span(0, len(text.folded)).quote == "صاروخاً"


def test_a_quote_is_cut_at_its_limit() -> None:
    text = Text("ا" + "ً" * 500 + "ب")
    assert len(text.span(0, 2, limit=200).quote) == 200


@pytest.mark.parametrize(
    "line",
    [
        "1٬356",
        "ع ع ع",
        "+A",
        "TT",
        "حجم الخط",
        "icon",
        "2024.10.09 | 09:10",
        "تابعونا عبر فيسبوك",
        "اقرأ أيضاً: استهداف قاعدتي كونيكو والتنف بالمسيرات",
        "Read also: Drones hit the Conoco base.",
        "FILE - The al-Tanf outpost in southern Syria, Oct. 22, 2018.",
        "Updated: 2 hours ago",
        "عاجل",
    ],
)
def test_page_furniture_gives_no_sentence(line: str) -> None:
    text = Text(f"عنوان\n{line}\nجملة كاملة هنا.")
    assert [text.folded[s.start : s.end] for s in text.sentences] == ["عنوان", "جمله كامله هنا."]


def test_summary_bullets_repeat_the_body_and_go() -> None:
    text = Text("ملخص\n- قصفت القاعدة.\n- ردت المدفعية.\n\nقالت مصادر إن القاعدة قصفت.")
    assert [text.folded[s.start : s.end] for s in text.sentences] == ["قالت مصادر ان القاعده قصفت."]


def test_bullets_of_the_body_stay() -> None:
    text = Text("SOHR counted 12 attacks:\n• Seven attacks on Al-Tanf.\n• Five attacks on Koniko.")
    assert [s.role for s in text.sentences] == ["body", "item", "item"]


def test_lines_without_a_full_stop_before_the_prose_are_headings() -> None:
    text = Text("هجوم جديد\nتقارير\nوقع هجوم على القاعدة.")
    assert [s.role for s in text.sentences] == ["heading", "heading", "body"]


def test_a_text_without_full_stops_has_no_headings() -> None:
    assert [s.role for s in Text("وقع هجوم على القاعدة\nوسمعت انفجارات").sentences] == ["body", "body"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It came on Oct. 18 near the base.", 1),
        ("The U.S. base was hit. Nobody was hurt.", 2),
        ("في 16 . 01 . 2024 وقع هجوم.", 1),
        ("وقع هجوم.. وسمعت انفجارات.", 2),
        ("هل وقع هجوم؟ نعم.", 2),
    ],
)
def test_sentences_end_at_stops_but_not_at_abbreviations_or_in_dates(text: str, count: int) -> None:
    assert len(Text(text).sentences) == count


@given(ANY_TEXT | PRESS)
def test_sentences_are_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for sentence in Text(text).sentences:
        assert last <= sentence.start < sentence.end
        last = sentence.end


def test_a_sentence_without_end_is_cut() -> None:
    text = Text("كلمة " * 2000)
    assert len(text.sentences) > 5
    assert max(s.end - s.start for s in text.sentences) <= 1500


@pytest.mark.parametrize(
    ("page", "sentences"),
    [
        ("<p>استهدفت قاعدة <b>التن</b>ف.</p><p>لا إصابات.</p>", ["استهدفت قاعده التنف.", "لا اصابات."]),
        (
            "<h1>Attack</h1>\n<p>Drones hit\nthe base.<br/>Nobody was hurt.",
            ["attack", "drones hit the base.", "nobody was hurt."],
        ),
        ("Drones &amp; rockets hit the base&nbsp;at dawn.", ["drones & rockets hit the base at dawn."]),
        ("It was hit &#1593;&#x644;&#1609; twice.", ["it was hit علي twice."]),
        ("A<script>if (a < b) { hit('base') }</script>B <style>p > a {}</style>C.", ["ab c."]),
        ("One.<!-- two > three. -->\nFour.", ["one.", "four."]),
        ("<script>never closed\nDrones hit the base.", ["never closed", "drones hit the base."]),
        ("Fewer than <3 rockets & 2 > 1 drones, AT&T said.", ["fewer than <3 rockets & 2 > 1 drones, at&t said."]),
        ("Line one\nline two <i>of</i> a text.", ["line one", "line two of a text."]),
    ],
)
def test_of_a_page_the_words_are_read_and_not_the_markup(page: str, sentences: list[str]) -> None:
    text = Text(page)
    assert [text.folded[s.start : s.end] for s in text.sentences] == sentences


def test_quotes_of_a_page_are_its_own_characters_without_the_tags_around_them() -> None:
    page = "<p>Rockets &amp; drones hit <b>the <i>Tanf</i></b> base.</p>"
    text = Text(page)
    for words, quote in (("rockets", "Rockets"), ("rockets &", "Rockets &amp;"), ("the tanf", "the <i>Tanf"), ("base.", "base.")):
        start = text.folded.index(words)
        span = text.span(start, start + len(words))
        assert span.quote == quote == page[span.start : span.end]


def test_what_a_text_without_markup_folds_to_does_not_depend_on_signs_of_html() -> None:
    assert Text("a < b & c").folded == fold("a < b & c")


def test_a_text_past_the_longest_is_read_to_the_last_whole_sentence() -> None:
    words = "One two three. " * (LONGEST_TEXT // 15 + 10)
    text = Text(words)
    assert text.rest is not None
    assert text.sentences[-1].end <= text.rest.start <= LONGEST_TEXT
    assert words[text.rest.start : text.rest.end] == text.rest.quote
    assert text.rest.quote.startswith("One two three.")
    assert Text(words[:LONGEST_TEXT]).rest is None


def test_of_a_page_past_the_longest_the_rest_is_unread_too() -> None:
    page = "<i></i>" * LONGEST_TEXT * 2 + "<p>Drones hit the base.</p>"
    text = Text(page)
    assert text.sentences == ()
    assert text.rest is not None
    assert page[text.rest.start : text.rest.end] == text.rest.quote


@pytest.mark.parametrize("note", ["[3]", "[12][a]", "(43)"])
def test_a_sentence_ends_before_the_number_of_a_note(note: str) -> None:
    text = Text(f"Rockets hit the base.{note} Nobody was hurt.{note}\nThey left.{note}")
    assert [text.folded[s.start : s.end] for s in text.sentences] == [
        f"rockets hit the base.{note}",
        f"nobody was hurt.{note}",
        f"they left.{note}",
    ]
    assert {sentence.role for sentence in text.sentences} == {"body"}
