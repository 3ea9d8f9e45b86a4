"""Kernels: when each participant of a trial arrives, of what kind they are, and which arm they are given.

Plain functions over arrays, compiled by `compiling`. Every participant has one word for each use, so that a scheme that
draws more or less moves no other draw. Schemes are those of `randomization`, with the arms counted control first.
"""

from __future__ import annotations

from numpy import float64, int64

from equipoise.simulation.trials.arithmetic import LOW, STEP, fill_words, minus_log
from equipoise.simulation.trials.tables import NEVER, Floats, Integers, PackedSetup, Room, Whole

__all__ = ["draw_arms", "draw_arrivals", "draw_cells", "place_arrivals"]

USE_EVENT, USE_DROPOUT, USE_ARM, USE_CELL, USE_ARRIVAL, USE_SIZE, USE_SHOWN = 1, 2, 3, 4, 5, 6, 7
IN_TURN, COMPLETE, BLOCKS, STICK, MINIMIZATION = 0, 1, 2, 3, 4


def draw_arrivals(plan: PackedSetup, room: Room, key0: Whole, key1: Whole, index: Whole) -> None:
    """Ticks at which participants arrive, in order."""
    n = plan.participants
    arrival = room.arrival
    if plan.random == 0:
        even = plan.even
        for i in range(n):
            arrival[i] = even[i]
        return
    unit = room.unit
    words = room.words
    fill_words(words, n, key0, key1, index, int(USE_ARRIVAL))
    # A loop of its own: logarithms become vector instructions, sums that wait for one another cannot.
    for i in range(n):
        unit[i] = minus_log((float64(words[i]) + 0.5) * STEP)
    place_arrivals(plan.period_start, plan.period_count, plan.period_ticks, unit, arrival, n)


def place_arrivals(
    start: Floats, count: Floats, ticks: Floats, steps: Floats, arrival: Integers, participants: Whole
) -> None:
    """From steps on the scale of expected arrivals to ticks: the inverse of a cumulative rate that is straight in
    pieces.
    """
    total = 0.0
    piece = 0
    last = len(start) - 1
    for i in range(participants):
        total += steps[i]
        # Totals only grow, so the piece is never searched for again from the start.
        while piece < last and total >= count[piece + 1]:
            piece += 1
        tick = start[piece] + (total - count[piece]) * ticks[piece]
        arrival[i] = int64(min(tick, float64(NEVER)))


def draw_cells(plan: PackedSetup, room: Room, key0: Whole, key1: Whole, index: Whole) -> None:
    """Of what kind each participant is."""
    n = plan.participants
    cell = room.cell
    for i in range(n):
        cell[i] = 0
    if plan.cells == 1:
        return
    words = room.words
    fill_words(words, n, key0, key1, index, int(USE_CELL))
    for k in range(plan.cells - 1):
        bound = plan.cell_from[k]
        # The kind is the number of bounds that a word is not below: comparisons without a branch.
        for i in range(n):
            cell[i] += int64(words[i]) >= bound


def draw_arms(plan: PackedSetup, room: Room, key0: Whole, key1: Whole, index: Whole) -> None:
    """0 for control, 1 for experimental."""
    n = plan.participants
    arm = room.arm
    total = plan.control + plan.experimental
    if plan.scheme == IN_TURN:
        place = 0
        for i in range(n):
            arm[i] = place < plan.experimental
            place += 1
            if place == total:
                place = 0
        return
    words = room.words
    if plan.scheme == BLOCKS:
        # The sizes are read first and kept where the order of events will be: one buffer of words is enough.
        order = room.order
        if len(plan.sizes) > 1:
            fill_words(words, n, key0, key1, index, int(USE_SIZE))
            for i in range(n):
                order[i] = (int64(words[i]) * len(plan.sizes)) >> 32
        else:
            for i in range(n):
                order[i] = 0
    fill_words(words, n, key0, key1, index, int(USE_ARM))
    if plan.scheme == COMPLETE:
        for i in range(n):
            # The upper bits of a product with the number of choices: no division, and whole numbers on any machine.
            # The probabilities differ from the ratio's by at most 2^-32, which a million trials do not see.
            arm[i] = ((int64(words[i]) * total) >> 32) < plan.experimental
    elif plan.scheme == BLOCKS:
        draw_blocks(plan, room)
    elif plan.scheme == STICK:
        draw_by_stick(plan, room)
    else:
        minimize(plan, room)


def draw_blocks(plan: PackedSetup, room: Room) -> None:
    """Permuted blocks within strata: of what is left of a block, each place is as likely as any other."""
    cell, arm, words, state, order = room.cell, room.arm, room.words, room.state, room.order
    total = plan.control + plan.experimental
    fresh = plan.strata
    # What is left of a block is one number, its places above and those of the experimental arm below: no order of a
    # block is ever written down and shuffled, and a participant costs one load and one store and no branch.
    for s in range(plan.strata):
        state[s] = 0
    for k in range(len(plan.sizes)):
        state[fresh + k] = (plan.sizes[k] << 32) + plan.sizes[k] // total * plan.experimental
    for i in range(plan.participants):
        s = plan.stratum[cell[i]]
        begun = state[fresh + order[i]]
        left = state[s]
        if left == 0:
            left = begun
        experimental = int64(((int64(words[i]) * (left >> 32)) >> 32) < (left & LOW))
        arm[i] = experimental
        state[s] = left - (int64(1) << 32) - experimental


def draw_by_stick(plan: PackedSetup, room: Room) -> None:
    """A fair coin, unless one arm leads by the limit within the stratum: then the other arm."""
    cell, arm, words, state = room.cell, room.arm, room.words, room.state
    for s in range(2 * plan.strata):
        state[s] = 0
    for i in range(plan.participants):
        s = plan.stratum[cell[i]]
        lead = state[s]
        experimental = int64(words[i]) >> 31
        if lead >= plan.limit:
            experimental = int64(1)
        elif lead <= -plan.limit:
            experimental = int64(0)
        arm[i] = experimental
        state[s] = lead + 1 - 2 * experimental


def minimize(plan: PackedSetup, room: Room) -> None:
    """Pocock and Simon: the arm that leaves less imbalance is given with the higher probability.

    With counts a and b, and the ratio r to s, a s - b r is r s times the difference of a/r and b/s: whole numbers, so
    that ties are ties.
    """
    cell, arm, words, state = room.cell, room.arm, room.words, room.state
    levels, weights = plan.levels, plan.weights
    factors = levels.shape[1]
    for s in range(len(state)):
        state[s] = 0
    width = len(state) // (2 * factors)
    for i in range(plan.participants):
        if_control = int64(0)
        if_experimental = int64(0)
        for f in range(factors):
            at = 2 * (f * width + levels[cell[i], f])
            lead = state[at] * plan.experimental - state[at + 1] * plan.control
            one = lead + plan.experimental
            two = lead - plan.control
            if plan.squared:
                if_control += weights[f] * one * one
                if_experimental += weights[f] * two * two
            else:
                if_control += weights[f] * abs(one)
                if_experimental += weights[f] * abs(two)
        preferred = 1
        if if_experimental < if_control:
            preferred = 2
        elif if_control < if_experimental:
            preferred = 0
        experimental = int64(int64(words[i]) < plan.lean[preferred])
        arm[i] = experimental
        for f in range(factors):
            state[2 * (f * width + levels[cell[i], f]) + experimental] += 1
