"""Quality of life by the questionnaires of EORTC: scale scores from answers, and what a change means.

Item numbers and answers only: the wording of the items is EORTC's copyright and stands nowhere here. Knows no trial.
"""

from equipoise.medicine.quality_of_life.scales import INSTRUMENTS, Instrument, ScoredScale
from equipoise.medicine.quality_of_life.scoring import change_of, score_answers, score_scale, summary_score

__all__ = [
    "INSTRUMENTS",
    "Instrument",
    "ScoredScale",
    "change_of",
    "score_answers",
    "score_scale",
    "summary_score",
]
