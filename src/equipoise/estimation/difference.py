"""The difference of two groups, as every estimator of this room gives it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["EstimatedDifference"]


@dataclass(frozen=True, slots=True)
class EstimatedDifference:
    """An estimate with its interval, and the p-value of the hypothesis that it is 0, by the test of that name."""

    estimate: float
    lower: float
    upper: float
    p_value: float
    test: str
