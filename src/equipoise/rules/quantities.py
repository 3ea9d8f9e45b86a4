"""Units through a rule: sums and comparisons of unlike units, and a result that is not in the unit that is declared.

What cannot be known is left alone: an item without a unit, and products with plain numbers, because a number may
convert (88.4), and formulas of medicine hide units in their constants ((140 - age) * weight; weight * height / 3600).
So BMI as weight / height is found, and weight / ((height / 100) * (height / 100)) is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from equipoise.findings import Finding, Where
from equipoise.rules.calendar import Call, written_out
from equipoise.rules.columns import Column
from equipoise.rules.reading import Rule
from equipoise.rules.words import finding
from equipoise.units import known_unit, quantity_of
from equipoise.units.dimensions import Dimensions, dimensions_of

__all__ = ["check_units"]

_COMPARE = {"Eq", "NotEq", "Lt", "LtEq", "Gt", "GtEq"}
_SUM = {"Plus", "Minus"}
_KEEP = {"Abs", "Floor", "Ceil", "MaxHorizontal", "MinHorizontal", "Coalesce"}


@dataclass(frozen=True, slots=True)
class _Quantity:
    """What is known of a part of a rule. `unit` is how it is said.

    `simple`: one unit as it was recorded, through sums and plain numbers. `made` is known until it is multiplied with a
    plain number, which may convert. `shifted`: a plain number was added. A `number` is written in the rule.
    """

    unit: str | None = None
    simple: bool = False
    made: Dimensions | None = None
    number: bool = False
    shifted: bool = False


_UNKNOWN = _Quantity()
_NUMBER = _Quantity(number=True)


def check_units(rule: Rule, columns: Mapping[str, Column], where: Where, declared: str | None = None) -> list[Finding]:
    """Every Finding about the units of a rule. `declared` is the unit that its result is said to have."""
    tree, columns = (rule.tree, columns) if not rule.calls else _with_differences(rule, columns)
    look = _Look(rule.text, columns, where, [])
    result = look.quantity(tree)
    wanted = dimensions_of(declared) if declared else None
    if wanted is not None and result.made is not None and not look.found and not result.made.same(wanted):
        facts = {"rule": rule.text, "given": result.unit, "declared": declared}
        look.found.append(finding("rule.unit_of_result", where, **facts))
    return look.found


def _with_differences(rule: Rule, columns: Mapping[str, Column]) -> tuple[Any, Mapping[str, Column]]:
    """The tree with each AGE and DATE_DIFF as one name that has its unit, and the columns with those names."""
    import json

    import polars as pl

    made: dict[str, Column] = {}

    def name(call: Call) -> str:
        column = f"calendar {len(made)}"
        made[column] = Column(column, "integer", call.unit)
        return f'"{column}"'

    tree = json.loads(pl.sql_expr(written_out(rule.text, name)[0]).meta.serialize(format="json"))
    return tree, {**columns, **made}


@dataclass(frozen=True, slots=True)
class _Look:
    """One rule while it is looked through."""

    text: str
    columns: Mapping[str, Column]
    where: Where
    found: list[Finding]

    def quantity(self, node: Any) -> _Quantity:
        """What is known of a part; what is wrong with it, and with the parts of it, is noted."""
        if not isinstance(node, dict) or len(node) != 1:
            return _UNKNOWN
        ((kind, body),) = node.items()
        if kind == "Column":
            unit = self.columns[body].unit if body in self.columns else None
            return _UNKNOWN if not unit else _Quantity(unit, simple=True, made=dimensions_of(unit))
        if kind == "Literal":
            return _NUMBER
        if kind == "BinaryExpr":
            return self.operation(body["op"], body["left"], body["right"])
        if kind == "Ternary":
            self.quantity(body["predicate"])
            return self.alike([self.quantity(body["truthy"]), self.quantity(body["falsy"])])
        if kind == "Cast":
            inner = self.quantity(body["expr"])
            return inner if body["dtype"].get("Literal") in ("Float64", "Int64", "Int32") else _UNKNOWN
        return self.function(body) if kind == "Function" else self.others(body)

    def others(self, body: Any) -> _Quantity:
        for inner in _within(body):
            self.quantity(inner)
        return _UNKNOWN

    def function(self, body: Any) -> _Quantity:
        function, inputs = body["function"], body["input"]
        sql = function.get("Sql") if isinstance(function, dict) else None
        if isinstance(sql, dict) and "Binary" in sql:
            return self.operation(sql["Binary"], inputs[0], inputs[1])
        if isinstance(function, str) and function in _KEEP:
            return self.alike([self.quantity(one) for one in inputs])
        if sql == "ToFloat" or (isinstance(sql, dict) and "Round" in sql):
            return self.quantity(inputs[0])
        if isinstance(function, dict) and function.get("Pow") in ("Sqrt", "Generic"):
            power = Fraction(1, 2) if function["Pow"] == "Sqrt" else _whole(inputs[1])
            return self.power(self.quantity(inputs[0]), power)
        return self.others(inputs)

    def power(self, base: _Quantity, power: Fraction | None) -> _Quantity:
        if base.made is None or base.unit is None or base.shifted or power is None:
            return _NUMBER if base.number else _UNKNOWN
        return _Quantity(f"({base.unit})^{power}", made=base.made.to(power))

    def operation(self, op: str, left: Any, right: Any) -> _Quantity:
        one, other = self.quantity(left), self.quantity(right)
        if op in _COMPARE:
            self.unlike(one, other)
            return _UNKNOWN
        if op in _SUM:
            self.unlike(one, other)
            kept = one if one.unit is not None else other
            if one.number or other.number:
                return replace(kept, shifted=kept.unit is not None)
            return kept if one.unit and other.unit else _UNKNOWN
        if op in ("Mul", "Multiply"):
            return _product(one, other, 1)
        if op in ("Div", "Divide", "TrueDivide"):
            return _product(one, other, -1)
        return _UNKNOWN

    def alike(self, parts: list[_Quantity]) -> _Quantity:
        """The quantity of which one of several is taken."""
        known = [one for one in parts if one.unit is not None]
        for one in known[1:]:
            self.unlike(known[0], one)
        if not known:
            return _NUMBER if all(one.number for one in parts) else _UNKNOWN
        return known[0] if all(one.unit is not None or one.number for one in parts) else _UNKNOWN

    def unlike(self, one: _Quantity, other: _Quantity) -> None:
        """Two units that meet in a sum or a comparison."""
        if one.unit is None or other.unit is None:
            return
        if one.made is not None and other.made is not None:
            differ = not one.made.same(other.made)
        else:
            differ = one.simple and other.simple and not _may_convert(one.unit, other.unit)
        if differ:
            self.found.append(finding("rule.units_differ", self.where, rule=self.text, one=one.unit, other=other.unit))


def _may_convert(one: str, other: str) -> bool:
    """Whether a plain number can make the one unit of the other: both of one quantity, or both say how much of an
    analyte is in a liter. What cannot be multiplied is compared by its name.
    """
    if not (known_unit(one) and known_unit(other)):
        return one == other
    quantities = {quantity_of(one), quantity_of(other)}
    return len(quantities) == 1 or all(quantity.endswith("concentration") for quantity in quantities)


def _numbered(one: _Quantity) -> _Quantity:
    """What was multiplied with a plain number: still said in its unit, no longer sure to be in it."""
    return replace(one, made=None, number=False)


def _product(one: _Quantity, other: _Quantity, power: int) -> _Quantity:
    if one.number and other.number:
        return _NUMBER
    if other.number:
        return _numbered(one)
    if one.number:
        return _numbered(other) if power == 1 else _UNKNOWN
    if one.made is None or other.made is None or one.unit is None or other.unit is None:
        return _UNKNOWN
    if one.shifted or other.shifted:
        return _UNKNOWN
    sign = "." if power == 1 else "/"
    right = f"({other.unit})" if power == -1 and not other.simple else other.unit
    return _Quantity(f"{one.unit}{sign}{right}", made=one.made.times(other.made, power))


def _whole(node: Any) -> Fraction | None:
    """The exponent, where it is a whole number that is written out."""
    while isinstance(node, dict) and "Function" in node:
        node = node["Function"]["input"][0]
    literal = node.get("Literal") if isinstance(node, dict) else None
    dynamic = literal.get("Dyn") if isinstance(literal, dict) else None
    value = next(iter(dynamic.values())) if isinstance(dynamic, dict) else None
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _within(tree: Any) -> Iterator[Any]:
    """The parts of a rule that stand next below."""
    for inner in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        if isinstance(inner, dict) and len(inner) == 1 and next(iter(inner)) in _PARTS:
            yield inner
        elif isinstance(inner, (dict, list)):
            yield from _within(inner)


_PARTS = {"Column", "Literal", "BinaryExpr", "Ternary", "Cast", "Function"}
