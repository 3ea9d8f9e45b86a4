"""Variations of a setup: under the null hypothesis, under other hazard ratios; and how many events it can ever have.

Random numbers are shared, since the name stays: what differs between variations is the effect, and not chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from equipoise.planning import SurvivalCourse
from equipoise.simulation.trials.parts import MONTHS_MAX
from equipoise.simulation.trials.setup import Setup

__all__ = [
    "courses_of",
    "most_events_of",
    "null_effect",
    "under_effect",
    "under_null",
    "under_ratio",
    "without_futility",
]


def under_null(setup: Setup) -> Setup:
    """The same trial if the null hypothesis holds: the experimental arm fares as the control arm, times the margin (or
    plus the margin; the only arm as the number that it is compared with)."""
    if setup.response is None:
        return under_ratio(setup, setup.null_ratio)
    return under_effect(setup, null_effect(setup))


def null_effect(setup: Setup) -> float:
    """The effect of the null hypothesis as `Response.truth` is told: a difference, or the only arm's rate or mean."""
    response = setup.response
    assert response is not None
    if any(look.statistic.kind == "rate_ratio" for look in setup.looks):
        return (response.null - 1) * _weighed(setup, 0)
    return response.null


def under_effect(setup: Setup, effect: float) -> Setup:
    """The same trial of rates or means if this were the effect, of all strata alike. Rates stay between 0 and 1."""
    response = setup.response
    assert response is not None
    base, by = (1, effect - _weighed(setup, 1)) if setup.one_arm else (0, effect)
    ratio = None
    if setup.looks[0].statistic.kind == "rate_ratio":
        # A ratio that is the same in all strata is what such a margin means.
        ratio = 1 + effect / _weighed(setup, 0)
    cells = []
    for cell in setup.cells:
        assert cell.shown is not None
        own = cell.shown[base]
        moved = own.moved((ratio - 1) * own.center if ratio is not None else by)
        lost = cell.experimental if setup.one_arm else cell.control
        cells.append(replace(cell, experimental=lost, shown=(cell.shown[0], moved)))
    found = replace(setup, cells=tuple(cells))
    truth = _weighed(found, 1) - (0.0 if setup.one_arm else _weighed(found, 0))
    return replace(found, response=replace(response, truth=truth))


def _weighed(setup: Setup, arm: int) -> float:
    """The rate or mean of an arm over its strata."""
    found = [(cell.share * cell.shown[arm].present, cell.shown[arm].center) for cell in setup.cells if cell.shown]
    return math.fsum(w * c for w, c in found) / math.fsum(w for w, _ in found)


def without_futility(setup: Setup) -> Setup:
    """The same trial when it goes on whatever a bound of futility says, as it may where that does not bind."""
    return replace(setup, looks=tuple(replace(look, futility=None) for look in setup.looks))


def under_ratio(setup: Setup, ratio: float) -> Setup:
    """The same trial if this were the hazard ratio, at all times and of everybody."""
    cells = tuple(replace(cell, experimental=cell.control.times((ratio,))) for cell in setup.cells)
    return replace(setup, cells=cells, true_ratio=ratio)


def courses_of(setup: Setup) -> Iterator[tuple[float, SurvivalCourse]]:
    """Each course with the share of participants that follows it."""
    control, experimental = setup.ratio
    for cell in setup.cells:
        yield cell.share * control / (control + experimental), cell.control
        yield cell.share * experimental / (control + experimental), cell.experimental


def most_events_of(setup: Setup) -> float:
    """Events expected in all if everybody is followed until the last month that a simulated trial can have."""
    joining = setup.joining
    end = joining.time_of(setup.participants)
    if end > joining.end:  # the last rate goes on
        end = joining.end + (setup.participants - joining.total) / joining.rates[-1]
    left = max(MONTHS_MAX - end, 0.0)
    return setup.participants * sum(share * course.probability(left) for share, course in courses_of(setup))
