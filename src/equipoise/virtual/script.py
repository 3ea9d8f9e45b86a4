"""What virtual participants are drawn from: the scenario's distributions, and the names that their rules may use.

One script serves every participant of a rehearsal; rules are made ready once. Knows no participant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from equipoise.conduct.sheet.form_plan import FormPlan, plan_form
from equipoise.conduct.sheet.setting import Prepared
from equipoise.design import Distribution, Scenario
from equipoise.design.distribution import MOMENT
from equipoise.forms import Check, Form, Item
from equipoise.forms.facets import rule_type
from equipoise.knowledge.medical_rules import Bound
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, bare_items, item_named, names_behind, participant_columns
from equipoise.rules import Column, read_rule
from equipoise.rules.plain import plain
from equipoise.virtual.dosing import followed

__all__ = ["Origin", "ReadyRule", "Script", "drawn_behind", "items_behind", "script_of"]

_MOMENT_TYPES = {
    "leaving": "text",
    "days_left": "integer",
    "visit": "text",
    "occurrence": "integer",
    "day": "integer",
    "row": "integer",
}


class Origin(Enum):
    """Where the value of a name comes from."""

    ITEM = auto()
    BUILT_IN = auto()
    LATENT = auto()
    MOMENT = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule: its names with where each comes from, their columns, and the rule in plain Python where it can be."""

    text: str
    names: tuple[tuple[str, Origin], ...]
    columns: Mapping[str, Column]
    plain: Callable[[Mapping[str, Any]], Any] | None


@dataclass(frozen=True, slots=True)
class Order:
    """Single items with their places on the form: `early` before the rows of groups, `late` after them. `bounds` says
    by which medical rule an item is filled in; `untyped` are all items that nobody enters, `ranged` those with a soft
    range.
    """

    early: tuple[tuple[int, Item], ...]
    late: tuple[tuple[int, Item], ...]
    bounds: Mapping[str, Bound]
    untyped: frozenset[str]
    ranged: tuple[tuple[str | None, Item], ...]


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
        told = [by for _, by in followed(protocol, None)]
        self.doses = frozenset(name for by in told for name in (by.given, by.dose) if name)
        self.codes = {one.id: tuple(code.code for code in one.codes) for one in protocol.codelists}
        self.columns = participant_columns(protocol)
        self.prepared = Prepared(columns=self.columns)
        self._plans: dict[str, FormPlan] = {}
        self._orders: dict[str, Order] = {}
        self._prepared: dict[tuple[str, str], ReadyRule] = {}
        self._groups: dict[tuple[str, str], str | None] = {}

    def plan(self, form: str) -> FormPlan:
        """The form made ready, as the desk makes it."""
        if form not in self._plans:
            self._plans[form] = plan_form(self.protocol, form, self.columns)
        return self._plans[form]

    def untyped(self, form: str) -> frozenset[str]:
        """The items of a form that nobody enters: computed, derived by medical rules, advised."""
        return self.order(form).untyped

    def order(self, form: str) -> Order:
        """In which order the form's items come about."""
        if form not in self._orders:
            self._orders[form] = self._make_order(self.protocol.form_by_id[form])
        return self._orders[form]

    def _make_order(self, form: Form) -> Order:
        """As they stand; but after the rows what rests on rows, and what the scenario makes of that."""
        plan = self.plan(form.id)
        steps = [step for step in plan.steps if not isinstance(step.what, Item)]
        late: set[str] = set()
        while True:
            more = {
                name
                for step in steps
                if step.table is None and isinstance(step.what, Bound) and (step.what.rows or step.needs & late)
                for name in step.gives
            } | {item.id for item in form.items if self._names_of(item) & late}
            if more <= late:
                break
            late |= more
        bounds = {name: step.what for step in steps if isinstance(step.what, Bound) for name in step.gives}
        numbered = self._after_what_they_name(form, bounds)
        return Order(
            tuple(pair for pair in numbered if pair[1].id not in late),
            tuple(pair for pair in numbered if pair[1].id in late),
            bounds,
            plan.filled_in | form.advised_items(),
            tuple((group, item) for group, item in form.all_items() if item.soft is not None),
        )

    def _after_what_they_name(self, form: Form, bounds: Mapping[str, Bound]) -> list[tuple[int, Item]]:
        """Items in the form's order, but each after those that its rules name; of those that name each other, the first
        comes first.
        """
        left, done = list(enumerate(form.items)), list[tuple[int, Item]]()
        while left:
            waiting = {item.id for _, item in left}
            needs = (
                self._names_of(item) | (bounds[item.id].needs if item.id in bounds else frozenset()) for _, item in left
            )
            ready = next(
                (
                    k
                    for k, (pair, names) in enumerate(zip(left, needs, strict=True))
                    if not (names - {pair[1].id}) & waiting
                ),
                0,
            )
            done.append(left.pop(ready))
        return done

    def _names_of(self, item: Item) -> set[str]:
        how = self.items.get(item.id)
        rules = [rule for rule in (item.computed, item.shown_when, item.required_when) if rule]
        rules += [rule for _, rule in how.rules()] if how is not None else []
        rules += [how.from_] if how is not None and how.from_ else []
        return {name for rule in rules for name in read_rule(rule).names}

    def rule(self, text: str, about: str = "") -> ReadyRule:
        """The rule made ready; `about` is the item whose value it gives (`previous` has its type)."""
        key = (text, about)
        found = self._prepared.get(key)
        if found is None:
            names = read_rule(text).names
            columns = {name: self._column(name, about) for name in names}
            found = ReadyRule(text, tuple((name, self._kind(name)) for name in names), columns, plain(text))
            self._prepared[key] = found
        return found

    def group_of(self, form: Form, check: Check) -> str | None:
        """The group whose rows a check is about."""
        key = (form.id, check.id)
        if key not in self._groups:
            grouped = {item.id: group.id for group in form.groups for item in group.items}
            self._groups[key] = next((grouped[n] for n in read_rule(check.rule).names if n in grouped), None)
        return self._groups[key]

    def _kind(self, name: str) -> Origin:
        if item_named(self.protocol, name) is not None:
            return Origin.ITEM
        if name in BUILT_INS or name in self.protocol.variable_by_id:
            return Origin.BUILT_IN
        if name in self.latents:
            return Origin.LATENT
        return Origin.MOMENT if name in MOMENT else Origin.NOTHING

    def _column(self, name: str, about: str) -> Column:
        match self._kind(name):
            case Origin.ITEM:
                named = item_named(self.protocol, name)
                return Column(name, "text") if named is None else named.column(self.protocol)
            case Origin.BUILT_IN:
                variable = self.protocol.variable_by_id.get(name)
                return BUILT_INS[name] if variable is None else Column(name, variable.type, variable.unit)
            case Origin.LATENT:
                return Column(name, _latent_type(self.latents[name]))
            case Origin.MOMENT if name == "previous":
                known = item_named(self.protocol, about)
                return Column(name, rule_type(known.item.type) if known is not None else "text")
            case Origin.MOMENT:
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
    """The items that decide what the named items and variables are; with `hows`,
    also through rules of distributions."""
    return {name for name in drawn_behind(protocol, names, hows) if name in protocol.item_by_id}


def drawn_behind(
    protocol: Protocol, names: Iterable[str], hows: Mapping[str, Distribution] | None = None
) -> frozenset[str]:
    """Every name that decides what the named ones are, also through rules of distributions."""

    def ruled(name: str) -> list[str]:
        how = (hows or {}).get(name)
        return [] if how is None else [n for _, rule in how.rules() for n in read_rule(rule).names]

    return names_behind(protocol, names, ruled)
