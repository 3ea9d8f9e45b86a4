"""What virtual participants are drawn from: the scenario's distributions, and the names that their rules may use.

One script serves every participant of a rehearsal; rules are made ready once. Knows no participant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from equipoise.design import Distribution, Scenario
from equipoise.design.distribution import MOMENT
from equipoise.forms import Check, Form
from equipoise.protocol.derivation import BUILT_INS, bare_items, item_column
from equipoise.protocol.document import Protocol
from equipoise.rules import Column, read_rule
from equipoise.rules.plain import plain

__all__ = ["Kind", "Prepared", "Script", "items_behind", "names_behind", "script_of"]

_MOMENT_TYPES = {"visit": "text", "occurrence": "integer", "day": "integer", "row": "integer"}


class Kind(Enum):
    """Where the value of a name comes from."""

    ITEM = auto()
    BUILT_IN = auto()
    LATENT = auto()
    MOMENT = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A rule: its names with where each comes from, their columns, and the rule in plain Python where it can be."""

    text: str
    names: tuple[tuple[str, Kind], ...]
    columns: Mapping[str, Column]
    plain: Callable[[Mapping[str, Any]], Any] | None


class Script:
    """`rows`: how many rows a group has; `same_rows`: groups whose rows come again, and the items that stay in them."""

    def __init__(
        self,
        protocol: Protocol,
        items: Mapping[str, Distribution] | None = None,
        latents: Mapping[str, Distribution] | None = None,
        rows: Mapping[str, Distribution] | None = None,
        same_rows: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.protocol = protocol
        self.items = items or {}
        self.latents = latents or {}
        self.rows = rows or {}
        self.same_rows = same_rows or {}
        self.bare = bare_items(protocol)
        self.derived = frozenset(name for form in protocol.forms for name in form.derived_items())
        self._prepared: dict[tuple[str, str], Prepared] = {}
        self._groups: dict[tuple[str, str], str | None] = {}

    def rule(self, text: str, about: str = "") -> Prepared:
        """The rule made ready; `about` is the item whose value it gives (`previous` has its type)."""
        key = (text, about)
        found = self._prepared.get(key)
        if found is None:
            names = read_rule(text).names
            columns = {name: self._column(name, about) for name in names}
            found = Prepared(text, tuple((name, self._kind(name)) for name in names), columns, plain(text))
            self._prepared[key] = found
        return found

    def group_of(self, form: Form, check: Check) -> str | None:
        """The group whose rows a check is about."""
        key = (form.id, check.id)
        if key not in self._groups:
            grouped = {item.id: group.id for group in form.groups for item in group.items}
            self._groups[key] = next((grouped[n] for n in read_rule(check.rule).names if n in grouped), None)
        return self._groups[key]

    def _kind(self, name: str) -> Kind:
        if name in self.protocol.item_by_id:
            return Kind.ITEM
        if name in BUILT_INS or name in self.protocol.variable_by_id:
            return Kind.BUILT_IN
        if name in self.latents:
            return Kind.LATENT
        return Kind.MOMENT if name in MOMENT else Kind.NOTHING

    def _column(self, name: str, about: str) -> Column:
        match self._kind(name):
            case Kind.ITEM:
                return item_column(self.protocol, self.protocol.item_by_id[name][2])
            case Kind.BUILT_IN:
                variable = self.protocol.variable_by_id.get(name)
                return BUILT_INS[name] if variable is None else Column(name, variable.type, variable.unit)
            case Kind.LATENT:
                return Column(name, _latent_type(self.latents[name]))
            case Kind.MOMENT if name == "previous":
                known = self.protocol.item_by_id.get(about)
                return Column(name, known[2].type if known else "text")
            case Kind.MOMENT:
                return Column(name, _MOMENT_TYPES[name])
        return Column(name, "text")


def _latent_type(how: Distribution) -> str:
    if how.choice is not None or how.choice_by is not None or isinstance(how.value, str):
        return "text"
    return "boolean" if how.chance is not None or isinstance(how.value, bool) else "decimal"


def script_of(protocol: Protocol, scenario: Scenario) -> Script:
    """The script of a scenario."""
    return Script(
        protocol,
        {name: how.value for name, how in scenario.items.items()},
        {name: how.value for name, how in scenario.latents.items()},
        {name: how.value for name, how in scenario.rows.items()},
        scenario.same_rows,
    )


def items_behind(protocol: Protocol, names: Iterable[str], hows: Mapping[str, Distribution] | None = None) -> set[str]:
    """The items that decide what the named items and variables are; with `hows`, also through rules of distributions."""
    return {name for name in names_behind(protocol, names, hows) if name in protocol.item_by_id}


def names_behind(protocol: Protocol, names: Iterable[str], hows: Mapping[str, Distribution] | None = None) -> set[str]:
    """Every name that decides what the named ones are. What a medical rule fills in rests on what its derivation names."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        variable = protocol.variable_by_id.get(name)
        if variable is not None and variable.pick is not None:
            waiting += [variable.pick.item, *(read_rule(variable.pick.where).names if variable.pick.where else ())]
        elif variable is not None:
            waiting += read_rule(variable.rule or "").names
        elif name in protocol.item_by_id:
            form, _, item = protocol.item_by_id[name]
            waiting += read_rule(item.computed).names if item.computed else ()
            for derivation in form.derivations:
                if name in derivation.gives.values():
                    waiting += derivation.inputs.values()
                    waiting += [n for rows in derivation.rows.values() for n in rows.fields.values()]
            how = (hows or {}).get(name)
            waiting += [n for _, rule in how.rules() for n in read_rule(rule).names] if how is not None else ()
    return seen
