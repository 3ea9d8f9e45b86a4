"""Clinical terms that numbers decide: weight lost since baseline, and fever with neutropenia (CTCAE v5.0)."""

from __future__ import annotations

from equipoise.medicine.ctcae.grading import Grade, LabResult, grade_result
from equipoise.medicine.nearness import EQUAL

__all__ = ["grade_febrile_neutropenia", "grade_weight_loss", "weight_lost_percent"]


def weight_lost_percent(weight_kg: float | None, baseline_kg: float | None) -> float | None:
    """Percent of the baseline weight that was lost; negative after a gain. None without two positive weights."""
    if weight_kg is None or baseline_kg is None or not (weight_kg > 0 and baseline_kg > 0):
        return None
    return (baseline_kg - weight_kg) / baseline_kg * 100


def grade_weight_loss(weight_kg: float | None, baseline_kg: float | None) -> Grade:
    """5, 10 and 20 % below baseline begin grades 1, 2 and 3; there is no other."""
    return grade_result("weight_loss", "5.0", LabResult(weight_kg or None, "kg", baseline=baseline_kg))


def grade_febrile_neutropenia(
    neutrophils: float | None,
    temperature: float | None,
    *,
    sustained: bool | None = None,
    life_threatening: bool | None = None,
) -> Grade:
    """Neutrophils below 1.0 x10^9/L with one temperature above 38.3 C, or 38.0 C and more for over an hour
    (`sustained`).

    Grade 3, or 4 when it threatens life; 0 when it is not febrile neutropenia; None when that cannot be told.
    """
    few = None if neutrophils is None else 1.0 - neutrophils > EQUAL
    hot: bool | None = None
    if temperature is not None:
        above = temperature - 38.3 > EQUAL * 38.3
        warm = 38.0 - temperature <= EQUAL * 38.0
        hot = above or (sustained if warm else False)
    if few is False or hot is False:
        return Grade("febrile_neutropenia", 0)
    if few is None or hot is None:
        missing = neutrophils is None or temperature is None
        return Grade("febrile_neutropenia", None, ("value_missing",) if missing else ("duration_missing",))
    return Grade("febrile_neutropenia", 4 if life_threatening else 3)
