"""Renal function from serum creatinine, and the carboplatin dose that follows from it.

Cockcroft-Gault is computed as it was published, in mg/dL (creatinine in umol/L divided by 88.4); the form for umol/L,
with its rounded 1.23 and 1.04, is kept for protocols that name it: it is 0.18 % higher in men and 0.35 % lower in
women. Sources: Cockcroft and Gault 1976, Nephron 16:31; Inker 2021, N Engl J Med 385:1737 (CKD-EPI 2021); Calvert 1989,
J Clin Oncol 7:1748.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from equipoise.medicine.body_size import adjusted_weight, ideal_weight, remarks_on_size, rounded
from equipoise.medicine.method import Derived, Method, Observation, Option, Port, Remark, both
from equipoise.medicine.words import remark
from equipoise.units import convert

__all__ = [
    "METHODS",
    "carboplatin_dose",
    "cockcroft_gault",
    "egfr_ckd_epi_2021",
    "remarks_on_creatinine",
    "weight_for_clearance",
]

AGE = Port("integer", "age in completed years", unit="a")
SEX = Port("code", "sex", codes=("F", "M"))
CREATININE = Port("decimal", "serum creatinine", unit="umol/L", analyte="creatinine")
WEIGHTS = ("actual", "ideal", "adjusted", "lesser")


def cockcroft_gault(age: float, sex: str, weight_kg: float, creatinine_umol_l: float, *, si: bool = False) -> float:
    """Creatinine clearance in mL/min. `si`: the rounded form for umol/L,
    (140 - age) kg x 1.23 (M) or 1.04 (F) / creatinine.
    """
    if si:
        return (140 - age) * weight_kg * (1.23 if sex == "M" else 1.04) / creatinine_umol_l
    mg_dl = convert(creatinine_umol_l, "umol/L", "mg/dL", "creatinine")
    return (140 - age) * weight_kg / (72 * mg_dl) * (1.0 if sex == "M" else 0.85)


def egfr_ckd_epi_2021(age: float, sex: str, creatinine_umol_l: float) -> float:
    """Estimated glomerular filtration rate in mL/min per 1.73 m2, without race; for adults."""
    mg_dl = convert(creatinine_umol_l, "umol/L", "mg/dL", "creatinine")
    kappa, alpha, factor = (0.9, -0.302, 1.0) if sex == "M" else (0.7, -0.241, 1.012)
    ratio = mg_dl / kappa
    return float(142 * min(ratio, 1.0) ** alpha * max(ratio, 1.0) ** -1.200 * 0.9938**age * factor)


def carboplatin_dose(auc: float, gfr_ml_min: float, gfr_max: float | None = None) -> float:
    """Calvert: mg of carboplatin = AUC (mg min/mL) x (GFR + 25), the GFR not above `gfr_max` where one is set."""
    return auc * ((gfr_ml_min if gfr_max is None else min(gfr_ml_min, gfr_max)) + 25)


def weight_for_clearance(kind: str, weight_kg: float, height_cm: float | None, sex: str) -> float | None:
    """The weight that Cockcroft-Gault is to use: actual, ideal, adjusted, or the lesser of actual and ideal.
    None without a height.
    """
    if kind == "actual":
        return weight_kg
    if height_cm is None:
        return None
    if kind == "adjusted":
        return adjusted_weight(weight_kg, height_cm, sex)
    ideal = ideal_weight(height_cm, sex)
    return ideal if kind == "ideal" else min(weight_kg, ideal)


def remarks_on_creatinine(umol_l: float | None) -> tuple[Remark, ...]:
    """What does not fit in a creatinine in umol/L: another unit was read as umol/L, or umol/L as another unit."""
    if umol_l is None or 25 <= umol_l <= 1500:
        return ()
    if umol_l > 1500:
        mg_dl = convert(umol_l, "umol/L", "mg/dL", "creatinine")
        return (remark("creatinine_unit/high", "creatinine", umol_l=umol_l, mg_dl=mg_dl),)
    if umol_l <= 0:
        said = remark("creatinine_unit/none", "creatinine", umol_l=umol_l)
    elif umol_l < 10:
        meant = convert(umol_l, "mg/dL", "umol/L", "creatinine")
        said = remark("creatinine_unit/mg_dl", "creatinine", umol_l=umol_l, meant=meant)
    else:
        return (remark("creatinine_unit", "creatinine", umol_l=umol_l),)
    return (replace(said, severity="hard"),)


def _remarks_on_age(age: float | None, formula: str) -> tuple[Remark, ...]:
    if age is None or 18 <= age <= 110:
        return ()
    return (remark("age", "age", formula=formula, age=age),)


def _usable(remarks: tuple[Remark, ...]) -> bool:
    return all(remark.severity == "soft" and remark.code != "age" for remark in remarks)


def _derive_clearance(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:  # noqa: ARG001
    age, sex, creatinine = (now.values.get(name) for name in ("age", "sex", "creatinine"))
    height, weight = now.values.get("height"), now.values.get("weight")
    remarks = (
        *remarks_on_size(height, weight),
        *remarks_on_creatinine(creatinine),
        *_remarks_on_age(age, "Cockcroft-Gault"),
    )
    nothing = Derived({"creatinine_clearance": None}, remarks)
    if age is None or sex is None or creatinine is None or weight is None or not _usable(remarks):
        return nothing
    used = weight_for_clearance(options.get("weight") or "actual", weight, height, sex)
    if used is None:
        return nothing
    clearance = cockcroft_gault(age, sex, used, creatinine, si=options.get("formula") == "cockcroft_gault_si")
    return Derived({"creatinine_clearance": rounded(clearance, options.get("decimals", 1))}, remarks)


def _derive_egfr(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:  # noqa: ARG001
    age, sex, creatinine = (now.values.get(name) for name in ("age", "sex", "creatinine"))
    remarks = (*remarks_on_creatinine(creatinine), *_remarks_on_age(age, "CKD-EPI 2021"))
    if age is None or sex is None or creatinine is None or not _usable(remarks):
        return Derived({"egfr": None, "egfr_absolute": None}, remarks)
    egfr, surface = egfr_ckd_epi_2021(age, sex, creatinine), now.values.get("body_surface")
    decimals = options.get("decimals", 1)
    absolute = None if surface is None else rounded(egfr * surface / 1.73, decimals)
    return Derived({"egfr": rounded(egfr, decimals), "egfr_absolute": absolute}, remarks)


def _derive_carboplatin(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:  # noqa: ARG001
    gfr, auc, gfr_max = now.values.get("gfr"), now.values.get("auc"), options.get("gfr_max")
    auc = options.get("auc") if auc is None else auc
    if gfr is None or auc is None or gfr < 0:
        return Derived({"dose": None})
    remarks = []
    if gfr > 125 and gfr_max is None:
        remarks.append(remark("gfr_high", "gfr", gfr=gfr))
    dose = carboplatin_dose(auc, gfr, gfr_max)
    return Derived({"dose": rounded(dose, options.get("decimals", 0))}, tuple(remarks))


_DECIMALS = Option("integer", "decimals that are kept", default=1)
METHODS = {
    "creatinine_clearance": Method(
        "creatinine_clearance",
        both("creatinine clearance by Cockcroft and Gault", "Cockcroft-Gault肌酐清除率"),
        "Cockcroft and Gault 1976, Nephron 16:31",
        _derive_clearance,
        inputs={
            "age": AGE,
            "sex": SEX,
            "weight": Port("decimal", "weight", unit="kg"),
            "creatinine": CREATININE,
            "height": Port(
                "decimal", "height, where another weight than the actual one is used", unit="cm", required=False
            ),
        },
        outputs={"creatinine_clearance": Port("decimal", "creatinine clearance", unit="mL/min")},
        options={
            "formula": Option(
                "text",
                "as published in mg/dL, or with the rounded factors for umol/L",
                codes=("cockcroft_gault", "cockcroft_gault_si"),
                default="cockcroft_gault",
            ),
            "weight": Option("text", "which weight is used", codes=WEIGHTS, default="actual"),
            "decimals": _DECIMALS,
        },
    ),
    "egfr_ckd_epi_2021": Method(
        "egfr_ckd_epi_2021",
        both("estimated glomerular filtration rate, CKD-EPI 2021", "CKD-EPI 2021估算肾小球滤过率"),
        "Inker 2021, N Engl J Med 385:1737",
        _derive_egfr,
        inputs={
            "age": AGE,
            "sex": SEX,
            "creatinine": CREATININE,
            "body_surface": Port("decimal", "body surface, for the rate of this very body", unit="m2", required=False),
        },
        outputs={
            "egfr": Port("decimal", "per 1.73 m2 of body surface", unit="mL/min/{1.73_m2}"),
            "egfr_absolute": Port("decimal", "of this body, not per 1.73 m2: what doses go by", unit="mL/min"),
        },
        options={"decimals": _DECIMALS},
    ),
    "calvert_dose": Method(
        "calvert_dose",
        both("carboplatin dose by Calvert", "Calvert公式卡铂剂量"),
        "Calvert 1989, J Clin Oncol 7:1748",
        _derive_carboplatin,
        inputs={
            "gfr": Port(
                "decimal", "glomerular filtration rate or creatinine clearance, not per 1.73 m2", unit="mL/min"
            ),
            "auc": Port(
                "decimal",
                "target area under the curve, where it is not the same for all",
                unit="mg.min/mL",
                required=False,
            ),
        },
        outputs={"dose": Port("decimal", "carboplatin dose", unit="mg")},
        options={
            "auc": Option("decimal", "target area under the curve, mg min/mL", above=0),
            "gfr_max": Option("decimal", "the clearance does not count beyond this, mL/min (often 125)", above=0),
            "decimals": Option("integer", "decimals that are kept", default=0),
        },
    ),
}
"""What a form may ask for."""
