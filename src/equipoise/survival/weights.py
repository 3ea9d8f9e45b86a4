"""How a weighted log-rank test weighs deaths over time: by pooled survival just before each, or by the time itself.

Fleming and Harrington 1991, section 7.5; Magirr and Burman 2019 (Stat Med 38:3782), modest weights that never favor a
treatment which is worse throughout; Xu et al. 2017 (Stat Med 36:592), nothing before the effect begins. Plain formulae
over arrays, for data and for designs alike: knows neither. Times in the caller's unit.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from equipoise.survival.inputs import Array, refuse

__all__ = ["LOGRANK", "EarlyZero", "FlemingHarrington", "MagirrBurman", "SurvivalAt", "Weight"]

SurvivalAt = Callable[[float], float]
"""Pooled survival at a time."""


@dataclass(frozen=True, slots=True)
class FlemingHarrington:
    """S^rho (1 - S)^gamma: (0, 0) is the log-rank test, (1, 0) Peto and Prentice, (0, 1) stresses late differences."""

    rho: float = 0.0
    gamma: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.rho) and math.isfinite(self.gamma) and min(self.rho, self.gamma) >= 0):
            refuse(
                "weights",
                "rho",
                f"rho {self.rho} and gamma {self.gamma} are no weights",
                "both must be 0 or more",
                "Use 0 or 1.",
            )

    def of(self, time: Array, survival: Array, survival_at: SurvivalAt) -> Array:  # noqa: ARG002
        """Weights for deaths at `time` with pooled `survival` just before; arrays of one shape."""
        return np.asarray(survival**self.rho * (1.0 - survival) ** self.gamma)


@dataclass(frozen=True, slots=True)
class MagirrBurman:
    """1 / max(S, S(delay)): rises until `delay` and is level after; or until S has fallen to `level` (s*). At most
    `cap`.

    `reading`: S(delay) "at" the delay, as the paper has it; or just "before" the last death until then, as R's
    `simtrial`.
    """

    delay: float | None = None
    level: float | None = None
    cap: float = math.inf
    reading: Literal["at", "before"] = "at"

    def __post_init__(self) -> None:
        if (self.delay is None) == (self.level is None):
            refuse(
                "weights",
                "delay",
                "a modest weight has either a delay or a level of survival",
                "one of them says where it stops rising",
                "Give one of the two.",
            )
        if self.delay is not None and not 0 <= self.delay < math.inf:
            refuse(
                "weights",
                "delay",
                f"a delay of {self.delay} is not possible",
                "it is a time after randomization",
                "Give 0 or more.",
            )
        if self.level is not None and not 0 < self.level <= 1:
            refuse(
                "weights",
                "level",
                f"{self.level} is no level of survival",
                "it lies above 0 and at most at 1",
                "Use for example 0.5.",
            )
        if not self.cap >= 1:
            refuse(
                "weights",
                "cap",
                f"weights begin at 1 and cannot stay below {self.cap}",
                "survival begins at 1",
                "Give 1 or more.",
            )

    def of(self, time: Array, survival: Array, survival_at: SurvivalAt) -> Array:  # noqa: ARG002
        """Weights for deaths at `time` with pooled `survival` just before; arrays of one shape."""
        floor = self.level if self.delay is None else survival_at(self.delay)
        assert floor is not None
        least = max(floor, 0.0 if math.isinf(self.cap) else 1.0 / self.cap)
        return np.asarray(1.0 / np.maximum(survival, least))


@dataclass(frozen=True, slots=True)
class EarlyZero:
    """0 before `until` and 1 from then on."""

    until: float

    def __post_init__(self) -> None:
        if not 0 <= self.until < math.inf:
            refuse(
                "weights",
                "until",
                f"{self.until} is no time after randomization",
                "deaths before it are left out",
                "Give 0 or more.",
            )

    def of(self, time: Array, survival: Array, survival_at: SurvivalAt) -> Array:  # noqa: ARG002
        """Weights for deaths at `time` with pooled `survival` just before; arrays of one shape."""
        return np.where(time < self.until, 0.0, 1.0)


Weight = FlemingHarrington | MagirrBurman | EarlyZero
LOGRANK = FlemingHarrington()
