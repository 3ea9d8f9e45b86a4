"""Estimands and analyses (ICH E9(R1)): what is to be estimated, in whom, against what, and by which method."""

from equipoise.estimands.spec import Analysis, AnalysisSet, Estimand, IntercurrentEvent, LogrankWeight

__all__ = ["Analysis", "AnalysisSet", "Estimand", "IntercurrentEvent", "LogrankWeight"]
