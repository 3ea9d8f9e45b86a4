"""The results of a simulation as data with stable keys: simulation.json, which the design document reads.

Top: `kind`, `version`, `protocol` {study, version, digest}, `software`, `seed` and `trials` asked for, `finished`,
`design` {endpoint, measure, alpha, sides, power, null_ratio, null_effect, events, participants}, `scenarios` (a list,
in the order asked for), `null` (the first scenario if the null hypothesis holds, and nobody follows a futility bound
that does not bind), `type_one_error`, `power_curve` (null unless it was simulated). A scenario: `scenario`, `label`
{en, zh}, `kind` (scenario, design or null), `true_hazard_ratio`, `true_effect`, `trials`, `finished`, `power`, `harm`,
`futility`, `stopped_early`, `missed_events`, `events`, `participants`, `approached`, `duration`, `estimate`
{hazard_ratio, effect, bias, coverage, confidence, standard_deviation, model_error, bounded}, `looks` (a list with
`number`, `planned_events`, `reached`, `reject`, `accept`, `futility`, `harm`, `month`, `events`, `participants`),
`strata`, `notes`. A number with a Monte Carlo error is {value, error}; what cannot be told is null. Months; bias of the
log hazard ratio.

`measure`: hazard_ratio; rate_difference, mean_difference, rate or mean. Of these four the effect is a difference, or
the rate or mean of the only arm, `events` are assessments, and what belongs to a hazard ratio is null.
"""

from __future__ import annotations

import math
from typing import Any

from equipoise import __version__
from equipoise.simulation.compile import null_effect
from equipoise.simulation.run import SimulatedScenario, SimulationRun
from equipoise.simulation.trials.characteristics import AtLook, Measured

__all__ = ["FILE", "computed_power", "simulation_data"]

FILE = "simulation.json"
VERSION = 1


def simulation_data(run: SimulationRun) -> dict[str, Any]:
    """Everything about a run; nothing of how fast or where it was computed, so that equal requests give equal bytes."""
    design = run.protocol.design
    assert design is not None
    null = scenario_data(run.null, "null") if run.null is not None else None
    setup = run.scenarios[0].setup if run.scenarios else None
    looks = setup.looks if setup is not None else ()
    return {
        "kind": "simulation",
        "version": VERSION,
        "protocol": {
            "study": run.protocol.study.id,
            "version": run.protocol.study.version,
            "digest": run.protocol_digest,
        },
        "software": __version__,
        "seed": run.workers.seed,
        "trials": run.workers.trials,
        "finished": run.finished,
        "design": {
            "endpoint": design.endpoint,
            "measure": measure_of(run),
            "alpha": design.alpha.value,
            "sides": design.sides.value,
            "power": run.plan.power,
            "null_ratio": run.plan.margin if setup is None or setup.response is None else None,
            "null_effect": null_effect(setup) if setup is not None and setup.response is not None else None,
            "events": max((look.events or 0 for look in looks), default=None),
            "participants": setup.participants if setup is not None else None,
        },
        "scenarios": [scenario_data(one) for one in run.scenarios],
        "null": null,
        "type_one_error": null["power"] if null is not None else None,
        "power_curve": _curve(run),
    }


def measure_of(run: SimulationRun) -> str:
    """In what the effect is told."""
    kind = run.plan.kind
    if kind == "time_to_event":
        return "hazard_ratio"
    name = "rate" if kind == "binary" else "mean"
    return name if run.plan.ratio is None else f"{name}_difference"


def computed_power(run: SimulationRun) -> list[tuple[float, float]]:
    """(effect, power) as the plan computes it, the effect as the simulation tells it: a hazard ratio, a difference of
    rates or means, or the rate or mean of the only arm."""
    design = run.protocol.design
    assumed = None if design is None else design.rates or design.means
    less = assumed.control.value if assumed is not None and run.plan.ratio is not None else 0.0
    return [(point.effect - less, point.power) for point in run.plan.power_curve]


def scenario_data(one: SimulatedScenario, kind: str | None = None) -> dict[str, Any]:
    """One setup's operating characteristics."""
    found, setup, compiled = one.characteristics, one.setup, one.compiled
    stops = [look.efficacy.value + look.futility.value + look.harm.value for look in found.looks[:-1]]
    stopped = math.fsum(stops)
    population = compiled.population
    return {
        "scenario": compiled.id,
        "label": {"en": compiled.label.en, "zh": compiled.label.zh},
        "kind": kind or ("design" if compiled.of_design else "scenario"),
        "true_hazard_ratio": setup.true_ratio,
        "true_effect": _number(setup.response.truth) if setup.response is not None else None,
        "trials": found.trials,
        "finished": one.finished,
        "power": _measured(found.efficacy),
        "harm": _measured(found.harm),
        "futility": _measured(found.futility),
        "stopped_early": _measured(Measured(stopped, math.sqrt(max(stopped * (1 - stopped), 0.0) / found.trials))),
        "missed_events": _measured(found.missed),
        "events": _measured(found.events),
        "participants": _measured(found.participants),
        "approached": _measured(found.approached),
        "duration": _measured(found.months),
        "estimate": {
            "hazard_ratio": _measured(found.hazard_ratio),
            "effect": _measured(found.effect),
            "bias": _measured(found.bias),
            "coverage": _measured(found.coverage),
            "confidence": setup.confidence,
            "standard_deviation": _number(found.standard_deviation),
            "model_error": _number(found.model_error),
            "bounded": _measured(found.bounded),
        },
        "looks": [
            {"number": k, "planned_events": planned.events, **_look(look)}
            for k, (planned, look) in enumerate(zip(setup.looks, found.looks, strict=True), 1)
        ],
        "strata": {
            "how": population.how,
            "drawn": population.drawn,
            "kinds": [{"levels": list(kind.levels), "share": kind.share} for kind in population.kinds],
        },
        "notes": [{"en": note.en, "zh": note.zh} for note in compiled.notes],
    }


def _look(look: AtLook) -> dict[str, Any]:
    return {
        "reached": _measured(look.reached),
        "reject": _measured(look.efficacy),
        "accept": _measured(look.futility),
        "futility": _measured(look.futility),
        "harm": _measured(look.harm),
        "month": _measured(look.months),
        "events": _measured(look.events),
        "participants": _measured(look.participants),
    }


def _curve(run: SimulationRun) -> dict[str, Any] | None:
    if not run.curve:
        return None
    return {
        "scenario": run.curve[0].compiled.id,
        "points": [
            {
                "hazard_ratio": one.setup.true_ratio,
                "effect": one.setup.response.truth if one.setup.response is not None else None,
                "power": _measured(one.characteristics.efficacy),
                "trials": one.characteristics.trials,
            }
            for one in run.curve
        ],
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _measured(measured: Measured | None) -> dict[str, float] | None:
    if measured is None or not (math.isfinite(measured.value) and math.isfinite(measured.error)):
        return None
    return {"value": measured.value, "error": measured.error}
