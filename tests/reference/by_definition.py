"""Every number of an analysis by its definition, in plain Python with the distributions of SciPy: no code of ours.

It answers what R was not asked: variants by stratum, subgroup, weight, level and kind of limit. Where R was asked, the
same functions give R's numbers (`test_every_variant.py` requires it first). For trials in which no two events are tied.
Standard errors of incidence and of a robust Cox model are infinitesimal jackknives, as in R's survival; a derivative by
a case's weight is taken with a complex step (Squire and Trapp 1998, SIAM Rev 40:110), which rounds nothing away.
"""

from __future__ import annotations

import cmath
import math
from statistics import mean, median, stdev, variance

from scipy import integrate, stats

STEP = 1e-30


def upper(level):
    return stats.norm.isf((1 - level) / 2)


# Survival ---------------------------------------------------------------------------------------------------------


def kaplan_meier(rows, day, is_event):
    """Survival, the root of Greenwood's sum, and how many were still at risk on that day."""
    survival, greenwood = 1.0, 0.0
    for time in sorted({r["time"] for r in rows if is_event(r) and r["time"] <= day}):
        n, d = sum(r["time"] >= time for r in rows), sum(is_event(r) and r["time"] == time for r in rows)
        survival *= 1 - d / n
        greenwood += d / (n * (n - d)) if n > d else math.inf
    return survival, math.sqrt(greenwood), sum(r["time"] >= day for r in rows)


def had(r):
    return r["how"] == 1


def limits(survival, root, level, kind):
    z = upper(level)
    if kind == "plain":
        low, high = survival - z * survival * root, survival + z * survival * root
    elif kind == "log":
        low, high = survival * math.exp(-z * root), survival * math.exp(z * root)
    else:
        spread = z * root / abs(math.log(survival))
        low, high = survival ** math.exp(spread), survival ** math.exp(-spread)
    return max(low, 0.0), min(high, 1.0)


def milestone(rows, day, level=0.95, kind="log_log"):
    survival, root, left = kaplan_meier(rows, day, had)
    if survival == 1:  # nobody had it: Clopper and Pearson's limit of those who were still at risk
        return {"estimate": 1.0, "ci_lower": ((1 - level) / 2) ** (1 / left), "ci_upper": 1.0}
    low, high = limits(survival, root, level, kind)
    return {"estimate": survival, "standard_error": survival * root, "ci_lower": low, "ci_upper": high}


def quantile(rows, is_event, reached):
    """The first day on which `reached(survival, root)` is at most a half; a curve that rests on it: the middle."""
    days = sorted({r["time"] for r in rows if is_event(r)})
    for place, day in enumerate(days):
        value = reached(*kaplan_meier(rows, day, is_event)[:2])
        if abs(value - 0.5) < 1e-12 and place + 1 < len(days):
            return (day + days[place + 1]) / 2
        if value < 0.5 + 1e-12:
            return day
    return None


def medians(rows, is_event=had, level=0.95, kind="log_log"):
    def limit(place):
        return lambda s, root: limits(s, root, level, kind)[place] if s > 0 else math.nan

    low, high = quantile(rows, is_event, limit(0)), quantile(rows, is_event, limit(1))
    middle = quantile(rows, is_event, lambda s, _: s)
    return {"median": middle, "median_lower": low, "median_upper": high, "ci_lower": low, "ci_upper": high}


def restricted_mean(rows, tau, level=0.95):
    days = [0, *sorted({r["time"] for r in rows if had(r) and r["time"] < tau}), tau]
    areas = [kaplan_meier(rows, a, had)[0] * (b - a) for a, b in zip(days, days[1:], strict=False)]
    spread = 0.0
    for place, day in enumerate(days[1:-1], start=1):
        n = sum(r["time"] >= day for r in rows)
        spread += sum(areas[place:]) ** 2 / (n * (n - 1))
    estimate, error = sum(areas), math.sqrt(spread)
    if not error:
        return {"estimate": estimate}
    z = upper(level)
    low, high = estimate - z * error, estimate + z * error
    if low < 0 or high > tau:
        at, reach = math.log(estimate / (tau - estimate)), z * error * tau / (estimate * (tau - estimate))
        low, high = (tau / (1 + math.exp(-at + side * reach)) for side in (1, -1))
    return {"estimate": estimate, "standard_error": error, "ci_lower": low, "ci_upper": high}


def incidence(rows, day, level=0.95):
    def aalen_johansen(weights):
        free, found = 1.0, 0.0
        for time in sorted({r["time"] for r in rows if r["how"] and r["time"] <= day}):
            n = sum(w for w, r in zip(weights, rows, strict=True) if r["time"] >= time)
            ends = {
                k: sum(w for w, r in zip(weights, rows, strict=True) if (r["time"], r["how"]) == (time, k))
                for k in (1, 2)
            }
            found += free * ends[1] / n
            free *= 1 - (ends[1] + ends[2]) / n
        return found

    counted = {"competing": sum(r["how"] == 2 for r in rows)}
    estimate = aalen_johansen([1.0] * len(rows))
    if not estimate:  # those still at risk, and those of whom it is known that they cannot have it any more
        left = sum(r["time"] >= day or r["how"] == 2 for r in rows)
        return counted | {"estimate": 0.0, "ci_lower": 0.0, "ci_upper": 1 - ((1 - level) / 2) ** (1 / left)}
    error = math.sqrt(
        sum(
            (aalen_johansen([1 + (STEP * 1j if i == k else 0) for i in range(len(rows))]).imag / STEP) ** 2
            for k in range(len(rows))
        )
    )
    reach = math.exp(upper(level) * error / estimate)
    return counted | {
        "estimate": estimate,
        "standard_error": error,
        "ci_lower": estimate / reach,
        "ci_upper": min(estimate * reach, 1.0),
    }


# Differences ------------------------------------------------------------------------------------------------------


def difference(a, b, p):
    """Of independent estimates, by the method of variance estimates recovery (Zou and Donner 2008)."""
    found = {"estimate": a["estimate"] - b["estimate"]}
    if "ci_lower" in a and "ci_lower" in b:
        found["ci_lower"] = found["estimate"] - math.hypot(a["estimate"] - a["ci_lower"], b["ci_upper"] - b["estimate"])
        found["ci_upper"] = found["estimate"] + math.hypot(a["ci_upper"] - a["estimate"], b["estimate"] - b["ci_lower"])
    if "standard_error" in a and "standard_error" in b:
        found["standard_error"] = math.sqrt(a["standard_error"] ** 2 + b["standard_error"] ** 2)
        found["p_value"] = p(a, b)
    return found


def by_complementary_log_log(a, b, of=lambda value: value):
    """Klein, Logan, Harhoff and Andersen (2007), Stat Med 26:4505."""
    ends = []
    for one in (a, b):
        s = of(one["estimate"])
        ends.append((math.log(-math.log(s)), one["standard_error"] / (s * abs(math.log(s)))))
    return 2 * stats.norm.sf(abs(ends[0][0] - ends[1][0]) / math.hypot(ends[0][1], ends[1][1]))


def by_normal(a, b):
    return 2 * stats.norm.sf(abs(a["estimate"] - b["estimate"]) / math.hypot(a["standard_error"], b["standard_error"]))


# Proportions and means --------------------------------------------------------------------------------------------


def proportion(rows, level=0.95):
    n, x, z = len(rows), sum(map(had, rows)), upper(level)
    centre, reach = (x + z * z / 2) / (n + z * z), z / (n + z * z) * math.sqrt(x * (n - x) / n + z * z / 4)
    return {"estimate": x / n, "ci_lower": centre - reach, "ci_upper": centre + reach}


def compared_proportions(a, b):
    found = difference(proportion(a), proportion(b), None)
    table = [[sum(map(had, one)), len(one) - sum(map(had, one))] for one in (a, b)]
    test = stats.chi2_contingency(table, correction=False)
    return found | {"p_value": test.pvalue if test.expected_freq.min() >= 5 else stats.fisher_exact(table).pvalue}


def levels(rows):
    values = [r["level"] for r in rows]
    return {"estimate": mean(values), "sd": stdev(values), "median": median(values)}


def compared_means(a, b, level=0.95):
    x, y = ([r["level"] for r in one] for one in (a, b))
    parts = variance(x) / len(x), variance(y) / len(y)
    free = sum(parts) ** 2 / (parts[0] ** 2 / (len(x) - 1) + parts[1] ** 2 / (len(y) - 1))
    away, error = mean(x) - mean(y), math.sqrt(sum(parts))
    reach = stats.t.isf((1 - level) / 2, free) * error
    return {
        "estimate": away,
        "ci_lower": away - reach,
        "ci_upper": away + reach,
        "p_value": 2 * stats.t.sf(abs(away) / error, free),
    }


# Tests of hazards -------------------------------------------------------------------------------------------------


def scores(rows, weights, strata=()):
    """(statistics, covariance) of weighted log-rank tests: expected minus observed in A; weights of survival before."""
    u, v = [0.0] * len(weights), [[0.0] * len(weights) for _ in weights]
    for level in sorted({tuple(r[s] for s in strata) for r in rows}):
        mine = [r for r in rows if tuple(r[s] for s in strata) == level]
        before = 1.0
        for time in sorted(r["time"] for r in mine if had(r)):
            risk = [r for r in mine if r["time"] >= time]
            share = mean(r["arm"] == "A" for r in risk)
            dead = next(r for r in mine if had(r) and r["time"] == time)
            w = [weight(before) for weight in weights]
            for i, one in enumerate(w):
                u[i] += one * (share - (dead["arm"] == "A"))
                for j, other in enumerate(w):
                    v[i][j] += one * other * share * (1 - share)
            before *= 1 - 1 / len(risk)
    return u, v


def fleming_harrington(rho, gamma):
    return lambda survival: survival**rho * (1 - survival) ** gamma


def logrank(rows, weight=fleming_harrington(0, 0), strata=()):
    (u,), ((v,),) = scores(rows, [weight], strata)
    z = u / math.sqrt(v)
    return {"z": z, "chi_square": z * z, "degrees_of_freedom": 1, "p_value": 2 * stats.norm.sf(abs(z))} | (
        {"score": u, "variance": v, "p_benefit": stats.norm.sf(z)}
    )


def maxcombo(rows, weights):
    """Of two tests; the probability of the greater by one integral (Kendall and Stuart, chapter 15)."""
    u, v = scores(rows, weights)
    z = [a / math.sqrt(v[i][i]) for i, a in enumerate(u)]
    r = v[0][1] / math.sqrt(v[0][0] * v[1][1])
    found = {
        "correlation.0.0": 1,
        "correlation.1.1": 1,
        "correlation.0.1": r,
        "correlation.1.0": r,
        "greatest_z": max(z, key=abs),
    }
    for i, one in enumerate(z):
        p = 2 * stats.norm.sf(abs(one))
        found |= {
            f"tests.{i}.z": one,
            f"tests.{i}.score": u[i],
            f"tests.{i}.variance": v[i][i],
            f"tests.{i}.p_value": p,
        }

    def inside(low, high):
        def density(x):
            ends = ((end - r * x) / math.sqrt(1 - r * r) for end in (high, low))
            return stats.norm.pdf(x) * (stats.norm.cdf(next(ends)) - stats.norm.cdf(next(ends)))

        return integrate.quad(density, max(low, -12), high, epsabs=1e-13, epsrel=1e-12)[0]

    reached = max(map(abs, z))
    return found | {"p_value": 1 - inside(-reached, reached), "p_benefit": 1 - inside(-math.inf, max(z))}


# Cox --------------------------------------------------------------------------------------------------------------


def partial(rows, columns, beta, strata=(), weights=None):
    """Log partial likelihood, score and information without ties."""
    p = len(columns)
    x = [[float(column(r)) for column in columns] for r in rows]
    w = weights or [1.0] * len(rows)
    value, score, information = 0.0, [0.0] * p, [[0.0] * p for _ in range(p)]
    for i, dead in enumerate(rows):
        if not had(dead):
            continue
        risk = [k for k, r in enumerate(rows) if r["time"] >= dead["time"] and all(r[s] == dead[s] for s in strata)]
        share = {k: w[k] * math.exp(sum(b * c for b, c in zip(beta, x[k], strict=True))) for k in risk}
        total = sum(share.values())
        at = [sum(share[k] * x[k][j] for k in risk) / total for j in range(p)]
        value += (w[i] * (sum(b * c for b, c in zip(beta, x[i], strict=True)) - cmath.log(total))).real
        for j in range(p):
            score[j] += w[i] * (x[i][j] - at[j])
            for m in range(p):
                information[j][m] += w[i] * (sum(share[k] * x[k][j] * x[k][m] for k in risk) / total - at[j] * at[m])
    return value, score, information


def inverse(m):
    if len(m) == 1:
        return [[1 / m[0][0]]]
    if len(m) == 2:
        (a, b), (c, d) = m
        return [[d / (a * d - b * c), -b / (a * d - b * c)], [-c / (a * d - b * c), a / (a * d - b * c)]]
    import numpy as np

    return np.linalg.inv(m).tolist()


def climbed(rows, columns, strata=()):
    beta = [0.0] * len(columns)
    for _ in range(40):
        _, score, information = partial(rows, columns, beta, strata)
        beta = [
            b + sum(v * s for v, s in zip(row, score, strict=True))
            for b, row in zip(beta, inverse(information), strict=True)
        ]
    return beta


def treated(r):
    return r["arm"] == "A"


def cox(rows, covariates=(), strata=(), robust=False, level=0.95):
    columns = [treated, *(lambda r, name=name: r[name] for name in covariates)]
    beta = climbed(rows, columns, strata)
    covariance = inverse(partial(rows, columns, beta, strata)[2])
    if robust:  # one column only: the derivative of the score by each weight, through the information
        moved = []
        for k in range(len(rows)):
            weights = [1 + (STEP * 1j if i == k else 0) for i in range(len(rows))]
            moved.append(covariance[0][0] * partial(rows, columns, beta, strata, weights)[1][0].imag / STEP)
        covariance = [[sum(m * m for m in moved)]]
    found = {"compared.n": len(rows), "compared.events": sum(map(had, rows))}
    for j, b in enumerate(beta):
        error = math.sqrt(covariance[j][j])
        reach = upper(level) * error
        one = {"coefficient": b, "hazard_ratio": math.exp(b), "standard_error": error, "z": b / error}
        one |= {
            "ci_lower": math.exp(b - reach),
            "ci_upper": math.exp(b + reach),
            "p_value": 2 * stats.norm.sf(abs(b / error)),
        }
        found |= {f"coefficients.{j}.{name}": value for name, value in one.items()} | ({} if j else one)
    return found


def interaction(rows, subgroup):
    """The likelihood ratio of a model with the product against one without."""
    other = lambda r: r[subgroup] == "M"  # noqa: E731
    models = [[treated, other], [treated, other, lambda r: treated(r) and other(r)]]
    small, large = (partial(rows, columns, climbed(rows, columns))[0] for columns in models)
    chi_square = 2 * (large - small)
    return {"chi_square": chi_square, "degrees_of_freedom": 1, "p_value": stats.chi2.sf(chi_square, 1)}


def proportional_hazards(rows):
    """Grambsch and Therneau's score test of a coefficient that changes with 1 minus survival before each event."""
    beta = climbed(rows, [treated])
    u, i11, i12, i22, before = 0.0, 0.0, 0.0, 0.0, 1.0
    for dead in sorted(filter(had, rows), key=lambda r: r["time"]):
        risk = [r for r in rows if r["time"] >= dead["time"]]
        weights = [math.exp(beta[0] * treated(r)) for r in risk]
        share = sum(w for w, r in zip(weights, risk, strict=True) if treated(r)) / sum(weights)
        g, v = 1 - before, share * (1 - share)
        u, i11, i12, i22 = u + g * (treated(dead) - share), i11 + v, i12 + g * v, i22 + g * g * v
        before *= 1 - 1 / len(risk)
    chi_square = u * u / (i22 - i12 * i12 / i11)
    return {"chi_square": chi_square, "degrees_of_freedom": 1, "p_value": stats.chi2.sf(chi_square, 1)}
