"""Analysis rows: an endpoint's clauses joined to the cut's variables, a row per participant with the entries behind it.

What the rows hold is said by the kind of endpoint. Refuses to invent a value: who has none is kept, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.analysis.gaps import GAP, erased_behind
from equipoise.analysis.lineage import entries_behind
from equipoise.analysis.pieces import place_of
from equipoise.analysis.words import warning
from equipoise.endpoints import kind_of
from equipoise.findings import Where
from equipoise.knowledge.derivation import derive

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.endpoints import Endpoint
    from equipoise.estimands import Analysis
    from equipoise.findings import Finding
    from equipoise.protocol.document import Protocol

__all__ = ["derive_rows", "find_problems", "frame_with"]


def frame_with(cut: Cut, protocol: Protocol, names: list[str]) -> pl.DataFrame:
    """The cut's variables, with any of `names` that they do not hold yet."""
    missing = [name for name in names if name not in cut.variables.columns]
    return derive(protocol, cut.tables, cut.variables, missing) if missing else cut.variables


def derive_rows(cut: Cut, protocol: Protocol, endpoint: Endpoint) -> pl.DataFrame:
    """Analysis rows for every participant of the cut, in its order.

    Columns: participant, arm, those of the endpoint's kind, seqs (ledger entries), problem (null for rows that can be
    analyzed).
    """
    import polars as pl

    kind = kind_of(endpoint)
    names = kind.names(endpoint)
    rows = kind.rows(frame_with(cut, protocol, names), endpoint)
    behind = entries_behind(cut, protocol, [*names, "arm", "randomized"])
    rows = rows.join(behind, on="participant", how="left", maintain_order="left")
    if gaps := erased_behind(cut, protocol, names):
        gone = pl.col("participant").is_in(list(gaps))
        rows = rows.with_columns(
            *(pl.when(~gone).then(pl.col(name)).alias(name) for name in kind.columns),
            pl.when(gone).then(pl.lit(GAP)).otherwise(pl.col("problem")).alias("problem"),
        )
    nothing = pl.lit([], dtype=pl.List(pl.Int64))
    return rows.select("participant", "arm", *kind.columns, pl.col("seqs").fill_null(nothing), "problem")


def find_problems(rows: pl.DataFrame, endpoint: Endpoint, analysis: Analysis | None = None) -> list[Finding]:
    """One warning for each reason why rows cannot be analyzed, with their number."""
    about = Where(path=f"endpoints.{endpoint.id}")
    found = []
    for problem, count in rows.drop_nulls("problem")["problem"].value_counts(sort=True).iter_rows():
        if problem == "no_value":
            place = about if analysis is None else place_of(analysis)
            found.append(warning("analysis.incomplete/value", place, count=count))
        else:
            found.append(warning(f"analysis.{problem}", about, count=count))
    return found
