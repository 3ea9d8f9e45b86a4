"""Roots, smooth curves and binomial probabilities of our own, held to SciPy's, which take longer to load than to use."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq
from scipy.stats import binom

from equipoise import roots
from equipoise.planning.sizes.attained import _binomial
from equipoise.reports.smoothing import smooth_through
from equipoise.roots import find_root

FUNCTIONS = [
    (lambda x: math.cos(x) - x, 0.0, 2.0),
    (lambda x: x**3 - 2 * x - 5, 2.0, 3.0),
    (lambda x: math.exp(-x) - 0.3, -1.0, 40.0),
    (lambda x: math.copysign(math.sqrt(abs(x - 0.7)), x - 0.7), -3.0, 9.0),
    (lambda x: -1.0 if x < 1 / 3 else 1.0, 0.0, 1.0),
    (lambda x: x - 5.0, 5.0, 7.0),
    (lambda x: x - 5.0, 3.0, 5.0),
    (lambda x: math.atan(1e6 * (x - 0.123)), -4.0, 11.0),
]


def unlike() -> list[int]:
    """Which roots are not SciPy's to the last bit, or took another number of calls."""
    found = []
    for place, (f, low, high) in enumerate(FUNCTIONS):
        for tolerances in ({}, {"xtol": 1e-6}, {"xtol": 1e-13, "rtol": 1e-14}):
            asked: list[float] = []
            theirs: list[float] = []
            one = find_root(lambda x, f=f, a=asked: a.append(x) or f(x), low, high, **tolerances)
            two = brentq(lambda x, f=f, a=theirs: a.append(x) or f(x), low, high, **tolerances)
            if one != two or asked != theirs:
                found.append(place)
    return found


def test_a_root_is_scipys_to_the_last_bit_and_by_the_same_steps() -> None:
    assert unlike() == []


def test_control_another_step_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def halve(last, near, far, steps, least):  # type: ignore[no-untyped-def]
        return ((far[0] - near[0]) / 2,) * 2

    monkeypatch.setattr(roots, "_next_step", halve)
    assert unlike()


def test_what_has_no_root_is_refused() -> None:
    with pytest.raises(ValueError, match="different signs"):
        find_root(lambda x: x * x + 1, -1, 1)
    with pytest.raises(ValueError, match="NaN"):
        find_root(lambda x: math.nan, 0, 1)
    with pytest.raises(RuntimeError, match="no root within"):
        find_root(lambda x: -1.0 if x < 1 / 3 else 1.0, 0.0, 1e300, xtol=1e-300)


def curve(seed: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    n = int(chance.integers(2, 9))
    # Whole numbers among the heights: level stretches and turns are where slopes are cut to 0.
    return np.cumsum(chance.random(n) + 0.01), chance.integers(-3, 4, n).astype(float) * chance.choice([1, 0.37])


def away(seed: int) -> float:
    x, y = curve(seed)
    at = np.linspace(x[0], x[-1], 57)
    return float(np.max(np.abs(smooth_through(x, y, at) - PchipInterpolator(x, y)(at))))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_smooth_curve_is_scipys() -> None:
    assert max(away(seed) for seed in range(300)) < 1e-12  # rounding of heights up to 3


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_control_another_slope_at_the_end_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("equipoise.reports.smoothing._at_end", lambda h, h_next, rise, rise_next: rise)
    assert max(away(seed) for seed in range(300)) > 1e-3


@pytest.mark.parametrize("n", [0, 1, 7, 60, 900])
@pytest.mark.parametrize("rate", [0.0, 1e-9, 0.2, 0.5, 0.97, 1.0])
def test_binomial_probabilities_are_scipys(n: int, rate: float) -> None:
    # rel: the logarithm of a probability near the least that is told is about -700, known to 1e-16 of itself.
    assert _binomial(n, rate) == pytest.approx(binom.pmf(np.arange(n + 1), n, rate), rel=1e-10, abs=1e-300)
