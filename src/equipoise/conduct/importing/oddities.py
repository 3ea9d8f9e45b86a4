"""What can be read and is odd all the same: a third value in a column of two, times below nothing, days to come.

Warnings, because only who knows the source can tell; each with the rows. A rule such as `status = 1` makes no of
everything else, also of a code that nobody thought of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from equipoise.conduct.importing.asking import Asking
from equipoise.conduct.importing.clauses import leave_out_clause
from equipoise.conduct.importing.mapping import MappedRecord
from equipoise.conduct.importing.values import in_sql, shown
from equipoise.conduct.importing.words import phrase, warning
from equipoise.findings import Finding
from equipoise.forms import Item
from equipoise.protocol.document import Protocol
from equipoise.rules import read_rule
from equipoise.units import convert, known_unit, same_quantity

__all__ = ["find_oddities"]

_LUMPED_SHOWN_MAX = 5
_SAID = "total,totals,subtotal,grand total,sum,mean,average,median,count,合计,总计,小计,总数,平均,平均值,均值"
_SUMS = frozenset(_SAID.split(","))
_YEARS_MAX = 130  # nobody was followed for longer


def find_oddities(ask: Asking, protocol: Protocol, today: date) -> list[Finding]:
    """Every warning about the values that the records of the mapping take."""
    found: list[Finding] = []
    told = set[str]()
    for record in ask.source.mapping.acts.records:
        for item, text in _filled(record, protocol):
            places = [place for place in range(len(ask.cells.rows)) if _asked(ask, record, place)]
            if text not in told:
                told.add(text)
                found += _lumped(ask, text, item, places)
            found += _beyond(ask, text, item, places, today)
    acts = ask.source.mapping.acts
    found += _totals(ask, acts.participant)
    texts = [("arm", acts.randomized.arm)] if acts.randomized else []
    for _, text in texts:
        found += _lumped(ask, text, None, list(range(len(ask.cells.rows))))
    return found


def _totals(ask: Asking, text: str) -> Iterator[Finding]:
    """Numbers of participants that are words for sums: a row that somebody added below the data."""
    for place, value in enumerate(ask.values(text)):
        if place not in ask.cells.faulty and str(value).strip(" :：").casefold() in _SUMS:
            names = read_rule(text).names
            if len(names) == 1:
                clause = leave_out_clause(names[0], ask.cells.original(place, names[0]))
                facts = {"value": shown(value), "map_file": ask.source.file, "clause": clause}
                yield warning("import.total", ask.cells.where(place, *names), **facts)


def _filled(record: MappedRecord, protocol: Protocol) -> Iterator[tuple[Item, str]]:
    rows = [row.values for group in record.groups.values() for row in group]
    for values in (record.values, *rows):
        for name, text in values.items():
            yield protocol.item_by_id[name][2], text


def _asked(ask: Asking, record: MappedRecord, place: int) -> bool:
    return place not in ask.cells.faulty and (record.when is None or ask.value(record.when, place) is True)


def _lumped(ask: Asking, text: str, item: Item | None, places: list[int]) -> Iterator[Finding]:
    """Two and more values that an expression does not name and of which it makes the same."""
    rule = read_rule(text)
    if len(rule.names) != 1 or ask.source.mapping.type_of(rule.names[0]) not in ("integer", "text"):
        return
    named = _literals(rule.tree)
    if named is None or not named:
        return
    column = rule.names[0]
    unnamed: dict[Any, list[int]] = {}
    for place in places:
        value = ask.cells.exact[column][place]
        if value is not None and value not in named and ask.value(text, place) is not None:
            unnamed.setdefault((ask.value(text, place), value), []).append(place)
    for result in {result for result, _ in unnamed}:
        alike = sorted((len(at), value, at[0]) for (of, value), at in unnamed.items() if of == result)
        if not 2 <= len(alike) <= _LUMPED_SHOWN_MAX:
            continue
        kind = ask.source.mapping.type_of(column)
        facts = {
            "column": column,
            "values": [phrase("value_rows", value=shown(value), count=count) for count, value, _ in reversed(alike)],
            "result": shown(result),
            "what": item.id if item is not None else phrase("arm"),
            "rule": text,
            "example": f"CASE WHEN {column} = {in_sql(kind, alike[-1][1])} THEN ... WHEN ... END",
        }
        yield warning("import.lumped", ask.cells.where(alike[0][2], column), map_file=ask.source.file, **facts)


def _literals(tree: Any) -> set[Any] | None:
    """The numbers and texts that a rule compares its column with; None where it does anything but compare."""
    found = set[Any]()
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack += node
        if not isinstance(node, dict):
            continue
        if "BinaryExpr" in node:
            sides = node["BinaryExpr"]
            if sides.get("op") not in ("Eq", "NotEq", "And", "Or"):
                return None
            found |= {value for side in ("left", "right") for value in _scalars(sides[side].get("Literal"))}
        if "Function" in node and node["Function"].get("function") != {"Boolean": "Not"}:
            return None
        if "Cast" in node and node["Cast"].get("dtype") != {"Literal": "Boolean"}:
            return None
        stack += [inner for name, inner in node.items() if name != "Literal"]
    return found


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        for inner in node.values():
            yield from _scalars(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _scalars(inner)
    elif isinstance(node, (int, str)) and not isinstance(node, bool):
        yield node


def _of_time(unit: str) -> bool:
    return known_unit(unit) and same_quantity(unit, "d")


def _beyond(ask: Asking, text: str, item: Item, places: list[int], today: date) -> Iterator[Finding]:
    """Times that are negative or longer than a life, and days that have not come yet."""
    timed = item.unit is not None and item.type in ("integer", "decimal") and _of_time(item.unit)
    if not timed and item.type != "date":
        return
    for place in places:
        value = ask.value(text, place)
        if value is None:
            continue
        where, what = ask.cells.where(place, *read_rule(text).names), item.id
        if item.type == "date":
            if str(value) > today.isoformat():
                yield warning("import.future/item", where, what=what, day=value, today=today)
        elif (number := float(value)) < 0:
            yield warning("import.negative_time", where, what=what, value=shown(value), unit=item.unit)
        elif item.unit is not None and float(convert(number, item.unit, "a")) > _YEARS_MAX:
            yield warning("import.long_time", where, what=what, value=shown(value), unit=item.unit)
