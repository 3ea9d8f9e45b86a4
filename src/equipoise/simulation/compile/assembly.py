"""Compiling: the protocol's accrual, screening, strata, scheme, endpoint, looks and analysis, and a scenario's hazards.

`compile_scenario` says besides what had to be supposed. `compile_design` gives the trial as the design clause assumes
it, so that simulated and computed numbers can be compared. Raises Refusal for what cannot be simulated, before any
trial.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NoReturn
from typing import Protocol as Interface

from equipoise.design import Design, Scenario
from equipoise.endpoints import TimeToEvent
from equipoise.findings import Where
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.from_clause import arrivals_of, two_arms
from equipoise.planning.of_protocol import plan_design
from equipoise.protocol.document import Protocol
from equipoise.randomization.spec import SchemeSpec
from equipoise.simulation.compile.courses import cured_shares, make_course, relevant_rules
from equipoise.simulation.compile.decisions import (
    confidence_of,
    is_stratified,
    make_looks,
    primary_analysis,
    statistic_of,
)
from equipoise.simulation.compile.endpoint_events import find_parts
from equipoise.simulation.compile.kinds import People, Population, find_population
from equipoise.simulation.compile.variations import most_events_of
from equipoise.simulation.trials.parts import Cell, Screening, SimulatedScheme
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.words import phrase, refuse
from equipoise.virtual.defaults import LEAVING
from equipoise.wording import Text, bare
from equipoise.words import Phrase

__all__ = ["DESIGN", "Compiled", "Places", "compile_design", "compile_scenario", "compile_setup"]

DESIGN = "design"
"""The name under which the design's own assumptions are simulated, unless a scenario of the protocol has it."""
Places = Callable[..., Where]


class Populations(Interface):
    """Where populations are kept, and who was drawn last for one."""

    people: People

    def find(self, scenario: Scenario, rules: Sequence[str]) -> Population | None:
        """That of the scenario, by these rules, if it was found before."""

    def keep(self, scenario: Scenario, rules: Sequence[str], population: Population) -> None:
        """Remember it."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A setup, the scenario that it came from, and what was supposed on the way, in words."""

    id: str
    label: Text
    setup: Setup
    plan: DesignPlan
    population: Population
    events: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()


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
    where = where or _by_path
    design, endpoint, plan = _planned(protocol, where)
    control, experimental = _arms(protocol)
    here = _place(protocol, scenario, where)
    if not scenario.outcomes:
        refuse("simulation.no_outcomes", here, scenario=scenario.id)
    parts = find_parts(protocol, scenario, endpoint)
    events = tuple(o.id for o in scenario.outcomes if parts[o.id].event > 0)
    if not events:
        refuse("simulation.no_events", here, scenario=scenario.id, endpoint=endpoint.id)
    rules = relevant_rules(scenario.outcomes, parts)
    population = populations.find(scenario, rules) if populations is not None else None
    if population is None:
        people = populations.people if populations is not None else None
        population = find_population(protocol, scenario, rules, (control, experimental), progress, people)
        if populations is not None:
            populations.keep(scenario, rules, population)
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
            levels = _numbered(kind.levels, strata)
            cells.append(Cell(kind.share * share, courses[0], courses[1], strata.index(kind.levels), levels))
    notes = _notes(scenario, population)
    try:
        arrivals = Screening(
            arrivals_of(scenario.accrual.value),
            high_risk=scenario.share_of_approached,
            eligible=population.eligible,
            failure=bare(scenario.screen_failure) or 0.0,
        )
    except ValueError as trouble:
        _give_up(trouble, here)
    setup = _assemble(protocol, design, plan, tuple(_normed(cells)), arrivals, notes, here)
    _expect_events(setup, scenario.id, here)
    return Compiled(scenario.id, scenario.label, setup, plan, population, events, tuple(notes))


def compile_design(protocol: Protocol, *, where: Places | None = None) -> Compiled | None:
    """The trial exactly as the design clause assumes it, without strata or screening; None when it says too little."""
    where = where or _by_path
    design, _, plan = _planned(protocol, where)
    if design.control is None or design.accrual is None or plan.ratio is None:
        return None
    arms = two_arms(design, plan.ratio)
    factors = protocol.randomization.stratify_by.value
    cell = Cell(1.0, arms.control, arms.experimental, 0, (0,) * len(factors))
    arrivals = Screening(arrivals_of(design.accrual.value))
    notes = [Text(en="the design assumes no strata: one stratum", zh="设计未假设分层：视为单一层")] if factors else []
    label = Text(en="As the design assumes", zh="按设计假设")
    setup = _assemble(protocol, design, plan, (cell,), arrivals, notes, where("design"))
    _expect_events(setup, DESIGN, where("design"))
    return Compiled(DESIGN, label, setup, plan, Population(()), (), tuple(notes))


def _by_path(*path: str | int) -> Where:
    return Where(path=".".join(map(str, path)))


def _place(protocol: Protocol, scenario: Scenario, where: Places) -> Where:
    ids = [known.id for known in protocol.scenarios]
    return where("scenarios", ids.index(scenario.id)) if scenario.id in ids else where("scenarios")


def _planned(protocol: Protocol, where: Places) -> tuple[Design, TimeToEvent, DesignPlan]:
    """The design, its endpoint and its numbers. Raises Refusal when they cannot be simulated."""
    plan = plan_design(protocol, where)
    design = protocol.design
    assert design is not None
    endpoint = next(e for e in protocol.endpoints if e.id == design.endpoint)
    if not isinstance(endpoint, TimeToEvent) or plan.ratio is None:
        place = where("design", "endpoint")
        refuse("simulation.endpoint", place, endpoint=endpoint.id, kind=endpoint.kind)
    if not endpoint.events:
        refuse("simulation.endpoint/duration", where("design", "endpoint"), endpoint=endpoint.id)
    if plan.benefit == "above":
        refuse("simulation.direction", where("design", "hazard_ratio"))
    return design, endpoint, plan


def _arms(protocol: Protocol) -> tuple[str, str]:
    """Control and experimental: a design that could be planned has one of each."""
    control, experimental = (
        next(arm.id for arm in protocol.arms if arm.role == role) for role in ("control", "experimental")
    )
    return control, experimental


def _numbered(levels: tuple[str, ...], strata: list[tuple[str, ...]]) -> tuple[int, ...]:
    """Each level's number among the levels of its factor."""
    return tuple(sorted({s[f] for s in strata}).index(level) for f, level in enumerate(levels))


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
    scheme = _scheme(protocol.randomization.scheme.value, protocol.randomization.stratify_by.value, notes)
    if scheme.kind == "minimization" and not cells[0].levels:
        notes.append(
            Text(en="minimization has no factor here: complete randomization", zh="此处最小化无因素：采用完全随机")
        )
        scheme = SimulatedScheme("complete")
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
        _give_up(trouble, where)


def _true_ratio(cells: tuple[Cell, ...]) -> float | None:
    """The hazard ratio when it is one number at all times and of everybody."""
    from equipoise.planning import TwoArms

    found = [TwoArms(c.control, c.experimental).hazard_ratio for c in cells if any(c.control.hazards)]
    known = [ratio for ratio in found if ratio is not None]
    if not known or len(known) < len(found) or max(known) > min(known) * (1 + 1e-9):
        return None
    return known[0]


def _scheme(spec: SchemeSpec, factors: tuple[str, ...], notes: list[Text]) -> SimulatedScheme:
    match spec.kind:
        case "permuted_blocks":
            return SimulatedScheme("permuted_blocks", sizes=spec.sizes)
        case "minimization":
            weights = tuple(spec.weights.get(name, 1.0) for name in factors)
            return SimulatedScheme("minimization", p=spec.p, measure=spec.measure, weights=weights)
        case "big_stick":
            return SimulatedScheme("big_stick", limit=spec.limit)
        case "recorded":
            notes.append(
                Text(
                    en="allocations were made elsewhere: complete randomization is simulated",
                    zh="分配在系统外完成：模拟采用完全随机",
                )
            )
    return SimulatedScheme("complete")


def _notes(scenario: Scenario, population: Population) -> list[Text]:
    notes = []
    if population.how == "drawn":
        notes.append(
            Text(
                en=f"shares of strata and risk groups were counted among {population.drawn} virtual participants",
                zh=f"各层与风险组的占比由{population.drawn}名虚拟受试者计数得出",
            )
        )
    elif population.how == "exact":
        notes.append(Text(en="shares of strata and risk groups are exact", zh="各层与风险组的占比为精确值"))
    if scenario.withdrawal_per_month:
        notes.append(
            Text(
                en=f"{LEAVING:.0%} of those who withdraw leave follow-up, as in a rehearsal",
                zh=f"退出者中{LEAVING:.0%}不再随访，与演练一致",
            )
        )
    return notes


def _expect_events(setup: Setup, name: str, where: Where) -> None:
    """Refuse a trial that never comes to its last look, and say how many events it can expect at most."""
    wanted = max(look.events or 0 for look in setup.looks)
    most = most_events_of(setup)
    if most < wanted:
        numbers = {"events": wanted, "participants": setup.participants, "most": most}
        refuse("simulation.never_reached", where, scenario=name, **numbers)


def _give_up(trouble: ValueError, where: Where) -> NoReturn:
    """Refuse what no setup can be, for the reason that the setup gave."""
    given = trouble.args[0] if trouble.args else None
    refuse("simulation.impossible", where, reason=given if isinstance(given, Phrase) else phrase("setup.other"))
