"""A simulation of a protocol: its scenarios, the null hypothesis, and power against the effect, with what each came to.

Everything is compiled and judged before the first trial. What an interruption leaves is returned, and says that it is
not all. The same request gives the same digits whatever computes it, and is answered from the cache when it was
answered before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from equipoise.cache import Cache
from equipoise.canonical import digest
from equipoise.design import Design, Scenario
from equipoise.findings import Finding, Refusal
from equipoise.planning.design_plan import DesignPlan
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.simulation.cache import Simulated
from equipoise.simulation.compile import (
    Compiled,
    compile_design,
    compile_scenario,
    most_events_of,
    null_effect,
    under_effect,
    under_null,
    under_ratio,
    without_futility,
)
from equipoise.simulation.compile.framing import DESIGN, Places
from equipoise.simulation.compile.kinds import People, Population, drawn_from, people_described
from equipoise.simulation.trials.characteristics import Characteristics, derive_characteristics
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.totals import Totals
from equipoise.simulation.words import finding, refuse
from equipoise.simulation.workers import Workers, check_size
from equipoise.virtual.defaults import scenario_of
from equipoise.wording import Text, bare

__all__ = ["SimulatedScenario", "SimulationRun", "chosen", "run_simulation"]

Progress = Callable[[int, int], None]
_CURVE = 9


@dataclass(frozen=True, slots=True)
class SimulatedScenario:
    """One setup and what its trials came to; `finished` when all that were asked for are counted."""

    compiled: Compiled
    setup: Setup
    characteristics: Characteristics
    finished: bool
    from_cache: bool


@dataclass(frozen=True, slots=True)
class SimulationRun:
    """All that was simulated. `null`: the first scenario if the null hypothesis holds. `curve`: it under other hazard
    ratios.
    """

    protocol: Protocol
    protocol_digest: str
    plan: DesignPlan
    workers: Workers
    scenarios: tuple[SimulatedScenario, ...]
    null: SimulatedScenario | None
    curve: tuple[SimulatedScenario, ...]
    finished: bool


def chosen(protocol: Protocol, names: Sequence[str]) -> list[str]:
    """The scenarios asked for; all of the protocol's, and the design's own assumptions first, when none is named.

    Raises Refusal with a Finding for each that there is not.
    """
    known = [scenario.id for scenario in protocol.scenarios]
    if not names:
        return [*([] if DESIGN in known else [DESIGN]), *known] if known else [DESIGN, ""]
    listed = tuple(dict.fromkeys([*known, DESIGN]))
    wrong = [
        finding("simulation.unknown_scenario", f"scenarios.{name}", name=name, known=listed)
        for name in dict.fromkeys(names)
        if name not in listed
    ]
    if wrong:
        raise Refusal(wrong)
    return list(dict.fromkeys(names))


def run_simulation(
    protocol: Protocol,
    names: Sequence[str],
    workers: Workers,
    *,
    where: Places | None = None,
    cache: Cache | None = None,
    with_curve: bool = False,
    progress: Progress | None = None,
    preparing: Progress | None = None,
    compiling: Callable[[], None] | None = None,
) -> SimulationRun:
    """Compile the scenarios named and simulate them. `progress` tells (trials done, trials in all), `preparing` the
    drawing of virtual participants; `compiling` is called where kernels are compiled first, which takes a while.

    Raises Refusal for what cannot be simulated, before anything is.
    """
    before = Simulated(cache or Cache(None))
    mark = protocol_digest(protocol)
    compiled = _compile_all(protocol, chosen(protocol, names), where, before, preparing)
    null = _under_null(compiled[0])
    curve = _curve(compiled[0], protocol.design) if with_curve else []
    jobs = [*compiled, null, *curve]
    if too_much := check_size([job.setup for job in jobs], workers):
        raise Refusal(too_much)
    if workers.gpu:
        if compiled[0].setup.response is not None:
            refuse("simulation.device/response", "device")
        from equipoise.simulation.device import need_device

        need_device()
    results: dict[int, SimulatedScenario] = {}
    for place, job in enumerate(jobs):
        if compiling is not None and _compiles(job.setup, workers, before):
            compiling()
            compiling = None
        result = _simulated(
            job, workers, before, _shifted(progress, place * workers.trials, len(jobs) * workers.trials)
        )
        if result.characteristics.trials:
            results[place] = result
        if not result.finished:
            break
    count = len(compiled)
    return SimulationRun(
        protocol,
        mark,
        compiled[0].plan,
        workers,
        tuple(results[k] for k in range(count) if k in results),
        results.get(count),
        tuple(results[k] for k in range(count + 1, len(jobs)) if k in results),
        len(results) == len(jobs) and all(result.finished for result in results.values()),
    )


def _compile_all(
    protocol: Protocol,
    names: Sequence[str],
    where: Places | None,
    before: Simulated,
    preparing: Progress | None,
) -> list[Compiled]:
    """Every scenario, or every Finding. The design's own assumptions are left out when it says too little for them."""
    compiled: list[Compiled] = []
    found: list[Finding] = []
    populations = _Kept(before, protocol)
    own = {scenario.id: scenario for scenario in protocol.scenarios}
    for name in names:
        try:
            if name == DESIGN and DESIGN not in own:
                from_design = compile_design(protocol, where=where)
                compiled += [from_design] if from_design is not None else []
                continue
            scenario, supposed = scenario_of(protocol, name or None)
            one = compile_scenario(protocol, scenario, where=where, populations=populations, progress=preparing)
            about = () if name else tuple(Text(en=said.in_("en"), zh=said.in_("zh")) for said in supposed)
            compiled.append(replace(one, notes=(*about, *one.notes)))
        except Refusal as refusal:
            found += [finding for finding in refusal.findings if finding not in found]
    if found:
        raise Refusal(found)
    if not compiled:
        refuse("simulation.incomplete", where("design") if where else "design")
    return compiled


class _Kept:
    """Populations found before, in this run or an earlier one: scenarios mostly describe the same people."""

    def __init__(self, before: Simulated, protocol: Protocol) -> None:
        self._before, self._drawn_from = before, digest(drawn_from(protocol).model_dump_json())
        self._here: dict[str, Population] = {}
        self.people = People()

    def _name(self, scenario: Scenario, rules: Sequence[str]) -> dict[str, str]:
        people = digest(people_described(scenario).model_dump_json())
        return {"protocol": self._drawn_from, "people": people, "rules": digest(list(rules))}

    def find(self, scenario: Scenario, rules: Sequence[str]) -> Population | None:
        name = self._name(scenario, rules)
        return self._here.get(digest(name)) or self._before.population_of(name)

    def keep(self, scenario: Scenario, rules: Sequence[str], population: Population) -> None:
        name = self._name(scenario, rules)
        self._here[digest(name)] = population
        self._before.keep_population(name, population)


def _under_null(compiled: Compiled) -> Compiled:
    """The null hypothesis; where futility does not bind, as if nobody followed it,
    which is what alpha is promised for."""
    setup = under_null(compiled.setup)
    if compiled.plan.boundaries.binding or all(look.futility is None for look in setup.looks):
        return replace(compiled, setup=setup)
    note = Text(
        en="the type I error is that of trials that go on in spite of futility, which does not bind",
        zh="I类错误按不遵守（非约束性）无效界值、继续进行的试验计算",
    )
    return replace(compiled, setup=without_futility(setup), notes=(*compiled.notes, note))


def _curve(compiled: Compiled, design: Design | None) -> list[Compiled]:
    """The scenario under effects from that of the null hypothesis to a third beyond the assumed one, but those whose
    events never come, and rates that cannot be.
    """
    if compiled.setup.response is not None:
        return _curve_of_effects(compiled, design)
    assumed = bare(design.hazard_ratio) if design is not None else None
    null = compiled.setup.null_ratio
    true = compiled.setup.true_ratio
    effect = assumed if true is None or math.isclose(true, null) else true
    if effect is None:
        return []
    span = math.log(effect / null)
    setups = [under_ratio(compiled.setup, null * math.exp(span * k / (_CURVE - 3))) for k in range(_CURVE)]
    wanted = max(look.events or 0 for look in compiled.setup.looks)
    return [replace(compiled, setup=setup) for setup in setups if most_events_of(setup) >= wanted]


def _curve_of_effects(compiled: Compiled, design: Design | None) -> list[Compiled]:
    """The same of rates and means: differences, or the rate or mean of the only arm."""
    setup = compiled.setup
    response = setup.response
    assert response is not None
    null, effect = null_effect(setup), response.truth
    clause = None if design is None else design.rates or design.means
    if math.isclose(effect, null, abs_tol=1e-9) and clause is not None:
        effect = clause.experimental.value - (0.0 if setup.one_arm else clause.control.value)
    found = []
    for k in range(_CURVE):
        wanted = null + (effect - null) * k / (_CURVE - 3)
        changed = under_effect(setup, wanted)
        # A rate that had to stop at 0 or 1 is another effect than the one asked for.
        if changed.response is not None and math.isclose(changed.response.truth, wanted, abs_tol=1e-9):
            found.append(replace(compiled, setup=changed))
    return found


def _shifted(progress: Progress | None, done: int, total: int) -> Callable[[int], None] | None:
    return None if progress is None else lambda n: progress(done + n, total)


def _compiles(setup: Setup, workers: Workers, before: Simulated) -> bool:
    """Whether this setup waits for a compiler: it is simulated here, and kernels of its kind were not compiled yet."""
    if workers.gpu or workers.address is not None or before.totals_of(setup, workers.seed, workers.trials) is not None:
        return False
    from equipoise.simulation.trials.compiling import compiled_before

    return not compiled_before("play_chunk" if setup.response is None else "play_responses")


def _simulated(
    job: Compiled, workers: Workers, before: Simulated, progress: Callable[[int], None] | None
) -> SimulatedScenario:
    """The job's trials, from the cache or computed as the workers do."""
    setup, trials = job.setup, workers.trials
    totals = before.totals_of(setup, workers.seed, trials)
    known = totals is not None
    if totals is None:
        totals = _count(setup, workers, progress)
        before.keep_totals(setup, workers.seed, trials, totals)
    elif progress is not None:
        progress(trials)
    return SimulatedScenario(job, setup, derive_characteristics(setup, totals), totals.trials == trials, known)


def _count(setup: Setup, workers: Workers, progress: Callable[[int], None] | None) -> Totals:
    if workers.gpu:
        from equipoise.simulation.device import simulate_on_device

        return simulate_on_device(setup, workers.trials, workers.seed, progress=progress)
    if workers.address is not None:
        from equipoise.simulation.cluster import simulate_on_cluster

        return simulate_on_cluster(setup, workers.trials, workers.seed, workers.address, progress=progress)
    from equipoise.simulation.trials.running import simulate

    return simulate(setup, workers.trials, workers.seed, threads=workers.threads, progress=progress)
