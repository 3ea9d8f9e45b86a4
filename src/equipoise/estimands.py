"""The description of estimands, analysis sets and analyses, and what a plan may ask of each method.

The table of methods is the one that checking, analysis, documents and the manual read: which kinds of endpoint a method
takes and which options it uses. How a method is performed and said is joined to it in `analysis.methods`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, model_validator

from equipoise.wording import Clause, Days, Identifier, Parameter, PositiveDays, Rule, Text, inconsistent
from equipoise.wording.literals import literals_checked

__all__ = [
    "METHODS",
    "OPTIONS",
    "Analysis",
    "AnalysisSet",
    "Estimand",
    "IntercurrentEvent",
    "LogrankWeight",
    "MethodName",
    "PlannedMethod",
    "as_used",
    "planned_method",
    "unused_options",
    "users_of",
]

Strategy = Literal["treatment_policy", "hypothetical", "composite", "while_on_treatment", "principal_stratum"]
MethodName = Literal[
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


class IntercurrentEvent(Clause):
    """Something after randomization that changes what the endpoint means, and the strategy for it.

    `done_by` names what carries the strategy out: an event or a censoring of the endpoint, or what its rule names.
    """

    id: Identifier
    event: Text
    strategy: Strategy
    handling: Text
    done_by: Identifier | None = None
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

    `fleming_harrington`: S^rho (1 - S)^gamma. `modest` (Magirr and Burman): 1/S until `delay_days`, or until pooled
    survival has fallen to `level`, then constant; never above `cap`. `early_zero`: nothing before `delay_days`.
    """

    kind: Literal["fleming_harrington", "modest", "early_zero"]
    rho: float = Field(default=0.0, ge=0, le=1000, allow_inf_nan=False)
    gamma: float = Field(default=0.0, ge=0, le=1000, allow_inf_nan=False)
    delay_days: Days | None = None
    level: float | None = Field(default=None, gt=0, le=1)
    cap: float | None = Field(default=None, ge=1, le=1e6, allow_inf_nan=False)

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
    """One planned analysis. `by` is the grouping (the arm unless said otherwise), `reference` the one compared with."""

    id: Identifier
    label: Text
    endpoint: Identifier
    estimand: Identifier | None = None
    set: Identifier
    method: MethodName
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
    rho: Parameter = 0.0
    gamma: Parameter = 0.0
    weights: tuple[LogrankWeight, ...] = Field(default=(), max_length=12)
    at_days: tuple[Days, ...] = ()
    tau_days: PositiveDays | None = None
    assumption: bool = False
    source: str | None = None


@literals_checked
@dataclass(frozen=True, slots=True)
class PlannedMethod:
    """What a plan may ask of one method.

    `kinds`: the kinds of endpoint that it is made for. `options`: those keys of an analysis that change its answer; any
    other is refused. `needs` are options without which it cannot be performed, `wants` those that a plan should not
    leave open. `groups`: nothing can be said without groups; `groups_or`: without them it needs one of these options;
    `compares`: it may answer the trial's question. `gives`
    are the summary measures that it estimates, by the words in which an estimand asks for them. With an option of
    `pairs_with` it tells two groups apart and no more.
    """

    id: MethodName
    label: tuple[str, str]
    kinds: tuple[str, ...]
    options: frozenset[str]
    needs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    groups: bool = False
    groups_or: frozenset[str] = frozenset()
    compares: bool = True
    gives: frozenset[str] = frozenset()
    pairs_with: frozenset[str] = frozenset()

    @property
    def compares_pairs(self) -> bool:
        """Whether it tells of each group how far it is from the reference."""
        return bool(self.gives & {"hazard_ratio", "restricted_mean", "risk_difference", "mean_difference"})

    def needs_groups(self, analysis: Analysis) -> bool:
        """Whether this analysis has nothing to estimate where there are no two groups."""
        instead = any(getattr(analysis, option) for option in self.groups_or)
        return self.groups or (bool(self.groups_or) and not instead)


_TIMES = ("time_to_event",)

METHODS: tuple[PlannedMethod, ...] = (
    PlannedMethod(
        id="kaplan_meier",
        label=("Kaplan-Meier", "Kaplan-Meier 法"),
        kinds=_TIMES,
        options=frozenset({"confidence", "conf_type"}),
        compares=False,
        gives=frozenset({"median", "survival_at"}),
    ),
    PlannedMethod(
        id="logrank",
        label=("Log-rank test", "对数秩检验"),
        kinds=_TIMES,
        options=frozenset({"strata", "rho", "gamma", "weights"}),
        groups=True,
        pairs_with=frozenset({"weights"}),
    ),
    PlannedMethod(
        id="maxcombo",
        label=("MaxCombo test", "MaxCombo组合检验"),
        kinds=_TIMES,
        options=frozenset({"strata", "weights"}),
        needs=("weights",),
        groups=True,
        pairs_with=frozenset({"weights"}),
    ),
    PlannedMethod(
        id="cox",
        label=("Cox model", "Cox 模型"),
        kinds=_TIMES,
        options=frozenset({"strata", "covariates", "confidence", "ties", "robust"}),
        groups_or=frozenset({"covariates"}),
        gives=frozenset({"hazard_ratio"}),
    ),
    PlannedMethod(
        id="rmst",
        label=("Restricted mean survival time", "限制性平均生存时间"),
        kinds=_TIMES,
        options=frozenset({"confidence", "tau_days"}),
        wants=("tau_days",),
        groups=True,
        gives=frozenset({"restricted_mean"}),
    ),
    PlannedMethod(
        id="milestone",
        label=("Milestone survival", "时点生存率"),
        kinds=_TIMES,
        options=frozenset({"confidence", "conf_type", "at_days"}),
        needs=("at_days",),
        gives=frozenset({"survival_at", "risk_difference"}),
    ),
    PlannedMethod(
        id="reverse_kaplan_meier",
        label=("Reverse Kaplan-Meier", "反向 Kaplan-Meier 法"),
        kinds=_TIMES,
        options=frozenset({"confidence", "conf_type"}),
        compares=False,
        gives=frozenset({"median"}),
    ),
    PlannedMethod(
        id="proportional_hazards",
        label=("Test of proportional hazards", "比例风险检验"),
        kinds=_TIMES,
        options=frozenset({"strata", "covariates", "ties"}),
        groups_or=frozenset({"covariates"}),
    ),
    PlannedMethod(
        id="cumulative_incidence",
        label=("Cumulative incidence", "累积发生率"),
        kinds=_TIMES,
        options=frozenset({"confidence", "at_days"}),
        needs=("at_days",),
        gives=frozenset({"incidence", "risk_difference"}),
    ),
    PlannedMethod(
        id="proportion",
        label=("Proportion", "比例"),
        kinds=("binary",),
        options=frozenset({"confidence"}),
        gives=frozenset({"risk_difference"}),
    ),
    PlannedMethod(
        id="mean",
        label=("Mean", "均数"),
        kinds=("continuous",),
        options=frozenset({"confidence"}),
        gives=frozenset({"mean_difference"}),
    ),
)
"""Every method that a protocol may plan. To add one: declare it here, name it in `MethodName`, and perform it in
`analysis.methods`."""

_BY_ID: Mapping[str, PlannedMethod] = {method.id: method for method in METHODS}
OPTIONS: tuple[str, ...] = tuple(
    name for name in Analysis.model_fields if any(name in method.options for method in METHODS)
)
"""The keys of an analysis that belong to some methods and not to others."""


def planned_method(name: str) -> PlannedMethod:
    """The method of that name."""
    return _BY_ID[name]


def users_of(option: str) -> tuple[str, ...]:
    """The methods that use an option."""
    return tuple(method.id for method in METHODS if option in method.options)


def unused_options(analysis: Analysis) -> tuple[str, ...]:
    """The options that are written in an analysis and that its method does not use; nothing, and no, say nothing."""
    used = planned_method(analysis.method).options
    return tuple(
        name for name in OPTIONS if name in analysis.model_fields_set and getattr(analysis, name) and name not in used
    )


def as_used(analysis: Analysis) -> Analysis:
    """The analysis without the options that its method does not use: what is performed, and what may be said of it.

    A study that was opened before such options were refused keeps its protocol, and its results claim nothing of them.
    """
    unused = unused_options(analysis)
    if not unused:
        return analysis
    plain: dict[str, Any] = {name: Analysis.model_fields[name].get_default() for name in unused}
    return analysis.model_copy(update=plain)
