"""How many participants and events are to be expected by a calendar time, and when a number of events is expected.

Participants arrive at piecewise constant rates; events and dropout strike independently at piecewise constant hazards,
so that every expectation is a closed form, piece by piece (Lachin and Foulkes 1986, Biometrics 42:507). Weibull hazards
are integrated numerically. Times in months from the first arrival, hazards per month. Knows no test and no design.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from equipoise.planning.sequential.crossing import FloatArray
from equipoise.planning.words import phrase
from equipoise.roots import find_root

__all__ = [
    "Arrivals",
    "NeverReached",
    "SurvivalCourse",
    "TwoArms",
    "calendar_time",
    "expected_events",
    "most_events",
    "total_events",
]

_LASTING = 60.0
"""A cumulative hazard after which nobody is left: exp(-60) is below 1e-26."""


class NeverReached(ValueError):
    """So many events are never expected, however long one waits."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Accrual in numbers: `rates` (participants per month) from each of `starts` (months; the first is 0) until `end`.

    An infinite `end`: for as long as it takes. Raises ValueError for what nobody could recruit by.
    """

    starts: tuple[float, ...]
    rates: tuple[float, ...]
    end: float

    def __post_init__(self) -> None:
        _check_pieces(self.starts, self.rates, "arrivals")
        if not self.end > self.starts[-1]:
            raise ValueError(phrase("arrivals.end", end=self.end))
        if not any(self.rates):
            raise ValueError(phrase("arrivals.nobody"))

    @staticmethod
    def over(months: Sequence[float], per_month: Sequence[float]) -> Arrivals:
        """Successive periods by their lengths, as a protocol writes them."""
        ends = np.cumsum(np.asarray(months, dtype=float)).tolist()
        return Arrivals((0.0, *ends[:-1]), tuple(map(float, per_month)), float(ends[-1]))

    @property
    def total(self) -> float:
        """All participants; infinite when accrual has no end."""
        return self.arrived(self.end)

    def arrived(self, time: float) -> float:
        """Participants expected to have arrived by `time`."""
        return sum(rate * (stop - start) for start, stop, rate in self.pieces(time) if rate > 0)

    def pieces(self, time: float = math.inf) -> list[tuple[float, float, float]]:
        """(start, stop, rate) of the periods, as far as they lie before `time`."""
        until = min(time, self.end)
        stops = (*self.starts[1:], self.end)
        return [(a, min(b, until), r) for a, b, r in zip(self.starts, stops, self.rates, strict=True) if a < until]

    def time_of(self, count: float) -> float:
        """When `count` participants have arrived; infinite when they never do."""
        left = count
        for start, stop, rate in self.pieces():
            # A count that is the total but for rounding has arrived when accrual ends.
            if rate > 0 and left <= rate * (stop - start) * (1 + 1e-12):
                return min(start + left / rate, stop)
            left -= rate * (stop - start) if rate > 0 else 0.0
        return math.inf

    def scaled(self, total: float) -> Arrivals:
        """The same shape and duration with `total` participants in all."""
        factor = total / self.total
        return Arrivals(self.starts, tuple(rate * factor for rate in self.rates), self.end)

    def until(self, end: float) -> Arrivals:
        """The same rates, ending at `end`; the last rate goes on for as long as that takes."""
        kept = [(a, r) for a, r in zip(self.starts, self.rates, strict=True) if a < end]
        return Arrivals(tuple(a for a, _ in kept), tuple(r for _, r in kept), end)


@dataclass(frozen=True, slots=True)
class SurvivalCourse:
    """What befalls one arm: the hazard of the event from each of `starts` on, and a constant hazard of `dropout`.

    `cured`: the share that never has the event. `shape` other than 1: Weibull, with survival exp(-(hazard t)^shape).
    """

    starts: tuple[float, ...]
    hazards: tuple[float, ...]
    dropout: float = 0.0
    cured: float = 0.0
    shape: float = 1.0

    def __post_init__(self) -> None:
        _check_pieces(self.starts, self.hazards, "hazards")
        if not (0 <= self.dropout < math.inf):
            raise ValueError(phrase("course.dropout", dropout=self.dropout))
        if not 0 <= self.cured < 1:
            raise ValueError(phrase("course.cured", cured=self.cured))
        if not 0 < self.shape < math.inf:
            raise ValueError(f"a Weibull shape of {self.shape} is not positive")
        if self.shape != 1.0 and len(self.hazards) > 1:
            raise ValueError("a Weibull course has one hazard")

    @staticmethod
    def constant(hazard: float, dropout: float = 0.0, cured: float = 0.0) -> SurvivalCourse:
        """The same hazard from the first day on."""
        return SurvivalCourse((0.0,), (hazard,), dropout, cured)

    def times(self, ratios: Sequence[float], from_: Sequence[float] = (0.0,)) -> SurvivalCourse:
        """The course under hazard ratios that begin at `from_`: a delayed effect has ratio 1 first,
        a waning one last."""
        _check_pieces(from_, ratios, "ratios")
        if self.shape != 1.0:
            if len(ratios) > 1:
                raise ValueError("a Weibull course takes one hazard ratio")
            hazard = self.hazards[0] * ratios[0] ** (1 / self.shape)
            return SurvivalCourse(self.starts, (hazard,), self.dropout, self.cured, self.shape)
        starts = sorted({*self.starts, *from_})
        hazards = [_at(self.starts, self.hazards, s) * _at(from_, ratios, s) for s in starts]
        return SurvivalCourse(tuple(starts), tuple(hazards), self.dropout, self.cured, self.shape)

    def cumulative_hazard(self, time: float) -> float:
        """Of those who are not cured, by `time` after arrival."""
        if self.shape != 1.0:
            return float((self.hazards[0] * time) ** self.shape)
        stops = (*self.starts[1:], math.inf)
        pieces = zip(self.starts, stops, self.hazards, strict=True)
        return sum(hazard * (min(stop, time) - start) for start, stop, hazard in pieces if start < time)

    def surviving(self, time: float) -> float:
        """The probability of being free of the event at `time` after arrival, dropout apart."""
        return self.cured + (1 - self.cured) * math.exp(-self.cumulative_hazard(time))

    def probability(self, time: float) -> float:
        """The probability of an observed event within `time` of arrival: of the event before dropout."""
        return self._walk(time)[0]

    def area(self, time: float) -> float:
        """The integral of `probability` from 0 to `time`: expected events per unit of a constant rate of arrival."""
        return self._walk(time)[1]

    def eventually(self) -> float:
        """The probability of ever having an observed event."""
        last = self.hazards[-1]
        if self.shape != 1.0:
            return self.probability(_LASTING ** (1 / self.shape) / last) if last else 0.0
        before = self.probability(self.starts[-1])
        both = last + self.dropout
        alive = (1 - self.cured) * math.exp(-self.cumulative_hazard(self.starts[-1]) - self.dropout * self.starts[-1])
        return before + (alive * last / both if both else 0.0)

    def _walk(self, time: float) -> tuple[float, float]:
        if time <= 0:
            return 0.0, 0.0
        if self.shape != 1.0:
            return self._weibull(time)
        here, area, alive = 0.0, 0.0, 1.0
        stops = (*self.starts[1:], math.inf)
        for start, stop, hazard in zip(self.starts, stops, self.hazards, strict=True):
            if start >= time:
                break
            span = min(stop, time) - start
            both = hazard + self.dropout
            area += here * span + alive * hazard * span * span * _second(both * span)
            here += alive * hazard * span * _first(both * span)
            alive *= math.exp(-both * span)
        return (1 - self.cured) * here, (1 - self.cured) * area

    def _weibull(self, time: float) -> tuple[float, float]:
        """Integrated over s, where time is a whole power of s and the cumulative hazard at least a fourth power: smooth
        at 0.
        """
        if not self.hazards[0]:
            return 0.0, 0.0
        nodes, weights = _legendre()
        whole = math.ceil(4 / self.shape)
        most = min(self.hazards[0] * time, _LASTING ** (1 / self.shape))
        s = (nodes + 1) / 2
        u = most * s**whole / self.hazards[0]
        v = (most * s**whole) ** self.shape
        mass = (1 - self.cured) * weights / 2 * whole * self.shape * v / s * np.exp(-v - self.dropout * u)
        return float(mass.sum()), float((mass * (time - u)).sum())


@dataclass(frozen=True, slots=True)
class TwoArms:
    """Both arms' courses; `ratio` participants join the experimental arm for each one in the control arm."""

    control: SurvivalCourse
    experimental: SurvivalCourse
    ratio: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.ratio < math.inf:
            raise ValueError(phrase("arms.empty", ratio=self.ratio))

    @property
    def shares(self) -> tuple[tuple[float, SurvivalCourse], tuple[float, SurvivalCourse]]:
        """The share of the arrivals that follows each course, the experimental one first."""
        share = self.ratio / (1 + self.ratio)
        return (share, self.experimental), (1 - share, self.control)

    @property
    def hazard_ratio(self) -> float | None:
        """Experimental over control; None when it changes over time."""
        one, two = self.experimental, self.control
        if one.shape != two.shape or one.cured != two.cured:
            return None
        starts = sorted({*one.starts, *two.starts})
        pairs = [(_at(one.starts, one.hazards, s), _at(two.starts, two.hazards, s)) for s in starts]
        ratios = [a / b for a, b in pairs if b > 0]
        if not ratios or any(b == 0 and a > 0 for a, b in pairs) or max(ratios) > min(ratios) * (1 + 1e-12):
            return None
        return float(ratios[0] ** one.shape)


def expected_events(arrivals: Arrivals, course: SurvivalCourse, time: float, share: float = 1.0) -> float:
    """Expected number of observed events by calendar `time` among the `share` of arrivals that follow `course`."""
    total = 0.0
    for start, stop, rate in arrivals.pieces(time):
        if rate > 0:
            total += rate * (course.area(time - start) - course.area(time - stop))
    return share * total


def total_events(arrivals: Arrivals, arms: TwoArms, time: float) -> float:
    """Expected number of observed events by calendar `time` in both arms."""
    return sum(expected_events(arrivals, course, time, share) for share, course in arms.shares)


def most_events(arrivals: Arrivals, arms: TwoArms) -> float:
    """The events expected if everybody were followed for ever; infinite when accrual has no end."""
    probability = sum(share * course.eventually() for share, course in arms.shares)
    return arrivals.total * probability if probability else 0.0


def calendar_time(wanted: float, arrivals: Arrivals, arms: TwoArms) -> float:
    """When `wanted` events are expected in both arms; infinite when they never are.

    >>> control = SurvivalCourse.constant(math.log(2) / 24)
    >>> arms = TwoArms(control, control.times((0.7,)))
    >>> round(calendar_time(200, Arrivals.over(months=(24,), per_month=(20,)), arms), 2)
    34.74
    """
    if wanted <= 0:
        return 0.0
    if most_events(arrivals, arms) <= wanted:
        return math.inf
    high = arrivals.end if math.isfinite(arrivals.end) else arrivals.starts[-1] + 1.0
    while total_events(arrivals, arms, high) < wanted:
        high *= 2
        if high > 1e9:
            return math.inf
    return float(find_root(lambda t: total_events(arrivals, arms, t) - wanted, 0.0, high, xtol=1e-11, rtol=1e-14))


@lru_cache(maxsize=1)
def _legendre() -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.legendre.leggauss(200)
    return nodes, weights


def _at(starts: Sequence[float], values: Sequence[float], time: float) -> float:
    return values[bisect.bisect_right(starts, time) - 1]


def _first(x: float) -> float:
    """(1 - exp(-x)) / x, also where x is small."""
    return 1 - x / 2 if abs(x) < 1e-12 else -math.expm1(-x) / x


def _second(x: float) -> float:
    """(x - 1 + exp(-x)) / x^2, also where x is small and the three terms cancel."""
    if abs(x) < 1e-2:
        return 0.5 - x * (1 / 6 - x * (1 / 24 - x * (1 / 120 - x * (1 / 720 - x / 5040))))
    return (x + math.expm1(-x)) / (x * x)


def _check_pieces(starts: Sequence[float], values: Sequence[float], what: str) -> None:
    if not starts or len(starts) != len(values):
        raise ValueError(phrase("pieces.count", given=len(values), what=phrase(f"pieces.{what}"), periods=len(starts)))
    if starts[0] != 0 or any(not math.isfinite(s) for s in starts) or list(starts) != sorted(set(starts)):
        raise ValueError(phrase("pieces.order", what=phrase(f"pieces.{what}")))
    if any(not 0 <= v < math.inf for v in values):
        raise ValueError(phrase("pieces.values", what=phrase(f"pieces.{what}")))
