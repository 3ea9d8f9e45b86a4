"""Eligibility that nobody can satisfy, where that can be seen: limits on one value that exclude one another.

Looks only at what every eligible participant must satisfy: the parts of each inclusion rule joined by AND, the negated
parts of each exclusion rule joined by OR, and the hard range of the item. What it cannot read it passes over.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from equipoise.findings import Refusal
from equipoise.protocol.words import either, phrase
from equipoise.rules import read_rule
from equipoise.words import Phrase

__all__ = ["Demand", "Limits", "demands"]

_NEGATED = {"Lt": "GtEq", "LtEq": "Gt", "Gt": "LtEq", "GtEq": "Lt", "Eq": "NotEq", "NotEq": "Eq"}
_MIRRORED = {"Lt": "Gt", "LtEq": "GtEq", "Gt": "Lt", "GtEq": "LtEq", "Eq": "Eq", "NotEq": "NotEq"}

Author = str | Phrase
"""Who demands something: a criterion by its name, or the item's own range."""
Contradiction = tuple[Phrase, Author]


@dataclass(frozen=True, slots=True)
class Demand:
    """`name` must stand in the relation `op` to `value`; for `In`, `value` is the set of allowed values."""

    name: str
    op: str
    value: Any


@dataclass(slots=True)
class Limits:
    """What is left of a value's possibilities: an interval, or a set of allowed values; `by`: who drew each limit."""

    low: Any = None
    low_open: bool = False
    high: Any = None
    high_open: bool = False
    allowed: frozenset[Any] | None = None
    by: dict[str, Author] = field(default_factory=dict)

    def add(self, demand: Demand, who: Author) -> Contradiction | None:
        """Take in one demand; when nothing is left, say what contradicts what, and who made the other demand."""
        if demand.op in ("Eq", "In"):
            return self._choose(demand, who)
        if demand.op == "NotEq":
            return self._exclude(demand, who)
        return self._narrow(demand, who)

    def _choose(self, demand: Demand, who: Author) -> Contradiction | None:
        """Only these values are left."""
        values = demand.value if demand.op == "In" else frozenset([demand.value])
        if self.allowed is not None:
            left = self.allowed & values
            if not left:
                both = phrase("contradiction.sets", name=demand.name, values=_say(values), others=_say(self.allowed))
                return both, self.by.get("allowed", who)
        else:
            left = frozenset(filter(self._inside, values))
            if not left:
                return self._outside(demand.name, values), self.by.get("low", self.by.get("high", who))
        self.allowed, self.by["allowed"] = left, who
        return None

    def _exclude(self, demand: Demand, who: Author) -> Contradiction | None:
        """One value less. What an open set loses by it cannot be seen, and is passed over."""
        if self.allowed is None or demand.value not in self.allowed:
            return None
        left = self.allowed - {demand.value}
        if not left:
            values, value = _say(self.allowed), _one(demand.value)
            both = phrase("contradiction.excluded", name=demand.name, values=values, value=value)
            return both, self.by.get("allowed", who)
        self.allowed = left
        return None

    def _narrow(self, demand: Demand, who: Author) -> Contradiction | None:
        """One end of the interval moves inward, if the demand is stricter than what it was."""
        try:
            other = self._move(demand, who)
            if self.low is not None and self.high is not None:
                if self.low > self.high:
                    low, high = _one(self.low), _one(self.high)
                    return phrase("contradiction.limits", low=low, high=high, name=demand.name), other
                # Limits that meet leave one value, unless one of them excludes just that.
                if self.low == self.high and (self.low_open or self.high_open):
                    return phrase("contradiction.point", name=demand.name, value=_one(self.low)), other
            if self.allowed is not None and not any(map(self._inside, self.allowed)):
                return self._outside(demand.name, self.allowed), self.by.get("allowed", who)
        except TypeError:
            return None  # values of different kinds: the type check has already told
        return None

    def _move(self, demand: Demand, who: Author) -> Author:
        """Move the end that the demand is about; who drew the end opposite to it."""
        value, open_ = demand.value, demand.op in ("Gt", "Lt")
        if demand.op in ("Gt", "GtEq"):
            if self.low is None or value > self.low or (value == self.low and open_):
                self.low, self.low_open, self.by["low"] = value, open_, who
            return self.by.get("high", who)
        if self.high is None or value < self.high or (value == self.high and open_):
            self.high, self.high_open, self.by["high"] = value, open_, who
        return self.by.get("low", who)

    def _inside(self, value: Any) -> bool:
        try:
            above = self.low is None or value > self.low or (value == self.low and not self.low_open)
            below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        except TypeError:
            return True
        return above and below

    def _outside(self, name: str, values: Collection[Any]) -> Phrase:
        return phrase("contradiction.interval", name=name, values=_say(values), interval=self._interval())

    def _interval(self) -> Phrase:
        """The interval in words; asked for only when a value lies outside it, so that it has at least one end."""
        ends = []
        if self.low is not None:
            ends.append(phrase("interval.above" if self.low_open else "interval.at_least", limit=_one(self.low)))
        if self.high is not None:
            ends.append(phrase("interval.below" if self.high_open else "interval.at_most", limit=_one(self.high)))
        return ends[0] if len(ends) == 1 else phrase("interval.both", low=ends[0], high=ends[1])


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


def _say(values: Collection[Any]) -> Phrase:
    return either(sorted(map(_one, values)))
