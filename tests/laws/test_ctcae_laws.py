"""What holds for the grade of any result: worse values are never graded better, and a change of unit changes nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise import units
from equipoise.medicine.ctcae import grading
from equipoise.medicine.ctcae.criteria import VERSIONS, limits_of
from equipoise.medicine.ctcae.grading import LabResult, grade_result
from equipoise.medicine.ctcae.terms import terms
from tests.hunting import examples

MEASURED = [(one, version) for one in terms().values() for version in VERSIONS if limits_of(one.id, version)]
NUMBERS = st.floats(0.01, 1000)
MAYBE = st.one_of(st.none(), NUMBERS)
# Units of the same quantity, so that no molar mass is needed.
SAME = {
    "10*9/L": ("/uL", "10*12/L"), "g/L": ("g/dL", "mg/dL"), "mmol/L": ("umol/L", "mol/L"), "mg/dL": ("g/L", "mg/L"),
    "mL/min": ("L/min", "L/h"),
}  # fmt: skip


@st.composite
def results(draw, term, version):
    stated = sorted({one.unit for one in limits_of(term, version) if one.unit})
    lln, uln = sorted((draw(NUMBERS), draw(NUMBERS)))
    return LabResult(
        draw(NUMBERS),
        draw(st.sampled_from(stated)) if stated else None,
        draw(st.sampled_from([None, lln])),
        draw(st.sampled_from([None, uln])),
        draw(MAYBE),
        symptoms=draw(st.sampled_from([None, True, False])),
        anticoagulation=draw(st.booleans()),
    )


CASES = st.sampled_from(MEASURED).flatmap(
    lambda pair: st.tuples(st.just(pair[0]), st.just(pair[1]), results(pair[0].id, pair[1]))
)


def is_monotone(term, version, result, factor):
    """Whether the value, multiplied by the factor towards worse, has a grade at least as high wherever both are known."""
    further = result.value * factor if term.direction == "high" else result.value / factor
    here = grade_result(term, version, result).grade
    there = grade_result(term, version, replace(result, value=further)).grade
    return here is None or there is None or there >= here


@given(CASES, st.floats(1, 50))
@settings(max_examples=examples(400), deadline=None)
def test_a_worse_value_is_never_graded_better(case, factor):
    assert is_monotone(*case, factor)


@given(CASES, st.data())
@settings(max_examples=examples(400), deadline=None)
def test_a_change_of_unit_changes_no_grade_and_no_note(case, data):
    term, version, result = case
    if result.unit not in SAME:
        return
    other = data.draw(st.sampled_from(SAME[result.unit]))
    changed = {
        name: None if getattr(result, name) is None else units.convert(getattr(result, name), result.unit, other)
        for name in ("value", "lln", "uln", "baseline")
    }
    assert grade_result(term, version, replace(result, unit=other, **changed)) == grade_result(term, version, result)


@given(CASES)
@settings(max_examples=examples(200), deadline=None)
def test_more_knowledge_never_lowers_a_grade_that_was_at_least(case):
    """Where a grade holds at least, the missing baseline, whatever it was, can only raise it."""
    term, version, result = case
    found = grade_result(term, version, replace(result, baseline=None))
    if "at_least" not in found.notes:
        return
    for baseline in (0.01, 1.0, 30.0, 1000.0):
        fuller = grade_result(term, version, replace(result, baseline=baseline)).grade
        assert fuller is None or fuller >= found.grade


@given(CASES)
@settings(max_examples=examples(200), deadline=None)
def test_a_grade_that_is_not_known_says_why(case):
    found = grade_result(*case[:2], case[2])
    assert found.grade is not None or found.notes


def test_control_a_limit_in_the_wrong_direction_breaks_the_order(monkeypatch):
    def turned(term, version, unit):
        limits = (one for one in limits_of(term, version) if one.unit in ("", unit))
        return tuple(replace(one, bound="<") if one.grade == 4 else one for one in limits)

    potassium, values = terms()["hyperkalemia"], (4.5, 5.2, 5.7, 6.5)
    results = [LabResult(value, "mmol/L", uln=5.3) for value in values]
    assert all(is_monotone(potassium, "5.0", one, 1.3) for one in results)
    monkeypatch.setattr(grading, "limits_in", turned)
    assert not all(is_monotone(potassium, "5.0", one, 1.3) for one in results)


def test_control_a_unit_that_is_ignored_is_noticed(monkeypatch):
    result = LabResult(0.8, "10*9/L", lln=2.0)
    other = LabResult(800, "/uL", lln=2000)
    assert grade_result("neutrophil_decreased", "5.0", result) == grade_result("neutrophil_decreased", "5.0", other)
    monkeypatch.setattr(grading, "conversion_of", lambda *_: ("10*9/L", 1.0, 0.0))
    assert grade_result("neutrophil_decreased", "5.0", result) != grade_result("neutrophil_decreased", "5.0", other)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_law_is_asked_of_every_measured_term(version):
    assert len([one for one, of in MEASURED if of == version]) >= 42
