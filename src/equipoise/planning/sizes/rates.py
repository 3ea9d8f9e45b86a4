"""Participants for a proportion: two arms by their difference or ratio, or one arm against a fixed rate.

Farrington and Manning (1990), Stat Med 9:1447: the variance under the null hypothesis is that of the rates that satisfy
it and are likeliest (for superiority the pooled rate), the variance under the alternative that of the assumed rates.
One arm: normal, or exact by the binomial distribution. Expected numbers, not rounded, except the exact ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy.special import bdtrc, ndtri

from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.sample_looks import SampleLook, sample_looks
from equipoise.planning.sizes.worth import Benefit, Worth
from equipoise.planning.words import phrase
from equipoise.roots import find_root
from equipoise.wording.literals import literals_checked

__all__ = [
    "ExactRatePlan",
    "RateMeasure",
    "RatesPlan",
    "constrained_rates",
    "estimate_rate_power",
    "estimate_rates_power",
    "plan_rate",
    "plan_rate_exactly",
    "plan_rates",
]

RateMeasure = Literal["difference", "ratio"]
_MOST = 100_000
"""Participants beyond which an exact design is not looked for: the normal one is the same by then."""


@literals_checked
@dataclass(frozen=True, slots=True)
class RatesPlan:
    """The numbers of a trial of a proportion. Rates between 0 and 1; participants in all arms together.

    `rate_control` and `ratio` are None in a trial of one arm, whose `margin` is the rate of the null hypothesis.
    `margin` otherwise: the difference or the ratio (experimental against control) of the null hypothesis.
    `participants_fixed`: what one look would need, None where the size was given. Expected participants: under no
    effect, half of it, all of it.
    """

    measure: RateMeasure
    benefit: Benefit
    rate: float
    rate_control: float | None
    margin: float
    ratio: float | None
    power: float
    drift: float
    participants_fixed: float | None
    participants: float
    looks: tuple[SampleLook, ...]
    expected_participants_h0: float
    expected_participants_h01: float
    expected_participants_h1: float

    @property
    def participants_experimental(self) -> float:
        """Those of the experimental arm, or of the only one."""
        return self.participants if self.ratio is None else self.participants * self.ratio / (1 + self.ratio)

    @property
    def participants_control(self) -> float:
        """Those of the control arm."""
        return self.participants - self.participants_experimental


@dataclass(frozen=True, slots=True)
class ExactRatePlan:
    """One arm, one look, binomial: reject when at least `responses` of `participants` respond.

    Binomial power goes up and down with the size. `participants` is the first number from which on it never falls
    short; `smallest` the first that has it at all, with `smallest_responses`. `error` and `power` are those attained.
    """

    rate: float
    null_rate: float
    participants: int
    responses: int
    error: float
    power: float
    smallest: int
    smallest_responses: int


@literals_checked
def constrained_rates(
    rate: float, rate_control: float, margin: float, measure: RateMeasure, ratio: float
) -> tuple[float, float]:
    """The likeliest rates (experimental, control) that satisfy the null hypothesis, given the rates observed.

    `difference`: experimental - control = margin, the root of a cubic; `ratio`: experimental = margin control, of a
    quadratic. Farrington and Manning (1990), appendix; `ratio` is experimental participants to one control.
    """
    theta = 1 / ratio
    if measure == "ratio":
        a = 1 + theta
        b = -(margin * (1 + theta * rate_control) + theta + rate)
        c = margin * (rate + theta * rate_control)
        found = (-b - math.sqrt(max(b * b - 4 * a * c, 0.0))) / (2 * a)
        return found, found / margin
    if margin == 0:
        pooled = (rate + theta * rate_control) / (1 + theta)
        return pooled, pooled
    a = 1 + theta
    b = -(1 + theta + rate + theta * rate_control + margin * (theta + 2))
    c = margin * margin + margin * (2 * rate + theta + 1) + rate + theta * rate_control
    d = -rate * margin * (1 + margin)
    v = b**3 / (3 * a) ** 3 - b * c / (6 * a * a) + d / (2 * a)
    u = math.copysign(math.sqrt(max(b * b / (3 * a) ** 2 - c / (3 * a), 0.0)), v)
    if u == 0:
        found = -b / (3 * a)
    else:
        w = (math.pi + math.acos(max(-1.0, min(1.0, v / u**3)))) / 3
        found = 2 * u * math.cos(w) - b / (3 * a)
    low, high = max(0.0, margin), min(1.0, 1 + margin)
    found = min(max(found, low), high)
    return found, found - margin


@literals_checked
def plan_rates(
    design: Sequential,
    rate: float,
    rate_control: float,
    *,
    measure: RateMeasure = "difference",
    margin: float | None = None,
    ratio: float = 1.0,
    benefit: Benefit = "above",
) -> RatesPlan:
    """Two arms. One look needs ((z_alpha sd0 + z_power sd1) / effect)^2, and more looks that times the inflation.

    effect = rate - rate_control - margin, or rate - margin rate_control; sd^2 = p (1 - p) (1 + r)/r + q (1 - q) (1 +
    r), the second term times margin^2 for a ratio, with the constrained rates in sd0 and the assumed ones in sd1.
    `margin` is 0, or 1 for a ratio, unless given. Raises ValueError for rates outside 0 to 1 and for an effect that is
    no benefit.

    >>> from equipoise.planning import plan_sequential
    >>> round(plan_rates(plan_sequential(alpha=0.05, power=0.8, sides=2), 0.5, 0.3).participants, 1)
    186.0
    """
    limit = _margin(measure, margin)
    worth = _worth(rate, rate_control, limit, measure, ratio, benefit)
    _expect_benefit(worth, rate, limit, benefit)
    return _describe(design, worth, None, rate, rate_control, limit, measure, ratio, benefit)


@literals_checked
def estimate_rates_power(
    design: Sequential,
    rate: float,
    rate_control: float,
    participants: float,
    *,
    measure: RateMeasure = "difference",
    margin: float | None = None,
    ratio: float = 1.0,
    benefit: Benefit = "above",
) -> RatesPlan:
    """The power of the design's boundaries with so many participants in all, whatever the rates."""
    limit = _margin(measure, margin)
    worth = _worth(rate, rate_control, limit, measure, ratio, benefit)
    return _describe(design, worth, _positive(participants), rate, rate_control, limit, measure, ratio, benefit)


@literals_checked
def plan_rate(design: Sequential, rate: float, null_rate: float, *, benefit: Benefit = "above") -> RatesPlan:
    """One arm against `null_rate`, by the normal distribution:
    one look needs ((z_alpha sd0 + z_power sd1) / effect)^2."""
    worth = _one_worth(rate, null_rate, benefit)
    _expect_benefit(worth, rate, null_rate, benefit)
    return _describe(design, worth, None, rate, None, null_rate, "difference", None, benefit)


@literals_checked
def estimate_rate_power(
    design: Sequential, rate: float, null_rate: float, participants: float, *, benefit: Benefit = "above"
) -> RatesPlan:
    """The power of one arm against `null_rate` with so many participants, by the normal distribution."""
    worth = _one_worth(rate, null_rate, benefit)
    return _describe(design, worth, _positive(participants), rate, None, null_rate, "difference", None, benefit)


def plan_rate_exactly(alpha: float, power: float, rate: float, null_rate: float) -> ExactRatePlan:
    """One arm, one look, one side: the binomial test of a rate above `null_rate` with error `alpha` and at least
    `power`.

    Raises ValueError when more than 100,000 participants would be needed.
    """
    if not (0 < null_rate < rate < 1 and 0 < alpha < power < 1):
        raise ValueError("rates lie between 0 and 1, the assumed one above the null one, and the power above alpha")
    # The normal approximation tells how far to look: at twice its size the exact power no longer falls short.
    sd0, sd1 = math.sqrt(null_rate * (1 - null_rate)), math.sqrt(rate * (1 - rate))
    normal = ((-float(ndtri(alpha)) * sd0 + max(float(ndtri(power)), 0.0) * sd1) / (rate - null_rate)) ** 2
    farthest = math.ceil(2 * normal + 60)
    if farthest > _MOST:
        raise ValueError(f"about {normal:.0f} participants would be needed: use the normal distribution")
    responses, enough, smallest = 0, 0, (0, 0)
    for n in range(1, farthest + 1):
        # The critical number never falls, and rises by at most one, from one size to the next.
        while float(bdtrc(responses - 1, n, null_rate)) > alpha:
            responses += 1
        if float(bdtrc(responses - 1, n, rate)) >= power and responses <= n:
            smallest = smallest if smallest[0] else (n, responses)
            enough = enough or n
        else:
            enough = 0
    responses = 0
    while float(bdtrc(responses - 1, enough, null_rate)) > alpha:
        responses += 1
    return ExactRatePlan(
        rate,
        null_rate,
        enough,
        responses,
        float(bdtrc(responses - 1, enough, null_rate)),
        float(bdtrc(responses - 1, enough, rate)),
        *smallest,
    )


def _describe(
    design: Sequential,
    worth: Worth,
    given: float | None,
    rate: float,
    rate_control: float | None,
    margin: float,
    measure: RateMeasure,
    ratio: float | None,
    benefit: Benefit,
) -> RatesPlan:
    participants = worth.size(design) if given is None else given
    if not math.isfinite(participants):
        raise ValueError(phrase("numbers.range"))
    drift = design.drift if given is None else worth.drift(participants, design)

    def effect_at(z: float, n: float) -> float | None:
        signed = z if benefit == "above" else -z
        if rate_control is None or ratio is None:
            found = margin + signed * math.sqrt(margin * (1 - margin) / n)
            return found if 0 <= found <= 1 else None
        return _effect_at(signed, n, rate_control, margin, measure, ratio)

    looks = sample_looks(design, participants, drift, effect_at)
    return RatesPlan(
        measure=measure,
        benefit=benefit,
        rate=rate,
        rate_control=rate_control,
        margin=margin,
        ratio=ratio,
        power=sum(look.reject for look in looks),
        drift=drift,
        participants_fixed=worth.fixed_size(design) if given is None else None,
        participants=participants,
        looks=looks,
        expected_participants_h0=participants * design.expected_fraction(0.0),
        expected_participants_h01=participants * design.expected_fraction(drift / 2),
        expected_participants_h1=participants * design.expected_fraction(drift),
    )


def _effect_at(
    z: float, participants: float, rate_control: float, margin: float, measure: RateMeasure, ratio: float
) -> float | None:
    """The difference (or ratio) that has this statistic when the control rate is as assumed; None where none has."""

    def above(rate: float) -> float:
        null = constrained_rates(rate, rate_control, margin, measure, ratio)
        effect = rate - rate_control - margin if measure == "difference" else rate - margin * rate_control
        return effect - z * math.sqrt(_variance(*null, margin, measure, ratio) / participants)

    edge = 1e-12
    if not above(edge) < 0 < above(1 - edge):
        return None
    rate = float(find_root(above, edge, 1 - edge, xtol=1e-14, rtol=1e-14))
    return rate - rate_control if measure == "difference" else rate / rate_control


def _worth(
    rate: float, rate_control: float, margin: float, measure: RateMeasure, ratio: float, benefit: Benefit
) -> Worth:
    for given in (rate, rate_control):
        if not 0 < given < 1:
            raise ValueError(f"a rate lies between 0 and 1, and {given} does not")
    if not 0 < ratio < math.inf:
        raise ValueError(phrase("arms.empty", ratio=ratio))
    planned = _variance(rate, rate_control, margin, measure, ratio)
    null = _variance(*constrained_rates(rate, rate_control, margin, measure, ratio), margin, measure, ratio)
    effect = rate - rate_control - margin if measure == "difference" else rate - margin * rate_control
    return Worth((effect if benefit == "above" else -effect) / math.sqrt(planned), math.sqrt(null / planned))


def _one_worth(rate: float, null_rate: float, benefit: Benefit) -> Worth:
    for given in (rate, null_rate):
        if not 0 < given < 1:
            raise ValueError(f"a rate lies between 0 and 1, and {given} does not")
    planned = rate * (1 - rate)
    effect = rate - null_rate if benefit == "above" else null_rate - rate
    return Worth(effect / math.sqrt(planned), math.sqrt(null_rate * (1 - null_rate) / planned))


def _variance(p: float, q: float, margin: float, measure: RateMeasure, ratio: float) -> float:
    weight = 1.0 if measure == "difference" else margin * margin
    return p * (1 - p) * (1 + ratio) / ratio + weight * q * (1 - q) * (1 + ratio)


def _margin(measure: RateMeasure, margin: float | None) -> float:
    limit = (0.0 if measure == "difference" else 1.0) if margin is None else margin
    if measure == "difference" and not -1 < limit < 1:
        raise ValueError(phrase("margin.difference", margin=limit))
    if measure == "ratio" and not 0 < limit < math.inf:
        raise ValueError(phrase("margin.ratio", margin=limit))
    return limit


def _positive(participants: float) -> float:
    if not 0 < participants < math.inf:
        raise ValueError(phrase("size.none", participants=participants))
    return participants


def _expect_benefit(worth: Worth, rate: float, margin: float, benefit: Benefit) -> None:
    if not worth.slope > 0:
        which = phrase("effect.rate", rate=rate)
        raise ValueError(phrase("size.no_benefit", which=which, side=phrase(f"side.{benefit}"), margin=margin))
