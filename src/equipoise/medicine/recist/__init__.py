"""RECIST 1.1 for one participant in plain Python and for thousands in arrays: measurable disease, sums, responses.

Eisenhauer et al. 2009 (Eur J Cancer 45:228) and the EORTC's questions and clarifications on it (recist.eortc.org). Both
tables of the guideline are CSV files here. What it derives stands beside what a person judged and never replaces it.
"""

from equipoise.medicine.recist.best import best_overall_response
from equipoise.medicine.recist.course import Timepoint, derive_course
from equipoise.medicine.recist.frames import derive_courses
from equipoise.medicine.recist.lesions import Assessment, NewLesion, NonTarget, Plan, Target
from equipoise.medicine.recist.measurable import choose_targets, classify_lesion
from equipoise.medicine.recist.tables import overall_response

__all__ = [
    "Assessment",
    "NewLesion",
    "NonTarget",
    "Plan",
    "Target",
    "Timepoint",
    "best_overall_response",
    "choose_targets",
    "classify_lesion",
    "derive_course",
    "derive_courses",
    "overall_response",
]
