"""What one kind of endpoint is to everybody who meets one: the names it uses, its rows, its words.

A kind is declared once, in the module of its clause; reading, checking, analysis and documents ask the declaration and
never which kind it is. Knows no trial, no data cut and no method of analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from equipoise.rules import read_rule
from equipoise.wording import Clause, Text
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    import polars as pl

__all__ = ["EndpointKind", "Needs", "Role", "Use"]

Needs = Literal["date", "days", "boolean", "number"]
Role = Literal["primary", "secondary", "exploratory"]


@literals_checked
@dataclass(frozen=True, slots=True)
class Use:
    """One place of an endpoint that names something: where, what it says, and what that must give.

    `date` and `days` (a number of days) are single names; `boolean` and `number` are rules.
    """

    path: tuple[str | int, ...]
    says: str
    needs: Needs

    @property
    def names(self) -> tuple[str, ...]:
        """The items, variables and built-ins that are named there."""
        return (self.says,) if self.needs in ("date", "days") else tuple(sorted(read_rule(self.says).names))


@dataclass(frozen=True, slots=True)
class EndpointKind:
    """A kind of endpoint. `noun`: what its methods are made for, in both languages.

    `uses` tells every place where an endpoint names something. `rows` gives what an analysis of it gets from a frame
    with those names: one row per participant with participant, arm, `columns`, and `problem` (null for a row that can
    be analyzed). `time_unit` is the unit in which its times are shown, `reasons` the label of each clause that a row's
    `reason` may name.
    """

    id: str
    clause: type[Clause]
    noun: tuple[str, str]
    columns: tuple[str, ...]
    uses: Callable[[Any], tuple[Use, ...]]
    rows: Callable[[pl.DataFrame, Any], pl.DataFrame]
    time_unit: Callable[[Any], str]
    reasons: Callable[[Any], Mapping[str, Text]]

    def names(self, endpoint: Any) -> list[str]:
        """Every name that an endpoint of this kind uses, each once, in the order of its clauses."""
        return list(dict.fromkeys(name for use in self.uses(endpoint) for name in use.names))

    @property
    def timed(self) -> bool:
        """Whether its rows are times, so that somebody may have none."""
        return "time_days" in self.columns
