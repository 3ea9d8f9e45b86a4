"""What the size rests on: each assumption of a design made smaller and larger in turn, all others kept.

For every shift three answers: the participants that the planned power would need, the power that the planned trial
would have if it were analysed when planned, and the month in which its events would be expected. Knows clauses, and no
printing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from equipoise.design.spec import Accrual, Design, Hazard

__all__ = ["Answers", "Sensitivity", "assess_sensitivity", "scaled_accrual", "scaled_hazard"]

_LESS, _MORE = 0.8, 1.25


@dataclass(frozen=True, slots=True)
class Answers:
    """What follows if an assumption has this `value`; None where there is no answer (nothing would be enough)."""

    value: float
    participants: float | None
    power: float | None
    month: float | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One assumption, by its path in the clause: its value as assumed, and the answers below and above it."""

    assumption: str
    value: float
    low: Answers
    high: Answers

    @property
    def matters(self) -> bool:
        """Whether any answer differs between the two."""
        one, two = self.low, self.high
        return (one.participants, one.power, one.month) != (two.participants, two.power, two.month)

    @property
    def spread(self) -> float:
        """How far the power moves between the two; 1 where one of them has none."""
        one, two = self.low.power, self.high.power
        return 1.0 if one is None or two is None else abs(one - two)


def assess_sensitivity(design: Design, answer: Callable[[float, Design], Answers]) -> tuple[Sensitivity, ...]:
    """Every assumption on which something rests, shifted, the most important first.

    `answer(value, changed clause)` says what follows.

    Hazards, accrual, dropout and follow-up by 4/5 and 5/4; a hazard ratio by 0.9 and 1.1, so that neither end is
    absurd; rates and means by a fifth of the assumed effect; a standard deviation by 4/5 and 5/4.
    """
    found = [Sensitivity(name, value, answer(*low), answer(*high)) for name, value, low, high in _shifts(design)]
    return tuple(sorted((one for one in found if one.matters), key=lambda one: -one.spread))


Shift = tuple[str, float, tuple[float, Design], tuple[float, Design]]


def _shifts(design: Design) -> Iterator[Shift]:
    for name, less, more in (
        ("hazard_ratio", 0.9, 1.1),
        ("follow_up_months", _LESS, _MORE),
        ("dropout_per_month", 0.5, 2.0),
        ("delay_months", 0.5, 1.5),
        ("cured", _LESS, _MORE),
    ):
        given = getattr(design, name)
        if given is not None and given.value:
            low, high = given.value * less, given.value * more
            yield name, given.value, (low, _with(design, name, low)), (high, _with(design, name, high))
    if design.control is not None:
        hazard = design.control.value
        slow, fast = (
            (_shown(scaled_hazard(hazard, factor), factor), _with(design, "control", scaled_hazard(hazard, factor)))
            for factor in (_LESS, _MORE)
        )
        yield "control", _shown(hazard, 1.0), slow, fast
    if design.accrual is not None:
        accrual = design.accrual.value
        slow, fast = (
            (max(accrual.per_month) * factor, _with(design, "accrual", scaled_accrual(accrual, factor)))
            for factor in (_LESS, _MORE)
        )
        yield "accrual", max(accrual.per_month), slow, fast
    yield from _shifts_of_groups(design)


def _shifts_of_groups(design: Design) -> Iterator[Shift]:
    for group in ("rates", "means"):
        assumed = getattr(design, group)
        if assumed is None:
            continue
        step = abs(assumed.experimental.value - assumed.control.value) / 5
        for name in ("control", "experimental"):
            value = getattr(assumed, name).value
            ends = [value - step, value + step] if step else [value * 0.95, value * 1.05]
            if group == "rates":
                ends = [min(max(end, 0.001), 0.999) for end in ends]
            low, high = ((end, _within(design, group, name, end)) for end in ends)
            yield f"{group}.{name}", value, low, high
        if group == "means":
            sd = assumed.sd.value
            low, high = ((sd * f, _within(design, group, "sd", sd * f)) for f in (_LESS, _MORE))
            yield "means.sd", sd, low, high


def _with(design: Design, name: str, value: Any) -> Design:
    return design.model_copy(update={name: getattr(design, name).model_copy(update={"value": value})})


def _within(design: Design, group: str, name: str, value: float) -> Design:
    clause = getattr(design, group)
    return design.model_copy(
        update={group: clause.model_copy(update={name: getattr(clause, name).model_copy(update={"value": value})})}
    )


def scaled_hazard(hazard: Hazard, factor: float) -> Hazard:
    """The curve whose hazard is `factor` times as high, in the form in which it was given."""
    if hazard.per_month:
        return hazard.model_copy(update={"per_month": tuple(h * factor for h in hazard.per_month)})
    if hazard.median_months is not None:
        return hazard.model_copy(update={"median_months": hazard.median_months / factor})
    assert hazard.survival is not None
    return hazard.model_copy(update={"survival": hazard.survival**factor})


def _shown(hazard: Hazard, factor: float) -> float:
    """The number by which a curve is known: its median, its survival at the stated time,
    or the factor on its pieces."""
    return hazard.median_months or hazard.survival or factor


def scaled_accrual(accrual: Accrual, factor: float) -> Accrual:
    """`factor` times as many participants a month, in the same periods."""
    return accrual.model_copy(update={"per_month": tuple(rate * factor for rate in accrual.per_month)})
