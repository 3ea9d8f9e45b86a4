"""A quantile far out keeps its digits: it is asked of the tail itself, and never of 1 minus the tail.

1 - alpha is 1 from 1e-16 on, and has lost half of alpha's digits at 1e-8. The number from elsewhere is the logarithm of the
normal tail (`scipy.special.log_ndtr`, an expansion of its own, which knows no quantile): at the value that alpha exceeds it
must be the logarithm of alpha again. Tolerance 1e-12, for a quantile near 37 has a logarithm near 700.
"""

import ast
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import log_ndtr, ndtri

from equipoise.planning.phase2.selection import screening_events
from equipoise.planning.sequential.futility import one_look_drift
from equipoise.planning.sequential.prior import NormalMixture
from equipoise.planning.sequential.success import fixed_assurance
from equipoise.survival.joint_normal import equal_bound
from tests.hunting import examples

SOURCE = Path(__file__).resolve().parents[2] / "src" / "equipoise"
QUANTILES = ("ndtri", "inv_cdf", "ppf", "stdtrit")
alphas = st.floats(0.35, 300).map(lambda power: 10.0**-power)


def by_screening(alpha):
    """The events of one hazard ratio, taken back to the quantile of alpha."""
    return math.sqrt(screening_events(0.5, alpha, 0.9, 1.0) / 4) * math.log(2) - float(ndtri(0.9))


def by_drift(alpha):
    return one_look_drift(alpha, 0.9) - float(ndtri(0.9))


def by_bound(alpha):
    return equal_bound(alpha, np.ones((1, 1)))


WAYS = [by_screening, by_drift, by_bound]


def off(z, alpha):
    """By how much the logarithm of the tail beyond `z` is not that of alpha, relative to it."""
    return abs(float(log_ndtr(-z)) / math.log(alpha) - 1)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=examples(60), deadline=None)
@given(alpha=alphas)
@example(alpha=1e-300)
@example(alpha=1e-17)
@example(alpha=1e-9)
def test_the_value_that_alpha_exceeds_has_alpha_beyond_it(way, alpha):
    assert off(way(alpha), alpha) < 1e-12


@settings(max_examples=examples(60), deadline=None)
@given(alpha=alphas)
def test_without_an_effect_and_without_doubt_assurance_is_alpha_to_its_digits(alpha):
    assert fixed_assurance(NormalMixture.normal(0.0, 0.0), 100.0, alpha) == pytest.approx(alpha, rel=1e-10)


def test_control_one_minus_alpha_is_noticed():
    far = lambda alpha: float(ndtri(1 - alpha))  # noqa: E731
    assert off(far(1e-9), 1e-9) > 1e-10
    assert math.isinf(far(1e-17))


def lossy(source):
    """The quantiles in a source that are asked of 1 minus something, or of a half plus half of a level."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in QUANTILES:
            for of in node.args:
                if isinstance(of, ast.BinOp) and isinstance(of.left, ast.Constant) and (
                    (isinstance(of.op, ast.Sub) and of.left.value == 1) or (isinstance(of.op, ast.Add) and of.left.value == 0.5)
                ):  # fmt: skip
                    found.append(ast.unparse(node))
    return found


def test_no_quantile_is_asked_of_one_minus_something():
    found = {str(p.relative_to(SOURCE)): lossy(p.read_text("utf-8")) for p in SOURCE.rglob("*.py")}
    assert {file: calls for file, calls in found.items() if calls} == {}


def test_control_a_quantile_of_one_minus_alpha_is_found():
    assert sorted(lossy("x = float(ndtri(1 - alpha)) + NormalDist().inv_cdf(0.5 + level / 2)")) == [
        "NormalDist().inv_cdf(0.5 + level / 2)",
        "ndtri(1 - alpha)",
    ]
    assert lossy("x = -ndtri(alpha) + ndtri(share - 1)") == []
