import io
import json
from datetime import date

import pytest

from app.ingest import LARGEST, RefusedInput, language, parse_line, read_lines, read_text, text_hash

LINE = {
    "id": "7",
    "text": "هجوم على قاعدة التنف",
    "published": "2023-11-04",
    "source": "sohr",
    "url": "https://a.example/1",
    "title": "t",
}


def test_a_line_gives_all_that_it_says():
    raw = parse_line(json.dumps(LINE).encode(), "x")
    assert (raw.text, raw.lang, raw.published, raw.publisher) == (LINE["text"], "ar", date(2023, 11, 4), "sohr")
    assert (raw.url, raw.title, raw.report_ref, raw.kind, raw.text_licence) == (LINE["url"], "t", "7", "text", "")


def test_all_but_the_text_may_be_left_out():
    raw = parse_line(b'{"text": "Drones hit al-Tanf", "published": null}', "x")
    assert (raw.lang, raw.published, raw.publisher, raw.report_ref) == ("en", None, "", "")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"text": ' + b"9" * 10_000 + b"}", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"id": "1"}', "empty"),
        (b'{"text": ""}', "empty"),
        (b'{"text": " \\n\\u200f"}', "empty"),
        (b'{"text": 5}', "`text` is not a text"),
        (b'{"text": "a", "title": ["b"]}', "`title` is not a text"),
        (b'{"text": "a", "id": true}', "`id` is not a text"),
        (b'{"text": "a\\u0000b"}', "binary"),
        (b'{"text": "a\\ud800b"}', "binary"),
        (b'{"text": "a", "lang": "fr"}', "`lang`"),
        (b'{"text": "a", "published": "4/11/2023"}', "no day"),
        (b'{"text": "a", "published": "2023-02-30"}', "no day"),
        (b'{"text": "a", "published": "20231104"}', "no day"),
        (b'{"text": "a", "published": "0001-01-02"}', "no day"),
        (b'{"text": "a", "published": "9999-12-31"}', "no day"),
        (b'{"text": "a", "url": "http://[x"}', "no address"),
        (b'{"text": "a", "url": "javascript:alert(1)"}', "no address"),
        (b'{"text": "a", "published": "2099-01-01"}', "lies in the future"),
        (b'{"text": "a", "title": "b\\u0007"}', "control character"),
        (b'{"text": "a", "source": "b\\u202e"}', "control character"),
        (b'{"text": "a", "sourse": "sohr"}', "unknown key `sourse`"),
    ],
)
def test_a_line_that_can_not_be_a_report_is_refused_with_its_place(line, complaint):
    with pytest.raises(RefusedInput, match=r"^reports\.jsonl, line 3: ") as refusal:
        parse_line(line, "reports.jsonl, line 3")
    assert complaint in str(refusal.value)


def test_the_other_lines_still_go_in():
    good = json.dumps(LINE).encode()
    stream = io.BytesIO(b"\n".join([good, b"{", b"", b'{"text": "' + b"a" * LARGEST + b'"}', good]))
    found = list(read_lines(stream, "f"))
    assert [type(one) is RefusedInput for one in found] == [False, True, True, False]
    assert [str(one).split(":")[0] for one in found if isinstance(one, RefusedInput)] == ["f, line 2", "f, line 4"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\xc7\xe1\xca", "not UTF-8"),
        (b"a\0b", "binary"),
        (b"a" * (LARGEST + 1), "over 5 MB"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_name(tmp_path, content, complaint):
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(RefusedInput, match=r"report\.txt") as refusal:
        read_text(path)
    assert complaint in str(refusal.value)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(RefusedInput, match="no such file"):
        read_text(tmp_path / "nowhere.txt")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes("\ufeffهجوم".encode())
    assert read_text(path).text == "هجوم"


@pytest.mark.parametrize(("text", "expected"), [("هجوم على CNN", "ar"), ("Strike on التنف today", "en"), ("12", "en")])
def test_language_is_that_of_most_letters(text, expected):
    assert language(text) == expected


def test_marks_spacing_and_digit_style_make_no_second_text():
    assert text_hash("قاعدةُ التنف\n٢٠") == text_hash("قاعدة  التنف 20")
    assert text_hash("قاعدة التنف 20") != text_hash("قاعدة التنف 21")
