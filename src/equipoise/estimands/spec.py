"""The description of estimands, analysis sets and analyses."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from equipoise.wording import Clause, Identifier, Rule, Text

__all__ = ["METHODS", "Analysis", "AnalysisSet", "Estimand", "IntercurrentEvent", "Method"]

Strategy = Literal["treatment_policy", "hypothetical", "composite", "while_on_treatment", "principal_stratum"]
Method = Literal[
    "kaplan_meier",
    "logrank",
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
    at_days: tuple[float, ...] = ()
    tau_days: float | None = Field(default=None, gt=0)
    assumption: bool = False
    source: str | None = None
