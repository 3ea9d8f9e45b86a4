"""What a unit is made of: powers of mass, length, time and their like, and how much of them one unit is.

For products and quotients of quantities: kg/m2 is mass over length squared, whichever way it is spelled. A unit whose
values cannot be multiplied (a temperature has a zero of its own, a clearance is per a surface of reference) has none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from equipoise.units.registry import find_unit

__all__ = ["Dimensions", "dimensions_of"]

_ALIKE = 1e-9
"""Amounts that differ by less are the same: they are products of exact factors, rounded."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Powers of base quantities, and how much of them one unit is (in g, m, d, mmol and their like)."""

    powers: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    amount: float = 1.0

    def times(self, other: Dimensions, power: int = 1) -> Dimensions:
        """The product, or with a power of -1 the quotient."""
        names = {*self.powers, *other.powers}
        powers = {n: self.powers.get(n, Fraction(0)) + power * other.powers.get(n, Fraction(0)) for n in sorted(names)}
        return Dimensions({name: power for name, power in powers.items() if power}, self.amount * other.amount**power)

    def to(self, power: Fraction) -> Dimensions:
        """A power, whole or not."""
        powers = {name: one * power for name, one in self.powers.items() if power}
        return Dimensions(powers, self.amount ** float(power))

    def same(self, other: Dimensions) -> bool:
        """Whether values in the one are values in the other."""
        return self.powers == other.powers and math.isclose(self.amount, other.amount, rel_tol=_ALIKE)


_MINUTE = 1 / 1440
# Each quantity of the registry: the powers of the base quantities, and how much of them its canonical unit is.
_QUANTITIES: dict[str, tuple[dict[str, int], float]] = {
    "mass": ({"g": 1}, 1),
    "length": ({"m": 1}, 1),
    "area": ({"m": 2}, 1),
    "volume": ({"m": 3}, 1e-3),
    "time": ({"d": 1}, 1),
    "mass concentration": ({"g": 1, "m": -3}, 1e3),
    "substance concentration": ({"mmol": 1, "m": -3}, 1e3),
    "equivalent concentration": ({"meq": 1, "m": -3}, 1e3),
    "number concentration": ({"m": -3}, 1e12),
    "catalytic concentration": ({"U": 1, "m": -3}, 1e3),
    "arbitrary concentration": ({"IU": 1, "m": -3}, 1e6),
    "copy concentration": ({"copies": 1, "m": -3}, 1e6),
    "flow": ({"m": 3, "d": -1}, 1e-6 / _MINUTE),
    "body mass index": ({"g": 1, "m": -2}, 1e3),
    "dose by body surface": ({"g": 1, "m": -2}, 1e-3),
    "dose by body mass": ({}, 1e-6),
    "area under the curve": ({"g": 1, "m": -3, "d": 1}, 1e3 * _MINUTE),
    "absorbed dose": ({"Gy": 1}, 1),
    "fraction": ({}, 1),
    "frequency": ({"d": -1}, 1 / _MINUTE),
    "excretion": ({"g": 1, "d": -1}, 1),
    "mass ratio": ({}, 1e-3),
    "pressure": ({"mmHg": 1}, 1),
    "electric potential": ({"mV": 1}, 1),
    "mass rate": ({"g": 1, "d": -1}, 24e-3),
}


@lru_cache(maxsize=1024)
def dimensions_of(unit: str) -> Dimensions | None:
    """What a unit is made of; None for one that is unknown, or whose values cannot be multiplied."""
    known = find_unit(unit)
    made = _QUANTITIES.get(known.quantity) if known is not None else None
    if known is None or made is None or known.offset:
        return None
    powers, amount = made
    return Dimensions({name: Fraction(power) for name, power in powers.items()}, amount * float(known.factor))
