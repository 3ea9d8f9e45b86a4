"""Participants for a mean: two arms in any ratio, or one arm against a fixed mean; by Student's t or the normal
distribution.

One look by t solves its power, a noncentral t probability, exactly; several looks take that size times the inflation,
and their power by the normal drift that is worth the same as the t test (as Wassmer and Brannath 2016, chapter 5, and
rpact do). The standard deviation is common to both arms; difference, margin and it share one unit. Expected numbers,
not rounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy.special import nctdtr, ndtr, ndtri, stdtrit

from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.sample_looks import SampleLook, sample_looks
from equipoise.planning.sizes.worth import Benefit, Worth
from equipoise.planning.words import phrase
from equipoise.roots import find_root
from equipoise.wording.literals import literals_checked

__all__ = ["MeansPlan", "estimate_mean_power", "estimate_means_power", "plan_mean", "plan_means"]

_LARGE = 1e7
"""Participants above which t needs z^2/2 more than the normal distribution (Guenther 1981), to 14 digits."""

_BEYOND = 37.0
"""Noncentrality beyond which SciPy's series gives up, and the normal approximation (Johnson and Welch 1940) has reached
1 unless next to no degrees of freedom are left.
"""


@literals_checked
@dataclass(frozen=True, slots=True)
class MeansPlan:
    """The numbers of a trial of a mean; participants in all arms together.

    `difference`: experimental minus control, or of one arm the mean itself; `margin` what it is under the null
    hypothesis. `ratio` is None in a trial of one arm. `participants_fixed`: what one look would need, None where the
    size was given.
    """

    benefit: Benefit
    difference: float
    sd: float
    margin: float
    ratio: float | None
    normal: bool
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


@literals_checked
def plan_means(
    design: Sequential,
    difference: float,
    sd: float,
    *,
    margin: float = 0.0,
    ratio: float = 1.0,
    benefit: Benefit = "above",
    normal: bool = False,
) -> MeansPlan:
    """Two arms, r = `ratio` experimental to one control: with d = difference - margin, by the normal distribution

    n = (1 + r)^2 / r (sd (z_alpha + z_power) / d)^2 in all; by t the n at which a t variable with n - 2 degrees of
    freedom and noncentrality sqrt(n r) / (1 + r) d / sd exceeds its critical value with the planned power. Raises
    ValueError for an effect that is no benefit.

    >>> from equipoise.planning import plan_sequential
    >>> round(plan_means(plan_sequential(alpha=0.05, power=0.8, sides=2), 5, 10).participants, 1)
    127.5
    """
    return _plan(design, difference, sd, margin, ratio, benefit, normal, None)


@literals_checked
def estimate_means_power(
    design: Sequential,
    difference: float,
    sd: float,
    participants: float,
    *,
    margin: float = 0.0,
    ratio: float = 1.0,
    benefit: Benefit = "above",
    normal: bool = False,
) -> MeansPlan:
    """The power of two arms with so many participants in all, whatever the difference."""
    return _plan(design, difference, sd, margin, ratio, benefit, normal, participants)


@literals_checked
def plan_mean(
    design: Sequential,
    mean: float,
    sd: float,
    *,
    null_mean: float = 0.0,
    benefit: Benefit = "above",
    normal: bool = False,
) -> MeansPlan:
    """One arm against `null_mean`: n = (sd (z_alpha + z_power) / (mean - null_mean))^2, or by t with n - 1 degrees of
    freedom.
    """
    return _plan(design, mean, sd, null_mean, None, benefit, normal, None)


@literals_checked
def estimate_mean_power(
    design: Sequential,
    mean: float,
    sd: float,
    participants: float,
    *,
    null_mean: float = 0.0,
    benefit: Benefit = "above",
    normal: bool = False,
) -> MeansPlan:
    """The power of one arm against `null_mean` with so many participants."""
    return _plan(design, mean, sd, null_mean, None, benefit, normal, participants)


def _plan(
    design: Sequential,
    difference: float,
    sd: float,
    margin: float,
    ratio: float | None,
    benefit: Benefit,
    normal: bool,
    given: float | None,
) -> MeansPlan:
    if not 0 < sd < math.inf:
        raise ValueError(phrase("means.spread", sd=sd))
    if not (math.isfinite(difference) and math.isfinite(margin)):
        raise ValueError(phrase("means.finite"))
    if ratio is not None and not 0 < ratio < math.inf:
        raise ValueError(phrase("arms.empty", ratio=ratio))
    estimated, spread = (1, 1.0) if ratio is None else (2, (1 + ratio) / math.sqrt(ratio))
    if given is not None and not estimated < given < math.inf:
        raise ValueError(phrase("size.none", participants=given))
    effect = difference - margin if benefit == "above" else margin - difference
    worth = Worth(effect / (sd * spread))
    if given is None and not effect > 0:
        which = phrase("effect.mean", difference=difference)
        raise ValueError(phrase("size.no_benefit", which=which, side=phrase(f"side.{benefit}"), margin=margin))
    fixed = math.nan
    if given is None:
        fixed = worth.fixed_size(design) if normal else _by_t(design, worth, estimated)
    participants = fixed * design.inflation if given is None else given
    if not math.isfinite(participants):
        raise ValueError(phrase("numbers.range"))
    if given is None:
        drift = design.drift
    elif normal:
        drift = worth.drift(participants, design)
    else:
        reached = _power_by_t(design.alpha_one_sided, worth.slope, participants, estimated)
        drift = float(ndtri(min(max(reached, 1e-15), 1 - 1e-15)) - ndtri(design.alpha_one_sided))

    def effect_at(z: float, n: float) -> float | None:
        if not normal and n <= estimated:
            return None
        quantile = z if normal else -float(stdtrit(n - estimated, float(ndtr(-z))))
        return margin + (quantile if benefit == "above" else -quantile) * sd * spread / math.sqrt(n)

    looks = sample_looks(design, participants, drift, effect_at)
    return MeansPlan(
        benefit=benefit,
        difference=difference,
        sd=sd,
        margin=margin,
        ratio=ratio,
        normal=normal,
        power=sum(look.reject for look in looks),
        drift=drift,
        participants_fixed=fixed if given is None else None,
        participants=participants,
        looks=looks,
        expected_participants_h0=participants * design.expected_fraction(0.0),
        expected_participants_h01=participants * design.expected_fraction(drift / 2),
        expected_participants_h1=participants * design.expected_fraction(drift),
    )


def _power_by_t(alpha: float, slope: float, n: float, estimated: int) -> float:
    """The power of one look; `estimated`: how many means are estimated and so lost to the degrees of freedom."""
    freedom = n - estimated
    critical, beyond = -float(stdtrit(freedom, alpha)), slope * math.sqrt(n)
    if beyond < -8:
        return float(ndtr(beyond))  # what no positive critical value lets through, to 15 digits
    found = math.nan if beyond > _BEYOND else 1 - float(nctdtr(freedom, beyond, critical))
    if math.isnan(found):
        return float(ndtr((beyond - critical) / math.sqrt(1 + critical**2 / (2 * freedom))))
    return found


def _by_t(design: Sequential, worth: Worth, estimated: int) -> float:
    if worth.slope <= 0:
        return math.nan
    alpha, power = design.alpha_one_sided, design.power
    by_normal = worth.fixed_size(design)
    if not by_normal < _LARGE:
        return by_normal + float(ndtri(alpha)) ** 2 / 2
    short: Callable[[float], float] = lambda n: power - _power_by_t(alpha, worth.slope, n, estimated)  # noqa: E731
    # With less than one degree of freedom there is no t test to speak of.
    low = estimated + 1.0
    if short(low) <= 0:
        return low
    high = max(by_normal, low) + 4
    while short(high) > 0:
        high *= 1.5
    return float(find_root(short, low, high, xtol=1e-10, rtol=1e-13))
