"""From recorded rows to typed tables: one for each form, and one for each repeating group.

Stored values are canonical (dates and decimals are text) and become dates and numbers here. Knows no ledger: it is
given rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import KEYS, table_columns
from equipoise.rules import polars_type

if TYPE_CHECKING:
    import polars as pl

__all__ = ["build_tables", "empty_tables"]


def _schema(protocol: Protocol, table: str) -> dict[str, Any]:
    import polars as pl

    form, _, group = table.partition(".")
    keys = {
        "participant": pl.String(),
        "visit": pl.String(),
        "occurrence": pl.Int64(),
        "row": pl.Int64(),
        "seq": pl.Int64(),
        "observed": pl.Date(),
    }
    return keys | {n: polars_type(c.type) for n, c in table_columns(protocol, form, group or None).items()}


def _table_names(protocol: Protocol) -> Iterable[str]:
    for form in protocol.forms:
        yield form.id
        yield from (f"{form.id}.{group.id}" for group in form.groups)


def empty_tables(protocol: Protocol) -> dict[str, pl.DataFrame]:
    """Every table of the protocol, without rows."""
    import polars as pl

    return {name: pl.DataFrame(schema=_schema(protocol, name)) for name in _table_names(protocol)}


def build_tables(
    protocol: Protocol, records: Iterable[RecordRow], only: Collection[str] | None = None
) -> dict[str, pl.DataFrame]:
    """Typed tables, one for each form and one for each repeating group, rows in the order given.

    Stored values are canonical: dates and decimals are text, and become dates and numbers here.
    """
    import polars as pl

    collected: dict[str, dict[str, list[Any]]] = {}
    schemas: dict[str, dict[str, Any]] = {}

    def columns_of(table: str) -> dict[str, list[Any]]:
        if table not in collected:
            schemas[table] = _schema(protocol, table)
            collected[table] = {name: [] for name in schemas[table]}
        return collected[table]

    single = {form.id: tuple(item.id for item in form.items) for form in protocol.forms}
    grouped = {f"{form.id}.{g.id}": tuple(i.id for i in g.items) for form in protocol.forms for g in form.groups}
    for record in records:
        rows: list[tuple[str, int | None, Mapping[str, Any], tuple[str, ...]]] = [(record.form, None, {}, ())]
        for group, members in record.groups.items():
            table = f"{record.form}.{group}"
            rows += [(table, number, row, grouped[table]) for number, row in enumerate(members, start=1)]
        for table, number, row, own in rows:
            if only is not None and table not in only:
                continue
            columns = columns_of(table)
            for key, value in zip(
                KEYS,
                (record.participant, record.visit, record.occurrence, number, record.seq, record.observed),
                strict=True,
            ):
                columns[key].append(value)
            for name in single[record.form]:
                columns[name].append(record.values.get(name))
            for name in own:
                columns[name].append(row.get(name))
    return {name: _typed(pl.DataFrame, values, schemas[name]) for name, values in collected.items()}


def _typed(make: Any, values: dict[str, list[Any]], schema: dict[str, Any]) -> pl.DataFrame:
    import polars as pl

    text = {name: pl.String() for name, dtype in schema.items() if dtype in (pl.Date, pl.Float64, pl.Datetime)}
    frame: pl.DataFrame = make(values, schema=schema | text, strict=False)
    casts = []
    for name in text:
        dtype = schema[name]
        if dtype == pl.Float64:
            casts.append(pl.col(name).cast(pl.Float64))
        elif dtype == pl.Date:
            casts.append(pl.col(name).str.to_date("%Y-%m-%d", strict=False))
        else:
            casts.append(pl.col(name).str.to_datetime(strict=False, time_unit="us"))
    return frame.with_columns(casts) if casts else frame
