"""The baseline table: who was randomized, by arm, before anything was done to them.

n (%), mean (SD), median (quartiles) and range, with missing values shown. No tests between arms: chance made every
difference (CONSORT 2025, item 25). Quartiles interpolate linearly (Hyndman and Fan 1996, definition 7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.analysis.sets import members
from equipoise.protocol.labels import arm_order, describe_name, level_label

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.protocol.document import Protocol

__all__ = ["EVERYBODY", "estimate_baseline"]

EVERYBODY = "all"


def estimate_baseline(cut: Cut, protocol: Protocol, set_id: str) -> dict[str, Any]:
    """{"set", "groups": {arm or "all": n}, "rows": [{"id", "label", "kind", "unit", "groups": {...}}]}.

    A number's group holds n, missing, mean, sd, median, q1, q3, min, max; a category's: missing and
    levels: [{"level", "label", "n", "percent"}], percent of those with a value.
    """
    import polars as pl

    frame = cut.variables.filter(members(cut, protocol, set_id))
    arms = [a for a in arm_order(protocol, cut.arms) if a in set(frame["arm"].drop_nulls())]
    parts = {arm: frame.filter(pl.col("arm") == arm) for arm in arms} | {EVERYBODY: frame}
    rows = []
    for name in protocol.baseline:
        about = describe_name(protocol, name)
        number = about["type"] in ("integer", "decimal")
        levels = [] if number else _levels(frame[name], about["codes"])
        groups = {
            group: _number(part[name]) if number else _category(part[name], levels) for group, part in parts.items()
        }
        kind = "number" if number else "category"
        row: dict[str, Any] = {
            "id": name,
            "label": about["label"],
            "kind": kind,
            "unit": about["unit"],
            "groups": groups,
        }
        if not number:
            row["levels"] = [{"level": level, "label": level_label(level, about["codes"])} for level in levels]
        rows.append(row)
    return {"set": set_id, "groups": {group: part.height for group, part in parts.items()}, "rows": rows}


def _levels(column: pl.Series, codes: dict[str, Any]) -> list[str]:
    import polars as pl

    seen = set(column.cast(pl.String).drop_nulls())
    return [code for code in codes if code in seen] + sorted(seen - set(codes))


def _number(column: pl.Series) -> dict[str, Any]:
    import polars as pl

    values = column.cast(pl.Float64).drop_nulls()
    found: dict[str, Any] = {"n": len(values), "missing": column.null_count()}
    if len(values):
        quartile = {q: values.quantile(q, interpolation="linear") for q in (0.25, 0.5, 0.75)}
        found |= {
            "mean": values.mean(),
            "sd": values.std() if len(values) > 1 else None,
            "median": quartile[0.5],
            "q1": quartile[0.25],
            "q3": quartile[0.75],
            "min": values.min(),
            "max": values.max(),
        }
    return found


def _category(column: pl.Series, levels: list[str]) -> dict[str, Any]:
    import polars as pl

    values = column.cast(pl.String).drop_nulls()
    counts = [int((values == level).sum()) for level in levels]
    total = len(values)
    return {
        "n": total,
        "missing": column.null_count(),
        "levels": [
            {"level": level, "n": n, "percent": 100 * n / total if total else None}
            for level, n in zip(levels, counts, strict=True)
        ],
    }
