"""Results of simulating the protocol, as `equipoise simulate --out` leaves them, read for the comparison in the
document.

Only what belongs to this protocol is taken: results of another version are refused with a Finding. Reads, and simulates
nothing. What simulates the design's own assumptions has the kind `design`; other scenarios assume other things, and are
told beside.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equipoise.findings import Where
from equipoise.reports.design_document.words import phrase, refuse, unreadable
from equipoise.words import trouble_of

__all__ = ["FILE", "Estimate", "Scene", "SimulationResults", "read_simulated"]

FILE = "simulation.json"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A simulated number with its Monte Carlo standard error."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Scene:
    """What the simulated trials of one scenario gave; `reject` and `accept` have one value for each look.

    `kind`: `design`, or `scenario`. `label`: in English and in Chinese. `bias`: of the log hazard ratio. None: not
    told.
    """

    scenario: str
    label: tuple[str, str]
    kind: str
    trials: int
    finished: bool
    power: Estimate
    reject: tuple[Estimate, ...]
    accept: tuple[Estimate, ...]
    events: Estimate | None
    participants: Estimate | None
    duration: Estimate | None
    bias: Estimate | None
    coverage: Estimate | None


@dataclass(frozen=True, slots=True)
class SimulationResults:
    """All simulated scenarios, and the probability of rejecting if the null hypothesis holds (on
    the side of benefit)."""

    seed: int
    scenes: tuple[Scene, ...]
    type_one_error: Estimate | None

    @property
    def of_design(self) -> Scene | None:
        """The trials that assume what the design assumes, if they were simulated."""
        return next((scene for scene in self.scenes if scene.kind == "design"), None)


def read_simulated(path: Path, digest: str, looks: int) -> SimulationResults:
    """The results at `path` (a file, or the folder that holds it), simulated from this protocol.

    Raises Unreadable when there are none, and Refusal when they are another protocol's or have other looks.
    """
    file = path / FILE if path.is_dir() else path
    where = Where(str(file))
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        trouble = trouble_of(error) if isinstance(error, OSError) else phrase("not_json")
        unreadable("simulation.unreadable", where, trouble=trouble, file=FILE)
    try:
        found = _read(data)
        whose = str(data["protocol"]["digest"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, KeyError):
            unreadable("simulation.form/missing", where, name=str(error))
        unreadable("simulation.form", where)
    if whose != digest:
        refuse("simulation.other_protocol", where, theirs=whose[:12], ours=digest[:12])
    other = next((scene for scene in found.scenes if len(scene.reject) != looks), None)
    if other is not None:
        refuse("simulation.other_looks", where, scenario=other.scenario, theirs=len(other.reject), ours=looks)
    return found


def _read(data: Any) -> SimulationResults:
    scenes = tuple(_scene(one) for one in data["scenarios"])
    if not scenes:
        raise ValueError("no scenario was simulated")
    error = data.get("type_one_error")
    return SimulationResults(int(data["seed"]), scenes, _estimate(error) if error else None)


def _scene(one: Any) -> Scene:
    label, estimate = one.get("label") or {}, one.get("estimate") or {}

    def known(among: Any, name: str) -> Estimate | None:
        return _estimate(among[name]) if among.get(name) else None

    return Scene(
        scenario=str(one["scenario"]),
        label=(str(label.get("en", one["scenario"])), str(label.get("zh", one["scenario"]))),
        kind=str(one.get("kind", "scenario")),
        trials=int(one["trials"]),
        finished=bool(one.get("finished", True)),
        power=_estimate(one["power"]),
        reject=tuple(_estimate(look["reject"]) for look in one["looks"]),
        accept=tuple(_estimate(look["accept"]) for look in one["looks"]),
        events=known(one, "events"),
        participants=known(one, "participants"),
        duration=known(one, "duration"),
        bias=known(estimate, "bias"),
        coverage=known(estimate, "coverage"),
    )


def _estimate(data: Any) -> Estimate:
    value, error = float(data["value"]), float(data["error"])
    if not (math.isfinite(value) and math.isfinite(error) and error >= 0):
        raise ValueError("an estimate is finite, and so is its error")
    return Estimate(value, error)
