"""The description of estimands, analysis sets and analyses."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from equipoise.wording import Clause, Identifier, Rule, Text, inconsistent

__all__ = ["METHODS", "Analysis", "AnalysisSet", "Estimand", "IntercurrentEvent", "LogrankWeight", "Method"]

Strategy = Literal["treatment_policy", "hypothetical", "composite", "while_on_treatment", "principal_stratum"]
Method = Literal[
    "kaplan_meier",
    "logrank",
    "maxcombo",
    "cox",
    "rmst",
    "milestone",
    "reverse_kaplan_meier",
    "proportional_hazards",
    "cumulative_incidence",
    "proportion",
    "mean",
]
METHODS: tuple[str, ...] = Method.__args__  # type: ignore[attr-defined]


class IntercurrentEvent(Clause):
    """Something after randomization that changes what the endpoint means, and the strategy for it."""

    id: Identifier
    event: Text
    strategy: Strategy
    handling: Text
    assumption: bool = False
    source: str | None = None


class Estimand(Clause):
    """The five attributes of ICH E9(R1) A.3.1."""

    id: Identifier
    label: Text
    population: Identifier
    treatment: Text
    endpoint: Identifier
    intercurrent: tuple[IntercurrentEvent, ...] = ()
    summary: Text
    assumption: bool = False
    source: str | None = None


class AnalysisSet(Clause):
    """Whom an analysis is about: those for whom `rule` is true."""

    id: Identifier
    label: Text
    rule: Rule
    assumption: bool = False
    source: str | None = None


class LogrankWeight(Clause):
    """How a weighted log-rank test weighs deaths over time.

    `fleming_harrington`: S^rho (1 - S)^gamma. `modest` (Magirr and Burman): 1/S until `delay_days`, or until pooled survival has
    fallen to `level`, then constant; never above `cap`. `early_zero`: nothing before `delay_days`.
    """

    kind: Literal["fleming_harrington", "modest", "early_zero"]
    rho: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    gamma: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    delay_days: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    level: float | None = Field(default=None, gt=0, le=1)
    cap: float | None = Field(default=None, ge=1, allow_inf_nan=False)

    @model_validator(mode="after")
    def _fits(self) -> LogrankWeight:
        if self.kind != "fleming_harrington" and (self.rho or self.gamma):
            raise inconsistent("weight.fleming_harrington")
        if self.kind != "modest" and (self.level is not None or self.cap is not None):
            raise inconsistent("weight.modest")
        if self.kind == "fleming_harrington" and self.delay_days is not None:
            raise inconsistent("weight.delay")
        if self.kind == "early_zero" and self.delay_days is None:
            raise inconsistent("weight.early_zero")
        if self.kind == "modest" and (self.delay_days is None) == (self.level is None):
            raise inconsistent("weight.delay_or_level")
        return self

    @property
    def named(self) -> tuple[str, str]:
        """What it is called in English and Chinese, with the numbers that define it."""
        if self.kind == "fleming_harrington":
            if not (self.rho or self.gamma):
                return "unweighted", "不加权"
            rho, gamma = f"ρ = {self.rho:g}", f"γ = {self.gamma:g}"
            return f"Fleming-Harrington ({rho}, {gamma})", f"Fleming-Harrington（{rho}，{gamma}）"
        if self.kind == "early_zero":
            return f"no weight before day {self.delay_days:g}", f"第{self.delay_days:g}天前不计权重"
        if self.delay_days is not None:
            until = f"rising until day {self.delay_days:g}", f"权重上升至第{self.delay_days:g}天"
        else:
            until = f"rising until survival is {self.level:g}", f"权重上升至生存率{self.level:g}"
        most = ("", "") if self.cap is None else (f", at most {self.cap:g}", f"，最大{self.cap:g}")
        return f"modest (Magirr-Burman), {until[0]}{most[0]}", f"适度加权（Magirr-Burman），{until[1]}{most[1]}"


class Analysis(Clause):
    """One planned analysis. `by` is the grouping (the arm unless said otherwise); `reference` the arm it is compared with."""

    id: Identifier
    label: Text
    endpoint: Identifier
    estimand: Identifier | None = None
    set: Identifier
    method: Method
    role: Literal["primary", "secondary", "sensitivity", "subgroup", "descriptive"]
    by: Identifier | None = "arm"
    reference: str | None = None
    strata: tuple[Identifier, ...] = ()
    covariates: tuple[Identifier, ...] = ()
    subgroup: Identifier | None = None
    confidence: float = Field(default=0.95, gt=0, lt=1)
    conf_type: Literal["log_log", "log", "plain"] = "log_log"
    ties: Literal["efron", "breslow"] = "efron"
    robust: bool = False
    rho: float = 0.0
    gamma: float = 0.0
    weights: tuple[LogrankWeight, ...] = Field(default=(), max_length=12)
    at_days: tuple[float, ...] = ()
    tau_days: float | None = Field(default=None, gt=0)
    assumption: bool = False
    source: str | None = None
