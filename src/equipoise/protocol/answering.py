"""Which analyses answer the question of the design: asked when a protocol is checked, and when a result is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.estimands import planned_method

if TYPE_CHECKING:
    from equipoise.design import Design
    from equipoise.estimands import Analysis

__all__ = ["answers_design"]


def answers_design(design: Design, analysis: Analysis) -> bool:
    """Whether it is a primary analysis of the design's endpoint that compares the arms, and all of them that it has.

    A subgroup is not the people that the design counts; a curve, or a check of proportional hazards, concludes nothing.
    """
    return (
        (analysis.role, analysis.endpoint, analysis.by) == ("primary", design.endpoint, "arm")
        and analysis.subgroup is None
        and planned_method(analysis.method).compares
    )
