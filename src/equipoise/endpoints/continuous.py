"""Continuous endpoints: a number for each participant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from equipoise.endpoints.kind import EndpointKind, Role, Use
from equipoise.endpoints.valued import no_reasons, value_rows
from equipoise.wording import Clause, Identifier, Rule, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CONTINUOUS", "ContinuousEndpoint"]


class ContinuousEndpoint(Clause):
    """A number for each participant, by a rule."""

    kind: Literal["continuous"]
    id: Identifier
    label: Text
    short: str
    description: Text
    role: Role
    rule: Rule
    better: Literal["lower", "higher"] | None = None
    unit: str | None = None
    assumption: bool = False
    source: str | None = None


def _uses(endpoint: ContinuousEndpoint) -> tuple[Use, ...]:
    return (Use(("rule",), endpoint.rule, "number"),)


def _rows(frame: pl.DataFrame, endpoint: ContinuousEndpoint) -> pl.DataFrame:
    import polars as pl

    return value_rows(frame, endpoint, pl.Float64)


CONTINUOUS = EndpointKind(
    id="continuous",
    clause=ContinuousEndpoint,
    noun=("continuous endpoints", "连续型终点"),
    columns=("value",),
    uses=_uses,
    rows=_rows,
    time_unit=lambda _: "days",
    reasons=no_reasons,
)
