"""The shape of one result, and the selection as arrays: what the methods share.

Knows no estimator. Refuses a comparison when there are not two groups.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equipoise.findings import Finding, Refusal, Where, prose

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    from equipoise.analysis.selection import Selection
    from equipoise.estimands import Analysis

__all__ = ["Arrays", "Part", "arrays_of", "contrasts", "need_two_groups", "parts_of"]


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
class Arrays:
    time: np.ndarray[Any, Any]
    event: np.ndarray[Any, Any]
    group: np.ndarray[Any, Any]
    stratum: np.ndarray[Any, Any] | None


def arrays_of(selection: Selection, analysis: Analysis) -> Arrays:
    """Times, events, groups (0: reference) and strata as arrays of one length."""
    import numpy as np

    rows = selection.rows
    place = {group: code for code, group in enumerate(selection.groups)}
    codes = [place.get(group, 0) for group in rows["group"]]
    stratum = None
    if analysis.strata:
        levels = {level: code for code, level in enumerate(sorted(set(rows["stratum"])))}
        stratum = np.array([levels[s] for s in rows["stratum"]], dtype=np.int64)
    # A competing event ends follow-up without the event: for cause-specific methods it is a censoring.
    return Arrays(
        rows["time_days"].to_numpy().astype(np.float64),
        rows["event"].to_numpy().astype(np.int64),
        np.array(codes, dtype=np.int64),
        stratum,
    )


def need_two_groups(selection: Selection, analysis: Analysis) -> None:
    """Raise Refusal unless at least two groups have participants."""
    if len(selection.groups) < 2 or selection.rows["group"].n_unique() < 2:
        raise Refusal(
            prose(
                "analysis.one_group",
                Where(path=f"analyses.{analysis.id}"),
                "there are not two groups to compare",
                "everybody who can be analyzed is in one group, or the arms are hidden",
                "Wait for data, or name another grouping.",
                "warning",
            )
        )


def parts_of(selection: Selection) -> list[tuple[str | None, pl.DataFrame]]:
    """Each group with its rows; one part without a name when nothing is grouped."""
    import polars as pl

    if not selection.groups:
        return [(None, selection.rows)]
    return [
        (group, rows) for group in selection.groups if (rows := selection.rows.filter(pl.col("group") == group)).height
    ]


def contrasts(estimates: list[tuple[str | None, float, float]], analysis: Analysis) -> list[dict[str, Any]]:
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
