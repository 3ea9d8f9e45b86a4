"""What a method is given and what it gives: selected rows, as a frame or as arrays, and the shape of one result.

Refuses a comparison when there are not two groups, or nobody in the one that is compared with.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from equipoise.analysis.words import warning
from equipoise.findings import Finding, Refusal, Where
from equipoise.words import Words

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    from equipoise.estimands import Analysis

__all__ = [
    "Arrays",
    "Piece",
    "Selected",
    "against_reference",
    "arrays_of",
    "both",
    "estimates_at",
    "need_reference",
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
    """Raise Refusal unless at least two groups have participants; rows that nothing groups are of one."""
    if selected.rows["group"].n_unique() < 2:
        raise Refusal(warning("analysis.one_group", place_of(analysis)))


def need_reference(selected: Selected, analysis: Analysis) -> None:
    """Raise Refusal unless the reference and another group have participants: nobody else takes its place."""
    need_two_groups(selected, analysis)
    if selected.groups[0] not in set(selected.rows["group"]):
        why = warning("analysis.not_estimated/reference", place_of(analysis), reference=selected.groups[0])
        raise Refusal(why)


def parts_of(selected: Selected) -> list[tuple[str | None, pl.DataFrame]]:
    """Each group with its rows; one part without a name when nothing is grouped."""
    import polars as pl

    if not selected.groups:
        return [(None, selected.rows)]
    parts = ((group, selected.rows.filter(pl.col("group") == group)) for group in selected.groups)
    return [(group, rows) for group, rows in parts if rows.height]


def against_reference(selected: Selected) -> list[tuple[str, str]]:
    """Each group that has participants, with the reference; none where nobody is in the reference."""
    present = [group for group, _ in parts_of(selected) if group is not None]
    reference, *_ = selected.groups or (None,)
    if reference is None or reference not in present:
        return []
    return [(group, reference) for group in present if group != reference]


def _contrasts(
    estimates: Mapping[str | None, Any],
    selected: Selected,
    analysis: Analysis,
    suffix: str,
    values: Mapping[str, Any],
) -> list[Piece]:
    """Each group minus the reference, of independent estimates by group; `values` and `suffix` of every piece.

    A group without an estimate has no difference. Where the reference has none nothing is compared: no other group
    takes its place.
    """
    from equipoise.survival import estimate_difference, test_difference

    found = []
    for group, reference in against_reference(selected):
        if group not in estimates or reference not in estimates:
            continue
        mine, base = estimates[group], estimates[reference]
        difference = estimate_difference(mine, base)
        still = [each for each, of in ((reference, base), (group, mine)) if not of.standard_error > 0]
        notes = _no_variance(still, analysis)
        known = {
            "group": group,
            "reference": reference,
            "quantity": "difference",
            **values,
            "estimate": difference.estimate,
            "standard_error": difference.standard_error,
            "ci_lower": difference.ci_lower,
            "ci_upper": difference.ci_upper,
            "p_value": test_difference(mine, base)[1],
        }
        found.append(Piece(known, f"{group}_difference{suffix}", both(known), notes))
    return found


def _no_variance(groups: list[str], analysis: Analysis) -> tuple[Finding, ...]:
    """A note on the groups in which nothing varies."""
    return (warning("analysis.no_variance", place_of(analysis), groups=groups),) if groups else ()


def _about(finding: Finding, group: str | None, analysis: Analysis) -> Finding:
    """The same finding, as a note on one group of an analysis."""
    words = finding.words
    if group:
        (what, *more), (what_zh, *more_zh) = words.en, words.zh
        words = Words((f"{{group}}: {what}", *more), (f"{{group}}：{what_zh}", *more_zh))  # type: ignore[arg-type]
    facts = {**finding.facts, "group": group}
    return replace(finding, where=place_of(analysis), words=words, facts=facts, severity="warning")


def estimates_at(
    selected: Selected,
    analysis: Analysis,
    times: Iterable[float],
    estimate: Callable[[pl.DataFrame, float], Any],
    describe: Callable[[float], tuple[str, dict[str, Any]]],
) -> list[Piece]:
    """An estimate for each time and group, and the groups' differences from the reference.

    `describe`: a time to its part of a result's name and its fields. What a group does not allow yet is a note beside
    what is known; raises Refusal when nothing is.
    """
    found: list[Piece] = []
    unknown: list[Finding] = []
    for time in times:
        suffix, values = describe(time)
        estimates: dict[str | None, Any] = {}
        for group, rows in parts_of(selected):
            try:
                at = estimates[group] = estimate(rows, time)
            except Refusal as refusal:  # early in a trial, nobody has been followed until the later days
                unknown += [_about(finding, group, analysis) for finding in refusal.findings]
                continue
            numbers = ("estimate", "standard_error", "ci_lower", "ci_upper")
            known = {name: float(getattr(at, name)) for name in numbers}
            scale = {"conf_type": at.conf_type.replace("-", "_")}
            name = f"{group or ''}{suffix}".removeprefix(".")
            fields = {"group": group, "quantity": "estimate", **values, **known, **scale}
            still = [group or ""] if math.isnan(at.ci_lower) else []
            found.append(Piece(fields, name, only(group), _no_variance(still, analysis)))
        found += _contrasts(estimates, selected, analysis, suffix, values)
    if not found:
        raise Refusal(unknown)
    return [replace(piece, findings=(*unknown, *piece.findings)) for piece in found]
