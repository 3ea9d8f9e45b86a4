"""Scores from answers: the mean of a scale's items, laid between 0 and 100, when at least half of them were answered.

Fayers et al., EORTC QLQ-C30 Scoring Manual, 3rd ed. 2001; summary score: Giesinger et al. 2016, J Clin Epidemiol 69:79;
a change of 10 points: Osoba et al. 1998, J Clin Oncol 16:139 (textbook knowledge, not checked against the sources;
scores are held to PROscorer's formula in `tests/reference/test_quality_of_life.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from equipoise.medicine.quality_of_life.scales import Instrument, ScoredScale, instrument_of

__all__ = ["NOT_IN_SUMMARY", "Change", "change_of", "score_answers", "score_scale", "summary_score"]

NOT_IN_SUMMARY = ("ql", "fi")
"""Scales of the QLQ-C30 that its summary score leaves out."""

Change = Literal["better", "stable", "worse"]


def score_scale(scale: ScoredScale, answers: Mapping[int, int | None]) -> float | None:
    """0 to 100, or None when less than half of the items were answered. An answer out of range counts as none."""
    given = [
        answer
        for item in scale.items
        if (answer := answers.get(item)) is not None and scale.lowest <= answer <= scale.highest
    ]
    if not given or 2 * len(given) < len(scale.items):
        return None
    share = (sum(given) - len(given) * scale.lowest) / (len(given) * (scale.highest - scale.lowest))
    return 100 * (1 - share) if scale.kind == "function" else 100 * share


def score_answers(instrument: str | Instrument, answers: Mapping[int, int | None]) -> dict[str, float | None]:
    """All scales of a questionnaire from its answers by item number; the QLQ-C30 with its `summary`."""
    of = instrument if isinstance(instrument, Instrument) else instrument_of(instrument)
    scores = {scale.id: score_scale(scale, answers) for scale in of.scales}
    return scores | {"summary": summary_score(scores)} if of.id == "qlq_c30" else scores


def summary_score(scores: Mapping[str, float | None]) -> float | None:
    """The mean of 13 scales of the QLQ-C30, symptoms turned round; None unless all of them are there."""
    parts = []
    for scale in instrument_of("qlq_c30").scales:
        if scale.id in NOT_IN_SUMMARY:
            continue
        score = scores.get(scale.id)
        if score is None:
            return None
        parts.append(score if scale.high_is_good else 100 - score)
    return sum(parts) / len(parts)


def change_of(
    score: float | None, baseline: float | None, *, high_is_good: bool, threshold: float = 10.0
) -> Change | None:
    """Whether a score is better or worse than the baseline by the threshold or more; None without both."""
    if score is None or baseline is None:
        return None
    gained = score - baseline if high_is_good else baseline - score
    if abs(gained) < threshold - 1e-9:
        return "stable"
    return "better" if gained > 0 else "worse"
