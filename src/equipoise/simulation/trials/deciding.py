"""Kernels: the statistic of a look, and the estimate when the trial stops.

z is positive for benefit. Tied events (about 2.5 seconds apart or less) are taken one by one in curves, which is exact,
and share one risk set in the log-rank sums and in Cox's likelihood (Breslow 1974). Log-rank and weights: Fleming and
Harrington 1991, section 7.5. Restricted means: Royston and Parmar 2013, variance as in R's survRM2. Milestone: Klein et
al. 2007.
"""

from __future__ import annotations

import math

from numpy import float64, int32, int64

from equipoise.simulation.trials.arithmetic import exponential_of, minus_log, power_of
from equipoise.simulation.trials.tables import TICKS, Integers, PackedSetup, Room, Whole

__all__ = ["count_risk_sets", "decide_statistic", "estimate_ratio", "order_events"]

LOGRANK, WEIGHTED, MAXCOMBO, COX, RMST, MILESTONE = 0, 1, 2, 3, 4, 5
ROUNDS = 40


def count_at_risk(seen: Integers, time: Whole) -> Whole:
    """How many of these are followed until this time or longer."""
    # Not sorted and not accumulated: for the sizes of trials, comparing everybody at every event is less work for a
    # processor than the branches of a sort, and gives whole numbers, which do not depend on any order.
    count = int32(0)
    now = int32(time)
    for p in range(len(seen)):
        count = int32(count + int32(seen[p] >= now))
    return int64(count)


def count_risk_sets(room: Room, stratified: Whole) -> None:
    """Those at risk in either arm at each event: of the stratum, or of all."""
    first, event_first, event_time = room.group_first, room.event_first, room.event_time
    groups = len(first) - 1
    strata = groups // 2
    width = 1 if stratified else strata
    for g in range(0, groups, width):
        s = g % strata
        control = room.seen[first[s] : first[s + width]]
        experimental = room.seen[first[strata + s] : first[strata + s + width]]
        for j in range(event_first[g], event_first[g + width]):
            now = event_time[j]
            room.risk0[j] = count_at_risk(control, now)
            room.risk1[j] = count_at_risk(experimental, now)


def sum_logrank(plan: PackedSetup, room: Room) -> tuple[float, float]:
    """Expected less observed events of the experimental arm, and the variance; against the hazard ratio of the null."""
    event_first, risk0, risk1 = room.event_first, room.risk0, room.risk1
    groups = len(event_first) - 1
    middle = event_first[groups // 2]
    events = event_first[groups]
    expected = 0.0
    variance = 0.0
    # The risk set of each event was counted for it alone, so no order is needed: they are taken as they lie.
    for j in range(events):
        of_experimental = plan.null_ratio * risk1[j]
        share = of_experimental / (risk0[j] + of_experimental)
        expected += share
        variance += share * (1.0 - share)
    return expected - float64(events - middle), variance


def order_events(room: Room, begin0: Whole, stop0: Whole, begin1: Whole, stop1: Whole) -> Whole:
    """The events of two ranges in the order of their times, by rank: how many come before. Gives their number."""
    event_time, order = room.event_time, room.order
    size0 = stop0 - begin0
    total = size0 + stop1 - begin1
    for place in range(total):
        j = begin0 + place if place < size0 else begin1 + place - size0
        now = event_time[j]
        rank = int32(0)
        # Of tied events the one that is listed first comes first.
        for k in range(begin0, min(j, stop0)):
            rank += int32(event_time[k] <= now)
        for k in range(j, stop0):
            rank += int32(event_time[k] < now)
        for k in range(begin1, min(j, stop1)):
            rank += int32(event_time[k] <= now)
        for k in range(max(j, begin1), stop1):
            rank += int32(event_time[k] < now)
        order[rank] = j
    return int64(total)


def weigh_logrank(room: Room, stratified: Whole, rho: float, gamma: float) -> float:
    """z with weights S(t-)^rho (1 - S(t-))^gamma, S the pooled curve of the stratum or of all; NaN without variance."""
    event_first, event_time, order = room.event_first, room.event_time, room.order
    groups = len(event_first) - 1
    strata = groups // 2
    width = 1 if stratified else strata
    middle = event_first[strata]
    benefit = 0.0
    variance = 0.0
    for s in range(0, strata, width):
        t = strata + s
        events = order_events(room, event_first[s], event_first[s + width], event_first[t], event_first[t + width])
        before = 1.0
        after = 1.0
        tied = 0
        last = int64(-1)
        for place in range(events):
            j = order[place]
            if event_time[j] == last:
                tied += 1
            else:
                before = after
                tied = 0
                last = int64(event_time[j])
            # Tied events were all at risk at their time; only the curve, which falls one event at a time, has lost the
            # `tied` ones before.
            total = room.risk0[j] + room.risk1[j]
            share = room.risk1[j] / total
            weight = power_of(before, rho) * power_of(1.0 - before, gamma)
            benefit += weight * (share - (1.0 if j >= middle else 0.0))
            variance += weight * weight * share * (1.0 - share)
            after *= 1.0 - 1.0 / (total - tied)
    if variance <= 0.0:
        return math.nan
    return float(benefit / math.sqrt(variance))


def estimate_ratio(room: Room) -> tuple[float, float]:
    """The log hazard ratio by Cox and its variance, from the risk sets counted; NaN when it runs away to infinity."""
    event_first, risk0, risk1 = room.event_first, room.risk0, room.risk1
    groups = len(event_first) - 1
    middle = event_first[groups // 2]
    events = event_first[groups]
    # It is finite just when in either arm somebody has the event while the other is at risk.
    pull0 = 0
    pull1 = 0
    for j in range(middle):
        pull0 += risk1[j] > 0.0
    for j in range(middle, events):
        pull1 += risk0[j] > 0.0
    if pull0 == 0 or pull1 == 0:
        return math.nan, math.nan
    observed = float64(events - middle)
    beta = 0.0
    information = 1.0
    for _ in range(ROUNDS):
        factor = exponential_of(beta)
        expected = 0.0
        information = 0.0
        for j in range(events):
            of_experimental = factor * risk1[j]
            share = of_experimental / (risk0[j] + of_experimental)
            expected += share
            information += share * (1.0 - share)
        # The likelihood is concave; a bounded step keeps Newton's method from overshooting.
        step = min(max((observed - expected) / max(information, 1e-9), -1.0), 1.0)
        beta += step
        # The next step would be of the order of the square of this one; the information is that before it.
        if abs(step) < 1e-9:
            break
    return beta, 1.0 / information


def walk_arm(room: Room, arm: Whole, until: Whole, restricted: Whole) -> tuple[float, float]:
    """Of one arm's curve up to a tick: the restricted mean in months and its variance, or else S and the variance of
    log S. NaN when nobody was followed so far and somebody is left."""
    first, event_first, event_time, order = room.group_first, room.event_first, room.event_time, room.order
    strata = (len(first) - 1) // 2
    begin, stop = event_first[arm * strata], event_first[arm * strata + strata]
    events = order_events(room, begin, stop, stop, stop)
    risk = room.risk1 if arm == 1 else room.risk0
    longest = int64(0)
    for p in range(first[arm * strata], first[arm * strata + strata]):
        longest = max(longest, int64(room.seen[p]))
    area = 0.0
    survival = 1.0
    spread = 0.0
    moment = 0.0
    second = 0.0
    tied = 0
    last = int64(0)
    for place in range(events):
        j = order[place]
        now = int64(event_time[j])
        if now > until:
            break
        tied = tied + 1 if now == last else 0
        area += survival * float64(now - last) / TICKS
        last = now
        left = risk[j] - tied
        survival *= 1.0 - 1.0 / left
        if left > 1.0:
            # After an event the area up to tau is A(tau) - A(t): its square is summed by powers of A(t).
            part = 1.0 / (left * (left - 1.0))
            spread += part
            moment += part * area
            second += part * area * area
    if longest < until and survival > 1e-12:
        return math.nan, math.nan
    if restricted == 0:
        return survival, spread
    area += survival * float64(until - last) / TICKS
    return area, area * area * spread - 2.0 * area * moment + second


def compare_curves(room: Room, until: Whole, restricted: Whole) -> float:
    """z of the difference of restricted means, or of survival at a tick on the log-log scale; NaN when not given."""
    at0, variance0 = walk_arm(room, int64(0), until, restricted)
    at1, variance1 = walk_arm(room, int64(1), until, restricted)
    if restricted:
        variance = variance0 + variance1
        if not variance > 0.0:
            return math.nan
        return (at1 - at0) / math.sqrt(variance)
    if not (1e-12 < at0 < 1.0 and 1e-12 < at1 < 1.0):
        return math.nan
    log0 = minus_log(at0)
    log1 = minus_log(at1)
    error = math.sqrt(variance0 / (log0 * log0) + variance1 / (log1 * log1))
    return (minus_log(log1) - minus_log(log0)) / error


def decide_statistic(plan: PackedSetup, room: Room, look: Whole) -> float:
    """The z-value of a look, from the events listed; NaN when the data do not give it."""
    kind = plan.statistic[look]
    events = room.event_first[len(room.event_first) - 1]
    if events == 0:
        return math.nan
    count_risk_sets(room, plan.stratified[look])
    if kind == LOGRANK:
        benefit, variance = sum_logrank(plan, room)
        if variance <= 0.0:
            return math.nan
        return benefit / math.sqrt(variance)
    if kind == COX:
        beta, variance = estimate_ratio(room)
        return (plan.log_null - beta) / math.sqrt(variance)
    if kind in (RMST, MILESTONE):
        return compare_curves(room, plan.tau[look], int64(kind == RMST))
    best = -math.inf
    for pair in range(plan.pair_first[look], plan.pair_first[look + 1]):
        z = weigh_logrank(room, plan.stratified[look], plan.pairs[pair, 0], plan.pairs[pair, 1])
        if math.isnan(z):
            return math.nan
        best = max(best, z)
    return best
