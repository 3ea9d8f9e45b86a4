"""Who is expected to be at risk at each time after arrival, when everybody is looked at on one calendar day.

The numbers at nodes of a quadrature: what every expectation of a log-rank statistic, weighted or not, is a sum over.
Pieces end where a hazard, the accrual or a weight changes, so that what is summed is smooth between. Months. Knows no
test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from equipoise.planning.sequential.crossing import FloatArray
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms

IntegerArray = np.ndarray[Any, np.dtype[np.intp]]

__all__ = ["AtRisk", "expect_at_risk", "pooled_survival"]


@dataclass(frozen=True, slots=True)
class AtRisk:
    """At `after` months from arrival (arrays of shape (nodes,)): expected numbers at risk, hazards of those at risk,
    and survival pooled by the arms' shares, dropout apart. `width` is the weight of a node, `piece` the number of its
    piece of hazards.
    """

    after: FloatArray
    width: FloatArray
    control: FloatArray
    experimental: FloatArray
    hazard_control: FloatArray
    hazard_experimental: FloatArray
    survival: FloatArray
    piece: IntegerArray

    @property
    def events_control(self) -> FloatArray:
        """Events expected at each node."""
        return self.width * self.control * self.hazard_control

    @property
    def events_experimental(self) -> FloatArray:
        """Events expected at each node."""
        return self.width * self.experimental * self.hazard_experimental

    @property
    def events(self) -> FloatArray:
        """Events expected at each node, in both arms."""
        return self.events_control + self.events_experimental


def expect_at_risk(
    arrivals: Arrivals,
    arms: TwoArms,
    time: float,
    *,
    until: float | None = None,
    marks: Sequence[float] = (),
    null: bool = False,
) -> AtRisk:
    """Expectations on calendar day `time`, for times after arrival up to `until` (all of them).

    `marks`: further times after arrival at which something is not smooth. `null`: both arms have the average of the
    hazards, by the arms' shares, and keep their own dropout.
    """
    (share_e, treated), (share_c, control) = arms.shares
    end = time if until is None else min(until, time)
    changes = sorted({0.0, *treated.starts, *control.starts})
    edges = {0.0, end, *changes, *marks}
    edges |= {time - edge for start, stop, _ in arrivals.pieces(time) for edge in (start, stop)}
    cuts = np.array(sorted(m for m in edges if 0 <= m <= end))
    places, widths = _nodes()
    spans = np.diff(cuts)[:, None]
    u, width = (cuts[:-1, None] + spans * places).ravel(), (spans * widths).ravel()
    entered = _entered(arrivals, time, u)
    hazard_e, alive_e = _hazard_and_survival(treated, u)
    hazard_c, alive_c = _hazard_and_survival(control, u)
    pooled = share_e * alive_e + share_c * alive_c
    if null:
        hazard_e = hazard_c = share_e * hazard_e + share_c * hazard_c
        alive_e = alive_c = pooled = alive_e**share_e * alive_c**share_c
    here_e = entered * share_e * alive_e * np.exp(-treated.dropout * u)
    here_c = entered * share_c * alive_c * np.exp(-control.dropout * u)
    piece: IntegerArray = np.searchsorted(np.array(changes), u, side="right") - 1
    return AtRisk(u, width, here_c, here_e, hazard_c, hazard_e, pooled, piece)


def pooled_survival(arms: TwoArms, time: float, *, null: bool = False) -> float:
    """Survival at `time` months after arrival, pooled by the arms' shares; `null` as in `expect_at_risk`."""
    (share_e, treated), (share_c, control) = arms.shares
    alive_e, alive_c = treated.surviving(time), control.surviving(time)
    return float(alive_e**share_e * alive_c**share_c) if null else share_e * alive_e + share_c * alive_c


def _entered(arrivals: Arrivals, time: float, u: FloatArray) -> FloatArray:
    """Participants who arrived at least `u` months before `time`: straight lines between the changes of accrual."""
    edges = sorted({0.0, time, *(edge for start, stop, _ in arrivals.pieces(time) for edge in (start, stop))})
    return np.interp(time - u, edges, [arrivals.arrived(edge) for edge in edges])


def _hazard_and_survival(course: SurvivalCourse, u: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The hazard of those at risk at `u` after arrival (the cured are at risk too) and the share without the event;
    arrays.
    """
    if course.shape != 1.0:
        hazard = course.shape * course.hazards[0] ** course.shape * u ** (course.shape - 1)
    else:
        hazard = np.array(course.hazards)[np.searchsorted(course.starts, u, side="right") - 1]
    gone = np.exp(-np.array([course.cumulative_hazard(at) for at in u]))
    alive = course.cured + (1 - course.cured) * gone
    return (1 - course.cured) * hazard * gone / np.maximum(alive, 1e-300), alive


@lru_cache(maxsize=1)
def _nodes() -> tuple[FloatArray, FloatArray]:
    """Nodes on 0 to 1, finer towards 0, where a Weibull hazard or a weight may have no derivative."""
    nodes, weights = np.polynomial.legendre.leggauss(24)
    at = (nodes + 1) / 2
    return at**3, 3 * at**2 * weights / 2
