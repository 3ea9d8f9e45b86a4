"""Means by group, and differences from the reference (Welch)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.saying import estimate_cells, estimated, with_p
from equipoise.analysis.pieces import Piece, against_reference, both, only, parts_of, place_of
from equipoise.estimands import planned_method
from equipoise.estimation import estimate_mean_difference
from equipoise.findings import Finding, Refusal
from equipoise.numerals import measured_text

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis
    from equipoise.wording import Language

__all__ = ["MEAN"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    found, data = [], []
    for group, rows in parts_of(selected):
        column = rows["value"]
        data.append((group, [float(value) for value in column]))
        values = {
            "group": group,
            "quantity": "estimate",
            "estimate": column.mean(),
            "sd": column.std(),
            "median": column.median(),
        }
        found.append(Piece(values, group or "", only(group)))
    known = dict(data)
    for group, base in against_reference(selected):
        values, notes = _difference(known[group], known[base], analysis)
        names = {"group": group, "reference": base, "quantity": "difference"}
        found.append(Piece(names | values, f"{group}_difference", both(names), notes))
    return found


def _difference(mine: list[float], base: list[float], analysis: Analysis) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The difference of two means; without limits and p-value, and with the reason, where a group has no spread."""
    try:
        found = estimate_mean_difference(mine, base, analysis.confidence)
    except Refusal as refusal:
        notes = (replace(finding, where=place_of(analysis), severity="warning") for finding in refusal.findings)
        unknown = dict.fromkeys(("ci_lower", "ci_upper", "p_value"))
        return {"estimate": fmean(mine) - fmean(base), **unknown, "interval": "welch"}, tuple(notes)
    return {
        "estimate": found.estimate,
        "ci_lower": found.lower,
        "ci_upper": found.upper,
        "p_value": found.p_value,
        "interval": found.test,
    }, ()


def _sentence(r: Mapping[str, Any], names: GroupNames, alpha: float | None) -> Both:
    group, unit = names(r.get("group")), r.get("unit")
    if r["quantity"] == "difference":
        reference = names(r.get("reference"))
        inside = (f" ({unit})", f"（{unit}）") if unit else ("", "")
        what = (
            f"Difference of means, {group[0]} minus {reference[0]}{inside[0]}:",
            f"均数差，{group[1]}减{reference[1]}{inside[1]}：",
        )
        return with_p(r, estimated(r, what, 2), alpha)
    mean, sd = (measured_text(r[key], r["sd"], 2) for key in ("estimate", "sd"))
    mean += f" {unit}" if unit else ""
    return (
        f"{group[0]}: mean {mean} (SD {sd}), n = {r['n']}.",
        f"{group[1]}：均数 {mean}（标准差 {sd}），n = {r['n']}。",
    )


def _cells(r: Mapping[str, Any], language: Language) -> tuple[str, str]:
    return estimate_cells(r, language, 2)


MEAN = AnalysisMethod(
    id="mean",
    label=planned_method("mean").label,
    perform=_perform,
    sentence=_sentence,
    cells=_cells,
)
