"""Cox's model: the hazard ratio of each group against the reference, adjusted and stratified as planned.

Raises Refusal when the data do not allow the estimate, above all when a hazard ratio runs away to infinity.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.interaction import INTERACTION
from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.model import Terms, by_name, model_columns
from equipoise.analysis.methods.saying import span
from equipoise.analysis.pieces import Piece, arrays_of, need_two_groups, place_of
from equipoise.analysis.words import warning
from equipoise.estimands import planned_method
from equipoise.findings import Refusal
from equipoise.numerals import number, p_text, percent_text

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis
    from equipoise.wording import Language

__all__ = ["COX"]

_HAZARD_RATIO: Both = ("HR", "风险比")
# Beyond this the likelihood is flat to the last digit: the ratio has run away, whatever number it stopped at.
_ERROR_MAX = 30


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    terms, fit = _fit(selected, analysis)
    coefficients = [{"term": name, **_hazard_ratio(fit, at)} for at, (name, _) in enumerate(terms)]
    # A covariate whose own ratio is infinite leaves the others' estimates as they are.
    notes = tuple(
        warning("analysis.unbounded", place_of(analysis), term=name)
        for at, (name, _) in enumerate(terms)
        if fit.unbounded[at]
    )
    found = []
    for place, (term, group) in enumerate(terms):
        if group is None and selected.groups:
            continue
        _need_bounded(fit, place, term, analysis)
        values = {
            "group": group,
            "reference": selected.groups[0] if group else None,
            "term": term,
            "ties": analysis.ties,
            "robust": analysis.robust,
            **_hazard_ratio(fit, place),
            "coefficients": coefficients,
        }
        many = len(selected.groups) > 2 or not group
        found.append(Piece(values, (group or term) if many else "", findings=notes))
    return found


def _fit(selected: Selected, analysis: Analysis) -> tuple[Terms, Any]:
    from equipoise.survival import estimate_cox

    if analysis.by is not None:
        need_two_groups(selected, analysis)
    data = arrays_of(selected, analysis)
    matrix, terms = model_columns(selected, analysis)
    if not terms:
        raise Refusal(warning("analysis.not_estimated/no_terms", place_of(analysis)))

    def estimate() -> Any:
        return estimate_cox(
            data.time,
            data.event,
            matrix,
            strata=data.stratum,
            ties=analysis.ties,
            confidence=analysis.confidence,
            robust=analysis.robust,
            allow_unbounded=True,
        )

    return terms, by_name(terms, analysis, estimate)


def _hazard_ratio(fit: Any, place: int) -> dict[str, float | None]:
    values = {
        "hazard_ratio": float(fit.hazard_ratio[place]),
        "ci_lower": float(fit.ci_lower[place]),
        "ci_upper": float(fit.ci_upper[place]),
        "coefficient": float(fit.coefficients[place]),
        "standard_error": float(fit.standard_errors[place]),
        "z": float(fit.z[place]),
        "p_value": float(fit.p_values[place]),
    }
    return {name: value if math.isfinite(value) else None for name, value in values.items()}


def _need_bounded(fit: Any, place: int, term: str, analysis: Analysis) -> None:
    """Refuse a ratio without a finite estimate: when all events of a comparison are on one side, it runs away."""
    error = float(fit.standard_errors[place])
    if not math.isfinite(float(fit.coefficients[place])) or not math.isfinite(error) or not 0 < error < _ERROR_MAX:
        raise Refusal(warning("analysis.not_estimated/one_sided", place_of(analysis), term=term))


def _sentence(r: Mapping[str, Any], names: GroupNames, _alpha: float | None) -> Both:
    hr, low, high = (number(r[k]) for k in ("hazard_ratio", "ci_lower", "ci_upper"))
    level = percent_text(r["confidence"])
    p = ("", "") if r["p_value"] is None else (f", {p_text(r['p_value'])}", f"，{p_text(r['p_value'], 'P')}")
    group, reference = names(r.get("group")), names(r.get("reference"))
    if r["ci_lower"] <= 1 <= r["ci_upper"]:
        meaning = (
            f"the interval contains 1, so the data are compatible with a hazard from {low} to {high} times as high",
            f"区间包含 1，数据与风险为 {low} 至 {high} 倍均相容",
        )
    else:
        lower = r["hazard_ratio"] < 1
        meaning = (
            f"the hazard is estimated to be {'lower' if lower else 'higher'} throughout the interval",
            f"整个区间内估计的风险均{'较低' if lower else '较高'}",
        )
    caveat = "", ""
    if r["role"] != "subgroup":
        caveat = (
            " It is one number for the whole follow-up only if hazards are proportional.",
            "仅在比例风险成立时，该数值才能概括整个随访期。",
        )
    return (
        (
            f"Hazard ratio of {group[0]} against {reference[0]}: {hr} ({level} CI {low} to {high})"
            f"{p[0]}; {meaning[0]}.{caveat[0]}"
        ),
        (
            f"{group[1]}相对于{reference[1]}的风险比为 {hr}（{level} CI {low} 至 {high}）"
            f"{p[1]}；{meaning[1]}。{caveat[1]}"
        ),
    )


def _cells(r: Mapping[str, Any], language: Language) -> tuple[str, str]:
    ratio = f"{_HAZARD_RATIO[language == 'zh']} {number(r['hazard_ratio'])}"
    return ratio, span(number(r["ci_lower"]), number(r["ci_upper"]), language)


COX = AnalysisMethod(
    id="cox",
    label=planned_method("cox").label,
    perform=_perform,
    sentence=_sentence,
    cells=_cells,
    across=INTERACTION,
)
