"""Plasma EBV DNA: one measurement in one unit with its detection, and how a series of them clears.

Promises that 0 copies means below the detection of that assay, that a result that contradicts itself decides nothing,
and that clearance is never read into a series that began without EBV DNA. Knows no trial: thresholds and visits are
given.
"""

from equipoise.medicine.ebv_dna.clearance import Clearance, Sample, derive_clearance
from equipoise.medicine.ebv_dna.measurement import (
    EbvResult,
    Measurement,
    copies_per_ml_of_reaction,
    derive_result,
    reaches,
)

__all__ = [
    "Clearance",
    "EbvResult",
    "Measurement",
    "Sample",
    "copies_per_ml_of_reaction",
    "derive_clearance",
    "derive_result",
    "reaches",
]
