"""The description of scenarios: what would happen, for rehearsal and simulation.

Latents make what a participant has hang together; a distribution says how an item comes about, an outcome when a dated
event strikes, `follows` what is recorded because of something recorded, and `sites` how a place works.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from equipoise.design.distribution import Distribution
from equipoise.design.spec import Accrual, Hazard
from equipoise.wording import (
    CalendarDay,
    Clause,
    Days,
    DaysLater,
    Identifier,
    Months,
    Number,
    Rate,
    Ratio,
    Rule,
    Sourced,
    Text,
    Weight,
    inconsistent,
)

__all__ = ["Distribution", "Follow", "Modifier", "Outcome", "Scenario", "SiteHabits"]


class Modifier(Clause):
    """What multiplies an outcome's hazard: one ratio, or with `cuts_months` one after the other, since the outcome's
    clock began.

    For everybody, or those in `arm`, or those of whom `when` is true at randomization, or both. All that apply are
    multiplied.
    """

    arm: Identifier | None = None
    when: Rule | None = None
    ratios: tuple[Ratio, ...] = Field(min_length=1)
    cuts_months: tuple[Months, ...] = ()

    @model_validator(mode="after")
    def _pieces(self) -> Modifier:
        if len(self.cuts_months) != len(self.ratios) - 1:
            raise inconsistent("modifier.pieces")
        if list(self.cuts_months) != sorted(set(self.cuts_months)) or 0 in self.cuts_months:
            raise inconsistent("modifier.cuts")
        return self


class Outcome(Clause):
    """A dated event after randomization: `form` is recorded with the date in `date_item` and `sets` for its other
    items.

    `hazard_ratio` maps arms to a ratio against `hazard`; arms left out have ratio 1; `modifiers` multiply it further.
    `cured` is the share whom it never strikes; who is cured of one outcome is cured of all with the same share or a
    larger one. A median or a point of the curve is then that of everybody. `ends: true` stops all that follows. With
    `times` it may strike again, at the hazard of that time, up to so often; what comes `after` it follows the first.
    """

    id: Identifier
    form: Identifier
    visit: Identifier
    date_item: Identifier
    hazard: Sourced[Hazard]
    hazard_ratio: Sourced[dict[Identifier, Ratio]] | None = None
    modifiers: tuple[Sourced[Modifier], ...] = ()
    cured: Sourced[Number] | None = None
    after: Identifier | None = None
    times: int = Field(default=1, ge=1, le=200)
    sets: dict[Identifier, Distribution] = Field(default_factory=dict)
    ends: bool = False


class Follow(Clause):
    """A record that follows another: once form `after` is recorded and `when` is true of it, `form` is recorded in log
    `visit`, `days` later (two numbers, of which any whole number between), dated in `date_item`. Rules may name the
    items of both.
    """

    id: Identifier
    after: Identifier
    when: Rule | None = None
    form: Identifier
    visit: Identifier
    date_item: Identifier
    days: tuple[DaysLater, DaysLater] = (0.0, 0.0)
    sets: dict[Identifier, Distribution] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _in_order(self) -> Follow:
        if self.days[0] > self.days[1]:
            raise inconsistent("follow.days")
        return self


class SiteHabits(Clause):
    """How one site works, where it is known; what is left out is the scenario's, times how careful the site happens to
    be.
    """

    missed_visit: float | None = Field(default=None, ge=0, le=1)
    late_entry_days: Days | None = None
    typing_error: float | None = Field(default=None, ge=0, le=1)
    outside_window: float | None = Field(default=None, ge=0, le=1)
    query_days: Days | None = None
    queried: float | None = Field(default=None, ge=0, le=1)
    deviation: float | None = Field(default=None, ge=0, le=1)
    duplicate: float | None = Field(default=None, ge=0, le=1)
    wrong_stratum: float | None = Field(default=None, ge=0, le=1)


class Scenario(Clause):
    """One way in which the trial may go."""

    id: Identifier
    label: Text
    start: CalendarDay = "2021-01-04"
    accrual: Sourced[Accrual]
    follow_up_months: Sourced[Months]
    prevalence: Sourced[Number] | None = None
    screen_failure: Sourced[Number] | None = None
    withdrawal_per_month: Sourced[Rate] | None = None
    missed_visit: Sourced[Number] | None = None
    late_entry_days: Sourced[Days] | None = None
    typing_error: Sourced[Number] | None = None
    outside_window: Sourced[Number] | None = None
    monitoring_days: Sourced[Days] | None = None
    queried: Sourced[Number] | None = None
    query_days: Sourced[Days] | None = None
    deviation: Sourced[Number] | None = None
    duplicate: Sourced[Number] | None = None
    wrong_stratum: Sourced[Number] | None = None
    site_shares: dict[Identifier, Weight] = Field(default_factory=dict)
    sites: dict[Identifier, Sourced[SiteHabits]] = Field(default_factory=dict)
    latents: dict[Identifier, Sourced[Distribution]] = Field(default_factory=dict)
    items: dict[Identifier, Sourced[Distribution]] = Field(default_factory=dict)
    rows: dict[Identifier, Sourced[Distribution]] = Field(default_factory=dict)
    same_rows: dict[Identifier, tuple[Identifier, ...]] = Field(default_factory=dict)
    visit_days: dict[Identifier, Sourced[Distribution]] = Field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    follows: tuple[Follow, ...] = ()

    @property
    def share_of_approached(self) -> float:
        """The share of those approached who are of the trial's population: all of them,
        unless `prevalence` says less."""
        return 1.0 if self.prevalence is None else self.prevalence.value

    @property
    def screened_accrual(self) -> Accrual:
        """Those of the trial's population among the approached, per month: they are screened."""
        rates = tuple(rate * self.share_of_approached for rate in self.accrual.value.per_month)
        return Accrual(months=self.accrual.value.months, per_month=rates)
