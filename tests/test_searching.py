"""How a search reads words, without a database and against FTS5 itself."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.searching import excerpt, sought, words


def match(asked):
    return " AND ".join(one.query("head body") for one in asked)


def marked(text, typed, most=25):
    found = excerpt(text, sought(typed), most=most)
    return found and [piece.text for piece in found.pieces if piece.is_match]


@pytest.fixture(scope="module")
def index():
    """Asks FTS5 whether a text holds what was typed."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE found USING fts5(head, head_bare, body, body_bare, tokenize = 'ascii')")

    def holds(text, typed):
        connection.execute("DELETE FROM found")
        connection.execute("INSERT INTO found VALUES ('', '', ?, ?)", words(text))
        asked = sought(typed)
        return bool(asked) and connection.execute(
            "SELECT count(*) FROM found WHERE found MATCH ?", (match(asked),)
        ).fetchone() == (1,)

    return holds


FINDS = [
    ("تحالف", "ردّت قوات التحالف", ["التحالف"]),
    ("تحالف", "وبالتَّحالُفِ", ["وبالتَّحالُفِ"]),
    ("بالتحالف", "تحالف دولي", ["تحالف"]),
    ("بقاعدة", "على قاعدة", ["قاعدة"]),
    ("للتحالف", "ضد التحالف", ["التحالف"]),
    ("طائره", "طائرة مسيّرة", ["طائرة"]),
    ("طائر", "ثلاث طائرات", ["طائرات"]),
    ("القصف", "ﺍﻟﻘﺼﻒ على القاعدة", ["ﺍﻟﻘﺼﻒ"]),
    ("قاعدة", "في قاعـــدة التنف", ["قاعـــدة"]),
    ("الطائرات", "والطائرات والصواريخ", ["والطائرات"]),
    ("قصف", "بقصف صاروخي", ["بقصف"]),
    ("20", "سقطت ٢٠ قذيفة", ["٢٠"]),
    ("٢٠", "fired 20 rockets", ["20"]),
    ("20 قذيفة", "سقطت 20قذيفة", ["20قذيفة"]),
    ("f-16", "an F16 jet", ["F16"]),
    ("drone", "two Drones", ["Drones"]),
    ("sj-0044", "SJ-0044 is", ["SJ-0044"]),
    ('"القوات الأمريكية"', "على القوات الامريكية في", ["القوات الامريكية"]),
    ('"قاعدة التنف"', "هجوم لقاعدة التنف", ["لقاعدة التنف"]),
    ("«قاعدة التنف»", "قاعدة التنف", ["قاعدة التنف"]),
    ("التنف قاعدة", "قاعدة التنف", ["قاعدة", "التنف"]),
    ("R&D", "R&amp;D <b>unit</b>", ["R&D"]),
]
FINDS_NOT = [
    ("تحالف حميميم", "ردّت قوات التحالف"),
    ('"التنف قاعدة"', "قاعدة التنف"),
    ('"قاعدة التنف"', "قاعدة في التنف"),
    ("20", "in 2023"),
    ("آلة", "وكالة رويترز"),
    ("فرقة", "مدينة الرقة"),
    ("تنف", "تنفيذ"),
    ("b", "<b>unit</b>"),
    ("", "text"),
    ("؟!", "what?!"),
    ('"', "text"),
]


@pytest.mark.parametrize(("typed", "text", "marks"), FINDS)
def test_what_is_found_is_marked_as_it_is_printed(index, typed, text, marks):
    assert index(text, typed)
    assert marked(text, typed) == marks


@pytest.mark.parametrize(("typed", "text"), FINDS_NOT)
def test_what_is_not_meant_is_not_found(index, typed, text):
    assert not index(text, typed)


letters = some.sampled_from("اأآةهىيوفبكلطقصرتحنمabwF 0٢3ـَّ\u200f.-،\"'*:()^ﺍﻟﻘ\n")
texts = some.text(letters, max_size=60) | some.text(max_size=60)
arabic = some.lists(
    some.sampled_from(["و", "ف", "ب", "ك", "ل", "ال", "لل", "قصف", "قاعده", "رقة", "كتب", "ولد", "20", "a-b", "\""]), max_size=14
).flatmap(lambda pieces: some.lists(some.booleans(), min_size=len(pieces), max_size=len(pieces)).map(
    lambda spaces: "".join(piece + " " * space for piece, space in zip(pieces, spaces, strict=True))
))  # fmt: skip


@given(texts, texts)
@settings(max_examples=300, deadline=None)
def test_nothing_that_is_typed_is_an_error_of_syntax(index, text, typed):
    index(text, typed)


@given(texts | arabic)
@settings(max_examples=300, deadline=None)
def test_every_word_of_a_text_finds_it(index, text):
    for word in text.split():
        assert not sought(word) or index(text, word)


@given(texts | arabic, texts | arabic)
@settings(max_examples=500, deadline=None)
def test_what_fts5_finds_is_what_is_marked(index, text, typed):
    found = excerpt(text, sought(typed), most=1000)
    assert index(text, typed) == (bool(sought(typed)) and found is not None and found.holds == len(sought(typed)))


@given(texts | arabic, texts | arabic, some.integers(1, 6))
@settings(max_examples=300, deadline=None)
def test_an_excerpt_is_a_stretch_of_the_text_and_no_longer_than_it_may_be(text, typed, most):
    if found := excerpt(text, sought(typed), most=most):
        shown = "".join(piece.text for piece in found.pieces)
        assert shown in text
        assert len(shown.split()) <= most
        assert any(piece.is_match for piece in found.pieces)
        assert found.is_cut_before or text.lstrip().startswith(shown)
        assert found.is_cut_after or text.rstrip().endswith(shown)


def test_an_excerpt_is_the_stretch_that_holds_most_of_what_was_asked():
    text = " ".join(["drone", *["x"] * 40, "rocket", "near", "a", "drone", *["y"] * 40])
    found = excerpt(text, sought("drone rocket"), most=7)
    assert "".join(piece.text for piece in found.pieces) == "x rocket near a drone y y"
    assert (found.holds, found.is_cut_before, found.is_cut_after) == (2, True, True)


def test_an_excerpt_at_the_end_of_a_text_is_as_long_as_one_in_its_middle():
    found = excerpt(" ".join(["x"] * 40 + ["drone"]), sought("drone"), most=25)
    assert len("".join(piece.text for piece in found.pieces).split()) == 25
    assert not found.is_cut_after
