"""Which function performs each method that a protocol may plan: a selection and its analysis in, results out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from equipoise.analysis.comparisons import compare_by_logrank, estimate_hazard_ratios, test_proportionality
from equipoise.analysis.curves import (
    estimate_curves,
    estimate_follow_up_time,
    estimate_incidences,
    estimate_milestones,
    estimate_restricted_means,
)
from equipoise.analysis.quantities import compare_means, compare_proportions
from equipoise.analysis.weighting import compare_by_combination

if TYPE_CHECKING:
    from equipoise.analysis.parts import Part
    from equipoise.analysis.selection import Selection
    from equipoise.estimands import Analysis

__all__ = ["METHODS"]

METHODS: Mapping[str, Callable[[Selection, Analysis], list[Part]]] = {
    "kaplan_meier": estimate_curves,
    "reverse_kaplan_meier": estimate_follow_up_time,
    "logrank": compare_by_logrank,
    "maxcombo": compare_by_combination,
    "cox": estimate_hazard_ratios,
    "proportional_hazards": test_proportionality,
    "rmst": estimate_restricted_means,
    "milestone": estimate_milestones,
    "cumulative_incidence": estimate_incidences,
    "proportion": compare_proportions,
    "mean": compare_means,
}
