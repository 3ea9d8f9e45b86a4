"""The definitions, word for word and as slow as they are: sums over risk sets, written over lists of rows.

The twins of the kernels in equipoise.survival.kernels. A row is a dict: time, event, and what the function needs.
"""

import math

import numpy as np


def times_of_death(rows):
    return sorted({row["time"] for row in rows if row["event"]})


def at_risk(rows, time):
    """Who has begun before this time and has not ended before it."""
    return [row for row in rows if row.get("start", -1) < time <= row["time"]]


def dying(rows, time):
    return [row for row in rows if row["event"] and row["time"] == time]


def curve(rows):
    """(time, at risk, events, survival, Greenwood's sum) at each distinct time."""
    survival, variance, lines = 1.0, 0.0, []
    for time in sorted({row["time"] for row in rows}):
        n, d = len(at_risk(rows, time)), len(dying(rows, time))
        survival *= 1 - d / n
        if d:
            variance += d / (n * (n - d)) if d < n else math.inf
        lines.append((time, n, d, survival, variance))
    return lines


def logrank(rows, groups, rho=0.0, gamma=0.0):
    """Observed and expected events by group, and their covariance, summed over strata."""
    observed, expected = np.zeros(groups), np.zeros(groups)
    variance = np.zeros((groups, groups))
    for stratum in {row["stratum"] for row in rows}:
        mine = [row for row in rows if row["stratum"] == stratum]
        survival = 1.0
        for time in times_of_death(mine):
            risk, dead = at_risk(mine, time), dying(mine, time)
            n, d = len(risk), len(dead)
            weight = survival**rho * (1 - survival) ** gamma
            share = np.array([sum(row["group"] == g for row in risk) / n for g in range(groups)])
            observed += weight * np.array([sum(row["group"] == g for row in dead) for g in range(groups)])
            expected += weight * d * share
            if n > 1:
                variance += weight**2 * d * (n - d) / (n - 1) * (np.diag(share) - np.outer(share, share))
            survival *= 1 - d / n
    return observed, expected, variance


def cox(rows, beta, ties):
    """Log partial likelihood, gradient and information at `beta`."""
    p = len(beta)
    value, gradient, information = 0.0, np.zeros(p), np.zeros((p, p))
    for stratum in {row["stratum"] for row in rows}:
        mine = [row for row in rows if row["stratum"] == stratum]
        for time in times_of_death(mine):
            dead = dying(mine, time)
            mean_weight = sum(row["weight"] for row in dead) / len(dead)
            value += sum(row["weight"] * float(row["x"] @ beta) for row in dead)
            gradient += sum(row["weight"] * row["x"] for row in dead)
            for k in range(len(dead)):
                taken = k / len(dead) if ties == "efron" else 0.0
                shares = [
                    (row, row["weight"] * math.exp(row["x"] @ beta) * (1 - taken * any(row is one for one in dead)))
                    for row in at_risk(mine, time)
                ]
                total = sum(share for _, share in shares)
                mean = sum(share * row["x"] for row, share in shares) / total
                square = sum(share * np.outer(row["x"], row["x"]) for row, share in shares) / total
                value -= mean_weight * math.log(total)
                gradient -= mean_weight * mean
                information += mean_weight * (square - np.outer(mean, mean))
    return value, gradient, information
