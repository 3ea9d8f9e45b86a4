"""Adverse events by the Common Terminology Criteria (CTCAE v5.0, NCI 2017; v6.0, NCI 2025): grades from numbers, and
terms.

Tables as data (`limits.csv`, `intervals.csv`, `terms.csv`, `descriptions.csv`), read once. A grade that needs a
judgement is never made up: what a number alone cannot say is said in a note. Descriptions are in our own words. Knows
no trial.
"""

from equipoise.medicine.ctcae.criteria import VERSIONS, Version
from equipoise.medicine.ctcae.episodes import Episode, Graded, summarize, treatment_emergent
from equipoise.medicine.ctcae.grading import Grade, LabResult, grade_result
from equipoise.medicine.ctcae.terms import Term, describe_grade, term_of, terms_measured_by

__all__ = [
    "VERSIONS",
    "Episode",
    "Grade",
    "Graded",
    "LabResult",
    "Term",
    "Version",
    "describe_grade",
    "grade_result",
    "summarize",
    "term_of",
    "terms_measured_by",
    "treatment_emergent",
]
