"""What is typed into the form of a drawn report becomes an annotation, or errors; whatever it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.evaluate.gold import Gold
from app.queries.reference import Names
from app.web.desk.sample_form import ATTACK, MOST, ORIGINS, TOTAL, read, typed

NAMES = Names({"al-tanf": "Al-Tanf", "unspecified": "not named"}, {"hezbollah": "Hezbollah"}, {"sohr": "SOHR"}, ())
KEYS = [f"attack-{n}-{name}" for n in (1, 2) for name in (*ATTACK, *ORIGINS)] + [f"total-1-{name}" for name in TOTAL]
TYPED = some.one_of(
    some.text("0123٤٥-/., abخ²\u200f\x00\n", max_size=12),
    some.sampled_from(["al-tanf", "2023-11-04", "month", "2", "٣", "sohr", "drone", ">=", "all-syria"]),
)


def reading(posted):
    return read(typed(posted), report=1, lang="ar", published=date(2023, 11, 5), names=NAMES)


def attack(**fields):
    found = reading({f"attack-1-{name}": value for name, value in fields.items()})
    assert found.errors == {}
    return found.annotation["incidents"][0]


@given(some.dictionaries(some.sampled_from([*KEYS, "peaceful", "non_strike-alert", "attack-00-base", "x"]), TYPED))
def test_whatever_is_typed_is_an_annotation_or_has_errors(posted):
    found = reading(posted)
    if not found.errors:
        Gold.of(found.annotation, "")


@pytest.mark.parametrize(
    ("typed_days", "kept"),
    [
        ({"date_start": "4/11/2023"}, ("2023-11-04", None, None)),
        ({"date_start": "4/11/2023", "date_end": "5/11/2023"}, ("2023-11-04", "2023-11-05", None)),
        ({"date_start": "4/11/2023", "date_precision": "month"}, (None, None, "2023-11")),
        ({"date_start": "4/11/2023", "date_precision": "year"}, (None, None, None)),
        ({"weapon": "drone"}, (None, None, None)),
    ],
)
def test_a_day_is_kept_as_precisely_as_it_is_known(typed_days, kept):
    found = attack(**typed_days)
    assert (found["date"], found["date_end"], found["month"]) == kept


def test_an_origin_is_known_by_its_name_or_its_slug_and_counts_once():
    assert attack(base="al-tanf", origin_1="SOHR", origin_2="sohr ", origin_3="")["origins"] == ["sohr"]


def test_rows_in_which_nothing_was_typed_are_none():
    found = reading({"attack-1-base": " ", "attack-2-base": "al-tanf", "total-1-bound": "=", "total-1-count": ""})
    assert (len(found.annotation["incidents"]), found.annotation["tallies"], found.errors) == (1, [], {})


def test_a_form_has_a_row_of_each_and_no_more_than_there_is_room_for():
    assert (len(typed({}).attacks), len(typed({}).totals)) == (1, 1)
    assert len(typed({f"attack-{MOST}-base": ""}, more="attack").attacks) == MOST
    assert len(typed({"attack-99-base": ""}).attacks) == MOST
