"""Kernels: one trial of rates or means from its first arrival to its decision, and a chunk of them.

Arrivals, kinds, arms and looks are those of any trial (`playing`); what is seen at a look are assessments.
"""

from __future__ import annotations

from numpy import int64

from equipoise.simulation.trials.enrolling import draw_arms, draw_arrivals, draw_cells
from equipoise.simulation.trials.following import count_joined
from equipoise.simulation.trials.playing import EVENTS, NONE, find_look, judge
from equipoise.simulation.trials.responding import (
    assess,
    compare_with,
    count_assessed,
    draw_found,
    estimate_response,
    summarize,
)
from equipoise.simulation.trials.tables import PackedResponse, PackedSetup, Room, TrialRecords, Whole

__all__ = ["play_response", "play_responses"]


def play_response(
    plan: PackedSetup,
    response: PackedResponse,
    room: Room,
    record: TrialRecords,
    key0: Whole,
    key1: Whole,
    index: Whole,
    row: Whole,
) -> None:
    """Trial `index`, recorded in `row`."""
    draw_arrivals(plan, room, key0, key1, index)
    draw_cells(plan, room, key0, key1, index)
    draw_arms(plan, room, key0, key1, index)
    draw_found(plan, response, room, key0, key1, index)
    places = assess(plan, response, room, key0, key1, index)
    looks = len(plan.look_kind)
    cut = int64(0)
    decision = int64(NONE)
    missed = int64(0)
    look = int64(0)
    while True:
        cut = find_look(plan, room, places, look, plan.look_value[look], cut)
        assessed = count_assessed(room, places, cut)
        missed += int64(plan.look_kind[look] == EVENTS and assessed < plan.look_value[look])
        n0, n1, sum0, sum1, s0, s1 = summarize(room, places, cut)
        z = response.above * compare_with(response, plan.statistic[look], n0, n1, sum0, sum1, s0, s1, response.null)
        record.statistic[row, look] = z
        record.ticks[row, look] = cut
        record.events[row, look] = assessed
        record.joined[row, look] = count_joined(room.joined, places, cut)
        decision = judge(z, plan.efficacy[look], plan.futility[look], plan.harm[look])
        if decision != NONE or look == looks - 1:
            break
        look += 1
    record.look[row] = look
    record.decision[row] = decision
    record.missed[row] = missed
    estimate, variance, pivot = estimate_response(plan, response, n0, n1, sum0, sum1, s0, s1)
    record.log_ratio[row] = estimate
    record.variance[row] = variance
    record.pivot[row] = pivot


def play_responses(
    plan: PackedSetup,
    response: PackedResponse,
    room: Room,
    record: TrialRecords,
    key0: Whole,
    key1: Whole,
    first: Whole,
    count: Whole,
) -> None:
    """Trials `first` to `first + count - 1`, recorded from row 0."""
    for row in range(count):
        play_response(plan, response, room, record, key0, key1, first + row, row)
