"""What a form may ask of CTCAE about a laboratory result: its grade, alone or with its baseline looked up.

Notes of a grade become remarks, so that a site sees why there is no grade and what would mend it; nothing that a person
judged is replaced. Codes of grades are '0' to '4' (5 is a death, which no number gives).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equipoise import units
from equipoise.findings import Refusal
from equipoise.medicine.ctcae.criteria import Version, measured
from equipoise.medicine.ctcae.grading import Grade, LabResult, grade_result
from equipoise.medicine.ctcae.remarks import remark_of
from equipoise.medicine.ctcae.terms import Term, term_of, terms, terms_measured_by, terms_without_limits
from equipoise.medicine.ctcae.words import NOTES
from equipoise.medicine.method import Derived, Method, Observation, Option, Port, both
from equipoise.medicine.nearness import EQUAL

__all__ = ["BASELINE_VISITS", "EDITIONS", "GRADES", "METHODS", "SOURCE"]

EDITIONS: Mapping[str, Version] = {"CTCAE v5.0": "5.0", "CTCAE v6.0": "6.0"}
SOURCE = "Common Terminology Criteria for Adverse Events, NCI: v5.0, 27 November 2017; v6.0, 2025"
GRADES = ("0", "1", "2", "3", "4")
_REFERENCES = ("lln", "uln", "baseline", "baseline_lln", "baseline_uln")
_BASELINE = {"baseline": "value", "baseline_lln": "lln", "baseline_uln": "uln"}


def _in_one_unit(now: Observation, names: Sequence[str], unit: str | None, analyte: str) -> dict[str, float | None]:
    """Values in the unit of the result; one whose own unit cannot be brought into it counts as missing."""
    found: dict[str, float | None] = {}
    for name in names:
        number, own = now.values.get(name), now.units.get(name)
        if number is not None and own is not None and unit is not None and own != unit:
            try:
                number = units.convert(number, own, unit, analyte)
            except Refusal:
                number = None
        found[name] = None if number is None else float(number)
    return found


def _asked(now: Observation, options: Mapping[str, Any], version: Version) -> tuple[list[Term], str | None]:
    """The terms to grade: the one named, or all that a result of the analyte is graded under, those included that the
    edition grades by judgement alone; and the analyte, if named.
    """
    named = now.values.get("term") or options.get("term")
    if named is not None:
        term = term_of(str(named))
        return ([] if term is None else [term]), None
    analyte = now.values.get("analyte") or options.get("analyte")
    if analyte is None:
        return [], None
    direction = options.get("direction")
    all_terms = (*terms_measured_by(str(analyte), version), *terms_without_limits(str(analyte), version))
    return [one for one in all_terms if direction in (None, one.direction)], str(analyte)


def _grade_of(
    now: Observation, options: Mapping[str, Any], baseline: Mapping[str, float | None] | None, *, at_baseline: bool
) -> Derived:
    version = EDITIONS[options["version"]]
    asked, analyte = _asked(now, options, version)
    if now.values.get("value") is None or not asked:
        return Derived({"grade": None, "grade_number": None, "term": None, "reason_en": None, "reason_zh": None})
    unit = _unit_of(now, options)
    substance = analyte or asked[0].analytes[0]
    numbers = _in_one_unit(now, _REFERENCES, unit, substance)
    if baseline is not None:
        numbers |= baseline
    result = LabResult(
        float(now.values["value"]),
        unit,
        **numbers,
        baseline_state=now.values.get("baseline_state"),
        symptoms=now.values.get("symptoms"),
        anticoagulation=now.values.get("anticoagulation"),
    )
    assume = options.get("unknown_symptoms", "worse") == "worse"
    grades = [
        _without_limits(one, result)
        if analyte is not None and not measured(one.id, version)
        else grade_result(one, version, result, analyte=analyte, assume_symptoms=assume)
        for one in asked
    ]
    chosen = _worst(grades)
    # Where nothing is known in either direction, both say why.
    told = [one for one in grades if one.grade is None] if chosen.grade is None else [chosen]
    notes = [
        (one.term, note)
        for one in told
        for note in one.notes
        if not (note == "baseline_missing" and at_baseline and one.grade is not None)
    ]
    first = {note: term for term, note in reversed(notes)}
    ordered = sorted(first, key=NOTES.index)
    remarks = tuple(
        remark_of(
            note,
            value=f"{now.values['value']:.12g}",
            unit=unit or "",
            term=(term_of(first[note]) or asked[0]).name(version),
        )
        for note in ordered
    )
    reasons = Grade(chosen.term, chosen.grade, tuple(ordered))
    return Derived(
        {
            "grade": None if chosen.grade is None else str(chosen.grade),
            "grade_number": chosen.grade,
            "term": chosen.term if chosen.grade or len(asked) == 1 else None,
            "reason_en": reasons.reason("en") or None,
            "reason_zh": reasons.reason("zh") or None,
        },
        remarks,
    )


def _without_limits(term: Term, result: LabResult) -> Grade:
    """A term that this edition does not grade from a number: 0 for a result known to be normal on its side, else open.

    0 means that somebody looked and it was normal. What lies beyond the limit of normal, or may, nobody looked at.
    """
    value = float("nan") if result.value is None else result.value
    if not 0 <= value < float("inf"):
        return Grade(term.id, None, ("value_invalid",))
    lln, uln = result.lln, result.uln
    if lln is not None and uln is not None and lln > uln:
        return Grade(term.id, None, ("not_in_version", "limits_invalid"))
    slack = EQUAL * value
    if term.direction == "high":
        normal = (uln is not None and value <= uln + slack) or (lln is not None and value < lln - slack)
    else:
        normal = (lln is not None and value >= lln - slack) or (uln is not None and value > uln + slack)
    return Grade(term.id, 0) if normal else Grade(term.id, None, ("not_in_version",))


def _worst(grades: Sequence[Grade]) -> Grade:
    """The highest; a grade that is not known counts between none and one,
    for a known 0 in the other direction settles nothing.
    """
    return max(grades, key=lambda one: 0.5 if one.grade is None else one.grade)


def _derive_row(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    del before
    return _grade_of(now, options, None, at_baseline=False)


def _derive_grade(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    """The baseline is the last value at the baseline visits;
    at one of these a result is graded by the limits of normal.
    """
    visits = options.get("baseline_visits") or ()
    visits = (visits,) if isinstance(visits, str) else tuple(visits)
    if now.visit in visits:
        return _grade_of(now, options, dict.fromkeys(_BASELINE), at_baseline=True)
    earlier = [one for one in before if one.visit in visits and one.values.get("value") is not None]
    baseline = _baseline_of(earlier[-1], now, options) if earlier else None
    return _grade_of(now, options, baseline, at_baseline=False)


def _baseline_of(then: Observation, now: Observation, options: Mapping[str, Any]) -> Mapping[str, float | None]:
    """An earlier record's result and its limits of normal as a baseline, in the unit of the result to be graded."""
    asked, analyte = _asked(now, options, EDITIONS[options["version"]])
    own = {name: then.values.get("unit") or then.units.get(part) for name, part in _BASELINE.items()}
    baseline = Observation(
        then.day,
        then.visit,
        then.occurrence,
        {name: then.values.get(part) for name, part in _BASELINE.items()},
        units={name: unit for name, unit in own.items() if unit},
    )
    substance = analyte or (asked[0].analytes[0] if asked else "")
    return _in_one_unit(baseline, tuple(_BASELINE), _unit_of(now, options), substance)


def _unit_of(now: Observation, options: Mapping[str, Any]) -> str | None:
    """The unit of a result: what the record says, else its item's, else the protocol's."""
    return now.values.get("unit") or now.units.get("value") or options.get("unit")


_MEASURED = tuple(one for one in terms() if measured(one, "5.0") or measured(one, "6.0"))
_ANALYTES = tuple(dict.fromkeys(analyte for one in _MEASURED for analyte in terms()[one].analytes))


def _number(meaning: str, *, required: bool = False) -> Port:
    return Port("decimal", meaning, required=required, any_unit=True)


_RESULT = {
    "value": _number("the result", required=True),
    "unit": Port("text", "its unit, where the record names one; otherwise the item's", required=False),
    "lln": _number("lower limit of normal"),
    "uln": _number("upper limit of normal"),
    "baseline": _number("the result before treatment"),
    "baseline_lln": _number("lower limit of normal at baseline, where it differs"),
    "baseline_uln": _number("upper limit of normal at baseline, where it differs"),
    "baseline_state": Port(
        "code",
        "the baseline against its limits, where that was judged",
        codes=("low", "normal", "high"),
        required=False,
    ),
    "symptoms": Port("boolean", "symptoms or consequences, or an intervention indicated", required=False),
    "anticoagulation": Port("boolean", "on anticoagulants (INR)", required=False),
    "term": Port("code", "the term to grade, where the record names it", required=False),
    "analyte": Port("code", "what was measured, where the record names it", required=False),
}
_GRADED = {
    "grade": Port("code", "the grade, 0 to 4", codes=GRADES),
    "grade_number": Port("integer", "the same as a number"),
    "term": Port("text", "the term that is graded, when there is a grade above 0 or only one term"),
    "reason_en": Port("text", "what is to be said about it, in English"),
    "reason_zh": Port("text", "what is to be said about it, in Chinese"),
}
_CHOICES = {
    "term": Option("text", "the term to grade", codes=_MEASURED),
    "analyte": Option("text", "what is measured: graded under each of its terms, the worst counts", codes=_ANALYTES),
    "direction": Option("text", "of an analyte, only the terms of low or of high values", codes=("low", "high")),
    "unit": Option("text", "the unit of the result, where neither item nor record has one"),
    "unknown_symptoms": Option(
        "text",
        "the reading where a grade turns on symptoms that nobody recorded",
        codes=("worse", "milder"),
        default="worse",
    ),
}
BASELINE_VISITS = Option("visits", "the visits whose last value is the baseline")

METHODS = {
    "ctcae_lab_grade": Method(
        "ctcae_lab_grade",
        both(
            "CTCAE grade of a laboratory result, with its baseline looked up",
            "实验室检查结果的CTCAE分级（自动取基线值）",
        ),
        SOURCE,
        _derive_grade,
        inputs=_RESULT,
        outputs=_GRADED,
        options={**_CHOICES, "baseline_visits": BASELINE_VISITS},
        versions=tuple(EDITIONS),
        looks_back=True,
    ),
    "ctcae_lab_row_grade": Method(
        "ctcae_lab_row_grade",
        both("CTCAE grade of one laboratory result among many rows", "多行实验室结果中单项结果的CTCAE分级"),
        SOURCE,
        _derive_row,
        inputs=_RESULT,
        outputs=_GRADED,
        options=_CHOICES,
        versions=tuple(EDITIONS),
    ),
}
"""What a form may ask for."""
