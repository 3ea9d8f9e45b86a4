"""Body surface, body-mass index and the weights that formulas of renal function ask for, from height and weight.

Computes in centimeters and kilograms, and says what it expected where a height looks like meters or inches, or a weight
like grams, pounds or jin (half a kilogram). Sources: Mosteller 1987, N Engl J Med 317:1098; DuBois and DuBois 1916,
Arch Intern Med 17:863; Devine 1974, Drug Intell Clin Pharm 8:650 (ideal weight; textbook knowledge, not checked against
the source).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from equipoise.medicine.method import Derived, Method, Observation, Option, Port, Remark, both
from equipoise.medicine.words import phrase, remark
from equipoise.words import Phrase

__all__ = [
    "METHODS",
    "SURFACES",
    "adjusted_weight",
    "body_mass_index",
    "body_surface",
    "ideal_weight",
    "remarks_on_size",
    "rounded",
]

HEIGHT = Port("decimal", "height", unit="cm")
WEIGHT = Port("decimal", "weight, as of the day of the record", unit="kg")
_CM_PER_INCH = 2.54
_KG_PER_POUND = 0.45359237


def rounded(value: float | None, decimals: int | None) -> float | None:
    """The value as a person rounds it: halves away from zero, by the digits that are shown. None stays None;
    no number is None.
    """
    if value is None or not math.isfinite(value):
        return None
    if decimals is None or decimals > 12 or abs(value) >= 1e15:  # a float has no more digits to round
        return value
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def _mosteller(height_cm: float, weight_kg: float) -> float:
    return math.sqrt(height_cm * weight_kg / 3600)


def _du_bois(height_cm: float, weight_kg: float) -> float:
    return float(0.007184 * height_cm**0.725 * weight_kg**0.425)


SURFACES: Mapping[str, Callable[[float, float], float]] = {"mosteller": _mosteller, "du_bois": _du_bois}


def body_surface(height_cm: float, weight_kg: float, formula: str = "mosteller") -> float:
    """Body surface in m2: Mosteller's root of cm x kg / 3600, or DuBois' 0.007184 cm^0.725 kg^0.425."""
    return SURFACES[formula](height_cm, weight_kg)


def body_mass_index(height_cm: float, weight_kg: float) -> float:
    """Kilograms per square meter of height."""
    return weight_kg / (height_cm / 100) ** 2


def ideal_weight(height_cm: float, sex: str) -> float:
    """Devine's ideal weight in kg: 50 (M) or 45.5 (F), and 2.3 for every inch over 60.
    It was never meant for shorter people.
    """
    return (50.0 if sex == "M" else 45.5) + 2.3 * (height_cm / _CM_PER_INCH - 60)


def adjusted_weight(weight_kg: float, height_cm: float, sex: str) -> float:
    """Ideal weight and four tenths of what is above it: the weight that dosing of the obese often uses."""
    ideal = ideal_weight(height_cm, sex)
    return ideal + 0.4 * (weight_kg - ideal)


def _height_slip(height: float) -> Phrase:
    """What a height in cm that hardly anybody has was probably meant to be."""
    if 1.2 <= height <= 2.3:
        return phrase("meters", meant=height * 100)
    if 1200 <= height <= 2300:
        return phrase("millimeters", meant=height / 10)
    if 4.5 <= height <= 7.5:
        return phrase("feet", meant=height * 12 * _CM_PER_INCH)
    if 50 <= height <= 85:
        return phrase("inches", meant=height * _CM_PER_INCH)
    return phrase("odd_height")


def _exchanged(height: float, weight: float) -> bool:
    """Whether nobody is like this, and somebody would be with the two exchanged."""
    return 30 <= height < 120 and 120 <= weight <= 220 and 13 <= body_mass_index(weight, height) <= 45


def remarks_on_size(height_cm: float | None, weight_kg: float | None) -> tuple[Remark, ...]:
    """What does not fit in a height (cm) and a weight (kg) of an adult. Hard: nobody has it. Soft:
    hardly anybody has.
    """
    if height_cm is not None and weight_kg is not None and _exchanged(height_cm, weight_kg):
        said = remark("size/exchanged", "height", "weight", height=height_cm, weight=weight_kg)
        return (replace(said, severity="hard"),)
    found: list[Remark] = []
    if height_cm is not None and not 120 <= height_cm <= 220:
        said = remark("height", "height", height=height_cm, slip=_height_slip(height_cm))
        found.append(said if 90 <= height_cm <= 260 else replace(said, severity="hard"))
    if weight_kg is not None and not 30 <= weight_kg <= 200:
        grams = 30000 <= weight_kg <= 200000
        slip = phrase("grams", meant=weight_kg / 1000) if grams else phrase("odd_weight")
        said = remark("weight", "weight", weight=weight_kg, slip=slip)
        found.append(said if 15 <= weight_kg <= 400 else replace(said, severity="hard"))
    if found or height_cm is None or weight_kg is None:
        return tuple(found)
    index = body_mass_index(height_cm, weight_kg)
    if 13 <= index <= 45:
        return ()
    return (_remark_on_pair(height_cm, weight_kg, index),)


def _remark_on_pair(height: float, weight: float, index: float) -> Remark:
    """Each is possible, both together hardly: mostly a slip of unit in the weight."""
    slip = phrase("odd_index")
    if index > 45:
        slip = phrase("jin_or_pounds", jin=weight / 2, pounds=weight * _KG_PER_POUND)
    return remark("size", "height", "weight", height=height, weight=weight, index=index, slip=slip)


def _measured(now: Observation) -> tuple[float | None, float | None, tuple[Remark, ...]]:
    """Height and weight of a record, both None where one of them is impossible, and what does not fit."""
    height, weight = now.values.get("height"), now.values.get("weight")
    remarks = remarks_on_size(height, weight)
    if any(remark.severity == "hard" for remark in remarks):
        return None, None, remarks
    return height, weight, remarks


def _derive_surface(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:  # noqa: ARG001
    height, weight, remarks = _measured(now)
    if height is None or weight is None:
        return Derived({"body_surface": None}, remarks)
    surface = body_surface(height, weight, options.get("formula") or "mosteller")
    return Derived({"body_surface": rounded(surface, options.get("decimals", 2))}, remarks)


def _derive_index(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:  # noqa: ARG001
    height, weight, remarks = _measured(now)
    if height is None or weight is None:
        return Derived({"body_mass_index": None}, remarks)
    return Derived({"body_mass_index": rounded(body_mass_index(height, weight), options.get("decimals", 1))}, remarks)


METHODS = {
    "body_surface_area": Method(
        "body_surface_area",
        both("body surface from height and weight", "由身高体重计算体表面积"),
        "Mosteller 1987, N Engl J Med 317:1098; DuBois and DuBois 1916, Arch Intern Med 17:863",
        _derive_surface,
        inputs={"height": HEIGHT, "weight": WEIGHT},
        outputs={"body_surface": Port("decimal", "body surface", unit="m2")},
        options={
            "formula": Option("text", "whose formula", codes=tuple(SURFACES), default="mosteller"),
            "decimals": Option("integer", "decimals that are kept: doses follow from the rounded surface", default=2),
        },
    ),
    "body_mass_index": Method(
        "body_mass_index",
        both("weight by the square of height", "体重指数：体重除以身高的平方"),
        "Quetelet's index; WHO Technical Report Series 894 (2000)",
        _derive_index,
        inputs={"height": HEIGHT, "weight": WEIGHT},
        outputs={"body_mass_index": Port("decimal", "body-mass index", unit="kg/m2")},
        options={"decimals": Option("integer", "decimals that are kept", default=1)},
    ),
}
"""What a form may ask for."""
