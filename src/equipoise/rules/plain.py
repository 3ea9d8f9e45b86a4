"""Rules in plain Python, for one participant: the same answers as Polars gives for a frame, without the frame.

A form asks a dozen small questions of one participant, and a frame of one row costs a hundred times what the answer
does. Only what is told apart without doubt is done here (comparison, three-valued logic, IN, CASE, COALESCE,
arithmetic with the common functions, day counts); for anything else `plain` gives None and Polars computes. Laws hold
the two together.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from equipoise.rules.reading import read_rule

__all__ = ["NotPlain", "fits", "plain"]

Values = Mapping[str, Any]
Compiled = Callable[[Values], Any]
_EPOCH = date(1970, 1, 1).toordinal()
_CLASSES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "decimal": (float, int),
    "text": (str,),
    "code": (str,),
    "date": (date,),
    "datetime": (datetime,),
    "boolean": (bool,),
}
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "Eq": lambda a, b: a == b,
    "NotEq": lambda a, b: a != b,
    "Lt": lambda a, b: a < b,
    "LtEq": lambda a, b: a <= b,
    "Gt": lambda a, b: a > b,
    "GtEq": lambda a, b: a >= b,
}
_NUMBERS: dict[str, Callable[[Any, Any], Any]] = {
    "Plus": lambda a, b: a + b,
    "Minus": lambda a, b: a - b,
    "Mul": lambda a, b: a * b,
    "Multiply": lambda a, b: a * b,
    "Div": lambda a, b: a / b if b else None,
}


class NotPlain(Exception):
    """Values met that are not told apart without doubt in Python."""


def fits(type_: str, value: Any) -> bool:
    """Whether a value already is what its column's type says (an integer is not a boolean, a date has no time)."""
    if value is None:
        return True
    if isinstance(value, bool):
        return type_ == "boolean"
    if isinstance(value, datetime):
        return type_ == "datetime" and value.tzinfo is None
    if isinstance(value, int) and abs(value) > 2**53:
        return False
    return isinstance(value, _CLASSES[type_]) and not (isinstance(value, float) and not math.isfinite(value))


@lru_cache(maxsize=8192)
def plain(text: str) -> Compiled | None:
    """The rule as a function of named values, or None when it is one for Polars. The function may raise NotPlain."""
    try:
        return _compiled(read_rule(text).tree)
    except NotPlain:
        return None


def _compiled(node: Any) -> Compiled:
    if not isinstance(node, dict) or len(node) != 1:
        raise NotPlain
    ((kind, body),) = node.items()
    makers = {
        "Column": _column,
        "Literal": _literal,
        "BinaryExpr": _binary,
        "Ternary": _ternary,
        "Cast": _cast,
        "Function": _function,
    }
    if kind not in makers:
        raise NotPlain
    return makers[kind](body)


def _column(name: str) -> Compiled:
    return lambda values: values.get(name)


def _literal(body: Any) -> Compiled:
    value = _literal_value(body)
    return lambda _values: value


def _literal_value(body: Any) -> Any:
    if "Dyn" in body:
        ((kind, value),) = body["Dyn"].items()
        if kind in ("Int", "Float"):
            return value
    scalar = body.get("Scalar")
    if isinstance(scalar, dict):
        ((kind, value),) = scalar.items()
        if kind in ("String", "Boolean"):
            return value
        if kind == "Date":
            return date.fromordinal(_EPOCH + value)
        if kind == "Decimal":
            return float(f"{value[0]}e-{value[2]}")
        if kind == "Null":
            return None
    raise NotPlain


def _binary(body: Any) -> Compiled:
    return _operation(body["op"], _compiled(body["left"]), _compiled(body["right"]))


def _operation(op: str, left: Compiled, right: Compiled) -> Compiled:
    if op == "And":
        return lambda values: _and(_truth(left(values)), lambda: _truth(right(values)))
    if op == "Or":
        return lambda values: _or(_truth(left(values)), lambda: _truth(right(values)))
    if op in _COMPARE:
        compare = _COMPARE[op]
        return lambda values: _compared(compare, left(values), right(values))
    if op in _NUMBERS:
        reckon = _NUMBERS[op]
        return lambda values: _reckoned(reckon, left(values), right(values))
    raise NotPlain


def _truth(value: Any) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise NotPlain
    return value


def _and(a: bool | None, rest: Callable[[], bool | None]) -> bool | None:
    if a is False:
        return False
    b = rest()
    return False if b is False else None if a is None or b is None else True


def _or(a: bool | None, rest: Callable[[], bool | None]) -> bool | None:
    if a is True:
        return True
    b = rest()
    return True if b is True else None if a is None or b is None else False


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return type(value).__name__


def _compared(compare: Callable[[Any, Any], bool], a: Any, b: Any) -> bool | None:
    if a is None or b is None:
        return None
    if _kind(a) != _kind(b):
        raise NotPlain
    return compare(a, b)


def _reckoned(reckon: Callable[[Any, Any], Any], a: Any, b: Any) -> Any:
    if a is None or b is None:
        return None
    if _kind(a) != "number" or _kind(b) != "number":
        raise NotPlain
    result = reckon(a, b)
    if isinstance(result, int) and abs(result) > 2**53:
        raise NotPlain
    if isinstance(result, float) and not math.isfinite(result):
        raise NotPlain
    return result


def _ternary(body: Any) -> Compiled:
    predicate, truthy, falsy = (_compiled(body[key]) for key in ("predicate", "truthy", "falsy"))
    return lambda values: truthy(values) if _truth(predicate(values)) else falsy(values)


def _cast(body: Any) -> Compiled:
    """Day counts (a date as a number), and casts that change nothing."""
    inner, target = _compiled(body["expr"]), body["dtype"].get("Literal")
    if target == "Date":
        return lambda values: _day(inner(values))
    if target == "Float64":
        return lambda values: None if (v := _number(inner(values))) is None else float(v)
    if target == "String" and "Column" in body["expr"]:
        return lambda values: _text(inner(values))
    if target not in ("Int32", "Int64", "Boolean"):
        raise NotPlain

    def cast(values: Values) -> Any:
        value = inner(values)
        if value is None or ((target == "Boolean") == isinstance(value, bool) and isinstance(value, int)):
            return value
        if type(value) is date and target != "Boolean":
            return value.toordinal() - _EPOCH
        raise NotPlain

    return cast


def _function(body: Any) -> Compiled:
    function, inputs = body["function"], body["input"]
    if function == "Coalesce":
        parts = [_compiled(i) for i in inputs]
        return lambda values: next((v for part in parts if (v := part(values)) is not None), None)
    if isinstance(function, str):
        return _named(function, inputs)
    if "Boolean" in function and len(inputs) == 1:
        return _about_truth(function["Boolean"], _compiled(inputs[0]))
    sql = function.get("Sql")
    if isinstance(sql, dict) and "Binary" in sql:
        return _operation(sql["Binary"], _compiled(inputs[0]), _compiled(inputs[1]))
    if isinstance(sql, dict) and "IsIn" in sql:
        return _is_in(_compiled(inputs[0]), inputs[1])
    if isinstance(sql, dict) and "Round" in sql:
        return _round(_compiled(inputs[0]), sql["Round"]["decimals"])
    if sql == "ToFloat":
        to_float = _compiled(inputs[0])
        return lambda values: None if (v := _number(to_float(values))) is None else float(v)
    if function.get("Pow") in ("Sqrt", "Generic"):
        return _finite(math.sqrt if function["Pow"] == "Sqrt" else math.pow, [_compiled(i) for i in inputs])
    part = function.get("TemporalExpr")
    if isinstance(part, str) and part in _PARTS:
        return _part_of(_PARTS[part], _compiled(inputs[0]))
    joined = function.get("StringExpr")
    if isinstance(joined, dict) and joined.get("ConcatHorizontal") == {"delimiter": "", "ignore_nulls": True}:
        return _joined([_compiled(i) for i in inputs])
    raise NotPlain


_PARTS = {name: name.lower() for name in ("Year", "Month", "Day", "Hour", "Minute")}


def _part_of(name: str, inner: Compiled) -> Compiled:
    """The year, month, day, hour or minute of a date or a time."""

    def part(values: Values) -> Any:
        value = inner(values)
        if value is None:
            return None
        if not isinstance(value, date) or not hasattr(value, name):
            raise NotPlain
        return getattr(value, name)

    return part


def _named(function: str, inputs: list[Any]) -> Compiled:
    """Functions that Polars keeps under a plain name."""
    if function in ("MaxHorizontal", "MinHorizontal"):
        return _extreme(max if function == "MaxHorizontal" else min, [_compiled(i) for i in inputs])
    if function == "Log":
        base = _literal_value(inputs[1].get("Literal") or {}) if isinstance(inputs[1], dict) else None
        if base == math.e:
            return _finite(math.log, [_compiled(inputs[0])])
        if base == 10.0:
            return _finite(lambda x: math.log(x) / math.log(10.0), [_compiled(inputs[0])])
        raise NotPlain
    if function == "Exp":
        return _finite(math.exp, [_compiled(inputs[0])])
    inner = _compiled(inputs[0])
    if function == "Abs":
        return lambda values: None if (v := _number(inner(values))) is None else abs(v)
    if function in ("Floor", "Ceil"):
        step = math.floor if function == "Floor" else math.ceil
        return lambda values: None if (v := _number(inner(values))) is None else type(v)(step(v))
    raise NotPlain


def _number(value: Any) -> Any:
    if value is not None and _kind(value) != "number":
        raise NotPlain
    return value


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if value is not None and type(value) is not date:
        raise NotPlain
    return value


def _text(value: Any) -> Any:
    """A whole number or a text as text; of other numbers the digits are Polars' own."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotPlain
    return str(value)


def _finite(function: Callable[..., float], parts: list[Compiled]) -> Compiled:
    """A function of numbers; where it has no finite value there is none, as in a frame."""

    def compute(values: Values) -> Any:
        given = [_number(part(values)) for part in parts]
        if None in given:
            return None
        try:
            result = function(*given)
        except (ValueError, OverflowError, ZeroDivisionError):
            return None
        return result if math.isfinite(result) else None

    return compute


def _round(inner: Compiled, decimals: int) -> Compiled:
    """To the nearest; a tie is left to Polars, which takes decimal fractions and double precision otherwise."""
    scale = 10.0**decimals

    def rounded(values: Values) -> Any:
        value = _number(inner(values))
        if value is None or isinstance(value, int):
            return value
        scaled = value * scale
        if not math.isfinite(scaled) or abs(scaled - math.trunc(scaled)) == 0.5:
            raise NotPlain
        return float(round(scaled)) / scale

    return rounded


def _extreme(which: Callable[..., Any], parts: list[Compiled]) -> Compiled:
    def extreme(values: Values) -> Any:
        given = [v for part in parts if (v := part(values)) is not None]
        kinds = {_kind(v) for v in given}
        if len(kinds) > 1 or kinds - {"number", "date"}:
            raise NotPlain
        return which(given) if given else None

    return extreme


def _joined(parts: list[Compiled]) -> Compiled:
    def joined(values: Values) -> Any:
        given = [v for part in parts if (v := part(values)) is not None]
        if not all(isinstance(v, str) for v in given):
            raise NotPlain
        return "".join(given)

    return joined


def _about_truth(which: Any, inner: Compiled) -> Compiled:
    if which == "IsNull":
        return lambda values: inner(values) is None
    if which == "IsNotNull":
        return lambda values: inner(values) is not None
    if which == "Not":
        return lambda values: None if (v := _truth(inner(values))) is None else not v
    raise NotPlain


def _is_in(inner: Compiled, listed: Any) -> Compiled:
    import polars as pl

    if "Series" not in (listed.get("Literal") or {}):
        raise NotPlain
    series = pl.select(pl.Expr.deserialize(io.BytesIO(json.dumps(listed).encode()), format="json")).to_series()
    members = (series.explode() if series.dtype == pl.List else series).to_list()
    kinds = {_kind(member) for member in members}
    if len(kinds) != 1 or None in members:
        raise NotPlain
    found, kind = frozenset(members), kinds.pop()

    def is_in(values: Values) -> bool | None:
        value = inner(values)
        if value is None:
            return None
        if _kind(value) != kind:
            raise NotPlain
        return value in found

    return is_in
