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

from equipoise.survival.ties import SAME, Array
from equipoise.survival.words import refuse
from equipoise.wording.literals import literals_checked

__all__ = ["LOGRANK", "EarlyZero", "FlemingHarrington", "MagirrBurman", "SurvivalAt", "Weight"]

SurvivalAt = Callable[[float], float]
"""Pooled survival at a time."""


@dataclass(frozen=True, slots=True)
class FlemingHarrington:
    """S^rho (1 - S)^gamma: (0, 0) is the log-rank test, (1, 0) Peto and Prentice, (0, 1) stresses late differences."""

    rho: float = 0.0
    gamma: float = 0.0

    def __str__(self) -> str:
        return f"S^{self.rho:g} (1 - S)^{self.gamma:g}"

    def __post_init__(self) -> None:
        given = self.rho, self.gamma
        numbers = all(isinstance(one, (float, int, np.number)) for one in given)
        if not (numbers and all(map(math.isfinite, given)) and min(given) >= 0):
            refuse("survival.weights", "rho", rho=str(self.rho), gamma=str(self.gamma))

    def of(self, time: Array, survival: Array, survival_at: SurvivalAt) -> Array:  # noqa: ARG002
        """Weights for deaths at `time` with pooled `survival` just before; arrays of one shape."""
        return np.asarray(survival**self.rho * (1.0 - survival) ** self.gamma)


@literals_checked
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
            refuse("survival.weights/one", "delay")
        if self.delay is not None and not 0 <= self.delay < math.inf:
            refuse("survival.weights/delay", "delay", delay=str(self.delay))
        if self.level is not None and not 0 < self.level <= 1:
            refuse("survival.weights/level", "level", level=str(self.level))
        if not self.cap >= 1:
            refuse("survival.weights/cap", "cap", cap=str(self.cap))

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

    def __str__(self) -> str:
        return f"0 | t < {self.until:g}"

    def __post_init__(self) -> None:
        if not 0 <= self.until < math.inf:
            refuse("survival.weights/until", "until", until=str(self.until))

    def of(self, time: Array, survival: Array, survival_at: SurvivalAt) -> Array:  # noqa: ARG002
        """Weights for deaths at `time` with pooled `survival` just before; arrays of one shape."""
        return np.where(time < self.until - SAME * max(1.0, self.until), 0.0, 1.0)


Weight = FlemingHarrington | MagirrBurman | EarlyZero
LOGRANK = FlemingHarrington()
