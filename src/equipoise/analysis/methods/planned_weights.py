"""The weights of log-rank tests: from the clauses of a protocol to those of `survival`, and what each is called."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equipoise.estimands import Analysis, LogrankWeight
    from equipoise.survival import Weight

__all__ = ["planned_weights", "read_weights"]


def planned_weights(analysis: Analysis) -> list[dict[str, str]]:
    """What each planned weight is called, in both languages."""
    return [dict(zip(("en", "zh"), weight.named, strict=True)) for weight in analysis.weights]


def read_weights(analysis: Analysis) -> list[Weight]:
    """Each planned weight as the estimators take it."""
    return [_read(weight) for weight in analysis.weights]


def _read(weight: LogrankWeight) -> Weight:
    from equipoise.survival import EarlyZero, FlemingHarrington, MagirrBurman

    if weight.kind == "fleming_harrington":
        return FlemingHarrington(weight.rho, weight.gamma)
    if weight.kind == "early_zero":
        return EarlyZero(weight.delay_days or 0.0)
    return MagirrBurman(weight.delay_days, weight.level, math.inf if weight.cap is None else weight.cap)
