"""Days, months and study days, and the units of clinical quantities: conversions live nowhere else.

Promises one documented length of a month and a year, one canonical unit per quantity and per analyte, and exact factors.
Refuses a value without a unit, and to convert what needs a fact it does not have (the analyte, the assay). Spellings
follow UCUM (ucum.org); a month and a year are UCUM's mean Julian month (30.4375 d) and Julian year (365.25 d). Study day:
CDISC SDTMIG 3.4, 4.4.4.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from equipoise.findings import Finding, Refusal, Where, prose

__all__ = [
    "DAYS_PER_MONTH",
    "DAYS_PER_WEEK",
    "DAYS_PER_YEAR",
    "EARLIEST_DAY",
    "age_years",
    "analytes",
    "canonical_unit",
    "conversion",
    "convert",
    "date_of_study_day",
    "days_to_months",
    "days_to_weeks",
    "days_to_years",
    "known_unit",
    "months_to_days",
    "quantity_of",
    "same_quantity",
    "study_day",
    "weeks_to_days",
    "years_to_days",
]

EARLIEST_DAY = date(1850, 1, 1)
"""Nobody of whom a trial can keep a record was born before: an earlier day is a slip of the keyboard (1024 for 2024)."""
DAYS_PER_WEEK = 7
DAYS_PER_MONTH = 30.4375
DAYS_PER_YEAR = 365.25


def days_to_months(days: float) -> float:
    """Months of 30.4375 days."""
    return days / DAYS_PER_MONTH


def months_to_days(months: float) -> float:
    """Days in months of 30.4375 days."""
    return months * DAYS_PER_MONTH


def days_to_weeks(days: float) -> float:
    """Weeks of 7 days."""
    return days / DAYS_PER_WEEK


def weeks_to_days(weeks: float) -> float:
    """Days in weeks of 7 days."""
    return weeks * DAYS_PER_WEEK


def days_to_years(days: float) -> float:
    """Years of 365.25 days."""
    return days / DAYS_PER_YEAR


def years_to_days(years: float) -> float:
    """Days in years of 365.25 days."""
    return years * DAYS_PER_YEAR


def study_day(reference: date, day: date) -> int:
    """The reference date is day 1 and the day before it is day -1: there is no day 0."""
    difference = (day - reference).days
    return difference + 1 if difference >= 0 else difference


def date_of_study_day(reference: date, number: int) -> date:
    """The date of a study day. Raises Refusal for day 0, which does not exist."""
    if number == 0:
        raise Refusal(
            _finding(
                "day_zero",
                "there is no study day 0",
                "the reference date is day 1 and the day before it is day -1",
                "Use 1 or -1.",
            )
        )
    return reference + timedelta(days=number - 1 if number > 0 else number)


def age_years(birth: date, on: date) -> int:
    """Completed years of age. Whoever was born on 29 February has a birthday on 1 March in other years.

    Raises Refusal when `on` is before `birth`.
    """
    if on < birth:
        raise Refusal(
            _finding(
                "before_birth",
                f"{on} is before the birth date {birth}",
                "nobody has a negative age",
                "Correct one of the two dates.",
            )
        )
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


@dataclass(frozen=True, slots=True)
class _Unit:
    """`value in this unit * factor + offset` is the value in the quantity's canonical unit."""

    quantity: str
    factor: Fraction
    offset: Fraction = Fraction(0)


# One quantity a line: its canonical unit first, then the others with the exact number of canonical units in one.
# The factors are SI prefixes, the definitions of minute, hour, day and liter (BIPM, SI Brochure, 9th ed., table 8),
# and where marked: [1] UCUM; [2] 1 lb = 0.45359237 kg and 1 in = 2.54 cm (international yard and pound, 1959);
# [3] 13.5951 g/cm3 x 9.80665 m/s2 x 1 mm = 133.322387415 Pa; [4] 1 U = 1 umol/min, 1 kat = 1 mol/s.
_TABLE: dict[str, str] = {
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

# Other spellings that mean the same, each as laboratories and protocols write it.
_ALIASES = {
    "gram": "g", "mcg": "ug", "µg": "ug", "μg": "ug", "l": "L", "ml": "mL", "dl": "dL", "m^2": "m2", "m²": "m2",
    "mm^2": "mm2", "mm²": "mm2", "lb": "[lb_av]", "lbs": "[lb_av]", "in": "[in_i]", "inch": "[in_i]",
    "day": "d", "days": "d", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo", "mo_j": "mo",
    "year": "a", "years": "a", "a_j": "a", "hour": "h", "hours": "h", "minute": "min", "minutes": "min",
    "second": "s", "seconds": "s",
    "10^9/L": "10*9/L", "10^12/L": "10*12/L", "10^6/L": "10*6/L", "10^3/uL": "10*3/uL", "10^6/uL": "10*6/uL",
    "10⁹/L": "10*9/L", "10¹²/L": "10*12/L", "x10^9/L": "10*9/L", "×10^9/L": "10*9/L", "×10⁹/L": "10*9/L",
    "x10^12/L": "10*12/L", "×10^12/L": "10*12/L", "×10¹²/L": "10*12/L", "G/L": "10*9/L", "K/uL": "10*3/uL",
    "10^3/mm3": "10*3/mm3", "mEq/L": "meq/L", "gm/dL": "g/dL", "g%": "g/dL", "cells/uL": "/uL", "{cells}/uL": "/uL", "cells/mm3": "/mm3",
    "IU/L": "[IU]/L", "IU/mL": "[IU]/mL", "kIU/L": "k[IU]/L", "mIU/mL": "m[IU]/mL",
    "mIU/L": "m[IU]/L", "uIU/mL": "u[IU]/mL",
    "copies/mL": "{copies}/mL", "copies/L": "{copies}/L", "copies/uL": "{copies}/uL", "[copies]/mL": "{copies}/mL",
    "mL/min/1.73m2": "mL/min/{1.73_m2}", "mL/min/1.73 m2": "mL/min/{1.73_m2}",
    "kg/m^2": "kg/m2", "kg/m²": "kg/m2", "mg/m^2": "mg/m2", "mg/m²": "mg/m2",
    "percent": "%", "fraction": "1", "ratio": "1", "count": "1", "{score}": "1", "{INR}": "1",
    "bpm": "/min", "mg/24h": "mg/(24.h)", "g/24h": "g/(24.h)", "mmHg": "mm[Hg]", "degC": "Cel", "°C": "Cel",
    "AUC": "mg.min/mL", "mg/mL.min": "mg.min/mL", "mg/mL*min": "mg.min/mL",
}  # fmt: skip

# What laboratories measure: the unit in which its values are kept, umol/L in one mg/dL, and its charge where it is an ion.
# Creatinine: 88.4, the factor of the AMA Manual of Style (11th ed.) and of KDIGO's guidelines; the molar mass 113.12 g/mol
# gives 88.402. Some programs divide by 88.42 (a molar mass of 113.10), which is 0.02 % more: an eGFR differs by at most 0.03 %.
# Bilirubin: 17.104 (584.66 g/mol), which reports round to 17.1. Hemoglobin: one of its four hems, 16114.5 g/mol (ICSH).
# The others are 10000 divided by the molar mass from IUPAC atomic weights; phosphate as phosphorus, urea nitrogen as the two
# nitrogen atoms of one urea. Albumin is a mixture without a molar mass of its own: reports give its mass only.
_ANALYTES: dict[str, tuple[str, Fraction | None, int]] = {
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


def _number(text: str) -> Fraction:
    over, _, under = text.partition("/")
    return Fraction(over) / Fraction(under or "1")


def _read_table() -> tuple[dict[str, _Unit], dict[str, str]]:
    units: dict[str, _Unit] = {}
    canonical: dict[str, str] = {}
    for quantity, line in _TABLE.items():
        for entry in line.split(" | "):
            symbol, factor = entry.split()
            canonical.setdefault(quantity, symbol)
            units[symbol] = _Unit(quantity, _number(factor))
    fahrenheit = _Unit("temperature", Fraction(5, 9), Fraction(-160, 9))
    return units | {"[degF]": fahrenheit, "degF": fahrenheit}, canonical


_UNITS, _CANONICAL = _read_table()


def _finding(code: str, what: str, why: str, mend: str) -> Finding:
    return prose(f"units.{code}", Where(), what, why, mend)


def _unit(symbol: str) -> _Unit | None:
    """A unit by its symbol, a common spelling of it, or either with the liter written small or the micro sign written out."""
    usual = _LITER.sub("L", symbol.strip().replace("µ", "u").replace("μ", "u"))
    for spelling in (symbol, usual):
        found = _UNITS.get(_ALIASES.get(spelling, spelling))
        if found is not None:
            return found
    return None


def known_unit(unit: str) -> bool:
    """Whether the unit is in the registry, in UCUM's spelling or a common one."""
    return _unit(unit) is not None


def quantity_of(unit: str) -> str:
    """The quantity that the unit measures, e.g. ``mass concentration``. Raises Refusal for an unknown unit."""
    return _known(unit).quantity


def canonical_unit(unit: str, analyte: str | None = None) -> str:
    """The one unit in which its quantity is kept, or the analyte's own where one is named. Raises Refusal for an unknown unit."""
    quantity = _known(unit).quantity
    return _ANALYTES[analyte][0] if analyte in _ANALYTES else _CANONICAL[quantity]


def analytes() -> tuple[str, ...]:
    """The analytes whose mass and substance concentrations can be converted, or whose unit is fixed."""
    return tuple(_ANALYTES)


def same_quantity(a: str, b: str) -> bool:
    """Whether both units are known and measure the same quantity, so that no further fact is needed to convert."""
    first, second = _unit(a), _unit(b)
    return first is not None and second is not None and first.quantity == second.quantity


def _known(symbol: str | None) -> _Unit:
    if symbol is None or not symbol.strip():
        raise Refusal(
            _finding(
                "missing",
                "the value has no unit",
                "88 umol/L and 88 mg/dL of creatinine are two different patients, and nobody can tell them apart afterwards",
                "Give the unit that stands in the report.",
            )
        )
    unit = _unit(symbol)
    if unit is None:
        raise Refusal(
            _finding(
                "unknown",
                f"the unit {symbol!r} is not known",
                "a value without a known unit has no meaning",
                "Use a unit of the registry in UCUM's spelling, for example mg/dL, 10*9/L or d.",
            )
        )
    return unit


def convert(
    value: float | Decimal,
    from_unit: str | None,
    to_unit: str | None,
    analyte: str | None = None,
    *,
    copies_per_iu: float | None = None,
) -> float:
    """The value in the other unit, rounded once, from exact factors.

    `analyte` is needed between mass, substance and equivalent concentration (`analytes()` lists them); `copies_per_iu`, the
    assay's own factor, between copies/mL and IU/mL. Raises Refusal for no unit, an unknown unit, another quantity, a
    missing fact, or a value that is not a finite number.
    """
    if not math.isfinite(value):
        raise Refusal(
            _finding("not_finite", f"{value} is not a finite number", "it cannot be converted", "Record it as missing.")
        )
    factor, offset = conversion(from_unit, to_unit, analyte, copies_per_iu=copies_per_iu)
    return float(Fraction(value) * factor + offset)


@lru_cache(maxsize=1024)
def conversion(
    from_unit: str | None, to_unit: str | None, analyte: str | None = None, *, copies_per_iu: float | None = None
) -> tuple[Fraction, Fraction]:
    """Factor and offset, exact: `value * factor + offset` is the value in the other unit. For whole columns; refuses like convert."""
    source, target = _known(from_unit), _known(to_unit)
    bridge = Fraction(1)
    if source.quantity != target.quantity:
        bridge = _bridge(source.quantity, target.quantity, f"{from_unit} to {to_unit}", analyte, copies_per_iu)
    return source.factor * bridge / target.factor, (source.offset * bridge - target.offset) / target.factor


def _bridge(source: str, target: str, asked: str, analyte: str | None, copies_per_iu: float | None) -> Fraction:
    """How many canonical units of the target one canonical unit of the source makes."""
    chemical = ("mass concentration", "substance concentration", "equivalent concentration")
    arbitrary, copies = "arbitrary concentration", "copy concentration"
    if source in chemical and target in chemical:
        return _per_liter(target, asked, analyte) / _per_liter(source, asked, analyte)
    if {source, target} == {arbitrary, copies}:
        if copies_per_iu is None or not 0 < copies_per_iu < math.inf:
            raise Refusal(
                _finding(
                    "assay",
                    f"{asked} needs the factor of the assay",
                    "how many copies make one international unit differs between assays",
                    "Give copies_per_iu from the laboratory's validation, or keep the unit of the report.",
                )
            )
        per_unit = Fraction(str(copies_per_iu))
        return per_unit if source == arbitrary else 1 / per_unit
    raise Refusal(
        _finding(
            "quantity",
            f"{asked} is not possible",
            f"one measures {source}, the other {target}",
            "Correct one of the two units.",
        )
    )


def _per_liter(quantity: str, asked: str, analyte: str | None) -> Fraction:
    """How much of the analyte 1 mmol/L is: in mmol/L, in g/L (1 g/L is 100 mg/dL), or in meq/L (by its charge)."""
    _, umol_per_mg_dl, charge = _ANALYTES.get(analyte or "", ("", None, 0))
    amount = {
        "substance concentration": Fraction(1),
        "mass concentration": 10 / umol_per_mg_dl if umol_per_mg_dl else None,
        "equivalent concentration": Fraction(charge) if charge else None,
    }[quantity]
    if amount is None or analyte not in _ANALYTES:
        able = [name for name, (_, mass, ion) in _ANALYTES.items() if (ion if "equivalent" in quantity else mass)]
        raise Refusal(
            _finding(
                "analyte",
                f"{asked} needs to know what is measured ({analyte or 'no analyte given'})",
                "the factor depends on the molar mass, and for equivalents on the charge",
                f"Name one of: {', '.join(able)}.",
            )
        )
    return amount
