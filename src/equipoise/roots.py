"""Where a continuous function crosses zero between two points: Brent's method, with hyperbolic extrapolation.

The same steps as SciPy's `brentq` (Brent 1973, Algorithms for Minimization without Derivatives, chapters 3-4), so that
digits do not depend on which of the two was asked; a planned trial then need not load all of `scipy.optimize`, which
takes longer than the planning.
"""

from __future__ import annotations

import math
from collections.abc import Callable

__all__ = ["find_root"]

_XTOL, _RTOL, _STEPS = 2e-12, 8.881784197001252e-16, 100


def find_root(
    f: Callable[[float], float], low: float, high: float, *, xtol: float = _XTOL, rtol: float = _RTOL
) -> float:
    """x with f(x) = 0, within xtol + rtol |x|; f has different signs at `low` and `high`.

    Raises ValueError when it has not, or gives NaN, and RuntimeError where 100 steps do not suffice.
    """
    # `near` is the best point so far, `last` the one before it, `far` the end of the bracket on the other side.
    last, near = float(low), float(high)
    f_last, f_near = _value(f, last), _value(f, near)
    if f_last == 0:
        return last
    if f_near == 0:
        return near
    if (f_last < 0) == (f_near < 0):
        raise ValueError("f(a) and f(b) must have different signs")
    far = f_far = before = step = 0.0
    for _ in range(_STEPS):
        if f_last != 0 and f_near != 0 and (f_last < 0) != (f_near < 0):
            far, f_far = last, f_last
            before = step = near - last
        if abs(f_far) < abs(f_near):
            last, near, far = near, far, near
            f_last, f_near, f_far = f_near, f_far, f_near
        least = (xtol + rtol * abs(near)) / 2
        halved = (far - near) / 2
        if f_near == 0 or abs(halved) < least:
            return near
        before, step = _next_step((last, f_last), (near, f_near), (far, f_far), (before, step), least)
        last, f_last = near, f_near
        near += step if abs(step) > least else math.copysign(least, halved)
        f_near = _value(f, near)
    raise RuntimeError(f"no root within {_STEPS} steps: {near}")


def _next_step(
    last: tuple[float, float],
    near: tuple[float, float],
    far: tuple[float, float],
    steps: tuple[float, float],
    least: float,
) -> tuple[float, float]:
    """The step before, and the next one: extrapolated where that closes in fast enough, else half of the bracket."""
    (x_last, f_last), (x, fx), (x_far, f_far), (before, step) = last, near, far, steps
    halved = (x_far - x) / 2
    if abs(before) > least and abs(fx) < abs(f_last):
        if x_last == x_far:
            tried = -fx * (x - x_last) / (fx - f_last)
        else:
            of_last = (f_last - fx) / (x_last - x)
            of_far = (f_far - fx) / (x_far - x)
            tried = -fx * (f_far * of_far - f_last * of_last) / (of_far * of_last * (f_far - f_last))
        if 2 * abs(tried) < min(abs(before), 3 * abs(halved) - least):
            return step, tried
    return halved, halved


def _value(f: Callable[[float], float], x: float) -> float:
    found = float(f(x))
    if math.isnan(found):
        raise ValueError(f"the function value at x={x} is NaN; there is no root to find")
    return found
