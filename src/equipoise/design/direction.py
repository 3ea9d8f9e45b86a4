"""What a design clause tests against, and on which side of it the benefit lies.

Read from the clause alone: the check of a protocol asks it as well as the planning, so that both mean the same.
"""

from __future__ import annotations

from typing import Literal

from equipoise.design.spec import Design

__all__ = ["Benefit", "benefit_of", "margin_of"]

Benefit = Literal["below", "above"]
"""Whether an effect below or above that of the null hypothesis is the benefit."""


def margin_of(design: Design) -> float:
    """The effect of the null hypothesis: of superiority no effect, of non-inferiority the margin."""
    if design.question == "non_inferiority" and design.margin is not None:
        return design.margin.value
    return _none(design)


def benefit_of(design: Design) -> Benefit:
    """On which side of the null hypothesis the benefit lies.

    Of non-inferiority on the side of no effect as seen from the margin; of superiority on the side of the assumed
    effect.
    """
    if design.question == "non_inferiority" and design.margin is not None:
        return "below" if design.margin.value > _none(design) else "above"
    if design.hazard_ratio is not None:
        return "below" if design.hazard_ratio.value < 1 else "above"
    assumed = design.rates or design.means
    if assumed is None:
        return "below"
    return "above" if assumed.experimental.value > assumed.control.value else "below"


def _none(design: Design) -> float:
    """No effect: a ratio of 1, or a difference of 0."""
    by_ratio = design.means is None and (design.rates is None or design.rates.measure == "ratio")
    return 1.0 if by_ratio else 0.0
