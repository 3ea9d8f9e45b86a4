"""What kernels read and write: a setup as arrays, room to work in, and what is recorded of each trial.

Named tuples of arrays and whole numbers, since these are what every compiler of kernels understands. Times are ticks,
2^20 to a month, in 32 bits: about 2.5 seconds each, up to 1,024 months on either clock.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ALIGN",
    "FOREVER",
    "NEVER",
    "TICKS",
    "Floats",
    "Integers",
    "PackedResponse",
    "PackedSetup",
    "Room",
    "TrialRecords",
    "Whole",
    "make_record",
    "make_room",
]

Integers = NDArray[Any]
Floats = NDArray[Any]
Whole = Any
"""A whole number, of whatever type the target has for it: Python's, NumPy's or the compiler's."""

TICKS = 1 << 20
"""Ticks in a month."""
NEVER = (1 << 30) - 1
"""A time on a participant's clock that no event reaches; also the last tick at which anybody can arrive."""
FOREVER = (1 << 31) - 1
"""A tick of the calendar after all others: an event that is not observed, a participant who is not there."""
ALIGN = 32
"""Groups begin at multiples of this, so that loops over them are whole vectors."""


class PackedSetup(NamedTuple):
    """A setup, packed. A row is a cell in an arm: arm * cells + cell. R rows, P pieces, K periods of accrual,
    L looks."""

    participants: int
    cells: int
    strata: int
    random: int
    even: Integers
    """(participants,) arrivals in ticks; empty when they are random."""
    period_start: Floats
    """(K,) in ticks; with the expected number of arrivals before it, and ticks per arrival within it:"""
    period_count: Floats
    period_ticks: Floats
    cell_from: Integers
    """(cells - 1,) the word from which a participant belongs to the next cell."""
    stratum: Integers
    """(cells,) for randomization; and for statistics, all 0 when none is stratified, with their number:"""
    group: Integers
    groups: int
    levels: Integers
    """(cells, factors) for minimization, with whole weights (factors,):"""
    weights: Integers
    squared: int
    scheme: int
    control: int
    experimental: int
    sizes: Integers
    limit: int
    lean: Integers
    """(3,) minimization: of 2^32 words those that choose the experimental arm when it is not preferred, tied,
    preferred.
    """
    pieces: int
    piece_start: Floats
    """(R, P) ticks; with the cumulative hazard there, and ticks per unit of hazard from there on:"""
    piece_hazard: Floats
    piece_ticks: Floats
    cured: Floats
    """(R,) shares; and the reciprocal of the Weibull shape, and ticks per unit of dropout hazard:"""
    root: Floats
    dropout: Floats
    with_cured: int
    with_root: int
    with_dropout: int
    look_kind: Integers
    """(L,) EVENTS, MONTH or AFTER_LAST; with its number of events or ticks, and its latest tick:"""
    look_value: Integers
    look_latest: Integers
    efficacy: Floats
    futility: Floats
    harm: Floats
    statistic: Integers
    """(L,) kind; whether stratified; ticks of tau or the milestone; first and last place in `pairs`:"""
    stratified: Integers
    tau: Integers
    pair_first: Integers
    pairs: Floats
    """(pairs, 2) rho and gamma."""
    null_ratio: float
    log_null: float
    estimate: int
    estimate_stratified: int
    reestimate: int
    quantile: float
    """Reestimation: the normal quantile of the conditional power, and the assumed benefit (0: the observed), new
    events:
    """
    assumed: float
    new_min: int
    new_max: int
    first_share: float
    """The planned share of events before the last stage."""


class PackedResponse(NamedTuple):
    """What a setup of rates or means has besides, packed. Times to an event never carry it along.

    `binary`: 1 for rates, 0 for means. `assessed`: ticks from joining to the assessment.
    """

    binary: int
    assessed: int
    found_below: Integers
    """(R,) the word below which it is true, of a rate; the mean and standard deviation of a normal number; where its
    values begin among all values, (R + 1,), if it has some; the word below which anything is found:
    """
    found_mean: Floats
    found_sd: Floats
    found_first: Integers
    found_values: Floats
    present_below: Integers
    with_absent: int
    null: float
    above: float
    """1 when benefit is more than the null, -1 when it is less; the true effect; the unit of estimates:"""
    truth: float
    scale: float
    log_factorials: Floats
    """(participants + 1,) from that of 0 on, for rates."""


class Room(NamedTuple):
    """Scratch for one trial at a time."""

    words: Integers
    unit: Floats
    arrival: Integers
    cell: Integers
    arm: Integers
    time: Integers
    state: Integers
    """Counts by stratum and arm, or by factor, level and arm; of blocks what is left in each stratum, then whole ones.
    """
    group_first: Integers
    """(2 * groups + 1,) where each group of an arm begins among the places; how far it is filled; where its events
    begin:
    """
    group_fill: Integers
    event_first: Integers
    joined: Integers
    """By place, group after group: arrival; last tick under observation on the own clock; tick of the event; follow-up
    at a look.
    """
    ends: Integers
    strikes: Integers
    seen: Integers
    event_time: Integers
    """By event at a look: own clock, those at risk in either arm, and the order of the events. Where nobody is at risk
    of an event, `risk0` holds what the assessment finds of each participant.
    """
    risk0: Floats
    risk1: Floats
    order: Integers


class TrialRecords(NamedTuple):
    """What is recorded of each trial, shape (trials,) or (trials, looks);
    looks that were not reached keep -1 and NaN."""

    look: Integers
    """The look at which the trial ended, from 0."""
    decision: Integers
    """At that look: 0 none, 1 efficacy, 2 futility, 3 harm."""
    statistic: Floats
    ticks: Integers
    events: Integers
    joined: Integers
    missed: Integers
    """Looks that took place without their number of events."""
    log_ratio: Floats
    """The estimated log hazard ratio when the trial ended, and its variance; NaN when it is not bounded or not asked
    for.
    """
    variance: Floats
    pivot: Floats
    """Of rates and means, whose estimate is a difference in units of the scale: the z of the truth; NaN otherwise."""


def make_room(plan: PackedSetup) -> Room:
    """Scratch that is large enough for the plan."""
    n = plan.participants
    groups = 2 * plan.groups
    places = (n + groups * ALIGN + ALIGN - 1) // ALIGN * ALIGN
    counters = (
        2 * plan.strata + len(plan.sizes) + 2 * max(1, plan.levels.shape[1]) * (int(plan.levels.max(initial=0)) + 1)
    )

    def whole(size: int, kind: Any = np.int32) -> Integers:
        return np.zeros(size, dtype=kind)

    return Room(
        whole((n + 3) // 4 * 4, np.uint32),
        np.zeros(n),
        whole(n),
        whole(n),
        whole(n),
        whole(n),
        whole(counters, np.int64),
        whole(groups + 1, np.int64),
        whole(groups + 1, np.int64),
        whole(groups + 1, np.int64),
        whole(places),
        whole(places),
        whole(places),
        whole(places),
        whole(n + 1),
        np.zeros(n + 1),
        np.zeros(n + 1),
        whole(n + 1, np.int64),
    )


def make_record(trials: int, looks: int) -> TrialRecords:
    """Nothing recorded yet."""

    def whole(*shape: int) -> Integers:
        return np.full(shape, -1, dtype=np.int32)

    return TrialRecords(
        whole(trials),
        whole(trials),
        np.full((trials, looks), np.nan),
        whole(trials, looks),
        whole(trials, looks),
        whole(trials, looks),
        np.zeros(trials, dtype=np.int32),
        np.full(trials, np.nan),
        np.full(trials, np.nan),
        np.full(trials, np.nan),
    )
