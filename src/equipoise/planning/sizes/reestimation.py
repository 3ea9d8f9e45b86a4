"""Sizes changed in the middle of a trial: blinded, by what all participants together show, or by conditional power.

Unblinded: the second stage is enlarged when the first is promising (Mehta and Pocock 2011, Stat Med 30:3267), tested
with fixed weights, by the sufficient statistic, or by Fisher's product (Proschan and Hunsberger 1995, Biometrics
51:1315; Bauer and Köhne 1994). Blinded: Gould and Shih (1992), Commun Stat Theory 21:2833. Sizes are in units of
information: participants for means and rates, events/4 for the log hazard ratio with equal arms, or any others in which
effects are given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy.special import chdtri, ndtr, ndtri

from equipoise.planning.sizes.events import Arrivals, TwoArms, most_events, total_events
from equipoise.roots import find_root
from equipoise.wording.literals import literals_checked

__all__ = [
    "Adapted",
    "Combination",
    "adapt_size",
    "blinded_hazards",
    "blinded_rates",
    "blinded_variance",
    "conventional_bound",
    "least_promising_power",
    "needed_statistic",
    "participants_for_events",
    "rescaled_size",
    "two_stage_conditional_power",
]

Combination = Literal["inverse_normal", "sufficient", "fisher"]
Zone = Literal["stopped", "unfavorable", "promising", "favorable"]
_STEADY = 1e-10


@literals_checked
@dataclass(frozen=True, slots=True)
class Adapted:
    """What becomes of a trial of two stages after the first.

    `total`: its size, both stages. `needed`: the statistic that the second stage alone must reach. `conditional_power`:
    with the planned second stage; `adapted_power`: with the size it has now; of a stopped trial 1 or 0, as it succeeded
    or not.
    """

    zone: Zone
    total: float
    needed: float
    conditional_power: float
    adapted_power: float


@literals_checked
def needed_statistic(kind: Combination, z1: float, bound: float, first: float, second: float, fraction: float) -> float:
    """What the statistic of the second stage alone must reach, given `z1` after the first.

    `inverse_normal`: (bound - z1 sqrt(t))/sqrt(1 - t), t the planned `fraction`; `sufficient`: the same with t =
    first/(first + second), the usual statistic of all data; `fisher`: p1 p2 <= exp(-q/2), q the chi-square quantile of
    4 degrees of freedom at the level of `bound`. gsDesign's z2NC, z2Z and z2Fisher.
    """
    if kind == "fisher":
        level = float(ndtr(-bound))
        p1 = max(float(ndtr(-z1)), 1e-300)
        # Where p1 alone is enough, whatever the second stage shows will do.
        p2 = math.exp(-float(chdtri(4, level)) / 2) / p1
        return -math.inf if p2 >= 1 else float(-ndtri(p2))
    t = fraction if kind == "inverse_normal" else first / (first + second)
    return (bound - z1 * math.sqrt(t)) / math.sqrt(1 - t)


def two_stage_conditional_power(needed: float, effect: float, second: float) -> float:
    """Phi(effect sqrt(second) - needed): the probability that the second stage reaches what it must (gsDesign's
    condPower).
    """
    return float(ndtr(effect * math.sqrt(second) - needed))


@literals_checked
def adapt_size(
    z1: float,
    bound: float,
    first: float,
    planned: float,
    *,
    combination: Combination = "inverse_normal",
    effect: float | None = None,
    power: float = 0.9,
    promising: tuple[float, float] = (0.5, 0.9),
    most: float = 2.0,
    stop: tuple[float, float] = (-math.inf, math.inf),
    overrun: float = 0.0,
) -> Adapted:
    """The size of the trial after a first stage of `first` of `planned` showed `z1`; `bound` is that of the last look.

    Conditional power (at `effect`, or at the trend z1/sqrt(first)) within `promising`: the size at which it becomes
    `power`, ((needed + z_power)/effect)**2 + first, up to `most` times the plan; elsewhere the plan stands. A statistic
    outside `stop` ends the trial, with the `overrun` that had joined by then. gsDesign's ssrCP, which continues nowhere
    when a design has no lower boundary.
    """
    _read_sizes(first, planned)
    low, high = promising
    if not 0 < low < high < 1 or not 0 < power < 1:
        raise ValueError("power and the promising zone lie between 0 and 1, the zone in order")
    if not 1 <= most < math.inf:
        raise ValueError(f"a trial grows to 1 or more times its plan, and {most} is not that")
    if not math.isfinite(z1) or not 0 <= overrun <= planned - first:
        raise ValueError("the statistic is finite, and the overrun at most the planned second stage")
    fraction = first / planned
    expected = z1 / math.sqrt(first) if effect is None else effect

    def needed(total: float) -> float:
        return needed_statistic(combination, z1, bound, first, total - first, fraction)

    before = two_stage_conditional_power(needed(planned), expected, planned - first)
    if not stop[0] < z1 < stop[1]:
        return Adapted("stopped", first + overrun, needed(planned), before, float(z1 >= stop[1]))
    if before < low or before > high:
        return Adapted("unfavorable" if before < low else "favorable", planned, needed(planned), before, before)
    total = planned
    for _ in range(200):
        wanted = needed(total) + float(ndtri(power))
        # Without an effect in view no size helps: all that may be added is.
        again = first + (wanted / expected) ** 2 if expected > 0 and wanted > 0 else math.inf
        again = min(again, most * planned)
        if abs(again - total) <= _STEADY * planned:
            break
        total = again
    after = two_stage_conditional_power(needed(total), expected, total - first)
    return Adapted("promising", total, needed(total), before, after)


def conventional_bound(z1: float, bound: float, first: float, planned: float, total: float) -> float:
    """The value that the usual statistic of all data must exceed after an enlargement to `total`, so that alpha holds.

    sqrt((N - n1)/(n2 - n1)) (bound sqrt(n2) - z1 sqrt(n1)) + z1 sqrt(n1), over sqrt(N) (Gao, Ware and Mehta 2008).
    Where it is not above `bound`, the usual test keeps alpha.
    """
    _read_sizes(first, planned)
    if not total > first:
        raise ValueError("a second stage has participants")
    seen = z1 * math.sqrt(first)
    left = math.sqrt((total - first) / (planned - first)) * (bound * math.sqrt(planned) - seen)
    return (left + seen) / math.sqrt(total)


def least_promising_power(
    fraction: float, most: float, *, power: float = 0.8, bound: float = 1.959963984540054
) -> float:
    """The conditional power at the trend from which the size may grow and the usual test still keep alpha.

    `fraction`: of the planned size at which the trial is looked at; `most`: how often the plan the size may become.
    Between this value and `power` lies the promising zone of Mehta and Pocock (2011, table I).
    """
    if not 0 < fraction < 1 or not most > 1:
        raise ValueError("a trial is looked at before its end and may grow beyond its plan")

    def trend_power(z1: float) -> float:
        needed = needed_statistic("inverse_normal", z1, bound, fraction, 1 - fraction, fraction)
        return two_stage_conditional_power(needed, z1 / math.sqrt(fraction), 1 - fraction)

    def excess(z1: float) -> float:
        wanted = needed_statistic("inverse_normal", z1, bound, fraction, 1 - fraction, fraction) + float(ndtri(power))
        total = min(fraction + (wanted / z1) ** 2 * fraction, most)
        return conventional_bound(z1, bound, fraction, 1.0, total) - bound

    top = float(find_root(lambda z: trend_power(z) - power, 1e-6, 10, xtol=1e-13))
    # Just below the favorable zone the bound is below; far below it is above. In between it changes once.
    low = float(find_root(excess, 0.02, top * (1 - 1e-6), xtol=1e-12))
    return trend_power(low)


def blinded_variance(total_variance: float, difference: float, ratio: float = 1.0) -> float:
    """The variance within arms from that of all participants together, if the means differ as planned: s**2 - r d**2/(1
    + r)**2.
    """
    variance = total_variance - ratio * difference**2 / (1 + ratio) ** 2
    if not 0 < variance < math.inf:
        raise ValueError("the planned difference would explain more than all the variance that was seen")
    return variance


def blinded_rates(pooled: float, difference: float, ratio: float = 1.0) -> tuple[float, float]:
    """The rates (control, experimental) behind a pooled one, if they differ as planned; r participants to 1."""
    control = pooled - difference * ratio / (1 + ratio)
    if not (0 < control < 1 and 0 < control + difference < 1):
        raise ValueError(f"rates that differ by {difference} cannot be {pooled} together")
    return control, control + difference


def blinded_hazards(
    events: float, person_months: float, hazard_ratio: float, ratio: float = 1.0
) -> tuple[float, float]:
    """The hazards per month (control, experimental) behind a pooled one, if their ratio is as planned.

    control = events/person_months * (1 + r)/(1 + r*HR): time at risk is taken as shared by the arms like participants.
    """
    if not (events > 0 and 0 < person_months < math.inf and hazard_ratio > 0 and ratio > 0):
        raise ValueError("events, time at risk and ratios are positive")
    control = events / person_months * (1 + ratio) / (1 + ratio * hazard_ratio)
    return control, control * hazard_ratio


def rescaled_size(planned: float, planned_variance: float, seen_variance: float, *, most: float = math.inf) -> float:
    """The size in proportion to the nuisance variance that was seen, never below the plan nor above `most` times it."""
    if not (planned > 0 and 0 < planned_variance < math.inf and 0 < seen_variance < math.inf and most >= 1):
        raise ValueError("sizes and variances are positive, and a trial grows to 1 or more times its plan")
    return planned * min(max(seen_variance / planned_variance, 1.0), most)


def participants_for_events(events: float, arrivals: Arrivals, arms: TwoArms, by: float) -> float:
    """How many participants, arriving over the same time in the same shape, give `events` by calendar month `by`."""
    expected = total_events(arrivals, arms, by)
    if not expected > 0 or most_events(arrivals, arms) == 0:
        raise ValueError(f"no event is expected by month {by}")
    return arrivals.until(min(by, arrivals.end)).total * events / expected


def _read_sizes(first: float, planned: float) -> None:
    if not 0 < first < planned < math.inf:
        raise ValueError(f"the first stage ({first}) is a part of the planned size ({planned})")
