"""What one planned analysis works on: its set, its groups, strata and covariates, and who had to be left out.

Groups are arms with the reference first. Strata that are stratification factors use the level with which chance
worked (analyze as randomized); any other name uses the value known at the cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.analysis.baseline import arm_order
from equipoise.analysis.lineage import entries_behind
from equipoise.analysis.sets import members
from equipoise.analysis.time_to_event import derive_time_to_event, find_problems, frame_with
from equipoise.findings import Finding, Where, prose
from equipoise.rules import evaluate, read_rule

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.endpoints import BinaryEndpoint, ContinuousEndpoint
    from equipoise.estimands import Analysis
    from equipoise.protocol.document import Protocol

__all__ = ["Selection", "select"]


@dataclass(frozen=True)
class Selection:
    """`rows`: participant, group, stratum (text, null without strata), subgroup, the covariates, and of the endpoint
    either time_days, status, event, reason, source or value; then seqs. Only rows that can be analyzed.

    `groups`: levels of the grouping, reference first; empty without grouping.
    """

    rows: pl.DataFrame
    groups: tuple[str, ...]
    findings: tuple[Finding, ...]


def select(cut: Cut, protocol: Protocol, analysis: Analysis) -> Selection:
    """The rows of one analysis, complete in everything that it uses; a Finding for everybody left out."""
    import polars as pl

    endpoint = next(e for e in protocol.endpoints if e.id == analysis.endpoint)
    if endpoint.kind == "time_to_event":
        base = derive_time_to_event(cut, protocol, endpoint)
    else:
        base = _valued(cut, protocol, endpoint)
    by, findings = analysis.by, []
    if by == "arm" and cut.arms == "hidden":
        findings.append(_hidden(analysis))
        by = None
    extra = [n for n in (by, analysis.subgroup, *analysis.strata, *analysis.covariates) if n and n != "arm"]
    frame = frame_with(cut, protocol, list(dict.fromkeys(extra)))
    columns: dict[str, Any] = {"group": _text(frame, by) if by else pl.lit(None, dtype=pl.String)}
    if analysis.strata:
        parts = [_stratum(cut, frame, name) for name in analysis.strata]
        columns["stratum"] = pl.concat_str(parts, separator=" / ", ignore_nulls=False)
    else:
        columns["stratum"] = pl.lit(None, dtype=pl.String)
    columns["subgroup"] = _text(frame, analysis.subgroup) if analysis.subgroup else pl.lit(None, dtype=pl.String)
    covariates = [name for name in analysis.covariates if name != by]
    seqs = entries_behind(cut, protocol, extra).rename({"seqs": "_more"}) if extra else None
    rows = base.with_columns(**columns).with_columns(frame[name].alias(f"x_{name}") for name in covariates)
    rows = rows.filter(members(cut, protocol, analysis.set))
    if seqs is not None:
        rows = rows.join(seqs, on="participant", how="left", maintain_order="left").with_columns(
            pl.concat_list("seqs", pl.col("_more").fill_null(pl.lit([], dtype=pl.List(pl.Int64)))).list.unique().list.sort().alias("seqs")
        ).drop("_more")  # fmt: skip
    if endpoint.kind == "time_to_event":
        findings += find_problems(rows, endpoint)
        rows = rows.filter(pl.col("problem").is_null())
    else:
        rows, missing = _complete(rows, ["value"], analysis, "a known value of the endpoint")
        findings += missing
    needed = [n for n, used in (("group", by), ("stratum", analysis.strata), ("subgroup", analysis.subgroup)) if used]
    rows, missing = _complete(
        rows,
        [*needed, *(f"x_{n}" for n in covariates)],
        analysis,
        "a value of its grouping, stratum, subgroup or covariate",
    )
    present = set(rows["group"].drop_nulls())
    groups: list[str] = []
    if by == "arm":
        groups = [a for a in arm_order(protocol, cut.arms) if a in present]
        if analysis.reference in groups:
            groups.sort(key=lambda a: a != analysis.reference)
    elif by:
        groups = sorted(present)
        groups.sort(key=lambda level: level != analysis.reference)
    return Selection(rows, tuple(groups), (*findings, *missing))


def _text(frame: pl.DataFrame, name: str) -> pl.Series:
    import polars as pl

    return frame[name].cast(pl.String)


def _stratum(cut: Cut, frame: pl.DataFrame, name: str) -> pl.Series:
    used = f"used_{name}"
    now = _text(frame, name)
    if used not in cut.participants.columns:
        return now
    import polars as pl

    as_used = cut.participants[used]
    return pl.select(pl.coalesce(as_used, now)).to_series().alias(name)


def _valued(cut: Cut, protocol: Protocol, endpoint: BinaryEndpoint | ContinuousEndpoint) -> pl.DataFrame:
    import polars as pl

    names = sorted(read_rule(endpoint.rule).names)
    frame = frame_with(cut, protocol, names)
    kind: Any = pl.Boolean if endpoint.kind == "binary" else pl.Float64
    behind = entries_behind(cut, protocol, [*names, "arm", "randomized"])
    rows = frame.select("participant", "arm").with_columns(evaluate(endpoint.rule, frame).cast(kind).alias("value"))
    return rows.join(behind, on="participant", how="left", maintain_order="left")


def _complete(
    rows: pl.DataFrame, columns: list[str], analysis: Analysis, what: str
) -> tuple[pl.DataFrame, list[Finding]]:
    import polars as pl

    if not columns:
        return rows, []
    complete = rows.filter(pl.all_horizontal(pl.col(c).is_not_null() for c in columns))
    left = rows.height - complete.height
    if not left:
        return complete, []
    finding = prose(
        "analysis.incomplete",
        Where(path=f"analyses.{analysis.id}"),
        f"{left} participants of the set lack {what}",
        "they are not part of this analysis",
        "Complete the records, or plan a sensitivity analysis for missing values.",
        "warning",
    )
    return complete, [finding]


def _hidden(analysis: Analysis) -> Finding:
    return prose(
        "analysis.blinded",
        Where(path=f"analyses.{analysis.id}"),
        "the arms are not compared",
        "the trial is double-blind and its allocations are sealed; all arms are shown together",
        "Unseal the allocations first, or ask for `--arms masked`.",
        "warning",
    )
