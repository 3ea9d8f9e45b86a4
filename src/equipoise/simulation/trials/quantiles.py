"""Kernels: normal scores of uniforms and of Student's t, from the four operations, square roots and our own logarithm.

The normal quantile is Wichura's (1988, Applied Statistics 37:477, AS241), to about 1e-16. A t becomes the normal score
that has its tail, so that one bound serves every size of sample; its tail is the incomplete beta function as a
continued fraction (Lentz), to about 1e-10 of itself.
"""

from __future__ import annotations

import math

from equipoise.simulation.trials.arithmetic import exponential_of, minus_log

__all__ = ["normal_of_t", "normal_quantile"]

FARTHEST = 38.0
"""A score that nothing exceeds: its tail is the least that a p-value is said to be."""
LEAST_TAIL = 1e-300
PARTS_MAX = 400
SMALL = 1e-300


def normal_quantile(p: float) -> float:
    """The standard normal value below which a share `p` lies, for 0 < p < 1."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        above = 2.5090809287301226727e3 * r + 3.3430575583588128105e4
        above = (above * r + 6.7265770927008700853e4) * r + 4.5921953931549871457e4
        above = (above * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3
        above = (above * r + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
        below = 5.2264952788528545610e3 * r + 2.8729085735721942674e4
        below = (below * r + 3.9307895800092710610e4) * r + 2.1213794301586595867e4
        below = (below * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2
        below = (below * r + 4.2313330701600911252e1) * r + 1.0
        return q * above / below
    r = math.sqrt(minus_log(p if q < 0.0 else 1.0 - p))
    if r <= 5.0:
        r -= 1.6
        above = 7.74545014278341407640e-4 * r + 2.27238449892691845833e-2
        above = (above * r + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0
        above = (above * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0
        above = (above * r + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
        below = 1.05075007164441684324e-9 * r + 5.47593808499534494600e-4
        below = (below * r + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1
        below = (below * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0
        below = (below * r + 2.05319162663775882187e0) * r + 1.0
    else:
        r -= 5.0
        above = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
        above = (above * r + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2
        above = (above * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0
        above = (above * r + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
        below = 2.04426310338993978564e-15 * r + 1.42151175831644588870e-7
        below = (below * r + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4
        below = (below * r + 1.48753612908506148525e-2) * r + 1.36929880922737958310e-1
        below = (below * r + 5.99832206555887937690e-1) * r + 1.0
    return -above / below if q < 0.0 else above / below


def log_half_step(a: float) -> float:
    """log of Gamma(a + 1/2) / Gamma(a), a > 0: by its series from 60 on, and step by step down to a from there."""
    climbed = 1.0
    while a < 60.0:
        climbed *= a / (a + 0.5)
        a += 1.0
    w = 1.0 / a
    series = 869.0 / 4194304.0 + w * 39325.0 / 33554432.0
    series = 5.0 / 1024.0 + w * (-21.0 / 32768.0 + w * (-399.0 / 262144.0 + w * series))
    series = 1.0 + w * (-1.0 / 8.0 + w * (1.0 / 128.0 + w * series))
    return -0.5 * minus_log(a) - minus_log(series) - minus_log(climbed)


def beta_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    sum_ab = a + b
    c = 1.0
    d = 1.0 - sum_ab * x / (a + 1.0)
    if abs(d) < SMALL:
        d = SMALL
    d = 1.0 / d
    found = d
    for part in range(1, PARTS_MAX):
        m = float(part)
        step = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        d = 1.0 + step * d
        if abs(d) < SMALL:
            d = SMALL
        c = 1.0 + step / c
        if abs(c) < SMALL:
            c = SMALL
        d = 1.0 / d
        found *= d * c
        step = -(a + m) * (sum_ab + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        d = 1.0 + step * d
        if abs(d) < SMALL:
            d = SMALL
        c = 1.0 + step / c
        if abs(c) < SMALL:
            c = SMALL
        d = 1.0 / d
        change = d * c
        found *= change
        if abs(change - 1.0) < 3e-16:
            break
    return found


def tail_of_t(t: float, freedom: float) -> float:
    """The probability that Student's t exceeds `t` >= 0."""
    a = 0.5 * freedom
    squared = t * t
    # Both shares of one are made from the numbers themselves: 1 - x loses what a large sample leaves of it.
    x = freedom / (freedom + squared)
    rest = squared / (freedom + squared)
    if rest < 1e-300:
        return 0.5
    # log of x^a (1 - x)^(1/2) / B(a, 1/2), where B(a, 1/2) = Gamma(a) sqrt(pi) / Gamma(a + 1/2).
    size = log_half_step(a) - 0.5 * 1.1447298858494002 - a * minus_log(x) - 0.5 * minus_log(rest)
    if x < (a + 1.0) / (a + 2.5):
        return 0.5 * exponential_of(size) * beta_fraction(a, 0.5, x) / a
    return 0.5 * (1.0 - exponential_of(size) * beta_fraction(0.5, a, rest) / 0.5)


def normal_of_t(t: float, freedom: float) -> float:
    """The standard normal value with the tail that `t` has among Student's t with so many degrees of freedom."""
    if math.isnan(t):
        return math.nan
    tail = tail_of_t(abs(t), freedom)
    score = FARTHEST if tail < LEAST_TAIL else -normal_quantile(tail)
    return -score if t < 0.0 else score
