"""What every compiled trial has, whatever its endpoint: who is compared, how arms are drawn, what was supposed.

Knows neither hazards nor rates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn
from typing import Protocol as Interface

from equipoise.design import Scenario
from equipoise.findings import Where
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.from_clause import arrivals_of
from equipoise.protocol.document import Protocol
from equipoise.randomization.spec import SchemeSpec
from equipoise.simulation.compile.kinds import People, Population, find_population
from equipoise.simulation.trials.parts import Cell, Screening, SimulatedScheme
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.words import phrase, refuse
from equipoise.virtual.defaults import LEAVING
from equipoise.wording import Text, bare
from equipoise.words import Phrase

__all__ = [
    "DESIGN",
    "DESIGN_LABEL",
    "Compiled",
    "Places",
    "Populations",
    "arms_of",
    "arrivals_in",
    "by_path",
    "design_strata",
    "find_kinds",
    "give_up",
    "numbered",
    "place_of",
    "population_notes",
    "scheme_for",
]

DESIGN = "design"
"""The name under which the design's own assumptions are simulated, unless a scenario of the protocol has it."""
DESIGN_LABEL = Text(en="As the design assumes", zh="按设计假设")
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
    """A setup, the scenario that it came from, and what was supposed on the way, in words.

    `of_design`: it is the trial as the design clause assumes it. `events`: the outcomes that are events of the
    endpoint.
    """

    id: str
    label: Text
    setup: Setup
    plan: DesignPlan
    population: Population
    events: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    of_design: bool = False


def by_path(*path: str | int) -> Where:
    """Where a part of a protocol is, when nobody knows lines."""
    return Where(path=".".join(map(str, path)))


def place_of(protocol: Protocol, scenario: Scenario, where: Places) -> Where:
    """Where the scenario stands."""
    ids = [known.id for known in protocol.scenarios]
    return where("scenarios", ids.index(scenario.id)) if scenario.id in ids else where("scenarios")


def arms_of(protocol: Protocol) -> tuple[str, str]:
    """Control and experimental: a design that could be planned has one of each."""
    control, experimental = (
        next(arm.id for arm in protocol.arms if arm.role == role) for role in ("control", "experimental")
    )
    return control, experimental


def numbered(levels: tuple[str, ...], strata: list[tuple[str, ...]]) -> tuple[int, ...]:
    """Each level's number among the levels of its factor."""
    return tuple(sorted({s[f] for s in strata}).index(level) for f, level in enumerate(levels))


def scheme_for(protocol: Protocol, ratio: float | None, cells: Sequence[Cell], notes: list[Text]) -> SimulatedScheme:
    """How arms are drawn; with one arm nothing is."""
    if ratio is None:
        return SimulatedScheme("complete")
    scheme = scheme_of(protocol.randomization.scheme.value, protocol.randomization.stratify_by.value, notes)
    if scheme.kind == "minimization" and not cells[0].levels:
        notes.append(
            Text(en="minimization has no factor here: complete randomization", zh="此处最小化无因素：采用完全随机")
        )
        return SimulatedScheme("complete")
    return scheme


def scheme_of(spec: SchemeSpec, factors: tuple[str, ...], notes: list[Text]) -> SimulatedScheme:
    """The scheme of randomization."""
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


def give_up(trouble: ValueError, where: Where) -> NoReturn:
    """Refuse what no setup can be, for the reason that the setup gave."""
    given = trouble.args[0] if trouble.args else None
    refuse("simulation.impossible", where, reason=given if isinstance(given, Phrase) else phrase("setup.other"))


def design_strata(protocol: Protocol) -> tuple[list[Text], tuple[int, ...]]:
    """What is supposed of the design's own people, and their level of each factor: they are all alike."""
    factors = protocol.randomization.stratify_by.value
    notes = [Text(en="the design assumes no strata: one stratum", zh="设计未假设分层：视为单一层")] if factors else []
    return notes, (0,) * len(factors)


def find_kinds(
    protocol: Protocol,
    scenario: Scenario,
    rules: Sequence[str],
    arms: tuple[str, str],
    populations: Populations | None,
    progress: Callable[[int, int], None] | None,
) -> Population:
    """The kinds of participants of a scenario by these rules: found before, or now, and then kept."""
    if populations is None:
        return find_population(protocol, scenario, rules, arms, progress)
    population = populations.find(scenario, rules)
    if population is None:
        population = find_population(protocol, scenario, rules, arms, progress, populations.people)
        populations.keep(scenario, rules, population)
    return population


def arrivals_in(scenario: Scenario, population: Population, where: Where) -> Screening:
    """Who is approached in a scenario, and who of them joins. Raises Refusal when nobody can."""
    try:
        return Screening(
            arrivals_of(scenario.accrual.value),
            high_risk=scenario.share_of_approached,
            eligible=population.eligible,
            failure=bare(scenario.screen_failure) or 0.0,
        )
    except ValueError as trouble:
        give_up(trouble, where)


def population_notes(scenario: Scenario, population: Population) -> list[Text]:
    """How shares were found, and who leaves."""
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
