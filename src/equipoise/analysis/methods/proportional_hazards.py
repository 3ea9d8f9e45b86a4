"""The test of proportional hazards: whether the hazard ratio changes over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.model import by_name, model_columns
from equipoise.analysis.methods.saying import chi_square_cells
from equipoise.analysis.pieces import Piece, arrays_of, need_reference
from equipoise.estimands import planned_method
from equipoise.numerals import p_text

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis

__all__ = ["PROPORTIONAL_HAZARDS"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    from equipoise.survival import test_proportional_hazards

    if analysis.by is not None:
        need_reference(selected, analysis)
    data = arrays_of(selected, analysis)
    matrix, terms = model_columns(selected, analysis)

    def estimate() -> Any:
        return test_proportional_hazards(data.time, data.event, matrix, strata=data.stratum, ties=analysis.ties)

    test = by_name(terms, analysis, estimate)
    values: dict[str, Any] = {
        "chi_square": float(test.chi_square),
        "degrees_of_freedom": int(test.degrees_of_freedom),
        "p_value": float(test.p_value),
        "terms": [term for term, _ in terms],
    }
    return [Piece(values)]


def _sentence(r: Mapping[str, Any], _names: GroupNames, alpha: float | None) -> Both:
    p, p_zh = p_text(r["p_value"]), p_text(r["p_value"], "P")
    if alpha is None:
        return (
            f"Test of proportional hazards: {p}. A small value speaks against them, a large one does not prove them.",
            f"比例风险检验：{p_zh}。P值小提示偏离比例风险，P值大并不证明比例风险成立。",
        )
    if r["p_value"] < alpha:
        return (
            (
                f"Test of proportional hazards: {p}. The hazard ratio changes over time; "
                "read one hazard ratio as an average."
            ),
            f"比例风险检验：{p_zh}。风险比随时间变化，单一风险比只能视为平均值。",
        )
    return (
        f"Test of proportional hazards: {p}. No departure was detected, which does not prove proportionality.",
        f"比例风险检验：{p_zh}。未发现偏离，但这并不证明比例风险成立。",
    )


PROPORTIONAL_HAZARDS = AnalysisMethod(
    id="proportional_hazards",
    label=planned_method("proportional_hazards").label,
    perform=_perform,
    sentence=_sentence,
    cells=chi_square_cells,
    diagnostic=True,
)
