"""From a name that an analysis uses back to the recorded items and dates, and to the ledger entries, behind it.

Every entry that could have decided a value belongs to its lineage, not only the one that did: a latest date was
compared with the others. Knows no statistics.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from equipoise.protocol.scope import BUILT_INS

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.protocol.document import Protocol

__all__ = ["entries_behind", "names_behind"]


def names_behind(protocol: Protocol, names: Iterable[str]) -> frozenset[str]:
    """The items and built-ins from which `names` (items, variables, built-ins) are made, through all variables."""
    found: set[str] = set()
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        variable = protocol.variable_by_id.get(name)
        if variable is None:
            # The answers yes/no and the date of one act come from the same entry; provenance keeps the date.
            found.add(f"{name}_date" if f"{name}_date" in BUILT_INS else name)
        else:
            waiting.extend(variable.rests_on())
    return frozenset(found)


def entries_behind(cut: Cut, protocol: Protocol, names: Iterable[str]) -> pl.DataFrame:
    """participant, seqs (sorted, each once): the ledger entries behind `names`, for each participant who has any."""
    import polars as pl

    known = {*BUILT_INS, *protocol.item_by_id}
    items = [name for name in names_behind(protocol, names) if name in known]
    rows = cut.provenance.filter(pl.col("item").cast(pl.String).is_in(items)).select("participant", "seqs")
    return (
        rows.explode("seqs", empty_as_null=True, keep_nulls=False)
        .group_by("participant", maintain_order=True)
        .agg(pl.col("seqs").unique().sort())
    )
