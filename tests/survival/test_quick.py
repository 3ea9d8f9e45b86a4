"""A small problem waits for no compiler, and a large one gives what a small one gives."""

import subprocess
import sys

import numpy as np
import pytest

from equipoise.survival import estimate_cox, estimate_kaplan_meier
from equipoise.survival.ordering import order_rows


def test_a_trial_of_some_hundred_participants_loads_no_compiler():
    code = """
import sys
from equipoise import survival as s
time, event, x = [float(i % 90 + 1) for i in range(400)], [i % 3 > 0 for i in range(400)], [i % 2 for i in range(400)]
s.estimate_kaplan_meier(time, event); s.test_logrank(time, event, x); s.estimate_cox(time, event, x, robust=True)
s.test_proportional_hazards(time, event, x); s.estimate_rmst(time, event, 60); s.estimate_milestone(time, event, 60)
slow = {"numba", "scipy.stats", "pandas", "matplotlib"} & set(sys.modules)
sys.exit(f"loaded: {slow}" if slow else 0)
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr == ""


@pytest.mark.parametrize("fraction", [1.0, 0.5])
def test_many_copies_of_a_trial_give_its_curve_and_its_hazard_ratio(fraction):
    time = np.array([1, 1, 6, 6, 8, 9]) * fraction
    event, x = np.array([1, 0, 1, 1, 0, 1]), np.array([1, 1, 1, 0, 0, 0])
    times, events, xs = (np.tile(values, 2000) for values in (time, event, x))
    few, many = estimate_kaplan_meier(time, event), estimate_kaplan_meier(times, events)
    assert many.survival == pytest.approx(few.survival, rel=1e-12)
    small, large = (estimate_cox(*of, ties="breslow") for of in ((time, event, x), (times, events, xs)))
    assert large.hazard_ratio == pytest.approx(small.hazard_ratio, rel=1e-9)
    assert large.standard_errors * np.sqrt(2000) == pytest.approx(small.standard_errors, rel=1e-9)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("unit", [1, 0.5, 1e6])
def test_rows_are_ordered_by_stratum_then_time_then_as_they_came(unit, descending):
    rng = np.random.default_rng(4)
    time, stratum = rng.integers(0, 9, 300) * unit, rng.integers(0, 4, 300).astype(np.uint16)
    order, first = order_rows(time, stratum, descending=descending, stable=True)
    sign = -1 if descending else 1
    assert order.tolist() == sorted(range(300), key=lambda i: (stratum[i], sign * time[i], i))
    assert first.tolist() == [0, *np.cumsum(np.bincount(stratum))]
