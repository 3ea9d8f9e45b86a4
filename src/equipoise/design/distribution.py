"""How a virtual participant's value comes about: one kind of chance, or a rule, or chance around a rule.

A rule may name what stands on the sheet so far, items of other forms as last known, variables, built-ins, the
scenario's latents and the moment (`MOMENT`). Knows no protocol: whether names exist is checked where they stand.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pydantic import Field, model_validator

from equipoise.wording import Clause, Identifier, Number, Rule, SignedDays, WholeNumber, inconsistent

__all__ = ["CORRELATION_OF_A_PAIR", "MOMENT", "ChoiceBy", "Distribution", "Spread"]

CORRELATION_OF_A_PAIR = 0.7
"""Two plain numbers make values of which two of one participant resemble each other so much."""
MOMENT = ("visit", "occurrence", "day", "row", "previous", "days_left", "leaving")
"""Names of the moment: the visit and its occurrence, days since randomization (0 before it), the row of a group, and
the item's own last value for this participant (in a row that is kept: of that row), days to the end of observation; on
the form of those who leave, from what (follow_up, consent).
"""
_KINDS = ("value", "choice", "choice_by", "chance", "normal", "lognormal", "uniform", "days_after", "rule")


class Spread(Clause):
    """A normal distribution around `mean`, which may be a rule; of the logarithm for `lognormal`. `[62, 10]` is short
    for `{mean: 62, sd: 10, correlation: 0.7}`: what lasts in a participant. In the long form every record is drawn for
    itself.
    """

    mean: Number | Rule
    sd: Number | Rule
    correlation: float = Field(default=0.0, ge=0, le=1)

    @model_validator(mode="before")
    @classmethod
    def _pair(cls, data: Any) -> Any:
        if not isinstance(data, (list, tuple)):
            return data
        if len(data) != 2:
            raise inconsistent("spread.pair")
        return {"mean": data[0], "sd": data[1], "correlation": CORRELATION_OF_A_PAIR}

    @model_validator(mode="after")
    def _not_negative(self) -> Spread:
        if isinstance(self.sd, (int, float)) and not 0 <= self.sd < math.inf:
            raise inconsistent("spread.sd")
        return self


class ChoiceBy(Clause):
    """The weights that hold when `when` is true, or for everybody when it is left out."""

    when: Rule | None = None
    choice: dict[str, Number]

    @model_validator(mode="after")
    def _weights(self) -> ChoiceBy:
        _check_weights(self.choice)
        return self


class Distribution(Clause):
    """Exactly one of: fixed `value` (may be written plainly); `choice` with weights by code; `choice_by`, of which the
    first that holds is taken; `chance`, a rule that gives the probability of true; `normal`, `lognormal` around a
    number or a rule; `uniform` with two numbers; `rule`, a SQL expression over what the participant already has;
    `days_after` a date: two numbers. `min` and `max` bound a normal or lognormal value. `missing` is the probability
    that the item is left empty (only for items that may be).
    """

    value: str | WholeNumber | Number | bool | None = None
    choice: dict[str, Number] | None = None
    choice_by: tuple[ChoiceBy, ...] | None = Field(default=None, min_length=1)
    chance: Rule | None = None
    normal: Spread | None = None
    lognormal: Spread | None = None
    uniform: tuple[Number, Number] | None = None
    days_after: tuple[SignedDays, SignedDays] | None = None
    from_: Identifier | None = Field(default=None, alias="from")
    rule: Rule | None = None
    min: Number | Rule | None = None
    max: Number | Rule | None = None
    missing: float = Field(default=0.0, ge=0, le=1)

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, data: Any) -> Any:
        return data if isinstance(data, (dict, Distribution)) else {"value": data}

    @model_validator(mode="after")
    def _one_kind(self) -> Distribution:
        if sum(getattr(self, kind) is not None for kind in _KINDS) != 1:
            raise inconsistent("distribution.one_kind", kinds=_KINDS)
        if self.days_after is not None and self.from_ is None:
            raise inconsistent("distribution.days_after")
        if (self.min is not None or self.max is not None) and self.normal is None and self.lognormal is None:
            raise inconsistent("distribution.bounds")
        if self.choice is not None:
            _check_weights(self.choice)
        return self

    @property
    def spread(self) -> Spread | None:
        """Of a normal or lognormal value."""
        return self.normal or self.lognormal

    @property
    def is_chance(self) -> bool:
        """Whether drawn again it may be another; a fixed value and a rule stay."""
        return self.value is None and self.rule is None

    def rules(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every rule with its place in the clause."""
        for name in ("rule", "chance", "min", "max"):
            text = getattr(self, name)
            if isinstance(text, str):
                yield (name,), text
        for place, one in enumerate(self.choice_by or ()):
            if one.when is not None:
                yield ("choice_by", place, "when"), one.when
        for kind in ("normal", "lognormal"):
            spread: Spread | None = getattr(self, kind)
            for name in ("mean", "sd") if spread is not None else ():
                text = getattr(spread, name)
                if isinstance(text, str):
                    yield (kind, name), text

    def codes(self) -> list[str]:
        """The codes that it can give, as far as they are listed."""
        listed = [*(self.choice or ()), *(code for one in self.choice_by or () for code in one.choice)]
        return list(dict.fromkeys([*listed, self.value] if isinstance(self.value, str) else listed))


def _check_weights(weights: dict[str, float]) -> None:
    if not weights or min(weights.values()) < 0 or sum(weights.values()) <= 0:
        raise inconsistent("distribution.weights")
