"""The Cox model: hazard ratios by maximum partial likelihood, stratified, with ties by Efron or Breslow.

Cox 1972 (J R Stat Soc B 34:187). Late entry, weights and the robust variance of Lin and Wei 1989 (J Am Stat Assoc
84:1074). Refuses covariates that cannot be told apart and, unless asked, hazard ratios that run away to infinity.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from equipoise.survival.climbing import Summit, climb
from equipoise.survival.inputs import Array, read_confidence
from equipoise.survival.risk_sets import RiskSets, prepare
from equipoise.survival.robust import robust_covariance
from equipoise.tails import chi_square_above, two_sided

__all__ = ["CoxFit", "estimate_cox"]


@dataclass(frozen=True)
class CoxFit:
    """One value per covariate, shape (p,). Standard errors are the robust ones when asked for.

    Each test of the whole model is (chi-square, degrees of freedom, p). `unbounded` marks covariates whose hazard ratio
    is 0 or infinite: their coefficient is infinite and their test undefined (NaN).
    """

    coefficients: Array
    standard_errors: Array
    hazard_ratio: Array
    ci_lower: Array
    ci_upper: Array
    z: Array
    p_values: Array
    covariance: Array
    naive_standard_errors: Array
    log_likelihood: float
    null_log_likelihood: float
    likelihood_ratio_test: tuple[float, int, float]
    wald_test: tuple[float, int, float]
    score_test: tuple[float, int, float]
    rows: int
    events: int
    iterations: int
    unbounded: Array


def estimate_cox(
    time: Any,
    event: Any,
    X: Any,
    strata: Any = None,
    ties: str = "efron",
    confidence: float = 0.95,
    robust: bool = False,
    cluster: Any = None,
    *,
    start: Any = None,
    weights: Any = None,
    allow_unbounded: bool = False,
) -> CoxFit:
    """Fit to times and events of shape (n,) and covariates of shape (n, p).

    `cluster` groups rows that are not independent, and asks for the robust variance. Raises Refusal for input that
    carries no answer; with `allow_unbounded`, a hazard ratio that runs away is marked instead.
    """
    confidence = read_confidence(confidence)
    sets = prepare(time, event, X, strata=strata, ties=ties, start=start, weights=weights)
    top = climb(sets, allow_unbounded=allow_unbounded)
    beta, found = top.beta, top.point
    naive = np.linalg.pinv(found[2], hermitian=True)
    inside = naive if not (robust or cluster is not None) else robust_covariance(sets, beta, naive, cluster)
    return _report(sets, top, inside, naive, confidence)


def _report(sets: RiskSets, top: Summit, inside: Array, naive: Array, confidence: float) -> CoxFit:
    """Back to the units of the covariates, with tests and limits."""
    beta, null, unbounded = top.beta, top.null, top.unbounded
    p = len(beta)

    def tested(chi_square: float) -> tuple[float, int, float]:
        return chi_square, p, chi_square_above(chi_square, p)

    coefficients, covariance = beta / sets.spread, inside / np.outer(sets.spread, sets.spread)
    errors = np.sqrt(np.diag(covariance))
    coefficients = np.where(unbounded, np.copysign(np.inf, beta), coefficients)
    errors = np.where(unbounded, np.inf, errors)
    reach = -NormalDist().inv_cdf((1 - confidence) / 2) * errors
    with np.errstate(invalid="ignore", over="ignore"):
        z = coefficients / errors
        ratio, lower, upper = (np.exp(v) for v in (coefficients, coefficients - reach, coefficients + reach))
    return CoxFit(
        coefficients=coefficients,
        standard_errors=errors,
        hazard_ratio=ratio,
        ci_lower=lower,
        ci_upper=upper,
        z=z,
        p_values=np.array([two_sided(float(value)) for value in z]),
        covariance=covariance,
        naive_standard_errors=np.sqrt(np.diag(naive)) / sets.spread,
        log_likelihood=top.point[0],
        null_log_likelihood=null[0],
        likelihood_ratio_test=tested(max(0.0, 2 * (top.point[0] - null[0]))),
        wald_test=tested(float(beta @ np.linalg.pinv(inside, hermitian=True) @ beta)),
        score_test=tested(float(null[1] @ np.linalg.solve(null[2], null[1]))),
        rows=len(sets.time),
        events=int(sets.event.sum()),
        iterations=top.iterations,
        unbounded=unbounded,
    )
