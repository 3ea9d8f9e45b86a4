"""A Cox problem made ready: rows in the order of the risk sets, covariates centered and scaled, and its likelihood.

Centering and scaling change no estimate; they keep sums small and make one tolerance fit every unit of measurement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from equipoise.survival.compiling import kernel_for
from equipoise.survival.inputs import Array, read_codes, read_covariates, read_times, read_weights
from equipoise.survival.kernels import sum_cox, tabulate_cox
from equipoise.survival.ordering import order_rows
from equipoise.survival.words import refuse

__all__ = ["HazardSteps", "RiskSets", "evaluate", "prepare", "tabulate"]


@dataclass(frozen=True)
class RiskSets:
    """Rows by stratum and falling time. `start` and `leave` are empty without late entry."""

    order: Array
    first: Array
    time: Array
    event: Array
    x: Array
    weight: Array
    start: Array
    leave: Array
    efron: bool
    center: Array
    spread: Array


def prepare(time: Any, event: Any, covariates: Any, *, strata: Any, ties: str, start: Any, weights: Any) -> RiskSets:
    """Check everything and put it in order. Raises Refusal."""
    times, events, starts = read_times(time, event, start)
    x = read_covariates(covariates, len(times))
    given = read_weights(weights, len(times))
    stratum = None if strata is None else read_codes(strata, len(times), "strata")[1]
    if ties not in ("efron", "breslow"):
        refuse("survival.ties", "ties", given=ties)
    if not events.any():
        refuse("survival.no_events/hazard", "event")
    # Stable, so that sums over tied rows run in the order of the input on every machine.
    order, first = order_rows(times, stratum, descending=True, stable=True)
    ready = np.take(x, order, axis=0)
    center = np.einsum("ij->j", ready) / len(ready)
    ready -= center
    spread = np.sqrt(np.einsum("ij,ij->j", ready, ready) / len(ready))
    constant = np.flatnonzero(spread <= 1e-12 * np.abs(center))
    if len(constant):
        refuse("survival.constant", f"X[:, {constant[0]}]", column=int(constant[0]))
    ready /= spread
    weight = np.ones(len(times)) if given is None else given[order]
    begin, leave = np.empty(0), np.empty(0, dtype=np.int64)
    if starts is not None:
        begin = starts[order]
        place = None if stratum is None else stratum[order]
        leave, _ = order_rows(begin, place, descending=True, stable=True)
    return RiskSets(
        order, first, times[order], events[order], ready, weight, begin, leave, ties == "efron", center, spread
    )


def evaluate(sets: RiskSets, beta: Array, scale: Array | None = None) -> tuple[float, Array, Array]:
    """Log partial likelihood, gradient (p,) and information (p, p) at `beta`, for the scaled covariates.

    `scale` multiplies what the deaths of each row's time add to gradient and information.
    """
    rows, p = sets.x.shape
    eta, risk = _risk(sets, beta)
    gradient, information = np.zeros(p), np.zeros((p, p))
    weigh = np.ones(rows) if scale is None else scale
    value = kernel_for(sum_cox, rows)(
        sets.first,
        sets.time,
        sets.event,
        sets.x,
        eta,
        risk,
        sets.weight,
        sets.start,
        sets.leave,
        sets.efron,
        weigh,
        gradient,
        information,
    )
    return float(value), gradient, np.tril(information) + np.tril(information, -1).T


def _risk(sets: RiskSets, beta: Array) -> tuple[Array, Array]:
    # Column by column: a matrix product would sum in an order that depends on the number of threads.
    eta = np.zeros(len(sets.x))
    for j, slope in enumerate(beta):
        eta += sets.x[:, j] * slope
    risk = np.exp(eta)
    risk *= sets.weight
    return eta, risk


@dataclass(frozen=True)
class HazardSteps:
    """What happens at each death time (see `tabulate_cox`), shape (m,) or (m, p); `risk` of each row, shape (n,)."""

    hazard: Array
    death_hazard: Array
    moment: Array
    death_moment: Array
    mean: Array
    place: Array
    entry: Array
    last: Array
    risk: Array


def tabulate(sets: RiskSets, beta: Array) -> HazardSteps:
    """The steps of the baseline hazard at `beta`, in the order of the risk sets."""
    rows, p = sets.x.shape
    _, risk = _risk(sets, beta)
    most = int(sets.event.sum())
    hazard, death_hazard = np.zeros(most), np.zeros(most)
    moment, death_moment, mean = np.zeros((most, p)), np.zeros((most, p)), np.zeros((most, p))
    place, entry = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    last = np.zeros(len(sets.first) - 1, dtype=np.int64)
    count = kernel_for(tabulate_cox, rows)(
        sets.first,
        sets.time,
        sets.event,
        sets.x,
        risk,
        sets.weight,
        sets.start,
        sets.leave,
        sets.efron,
        hazard,
        death_hazard,
        moment,
        death_moment,
        mean,
        place,
        entry,
        last,
    )
    return HazardSteps(
        hazard[:count],
        death_hazard[:count],
        moment[:count],
        death_moment[:count],
        mean[:count],
        place,
        entry,
        last,
        risk,
    )
