"""Numbers as a reader of trials meets them: estimates, p-values, confidence, lengths of time and amounts, for print.

What is computed keeps its digits; what is said loses them here and nowhere else. An amount that somebody planned or
gave loses none: what is printed reads back as what was entered. Knows no sentence and no table.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from decimal import Decimal

from equipoise.units import days_to_months, days_to_years

__all__ = ["amount_text", "day_text", "number", "p_text", "percent_text", "plainly", "share_text", "time_text"]

UNKNOWN = "–"
ENTERED_DIGITS = 12
"""Nobody enters an amount with more significant digits; beyond them stands what binary fractions leave behind."""
WORKED_OUT_DIGITS = 5
SHARE_DIGITS = 3


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


def day_text(day: float) -> str:
    """A day as it was written: 365, 30.5, and never with an exponent."""
    return str(int(day)) if float(day).is_integer() else f"{day!r}"


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


def amount_text(value: float | None, *, worked_out: bool = False) -> str:
    """An amount as people read it: every digit that was entered, none that was not, and never a power of ten.

    `worked_out` amounts (a dose by body surface, a quotient) have no last digit of their own: five significant ones,
    and all before the point.

    >>> amount_text(0.25), amount_text(180.00000000000003), amount_text(172.634218, worked_out=True)
    ('0.25', '180', '172.63')
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return plainly(value, WORKED_OUT_DIGITS if worked_out else ENTERED_DIGITS)


def share_text(value: float | None, whole: Collection[float] = (0.0, 100.0)) -> str:
    """A share of what was planned, with three significant digits, and more where these would say nothing or all of it.

    >>> share_text(70.833333), share_text(99.98), share_text(0.0417)
    ('70.8', '99.98', '0.0417')
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    for digits in range(SHARE_DIGITS, ENTERED_DIGITS):
        text = plainly(value, digits)
        if not any(float(text) == mark and abs(value - mark) > 1e-6 * max(mark, 1e-3) for mark in whole):
            break
    return text


def plainly(value: float, digits: int) -> str:
    """So many significant digits, at least all before the point, without trailing zeros and powers of ten."""
    exact = Decimal(f"{value:.{max(digits, ENTERED_DIGITS) - 1}e}")
    exact = round(exact, max(digits - 1 - exact.adjusted(), 0)) if exact else Decimal(0)
    text = format(exact.normalize(), "f")
    return text.removeprefix("-") if float(text) == 0 else text
