"""What a setup is made of: who is approached, kinds of participants, how arms are drawn, looks and their statistics.

Each part refuses by itself what it cannot be; whether the parts fit together is asked by `soundness`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from equipoise.planning import Arrivals, SurvivalCourse
from equipoise.simulation.words import phrase
from equipoise.wording.literals import literals_checked

__all__ = [
    "MONTHS_MAX",
    "Cell",
    "PlannedLook",
    "Reestimation",
    "Response",
    "Screening",
    "Shown",
    "SimulatedScheme",
    "Statistic",
]

MONTHS_MAX = 1000.0
"""No simulated trial lasts longer: times are kept in 31 bits."""


@dataclass(frozen=True, slots=True)
class Screening:
    """Who is approached, and which shares of them remain: those at high risk, of these those eligible, of these those
    who do not fail screening. Thinning a Poisson process by chance gives a Poisson process of the thinned rate."""

    approached: Arrivals
    high_risk: float = 1.0
    eligible: float = 1.0
    failure: float = 0.0

    def __post_init__(self) -> None:
        for name, share in (("at high risk", self.high_risk), ("eligible", self.eligible), ("failing", self.failure)):
            if not 0 <= share <= 1:
                raise ValueError(f"a share {name} of {share} does not lie between 0 and 1")
        if not self.kept > 0:
            raise ValueError(phrase("setup.nobody"))

    @property
    def kept(self) -> float:
        """The share of those approached who join."""
        return self.high_risk * self.eligible * (1 - self.failure)

    @property
    def arrivals(self) -> Arrivals:
        """Those who join, per month."""
        rates = tuple(rate * self.kept for rate in self.approached.rates)
        return Arrivals(self.approached.starts, rates, self.approached.end)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is found of participants at their assessment: true for a share `rate` of them, or a number.

    A number is normal with `mean` and `sd`, or as likely as any other of `values`, which increase. `present`: the share
    of whom anything is found, of those who are still there.
    """

    rate: float | None = None
    mean: float = 0.0
    sd: float = 0.0
    values: tuple[float, ...] = ()
    present: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.present <= 1:
            raise ValueError(f"a share present of {self.present} does not lie between 0 and 1")
        if self.rate is not None and not 0 <= self.rate <= 1:
            raise ValueError(f"a rate of {self.rate} does not lie between 0 and 1")
        if not (math.isfinite(self.mean) and 0 <= self.sd < math.inf and all(map(math.isfinite, self.values))):
            raise ValueError("a mean, a standard deviation and values are finite")
        if list(self.values) != sorted(self.values):
            raise ValueError("values are given in their order")

    @property
    def center(self) -> float:
        """The rate, or the mean."""
        if self.rate is not None:
            return self.rate
        return math.fsum(self.values) / len(self.values) if self.values else self.mean

    def moved(self, by: float) -> Shown:
        """The same, with a rate or a mean that is so much more; a rate stays between 0 and 1."""
        if self.rate is not None:
            return replace(self, rate=min(max(self.rate + by, 0.0), 1.0))
        return replace(self, mean=self.mean + by, values=tuple(value + by for value in self.values))


@dataclass(frozen=True, slots=True)
class Response:
    """What makes a setup one of rates or means: participants are assessed once, so many `months` after joining.

    `null`: the effect that is tested against, in the measure of the looks' statistic; `above`: benefit is more than it.
    `truth`: the true difference, or of one arm the true rate or mean. `scale`: a unit of about the size of a standard
    deviation, in which estimates are added up. `dated`: whether arrivals are those of a calendar, or only an order.
    """

    months: float
    null: float
    above: bool
    truth: float
    scale: float = 1.0
    dated: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.months < MONTHS_MAX:
            raise ValueError(phrase("setup.assessed", months=self.months, most=MONTHS_MAX))
        if not (math.isfinite(self.null) and math.isfinite(self.truth) and 0 < self.scale < math.inf):
            raise ValueError("effects are finite, and a scale is positive")


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of participant: its share of all, its courses in either arm, its stratum and its levels.

    `shown`: what their assessment finds in the control and in the experimental arm, where a setup has a `Response`; the
    courses then say how participants are lost before it.

    Randomization by blocks or big stick goes by `stratum`, and so do stratified statistics; minimization by `levels`,
    one whole number from 0 for each factor. A risk group that nobody stratifies by is two cells of one stratum.
    """

    share: float
    control: SurvivalCourse
    experimental: SurvivalCourse
    stratum: int = 0
    levels: tuple[int, ...] = ()
    shown: tuple[Shown, Shown] | None = None


@literals_checked
@dataclass(frozen=True, slots=True)
class SimulatedScheme:
    """How arms are drawn, with what its kind needs: block `sizes`; `p`, `measure` and factor `weights`; `limit`.

    "in_turn" draws nothing: within each run of the ratio the experimental places come first. It is what design software
    simulates, and it is predictable: for comparison, not for trials.
    """

    kind: Literal["permuted_blocks", "minimization", "big_stick", "complete", "in_turn"]
    sizes: tuple[int, ...] = ()
    p: float = 0.8
    measure: Literal["range", "variance", "standard_deviation"] = "range"
    weights: tuple[float, ...] = ()
    limit: int = 3


@literals_checked
@dataclass(frozen=True, slots=True)
class Statistic:
    """What a look decides by, as a z-value that is positive for benefit.

    "logrank": the score test, optionally stratified and against `Setup.null_ratio`. "weighted": Fleming and
    Harrington's with the first of `weights`, (rho, gamma). "maxcombo": the greatest of the z-values of all `weights`;
    its bound is one for a maximum of correlated normals. "cox": the estimate over its standard error. "rmst": the
    difference of restricted means up to `months`. "milestone": of survival at `months`, on the log-log scale. A value
    that the data do not give (no events, follow-up too short) crosses no bound.

    With a `Response`: "rates": Pearson's chi-square, or Fisher's test where a count below 5 is expected; "rate_limit":
    the score whose Newcombe limit of the difference is the null; "rate_ratio": the score of a ratio; "rate": Wilson's
    of one arm. "means": Welch's t against the null; "mean": Student's of one arm; either as the normal score of its
    tail. They are what the analysis of the protocol concludes by.
    """

    kind: Literal[
        "logrank",
        "weighted",
        "maxcombo",
        "cox",
        "rmst",
        "milestone",
        "rates",
        "rate_limit",
        "rate_ratio",
        "rate",
        "means",
        "mean",
    ] = "logrank"
    stratified: bool = False
    weights: tuple[tuple[float, float], ...] = ()
    months: float | None = None


@dataclass(frozen=True, slots=True)
class PlannedLook:
    """When a look takes place, and what stops the trial there: exactly one of `events`, `month` and `after_last` is
    given.

    `events` observed (or participants assessed), a calendar `month` from the start of accrual, or so many months
    `after_last` participant joined; in any case not after the month `latest`, and never before the look before it.
    Events that never come: the look takes place when nothing more can happen, and is counted as one that missed its
    events. Bounds, each optional: stop for efficacy at z >= `efficacy`, for futility at z <= `futility`, for harm at z
    <= `harm`. A bound that is given is followed.
    """

    events: int | None = None
    month: float | None = None
    after_last: float | None = None
    latest: float = MONTHS_MAX
    efficacy: float | None = None
    futility: float | None = None
    harm: float | None = None
    statistic: Statistic = Statistic()

    def __post_init__(self) -> None:
        given = [v for v in (self.events, self.month, self.after_last) if v is not None]
        if len(given) != 1 or not 0 <= given[0] < math.inf or self.events == 0:
            raise ValueError(
                "a look is at a number of events, at a month, or so many months after the last participant"
            )
        if not 0 < self.latest <= MONTHS_MAX:
            raise ValueError(f"the latest month of a look, {self.latest}, does not lie between 0 and {MONTHS_MAX}")


@dataclass(frozen=True, slots=True)
class Reestimation:
    """New events for the last stage, from what the look before it showed, unblinded.

    As many as give `conditional_power` under the observed effect, or under `ratio` when it is given, within
    `events_min` and `events_max` new events. The stages are combined by inverse normal weights fixed beforehand
    (Lehmacher and Wassmer 1999, Biometrics 55:1286): the square roots of the planned shares of events.
    """

    conditional_power: float
    events_min: int
    events_max: int
    ratio: float | None = None

    def __post_init__(self) -> None:
        if not 0 < self.conditional_power < 1:
            raise ValueError(f"a conditional power of {self.conditional_power} does not lie between 0 and 1")
        if not 0 < self.events_min <= self.events_max:
            raise ValueError("new events lie between a least number above 0 and a greatest that is not below it")
        if self.ratio is not None and not 0 < self.ratio < 1:
            raise ValueError("new events are found for a benefit: a hazard ratio between 0 and 1")
