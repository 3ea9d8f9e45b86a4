"""A setup as the arrays that kernels read: months become ticks, shares become words, bounds that are absent are
infinite.

Everything here is done anew on every machine that simulates, so it too uses no library's logarithm: the same setup is
the same plan everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import numpy as np

from equipoise.planning import SurvivalCourse
from equipoise.simulation.trials import deciding, enrolling, playing, responding
from equipoise.simulation.trials.arithmetic import minus_log
from equipoise.simulation.trials.parts import MONTHS_MAX, PlannedLook
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.tables import FOREVER, TICKS, Floats, Integers, PackedResponse, PackedSetup

__all__ = ["pack", "pack_response"]

_SCHEMES = {
    "in_turn": enrolling.IN_TURN,
    "complete": enrolling.COMPLETE,
    "permuted_blocks": enrolling.BLOCKS,
    "big_stick": enrolling.STICK,
    "minimization": enrolling.MINIMIZATION,
}
_STATISTICS = {
    "logrank": deciding.LOGRANK,
    "weighted": deciding.WEIGHTED,
    "maxcombo": deciding.MAXCOMBO,
    "cox": deciding.COX,
    "rmst": deciding.RMST,
    "milestone": deciding.MILESTONE,
    "rates": responding.RATES,
    "rate_limit": responding.RATE_LIMIT,
    "rate_ratio": responding.RATE_RATIO,
    "rate": responding.RATE,
    "means": responding.MEANS,
    "mean": responding.MEAN,
}
_ENDLESS = 1e30
"""Ticks per unit of a hazard or rate of zero: more than any time."""


@lru_cache(maxsize=64)
def pack(setup: Setup) -> PackedSetup:
    """The plan of a setup."""
    return PackedSetup(**_accrual(setup), **_scheme(setup), **_courses(setup), **_looks(setup), **_reestimation(setup))


@lru_cache(maxsize=64)
def pack_response(setup: Setup) -> PackedResponse:
    """What the plan of a setup of rates or means has besides."""
    response = setup.response
    assert response is not None
    shown = [cell.shown[arm] for arm in (0, 1) for cell in setup.cells if cell.shown is not None]
    binary = shown[0].rate is not None
    firsts = [0]
    for one in shown:
        firsts.append(firsts[-1] + len(one.values))
    logs = [0.0]
    for k in range(1, setup.participants + 1 if binary else 0):
        logs.append(logs[-1] - minus_log(float(k)))
    return PackedResponse(
        binary=int(binary),
        # Like an event, an assessment is a tick after joining at the least: who joins at a cut is not seen there.
        assessed=max(round(response.months * TICKS), 1),
        found_below=_words([one.rate or 0.0 for one in shown]),
        found_mean=_real([one.mean for one in shown]),
        found_sd=_real([one.sd for one in shown]),
        found_first=_whole(firsts),
        found_values=_real([value for one in shown for value in one.values]),
        present_below=_words([one.present for one in shown]),
        with_absent=int(any(one.present < 1 for one in shown)),
        null=float(response.null),
        above=1.0 if response.above else -1.0,
        truth=float(response.truth),
        scale=float(response.scale),
        log_factorials=_real(logs),
    )


def _words(shares: Sequence[float]) -> Integers:
    """Of 2^32 words as many as these shares."""
    return _whole([round(share * 2**32) for share in shares])


def _real(values: Sequence[Any]) -> Floats:
    return np.array(values, dtype=np.float64)


def _whole(values: Sequence[int]) -> Integers:
    return np.array(values, dtype=np.int64)


def _accrual(setup: Setup) -> dict[str, Any]:
    joining = setup.joining
    start = _real(joining.starts) * TICKS
    count = _real([joining.until(math.inf).arrived(s) for s in joining.starts])
    ticks = _real([TICKS / rate if rate > 0 else _ENDLESS for rate in joining.rates])
    n = setup.participants
    even = np.zeros(n if setup.arrive == "even" else 0, dtype=np.int32)
    if setup.arrive == "even":
        enrolling.place_arrivals(start, count, ticks, np.ones(n), even, n)
    reached = np.cumsum(_real([cell.share for cell in setup.cells]))[:-1]
    return {
        "participants": n,
        "cells": len(setup.cells),
        "random": int(setup.arrive == "random"),
        "even": even,
        "period_start": start,
        "period_count": count,
        "period_ticks": ticks,
        "cell_from": np.minimum(np.rint(reached * 2.0**32), 2.0**32).astype(np.int64),
    }


def _scheme(setup: Setup) -> dict[str, Any]:
    scheme, (control, experimental) = setup.scheme, setup.ratio
    factors = len(setup.cells[0].levels)
    weights = [Fraction(str(w)) for w in scheme.weights or (1.0,) * factors]
    common = math.lcm(*(w.denominator for w in weights)) if weights else 1
    # Biased coin minimization (Han, Enas and McEntegart 2009), as in randomization/minimization.py.
    total = control + experimental
    coin = (1 - Fraction(str(scheme.p))) / (total - min(setup.ratio))
    bonus = 1 - coin * total
    tied = coin * experimental + bonus * Fraction(experimental, total)
    lean = (coin * experimental, tied, coin * experimental + bonus)
    grouped = any(look.statistic.stratified for look in setup.looks) or (setup.estimate and setup.estimate_stratified)
    stratum = [cell.stratum for cell in setup.cells]
    return {
        "strata": setup.strata,
        "stratum": _whole(stratum),
        "group": _whole(stratum if grouped else [0] * len(stratum)),
        "groups": setup.strata if grouped else 1,
        "levels": _whole([level for cell in setup.cells for level in cell.levels]).reshape(len(setup.cells), factors),
        "weights": _whole([int(w * common) for w in weights]),
        "squared": int(scheme.measure == "variance"),
        "scheme": _SCHEMES[scheme.kind],
        "control": control,
        "experimental": experimental,
        "sizes": _whole(scheme.sizes),
        "limit": scheme.limit,
        "lean": _whole([round(p * 2**32) for p in lean]),
    }


def _courses(setup: Setup) -> dict[str, Any]:
    rows = [cell.control for cell in setup.cells] + [cell.experimental for cell in setup.cells]
    pieces = max(len(course.starts) for course in rows)
    start, hazard = np.zeros((len(rows), pieces)), np.full((len(rows), pieces), np.inf)
    ticks = np.full((len(rows), pieces), _ENDLESS)
    for row, course in enumerate(rows):
        _fill_row(course, start[row], hazard[row], ticks[row])
    return {
        "pieces": pieces,
        "piece_start": start,
        "piece_hazard": hazard,
        "piece_ticks": ticks,
        "cured": _real([course.cured for course in rows]),
        "root": _real([1.0 / course.shape for course in rows]),
        "dropout": _real([TICKS / course.dropout if course.dropout > 0 else _ENDLESS for course in rows]),
        "with_cured": int(any(course.cured > 0 for course in rows)),
        "with_root": int(any(course.shape != 1.0 for course in rows)),
        "with_dropout": int(any(course.dropout > 0 for course in rows)),
    }


def _fill_row(course: SurvivalCourse, start: Floats, hazard: Floats, ticks: Floats) -> None:
    for piece, (begin, value) in enumerate(zip(course.starts, course.hazards, strict=True)):
        start[piece] = begin * TICKS
        # On the scale of the Weibull root, a course of one piece begins at 0 like any other.
        hazard[piece] = course.cumulative_hazard(begin)
        ticks[piece] = TICKS / value if value > 0 else _ENDLESS


def _looks(setup: Setup) -> dict[str, Any]:
    looks = setup.looks
    pairs: list[tuple[float, float]] = []
    first = [0]
    for look in looks:
        pairs += look.statistic.weights
        first.append(len(pairs))
    planned = [_when(look) for look in looks]
    if setup.response is not None:
        # Nobody is assessed before a tick has gone by.
        planned = [(kind, max(value, 1)) for kind, value in planned]

    def bounds(values: Sequence[float | None], absent: float) -> Floats:
        return _real([absent if v is None else v for v in values])

    return {
        "look_kind": _whole([kind for kind, _ in planned]),
        "look_value": _whole([value for _, value in planned]),
        "look_latest": _whole([FOREVER if v.latest == MONTHS_MAX else round(v.latest * TICKS) for v in looks]),
        "efficacy": bounds([look.efficacy for look in looks], math.inf),
        "futility": bounds([look.futility for look in looks], -math.inf),
        "harm": bounds([look.harm for look in looks], -math.inf),
        "statistic": _whole([_STATISTICS[look.statistic.kind] for look in looks]),
        "stratified": _whole([int(look.statistic.stratified) for look in looks]),
        "tau": _whole([round((look.statistic.months or 0.0) * TICKS) for look in looks]),
        "pair_first": _whole(first),
        "pairs": _real(pairs).reshape(len(pairs), 2),
        "null_ratio": float(setup.null_ratio),
        "log_null": -minus_log(setup.null_ratio),
        "estimate": int(setup.estimate),
        "estimate_stratified": int(setup.estimate_stratified),
    }


def _when(look: PlannedLook) -> tuple[int, int]:
    if look.events is not None:
        return playing.EVENTS, look.events
    if look.month is not None:
        return playing.MONTH, round(look.month * TICKS)
    return playing.AFTER_LAST, round((look.after_last or 0.0) * TICKS)


def _reestimation(setup: Setup) -> dict[str, Any]:
    plan = setup.reestimation
    if plan is None:
        return {
            "reestimate": 0,
            "quantile": 0.0,
            "assumed": 0.0,
            "new_min": 0,
            "new_max": 0,
            "first_share": 0.0,
        }
    before, last = setup.looks[-2].events, setup.looks[-1].events
    assert before is not None and last is not None  # noqa: PT018 - the setup is sound
    return {
        "reestimate": 1,
        # Rounded, since its tails come from a logarithm of the library.
        "quantile": round(NormalDist().inv_cdf(plan.conditional_power), 12),
        "assumed": 0.0 if plan.ratio is None else minus_log(plan.ratio),
        "new_min": plan.events_min,
        "new_max": plan.events_max,
        "first_share": before / last,
    }
