"""When a compiled trial is looked at, by what statistic, and what stops it there: the design clause and the primary
analysis.

Boundaries and sizes are those of `equipoise.design`; nothing is planned here. A two-sided design stops for harm beyond
its lower boundary; a one-sided one for futility, whether the boundary binds or not: a boundary that is given is
followed.
"""

from __future__ import annotations

import math

from equipoise.design.spec import Design
from equipoise.estimands import Analysis
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.sizes.survival import SurvivalPlan
from equipoise.protocol.document import Protocol
from equipoise.simulation.trials.parts import PlannedLook, Statistic
from equipoise.simulation.words import refuse
from equipoise.units import days_to_months
from equipoise.wording import Text

__all__ = ["confidence_of", "make_looks", "primary_analysis", "statistic_of"]


def primary_analysis(protocol: Protocol, endpoint: str) -> Analysis | None:
    """The test that the design plans for: the primary analysis of its endpoint; None when none is planned."""
    return next((a for a in protocol.analyses if a.endpoint == endpoint and a.role == "primary"), None)


def statistic_of(protocol: Protocol, analysis: Analysis | None, notes: list[Text]) -> Statistic:
    """What the looks decide by. Raises Refusal for a method that no look can decide by."""
    if analysis is None:
        notes.append(
            Text(
                en="no primary analysis of the endpoint is planned: a log-rank test",
                zh="未计划该终点的主要分析：采用对数秩检验",
            )
        )
        return Statistic("logrank", stratified=bool(protocol.randomization.stratify_by.value))
    stratified = is_stratified(protocol, analysis, notes)
    pairs = tuple((w.rho, w.gamma) for w in analysis.weights)
    if any(w.kind != "fleming_harrington" for w in analysis.weights):
        refuse("simulation.statistic/weights", f"analyses.{analysis.id}", analysis=analysis.id)
    if analysis.method == "logrank":
        pairs = pairs or (((analysis.rho, analysis.gamma),) if analysis.rho or analysis.gamma else ())
        return Statistic("weighted" if pairs else "logrank", stratified, pairs[:1])
    if analysis.method == "maxcombo":
        notes.append(
            Text(
                en="the greatest of several statistics is held against the boundary planned for one: read the type I "
                "error beside the power",
                zh="多个统计量的最大值与为单一统计量计划的界值相比：解读检验效能时请同时查看I类错误",
            )
        )
        return Statistic("maxcombo", stratified, pairs or ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)))
    if analysis.method == "cox":
        return Statistic("cox", stratified)
    if analysis.method in ("rmst", "milestone"):
        days = analysis.tau_days if analysis.method == "rmst" else next(iter(analysis.at_days), None)
        if stratified:
            notes.append(
                Text(
                    en=f"analysis {analysis.id} is stratified; it is simulated without strata",
                    zh=f"分析{analysis.id}为分层分析；模拟时不分层",
                )
            )
        return Statistic(analysis.method, months=None if days is None else days_to_months(days))
    refuse("simulation.statistic", f"analyses.{analysis.id}", analysis=analysis.id, method=analysis.method)


def is_stratified(protocol: Protocol, analysis: Analysis, notes: list[Text]) -> bool:
    """Whether the analysis goes by strata; simulated strata are those of randomization."""
    factors = protocol.randomization.stratify_by.value
    if analysis.strata and set(analysis.strata) != set(factors):
        others = ", ".join(factors) or "–"
        notes.append(
            Text(
                en=f"analysis {analysis.id} has strata of its own; simulated are those of randomization: {others}",
                zh=f"分析{analysis.id}另有分层；模拟采用随机化的分层：{others}",
            )
        )
    return bool(analysis.strata) and bool(factors)


def confidence_of(protocol: Protocol, design: Design) -> tuple[float, Analysis | None]:
    """The level of the estimate's interval: that of the Cox analysis of the endpoint; else as the test is sized."""
    found = [a for a in protocol.analyses if a.endpoint == design.endpoint and a.method == "cox" and a.subgroup is None]
    ranked = sorted(
        found, key=lambda a: ("primary", "secondary").index(a.role) if a.role in ("primary", "secondary") else 2
    )
    if ranked:
        return ranked[0].confidence, ranked[0]
    return 1 - design.alpha.value * (2 if design.sides.value == 1 else 1), None


def make_looks(plan: DesignPlan, design: Design, statistic: Statistic) -> tuple[PlannedLook, ...]:
    """The looks of the design, at whole numbers of events, each after the one before."""
    boundaries = plan.boundaries
    final = plan.stated_events or plan.required_events
    if plan.stated_events is None and isinstance(plan.planned, SurvivalPlan):
        final = math.ceil(plan.planned.events - 1e-6)
    assert final is not None
    for_harm = design.futility is not None and design.futility.value.under_null is not None
    looks: list[PlannedLook] = []
    for place, fraction in enumerate(boundaries.fractions):
        events = max(1, round(fraction * final), (looks[-1].events or 0) + 1 if looks else 1)
        upper, lower = boundaries.upper[place], boundaries.lower[place]
        below = lower if math.isfinite(lower) else None
        last = place == boundaries.looks - 1
        harm = below if boundaries.sides == 2 or for_harm else None
        futility = None if harm is not None or last else below
        looks.append(
            PlannedLook(
                events=events,
                efficacy=upper if math.isfinite(upper) else None,
                futility=futility,
                harm=harm,
                statistic=statistic,
            )
        )
    return tuple(looks)
