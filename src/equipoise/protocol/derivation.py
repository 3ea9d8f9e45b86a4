"""From recorded rows to one row per participant: tables of items, bare items, picks and rules.

The same code serves one participant at the desk and a whole data cut. Knows no ledger: it is given rows.
A bare item may be named in a participant-level rule only when it can have one value: its form is used at exactly
one visit that is neither repeated nor a log, and it stands outside any repeating group.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import ByIdentity
from equipoise.rules import Column, evaluate, names_of, polars_type, read_rule

if TYPE_CHECKING:
    import polars as pl

    from equipoise.forms import Item
    from equipoise.variables import Variable

__all__ = [
    "BUILT_INS",
    "RecordRow",
    "bare_items",
    "build_tables",
    "derive",
    "empty_tables",
    "item_column",
    "names_behind",
    "participant_columns",
    "table_columns",
    "table_of",
]

BUILT_INS: dict[str, Column] = {
    column.name: column
    for column in (
        *(Column(n, "text", where="built-in") for n in ("participant", "site", "arm")),
        *(
            Column(f"{n}_date", "date", where="built-in")
            for n in ("screened", "consented", "enrolled", "randomized", "withdrawn", "cut")
        ),
        *(Column(n, "boolean", where="built-in") for n in ("consented", "enrolled", "randomized", "withdrawn")),
    )
}
KEYS = ("participant", "visit", "occurrence", "row", "seq", "observed")


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One recorded form: single values by item, and repeating groups as lists of rows (item to value)."""

    participant: str
    visit: str
    occurrence: int
    form: str
    observed: str | None
    seq: int
    values: Mapping[str, Any] = field(default_factory=dict)
    groups: Mapping[str, list[Mapping[str, Any]]] = field(default_factory=dict)


def item_column(protocol: Protocol, item: Item, where: str = "") -> Column:
    """The column that an item makes in a table."""
    codelist = protocol.codelist_by_id.get(item.codelist or "")
    codes = frozenset(code.code for code in codelist.codes) if codelist else None
    return Column(item.id, item.type, item.unit, codes, where)


def table_columns(protocol: Protocol, form_id: str, group: str | None = None) -> dict[str, Column]:
    """The items of one table: a form's single items, or those plus the items of one repeating group."""
    return dict(_table_columns(ByIdentity(protocol), form_id, group))


@lru_cache(maxsize=1024)
def _table_columns(protocol: ByIdentity, form_id: str, group: str | None) -> dict[str, Column]:
    form = protocol.of.form_by_id[form_id]
    words = f"item of form {form_id}"
    return {item.id: item_column(protocol.of, item, words) for of, item in form.all_items() if of in (None, group)}


@lru_cache(maxsize=64)
def _bare_items(protocol: ByIdentity) -> frozenset[str]:
    return frozenset(_single_valued(protocol.of))


def _single_valued(protocol: Protocol) -> Iterable[str]:
    uses: dict[str, list[bool]] = {}
    for visit in protocol.visits:
        for form_id in dict.fromkeys(visit.forms):
            uses.setdefault(form_id, []).append(visit.kind == "scheduled" and visit.repeat is None)
    for form in protocol.forms:
        if uses.get(form.id) == [True]:
            yield from (item.id for item in form.items)


def bare_items(protocol: Protocol) -> frozenset[str]:
    """The items that a participant-level rule may name as they are."""
    return _bare_items(ByIdentity(protocol))


def participant_columns(protocol: Protocol) -> dict[str, Column]:
    """Everything that a participant-level rule may name once everything has been recorded."""
    columns = dict(BUILT_INS)
    for name in bare_items(protocol):
        form, _, item = protocol.item_by_id[name]
        columns[name] = item_column(protocol, item, f"item of form {form.id}")
    for variable in protocol.variables:
        codelist = protocol.codelist_by_id.get(variable.codelist or "")
        codes = frozenset(code.code for code in codelist.codes) if codelist else None
        columns[variable.id] = Column(variable.id, variable.type, variable.unit, codes, "variable")
    return columns


def names_behind(
    protocol: Protocol, names: Iterable[str], also: Callable[[str], Iterable[str]] = lambda _name: ()
) -> frozenset[str]:
    """The names and all that their values rest on: items, variables and built-ins, through picks, rules and derivations.

    `also` gives what else a name rests on.
    """
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting += also(name)
        if (variable := protocol.variable_by_id.get(name)) is not None:
            waiting += variable.rests_on()
        elif name in protocol.item_by_id:
            form, _, item = protocol.item_by_id[name]
            waiting += names_of(item.computed) if item.computed else ()
            waiting += [n for d in form.derivations if name in d.gives.values() for n in d.rests_on()]
    return frozenset(found)


def table_of(protocol: Protocol, item: str) -> str:
    """The table that holds an item: its form, or its form and repeating group."""
    form, group, _ = protocol.item_by_id[item]
    return f"{form.id}.{group}" if group else form.id


def _schema(protocol: Protocol, table: str) -> dict[str, Any]:
    import polars as pl

    form, _, group = table.partition(".")
    keys = {"participant": pl.String(), "visit": pl.String(), "occurrence": pl.Int64(), "row": pl.Int64(),
            "seq": pl.Int64(), "observed": pl.Date()}  # fmt: skip
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
    wanted = list(names) if names is not None else [*sorted(bare_items(protocol)), *protocol.variable_by_id]
    for name in wanted:
        frame = _with(protocol, tables, frame, name, ())
    return frame


def _with(
    protocol: Protocol, tables: Mapping[str, pl.DataFrame], frame: pl.DataFrame, name: str, under: tuple[str, ...]
) -> pl.DataFrame:
    """`frame` with the column `name`, and before it whatever that column needs."""
    import polars as pl

    if name in frame.columns or name in under:
        return frame
    variable = protocol.variable_by_id.get(name)
    if variable is None:
        return _join(frame, _picked(protocol, tables, frame, name, "last", (), None), name, protocol)
    if variable.pick is not None:
        pick = variable.pick
        column = _picked(protocol, tables, frame, pick.item, pick.which, pick.visits, pick.where)
        return _join(frame, column, name, protocol, variable)
    rule = read_rule(variable.rule or "")
    for needed in rule.names:
        frame = _with(protocol, tables, frame, needed, (*under, name))
    if missing := [n for n in rule.names if n not in frame.columns]:
        frame = frame.with_columns(pl.lit(None).alias(n) for n in missing)
    values = evaluate(rule.text, frame).cast(polars_type(variable.type), strict=False)
    return frame.with_columns(values.alias(name))


def _join(
    frame: pl.DataFrame, column: pl.DataFrame | None, name: str, protocol: Protocol, variable: Variable | None = None
) -> pl.DataFrame:
    import polars as pl

    dtype = polars_type(variable.type if variable else protocol.item_by_id[name][2].type)
    which = variable.pick.which if variable and variable.pick else "last"
    nothing = {"any": False, "count": 0}.get(which)
    if column is None or column.is_empty():
        return frame.with_columns(pl.lit(nothing, dtype=dtype).alias(name))
    joined = frame.join(column.rename({"value": name}), on="participant", how="left", maintain_order="left")
    filled = pl.col(name).fill_null(nothing) if nothing is not None else pl.col(name)
    return joined.with_columns(filled.cast(dtype, strict=False))


def _picked(
    protocol: Protocol,
    tables: Mapping[str, pl.DataFrame],
    participants: pl.DataFrame,
    item: str,
    which: str,
    visits: Collection[str],
    where: str | None,
) -> pl.DataFrame | None:
    """`participant`, `value`: one value per participant out of an item's rows (those with a value, in the order of visits)."""
    import polars as pl

    table = tables.get(table_of(protocol, item))
    if table is None or table.is_empty():
        return None
    if visits:
        table = table.filter(pl.col("visit").is_in(list(visits)))
    if where is not None:
        needed = [n for n in read_rule(where).names if n not in table.columns and n in participants.columns]
        if needed:
            known = participants.select("participant", *needed)
            table = table.join(known, on="participant", how="left", maintain_order="left")
        table = table.filter(evaluate(where, table).fill_null(value=False).cast(pl.Boolean))
    order = {visit.id: position for position, visit in enumerate(protocol.visits)}
    rows = table.select(
        "participant",
        pl.col("visit").replace_strict(order, default=len(order), return_dtype=pl.Int64).alias("_visit"),
        "occurrence",
        "row",
        "seq",
        pl.col(item).alias("value"),
    ).sort("participant", "_visit", "occurrence", "row", "seq", nulls_last=False)
    if not (where is not None and which in ("any", "count")):
        rows = rows.filter(pl.col("value").is_not_null())
    value = pl.col("value")
    picks = {"first": value.first(), "last": value.last(), "min": value.min(), "max": value.max(), "sum": value.sum(),
             "mean": value.mean(), "count": pl.len().cast(pl.Int64), "any": pl.lit(True).first()}  # fmt: skip
    return rows.group_by("participant", maintain_order=True).agg(picks[which].alias("value"))
