"""Binary endpoints: true, false or not known for each participant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from equipoise.endpoints.kind import EndpointKind, Role, Use
from equipoise.endpoints.valued import no_reasons, value_rows
from equipoise.wording import Clause, Identifier, Rule, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BINARY", "BinaryEndpoint"]


class BinaryEndpoint(Clause):
    """True, false or not known for each participant, by a rule."""

    kind: Literal["binary"]
    id: Identifier
    label: Text
    short: str
    description: Text
    role: Role
    rule: Rule
    better: Literal["lower", "higher"] | None = None
    assumption: bool = False
    source: str | None = None


def _uses(endpoint: BinaryEndpoint) -> tuple[Use, ...]:
    return (Use(("rule",), endpoint.rule, "boolean"),)


def _rows(frame: pl.DataFrame, endpoint: BinaryEndpoint) -> pl.DataFrame:
    import polars as pl

    return value_rows(frame, endpoint, pl.Boolean)


BINARY = EndpointKind(
    id="binary",
    clause=BinaryEndpoint,
    noun=("true-or-false endpoints", "二分类终点"),
    columns=("value",),
    uses=_uses,
    rows=_rows,
    time_unit=lambda _: "days",
    reasons=no_reasons,
)
