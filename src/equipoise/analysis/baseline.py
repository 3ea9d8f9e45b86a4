"""The baseline table: who was randomized, by arm, before anything was done to them.

n (%), mean (SD), median (quartiles) and range, with missing values shown. No tests between arms: chance made every
difference (CONSORT 2025, item 25). Quartiles interpolate linearly (Hyndman and Fan 1996, definition 7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.analysis.sets import members

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.protocol.document import Protocol

__all__ = ["EVERYBODY", "arm_order", "describe_name", "estimate_baseline", "level_label"]

EVERYBODY = "all"


def describe_name(protocol: Protocol, name: str) -> dict[str, Any]:
    """Label in both languages, type, unit and the labels of codes of an item, a variable or a built-in."""
    codelist = None
    if name in protocol.variable_by_id:
        variable = protocol.variable_by_id[name]
        label, type_, unit, codelist = variable.label, variable.type, variable.unit, variable.codelist
    elif name in protocol.item_by_id:
        _, _, item = protocol.item_by_id[name]
        label, type_, unit, codelist = item.label, item.type, item.unit, item.codelist
    else:
        factor = next((f for f in protocol.factors if f.id == name), None)
        words = {"en": name, "zh": {"site": "中心", "arm": "组"}.get(name, name)}
        codes = {s.id: s.name.model_dump() for s in protocol.sites} if name == "site" else {}
        return {"label": factor.label.model_dump() if factor else words, "type": "text", "unit": None, "codes": codes}
    known = protocol.codelist_by_id.get(codelist or "")
    codes = {code.code: code.label.model_dump() for code in known.codes} if known else {}
    return {"label": label.model_dump(), "type": type_, "unit": unit, "codes": codes}


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
        if name not in frame.columns:
            continue
        about = describe_name(protocol, name)
        number = about["type"] in ("integer", "decimal")
        levels = [] if number else _levels(frame[name], about["codes"])
        groups = {
            group: _number(part[name]) if number else _category(part[name], levels) for group, part in parts.items()
        }
        row: dict[str, Any] = {"id": name, "label": about["label"], "kind": "number" if number else "category",
                               "unit": about["unit"], "groups": groups}  # fmt: skip
        if not number:
            row["levels"] = [{"level": level, "label": level_label(level, about["codes"])} for level in levels]
        rows.append(row)
    return {"set": set_id, "groups": {group: part.height for group, part in parts.items()}, "rows": rows}


def arm_order(protocol: Protocol, arms: str) -> list[str]:
    """Arms as printed: control first; letters when masked. `arms`: what the cut shows of them."""
    if arms == "masked":
        return [f"masked_{chr(ord('A') + place)}" for place in range(len(protocol.arms))]
    return [arm.id for arm in sorted(protocol.arms, key=lambda a: a.role != "control")]


def _levels(column: pl.Series, codes: dict[str, Any]) -> list[str]:
    import polars as pl

    seen = set(column.cast(pl.String).drop_nulls())
    return [code for code in codes if code in seen] + sorted(seen - set(codes))


def level_label(level: str, codes: dict[str, Any]) -> dict[str, str]:
    """A level's label in both languages; yes and no for a boolean; itself when nobody named it."""
    words = {"true": {"en": "yes", "zh": "是"}, "false": {"en": "no", "zh": "否"}}
    found: dict[str, str] = codes.get(level) or words.get(level) or {"en": level, "zh": level}
    return found


def _number(column: pl.Series) -> dict[str, Any]:
    import polars as pl

    values = column.cast(pl.Float64).drop_nulls()
    found: dict[str, Any] = {"n": len(values), "missing": column.null_count()}
    if len(values):
        quartile = {q: values.quantile(q, interpolation="linear") for q in (0.25, 0.5, 0.75)}
        found |= {"mean": values.mean(), "sd": values.std() if len(values) > 1 else None, "median": quartile[0.5],
                  "q1": quartile[0.25], "q3": quartile[0.75], "min": values.min(), "max": values.max()}  # fmt: skip
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
