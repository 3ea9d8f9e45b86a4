"""The log-rank test of two or more groups, stratified, with Fleming-Harrington weights.

Mantel 1966 (Cancer Chemother Rep 50:163); weights S(t-)^rho (1 - S(t-))^gamma: Fleming and Harrington 1991, section
7.5. Refuses when there is nothing to compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from equipoise.survival.comparing import refuse_comparison
from equipoise.survival.compiling import kernel_for
from equipoise.survival.inputs import Array, read_codes, read_times
from equipoise.survival.kernels import sum_logrank
from equipoise.survival.ordering import rows_by_stratum
from equipoise.survival.words import refuse
from equipoise.tails import chi_square_above

__all__ = ["LogrankTest", "test_logrank"]


@dataclass(frozen=True)
class LogrankTest:
    """The test, with weighted observed and expected events of each group, shape (groups,), and their covariance."""

    chi_square: float
    degrees_of_freedom: int
    p_value: float
    groups: Array
    observed: Array
    expected: Array
    variance: Array
    observed_by_stratum: Array
    expected_by_stratum: Array


def test_logrank(
    time: Any, event: Any, group: Any, strata: Any = None, rho: float = 0.0, gamma: float = 0.0
) -> LogrankTest:
    """Whether survival differs between groups, for arrays of shape (n,).
    Raises Refusal without two groups or events."""
    times, events, _ = read_times(time, event)
    levels, codes = read_codes(group, len(times), "group")
    stratum = None if strata is None else read_codes(strata, len(times), "strata")[1]
    if len(levels) < 2:
        refuse("survival.one_group", "group")
    if not (np.isfinite([rho, gamma]).all() and min(rho, gamma) >= 0):
        refuse("survival.weights", "rho", rho=str(rho), gamma=str(gamma))
    if not events.any():
        refuse("survival.no_events", "event")
    shape = (1 if stratum is None else int(stratum.max()) + 1, len(levels))
    observed, expected, variance = np.zeros(shape), np.zeros(shape), np.zeros((shape[1], shape[1]))
    add = kernel_for(sum_logrank, len(times))
    # Tied rows are only counted, so their order does not matter.
    for s, rows in enumerate(rows_by_stratum(times, stratum)):
        whole = np.array([0, len(rows)], dtype=np.int64)
        arrays = (whole, times[rows], events[rows], codes[rows], float(rho), float(gamma))
        add(*arrays, observed[s : s + 1], expected[s : s + 1], variance)
    excess = (observed - expected).sum(axis=0)
    # Who was never at risk at a death says nothing. One of the others follows from the rest.
    used = np.flatnonzero(expected.sum(axis=0) > 0)[1:]
    matrix = variance[np.ix_(used, used)]
    if len(used) == 0 or np.linalg.matrix_rank(matrix, hermitian=True) < len(used):
        weight = f"S^{rho:g} (1 - S)^{gamma:g}"
        refuse_comparison(times, events, codes, stratum, weight)
    chi_square = float(excess[used] @ np.linalg.solve(matrix, excess[used]))
    return LogrankTest(
        chi_square,
        len(used),
        chi_square_above(chi_square, len(used)),
        levels,
        observed.sum(axis=0),
        expected.sum(axis=0),
        variance,
        observed,
        expected,
    )


# pytest would collect a function of this name from a test module that imports it.
test_logrank.__test__ = False  # type: ignore[attr-defined]
