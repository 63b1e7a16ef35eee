"""An incident in sentences: each settled field is told in its own words, and nothing that no report says."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import fields
from app.language import LANGUAGES, speaking
from app.web.labels import LABELS
from app.web.telling import ATTACKS, OUTCOMES, PARTS, STANDING, heading, summary

HARM = {f"{name}_{end}": None for name in fields.CASUALTIES for end in ("low", "high")}


def incident(**given):
    day = date(2023, 11, 4)
    return SimpleNamespace(
        **{
            "base": "al-shaddadi", "base_name": "Al-Shaddadi", "date_start": day, "date_end": day, "date_precision": "day",
            "time_of_day": None, "weapon": "drone", "munitions_low": None, "munitions_high": None, "attacks_low": 1,
            "attacks_high": 1, "outcome": "unknown", "claimed_by": None, "attributed_to": None, "attributed_by": None,
            "grading_reason": "one_origin", "review_status": "unreviewed", **HARM, **given,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "A drone attack on Al-Shaddadi on 4 November 2023 was reported by one origin."),
        ({"time_of_day": "dawn"}, "on 4 November 2023 at dawn (Syrian time) was"),
        ({"date_end": date(2023, 11, 6), "date_precision": "range"}, "between 4 November and 6 November 2023 was"),
        ({"date_end": date(2024, 1, 6), "date_precision": "range"}, "between 4 November 2023 and 6 January 2024 was"),
        ({"date_precision": "month"}, "in November 2023 was"),
        ({"date_precision": "year"}, "in 2023 was"),
        ({"date_start": None, "date_end": None, "date_precision": "unknown"}, "on a day that is not known was"),
        ({"base": "unspecified", "base_name": "Base not named"}, "on a base that no report names on"),
        ({"weapon": "unknown"}, "An attack on Al-Shaddadi"),
        ({"grading_reason": "claimant_alone"}, "was claimed; nobody but the claimant says that it happened."),
        ({"grading_reason": "denied"}, "was reported, and denied."),
        ({"grading_reason": "rejected", "review_status": "rejected"}, "the register has rejected it"),
        ({"grading_reason": "editor"}, "was reported."),
        ({"grading_reason": ""}, "was reported."),
        ({"munitions_low": 1, "munitions_high": 1}, "1 munition was counted."),
        ({"munitions_low": 2, "munitions_high": 2}, "2 munitions were counted."),
        ({"munitions_low": 1}, "At least 1 munition was counted."),
        ({"munitions_high": 10}, "At most 10 munitions were counted."),
        ({"munitions_low": 3, "munitions_high": 10}, "Between 3 and 10 munitions were counted."),
        ({"outcome": "intercepted"}, "All that was fired is said to have been intercepted."),
        ({"us_injured_low": 25, "us_killed_low": 3, "us_killed_high": 3}, "Casualties reported: US killed: 3, US injured: 25+."),
        ({"us_injured_low": 0, "us_injured_high": 0}, "say that there were none."),
        ({"attacks_low": 2, "attacks_high": 3}, "more than one attack: 2–3."),
        ({"claimed_by": "Ashab al-Kahf", "attributed_to": "IRGC"}, "It was claimed by Ashab al-Kahf."),
        ({"attributed_to": "IRGC", "attributed_by": "AFP"}, "It was attributed to IRGC by AFP."),
    ],
)
def test_each_field_is_told(given, said):
    assert said in summary(incident(**given))


def test_what_no_report_says_is_left_out():
    assert summary(incident()).count(".") == 1


def test_who_claims_it_is_not_said_to_be_blamed():
    assert "attributed" not in summary(incident(claimed_by="Ashab al-Kahf", attributed_to="IRGC"))


def test_a_withdrawn_incident_tells_nothing_of_an_attack():
    assert "attack" not in summary(incident(review_status="withdrawn"))


def test_every_code_has_its_words():
    assert ATTACKS.keys() == set(fields.WEAPONS)
    assert PARTS.keys() == set(fields.TIMES_OF_DAY)
    assert OUTCOMES.keys() == set(fields.OUTCOMES) - {"unknown"}
    assert STANDING.keys() == LABELS["grading_reason"].keys()


count = st.one_of(st.none(), st.integers(0, 1000))


@given(
    st.sampled_from(fields.WEAPONS), st.sampled_from(fields.OUTCOMES), st.sampled_from([None, *fields.TIMES_OF_DAY]),
    st.sampled_from(fields.DATE_PRECISIONS[:4]), st.sampled_from(sorted(STANDING)), count, count, st.sampled_from(LANGUAGES),
)  # fmt: skip
def test_every_incident_is_told_in_whole_sentences(weapon, outcome, part, precision, why, low, high, language):
    with speaking(language):
        one = incident(weapon=weapon, outcome=outcome, time_of_day=part, date_precision=precision, grading_reason=why,
                       munitions_low=low, munitions_high=high)  # fmt: skip
        told = summary(one)
    assert told.endswith(".")
    assert not re.search(r"%|None|  |\.\.", told)


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ({}, "Drone, Al-Shaddadi, 4 November 2023"),
        ({"weapon": "unknown"}, "Weapon not stated, Al-Shaddadi, 4 November 2023"),
        ({"munitions_low": 2}, "Drone × 2+, Al-Shaddadi, 4 November 2023"),
    ],
)
def test_a_heading_says_what_where_and_when(given, called):
    assert heading(incident(**given)) == called
