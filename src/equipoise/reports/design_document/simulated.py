"""Results of simulating the protocol, as `equipoise simulate --out` leaves them, read for the comparison in the document.

Only what belongs to this protocol is taken: results of another version are refused with a Finding. Reads, and simulates nothing.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equipoise.findings import Finding, Refusal, Unreadable, Where

__all__ = ["FILE", "Estimate", "Simulated", "read_simulated"]

FILE = "simulation.json"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A simulated number with its Monte Carlo standard error."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Simulated:
    """What one scenario's simulated trials gave. `reject` and `accept` have one value for each look."""

    scenario: str
    trials: int
    seed: int
    power: Estimate
    reject: tuple[Estimate, ...]
    accept: tuple[Estimate, ...]
    events: Estimate | None
    participants: Estimate | None
    duration: Estimate | None


def read_simulated(path: Path, digest: str, looks: int) -> Simulated:
    """The first scenario of the results at `path` (a file, or the folder that holds it), simulated from this protocol.

    Raises Unreadable when there are none, and Refusal when they are another protocol's or have other looks.
    """
    file = path / FILE if path.is_dir() else path
    where = Where(str(file))
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = error.strerror or "it cannot be read" if isinstance(error, OSError) else "it is not JSON"
        mend = f"Give the folder that `equipoise simulate PROTOCOL --out` wrote, or its {FILE}."
        raise Unreadable(
            Finding("simulation.unreadable", where, "there are no simulation results", why.lower(), mend)
        ) from None
    try:
        found = _read(data)
        whose = str(data["protocol"]["digest"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        why = f"{error} is missing" if isinstance(error, KeyError) else "its values have another form"
        mend = "Simulate again with this version of Equipoise."
        raise Unreadable(Finding("simulation.form", where, "these are no simulation results", why, mend)) from None
    if whose != digest:
        raise Refusal(
            Finding(
                "simulation.other_protocol", where, "these are results of another protocol, or of another version of it",
                f"its digest is {whose[:12]}, and that of this protocol {digest[:12]}", "Simulate this protocol again.",
            )
        )  # fmt: skip
    if len(found.reject) != looks:
        raise Refusal(
            Finding(
                "simulation.other_looks", where, f"the simulated trials have {len(found.reject)} looks",
                f"the design has {looks}", "Simulate a scenario that follows the design's looks.",
            )
        )  # fmt: skip
    return found


def _read(data: Any) -> Simulated:
    one = data["scenarios"][0]
    looks = one["looks"]
    return Simulated(
        scenario=str(one["scenario"]), trials=int(one["trials"]), seed=int(data["seed"]), power=_estimate(one["power"]),
        reject=tuple(_estimate(look["reject"]) for look in looks),
        accept=tuple(_estimate(look["accept"]) for look in looks),
        **{name: _estimate(one[name]) if one.get(name) else None for name in ("events", "participants", "duration")},
    )  # fmt: skip


def _estimate(data: Any) -> Estimate:
    value, error = float(data["value"]), float(data["error"])
    if not (math.isfinite(value) and math.isfinite(error) and error >= 0):
        raise ValueError("an estimate is finite, and so is its error")
    return Estimate(value, error)
