"""Every method of analysis: one module each, which ends in its declaration."""

from __future__ import annotations

from equipoise.analysis.methods.cox import COX
from equipoise.analysis.methods.cumulative_incidence import CUMULATIVE_INCIDENCE
from equipoise.analysis.methods.interaction import INTERACTION
from equipoise.analysis.methods.kaplan_meier import KAPLAN_MEIER
from equipoise.analysis.methods.logrank import LOGRANK
from equipoise.analysis.methods.maxcombo import MAXCOMBO
from equipoise.analysis.methods.mean import MEAN
from equipoise.analysis.methods.method import AnalysisMethod, GroupNames
from equipoise.analysis.methods.milestone import MILESTONE
from equipoise.analysis.methods.proportion import PROPORTION
from equipoise.analysis.methods.proportional_hazards import PROPORTIONAL_HAZARDS
from equipoise.analysis.methods.reverse_kaplan_meier import REVERSE_KAPLAN_MEIER
from equipoise.analysis.methods.rmst import RMST

__all__ = ["METHODS", "AnalysisMethod", "GroupNames", "method_of"]

METHODS: tuple[AnalysisMethod, ...] = (
    KAPLAN_MEIER,
    LOGRANK,
    MAXCOMBO,
    COX,
    INTERACTION,
    RMST,
    MILESTONE,
    REVERSE_KAPLAN_MEIER,
    PROPORTIONAL_HAZARDS,
    CUMULATIVE_INCIDENCE,
    PROPORTION,
    MEAN,
)
"""To add one: declare what a plan may ask of it in `estimands`, write its module here, and name it."""

_BY_ID = {method.id: method for method in METHODS}


def method_of(name: str) -> AnalysisMethod:
    """The method of that name, as a result names it."""
    return _BY_ID[name]
