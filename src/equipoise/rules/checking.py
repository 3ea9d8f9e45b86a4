"""Checking a rule against the typed names that it may use: unknown names, types, codes and units.

A name that exists in the trial but is not yet recorded at this point gets a Finding of its own.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from equipoise.findings import Finding, Refusal, Where
from equipoise.rules.columns import Column, Expectation, polars_type
from equipoise.rules.quantities import check_units
from equipoise.rules.reading import Rule, read_rule
from equipoise.rules.safety import safe_tree
from equipoise.rules.words import finding, phrase
from equipoise.words import Phrase, nearest

if TYPE_CHECKING:
    import polars as pl

__all__ = ["check_rule"]

_MAKES_TIME = re.compile(r"DATE|TIME|INTERVAL|STRP", re.IGNORECASE)
_SAMPLES: dict[str, Any] = {
    "integer": 1,
    "decimal": 1.5,
    "text": "a",
    "code": "a",
    "boolean": True,
    "date": date(2020, 1, 31),
    "datetime": datetime(2020, 1, 31, 12, 0),  # noqa: DTZ001
}


def check_rule(
    text: str,
    columns: Mapping[str, Column],
    *,
    expect: Expectation | None,
    where: Where,
    known_elsewhere: Mapping[str, Phrase | str] | None = None,
    expect_codes: frozenset[str] | None = None,
    expect_unit: str | None = None,
) -> list[Finding]:
    """Every Finding about the rule; empty when it may be used.

    `known_elsewhere` maps a name to why it is not usable here. `expect_codes` are those that the rule may give,
    `expect_unit` is the unit that its value is said to have.
    """
    try:
        rule = read_rule(text, where)
    except Refusal as refusal:
        return list(refusal.findings)
    found = list(_check_names(rule, columns, where, known_elsewhere or {}))
    if found:
        return found
    found += _check_codes(rule, columns, where)
    found += check_units(rule, columns, where, expect_unit)
    found += _check_type(rule, columns, expect, where)
    if expect_codes is not None and not found:
        for code in sorted(set(_result_texts(rule.tree, columns, expect_codes)) - expect_codes):
            found.append(_code_finding(code, expect_codes, phrase("result"), where))
    return found


def _check_names(
    rule: Rule, columns: Mapping[str, Column], where: Where, elsewhere: Mapping[str, Phrase | str]
) -> Iterator[Finding]:
    for name in rule.names:
        if name in columns:
            continue
        if name in elsewhere:
            yield finding("rule.not_yet_recorded", where, name=name, reason=elsewhere[name])
        elif near := nearest(name, [*columns, *elsewhere]):
            yield finding("rule.unknown_name/near", where, name=name, near=near)
        else:
            yield finding("rule.unknown_name", where, name=name)


def _check_type(
    rule: Rule, columns: Mapping[str, Column], expect: Expectation | None, where: Where
) -> Iterator[Finding]:
    text, typed = rule.text, _typed(rule.text, tuple(columns[name].type for name in rule.names))
    if typed.length is not None:
        yield finding(f"rule.wrong_type/{typed.length}", where, rule=text)
    elif (fault := _undated(rule, columns)) is not None:
        part, function, given = fault
        yield finding("rule.not_a_date", where, rule=text, part=part, function=function, given=given)
    elif typed.error is not None:
        reason = phrase("engine_said", said=typed.error)
        if used := [phrase("typed", name=name, type=_said_type(columns[name].type)) for name in rule.names]:
            yield finding("rule.wrong_type/items", where, rule=text, reason=reason, used=used)
        else:
            yield finding("rule.wrong_type/values", where, rule=text, reason=reason)
    elif expect == "boolean" and not _is(typed.dtype, expect):
        yield finding("rule.wrong_type/truth", where, rule=text, given=_said_dtype(typed.dtype))
    elif expect is not None and not _is(typed.dtype, expect):
        key = "rule.wrong_type/day" if expect == "date" and _is(typed.dtype, "datetime") else "rule.wrong_type"
        yield finding(key, where, rule=text, given=_said_dtype(typed.dtype), needed=_said_type(expect))


def _undated(rule: Rule, columns: Mapping[str, Column]) -> tuple[str, str, Phrase] | None:
    """An argument of AGE or DATE_DIFF that is no date: its text, the function, and what it is."""
    for call in rule.calls:
        for part in call.dates:
            inner = read_rule(part)
            typed = _typed(part, tuple(columns[name].type for name in inner.names))
            if typed.dtype is not None and not _is(typed.dtype, "datetime"):
                return part.strip(), call.function, _said_dtype(typed.dtype)
    return None


def _said_type(type_: str) -> Phrase:
    return phrase("number" if type_ == "decimal" else type_)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What a rule gives: its type; or why Polars refuses it; or the wording for a length of time in the wrong place."""

    dtype: Any = None
    error: str | None = None
    length: str | None = None


@cache
def _sample(type_: str) -> pl.Series:
    """One row without a value, one with: some types fit only as long as everything is missing."""
    import polars as pl

    return pl.Series("", [None, _SAMPLES[type_]], polars_type(type_))


@lru_cache(maxsize=8192)
def _typed(text: str, types: tuple[str, ...]) -> _Typed:
    """The rule tried on names of the given types. The same rule often stands in several places: it is tried once."""
    import polars as pl

    rule = read_rule(text)
    names = dict(zip(rule.names, types, strict=True))
    frame = pl.DataFrame([_sample(type_).alias(name) for name, type_ in names.items()] or [_sample("integer")])
    # A length of time can only come from a date or be written as one; looking for it costs more than all else here.
    if {"date", "datetime"} & set(types) or _MAKES_TIME.search(text):
        length = _length_against_number(rule.tree, frame)
        if length is not None:
            return _Typed(length=length)
    try:
        return _Typed(frame.select(rule.expression.alias("value"))["value"].dtype)
    except Exception as error:  # noqa: BLE001  Polars raises several unrelated classes for a type that does not fit
        return _Typed(error=str(error).split("\n", 1)[0].strip().rstrip("."))


def _length_against_number(tree: Any, frame: Any) -> str | None:
    """A length of time compared with, or reckoned with, a number: Polars allows it and counts in microseconds."""
    import polars as pl

    def dtype(node: Any) -> Any:
        try:
            expression = pl.Expr.deserialize(
                io.BytesIO(json.dumps(safe_tree(node, exact=False)).encode()), format="json"
            )
            return frame.select(expression.alias("value"))["value"].dtype
        except Exception:  # noqa: BLE001  a part without a type of its own is judged with the whole rule
            return None

    if dtype(tree) == pl.Duration:
        return "length"
    for node in _walk(tree):
        sides = _sides(node)
        parts = [dtype(side) for side in sides]
        if any(p == pl.Duration for p in parts) and any(p is not None and p.is_numeric() for p in parts):
            return "length_against_number"
    return None


def _sides(node: Any) -> list[Any]:
    """The two sides of a comparison or of arithmetic, which Polars writes in one of two ways."""
    if "BinaryExpr" in node:
        return [node["BinaryExpr"]["left"], node["BinaryExpr"]["right"]]
    function = node.get("Function", {}).get("function")
    sql = function.get("Sql") if isinstance(function, dict) else None
    binary = sql.get("Binary") if isinstance(sql, dict) else None
    # A length divided by a number is still a length: what it is compared with is judged further up.
    return list(node["Function"]["input"]) if binary and binary not in ("Mul", "Div") else []


def _is(dtype: Any, expect: str) -> bool:
    import polars as pl

    if dtype == pl.Null:
        return True
    if expect == "boolean":
        return bool(dtype == pl.Boolean)
    if expect == "integer":
        return bool(dtype.is_integer())
    if expect in ("number", "decimal"):
        return bool(dtype.is_numeric())
    if expect in ("text", "code"):
        return bool(dtype == pl.String)
    if expect == "date":
        return bool(dtype == pl.Date)
    return bool(dtype.is_temporal())


def _said_dtype(dtype: Any) -> Phrase:
    import polars as pl

    named = {pl.Boolean: "boolean", pl.String: "text"}
    for kind, key in named.items():
        if dtype == kind:
            return phrase(key)
    if dtype.is_numeric():
        return phrase("number")
    return phrase("datetime" if isinstance(dtype, pl.Datetime) else "date")


def _walk(tree: Any) -> Iterator[Any]:
    if isinstance(tree, dict):
        yield tree
        for inner in tree.values():
            yield from _walk(inner)
    elif isinstance(tree, list):
        for inner in tree:
            if isinstance(inner, (dict, list)):
                yield from _walk(inner)


def _literal_text(node: Any) -> str | None:
    scalar = (
        node.get("Literal", {}).get("Scalar", {})
        if isinstance(node, dict) and isinstance(node.get("Literal"), dict)
        else {}
    )
    return scalar.get("String") if isinstance(scalar, dict) else None


def _series_texts(node: Any) -> list[str]:
    import polars as pl

    series = pl.select(pl.Expr.deserialize(io.BytesIO(json.dumps(node).encode()), format="json")).to_series()
    values = series.explode() if series.dtype == pl.List else series
    return [v for v in values.to_list() if isinstance(v, str)]


def _check_codes(rule: Rule, columns: Mapping[str, Column], where: Where) -> Iterator[Finding]:
    for node in _walk(rule.tree):
        named: str | None = None
        used: list[str] = []
        if "BinaryExpr" in node and node["BinaryExpr"].get("op") in ("Eq", "NotEq"):
            left, right = node["BinaryExpr"]["left"], node["BinaryExpr"]["right"]
            for a, b in ((left, right), (right, left)):
                text = _literal_text(b)
                if isinstance(a, dict) and "Column" in a and text is not None:
                    named, used = a["Column"], [text]
        elif "Function" in node:
            inputs = node["Function"].get("input") or []
            if len(inputs) == 2 and "Column" in inputs[0] and "Series" in (inputs[1].get("Literal") or {}):
                named, used = inputs[0]["Column"], _series_texts(inputs[1])
        if named is None or columns[named].codes is None:
            continue
        for text in used:
            if text not in columns[named].codes:  # type: ignore[operator]
                yield _code_finding(text, columns[named].codes or frozenset(), phrase("column", name=named), where)


def _code_finding(code: str, codes: frozenset[str], of: Phrase, where: Where) -> Finding:
    if near := nearest(code, sorted(codes)):
        return finding("rule.unknown_code/near", where, code=code, of=of, near=near, codes=codes)
    return finding("rule.unknown_code", where, code=code, of=of, codes=codes)


def _result_texts(tree: Any, columns: Mapping[str, Column], known: frozenset[str]) -> Iterator[str]:
    """The texts that a rule can give as its result, in the branches of CASE, IF and COALESCE too: what is written, and
    of what is named one code that is not `known`, for the list as a whole is the mistake.
    """
    if not isinstance(tree, dict):
        return
    text = _literal_text(tree)
    if text is not None:
        yield text
    elif isinstance(tree.get("Column"), str):
        yield from sorted((columns[tree["Column"]].codes or frozenset()) - known)[:1]
    elif "Ternary" in tree:
        yield from _result_texts(tree["Ternary"]["truthy"], columns, known)
        yield from _result_texts(tree["Ternary"]["falsy"], columns, known)
    elif "Function" in tree and tree["Function"].get("function") == "Coalesce":
        for inner in tree["Function"]["input"]:
            yield from _result_texts(inner, columns, known)
