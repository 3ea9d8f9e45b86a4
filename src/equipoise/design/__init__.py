"""Design: error rates, assumed hazards, accrual, looks; the scenarios in which the trial is played; and the numbers that follow.

The clauses of the protocol are here at once. The numbers are loaded when they are asked for: a protocol is read and checked
without them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from equipoise.design.scenario import Distribution, Outcome, Scenario
from equipoise.design.spec import Accrual, Design, Futility, Hazard, Look, Spending

if TYPE_CHECKING:
    from equipoise.design.crossing import Crossing, crossing_probabilities
    from equipoise.design.sequential import Sequential, plan_sequential

_LATER = {
    "Crossing": "crossing",
    "crossing_probabilities": "crossing",
    "Sequential": "sequential",
    "plan_sequential": "sequential",
}
"""What is loaded when it is asked for (PEP 562), and from which module."""

__all__ = [
    "Accrual",
    "Crossing",
    "Design",
    "Distribution",
    "Futility",
    "Hazard",
    "Look",
    "Outcome",
    "Scenario",
    "Sequential",
    "Spending",
    "crossing_probabilities",
    "plan_sequential",
]


def __getattr__(name: str) -> Any:
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
