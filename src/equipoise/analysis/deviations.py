"""Protocol deviations as reported in the ledger, counted by category and arm, and listed with their entries.

Judges none of them: whether a deviation matters is decided before unblinding, by people (ICH E3, section 10.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equipoise.datacut import Cut

__all__ = ["list_deviations"]


def list_deviations(cut: Cut) -> dict[str, Any]:
    """{"total", "participants", "by_category": [{"category", "arm", "n"}], "listed": [...]}, in ledger order."""
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
    }
