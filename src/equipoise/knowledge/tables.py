"""From recorded rows to typed tables: one for each form, and one for each repeating group.

Stored values are canonical (dates and decimals are text) and become dates and numbers here. Knows no ledger: it is
given rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from equipoise.forms.facets import FACETS, NOWHERE, Around
from equipoise.knowledge.records import RecordRow
from equipoise.knowledge.surroundings import around_row
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import KEYS, Named, item_named, table_columns
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
    protocol: Protocol,
    records: Iterable[RecordRow],
    only: Collection[str] | None = None,
    around: Callable[[str], Around] = lambda _participant: NOWHERE,
) -> dict[str, pl.DataFrame]:
    """Typed tables, one for each form and one for each repeating group, rows in the order given.

    Stored values are canonical: dates and decimals are text, and become dates and numbers here. `around` gives the
    surroundings of a participant's values: the time zone of the site, and the days that bound imputed ones.
    """
    import polars as pl

    collected: dict[str, list[tuple[Any, ...]]] = {}
    said: dict[str, list[Mapping[str, Any]]] = {}
    several: dict[str, dict[str, list[Any]]] = {}
    single = {form.id: tuple(item.id for item in form.items if item.type not in FACETS) for form in protocol.forms}
    grouped = {
        f"{form.id}.{g.id}": tuple(i.id for i in g.items if i.type not in FACETS)
        for form in protocol.forms
        for g in form.groups
    }
    # Most values need no more than a cast of their whole column; those that say several things are read one by one.
    read = {name: _read_one_by_one(protocol, name) for name in _table_names(protocol)}
    for record in records:
        rows: list[tuple[str, int | None, Mapping[str, Any]]] = [(record.form, None, {})]
        for group, members in record.groups.items():
            table = f"{record.form}.{group}"
            rows += [(table, number, row) for number, row in enumerate(members, start=1)]
        for table, number, row in rows:
            if only is not None and table not in only:
                continue
            key = (record.participant, record.visit, record.occurrence, number, record.seq, record.observed)
            collected.setdefault(table, []).append((*key, record.values))
            said.setdefault(table, []).append(row)
            if read[table]:
                columns = several.setdefault(table, {name: [] for name, _ in read[table]})
                values = {**record.values, **row}
                there = around(record.participant)
                here = around_row(
                    protocol, there.timezone, (record.form, table.partition(".")[2] or None), values, there.day_of
                )
                for name, named in read[table]:
                    columns[name].append(named.value(values, here))
    tables = {}
    for table, keyed in collected.items():
        columns = several.get(table, {})
        keys, values_of = list(zip(*keyed, strict=True)), [one[-1] for one in keyed]
        # Column by column: nearly all the time of a large cut would else be spent between one value and the next.
        known = {name: list(column) for name, column in zip(KEYS, keys, strict=False)} | columns
        known |= {name: [one.get(name) for one in values_of] for name in single[table.partition(".")[0]]}
        known |= {name: [one.get(name) for one in said[table]] for name in grouped.get(table, ())}
        schema = _schema(protocol, table)
        tables[table] = _typed(pl.DataFrame, {name: known[name] for name in schema}, schema, columns)
    return tables


def _read_one_by_one(protocol: Protocol, table: str) -> list[tuple[str, Named]]:
    """The columns of a table whose values say several things (times, partial dates, qualified numbers), with facets."""
    form, _, group = table.partition(".")
    named = ((name, item_named(protocol, name)) for name in table_columns(protocol, form, group or None))
    return [(name, one) for name, one in named if one is not None and one.item.type in FACETS]


def _typed(make: Any, values: dict[str, list[Any]], schema: dict[str, Any], read: Collection[str]) -> pl.DataFrame:
    import polars as pl

    text = {n: pl.String() for n, dtype in schema.items() if dtype in (pl.Date, pl.Float64) and n not in read}
    frame: pl.DataFrame = make(values, schema=schema | text, strict=False)
    casts = [
        pl.col(name).cast(pl.Float64)
        if schema[name] == pl.Float64
        else pl.col(name).str.to_date("%Y-%m-%d", strict=False)
        for name in text
    ]
    return frame.with_columns(casts) if casts else frame
