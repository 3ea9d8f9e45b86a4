"""One row per participant: built-ins, bare items, picks and rules, over the tables of a whole data cut.

Its plain twin for one participant is `one_participant`. Knows no ledger: it is given tables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, bare_items, item_named, table_of
from equipoise.rules import evaluate, polars_type, read_rule

if TYPE_CHECKING:
    import polars as pl

    from equipoise.variables import Variable

__all__ = ["derive"]


def derive(
    protocol: Protocol,
    tables: Mapping[str, pl.DataFrame],
    participants: pl.DataFrame,
    names: Collection[str] | None = None,
) -> pl.DataFrame:
    """One row per participant: the built-ins given, and the bare items and variables asked for (all when None).

    `participants` holds at least `participant`; built-ins that it lacks are missing values. Order of rows is kept.
    """
    import polars as pl

    frame = participants.with_columns(
        pl.lit(None, dtype=polars_type(column.type)).alias(name)
        for name, column in BUILT_INS.items()
        if name not in participants.columns
    )
    ordered: dict[str, pl.DataFrame] = {}
    bare = [] if names is not None else sorted(bare_items(protocol))
    frame = _with_bare(protocol, tables, frame, bare, ordered)
    for name in protocol.variable_by_id if names is None else names:
        frame = _with(protocol, tables, frame, name, (), ordered)
    return frame


def _with_bare(
    protocol: Protocol,
    tables: Mapping[str, pl.DataFrame],
    frame: pl.DataFrame,
    names: Sequence[str],
    ordered: dict[str, pl.DataFrame],
) -> pl.DataFrame:
    """`frame` with the last value of each item: as one pick after another, but every table is gone through once."""
    import polars as pl

    wanted = [name for name in names if name not in frame.columns]
    before, of = frame.columns, dict[str, list[str]]()
    for name in wanted:
        of.setdefault(table_of(protocol, name), []).append(name)
    for table, own in of.items():
        if (rows := _in_order(protocol, tables, table, ordered)) is not None:
            last = [pl.col(name).drop_nulls().last() for name in own]
            picked = rows.lazy().group_by("participant", maintain_order=True).agg(last).collect()
            frame = frame.join(picked, on="participant", how="left", maintain_order="left")
    typed = [
        (pl.col(name) if name in frame.columns else pl.lit(None).alias(name)).cast(_dtype(protocol, name), strict=False)
        for name in wanted
    ]
    return frame.select(*before, *typed)


def _in_order(
    protocol: Protocol, tables: Mapping[str, pl.DataFrame], name: str, ordered: dict[str, pl.DataFrame]
) -> pl.DataFrame | None:
    """A table's rows in the order of visits, in which values are picked; None where it has none."""
    import polars as pl

    table = tables.get(name)
    if table is None or table.is_empty():
        return None
    if name not in ordered:
        order = {visit.id: position for position, visit in enumerate(protocol.visits)}
        place = pl.col("visit").replace_strict(order, default=len(order), return_dtype=pl.Int64).alias("_visit")
        by = ("participant", "_visit", "occurrence", "row", "seq")
        ordered[name] = table.lazy().with_columns(place).sort(*by, nulls_last=False).drop("_visit").collect()
    return ordered[name]


def _with(
    protocol: Protocol,
    tables: Mapping[str, pl.DataFrame],
    frame: pl.DataFrame,
    name: str,
    under: tuple[str, ...],
    ordered: dict[str, pl.DataFrame],
) -> pl.DataFrame:
    """`frame` with the column `name`, and before it whatever that column needs."""
    import polars as pl

    if name in frame.columns or name in under:
        return frame
    variable = protocol.variable_by_id.get(name)
    if variable is None:
        rows = _in_order(protocol, tables, table_of(protocol, name), ordered)
        return _join(frame, _picked(rows, frame, name, "last", (), None), name, protocol)
    if variable.pick is not None:
        pick = variable.pick
        rows = _in_order(protocol, tables, table_of(protocol, pick.item), ordered)
        column = _picked(rows, frame, pick.item, pick.which, pick.visits, pick.where)
        return _join(frame, column, name, protocol, variable)
    rule = read_rule(variable.rule or "")
    for needed in rule.names:
        frame = _with(protocol, tables, frame, needed, (*under, name), ordered)
    if missing := [n for n in rule.names if n not in frame.columns]:
        frame = frame.with_columns(pl.lit(None).alias(n) for n in missing)
    values = evaluate(rule.text, frame).cast(polars_type(variable.type), strict=False)
    return frame.with_columns(values.alias(name))


def _dtype(protocol: Protocol, name: str) -> Any:
    named = item_named(protocol, name)
    assert named is not None  # a name that is no variable's is an item's or a facet's
    return polars_type(named.column(protocol).type)


def _join(
    frame: pl.DataFrame, column: pl.DataFrame | None, name: str, protocol: Protocol, variable: Variable | None = None
) -> pl.DataFrame:
    import polars as pl

    dtype = polars_type(variable.type) if variable is not None else _dtype(protocol, name)
    which = variable.pick.which if variable and variable.pick else "last"
    nothing = {"any": False, "count": 0}.get(which)
    if column is None or column.is_empty():
        return frame.with_columns(pl.lit(nothing, dtype=dtype).alias(name))
    joined = frame.join(column.rename({"value": name}), on="participant", how="left", maintain_order="left")
    filled = pl.col(name).fill_null(nothing) if nothing is not None else pl.col(name)
    return joined.with_columns(filled.cast(dtype, strict=False))


def _picked(
    table: pl.DataFrame | None,
    participants: pl.DataFrame,
    item: str,
    which: str,
    visits: Collection[str],
    where: str | None,
) -> pl.DataFrame | None:
    """`participant`, `value`: one value per participant out of an item's rows (those with a value,
    in the order of visits, in which `table` is).
    """
    import polars as pl

    if table is None:
        return None
    if visits:
        table = table.filter(pl.col("visit").is_in(list(visits)))
    if where is not None:
        needed = [n for n in read_rule(where).names if n not in table.columns and n in participants.columns]
        if needed:
            known = participants.select("participant", *needed)
            table = table.join(known, on="participant", how="left", maintain_order="left")
        table = table.filter(evaluate(where, table).fill_null(value=False).cast(pl.Boolean))
    rows = table.lazy().select("participant", pl.col(item).alias("value"))
    if not (where is not None and which in ("any", "count")):
        rows = rows.filter(pl.col("value").is_not_null())
    value = pl.col("value")
    picks = {
        "first": value.first(),
        "last": value.last(),
        "min": value.min(),
        "max": value.max(),
        "sum": value.sum(),
        "mean": value.mean(),
        "count": pl.len().cast(pl.Int64),
        "any": pl.lit(True).first(),
    }
    return rows.group_by("participant", maintain_order=True).agg(picks[which].alias("value")).collect()
