"""The loops over risk sets: plain functions over arrays, compiled by `compiling` when there are many rows.

Rows come ordered by stratum, `first[s]:first[s + 1]` is stratum s. Sums run in the order of the rows on one thread, so
neither compiling nor the number of threads changes a digit. Log-rank: Fleming and Harrington 1991, section 7.5. Cox:
Cox 1972; ties by Efron 1977 (J Am Stat Assoc 72:557) or Breslow 1974 (Biometrics 30:89).

Why they are written as loops, index by index: each of them is read by two readers. Plain Python runs them on a dozen
rows as they stand, Numba compiles the same lines for a million, and the twins require the same bits of both. So there
is no call that the two would do differently: no `sum` (NumPy adds in pairs, Numba in a row), no matrix product (whose
order of addition depends on the library). Results are written into arrays that the caller made: nothing is allocated
in a loop, and a kernel has the shape of its caller's data.
"""

from __future__ import annotations

import math

import numpy as np

from equipoise.survival.inputs import Array

__all__ = ["sum_cox", "sum_logrank", "tabulate_cox", "tabulate_deaths", "walk_curve"]


def walk_curve(
    times: Array,
    deaths: Array,
    starts: Array,
    steps: Array,
    at_risk: Array,
    events: Array,
    censored: Array,
    survival: Array,
    variance: Array,
) -> int:
    """Fill one line for each distinct time and give their number.

    `times` of all, `deaths` the times of those with the event, `starts` (empty without late entry), each ascending.
    `survival` is the product of 1 - d/n, `variance` Greenwood's sum of d/(n(n - d)), that of the log of survival.
    """
    rows = len(times)
    late = len(starts) > 0
    line, i, dead, entered = 0, 0, 0, 0
    product, total = 1.0, 0.0
    while i < rows:
        now = times[i]
        begin = i
        # Times are compared to the last bit, here and in every loop below: `ties` has made one of those that differ by
        # rounding before they come here.
        while i < rows and times[i] == now:
            i += 1
        died = 0
        while dead < len(deaths) and deaths[dead] == now:
            died += 1
            dead += 1
        # Who leaves at this time is still at risk at it: events come before censorings (Kaplan and Meier 1958).
        n = rows - begin
        if late:
            # Who enters just now is not at risk yet: intervals are open at their start, as in R's Surv(start, stop).
            # One pointer goes once through the sorted starts, where a count at every time would go through all.
            while entered < rows and starts[entered] < now:
                entered += 1
            n -= rows - entered
        if died > 0:
            # A product, not the exponential of a sum of logarithms: when the last die it is exactly 0.
            product *= 1.0 - died / n
            # float first: n (n - d) of whole numbers would leave the range of 64 bits for a few thousand million rows,
            # which plain Python would not notice. When the last die the variance is infinite, and the curve is 0.
            total += died / (float(n) * (n - died)) if died < n else math.inf
        steps[line] = now
        at_risk[line] = n
        events[line] = died
        censored[line] = i - begin - died
        survival[line] = product
        variance[line] = total
        line += 1
    return line


def sum_logrank(
    first: Array,
    time: Array,
    event: Array,
    group: Array,
    rho: float,
    gamma: float,
    observed: Array,
    expected: Array,
    variance: Array,
) -> None:
    """Add weighted observed and expected events, shape (strata, groups), and their variance, (groups, groups).

    Times ascend within a stratum. The weight is S(t-)^rho (1 - S(t-))^gamma, with the stratum's own pooled curve.
    """
    groups = variance.shape[0]
    # Counts are whole numbers: nothing is lost when they are taken off again, however many rows there are.
    at_risk = np.zeros(groups, dtype=np.int64)
    died = np.zeros(groups, dtype=np.int64)
    left = np.zeros(groups, dtype=np.int64)
    weighted = rho != 0.0 or gamma != 0.0
    for s in range(len(first) - 1):
        stop = first[s + 1]
        for g in range(groups):
            at_risk[g] = 0
        for i in range(first[s], stop):
            at_risk[group[i]] += 1
        total = stop - first[s]
        survival = 1.0
        i = first[s]
        while i < stop:
            now = time[i]
            deaths = 0
            for g in range(groups):
                died[g] = 0
                left[g] = 0
            while i < stop and time[i] == now:
                left[group[i]] += 1
                if event[i]:
                    died[group[i]] += 1
                    deaths += 1
                i += 1
            if deaths > 0:
                weight = 1.0
                if weighted:
                    # S just before this time, as it stands before its deaths are taken off below: a weight that looked
                    # at the deaths it weighs would not be predictable, and the variance not that of a martingale.
                    weight = survival**rho * (1.0 - survival) ** gamma
                spread = 0.0  # the last person at risk dies for certain: no variance
                if total > 1:
                    spread = weight * weight * deaths * (total - deaths) / (total - 1.0)
                # Hypergeometric: given how many die of how many, who they are is a draw without replacement.
                for g in range(groups):
                    share = at_risk[g] / total
                    observed[s, g] += weight * died[g]
                    expected[s, g] += weight * deaths * share
                    variance[g, g] += spread * share
                    for h in range(groups):
                        variance[g, h] -= spread * share * (at_risk[h] / total)
                survival *= 1.0 - deaths / total
            # Only now: all who leave at this time, censored or not, were at risk for its deaths.
            for g in range(groups):
                at_risk[g] -= left[g]
                total -= left[g]


def tabulate_deaths(
    first: Array,
    time: Array,
    event: Array,
    second: Array,
    times: Array,
    before: Array,
    after: Array,
    deaths: Array,
    deaths_second: Array,
    excess: Array,
    variance: Array,
    last: Array,
) -> int:
    """Fill one line for each distinct time of death at which both groups are at risk, and give their number.

    Times ascend within a stratum, `second` marks the second group. `before` and `after` are the pooled survival of the
    stratum; `excess` the deaths of the second group above their expectation, `variance` its hypergeometric variance.
    `last[s]` is where the lines of stratum s end. Once a group has nobody left, deaths of the other say nothing about
    the difference.
    """
    line = 0
    for s in range(len(first) - 1):
        stop = first[s + 1]
        total = stop - first[s]
        ours = 0
        for i in range(first[s], stop):
            ours += second[i]
        product = 1.0
        i = first[s]
        # It stops where one group is empty: from there on the share is 0 or 1 and every line would be of zeros.
        while i < stop and ours > 0 and ours < total:
            now = time[i]
            died = 0
            died_second = 0
            left = 0
            left_second = 0
            while i < stop and time[i] == now:
                left += 1
                left_second += second[i]
                if event[i]:
                    died += 1
                    died_second += second[i]
                i += 1
            if died > 0:
                share = ours / total
                times[line] = now
                before[line] = product
                deaths[line] = died
                deaths_second[line] = died_second
                excess[line] = died_second - died * share
                # Both groups have somebody, so total - 1 is not 0.
                variance[line] = died * (total - died) / (total - 1.0) * share * (1.0 - share)
                product *= 1.0 - died / total
                after[line] = product
                line += 1
            total -= left
            ours -= left_second
        last[s] = line
    return line


def sum_cox(
    first: Array,
    time: Array,
    event: Array,
    x: Array,
    eta: Array,
    risk: Array,
    weight: Array,
    start: Array,
    leave: Array,
    efron: bool,
    scale: Array,
    gradient: Array,
    information: Array,
) -> float:
    """Log partial likelihood; adds the gradient (p,) and the information (p, p), lower triangle.

    Times descend within a stratum, `risk` is weight * exp(eta). `start` and `leave` (rows by descending start) are
    empty without late entry. What each row's death adds to gradient and information is multiplied by `scale` (1: the
    model's own). Over the d deaths of one time, Efron takes k/d of their own risk out of the k-th denominator.
    """
    p = x.shape[1]
    # s0, s1 and s2 are the sums over those at risk of r, r x and r x x' (r = `risk`), d0, d1 and d2 the same over those
    # who die at one time. They grow as time descends, so that one pass is enough: O(n p^2) in place of O(n d p^2).
    s1, d1 = np.zeros(p), np.zeros(p)
    s2, d2 = np.zeros((p, p)), np.zeros((p, p))
    mean, part = np.zeros(p), np.zeros(p)
    late = len(start) > 0
    log_likelihood = 0.0
    for s in range(len(first) - 1):
        stop = first[s + 1]
        i = first[s]
        out = first[s]
        s0 = 0.0
        for j in range(p):
            s1[j] = 0.0
            for k in range(j + 1):
                s2[j, k] = 0.0
        while i < stop:
            now = time[i]
            begin = i
            deaths = 0
            d0 = 0.0
            # All rows of this time are added before any of its deaths is counted: who is censored with it is at risk.
            weights = 0.0
            factor = 1.0
            while i < stop and time[i] == now:
                r = risk[i]
                s0 += r
                for j in range(p):
                    a = r * x[i, j]
                    s1[j] += a
                    # Half of a symmetric matrix: the other half would be the same sums again.
                    for k in range(j + 1):
                        s2[j, k] += a * x[i, k]
                if event[i]:
                    factor = scale[i]
                    deaths += 1
                    d0 += r
                    weights += weight[i]
                    log_likelihood += weight[i] * eta[i]
                    for j in range(p):
                        gradient[j] += factor * weight[i] * x[i, j]
                i += 1
            if deaths == 0:
                continue
            # Who has not entered yet is taken off again, but only when a death asks for the sums. A second pass that
            # adds each row at its start would be more exact and as long as the first; what subtraction costs is the
            # rounding that is caught below.
            while late and out < stop and start[leave[out]] >= now:
                r = risk[leave[out]]
                s0 -= r
                for j in range(p):
                    a = r * x[leave[out], j]
                    s1[j] -= a
                    for k in range(j + 1):
                        s2[j, k] -= a * x[leave[out], k]
                out += 1
            if late and s0 < d0:  # what was subtracted was so large that rounding took the rest
                s0 = d0
            tied = efron and deaths > 1
            if tied:  # what the dead of this time have of the sums
                for j in range(p):
                    d1[j] = 0.0
                    for k in range(j + 1):
                        d2[j, k] = 0.0
                for one in range(begin, i):
                    if event[one]:
                        for j in range(p):
                            a = risk[one] * x[one, j]
                            d1[j] += a
                            for k in range(j + 1):
                                d2[j, k] += a * x[one, k]
            # Sums over the deaths' denominators s0 (1 - c d0/s0): of 1/s, c/s, 1/s^2, c/s^2 and c^2/s^2, all relative
            # to s0, so that no square overflows.
            a1, b1, a2, b2, c2 = 0.0, 0.0, 0.0, 0.0, 0.0
            # Tied deaths share their weight: as if they had come one after the other, in an order nobody knows.
            mean_weight = weights / deaths
            for k in range(deaths):
                c = k / deaths if efron else 0.0
                # Positive: c is below 1, and the dead are among those at risk (d0 is at most s0).
                under = s0 - c * d0
                log_likelihood -= mean_weight * math.log(under)
                inverse = s0 / under
                a1 += inverse
                b1 += c * inverse
                a2 += inverse * inverse
                b2 += c * inverse * inverse
                c2 += c * c * inverse * inverse
            times = factor * mean_weight
            # Means are taken before they are multiplied with one another: covariates come centered and scaled, so that
            # mean x x' and mean x mean x' are of one size and their difference keeps its digits.
            for j in range(p):
                mean[j] = s1[j] / s0
                gradient[j] -= times * a1 * mean[j]
                for k in range(j + 1):
                    information[j, k] += times * (a1 * (s2[j, k] / s0) - a2 * mean[j] * mean[k])
            if tied:
                for j in range(p):
                    part[j] = d1[j] / s0
                    gradient[j] += times * b1 * part[j]
                    for k in range(j + 1):
                        both = mean[j] * part[k] + part[j] * mean[k]
                        information[j, k] -= times * (b1 * (d2[j, k] / s0) - b2 * both + c2 * part[j] * part[k])
    return log_likelihood


def tabulate_cox(
    first: Array,
    time: Array,
    event: Array,
    x: Array,
    risk: Array,
    weight: Array,
    start: Array,
    leave: Array,
    efron: bool,
    hazard: Array,
    death_hazard: Array,
    moment: Array,
    death_moment: Array,
    mean: Array,
    place: Array,
    entry: Array,
    last: Array,
) -> int:
    """Fill one line per death time, in the order in which they are met, and give their number.

    `hazard` the rise of the cumulative hazard; `moment` the same times the mean of x at risk; `death_...` what of both
    counts for those who die then (less than all, under Efron); `mean` the mean of x for a death. `place[i]` is the
    first line at or before the row's end, `entry[i]` at or before its start, `last[s]` the line after the stratum's
    last.
    """
    p = x.shape[1]
    s1, d1 = np.zeros(p), np.zeros(p)
    late = len(start) > 0
    line = 0
    for s in range(len(first) - 1):
        stop = first[s + 1]
        i = first[s]
        out = first[s]
        s0 = 0.0
        for j in range(p):
            s1[j] = 0.0
        while i < stop:
            now = time[i]
            deaths = 0
            d0 = 0.0
            weights = 0.0
            for j in range(p):
                d1[j] = 0.0
            # Times descend, so the next line to be filled is the first at or before the end of every row met now, those
            # who are censored between two deaths among them.
            while i < stop and time[i] == now:
                place[i] = line
                s0 += risk[i]
                for j in range(p):
                    s1[j] += risk[i] * x[i, j]
                if event[i]:
                    deaths += 1
                    d0 += risk[i]
                    weights += weight[i]
                    for j in range(p):
                        d1[j] += risk[i] * x[i, j]
                i += 1
            if deaths == 0:
                continue
            while late and out < stop and start[leave[out]] >= now:
                entry[leave[out]] = line
                s0 -= risk[leave[out]]
                for j in range(p):
                    s1[j] -= risk[leave[out]] * x[leave[out], j]
                out += 1
            for k in range(deaths):
                c = k / deaths if efron else 0.0
                under = s0 - c * d0
                rise = weights / deaths / under
                hazard[line] += rise
                death_hazard[line] += (1.0 - c) * rise
                for j in range(p):
                    average = (s1[j] - c * d1[j]) / under
                    # Under Efron those who die are in the k-th denominator by a share of 1 - c only.
                    moment[line, j] += rise * average
                    death_moment[line, j] += (1.0 - c) * rise * average
                    mean[line, j] += average / deaths
            line += 1
        # Who entered before the earliest death points behind the stratum's last line: nothing happened before them.
        while late and out < stop:
            entry[leave[out]] = line
            out += 1
        last[s] = line
    return line
