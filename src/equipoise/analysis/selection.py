"""What one planned analysis works on: its set, its groups, strata and covariates, and who had to be left out.

Groups are arms with the reference first. Strata that are stratification factors use the level with which chance
worked (analyze as randomized); any other name uses the value known at the cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from equipoise.analysis.gaps import GAP, erased_behind
from equipoise.analysis.lineage import entries_behind
from equipoise.analysis.pieces import Selected, place_of
from equipoise.analysis.rows import derive_rows, find_problems, frame_with
from equipoise.analysis.sets import lost_members, members
from equipoise.analysis.words import warning
from equipoise.endpoints import kind_of
from equipoise.protocol.labels import arm_order

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.endpoints import Endpoint
    from equipoise.estimands import Analysis
    from equipoise.findings import Finding
    from equipoise.protocol.document import Protocol

__all__ = ["UNGROUPED", "explain", "select", "select_level"]

UNGROUPED = "ungrouped"
"""The problem of who has a value of the endpoint and none of the grouping, a stratum, the subgroup or a covariate."""


def select(cut: Cut, protocol: Protocol, analysis: Analysis) -> Selected:
    """The rows of one analysis, complete in everything that it uses; a Finding for everybody left out."""
    import polars as pl

    endpoint = next(e for e in protocol.endpoints if e.id == analysis.endpoint)
    base = derive_rows(cut, protocol, endpoint)
    by = analysis.by
    findings: list[Finding] = []
    if by == "arm" and cut.arms == "hidden":
        findings.append(warning("analysis.blinded", place_of(analysis)))
        by = None
    covariates = [name for name in analysis.covariates if name != by]
    lost = lost_members(cut, protocol, analysis.set)
    rows = _with_groups(cut, protocol, analysis, base, by).with_columns(lost.alias("_lost"))
    rows = rows.filter(members(cut, protocol, analysis.set) | lost)
    used = (("group", by), ("stratum", analysis.strata), ("subgroup", analysis.subgroup))
    needed = [*(column for column, name in used if name), *(f"x_{name}" for name in covariates)]
    lacks = pl.any_horizontal(pl.col(c).is_null() for c in needed) if needed else pl.lit(value=False)
    beside = [name for name in (by, analysis.subgroup, *analysis.strata, *covariates) if name and name != "arm"]
    gone = pl.col("_lost") | (lacks & pl.col("participant").is_in(list(erased_behind(cut, protocol, beside))))
    problem = pl.coalesce("problem", pl.when(gone).then(pl.lit(GAP)), pl.when(lacks).then(pl.lit(UNGROUPED)))
    left_out = rows.select("participant", "subgroup", problem.alias("problem")).filter(pl.col("problem").is_not_null())
    in_set, rows = rows, rows.filter(problem.is_null()).drop("_lost")
    if not kind_of(endpoint).timed:
        rows = rows.drop("problem")
    findings += explain(left_out, endpoint, analysis)
    if by == "arm" and rows.height:
        findings += _note_empty(_empty_arms(base, in_set, rows, arm_order(protocol, cut.arms)), analysis)
    groups = _groups(cut, protocol, analysis, by, set(rows["group"].drop_nulls()))
    return Selected(rows, groups, tuple(findings), left_out)


def explain(left_out: pl.DataFrame, endpoint: Endpoint, analysis: Analysis) -> list[Finding]:
    """Why members of the set are not part of an analysis: one warning for each reason, with their number."""
    import polars as pl

    found = find_problems(left_out.filter(pl.col("problem") != UNGROUPED), endpoint, analysis)
    if count := int((left_out["problem"] == UNGROUPED).sum()):
        found.append(warning("analysis.incomplete/grouping", place_of(analysis), count=count))
    return found


def select_level(selected: Selected, level: str, endpoint: Endpoint, analysis: Analysis) -> Selected:
    """What belongs to one level of the subgroup: its own rows, and of those left out its own number.

    Whoever has no known level is in none of them, and is told of each.
    """
    import polars as pl

    left_out = selected.left_out
    assert left_out is not None
    mine = left_out.filter(pl.col("subgroup") == level)
    whole = explain(left_out, endpoint, analysis)
    about_all = [finding for finding in selected.findings if finding not in whole]
    findings = [*about_all, *explain(mine, endpoint, analysis)]
    if count := left_out["subgroup"].null_count():
        place = place_of(analysis)
        findings.append(warning("analysis.incomplete/level", place, count=count, subgroup=analysis.subgroup))
    rows = selected.rows.filter(pl.col("subgroup") == level)
    # Whoever is nowhere to be found is told of already.
    here, everywhere = set(rows["group"]), set(selected.rows["group"])
    findings += _note_empty([group for group in selected.groups if group in everywhere - here], analysis)
    return Selected(rows, selected.groups, tuple(findings), mine)


def _with_groups(cut: Cut, protocol: Protocol, analysis: Analysis, base: pl.DataFrame, by: str | None) -> pl.DataFrame:
    """The rows of the endpoint with group, stratum, subgroup and covariates, and the entries behind these."""
    import polars as pl

    named = (by, analysis.subgroup, *analysis.strata, *analysis.covariates)
    extra = [name for name in named if name and name != "arm"]
    frame = frame_with(cut, protocol, list(dict.fromkeys(extra)))
    nothing = pl.lit(None, dtype=pl.String)
    strata = [_stratum(cut, frame, name) for name in analysis.strata]
    rows = base.with_columns(
        group=_text(frame, by) if by else nothing,
        stratum=pl.concat_str(strata, separator=" / ", ignore_nulls=False) if strata else nothing,
        subgroup=_text(frame, analysis.subgroup) if analysis.subgroup else nothing,
    ).with_columns(frame[name].alias(f"x_{name}") for name in analysis.covariates if name != by)
    if not extra:
        return rows
    more = entries_behind(cut, protocol, extra).rename({"seqs": "_more"})
    both = pl.concat_list("seqs", pl.col("_more").fill_null(pl.lit([], dtype=pl.List(pl.Int64))))
    rows = rows.join(more, on="participant", how="left", maintain_order="left")
    return rows.with_columns(both.list.unique().list.sort().alias("seqs")).drop("_more")


def _groups(cut: Cut, protocol: Protocol, analysis: Analysis, by: str | None, present: set[str]) -> tuple[str, ...]:
    """The planned reference, and the groups that somebody is in: none of them takes its place when it is empty."""
    if by is None or not present:
        return ()
    every = arm_order(protocol, cut.arms) if by == "arm" else sorted(present)
    groups = [group for group in every if group in present]
    reference = None if by == "arm" and cut.arms == "masked" else analysis.reference
    return tuple(groups) if reference is None else (reference, *(group for group in groups if group != reference))


def _empty_arms(base: pl.DataFrame, rows: pl.DataFrame, complete: pl.DataFrame, order: Sequence[str]) -> list[str]:
    """Arms that nobody was allocated to, or in whose part of the set nobody can be analyzed.

    An arm that the rule of the set leaves out is none of them: the plan says so.
    """
    allocated, in_set = set(base["arm"]), set(rows["arm"])
    return [arm for arm in order if arm not in set(complete["arm"]) and (arm in in_set or arm not in allocated)]


def _note_empty(groups: Sequence[str], analysis: Analysis) -> tuple[Finding, ...]:
    """A note on groups in which nobody can be analyzed."""
    return (warning("analysis.group_empty", place_of(analysis), groups=tuple(groups)),) if groups else ()


def _text(frame: pl.DataFrame, name: str) -> pl.Series:
    import polars as pl

    return frame[name].cast(pl.String)


def _stratum(cut: Cut, frame: pl.DataFrame, name: str) -> pl.Series:
    """The level with which chance worked, for a stratification factor (analyze as randomized); else the value now."""
    import polars as pl

    used, now = f"used_{name}", _text(frame, name)
    if used not in cut.participants.columns:
        return now
    return pl.select(pl.coalesce(cut.participants[used], now)).to_series().alias(name)
