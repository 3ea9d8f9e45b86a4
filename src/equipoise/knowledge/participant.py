"""What is known of one participant now: built-ins, bare items and variables, as rules compute with them.

The same meaning as `derivation` gives to a whole data cut: picks are taken by its plain twin, `one_participant`, and
rules are computed by the same expressions. Is given nothing but one participant's records and dates, so that its cost
does not grow with the study.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from equipoise.forms.facets import FACETS, NOWHERE
from equipoise.knowledge.one_participant import OneParticipant
from equipoise.knowledge.records import RecordKey, RecordRow
from equipoise.knowledge.surroundings import around_row
from equipoise.knowledge.words import phrase
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, bare_items, item_named, participant_columns, timezone_of
from equipoise.rules import Column, compute, read_rule
from equipoise.words import Phrase

__all__ = ["Knowledge", "missing_items", "missing_names"]


class Knowledge:
    """One participant's values by name, worked out when first asked for.

    `built_ins` are typed (dates as dates), without the arm; `arm` opens the allocation where a rule may know it.
    """

    def __init__(
        self,
        protocol: Protocol,
        records: Mapping[RecordKey, RecordRow],
        built_ins: Mapping[str, Any],
        columns: dict[str, Column] | None = None,
        arm: Callable[[], str | None] | None = None,
    ) -> None:
        self.protocol, self.records = protocol, records
        self.columns = participant_columns(protocol) if columns is None else columns
        self.bare = bare_items(protocol)
        self._known: dict[str, Any] = dict(built_ins)
        self._arm = arm  # opened only when a rule asks for it
        self._view: OneParticipant | None = None

    def values(self, names: Iterable[str]) -> dict[str, Any]:
        """The values of `names`; what nothing defines or nobody recorded is None."""
        return {name: self.value(name) for name in names}

    def value(self, name: str) -> Any:
        """The value of one name."""
        if name not in self._known:
            self._known[name] = None  # a circle, which checking refuses, would otherwise never end
            self._known[name] = self._work_out(name)
        return self._known[name]

    def holds(self, rule: str) -> tuple[bool | None, tuple[str, ...]]:
        """Whether a rule is true, false or not yet known of the participant, and the names that it lacks a value of."""
        names = read_rule(rule).names
        values = self.values(names)
        truth = compute(rule, values, self.columns)
        return (None if truth is None else bool(truth)), tuple(sorted(n for n in names if values[n] is None))

    def _work_out(self, name: str) -> Any:
        if name == "arm":
            return self._arm() if self._arm is not None else None
        variable = self.protocol.variable_by_id.get(name)
        if variable is None:
            return self._bare_item(name) if name in self.bare else None
        if variable.rule is not None:
            value = compute(variable.rule, self.values(read_rule(variable.rule).names), self.columns)
            return _as_type(variable.type, value)
        return self._picked(name)

    def _bare_item(self, name: str) -> Any:
        named = item_named(self.protocol, name)
        record = next((r for key, r in self.records.items() if named is not None and key[2] == named.form.id), None)
        if named is None or record is None:
            return None
        around = NOWHERE
        if named.item.type in FACETS:
            around = around_row(self.protocol, self.timezone, (record.form, None), record.values, self.value)
        return named.value(record.values, around)

    @property
    def timezone(self) -> str | None:
        """The time zone of the participant's site."""
        return timezone_of(self.protocol, self._known.get("site"))

    def _picked(self, name: str) -> Any:
        if self._view is None:
            self._view = OneParticipant(self.protocol, self.records.values(), _Asked(self))
        return self._view[name]


class _Asked(Mapping[str, Any]):
    """Built-ins as the knowledge gives them: the arm is opened only when a pick's rule asks for it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __getitem__(self, name: str) -> Any:
        return self._knowledge.value(name)

    def __iter__(self) -> Iterator[str]:
        return iter(BUILT_INS)

    def __len__(self) -> int:
        return len(BUILT_INS)


def _as_type(kind: str, value: Any) -> Any:
    """As a cast to the variable's type gives it."""
    if value is None:
        return None
    if kind == "integer":
        return int(value)
    if kind == "decimal":
        return float(value)
    if kind in ("text", "code"):
        return value if isinstance(value, str) else str(value)
    if kind == "date" and isinstance(value, datetime):
        return value.date()
    return bool(value) if kind == "boolean" else value


def missing_names(knowledge: Knowledge, names: Iterable[str], under: tuple[str, ...] = ()) -> list[str]:
    """The items (or built-ins) that names lack a value of: variables are followed down to what is recorded."""
    protocol = knowledge.protocol
    found: list[str] = []
    for name in names:
        variable = protocol.variable_by_id.get(name)
        if name in under or knowledge.value(name) is not None:
            continue
        if variable is not None and variable.rule is not None:
            below = missing_names(knowledge, sorted(read_rule(variable.rule).names), (*under, name))
            found += below or [name]
        else:
            found.append(variable.pick.item if variable is not None and variable.pick is not None else name)
    return list(dict.fromkeys(found))


def missing_items(knowledge: Knowledge, names: Collection[str]) -> list[Phrase | str]:
    """The recorded things that names lack a value of, as their labels call them."""
    return [_in_words(knowledge.protocol, name) for name in missing_names(knowledge, names)]


def _in_words(protocol: Protocol, name: str) -> Phrase | str:
    named, variable = item_named(protocol, name), protocol.variable_by_id.get(name)
    if named is not None:
        return phrase("item", name=name, label=named.item.label, form=named.form.id)
    return name if variable is None else phrase("variable", name=name, label=variable.label)
