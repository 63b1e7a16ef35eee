import pytest

from app.reconcile.grading import Witness, grade

SOHR, CENTCOM, DOD = Witness("sohr", ""), Witness("centcom", "attacked"), Witness("us-dod", "attacked")
CLAIMANT, SABEREEN = Witness("islamic-resistance-in-iraq", "claimant"), Witness("sabereen", "claimant")
LOCAL, AP = Witness("local-sources", "unnamed"), Witness("ap", "")


@pytest.mark.parametrize(
    ("witnesses", "more", "expected"),
    [
        ([SOHR, CENTCOM], {"disputed": True}, "contested"),
        ([SOHR], {"support": "disputed"}, "contested"),
        ([CENTCOM, DOD], {}, "confirmed"),
        ([SOHR], {"support": "officially_confirmed"}, "confirmed"),
        ([SOHR, AP], {}, "fair"),
        ([SOHR, LOCAL], {}, "weak"),
        ([CLAIMANT, LOCAL], {}, "weak"),
        ([SOHR], {}, "weak"),
        ([LOCAL], {}, "weak"),
        ([], {}, "weak"),
        ([CLAIMANT, SABEREEN], {}, "claimed"),
        ([CLAIMANT, AP], {"support": "claim_only"}, "claimed"),
        ([CLAIMANT, SOHR], {}, "fair"),
    ],
)
def test_the_first_grading_that_applies_holds(witnesses, more, expected):
    given = {"disputed": False, "support": None} | more
    assert grade(witnesses=witnesses, **given)[0] == expected
