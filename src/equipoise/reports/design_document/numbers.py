"""Numbers as the design document prints them: rounded for a reader, with a real minus sign;
every digit is in the JSON."""

from __future__ import annotations

import math

__all__ = ["NONE", "count", "fixed", "p_value", "ratio", "share", "whole", "z_value"]

NONE = "–"


def fixed(value: float | None, digits: int = 2) -> str:
    """With so many decimals; a dash for what is not there."""
    if value is None or not math.isfinite(value):
        return NONE
    words = f"{value:,.{digits}f}"
    # What rounds to nothing has no sign.
    return words.lstrip("-") if float(words.replace(",", "")) == 0 else words.replace("-", "−")


def count(value: float | None) -> str:
    """An expected number of people or events: one decimal where it is no whole number."""
    if value is None or not math.isfinite(value):
        return NONE
    return fixed(value, 0 if abs(value - round(value)) < 0.05 else 1)


def whole(value: float | None) -> str:
    """How many people or events a look needs: the next whole number, for nobody is half a participant."""
    if value is None or not math.isfinite(value):
        return NONE
    return fixed(math.ceil(value - 1e-6), 0)


def share(value: float | None, digits: int = 1) -> str:
    """A probability in percent; what is nearly nothing or everything is said so."""
    if value is None or not math.isfinite(value):
        return NONE
    least = 10.0 ** -(digits + 2)
    if 0 < value < least / 2:
        return f"<{100 * least:g}%"
    if 1 - least / 2 < value < 1:
        return f">{100 * (1 - least):g}%"
    return f"{fixed(100 * value, digits)}%"


def p_value(value: float) -> str:
    """Two significant digits, as journals print them."""
    if value < 0.0001:
        return "<0.0001"
    digits = 2 if value >= 0.1 else 3 if value >= 0.01 else 4
    return f"{value:.{digits}f}"


def ratio(value: float | None) -> str:
    """A hazard ratio."""
    return fixed(value, 2)


def z_value(value: float | None) -> str:
    """A statistic."""
    return fixed(value, 3)
