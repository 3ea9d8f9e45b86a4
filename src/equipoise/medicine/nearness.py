"""When two measured numbers are one: computers keep decimals as fractions that are off in their sixteenth digit."""

from __future__ import annotations

__all__ = ["EQUAL"]

EQUAL = 1e-9
"""Two numbers whose relative difference is no larger are the same: 3 x 0.1 is 0.3, and 5.355 of 5.1 mg is 105 %."""
