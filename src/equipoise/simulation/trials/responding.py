"""Kernels: what an assessment finds of each participant, and the statistic of a look at rates or means.

Statistics are those by which the analysis of a protocol concludes: Pearson's chi-square or Fisher's exact test of two
rates, the limits of Newcombe (1998) or of the score of a ratio against a margin, Wilson's of one rate, Welch's and
Student's t as normal scores. `estimation` has the same in plain sight, and tests hold the two together.
"""

from __future__ import annotations

import math

from numpy import float64, int64

from equipoise.simulation.trials.arithmetic import STEP, exponential_of, fill_words, minus_log
from equipoise.simulation.trials.enrolling import USE_DROPOUT, USE_EVENT, USE_SHOWN
from equipoise.simulation.trials.quantiles import FARTHEST, LEAST_TAIL, normal_of_t, normal_quantile
from equipoise.simulation.trials.tables import FOREVER, PackedResponse, PackedSetup, Room, Whole

__all__ = ["assess", "compare_with", "count_assessed", "draw_found", "estimate_response"]

RATES, RATE_LIMIT, RATE_RATIO, RATE, MEANS, MEAN = 6, 7, 8, 9, 10, 11
NEAREST, LIMIT = 1e-6, 8.0
HALVINGS = 46
FIT = 5
"""The least expected count with which chi-square is fit."""


def draw_found(plan: PackedSetup, response: PackedResponse, room: Room, key0: Whole, key1: Whole, index: Whole) -> None:
    """What would be found of each participant. Needs arms and cells."""
    n = plan.participants
    words, cell, arm, found = room.words, room.cell, room.arm, room.risk0
    fill_words(words, n, key0, key1, index, int(USE_EVENT))
    for i in range(n):
        row = int64(arm[i]) * plan.cells + cell[i]
        if response.binary:
            found[i] = float64(int64(words[i]) < response.found_below[row])
        else:
            first = response.found_first[row]
            count = response.found_first[row + 1] - first
            if count > 0:
                found[i] = response.found_values[first + ((int64(words[i]) * count) >> 32)]
            else:
                score = normal_quantile((float64(words[i]) + 0.5) * STEP)
                found[i] = response.found_mean[row] + response.found_sd[row] * score


def assess(plan: PackedSetup, response: PackedResponse, room: Room, key0: Whole, key1: Whole, index: Whole) -> Whole:
    """When each participant is assessed, FOREVER who never is, and the number of places: everybody has their own."""
    n = plan.participants
    words, unit, cell, arm = room.words, room.unit, room.cell, room.arm
    for i in range(n):
        room.joined[i] = room.arrival[i]
        room.strikes[i] = int64(room.arrival[i]) + response.assessed
    if plan.with_dropout:
        fill_words(words, n, key0, key1, index, int(USE_DROPOUT))
        for i in range(n):
            unit[i] = minus_log((float64(words[i]) + 0.5) * STEP)
        for i in range(n):
            if unit[i] * plan.dropout[int64(arm[i]) * plan.cells + cell[i]] < float64(response.assessed):
                room.strikes[i] = FOREVER
    if response.with_absent:
        fill_words(words, n, key0, key1, index, int(USE_SHOWN))
        for i in range(n):
            if int64(words[i]) >= response.present_below[int64(arm[i]) * plan.cells + cell[i]]:
                room.strikes[i] = FOREVER
    return int64(n)


def count_assessed(room: Room, places: Whole, cut: Whole) -> Whole:
    """How many have been assessed by the tick."""
    count = int64(0)
    for p in range(places):
        count += int64(room.strikes[p] <= cut)
    return count


def summarize(room: Room, places: Whole, cut: Whole) -> tuple[float, float, float, float, float, float]:
    """Of those assessed by the tick: how many in control and experimental arm, their sums, and their squares about
    their means."""
    n0 = 0.0
    n1 = 0.0
    sum0 = 0.0
    sum1 = 0.0
    for p in range(places):
        if room.strikes[p] <= cut:
            if room.arm[p] > 0:
                n1 += 1.0
                sum1 += room.risk0[p]
            else:
                n0 += 1.0
                sum0 += room.risk0[p]
    mean0 = sum0 / max(n0, 1.0)
    mean1 = sum1 / max(n1, 1.0)
    squares0 = 0.0
    squares1 = 0.0
    for p in range(places):
        if room.strikes[p] <= cut:
            if room.arm[p] > 0:
                away = room.risk0[p] - mean1
                squares1 += away * away
            else:
                away = room.risk0[p] - mean0
                squares0 += away * away
    return n0, n1, sum0, sum1, squares0, squares1


def log_choose(response: PackedResponse, n: Whole, of: Whole) -> float:
    """log of the number of ways to choose so many."""
    logs = response.log_factorials
    found: float = logs[n] - logs[of] - logs[n - of]
    return found


def fisher_score(response: PackedResponse, n0: Whole, n1: Whole, a0: Whole, a1: Whole) -> float:
    """The normal score, from 0 up, of Fisher's exact test on two sides."""
    events = a0 + a1
    of_all = log_choose(response, n0 + n1, events)
    # Tables that are equally likely differ by rounding.
    here = log_choose(response, n1, a1) + log_choose(response, n0, a0) + 1e-7
    tail = 0.0
    for of in range(max(int64(0), events - n0), min(n1, events) + 1):
        log = log_choose(response, n1, of) + log_choose(response, n0, events - of)
        if log <= here:
            tail += exponential_of(log - of_all)
    tail = 0.5 * min(tail, 1.0)
    if tail < LEAST_TAIL:
        return FARTHEST
    return max(-normal_quantile(tail), 0.0)


def score_of_rates(response: PackedResponse, n0: float, n1: float, a0: float, a1: float) -> float:
    """z of the difference of two rates against none; 0 where there is no difference."""
    total = n0 + n1
    events = a0 + a1
    difference = a1 / n1 - a0 / n0
    if difference == 0.0:
        return 0.0
    if min(n0, n1) * min(events, total - events) < FIT * total:
        score = fisher_score(response, int64(n0), int64(n1), int64(a0), int64(a1))
        return score if difference > 0.0 else -score
    pooled = events / total
    return difference / math.sqrt(pooled * (1.0 - pooled) * (1.0 / n0 + 1.0 / n1))


def wilson_limit(a: float, n: float, z: float) -> float:
    """Wilson's limit of a rate: the lower one for z below 0, the upper for z above."""
    if (a == 0.0 and z < 0.0) or (a == n and z > 0.0):
        return a / n
    p = a / n
    squared = z * z
    center = (p + squared / (2.0 * n)) / (1.0 + squared / n)
    half = z / (1.0 + squared / n) * math.sqrt(p * (1.0 - p) / n + squared / (4.0 * n * n))
    return min(max(center + half, 0.0), 1.0)


def newcombe_limit(n0: float, n1: float, a0: float, a1: float, z: float) -> float:
    """Newcombe's limit of the difference: the lower one for z below 0, the upper for z above."""
    p0 = a0 / n0
    p1 = a1 / n1
    one = wilson_limit(a1, n1, z) - p1
    two = wilson_limit(a0, n0, -z) - p0
    reach = math.sqrt(one * one + two * two)
    return min(max(p1 - p0 + (reach if z > 0.0 else -reach), -1.0), 1.0)


def score_of_limit(n0: float, n1: float, a0: float, a1: float, null: float) -> float:
    """z at which a limit of the difference meets the null: its limits as a statistic, within 8 either way."""
    away = a1 / n1 - a0 / n0 - null
    if away == 0.0:
        return 0.0
    side = -1.0 if away > 0.0 else 1.0
    low = NEAREST
    high = LIMIT
    if -side * (newcombe_limit(n0, n1, a0, a1, side * low) - null) <= 0.0:
        return 0.0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if -side * (newcombe_limit(n0, n1, a0, a1, side * middle) - null) > 0.0:
            low = middle
        else:
            high = middle
    return -side * low


def score_of_ratio(n0: float, n1: float, a0: float, a1: float, ratio: float) -> float:
    """z of the hypothesis that the experimental rate is so many times that of control (Koopman 1984)."""
    total = n0 + n1
    first = ratio * (n1 + a0) + a1 + n0
    inside = max(first * first - 4.0 * ratio * total * (a0 + a1), 0.0)
    q = (first - math.sqrt(inside)) / (2.0 * ratio * total)
    q = min(max(q, 0.0), 1.0, 1.0 / ratio)
    p = min(ratio * q, 1.0)
    variance = p * (1.0 - p) / n1 + ratio * ratio * q * (1.0 - q) / n0
    difference = a1 / n1 - ratio * a0 / n0
    if variance <= 0.0:
        if abs(difference) < 1e-15:
            return 0.0
        return FARTHEST if difference > 0.0 else -FARTHEST
    return difference / math.sqrt(variance)


def score_of_means(n0: float, n1: float, mean0: float, mean1: float, s0: float, s1: float, null: float) -> float:
    """Welch's t of the difference against the null as a normal score; NaN where an arm has no spread."""
    if n0 < 2.0 or n1 < 2.0 or not min(s0, s1) > 0.0:
        return math.nan
    v0 = s0 / (n0 - 1.0) / n0
    v1 = s1 / (n1 - 1.0) / n1
    freedom = (v0 + v1) * (v0 + v1) / (v0 * v0 / (n0 - 1.0) + v1 * v1 / (n1 - 1.0))
    return normal_of_t((mean1 - mean0 - null) / math.sqrt(v0 + v1), freedom)


def compare_with(
    response: PackedResponse,
    kind: Whole,
    n0: float,
    n1: float,
    sum0: float,
    sum1: float,
    s0: float,
    s1: float,
    null: float,
) -> float:
    """The z of this statistic against the null, positive where the experimental arm has more; NaN when not given."""
    if n1 < 1.0:
        return math.nan
    if kind == RATE:
        return (sum1 / n1 - null) / math.sqrt(null * (1.0 - null) / n1)
    if kind == MEAN:
        if n1 < 2.0 or not s1 > 0.0:
            return math.nan
        return normal_of_t((sum1 / n1 - null) / math.sqrt(s1 / (n1 - 1.0) / n1), n1 - 1.0)
    if n0 < 1.0:
        return math.nan
    if kind == RATES:
        return score_of_rates(response, n0, n1, sum0, sum1)
    if kind == RATE_LIMIT:
        return score_of_limit(n0, n1, sum0, sum1, null)
    if kind == RATE_RATIO:
        return score_of_ratio(n0, n1, sum0, sum1, null)
    return score_of_means(n0, n1, sum0 / n0, sum1 / n1, s0, s1, null)


def estimate_response(
    plan: PackedSetup, response: PackedResponse, n0: float, n1: float, sum0: float, sum1: float, s0: float, s1: float
) -> tuple[float, float, float]:
    """The difference (or the only arm's rate or mean) and its variance, both in units of the scale; and the z of the
    truth, by the interval that the analysis gives. NaN where an arm has too few."""
    binary = response.binary
    one = plan.control == 0
    least = 1.0 if binary else 2.0
    if n1 < least or (not one and n0 < least):
        return math.nan, math.nan, math.nan
    p1 = sum1 / n1
    variance = p1 * (1.0 - p1) / n1 if binary else s1 / (n1 - 1.0) / n1
    estimate = p1
    if not one:
        p0 = sum0 / n0
        estimate -= p0
        variance += p0 * (1.0 - p0) / n0 if binary else s0 / (n0 - 1.0) / n0
    kind = (RATE if one else RATE_LIMIT) if binary else (MEAN if one else MEANS)
    pivot = compare_with(response, kind, n0, n1, sum0, sum1, s0, s1, response.truth)
    return estimate / response.scale, variance / (response.scale * response.scale), pivot
