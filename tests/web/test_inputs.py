"""Each input of the form has its place among the others, and its label."""

import pytest

from app import fields
from app.web.forms import FIELDS, GROUPS
from app.web.labels import LABELS


def test_there_is_one_input_for_each_field_that_an_editor_may_correct():
    assert sorted(one.field for one in FIELDS) == sorted(fields.CORRECTED_FIELDS)


def test_the_inputs_of_a_group_stand_together_in_the_order_of_the_groups():
    assert list(dict.fromkeys(one.group for one in FIELDS)) == list(GROUPS)
    places = [list(GROUPS).index(one.group) for one in FIELDS]
    assert places == sorted(places)


@pytest.mark.parametrize("one", FIELDS, ids=lambda one: one.field)
def test_each_input_and_each_of_its_codes_has_a_label(one):
    assert one.field in LABELS["field"]
    assert not one.codes or set(one.codes) <= LABELS[one.field].keys()
    assert (one.kind == "choice") == bool(one.codes)
    assert (one.kind == "slug") == bool(one.of)
