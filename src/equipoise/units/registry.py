"""The units of clinical quantities: one canonical unit per quantity and per analyte, and exact factors.

Spellings follow UCUM (ucum.org). Refuses to know values: what one is in another unit is `converting`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["ALIASES", "ANALYTES", "CANONICAL", "UNITS", "Unit", "find_unit"]


@dataclass(frozen=True, slots=True)
class Unit:
    """`value in this unit * factor + offset` is the value in the quantity's canonical unit."""

    quantity: str
    factor: Fraction
    offset: Fraction = Fraction(0)


# One quantity a line: its canonical unit first, then the others with the exact number of canonical units in one.
# The factors are SI prefixes, the definitions of minute, hour, day and liter (BIPM, SI Brochure, 9th ed., table 8),
# and where marked: [1] UCUM; [2] 1 lb = 0.45359237 kg and 1 in = 2.54 cm (international yard and pound, 1959);
# [3] 13.5951 g/cm3 x 9.80665 m/s2 x 1 mm = 133.322387415 Pa; [4] 1 U = 1 umol/min, 1 kat = 1 mol/s.
_QUANTITIES: dict[str, str] = {
    "mass": "g 1 | kg 1000 | mg 0.001 | ug 0.000001 | ng 0.000000001 | [lb_av] 453.59237",  # [2]
    "length": "m 1 | cm 0.01 | mm 0.001 | um 0.000001 | [in_i] 0.0254",  # [2]
    "area": "m2 1 | cm2 0.0001 | mm2 0.000001",
    "volume": "L 1 | dL 0.1 | mL 0.001 | uL 0.000001 | cm3 0.001 | mm3 0.000001",
    "time": "d 1 | wk 7 | mo 30.4375 | a 365.25 | h 1/24 | min 1/1440 | s 1/86400",  # [1]
    "mass concentration": "g/L 1 | g/dL 10 | mg/dL 0.01 | mg/L 0.001 | ug/L 0.000001 | ug/dL 0.00001 "
    "| mg/mL 1 | ug/mL 0.001 | ng/mL 0.000001 | ng/dL 0.00000001 | ng/L 0.000000001 | pg/mL 0.000000001",
    "substance concentration": "mmol/L 1 | mol/L 1000 | umol/L 0.001 | nmol/L 0.000001 | pmol/L 0.000000001",
    "equivalent concentration": "meq/L 1 | eq/L 1000 | ueq/L 0.001",
    "number concentration": "10*9/L 1 | 10*12/L 1000 | 10*6/L 0.001 | 10*3/uL 1 | 10*6/uL 1000 | /uL 0.001 "
    "| 10*3/mm3 1 | 10*6/mm3 1000 | /mm3 0.001 | /mL 0.000001 | /L 0.000000001",
    "catalytic concentration": "U/L 1 | kU/L 1000 | U/mL 1000 | ukat/L 60 | nkat/L 0.06",  # [4]
    "arbitrary concentration": "[IU]/mL 1 | [IU]/L 0.001 | k[IU]/L 1 | m[IU]/mL 0.001 | m[IU]/L 0.000001 "
    "| u[IU]/mL 0.000001",
    "copy concentration": "{copies}/mL 1 | {copies}/L 0.001 | {copies}/uL 1000",
    "flow": "mL/min 1 | L/min 1000 | mL/s 60 | L/h 1000/60",
    "flow by body surface": "mL/min/{1.73_m2} 1",
    "body mass index": "kg/m2 1",
    "dose by body surface": "mg/m2 1 | g/m2 1000 | ug/m2 0.001",
    "dose by body mass": "mg/kg 1 | g/kg 1000 | ug/kg 0.001",
    "area under the curve": "mg.min/mL 1 | mg.h/L 0.06 | ug.h/mL 0.06",
    "absorbed dose": "Gy 1 | cGy 0.01 | mGy 0.001",
    "biologically effective dose": "Gy{BED} 1",
    "fraction": "1 1 | % 0.01",
    "frequency": "/min 1 | /s 60 | Hz 60 | /h 1/60",
    "excretion": "g/d 1 | mg/d 0.001 | g/(24.h) 1 | mg/(24.h) 0.001",
    "mass ratio": "mg/g 1 | mg/mg 1000 | g/g 1000 | ug/mg 1",
    "pressure": "mm[Hg] 1 | kPa 1/0.133322387415 | Pa 1/133.322387415",  # [3]
    "temperature": "Cel 1",
    "loudness": "dB 1",
    "electric potential": "mV 1 | V 1000",
    "mass rate": "mg/h 1 | mg/min 60",
}

# One unit a line, and other spellings that mean the same, each as laboratories and protocols write it.
_SPELLINGS: dict[str, str] = {
    "g": "gram",
    "ug": "mcg | µg | μg",
    "L": "l",
    "mL": "ml",
    "dL": "dl",
    "m2": "m^2 | m²",
    "mm2": "mm^2 | mm²",
    "[lb_av]": "lb | lbs",
    "[in_i]": "in | inch",
    "d": "day | days",
    "wk": "week | weeks",
    "mo": "month | months | mo_j",
    "a": "year | years | a_j",
    "h": "hour | hours",
    "min": "minute | minutes",
    "s": "second | seconds",
    "10*9/L": "10^9/L | 10⁹/L | x10^9/L | ×10^9/L | ×10⁹/L | G/L",
    "10*12/L": "10^12/L | 10¹²/L | x10^12/L | ×10^12/L | ×10¹²/L",
    "10*6/L": "10^6/L",
    "10*3/uL": "10^3/uL | K/uL",
    "10*6/uL": "10^6/uL",
    "10*3/mm3": "10^3/mm3",
    "meq/L": "mEq/L",
    "g/dL": "gm/dL | g%",
    "/uL": "cells/uL | {cells}/uL",
    "/mm3": "cells/mm3",
    "[IU]/L": "IU/L",
    "[IU]/mL": "IU/mL",
    "k[IU]/L": "kIU/L",
    "m[IU]/mL": "mIU/mL",
    "m[IU]/L": "mIU/L",
    "u[IU]/mL": "uIU/mL",
    "{copies}/mL": "copies/mL | [copies]/mL",
    "{copies}/L": "copies/L",
    "{copies}/uL": "copies/uL",
    "mL/min/{1.73_m2}": "mL/min/1.73m2 | mL/min/1.73 m2",
    "kg/m2": "kg/m^2 | kg/m²",
    "mg/m2": "mg/m^2 | mg/m²",
    "%": "percent",
    "1": "fraction | ratio | count | {score} | {INR}",
    "/min": "bpm",
    "mg/(24.h)": "mg/24h",
    "g/(24.h)": "g/24h",
    "mm[Hg]": "mmHg",
    "Cel": "degC | °C",
    "mg.min/mL": "AUC | mg/mL.min | mg/mL*min",
}

# What laboratories measure: the unit in which its values are kept, umol/L in one mg/dL, and its charge where it is an
# ion. Creatinine: 88.4, the factor of the AMA Manual of Style (11th ed.) and of KDIGO's guidelines; the molar mass
# 113.12 g/mol gives 88.402. Some programs divide by 88.42 (a molar mass of 113.10), which is 0.02 % more: an eGFR
# differs by at most 0.03 %. Bilirubin: 17.104 (584.66 g/mol), which reports round to 17.1. Hemoglobin: one of its four
# hems, 16114.5 g/mol (ICSH). The others are 10000 divided by the molar mass from IUPAC atomic weights; phosphate as
# phosphorus, urea nitrogen as the two nitrogen atoms of one urea. Albumin is a mixture without a molar mass of its own:
# reports give its mass only.
ANALYTES: dict[str, tuple[str, Fraction | None, int]] = {
    "albumin": ("g/L", None, 0),
    "bicarbonate": ("mmol/L", 10000 / Fraction("61.017"), 1),
    "bilirubin": ("umol/L", Fraction("17.104"), 0),
    "calcium": ("mmol/L", 10000 / Fraction("40.078"), 2),
    "chloride": ("mmol/L", 10000 / Fraction("35.45"), 1),
    "creatinine": ("umol/L", Fraction("88.4"), 0),
    "glucose": ("mmol/L", 10000 / Fraction("180.156"), 0),
    "hemoglobin": ("g/L", 10000 / Fraction("16114.5"), 0),
    "magnesium": ("mmol/L", 10000 / Fraction("24.305"), 2),
    "phosphate": ("mmol/L", 10000 / Fraction("30.974"), 0),
    "potassium": ("mmol/L", 10000 / Fraction("39.098"), 1),
    "sodium": ("mmol/L", 10000 / Fraction("22.990"), 1),
    "urea": ("mmol/L", 10000 / Fraction("60.056"), 0),
    "urea_nitrogen": ("mmol/L", 10000 / Fraction("28.014"), 0),
    "uric_acid": ("umol/L", 10000 / Fraction("168.11"), 0),
}


_LITER = re.compile(r"(?<=/)l\b|(?<=/[dmu])l\b")
"""A liter written small, below the line of a fraction: mmol/l, mg/dl."""

_COUNTED = re.compile(r"\{[A-Za-z][A-Za-z0-9_ -]{0,39}\}")


def _number(text: str) -> Fraction:
    over, _, under = text.partition("/")
    return Fraction(over) / Fraction(under or "1")


def _read_table() -> tuple[dict[str, Unit], dict[str, str]]:
    units: dict[str, Unit] = {}
    canonical: dict[str, str] = {}
    for quantity, line in _QUANTITIES.items():
        for entry in line.split(" | "):
            symbol, factor = entry.split()
            canonical.setdefault(quantity, symbol)
            units[symbol] = Unit(quantity, _number(factor))
    fahrenheit = Unit("temperature", Fraction(5, 9), Fraction(-160, 9))
    return units | {"[degF]": fahrenheit, "degF": fahrenheit}, canonical


UNITS, CANONICAL = _read_table()
ALIASES = {spelling: symbol for symbol, line in _SPELLINGS.items() for spelling in line.split(" | ")}


def find_unit(symbol: str) -> Unit | None:
    """A unit by its symbol or a common spelling, also with the liter written small or the micro sign written out."""
    usual = _LITER.sub("L", symbol.strip().replace("µ", "u").replace("μ", "u"))
    for spelling in (symbol, usual):
        found = UNITS.get(ALIASES.get(spelling, spelling))
        if found is not None:
            return found
    # What is counted, in UCUM's annotation alone, is a pure number: {patch}, {tablet}.
    return UNITS["1"] if _COUNTED.fullmatch(symbol.strip()) else None
