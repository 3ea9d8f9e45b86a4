"""Making a rule safe for one bad value: what cannot be computed is *not yet known*, for that participant alone.

SQL stops a whole query at a division by zero or an unreadable date, and floating-point arithmetic answers infinity,
which would satisfy `ratio > 2.5` and let somebody in. Here both give a missing value in that row and leave the other
rows as they are. A date is read in ISO form unless a format is given: guessing a format from the first rows of a
table would make one participant's answer depend on another's.
"""

from __future__ import annotations

from typing import Any

__all__ = ["result_is_named", "safe_tree"]

_MAY_BE_INFINITE = {"Log", "Exp"}
# Polars gives these in as few bits as they need: 60 * the hour would not fit, and wrap round without a word.
_SMALL = {
    "TemporalExpr": {"Year", "Quarter", "Month", "Week", "WeekDay", "Day", "OrdinalDay", "Hour", "Minute", "Second"},
    "StringExpr": {"LenChars", "LenBytes"},
}


def result_is_named(tree: Any) -> bool:
    """Whether the text goes on after the expression: `age > 18 years` reads as `age > 18`, named "years"."""
    return isinstance(tree, dict) and "Alias" in tree


def safe_tree(tree: Any, *, exact: bool = True) -> Any:
    """The expression tree in which no single value can stop the computation or become infinite.

    With `exact` a division by a constant is a true division whatever the number of rows. Polars divides a column by
    a constant as a product with its reciprocal and a single value truly, so that 3 / 2.5 would have another last
    digit for one participant than for that participant among others, and a threshold could fall between the two.
    """
    if isinstance(tree, list):
        return [safe_tree(inner, exact=exact) for inner in tree]
    if not isinstance(tree, dict):
        return tree
    if (decimal := _decimal_literal(tree)) is not None:
        return {"Literal": {"Dyn": {"Float": decimal}}}
    safe = {
        key: safe_tree(inner, exact=exact) if isinstance(inner, (dict, list)) else inner for key, inner in tree.items()
    }
    if "Cast" in safe:
        safe["Cast"] = {**safe["Cast"], "options": "NonStrict"}
    if "Function" in safe:
        function = safe["Function"].get("function")
        if _reads_time(function):
            target, options = function["StringExpr"]["Strptime"]
            options = {**options, "strict": False, "format": options["format"] or _iso(target)}
            # What to do with an hour that a change to summer time repeats or skips; "raise" would stop every row.
            inputs = [safe["Function"]["input"][0], {"Literal": {"Scalar": {"String": "null"}}}]
            return {"Function": {"input": inputs, "function": {"StringExpr": {"Strptime": [target, options]}}}}
        if function == {"Pow": "Generic"}:  # among whole numbers a negative power would stop every row
            base, exponent = safe["Function"]["input"]
            safe["Function"]["input"] = [_decimal(base), exponent]
        if exact and _divides(function) and not _names_a_column(safe["Function"]["input"][1]):
            divided, constant = safe["Function"]["input"]
            safe["Function"]["input"] = [divided, _repeated(constant, divided)]
        if _may_be_infinite(function):
            return _finite_or_missing(safe)
        if isinstance(function, dict) and any(
            function.get(kind) in names for kind, names in _SMALL.items() if isinstance(function.get(kind), str)
        ):
            return {"Cast": {"expr": safe, "dtype": {"Literal": "Int64"}, "options": "NonStrict"}}
    return safe


def _decimal_literal(tree: dict[str, Any]) -> float | None:
    """`2.5` as a fixed-point number stops every row at a division by zero; as a double it gives infinity there."""
    literal = tree.get("Literal")
    scalar = literal.get("Scalar") if isinstance(literal, dict) else None
    if not isinstance(scalar, dict) or "Decimal" not in scalar:
        return None
    digits, _, scale = scalar["Decimal"]
    return float(f"{digits}e-{scale}")


def _reads_time(function: Any) -> bool:
    return isinstance(function, dict) and "Strptime" in (function.get("StringExpr") or {})


def _iso(target: Any) -> str:
    return "%Y-%m-%d" if target == {"Literal": "Date"} else "%Y-%m-%dT%H:%M:%S"


def _divides(function: Any) -> bool:
    sql = function.get("Sql") if isinstance(function, dict) else None
    return isinstance(sql, dict) and sql.get("Binary") in ("Div", "Rem")


def _names_a_column(tree: Any) -> bool:
    if isinstance(tree, dict):
        return "Column" in tree or any(_names_a_column(inner) for inner in tree.values())
    return isinstance(tree, list) and any(_names_a_column(inner) for inner in tree)


def _repeated(constant: Any, like: Any) -> dict[str, Any]:
    """The constant once for each row of `like`: like * 0 + constant."""
    zero = {"BinaryExpr": {"left": like, "op": "Multiply", "right": {"Literal": {"Dyn": {"Int": 0}}}}}
    return {"BinaryExpr": {"left": zero, "op": "Plus", "right": constant}}


def _may_be_infinite(function: Any) -> bool:
    if isinstance(function, str):
        return function in _MAY_BE_INFINITE
    return _divides(function) or (isinstance(function, dict) and "Pow" in function)


def _decimal(node: Any) -> dict[str, Any]:
    return {"Cast": {"expr": node, "dtype": {"Literal": "Float64"}, "options": "NonStrict"}}


def _finite_or_missing(node: dict[str, Any]) -> dict[str, Any]:
    return {
        "Ternary": {
            "predicate": {"Function": {"input": [_decimal(node)], "function": {"Boolean": "IsFinite"}}},
            "truthy": node,
            "falsy": {"Literal": {"Scalar": {"Null": "Null"}}},
        }
    }
