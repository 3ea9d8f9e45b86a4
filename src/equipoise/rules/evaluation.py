"""Running rules: on one participant or on a frame of any length, with the same expression and the same answers.

Missing values follow SQL: a rule answers true, false or not yet known (None).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from equipoise.rules.columns import Column, polars_type
from equipoise.rules.plain import NotPlain, fits, plain
from equipoise.rules.reading import read_rule
from equipoise.rules.words import phrase, refuse

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Verdict", "assess", "compute", "evaluate", "typed_frame"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one participant: true, false, or not yet known for want of the `missing` names."""

    truth: bool | None
    missing: tuple[str, ...] = ()


def evaluate(text: str, frame: pl.DataFrame) -> pl.Series:
    """The rule's value for each row of `frame`; a rule that names nothing gives one value, repeated."""
    import polars as pl

    rule = read_rule(text)
    try:
        result = frame.select(rule.expression.alias("value"))["value"]
    except pl.exceptions.PolarsError as error:
        refuse("rule.failed", rule=text, reason=phrase("engine_said", said=str(error).split("\n", 1)[0]))
    if len(result) == 1 and frame.height != 1:
        result = result.new_from_index(0, frame.height)
    return result


def typed_frame(values: Mapping[str, Any], columns: Mapping[str, Column]) -> pl.DataFrame:
    """One row holding `values`, each in the type that its column declares; names without a value are missing."""
    import polars as pl

    return pl.DataFrame(
        {name: [values.get(name)] for name in columns},
        schema={name: polars_type(column.type) for name, column in columns.items()},
        strict=False,
    )


def compute(text: str, values: Mapping[str, Any], columns: Mapping[str, Column]) -> Any:
    """The rule's value for one participant, as a Python value."""
    # The value depends on the named values and on nothing else, so that it is computed once for each: forms ask the
    # same of most participants. The type of a value is part of the question: 1, 1.0 and true are equal in Python.
    used = tuple(
        (name, columns[name].type, value.__class__, value)
        for name in read_rule(text).names
        for value in (values.get(name),)
    )
    return _computed(text, used)


def _computed_plainly(text: str, used: tuple[tuple[str, str, type, Any], ...]) -> tuple[bool, Any]:
    """Whether plain Python may answer, and its answer."""
    answer = plain(text)
    if answer is None or not all(fits(type_, value) for _, type_, _, value in used):
        return False, None
    values = {
        name: float(value) if type_ == "decimal" and value is not None else value for name, type_, _, value in used
    }
    try:
        return True, answer(values)
    except NotPlain:
        return False, None


@lru_cache(maxsize=1 << 16)
def _computed(text: str, used: tuple[tuple[str, str, type, Any], ...]) -> Any:
    import polars as pl

    done, answer = _computed_plainly(text, used)
    if done:
        return answer
    if not used:
        return evaluate(text, pl.DataFrame({"": [0]}))[0]
    columns = {name: pl.Series(name, [value], polars_type(type_), strict=False) for name, type_, _, value in used}
    return evaluate(text, pl.DataFrame(list(columns.values())))[0]


def assess(text: str, values: Mapping[str, Any], columns: Mapping[str, Column]) -> Verdict:
    """Whether the rule holds for one participant, and, when that is not yet known, what is missing."""
    truth = compute(text, values, columns)
    if truth is None:
        return Verdict(None, tuple(name for name in read_rule(text).names if values.get(name) is None))
    return Verdict(bool(truth))
