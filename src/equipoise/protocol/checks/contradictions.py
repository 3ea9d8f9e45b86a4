"""Eligibility that nobody can satisfy, where that can be seen: limits on one value that exclude one another.

Looks only at what every eligible participant must satisfy: the parts of each inclusion rule joined by AND, the negated
parts of each exclusion rule joined by OR, and the hard range of the item. What it cannot read it passes over.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from equipoise.findings import Refusal
from equipoise.rules import read_rule

__all__ = ["Demand", "Limits", "demands"]

_NEGATED = {"Lt": "GtEq", "LtEq": "Gt", "Gt": "LtEq", "GtEq": "Lt", "Eq": "NotEq", "NotEq": "Eq"}
_MIRRORED = {"Lt": "Gt", "LtEq": "GtEq", "Gt": "Lt", "GtEq": "LtEq", "Eq": "Eq", "NotEq": "NotEq"}


@dataclass(frozen=True, slots=True)
class Demand:
    """`name` must stand in the relation `op` to `value`; for `In`, `value` is the set of allowed values."""

    name: str
    op: str
    value: Any


@dataclass(slots=True)
class Limits:
    """What is left of a value's possibilities: an interval, or a set of allowed values; `by` remembers who drew each limit."""

    low: Any = None
    low_open: bool = False
    high: Any = None
    high_open: bool = False
    allowed: frozenset[Any] | None = None
    by: dict[str, str] = field(default_factory=dict)

    def add(self, demand: Demand, who: str) -> tuple[str, str] | None:
        """Take in one demand; when nothing is left, say what contradicts what (words, and the other criterion)."""
        op, value = demand.op, demand.value
        if op in ("Eq", "In"):
            values = value if op == "In" else frozenset([value])
            before = self.allowed
            left = frozenset(v for v in values if self._inside(v)) if before is None else before & values
            if not left:
                if before is not None:
                    return f"`{demand.name}` must be {_say(values)} and also {_say(before)}", self.by.get(
                        "allowed", who
                    )
                return f"`{demand.name}` must be {_say(values)} and also {self._interval()}", self.by.get(
                    "low", self.by.get("high", who)
                )
            self.allowed, self.by["allowed"] = left, who
            return None
        if op == "NotEq":
            if self.allowed is not None and value in self.allowed:
                left = self.allowed - {value}
                if not left:
                    return f"`{demand.name}` must be {_say(self.allowed)} and must not be {_say({value})}", self.by.get(
                        "allowed", who
                    )
                self.allowed = left
            return None
        return self._narrow(demand, who)

    def _narrow(self, demand: Demand, who: str) -> tuple[str, str] | None:
        value, open_ = demand.value, demand.op in ("Gt", "Lt")
        try:
            if demand.op in ("Gt", "GtEq"):
                if self.low is None or value > self.low or (value == self.low and open_):
                    self.low, self.low_open, self.by["low"] = value, open_, who
                other = self.by.get("high", who)
            else:
                if self.high is None or value < self.high or (value == self.high and open_):
                    self.high, self.high_open, self.by["high"] = value, open_, who
                other = self.by.get("low", who)
            if self.low is not None and self.high is not None:
                if self.low > self.high:
                    return (
                        f"lower limit {_one(self.low)} is above upper limit {_one(self.high)} for `{demand.name}`",
                        other,
                    )
                if self.low == self.high and (self.low_open or self.high_open):
                    return f"`{demand.name}` must lie above and below {_one(self.low)}", other
            if self.allowed is not None:
                left = frozenset(v for v in self.allowed if self._inside(v))
                if not left:
                    return f"`{demand.name}` must be {_say(self.allowed)} and also {self._interval()}", self.by.get(
                        "allowed", who
                    )
        except TypeError:
            return None  # values of different kinds: the type check has already told
        return None

    def _inside(self, value: Any) -> bool:
        try:
            above = self.low is None or value > self.low or (value == self.low and not self.low_open)
            below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        except TypeError:
            return True
        return above and below

    def _interval(self) -> str:
        parts = []
        if self.low is not None:
            parts.append(f"{'above' if self.low_open else 'at least'} {_one(self.low)}")
        if self.high is not None:
            parts.append(f"{'below' if self.high_open else 'at most'} {_one(self.high)}")
        return " and ".join(parts) or "anything"


def demands(rule: str, kind: str) -> Iterator[Demand]:
    """The demands that every eligible participant must satisfy because of this rule."""
    try:
        tree = read_rule(rule).tree
    except Refusal:
        return
    yield from _demands(tree, kind == "inclusion")


def _demands(node: Any, wanted: bool) -> Iterator[Demand]:
    if not isinstance(node, dict):
        return
    if "Column" in node:
        yield Demand(node["Column"], "Eq", wanted)
        return
    if "Function" in node:
        function, inputs = node["Function"].get("function"), node["Function"].get("input") or []
        if function == {"Boolean": "Not"}:
            yield from _demands(_uncast(inputs[0]), not wanted)
            return
        sql = function.get("Sql") if isinstance(function, dict) else None
        if isinstance(sql, dict) and "IsIn" in sql and "Column" in inputs[0]:
            values = _series(inputs[1])
            if values and wanted:
                yield Demand(inputs[0]["Column"], "In", frozenset(values))
            for value in values if not wanted else ():
                yield Demand(inputs[0]["Column"], "NotEq", value)
            return
        if isinstance(sql, dict) and sql.get("Binary") in _NEGATED:
            yield from _comparison(inputs[0], sql["Binary"], inputs[1], wanted)
        return
    if "BinaryExpr" in node:
        left, op, right = (node["BinaryExpr"][k] for k in ("left", "op", "right"))
        if op in ("And", "Or"):
            if (op == "And") == wanted:
                yield from _demands(left, wanted)
                yield from _demands(right, wanted)
        elif op in _NEGATED:
            yield from _comparison(left, op, right, wanted)


def _comparison(left: Any, op: str, right: Any, wanted: bool) -> Iterator[Demand]:
    for a, b, relation in ((left, right, op), (right, left, _MIRRORED[op])):
        if isinstance(a, dict) and "Column" in a:
            value = _literal(b)
            if value is not None:
                yield Demand(a["Column"], relation if wanted else _NEGATED[relation], value)
                return


def _uncast(node: Any) -> Any:
    return node["Cast"]["expr"] if isinstance(node, dict) and "Cast" in node else node


def _literal(node: Any) -> Any:
    literal = node.get("Literal") if isinstance(node, dict) else None
    if not isinstance(literal, dict):
        return None
    if isinstance(literal.get("Dyn"), dict):
        value = next(iter(literal["Dyn"].values()))
        return value if isinstance(value, (int, float)) and math.isfinite(value) else None
    scalar = literal.get("Scalar")
    if not isinstance(scalar, dict):
        return None
    kind, value = next(iter(scalar.items()))
    if kind == "Decimal":
        return float(Decimal(value[0]).scaleb(-value[2]))
    if kind == "Date":
        from datetime import date, timedelta

        return date(1970, 1, 1) + timedelta(days=value)
    return value if isinstance(value, (int, float, str, bool)) else None


def _series(node: Any) -> list[Any]:
    if not isinstance(node, dict) or "Series" not in (node.get("Literal") or {}):
        return []
    import polars as pl

    series = pl.select(pl.Expr.deserialize(io.BytesIO(json.dumps(node).encode()), format="json")).to_series()
    return [v for v in (series.explode() if series.dtype == pl.List else series).to_list() if v is not None]


def _one(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"'{value}'" if isinstance(value, str) else str(value)


def _say(values: Any) -> str:
    return " or ".join(sorted(map(_one, values)))
