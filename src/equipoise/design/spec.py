"""The description of the design: what was assumed and how many participants, events and looks follow from it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from equipoise.wording import (
    Clause,
    Identifier,
    Months,
    Number,
    Parameter,
    People,
    PositiveMonths,
    PositiveRatio,
    Rate,
    SampleSize,
    Sourced,
    Text,
    inconsistent,
)

__all__ = [
    "LEAST_ERROR",
    "Accrual",
    "Design",
    "Futility",
    "Hazard",
    "Look",
    "Means",
    "Prior",
    "PriorComponent",
    "Rates",
    "Spending",
]

LEAST_ERROR = 1e-9
"""The least error that a design may state: boundaries so far in the tails are made of rounding, and no trial was ever
planned so."""


class Hazard(Clause):
    """A survival curve: by its median, by one point on it, or by piecewise constant hazards per month."""

    median_months: PositiveMonths | None = None
    survival: float | None = Field(default=None, gt=0, lt=1)
    at_months: PositiveMonths | None = None
    cuts_months: tuple[Months, ...] = ()
    per_month: tuple[Rate, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Hazard:
        given = [
            self.median_months is not None,
            self.survival is not None and self.at_months is not None,
            bool(self.per_month),
        ]
        half = (self.survival is None) != (self.at_months is None)
        if sum(given) != 1 or half or (self.cuts_months and not self.per_month):
            raise inconsistent("hazard.one_way")
        if self.per_month and len(self.cuts_months) != len(self.per_month) - 1:
            raise inconsistent("hazard.pieces")
        if list(self.cuts_months) != sorted(set(self.cuts_months)):
            raise inconsistent("hazard.order")
        return self


class Accrual(Clause):
    """Participants per month over successive periods; `months` are the periods' lengths."""

    months: tuple[Months, ...] = Field(min_length=1)
    per_month: tuple[Rate, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _matching(self) -> Accrual:
        if len(self.months) != len(self.per_month):
            raise inconsistent("accrual.rates")
        if any(m <= 0 for m in self.months) or not sum(self.per_month) > 0:
            raise inconsistent("accrual.positive")
        return self


class Spending(Clause):
    """How alpha is spent over the looks."""

    kind: Literal[
        "obrien_fleming",
        "pocock",
        "lan_demets_obrien_fleming",
        "lan_demets_pocock",
        "kim_demets",
        "hwang_shih_decani",
        "haybittle_peto",
        "wang_tsiatis",
        "pampallona_tsiatis",
        "user",
    ]
    parameter: Parameter | None = None
    values: tuple[Parameter, ...] = ()


class Futility(Clause):
    """When to stop for want of benefit: beta is spent over the looks, or a statistic, ratio or share of the effect is
    too small.

    `binding`: the trial must stop there, and alpha counts on it; without, it may go on and alpha still holds.
    `under_null`: a bound for harm, which stops a trial without effect with this probability, rather than spend beta.
    """

    kind: Literal[
        "lan_demets_obrien_fleming",
        "lan_demets_pocock",
        "kim_demets",
        "hwang_shih_decani",
        "user",
        "pampallona_tsiatis",
        "z",
        "hazard_ratio",
        "effect_share",
    ]
    parameter: Parameter | None = None
    values: tuple[Parameter, ...] = ()
    binding: bool = False
    under_null: float | None = Field(default=None, gt=0, lt=1)


class Look(Clause):
    """One analysis at a fraction of the planned information; the last is 1."""

    information: float = Field(gt=0, le=1)
    label: Text | None = None


class PriorComponent(Clause):
    """A normal belief about the log hazard ratio: its centre as a ratio, and how firm it is, by `sd` or by `events`."""

    hazard_ratio: PositiveRatio
    sd: PositiveRatio | None = None
    events: PositiveRatio | None = None
    weight: PositiveRatio = 1.0

    @model_validator(mode="after")
    def _one_firmness(self) -> PriorComponent:
        if (self.sd is None) == (self.events is None):
            raise inconsistent("prior.firmness")
        return self


class Prior(Clause):
    """What is believed of the hazard ratio before the trial: one normal component on its logarithm, or a mixture of
    several.
    """

    components: tuple[PriorComponent, ...] = Field(min_length=1)
    discount: float = Field(default=1.0, gt=0, le=1)


class Rates(Clause):
    """What is assumed of a binary endpoint: the share of participants for whom it is true, in each arm.

    In a trial of one arm `control` is the share to compare with. `measure` says what the margin, if any, is given in.
    """

    control: Sourced[Number]
    experimental: Sourced[Number]
    measure: Literal["difference", "ratio"] = "difference"

    @model_validator(mode="after")
    def _shares(self) -> Rates:
        if not (0 < self.control.value < 1 and 0 < self.experimental.value < 1):
            raise inconsistent("rates.shares")
        return self


class Means(Clause):
    """What is assumed of a continuous endpoint: its mean in each arm, and the standard deviation common to both.

    In a trial of one arm `control` is the mean to compare with.
    """

    control: Sourced[Number]
    experimental: Sourced[Number]
    sd: Sourced[Number]

    @model_validator(mode="after")
    def _spread(self) -> Means:
        if not self.sd.value > 0:
            raise inconsistent("means.spread")
        return self


class Design(Clause):
    """The design of the primary comparison."""

    endpoint: Identifier
    question: Literal["superiority", "non_inferiority"]
    alpha: Sourced[Number]
    sides: Sourced[Literal[1, 2]]
    power: Sourced[Number]
    control: Sourced[Hazard] | None = None
    hazard_ratio: Sourced[Number] | None = None
    delay_months: Sourced[Months] | None = None
    cured: Sourced[Number] | None = None
    method: Literal["schoenfeld", "freedman", "hsieh_freedman", "lachin_foulkes", "lakatos"] | None = None
    rates: Rates | None = None
    means: Means | None = None
    margin: Sourced[Number] | None = None
    accrual: Sourced[Accrual] | None = None
    follow_up_months: Sourced[Months] | None = None
    dropout_per_month: Sourced[Rate] | None = None
    participants: Sourced[SampleSize] | None = None
    events: Sourced[People] | None = None
    looks: Sourced[tuple[Look, ...]] | None = None
    spending: Sourced[Spending] | None = None
    futility: Sourced[Futility] | None = None
    prior: Sourced[Prior] | None = None
    relevant_hazard_ratio: Sourced[Number] | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _possible(self) -> Design:
        if not 0 < self.alpha.value < 0.5:
            raise inconsistent("design.alpha")
        if self.alpha.value < LEAST_ERROR:
            raise inconsistent("design.alpha_least", least=LEAST_ERROR)
        if not self.alpha.value < self.power.value < 1:
            raise inconsistent("design.power")
        if 1 - self.power.value < LEAST_ERROR * (1 - 1e-6):
            raise inconsistent("design.power_most", least=LEAST_ERROR)
        if self.hazard_ratio and not self.hazard_ratio.value > 0:
            raise inconsistent("design.hazard_ratio")
        if self.cured and not 0 <= self.cured.value < 1:
            raise inconsistent("design.cured")
        if self.relevant_hazard_ratio and not 0 < self.relevant_hazard_ratio.value <= 1:
            raise inconsistent("design.relevant_hazard_ratio")
        if self.question == "non_inferiority" and self.margin is None:
            raise inconsistent("design.margin")
        if self.looks is not None:
            marks = [look.information for look in self.looks.value]
            if not marks or marks != sorted(set(marks)) or marks[-1] != 1:
                raise inconsistent("design.looks")
        return self
