"""References hold whatever a name brings with it: every format parses back to what was put in."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.citation import FORMATS, Citation, bibtex, csl_json, in_a_line, plain, ris, tex, written

HOSTILE = st.text(st.sampled_from("{}\\%#&$_^~\"'\n\r\t\0\x85\u2028@,= aبé")) | st.text()
CSL_FIELDS = {
    "id", "type", "title", "author", "publisher", "issued", "version", "URL", "language", "note",
}  # fmt: skip
"""Of the schema's fields (csl-data.json, version 1.0.2) those that a data set of ours has."""


def citation(**given):
    return Citation(
        **{
            "key": "sijill-SJ-0044-r6",
            "title": "SJ-0044: Rocket × 10, Kharab al-Jir, 3 November 2023",
            "address": "https://sijill.example/incidents/SJ-0044?revision=6",
            "revision": 6,
            "revised": date(2026, 11, 22),
            "language": "en",
            **given,
        }
    )


def fields_of(entry):
    """The fields of a BibTeX entry, found by counting braces as BibTeX does: whatever stands before them."""
    fields, depth, name, value = {}, 0, "", ""
    for sign in entry:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
        if depth == 1 and sign == ",":
            name = ""
        elif depth == 1 and sign == "}":
            fields[name.strip(" =\n")] = value[1:]
            value = ""
        elif depth == 1:
            name += sign
        elif depth > 1:
            value += sign
    assert depth == 0
    return fields


def untex(text):
    """What TeX prints of an escaped text."""
    for sign, command in (("\\", "textbackslash"), ("{", "textbraceleft"), ("}", "textbraceright")):
        text = text.replace(f"\\{command}{{}}", {"\\": "\1", "{": "\2", "}": "\3"}[sign])
    text = text.replace(r"\textasciitilde{}", "~").replace(r"\textasciicircum{}", "^")
    assert not re.search(r"\\[^$&#%_]", text)
    assert not re.search(r"(?<!\\)[$&#%_]", text)
    return re.sub(r"\\([$&#%_])", r"\1", text).replace("\1", "\\").replace("\2", "{").replace("\3", "}")


@given(HOSTILE, HOSTILE)
def test_bibtex_is_balanced_and_gives_back_what_was_put_in(title, note):
    found = fields_of(bibtex(citation(title=title, note=note)))
    assert untex(found["title"][1:-1]) == plain(title)
    assert untex(found.get("note", "")) == plain(note)
    assert found["url"] == "https://sijill.example/incidents/SJ-0044?revision=6"


@given(HOSTILE)
def test_a_text_for_tex_runs_no_command(text):
    assert not set(re.sub(r"\\(text[a-z]+\{\}|[$&#%_])", "", tex(text))) & set("\\{}$&#%_^~")


@given(HOSTILE, HOSTILE)
def test_ris_has_one_line_a_field_and_ends_each_with_cr_lf(title, note):
    record = ris(citation(title=title, note=note))
    lines = record.split("\r\n")
    assert lines.pop() == ""
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert all(len(line.splitlines()) == 1 for line in lines)
    assert [lines[0], lines[-1]] == ["TY  - DATA", "ER  - "]
    assert f"TI  - {plain(title)}" in lines


@given(HOSTILE, HOSTILE)
def test_csl_json_has_the_fields_of_its_schema_and_the_title_as_it_is(title, note):
    (item,) = json.loads(csl_json(citation(title=title, note=note)))
    assert item.keys() <= CSL_FIELDS
    assert item["type"] == "dataset"
    assert item["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert item["title"] == plain(title)


@given(HOSTILE)
def test_an_address_is_one_word_without_braces_or_backslashes(text):
    found = written("https://sijill.example/" + text)
    assert re.fullmatch(r"[!-~]+", found)
    assert not set(found) & set('{}\\"<>')


@given(HOSTILE)
def test_a_line_is_one_line(text):
    assert len(in_a_line(citation(title=text)).splitlines()) == 1


def test_arabic_stays_arabic():
    found = citation(title="صاروخ، خراب الجير، ٣ تشرين الثاني ٢٠٢٣", language="ar")
    assert "title = {{صاروخ، خراب الجير، ٣ تشرين الثاني ٢٠٢٣}}" in bibtex(found)
    assert "langid = {arabic}" in bibtex(found)
    assert all("خراب الجير" in one.write(found) for one in FORMATS.values())


@pytest.mark.parametrize("one", FORMATS.values(), ids=FORMATS)
def test_each_format_has_number_revision_and_address(one):
    text = one.write(citation())
    for part in ("SJ-0044", "revision 6", "https://sijill.example/incidents/SJ-0044?revision=6", "2026", "Sijill"):
        assert part in text


def test_a_line_of_text_says_what_where_and_of_when():
    assert in_a_line(citation()) == (
        "Sijill: SJ-0044: Rocket × 10, Kharab al-Jir, 3 November 2023. Data set, revision 6 of 22 November 2026."
        " https://sijill.example/incidents/SJ-0044?revision=6"
    )
