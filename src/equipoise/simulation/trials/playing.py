"""Kernels: one trial from its first arrival to its decision, and a chunk of trials one after another.

The number of a trial and the key decide everything that happens in it; the room is only a place to work in.
"""

from __future__ import annotations

import math

from numpy import int64

from equipoise.simulation.trials.deciding import count_risk_sets, decide_statistic, estimate_ratio
from equipoise.simulation.trials.enrolling import draw_arms, draw_arrivals, draw_cells
from equipoise.simulation.trials.following import (
    count_joined,
    draw_times,
    find_event,
    find_last,
    list_events,
    settle,
)
from equipoise.simulation.trials.tables import FOREVER, PackedSetup, Room, TrialRecords, Whole

__all__ = ["find_look", "judge", "need_events", "play_chunk", "play_trial"]

EVENTS, MONTH, AFTER_LAST = 0, 1, 2
NONE, EFFICACY, FUTILITY, HARM = 0, 1, 2, 3


def find_look(plan: PackedSetup, room: Room, places: Whole, look: Whole, wanted: Whole, before: Whole) -> Whole:
    """The tick of a look: when it is due, not after its latest tick, and not before the look before it."""
    latest = plan.look_latest[look]
    kind = plan.look_kind[look]
    if kind == EVENTS:
        due = find_event(room.strikes, places, wanted, before)
        if due == FOREVER and latest == FOREVER:
            due = find_last(room, places)
    elif kind == MONTH:
        due = wanted
    else:
        due = wanted + room.arrival[plan.participants - 1]
    return max(min(due, latest), before)


def judge(z: float, efficacy: float, futility: float, harm: float) -> Whole:
    """Which bound a statistic crosses; one that the data do not give is NaN, and crosses none."""
    # Every comparison with NaN is false.
    if z <= harm:
        return int64(HARM)
    if z >= efficacy:
        return int64(EFFICACY)
    if z <= futility:
        return int64(FUTILITY)
    return int64(NONE)


def need_events(plan: PackedSetup, z: float, events: Whole) -> Whole:
    """Events in all at the last look, so that the conditional power is as asked for, within its limits."""
    last = len(plan.efficacy) - 1
    first = plan.first_share
    bound = (plan.efficacy[last] - math.sqrt(first) * z) / math.sqrt(1.0 - first)
    # Schoenfeld's information: events times r / (1 + r)^2.
    per_event = float(plan.control * plan.experimental) / float((plan.control + plan.experimental) ** 2)
    effect = plan.assumed
    if effect == 0.0:
        effect = z / math.sqrt(per_event * events)
    new = float(plan.new_max)
    if math.isnan(z):  # nothing was seen: as many as there may be
        return events + plan.new_max
    reach = max(0.0, bound + plan.quantile)
    if effect > 0.0:
        new = min(reach * reach / (effect * effect * per_event), new)
    return events + int64(math.ceil(max(new, float(plan.new_min))))


def combine(plan: PackedSetup, z1: float, events1: Whole, z2: float, events2: Whole) -> float:
    """z of both stages: what the new events say by themselves, with the weights that were planned."""
    if not events2 > events1:
        return z1
    new = (math.sqrt(float(events2)) * z2 - math.sqrt(float(events1)) * z1) / math.sqrt(float(events2 - events1))
    return math.sqrt(plan.first_share) * z1 + math.sqrt(1.0 - plan.first_share) * new


def play_trial(
    plan: PackedSetup, room: Room, record: TrialRecords, key0: Whole, key1: Whole, index: Whole, row: Whole
) -> None:
    """Trial `index`, recorded in `row`."""
    # Everything is drawn before anything is looked at: what a look decides cannot change what would have happened, and
    # scenarios that share a name share their chance from the first participant to the last.
    draw_arrivals(plan, room, key0, key1, index)
    draw_cells(plan, room, key0, key1, index)
    draw_arms(plan, room, key0, key1, index)
    draw_times(plan, room, key0, key1, index)
    places = settle(plan, room, key0, key1, index)
    looks = len(plan.look_kind)
    cut = int64(0)
    decision = int64(NONE)
    missed = int64(0)
    earlier_z = 0.0
    earlier_events = int64(0)
    wanted = int64(0)
    look = int64(0)
    while True:
        if not (plan.reestimate and look == looks - 1):
            wanted = plan.look_value[look]
        cut = find_look(plan, room, places, look, wanted, cut)
        events = list_events(room, places, cut)
        missed += int64(plan.look_kind[look] == EVENTS and events < wanted)
        z = decide_statistic(plan, room, look)
        if plan.reestimate and look == looks - 1:
            z = combine(plan, earlier_z, earlier_events, z, events)
        # What is recorded of a look is recorded also where it decides nothing: distributions are told of all of them.
        record.statistic[row, look] = z
        record.ticks[row, look] = cut
        record.events[row, look] = events
        record.joined[row, look] = count_joined(room.joined, places, cut)
        decision = judge(z, plan.efficacy[look], plan.futility[look], plan.harm[look])
        if decision != NONE or look == looks - 1:
            break
        if plan.reestimate and look == looks - 2:
            wanted = need_events(plan, z, events)
            earlier_z = z
            earlier_events = events
        look += 1
    record.look[row] = look
    record.decision[row] = decision
    record.missed[row] = missed
    if plan.estimate:
        if plan.estimate_stratified != plan.stratified[look]:
            count_risk_sets(room, plan.estimate_stratified)
        log_ratio, variance = estimate_ratio(room)
        record.log_ratio[row] = log_ratio
        record.variance[row] = variance


def play_chunk(
    plan: PackedSetup, room: Room, record: TrialRecords, key0: Whole, key1: Whole, first: Whole, count: Whole
) -> None:
    """Trials `first` to `first + count - 1`, recorded from row 0."""
    for row in range(count):
        play_trial(plan, room, record, key0, key1, first + row, row)
