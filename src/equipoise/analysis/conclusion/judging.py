"""A primary result held against the design: which comparison it judges, by which bound, and what follows.

Superiority is judged by the planned test, on the side of the benefit where the design has one side. Non-inferiority is
judged by the limit of the effect against the margin. At an interim nothing is concluded but whether a boundary was
crossed; at the end of a design with looks its last bound is used, and not alpha.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from equipoise.analysis.conclusion.effects import MeasuredEffect, measure_effect
from equipoise.analysis.conclusion.present_look import PresentLook, ReachedBound
from equipoise.analysis.conclusion.question import Question, question_of
from equipoise.analysis.conclusion.telling import tell
from equipoise.findings import Finding, Refusal
from equipoise.protocol.answering import answers_design

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.datacut import Cut
    from equipoise.estimands import Analysis
    from equipoise.protocol.document import Protocol

__all__ = ["Verdicts", "conclude"]

Verdicts = Literal[
    "shown",
    "not_shown",
    "opposite",
    "differ",
    "crossed",
    "not_crossed",
    "crossed_opposite",
    "futility",
    "harm",
    "no_bound",
    "masked",
    "no_side",
    "not_estimated",
]


@dataclass(frozen=True, slots=True)
class _Compared:
    """The two arms of a comparison, the experimental one first; `turned` when the result has them the other way."""

    group: str | None
    control: str | None
    turned: bool


def conclude(
    cut: Cut,
    protocol: Protocol,
    analysis: Analysis,
    selected: Selected,
    result: Mapping[str, Any],
    look: PresentLook,
) -> tuple[list[dict[str, Any]], tuple[Finding, ...]]:
    """What a result says of each comparison that it judges, as plain data with its words; and what stood in the way.

    Empty for a result that judges nothing: an estimate of one arm among several, or arms that are hidden.
    """
    question = question_of(protocol)
    if question is None or protocol.design is None or not answers_design(protocol.design, analysis):
        return [], ()
    found: list[dict[str, Any]] = []
    notes: tuple[Finding, ...] = ()
    for compared in _comparisons(cut, protocol, selected, result, question):
        judge = _Judge(question, look, masked=cut.arms == "masked")
        try:
            told = judge.of(compared, selected, analysis, result)
        except Refusal as refusal:
            notes += refusal.findings
            told = judge.data(compared, "not_estimated")
        # A model of hazards or a difference gives the measure itself; a test, or a ratio made for this, does not.
        given = "hazard_ratio" in result if question.measure == "hazard_ratio" else question.measure in _GIVEN
        told["words"] = tell({**told, "stated": given}, protocol, look)
        found.append(told)
    return found, notes


def _comparisons(
    cut: Cut, protocol: Protocol, selected: Selected, result: Mapping[str, Any], question: Question
) -> list[_Compared]:
    if question.one_arm:
        return [_Compared(result.get("group"), None, turned=False)] if result.get("quantity") == "estimate" else []
    if cut.arms == "hidden" or len(selected.groups) < 2:
        return []
    roles = {arm.id: arm.role for arm in protocol.arms}
    if result.get("reference"):
        pairs = [(str(result["group"]), str(result["reference"]))]
    elif "groups" not in result:
        return []
    elif len(selected.groups) == 2 or (question.asks == "non_inferiority" and cut.arms == "shown"):
        pairs = [(group, selected.groups[0]) for group in selected.groups[1:]]
    else:
        return [_Compared(None, None, turned=False)]
    return [
        _Compared(control, group, turned=True)
        if (roles.get(group), roles.get(control)) == ("control", "experimental")
        else _Compared(group, control, turned=False)
        for group, control in pairs
    ]


@dataclass(frozen=True, slots=True)
class _Judge:
    question: Question
    look: PresentLook
    masked: bool

    def of(
        self, compared: _Compared, selected: Selected, analysis: Analysis, result: Mapping[str, Any]
    ) -> dict[str, Any]:
        question, bound = self.question, self.look.bound
        if self.masked:
            return self.data(compared, "masked")
        everyone = compared.group is None and not question.one_arm
        if question.benefit is None and (question.sides == 1 or question.asks == "non_inferiority" or question.one_arm):
            return self.data(compared, "no_side")
        if question.asks == "non_inferiority" or question.one_arm:
            level = 1 - 2 * (bound.p if bound is not None else question.alpha_one_sided)
            effect = measure_effect(question, selected, analysis, compared.group, compared.control, level)
            return self._by_limit(compared, effect, level)
        p = result.get("p_value")
        if everyone and p is not None:
            return self.data(compared, self._of_all(p, bound), p_two_sided=p)
        z = _statistic(question, result, compared)
        if z is None:
            return self.data(compared, "not_estimated")
        return self.data(compared, self._by_statistic(z, bound), z=z)

    def _by_limit(self, compared: _Compared, effect: MeasuredEffect, level: float) -> dict[str, Any]:
        """Beyond the null with all of the interval, at the confidence that belongs to the bound."""
        question, bound = self.question, self.look.bound
        near = effect.lower if question.benefit == "above" else effect.upper
        if math.isnan(effect.z) or near is None:
            return self.data(compared, "not_estimated")
        side = 1.0 if question.benefit == "above" else -1.0
        verdict = self._by_statistic(effect.z, bound)
        if bound is not None:
            shown = side * (near - question.null) > 0
            agreed = {"shown": "not_shown", "crossed": "not_crossed"}
            if shown and verdict in agreed.values():
                verdict = "shown" if self.look.final else "crossed"
            elif not shown and verdict in agreed:
                verdict = "not_shown" if self.look.final else "not_crossed"
        return self.data(
            compared,
            verdict,
            z=effect.z,
            estimate=effect.estimate,
            ci_lower=effect.lower,
            ci_upper=effect.upper,
            confidence=level,
        )

    def _by_statistic(self, z: float, bound: ReachedBound | None) -> Verdicts:
        if bound is None:
            return "no_bound"
        final = self.look.final
        if z >= bound.upper:
            return "shown" if final else "crossed"
        if self.question.sides == 2 and z <= -bound.upper:
            return "opposite" if final else "crossed_opposite"
        if bound.lower is not None and z <= bound.lower:
            return bound.lower_is
        return "not_shown" if final else "not_crossed"

    def _of_all(self, p: float, bound: ReachedBound | None) -> Verdicts:
        """A test of several arms at once has no side."""
        if bound is None:
            return "no_bound"
        if p <= 2 * bound.p:
            return "differ" if self.look.final else "crossed"
        return "not_shown" if self.look.final else "not_crossed"

    def data(self, compared: _Compared, verdict: Verdicts, **numbers: float | None) -> dict[str, Any]:
        """What was judged, as results.json has it."""
        from scipy.special import ndtr

        question, bound = self.question, self.look.bound
        z = numbers.get("z")
        return {
            "question": question.asks,
            "measure": question.measure,
            "group": compared.group,
            "reference": compared.control,
            "null": question.null,
            "benefit": question.benefit,
            "sides": question.sides,
            "alpha": question.alpha,
            "estimate": numbers.get("estimate"),
            "ci_lower": numbers.get("ci_lower"),
            "ci_upper": numbers.get("ci_upper"),
            "confidence": numbers.get("confidence"),
            "z": z,
            "p_one_sided": None if z is None else float(ndtr(-z)),
            "p_two_sided": numbers.get("p_two_sided") if z is None else float(2 * ndtr(-abs(z))),
            "bound_z": None if bound is None or not math.isfinite(bound.upper) else bound.upper,
            "bound_p": None if bound is None else bound.p,
            "lower_bound_z": None if bound is None else bound.lower,
            "lower_bound_is": None if bound is None or bound.lower is None else bound.lower_is,
            "binding": bound is not None and bound.binding,
            "verdict": verdict,
        }


_GIVEN = ("rate_difference", "mean_difference", "rate")
# Of these a positive value is more of the event; of the others more without it, or longer without it.
_MORE_EVENTS = ("cox", "cumulative_incidence")


def _statistic(question: Question, result: Mapping[str, Any], compared: _Compared) -> float | None:
    """z of a planned comparison, positive where there is benefit: from its p-value and the side of its estimate."""
    from scipy.special import ndtri

    method = result["method"]
    if method in ("logrank", "maxcombo"):
        away = result.get("z" if method == "logrank" else "greatest_z")  # positive where the second group does better
    else:
        away = result.get("coefficient" if method == "cox" else "estimate")
    if away is None or result.get("p_value") is None:
        return None
    side = math.copysign(1.0, away) if away else 0.0
    if question.measure == "hazard_ratio":
        # The side of the measure of hazards is that of events: fewer of them are benefit "below".
        toward = -1.0 if method in _MORE_EVENTS else 1.0
        side *= toward if question.benefit != "above" else -toward
    elif question.benefit == "below":
        side = -side
    size = max(float(-ndtri(result["p_value"] / 2)), 0.0)
    return (-side if compared.turned else side) * (size if math.isfinite(size) else 38.0)
