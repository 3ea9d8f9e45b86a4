"""Compiling: the protocol's accrual, screening, strata, scheme, endpoint, looks and analysis, and a scenario's hazards.

`compile_scenario` says besides what had to be supposed. `compile_design` gives the trial as the design clause assumes
it, so that simulated and computed numbers can be compared. Raises Refusal for what cannot be simulated, before any
trial.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from equipoise.design import Design, Scenario
from equipoise.endpoints import Endpoint, TimeToEvent
from equipoise.findings import Where
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.from_clause import arrivals_of, two_arms
from equipoise.planning.of_protocol import plan_design
from equipoise.protocol.document import Protocol
from equipoise.simulation.compile.courses import cured_shares, make_course, relevant_rules
from equipoise.simulation.compile.decisions import (
    confidence_of,
    is_stratified,
    make_looks,
    primary_analysis,
    statistic_of,
)
from equipoise.simulation.compile.endpoint_events import find_parts
from equipoise.simulation.compile.framing import (
    DESIGN,
    DESIGN_LABEL,
    Compiled,
    Places,
    Populations,
    arms_of,
    arrivals_in,
    by_path,
    design_strata,
    find_kinds,
    give_up,
    numbered,
    place_of,
    population_notes,
    scheme_for,
)
from equipoise.simulation.compile.kinds import Population
from equipoise.simulation.compile.responses import compile_response, compile_response_design
from equipoise.simulation.compile.variations import most_events_of
from equipoise.simulation.trials.parts import Cell, Screening
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.words import refuse
from equipoise.virtual.defaults import LEAVING
from equipoise.wording import Text, bare

__all__ = ["compile_design", "compile_scenario", "compile_setup"]


def compile_setup(protocol: Protocol, scenario: Scenario) -> Setup:
    """The setup alone."""
    return compile_scenario(protocol, scenario).setup


def compile_scenario(
    protocol: Protocol,
    scenario: Scenario,
    *,
    where: Places | None = None,
    populations: Populations | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Compiled:
    """The trial of the protocol's design in this scenario.

    `where(*path)` finds the place of a part of the protocol; `populations` are those found before; `progress` tells how
    many virtual participants were drawn.
    """
    where = where or by_path
    design, endpoint, plan = _planned(protocol, where)
    here = place_of(protocol, scenario, where)
    if not isinstance(endpoint, TimeToEvent):
        return compile_response(protocol, scenario, plan, endpoint, where, here, populations, progress)
    control, experimental = arms_of(protocol)
    if not scenario.outcomes:
        refuse("simulation.no_outcomes", here, scenario=scenario.id)
    parts = find_parts(protocol, scenario, endpoint)
    events = tuple(o.id for o in scenario.outcomes if parts[o.id].event > 0)
    if not events:
        refuse("simulation.no_events", here, scenario=scenario.id, endpoint=endpoint.id)
    rules = relevant_rules(scenario.outcomes, parts)
    population = find_kinds(protocol, scenario, rules, (control, experimental), populations, progress)
    withdrawal = LEAVING * (bare(scenario.withdrawal_per_month) or 0.0)
    strata = sorted({kind.levels for kind in population.kinds})
    cells: list[Cell] = []
    for kind in population.kinds:
        for share, luck, cured in cured_shares(scenario.outcomes, parts):
            courses = [
                make_course(
                    scenario.outcomes,
                    parts,
                    arm,
                    lambda rule, a=place, k=kind: k.says[rules.index(rule)][a],  # type: ignore[misc]
                    withdrawal,
                    (luck, cured),
                    here,
                )
                for place, arm in enumerate((control, experimental))
            ]
            levels = numbered(kind.levels, strata)
            cells.append(Cell(kind.share * share, courses[0], courses[1], strata.index(kind.levels), levels))
    notes = population_notes(scenario, population)
    arrivals = arrivals_in(scenario, population, here)
    setup = _assemble(protocol, design, plan, tuple(_normed(cells)), arrivals, notes, here)
    _expect_events(setup, scenario.id, here)
    return Compiled(scenario.id, scenario.label, setup, plan, population, events, tuple(notes))


def compile_design(protocol: Protocol, *, where: Places | None = None) -> Compiled | None:
    """The trial exactly as the design clause assumes it, without strata or screening; None when it says too little."""
    where = where or by_path
    design, endpoint, plan = _planned(protocol, where)
    if not isinstance(endpoint, TimeToEvent):
        return compile_response_design(protocol, plan, endpoint, where)
    if design.control is None or design.accrual is None or plan.ratio is None:
        return None
    arms = two_arms(design, plan.ratio)
    notes, levels = design_strata(protocol)
    cell = Cell(1.0, arms.control, arms.experimental, 0, levels)
    arrivals = Screening(arrivals_of(design.accrual.value))
    setup = _assemble(protocol, design, plan, (cell,), arrivals, notes, where("design"))
    _expect_events(setup, DESIGN, where("design"))
    return Compiled(DESIGN, DESIGN_LABEL, setup, plan, Population(()), (), tuple(notes), of_design=True)


def _planned(protocol: Protocol, where: Places) -> tuple[Design, Endpoint, DesignPlan]:
    """The design, its endpoint and its numbers. Raises Refusal when they cannot be simulated."""
    plan = plan_design(protocol, where)
    design = protocol.design
    assert design is not None
    endpoint = next(e for e in protocol.endpoints if e.id == design.endpoint)
    if not isinstance(endpoint, TimeToEvent):
        return design, endpoint, plan
    if not endpoint.events:
        refuse("simulation.endpoint/duration", where("design", "endpoint"), endpoint=endpoint.id)
    if plan.benefit == "above":
        refuse("simulation.direction", where("design", "hazard_ratio"))
    return design, endpoint, plan


def _normed(cells: list[Cell]) -> list[Cell]:
    """Shares that add up to one to the last bit but one."""
    total = math.fsum(cell.share for cell in cells)
    return [replace(cell, share=cell.share / total) for cell in cells]


def _assemble(
    protocol: Protocol,
    design: Design,
    plan: DesignPlan,
    cells: tuple[Cell, ...],
    arrivals: Screening,
    notes: list[Text],
    where: Where,
) -> Setup:
    analysis = primary_analysis(protocol, design.endpoint)
    statistic = statistic_of(protocol, analysis, notes)
    confidence, cox = confidence_of(protocol, design)
    participants = plan.stated_participants or plan.required_participants
    if participants is None:
        refuse("simulation.participants", where)
    ratio = Fraction(plan.ratio or 1.0).limit_denominator(100)
    scheme = scheme_for(protocol, plan.ratio, cells, notes)
    try:
        return Setup(
            # Scenarios of one protocol share their random numbers: what differs between them is not chance.
            name=protocol.study.id,
            participants=participants,
            arrivals=arrivals,
            cells=cells,
            looks=make_looks(plan, design, statistic),
            ratio=(ratio.denominator, ratio.numerator),
            scheme=scheme,
            null_ratio=plan.margin,
            estimate_stratified=is_stratified(protocol, cox, []) if cox else statistic.stratified,
            true_ratio=_true_ratio(cells),
            confidence=confidence,
        )
    except ValueError as trouble:
        give_up(trouble, where)


def _true_ratio(cells: tuple[Cell, ...]) -> float | None:
    """The hazard ratio when it is one number at all times and of everybody."""
    from equipoise.planning import TwoArms

    found = [TwoArms(c.control, c.experimental).hazard_ratio for c in cells if any(c.control.hazards)]
    known = [ratio for ratio in found if ratio is not None]
    if not known or len(known) < len(found) or max(known) > min(known) * (1 + 1e-9):
        return None
    return known[0]


def _expect_events(setup: Setup, name: str, where: Where) -> None:
    """Refuse a trial that never comes to its last look, and say how many events it can expect at most."""
    wanted = max(look.events or 0 for look in setup.looks)
    most = most_events_of(setup)
    if most < wanted:
        numbers = {"events": wanted, "participants": setup.participants, "most": most}
        refuse("simulation.never_reached", where, scenario=name, **numbers)
