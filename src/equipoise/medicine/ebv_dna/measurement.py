"""One measurement of plasma EBV DNA: its canonical value in copies/mL, and whether EBV DNA was detected.

What the laboratory says of detection stands above its number; where the two contradict each other nothing is known.
Sources: BamHI-W real-time PCR is the standard of trials, and at least 5 copies per reaction were proposed as the
cut-off for "detectable" (Le et al., Clin Cancer Res 2013; 19: 2208); how many copies make one IU is the assay's own
(units.convert).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from equipoise.units import convert
from equipoise.wording.literals import literals_checked

__all__ = [
    "COPIES_PER_REACTION_MIN",
    "STATUSES",
    "UNITS",
    "EbvResult",
    "Measurement",
    "Status",
    "copies_per_ml_of_reaction",
    "derive_result",
    "reaches",
]

Status = Literal["detected", "below_quantification", "not_detected", "not_known"]
STATUSES: tuple[Status, ...] = ("detected", "below_quantification", "not_detected", "not_known")
UNITS = {"copies_per_ml": "copies/mL", "iu_per_ml": "IU/mL"}
"""The units in which laboratories report, by the code that a form gives them."""
COPIES_PER_REACTION_MIN = 5
"""Proposed cut-off for "detectable": there the variation of Ct was below 10% (Le et al. 2013)."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One result as it was reported. `lod` and `loq`, the limits of detection and quantification, are in `unit` too.

    `copies_per_reaction` with its volumes is another way to the value, where the report gives no concentration.
    """

    value: float | None = None
    unit: str | None = None
    detected: bool | None = None
    lod: float | None = None
    loq: float | None = None
    copies_per_iu: float | None = None
    copies_per_reaction: float | None = None
    elution_ul: float | None = None
    pcr_ul: float | None = None
    plasma_ml: float | None = None


@literals_checked
@dataclass(frozen=True, slots=True)
class EbvResult:
    """What a measurement says. `copies_per_ml` is 0 exactly when nothing was detected, and None when not known.

    `lod_copies_per_ml` is None when the limit is not known or not convertible.
    """

    status: Status
    copies_per_ml: float | None
    lod_copies_per_ml: float | None


def copies_per_ml_of_reaction(copies: float, elution_ul: float, pcr_ul: float, plasma_ml: float) -> float:
    """copies/mL of plasma = Q x (V_elution / V_PCR) / V_plasma: copies in a reaction, volume of the eluted DNA and of
    it in the reaction (same unit), plasma extracted in mL. Textbook knowledge, not checked against a source.
    """
    return copies * (elution_ul / pcr_ul) / plasma_ml


def _sound(number: float | None) -> float | None:
    """A number above 0, or None: no limit, factor or volume can be another."""
    return number if number is not None and math.isfinite(number) and number > 0 else None


def in_copies(value: float | None, unit: str | None, copies_per_iu: float | None) -> float | None:
    """The value in copies/mL; None without a value, a known unit, or the assay's factor where the unit is IU/mL."""
    factor = _sound(copies_per_iu)
    if value is None or unit not in UNITS or (unit == "iu_per_ml" and factor is None):
        return None
    if not math.isfinite(value * (factor or 1)):
        return None
    return convert(value, UNITS[unit], "copies/mL", copies_per_iu=factor)


def of_reaction(m: Measurement) -> float | None:
    """copies/mL from the copies per reaction, when these and all three volumes are given."""
    elution, pcr, plasma = _sound(m.elution_ul), _sound(m.pcr_ul), _sound(m.plasma_ml)
    copies = m.copies_per_reaction
    if elution is None or pcr is None or plasma is None or copies is None or not 0 <= copies < math.inf:
        return None
    return copies_per_ml_of_reaction(copies, elution, pcr, plasma)


def derive_result(m: Measurement) -> EbvResult:
    """The status and the canonical value of one measurement.

    Not detected is 0 copies/mL, whatever number below the limit of detection was printed with it. Detected but below a
    limit is below_quantification: such a number is reported and not reliable; and so is what was detected without a
    number, where the assay has a limit of quantification. Without a statement on detection, 0 is
    not detected, and a number counts as detected only from the limit of detection on.
    """
    lod, loq = _sound(m.lod), _sound(m.loq)
    lod_copies = in_copies(lod, m.unit, m.copies_per_iu)
    value, copies = m.value, in_copies(m.value, m.unit, m.copies_per_iu)
    if value is None and (computed := of_reaction(m)) is not None:
        value = copies = computed
        lod, loq = lod_copies, in_copies(loq, m.unit, m.copies_per_iu)
    status = _status(value, m.detected, lod, loq)
    if status == "not_known":
        copies = None
    elif status == "not_detected":
        copies = 0.0
    return EbvResult(status, copies, lod_copies)


def _status(value: float | None, detected: bool | None, lod: float | None, loq: float | None) -> Status:
    if value is not None and not 0 <= value < math.inf:
        return "not_known"
    below_lod = value is not None and lod is not None and value < lod
    if detected is False:
        return "not_detected" if not value or below_lod else "not_known"
    if value == 0:
        return "not_known" if detected else "not_detected"
    if value is None:
        return "not_known" if not detected else "detected" if loq is None else "below_quantification"
    if detected is None and (lod is None or below_lod):
        return "not_known"
    return "below_quantification" if below_lod or (loq is not None and value < loq) else "detected"


def reaches(result: EbvResult, threshold: float) -> bool | None:
    """Whether EBV DNA is at or above the threshold in copies/mL; with threshold 0, whether there is any ("> 0").

    Not detected is below a threshold that is not lower than the limit of detection; otherwise nobody knows.
    """
    if result.status == "not_known":
        return None
    if result.status == "not_detected":
        lod = result.lod_copies_per_ml
        return False if threshold <= 0 or (lod is not None and lod <= threshold) else None
    if threshold <= 0:
        return True
    return None if result.copies_per_ml is None else result.copies_per_ml >= threshold
