"""The values of one participant, without tables: what `derive` gives for that participant's row, asked name by name.

A desk or a rehearsal asks for two or three names after each form; typed tables of one row would cost a hundred times
the answer. Values are computed when they are asked for, and kept until something is recorded. The data cut uses
`derivation.derive`; twins hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, bare_items, item_column
from equipoise.rules import Column, compute, read_rule
from equipoise.variables import Pick, Variable

__all__ = ["OneParticipant", "typed_value"]


def typed_value(type_: str, value: Any) -> Any:
    """A recorded value (dates and decimals are text) in the type that a rule computes with; unreadable is missing."""
    if value is None or type_ in ("text", "code", "boolean"):
        return value
    try:
        if type_ == "integer":
            return int(value)
        if type_ == "decimal":
            return float(value)
        return date.fromisoformat(value) if type_ == "date" else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None


class OneParticipant(Mapping[str, Any]):
    """Names to values: built-ins as given (typed), bare items and variables from the records."""

    def __init__(self, protocol: Protocol, records: Iterable[RecordRow], built_ins: Mapping[str, Any]) -> None:
        self.protocol = protocol
        self.records = list(records)
        self.built_ins = built_ins
        self._order = {visit.id: place for place, visit in enumerate(protocol.visits)}
        self._kept: dict[str, Any] = {}
        self._under: set[str] = set()

    def column(self, name: str) -> Column:
        """The type of a name that a participant-level rule may use; KeyError when there is none."""
        if name in BUILT_INS:
            return BUILT_INS[name]
        variable = self.protocol.variable_by_id.get(name)
        if variable is not None:
            return Column(name, variable.type, variable.unit)
        return item_column(self.protocol, self.protocol.item_by_id[name][2])

    def __getitem__(self, name: str) -> Any:
        if name in self._kept:
            return self._kept[name]
        if name in BUILT_INS:
            return self.built_ins.get(name)
        if name in self._under:  # variables that need each other have no value
            return None
        self._under.add(name)
        try:
            variable = self.protocol.variable_by_id.get(name)
            value = self._variable(variable) if variable is not None else self._bare(name)
        finally:
            self._under.discard(name)
        self._kept[name] = value
        return value

    def __iter__(self) -> Iterator[str]:
        return iter((*BUILT_INS, *sorted(bare_items(self.protocol)), *self.protocol.variable_by_id))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _bare(self, name: str) -> Any:
        if name not in self.protocol.item_by_id:
            raise KeyError(name)
        return self._picked(Pick(item=name)) if name in bare_items(self.protocol) else None

    def _variable(self, variable: Variable) -> Any:
        if variable.pick is not None:
            return self._picked(variable.pick)
        rule = read_rule(variable.rule or "")
        known = {name: self[name] for name in rule.names if name in self._names}
        columns = {name: self.column(name) if name in self._names else Column(name, "text") for name in rule.names}
        return _as(variable.type, compute(rule.text, known, columns))

    @property
    def _names(self) -> Mapping[str, Any]:
        protocol = self.protocol
        return BUILT_INS | protocol.variable_by_id | protocol.item_by_id

    def _picked(self, pick: Pick) -> Any:
        values = list(self._values(pick))
        if not (pick.where is not None and pick.which in ("any", "count")):
            values = [value for value in values if value is not None]
        if pick.which in ("any", "count"):
            return bool(values) if pick.which == "any" else len(values)
        if not values:
            return None
        match pick.which:
            case "first":
                return values[0]
            case "last":
                return values[-1]
            case "min":
                return min(values)
            case "max":
                return max(values)
            case "sum":
                return sum(values)
            case _:
                return sum(values) / len(values)

    def _values(self, pick: Pick) -> Iterator[Any]:
        """The item's value in each row that the pick looks at, in the order of visits, occurrences and rows."""
        form, group, item = self.protocol.item_by_id[pick.item]
        rows = [r for r in self.records if r.form == form.id and (not pick.visits or r.visit in pick.visits)]
        rows.sort(key=lambda r: (self._order.get(r.visit, len(self._order)), r.occurrence, r.seq))
        for record in rows:
            for row in record.groups.get(group, ()) if group else ({},):
                if pick.where is None or self._holds(pick.where, record, row, group):
                    yield typed_value(item.type, (row if group else record.values).get(item.id))

    def _holds(self, where: str, record: RecordRow, row: Mapping[str, Any], group: str | None) -> bool:
        known: dict[str, Any] = {}
        columns: dict[str, Column] = {}
        for name in read_rule(where).names:
            of = self.protocol.item_by_id.get(name)
            if of is not None and of[0].id == record.form and of[1] in (None, group):
                columns[name] = item_column(self.protocol, of[2])
                known[name] = typed_value(of[2].type, (row if of[1] else record.values).get(name))
            elif name in ("visit", "occurrence", "observed"):
                columns[name] = Column(name, {"visit": "text", "occurrence": "integer", "observed": "date"}[name])
                known[name] = typed_value(columns[name].type, getattr(record, name))
            else:
                columns[name], known[name] = self.column(name), self[name]
        return compute(where, known, columns) is True


def _as(type_: str, value: Any) -> Any:
    """A computed value in the variable's own type, as a cast in a frame would give it."""
    if value is None:
        return None
    if type_ == "integer" and isinstance(value, (int, float)):
        return int(value)
    if type_ == "decimal" and isinstance(value, (int, float)):
        return float(value)
    if type_ == "date" and isinstance(value, datetime):
        return value.date()
    return value
