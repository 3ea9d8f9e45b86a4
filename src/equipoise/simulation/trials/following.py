"""Kernels: when events and dropout strike, and what is seen of them at a look.

Hazards are inverted: a unit exponential is the cumulative hazard at the event (Bender, Augustin and Blettner 2005, Stat
Med 24:1713). Participants are then kept in places, arm after arm and group after group, each group padded to whole
vectors: counting those at risk by comparison is faster than sorting, and the k-th event is found by halving an
interval.
"""

from __future__ import annotations

from numpy import float64, int32, int64

from equipoise.simulation.trials.arithmetic import STEP, fill_words, minus_log, power_of
from equipoise.simulation.trials.enrolling import USE_DROPOUT, USE_EVENT
from equipoise.simulation.trials.tables import ALIGN, FOREVER, NEVER, Integers, PackedSetup, Room, Whole

LONGEST = float(NEVER - 1)

__all__ = ["count_joined", "draw_times", "find_event", "find_last", "invert_hazard", "list_events", "settle"]


def draw_times(plan: PackedSetup, room: Room, key0: Whole, key1: Whole, index: Whole) -> None:
    """The event of each participant on their own clock, in ticks from 1; NEVER for none. Needs arms and cells."""
    n = plan.participants
    words, unit, time, arm, cell = room.words, room.unit, room.time, room.arm, room.cell
    fill_words(words, n, key0, key1, index, int(USE_EVENT))
    # Each step is a loop of its own over all participants, though one loop would do: what has no branch and calls
    # nothing becomes vector instructions, and that is where the time of a trial goes.
    never = LONGEST
    if plan.with_cured:
        for i in range(n):
            row = arm[i] * plan.cells + cell[i]
            cured = plan.cured[row]
            rest = ((float64(words[i]) + 0.5) * STEP - cured) / (1.0 - cured)
            unit[i] = -1.0  # cured: no hazard is ever enough
            if rest > 0.0:
                unit[i] = minus_log(rest)
    else:
        for i in range(n):
            unit[i] = minus_log((float64(words[i]) + 0.5) * STEP)
    # The commonest trial of all, one hazard in each arm, needs no search for the piece.
    if plan.cells == 1 and plan.pieces == 1 and plan.with_cured == 0 and plan.with_root == 0:
        control = plan.piece_ticks[0, 0]
        experimental = plan.piece_ticks[1, 0]
        for i in range(n):
            scale = experimental if arm[i] > 0 else control
            # From 1: whoever arrives at the very cut has follow-up 0, and is at risk for nobody's event.
            time[i] = int32(min(unit[i] * scale, never)) + 1
    elif plan.pieces == 1 and plan.with_cured == 0 and plan.with_root == 0:
        for i in range(n):
            scale = plan.piece_ticks[arm[i] * plan.cells + cell[i], 0]
            time[i] = int32(min(unit[i] * scale, never)) + 1
    else:
        for i in range(n):
            tick = LONGEST
            if unit[i] >= 0.0:
                tick = invert_hazard(plan, arm[i] * plan.cells + cell[i], unit[i])
            time[i] = int32(min(tick, never)) + 1


def invert_hazard(plan: PackedSetup, row: Whole, hazard: float) -> float:
    """Ticks until the cumulative hazard of a row reaches this."""
    if plan.with_root:
        hazard = power_of(hazard, float64(plan.root[row]))
    piece = 0
    while piece < plan.pieces - 1 and hazard >= plan.piece_hazard[row, piece + 1]:
        piece += 1
    tick: float = plan.piece_start[row, piece] + (hazard - plan.piece_hazard[row, piece]) * plan.piece_ticks[row, piece]
    return tick


def settle(plan: PackedSetup, room: Room, key0: Whole, key1: Whole, index: Whole) -> Whole:
    """Give everybody a place, with what can be observed of them, and return the number of places."""
    n = plan.participants
    words, unit, arm, cell, time, arrival = room.words, room.unit, room.arm, room.cell, room.time, room.arrival
    first, fill, own = room.group_first, room.group_fill, room.order
    joined, ends, strikes = room.joined, room.ends, room.strikes
    groups = len(first) - 1
    strata = groups // 2
    for group in range(groups + 1):
        fill[group] = 0
    if strata == 1:
        experimental = int64(0)
        for i in range(n):
            own[i] = arm[i]
            experimental += arm[i]
        fill[0] = n - experimental
        fill[1] = experimental
    else:
        for i in range(n):
            own[i] = int64(arm[i]) * strata + plan.group[cell[i]]
        for i in range(n):
            fill[own[i]] += 1
    places = int64(0)
    for group in range(groups):
        size = fill[group]
        first[group] = places
        fill[group] = places
        places += (size + ALIGN - 1) // ALIGN * ALIGN
    first[groups] = places
    # What stands in the padding joins never and strikes never: it is counted by every comparison below, as 0.
    for p in range(places):
        joined[p] = FOREVER
        ends[p] = 0
        strikes[p] = FOREVER
    if plan.with_dropout:
        fill_words(words, n, key0, key1, index, int(USE_DROPOUT))
        for i in range(n):
            unit[i] = minus_log((float64(words[i]) + 0.5) * STEP)
    # First what is seen of each, in the order of participants and without a branch, so that it becomes vector
    # instructions: the end of follow-up where the words were, the tick of the event where its time was. Then places.
    never = LONGEST
    if plan.with_dropout:
        for i in range(n):
            left = int32(min(unit[i] * plan.dropout[arm[i] * plan.cells + cell[i]], never)) + 1
            words[i] = min(time[i], left)
    else:
        for i in range(n):
            words[i] = time[i]
    for i in range(n):
        event = int64(time[i])
        seen = event == int64(words[i]) and event < NEVER
        time[i] = int64(arrival[i]) + event if seen else FOREVER
    for i in range(n):
        p = fill[own[i]]
        fill[own[i]] = p + 1
        joined[p] = arrival[i]
        ends[p] = words[i]
        strikes[p] = time[i]
    return places


def find_event(strikes: Integers, places: Whole, wanted: Whole, low: Whole) -> Whole:
    """The tick of the `wanted`-th event, not before `low`; FOREVER when there are fewer."""
    # Halving the interval of ticks takes at most 31 counts over all places; each is one pass of comparisons over
    # neighbouring whole numbers, which is faster than keeping or sorting events of a few hundred participants. int32
    # throughout, so that a vector holds as many of them as it can.
    high = int32(FOREVER)
    low = int32(low)
    while low < high:
        middle = int32(low + ((high - low) >> 1))
        count = int32(0)
        for p in range(places):
            count = int32(count + int32(strikes[p] <= middle))
        if count >= wanted:
            high = middle
        else:
            low = int32(middle + 1)
    return int64(high)


def find_last(room: Room, places: Whole) -> Whole:
    """The tick after which nothing more happens: the last arrival or the last event."""
    last = int64(0)
    for p in range(places):
        if room.joined[p] < FOREVER:
            last = max(last, int64(room.joined[p]))
        if room.strikes[p] < FOREVER:
            last = max(last, int64(room.strikes[p]))
    return last


def count_joined(joined: Integers, places: Whole, cut: Whole) -> Whole:
    """Participants who arrived by the tick."""
    now = int32(cut)
    count = int32(0)
    for p in range(places):
        count = int32(count + int32(joined[p] <= now))
    return int64(count)


def list_events(room: Room, places: Whole, cut: Whole) -> Whole:
    """Follow-up of everybody at the tick, and the events so far, group by group. Gives the number of events.

    Who has not arrived has follow-up below 0, and is never at risk.
    """
    joined, ends, strikes, seen = room.joined, room.ends, room.strikes, room.seen
    first, event_first, event_time = room.group_first, room.event_first, room.event_time
    now = int32(cut)
    for p in range(places):
        seen[p] = min(ends[p], int32(now - joined[p]))
    events = int64(0)
    for g in range(len(first) - 1):
        event_first[g] = events
        for p in range(first[g], first[g + 1]):
            # Written before it is known to be one: no branch to predict.
            event_time[events] = ends[p]
            events += int64(strikes[p] <= now)
    event_first[len(first) - 1] = events
    return events
