"""Operating characteristics: what the totals say of a design, each number with its Monte Carlo error.

Knows no bound and no statistic, only how often they stopped a trial and when. Months and log hazard ratios.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from equipoise.simulation.trials.parts import Screening
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.tables import TICKS
from equipoise.simulation.trials.totals import FINE, Sums, Totals

__all__ = ["AtLook", "Characteristics", "Measured", "derive_characteristics"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean or a proportion over simulated trials and its Monte Carlo standard error; NaN where there were none."""

    value: float
    error: float


_UNKNOWN = Measured(math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class AtLook:
    """One look. Probabilities are of all trials; months,
    events and participants are means over those that reached it."""

    reached: Measured
    efficacy: Measured
    futility: Measured
    harm: Measured
    months: Measured
    events: Measured
    participants: Measured


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Of a setup over `trials`. `efficacy` is power, or under the null hypothesis the type I error.

    `months`, `events`, `participants`: when the trial ends. `approached`: those approached to enroll these
    participants. `missed`: a look took place without its number of events. `hazard_ratio` is the geometric mean; `bias`
    of its logarithm, `standard_deviation` of it, `model_error` what Cox says on average, `coverage` of the limits: None
    without one truth, and over those trials whose estimate is bounded (`bounded`). Of rates and means `events` are
    those assessed, `effect` is the difference (of one arm the rate or mean) in place of a hazard ratio, and bias and
    errors are its own. Without a calendar months are NaN, and who has joined at a look before the last.
    """

    trials: int
    efficacy: Measured
    futility: Measured
    harm: Measured
    looks: tuple[AtLook, ...]
    months: Measured
    events: Measured
    participants: Measured
    approached: Measured | None
    missed: Measured
    bounded: Measured | None
    hazard_ratio: Measured | None
    effect: Measured | None
    standard_deviation: float | None
    model_error: float | None
    bias: Measured | None
    coverage: Measured | None


def derive_characteristics(setup: Setup, totals: Totals) -> Characteristics:
    """The operating characteristics from the totals of this setup."""
    dated = setup.response is None or setup.response.dated
    last = len(setup.looks) - 1
    looks = tuple(
        AtLook(
            reached=_share(totals.reached[k], totals.trials),
            efficacy=_share(totals.efficacy[k], totals.trials),
            futility=_share(totals.futility[k], totals.trials),
            harm=_share(totals.harm[k], totals.trials),
            months=_mean(totals.ticks[k], TICKS) if dated else _UNKNOWN,
            events=_mean(totals.events[k]),
            participants=_mean(totals.joined[k]) if dated or k == last else _UNKNOWN,
        )
        for k in range(len(setup.looks))
    )
    participants = _mean(totals.final_joined) if dated or last == 0 else _UNKNOWN
    approached = None
    if isinstance(setup.arrivals, Screening):
        kept = setup.arrivals.kept
        # On average one in `kept` joins; how many more it takes by chance is not simulated.
        approached = Measured(participants.value / kept, participants.error / kept)
    ratio, effect, bias, coverage, deviation, model, bounded = None, None, None, None, None, None, None
    if setup.response is not None:
        scale = setup.response.scale
        effect = _mean(totals.estimate, FINE / scale)
        bounded = _share(totals.estimate.count, totals.trials)
        deviation = effect.error * math.sqrt(totals.estimate.count)
        model = scale * math.sqrt(_mean(totals.variance, FINE).value) if totals.variance.count else math.nan
        bias = Measured(effect.value - setup.response.truth, effect.error)
        coverage = _share(totals.covered, totals.estimate.count)
    elif setup.estimate:
        log_ratio = _mean(totals.estimate, FINE)
        bounded = _share(totals.estimate.count, totals.trials)
        ratio = Measured(math.exp(log_ratio.value), math.exp(log_ratio.value) * log_ratio.error)
        deviation = log_ratio.error * math.sqrt(totals.estimate.count)
        model = math.sqrt(_mean(totals.variance, FINE).value) if totals.variance.count else math.nan
        if setup.true_ratio is not None:
            bias = Measured(log_ratio.value - math.log(setup.true_ratio), log_ratio.error)
            coverage = _share(totals.covered, totals.estimate.count)
    return Characteristics(
        trials=totals.trials,
        efficacy=_share(sum(totals.efficacy), totals.trials),
        futility=_share(sum(totals.futility), totals.trials),
        harm=_share(sum(totals.harm), totals.trials),
        looks=looks,
        months=_mean(totals.final_ticks, TICKS) if dated else _UNKNOWN,
        events=_mean(totals.final_events),
        participants=participants,
        approached=approached,
        missed=_share(totals.missed, totals.trials),
        bounded=bounded,
        hazard_ratio=ratio,
        effect=effect,
        standard_deviation=deviation,
        model_error=model,
        bias=bias,
        coverage=coverage,
    )


def _share(count: int, trials: int) -> Measured:
    if trials == 0:
        return Measured(math.nan, math.nan)
    p = count / trials
    return Measured(p, math.sqrt(p * (1 - p) / trials))


def _mean(sums: Sums, per_unit: float = 1.0) -> Measured:
    """In units of `per_unit` whole steps. The variance is exact until the last division:
    whole numbers do not cancel."""
    n = sums.count
    if n == 0:
        return Measured(math.nan, math.nan)
    spread = n * sums.squares - sums.total * sums.total
    error = math.sqrt(spread / (n * n)) / math.sqrt(max(n - 1, 1))
    return Measured(sums.total / n / per_unit, error / per_unit)
