"""A planned sequential design: boundaries, spent errors, power by look, and the information that it needs.

One look or many, one- or two-sided. Everything is on the scale of the statistic z, positive where there is benefit, and
of information as a fraction of its maximum; the drift says what the maximum is worth. What information is made of
(events, participants, variance) others know. Jennison and Turnbull (2000), Group Sequential Methods; methods in
`boundaries`, `futility`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from equipoise.design.spec import LEAST_ERROR, Futility, Spending
from equipoise.planning.sequential.boundaries import efficacy_bounds
from equipoise.planning.sequential.crossing import (
    CrossingProbabilities,
    FloatArray,
    crossing_probabilities,
    expect_apart,
)
from equipoise.planning.sequential.futility import Met, meet_power, one_look_drift
from equipoise.planning.sequential.futility_clause import BY_BETA, bounds_by_drift, spend_beta
from equipoise.planning.sequential.spending import read_efficacy
from equipoise.planning.words import phrase

__all__ = ["Sequential", "plan_sequential"]


@dataclass(frozen=True, slots=True)
class Sequential:
    """A sequential design; tuples have one value for each look.

    `alpha` is the error of both sides together, `alpha_one_sided` that of one. `upper` rejects; `lower` is the futility
    boundary of a one-sided design (minus infinity where there is none, equal to `upper` at the last look: what is not
    rejected is accepted), the mirror of `upper` in a two-sided one, or a bound for harm, at the last look too.
    `alpha_spent` is cumulative and of one side, as if a lower boundary that does not bind were not there; `beta_spent`
    is the cumulative probability of stopping below at the planned drift, nothing at all in a two-sided design.

    `drift` is the mean of the statistic at full information under the planned effect: maximum information times the
    square of the effect is drift squared. `stagewise_power` and `cumulative_power` are of crossing `upper`, the side of
    the effect. `inflation` is the maximum information, `expected_h0`, `expected_h01` and `expected_h1` the expected
    information under no effect, half of it and all of it, each in units of what one look at the same errors needs.
    """

    fractions: tuple[float, ...]
    alpha: float
    sides: int
    upper: tuple[float, ...]
    lower: tuple[float, ...]
    binding: bool
    alpha_spent: tuple[float, ...]
    beta_spent: tuple[float, ...]
    drift: float
    stagewise_power: tuple[float, ...]
    cumulative_power: tuple[float, ...]
    inflation: float
    expected_h0: float
    expected_h01: float
    expected_h1: float

    @property
    def looks(self) -> int:
        """How many looks there are, the last one counted."""
        return len(self.fractions)

    @property
    def alpha_one_sided(self) -> float:
        """The error of one side."""
        return self.alpha / self.sides

    @property
    def power(self) -> float:
        """The probability of rejecting on the side of the planned effect, at any look."""
        return self.cumulative_power[-1]

    def crossing(self, drift: float) -> CrossingProbabilities:
        """The probability of crossing each boundary first at each look when the statistic has this drift, arrays
        (looks,).

        The lower boundary stops, whether it binds or not. `drift` is that of full information: 0 under no effect,
        `self.drift` under the planned one, half of it under half of it.
        """
        return crossing_probabilities(self.fractions, drift, self.upper, self.lower)

    def expected_fraction(self, drift: float) -> float:
        """The expected information at stopping, as a fraction of the maximum, when the statistic has this drift."""
        return _expected_fraction(self.fractions, self.crossing(drift))

    def maximum_information(self, effect: float) -> float:
        """The information at the last look that gives the planned power at `effect`, in 1/effect**2.

        For the log hazard ratio that is events*r/(1 + r)**2 with r participants to 1 (Schoenfeld).
        """
        return (self.drift / effect) ** 2


def plan_sequential(
    *,
    alpha: float,
    power: float | None = None,
    drift: float | None = None,
    sides: int = 1,
    fractions: Sequence[float] = (1.0,),
    efficacy: Spending | str | None = None,
    futility: Futility | None = None,
    hazard_ratio: float | None = None,
    null_ratio: float = 1.0,
) -> Sequential:
    """Plan boundaries, and the drift for `power` (or the power for `drift`).

    `alpha` is of both sides together where `sides` is 2, as a protocol writes it; values that a user gave for spent
    alpha likewise. `fractions`: the looks, increasing, the last at 1. `efficacy`: a spending function or shape; needed
    for two looks and more. `futility` only for one side. A futility bound in hazard ratios needs the planned
    `hazard_ratio`, and the `null_ratio` if it is not 1 (the margin of a non-inferiority question). Raises ValueError,
    in one sentence, for what cannot be planned.

    >>> from equipoise.design import Futility
    >>> plan = plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy="lan_demets_obrien_fleming")
    >>> plan.upper
    (2.96258..., 1.96859...)
    >>> round(plan.inflation, 4), round(plan.expected_h1, 4)
    (1.0034, 0.8767)
    >>> no_benefit = Futility(kind="hazard_ratio", values=(1.0,))
    >>> asked = {"alpha": 0.025, "power": 0.9, "fractions": (0.5, 1), "efficacy": "obrien_fleming"}
    >>> plan_sequential(**asked, futility=no_benefit, hazard_ratio=0.7).beta_spent
    (0.01046..., 0.09999...)
    """
    marks = _read_request(alpha, power, drift, sides, fractions)
    rule = _read_efficacy(efficacy, len(marks))
    error, two_sided = alpha / sides, sides == 2
    if futility is not None:
        _require_finite(futility)
        if two_sided:
            raise ValueError(phrase("futility.sides"))

    def upper(lower: Sequence[float] | None = None) -> list[float]:
        return efficacy_bounds(rule, marks, error, two_sided=two_sided, lower=lower)

    if futility is not None and futility.under_null is None and futility.kind in BY_BETA:
        if power is None:
            raise ValueError("beta is spent at the drift that has the power: give the power, not the drift")
        met = spend_beta(marks, error, power, rule, upper, futility)
    else:
        bounds = bounds_by_drift(marks, error, rule, upper, futility, two_sided, hazard_ratio, null_ratio)
        if drift is None:
            assert power is not None
            met = meet_power(marks, bounds, power, error)
        else:
            ups, lows = bounds(drift)
            met = Met(tuple(ups), tuple(lows), drift)
    return _describe(marks, alpha, sides, met, binding=futility is not None and futility.binding)


def _read_request(
    alpha: float, power: float | None, drift: float | None, sides: int, fractions: Sequence[float]
) -> tuple[float, ...]:
    """The looks as floats. ValueError for what no design can have."""
    marks = tuple(float(t) for t in fractions)
    if sides not in (1, 2):
        raise ValueError(f"a test has 1 or 2 sides, not {sides}")
    if not 0 < alpha / sides < 0.5:
        raise ValueError(f"alpha lies between 0 and 0.5 on each side, and {alpha} does not")
    if alpha < LEAST_ERROR:
        raise ValueError(phrase("error.least", error=alpha, least=LEAST_ERROR))
    if (power is None) == (drift is None):
        raise ValueError("give either the power or the drift")
    if power is not None and not alpha / sides < power < 1:
        raise ValueError(f"power lies between alpha and 1, and {power} does not")
    if power is not None and 1 - power < LEAST_ERROR * (1 - 1e-6):
        raise ValueError(phrase("power.most", power=repr(float(power)), least=LEAST_ERROR))
    if drift is not None and not 0 < drift < math.inf:
        raise ValueError(f"the drift is positive and finite, and {drift} is not")
    if not marks or not all(map(math.isfinite, marks)) or marks[0] <= 0 or list(marks) != sorted(set(marks)):
        raise ValueError("looks are at increasing fractions of the information, above 0")
    expect_apart(marks)
    if abs(marks[-1] - 1) > 1e-12:
        raise ValueError(f"the last look is at 1, all the information: {marks[-1]!r} is not 1")
    return marks


def _read_efficacy(efficacy: Spending | str | None, looks: int) -> Spending:
    if efficacy is None:
        if looks > 1:
            raise ValueError(phrase("looks.rule"))
        return Spending(kind="pocock")
    rule = read_efficacy(efficacy)
    _require_finite(rule)
    return rule


def _require_finite(plan: Spending | Futility) -> None:
    if not all(map(math.isfinite, (*plan.values, plan.parameter or 0.0))):
        raise ValueError(phrase("boundary.finite", kind=plan.kind))


def _describe(fractions: tuple[float, ...], alpha: float, sides: int, met: Met, *, binding: bool) -> Sequential:
    """All the numbers of a design, once its boundaries and its drift are known."""
    drifts = (0.0, met.drift / 2, met.drift)
    none, half, full = (crossing_probabilities(fractions, drift, met.upper, met.lower) for drift in drifts)
    counted = none if binding or sides == 2 else crossing_probabilities(fractions, 0.0, met.upper)
    least = one_look_drift(alpha / sides, float(full.upper.sum()))
    # A drift that was given may be too small to reject more often than the error: no single look compares.
    inflation = (met.drift / least) ** 2 if least > 0 else math.inf
    return Sequential(
        fractions=fractions,
        alpha=alpha,
        sides=sides,
        upper=met.upper,
        lower=met.lower,
        binding=binding,
        alpha_spent=_summed(counted.upper),
        beta_spent=_summed(full.lower) if sides == 1 else (0.0,) * len(fractions),
        drift=met.drift,
        stagewise_power=tuple(full.upper.tolist()),
        cumulative_power=_summed(full.upper),
        inflation=inflation,
        expected_h0=inflation * _expected_fraction(fractions, none),
        expected_h01=inflation * _expected_fraction(fractions, half),
        expected_h1=inflation * _expected_fraction(fractions, full),
    )


def _expected_fraction(fractions: tuple[float, ...], crossed: CrossingProbabilities) -> float:
    stopped = (crossed.upper + crossed.lower)[:-1]
    return float(stopped @ np.array(fractions[:-1]) + 1 - stopped.sum())


def _summed(by_look: FloatArray) -> tuple[float, ...]:
    return tuple(np.cumsum(by_look).tolist())
