"""Cox's model: the hazard ratio of each group against the reference, adjusted and stratified as planned.

Raises Refusal when the data do not allow any estimate. A ratio that runs away to infinity is a result without estimate
beside the others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.interaction import INTERACTION
from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.model import Terms, by_name, model_columns
from equipoise.analysis.methods.saying import span
from equipoise.analysis.pieces import Piece, arrays_of, need_reference, place_of
from equipoise.analysis.words import warning
from equipoise.estimands import planned_method
from equipoise.findings import Finding, Refusal
from equipoise.numerals import p_text, percent_text, ratio_text

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis
    from equipoise.wording import Language

__all__ = ["COX"]

_HAZARD_RATIO: Both = ("HR", "风险比")
# Beyond this the likelihood is flat to the last digit: the ratio has run away, whatever number it stopped at.
_ERROR_MAX = 30


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    if analysis.by is not None:
        need_reference(selected, analysis)
    model = _fit(selected, analysis)
    coefficients = [{"term": name, **_hazard_ratio(model.fit, at)} for at, (name, _) in enumerate(model.terms)]
    # A covariate whose own ratio is infinite leaves the others' estimates as they are.
    notes = tuple(
        warning(_variant("analysis.unbounded", "", model, at), place_of(analysis), term=name)
        for at, (name, _) in enumerate(model.terms)
        if model.fit.unbounded[at]
    )
    places = {term: at for at, term in enumerate(model.terms)}
    found = []
    for term, group in model.planned:
        if group is None and selected.groups:
            continue
        values: dict[str, Any] = {
            "group": group,
            "reference": selected.groups[0] if group else None,
            "term": term,
            "ties": analysis.ties,
            "robust": analysis.robust,
        }
        suffix = (group or term) if len(selected.groups) > 2 or not group else ""
        place = places.get((term, group))
        if place is None:
            found.append(Piece(values | {"not_estimated": True}, suffix, findings=model.left_out[term]))
        elif not _bounded(model.fit, place):
            why = warning(_reason(model, place), place_of(analysis), term=term)
            others = tuple(note for note in notes if note.facts["term"] != term)
            found.append(Piece(values | {"not_estimated": True}, suffix, findings=(*others, why)))
        else:
            values |= {**_hazard_ratio(model.fit, place), "coefficients": coefficients}
            found.append(Piece(values, suffix, findings=notes))
    return found


@dataclass(frozen=True)
class _Model:
    """A fit, the terms in it, those that were planned, and why a group's term had to be left out."""

    fit: Any
    terms: Terms
    planned: Terms
    left_out: Mapping[str, tuple[Finding, ...]]
    matrix: Any
    event: Any


def _fit(selected: Selected, analysis: Analysis) -> _Model:
    """The model; without the term of a group that was never at risk together with others at an event.

    Such a term says nothing of the others, and they say nothing of it.
    """
    from equipoise.survival import estimate_cox

    data = arrays_of(selected, analysis)
    matrix, planned = model_columns(selected, analysis)
    if not planned:
        raise Refusal(warning("analysis.not_estimated/no_terms", place_of(analysis)))
    kept = list(range(len(planned)))
    left_out: dict[str, tuple[Finding, ...]] = {}
    while True:
        terms, columns = [planned[at] for at in kept], matrix[:, kept]

        def estimate(columns: Any = columns) -> Any:
            return estimate_cox(
                data.time,
                data.event,
                columns,
                strata=data.stratum,
                ties=analysis.ties,
                confidence=analysis.confidence,
                robust=analysis.robust,
                allow_unbounded=True,
            )

        try:
            return _Model(by_name(terms, analysis, estimate), terms, planned, left_out, columns, data.event)
        except Refusal as refusal:
            still = [
                at for at in kept if planned[at][1] in {finding.facts.get("never") for finding in refusal.findings}
            ]
            still = [at for at in still if planned[at][1] is not None]
            if not still or len(kept) == 1:
                raise
            left_out[planned[still[0]][0]] = refusal.findings
            kept.remove(still[0])


def _reason(model: _Model, place: int) -> str:
    """Why a ratio has no estimate."""
    if not model.fit.unbounded[place] and float(model.fit.naive_standard_errors[place]) < _ERROR_MAX:
        return "analysis.not_estimated/robust"
    return _variant("analysis.not_estimated", "one_sided", model, place)


def _variant(code: str, one_sided: str, model: _Model, place: int) -> str:
    """The code with the true reason: all events at one value of the term, or at one end at each time."""
    column = model.matrix[:, place]
    mine = column[model.event == 1]
    extreme = mine[0] in (column.max(), column.min()) and (mine == mine[0]).all()
    variant = one_sided if extreme else "apart"
    return f"{code}/{variant}" if variant else code


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


def _bounded(fit: Any, place: int) -> bool:
    """Whether a ratio has a finite estimate: when all events of a comparison are on one side, it runs away."""
    error = float(fit.standard_errors[place])
    return math.isfinite(float(fit.coefficients[place])) and 0 < error < _ERROR_MAX


def _sentence(r: Mapping[str, Any], names: GroupNames, _alpha: float | None) -> Both:
    hr, low, high = (ratio_text(r[k]) for k in ("hazard_ratio", "ci_lower", "ci_upper"))
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
    ratio = f"{_HAZARD_RATIO[language == 'zh']} {ratio_text(r['hazard_ratio'])}"
    return ratio, span(ratio_text(r["ci_lower"]), ratio_text(r["ci_upper"]), language)


COX = AnalysisMethod(
    id="cox",
    label=planned_method("cox").label,
    perform=_perform,
    sentence=_sentence,
    cells=_cells,
    across=INTERACTION,
)
