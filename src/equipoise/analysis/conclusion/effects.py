"""The effect in the measure of the design's margin: its limits at a confidence, and how far it lies from the null.

Each is the planned method's own estimate where that is in the measure of the margin; of hazards it is Cox's model with
the strata of the plan, and of a ratio of proportions the score statistic. The statistic is the one whose limits they
are, so that limit and p-value never contradict one another.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from equipoise.analysis.conclusion.question import Question

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis

__all__ = ["MeasuredEffect", "measure_effect"]

_NEAR, _FAR = 1e-6, 8.0
"""Standard errors within which an estimate is the null itself, but for rounding (0.5 - 0.6 is not -0.1), and beyond
which a limit is not looked for."""


@dataclass(frozen=True, slots=True)
class MeasuredEffect:
    """Estimate and limits (None where there is none), and `z`: how far the estimate lies from the null, positive on the
    side of the benefit."""

    estimate: float | None
    lower: float | None
    upper: float | None
    z: float


def measure_effect(
    question: Question,
    selected: Selected,
    analysis: Analysis,
    group: str | None,
    control: str | None,
    confidence: float,
) -> MeasuredEffect:
    """The effect of `group` against `control` (of everybody, in one arm). Raises Refusal as the method does."""
    if control is not None:
        others = (g for g in selected.groups if g not in (group, control))
        selected = replace(selected, groups=(control, str(group), *others))
    if question.measure == "hazard_ratio":
        return _hazard_ratio(question, selected, analysis, group, confidence)
    if question.measure == "rate_ratio":
        return _rate_ratio(question, selected, group, control, confidence)
    if question.measure == "mean":
        return _one_mean(question, selected, confidence)
    return _by_limits(question, _at_confidence(selected, analysis, group, control), confidence)


def _side(question: Question) -> float:
    return 1.0 if question.benefit == "above" else -1.0


def _hazard_ratio(
    question: Question, selected: Selected, analysis: Analysis, group: str | None, confidence: float
) -> MeasuredEffect:
    from equipoise.analysis.methods.cox import COX

    asked = analysis.model_copy(update={"method": "cox", "confidence": confidence})
    fit = next(p.values for p in COX.perform(selected, asked) if p.values["group"] == group)
    away = (fit["coefficient"] - math.log(question.null)) / fit["standard_error"]
    return MeasuredEffect(fit["hazard_ratio"], fit["ci_lower"], fit["ci_upper"], _side(question) * away)


def _rate_ratio(
    question: Question, selected: Selected, group: str | None, control: str | None, confidence: float
) -> MeasuredEffect:
    from equipoise.estimation import estimate_risk_ratio, risk_ratio_score

    counts = []
    for one in (group, control):
        values = selected.rows.filter(selected.rows["group"] == one)["value"]
        counts += [int(values.sum()), len(values)]
    a, n_a, b, n_b = counts
    found = estimate_risk_ratio(a, n_a, b, n_b, confidence)
    z = _side(question) * risk_ratio_score(a, n_a, b, n_b, question.null)
    return MeasuredEffect(found.estimate, found.lower, found.upper if math.isfinite(found.upper) else None, z)


def _one_mean(question: Question, selected: Selected, confidence: float) -> MeasuredEffect:
    """The mean of the only arm against a number, by Student's t."""
    from scipy.special import ndtri, stdtr, stdtrit

    from equipoise.analysis.words import warning
    from equipoise.findings import Refusal, Where

    values = selected.rows["value"].cast(float)
    n, mean, sd = len(values), float(values.mean()), float(values.std() or 0.0)  # type: ignore[arg-type]
    if n < 2 or not sd > 0:
        raise Refusal(warning("analysis.not_estimated/spread", Where(path="design")))
    error = sd / math.sqrt(n)
    reach = -float(stdtrit(n - 1, (1 - confidence) / 2)) * error
    p = float(stdtr(n - 1, -_side(question) * (mean - question.null) / error))
    return MeasuredEffect(mean, mean - reach, mean + reach, float(-ndtri(p)))


Limits = tuple[float | None, float | None, float | None]


def _at_confidence(
    selected: Selected, analysis: Analysis, group: str | None, control: str | None
) -> Callable[[float], Limits]:
    """The planned method's estimate and limits, as they follow from the confidence."""
    from equipoise.analysis.methods import method_of

    method = method_of(analysis.method)

    def limits(confidence: float) -> Limits:
        pieces = method.perform(selected, analysis.model_copy(update={"confidence": confidence}))
        wanted = "estimate" if control is None else "difference"
        found: dict[str, Any] = next(
            p.values
            for p in pieces
            if p.values.get("quantity") == wanted and (control is None or p.values["group"] == group)
        )
        return found["estimate"], found["ci_lower"], found["ci_upper"]

    return limits


def _by_limits(question: Question, at: Callable[[float], Limits], confidence: float) -> MeasuredEffect:
    """Effect, and the statistic of which these are the limits: the confidence at which one of them meets the null."""
    from scipy.special import erf

    from equipoise.roots import find_root

    estimate, lower, upper = at(confidence)
    if estimate is None or lower is None or upper is None:
        return MeasuredEffect(estimate, lower, upper, math.nan)
    beyond = _side(question) * (estimate - question.null)
    if beyond == 0:
        return MeasuredEffect(estimate, lower, upper, 0.0)
    above = estimate > question.null  # then the lower limit comes nearer to the null as the confidence grows

    def gap(z: float) -> float:
        limit = at(float(erf(z / math.sqrt(2))))[1 if above else 2]
        return (math.inf if limit is None else limit) - question.null

    nearest, farthest = _NEAR, _FAR
    if gap(nearest) == 0 or (gap(nearest) > 0) != above:  # the narrowest interval holds the null: they are one number
        return MeasuredEffect(estimate, lower, upper, 0.0)
    if gap(farthest) * gap(nearest) > 0:
        return MeasuredEffect(estimate, lower, upper, math.copysign(_FAR, beyond))
    z = float(find_root(gap, nearest, farthest, xtol=1e-10))
    return MeasuredEffect(estimate, lower, upper, math.copysign(z, beyond))
