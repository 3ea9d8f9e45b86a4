"""Proportions by group (Wilson), and differences from the reference (Newcombe)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.sharing import share_cells, share_sentence
from equipoise.analysis.pieces import Piece, against_reference, both, only, parts_of
from equipoise.estimands import planned_method
from equipoise.estimation import estimate_proportion, estimate_risk_difference

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis

__all__ = ["PROPORTION"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    found: list[Piece] = []
    counts: dict[str | None, tuple[int, int]] = {}
    for group, rows in parts_of(selected):
        successes = int(rows["value"].sum())
        p, low, high = estimate_proportion(successes, rows.height, analysis.confidence)
        counts[group] = successes, rows.height
        values = {
            "group": group,
            "quantity": "estimate",
            "estimate": p,
            "ci_lower": low,
            "ci_upper": high,
            "interval": "wilson",
        }
        found.append(Piece(values, group or "", only(group)))
    for group, reference in against_reference(selected):
        difference = estimate_risk_difference(*counts[group], *counts[reference], analysis.confidence)
        values = {
            "group": group,
            "reference": reference,
            "quantity": "difference",
            "estimate": difference.estimate,
            "ci_lower": difference.lower,
            "ci_upper": difference.upper,
            "p_value": difference.p_value,
            "interval": "newcombe",
            "test": difference.test,
        }
        found.append(Piece(values, f"{group}_difference", both(values)))
    return found


def _sentence(r: Mapping[str, Any], names: GroupNames, alpha: float | None) -> Both:
    group = names(r.get("group"))
    if r["quantity"] == "difference":
        reference = names(r.get("reference"))
        what = f"Difference, {group[0]} minus {reference[0]}:", f"差值，{group[1]}减{reference[1]}："
    else:
        what = f"{group[0]}: {r['events']} of {r['n']},", f"{group[1]}：{r['n']} 例中 {r['events']} 例，"
    return share_sentence(r, what, alpha)


PROPORTION = AnalysisMethod(
    id="proportion",
    label=planned_method("proportion").label,
    perform=_perform,
    sentence=_sentence,
    cells=share_cells,
)
