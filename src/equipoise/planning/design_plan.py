"""The numbers of a planned design, as values; and how sizes become whole.

Knows clauses, and no protocol: a plan can be told, drawn and compared without one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from equipoise.findings import Finding
from equipoise.planning.attendance import Attendance
from equipoise.planning.outlook import EffectPower, Month
from equipoise.planning.sensitivity import Sensitivity
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.means import MeansPlan
from equipoise.planning.sizes.rates import RatesPlan
from equipoise.planning.sizes.survival import SurvivalPlan
from equipoise.planning.sizes.worth import Benefit
from equipoise.wording.literals import literals_checked

__all__ = ["DesignPlan", "SamplePlan", "whole", "whole_multiple"]

SamplePlan = RatesPlan | MeansPlan


@literals_checked
@dataclass(frozen=True, slots=True)
class DesignPlan:
    """All the numbers of a design.

    `required`: the trial that the assumptions and the power ask for, in expected numbers; None where the clause only
    allows events. `required_events` and `required_participants`: rounded up, the latter to a multiple of the ratio.
    `planned`: the trial with the numbers that the protocol states, or the required ones where it states none; `power`
    is its power. `ratio`: experimental participants to one control; None in one arm. `outlook` is empty without a time
    to an event. `attendance`: of rates and means, whose sizes and looks count participants who are assessed (more of
    them join); None for a time to an event.
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
    attendance: Attendance | None = None

    @property
    def participants(self) -> int | None:
        """Those who are to join: as stated, or as required."""
        return self.stated_participants or self.required_participants


def whole(size: float) -> int:
    """The next whole number, at least 1; what exceeds one by rounding is that one."""
    return max(math.ceil(size - 1e-6), 1)


def whole_multiple(participants: float, ratio: float) -> int:
    """The next whole number of participants that the ratio divides exactly."""
    parts = Fraction(ratio).limit_denominator(100)
    one_round = parts.numerator + parts.denominator
    return one_round * whole(participants / one_round)
