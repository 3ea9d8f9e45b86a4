"""At the limits themselves: what is equal belongs to the milder side, in a computer's decimals too; and which limits of
normal are none.
"""

import math

import pytest

from equipoise.medicine.ctcae.grading import Grade, LabResult, grade_result
from equipoise.medicine.ctcae.laboratory_methods import _without_limits
from equipoise.medicine.ctcae.terms import term_of, terms, terms_without_limits

NEAR = 0.5e-9  # of a number: below what counts as a difference
APART = 3e-9


def grade(term, version, value, unit=None, **facts):
    return grade_result(term, version, LabResult(value, unit, **facts))


@pytest.mark.parametrize(
    ("term", "unit", "limit", "facts", "at", "beyond"),
    [
        ("alt_increased", "U/L", 120.0, {"uln": 40, "baseline_state": "normal"}, 1, 2),
        ("alt_increased", "U/L", 0.12, {"uln": 0.04, "baseline_state": "normal"}, 1, 2),
        ("alt_increased", "U/L", 120000.0, {"uln": 40000, "baseline_state": "normal"}, 1, 2),
    ],
)
def test_a_number_as_near_to_a_limit_above_as_decimals_lie_is_on_it(term, unit, limit, facts, at, beyond):
    for factor, expected in ((1, at), (1 + NEAR, at), (1 + APART, beyond), (1 - APART, at)):
        assert grade(term, "5.0", limit * factor, unit, **facts).grade == expected


@pytest.mark.parametrize(("unit", "limit"), [("10*9/L", 1.0), ("/uL", 1000.0), ("10*12/L", 0.001)])
def test_a_number_as_near_to_a_limit_below_as_decimals_lie_is_on_it(unit, limit):
    for factor, expected in ((1, 2), (1 - NEAR, 2), (1 - APART, 3), (1 + APART, 2)):
        assert grade("neutrophil_decreased", "5.0", limit * factor, unit, lln=limit * 2).grade == expected


@pytest.mark.parametrize("limit", [0.9, 90.0, 90000.0])
def test_a_limit_that_is_reached_begins_its_grade(limit):
    """ALT from 1.5 times an abnormal baseline on is grade 1."""
    facts = {"uln": limit / 2, "baseline": limit / 1.5, "baseline_state": "high"}
    for factor, expected in ((1, 1), (1 - NEAR, 1), (1 - APART, 0), (1 + APART, 1)):
        assert grade("alt_increased", "5.0", limit * factor, "U/L", **facts).grade == expected


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        ({"lln": 0.0, "uln": 40.0}, None),
        ({"lln": 40.0, "uln": 40.0}, None),
        ({"lln": -0.1, "uln": 40.0}, "limits_invalid"),
        ({"lln": 41.0, "uln": 40.0}, "limits_invalid"),
        ({"uln": 0.0}, "limits_invalid"),
        ({"uln": 40.0, "baseline": 30.0, "baseline_lln": 0.0, "baseline_uln": 40.0}, None),
        ({"uln": 40.0, "baseline": 30.0, "baseline_lln": 40.0, "baseline_uln": 40.0}, None),
        ({"uln": 40.0, "baseline": 30.0, "baseline_lln": -1.0, "baseline_uln": 40.0}, "limits_invalid"),
        ({"uln": 40.0, "baseline": 30.0, "baseline_lln": 41.0, "baseline_uln": 40.0}, "limits_invalid"),
        ({"uln": 40.0, "baseline": 30.0, "baseline_uln": 0.0}, "limits_invalid"),
        ({"uln": 40.0, "baseline": 0.0}, "baseline_invalid"),
        ({"uln": 40.0, "baseline": 0.001}, None),
    ],
)
def test_which_limits_and_baselines_are_none(facts, note):
    notes = set(grade("alt_increased", "5.0", 30.0, "U/L", **facts).notes) & {"limits_invalid", "baseline_invalid"}
    assert notes == ({note} if note else set())


def test_a_result_of_nothing_at_all_is_a_result():
    assert grade("neutrophil_decreased", "5.0", 0.0, "10*9/L", lln=2.0).grade == 4
    assert grade("alt_increased", "5.0", 0.0, "U/L", uln=40.0).grade == 0


# What an edition leaves to judgement ----------------------------------------------------------------------------------

HIGH, LOW = (
    term_of("hyperglycemia"),
    next(one for one in terms_without_limits("lymphocytes", "6.0") if one.direction == "low"),
)
KNOWN = {(NEAR, True), (APART, False)}


def zero(term, value, **limits):
    found = _without_limits(term, LabResult(value, "mmol/L", **limits))
    return found == Grade(term.id, 0)


@pytest.mark.parametrize("limit", [0.02, 6.1, 40000.0])
@pytest.mark.parametrize(("nearness", "on_it"), sorted(KNOWN))
def test_zero_means_that_the_result_is_known_to_be_normal_on_that_side(limit, nearness, on_it):
    above, below = limit * (1 + nearness), limit * (1 - nearness)
    # High: within the upper limit, or certainly below the lower one.
    assert zero(HIGH, limit, uln=limit)
    assert zero(HIGH, above, uln=limit) is on_it
    assert zero(HIGH, below, lln=limit) is not on_it
    assert not zero(HIGH, limit, lln=limit)
    # Low: at the lower limit and above, or certainly above the upper one.
    assert zero(LOW, limit, lln=limit)
    assert zero(LOW, below, lln=limit) is on_it
    assert zero(LOW, above, uln=limit) is not on_it
    assert not zero(LOW, limit, uln=limit)


@pytest.mark.parametrize("term", [HIGH, LOW])
def test_nothing_is_known_without_limits_or_of_no_number(term):
    assert not zero(term, 5.0)
    assert zero(term, 0.0, lln=0.0, uln=1.0)
    assert zero(term, 5.0, lln=5.0, uln=5.0)
    assert _without_limits(term, LabResult(5.0, "mmol/L", lln=5.1, uln=5.0)).notes == (
        "not_in_version",
        "limits_invalid",
    )
    for value in (-0.001, math.inf, math.nan, None):
        assert _without_limits(term, LabResult(value, "mmol/L", lln=1.0, uln=2.0)).notes == ("value_invalid",)


def test_the_term_of_the_edition_itself_says_what_it_leaves_to_judgement():
    for version in ("5.0", "6.0"):
        for analyte in sorted({one for term in terms().values() for one in term.analytes}):
            for chosen in terms_without_limits(analyte, version):
                rivals = [
                    one for one in terms().values() if analyte in one.analytes and one.direction == chosen.direction
                ]
                assert (version in chosen.names) == any(version in one.names for one in rivals)
    assert {one.id for one in terms_without_limits("glucose", "5.0")} == {"hyperglycemia"}


def test_what_a_term_has_no_code_or_direction_for_is_none_and_not_an_empty_text():
    for term in terms().values():
        assert term.meddra is None or term.meddra.isdecimal()
        assert term.direction in (None, "high", "low")
    assert any(term.meddra for term in terms().values())
    assert any(term.direction for term in terms().values())
