"""Continuous monitoring for unacceptable toxicity: how many events of how many participants are too many, and what that
does.

Exact throughout: the number of events is followed participant by participant (Goldman 1987, Control Clin Trials 8:327).
Boundaries: Beta-binomial (Thall and Simon 1994, Biometrics 50:337; Geller et al. 2003), Pocock's with one exact level
at all looks (Ivanova, Qaqish and Schell 2005, Biometrics 61:540), and exact tests look by look. Knows no arm and no
participant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from equipoise.design.safety_clause import BetaBinomial, Pocock, SafetyBoundary, SafetyRule

__all__ = [
    "SafetyBound",
    "SafetyCharacteristics",
    "SafetyPlan",
    "find_crossing",
    "plan_safety",
    "safety_bounds",
    "safety_characteristics",
    "safety_level",
]

RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
"""True rates at which characteristics are told, as multiples of the acceptable one."""


@dataclass(frozen=True, slots=True)
class SafetyBound:
    """At a look after `participants`: too many are `events` or more; None where not even all of them would be."""

    participants: int
    events: int | None


@dataclass(frozen=True, slots=True)
class SafetyCharacteristics:
    """At a true `rate`: the probability of stopping, and the expected numbers of participants and events by then."""

    rate: float
    stop: float
    expected_participants: float
    expected_events: float


@dataclass(frozen=True, slots=True)
class SafetyPlan:
    """A rule in numbers. `level` is the exact level at each look where the boundary has one."""

    rule: str
    acceptable: float
    bounds: tuple[SafetyBound, ...]
    characteristics: tuple[SafetyCharacteristics, ...]
    level: float | None


def plan_safety(rule: SafetyRule) -> SafetyPlan:
    """The boundary of a rule and its operating characteristics at the acceptable rate and around it."""
    boundary = rule.boundary.value
    bounds = safety_bounds(boundary)
    rates = [rate for m in RATES if (rate := round(m * boundary.acceptable, 10)) < 1]
    told = tuple(safety_characteristics(bounds, rate) for rate in rates)
    return SafetyPlan(rule.id, boundary.acceptable, bounds, told, safety_level(boundary))


@lru_cache(maxsize=256)
def safety_bounds(boundary: SafetyBoundary) -> tuple[SafetyBound, ...]:
    """The boundary, look by look."""
    looks = boundary.looks()
    if isinstance(boundary, BetaBinomial):
        return tuple(SafetyBound(n, _too_many_by_belief(n, boundary)) for n in looks)
    level = safety_level(boundary)
    assert level is not None
    return _bounds_at(looks, boundary.acceptable, level)


@lru_cache(maxsize=256)
def safety_level(boundary: SafetyBoundary) -> float | None:
    """The exact one-sided level at every look: as stated, or the largest that keeps Pocock's promise. None for beliefs.

    Only levels that some number of events attains make a difference, so that the largest one is found, not approached.
    """
    if isinstance(boundary, BetaBinomial):
        return None
    if not isinstance(boundary, Pocock):
        return boundary.level
    looks = boundary.looks()
    levels = sorted({t for n in looks for t in _tails(n, boundary.acceptable)[1:] if t <= boundary.probability})
    low, high = 0, len(levels)  # how many of them keep the promise
    while low < high:
        middle = (low + high + 1) // 2
        bounds = _bounds_at(looks, boundary.acceptable, levels[middle - 1])
        if safety_characteristics(bounds, boundary.acceptable).stop <= boundary.probability:
            low = middle
        else:
            high = middle - 1
    return levels[low - 1] if low else 0.0


def safety_characteristics(bounds: Sequence[SafetyBound], rate: float) -> SafetyCharacteristics:
    """What the boundary does when the true rate is `rate`: exact, without simulation. Bounds come in order."""
    import numpy as np

    most = bounds[-1].participants
    going: Any = np.zeros(most + 1)
    going[0] = 1.0
    stopped = spent = seen = 0.0
    done = 0
    numbers = np.arange(most + 1)
    for bound in bounds:
        for _ in range(bound.participants - done):
            going = going * (1 - rate) + np.concatenate(([0.0], going[:-1])) * rate
        done = bound.participants
        if bound.events is not None:
            over = going[bound.events :]
            stopped += float(over.sum())
            spent += done * float(over.sum())
            seen += float((numbers[bound.events :] * over).sum())
            going[bound.events :] = 0.0
    left = float(going.sum())
    return SafetyCharacteristics(rate, stopped, spent + most * left, seen + float((numbers * going).sum()))


def find_crossing(bounds: Sequence[SafetyBound], events: Sequence[bool]) -> SafetyBound | None:
    """The first look at which too many had the event, the participants in their order; None when there was none.

    One more event never takes a crossing back, nor do more participants after it.
    """
    so_far = [0]
    for event in events:
        so_far.append(so_far[-1] + bool(event))
    return next(
        (
            b
            for b in bounds
            if b.events is not None and b.participants < len(so_far) and so_far[b.participants] >= b.events
        ),
        None,
    )


def _bounds_at(looks: Sequence[int], acceptable: float, level: float) -> tuple[SafetyBound, ...]:
    """At each look the fewest events that an exact test at `level` rejects for."""
    found = []
    for n in looks:
        tails = _tails(n, acceptable)
        few = next((k for k in range(1, n + 1) if tails[k] <= level), None)
        found.append(SafetyBound(n, few))
    return tuple(found)


@lru_cache(maxsize=8192)
def _tails(n: int, rate: float) -> tuple[float, ...]:
    """P(X >= k) for k from 0 to n, X binomial: the sums are taken from the small end."""
    import numpy as np
    from scipy.special import bdtrc

    return (1.0, *(float(t) for t in bdtrc(np.arange(n), n, rate)))


def _too_many_by_belief(n: int, boundary: BetaBinomial) -> int | None:
    """The fewest events of `n` after which the rate is above the acceptable one with the stated certainty."""
    from scipy.special import betaincc

    a, b = boundary.prior
    return next(
        (k for k in range(n + 1) if float(betaincc(a + k, b + n - k, boundary.acceptable)) >= boundary.certainty), None
    )
