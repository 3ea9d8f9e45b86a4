"""Units: known to the registry, and the same on both sides."""

from __future__ import annotations

from equipoise.protocol.checks.inspection import Inspection
from equipoise.units import known_unit

__all__ = ["check_unit"]


def check_unit(look: Inspection, unit: str, path: tuple[str | int, ...]) -> bool:
    """Whether the unit is known; if not, a Finding."""
    if known_unit(unit):
        return True
    look.add("unit.unknown", path, f"the unit `{unit}` is not known", "a value without a known unit cannot be compared or converted",
             "Use UCUM's spelling, for example mg/dL, 10*9/L, a (years), mo (months), d (days), {copies}/mL, or 1 for a pure number.")  # fmt: skip
    return False
