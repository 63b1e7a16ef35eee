"""What an editor types becomes values, or an error beside its field: in both scripts, and whatever is typed."""

import re
from datetime import date

import pytest

from app import clock, fields
from app.extract.dates import part_of_clock
from app.fields import LONGEST_TEXT
from app.language import ARABIC, LANGUAGES, dated, speaking
from app.web.forms import FIELDS
from app.web.guide import GUIDE, guide
from app.web.words import word
from tests.forms import reading

DATED = {"date_start": "2023-11-03", "date_end": "2023-11-05", "date_precision": "range"}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2024, 6, 15))


def value(field, typed):
    """What a text alone is read as; an error fails."""
    checked = reading({field: typed})
    assert checked.errors == {}
    return checked.values[field]


def wrong(typed, **given):
    """The fields beside which there is an error; then nothing is corrected."""
    checked = reading(typed, **given)
    assert not (checked.errors and checked.changed)
    return set(checked.errors)


# ── The coding guide ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_field_has_its_guide_and_nothing_else_has_one():
    assert sorted(GUIDE) == sorted(fields.CORRECTED_FIELDS)


@pytest.mark.parametrize("field", fields.CORRECTED_FIELDS)
def test_a_guide_has_at_most_two_sentences(field):
    assert 1 <= len(GUIDE[field]) <= 2
    assert all(len(re.findall(r"[.?!](?: |$)", sentence)) == 1 for sentence in GUIDE[field])


@pytest.mark.parametrize(
    ("hours", "part"),
    [("4", "dawn"), ("6", "morning"), ("11", "noon"), ("14", "afternoon"), ("17:30", "evening"), ("21:30", "night")],
)
def test_the_guide_parts_the_day_where_extraction_does(hours, part):
    assert f"{part} from {hours}" in guide("time_of_day")
    hour, _, minute = hours.partition(":")
    begins = int(hour) + int(minute or 0) / 60
    assert part_of_clock(begins) == part != part_of_clock(begins - 0.1)


# ── Days ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed",
    [
        "2023-11-04", "2023/11/4", "2023.11.04", "٢٠٢٣-١١-٠٤", "۲۰۲۳-۱۱-۰۴", "04/11/2023", "4.11.2023", "4 . 11 . 2023",
        "4 11 2023", "٤/١١/٢٠٢٣", "\u200f٤/١١/٢٠٢٣\u200f", "\u20662023-11-04\u2069", "\u00a02023-11-04\u00a0", "2023‑11‑04",
        "4 November 2023", "4th of November, 2023", "4 NOV. 2023", "November 4, 2023", "Nov. 4 2023", "4-nov-2023",
        "٤ تشرين الثاني ٢٠٢٣", "٤ تشرين الثاني، ٢٠٢٣", "4 من تشرين الثاني 2023", "4 تشرين الثاني/نوفمبر 2023",
        "٤ نوفمبر (تشرين الثاني) ٢٠٢٣",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed):
    assert value("date_start", typed) == "2023-11-04"


@pytest.mark.parametrize(
    "typed",
    [
        "yesterday", "2023", "November 2023", "11/2023", "4/11/23", "11/15/2023", "30.2.2023", "2023-13-01", "2023-11/04",
        "4 Smarch 2023", "4 May/June 2023", "4 ² 2023", "0/0/0000", "4/11/1823", "4 November 2023" + " " * 70 + "or later",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_the_way_to_write_it(typed):
    assert "day first" in reading({"date_start": typed}).errors["date_start"]


def test_every_month_of_either_language_is_read():
    for month in range(1, 13):
        for language in LANGUAGES:
            with speaking(language):
                assert value("date_start", dated(date(2023, month, 9), "d MMMM y")) == f"2023-{month:02}-09"


def test_a_lone_day_is_the_last_one_too():
    values = reading({"date_start": "2023-11-04"}).values
    assert (values["date_end"], values["date_precision"]) == ("2023-11-04", "day")


def test_the_precision_follows_from_the_days_where_it_is_left_empty():
    values = reading({"date_start": "3/11/2023", "date_end": "5/11/2023", "date_precision": ""}).values
    assert values["date_precision"] == "range"


@pytest.mark.parametrize(("precision", "span"), [("month", ("2024-02-01", "2024-02-29")), ("year", ("2024-01-01", "2024-12-31"))])
def test_a_day_stands_for_the_whole_of_its_month_or_year(precision, span):
    checked = reading({"date_start": "9/2/2024", "date_precision": precision})
    assert checked.errors == {}
    assert (checked.values["date_start"], checked.values["date_end"]) == span


@pytest.mark.parametrize(
    ("start", "end", "precision", "beside"),
    [
        ("2023-11-03", "2023-11-05", "day", "date_precision"),
        ("2023-11-03", "2023-11-03", "range", "date_precision"),
        ("2023-11-03", "2023-12-05", "month", "date_precision"),
        ("2023-11-03", "2024-01-05", "year", "date_precision"),
        ("2023-11-03", "2023-11-03", "month", "date_precision"),
        ("2023-11-03", "2023-11-03", "unknown", "date_precision"),
        ("2023-11-03", "2023-11-03", "week", "date_precision"),
        ("", "", "day", "date_precision"),
        ("", "2023-11-03", "", "date_start"),
        ("2023-11-05", "2023-11-03", "", "date_end"),
    ],
)
def test_days_and_precision_have_to_fit(start, end, precision, beside):
    assert wrong({"date_start": start, "date_end": end, "date_precision": precision}) == {beside}


@pytest.mark.parametrize("precision", ["", "unknown"])
def test_without_days_the_precision_is_unknown(precision):
    checked = reading({"date_start": "", "date_end": "unknown", "date_precision": precision}, held=DATED)
    assert checked.errors == {}
    assert checked.changed == dict.fromkeys(DATED)


def test_no_day_lies_in_the_future_of_syria():
    assert value("date_start", "2024-06-01") == "2024-06-01"
    assert wrong({"date_start": "2024-06-16"}, published=None) == {"date_start", "date_end"}
    assert wrong({"date_start": "2024-06-15"}, published=None) == set()
    assert wrong({"date_start": "2024-06-16"}, reason="the clock is wrong") == {"date_start", "date_end"}


def test_a_month_that_is_not_over_may_be_chosen():
    assert wrong({"date_start": "2024-06-01", "date_precision": "month"}) == set()


def test_a_day_after_the_report_needs_a_reason():
    late = {"date_start": "2024-06-01", "date_end": "2024-06-02"}
    assert wrong(late) == {"date_end"}
    assert wrong(late, reason="  ") == {"date_end"}
    assert wrong(late, reason="the report's day is that of its crawl") == set()
    assert wrong(late, published=None) == set()


def test_a_day_after_the_report_that_is_held_already_stands_in_nobodys_way():
    held = {"date_start": "2024-06-02", "date_end": "2024-06-02", "date_precision": "day"}
    assert reading({"weapon": "drone"}, held=held).changed == {"weapon": "drone"}


# ── Counts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("0", "0"), ("12", "12"), ("٠", "0"), ("١٢", "12"), ("۱۲", "12"), (" 7 ", "7"), ("007", "7"), ("1,000", "1000"),
        ("1 000", "1000"), ("1\u00a0000", "1000"), ("1\u202f000", "1000"), ("١٬٢٣٤", "1234"), ("1’234", "1234"),
        ("1,000,000", "1000000"), ("\u200f٣\u200f", "3"),
    ],
)  # fmt: skip
def test_a_count_is_read_in_both_scripts_with_its_marks(typed, count):
    assert value("munitions_low", typed) == count


@pytest.mark.parametrize(
    "typed",
    ["-3", "−3", "1.5", "1,5", "١٫٥", "1,00", "1,000 000", "1 2", "many", "1000001", "9" * 5000, "²", "½", "3+", "1e3", "0x1"],
)
def test_what_is_no_count_is_refused(typed):
    assert wrong({"us_killed_high": typed}) == {"us_killed_high"}


@pytest.mark.parametrize("field", ["attacks_low", "attacks_best", "attacks_high"])
def test_an_incident_is_at_least_one_attack(field):
    assert wrong({field: "0"}) == {field}


@pytest.mark.parametrize(
    ("typed", "attacks"),
    [
        (("", "", ""), ("1", "1", "1")),
        (("2", "", ""), ("2", "2", "2")),
        (("", "3", ""), ("1", "3", "3")),
        (("", "", "4"), ("1", "1", "4")),
        (("2", "", "4"), ("2", "2", "4")),
    ],
)
def test_attacks_that_are_left_empty_follow_from_the_others(typed, attacks):
    names = ("attacks_low", "attacks_best", "attacks_high")
    checked = reading(zip(names, typed, strict=True))
    assert checked.errors == {}
    assert tuple(checked.values[name] for name in names) == attacks


@pytest.mark.parametrize(
    ("typed", "beside", "named"),
    [
        ({"munitions_low": "4", "munitions_high": "3"}, "munitions_high", "munitions_low"),
        ({"us_killed_low": "4", "us_killed_high": "3"}, "us_killed_high", "us_killed_low"),
        ({"attacks_low": "4", "attacks_best": "3", "attacks_high": "9"}, "attacks_best", "attacks_low"),
        ({"attacks_low": "4", "attacks_high": "3"}, "attacks_high", "attacks_low"),
        ({"date_start": "2023-11-04", "date_end": "2023-11-03"}, "date_end", "date_start"),
    ],
)
def test_ends_out_of_order_are_told_beside_the_upper_one_and_name_the_other(typed, beside, named):
    errors = reading(typed).errors
    assert errors.keys() == {beside}
    assert word("field", named) in errors[beside]


@pytest.mark.parametrize(
    ("moved", "text", "other"), [("munitions_low", "9", "munitions_high"), ("munitions_high", "1", "munitions_low")]
)
def test_of_two_ends_the_one_that_was_changed_is_the_wrong_one(moved, text, other):
    held = {"munitions_low": "2", "munitions_high": "3"}
    errors = reading(held | {moved: text}, held=held).errors
    assert errors.keys() == {moved}
    assert word("field", other) in errors[moved]


# ── Texts, choices, names ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_text_loses_what_is_pasted_along():
    assert value("launched_from", " \u200fمن\u00a0الأراضي\tالعراقية\u202c ") == "من الأراضي العراقية"


def test_a_summary_may_have_several_lines_and_nothing_else_may():
    assert value("summary_en", "One.\r\n\r\nTwo. \rThree.\n") == "One.\n\nTwo.\nThree."
    assert wrong({"launched_from": "One\ntwo"}) == {"launched_from"}


@pytest.mark.parametrize("letter", ["\0", "\x1b", "\x7f"])
@pytest.mark.parametrize("field", ["launched_from", "summary_ar"])
def test_no_text_holds_a_control_character(field, letter):
    assert wrong({field: f"a{letter}b"}) == {field}


def test_a_text_has_its_greatest_length():
    assert wrong({"summary_en": "x" * LONGEST_TEXT}) == set()
    assert wrong({"summary_en": "x" * (LONGEST_TEXT + 1)}) == {"summary_en"}
    assert wrong({"summary_en": "x\r\n" * (LONGEST_TEXT // 2)}) == set()


@pytest.mark.parametrize("one", [one for one in FIELDS if one.kind == "choice"], ids=lambda one: one.field)
def test_a_choice_is_one_of_its_codes(one):
    assert wrong({one.field: "Drone!"}) == {one.field}
    for code in one.codes:
        checked = reading(
            {one.field: code, "date_start": "2023-01-01", "date_end": "2023-01-01" if code == "day" else "2023-01-31"}
        )
        assert (checked.values[one.field], checked.errors) == (code, {})


def test_no_editor_sets_the_grading_of_a_rejected_incident():
    assert wrong({"grading": "discounted"}) == {"grading"}


@pytest.mark.parametrize(
    ("field", "slug"),
    [("base", "no-such-base"), ("claimed_by", "sohr"), ("attributed_by", "iran-backed-militias"), ("claimed_by", "unspecified")],
)
def test_a_name_is_known_where_it_is_looked_up(field, slug):
    assert wrong({field: slug}) == {field}


@pytest.mark.parametrize("nothing", ["", " ", "unknown", "\u200f"])
@pytest.mark.parametrize("field", [one.field for one in FIELDS if not one.field.startswith(("attacks_", "base"))])
def test_every_field_can_be_unknown(field, nothing):
    if (field, nothing) == ("attributed_by", "unknown"):
        pytest.skip("a source is called so")
    assert value(field, nothing) is None


@pytest.mark.parametrize("nothing", ["", "unknown", "unspecified"])
def test_a_base_that_is_not_named_is_the_unspecified_one(nothing):
    assert value("base", nothing) == fields.UNSPECIFIED
    assert reading({"base": nothing}, held={"base": fields.UNSPECIFIED}).changed == {}


# ── What changes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_form_sent_back_as_it_was_shown_changes_nothing():
    held = {one.field: "unknown" for one in FIELDS if "unknown" in getattr(fields, f"{one.field.upper()}S", ())}
    assert reading({one.field: "" for one in FIELDS}, held=held).changed == {}
    assert reading({}, held=DATED | {"grading": "discounted", "attacks_low": "2", "attacks_high": "3"}).changed == {}


def test_only_what_differs_changes_and_what_is_taken_back_is_unknown():
    held = {"weapon": "drone", "launched_from": "Iraq", "munitions_low": "2"}
    checked = reading({"weapon": "rocket", "launched_from": "", "munitions_low": "٢"}, held=held)
    assert checked.changed == {"weapon": "rocket", "launched_from": None}


def test_days_change_together_since_a_first_day_alone_would_move_the_last():
    assert reading({"date_start": "2023-11-04"}, held=DATED).changed == DATED | {"date_start": "2023-11-04"}


def test_the_last_day_follows_a_lone_day_that_is_moved():
    held = {"date_start": "2023-11-03", "date_end": "2023-11-03", "date_precision": "day"}
    moved = {"date_start": "2023-11-04", "date_end": "2023-11-04", "date_precision": "day"}
    assert reading(held | {"date_start": "4/11/2023"}, held=held).changed == moved
    assert wrong(held | {"date_end": "4/11/2023"}, held=held) == {"date_precision"}
    widened = reading(held | {"date_start": "2/11/2023", "date_precision": ""}, held=held)
    assert widened.changed == {"date_start": "2023-11-02", "date_end": "2023-11-03", "date_precision": "range"}


def test_what_the_form_did_not_send_stays_as_it_is_held():
    checked = reading({"weapon": "rocket"}, held=DATED | {"us_killed_low": "3"})
    assert checked.values["us_killed_low"] == "3"
    assert checked.changed == {"weapon": "rocket"}


def test_marks_that_a_report_brought_along_are_no_difference():
    held = {"launched_from": "\u200fالأراضي\u00a0العراقية"}
    assert reading({"launched_from": held["launched_from"]}, held=held).changed == {}
    assert reading({"launched_from": "الأراضي العراقية"}, held=held).changed == {}


def test_one_wrong_field_keeps_all_others_from_changing():
    checked = reading({"weapon": "rocket", "us_killed_low": "some"})
    assert checked.changed == {}
    assert (checked.values["weapon"], checked.values["us_killed_low"]) == ("rocket", None)


def test_an_error_is_told_in_the_language_that_is_spoken():
    with speaking(ARABIC):
        errors = reading({"date_start": "?", "us_killed_low": "?", "weapon": "?", "base": "?", "launched_from": "\0a\0"}).errors
    assert len(errors) == 5
    assert all(re.search("[ء-ي]", sentence) for sentence in errors.values())
