"""Endpoints that are one value for each participant, given by a rule: what true-or-false and numeric ones share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from equipoise.rules import evaluate

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Ruled", "no_reasons", "value_rows"]

NO_VALUE = "no_value"


class Ruled(Protocol):
    """Anything with a rule."""

    @property
    def rule(self) -> str:
        """A SQL expression over names of one participant."""


def value_rows(frame: pl.DataFrame, endpoint: Ruled, type_: Any) -> pl.DataFrame:
    """participant, arm, value (null while it is not known) and problem, in the order of the frame."""
    import polars as pl

    value = evaluate(endpoint.rule, frame).cast(type_).alias("value")
    rows = frame.select("participant", "arm").with_columns(value)
    return rows.with_columns(pl.when(pl.col("value").is_null()).then(pl.lit(NO_VALUE)).alias("problem"))


def no_reasons(_endpoint: object) -> dict[str, Any]:
    """Nothing ends a value: no clause is its reason."""
    return {}
