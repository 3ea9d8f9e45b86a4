"""The names that a rule may use, and the type in which Polars holds their values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Column", "Expectation", "polars_type"]

Expectation = Literal["boolean", "number", "integer", "decimal", "text", "code", "date", "datetime"]


@dataclass(frozen=True, slots=True)
class Column:
    """A name that a rule may use: its type, unit, allowed codes, and where it comes from, in words."""

    name: str
    type: str
    unit: str | None = None
    codes: frozenset[str] | None = None
    where: str = ""


def polars_type(type_: str) -> pl.DataType:
    """The Polars type that holds values of a protocol type."""
    import polars as pl

    types: dict[str, Any] = {
        "integer": pl.Int64(),
        "decimal": pl.Float64(),
        "text": pl.String(),
        "code": pl.String(),
        "date": pl.Date(),
        "datetime": pl.Datetime("us"),
        "boolean": pl.Boolean(),
    }
    return types[type_]  # type: ignore[no-any-return]
