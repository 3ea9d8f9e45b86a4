"""The numbers of a planned design, and the desk at which complaints are collected while they are found.

Knows of a protocol only what `Planned` names, since the room of the protocol lies above this one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn, Protocol

from equipoise.design.spec import Design
from equipoise.findings import Finding, Refusal, Where, prose
from equipoise.planning.outlook import EffectPower, Month
from equipoise.planning.sensitivity import Sensitivity
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.means import MeansPlan
from equipoise.planning.sizes.rates import RatesPlan
from equipoise.planning.sizes.survival import SurvivalPlan
from equipoise.planning.sizes.worth import Benefit

__all__ = ["SHORT", "Desk", "Plan", "Planned", "SamplePlan", "expect_sane", "expect_seen", "whole", "whole_multiple"]

SamplePlan = RatesPlan | MeansPlan
SHORT = 0.001
"""By how much the power may fall short of the stated one before it is told."""
_MOST = 1_000_000
"""Participants or events beyond which a design is a mistake: no randomized trial of a drug has had so many."""
_LONGEST = 1200.0
"""Months beyond which a design is a mistake: nobody would see its end."""


class Planned(Protocol):
    """What planning needs of a protocol. Arms and endpoints have an id and a role or kind."""

    @property
    def design(self) -> Design | None: ...
    @property
    def arms(self) -> Sequence[Any]: ...
    @property
    def endpoints(self) -> Sequence[Any]: ...
    @property
    def randomization(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """All the numbers of a design.

    `required`: the trial that the assumptions and the power ask for, in expected numbers; None where the clause only allows
    events. `required_events` and `required_participants`: rounded up, the latter to a multiple of the ratio. `planned`: the trial
    with the numbers that the protocol states, or the required ones where it states none; `power` is its power. `ratio`:
    experimental participants to one control; None in one arm. `outlook` is empty without a time to an event.
    """

    endpoint: str
    question: str
    kind: str
    ratio: float | None
    margin: float
    benefit: Benefit
    boundaries: Sequential
    required: SurvivalPlan | SamplePlan | None
    required_events: int | None
    required_participants: int | None
    stated_events: int | None
    stated_participants: int | None
    planned: SurvivalPlan | SamplePlan | None
    power: float
    power_curve: tuple[EffectPower, ...]
    outlook: tuple[Month, ...]
    sensitivity: tuple[Sensitivity, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Desk:
    """Where complaints are collected while one design is planned."""

    where: Callable[..., Where]
    findings: tuple[Finding, ...] = ()

    def refuse(self, code: str, path: tuple[str, ...], what: str, why: str, mend: str) -> NoReturn:
        raise Refusal(prose(code, self.where(*path), what, why, mend))

    def warn(self, code: str, path: tuple[str, ...], what: str, why: str, mend: str) -> None:
        self.findings += (prose(code, self.where(*path), what, why, mend, "warning"),)


def expect_sane(desk: Desk, size: float) -> None:
    """Refuse a size that nobody could mean."""
    if size > _MOST:
        desk.refuse(
            "design.absurd", ("design",), f"{size:,.0f} participants or events",
            f"more than {_MOST:,} are taken for a mistake", "Assume a larger effect, or check margin, hazards and rates.",
        )  # fmt: skip


def expect_seen(desk: Desk, month: float) -> None:
    """Refuse a duration that nobody would see the end of."""
    if not month <= _LONGEST:
        desk.refuse(
            "design.absurd", ("design", "accrual"), f"the last look would come after {month / 12:,.0f} years",
            f"more than {_LONGEST / 12:.0f} are taken for a mistake", "Check hazards, accrual and events.",
        )  # fmt: skip


def whole(size: float) -> int:
    """The next whole number, at least 1; what exceeds one by rounding is that one."""
    return max(math.ceil(size - 1e-6), 1)


def whole_multiple(participants: float, ratio: float) -> int:
    """The next whole number of participants that the ratio divides exactly."""
    parts = Fraction(ratio).limit_denominator(100)
    one_round = parts.numerator + parts.denominator
    return one_round * whole(participants / one_round)
