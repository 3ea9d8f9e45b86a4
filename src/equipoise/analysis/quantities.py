"""Proportions and means by group, and their differences from the reference group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.analysis.parts import Part, parts_of
from equipoise.analysis.proportions import estimate_mean_difference, estimate_proportion, estimate_risk_difference

if TYPE_CHECKING:
    from equipoise.analysis.selection import Selection
    from equipoise.estimands import Analysis

__all__ = ["compare_means", "compare_proportions"]


def compare_proportions(selection: Selection, analysis: Analysis) -> list[Part]:
    """Proportions by group (Wilson), and differences from the reference (Newcombe)."""
    found, counts = [], []
    for group, rows in parts_of(selection):
        successes = int(rows["value"].sum())
        p, low, high = estimate_proportion(successes, rows.height, analysis.confidence)
        counts.append((group, successes, rows.height))
        values = {
            "group": group,
            "quantity": "estimate",
            "estimate": p,
            "ci_lower": low,
            "ci_upper": high,
            "interval": "wilson",
        }
        found.append(Part(values, group or "", None if group is None else (group,)))
    if len(counts) > 1:
        reference, b, n_b = counts[0]
        for group, a, n_a in counts[1:]:
            d = estimate_risk_difference(a, n_a, b, n_b, analysis.confidence)
            values = {"group": group, "reference": reference, "quantity": "difference", "estimate": d.estimate,
                      "ci_lower": d.lower, "ci_upper": d.upper, "p_value": d.p_value, "interval": "newcombe"}  # fmt: skip
            found.append(Part(values, f"{group}_difference"))
    return found


def compare_means(selection: Selection, analysis: Analysis) -> list[Part]:
    """Means by group, and differences from the reference (Welch)."""
    found, data = [], []
    for group, rows in parts_of(selection):
        numbers = [float(v) for v in rows["value"]]
        data.append((group, numbers))
        column = rows["value"]
        values = {"group": group, "quantity": "estimate", "estimate": column.mean(), "sd": column.std(),
                  "median": column.median()}  # fmt: skip
        found.append(Part(values, group or "", None if group is None else (group,)))
    if len(data) > 1:
        reference, base = data[0]
        for group, numbers in data[1:]:
            d = estimate_mean_difference(numbers, base, analysis.confidence)
            values = {"group": group, "reference": reference, "quantity": "difference", "estimate": d.estimate,
                      "ci_lower": d.lower, "ci_upper": d.upper, "p_value": d.p_value, "interval": "welch"}  # fmt: skip
            found.append(Part(values, f"{group}_difference"))
    return found
