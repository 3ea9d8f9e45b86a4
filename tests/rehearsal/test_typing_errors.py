"""Slips of the hand: close to the right value, let through by the ranges, and only where nothing else hangs on them."""

import pytest

from equipoise.forms import Form
from equipoise.forms.values import check_range
from equipoise.rehearsal.typing_errors import may_be_mistyped, mistyped

LABEL = {"en": "x", "zh": "某"}
FORM = Form.model_validate(
    {
        "id": "f",
        "title": LABEL,
        "items": [
            {"id": "weight", "label": LABEL, "type": "decimal", "decimals": 1, "soft": {"min": 35, "max": 120}},
            {"id": "pulse", "label": LABEL, "type": "integer", "hard": {"min": 20, "max": 250}},
            {"id": "height", "label": LABEL, "type": "decimal", "unit": "cm"},
            {"id": "tall", "label": LABEL, "type": "boolean", "computed": "height > 180"},
            {"id": "sex", "label": LABEL, "type": "text"},
        ],
    }
)
ITEMS = {item.id: item for item in FORM.items}


def test_only_numbers_on_which_nothing_else_depends_are_mistyped():
    assert [item.id for item in may_be_mistyped(FORM)] == ["weight", "pulse"]


def test_without_chance_or_without_numbers_nothing_happens():
    assert mistyped(FORM, {"weight": "61.4"}, 0.0, 0.0) is None
    assert mistyped(FORM, {"sex": "F"}, 0.5, 0.0) is None
    assert mistyped(FORM, {"weight": "61.4", "pulse": 72}, 0.1, 0.19001) is None


@pytest.mark.parametrize("values", [{"weight": "45.4", "pulse": 72}, {"pulse": 112}, {"weight": "87.5"}])
def test_a_slip_is_near_wrong_and_within_the_ranges(values):
    seen = set()
    for step in range(200):
        slip = mistyped(FORM, values, 0.999, step / 200)
        if slip is None:
            continue
        name, typed = slip
        seen.add(slip)
        assert float(typed) != float(values[name])
        assert check_range(ITEMS[name], typed, "hard") is None
        assert check_range(ITEMS[name], typed, "soft") is None
        assert abs(len(str(typed)) - len(str(values[name]))) <= 1
    assert seen


def test_a_slip_happens_as_often_as_it_should():
    happened = sum(mistyped(FORM, {"weight": "45.4", "pulse": 72}, 0.1, k / 1000) is not None for k in range(1000))
    assert happened == 190  # 1 - 0.9 squared


def test_a_slip_that_the_ranges_would_stop_is_not_made():
    assert all(mistyped(FORM, {"weight": "100.5"}, 0.999, step / 100) is None for step in range(100))
