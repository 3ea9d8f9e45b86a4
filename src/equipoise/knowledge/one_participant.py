"""The values of one participant, without tables: what `derive` gives for that participant's row, asked name by name.

A desk or a rehearsal asks for two or three names after each form; typed tables of one row would cost a hundred times
the answer. Values are computed when they are asked for, and kept until something is recorded. The data cut uses
`derivation.derive`; twins hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from equipoise.forms.facets import FACETS, NOWHERE, Around
from equipoise.knowledge.records import RecordRow
from equipoise.knowledge.surroundings import around_row
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, Named, bare_items, item_named, timezone_of
from equipoise.rules import Column, compute, read_rule
from equipoise.variables import Pick, Variable

__all__ = ["OneParticipant"]


class OneParticipant(Mapping[str, Any]):
    """Names to values: built-ins as given (typed), bare items and variables from the records."""

    def __init__(self, protocol: Protocol, records: Iterable[RecordRow], built_ins: Mapping[str, Any]) -> None:
        self.protocol = protocol
        self.records = list(records)
        self._of_form: dict[str, list[RecordRow]] = {}
        for record in self.records:
            self._of_form.setdefault(record.form, []).append(record)
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
        named = item_named(self.protocol, name)
        if named is None:
            raise KeyError(name)
        return named.column(self.protocol)

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
        if item_named(self.protocol, name) is None:
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
        return BUILT_INS | protocol.variable_by_id | protocol.item_by_id | protocol.facet_by_name

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
        named = item_named(self.protocol, pick.item)
        assert named is not None  # checking has told of a pick of nothing
        form, group = named.form, named.group
        rows = [r for r in self._of_form.get(form.id, ()) if not pick.visits or r.visit in pick.visits]
        rows.sort(key=lambda r: (self._order.get(r.visit, len(self._order)), r.occurrence, r.seq))
        for record in rows:
            for row in record.groups.get(group, ()) if group else ({},):
                if pick.where is None or self._holds(pick.where, record, row, group):
                    yield self._value(named, record, row, group)

    def _value(self, named: Named, record: RecordRow, row: Mapping[str, Any], group: str | None) -> Any:
        """The value of an item (or of a facet of one) in a row of a record, as rules compute with it."""
        around = self._around(record, row, group) if named.item.type in FACETS else NOWHERE
        return named.value(row if named.group else record.values, around)

    def _around(self, record: RecordRow, row: Mapping[str, Any], group: str | None) -> Around:
        zone = timezone_of(self.protocol, self.built_ins.get("site"))

        def known(name: str) -> Any:
            return self[name] if name in self._names else None

        return around_row(self.protocol, zone, (record.form, group), {**record.values, **row}, known)

    def _holds(self, where: str, record: RecordRow, row: Mapping[str, Any], group: str | None) -> bool:
        known: dict[str, Any] = {}
        columns: dict[str, Column] = {}
        for name in read_rule(where).names:
            of = item_named(self.protocol, name)
            if of is not None and of.form.id == record.form and of.group in (None, group):
                columns[name] = of.column(self.protocol)
                known[name] = self._value(of, record, row, group)
            elif name in ("visit", "occurrence"):
                columns[name] = Column(name, {"visit": "text", "occurrence": "integer"}[name])
                known[name] = getattr(record, name)
            elif name == "observed":
                columns[name] = Column(name, "date")
                known[name] = date.fromisoformat(record.observed) if record.observed else None
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
