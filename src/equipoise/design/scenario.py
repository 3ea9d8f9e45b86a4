"""The description of scenarios: what would happen, for rehearsal and simulation.

A distribution says how a virtual participant's item comes about; an outcome says when a dated event strikes.
"""

from __future__ import annotations

import math
from typing import Any

from pydantic import Field, model_validator

from equipoise.design.spec import Accrual, Hazard
from equipoise.wording import Clause, Identifier, Rule, Sourced, Text

__all__ = ["Distribution", "Modifier", "Outcome", "Scenario"]


class Distribution(Clause):
    """Exactly one of: fixed `value` (may be written plainly); `choice` with weights by code; `normal`, `lognormal`, `uniform` with two numbers;
    `rule`, a SQL expression over what the participant already has; `days_after` a date item or built-in date: two numbers.
    `missing` is the probability that the item is left empty (only for items that may be)."""

    value: str | int | float | bool | None = None
    choice: dict[str, float] | None = None
    normal: tuple[float, float] | None = None
    lognormal: tuple[float, float] | None = None
    uniform: tuple[float, float] | None = None
    days_after: tuple[float, float] | None = None
    from_: Identifier | None = Field(default=None, alias="from")
    rule: Rule | None = None
    missing: float = Field(default=0.0, ge=0, le=1)

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, data: Any) -> Any:
        return data if isinstance(data, (dict, Distribution)) else {"value": data}

    @model_validator(mode="after")
    def _one_kind(self) -> Distribution:
        given = [
            k
            for k in ("value", "choice", "normal", "lognormal", "uniform", "days_after", "rule")
            if getattr(self, k) is not None
        ]
        if len(given) != 1:
            raise ValueError("give exactly one of value, choice, normal, lognormal, uniform, days_after, rule")
        if self.days_after is not None and self.from_ is None:
            raise ValueError("days_after needs `from`: the date it counts from")
        if self.choice is not None and (
            not self.choice or min(self.choice.values()) < 0 or sum(self.choice.values()) <= 0
        ):
            raise ValueError("choice weights are not negative and not all zero")
        return self


class Modifier(Clause):
    """What multiplies an outcome's hazard: one ratio, or with `cuts_months` one after the other, since the outcome's clock began.

    For everybody, or those in `arm`, or those of whom `when` is true at randomization, or both. All that apply are multiplied.
    """

    arm: Identifier | None = None
    when: Rule | None = None
    ratios: tuple[float, ...] = Field(min_length=1)
    cuts_months: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _pieces(self) -> Modifier:
        if len(self.cuts_months) != len(self.ratios) - 1:
            raise ValueError("ratios that change over time need one cut fewer than ratios")
        if any(not (0 <= r < math.inf) for r in self.ratios):
            raise ValueError("ratios are finite and not negative")
        if list(self.cuts_months) != sorted(set(self.cuts_months)) or any(
            not (0 < c < math.inf) for c in self.cuts_months
        ):
            raise ValueError("cuts are positive and increase")
        return self


class Outcome(Clause):
    """A dated event after randomization: `form` is recorded with the date in `date_item` and `sets` for its other items.

    `hazard_ratio` maps arms to a ratio against `hazard`; arms left out have ratio 1; `modifiers` multiply it further.
    `cured` is the share whom it never strikes; who is cured of one outcome is cured of all with the same share or a larger
    one. A median or a point of the curve is then that of everybody. `ends: true` stops all that follows.
    """

    id: Identifier
    form: Identifier
    visit: Identifier
    date_item: Identifier
    hazard: Sourced[Hazard]
    hazard_ratio: Sourced[dict[Identifier, float]] | None = None
    modifiers: tuple[Sourced[Modifier], ...] = ()
    cured: Sourced[float] | None = None
    after: Identifier | None = None
    sets: dict[Identifier, Distribution] = Field(default_factory=dict)
    ends: bool = False


class Scenario(Clause):
    """One way in which the trial may go."""

    id: Identifier
    label: Text
    start: str = "2021-01-04"
    accrual: Sourced[Accrual]
    follow_up_months: Sourced[float]
    prevalence: Sourced[float] | None = None
    screen_failure: Sourced[float] | None = None
    withdrawal_per_month: Sourced[float] | None = None
    missed_visit: Sourced[float] | None = None
    late_entry_days: Sourced[float] | None = None
    typing_error: Sourced[float] | None = None
    site_shares: dict[Identifier, float] = Field(default_factory=dict)
    items: dict[Identifier, Sourced[Distribution]] = Field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()

    @property
    def share_of_approached(self) -> float:
        """The share of those approached who are of the trial's population: all of them, unless `prevalence` says less."""
        return 1.0 if self.prevalence is None else self.prevalence.value

    @property
    def screened_accrual(self) -> Accrual:
        """Those of the trial's population among the approached, per month: they are screened."""
        rates = tuple(rate * self.share_of_approached for rate in self.accrual.value.per_month)
        return Accrual(months=self.accrual.value.months, per_month=rates)
