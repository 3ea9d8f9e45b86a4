"""Trials in silico: from a setup to its operating characteristics, a million times.

Promises that trial number i of a setup and a seed is the same to the last bit on any number of threads, in any chunks,
on any machine. Knows no protocol, no markup and no cluster: it gives them plain numbers that add up.
"""

from equipoise.simulation.trials.characteristics import AtLook, Characteristics, Measured, derive_characteristics
from equipoise.simulation.trials.parts import Cell, PlannedLook, Reestimation, Screening, SimulatedScheme, Statistic
from equipoise.simulation.trials.running import CHUNK, count_chunk, simulate, simulate_chunk
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.totals import Sums, Totals

__all__ = [
    "CHUNK",
    "AtLook",
    "Cell",
    "Characteristics",
    "Measured",
    "PlannedLook",
    "Reestimation",
    "Screening",
    "Setup",
    "SimulatedScheme",
    "Statistic",
    "Sums",
    "Totals",
    "count_chunk",
    "derive_characteristics",
    "simulate",
    "simulate_chunk",
]
