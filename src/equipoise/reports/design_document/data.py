"""Every number of a design as JSON data: `design.json`, and what `equipoise design --json` prints.

Keys are stable: one may be added, none changes its meaning (`docs/how-to/design.md` lists them). Numbers are unrounded;
what is not there, or not finite, is null. Months, hazards per month; a hazard ratio is experimental to control.
"""

from __future__ import annotations

import math
from dataclasses import asdict, is_dataclass
from typing import Any

from equipoise import __version__
from equipoise.planning.appraisal import Appraisal
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.safety import plan_safety
from equipoise.planning.sizes.survival import SurvivalPlan
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.reports.design_document.simulated import SimulationResults

__all__ = ["FORMAT", "design_data"]

FORMAT = 1
"""The version of the form: changes when a key changes its meaning or goes."""


def design_data(
    protocol: Protocol, plan: DesignPlan, appraisal: Appraisal, simulated: SimulationResults | None = None
) -> dict[str, Any]:
    """The design as nested data of dicts, lists, strings, numbers and None."""
    study, rule = protocol.study, plan.boundaries
    assert protocol.design is not None
    return {
        "format": FORMAT,
        "software": {"name": "equipoise", "version": __version__},
        "protocol": {
            "id": study.id,
            "version": study.version,
            "date": study.date,
            "digest": protocol_digest(protocol),
        },
        "assumed": protocol.design.model_dump(mode="json", exclude_none=True, exclude_defaults=True),
        "endpoint": plan.endpoint,
        "kind": plan.kind,
        "question": plan.question,
        "ratio": plan.ratio,
        "margin": plan.margin,
        "benefit": plan.benefit,
        "alpha": rule.alpha,
        "sides": rule.sides,
        "required": _trial(plan.required, plan.required_participants, plan.required_events),
        "stated": {
            "participants": plan.stated_participants,
            "events": plan.stated_events,
            "power": protocol.design.power.value,
        },
        "planned": _trial(plan.planned, None, None),
        "assessment": _assessment(plan),
        "power": plan.power,
        "boundaries": {
            "binding": rule.binding,
            "drift": _plain(rule.drift),
            "inflation": _plain(rule.inflation),
            "expected_h0": _plain(rule.expected_h0),
            "expected_h01": _plain(rule.expected_h01),
            "expected_h1": _plain(rule.expected_h1),
        },
        "looks": _plain(appraisal.looks),
        "power_by_look": _plain(appraisal.power_by_look),
        "power_at_round_effects": _plain(appraisal.power_at_round_effects),
        "months": _plain(plan.outlook),
        "interim": _plain(appraisal.interim),
        "prior": _plain(appraisal.belief),
        "sensitivity": _plain(plan.sensitivity),
        "alternatives": _plain(appraisal.alternatives),
        "methods": _plain(appraisal.methods),
        "delays_months": _plain(appraisal.delays),
        "rival_tests": _plain(appraisal.rival_tests),
        "safety": [_plain(plan_safety(rule)) for rule in protocol.safety_rules],
        "simulated": _plain(simulated),
        "findings": [finding.as_data() for finding in plan.findings],
    }


def _trial(plan: Any, participants: int | None, events: int | None) -> dict[str, Any] | None:
    """The numbers of one trial, without its looks (they stand by themselves). `whole_*`: rounded up to people and
    events.
    """
    if plan is None:
        return {"whole_events": events} if events is not None else None
    found = {key: value for key, value in asdict(plan).items() if key not in ("looks", "arrivals")}
    if isinstance(plan, SurvivalPlan):
        found |= {"accrual_months": plan.arrivals.end, "follow_up": plan.follow_up}
    if participants is not None:
        found |= {"whole_participants": participants, "whole_events": events}
    return {key: _plain(value) for key, value in found.items()}


def _assessment(plan: DesignPlan) -> dict[str, Any] | None:
    """Of rates and means: how many join, when they are assessed, how many still are, and the months of it all."""
    found = plan.attendance
    if found is None:
        return None
    arrivals = found.arrivals
    return {
        "participants": plan.participants,
        "months": found.months,
        "share": found.share,
        "accrual_months": arrivals.end if arrivals is not None else None,
        "last_month": found.assessed,
        "duration": found.duration,
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
