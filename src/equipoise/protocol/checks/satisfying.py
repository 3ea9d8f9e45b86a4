"""Whether demands on the answers of a form can be met together: a search over the values that can make a difference.

Of numbers and dates only their order beside the limits named in the demands matters, of codes only those that are
named; so a handful of values stands for all. Rules with arithmetic or functions are outside of that and are left out,
which can only hide a contradiction and never invent one. Knows no form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from equipoise.findings import Refusal
from equipoise.rules import names_of, read_rule
from equipoise.rules.plain import NotPlain, plain

__all__ = ["FormDemand", "Truth", "can_be_met", "is_simple", "literals_in", "standing_for", "truth_of", "why_not"]

Values = Mapping[str, Any]
Truth = Callable[[Values], bool | None]
_STEPS_MAX = 6_000
_LITERAL = re.compile(r"'((?:[^']|'')*)'|(?<![\w.'])([0-9]+(?:\.[0-9]+)?)(?![\w'])")
_COMPARISONS = ("Eq", "NotEq", "Lt", "LtEq", "Gt", "GtEq", "And", "Or")


@dataclass(frozen=True, slots=True, eq=False)
class FormDemand:
    """Something that a complete page must meet: `met` over the names it looks at, and who makes it."""

    names: frozenset[str]
    met: Callable[[Values], bool]
    by: Any


@lru_cache(maxsize=4096)
def is_simple(rule: str) -> bool:
    """Whether the rule only compares, joins and negates, so that standing values decide it."""
    try:
        return plain(rule) is not None and _simple(read_rule(rule).tree)
    except Refusal:
        return False


def _simple(node: Any) -> bool:
    ((kind, body),) = node.items()
    if kind in ("Column", "Literal"):
        return True
    if kind == "BinaryExpr":
        return body["op"] in _COMPARISONS and _simple(body["left"]) and _simple(body["right"])
    if kind == "Ternary":
        return all(_simple(body[part]) for part in ("predicate", "truthy", "falsy"))
    if kind == "Cast":  # NOT puts one around a name that is true or false already
        return body["dtype"] == {"Literal": "Boolean"} and _simple(body["expr"])
    if kind != "Function":
        return False
    function, inputs = body["function"], body["input"]
    sql = function.get("Sql") if isinstance(function, dict) else None
    known = function == "Coalesce" or (isinstance(function, dict) and "Boolean" in function)
    listed = isinstance(sql, dict) and ("IsIn" in sql or sql.get("Binary") in _COMPARISONS)
    return (known or listed) and all(map(_simple, inputs))


def truth_of(rule: str) -> Truth:
    """The rule as a function; what it cannot tell apart is not yet known."""
    answer = plain(rule)

    def truth(values: Values) -> bool | None:
        try:
            return None if answer is None else answer(values)
        except NotPlain:
            return None

    return truth


def literals_in(rules: Iterable[str]) -> tuple[frozenset[str], frozenset[float]]:
    """The texts and the numbers that rules name."""
    texts: set[str] = set()
    numbers: set[float] = set()
    for rule in rules:
        for text, number in _LITERAL.findall(rule):
            if number:
                numbers.add(float(number))
            else:
                texts.add(text.replace("''", "'"))
    return frozenset(texts), frozenset(numbers)


def standing_for(
    type_: str,
    codes: Collection[str] | None,
    texts: frozenset[str],
    numbers: frozenset[float],
    bounds: tuple[Any, Any] = (None, None),
) -> list[Any] | None:
    """Values that stand for all that an item of this type can have, missing included; None for a type left out."""
    low, high = bounds
    if type_ == "boolean":
        return [None, True, False]
    if type_ == "code":
        named = sorted(texts & set(codes or ()))
        rest = sorted(set(codes or ()) - texts)
        return [None, *named, *rest[:1]]
    if type_ == "text":
        return [None, "-", *sorted(texts)]
    if type_ in ("integer", "decimal"):
        step = 1.0 if type_ == "integer" else 0.25
        limits = sorted({*numbers, *(float(end) for end in (low, high) if isinstance(end, (int, float)))}) or [1.0]
        around = {limit + step * n for limit in limits for n in (-2, -1, 0, 1, 2)}
        inside = [x for x in sorted(around) if (low is None or x >= low) and (high is None or x <= high)]
        return [None, *((int(x) if type_ == "integer" else x) for x in inside if type_ != "integer" or x.is_integer())]
    if type_ == "date":
        named_days = {day for text in texts if (day := _day(text)) is not None} | {
            day for end in (low, high) if (day := _day(end)) is not None
        }
        days = {day + timedelta(days=n) for day in named_days or {date(2024, 6, 1)} for n in (-2, -1, 0, 1, 2)}
        first, last = _day(low), _day(high)
        return [None, *(d for d in sorted(days) if (first is None or d >= first) and (last is None or d <= last))]
    return None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def can_be_met(demands: Sequence[FormDemand], domains: Mapping[str, Sequence[Any]], given: Values) -> bool | None:
    """Whether some page meets all demands that hang together with what is `given`; None when it was not settled."""
    linked = _linked(demands, given)
    names = _in_order(linked, given)
    last = {name: place for place, name in enumerate(names)}
    due: list[list[FormDemand]] = [[] for _ in names]
    for one in linked:
        due[max(last[name] for name in one.names)].append(one)
    steps = 0
    values: dict[str, Any] = {}

    def go(place: int) -> bool | None:
        nonlocal steps
        if place == len(names):
            return True
        name = names[place]
        for value in [given[name]] if name in given else domains[name]:
            steps += 1
            if steps > _STEPS_MAX:
                return None
            values[name] = value
            if all(one.met(values) for one in due[place]) and (found := go(place + 1)) is not False:
                return found
        return False

    return go(0) if names else True


def _linked(demands: Sequence[FormDemand], given: Values) -> list[FormDemand]:
    """The demands that are about what is given, or share a name with one that is; all where nothing is given."""
    if not given:
        return list(demands)
    reached, left = set(given), list(demands)
    found: list[FormDemand] = []
    while True:
        near = [one for one in left if not reached.isdisjoint(one.names)]
        if not near:
            return found
        found += near
        left = [one for one in left if reached.isdisjoint(one.names)]
        reached.update(name for one in near for name in one.names)


def _in_order(demands: Sequence[FormDemand], given: Values) -> list[str]:
    """Names so that a demand is complete as early as it can be: what is given first, then demand by demand."""
    ordered = dict.fromkeys(given)
    left = list(demands)
    while left:
        one = min(left, key=lambda demand: len(demand.names - ordered.keys()))
        left.remove(one)
        ordered |= dict.fromkeys(sorted(one.names))
    return list(ordered)


def why_not(demands: Sequence[FormDemand], domains: Mapping[str, Sequence[Any]], given: Values) -> list[FormDemand]:
    """A smallest set of the demands that cannot be met together; empty when they can, or when it was not settled."""
    if can_be_met(demands, domains, given) is not False:
        return []
    core = _linked(demands, given)
    for one in list(core):
        without = [other for other in core if other is not one]
        if can_be_met(without, domains, given) is False:
            core = without
    return core


def names_in(rules: Iterable[str | None]) -> frozenset[str]:
    """Every name of the rules."""
    return frozenset(name for rule in rules if rule for name in names_of(rule))
