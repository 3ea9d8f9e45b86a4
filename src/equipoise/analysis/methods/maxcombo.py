"""MaxCombo: the greatest of several planned weighted log-rank tests, with each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.planned_weights import planned_weights, read_weights
from equipoise.analysis.methods.saying import p_and_chance
from equipoise.analysis.pieces import Piece, arrays_of, need_two_groups
from equipoise.estimands import planned_method
from equipoise.numerals import number

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis
    from equipoise.wording import Language

__all__ = ["MAXCOMBO"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    from equipoise.survival import test_maxcombo

    need_two_groups(selected, analysis)
    data = arrays_of(selected, analysis)
    weights = read_weights(analysis)
    both, one = (
        test_maxcombo(data.time, data.event, data.group, weights, data.stratum, sides=sides) for sides in (2, 1)
    )
    named = planned_weights(analysis)
    values: dict[str, Any] = {
        "groups": list(selected.groups),
        "greatest_z": both.z,
        "p_value": both.p_value,
        "p_benefit": one.p_value,
        "best": named[both.best],
        "weights": named,
        "tests": [
            {"weight": name, "z": test.z, "score": test.score, "variance": test.variance, "p_value": test.p_value}
            for name, test in zip(named, both.tests, strict=True)
        ],
        "correlation": both.correlation.tolist(),
    }
    return [Piece(values)]


def _sentence(r: Mapping[str, Any], names: GroupNames, alpha: float | None) -> Both:
    better = names(r["groups"][1 if r["greatest_z"] > 0 else 0])
    z, best = number(abs(r["greatest_z"]), 3), r["best"]
    said = p_and_chance(r["p_value"], alpha, (" allowing for the choice among them", "计入多个统计量的选择后"))
    count = len(r["weights"])
    return (
        (
            f"The greatest of {count} weighted log-rank statistics is {z}, in favor of {better[0]} ({best['en']}), "
            f"{said[0]}. It tells whether survival "
            "differs at some time, and not by how much."
        ),
        (
            f"{count}个加权对数秩统计量中最大者为{z}，有利于{better[1]}（{best['zh']}），"
            f"{said[1]}。该检验仅说明生存在某些时段是否不同，不说明差别大小。"
        ),
    )


def _cells(r: Mapping[str, Any], _language: Language) -> tuple[str, str]:
    return f"z {number(r['greatest_z'], 3)}", ""


MAXCOMBO = AnalysisMethod(
    id="maxcombo",
    label=planned_method("maxcombo").label,
    perform=_perform,
    sentence=_sentence,
    cells=_cells,
)
