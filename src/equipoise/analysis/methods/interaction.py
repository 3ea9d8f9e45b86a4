"""The test of interaction: whether the difference between groups varies with the levels of a subgroup.

No plan asks for it by name: Cox's model adds it where a subgroup is planned, for only it speaks of a difference between
subgroups (Wang et al. 2007, NEJM 357:2189).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.model import model_columns
from equipoise.analysis.methods.saying import chi_square_cells
from equipoise.analysis.pieces import Piece, arrays_of, need_two_groups, place_of
from equipoise.analysis.words import warning
from equipoise.findings import Finding, Refusal
from equipoise.numerals import number, p_text
from equipoise.tails import chi_square_above

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis

__all__ = ["INTERACTION"]

# Sums of the two likelihoods may differ in their last digits; by more, the larger model did not reach its maximum.
_SLACK = 1e-6


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    """Likelihood-ratio test: groups by levels of the subgroup, against groups and levels without their product."""
    import numpy as np
    import polars as pl

    from equipoise.survival import estimate_cox

    need_two_groups(selected, analysis)
    every = sorted(set(selected.rows["subgroup"]))
    levels = [level for level in every if _compared(selected, level)]
    if len(levels) < 2:
        raise Refusal(warning("analysis.not_estimated/levels", place_of(analysis)))
    findings: tuple[Finding, ...] = ()
    if left_out := [level for level in every if level not in levels]:
        # A level with one group says nothing about how the groups' difference varies, and makes the model singular.
        selected = replace(selected, rows=selected.rows.filter(pl.col("subgroup").is_in(levels)))
        findings = (warning("analysis.level_left_out", place_of(analysis), levels=left_out),)
    data = arrays_of(selected, analysis)
    matrix, _ = model_columns(selected, analysis)
    dummies = [(selected.rows["subgroup"] == level).to_numpy().astype(np.float64) for level in levels[1:]]
    arms = [matrix[:, place] for place in range(len(selected.groups) - 1)]
    plain = np.column_stack([matrix, *dummies])
    products = [arm * dummy for arm in arms for dummy in dummies]
    # The likelihood has a limit even where a ratio runs away, and the test needs no more.
    fits = [
        estimate_cox(data.time, data.event, model, strata=data.stratum, ties=analysis.ties, allow_unbounded=True)
        for model in (plain, np.column_stack([plain, *products]))
    ]
    chi_square = 2 * (fits[1].log_likelihood - fits[0].log_likelihood)
    # Where the groups' ratio runs away in every level, nothing is left that could vary with the level.
    if chi_square < -_SLACK or fits[0].unbounded[: len(arms)].any():
        raise Refusal(warning("analysis.not_estimated/interaction", place_of(analysis)))
    chi_square = max(0.0, chi_square)
    values = {
        "chi_square": float(chi_square),
        "degrees_of_freedom": len(products),
        "p_value": chi_square_above(chi_square, len(products)),
        "levels": levels,
    }
    return [Piece(values, "interaction", findings=findings, rows=selected.rows)]


def _compared(selected: Selected, level: str) -> bool:
    import polars as pl

    rows = selected.rows.filter(pl.col("subgroup") == level)
    return set(rows["group"]) >= set(selected.groups) and bool(rows["event"].any())


def _sentence(r: Mapping[str, Any], _names: GroupNames, alpha: float | None) -> Both:
    p, p_zh = p_text(r["p_value"]), p_text(r["p_value"], "P")
    if alpha is None:
        verdict = (
            "where a large value is no evidence that the difference is the same in every subgroup",
            "P值大并不证明各亚组的差异相同",
        )
    elif r["p_value"] < alpha:
        verdict = "the difference between the groups may vary with the subgroup", "组间差异可能随亚组而异"
    else:
        verdict = (
            "no variation was shown, which is not evidence that the difference is the same in every subgroup",
            "未显示组间差异随亚组而异，但这并不证明各亚组的差异相同",
        )
    value = number(r["chi_square"], 3)
    return (
        f"Test of interaction with the subgroup: chi-square {value}, {p}, {verdict[0]}.",
        f"与亚组的交互作用检验：卡方 {value}，{p_zh}，{verdict[1]}。",
    )


INTERACTION = AnalysisMethod(
    id="interaction",
    label=("Test of interaction", "交互作用检验"),
    perform=_perform,
    sentence=_sentence,
    cells=chi_square_cells,
    diagnostic=True,
)
