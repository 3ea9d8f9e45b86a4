"""What a value is in another unit, from exact factors and rounded once.

Refuses a value without a unit, and to convert what needs a fact it does not have (the analyte, the assay).
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from equipoise.units.registry import ANALYTES, CANONICAL, Unit, find_unit
from equipoise.units.words import phrase, refuse
from equipoise.words import Phrase

__all__ = ["analytes", "canonical_unit", "conversion", "convert", "known_unit", "quantity_of", "same_quantity"]


def known_unit(unit: str) -> bool:
    """Whether the unit is in the registry, in UCUM's spelling or a common one."""
    return find_unit(unit) is not None


def quantity_of(unit: str) -> str:
    """The quantity that the unit measures, e.g. ``mass concentration``. Raises Refusal for an unknown unit."""
    return _known(unit).quantity


def canonical_unit(unit: str, analyte: str | None = None) -> str:
    """The one unit in which its quantity is kept, or the analyte's own where one is named.

    Raises Refusal for an unknown unit.
    """
    quantity = _known(unit).quantity
    return ANALYTES[analyte][0] if analyte in ANALYTES else CANONICAL[quantity]


def analytes() -> tuple[str, ...]:
    """The analytes whose mass and substance concentrations can be converted, or whose unit is fixed."""
    return tuple(ANALYTES)


def same_quantity(a: str, b: str) -> bool:
    """Whether both units are known and measure the same quantity, so that no further fact is needed to convert."""
    first, second = find_unit(a), find_unit(b)
    return first is not None and second is not None and first.quantity == second.quantity


def _known(symbol: str | None) -> Unit:
    if symbol is None or not symbol.strip():
        refuse("units.missing")
    unit = find_unit(symbol)
    if unit is None:
        refuse("units.unknown", unit=symbol)
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

    `analyte` is needed between mass, substance and equivalent concentration (`analytes()` lists them); `copies_per_iu`,
    the assay's own factor, between copies/mL and IU/mL. Raises Refusal for no unit, an unknown unit, another quantity,
    a missing fact, or a value that is not a finite number.
    """
    if not math.isfinite(value):
        refuse("units.not_finite", value=value)
    factor, offset = conversion(from_unit, to_unit, analyte, copies_per_iu=copies_per_iu)
    return float(Fraction(value) * factor + offset)


@lru_cache(maxsize=1024)
def conversion(
    from_unit: str | None, to_unit: str | None, analyte: str | None = None, *, copies_per_iu: float | None = None
) -> tuple[Fraction, Fraction]:
    """Factor and offset, exact: `value * factor + offset` is the value in the other unit. For whole columns.

    Refuses as `convert` does.
    """
    source, target = _known(from_unit), _known(to_unit)
    bridge = Fraction(1)
    if source.quantity != target.quantity:
        bridge = _bridge(
            source.quantity, target.quantity, phrase("to", one=from_unit, other=to_unit), analyte, copies_per_iu
        )
    return source.factor * bridge / target.factor, (source.offset * bridge - target.offset) / target.factor


def _bridge(source: str, target: str, asked: Phrase, analyte: str | None, copies_per_iu: float | None) -> Fraction:
    """How many canonical units of the target one canonical unit of the source makes."""
    chemical = ("mass concentration", "substance concentration", "equivalent concentration")
    arbitrary, copies = "arbitrary concentration", "copy concentration"
    if source in chemical and target in chemical:
        return _per_liter(target, asked, analyte) / _per_liter(source, asked, analyte)
    if {source, target} == {arbitrary, copies}:
        if copies_per_iu is None or not 0 < copies_per_iu < math.inf:
            refuse("units.assay", asked=asked)
        per_unit = Fraction(str(copies_per_iu))
        return per_unit if source == arbitrary else 1 / per_unit
    refuse("units.quantity", asked=asked, one=phrase(source), other=phrase(target))


def _per_liter(quantity: str, asked: Phrase, analyte: str | None) -> Fraction:
    """How much of the analyte 1 mmol/L is: in mmol/L, in g/L (1 g/L is 100 mg/dL), or in meq/L (by its charge)."""
    _, umol_per_mg_dl, charge = ANALYTES.get(analyte or "", ("", None, 0))
    amount = {
        "substance concentration": Fraction(1),
        "mass concentration": 10 / umol_per_mg_dl if umol_per_mg_dl else None,
        "equivalent concentration": Fraction(charge) if charge else None,
    }[quantity]
    if amount is None or analyte not in ANALYTES:
        able = [name for name, (_, mass, ion) in ANALYTES.items() if (ion if "equivalent" in quantity else mass)]
        named = analyte or phrase("no_analyte")
        refuse("units.analyte", asked=asked, analyte=named, able=able)
    return amount
