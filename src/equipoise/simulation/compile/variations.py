"""Variations of a setup: under the null hypothesis, under other hazard ratios; and how many events it can ever have.

Random numbers are shared, since the name stays: what differs between variations is the effect, and not chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from equipoise.planning import SurvivalCourse
from equipoise.simulation.trials.parts import MONTHS_MAX
from equipoise.simulation.trials.setup import Setup

__all__ = ["courses_of", "most_events_of", "under_null", "under_ratio", "without_futility"]


def under_null(setup: Setup) -> Setup:
    """The same trial if the null hypothesis holds: the experimental arm fares as the control arm, times the margin."""
    return under_ratio(setup, setup.null_ratio)


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
