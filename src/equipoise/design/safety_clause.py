"""A safety stopping rule as data: which event, among whom, and when so many are too many. Says nothing of numbers:
`safety` does.

A rule is looked at while the trial runs and asks nothing of the primary endpoint. It never stops a trial by itself: it
says when those who answer for the trial must decide (ICH E6(R3) 3.9, SPIRIT 2025 item 28).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from equipoise.wording import Clause, Identifier, People, Sourced, Text, inconsistent

__all__ = ["BetaBinomial", "ExactBinomial", "Pocock", "SafetyBoundary", "SafetyRule"]


class _Looks(Clause):
    """When the boundary is looked at: after `first` participants, then after every `every` more,
    up to `participants`."""

    acceptable: float = Field(gt=0, lt=1)
    participants: int = Field(ge=1, le=2000)
    first: People = 1
    every: People = 1

    @model_validator(mode="after")
    def _a_look(self) -> _Looks:
        if self.first > self.participants:
            raise inconsistent("safety.first")
        return self

    def looks(self) -> tuple[int, ...]:
        """The numbers of participants at which it is looked at; the last number is always one of them."""
        return tuple(sorted({*range(self.first, self.participants + 1, self.every), self.participants}))


_Parameter = Annotated[float, Field(gt=0, lt=1e6)]


class BetaBinomial(_Looks):
    """Stop when the rate is above `acceptable` with `certainty`, by a Beta `prior` [a, b]: a + b is worth so many
    participants.
    """

    kind: Literal["beta_binomial"]
    prior: tuple[_Parameter, _Parameter]
    certainty: float = Field(gt=0.5, lt=1)


class Pocock(_Looks):
    """The same exact one-sided level at every look, so that all looks together cross with at most `probability`."""

    kind: Literal["pocock"]
    probability: float = Field(gt=0, lt=0.5)


class ExactBinomial(_Looks):
    """At each look an exact one-sided test at `level`; nothing is taken off for looking often."""

    kind: Literal["exact_binomial"]
    level: float = Field(gt=0, lt=0.5)


SafetyBoundary = Annotated[BetaBinomial | Pocock | ExactBinomial, Field(discriminator="kind")]


class SafetyRule(Clause):
    """`event` is true of whoever had it; `set` says among whom. Each of `arms` is watched by itself; without, all
    together.
    """

    id: Identifier
    label: Text
    event: Identifier
    set: Identifier
    arms: tuple[Identifier, ...] = ()
    boundary: Sourced[SafetyBoundary]
    action: Text
    note: Text | None = None
