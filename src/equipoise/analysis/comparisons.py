"""Comparisons of groups over the whole follow-up: log-rank, Cox, proportional hazards, interaction.

Translates between the words of results.json and the estimators of `survival`. Raises ValueError or Refusal when the
data do not allow the estimate, above all when a hazard ratio runs away to infinity.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from equipoise.analysis.parts import Arrays, Part, arrays_of, need_two_groups
from equipoise.analysis.weighting import compare_by_weighted_logrank
from equipoise.findings import Finding, Refusal, Where, prose

if TYPE_CHECKING:
    import numpy as np

    from equipoise.analysis.selection import Selection
    from equipoise.estimands import Analysis

__all__ = ["compare_by_logrank", "estimate_hazard_ratios", "test_interaction", "test_proportionality"]


def compare_by_logrank(selection: Selection, analysis: Analysis) -> list[Part]:
    """The log-rank test, stratified and weighted as planned."""
    from equipoise.survival import test_logrank

    if analysis.weights:
        return compare_by_weighted_logrank(selection, analysis)
    need_two_groups(selection, analysis)
    data = arrays_of(selection, analysis)
    test = test_logrank(data.time, data.event, data.group, strata=data.stratum, rho=analysis.rho, gamma=analysis.gamma)
    values: dict[str, Any] = {
        "groups": list(selection.groups),
        "chi_square": float(test.chi_square),
        "degrees_of_freedom": int(test.degrees_of_freedom),
        "p_value": float(test.p_value),
        "rho": analysis.rho,
        "gamma": analysis.gamma,
    }
    return [Part(values)]


def estimate_hazard_ratios(selection: Selection, analysis: Analysis) -> list[Part]:
    """The Cox model: one result for each group against the reference."""
    _, terms, fit = _fit(selection, analysis)
    found = []
    for place, (term, group) in enumerate(terms):
        if group is None and selection.groups:
            continue
        _bounded(fit, place, term)
        away = [name for at, (name, _) in enumerate(terms) if fit.unbounded[at]]
        values = {
            "group": group,
            "reference": selection.groups[0] if group else None,
            "term": term,
            "ties": analysis.ties,
            "robust": analysis.robust,
            **_hazard_ratio(fit, place),
            "coefficients": [{"term": name, **_hazard_ratio(fit, at)} for at, (name, _) in enumerate(terms)],
        }
        many = len(selection.groups) > 2 or not group
        notes = tuple(_run_away(name, analysis) for name in away)
        found.append(Part(values, (group or term) if many else "", findings=notes))
    return found


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


def _run_away(term: str, analysis: Analysis) -> Finding:
    """A covariate whose own ratio is infinite leaves the others' estimates as they are."""
    return prose(
        "analysis.unbounded",
        Where(path=f"analyses.{analysis.id}"),
        f"the hazard ratio of {term} has no finite estimate",
        "its events are all on one side; the model is adjusted for it all the same",
        "Combine levels that are too small, in the plan.",
        "warning",
    )


def _bounded(fit: Any, place: int, term: str) -> None:
    """Refuse a ratio without a finite estimate: when all events of a comparison are on one side, it runs away."""
    error = float(fit.standard_errors[place])
    if not math.isfinite(float(fit.coefficients[place])) or not math.isfinite(error) or not 0 < error < 30:
        raise ValueError(f"the hazard ratio of {term} has no finite estimate: its events are all on one side")


Terms = list[tuple[str, str | None]]


def _design(selection: Selection, analysis: Analysis) -> tuple[np.ndarray[Any, Any], Terms]:
    """Columns of the model: one for each group but the reference, then the covariates (levels against the first)."""
    import numpy as np

    rows, columns = selection.rows, []
    terms: Terms = []
    for group in selection.groups[1:]:
        columns.append((rows["group"] == group).to_numpy().astype(np.float64))
        terms.append((f"{analysis.by}: {group}", group))
    for name in analysis.covariates:
        if f"x_{name}" not in rows.columns:
            continue
        values = rows[f"x_{name}"]
        if values.dtype.is_numeric():
            columns.append(values.to_numpy().astype(np.float64))
            terms.append((name, None))
            continue
        levels = sorted(set(values.cast(str).to_list()))
        for level in levels[1:]:
            columns.append((values.cast(str) == level).to_numpy().astype(np.float64))
            terms.append((f"{name}: {level}", None))
    return np.column_stack(columns) if columns else np.empty((rows.height, 0)), terms


def _fit(selection: Selection, analysis: Analysis) -> tuple[Arrays, Terms, Any]:
    from equipoise.survival import estimate_cox

    if analysis.by is not None:
        need_two_groups(selection, analysis)
    data = arrays_of(selection, analysis)
    matrix, terms = _design(selection, analysis)
    if not terms:
        raise ValueError("a Cox model needs a grouping or a covariate")
    fit = _by_name(terms, analysis, lambda: estimate_cox(
        data.time, data.event, matrix, strata=data.stratum, ties=analysis.ties,
        confidence=analysis.confidence, robust=analysis.robust, allow_unbounded=True,
    ))  # fmt: skip
    return data, terms, fit


def _by_name(terms: Terms, analysis: Analysis, estimate: Callable[[], Any]) -> Any:
    """Estimate; where that is refused, call the columns of the model by their names in the plan."""
    try:
        return estimate()
    except Refusal as refusal:

        def name(column: re.Match[str]) -> str:
            return terms[int(column[1])][0]

        where = Where(path=f"analyses.{analysis.id}")
        raise Refusal(
            prose(f.code, where, re.sub(r"column (\d+)", name, f.what), f.why, f.mend, "warning")
            for f in refusal.findings
        ) from refusal


def test_interaction(selection: Selection, analysis: Analysis) -> Part:
    """Likelihood-ratio test: groups by levels of the subgroup, against groups and levels without their product."""
    import numpy as np
    import polars as pl
    from scipy import stats

    from equipoise.survival import estimate_cox

    need_two_groups(selection, analysis)
    every = sorted(set(selection.rows["subgroup"]))
    levels = [level for level in every if _compared(selection, level)]
    if len(levels) < 2:
        raise ValueError("fewer than two levels of the subgroup have events and participants in every group")
    findings: tuple[Finding, ...] = ()
    if len(levels) < len(every):
        # A level with one group only says nothing about how the groups' difference varies, and makes the model singular.
        selection = replace(selection, rows=selection.rows.filter(pl.col("subgroup").is_in(levels)))
        left = ", ".join(level for level in every if level not in levels)
        findings = (
            prose(
                "analysis.level_left_out",
                Where(path=f"analyses.{analysis.id}"),
                f"the test of interaction leaves out: {left}",
                "there, not every group has participants, or nobody had the event",
                "Combine levels that are too small, in the plan.",
                "warning",
            ),
        )
    data = arrays_of(selection, analysis)
    matrix, _ = _design(selection, analysis)
    dummies = [(selection.rows["subgroup"] == level).to_numpy().astype(np.float64) for level in levels[1:]]
    arms = [matrix[:, place] for place in range(len(selection.groups) - 1)]
    plain = np.column_stack([matrix, *dummies])
    products = [arm * dummy for arm in arms for dummy in dummies]
    # The likelihood has a limit even where a ratio runs away, and the test needs no more.
    fits = [
        estimate_cox(data.time, data.event, model, strata=data.stratum, ties=analysis.ties, allow_unbounded=True)
        for model in (plain, np.column_stack([plain, *products]))
    ]
    chi_square = 2 * (fits[1].log_likelihood - fits[0].log_likelihood)
    if chi_square < -1e-6:  # the larger model cannot fit worse: one of the two did not converge
        raise ValueError("the model with the interaction has no finite estimate")
    chi_square = max(0.0, chi_square)
    return Part(
        {
            "chi_square": float(chi_square),
            "degrees_of_freedom": len(products),
            "p_value": float(stats.chi2.sf(chi_square, len(products))),
            "levels": levels,
        },
        "interaction",
        findings=findings,
        rows=selection.rows,
    )


def _compared(selection: Selection, level: str) -> bool:
    import polars as pl

    rows = selection.rows.filter(pl.col("subgroup") == level)
    return set(rows["group"]) >= set(selection.groups) and bool(rows["event"].any())


def test_proportionality(selection: Selection, analysis: Analysis) -> list[Part]:
    """Whether the hazard ratio changes over time."""
    from equipoise.survival import test_proportional_hazards

    if analysis.by is not None:
        need_two_groups(selection, analysis)
    data = arrays_of(selection, analysis)
    matrix, terms = _design(selection, analysis)
    test = _by_name(terms, analysis, lambda: test_proportional_hazards(
        data.time, data.event, matrix, strata=data.stratum, ties=analysis.ties,
    ))  # fmt: skip
    values: dict[str, Any] = {
        "chi_square": float(test.chi_square),
        "degrees_of_freedom": int(test.degrees_of_freedom),
        "p_value": float(test.p_value),
        "terms": [term for term, _ in terms],
    }
    return [Part(values)]
