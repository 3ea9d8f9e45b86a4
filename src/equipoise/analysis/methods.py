"""One function for each method that a protocol may plan: a selection in, plain fields out.

Translates between the words of results.json and the estimators of `survival`; computes nothing of its own but the
contrasts between groups. Raises ValueError or Refusal when the data do not allow the estimate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from equipoise.analysis.proportions import estimate_mean_difference, estimate_proportion, estimate_risk_difference
from equipoise.findings import Finding, Refusal, Where

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    from equipoise.analysis.selection import Selection
    from equipoise.estimands import Analysis

__all__ = ["METHODS", "Part", "test_interaction"]


@dataclass(frozen=True)
class Part:
    """One result of a method: fields, the groups it is about (None: all), its rows when it left some out, its curve."""

    values: dict[str, Any]
    suffix: str = ""
    groups: tuple[str, ...] | None = None
    findings: tuple[Finding, ...] = ()
    rows: pl.DataFrame | None = None
    curve: Any = field(default=None)


@dataclass(frozen=True, slots=True)
class _Arrays:
    time: np.ndarray[Any, Any]
    event: np.ndarray[Any, Any]
    group: np.ndarray[Any, Any]
    stratum: np.ndarray[Any, Any] | None


def _arrays(selection: Selection, analysis: Analysis) -> _Arrays:
    import numpy as np

    rows = selection.rows
    place = {group: code for code, group in enumerate(selection.groups)}
    codes = [place.get(group, 0) for group in rows["group"]]
    stratum = None
    if analysis.strata:
        levels = {level: code for code, level in enumerate(sorted(set(rows["stratum"])))}
        stratum = np.array([levels[s] for s in rows["stratum"]], dtype=np.int64)
    # A competing event ends follow-up without the event: for cause-specific methods it is a censoring.
    return _Arrays(
        rows["time_days"].to_numpy().astype(np.float64),
        rows["event"].to_numpy().astype(np.int64),
        np.array(codes, dtype=np.int64),
        stratum,
    )


def _two_groups(selection: Selection, analysis: Analysis) -> None:
    if len(selection.groups) < 2 or selection.rows["group"].n_unique() < 2:
        raise Refusal(
            Finding(
                "analysis.one_group",
                Where(path=f"analyses.{analysis.id}"),
                "there are not two groups to compare",
                "everybody who can be analyzed is in one group, or the arms are hidden",
                "Wait for data, or name another grouping.",
                "warning",
            )
        )


def _parts_of(selection: Selection) -> list[tuple[str | None, pl.DataFrame]]:
    import polars as pl

    if not selection.groups:
        return [(None, selection.rows)]
    return [
        (group, rows) for group in selection.groups if (rows := selection.rows.filter(pl.col("group") == group)).height
    ]


def _curve(rows: pl.DataFrame, analysis: Analysis, *, reverse: bool) -> Any:
    import numpy as np

    from equipoise.survival import estimate_follow_up, estimate_kaplan_meier

    time = rows["time_days"].to_numpy().astype(np.float64)
    event = rows["event"].to_numpy().astype(np.int64)
    estimate = estimate_follow_up if reverse else estimate_kaplan_meier
    return estimate(time, event, confidence=analysis.confidence, conf_type=analysis.conf_type)


def _kaplan_meier(selection: Selection, analysis: Analysis, *, reverse: bool = False) -> list[Part]:
    found = []
    for group, rows in _parts_of(selection):
        curve = _curve(rows, analysis, reverse=reverse)
        values = {
            "group": group,
            "conf_type": analysis.conf_type,
            "median": _known(curve.median),
            "median_lower": _known(curve.median_lower),
            "median_upper": _known(curve.median_upper),
        }
        groups = None if group is None else (group,)
        found.append(Part(values, group or "", groups, curve=None if reverse else curve))
    return found


def _reverse(selection: Selection, analysis: Analysis) -> list[Part]:
    return _kaplan_meier(selection, analysis, reverse=True)


def _known(value: float | None) -> float | None:
    import math

    return None if value is None or not math.isfinite(value) else float(value)


def _logrank(selection: Selection, analysis: Analysis) -> list[Part]:
    from equipoise.survival import test_logrank

    _two_groups(selection, analysis)
    data = _arrays(selection, analysis)
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


def _cox(selection: Selection, analysis: Analysis) -> list[Part]:
    _, terms, fit = _fit(selection, analysis)
    found = []
    for place, (term, group) in enumerate(terms):
        if group is None and selection.groups:
            continue
        _bounded(fit, place, term)
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
        found.append(Part(values, (group or term) if many else ""))
    return found


def _hazard_ratio(fit: Any, place: int) -> dict[str, float]:
    return {
        "hazard_ratio": float(fit.hazard_ratio[place]),
        "ci_lower": float(fit.ci_lower[place]),
        "ci_upper": float(fit.ci_upper[place]),
        "coefficient": float(fit.coefficients[place]),
        "standard_error": float(fit.standard_errors[place]),
        "z": float(fit.z[place]),
        "p_value": float(fit.p_values[place]),
    }


def _bounded(fit: Any, place: int, term: str) -> None:
    """Refuse a ratio without a finite estimate: when all events of a comparison are on one side, it runs away."""
    import math

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


def _fit(selection: Selection, analysis: Analysis) -> tuple[_Arrays, Terms, Any]:
    from equipoise.survival import estimate_cox

    if analysis.by is not None:
        _two_groups(selection, analysis)
    data = _arrays(selection, analysis)
    matrix, terms = _design(selection, analysis)
    if not terms:
        raise ValueError("a Cox model needs a grouping or a covariate")
    fit = estimate_cox(
        data.time, data.event, matrix, strata=data.stratum, ties=analysis.ties,
        confidence=analysis.confidence, robust=analysis.robust,
    )  # fmt: skip
    return data, terms, fit


def test_interaction(selection: Selection, analysis: Analysis) -> Part:
    """Likelihood-ratio test: groups by levels of the subgroup, against groups and levels without their product."""
    import numpy as np
    import polars as pl
    from scipy import stats

    from equipoise.survival import estimate_cox

    _two_groups(selection, analysis)
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
            Finding(
                "analysis.level_left_out",
                Where(path=f"analyses.{analysis.id}"),
                f"the test of interaction leaves out: {left}",
                "there, not every group has participants, or nobody had the event",
                "Combine levels that are too small, in the plan.",
                "warning",
            ),
        )
    data = _arrays(selection, analysis)
    matrix, _ = _design(selection, analysis)
    dummies = [(selection.rows["subgroup"] == level).to_numpy().astype(np.float64) for level in levels[1:]]
    arms = [matrix[:, place] for place in range(len(selection.groups) - 1)]
    plain = np.column_stack([matrix, *dummies])
    products = [arm * dummy for arm in arms for dummy in dummies]
    fits = [
        estimate_cox(data.time, data.event, model, strata=data.stratum, ties=analysis.ties)
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


def _proportional_hazards(selection: Selection, analysis: Analysis) -> list[Part]:
    from equipoise.survival import test_proportional_hazards

    if analysis.by is not None:
        _two_groups(selection, analysis)
    data = _arrays(selection, analysis)
    matrix, terms = _design(selection, analysis)
    test = test_proportional_hazards(data.time, data.event, matrix, strata=data.stratum, ties=analysis.ties)
    values: dict[str, Any] = {
        "chi_square": float(test.chi_square),
        "degrees_of_freedom": int(test.degrees_of_freedom),
        "p_value": float(test.p_value),
        "terms": [term for term, _ in terms],
    }
    return [Part(values)]


def _rmst(selection: Selection, analysis: Analysis) -> list[Part]:
    from equipoise.survival import estimate_rmst

    data = _arrays(selection, analysis)
    groups = selection.groups or (None,)
    # The latest time until which every group was observed, when the protocol names none.
    tau = analysis.tau_days or min(float(rows["time_days"].max()) for _, rows in _parts_of(selection))  # type: ignore[arg-type]
    found, estimates = [], []
    for code, group in enumerate(groups):
        mine = data.group == code
        if not mine.any():
            continue
        estimate = estimate_rmst(data.time[mine], data.event[mine], tau=tau, confidence=analysis.confidence)
        estimates.append((group, estimate.estimate, estimate.standard_error))
        values = {"group": group, "quantity": "estimate", "tau_days": tau, "estimate": float(estimate.estimate),
                  "standard_error": float(estimate.standard_error), "ci_lower": float(estimate.ci_lower),
                  "ci_upper": float(estimate.ci_upper)}  # fmt: skip
        found.append(Part(values, group or "", None if group is None else (group,)))
    return found + [
        Part(values | {"tau_days": tau}, f"{values['group']}_difference") for values in _contrasts(estimates, analysis)
    ]


def _milestone(selection: Selection, analysis: Analysis) -> list[Part]:
    from equipoise.survival import estimate_milestone

    if not analysis.at_days:
        raise ValueError("milestone survival needs `at_days`")
    found = []
    for day in analysis.at_days:
        estimates = []
        for group, rows in _parts_of(selection):
            time = rows["time_days"].to_numpy().astype(float)
            event = rows["event"].to_numpy().astype("int64")
            at = estimate_milestone(time, event, day, confidence=analysis.confidence, conf_type=analysis.conf_type)
            estimates.append((group, float(at.estimate), float(at.standard_error)))
            values = {"group": group, "quantity": "estimate", "at_days": day, "estimate": float(at.estimate),
                      "standard_error": float(at.standard_error), "ci_lower": float(at.ci_lower),
                      "ci_upper": float(at.ci_upper), "conf_type": analysis.conf_type}  # fmt: skip
            suffix = f"{group}.day_{day:g}" if group else f"day_{day:g}"
            found.append(Part(values, suffix, None if group is None else (group,)))
        found += [
            Part(values | {"at_days": day}, f"{values['group']}_difference.day_{day:g}")
            for values in _contrasts(estimates, analysis)
        ]
    return found


def _contrasts(estimates: list[tuple[str | None, float, float]], analysis: Analysis) -> list[dict[str, Any]]:
    """Each group minus the reference, by the normal approximation for independent estimates."""
    from statistics import NormalDist

    if len(estimates) < 2:
        return []
    z = NormalDist().inv_cdf(0.5 + analysis.confidence / 2)
    (reference, base, base_error), *others = estimates
    found = []
    for group, value, error in others:
        difference, spread = value - base, (error**2 + base_error**2) ** 0.5
        p = 2 * NormalDist().cdf(-abs(difference) / spread) if spread > 0 else None
        found.append({"group": group, "reference": reference, "quantity": "difference", "estimate": difference,
                      "standard_error": spread, "ci_lower": difference - z * spread,
                      "ci_upper": difference + z * spread, "p_value": p})  # fmt: skip
    return found


def _proportion(selection: Selection, analysis: Analysis) -> list[Part]:
    found, counts = [], []
    for group, rows in _parts_of(selection):
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


def _mean(selection: Selection, analysis: Analysis) -> list[Part]:
    found, data = [], []
    for group, rows in _parts_of(selection):
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


METHODS: Mapping[str, Callable[[Selection, Analysis], list[Part]]] = {
    "kaplan_meier": _kaplan_meier,
    "reverse_kaplan_meier": _reverse,
    "logrank": _logrank,
    "cox": _cox,
    "proportional_hazards": _proportional_hazards,
    "rmst": _rmst,
    "milestone": _milestone,
    "proportion": _proportion,
    "mean": _mean,
}
