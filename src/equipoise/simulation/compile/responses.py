"""Compiling trials of rates and means: what an assessment finds in either arm, by what statistic it is looked at, when.

`compile_response` takes it from a scenario, `compile_response_design` from the design clause, whose numbers count those
who are assessed. Boundaries and sizes are those of the plan; the statistic is the one by which the analysis concludes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from equipoise.design import Design, Scenario
from equipoise.endpoints import Endpoint
from equipoise.estimands import OPTIONS, Analysis
from equipoise.findings import Where
from equipoise.planning import Arrivals, SurvivalCourse
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.from_clause import arrivals_of
from equipoise.protocol.answering import answers_design
from equipoise.protocol.document import Protocol
from equipoise.simulation.compile.assessments import Found, find_found
from equipoise.simulation.compile.framing import (
    DESIGN,
    DESIGN_LABEL,
    Compiled,
    Places,
    Populations,
    arms_of,
    arrivals_in,
    design_strata,
    find_kinds,
    give_up,
    numbered,
    population_notes,
    scheme_for,
)
from equipoise.simulation.compile.kinds import Population
from equipoise.simulation.trials.parts import Cell, PlannedLook, Response, Screening, Shown, Statistic
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.words import refuse
from equipoise.wording import Text, bare

__all__ = ["compile_response", "compile_response_design"]

_METHODS = {"binary": "proportion", "continuous": "mean"}


def compile_response(
    protocol: Protocol,
    scenario: Scenario,
    plan: DesignPlan,
    endpoint: Endpoint,
    where: Places,
    here: Where,
    populations: Populations | None,
    progress: Callable[[int, int], None] | None,
) -> Compiled:
    """The trial of the design in this scenario. Raises Refusal for what its assessments cannot be known of."""
    arms = _arms(protocol, plan)
    population = find_kinds(protocol, scenario, (), arms, populations, progress)
    months = plan.attendance.months if plan.attendance is not None else None
    if months is None:
        months = scenario.follow_up_months.value
    notes = population_notes(scenario, population)
    people = populations.people if populations is not None else None
    found = find_found(protocol, scenario, endpoint, arms, months, here, people, progress)
    strata = sorted({kind.levels for kind in population.kinds})
    cells = tuple(
        Cell(
            kind.share,
            _lost(found.dropout),
            _lost(found.dropout),
            strata.index(kind.levels),
            numbered(kind.levels, strata),
            (found.of(kind.levels, 0), found.of(kind.levels, 1)),
        )
        for kind in population.kinds
    )
    follow_up = scenario.follow_up_months.value
    if follow_up < months - 0.25:
        notes.append(
            Text(
                en=f"follow-up ends {follow_up:g} months after the last participant joined, before the assessment at "
                f"{months:.1f}: the last ones are not counted",
                zh=f"末例入组后随访{follow_up:g}个月即结束，早于第{months:.1f}个月的评估：最后入组者不计入",
            )
        )
    notes += _told(found, cells, plan)
    arrivals = arrivals_in(scenario, population, here)
    setup = _assemble(protocol, plan, endpoint, cells, arrivals, (months, follow_up), notes, where, here)
    _expect_assessed(setup, scenario.id, here)
    return Compiled(scenario.id, scenario.label, setup, plan, population, (), tuple(notes))


def compile_response_design(protocol: Protocol, plan: DesignPlan, endpoint: Endpoint, where: Places) -> Compiled:
    """The trial exactly as the design clause assumes it; without accrual it has no calendar, only an order."""
    design = protocol.design
    assert design is not None
    assert plan.attendance is not None
    assumed = design.rates or design.means
    assert assumed is not None
    values = assumed.control.value, assumed.experimental.value
    sd = design.means.sd.value if design.means is not None else 0.0
    shown = [Shown(rate=v) if design.rates is not None else Shown(mean=v, sd=sd) for v in values]
    notes, levels = design_strata(protocol)
    lost = _lost(bare(design.dropout_per_month) or 0.0)
    cell = Cell(1.0, lost, lost, 0, levels, (shown[0], shown[1]))
    if design.accrual is None:
        notes.append(
            Text(
                en="the design states no accrual: participants come in an order, and neither months nor who has joined "
                "by an interim look are told",
                zh="设计未给出入组速度：受试者仅有先后顺序，不给出月数与期中分析时的入组人数",
            )
        )
    arrivals = Screening(arrivals_of(design.accrual.value)) if design.accrual is not None else None
    when = plan.attendance.months or 0.0, plan.attendance.follow_up
    setup = _assemble(protocol, plan, endpoint, (cell,), arrivals, when, notes, where, where("design"))
    return Compiled(DESIGN, DESIGN_LABEL, setup, plan, Population(()), (), tuple(notes), of_design=True)


def _arms(protocol: Protocol, plan: DesignPlan) -> tuple[str, str]:
    """Control and experimental; the only arm stands for both, and nobody is in the first."""
    return arms_of(protocol) if plan.ratio is not None else (protocol.arms[0].id, protocol.arms[0].id)


def _lost(per_month: float) -> SurvivalCourse:
    """Nothing happens but that people are lost."""
    return SurvivalCourse.constant(0.0, per_month)


def _assemble(
    protocol: Protocol,
    plan: DesignPlan,
    endpoint: Endpoint,
    cells: tuple[Cell, ...],
    arrivals: Screening | None,
    when: tuple[float, float],
    notes: list[Text],
    where: Places,
    here: Where,
) -> Setup:
    """`when`: months from joining to the assessment, and to the end of follow-up."""
    design = protocol.design
    assert design is not None
    analysis = _analysis(protocol, design, endpoint, notes, where)
    participants = plan.participants
    if participants is None:
        refuse("simulation.participants", here)
    parts = Fraction(plan.ratio or 1.0).limit_denominator(100)
    ratio = (0, 1) if plan.ratio is None else (parts.denominator, parts.numerator)
    null = plan.margin
    if plan.ratio is None and (assumed := design.rates or design.means) is not None:
        null = assumed.control.value
    total = math.fsum(cell.share for cell in cells)
    cells = tuple(replace(cell, share=cell.share / total) for cell in cells)
    statistic = _statistic(design, endpoint, one_arm=plan.ratio is None)
    try:
        return Setup(
            name=protocol.study.id,
            participants=participants,
            arrivals=arrivals or Arrivals.over((1.0,), (float(participants),)),
            cells=cells,
            looks=_looks(plan, design, statistic, max(when)),
            ratio=ratio,
            scheme=scheme_for(protocol, plan.ratio, cells, notes),
            confidence=analysis.confidence if analysis is not None else 1 - design.alpha.value * 2 / design.sides.value,
            response=Response(
                months=when[0],
                null=0.0 if statistic.kind == "rates" else null,
                above=plan.benefit == "above",
                truth=_truth(cells, one_arm=plan.ratio is None),
                scale=_scale(design, cells),
                dated=arrivals is not None,
            ),
        )
    except ValueError as trouble:
        give_up(trouble, here)


def _analysis(
    protocol: Protocol, design: Design, endpoint: Endpoint, notes: list[Text], where: Places
) -> Analysis | None:
    """The planned analysis, as far as it is one whose statistic is simulated."""
    method = _METHODS[endpoint.kind]
    for place, analysis in enumerate(protocol.analyses):
        if not answers_design(design, analysis):
            continue
        more = [name for name in OPTIONS if name != "confidence" and getattr(analysis, name)]
        plain = [name for name in more if getattr(analysis, name) != type(analysis).model_fields[name].default]
        if analysis.method != method or plain:
            facts = {"analysis": analysis.id, "method": analysis.method, "wanted": method}
            refuse("simulation.statistic/response", where("analyses", place), **facts)
        return analysis
    notes.append(
        Text(
            en=f"no primary analysis that answers the design is planned: as by the method {method}",
            zh=f"未计划回答设计问题的主要分析：按方法{method}",
        )
    )
    return None


def _statistic(design: Design, endpoint: Endpoint, *, one_arm: bool) -> Statistic:
    """What the analysis concludes by: a test against no difference; against a margin the limits."""
    if endpoint.kind == "continuous":
        return Statistic("mean" if one_arm else "means")
    if one_arm:
        return Statistic("rate")
    if design.question == "superiority":
        return Statistic("rates")
    return Statistic("rate_ratio" if design.rates is not None and design.rates.measure == "ratio" else "rate_limit")


def _looks(plan: DesignPlan, design: Design, statistic: Statistic, last_months: float) -> tuple[PlannedLook, ...]:
    """Interim looks when the planned number has been assessed, the last one at the end of follow-up of the last."""
    boundaries = plan.boundaries
    assert plan.planned is not None
    assessed = plan.planned.participants or 0.0
    for_harm = design.futility is not None and design.futility.value.under_null is not None
    looks: list[PlannedLook] = []
    for place, fraction in enumerate(boundaries.fractions):
        upper, lower = boundaries.upper[place], boundaries.lower[place]
        below = lower if math.isfinite(lower) else None
        last = place == boundaries.looks - 1
        harm = below if boundaries.sides == 2 or for_harm else None
        before = looks[-1].events or 0 if looks else 0
        looks.append(
            PlannedLook(
                events=None if last else max(1, round(fraction * assessed), before + 1),
                after_last=last_months if last else None,
                efficacy=upper if math.isfinite(upper) else None,
                futility=None if harm is not None or last else below,
                harm=harm,
                statistic=statistic,
            )
        )
    return tuple(looks)


def _center(cells: Sequence[Cell], arm: int) -> float:
    """The rate or the mean of those of an arm of whom anything is found."""
    weights = [(cell.share * cell.shown[arm].present, cell.shown[arm].center) for cell in cells if cell.shown]
    return math.fsum(w * c for w, c in weights) / math.fsum(w for w, _ in weights)


def _truth(cells: Sequence[Cell], *, one_arm: bool) -> float:
    return _center(cells, 1) - (0.0 if one_arm else _center(cells, 0))


def _scale(design: Design, cells: Sequence[Cell]) -> float:
    """1 for rates; the assumed standard deviation for means."""
    return design.means.sd.value if design.means is not None and cells[0].shown[0].rate is None else 1.0  # type: ignore[index]


def _told(found: Found, cells: Sequence[Cell], plan: DesignPlan) -> list[Text]:
    """What is found in each arm, and how that is known."""
    binary = cells[0].shown is not None and cells[0].shown[0].rate is not None
    arms = (0, 1) if plan.ratio is not None else (1,)
    if binary:
        said = " / ".join(f"{100 * _center(cells, arm):.1f}%" for arm in arms)
    else:
        said = " / ".join(f"{_center(cells, arm):.3g} (SD {found.spread(arm):.3g})" for arm in arms).replace("-", "−")
    absent = 1 - math.fsum(cell.share * cell.shown[1].present for cell in cells if cell.shown is not None)
    order_en, order_zh = ("control / experimental", "对照组 / 试验组") if len(arms) == 2 else ("the only arm", "单组")
    if found.drawn:
        how = f"counted among {found.drawn} virtual participants", f"由{found.drawn}名虚拟受试者计数得出"
    else:
        how = "exact", "精确值"
    notes = [
        Text(
            en=f"found at the assessment ({order_en}): {said}, {how[0]}",
            zh=f"评估时的结果（{order_zh}）：{said}，{how[1]}",
        )
    ]
    if absent > 0:
        gone = ("visits missed or left", "缺访或离开") if found.drawn else ("visits missed", "缺访")
        notes.append(
            Text(
                en=f"{100 * absent:.1f}% are not assessed ({gone[0]})",
                zh=f"{100 * absent:.1f}%未被评估（{gone[1]}）",
            )
        )
    return notes


def _expect_assessed(setup: Setup, name: str, where: Where) -> None:
    """Refuse a trial whose interim looks are never expected to come."""
    response = setup.response
    assert response is not None
    wanted = max((look.events or 0 for look in setup.looks), default=0)
    share = math.fsum(
        cell.share
        * (cell.shown[1].present if cell.shown is not None else 0.0)
        * math.exp(-cell.experimental.dropout * response.months)
        for cell in setup.cells
    )
    if setup.participants * share < wanted:
        facts = {"assessed": wanted, "participants": setup.participants, "most": setup.participants * share}
        refuse("simulation.never_reached/assessed", where, scenario=name, **facts)
