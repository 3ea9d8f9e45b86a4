"""Units: known to the registry, and the same on both sides."""

from __future__ import annotations

from equipoise.protocol.checks.inspection import Inspection
from equipoise.units import known_unit

__all__ = ["check_unit"]


def check_unit(look: Inspection, unit: str, path: tuple[str | int, ...]) -> bool:
    """Whether the unit is known; if not, a Finding."""
    if known_unit(unit):
        return True
    look.add("unit.unknown", path, unit=unit)
    return False
