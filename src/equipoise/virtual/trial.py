"""What is the same for everybody in a rehearsal: protocol, scenario, who comes when, and how careful each site is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from equipoise.chance import Stream
from equipoise.design import Distribution, Scenario
from equipoise.design.scenario import Follow, SiteHabits
from equipoise.protocol.document import Protocol
from equipoise.virtual.defaults import SILENT
from equipoise.virtual.dosing import Dosing, dosings_of
from equipoise.virtual.script import Script, script_of
from equipoise.visits import Visit

__all__ = ["Habits", "VirtualTrial", "make_virtual_trial"]

_MOST = {"typing_error": 0.5}


@dataclass(frozen=True, slots=True)
class Habits:
    """How a site works: entries and answers late by so many days on average, shares of what goes otherwise than it
    should.
    """

    late_entry_days: float
    missed_visit: float
    typing_error: float
    outside_window: float
    query_days: float
    queried: float
    deviation: float
    duplicate: float
    wrong_stratum: float


@dataclass(frozen=True, slots=True)
class VirtualTrial:
    """Everything that a life reads and none changes. `until` is the last day on which something is observed.

    `recorded_arms` gives each arm's share when allocations are recorded; None when the desk draws them.
    """

    protocol: Protocol
    scenario: Scenario
    script: Script
    until: date
    habits: Mapping[str, Habits]
    screening_visits: tuple[Visit, ...]
    visits_before_allocation: tuple[Visit, ...]
    visits_after_allocation: tuple[Visit, ...]
    form_of_leaving: tuple[str, str] | None
    recorded_arms: Mapping[str, float] | None
    visit_days: Mapping[str, Distribution]
    follows: Mapping[str, tuple[Follow, ...]]
    arm_of: Callable[[Any, str], str]
    dosings: Mapping[str, tuple[Dosing, ...]]


def make_virtual_trial(
    protocol: Protocol, scenario: Scenario, until: date, seed: int, arm_of: Callable[[Any, str], str]
) -> VirtualTrial:
    """The plan of a rehearsal."""
    places = {visit.id: place for place, visit in enumerate(protocol.visits)}
    randomized_at = places[protocol.randomization.at]
    eligible_at = places[protocol.eligibility.at] if protocol.eligibility else randomized_at
    enrolled_at = _enrolled_at(protocol, eligible_at)
    scheduled = [(places[v.id], v) for v in protocol.visits if v.kind == "scheduled"]
    ratio = protocol.randomization.ratio.value
    recorded = protocol.randomization.scheme.value.kind == "recorded"
    return VirtualTrial(
        protocol,
        scenario,
        script_of(protocol, scenario),
        until,
        {site.id: _habits(scenario, site.id, Stream(seed, "site", site.id)) for site in protocol.sites},
        tuple(v for place, v in scheduled if place <= enrolled_at),
        tuple(v for place, v in scheduled if enrolled_at < place <= randomized_at),
        tuple(v for place, v in scheduled if place > randomized_at),
        _form_of_leaving(protocol, scenario),
        {arm: weight / sum(ratio.values()) for arm, weight in ratio.items()} if recorded else None,
        {visit: how.value for visit, how in scenario.visit_days.items()},
        {
            form: tuple(one for one in scenario.follows if one.after == form)
            for form in {f.after for f in scenario.follows}
        },
        arm_of,
        dosings_of(protocol, scenario),
    )


def _enrolled_at(protocol: Protocol, otherwise: int) -> int:
    return next((place for place, visit in enumerate(protocol.visits) if "enroll" in visit.act), otherwise)


def _habits(scenario: Scenario, site: str, stream: Stream) -> Habits:
    """The site's own numbers where the scenario has them; else the scenario's, with each site between half and twice as
    careful as the others."""
    sloppiness = math.exp(stream.normal(0, 0.0, 0.35))
    own = scenario.sites[site].value if site in scenario.sites else SiteHabits()
    found: dict[str, float] = {}
    for name, default in SILENT.items():
        given = getattr(scenario, name)
        value = getattr(own, name)
        if value is None:
            said = given.value if given is not None else default
            value = said * sloppiness
            if not name.endswith("_days"):
                value = min(value, max(said, _MOST.get(name, 0.9)))
        found[name] = value
    return Habits(**found)


def _form_of_leaving(protocol: Protocol, scenario: Scenario) -> tuple[str, str] | None:
    """Visit and form for those who leave: a log form that the scenario describes and no outcome records."""
    recorded = {(one.visit, one.form) for one in scenario.outcomes}
    recorded |= {(one.visit, one.form) for one in scenario.follows}
    for visit in protocol.visits:
        for form in visit.forms if visit.kind == "log" else ():
            described = any(item.id in scenario.items for _, item in protocol.form_by_id[form].all_items())
            if described and (visit.id, form) not in recorded:
                return visit.id, form
    return None
