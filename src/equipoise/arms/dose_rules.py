"""Dose rules: when a dose is reduced, delayed, omitted, or the treatment stopped, each with the reason for people.

A rule recommends; whoever treats decides, and the record keeps both. Where several rules are true the most severe one
is followed (stop before omit before delay before reduce before give), and among reductions the lowest dose.
"""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, model_validator

from equipoise.wording import Clause, Identifier, NoSource, PositiveNumber, Rule, Text, inconsistent

__all__ = ["SEVERITY", "DoseRule", "Recommendation"]

Recommendation = Literal["give", "reduce", "delay", "omit", "stop"]
SEVERITY: dict[str, int] = {name: place for place, name in enumerate(get_args(Recommendation))}
"""Recommendation to its rank: the greater is followed."""


class DoseRule(Clause):
    """What to do with the next dose of `treatment` when `when` is true of the participant.

    `reduce` says to which share of the planned dose (`to_percent`), or to which dose in the treatment's own unit
    (`to_dose`). `delay` says for how many days before it is asked again; a reduction that holds as well is made when
    the dose is given.
    """

    id: Identifier
    treatment: Identifier
    when: Rule
    recommend: Recommendation
    to_percent: float | None = Field(default=None, gt=0, lt=100)
    to_dose: PositiveNumber | None = None
    days: int | None = Field(default=None, ge=1, le=365)
    reason: Text
    note: Text | None = None
    assumption: bool = False
    source: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _says_how(self) -> DoseRule:
        lowered = (self.to_percent is not None) + (self.to_dose is not None)
        if (self.recommend == "reduce") != (lowered == 1) or lowered > 1:
            raise inconsistent("dose_rule.reduce")
        if (self.recommend == "delay") != (self.days is not None):
            raise inconsistent("dose_rule.delay")
        if self.assumption and not self.source:
            raise NoSource
        return self
