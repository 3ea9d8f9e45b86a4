"""Protocol deviations: those that people reported, counted by category and arm, and those that the system noticed.

What it noticed is a query of the system that no correction has mended: a visit outside its window, a stratum that is
no longer the one that was used.

Judges none of them: whether a deviation matters is decided before unblinding, by people (ICH E3, section 10.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.conduct.state.query import DEVIATIONS, query_entry

if TYPE_CHECKING:
    from equipoise.datacut import Cut

__all__ = ["list_deviations"]


def list_deviations(cut: Cut) -> dict[str, Any]:
    """{"total", "participants", "by_category": [{"category", "arm", "n"}], "listed": [...], "noticed": [...]}, each
    list in the order of the ledger. `total` counts what was reported; `noticed` has a row for each query.
    """
    import polars as pl

    arms = cut.participants.select("participant", "arm")
    frame = cut.deviations.join(arms, on="participant", how="left", maintain_order="left")
    counted = (
        frame.group_by("category", "arm", maintain_order=True)
        .agg(pl.len().alias("n"))
        .sort("category", "arm", nulls_last=True)
    )
    return {
        "total": frame.height,
        "participants": frame["participant"].n_unique(),
        "by_category": counted.to_dicts(),
        "listed": frame.to_dicts(),
        "noticed": _noticed(cut),
    }


def _noticed(cut: Cut) -> list[dict[str, Any]]:
    import polars as pl

    mended = (pl.col("status") == "closed") & pl.col("closed_by_system").fill_null(value=False)
    frame = cut.queries.filter(pl.col("check").is_in(list(DEVIATIONS)) & pl.col("by_system") & ~mended)
    kept = ("query", "participant", "site", "check", "visit", "occurrence", "status", "text_en", "text_zh", "reason")
    return [
        {"seq": query_entry(row["query"]), "date": row["raised_at"][:10], **{name: row[name] for name in kept}}
        for row in frame.to_dicts()
    ]
