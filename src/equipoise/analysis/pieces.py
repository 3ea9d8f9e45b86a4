"""What a method is given and what it gives: selected rows, as a frame or as arrays, and the shape of one result.

Knows no estimator. Refuses a comparison when there are not two groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equipoise.analysis.words import warning
from equipoise.findings import Finding, Refusal, Where

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    from equipoise.estimands import Analysis

__all__ = [
    "Arrays",
    "Piece",
    "Selected",
    "arrays_of",
    "both",
    "contrasts",
    "need_two_groups",
    "only",
    "parts_of",
    "place_of",
]


@dataclass(frozen=True)
class Selected:
    """`rows`: participant, group, stratum (text, null without strata), subgroup, the covariates, and of the endpoint
    the columns of its kind; then seqs. Only rows that can be analyzed.

    `groups`: levels of the grouping, reference first; empty without grouping. `left_out`: participant, subgroup and
    problem of the members of the set who cannot be analyzed.
    """

    rows: pl.DataFrame
    groups: tuple[str, ...]
    findings: tuple[Finding, ...]
    left_out: pl.DataFrame | None = None


@dataclass(frozen=True)
class Piece:
    """One result of a method: fields, the groups it is about (None: all), its rows when it left some out, its curve."""

    values: dict[str, Any]
    suffix: str = ""
    groups: tuple[str, ...] | None = None
    findings: tuple[Finding, ...] = ()
    rows: pl.DataFrame | None = None
    curve: Any = field(default=None)


@dataclass(frozen=True, slots=True)
class Arrays:
    """Times, events, groups (0: reference) and strata (None without), of one length."""

    time: np.ndarray[Any, Any]
    event: np.ndarray[Any, Any]
    group: np.ndarray[Any, Any]
    stratum: np.ndarray[Any, Any] | None


def place_of(analysis: Analysis) -> Where:
    """Where a Finding about an analysis points."""
    return Where(path=f"analyses.{analysis.id}")


def only(group: str | None) -> tuple[str, ...] | None:
    """The groups of a piece that is about one group, or about everybody."""
    return None if group is None else (group,)


def both(values: Mapping[str, Any]) -> tuple[str, str]:
    """The two groups of a difference: nobody else had a part in it."""
    return values["group"], values["reference"]


def arrays_of(selected: Selected, analysis: Analysis) -> Arrays:
    """Times, events, groups (0: reference) and strata as arrays of one length."""
    import numpy as np

    rows = selected.rows
    place = {group: code for code, group in enumerate(selected.groups)}
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


def need_two_groups(selected: Selected, analysis: Analysis) -> None:
    """Raise Refusal unless at least two groups have participants."""
    if len(selected.groups) < 2 or selected.rows["group"].n_unique() < 2:
        raise Refusal(warning("analysis.one_group", place_of(analysis)))


def parts_of(selected: Selected) -> list[tuple[str | None, pl.DataFrame]]:
    """Each group with its rows; one part without a name when nothing is grouped."""
    import polars as pl

    if not selected.groups:
        return [(None, selected.rows)]
    parts = ((group, selected.rows.filter(pl.col("group") == group)) for group in selected.groups)
    return [(group, rows) for group, rows in parts if rows.height]


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
        found.append(
            {
                "group": group,
                "reference": reference,
                "quantity": "difference",
                "estimate": difference,
                "standard_error": spread,
                "ci_lower": difference - z * spread,
                "ci_upper": difference + z * spread,
                "p_value": p,
            }
        )
    return found
