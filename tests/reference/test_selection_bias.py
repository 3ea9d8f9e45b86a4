"""The test of Berger and Exner: numbers worked out another way, its level, and a site that really looked ahead.

Berger VW, Exner DV. Detecting selection bias in randomized clinical trials. Controlled Clinical Trials 1999; 20: 319-327.
In R the same is `summary(lm(y ~ arm + score))`, the row `score`.
"""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from equipoise.estimation.association import estimate_association
from equipoise.findings import Refusal
from equipoise.randomization import Past, Scheme, allocate
from equipoise.randomization.foreseeing import Drawn, foresee, reverse_propensities

SCHEME = Scheme("permuted_blocks", (("A", 1), ("B", 1)), block_sizes=(4,))
# Two blocks, ABBA and AABB. By hand the chance of A beforehand is 1/2, 1/3, 1/2 (A and B are left), 1; 1/2, 1/3, 0, 0.
ARMS = "ABBAAABB"
SCORES = [1 / 2, 1 / 3, 1 / 2, 1, 1 / 2, 1 / 3, 0, 0]
VALUES = [5.0, 4.0, 7.0, 9.0, 6.0, 3.0, 2.0, 4.0]


def by_matrix(values, scores, groups):
    """The same by the normal equations of the whole model, as `lm` has it: slope, standard error, degrees, p."""
    names = sorted(set(groups))
    design = np.array([[*(float(g == name) for name in names), s] for g, s in zip(groups, scores, strict=True)])
    y = np.array(values)
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ y
    degrees = len(y) - design.shape[1]
    error = math.sqrt(((y - design @ beta) ** 2).sum() / degrees * inverse[-1, -1])
    return beta[-1], error, degrees, beta[-1] / error


def test_the_scores_of_two_blocks_are_those_of_a_hand():
    past = [Past(f"P{n}", n, "all", (), arm) for n, arm in enumerate(ARMS, start=1)]
    found = [one["A"] for one in reverse_propensities({1: SCHEME}, [Drawn(one) for one in past])]
    assert found == pytest.approx(SCORES, abs=1e-15)


def test_slope_error_and_p_are_those_of_the_whole_model():
    slope, error, degrees, t = by_matrix(VALUES, SCORES, ARMS)
    found = estimate_association(VALUES, SCORES, ARMS)
    assert found is not None
    assert (found.slope, found.error) == pytest.approx((slope, error), rel=1e-12)
    assert (found.n, found.degrees_of_freedom) == (8, degrees) == (8, 5)
    # With 5 degrees of freedom Student's distribution has a closed form (Abramowitz and Stegun 26.7.3).
    angle = math.atan(abs(t) / math.sqrt(5))
    inside = 2 / math.pi * (angle + math.sin(angle) * (math.cos(angle) + 2 / 3 * math.cos(angle) ** 3))
    assert found.p_value == pytest.approx(1 - inside, rel=1e-9)


def trial(seed: int, n: int, *, looks_ahead: bool) -> float:
    """A trial in which whoever enrolls takes a better patient where A is likely, or whoever comes."""
    chance, made, values, scores = random.Random(seed), [], [], []
    for k in range(1, n + 1):
        foreseen = foresee(SCHEME, "all", {}, made)["A"]
        good = (foreseen - 0.5) * 2 if looks_ahead else 0.0
        values.append(chance.gauss(good, 1.0))
        scores.append(foreseen)
        arm = allocate(SCHEME, seed.to_bytes(32, "big"), "s", {}, made).arm
        made.append(Past(f"P{k}", k, "all", (), arm))
    found = estimate_association(values, scores, [one.arm for one in made])
    assert found is not None
    return found.p_value


def test_nobody_is_suspected_more_often_than_the_level_says():
    """Of 200 honest trials about one in twenty is below 0.05: 10, and more than 22 in one of 4000 such tests."""
    assert 2 <= sum(trial(seed, 24, looks_ahead=False) < 0.05 for seed in range(200)) <= 22


def test_control_who_looks_ahead_is_found():
    assert sum(trial(seed, 60, looks_ahead=True) < 0.05 for seed in range(20)) >= 15


def test_control_a_score_that_is_shifted_by_one_place_finds_nothing():
    honest = estimate_association(VALUES, SCORES, ARMS)
    shifted = estimate_association(VALUES, [*SCORES[1:], SCORES[0]], ARMS)
    assert honest.slope != pytest.approx(shifted.slope)


def test_where_nothing_can_be_foreseen_there_is_no_test_and_no_number_is_taken_for_one():
    assert estimate_association(VALUES, [0.5] * 8, ARMS) is None
    assert estimate_association(VALUES[:3], SCORES[:3], ARMS[:3]) is None
    assert estimate_association([1.0] * 8, SCORES, ARMS) is None
    with pytest.raises(Refusal, match="each value has one score and one group"):
        estimate_association(VALUES, SCORES[:3], ARMS)
    with pytest.raises(Refusal, match="finite"):
        estimate_association([math.nan] * 8, SCORES, ARMS)
