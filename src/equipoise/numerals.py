"""Numbers as a reader of trials meets them: estimates, p-values, confidence and lengths of time, rounded for print.

What is computed keeps its digits; what is said loses them here and nowhere else. Knows no sentence and no table.
"""

from __future__ import annotations

import math

from equipoise.units import days_to_months, days_to_years

__all__ = ["number", "p_text", "percent_text", "time_text"]

UNKNOWN = "–"


def number(value: float | None, digits: int = 2) -> str:
    """Fixed decimals with a real minus sign; an en dash for what is not known."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return UNKNOWN
    return f"{value:.{digits}f}".replace("-", "−")


def p_text(p: float | None, letter: str = "p") -> str:
    """P-value as journals print it: "p = 0.34", three decimals below 0.1, and "p < 0.001"."""
    if p is None or not math.isfinite(p):
        return f"{letter} = {UNKNOWN}"
    if p < 0.001:
        return f"{letter} < 0.001"
    return f"{letter} = {p:.3f}" if p < 0.0995 else f"{letter} = {p:.2f}"


def percent_text(share: float) -> str:
    """A share as a percentage without needless digits: 0.95 is "95%"."""
    return f"{100 * share:g}%"


def time_text(days: float | None, unit: str) -> str:
    """Days in the display unit, without its name; an en dash when not reached."""
    if days is None or not math.isfinite(days):
        return UNKNOWN
    if unit == "months":
        return f"{days_to_months(days):.1f}"
    if unit == "years":
        return f"{days_to_years(days):.2f}"
    return f"{days:.0f}"
