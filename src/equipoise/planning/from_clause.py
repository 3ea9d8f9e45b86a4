"""What the design clause of a protocol assumes, in the terms of the numerical core: courses, arrivals, boundaries,
benefit.

Says nothing about size. Months; hazards per month; the hazard ratio is experimental over control.
"""

from __future__ import annotations

import math
from typing import get_args

from equipoise.design.direction import benefit_of, margin_of
from equipoise.design.spec import Accrual, Design, Hazard
from equipoise.planning.sequential.group_sequential import Sequential, plan_sequential
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms
from equipoise.planning.sizes.logrank_worth import SurvivalMethod
from equipoise.planning.words import phrase
from equipoise.wording import bare

__all__ = [
    "METHODS",
    "arrivals_of",
    "benefit_of",
    "boundaries_of",
    "control_of",
    "course_of",
    "margin_of",
    "method_of",
    "two_arms",
]

METHODS: tuple[SurvivalMethod, ...] = get_args(SurvivalMethod)


def course_of(hazard: Hazard, dropout: float = 0.0, cured: float = 0.0) -> SurvivalCourse:
    """A survival curve as hazards. Median and points are of everybody, so that those who are not cured fare worse.

    Raises ValueError when more are cured than survive at the point given.
    """
    if hazard.per_month:
        return SurvivalCourse((0.0, *hazard.cuts_months), hazard.per_month, dropout, cured)
    if hazard.median_months is not None:
        share, months = 0.5, hazard.median_months
    else:
        assert hazard.survival is not None
        assert hazard.at_months is not None
        share, months = hazard.survival, hazard.at_months
    if cured >= share:
        raise ValueError(phrase("course.cured_too_many", cured=cured, share=share, months=months))
    return SurvivalCourse.constant(-math.log((share - cured) / (1 - cured)) / months, dropout, cured)


def control_of(design: Design) -> SurvivalCourse:
    """The control arm's course. The design states `control`."""
    assert design.control is not None
    return course_of(design.control.value, bare(design.dropout_per_month) or 0.0, bare(design.cured) or 0.0)


def two_arms(design: Design, ratio: float) -> TwoArms:
    """Both arms' courses. The design states `control` and `hazard_ratio`;
    dropout and cure are the same in both arms."""
    assert design.hazard_ratio is not None
    control, delay = control_of(design), bare(design.delay_months) or 0.0
    assumed = design.hazard_ratio.value
    treated = control.times((1.0, assumed), (0.0, delay)) if delay else control.times((assumed,))
    return TwoArms(control, treated, ratio)


def arrivals_of(accrual: Accrual) -> Arrivals:
    """The clause's periods of accrual."""
    return Arrivals.over(accrual.months, accrual.per_month)


def method_of(design: Design) -> SurvivalMethod:
    """As stated; Lakatos where the effect begins late, Schoenfeld otherwise."""
    return design.method or ("lakatos" if bare(design.delay_months) else "schoenfeld")


def boundaries_of(design: Design) -> Sequential:
    """The planned boundaries. Raises ValueError, in one sentence, when there are none with these errors and looks."""
    fractions = tuple(look.information for look in design.looks.value) if design.looks else (1.0,)
    several = len(fractions) > 1
    return plan_sequential(
        alpha=design.alpha.value,
        power=design.power.value,
        sides=design.sides.value,
        fractions=fractions,
        efficacy=bare(design.spending) if several else None,
        futility=bare(design.futility) if several else None,
        hazard_ratio=bare(design.hazard_ratio),
        null_ratio=margin_of(design) if design.hazard_ratio is not None else 1.0,
    )
