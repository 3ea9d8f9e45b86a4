"""From a protocol and a scenario to a setup: names, clauses and dates become the plain numbers that trials are
simulated from.

Promises to say what was supposed, and to refuse with Findings what the numbers cannot say.
"""

from equipoise.simulation.compile.assembly import compile_design, compile_scenario, compile_setup
from equipoise.simulation.compile.framing import Compiled
from equipoise.simulation.compile.variations import (
    most_events_of,
    null_effect,
    under_effect,
    under_null,
    under_ratio,
    without_futility,
)

__all__ = [
    "Compiled",
    "compile_design",
    "compile_scenario",
    "compile_setup",
    "most_events_of",
    "null_effect",
    "under_effect",
    "under_null",
    "under_ratio",
    "without_futility",
]
