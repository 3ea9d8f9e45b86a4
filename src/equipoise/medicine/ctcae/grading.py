"""The grade of one result, worked out limit by limit as a reader would, and what has to be said about it.

Three answers: a grade, no grade and why, or a grade with a note (no lower than; as if symptomatic; in a gap of the
criteria). Nothing is guessed about a baseline: without one a result counts as of a person whose baseline was not
abnormal, and a note says so. `frames.py` does the same for a million results; `tests/twins/test_ctcae_twins.py` holds
the two together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from equipoise.medicine.ctcae.criteria import (
    Limit,
    Version,
    conversion_of,
    intervals_of,
    limits_in,
    measured,
)
from equipoise.medicine.ctcae.terms import Term, term_of
from equipoise.medicine.ctcae.words import NOTES, REASONS
from equipoise.medicine.nearness import EQUAL
from equipoise.wording.literals import literals_checked

__all__ = ["BaselineState", "Grade", "LabResult", "grade_result"]

BaselineState = Literal["low", "normal", "high"]


@literals_checked
@dataclass(frozen=True, slots=True)
class LabResult:
    """One result and what its grade may rest on, all in one unit. `baseline_state` overrules a comparison with limits.

    `symptoms`: signs, symptoms or consequences of it, or an intervention indicated. None is: not known.
    """

    value: float | None
    unit: str | None = None
    lln: float | None = None
    uln: float | None = None
    baseline: float | None = None
    baseline_lln: float | None = None
    baseline_uln: float | None = None
    baseline_state: BaselineState | None = None
    symptoms: bool | None = None
    anticoagulation: bool | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """0 to 4, or None where it cannot be known; `notes` are codes of `words.NOTES`, in their order."""

    term: str
    grade: int | None
    notes: tuple[str, ...] = ()

    def reason(self, language: str) -> str:
        """What is to be said about it, in one of the languages; empty when nothing is."""
        return " ".join(REASONS[note][language] for note in self.notes)


@literals_checked
def grade_result(
    term: str | Term, version: Version, result: LabResult, *, analyte: str | None = None, assume_symptoms: bool = True
) -> Grade:
    """The grade of a result under that term. Where it turns on symptoms that nobody recorded, the worse or the milder
    reading.

    `analyte` says what was measured when the term can be graded from several; it matters only to conversions of unit.
    """
    known = term if isinstance(term, Term) else term_of(term)
    if known is None or not measured(known.id, version):
        return Grade(term if isinstance(term, str) else term.id, None, ("not_in_version",))
    value = result.value
    if value is None or math.isnan(value):
        return Grade(known.id, None, ("value_missing",))
    if math.isinf(value) or value < 0:
        return Grade(known.id, None, ("value_invalid",))
    into = conversion_of(known.id, version, result.unit, analyte or known.analytes[0])
    if isinstance(into, str):
        return Grade(known.id, None, (into,))
    unit, factor, offset = into
    x, lln, uln, base, base_lln, base_uln = (
        math.nan if number is None or not math.isfinite(number) else number * factor + offset
        for number in (value, result.lln, result.uln, result.baseline, result.baseline_lln, result.baseline_uln)
    )
    notes = set[str]()
    if lln > uln or lln < 0 or uln <= 0:
        lln = uln = math.nan
        notes.add("limits_invalid")
    if base <= 0:
        base = math.nan
        notes.add("baseline_invalid")
    if base_lln > base_uln or base_lln < 0 or base_uln <= 0:
        base_lln = base_uln = math.nan
        notes.add("limits_invalid")
    facts = _Facts(x, {"absolute": 1.0, "lln": lln, "uln": uln, "baseline": base})
    high = _is_high(result.baseline_state, base, uln if math.isnan(base_uln) else base_uln)
    low = _is_low(result.baseline_state, base, lln if math.isnan(base_lln) else base_lln)
    conditions = {
        "": True,
        "baseline_high": high is True,
        "baseline_not_high": high is not True,
        "baseline_low": low is True,
        "baseline_not_low": low is not True,
        "symptoms": assume_symptoms if result.symptoms is None else result.symptoms,
        "anticoagulation": result.anticoagulation is True,
    }
    limits = limits_in(known.id, version, unit)
    grade, said = _highest([one for one in limits if conditions[one.when]], facts)
    notes |= said
    if result.symptoms is None:
        with_symptoms = _highest([one for one in limits if one.when == "symptoms" or conditions[one.when]], facts)[0]
        without = _highest([one for one in limits if one.when != "symptoms" and conditions[one.when]], facts)[0]
        if with_symptoms != without:
            notes.add("symptoms_assumed")
    whens = {one.when for one in limits}
    if ("baseline_high" in whens and high is None and grade) or ("baseline_low" in whens and low is None):
        notes.add("baseline_missing")
    for interval in intervals_of(known.id, version, unit):
        if _above(x, interval.above) and _above(interval.below, x):
            notes.add(interval.kind)
            grade = None if interval.kind == "ungraded" else grade
    return Grade(known.id, grade, tuple(note for note in NOTES if note in notes))


@dataclass(frozen=True, slots=True)
class _Facts:
    """The value and what limits are multiples of; what is missing is not a number."""

    value: float
    of: dict[str, float]

    def passed(self, limit: Limit) -> tuple[bool | None, set[str]]:
        """Whether the limit is passed (None: not known), and what was missing."""
        answers = [_beyond(self.value, limit.bound, limit.limit * self.of[limit.of] + limit.plus)]
        missing: set[str] = {limit.of} if answers[0] is None else set()
        if limit.also:
            reference = "uln" if limit.also == "above_uln" else "lln"
            answers.append(_beyond(self.value, ">" if reference == "uln" else "<", self.of[reference]))
            if answers[1] is None:
                missing.add(reference)
        if False in answers:
            return False, set()
        return (None, missing) if None in answers else (True, set())


def _highest(limits: list[Limit], facts: _Facts) -> tuple[int | None, set[str]]:
    """The highest grade whose limit is certainly passed; None when none is and one may be. And what to say about it."""
    answers = [(one, *facts.passed(one)) for one in limits]
    grade = max((one.grade for one, passed, _ in answers if passed), default=0)
    open_ = [(one, missing) for one, passed, missing in answers if passed is None and one.grade > grade]
    notes = {f"{reference}_missing" for _, missing in open_ for reference in missing}
    if any(not (one.skip and missing == {"baseline"}) for one, missing in open_):
        if grade == 0:
            return None, notes
        notes.add("at_least")
    return grade, notes


def _above(x: float, limit: float) -> bool:
    return x - limit > EQUAL * abs(limit) if math.isfinite(limit) else x > limit


def _beyond(x: float, bound: str, limit: float) -> bool | None:
    if math.isnan(limit):
        return None
    if bound == ">":
        return _above(x, limit)
    if bound == "<":
        return limit - x > EQUAL * abs(limit)
    if bound == ">=":
        return not limit - x > EQUAL * abs(limit)
    return not _above(x, limit)


def _is_high(state: BaselineState | None, baseline: float, uln: float) -> bool | None:
    if state is not None:
        return state == "high"
    return None if math.isnan(baseline) else _beyond(baseline, ">", uln)


def _is_low(state: BaselineState | None, baseline: float, lln: float) -> bool | None:
    if state is not None:
        return state == "low"
    return None if math.isnan(baseline) else _beyond(baseline, "<", lln)
