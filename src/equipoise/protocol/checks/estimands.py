"""Whether the analyses do what the estimands say (ICH E9(R1) A.3): each strategy is carried out by something, and the
summary measure is one that an analysis of the estimand gives.

What a text means is not judged; the measures are recognized by the field's own words, in either language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from equipoise.endpoints import Endpoint, TimeToEvent
from equipoise.estimands import Analysis, Estimand, IntercurrentEvent, planned_method
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.positions import Path
from equipoise.protocol.words import phrase
from equipoise.rules import names_of

__all__ = ["MEASURES", "check_estimands"]

MEASURES: dict[str, str] = {
    "restricted_mean": r"restricted mean|mean .{0,40}in the first|限制性平均|限制平均",
    "hazard_ratio": r"hazard ratio|风险比|危险比",
    "odds_ratio": r"odds ratio|比值比|优势比",
    "risk_ratio": r"risk ratio|relative risk|rate ratio|相对危险|相对风险|率比",
    "risk_difference": r"(risk|rate) difference|difference (?:in|of|between) (?:the )?"
    r"(?:proportion|rate|risk|probabilit|survival)|率差|率之差|比例之差",
    "mean_difference": r"mean difference|difference (?:in|of|between) (?:the )?(?:mean|average)"
    r"|均数之差|均数差|均值差|均值之差",
    "incidence": r"cumulative incidence|累积发生率|累积发病率",
    "median": r"\bmedian|中位",
    "adjusted": r"\badjusted|\bANCOVA\b|covariance|covariate|校正|协方差|协变量",
    "stratified": r"(?<!un)(?<!not )stratified|分层",
    "imputed": r"imput|填补|插补",
    "repeated": r"mixed model|\bMMRM\b|repeated measure|混合模型|重复测量|混合效应",
}
"""How the summary measures of estimands are written. What stands earlier is taken out before the later are sought."""


def check_estimands(look: Inspection) -> None:
    """Every estimand against its endpoint, its population and the analyses that name it."""
    endpoints = {endpoint.id: endpoint for endpoint in look.protocol.endpoints}
    for i, estimand in enumerate(look.protocol.estimands):
        path: Path = ("estimands", i)
        endpoint = endpoints.get(estimand.endpoint)
        analyses = [a for a in look.protocol.analyses if a.estimand == estimand.id]
        if not analyses and not look.lost:
            look.warn("estimand.unanswered", path, estimand=estimand.id)
        elif analyses:
            _summary(look, estimand, endpoint, analyses, path)
        for j, event in enumerate(estimand.intercurrent):
            if endpoint is not None:
                _strategy(look, estimand, event, endpoint, (*path, "intercurrent", j))


def _summary(
    look: Inspection, estimand: Estimand, endpoint: Endpoint | None, analyses: list[Analysis], path: Path
) -> None:
    given = {measure for analysis in analyses for measure in _given(analysis)}
    for measure in _asked(estimand, endpoint):
        if measure not in given:
            methods = tuple(dict.fromkeys(analysis.method for analysis in analyses))
            look.warn("estimand.summary", (*path, "summary"), measure=phrase(f"measure.{measure}"), methods=methods)


def _asked(estimand: Estimand, endpoint: Endpoint | None) -> list[str]:
    """The measures that the summary names, in either language.

    风险比 is the word for the hazard ratio, and also for the ratio of two risks: which, the endpoint tells.
    """
    found = []
    text = f"{estimand.summary.en} | {estimand.summary.zh}"
    if endpoint is not None and not isinstance(endpoint, TimeToEvent):
        text = text.replace("风险比", "相对风险")
    for measure, words in MEASURES.items():
        text, times = re.subn(words, "", text, flags=re.IGNORECASE)
        if times:
            found.append(measure)
    return found


def _given(analysis: Analysis) -> Iterator[str]:
    method = planned_method(analysis.method)
    yield from method.gives
    if analysis.covariates and "covariates" in method.options:
        yield "adjusted"
    if analysis.strata and "strata" in method.options:
        yield "stratified"


def _strategy(look: Inspection, estimand: Estimand, event: IntercurrentEvent, endpoint: Endpoint, path: Path) -> None:
    """What carries the strategy out is there, and can."""
    if event.strategy == "treatment_policy":
        if event.done_by is not None:
            look.add("estimand.nothing_to_do", (*path, "done_by"), named=event.done_by)
        return
    may = _hands(look, estimand, event, endpoint)
    strategy, wanted = phrase(f"strategy.{event.strategy}"), phrase(_WANTED[_place(event, endpoint)])
    if event.done_by is None:
        look.warn("estimand.not_done", (*path, "strategy"), strategy=strategy, wanted=wanted)
    elif event.done_by not in may and not look.excused(event.done_by):
        look.add("estimand.done_by", (*path, "done_by"), named=event.done_by, strategy=strategy, wanted=wanted)


_WANTED = {
    "set": "wanted.set",
    "rule": "wanted.rule",
    "composite": "wanted.event",
    "hypothetical": "wanted.censoring",
    "while_on_treatment": "wanted.end",
}


def _place(event: IntercurrentEvent, endpoint: Endpoint) -> str:
    if event.strategy == "principal_stratum":
        return "set"
    return event.strategy if isinstance(endpoint, TimeToEvent) else "rule"


def _hands(look: Inspection, estimand: Estimand, event: IntercurrentEvent, endpoint: Endpoint) -> set[str]:
    """What could carry the strategy out."""
    if event.strategy == "principal_stratum":
        return {name for one in look.protocol.sets if one.id == estimand.population for name in names_of(one.rule)}
    if not isinstance(endpoint, TimeToEvent):
        return set(names_of(endpoint.rule))
    if event.strategy == "composite":
        return {source.id for source in endpoint.events if source.kind == "event"}
    ending = {censoring.id for censoring in endpoint.censoring if censoring.stops}
    if event.strategy == "while_on_treatment":
        ending |= {source.id for source in endpoint.events if source.kind == "competing"}
    return ending
